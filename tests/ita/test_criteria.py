"""The criteria files, and what is said of a wrong one."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from ita.criteria import CriteriaError, NoCriteria, NotPublished, criteria_for, read_criteria
from ita.dates import fiscal_year_of
from ita.partial import assess_partly
from ita.projections import project, smallest_set
from ita.scores import assess, indicator_from_items, worths


def test_fiscal_year_2566_is_complete() -> None:
    criteria = criteria_for(2566)
    assert [(one.name, one.weight) for one in criteria.instruments] == [
        ("IIT", Decimal(30)),
        ("EIT", Decimal(30)),
        ("OIT", Decimal(40)),
    ]
    assert criteria.instruments[1].parts == {"ส่วนที่ 1": 15, "ส่วนที่ 2": 15}
    assert list(criteria.items) == [f"o{number}" for number in range(1, 44)]
    assert criteria.pass_mark == Decimal(85)
    assert criteria.unverified == ()
    sizes = {
        part.code: len(part.items)
        for number in (9, 10)
        for part in criteria.indicators[number].sub_indicators
    }
    assert sizes == {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4, "10.1": 8, "10.2": 5}
    assert [level.name for level in criteria.levels] == [
        "ผ่านดีเยี่ยม",
        "ผ่านดี",
        "ผ่าน",
        "ต้องปรับปรุง",
        "ต้องปรับปรุงโดยด่วน",
    ]


@pytest.mark.parametrize(("year", "count"), [(2566, 43), (2567, 35), (2568, 28), (2569, 26)])
def test_every_year_says_how_many_items_it_has(year: int, count: int) -> None:
    assert criteria_for(year).item_count == count


@pytest.mark.parametrize("year", [2567, 2568, 2569])
def test_a_year_that_is_not_confirmed_says_so(year: int) -> None:
    assert criteria_for(year).unverified


def test_names_and_titles() -> None:
    assert criteria_for(2566).indicator_name(7) == "ประสิทธิภาพการสื่อสาร"
    assert criteria_for(2566).item_title("O13") == "รายงานผล"
    assert criteria_for(2568).item_title("o28") == "รายงานผล"
    assert criteria_for(2568).item_title("o29") is None
    assert criteria_for(2569).indicator_name(7) == "ตัวชี้วัดที่ 7"


def test_a_year_without_a_file_is_said_plainly() -> None:
    with pytest.raises(NoCriteria, match="criteria of fiscal year 2575 are not known") as caught:
        criteria_for(2575)
    assert caught.value.fiscal_year == 2575


def _text(year: int) -> str:
    return (files("ita") / "criteria_data" / f"{year}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("weight = 40", "weight = 41", "instruments.weight"),
        ("weight = 40", 'weight = "many"', "instruments.2.weight"),
        ("weight = 40", "", "instruments.weight"),
        ('"ส่วนที่ 1" = 15', '"ส่วนที่ 1" = 16', "instruments.parts"),
        ("indicators = [9, 10]", "indicators = [9]", "instruments"),
        ("number = 10", "number = 9", "indicators"),
        ('"o42", "o43"', '"o42"', "sub_indicators.items"),
        ("item_count = 43", "item_count = 44", "item_count"),
        ("total = 70", "total = 99", "levels.total"),
        ("pass_mark = 85", "pass_mark = nan", "pass_mark"),
        ("pass_mark = 85", "passmark = 85", "passmark"),
        ("fiscal_year = 2566", "fiscal_year = ", "line 4"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_field(old: str, new: str, field: str) -> None:
    assert old in _text(2566)
    with pytest.raises(CriteriaError) as caught:
        read_criteria(_text(2566).replace(old, new), "2566.toml")
    assert str(caught.value).startswith("2566.toml: ")
    assert field in str(caught.value)


def test_2566_says_of_every_item_what_it_asks_for() -> None:
    criteria = criteria_for(2566)
    assert all(item.title and item.requires for item in criteria.items.values())
    assert "แยกจากช่องทางร้องเรียนทั่วไป" in (criteria.item_requires("o28") or "")
    assert "ไม่มี" in (criteria.item_requires("O29") or "")
    titles = [criteria.item_title(f"o{number}") for number in (23, 24, 25, 26, 31, 32, 33)]
    assert len(set(titles)) == 7, "titles that are the same tell nobody which item is meant"


def test_what_an_item_of_2568_asks_for_is_not_known() -> None:
    assert criteria_for(2568).item_requires("o18") is None
    assert any("ขอให้เผยแพร่ยังไม่ได้ยืนยัน" in fact for fact in criteria_for(2568).unverified)


@pytest.mark.parametrize("year", [2566, 2567, 2568])
def test_the_calendar_has_the_two_rounds_of_reports(year: int) -> None:
    ends = [(one.starts, one.ends) for one in criteria_for(year).calendar]
    first = date(year - 544, 10, 1)
    assert ends == [(first, date(year - 543, 3, 31)), (first, date(year - 543, 9, 30))]


def test_this_fiscal_year_and_the_next_have_a_file() -> None:
    this_year = fiscal_year_of(datetime.now(ZoneInfo("Asia/Bangkok")).date())
    for year in (this_year, this_year + 1):
        assert (files("ita") / "criteria_data" / f"{year}.toml").is_file(), (
            f"ita/criteria_data/{year}.toml is missing. To mend it: copy 2566.toml, put in what the"
            f" NACC has published for fiscal year {year} with its sources, and name what is open in"
            " `unverified`; if nothing is published yet, copy 2571.toml, which says just that."
        )


@pytest.mark.parametrize("year", [2570, 2571])
def test_a_year_that_is_not_published_says_so_in_every_answer(year: int) -> None:
    criteria = criteria_for(year)
    assert f"ยังไม่ประกาศเกณฑ์การประเมิน ITA ปีงบประมาณ {year}" in criteria.not_published
    assert criteria.unverified[0] == criteria.not_published
    assert worths(criteria) == {}
    calls: tuple[Callable[[], object], ...] = (
        lambda: assess(criteria, {1: Decimal(90)}),
        lambda: assess_partly(criteria, {1: Decimal(90)}, {}),
        lambda: indicator_from_items(criteria, 9, {"o1": 100}),
        lambda: project(criteria, {1: Decimal(90)}, {}, ()),
        lambda: smallest_set(criteria, {1: Decimal(90)}, {}, Decimal(85)),
    )
    for call in calls:
        with pytest.raises(NotPublished, match=f"fiscal year {year} are not published yet"):
            call()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("fiscal_year = 2566", "fiscal_year = 2565", "fiscal_year: "),
        ("weight = 40", "weight = 140", "instruments.2.weight"),
        ("total = 70", "total = 170", "levels.3.total"),
        ('name = "EIT"', 'name = "IIT"', "instruments: a name stands twice"),
        ('name = "ผ่านดี"', 'name = "ผ่าน"', "levels.name"),
        ("total = 0", "total = 0\neach_instrument = 10", "levels.total"),
        ("total = 0", "total = 10", "levels.total"),
        ('code = "9.2"', 'code = "10.3"', "sub_indicators.code"),
        ('code = "9.2"', 'code = "9.1"', "sub_indicators.code"),
        ('items = ["o39", "o40", "o41", "o42", "o43"]', "items = []", "indicators.9"),
        ("\no43 = {", "\no433 = {", "items.o433"),
        ("ends = 2023-09-30", "ends = 2023-10-01", "calendar"),
        ("[[calendar]]", "[[calendars]]", "calendars"),
        ('levels = "the same', 'levelz = "the same', "sources: "),
        ("item_scores = [0, 100]", 'not_published = "ยัง"', "not_published: "),
        ("item_scores = [0, 100]", "item_scores = [0, 101]", "item_scores.1"),
    ],
)
def test_a_file_that_disagrees_with_itself_is_refused(old: str, new: str, field: str) -> None:
    assert old in _text(2566)
    changed = _text(2566).replace(old, new)
    with pytest.raises(CriteriaError) as caught:
        read_criteria(changed, "2566.toml")
    assert str(caught.value).startswith("2566.toml: ")
    assert field in str(caught.value)
