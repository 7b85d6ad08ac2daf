"""What a result would become, what is worth most, and that a projection is never a score."""

from dataclasses import fields, replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.criteria import Criteria, Indicator, Item, SubIndicator, criteria_for
from ita.dates import read_period
from ita.measures import Measure, Status
from ita.partial import completed
from ita.projections import (
    Projection,
    measure_worths,
    outstanding_items,
    project,
    ranked_worths,
    smallest_set,
)
from ita.scores import Assessment, IncompleteScores, assess, rounded, worths

CRITERIA = criteria_for(2566)
PUBLISHED = (
    *("98.01", "93.22", "92.14", "91.21", "88.18"),
    *("88.45", "84.85", "85.61"),
    *("75.00", "48.75"),
)
CHATTURAT = {number: Decimal(points) for number, points in enumerate(PUBLISHED, 1)}
LACKING = (
    "o13",
    "o14",
    "o21",
    "o22",
    "o27",
    "o30",
    "o32",
    "o35",
    "o36",
    "o37",
    "o38",
    "o40",
    "o43",
)
BY_WORTH = (
    *("o40", "o43", "o32", "o35", "o36", "o37", "o38"),
    *("o21", "o22", "o27", "o30", "o13", "o14"),
)
ITEMS = {code: Decimal(0) for code in LACKING}


def _measure(number: int, *items: str, status: Status = Status.NOT_STARTED) -> Measure:
    return Measure(
        number, 2567, number, "มาตรการ", "กองคลัง", read_period(""), items=items, status=status
    )


def test_all_thirteen_items_of_seed_003_bring_93_66() -> None:
    projected = project(CRITERIA, CHATTURAT, ITEMS, LACKING)
    assert projected.projected_total == Decimal("93.66")
    assert projected.projected_level == "ผ่านดี"
    assert projected.projected_instruments["OIT"] == 100
    assert projected.fulfilled == LACKING


def test_nothing_fulfilled_is_the_official_result() -> None:
    projected = project(CRITERIA, CHATTURAT, ITEMS, ())
    official = assess(CRITERIA, CHATTURAT)
    assert projected.projected_total == official.total
    assert projected.projected_reason == official.reason


def test_a_projection_cannot_pass_for_official_scores() -> None:
    """Nothing that reads a score finds one in it: not a field, not a common type."""
    of = {kind: {one.name for one in fields(kind)} for kind in (Assessment, Projection)}
    assert of[Assessment] & of[Projection] == {"fiscal_year", "unverified"}
    assert set(Assessment.__mro__) & set(Projection.__mro__) == {object}
    projected = project(CRITERIA, CHATTURAT, ITEMS, LACKING)
    with pytest.raises(AttributeError):
        projected.total  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises((TypeError, AttributeError)):
        assess(CRITERIA, projected)  # type: ignore[arg-type]


def test_what_each_outstanding_item_would_bring_the_most_first() -> None:
    found = [(one.code, one.points) for one in outstanding_items(CRITERIA, ITEMS)]
    assert found[:3] == [("o40", 2), ("o43", 2), ("o32", Decimal("1.25"))]
    assert found[-1] == ("o14", Decimal("0.5"))
    assert [code for code, _ in found] == sorted(
        LACKING, key=lambda code: (-worths(CRITERIA)[code], int(code[1:]))
    )
    assert outstanding_items(CRITERIA, dict.fromkeys(LACKING, Decimal(100))) == ()
    assert outstanding_items(criteria_for(2567), {}) == ()


def test_every_item_is_ranked() -> None:
    ranked = ranked_worths(CRITERIA)
    assert len(ranked) == 43
    assert [one.points for one in ranked] == sorted((one.points for one in ranked), reverse=True)
    assert sum(one.points for one in ranked) == 40


def test_what_the_outstanding_measures_would_bring() -> None:
    """Seed 003's plan serves an item a measure; some plans serve several."""
    measures = [
        _measure(1, "o21"),
        _measure(2, "o40", "o43"),
        _measure(3, "o43", status=Status.DONE),
        _measure(4, "o43", status=Status.AWAITING_ACCEPTANCE),
        _measure(5),
        _measure(6, "o13", "o13", "o99"),
        _measure(7, "o1"),
    ]
    found = measure_worths(CRITERIA, measures, ITEMS | {"o1": Decimal(100), "o40": Decimal(100)})
    assert [(one.measure.number, one.points) for one in found] == [
        (2, 2),
        (4, 2),
        (1, 1),
        (6, Decimal("0.5")),
        (5, 0),
        (7, 0),
    ]


def test_an_item_that_nobody_scored_counts_in_full_for_its_measure() -> None:
    (found,) = measure_worths(CRITERIA, [_measure(1, "o43")], {})
    assert found.points == 2


@pytest.mark.parametrize(
    ("target", "chosen"),
    [
        (Decimal("78.41"), ()),
        (Decimal("78.42"), ("o40",)),
        (Decimal("80.41"), ("o40",)),
        (Decimal("80.42"), ("o40", "o43")),
        (Decimal(85), ("o40", "o43", "o32", "o35", "o36")),
        (Decimal("93.66"), BY_WORTH),
        (Decimal("93.67"), None),
    ],
)
def test_the_smallest_set_that_reaches_a_target(
    target: Decimal, chosen: tuple[str, ...] | None
) -> None:
    assert smallest_set(CRITERIA, CHATTURAT, ITEMS, target) == chosen


def test_the_smallest_set_for_a_level_minds_its_condition() -> None:
    """ผ่านดี asks for 85 of the OIT, too: 85.00 in all is reached long before."""
    good = CRITERIA.levels[1]
    chosen = smallest_set(CRITERIA, CHATTURAT, ITEMS, good)
    assert chosen is not None
    assert project(CRITERIA, CHATTURAT, ITEMS, chosen).projected_level == "ผ่านดี"
    assert project(CRITERIA, CHATTURAT, ITEMS, chosen[:-1]).projected_level == "ผ่าน"
    assert smallest_set(CRITERIA, CHATTURAT, ITEMS, CRITERIA.levels[0]) is None


def test_no_indicator_rises_above_100_where_items_do_not_agree_with_it() -> None:
    projected = project(CRITERIA, CHATTURAT | {10: Decimal(95)}, ITEMS, LACKING)
    assert projected.projected_instruments["OIT"] == 100
    chosen = smallest_set(CRITERIA, CHATTURAT | {10: Decimal(95)}, ITEMS, Decimal("93.66"))
    assert chosen == ("o21", "o22", "o27", "o30", "o40", "o13", "o14")


def test_an_item_counts_once() -> None:
    twice = project(CRITERIA, CHATTURAT, ITEMS, ("o43", "o43"))
    assert twice.projected_total == Decimal("80.41")
    assert twice.fulfilled == ("o43",)


@pytest.mark.parametrize(
    ("indicators", "items", "fulfilled", "keys"),
    [
        (CHATTURAT, ITEMS, ("o1",), ("o1",)),  # its points are not known
        (CHATTURAT, {"o1": Decimal(101)}, ("o1",), ("o1",)),
        (CHATTURAT, {"o1": Decimal(50)}, ("o1",), ("o1",)),
        ({n: CHATTURAT[n] for n in range(1, 10)}, ITEMS, ("o43",), ("10",)),
    ],
)
def test_what_is_not_known_is_not_projected(
    indicators: dict[int, Decimal],
    items: dict[str, Decimal],
    fulfilled: tuple[str, ...],
    keys: tuple[str, ...],
) -> None:
    with pytest.raises(IncompleteScores) as caught:
        project(CRITERIA, indicators, items, fulfilled)
    assert caught.value.keys == keys
    if "10" in keys:
        with pytest.raises(IncompleteScores, match="missing: 10"):
            smallest_set(CRITERIA, indicators, items, Decimal(85))


@given(
    st.lists(st.booleans(), min_size=43, max_size=43), st.sets(st.sampled_from([*CRITERIA.items]))
)
def test_a_projection_is_what_the_result_becomes_when_the_items_are_there(
    answers: list[bool], fulfilled: set[str]
) -> None:
    items = {code: Decimal(100 * yes) for code, yes in zip(CRITERIA.items, answers, strict=True)}
    surveyed = {number: CHATTURAT[number] for number in range(1, 9)}
    projected = project(CRITERIA, completed(CRITERIA, surveyed, items), items, fulfilled)
    later = items | dict.fromkeys(fulfilled, Decimal(100))
    became = assess(CRITERIA, completed(CRITERIA, surveyed, later))
    assert projected.projected_total == became.total
    assert projected.projected_level == became.level


def _small() -> Criteria:
    """2566 with seven items in four sub-indicators, few enough to try every set of them."""
    parts = {
        9: (("9.1", ("o1", "o2", "o3")), ("9.2", ("o4",))),
        10: (("10.1", ("o5",)), ("10.2", ("o6", "o7"))),
    }
    oit = {
        number: Indicator(number, "", tuple(SubIndicator(code, "", items) for code, items in made))
        for number, made in parts.items()
    }
    items = {f"o{number}": Item() for number in range(1, 8)}
    return replace(
        CRITERIA, indicators=CRITERIA.indicators | oit, items=items, item_count=7, item_scores=()
    )


@given(
    st.lists(st.integers(0, 100), min_size=7, max_size=7),
    st.none() | st.integers(0, 100),
    st.decimals(40, 100, places=2),
)
def test_no_smaller_set_reaches_the_target(
    points: list[int], nine: int | None, target: Decimal
) -> None:
    """Every set is tried, also where indicator 9 does not agree with its items (`nine`)."""
    criteria = _small()
    items = dict(zip(criteria.items, map(Decimal, points), strict=True))
    surveyed = {number: Decimal(90) for number in range(1, 9)}
    given_nine = {} if nine is None else {9: Decimal(nine)}
    indicators = completed(criteria, surveyed | given_nine, items)
    sizes = [
        size
        for size in range(8)
        for chosen in combinations(items, size)
        if project(criteria, indicators, items, chosen).projected_total >= target
    ]
    chosen = smallest_set(criteria, indicators, items, target)
    assert (None if chosen is None else len(chosen)) == (sizes[0] if sizes else None)
    if chosen is not None:
        assert project(criteria, indicators, items, chosen).projected_total >= target


@given(st.dictionaries(st.sampled_from([*CRITERIA.items]), st.sampled_from((0, 100))))
def test_what_is_outstanding_adds_up_to_what_is_projected(answers: dict[str, int]) -> None:
    items = {code: Decimal(points) for code, points in answers.items()}
    nothing_yet = dict.fromkeys(range(1, 9), Decimal(90)) | {9: Decimal(), 10: Decimal()}
    outstanding = outstanding_items(CRITERIA, items)
    projected = project(CRITERIA, nothing_yet, items, [one.code for one in outstanding])
    gained = sum((one.points for one in outstanding), Decimal())
    assert projected.projected_total == rounded(Decimal(54) + gained)
