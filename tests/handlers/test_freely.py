"""What staff say without a command word: what it leads to, and whom it does not concern."""

from datetime import date, datetime

import pytest

from ita.agency import Person, Role
from ita.changes import ReportProgress
from ita.measures import Status
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    NOW,
    OFFICER,
    UNPLACED,
    buttons,
    readable,
    said,
)
from tests.handlers.office import office
from tests.handlers.sendable import assert_sendable

URL = "https://example.go.th/nogift"


def recorded(text: str, person: Person = CLERK) -> list[tuple[int, object, str]]:
    """What is recorded: the measure, its percent or "done" or its status, and the words."""
    found: list[tuple[int, object, str]] = []
    for change in said(text, person).changes:
        assert isinstance(change, ReportProgress)
        report = change.progress
        done = report.says_done or report.status is Status.AWAITING_ACCEPTANCE
        standing = "done" if done else report.percent or report.status.value
        found.append((report.measure_id, standing, report.output))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ม3 80% ประชุมแล้ว", [(3, 80, "ประชุมแล้ว")]),
        ("80% ม3 ประชุมแล้ว", [(3, 80, "ประชุมแล้ว")]),
        ("โนกิฟ เสดแล้ว", [(3, "done", "")]),
        ("มาตรการที่ 3 เสร็จแล้วค่ะ", [(3, "done", "")]),
        ("ม3 ยังไม่เสร็จ", [(3, "in_progress", "")]),
        (
            "ม3 กับ ม5 เสร็จแล้ว",
            [(3, "done", ""), (5, "done", "")],
        ),
        ("ไม่ใช่ ม3 หมายถึง ม5 80%", [(5, 80, "")]),
    ],
)
def test_reports_in_free_order_are_recorded(text: str, expected: object) -> None:
    assert recorded(text) == expected
    assert_sendable(said(text, CLERK).replies)


@pytest.mark.parametrize(
    ("text", "asks", "offers"),
    [
        ("เสร็จแล้วค่ะ", "หมายถึงมาตรการใด", "รายงานผล 1 เสร็จแล้ว"),
        ("ช่องทาง 80%", "หมายถึงมาตรการใด", "รายงานผล 5 80%"),
        ("ม3 ประชุมแล้ว", "ทำไปถึงไหนแล้ว", "รายงานผล 3 50% ประชุมแล้ว"),
        ("ม3 เสร็จ 50%", "ยังไม่ตรงกัน", "รายงานผล 3 50%"),
        ("ม3 150%", "“150”", "รายงานผล 3 50%"),
        (f"ม3 ลงเว็บแล้ว {URL}", "ทำไปถึงไหนแล้ว", f"รายงานผล 3 50% ลงเว็บแล้ว {URL}"),
    ],
)
def test_what_is_not_clear_is_asked_and_changes_nothing(text: str, asks: str, offers: str) -> None:
    outcome = said(text, CLERK)
    assert outcome.changes == ()
    assert asks in readable(outcome)
    assert offers in buttons(outcome)


def test_of_two_measures_the_clear_one_is_recorded_and_the_other_asked_about() -> None:
    text = "ม3 80% ม5 ประชุมแล้ว"
    assert [measure for measure, *_ in recorded(text)] == [3]
    assert "รายงานผล 5 50% ประชุมแล้ว" in buttons(said(text, CLERK))


def test_a_measure_of_another_unit_is_not_reported_on() -> None:
    outcome = said("ม3 เสร็จแล้ว", FINANCE)
    assert outcome.changes == ()
    assert "อยู่ในความรับผิดชอบของ" in readable(outcome)


def test_many_reports_in_one_message_stay_within_what_line_takes() -> None:
    outcome = said("ม1 ม2 ม3 ม4 ม5 ม6 เสร็จแล้ว", COORDINATOR)
    assert len(outcome.changes) == 5, "of what all units share, it is asked whose"
    assert_sendable(outcome.replies)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("งานไหนยังไม่ส่งบ้าง", "งานที่ต้องรายงาน"),
        ("ขอดูคะแนนปีนี้หน่อย", "78.41"),
        ("ทำอะไรได้บ้าง", "ในแชตนี้ทำได้ดังนี้"),
        ("หัวหน้าเรียกเงินใต้โต๊ะ", "1205"),
        ("อยากร้องเรียนค่ะ", "แบบใด"),
        ("ม3 ถึงไหนแล้ว", "งดรับของขวัญ"),
    ],
)
def test_other_topics_are_reached_by_free_wording(text: str, answered: str) -> None:
    outcome = said(text, CLERK)
    assert answered in readable(outcome)
    assert outcome.changes == ()


def test_nothing_is_filed_before_the_person_asks_for_it() -> None:
    outcome = said("ไฟดับ ม.3", CLERK)
    assert outcome.changes == ()
    assert buttons(outcome)[0] == "แจ้งเหตุ ไฟดับ ม.3"
    assert "อยู่ตรงไหน" in readable(said(buttons(outcome)[0], CLERK))


@pytest.mark.parametrize("command", ["", "รายงานผล "])
def test_an_accusation_beside_a_report_is_not_recorded(command: str) -> None:
    outcome = said(f"{command}ม3 80% แต่นายกเรียกเงินใต้โต๊ะ", CLERK)
    assert outcome.changes == ()
    assert "1205" in readable(outcome)


@pytest.mark.parametrize("text", ["ม3 80% ประชุมแล้ว", "มาตรการที่ 3 เสร็จแล้ว", "เสร็จแล้วค่ะ"])
def test_a_citizens_words_report_nothing(text: str) -> None:
    assert said(text, CITIZEN).changes == ()


def test_members_of_a_group_talk_to_each_other_without_the_bot() -> None:
    outcome = said("ม3 80% ประชุมแล้ว", CLERK, chat="group")
    assert (outcome.replies, outcome.changes) == ((), ())


def test_of_a_measure_that_is_not_clear_its_own_words_are_asked_about() -> None:
    outcome = said("ม3 80% ม99 เสร็จแล้ว", CLERK)
    assert [measure for measure, *_ in recorded("ม3 80% ม99 เสร็จแล้ว")] == [3]
    assert "รายงานผล 1 เสร็จแล้ว" in buttons(outcome)
    assert_sendable(outcome.replies)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ม3 80% ประชุมแล้ว ๑ ต.ค. ๖๗", date(2024, 10, 1)),
        ("รายงานผล 3 80% ประชุมแล้ว 1/10/67", date(2024, 10, 1)),
        ("ม3 80% ประชุมแล้ว", None),
    ],
)
def test_the_day_of_the_act_is_kept_where_it_was_said(text: str, day: date | None) -> None:
    (change,) = said(text, CLERK).changes
    assert isinstance(change, ReportProgress)
    assert change.progress.act_on == day


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("ม3 5", ["รายงานผล ม3 5", "มาตรการ 3"]),
        ("ม3 80% แต่หัวหน้าทุจริต", ["รายงานผล ม3 80% แต่หัวหน้าทุจริต", "ร้องเรียนทุจริต"]),
        ("ม3 กับ ม5 ถึงไหนแล้ว", ["มาตรการ 3", "มาตรการ 5"]),
        ("ตัวชี้วัด 5", ["มาตรการ 5", "มาตรการ 6"]),
    ],
)
def test_what_is_wanted_is_asked_with_buttons_and_in_no_group(text: str, offers: list[str]) -> None:
    outcome = said(text, CLERK)
    assert outcome.changes == ()
    assert buttons(outcome) == offers
    assert_sendable(outcome.replies)
    among_others = said(text, CLERK, chat="group", mentioned=True)
    assert not any(str(reply).count(offers[1]) for reply in among_others.replies)


# --- A day that is not clear


LATE_IN_THE_YEAR = datetime(2024, 11, 20, 9, 0, tzinfo=NOW.tzinfo)
"""November 2567, in the first months of fiscal year 2568."""


@pytest.mark.parametrize(
    ("text", "answers", "day"),
    [
        ("ม3 80% ประชุมชี้แจง 31/2/68", ["วันนี้"], date(2025, 1, 15)),
        ("ม3 80% ประชุมชี้แจง 31 ก.พ. 67", ["5/1"], date(2025, 1, 5)),
        ("ม3 80% ประชุมชี้แจง 31/2/68", ["5/11", "5/11/66 ปีงบ 2567"], date(2023, 11, 5)),
        ("ม3 80% ประชุมชี้แจง 31/2/68", ["๑/๑๐ ค่ะ", "ใช่"], date(2024, 10, 1)),
        ("ม3 80% ประชุมชี้แจง 31/2/68", ["ข้าม"], None),
    ],
)
def test_a_day_that_no_calendar_has_is_asked_with_everything_kept(
    text: str, answers: list[str], day: date | None
) -> None:
    one = office()
    assert "วันที่เท่าไร" in one.say(f"{text} {URL}")
    assert not one.made, "nothing is recorded before the day is known"
    assert "80%" in one.go(*answers)
    one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.act_on, report.percent, report.links) == (day, 80, (URL,))
    assert report.output.startswith("ประชุมชี้แจง")


def test_a_day_without_a_year_is_asked_in_the_first_months_of_a_fiscal_year() -> None:
    one = office(now=LATE_IN_THE_YEAR)
    shown = one.say("ม3 80% ประชุมชี้แจง 1 ต.ค.")
    assert "ปีงบประมาณ 2568 ใช่ไหม" in shown
    assert "No Gift" in shown, "it says of which measure"
    assert {"1/10/67 ปีงบ 2568", "1/10/66 ปีงบ 2567"} <= set(one.labels)
    one.go("1/10/66 ปีงบ 2567", "ยืนยัน")
    assert [report.act_on for report in one.reports] == [date(2023, 10, 1)]


def test_the_part_and_then_the_day_are_asked() -> None:
    one = office(person=COORDINATOR)
    assert "รอบหรือส่วนใด" in one.say("ม6 80% ประชุมชี้แจง 31/2/68")
    assert "วันที่เท่าไร" in one.press("2. กองคลัง")
    one.go("เมื่อวาน", "ยืนยัน")
    (report,) = one.reports
    assert (report.unit, report.act_on) == ("กองคลัง", date(2025, 1, 14))


def test_of_several_reports_it_is_said_that_the_day_was_not_kept() -> None:
    one = office()
    assert "ยังไม่ได้บันทึกวันที่" in one.say("ม3 80% ม5 40% ประชุมชี้แจง 31/2/68")
    assert [(each.measure_id, each.act_on) for each in one.reports] == [(3, None), (5, None)]


def test_a_day_whose_year_is_not_clear_is_not_kept_where_another_thing_is_asked() -> None:
    one = office(now=LATE_IN_THE_YEAR)
    assert "ยังไม่ได้บันทึกวันที่" in one.say("ม3 80% 1 ต.ค. ม5 ประชุมอยู่")
    assert [each.act_on for each in one.reports] == [None]
    assert all("ต.ค." not in typed for typed in buttons(one.said)), "it is the day of the other"


@pytest.mark.parametrize("day", ["1/10/67", "1 ต.ค.", "31/2/68"])
def test_the_day_stays_in_the_buttons_of_another_question(day: str) -> None:
    assert f"รายงานผล 3 80% {day}" in buttons(said(f"80% {day}", CLERK))


def test_in_a_group_the_day_is_not_asked_aloud() -> None:
    outcome = said("รายงานผล 3 80% ประชุมชี้แจง 31/2/68", CLERK, chat="group")
    assert (outcome.changes, outcome.step) == ((), None)
    assert "ยังไม่ได้บันทึก" in readable(outcome)


# --- What is taken back


@pytest.mark.parametrize("text", ["ขอยกเลิกรายงานเมื่อกี้ค่ะ", "ยกเลิก ม3", "ลบรายงานล่าสุด"])
def test_a_report_is_taken_back_in_free_words(text: str) -> None:
    one = office()
    one.say("ม3 80% ประชุมแล้ว")
    assert "จะยกเลิกรายงานนี้" in one.say(text)
    one.press("ยกเลิกรายงานนี้")
    assert one.reports == []


def test_a_case_is_not_taken_for_a_report() -> None:
    one = office()
    one.say("ม3 80% ประชุมแล้ว")
    assert "ยังไม่มีเรื่องที่แจ้ง" in one.say("ขอยกเลิกเรื่องที่แจ้งไว้")
    assert one.labels == []


def test_what_one_reported_is_not_shown_in_a_group() -> None:
    outcome = said("ขอยกเลิกรายงานเมื่อกี้ค่ะ", CLERK, chat="group", mentioned=True)
    assert "ตัวต่อตัว" in readable(outcome)


# --- Who does not report


@pytest.mark.parametrize(
    ("person", "reports"),
    [
        (CLERK, True),
        (COORDINATOR, True),
        (UNPLACED, True),
        (OFFICER, True),
        (EXECUTIVE, False),
        (Person("p-receiver", Role.OFFICER), False),
    ],
    ids=lambda value: value.ref if isinstance(value, Person) else "",
)
def test_who_has_nothing_to_report_on_is_not_told_how(person: Person, reports: bool) -> None:
    outcome = said("ช่วยเหลือ", person)
    assert ("ม3 80% ประชุมแล้ว" in readable(outcome)) is reports
    assert ("รายงานผล" in buttons(outcome)) is reports
    assert "งานค้าง" in readable(outcome)
