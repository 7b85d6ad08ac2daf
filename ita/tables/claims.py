"""What a document says somewhere of a score: the claims that are then held against each other."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ita.criteria import Criteria, NoCriteria, criteria_for
from ita.text import arabic_digits

TOTAL = "total"
"""The subject of a claim about the total; others are an indicator's number or an instrument."""

RESULT = "result"
"""The subject of what is only called a result: most likely the total, so that it never tells it."""

_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_MOST = 100
_LETTERS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1", ",": ".", " ": ""})


@dataclass(frozen=True, slots=True)
class Claim:
    """The points of a subject as they stand at one place.

    `points` is None where `raw` is no number between 0 and 100; `year` is the Buddhist fiscal
    year that it is about, None where that is not said; `near_year` is the last one named before.
    """

    subject: int | str
    year: int | None
    raw: str
    points: Decimal | None
    where: str
    in_table: bool
    near_year: int | None = None

    @property
    def about(self) -> int | str:
        """Its subject, the total for what is only called a result."""
        return TOTAL if self.subject == RESULT else self.subject

    @property
    def guess(self) -> Decimal | None:
        """What a scanned figure may have been: scanners part ๗ into ๓ and a stroke."""
        if self.points is not None:
            return None
        return points(arabic_digits(self.raw).replace("3/", "7").translate(_LETTERS))


def points(raw: str) -> Decimal | None:
    """Points of 0 to 100 with at most two digits, in Thai or Arabic digits; None for all else.

    >>> points("๙๘.๐๑")
    Decimal('98.01')
    """
    text = arabic_digits(raw.strip())
    if not _POINTS.fullmatch(text):
        return None
    value = Decimal(text)
    return value if value <= _MOST else None


def criteria_of(year: int | None) -> Criteria | None:
    """The criteria of a fiscal year, None where they are not known."""
    if year is None:
        return None
    try:
        return criteria_for(year)
    except NoCriteria:
        return None
