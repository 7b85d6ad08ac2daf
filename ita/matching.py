"""Which measure somebody means: by its number, its indicator, its OIT item, or words of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ita.criteria import NoCriteria, criteria_for
from ita.measures import Measure
from ita.text import clean, normalise

CERTAIN = 1.0
LIKE = 0.55
"""Below this likeness words do not name a measure."""

_LONGEST = 200
_SHORTEST = 3
_NUMBER = re.compile(r"(?:ข้อ|มาตรการ|ม\.?)? ?(?:ที่)? ?([1-9]\d{0,2})")
_INDICATOR = re.compile(r"(?:ตัวชี้วัด|ตชว\.?) ?(?:ที่)? ?([1-9]\d?)")
_ITEM = re.compile(r"(?:ข้อ )?(?:o|โอ) ?([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Match:
    """A measure that may be meant. `confidence` is 0..1; 1.0 says that it is unmistakable."""

    measure: Measure
    confidence: float


def find(measures: Sequence[Measure], words: str) -> tuple[Match, ...]:
    """The measures that the words may mean, best first; empty when nothing is like them.

    A number, an indicator, an item code or a whole title is certain. An indicator or item of
    several measures gives each of them, all certain: one has to ask which.
    """
    wanted = normalise(clean(words, _LONGEST))
    exact = _exact(wanted)
    if exact:
        return tuple(Match(measure, CERTAIN) for measure in measures if exact(measure))
    found = [Match(measure, _likeness(measure, wanted)) for measure in measures]
    near = [match for match in found if match.confidence >= LIKE]
    return tuple(sorted(near, key=lambda match: (-match.confidence, match.measure.number)))


def _exact(wanted: str) -> Callable[[Measure], bool] | None:
    """The test that a code or number asks for; None when the words are neither."""
    if item := _ITEM.fullmatch(wanted):
        return lambda measure: f"o{item[1]}" in measure.items
    if indicator := _INDICATOR.fullmatch(wanted):
        return lambda measure: measure.indicator == int(indicator[1])
    if number := _NUMBER.fullmatch(wanted):
        return lambda measure: measure.number == int(number[1])
    return None


def _likeness(measure: Measure, wanted: str) -> float:
    title, sought = _bare(measure.title), _bare(wanted)
    if sought and sought == title:
        return CERTAIN
    if len(sought) < _SHORTEST:
        return 0.0
    places = (title, *map(_bare, measure.keywords.split(",")), _bare(_indicator_name(measure)))
    contained = max(_containment(sought, place) for place in places)
    if contained:
        return contained
    whole = " ".join(places)
    if all(part in whole for part in wanted.split()):
        return 0.7
    return max(_similarity(sought, place) for place in places if place or place is title)


def _containment(sought: str, place: str) -> float:
    """0.75 for a part of a place, rising to 0.95 for the whole of it; 0 outside it."""
    return 0.75 + 0.2 * len(sought) / len(place) if sought in place else 0.0


def _similarity(sought: str, place: str) -> float:
    """How much of the words stands in the place in their order, so that typos do not matter."""
    matcher = SequenceMatcher(None, place[:_LONGEST], sought, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    covered = same / len(sought)
    return 0.7 * covered if covered > LIKE / 0.7 else 0.0


def _bare(text: str) -> str:
    return normalise(text).replace(" ", "")


def _indicator_name(measure: Measure) -> str:
    try:
        indicators = criteria_for(measure.fiscal_year).indicators
    except NoCriteria:
        return ""
    indicator = indicators.get(measure.indicator or 0)
    return indicator.name if indicator else ""
