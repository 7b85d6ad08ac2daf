"""Indicators by their names, as documents write them more or less."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from ita.tables.claims import criteria_of
from ita.tables.meanings import bones
from ita.text import normalise

_ALIKE = 0.75
_LONGEST = 80
_MORE = 3
_FULL_YEAR = 2566
"""Its criteria name every indicator; the names have stood since."""


def indicator_named(text: str) -> int | None:
    """The number of the indicator that a text names, None where it names none.

    >>> indicator_named("การปรับปรุงการทำงาน"), indicator_named("กองคลัง")
    (8, None)
    """
    words = bones(normalise(text[:_LONGEST]))
    best, number = max(
        (_likeness(words[: len(name) + _MORE], name), number) for name, number in _names().items()
    )
    return number if best >= _ALIKE else None


def name_of(number: int) -> str:
    """The name of an indicator, "" for a number that none has."""
    criteria = criteria_of(_FULL_YEAR)
    known = criteria.indicators.get(number) if criteria else None
    return known.name if known else ""


@lru_cache(maxsize=1)
def _names() -> Mapping[str, int]:
    criteria = criteria_of(_FULL_YEAR)
    indicators = criteria.indicators if criteria else {}
    return {bones(normalise(one.name)): number for number, one in indicators.items()} or {"": 0}


@lru_cache(maxsize=1024)
def _likeness(words: str, name: str) -> float:
    matcher = SequenceMatcher(None, words, name, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
