"""What people write into a measure's row, and what becomes of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ita.complaints import Case, CaseStatus, Kind
from ita.dates import read_period
from ita.measures import Acceptance, Measure, Status
from ita.results import IndicatorScore, OitItem
from sheets.edits import edited, take

MEASURE = Measure(7, 2568, 3, "เดิม", "กองคลัง", read_period("ตลอดปีงบประมาณ", 2568), indicator=3)

TAKEN = [
    ("title", "ใหม่", {"title": "ใหม่"}),
    ("keywords", "งดรับของขวัญ", {"keywords": "งดรับของขวัญ"}),
    ("keywords", "", {"keywords": ""}),
    ("method", "ประชุม", {"method": "ประชุม"}),
    ("budget", "5,000", {"budget": "5,000"}),
    ("unit", "สำนักปลัด", {"unit": "สำนักปลัด"}),
    ("status", "ดำเนินการแล้วเสร็จ", {"status": Status.DONE, "acceptance": Acceptance.ACCEPTED}),
    (
        "status",
        "  อยู่ระหว่าง\u200bดำเนินการ ",
        {"status": Status.IN_PROGRESS},
    ),  # an unseen space inside
    ("indicator", "๔", {"indicator": 4}),
    ("indicator", "10", {"indicator": 10}),
    ("indicator", "", {"indicator": None}),
    ("items", "O13, o๑๔", {"items": ("o13", "o14")}),
    ("items", "o13 o13", {"items": ("o13",)}),
    ("items", "", {"items": ()}),
]
REFUSED = [
    ("title", "", "empty"),
    ("unit", "", "empty"),
    ("status", "เสร็จเกือบหมด", "unknown_status"),
    ("status", "", "unknown_status"),
    ("indicator", "11", "not_an_indicator"),
    ("indicator", "0", "not_an_indicator"),
    ("indicator", "3.5", "not_an_indicator"),
    ("indicator", "²", "not_an_indicator"),  # a digit, but no decimal one
    ("indicator", "9" * 5000, "not_an_indicator"),
    ("items", "ข้อ 13", "not_items"),
    ("items", "o0", "not_items"),
    ("period", "เมื่อพร้อม", "not_a_period"),
    ("period", "31 ก.พ. 68", "not_a_period"),  # a day that no calendar has
]


@pytest.mark.parametrize(("column", "text", "fields"), TAKEN)
def test_taken(column: str, text: str, fields: dict[str, Any]) -> None:
    assert take("measures", MEASURE, {column: text}).value == replace(MEASURE, **fields)


@pytest.mark.parametrize(("column", "text", "why"), REFUSED)
def test_refused(column: str, text: str, why: str) -> None:
    taken = take("measures", MEASURE, {column: text})
    assert taken.value == MEASURE
    assert taken.refused == {column: why}


def test_a_period_keeps_its_words_and_gets_its_meaning() -> None:
    period = take("measures", MEASURE, {"period": "ภายในเดือนธันวาคม"}).value.period
    assert period.raw == "ภายในเดือนธันวาคม"
    assert period.end == date(2024, 12, 31)


def test_a_cleared_period_is_none() -> None:
    period = take("measures", MEASURE, {"period": ""}).value.period
    assert (period.raw, period.kind, period.end) == ("", "unknown", None)


AWAITING = replace(MEASURE, status=Status.AWAITING_ACCEPTANCE)
DONE = replace(MEASURE, status=Status.DONE, acceptance=Acceptance.ACCEPTED)
RETURNED = replace(MEASURE, status=Status.IN_PROGRESS, acceptance=Acceptance.RETURNED)
ACCEPTANCES = [
    (AWAITING, "ตรวจรับแล้ว", DONE),
    (AWAITING, "ขอให้แก้ไข", RETURNED),
    (DONE, "ขอให้แก้ไข", RETURNED),
    (DONE, "", AWAITING),  # taken back: it waits again
    (RETURNED, "", replace(RETURNED, acceptance=None)),
]


@pytest.mark.parametrize(("before", "text", "after"), ACCEPTANCES)
def test_a_coordinator_accepts_or_returns(before: Measure, text: str, after: Measure) -> None:
    assert take("measures", before, {"acceptance": text}).value == after


def test_nothing_is_accepted_that_nobody_called_done() -> None:
    taken = take("measures", MEASURE, {"acceptance": "ตรวจรับแล้ว"})
    assert (taken.value, taken.refused) == (MEASURE, {"acceptance": "not_reported_done"})


SCORE = IndicatorScore(8, 2566, 9, Decimal("75.00"))
ITEM = OitItem(9, 2568, "o13")
CASE = Case(2**30, "2345-6789", Kind.GRIEVANCE, CaseStatus.ASSIGNED, date(2025, 1, 15))
OTHERS: list[tuple[str, Any, str, str, Any]] = [
    ("scores", SCORE, "points", "๘๐.๕", replace(SCORE, points=Decimal("80.5"))),
    ("scores", SCORE, "points", "", replace(SCORE, points=None)),
    ("scores", SCORE, "points", "101", "not_points"),
    ("scores", SCORE, "points", "8O", "not_points"),  # the letter O
    ("scores", SCORE, "points", "80.555", "not_points"),
    ("items", ITEM, "present", "มี", replace(ITEM, present=True)),
    ("items", ITEM, "present", " ไม่มี ", replace(ITEM, present=False)),
    ("items", ITEM, "present", "ไม่แน่ใจ", "not_present"),
    ("items", ITEM, "url", "https://example.go.th/o13", None),
    ("items", ITEM, "url", "ดูที่เว็บไซต์", "not_a_link"),
    ("items", ITEM, "url", "=IMPORTXML(1)", "not_a_link"),
    ("cases", CASE, "status", "กำลังดำเนินการ", replace(CASE, status=CaseStatus.IN_PROGRESS)),
    ("cases", CASE, "status", "รับเรื่องแล้ว", "not_a_step"),
    ("cases", CASE, "status", "หายแล้ว", "unknown_status"),
    ("cases", CASE, "unit", "กองช่าง", replace(CASE, unit="กองช่าง")),
    ("cases", CASE, "result", "ซ่อมแล้ว", replace(CASE, result="ซ่อมแล้ว")),
]


@pytest.mark.parametrize(("tab", "value", "column", "text", "expected"), OTHERS)
def test_scores_items_and_cases(
    tab: str, value: Any, column: str, text: str, expected: Any
) -> None:
    taken = take(tab, value, {column: text})
    if isinstance(expected, str):
        assert (taken.value, taken.refused) == (value, {column: expected})
    else:
        assert taken.value == (expected or replace(value, url=text))


def test_one_bad_cell_does_not_hold_up_the_others() -> None:
    taken = take("measures", MEASURE, {"status": "???", "title": "ใหม่"})
    assert taken.value.title == "ใหม่"
    assert taken.refused == {"status": "unknown_status"}


def test_only_peoples_and_shared_cells_are_edits() -> None:
    known = {"title": "ก", "percent": "10", "status": "ข", "reason": ""}
    cells = {"title": "ก", "percent": "99", "status": "ค", "reason": "เหตุผล"}
    assert edited("measures", cells, known) == {"status": "ค", "reason": "เหตุผล"}
