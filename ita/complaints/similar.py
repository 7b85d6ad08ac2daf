"""Grievances about the same thing: near by, and in words alike; offered to be joined.

Near is told by cells of a grid: whoever tries out places learns no more of another's than that.
"""

from collections.abc import Iterable, Sequence
from math import floor
from typing import Final

from ita.complaints.case import Case
from ita.complaints.filed import Place, Similar
from ita.complaints.kinds import Kind
from ita.text import normalise

CELL: Final = 0.002
"""Degrees: some 220 metres. What lies in the same cell or in one beside it is near."""
MOST: Final = 3
PIECE: Final = 3
ALIKE: Final = 0.3
"""The share of a title's pieces of three letters that the words have, too."""


def alike(cases: Iterable[Case], words: str) -> list[Case]:
    """The open grievances with a coordinator's title that is like the words."""
    return [
        case
        for case in cases
        if case.kind is Kind.GRIEVANCE and case.is_open and case.titled
        if likeness(case.title, words) >= ALIKE
    ]


def near_by(found: Iterable[tuple[Case, Sequence[Place]]], place: Place) -> list[Similar]:
    """Those of cases, each with the places that were told of it, that are near; the newest first.

    Their order tells nothing of which is nearer.
    """
    near = [case for case, places in found if any(is_near(place, there) for there in places)]
    near.sort(key=lambda case: (case.received_on, case.number), reverse=True)
    return [Similar(case.id, case.title, case.received_on) for case in near[:MOST]]


def likeness(title: str, words: str) -> float:
    """How much of a title is in the words, from 0 to 1.

    >>> likeness("ไฟทางดับ", "ไฟทางหน้าวัดดับ") > likeness("ไฟทางดับ", "น้ำไม่ไหล")
    True
    """
    pieces = _pieces(title)
    return len(pieces & _pieces(words)) / len(pieces) if pieces else 0.0


def _pieces(text: str) -> set[str]:
    plain = normalise(text).replace(" ", "")
    return {plain[at : at + PIECE] for at in range(len(plain) - PIECE + 1)}


def is_near(one: Place, other: Place) -> bool:
    """Whether two places are near, by degrees where both have them, else by the same words."""
    here, there = _cell(one), _cell(other)
    if here and there:
        return all(abs(a - b) <= 1 for a, b in zip(here, there, strict=True))
    words = normalise(one.words)
    return bool(words) and words == normalise(other.words)


def _cell(place: Place) -> tuple[int, int] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return floor(place.latitude / CELL), floor(place.longitude / CELL)
