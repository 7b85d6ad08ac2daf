"""Which measure somebody means: by its number, its indicator, its OIT item, or words of it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ita.criteria import NoCriteria, criteria_for
from ita.measures import Measure
from ita.text import clean, normalise

CERTAIN = 1.0
LIKE = 0.55
"""Below this likeness words do not name a measure."""

CLEAR = 6.5
"""From this weight on words in a longer text name a measure, if no other comes near."""

_LONGEST = 200
_SHORTEST = 3
_NUMBER = re.compile(r"(?:ข้อ|มาตรการ|ม\.?)? ?(?:ที่)? ?([1-9]\d{0,2})")
_INDICATOR = re.compile(r"(?:ตัวชี้วัด|ตชว\.?) ?(?:ที่)? ?([1-9]\d?)")
_ITEM = re.compile(r"(?:ข้อ )?(?:o|โอ) ?([1-9]\d?)")
_GRAM = 4
_REMEMBERED = 4096
_RIVAL = 0.6
_LIKELY = 0.9
_RUNS = 3
_LETTER = re.compile("[a-z0-9\u0e01-\u0e2e\u0e30-\u0e4e]")
_CODE = re.compile(r"(?:ข้อ ?)?[oe0]\d{1,3}[. ]+")
_KEYWORDS = re.compile(r"[,;|\n]")
_SAME = (
    (
        "nogift",
        re.compile(r"no ?gif(?:t|f)?s?|โนก[ิี][็่้๊๋]?[ฟป](?:[ตท]์?|์)?|โนกิ[็่้๊๋]?ฟ[ตท]?์?"),
        re.compile(r"(?:งด|ไม่|ไม|งค)รับของ(?:ขวั[ญน]|กำนั[ลน])|งดของขวั[ญน]"),
    ),
    ("eservice", re.compile(r"e[- ]?servi[cs]e?|อี[- ]?เซ[อิ]ร?์?วิ[สซ]"), None),
    ("dodon", re.compile(r"do(?:'?s)? ?(?:&|and|แอนด์) ?don'?t?s?|ดู ?แอนด์ ?โดน[ทต]?์?"), None),
)
"""Names that people write by ear or in Thai, and how they stand in a title."""
_COMMON = re.compile(
    "ดำเนินการ|ดำเนินงาน|รายงานผล|รายงาน|มาตรการ|ตัวชี้วัด|ประชุม|เรียบร้อย|เสร็จ|แล้ว|เจ้าหน้าที่|หน่วยงาน"
    "|เทศบาล|องค์การบริหาร|ปีงบประมาณ|ประจำปี|โครงการ|กิจกรรม|ประชาชน|บุคลากร|หลักฐาน|เอกสาร|เว็บไซต์|จัดทำ"
    "|เมื่อ|ข้อมูล|การ"
)
"""Words of every report, which name no measure."""


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


@dataclass(frozen=True, slots=True)
class Named:
    """A measure that a longer text names by words of its title or keywords, at start..end of it.

    `weight` counts the letters in common, less where other measures have them too; `whole` says
    that the whole title or a whole keyword stands there.
    """

    measure: Measure
    start: int
    end: int
    weight: float
    whole: bool = False


def named_in(measures: Sequence[Measure], text: str) -> tuple[Named, ...]:
    """The measures that a normalised text names by their words, the likeliest first.

    Quick for long texts and many measures: runs of four letters are compared, so that typing
    mistakes and left out spaces do not matter. Words of every report count for none.
    """
    letters = _letters(text)
    bare = "".join(char for char, _ in letters)
    called = [
        _called(each.title, each.keywords, each.fiscal_year, each.indicator, each.items)
        for each in measures
    ]
    runs = [each.runs for each in called]
    shared = Counter(run for each in runs for run in each)
    said = _said_runs(text, letters)
    found = []
    for measure, names in zip(measures, called, strict=True):
        common = [run for run in said if run in names.runs]
        weight = sum(1 / shared[run] for run in common)
        whole = [name for name in names.own if len(name) >= _SHORTEST and name in bare]
        if whole:
            at = bare.index(whole[0])
            places = [place for run in common for place in said[run]]
            span = _around((letters[at][1], letters[at + len(whole[0]) - 1][1] + 1), places)
            found.append(Named(measure, *span, max(weight, CLEAR) + len(whole[0]), whole=True))
        elif weight >= _LIKELY and len(common) >= _RUNS:
            start, end = _longest_stretch([place for run in common for place in said[run]])
            found.append(Named(measure, start, end, weight))
    return tuple(sorted(found, key=lambda each: (-each.weight, each.measure.number)))


def unmistakable(named: Sequence[Named]) -> Named | None:
    """The one measure that words name beyond doubt, if there is one."""
    if not named or named[0].weight < CLEAR:
        return None
    rivals = [each for each in named[1:] if each.weight > _RIVAL * named[0].weight]
    return None if rivals else named[0]


@dataclass(frozen=True, slots=True)
class _Names:
    """What a measure is called, without spaces: by its `own` names, and runs of all names."""

    own: tuple[str, ...]
    runs: frozenset[str]


@lru_cache(_REMEMBERED)
def _called(
    title: str, keywords: str, fiscal_year: int, indicator: int | None, items: tuple[str, ...]
) -> _Names:
    bare = _squeezed(_CODE.sub("", normalise(title), count=1))
    keys = [_squeezed(normalise(each)) for each in _KEYWORDS.split(keywords)]
    same = [name for name, *_ in _SAME if name in bare]
    other = [_squeezed(normalise(each)) for each in _other_names(fiscal_year, indicator, items)]
    own = tuple(filter(None, (bare, *keys, *same)))
    return _Names(own, frozenset(run for name in (*own, *other) for run in _runs(name)))


def _other_names(fiscal_year: int, indicator: int | None, items: tuple[str, ...]) -> list[str]:
    try:
        criteria = criteria_for(fiscal_year)
    except NoCriteria:
        return []
    known = criteria.indicators.get(indicator or 0)
    return [known.name if known else "", *(criteria.item_title(code) or "" for code in items)]


def _squeezed(text: str) -> str:
    return "".join(char for char, _ in _letters(text))


def _letters(text: str) -> list[tuple[str, int]]:
    """The letters of a text with their places; names written by ear are put as in a title."""
    spoken: dict[int, tuple[int, str]] = {}
    for name, *ways in _SAME:
        for way in filter(None, ways):
            spoken |= {found.start(): (found.end(), name) for found in way.finditer(text)}
    letters: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        end, name = spoken.get(at, (at + 1, text[at]))
        last = end - 1
        letters += [
            (char, at if index < len(name) - 1 else last)
            for index, char in enumerate(name)
            if _LETTER.match(char)
        ]
        at = end
    return letters


def _said_runs(text: str, letters: Sequence[tuple[str, int]]) -> dict[str, list[tuple[int, int]]]:
    """The runs of letters in a text that may name something, and where they stand."""
    common = {at for found in _COMMON.finditer(text) for at in range(*found.span())}
    said: dict[str, list[tuple[int, int]]] = {}
    for index in range(len(letters) - _GRAM + 1):
        part = letters[index : index + _GRAM]
        first, last = part[0][1], part[-1][1]
        broken = last - first > _GRAM + _GRAM or first in common or last in common
        if not broken:
            said.setdefault("".join(char for char, _ in part), []).append((first, last + 1))
    return said


def _around(span: tuple[int, int], places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A stretch with all that overlaps or touches it."""
    start, end = span
    joined = [each for each in _stretches([*places, span]) if each[0] <= start < each[1]]
    return joined[0] if joined else (start, end)


def _longest_stretch(places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return max(_stretches(places), key=lambda stretch: stretch[1] - stretch[0])


def _stretches(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap or touch, joined."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if stretches and start <= stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _runs(place: str) -> set[str]:
    return {place[index : index + _GRAM] for index in range(len(place) - _GRAM + 1)}


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
