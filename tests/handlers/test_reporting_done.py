"""Done means shown: output, outcome, the day and evidence; in every round, and of every unit."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from handlers.topics.reporting.draft import draft_in
from ita.agency import Role
from ita.dates import read_period
from ita.measures import Acceptance, Status
from tests.handlers.desk_double import COORDINATOR, FINANCE, MEASURES, NOW, measure, said
from tests.handlers.office import Office, office

OUTPUT, OUTCOME = "ปรับปรุงป้ายประกาศครบทุกจุด", "ผู้มาติดต่อเห็นนโยบายชัดเจน"
LINK = "https://example.go.th/no-gift"
TWICE = measure(7, "รายงานการกำกับติดตาม", period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568))
MONTHLY = measure(8, "สรุปผลการจัดซื้อจัดจ้าง", period=read_period("ประจำทุกเดือน", 2568))
SHARED = MEASURES[5]


def on(number: int, one: Office) -> Office:
    one.do({"do": "reporting", "go": "on", "measure": number})
    return one


def finished(one: Office, *, output: str = OUTPUT) -> str:
    """From the status on, all is answered."""
    one.go("ดำเนินการแล้วเสร็จ", output, f"{OUTCOME} {output}", "ไม่มี", "ไม่ใช้งบประมาณ", "วันนี้", LINK)
    one.press("ครบแล้ว (1)")
    return one.press("ยืนยัน")


def test_one_line_that_says_done_is_recorded_and_what_is_missing_leads_on() -> None:
    one = office()
    shown = one.say(f"ม3 เสร็จแล้ว {OUTPUT}")
    assert "อยู่ระหว่างดำเนินการ" in shown
    assert one.labels == ["เพิ่มผลลัพธ์", "เพิ่มวันที่ดำเนินการ", "เพิ่มหลักฐาน"]
    one.press("เพิ่มผลลัพธ์")
    one.go(OUTCOME, "วันนี้")
    assert "ขอเพิ่ม" not in one.go(LINK, "ครบแล้ว (1)")
    assert "รอตรวจรับ" in one.press("ยืนยัน")
    assert [report.output for report in one.reports] == [OUTPUT, ""]
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE


def test_what_is_missing_is_asked_at_once_and_another_unfinished_report_waits() -> None:
    one = office()
    one.say(f"ม3 เสร็จแล้ว {OUTPUT}")
    lead = one.data("เพิ่มผลลัพธ์")
    on(1, one)
    one.go("50%", "ปรับปรุงคู่มือเล่มที่หนึ่งแล้ว")
    assert "No Gift" in one.do(lead)
    one.go(OUTCOME, "วันนี้", LINK, "ครบแล้ว (1)", "ยืนยัน")
    assert [report.outcome for report in one.reports] == ["", OUTCOME]
    assert "คู่มือ" in one.say("รายงานผล")
    assert "เกิดผลอะไร" in one.press("ทำต่อ")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.words["output"] == "ปรับปรุงคู่มือเล่มที่หนึ่งแล้ว"


def test_where_one_waits_already_nothing_is_thrown_away_and_both_are_named() -> None:
    one = office()
    one.say(f"ม3 เสร็จแล้ว {OUTPUT}")
    outcome, evidence = one.data("เพิ่มผลลัพธ์"), one.data("เพิ่มหลักฐาน")
    on(1, one)
    one.say("50%")
    one.do(outcome)
    one.say(OUTCOME)
    assert "ส่งหลักฐาน" in one.do(evidence), "of the same measure it is another question"
    shown = one.do({**outcome, "measure": 5})
    assert "No Gift" in shown
    assert "ช่องทางแจ้งเบาะแส" in shown, "it says what would be begun"
    assert one.labels == ["ทำต่อ", "เริ่มใหม่", "ยกเลิก"]


def test_a_second_thing_missing_is_pressed_on_the_same_card() -> None:
    one = office()
    one.say(f"ม3 เสร็จแล้ว {OUTPUT}")
    evidence = one.data("เพิ่มหลักฐาน")
    one.press("เพิ่มผลลัพธ์")
    one.say(OUTCOME)
    one.do(evidence)
    assert "1 รายการ" in one.go(LINK, "ครบแล้ว (1)")
    assert "เพิ่มวันที่ดำเนินการ" in one.labels
    one.go("เพิ่มวันที่ดำเนินการ", "วันนี้", "ยืนยัน")
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE


def test_one_line_with_all_but_the_outcome_asks_for_that_alone() -> None:
    one = office()
    one.say(f"ม3 เสร็จแล้ว 10/1/68 {OUTPUT} {LINK}")
    assert one.labels == ["เพิ่มผลลัพธ์"]


def test_what_was_shown_before_counts() -> None:
    one = office(replace(MEASURES[2], outcome=OUTCOME, evidence=(LINK,)))
    one.say(f"ม3 เสร็จแล้ว 10/1/68 {OUTPUT}")
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE


def test_the_review_names_what_is_missing_and_leads_there() -> None:
    one = on(3, office())
    one.go("ดำเนินการแล้วเสร็จ", OUTPUT, "ข้าม", "ข้าม", "ข้าม", "วันนี้")
    assert "ก่อนถือว่าแล้วเสร็จ" in one.press("ข้าม")
    assert {"เพิ่มผลลัพธ์", "เพิ่มหลักฐาน"} <= set(one.labels)
    one.press("เพิ่มผลลัพธ์")
    one.say(OUTCOME)
    one.press("เพิ่มหลักฐาน")
    one.say(LINK)
    assert "ก่อนถือว่าแล้วเสร็จ" not in one.press("ครบแล้ว (1)")
    one.press("ยืนยัน")
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE


def test_it_may_be_confirmed_without_and_is_in_progress() -> None:
    one = on(3, office())
    one.go("ดำเนินการแล้วเสร็จ", OUTPUT, "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    assert "ยังไม่ถือว่าแล้วเสร็จ" in one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.status, report.says_done) == (Status.IN_PROGRESS, True)


def test_a_day_of_another_year_shows_nothing_of_this_one() -> None:
    one = on(3, office())
    one.go("ดำเนินการแล้วเสร็จ", OUTPUT, OUTCOME, "ข้าม", "ข้าม", "1/9/67", "1/9/67 ปีงบ 2567")
    one.go(LINK, "ครบแล้ว (1)")
    assert "เพิ่มวันที่ดำเนินการ" in one.labels


def test_a_percent_below_a_hundred_asks_for_nothing() -> None:
    one = office()
    assert "ขอเพิ่ม" not in one.say(f"ม3 80% {OUTPUT}")
    assert one.labels == []


def test_what_was_sent_back_waits_again_once_it_is_reported_anew() -> None:
    back = replace(
        MEASURES[2], status=Status.IN_PROGRESS, acceptance=Acceptance.RETURNED, reason="ขาดภาพ"
    )
    one = on(3, office(back))
    finished(one)
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE
    assert one.measure(3).acceptance is None


# --- Rounds


def test_two_rounds_are_reported_one_by_one() -> None:
    one = on(7, office(TWICE))
    assert "รายงานของรอบหรือส่วนใด" in one.said.replies[0]["text"]
    assert "ข้าม" not in one.labels
    assert "ทำถึงไหนแล้ว" in one.press("1. รอบ 1 ต.ค. 2567")
    shown = finished(one)
    assert "แล้วเสร็จ 1 จาก 2 ส่วน" in shown
    assert "✓ รอบ 1 ต.ค. 2567" in shown
    assert "○ รอบ 1 เม.ย. 2568" in shown
    assert one.measure(7).status is Status.IN_PROGRESS
    assert one.reports[0].round == date(2024, 10, 1)
    assert "ทำถึงไหนแล้ว" in on(7, one).said.replies[0]["text"], "only one round is left"
    assert "แล้วเสร็จ 2 จาก 2 ส่วน" in finished(one, output="ติดตามครบทุกกองในรอบหลัง")
    assert one.measure(7).status is Status.AWAITING_ACCEPTANCE


def test_each_round_shows_its_own() -> None:
    one = on(7, office(TWICE))
    one.press("1. รอบ 1 ต.ค. 2567")
    finished(one)
    on(7, one)
    one.go("ดำเนินการแล้วเสร็จ", "ติดตามครบทุกกองในรอบหลัง", "ข้าม", "ข้าม", "ข้าม", "วันนี้", "ข้าม")
    assert {"เพิ่มผลลัพธ์", "เพิ่มหลักฐาน"} <= set(one.labels)
    one.press("ยืนยัน")
    assert one.measure(7).status is Status.IN_PROGRESS
    one.press("เพิ่มผลลัพธ์")
    one.go("ทุกกองมีผลคืบหน้าในรอบหลัง", LINK, "ครบแล้ว (1)", "ยืนยัน")
    assert one.measure(7).status is Status.AWAITING_ACCEPTANCE


def test_a_round_can_be_typed_and_changed() -> None:
    one = on(7, office(TWICE))
    assert "เลือกจากปุ่ม" in one.say("ไม่แน่ใจ")
    assert "เลือกจากปุ่ม" in one.say("9")
    assert "ทำถึงไหนแล้ว" in one.say("รอบที่ ๒")
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    one.go("แก้ไข", "รอบ/ส่วน", "1. รอบ 1 ต.ค. 2567", "ยืนยัน")
    assert one.reports[0].round == date(2024, 10, 1)


def test_a_line_about_a_measure_with_rounds_is_asked_which_and_loses_nothing() -> None:
    one = office(TWICE)
    assert "รอบหรือส่วนใด" in one.say(f"ม7 80% {OUTPUT} {LINK}")
    assert not one.made
    shown = one.press("2. รอบ 1 เม.ย. 2568")
    for words in ("80%", OUTPUT, "1 รายการ"):
        assert words in shown
    one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.round, report.percent, report.output) == (date(2025, 4, 1), 80, OUTPUT)
    assert report.links == (LINK,)


def test_what_is_unfinished_waits_behind_a_line_that_is_asked_about() -> None:
    one = on(3, office(*MEASURES, TWICE))
    one.go("80%", "ประชุมชี้แจงพนักงานทุกคน")
    one.say(f"รายงานผล 7 80% {OUTPUT}")
    one.press("2. รอบ 1 เม.ย. 2568")
    one.say("งานค้าง")
    assert "กำกับติดตาม" in one.say("รายงานผล")
    one.go("ทำต่อ", "ยืนยัน")
    assert [report.measure_id for report in one.reports] == [7]
    assert "No Gift" in one.say("รายงานผล")
    one.press("ทำต่อ")
    one.press("ยกเลิก")
    assert "ยังไม่ได้ยืนยัน" not in one.say("รายงานผล")


def test_every_month_is_a_round() -> None:
    one = on(8, office(MONTHLY))
    assert "1. รอบ 31 ต.ค. 2567" in one.labels
    assert one.labels.index("ยกเลิก") == 9
    one.press("3. รอบ 31 ธ.ค. 2567")
    assert "แล้วเสร็จ 1 จาก 12 ส่วน" in finished(one)


# --- Shared by all units


def test_late_in_the_year_the_nearest_months_are_offered() -> None:
    one = office(MONTHLY, now=datetime(2025, 9, 10, 9, tzinfo=NOW.tzinfo))
    on(8, one)
    assert one.labels[0] == "1. รอบ 31 ม.ค. 2568"
    assert "9. รอบ 30 ก.ย. 2568" in one.labels
    one.say("๙")
    one.go("50%", OUTPUT, *["ข้าม"] * 5, "ยืนยัน")
    assert one.reports[0].round == date(2025, 9, 30)


def test_what_all_units_share_is_done_when_all_are() -> None:
    clerk, finance = office(SHARED), office(SHARED, person=FINANCE)
    works = replace(FINANCE, ref="p-works", units=("กองช่าง",))
    engineers = office(SHARED, person=works)
    engineers.desk = finance.desk = clerk.desk
    engineers.made = finance.made = clerk.made
    assert "ทำถึงไหนแล้ว" in on(6, clerk).said.replies[0]["text"], "it is clear whose part it is"
    assert "แล้วเสร็จ 1 จาก 3 ส่วน" in finished(clerk, output="ตั้งกล่องรับความเห็นที่สำนักปลัด")
    assert "✓ กองคลัง" in finished(on(6, finance), output="ตั้งกล่องรับความเห็นที่กองคลัง")
    assert clerk.measure(6).status is Status.IN_PROGRESS
    assert "3 จาก 3" in finished(on(6, engineers), output="ตั้งกล่องรับความเห็นที่กองช่าง")
    assert clerk.measure(6).status is Status.AWAITING_ACCEPTANCE
    assert [report.unit for report in clerk.reports] == ["สำนักปลัด", "กองคลัง", "กองช่าง"]


def test_a_coordinator_says_for_which_unit() -> None:
    one = on(6, office(SHARED, person=COORDINATOR))
    assert [label for label in one.labels if label[0].isdigit()] == [
        "1. สำนักปลัด", "2. กองคลัง", "3. กองช่าง",
    ]  # fmt: skip
    one.press("2. กองคลัง")
    finished(one)
    assert one.reports[0].unit == "กองคลัง"


@pytest.mark.parametrize("chat", ["group", "room"])
def test_in_a_group_an_unclear_part_is_not_guessed(chat: str) -> None:
    outcome = said("รายงานผล 6 80% ก", COORDINATOR, chat=chat)
    assert outcome.changes == ()
    assert "แชตส่วนตัว" in outcome.replies[-1]["text"]


def test_whoever_reports_for_several_units_is_asked() -> None:
    both = replace(FINANCE, role=Role.OFFICER, units=("กองช่าง", "กองคลัง"))
    one = on(6, office(SHARED, person=both))
    assert [label for label in one.labels if label[0].isdigit()] == ["1. กองคลัง", "2. กองช่าง"]


def test_the_year_of_the_day_that_is_missing_is_the_measures_own() -> None:
    last_year = replace(MEASURES[2], fiscal_year=2567)
    one = office(last_year)
    assert "วันที่ดำเนินการในปีงบประมาณ 2567" in one.say(f"ม3 เสร็จแล้ว {OUTPUT}")
    one = office()
    assert "วันที่ดำเนินการในปีงบประมาณ 2568" in one.say(f"ม3 เสร็จแล้ว {OUTPUT}")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("ม7 ครั้งที่ 1 เสร็จแล้ว", date(2024, 10, 1)), ("ม7 รอบ 2 เสร็จแล้ว", date(2025, 4, 1))],
)
def test_the_round_that_is_named_is_not_asked(typed: str, day: date) -> None:
    one = office(TWICE)
    one.say(f"{typed} {OUTPUT}")
    (report,) = one.reports
    assert (report.round, report.says_done) == (day, True)
