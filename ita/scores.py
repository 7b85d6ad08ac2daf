"""ITA scores: from indicators to the total and its level, and what each OIT item is worth.

Decimal arithmetic throughout, rounded half up at two digits only where a figure is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ita.criteria import Criteria, Indicator
from ita.levels import Distance, judge, rounded

__all__ = [
    "FULL",
    "Assessment",
    "Distance",
    "IncompleteScores",
    "Share",
    "Weighed",
    "assess",
    "check_items",
    "check_scores",
    "indicator_from_items",
    "rounded",
    "shares",
    "weigh",
    "worths",
]

FULL = Decimal(100)
"""The most that anything scores."""


class IncompleteScores(ValueError):
    """Scores are missing or impossible; str() says which, `keys` are their numbers or codes."""

    def __init__(self, what: str, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"{what}: {', '.join(self.keys)}")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the official scores of the indicators come to; never what they might come to.

    `instruments` are unrounded means by instrument, `total` is rounded to two digits; `level` and
    `reason` (one sentence) are Thai; `unverified` is what the year's criteria leave open;
    `distance` is None at the best level.
    """

    instruments: dict[str, Decimal]
    total: Decimal
    level: str
    reason: str
    fiscal_year: int
    unverified: tuple[str, ...]
    distance: Distance | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The instruments' unrounded means, and the weighed total, rounded."""

    instruments: dict[str, Decimal]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """How an OIT item counts: `of_indicator` and `of_total` are the points it moves from 0 to 100.

    A point of the indicator is `of_total / of_indicator` points of the total.
    """

    code: str
    indicator: int
    of_indicator: Decimal
    of_total: Decimal


def assess(criteria: Criteria, indicators: Mapping[int, Decimal]) -> Assessment:
    """The instruments' means, the total, and its level with the reason.

    `indicators` holds 0..100 for every indicator, else IncompleteScores. NoCriteria where the
    year's weights or levels are not confirmed: a total is never guessed.
    """
    weighed = weigh(criteria, indicators)
    verdict = judge(criteria, weighed.total, weighed.instruments)
    return Assessment(
        instruments=weighed.instruments,
        total=weighed.total,
        level=verdict.level,
        reason=verdict.reason,
        fiscal_year=criteria.fiscal_year,
        unverified=criteria.unverified,
        distance=verdict.distance,
    )


def weigh(criteria: Criteria, indicators: Mapping[int, Decimal]) -> Weighed:
    """Means and total of a full set of indicators. Raises what `assess` does."""
    weights = _weights(criteria)
    check_scores(criteria, indicators)
    if missing := [str(number) for number in criteria.indicators if number not in indicators]:
        raise IncompleteScores("Scores are missing", missing)
    sums = {one.name: sum(indicators[n] for n in one.indicators) for one in criteria.instruments}
    counts = {one.name: len(one.indicators) for one in criteria.instruments}
    # Multiplied before it is divided, so that thirds do not push a total below 85 by a hair.
    total = rounded(sum((weights[n] * sums[n] / counts[n] for n in sums), Decimal()) / FULL)
    return Weighed({name: Decimal(sums[name]) / counts[name] for name in sums}, total)


def indicator_from_items(
    criteria: Criteria, number: int, items: Mapping[str, Decimal | int]
) -> Decimal:
    """An OIT indicator (unrounded): the mean of its sub-indicators, each the mean of its items.

    `items` holds 0..100 by code for every item of the indicator (others are ignored), else
    IncompleteScores. NoCriteria where the year's sub-indicators are not confirmed.
    """
    indicator = criteria.indicators.get(number)
    if indicator is None or not indicator.sub_indicators:
        raise criteria.lack(f"sub-indicators of indicator {number}")
    codes = [code for part in indicator.sub_indicators for code in part.items]
    if missing := [code for code in codes if code not in items]:
        raise IncompleteScores("Scores are missing", missing)
    points = {code: Decimal(items[code]) for code in codes}
    check_items(criteria, points)
    return _mean(
        [_mean([points[code] for code in part.items]) for part in indicator.sub_indicators]
    )


def worths(criteria: Criteria) -> dict[str, Decimal]:
    """Item code → points of the total that it is worth (0 to 100 on that item).

    Empty where the year's weights or sub-indicators are not confirmed.

    >>> from ita.criteria import criteria_for
    >>> worths(criteria_for(2566))["o43"]
    Decimal('2')
    """
    return {share.code: share.of_total for share in shares(criteria)}


def shares(criteria: Criteria) -> tuple[Share, ...]:
    """How each OIT item counts. Empty where weights or sub-indicators are not confirmed."""
    return tuple(
        share
        for instrument in criteria.instruments
        if instrument.weight is not None
        for number in instrument.indicators
        for share in _shares_of(
            criteria.indicators[number], instrument.weight / len(instrument.indicators)
        )
    )


def check_scores(criteria: Criteria, indicators: Mapping[int, Decimal]) -> None:
    """IncompleteScores where an indicator is unknown or its points lie outside 0 to 100.

    NoCriteria where the year's indicators are not known at all.
    """
    if not criteria.indicators:
        raise criteria.lack("indicators")
    _check({str(number): points for number, points in indicators.items()}, criteria.indicators)


def check_items(criteria: Criteria, items: Mapping[str, Decimal]) -> None:
    """IncompleteScores where an item is unknown or cannot have these points in that year.

    NoCriteria where the year's items are not known at all.
    """
    if items and not criteria.items:
        raise criteria.lack("OIT items")
    _check(items, criteria.items)
    possible = criteria.item_scores
    if possible and (wrong := [code for code, points in items.items() if points not in possible]):
        words = " or ".join(f"{points:f}" for points in possible)
        year = criteria.fiscal_year
        raise IncompleteScores(f"An item of {year} scores {words}, nothing else", wrong)


def _check(points: Mapping[str, Decimal], known: Iterable[int | str]) -> None:
    wanted = {str(key) for key in known}
    if unknown := [key for key in points if key not in wanted]:
        raise IncompleteScores("The year's criteria do not know these", unknown)
    outside = [key for key, value in points.items() if not _is_score(value)]
    if outside:
        raise IncompleteScores("Scores must lie between 0 and 100", outside)


def _is_score(value: Decimal) -> bool:
    return value.is_finite() and 0 <= value <= FULL


def _shares_of(indicator: Indicator, weight: Decimal) -> Iterator[Share]:
    """The shares of an indicator's items; `weight` is what the indicator is of the total."""
    for part in indicator.sub_indicators:
        count = len(indicator.sub_indicators) * len(part.items)
        for code in part.items:
            yield Share(code, indicator.number, FULL / count, weight / count)


def _weights(criteria: Criteria) -> dict[str, Decimal]:
    weights = {one.name: one.weight for one in criteria.instruments if one.weight is not None}
    if not weights or not criteria.levels:
        raise criteria.lack("weights and levels")
    return weights


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal()) / len(values)
