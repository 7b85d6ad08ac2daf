"""What a result would become if items were fulfilled, and which are worth most.

A projection is no score. It is a type of its own, shares no field with an Assessment but the year
and what is unverified, and can be put nowhere that official scores go.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ita.criteria import Criteria, Level
from ita.levels import judge, reaches
from ita.measures import Measure, Status
from ita.scores import FULL, IncompleteScores, Share, check_items, shares, weigh


@dataclass(frozen=True, slots=True)
class Projection:
    """What the official result would become if `fulfilled` items were; says it of each figure.

    `projected_instruments` are unrounded means, `projected_total` is rounded to two digits.
    """

    fiscal_year: int
    fulfilled: tuple[str, ...]
    projected_instruments: dict[str, Decimal]
    projected_total: Decimal
    projected_level: str
    projected_reason: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemWorth:
    """An item and points of the total (unrounded)."""

    code: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class MeasureWorth:
    """A measure and the points of the total (unrounded) that its items would still bring."""

    measure: Measure
    points: Decimal


def ranked_worths(criteria: Criteria) -> tuple[ItemWorth, ...]:
    """What every item is worth, the most first; empty where the year's criteria do not say.

    >>> from ita.criteria import criteria_for
    >>> [one.code for one in ranked_worths(criteria_for(2566))[:5]]
    ['o39', 'o40', 'o41', 'o42', 'o43']
    """
    return _ranked(ItemWorth(one.code, one.of_total) for one in shares(criteria))


def outstanding_items(criteria: Criteria, items: Mapping[str, Decimal]) -> tuple[ItemWorth, ...]:
    """The items that were given less than 100, with what each would still bring, the most first."""
    return _outstanding(shares(criteria), items)


def measure_worths(
    criteria: Criteria, measures: Iterable[Measure], items: Mapping[str, Decimal]
) -> tuple[MeasureWorth, ...]:
    """The measures that are not done, with what their items would still bring, the most first.

    An item counts once in a measure, but in each measure that has it; one that nobody scored
    counts in full, one that the year does not know not at all.
    """
    by_code = _by_code(criteria)
    gains = {code: _gain(one, {code: Decimal(), **items}) for code, one in by_code.items()}
    found = [
        MeasureWorth(
            measure, sum((gains[code] for code in {*measure.items} & gains.keys()), Decimal())
        )
        for measure in measures
        if measure.status is not Status.DONE
    ]
    return tuple(sorted(found, key=lambda one: (-one.points, one.measure.number)))


def project(
    criteria: Criteria,
    indicators: Mapping[int, Decimal],
    items: Mapping[str, Decimal],
    fulfilled: Collection[str],
) -> Projection:
    """The official `indicators` with these items raised from their official points to 100.

    IncompleteScores where the points of an item are not known or an indicator is missing,
    NoCriteria where the year's weights or levels are not confirmed. No indicator rises above 100,
    even where the items' points do not agree with it.
    """
    if unknown := [code for code in fulfilled if code not in items]:
        raise IncompleteScores("The points of these are not known", unknown)
    check_items(criteria, items)
    brought = _points(_by_code(criteria), items, dict.fromkeys(fulfilled))
    weighed = weigh(criteria, _raised(indicators, brought))
    verdict = judge(criteria, weighed.total, weighed.instruments)
    return Projection(
        fiscal_year=criteria.fiscal_year,
        fulfilled=tuple(dict.fromkeys(fulfilled)),
        projected_instruments=weighed.instruments,
        projected_total=weighed.total,
        projected_level=verdict.level,
        projected_reason=verdict.reason,
        unverified=criteria.unverified,
    )


def smallest_set(
    criteria: Criteria,
    indicators: Mapping[int, Decimal],
    items: Mapping[str, Decimal],
    target: Decimal | Level,
) -> tuple[str, ...] | None:
    """The fewest items that bring the total to `target`, or to all that a level asks for.

    The most valuable first; empty where it is reached already, None where the items that were
    given less than 100 cannot reach it. Items add up, and all of them belong to one instrument, so
    taking the most valuable ones is exactly the smallest set. Raises what `project` does.
    """
    check_items(criteria, items)
    wanted = target if isinstance(target, Level) else Level("", target)
    by_code = _by_code(criteria)
    steps = _steps(by_code, indicators, items)

    def enough(count: int) -> bool:
        """Whether so many of the most valuable items reach it."""
        raised = _raised(indicators, _points(by_code, items, steps[:count]))
        weighed = weigh(criteria, raised)
        return reaches(wanted, weighed.total, weighed.instruments)

    count = bisect_left(range(len(steps) + 1), x=True, key=enough)
    return tuple(steps[:count]) if count <= len(steps) else None


def _by_code(criteria: Criteria) -> dict[str, Share]:
    return {one.code: one for one in shares(criteria)}


def _points(
    by_code: Mapping[str, Share], items: Mapping[str, Decimal], codes: Iterable[str]
) -> list[tuple[int, Decimal]]:
    """Each item's indicator, and the points of it that the item would bring."""
    return [
        (one.indicator, one.of_indicator * (FULL - items[one.code]) / FULL)
        for code in codes
        if (one := by_code.get(code))
    ]


def _raised(
    indicators: Mapping[int, Decimal], brought: Iterable[tuple[int, Decimal]]
) -> dict[int, Decimal]:
    raised = dict(indicators)
    for number, points in brought:
        if number not in raised:
            continue  # weighing says what is missing
        raised[number] = min(FULL, raised[number] + points)
    return raised


def _steps(
    by_code: Mapping[str, Share], indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> list[str]:
    """The outstanding items, the one that brings most first.

    Where an indicator is nearly full (its items do not agree with it), the last ones bring less.
    """
    room = {number: FULL - points for number, points in indicators.items()}
    steps = []
    for worth in _outstanding(by_code.values(), items):
        one = by_code[worth.code]
        step = min(
            one.of_indicator * (FULL - items[one.code]) / FULL, room.get(one.indicator, Decimal())
        )
        if step:
            room[one.indicator] -= step
            steps.append(ItemWorth(one.code, step * one.of_total / one.of_indicator))
    return [one.code for one in _ranked(steps)]


def _outstanding(
    all_shares: Iterable[Share], items: Mapping[str, Decimal]
) -> tuple[ItemWorth, ...]:
    return _ranked(ItemWorth(one.code, gain) for one in all_shares if (gain := _gain(one, items)))


def _gain(share: Share, items: Mapping[str, Decimal]) -> Decimal:
    """The points of the total that an item would still bring; 0 where its points are not known."""
    return share.of_total * (FULL - items.get(share.code, FULL)) / FULL


def _ranked(worths: Iterable[ItemWorth]) -> tuple[ItemWorth, ...]:
    return tuple(sorted(worths, key=lambda one: (-one.points, int(one.code[1:]))))
