"""สถิติ, and what coordinators and officers are told of open grievances."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.desk import Outcome
from handlers.router import answer
from ita.agency import Person, Role
from ita.clocks import DEFAULT_CLOCKS
from ita.complaints import Case, CaseStatus, Kind
from ita.complaints.statistics import (
    MonthlyCases,
    OpenGrievances,
    Snapshot,
    open_grievances,
)
from ita.workdays import calendar_for
from tests.handlers.case_double import CaseDouble
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    OFFICER,
    DeskDouble,
    readable,
    said,
    text_event,
)
from tests.handlers.sendable import assert_sendable

HALF = (date(2024, 4, 1), date(2024, 9, 30))
MONTHS = (MonthlyCases(date(2025, 1, 1), 5, 3), MonthlyCases(date(2024, 12, 1), 2, 2))
WAITING = (OpenGrievances("กองช่าง", 3, 1), OpenGrievances("", 2, 0))
BARE_OFFICER = Person("p-bare", Role.OFFICER)


def desk(**cases: object) -> DeskDouble:
    return DeskDouble(cases=CaseDouble(**cases))  # type: ignore[arg-type] # a table


def told(outcome: Outcome) -> str:
    assert_sendable(outcome.replies)
    return readable(outcome)


# --- สถิติ


@pytest.mark.parametrize("person", [CITIZEN, CLERK, COORDINATOR, OFFICER, EXECUTIVE])
@pytest.mark.parametrize("words", ["สถิติ", "สถิติเรื่องร้องเรียน", "สถิติการร้องเรียนค่ะ", "statistics"])
def test_everybody_may_ask_in_his_own_words(person: Person, words: str) -> None:
    answered = told(said(words, person, desk(months=MONTHS)))
    assert "ไม่มีเรื่องร้องเรียน" in answered or "No complaints" in answered


def test_grievances_are_told_as_they_are_today() -> None:
    answered = told(said("สถิติ", CITIZEN, desk(months=MONTHS, open=WAITING)))
    lines = answered.splitlines()
    for name, figure in (("รับเรื่อง", "7"), ("เสร็จสิ้น", "5"), ("กำลังดำเนินการ", "2")):
        assert lines[lines.index(name) + 1] == figure
    assert lines[lines.index("เกินกำหนดอยู่ขณะนี้") + 1] == "1"
    assert lines[lines.index("ม.ค. 2568") + 1] == "รับ 5 · เสร็จ 3 · ดำเนินการ 2"
    assert "กองช่าง" not in answered


def test_nothing_is_said_to_be_late_where_nothing_is() -> None:
    assert "เกินกำหนด" not in told(said("สถิติ", CITIZEN, desk(months=MONTHS)))


def test_what_is_late_since_last_year_is_said_too() -> None:
    answered = told(said("สถิติ", CITIZEN, desk(open=WAITING)))
    assert "เกินกำหนดอยู่ขณะนี้" in answered
    assert "ยังไม่มีเรื่องที่แจ้งในปีงบประมาณนี้" in answered


def test_that_there_is_nothing_is_said_in_so_many_words() -> None:
    answered = told(said("สถิติ", CITIZEN, desk()))
    assert "ยังไม่มีเรื่องที่แจ้งในปีงบประมาณนี้" in answered
    assert "เม.ย. 2567 - ก.ย. 2567 · ประกาศทุกครึ่งปีงบประมาณ" in answered
    assert "ไม่มีเรื่องร้องเรียน" in answered
    assert "เฉพาะเรื่องที่บันทึกในระบบนี้" in answered


def test_protected_cases_are_told_as_they_were_published() -> None:
    few = Snapshot(*HALF, received=4, completed=None, by_kind={})
    lines = told(said("สถิติ", CITIZEN, desk(published=few))).splitlines()
    assert lines[lines.index("รับเรื่อง") + 1] == "4"
    assert "ไม่แยกรายละเอียดเมื่อมีน้อยกว่า 5 เรื่อง" in lines
    assert not {"เสร็จสิ้น", "กำลังดำเนินการ", "ทุจริตและประพฤติมิชอบ"} & set(lines)
    mixed = replace(few, received=9, completed=6)
    lines = told(said("สถิติ", CITIZEN, desk(published=mixed))).splitlines()
    assert lines[lines.index("กำลังดำเนินการ") + 1] == "3"
    assert not any("น้อยกว่า" in line for line in lines)
    many = replace(few, received=11, completed=1, by_kind={Kind.CONDUCT: 5, Kind.CORRUPTION: 6})
    lines = told(said("สถิติ", CITIZEN, desk(published=many))).splitlines()
    assert lines[lines.index("ทุจริตและประพฤติมิชอบ") + 1] == "6"


def test_of_the_time_before_there_were_doors_nobody_is_told_that_there_was_nothing() -> None:
    answered = told(said("สถิติ", CITIZEN, desk(has_doors=False)))
    assert "ไม่มีเรื่องร้องเรียน" not in answered
    assert "ยังไม่ถึงกำหนดประกาศครั้งแรก" in answered


def test_the_fiscal_year_is_todays() -> None:
    assert "ปีงบประมาณ 2568" in told(said("สถิติ", CITIZEN, desk()))
    later = answer(text_event("สถิติ"), CITIZEN, desk(), datetime(2025, 10, 1, 9, tzinfo=UTC))
    assert "ปีงบประมาณ 2569" in told(later)


def test_in_english() -> None:
    answered = told(said("statistics", CITIZEN, desk(months=MONTHS)))
    assert "January 2025" in answered
    assert "April 2024 to September 2024" in answered


def test_a_whole_year_fits() -> None:
    months = [
        MonthlyCases(date(2024 + n // 12, n % 12 + 1, 1), 10_000, 9_999) for n in range(9, 21)
    ]
    every = Snapshot(*HALF, 300, 100, dict.fromkeys((k for k in Kind if k.is_protected), 100))
    answered = told(said("สถิติ", CITIZEN, desk(months=months, published=every)))
    assert "ต.ค. 2567" in answered
    assert "ก.ย. 2568" in answered


@pytest.mark.parametrize(
    ("words", "answers"),
    [("สถิติ", True), ("สถิติร้องเรียน", True), ("สถิติโควิดวันนี้", False), ("สถิติ ผู้ป่วย 3 คน", False)],
)
def test_in_a_group_only_the_command_itself_is_for_the_bot(words: str, answers: bool) -> None:
    assert bool(said(words, CLERK, desk(), chat="group").replies) is answers


# --- งานที่ต้องรายงาน


@pytest.mark.parametrize("person", [COORDINATOR, OFFICER, BARE_OFFICER])
def test_who_looks_after_cases_is_told_how_many_wait(person: Person) -> None:
    answered = told(said("งานค้าง", person, desk(open=WAITING)))
    told_of = "ที่ยังไม่เสร็จ 5 เรื่อง เกินกำหนด 1 เรื่อง (กองช่าง 3 เกินกำหนด 1, ยังไม่ส่งหน่วย 2)"
    assert f"แจ้งเหตุ/ร้องทุกข์{told_of}" in answered


@pytest.mark.parametrize("person", [COORDINATOR, OFFICER, BARE_OFFICER])
def test_who_looks_after_cases_is_told_that_protected_ones_are_overdue(person: Person) -> None:
    late = "เรื่องร้องเรียนเจ้าหน้าที่/ทุจริตที่เกินกำหนด 2 เรื่อง"
    assert late in told(said("งานค้าง", person, desk(late=2)))
    assert late in told(said("งานค้าง", person, desk(late=2, open=WAITING)))
    assert "ทุจริตที่เกินกำหนด" not in told(said("งานค้าง", person, desk(open=WAITING)))


def test_where_no_measure_is_left_the_cases_are_told_all_the_same() -> None:
    empty = DeskDouble(all_measures=(), cases=CaseDouble(open=WAITING[1:]))
    answered = told(said("งานค้าง", COORDINATOR, empty))
    assert "ไม่มีงานที่ต้องรายงาน" in answered
    assert "แจ้งเหตุ/ร้องทุกข์ที่ยังไม่เสร็จ 2 เรื่อง (ยังไม่ส่งหน่วย 2)" in answered


@pytest.mark.parametrize(
    ("person", "chat"),
    [(CLERK, "user"), (EXECUTIVE, "user"), (COORDINATOR, "group"), (OFFICER, "group")],
)
def test_nobody_else_and_no_group_is_told(person: Person, chat: str) -> None:
    of_cases = desk(open=WAITING, late=2)
    answered = readable(said("งานค้าง", person, of_cases, chat=chat))
    assert "ร้องทุกข์" not in answered
    assert "ทุจริตที่เกินกำหนด" not in answered


def test_many_units_are_told_in_a_few_words() -> None:
    many = [OpenGrievances(f"กองทดสอบ {number} " + "ย" * 90, 2, 1) for number in range(9)]
    answered = told(said("งานค้าง", COORDINATOR, desk(open=many)))
    assert "18 เรื่อง เกินกำหนด 9 เรื่อง" in answered
    assert "หน่วยอื่น 12 เกินกำหนด 6" in answered


# --- How they are counted


def a_case(kind: Kind = Kind.GRIEVANCE, day: int = 15, **more: object) -> Case:
    facts: dict[str, object] = {"status": CaseStatus.RECEIVED, "unit": "กองช่าง", **more}
    return Case(1, "2345-6789", kind, received_on=date(2025, 1, day), **facts)  # type: ignore[arg-type] # a table


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(date(2025, 1, 30), 0), (date(2025, 1, 31), 1), (date(2025, 2, 3), 1), (date(2025, 2, 4), 2)],
)
def test_a_grievance_is_late_from_the_day_after_its_last(today: date, overdue: int) -> None:
    mended = a_case(status=CaseStatus.RESOLVED, concluded_on=date(2025, 1, 16))
    ended = a_case(status=CaseStatus.CLOSED)
    cases = [a_case(), a_case(day=18), mended, ended, a_case(Kind.CORRUPTION)]
    counted = open_grievances(cases, DEFAULT_CLOCKS, calendar_for([2567, 2568]), today)
    assert counted == [OpenGrievances("กองช่าง", 3, overdue)]


def test_the_unit_with_most_that_is_late_comes_first() -> None:
    cases = [a_case(unit="กองคลัง", day=20), a_case(unit="กองคลัง", day=21), a_case()]
    counted = open_grievances(cases, DEFAULT_CLOCKS, calendar_for([2568]), date(2025, 1, 31))
    assert counted == [OpenGrievances("กองช่าง", 1, 1), OpenGrievances("กองคลัง", 2, 0)]
