"""What is missing of a result, and between which figures it can still end."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.criteria import NoCriteria, criteria_for
from ita.partial import assess_partly, completed, disagreements
from ita.scores import IncompleteScores, assess, rounded

CRITERIA = criteria_for(2566)
SURVEYED = {
    number: Decimal(points)
    for number, points in enumerate(
        ("98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61"), start=1
    )
}
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
ITEMS = {code: Decimal(0 if code in LACKING else 100) for code in CRITERIA.items}
POINTS = st.decimals(0, 100, places=2)


def test_seed_003_from_its_items() -> None:
    indicators = completed(CRITERIA, SURVEYED, ITEMS)
    assert (indicators[9], indicators[10]) == (Decimal("75.00"), Decimal("48.75"))
    assert assess(CRITERIA, indicators).total == Decimal("78.41")


def test_without_the_oit_the_total_lies_between_what_the_surveys_bring_and_40_more() -> None:
    partial = assess_partly(CRITERIA, SURVEYED, {})
    assert partial.missing == ("9", "10")
    assert partial.total == (Decimal("53.66"), Decimal("93.66"))
    assert partial.levels == ("ต้องปรับปรุงโดยด่วน", "ผ่านดี")
    assert partial.instruments["OIT"] == (Decimal(0), Decimal(100))
    assert rounded(partial.instruments["IIT"][0]) == Decimal("92.55")
    assert partial.reason == (
        "ยังไม่มีคะแนนของตัวชี้วัดที่ 9, 10 คะแนนรวมจึงอยู่ระหว่าง 53.66 ถึง 93.66"
        " (ระดับต้องปรับปรุงโดยด่วนถึงระดับผ่านดี)"
    )


def test_missing_items_count_in_the_span() -> None:
    """All of indicator 9, and of indicator 10 all but o43, which is worth two points."""
    items = {code: points for code, points in ITEMS.items() if code != "o43"}
    partial = assess_partly(CRITERIA, SURVEYED, items)
    assert partial.missing == ("o43",)
    assert partial.total == (Decimal("78.41"), Decimal("80.41"))
    assert partial.levels == ("ต้องปรับปรุง", "ต้องปรับปรุง")
    assert partial.reason.endswith("(ระดับต้องปรับปรุง)")


def test_an_indicator_without_items_is_named_and_one_with_some_names_the_rest() -> None:
    partial = assess_partly(CRITERIA, {1: Decimal(90)}, {"o39": Decimal(100)})
    assert partial.missing[:8] == ("2", "3", "4", "5", "6", "7", "8", "9")
    assert partial.missing[8] == "o31"
    assert "o39" not in partial.missing
    assert "ตัวชี้วัดที่ 2, 3, 4, 5, 6, 7, 8, 9 และข้อ o31, o32" in partial.reason


def test_nothing_missing_leaves_no_room() -> None:
    partial = assess_partly(CRITERIA, SURVEYED, ITEMS)
    assert partial.missing == ()
    assert partial.total == (Decimal("78.41"), Decimal("78.41"))


def test_what_is_given_stands_against_the_items() -> None:
    assert completed(CRITERIA, {9: Decimal(80)}, ITEMS)[9] == 80


@pytest.mark.parametrize(
    ("nine", "items", "found"),
    [
        ("75.00", ITEMS, None),
        ("75.01", ITEMS, None),  # a rounding
        ("75.02", ITEMS, "75.00"),
        ("74.98", ITEMS, "75.00"),
        ("95.00", {"o21": Decimal(0)}, None),  # the rest may be anything
        ("95.02", {"o21": Decimal(0)}, "0.00 ถึง 95.00"),
        ("4.98", {"o21": Decimal(100)}, "5.00 ถึง 100.00"),
        ("0", {}, None),
    ],
)
def test_points_that_the_items_cannot_come_to_are_said(
    nine: str, items: dict[str, Decimal], found: str | None
) -> None:
    odd = disagreements(CRITERIA, {9: Decimal(nine)}, items)
    assert [one.indicator for one in odd] == ([9] if found else [])
    if found:
        assert f"คิดจากคะแนนรายข้อได้ {found} " in odd[0].thai


@pytest.mark.parametrize(
    ("indicators", "items", "keys"),
    [
        ({11: Decimal(50)}, {}, ("11",)),
        ({1: Decimal(101)}, {}, ("1",)),
        ({1: Decimal("nan")}, {}, ("1",)),
        ({}, {"o44": Decimal(0)}, ("o44",)),
        ({}, {"o1": Decimal(-1)}, ("o1",)),
        ({}, {"o1": Decimal("sNaN")}, ("o1",)),
        ({}, {"o1": Decimal(50)}, ("o1",)),
    ],
)
def test_impossible_scores_are_refused(
    indicators: dict[int, Decimal], items: dict[str, Decimal], keys: tuple[str, ...]
) -> None:
    for rule in (completed, assess_partly):
        with pytest.raises(IncompleteScores) as caught:
            rule(CRITERIA, indicators, items)
        assert caught.value.keys == keys


@pytest.mark.parametrize(
    ("year", "what"), [(2567, "OIT items"), (2568, "weights"), (2569, "indicators")]
)
def test_a_year_that_leaves_something_open_says_what(year: int, what: str) -> None:
    items = {"o1": Decimal(100)} if year == 2567 else {}
    with pytest.raises(NoCriteria, match=what):
        assess_partly(criteria_for(year), {1: Decimal(90)}, items)


@given(
    st.lists(POINTS, min_size=8, max_size=8),
    st.lists(st.sampled_from((0, 100)), min_size=43, max_size=43),
    st.sets(st.sampled_from([*map(str, range(1, 9)), *CRITERIA.items])),
)
def test_whatever_is_missing_the_total_ends_in_the_span(
    surveyed: list[Decimal], answers: list[int], hidden: set[str]
) -> None:
    indicators = dict(enumerate(surveyed, 1))
    items = dict(zip(CRITERIA.items, map(Decimal, answers), strict=True))
    whole = assess(CRITERIA, completed(CRITERIA, indicators, items))
    partial = assess_partly(
        CRITERIA,
        {number: points for number, points in indicators.items() if str(number) not in hidden},
        {code: points for code, points in items.items() if code not in hidden},
    )
    low, high = partial.total
    assert low <= whole.total <= high
    names = [level.name for level in CRITERIA.levels]
    best, worst = (names.index(partial.levels[end]) for end in (1, 0))
    assert best <= names.index(whole.level) <= worst
    assert disagreements(CRITERIA, completed(CRITERIA, indicators, items), items) == ()
