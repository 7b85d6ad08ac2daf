"""Words that stand in another report already: identical results are what reviewers look for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ita.measures import Measure
from ita.text import normalise

_UNHEARD: Final = re.compile(r"[\s.,;:!?()\"'“”\-–—/…]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the same words stand: in another measure, or in the same one before (`own`)."""

    number: int
    own: bool


def copied(words: str, measure: Measure, measures: Sequence[Measure]) -> Copy | None:
    """Where the words stand as an output or an outcome already, None where nowhere.

    The measure's own last words are looked at first. Spaces, signs and kinds of digits do not
    make words different.
    """
    letters = _letters(words)
    if not letters:
        return None
    others = [other for other in measures if other.id != measure.id]
    for known in (measure, *others):
        if letters in (_letters(known.output), _letters(known.outcome)):
            return Copy(known.number, own=known.id == measure.id)
    return None


def same(words: str, others: str) -> bool:
    """Whether both say the same, letter by letter."""
    return bool(_letters(words)) and _letters(words) == _letters(others)


def _letters(text: str) -> str:
    return _UNHEARD.sub("", normalise(text))
