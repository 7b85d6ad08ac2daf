"""Results of which something is missing: what, and between which figures the total can still end.

Official scores of items stand in for the indicator that they make up, where nobody gave that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ita.criteria import Criteria, Indicator
from ita.levels import judge, rounded
from ita.scores import FULL, check_items, check_scores, indicator_from_items, weigh

_A_ROUNDING = Decimal("0.01")

Span = tuple[Decimal, Decimal]
"""The least and the most that a figure can be."""


@dataclass(frozen=True, slots=True)
class Partial:
    """What an incomplete result can still become: spans, never a figure between.

    `missing` holds what nobody gave: numbers of indicators, codes of items; `levels` are the
    worst and the best that is possible; `instruments` are unrounded, `total` is rounded.
    """

    fiscal_year: int
    missing: tuple[str, ...]
    instruments: dict[str, Span]
    total: Span
    levels: tuple[str, str]
    unverified: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why there is no total, in one Thai sentence."""
        (low, high), (worst, best) = self.total, self.levels
        numbers = ", ".join(key for key in self.missing if key.isdigit())
        codes = ", ".join(key for key in self.missing if not key.isdigit())
        named = (f"ตัวชี้วัดที่ {numbers}" if numbers else "", f"ข้อ {codes}" if codes else "")
        what = " และ".join(one for one in named if one)
        level = f"ระดับ{worst}" if worst == best else f"ระดับ{worst}ถึงระดับ{best}"
        return f"ยังไม่มีคะแนนของ{what} คะแนนรวมจึงอยู่ระหว่าง {low} ถึง {high} ({level})"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An indicator whose given points its items cannot come to; `items` is what they can."""

    indicator: int
    given: Decimal
    items: Span

    @property
    def thai(self) -> str:
        """The disagreement in one sentence."""
        low, high = map(rounded, self.items)
        of_items = f"{low}" if low == high else f"{low} ถึง {high}"
        given = f"ตัวชี้วัดที่ {self.indicator} ให้มา {rounded(self.given)}"
        return f"{given} แต่คิดจากคะแนนรายข้อได้ {of_items} ขอให้ตรวจกับผลที่ประกาศ ที่นี่ใช้ค่าที่ให้มา"


def completed(
    criteria: Criteria, indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> dict[int, Decimal]:
    """The indicators that were given, and those that the items make up in full.

    Raises IncompleteScores where a score is impossible or the year does not know it.
    """
    check_scores(criteria, indicators)
    check_items(criteria, items)
    rebuilt = {
        number: indicator_from_items(criteria, number, items)
        for number, one in criteria.indicators.items()
        if (codes := _codes(one)) and items.keys() >= codes.keys()
    }
    return rebuilt | dict(indicators)


def assess_partly(
    criteria: Criteria, indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> Partial:
    """What the result can still become, and what is missing. Raises what `completed` does.

    NoCriteria where the year's weights or levels are not confirmed.
    """
    known = completed(criteria, indicators, items)
    spans = {
        number: (known[number], known[number]) if number in known else _span(one, items)
        for number, one in criteria.indicators.items()
    }
    low = weigh(criteria, {number: span[0] for number, span in spans.items()})
    high = weigh(criteria, {number: span[1] for number, span in spans.items()})
    worst, best = (judge(criteria, end.total, end.instruments).level for end in (low, high))
    return Partial(
        fiscal_year=criteria.fiscal_year,
        missing=_missing(criteria, known, items),
        instruments={
            name: (low.instruments[name], high.instruments[name]) for name in low.instruments
        },
        total=(low.total, high.total),
        levels=(worst, best),
        unverified=criteria.unverified,
    )


def disagreements(
    criteria: Criteria, indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> tuple[Disagreement, ...]:
    """The indicators whose points differ by more than a rounding from all that the items allow."""
    found = []
    for number, given in sorted(indicators.items()):
        low, high = _span(criteria.indicators[number], items)
        if not low - _A_ROUNDING <= given <= high + _A_ROUNDING:
            found.append(Disagreement(number, given, (low, high)))
    return tuple(found)


def _missing(
    criteria: Criteria, known: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> tuple[str, ...]:
    """Items where some of an indicator's items are there, else the indicator."""
    missing: list[str] = []
    for number in sorted(criteria.indicators.keys() - known.keys()):
        codes = _codes(criteria.indicators[number])
        lacking = [code for code in codes if code not in items]
        missing += lacking if len(lacking) < len(codes) else [str(number)]
    return tuple(missing)


def _span(indicator: Indicator, items: Mapping[str, Decimal]) -> Span:
    """The least and the most of an indicator, whatever the items are that nobody gave."""
    shares = _codes(indicator)
    if not shares:
        return Decimal(), FULL
    given = [(share, items[code]) for code, share in shares.items() if code in items]
    low = sum((share * points for share, points in given), Decimal())
    return low, FULL - sum((share * (FULL - points) for share, points in given), Decimal())


def _codes(indicator: Indicator) -> dict[str, Decimal]:
    """The codes of an indicator's items, each with its part (0..1) of the indicator."""
    count = len(indicator.sub_indicators)
    return {
        code: Decimal(1) / (count * len(part.items))
        for part in indicator.sub_indicators
        for code in part.items
    }
