"""สรุป: a unit's month, the agency's for whoever oversees it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.desk import NOTHING, Outcome
from ita.agency import Person
from ita.measures import Measure, Progress, Status
from tests.handlers.desk_double import (
    AGENCY,
    BANGKOK,
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    MEASURES,
    NOW,
    UNPLACED,
    DeskDouble,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable, parts


def report(measure_id: int, at: datetime) -> Progress:
    return Progress(measure_id, at, "สำนักปลัด", Status.IN_PROGRESS, 50, "ทำแล้ว")


def day(month: int, number: int, hour: int = 0) -> datetime:
    return datetime(2025, month, number, hour, tzinfo=BANGKOK)


REPORTS = [
    report(1, day(1, 1)),  # the month's first moment
    report(1, day(1, 10, 9)),
    report(3, day(1, 14, 9)),
    report(2, day(1, 14, 9)),  # another unit's
    report(1, day(1, 1) - timedelta(seconds=1)),  # the last of December
]
STANDING = [
    replace(MEASURES[0], status=Status.DONE, percent=100),
    *MEASURES[1:4],
    replace(MEASURES[4], status=Status.AWAITING_ACCEPTANCE),
    MEASURES[5],
]
DESK = DeskDouble(all_measures=STANDING, reports=REPORTS)


def test_the_units_month_in_one_card() -> None:
    outcome = said("สรุป", CLERK, DESK)
    answered = readable(outcome)
    for words in (
        "สรุปเดือนมกราคม 2568",
        "\nสำนักปลัด\n",
        "สถานะ ณ 15 ม.ค. 2568",
        "แล้วเสร็จ 1 จาก 4 มาตรการ",
        "\nรอตรวจรับ\n1\n",
        "\nยังไม่ได้ดำเนินการ\n2\n",
        "\n3 ครั้ง ใน 2 มาตรการ",
        "\nยังไม่มีรายงาน\n2",
    ):
        assert words in answered
    assert "แยกตามส่วนราชการ" not in answered
    assert "แผนการใช้จ่ายงบประมาณ" not in answered  # the finance division's
    assert_sendable(outcome.replies)


@pytest.mark.parametrize("person", [COORDINATOR, EXECUTIVE])
def test_whoever_oversees_sees_the_agencys_month_by_unit(person: Person) -> None:
    answered = readable(said("สรุป", person, DESK))
    assert "แล้วเสร็จ 1 จาก 6 มาตรการ" in answered
    assert "\n4 ครั้ง ใน 3 มาตรการ" in answered
    by_unit = answered.split("แยกตามส่วนราชการ")[1]
    assert "กองคลัง\nแล้วเสร็จ 0/2" in by_unit
    assert "สำนักปลัด\nแล้วเสร็จ 1/2" in by_unit


def test_last_month_on_request() -> None:
    answered = readable(said("สรุปเดือนที่แล้ว", CLERK, DESK))
    assert "สรุปเดือนธันวาคม 2567" in answered
    assert "\n1 ครั้ง ใน 1 มาตรการ" in answered


def test_a_month_without_reports_says_so() -> None:
    assert "รายงานในเดือน\nยังไม่มี\n" in readable(said("สรุป", CLERK, replace(DESK, reports=[])))


def test_units_with_overdue_work_come_first() -> None:
    late = replace(MEASURES[3], period=replace(MEASURES[3].period, end=NOW.date() - timedelta(2)))
    measures = [*MEASURES[:3], late]
    by_unit = readable(said("สรุป", COORDINATOR, DeskDouble(all_measures=measures)))
    by_unit = by_unit.split("แยกตามส่วนราชการ")[1]
    assert by_unit.index("กองคลัง") < by_unit.index("สำนักปลัด")
    assert "เกินกำหนด 1 เรื่อง" in by_unit


def taps(outcome: Outcome) -> list[str]:
    return [
        part["action"]["text"] for part in parts(outcome.replies[0]["contents"]) if "action" in part
    ]


def test_where_to_begin_can_be_tapped() -> None:
    assert taps(said("สรุป", CLERK, DESK)) == ["รายงานผล 3", "รายงานผล 6", "มาตรการ 5"]
    assert taps(said("สรุป", EXECUTIVE, DESK)) == ["มาตรการ 2", "มาตรการ 3", "มาตรการ 4"]


def test_what_could_still_be_gained_counts_each_item_once() -> None:
    measures: list[Measure] = [
        replace(measure(number, "ก", items=("o21", "o43")), fiscal_year=2566) for number in (1, 2)
    ]
    desk = DeskDouble(agency=replace(AGENCY, fiscal_year=2566), all_measures=measures)
    assert "คะแนนรวมที่ยังเพิ่มได้\n+3.00 คะแนน" in readable(said("สรุป", CLERK, desk))


@pytest.mark.parametrize(
    ("person", "measures", "words"),
    [
        (CITIZEN, STANDING, "เป็นส่วนของเจ้าหน้าที่"),
        (UNPLACED, STANDING, "ยังไม่ทราบว่าอยู่ส่วนราชการใด"),
        (FINANCE, MEASURES[:1], "ยังไม่มีมาตรการ"),
        (COORDINATOR, (), "ยังไม่มีมาตรการ"),
    ],
)
def test_why_there_is_no_summary(person: Person, measures: list[Measure], words: str) -> None:
    outcome = said("สรุป", person, DeskDouble(all_measures=measures))
    assert words in readable(outcome)
    assert not any(each.title in readable(outcome) for each in measures)


def test_all_done_needs_no_beginning() -> None:
    done = [replace(each, status=Status.DONE) for each in MEASURES]
    answered = readable(said("สรุป", CLERK, DeskDouble(all_measures=done)))
    assert "แล้วเสร็จ 4 จาก 4 มาตรการ" in answered
    assert "เริ่มจากเรื่องนี้" not in answered


@pytest.mark.parametrize("person", [COORDINATOR, EXECUTIVE])
def test_the_agencys_month_is_not_shown_in_a_group(person: Person) -> None:
    answered = readable(said("สรุป", person, DESK, chat="group"))
    assert "แชตส่วนตัว" in answered
    assert "แล้วเสร็จ" not in answered


def test_a_units_month_is_shown_in_its_group() -> None:
    assert "แล้วเสร็จ 1 จาก 4 มาตรการ" in readable(said("สรุป", CLERK, DESK, chat="group"))


@pytest.mark.parametrize("text", ["สรุปผลการประชุมส่งแล้ว", "สรุป ประชุมพรุ่งนี้", "สรุปว่าไปไหม"])
def test_ordinary_sentences_that_begin_so_are_left_alone(text: str) -> None:
    assert said(text, CLERK, DESK, chat="group") == NOTHING
    assert "สรุปเดือน" not in readable(said(text, CLERK, DESK))


@pytest.mark.parametrize(
    "text", ["สรุป", "สรุปหน่อย", "สรุปเดือนนี้", "สรุปงานประจำเดือน", "สรุปของกองเรา", "สรุปงานของเดือนนี้ครับ"]
)
def test_ways_to_ask(text: str) -> None:
    assert "สรุปเดือนมกราคม 2568" in readable(said(text, CLERK, DESK))


def test_with_sixty_units_and_the_longest_names_it_can_be_sent() -> None:
    name = ("การส่งเสริมคุณธรรมและความโปร่งใส" * 8)[:195]
    many = [measure(n, name, f"{name} {n}") for n in range(1, 61)]
    outcome = said("สรุป", COORDINATOR, DeskDouble(all_measures=many))
    assert_sendable(outcome.replies)
    assert "และอีก 52 ส่วนราชการ" in readable(outcome)
