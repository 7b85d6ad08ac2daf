"""Measures that words may be about without naming one: those that share a telling word with them.

Words are not parted in Thai, so runs of letters are compared: six in a row, or a whole word of
four or five, are taken for a word. It only ever offers: nobody's measure is chosen by it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from handlers.understanding.folding import fold
from handlers.understanding.words import PARTICLES
from ita.criteria import NoCriteria, criteria_for
from ita.measures import Measure

_GRAM: Final = 4
_WORD: Final = 6
_NEAR: Final = 0.5
"""A measure is offered when it shares at least this part of what the likeliest one shares."""
_REMEMBERED: Final = 4096
_SAYS_NOTHING: Final = re.compile(
    r"ดำเนินการ|ดำเนินงาน|รายงานผล|รายงาน|มาตรการ|ตัวชี้วัด|โครงการ|กิจกรรม|เรียบร้อย|เสร็จ|แล้ว|เมื่อ|จัดทำ"
    r"|ประจำปี|ปีงบประมาณ|หน่วยงาน|ประชาชน|ราชการ|ทำงาน|การ|ความ|ผลการ|ยังไม่|ได้|"
    rf"{PARTICLES}"
)
"""Words of every report, which tell nothing of its measure."""
_PARTED: Final = re.compile(r"[^a-z\u0e01-\u0e2e\u0e30-\u0e4e]+")


def hinted(measures: Sequence[Measure], text: str) -> tuple[Measure, ...]:
    """The measures with a word of the folded text in what they are called, the likeliest first."""
    said = list(_pieces(text))
    shared = {each: _shared(said, _runs_of(each)) for each in measures}
    common = Counter(run for runs in shared.values() for run in runs)
    weights = {each: sum(1 / common[run] for run in runs) for each, runs in shared.items() if runs}
    least = _NEAR * max(weights.values(), default=0)
    near = [each for each in weights if weights[each] >= least]
    return tuple(sorted(near, key=lambda each: (-weights[each], each.number)))


def _pieces(text: str) -> Iterator[str]:
    """The words of a text as far as it parts them, without those of every report."""
    for piece in _PARTED.split(_SAYS_NOTHING.sub(" ", text)):
        if len(piece) >= _GRAM:
            yield piece


def _shared(said: Sequence[str], runs: frozenset[str]) -> set[str]:
    """The runs of the pieces that stand in a measure's names, where they make up a word."""
    return {run for piece in said for run in _stretch(piece, runs)}


def _stretch(piece: str, runs: frozenset[str]) -> Iterator[str]:
    chain: list[str] = []
    for run in (*_grams(piece), ""):
        if run in runs:
            chain.append(run)
            continue
        letters = len(chain) + _GRAM - 1
        if chain and letters >= min(_WORD, len(piece)):
            yield from chain
        chain = []


def _grams(piece: str) -> list[str]:
    return [piece[at : at + _GRAM] for at in range(len(piece) - _GRAM + 1)]


def _runs_of(measure: Measure) -> frozenset[str]:
    return _called(
        measure.title, measure.keywords, measure.fiscal_year, measure.indicator, measure.items
    )


@lru_cache(_REMEMBERED)
def _called(
    title: str, keywords: str, fiscal_year: int, indicator: int | None, items: tuple[str, ...]
) -> frozenset[str]:
    """The runs of what a measure is called: title, keywords, its indicator and items."""
    names = [title, keywords, *_names_in_criteria(fiscal_year, indicator, items)]
    pieces = [piece for name in names for piece in _PARTED.split(fold(name).text)]
    return frozenset(run for piece in pieces for run in _grams(piece))


def _names_in_criteria(
    fiscal_year: int, indicator: int | None, items: tuple[str, ...]
) -> Iterator[str]:
    try:
        criteria = criteria_for(fiscal_year)
    except NoCriteria:
        return
    if known := criteria.indicators.get(indicator or 0):
        yield known.name
    yield from filter(None, (criteria.item_title(code) for code in items))
