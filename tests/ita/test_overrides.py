"""An agency's own criteria over a year's file: what is taken in, what is said of the rest."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.criteria import (
    Criteria,
    Level,
    NoCriteria,
    NotPublished,
    Override,
    agency_criteria,
    criteria_for,
    overridden,
)
from ita.criteria.consistency import conflict
from ita.scores import assess, worths

CRITERIA = criteria_for(2566)
OWN = "เป็นค่าที่หน่วยงานกรอกเอง ยังไม่ได้ตรวจกับประกาศของ ป.ป.ช."

A_WHOLE_YEAR = (
    *((f"ตัวชี้วัดที่ {number} แบบวัด", "IIT") for number in range(1, 6)),
    *((f"ตัวชี้วัดที่ {number} แบบวัด", "EIT") for number in range(6, 9)),
    *((f"ตัวชี้วัดที่ {number} แบบวัด", "OIT") for number in (9, 10)),
    ("น้ำหนัก EIT ส่วนที่ 1", "10"),
    ("น้ำหนัก EIT ส่วนที่ 2", "20"),
    ("น้ำหนัก IIT", "30"),
    ("น้ำหนัก EIT", "30"),
    ("น้ำหนัก OIT", "40"),
    ("ระดับ ผ่านดี ทุกแบบวัด", "85"),
    ("ระดับ ผ่านดี", "85"),
    ("ระดับ ผ่าน", "85"),
    ("ระดับ ไม่ผ่าน", "0"),
    ("เกณฑ์ผ่าน", "85"),
    ("ชื่อตัวชี้วัดย่อย 9.1", "ข้อมูลพื้นฐาน"),
    ("ข้อ o1 ตัวชี้วัดย่อย", "9.1"),
    ("ข้อ o2 ตัวชี้วัดย่อย", "9.1"),
    ("ข้อ o3 ตัวชี้วัดย่อย", "10.1"),
    ("ชื่อ o1", "โครงสร้าง"),
    ("ชื่อตัวชี้วัดที่ 9", "การเปิดเผยข้อมูล"),
)


def _rows(*pairs: tuple[str, str]) -> list[Override]:
    return [Override(name, value) for name, value in pairs]


def _taken(*pairs: tuple[str, str]) -> Criteria:
    criteria, problems = overridden(CRITERIA, _rows(*pairs))
    assert problems == ()
    assert conflict(criteria) is None
    assert OWN in criteria.unverified[-1]
    return criteria


def test_weights() -> None:
    criteria = _taken(("น้ำหนัก iit", "๒๐"), ("น้ำหนัก  OIT", "50.00%"))
    assert [one.weight for one in criteria.instruments] == [20, 30, 50]
    assert sum(worths(criteria).values()) == 50
    assert criteria.instruments[1].parts == CRITERIA.instruments[1].parts


def test_parts_that_no_longer_fit_are_not_kept() -> None:
    moved = (("น้ำหนัก EIT", "20"), ("น้ำหนัก IIT", "40"))
    assert _taken(*moved).instruments[1].parts == {}
    whole = _taken(("น้ำหนัก EIT ส่วนที่ 1", "5"), ("น้ำหนัก EIT ส่วนที่ 2", "15"), *moved)
    assert whole.instruments[1].parts == {"ส่วนที่ 1": 5, "ส่วนที่ 2": 15}


def test_pass_mark_and_levels() -> None:
    criteria = _taken(
        ("เกณฑ์ผ่าน", "80 คะแนน"),
        ("ระดับ ผ่านดี", "ร้อยละ 80"),
        ("ระดับผ่านดี ทุกแบบวัด", "75.5"),
        ("ระดับ ผ่านดีเยี่ยม ทุกแบบวัด", "ไม่มี"),
        ("ระดับ ต้องปรับปรุงโดยด่วน", "0"),
        ("ระดับ ต้องปรับปรุง", "ไม่มี"),
    )
    assert criteria.pass_mark == 80
    assert criteria.levels == (
        Level("ผ่านดีเยี่ยม", Decimal(95)),
        Level("ผ่าน", Decimal(85)),
        Level("ผ่านดี", Decimal(80), Decimal("75.5")),
        Level("ต้องปรับปรุงโดยด่วน", Decimal()),
    )


def test_an_item_moves_and_gets_another_title() -> None:
    criteria = _taken(("ข้อ O21 ตัวชี้วัดย่อย", "9.2"), ("ชื่อ o21", "No Gift"))
    places = {one.code: one.items for one in criteria.indicators[9].sub_indicators}
    assert "o21" not in places["9.3"]
    assert places["9.2"][-1] == "o21"
    assert criteria.item_title("o21") == "No Gift"
    assert criteria.item_requires("o21") is None, "what it asked for belonged to the old title"
    assert worths(criteria)["o20"] == Decimal(20) / 5 / 3


def test_an_item_is_taken_away() -> None:
    criteria = _taken(("ข้อ o43 ตัวชี้วัดย่อย", "ไม่มี"), ("จำนวนข้อ", "42 ข้อ"))
    assert "o43" not in criteria.items
    assert worths(criteria)["o42"] == Decimal("2.5")


def test_the_only_item_of_a_sub_indicator_keeps_its_name() -> None:
    alone = _taken(("ข้อ o1 ตัวชี้วัดย่อย", "9.6"), ("ชื่อตัวชี้วัดย่อย 9.6", "ใหม่"))
    again, problems = overridden(alone, _rows(("ข้อ o1 ตัวชี้วัดย่อย", "9.6")))
    assert (again, problems) == (alone, ())


def test_what_the_file_says_already_is_not_the_agencys_own() -> None:
    same = _rows(("น้ำหนัก IIT", "30"), ("ข้อ o21 ตัวชี้วัดย่อย", "9.3"), ("ระดับ ผ่าน", "85"))
    assert overridden(CRITERIA, same) == (CRITERIA, ())
    assert overridden(CRITERIA, []) == (CRITERIA, ())
    assert overridden(CRITERIA, _rows(("", " "))) == (CRITERIA, ())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("น้ำหนัก IIT", "สามสิบ", "“สามสิบ” ไม่ใช่ตัวเลข 0 ถึง 100"),
        ("น้ำหนัก IIT", "-30", "ไม่ใช่ตัวเลข"),
        ("น้ำหนัก IIT", "130", "ไม่ใช่ตัวเลข"),
        ("น้ำหนัก IIT", "", "ยังไม่มีค่า"),
        ("เกณฑ์ผ่าน", "nan", "ไม่ใช่ตัวเลข"),
        ("ข้อ o21 ตัวชี้วัดย่อย", "เก้า", "ไม่ใช่ตัวชี้วัดย่อย"),
        ("ข้อ o100 ตัวชี้วัดย่อย", "9.3", "ยังไม่รู้จักรายการ"),
        ("ตัวชี้วัดที่ 9 แบบวัด", "OIT 2", "ไม่ใช่ชื่อแบบวัด"),
        ("ชื่อตัวชี้วัดย่อย 9.9", "ใหม่", "ยังไม่มีข้อใด"),
        ("ระดับ ดีเลิศ ทุกแบบวัด", "95", "ยังไม่มีระดับดีเลิศ"),
        ("จำนวนข้อ", "100", "ไม่ใช่จำนวนข้อ"),
        ("งบประมาณ", "5", "ยังไม่รู้จักรายการ “งบประมาณ”"),
        ("ก" * 200, "5", "…"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_said_and_the_others_count(
    name: str, value: str, words: str
) -> None:
    criteria, problems = overridden(CRITERIA, _rows((name, value), ("ชื่อ o1", "ใหม่")))
    (problem,) = problems
    assert words in problem
    assert len(problem) < 200
    assert criteria.item_title("o1") == "ใหม่"
    assert criteria.instruments == CRITERIA.instruments


def test_two_rows_that_say_different_things_are_both_left_out() -> None:
    rows = _rows(("เกณฑ์ผ่าน", "80"), ("เกณฑ์ผ่าน ", "๘๕"), ("ชื่อ o1", "ก"), ("ชื่อ O1", "ก"))
    criteria, problems = overridden(CRITERIA, rows)
    assert criteria.pass_mark == 85
    assert criteria.item_title("o1") == "ก"
    assert [("เกณฑ์ผ่าน" in one, "ไม่ตรงกัน" in one) for one in problems] == [(True, True)]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ((("น้ำหนัก IIT", "20"),), "น้ำหนักของทุกแบบวัดรวมกันได้ 90 ไม่ใช่ 100"),
        ((("น้ำหนัก NIT", "10"), ("น้ำหนัก IIT", "20")), "แบบวัด NIT ยังไม่มีตัวชี้วัด"),
        ((("น้ำหนัก EIT ส่วนที่ 1", "10"),), "รวมกันได้ 25 ไม่เท่าน้ำหนักของ EIT"),
        ((("ระดับ ต้องปรับปรุงโดยด่วน", "10"),), "ยังไม่มีระดับที่เริ่มจาก 0 คะแนน"),
        ((("ข้อ o44 ตัวชี้วัดย่อย", "9.1"),), "มีข้อ OIT 44 ข้อ แต่จำนวนข้อของปีนี้คือ 43"),
        ((("จำนวนข้อ", "44"), ("ชื่อ o44", "ใหม่")), "ยังไม่ได้บอกว่าข้อ o44 อยู่ตัวชี้วัดย่อยใด"),
        ((("ชื่อตัวชี้วัดที่ 11", "ใหม่"),), "ยังไม่ได้บอกว่าตัวชี้วัดที่ 11 อยู่แบบวัดใด"),
    ],
)
def test_rows_that_disagree_as_a_whole_are_not_used(
    pairs: tuple[tuple[str, str], ...], words: str
) -> None:
    criteria, (problem,) = overridden(CRITERIA, _rows(*pairs))
    assert criteria is CRITERIA
    assert problem.startswith("เกณฑ์ของปี 2566 ที่กรอกไว้ยังไม่ได้นำมาใช้ เพราะ")
    assert words in problem


@pytest.mark.parametrize("year", [2569, 2570, 2580])
def test_a_year_without_criteria_can_be_the_agencys_own_altogether(year: int) -> None:
    rows = _rows(*A_WHOLE_YEAR, *((("จำนวนข้อ", "3"),) if year == 2569 else ()))
    criteria, problems = agency_criteria(year, rows)
    assert problems == ()
    result = assess(criteria, {number: Decimal(90) for number in range(1, 11)})
    assert (result.total, result.level) == (Decimal(90), "ผ่านดี")
    assert OWN in result.unverified[-1]
    assert criteria.instruments[1].parts == {"ส่วนที่ 1": 10, "ส่วนที่ 2": 20}
    assert worths(criteria) == {"o1": 10, "o2": 10, "o3": 20}
    assert (criteria.item_title("o1"), criteria.item_title("o2")) == ("โครงสร้าง", None)
    assert criteria.indicators[9].sub_indicators[0].name == "ข้อมูลพื้นฐาน"
    assert criteria.indicator_name(9) == "การเปิดเผยข้อมูล"
    assert criteria.indicator_name(1) == "ตัวชี้วัดที่ 1"


def test_the_order_of_the_rows_does_not_matter() -> None:
    there, back = (
        agency_criteria(2570, _rows(*rows)) for rows in (A_WHOLE_YEAR, A_WHOLE_YEAR[::-1])
    )
    assert (there[0].levels, there[0].indicators) == (back[0].levels, back[0].indicators)
    assert worths(there[0]) == worths(back[0])
    assert {one.name: one for one in there[0].instruments} == {
        one.name: one for one in back[0].instruments
    }


def test_half_of_a_year_is_no_criteria_yet() -> None:
    criteria, problems = agency_criteria(2570, _rows(("เกณฑ์ผ่าน", "85")))
    assert criteria.pass_mark == 85
    assert problems == ()
    with pytest.raises(NotPublished):
        assess(criteria, {1: Decimal(90)})


def test_a_year_without_a_file_needs_rows() -> None:
    with pytest.raises(NoCriteria, match="2580"):
        agency_criteria(2580, [])
    assert agency_criteria(2580, _rows(("เกณฑ์ผ่าน", "x")))[1]
    assert agency_criteria(2566, []) == (CRITERIA, ())


NAMES = st.sampled_from(
    [
        *("น้ำหนัก IIT", "น้ำหนัก EIT", "น้ำหนัก EIT ส่วนที่ 1", "เกณฑ์ผ่าน", "จำนวนข้อ", "ระดับ ผ่าน"),
        *("ระดับ ผ่านดี ทุกแบบวัด", "ข้อ o1 ตัวชี้วัดย่อย", "ข้อ o19 ตัวชี้วัดย่อย", "ชื่อ o44"),
        *("ตัวชี้วัดที่ 9 แบบวัด", "ชื่อตัวชี้วัดที่ 11", "ชื่อตัวชี้วัดย่อย 9.3"),
    ]
)
VALUES = st.sampled_from(
    ["9.3", "10.9", "ไม่มี", "0", "30", "85", "42", "OIT", "EIT", "นั่น", "99.999"]
)


@given(
    st.lists(st.builds(Override, NAMES | st.text(max_size=30), VALUES | st.text(max_size=10))),
    st.sampled_from([2566, 2567, 2568, 2569, 2570, 2599]),
)
def test_whatever_is_typed_the_criteria_agree_with_themselves(
    rows: list[Override], year: int
) -> None:
    try:
        criteria, problems = agency_criteria(year, rows)
    except NoCriteria:
        assert year == 2599
        return
    assert conflict(criteria) is None
    assert all(one and "\n" not in one for one in problems)
    worth = worths(criteria)
    weights = {one.name: one.weight for one in criteria.instruments}
    if worth and criteria.fiscal_year == 2566:
        assert abs(sum(worth.values()) - _weight_of_indicators_with_items(criteria)) < Decimal(
            "1e-20"
        )
    assert None not in weights.values() or set(weights.values()) == {None}


def _weight_of_indicators_with_items(criteria: Criteria) -> Decimal:
    return sum(
        (
            (one.weight or Decimal()) / len(one.indicators)
            for one in criteria.instruments
            for number in one.indicators
            if criteria.indicators[number].sub_indicators
        ),
        Decimal(),
    )


@given(
    st.dictionaries(
        st.integers(1, 43),
        st.sampled_from(["9.1", "9.2", "9.3", "9.9", "10.1", "10.2"]),
        max_size=20,
    )
)
def test_the_worths_add_up_wherever_the_items_stand(places: dict[int, str]) -> None:
    rows = [Override(f"ข้อ o{number} ตัวชี้วัดย่อย", place) for number, place in places.items()]
    criteria, problems = overridden(CRITERIA, rows)
    assert problems == ()
    assert abs(
        sum(worths(criteria).values()) - _weight_of_indicators_with_items(criteria)
    ) < Decimal("1e-20")
