"""A case outside its seals: number, kind, status, days; no word of it, and no person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from ita.complaints.kinds import CONCLUDED, ENDED, CaseStatus, Kind, may_become

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are not mistaken for one another on paper or by telephone."""
RECEIPT_DIGITS: Final = 16
OBJECTION: Final = timedelta(days=30)
"""So long after a grievance was closed whoever filed it can say that it is not mended."""


class NotAStep(ValueError):
    """A case may not go from its status to that one."""


@dataclass(frozen=True, slots=True)
class Case:
    """What may be known of a case outside its seals.

    `unit` is who sees to it; `result` is what the agency tells the public of its end; `title` a few
    words for the sheet, of which `titled` says whether a coordinator wrote them. Of a protected
    case the three stay empty. Days are those in Bangkok: `withdrawal_on` is when whoever filed it
    (of a grievance also all who joined) had asked to take it back, `reopened_on` when the case was
    last opened again, `ended_on` when it first ended, `released_on` when an officer let it count,
    the others when it first came so far.
    """

    id: int
    number: str
    kind: Kind
    status: CaseStatus
    received_on: date
    unit: str = ""
    result: str = ""
    title: str = ""
    titled: bool = False
    submitted_on: date | None = None
    acknowledged_on: date | None = None
    concluded_on: date | None = None
    informed_on: date | None = None
    closed_on: date | None = None
    withdrawal_on: date | None = None
    reopened_on: date | None = None
    ended_on: date | None = None
    released_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is to be done yet."""
        return self.status not in ENDED

    @property
    def counts_on(self) -> date:
        """The day on which statistics count it."""
        return self.released_on or self.received_on

    @property
    def runs_from(self) -> date:
        """The day from which the time to see to it runs."""
        return self.reopened_on or self.received_on


_DATED: Final[Mapping[str, frozenset[CaseStatus]]] = {
    # What a superior decides, he was told of.
    "submitted_on": frozenset(
        {
            CaseStatus.SUBMITTED, CaseStatus.FACT_FINDING, CaseStatus.DISCIPLINARY,
            CaseStatus.NOT_TAKEN, CaseStatus.INFORMED,
        }
    ),
    "acknowledged_on": frozenset({CaseStatus.FACT_FINDING, CaseStatus.DISCIPLINARY}),
    "concluded_on": CONCLUDED,
    "informed_on": frozenset({CaseStatus.INFORMED, *ENDED}),
    "closed_on": ENDED,
}  # fmt: skip
"""By which status each day is reached, if it was not before."""


def moved(case: Case, then: CaseStatus, today: date) -> Case:
    """The case in another status, with the days that this reaches. Raises NotAStep.

    Whoever opens it again begins its clocks anew, on that day; what turns out not to be mended, or
    comes back from somebody else, is concluded no more, and its clock runs on.
    """
    if not may_move(case, then):
        raise NotAStep(then)
    if then is case.status:
        return case
    if then is CaseStatus.REOPENED:
        none: dict[str, Any] = dict.fromkeys((*_DATED, "withdrawal_on"))
        return replace(case, status=then, reopened_on=today, **none)
    news: dict[str, Any] = {
        day: today
        for day, statuses in _DATED.items()
        if then in statuses and getattr(case, day) is None
    }
    if case.status in CONCLUDED and then not in CONCLUDED:
        news["concluded_on"] = None
    ended_on = case.ended_on or (today if then in ENDED else None)
    return replace(case, status=then, ended_on=ended_on, **news)


def may_move(case: Case, then: CaseStatus) -> bool:
    """Whether a case may go to a status: only whoever filed it takes it back."""
    if then is CaseStatus.WITHDRAWN is not case.status and case.withdrawal_on is None:
        return False
    return may_become(case.kind, case.status, then)


def may_object(case: Case, today: date) -> bool:
    """Whether whoever filed a grievance can say now that it is not mended."""
    if case.kind.is_protected:
        return False
    if case.status is CaseStatus.CLOSED:
        return case.closed_on is not None and today <= case.closed_on + OBJECTION
    return case.status is CaseStatus.RESOLVED


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


def receipt_shown(code: str) -> str:
    """A receipt code (16 digits) in groups of four, as people copy it.

    >>> receipt_shown("1234567812345678")
    '1234 5678 1234 5678'
    """
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
