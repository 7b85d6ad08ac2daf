"""Cases: what citizens file. This far: the service grievance (แจ้งเหตุ/ร้องทุกข์).

Protected kinds (conduct, procurement, corruption) have their own door and seals, and are never
routed as a grievance without asking.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are not mistaken for one another on paper or by telephone."""


class Kind(StrEnum):
    """What a case is about."""

    GRIEVANCE = "grievance"


class CaseStatus(StrEnum):
    """The way of a grievance."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    FORWARDED = "forwarded"
    CLOSED = "closed"


_WAY = (
    CaseStatus.RECEIVED,
    CaseStatus.ASSIGNED,
    CaseStatus.IN_PROGRESS,
    CaseStatus.RESOLVED,
    CaseStatus.CLOSED,
)

THAI_KIND = {Kind.GRIEVANCE: "แจ้งเหตุ/ร้องทุกข์"}
THAI_CASE_STATUS = {
    CaseStatus.RECEIVED: "รับเรื่องแล้ว",
    CaseStatus.ASSIGNED: "ส่งหน่วยแล้ว",
    CaseStatus.IN_PROGRESS: "กำลังดำเนินการ",
    CaseStatus.RESOLVED: "แก้ไขแล้ว รอยืนยัน",
    CaseStatus.FORWARDED: "ส่งต่อเจ้าของทรัพย์สิน",
    CaseStatus.CLOSED: "เสร็จสิ้น",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What may be known of a case outside its seal: no words of it, no person.

    `unit` is who sees to it; `result` is what the agency tells the public of its end.
    """

    id: int
    number: str
    kind: Kind
    status: CaseStatus
    received_on: date
    unit: str = ""
    result: str = ""


def may_become(now: CaseStatus, then: CaseStatus) -> bool:
    """Whether a grievance may go from one status to another: on, one step back, or away.

    What is closed stays closed, and nothing comes back to received: it was received once. Who owns
    the thing gets it from any step before the end, and may hand it back.

    >>> may_become(CaseStatus.RECEIVED, CaseStatus.IN_PROGRESS)
    True
    >>> may_become(CaseStatus.CLOSED, CaseStatus.IN_PROGRESS)
    False
    """
    if now is then:
        return True
    if CaseStatus.CLOSED is now or then is CaseStatus.RECEIVED:
        return False
    if CaseStatus.FORWARDED in (now, then):
        return True
    return _WAY.index(then) >= _WAY.index(now) - 1


def case_number(random_bytes: bytes) -> str:
    """A case number from 8 random bytes: two groups of four characters.

    Random, so that a number tells nothing of when or after whom somebody filed.

    >>> case_number(bytes(8))
    '2222-2222'
    """
    if len(random_bytes) != 8:  # noqa: PLR2004 - the length that the docstring names
        raise ValueError("a case number takes 8 random bytes")
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in random_bytes]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
