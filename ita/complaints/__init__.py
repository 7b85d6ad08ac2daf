"""Complaints: kinds of cases and their ways, clocks, who may see them, what may be told. Pure."""

from ita.complaints.case import (
    ALPHABET,
    RECEIPT_DIGITS,
    Case,
    NotAStep,
    case_number,
    moved,
    receipt_shown,
)
from ita.complaints.filed import Notices, OwnCase, Part, Place, Said, Similar, Upload
from ita.complaints.kinds import (
    ALL_STATUS_WORDS,
    ENDED,
    GRIEVANCE_WAY,
    PROTECTED_WAY,
    THAI_KIND,
    CaseStatus,
    Kind,
    may_become,
    status_words,
    statuses,
)

__all__ = [
    "ALL_STATUS_WORDS",
    "ALPHABET",
    "ENDED",
    "GRIEVANCE_WAY",
    "PROTECTED_WAY",
    "RECEIPT_DIGITS",
    "THAI_KIND",
    "Case",
    "CaseStatus",
    "Kind",
    "NotAStep",
    "Notices",
    "OwnCase",
    "Part",
    "Place",
    "Said",
    "Similar",
    "Upload",
    "case_number",
    "may_become",
    "moved",
    "receipt_shown",
    "status_words",
    "statuses",
]
