"""The kinds of cases that people file, and the way of each: which status may follow which.

A grievance (แจ้งเหตุ/ร้องทุกข์: a lamp, a road) asks for a service. The other kinds speak of a person:
they have a door and seals of their own and are protected. One is never taken for the other without
asking.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a case is about."""

    GRIEVANCE = "grievance"
    CONDUCT = "conduct"
    PROCUREMENT = "procurement"
    CORRUPTION = "corruption"

    @property
    def is_protected(self) -> bool:
        """Whether it speaks of a person, so that who filed it and what it says stay sealed."""
        return self is not Kind.GRIEVANCE


class CaseStatus(StrEnum):
    """Where a case is. Some are of one kind's way only."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    SCREENING = "screening"
    SUBMITTED = "submitted"
    FACT_FINDING = "fact_finding"
    DISCIPLINARY = "disciplinary"
    FORWARDED = "forwarded"
    NOT_TAKEN = "not_taken"
    INFORMED = "informed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


S = CaseStatus

GRIEVANCE_WAY: Final = (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS, S.RESOLVED, S.CLOSED)
PROTECTED_WAY: Final = (
    S.RECEIVED, S.SCREENING, S.SUBMITTED, S.FACT_FINDING, S.DISCIPLINARY, S.INFORMED, S.CLOSED,
)  # fmt: skip
ENDED: Final = frozenset({S.CLOSED, S.WITHDRAWN})
"""Nothing is to be done any more, unless the case is opened again."""
CONCLUDED: Final = frozenset({S.RESOLVED, S.FORWARDED, S.NOT_TAKEN, S.INFORMED, *ENDED})
"""What there was to find out or to mend has been."""

THAI_KIND: Final = {
    Kind.GRIEVANCE: "แจ้งเหตุ/ร้องทุกข์",
    Kind.CONDUCT: "การปฏิบัติหน้าที่ของเจ้าหน้าที่",
    Kind.PROCUREMENT: "การจัดซื้อจัดจ้าง",
    Kind.CORRUPTION: "ทุจริตและประพฤติมิชอบ",
}
_GRIEVANCE_WORDS: Final = {
    S.RECEIVED: "รับเรื่องแล้ว",
    S.ASSIGNED: "ส่งหน่วยแล้ว",
    S.IN_PROGRESS: "กำลังดำเนินการ",
    S.RESOLVED: "แก้ไขแล้ว รอท่านยืนยัน",
    S.FORWARDED: "ส่งต่อเจ้าของทรัพย์สิน",
    S.CLOSED: "เสร็จสิ้น",
    S.WITHDRAWN: "ผู้แจ้งถอนเรื่อง",
    S.REOPENED: "เปิดเรื่องอีกครั้ง",
}
_PROTECTED_WORDS: Final = {
    S.RECEIVED: "รับเรื่องแล้ว",
    S.SCREENING: "ตรวจสอบเบื้องต้น",
    S.SUBMITTED: "เสนอผู้บังคับบัญชา",
    S.FACT_FINDING: "สอบข้อเท็จจริง",
    S.DISCIPLINARY: "สอบสวนทางวินัย",
    S.FORWARDED: "ส่งต่อหน่วยงานที่เกี่ยวข้อง",
    S.NOT_TAKEN: "ไม่รับเรื่องไว้พิจารณา",
    S.INFORMED: "แจ้งผลแล้ว",
    S.CLOSED: "ยุติเรื่อง",
    S.WITHDRAWN: "ผู้แจ้งถอนเรื่อง",
    S.REOPENED: "เปิดเรื่องอีกครั้ง",
}
ALL_STATUS_WORDS: Final = tuple(
    dict.fromkeys([*_GRIEVANCE_WORDS.values(), *_PROTECTED_WORDS.values()])
)
"""The words of every status, those of grievances first."""

_PROTECTED_NEXT: Final[Mapping[CaseStatus, frozenset[CaseStatus]]] = {
    S.RECEIVED: frozenset({S.SCREENING, S.SUBMITTED, S.FORWARDED, S.NOT_TAKEN, S.WITHDRAWN}),
    S.SCREENING: frozenset({S.SUBMITTED, S.FORWARDED, S.NOT_TAKEN, S.WITHDRAWN}),
    S.SUBMITTED: frozenset(
        {S.SCREENING, S.FACT_FINDING, S.DISCIPLINARY, S.FORWARDED, S.NOT_TAKEN, S.WITHDRAWN}
    ),
    S.FACT_FINDING: frozenset({S.SUBMITTED, S.DISCIPLINARY, S.FORWARDED, S.INFORMED, S.WITHDRAWN}),
    S.DISCIPLINARY: frozenset({S.FACT_FINDING, S.FORWARDED, S.INFORMED}),
    S.FORWARDED: frozenset({S.SCREENING, S.SUBMITTED, S.INFORMED}),
    S.NOT_TAKEN: frozenset({S.SCREENING, S.INFORMED}),
    S.INFORMED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset({S.REOPENED}),
    S.WITHDRAWN: frozenset({S.REOPENED}),
    S.REOPENED: frozenset(
        {S.SCREENING, S.SUBMITTED, S.FACT_FINDING, S.FORWARDED, S.NOT_TAKEN, S.WITHDRAWN}
    ),
}
"""What may follow what: on by one step (or past the screening), one step back, or aside. Nobody is
told of an end before there is one, and nothing closes before whoever filed it was told."""


def status_words(kind: Kind, status: CaseStatus) -> str:
    """A status in the words of its kind."""
    return (_PROTECTED_WORDS if kind.is_protected else _GRIEVANCE_WORDS)[status]


def statuses(kind: Kind) -> tuple[CaseStatus, ...]:
    """All that a kind's way knows."""
    return tuple(_PROTECTED_WORDS if kind.is_protected else _GRIEVANCE_WORDS)


def may_become(kind: Kind, now: CaseStatus, then: CaseStatus) -> bool:
    """Whether a case may go from one status to another.

    Of a grievance: on, one step back, or aside to the owner of the thing and back; what has ended
    can only be opened again, and nothing comes back to received, as it was received once.

    >>> may_become(Kind.GRIEVANCE, CaseStatus.RECEIVED, CaseStatus.IN_PROGRESS)
    True
    >>> may_become(Kind.CORRUPTION, CaseStatus.RECEIVED, CaseStatus.CLOSED)
    False
    """
    if now is then:
        return True
    if kind.is_protected:
        return then in _PROTECTED_NEXT.get(now, frozenset())
    if not {now, then} <= _GRIEVANCE_WORDS.keys() or then is S.RECEIVED:
        return False
    if now in ENDED or then is S.REOPENED:
        return now in ENDED and then is S.REOPENED
    if S.FORWARDED in (now, then) or then is S.WITHDRAWN:
        return True
    return now is S.REOPENED or GRIEVANCE_WAY.index(then) >= GRIEVANCE_WAY.index(now) - 1
