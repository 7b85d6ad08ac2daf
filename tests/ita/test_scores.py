"""Scores, levels, and what items are worth."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.criteria import Level, NoCriteria, criteria_for
from ita.scores import IncompleteScores, assess, indicator_from_items, rounded, worths

CRITERIA = criteria_for(2566)
PUBLISHED = (
    *("98.01", "93.22", "92.14", "91.21", "88.18"),
    *("88.45", "84.85", "85.61"),
    *("75.00", "48.75"),
)
CHATTURAT = {number: Decimal(points) for number, points in enumerate(PUBLISHED, 1)}
OUTSTANDING = (
    *("o13", "o14", "o21", "o22", "o27", "o30"),
    *("o32", "o35", "o36", "o37", "o38", "o40", "o43"),
)
POINTS = st.decimals(0, 100, places=2)


def _flat(iit: str, eit: str, oit: str) -> dict[int, Decimal]:
    """Scores whose instruments have these means."""
    return {
        number: Decimal(iit if number <= 5 else eit if number <= 8 else oit)
        for number in range(1, 11)
    }


def test_the_published_scores_of_chatturat() -> None:
    result = assess(CRITERIA, CHATTURAT)
    assert result.instruments["IIT"] == Decimal("92.552")
    assert rounded(result.instruments["EIT"]) == Decimal("86.30")
    assert result.instruments["OIT"] == Decimal("61.875")
    assert result.total == Decimal("78.41")
    assert result.level == "ต้องปรับปรุง"
    assert result.reason == "คะแนนรวม 78.41 ยังไม่ถึง 85.00 จึงอยู่ในระดับต้องปรับปรุง"
    assert (result.fiscal_year, result.unverified) == (2566, ())


def test_the_oit_indicators_of_chatturat_from_their_items() -> None:
    items = {code: 0 if code in OUTSTANDING else 100 for code in CRITERIA.items}
    assert indicator_from_items(CRITERIA, 9, items) == Decimal("75.00")
    assert indicator_from_items(CRITERIA, 10, items) == Decimal("48.75")


def test_what_the_outstanding_items_of_chatturat_are_worth() -> None:
    worth = worths(CRITERIA)
    assert (worth["o21"], worth["o43"], worth["o32"]) == (
        Decimal("1.00"),
        Decimal("2.00"),
        Decimal("1.25"),
    )
    gained = sum(worth[code] for code in OUTSTANDING)
    assert assess(CRITERIA, CHATTURAT).total + gained == Decimal("93.66")


def test_the_worths_of_all_items_add_up_to_the_weight_of_the_oit() -> None:
    assert sum(worths(CRITERIA).values()) == 40


@pytest.mark.parametrize(
    ("iit", "eit", "oit", "total", "level"),
    [
        ("100", "100", "100", "100.00", "ผ่านดีเยี่ยม"),
        ("95", "95", "95", "95.00", "ผ่านดีเยี่ยม"),
        ("94.995", "94.995", "94.995", "95.00", "ผ่านดีเยี่ยม"),  # rounded before comparing
        ("94.99", "100", "100", "98.50", "ผ่านดี"),  # one instrument below 95
        ("94.99", "94.99", "94.99", "94.99", "ผ่านดี"),
        ("85", "85", "85", "85.00", "ผ่านดี"),
        ("84.995", "84.995", "84.995", "85.00", "ผ่านดี"),
        ("100", "100", "84.99", "94.00", "ผ่าน"),  # one instrument below 85
        ("100", "100", "62.50", "85.00", "ผ่าน"),
        ("100", "100", "62.4875", "85.00", "ผ่าน"),  # 84.995
        ("100", "100", "62.487", "84.99", "ต้องปรับปรุง"),  # 84.9948
        ("84.99", "84.99", "84.99", "84.99", "ต้องปรับปรุง"),
        ("70", "70", "70", "70.00", "ต้องปรับปรุง"),
        ("69.995", "69.995", "69.995", "70.00", "ต้องปรับปรุง"),
        ("69.99", "69.99", "69.99", "69.99", "ต้องปรับปรุงโดยด่วน"),
        ("0", "0", "0", "0.00", "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_levels_at_their_boundaries(iit: str, eit: str, oit: str, total: str, level: str) -> None:
    result = assess(CRITERIA, _flat(iit, eit, oit))
    assert (result.total, result.level) == (Decimal(total), level)
    assert level in result.reason


def test_thirds_do_not_push_a_total_below_its_boundary() -> None:
    """Three EIT indicators divide by 3; the total is exactly 84.995 all the same."""
    scores = _flat("85", "0", "85") | dict(
        zip((6, 7, 8), map(Decimal, ("85", "85", "84.95")), strict=True)
    )
    assert assess(CRITERIA, scores).total == Decimal("85.00")


def test_the_reason_names_the_instrument_that_is_too_low() -> None:
    result = assess(CRITERIA, _flat("100", "100", "81.50"))
    assert result.level == "ผ่าน"
    assert "OIT ได้ 81.50" in result.reason
    assert "ไม่ใช่ผ่านดี" in result.reason
    assert "IIT" not in result.reason


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({9: None}, ("9",)),
        ({9: None, 10: None}, ("9", "10")),
        ({3: Decimal("100.01")}, ("3",)),
        ({3: Decimal(-1)}, ("3",)),
        ({3: Decimal("nan")}, ("3",)),
        ({3: Decimal("inf")}, ("3",)),
        ({11: Decimal(50)}, ("11",)),
    ],
)
def test_missing_and_impossible_scores_are_refused(
    change: dict[int, Decimal | None], keys: tuple[str, ...]
) -> None:
    changed = {**CHATTURAT, **change}
    scores = {number: points for number, points in changed.items() if points is not None}
    with pytest.raises(IncompleteScores) as caught:
        assess(CRITERIA, scores)
    assert caught.value.keys == keys


def test_items_must_be_complete() -> None:
    with pytest.raises(IncompleteScores) as caught:
        indicator_from_items(CRITERIA, 10, {f"o{number}": 100 for number in range(31, 43)})
    assert caught.value.keys == ("o43",)


@pytest.mark.parametrize("year", [2568, 2569])
def test_a_year_without_confirmed_weights_gets_no_total(year: int) -> None:
    with pytest.raises(NoCriteria, match=f"weights and levels of fiscal year {year}"):
        assess(criteria_for(year), CHATTURAT)
    assert worths(criteria_for(year)) == {}


def test_2567_is_assessed_and_says_what_is_unverified() -> None:
    result = assess(criteria_for(2567), CHATTURAT)
    assert result.total == Decimal("78.41")
    assert result.unverified
    with pytest.raises(NoCriteria, match="sub-indicators of indicator 9"):
        indicator_from_items(criteria_for(2567), 9, {})


@given(st.lists(POINTS, min_size=10, max_size=10), st.integers(1, 10), POINTS)
def test_a_better_indicator_never_lowers_the_total(
    points: list[Decimal], number: int, other: Decimal
) -> None:
    scores = dict(enumerate(points, 1))
    better = scores | {number: max(scores[number], other)}
    assert assess(CRITERIA, better).total >= assess(CRITERIA, scores).total


@given(st.sets(st.sampled_from(sorted(CRITERIA.items))))
def test_an_item_adds_its_worth_to_the_total(met: set[str]) -> None:
    items = {code: 100 if code in met else 0 for code in CRITERIA.items}
    oit = {number: indicator_from_items(CRITERIA, number, items) for number in (9, 10)}
    total = assess(CRITERIA, _flat("0", "0", "0") | oit).total
    worth = worths(CRITERIA)
    assert total == rounded(sum((worth[code] for code in met), Decimal()))


@pytest.mark.parametrize(
    ("iit", "eit", "oit", "level", "points", "short"),
    [
        ("50", "50", "50", "ต้องปรับปรุง", "20.00", {}),
        ("84", "84", "84", "ผ่าน", "1.00", {}),
        ("84.99", "84.99", "84.99", "ผ่าน", "0.01", {}),
        ("100", "100", "81.50", "ผ่านดี", "1.40", {"OIT": "3.50"}),  # 3.50 of 40 %
        ("80", "80", "100", "ผ่านดี", "3.00", {"IIT": "5.00", "EIT": "5.00"}),
        ("100", "100", "85", "ผ่านดีเยี่ยม", "4.00", {"OIT": "10.00"}),
        ("90", "90", "90", "ผ่านดีเยี่ยม", "5.00", {"IIT": "5", "EIT": "5", "OIT": "5"}),
    ],
)
def test_how_far_the_next_level_is(
    iit: str, eit: str, oit: str, level: str, points: str, short: dict[str, str]
) -> None:
    distance = assess(CRITERIA, _flat(iit, eit, oit)).distance
    assert distance is not None
    assert (distance.level, distance.points) == (level, Decimal(points))
    assert distance.instruments == {name: Decimal(value) for name, value in short.items()}


def test_seed_003_lacks_6_59_points_and_nothing_is_above_the_best_level() -> None:
    distance = assess(CRITERIA, CHATTURAT).distance
    assert distance is not None
    assert (distance.level, distance.points) == ("ผ่าน", Decimal("6.59"))
    assert assess(CRITERIA, _flat("100", "100", "100")).distance is None


@given(st.lists(POINTS, min_size=3, max_size=3))
def test_the_distance_leads_to_the_level_and_one_step_less_does_not(means: list[Decimal]) -> None:
    """Where no condition stands in the way, OIT alone may bring the points, as far as it can."""
    scores = _flat(*map(str, means))
    result = assess(CRITERIA, scores)
    distance = result.distance
    if distance is None or distance.instruments:
        return
    for points, reached in ((distance.points, True), (distance.points - Decimal("0.01"), False)):
        oit = scores[9] + points / Decimal("0.4")
        if oit <= 100:
            raised = assess(CRITERIA, scores | {9: oit, 10: oit})
            assert (raised.level != result.level) is reached


@pytest.mark.parametrize(
    ("eit", "oit", "says_so"),
    [
        ("90", "90", True),  # one part of EIT may be 80 and the other 100
        ("92.50", "90", False),  # with 92.50 no part can be below 85
        ("92.49", "90", True),
        ("84.99", "100", False),  # one part is below 85 for certain
        ("100", "81.50", False),  # OIT decides
        ("100", "100", False),
    ],
)
def test_a_level_that_a_part_of_eit_might_decide_says_that_the_mean_was_taken(
    eit: str, oit: str, says_so: bool
) -> None:
    """FY2566 judges EIT part 1 and part 2 apart; the published indicators join them."""
    reason = assess(CRITERIA, _flat("100", eit, oit)).reason
    assert ("ดู EIT จากคะแนนเฉลี่ย" in reason) is says_so


def test_a_best_level_without_a_condition_claims_nothing_of_the_instruments() -> None:
    """As an agency may enter a year's levels."""
    levels = (Level("ผ่าน", Decimal(85)), Level("ไม่ผ่าน", Decimal()))
    result = assess(replace(CRITERIA, levels=levels), _flat("100", "100", "70"))
    assert result.reason == "คะแนนรวม 88.00 ถึง 85.00 จึงอยู่ในระดับผ่าน"


def test_an_item_of_2566_is_there_or_not() -> None:
    items = dict.fromkeys(CRITERIA.items, Decimal(100)) | {"o39": Decimal(50)}
    with pytest.raises(IncompleteScores, match="scores 0 or 100, nothing else: o39"):
        indicator_from_items(CRITERIA, 10, items)


@given(st.sets(st.sampled_from(sorted(CRITERIA.items))), st.sampled_from(sorted(CRITERIA.items)))
def test_an_item_more_raises_the_total_by_its_worth_and_no_item_lowers_it(
    met: set[str], code: str
) -> None:
    def total(present: set[str]) -> Decimal:
        items = {one: 100 if one in present else 0 for one in CRITERIA.items}
        oit = {number: indicator_from_items(CRITERIA, number, items) for number in (9, 10)}
        return assess(CRITERIA, _flat("90", "90", "0") | oit).total

    gained = total(met | {code}) - total(met)
    assert gained == (0 if code in met else worths(CRITERIA)[code])
