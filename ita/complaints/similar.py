"""Grievances about the same thing: near by, and in words alike; offered to be joined."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final

from ita.complaints.case import Case
from ita.complaints.filed import Place, Similar
from ita.complaints.kinds import Kind
from ita.text import normalise

NEAR_METRES: Final = 300
MOST: Final = 3
PIECE: Final = 3
ALIKE: Final = 0.3
"""The share of a title's pieces of three letters that the words have, too."""
_EARTH_METRES: Final = 6_371_000


def similar(open_ones: Iterable[tuple[Case, Place]], place: Place, words: str) -> list[Similar]:
    """The open grievances, each with its place, that may be about the same; the nearest first."""
    found = [
        Similar(case.id, case.title, case.received_on, metres)
        for case, there in open_ones
        if case.kind is Kind.GRIEVANCE and case.is_open and case.titled
        for near, metres in [_near(place, there)]
        if near and likeness(case.title, words) >= ALIKE
    ]
    return sorted(found, key=lambda one: one.metres or 0)[:MOST]


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


def _near(one: Place, other: Place) -> tuple[bool, int | None]:
    """Whether two places are near, by degrees where both have them, else by the same words."""
    if None not in (one.latitude, one.longitude, other.latitude, other.longitude):
        metres = _metres(one, other)
        return metres <= NEAR_METRES, metres
    words = normalise(one.words)
    return bool(words) and words == normalise(other.words), None


def _metres(one: Place, other: Place) -> int:
    """On the great circle."""
    lat, lon, there_lat, there_lon = (
        radians(degrees or 0.0)
        for degrees in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((there_lat - lat) / 2) ** 2
    half += cos(lat) * cos(there_lat) * sin((there_lon - lon) / 2) ** 2
    return round(2 * _EARTH_METRES * asin(sqrt(half)))
