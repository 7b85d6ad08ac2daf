"""Taking back and correcting what was reported last."""

from dataclasses import replace

import pytest

from handlers.desk import NOTHING
from handlers.topics.reporting.draft import Draft, Step, draft_in, step_of
from ita.changes import CancelReport, ReportProgress
from ita.measures import Acceptance, Status
from tests.handlers.desk_double import CITIZEN, COORDINATOR, NOW, buttons, said
from tests.handlers.office import Office, office

OUTPUT = "ประชุมชี้แจงนโยบายแก่พนักงานทุกคน"


def reported() -> Office:
    one = office()
    one.say(f"ม3 80% {OUTPUT}")
    return one


@pytest.mark.parametrize("typed", ["ยกเลิกรายงานล่าสุด", "ยกเลิกรายงาน"])
def test_the_last_report_is_taken_back_after_one_question(typed: str) -> None:
    one = reported()
    shown = one.say(typed)
    for words in ("No Gift", "15 ม.ค. 2568 เวลา 09:31 น.", OUTPUT):
        assert words in shown
    assert one.changes() == ()
    assert "กลับเป็น ยังไม่ได้ดำเนินการ" in one.press("ยกเลิกรายงานนี้")
    (change,) = one.changes()
    assert isinstance(change, CancelReport)
    assert change.note == "ยกเลิกรายงานเมื่อ 15 ม.ค. 2568 เวลา 09:31 น."
    assert one.measure(3).status is Status.NOT_STARTED


def test_it_may_be_kept() -> None:
    one = reported()
    one.say("ยกเลิกรายงานล่าสุด")
    assert "ตามเดิม" in one.press("เก็บไว้")
    assert len(one.reports) == 1


def test_a_second_press_takes_back_nothing_more() -> None:
    one = office()
    one.say("ม3 50% เริ่มประชุม")
    one.say("ม3 80% ประชุมต่อ")
    one.say("ยกเลิกรายงานล่าสุด")
    press = one.data("ยกเลิกรายงานนี้")
    one.do(press)
    assert "เปลี่ยนแปลงไปแล้ว" in one.do(press)
    assert [report.percent for report in one.reports] == [50]


def test_there_is_nothing_to_take_back_or_to_correct() -> None:
    one = office()
    assert "ยังไม่มีรายงาน" in one.say("ยกเลิกรายงานล่าสุด")
    assert "ยังไม่มีรายงาน" in one.say("แก้ไขรายงานล่าสุด")


@pytest.mark.parametrize("typed", ["ยกเลิกรายงานล่าสุด", "แก้ไข"])
def test_what_was_accepted_or_reported_on_since_stays(typed: str) -> None:
    one = reported()
    accepted = replace(one.measure(3), status=Status.DONE, acceptance=Acceptance.ACCEPTED)
    one.desk.all_measures = [accepted]
    one.desk.last = {one.person.ref: replace(one.made[0], before=None)}
    assert "มีการเปลี่ยนแปลงอื่นแล้ว" in one.say(typed)
    assert (one.labels, one.stands()) == ([], None)


def test_it_is_corrected_in_its_own_words() -> None:
    one = reported()
    assert OUTPUT in one.say("แก้ไข")
    one.go("แก้ไข", "สรุปผลการดำเนินการ", f"{OUTPUT} 45 คน", "ยืนยัน")
    assert [type(change) for change in one.changes()] == [CancelReport, ReportProgress]
    (report,) = one.reports
    assert (report.output, report.percent) == (f"{OUTPUT} 45 คน", 80)


def test_a_correction_may_be_given_up() -> None:
    one = reported()
    one.say("แก้ไขรายงานล่าสุด")
    one.press("ยกเลิก")
    assert [report.output for report in one.reports] == [OUTPUT]


@pytest.mark.parametrize("way", ["ยืนยัน", "แก้ไข"])
def test_a_correction_of_what_changed_meanwhile_is_given_up(way: str) -> None:
    one = reported()
    one.say("แก้ไข")
    press = one.data(way)
    one.desk.last = {one.person.ref: replace(one.made[0], before=None)}
    assert "การแก้ไขนี้จึงไม่ได้บันทึก" in one.do(press)
    assert (one.changes(), one.stands()) == ((), None)


@pytest.mark.parametrize("next_word", ["ยืนยัน", "ข้าม", "ประชุมอีกครั้งหนึ่ง"])
def test_words_that_were_unsent_do_not_come_back_with_a_correction(next_word: str) -> None:
    one = reported()
    one.say("แก้ไขรายงานล่าสุด")
    one.unsend("the message of the report")
    one.desk.last = {}  # as the register takes the report back with its message
    shown = one.say(next_word)
    assert "การแก้ไขนี้จึงไม่ได้บันทึก" in shown
    assert OUTPUT not in shown
    assert (one.changes(), one.stands()) == ((), None)


def test_citizens_and_groups_are_refused() -> None:
    assert "เจ้าหน้าที่" in said("ยกเลิกรายงานล่าสุด", CITIZEN).replies[0]["text"]
    for short in ("แก้ไข", "แก้ไขรายงาน", "ยกเลิกรายงาน"):
        assert said(short, office().person, chat="group") == NOTHING, "people say so to each other"
    for long in ("แก้ไขรายงานล่าสุด", "ยกเลิกรายงานล่าสุด"):
        outcome = said(long, office().person, chat="group")
        assert "ตัวต่อตัว" in outcome.replies[0]["text"]
        assert outcome.changes == ()


def test_a_step_of_another_form_is_none() -> None:
    draft = Draft(NOW.isoformat(), 3, Step.OUTPUT, links=("https://a.go.th",), asked=("output",))
    step = step_of(draft)
    assert draft_in(step) == draft
    assert draft_in({**step, "draft": {**step["draft"], "colour": "blue"}}) is None
    assert draft_in({**step, "draft": {"measure": 3}}) is None
    assert draft_in({**step, "draft": {**step["draft"], "at": "a step of last year"}}) is None
    assert draft_in({"do": "invite"}) is None
    assert draft_in(None) is None


# --- Put right in a few words


@pytest.mark.parametrize(
    "typed",
    [
        "ไม่ใช่ ม3 หมายถึง ม5",
        "ต้องเป็น ม5 ค่ะ",
        "เปลี่ยนเป็น ม5",
        "เปลี่ยนเป็นมาตรการ 5",
        "ย้ายไป ม5",
        "พิมพ์ผิดค่ะ ม5",
    ],
)
def test_the_last_report_is_moved_to_the_measure_that_was_meant(typed: str) -> None:
    one = reported()
    shown = one.say(typed)
    assert "ย้ายรายงานจากมาตรการ 3 เป็นมาตรการ 5" in shown
    assert OUTPUT in shown
    assert [report.measure_id for report in one.reports] == [3], "not before it is confirmed"
    one.press("ยืนยัน")
    assert [type(change) for change in one.changes()] == [CancelReport, ReportProgress]
    (report,) = one.reports
    assert (report.measure_id, report.percent, report.output) == (5, 80, OUTPUT)
    assert one.measure(3).status is Status.NOT_STARTED
    assert one.measure(5).percent == 80


def test_what_is_said_anew_comes_along() -> None:
    one = reported()
    one.go("ไม่ใช่ ม3 หมายถึง ม5 60%", "ยืนยัน")
    assert [(each.measure_id, each.percent) for each in one.reports] == [(5, 60)]


@pytest.mark.parametrize(
    ("typed", "percent", "output"),
    [
        ("แก้เป็น 70%", 70, OUTPUT),
        ("ขอแก้ ม3 เป็น 70% ค่ะ", 70, OUTPUT),
        ("แก้เป็น 70% จัดอบรมเพิ่มอีก 20 คน", 70, "จัดอบรมเพิ่มอีก 20 คน"),
        ("แก้เป็นเสร็จแล้ว", None, OUTPUT),
        ("ไม่ใช่ 80% ต้องเป็น 70%", 70, OUTPUT),
        ("80% ผิด ที่ถูก 70", 70, OUTPUT),
        ("แก้ 80 เป็น 70", 70, OUTPUT),
        ("เปลี่ยนจาก ๘๐% เป็น ๗๐% ค่ะ", 70, OUTPUT),
        ("อ้าว 70% ต่างหาก", 70, OUTPUT),
        ("ขอโทษค่ะ ต้องเป็น 70%", 70, OUTPUT),
        ("ขอแก้เป็นเจ็ดสิบ", 70, OUTPUT),
    ],
)
def test_the_last_standing_is_put_right(typed: str, percent: int | None, output: str) -> None:
    one = reported()
    assert "แก้รายงานล่าสุดตามนี้" in one.say(typed)
    one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.measure_id, report.percent, report.output) == (3, percent, output)
    assert report.says_done is (percent is None)


@pytest.mark.parametrize("typed", ["แก้ไข ม3", "พิมพ์ผิดค่ะ", "รายงานผิดครับ", "แก้เป็น 150%"])
def test_that_something_is_wrong_leads_to_the_report_as_it_stands(typed: str) -> None:
    one = reported()
    shown = one.say(typed)
    assert OUTPUT in shown
    assert "เลือกแก้ไข" in shown
    assert len(one.reports) == 1


def test_to_a_measure_of_several_parts_it_is_moved_with_its_part() -> None:
    one = office(person=COORDINATOR)
    one.say(f"ม3 80% {OUTPUT}")
    assert "รอบหรือส่วนใด" in one.say("ไม่ใช่ ม3 หมายถึง ม6")
    one.go("2. กองคลัง", "ยืนยัน")
    (report,) = one.reports
    assert (report.measure_id, report.unit, report.output) == (6, "กองคลัง", OUTPUT)


@pytest.mark.parametrize(
    "typed", ["ไม่ใช่ ม1 หมายถึง ม5", "ม5 80% ประชุมแล้ว", "ไม่ใช่ ม3 หมายถึง ม2", "แก้ไขคู่มือเสร็จแล้ว 70%"]
)
def test_other_words_leave_the_last_report_alone(typed: str) -> None:
    one = reported()
    shown = one.say(typed)
    assert "แทนรายงานเดิม" not in shown
    assert one.reports[0].measure_id == 3


def test_it_is_put_right_on_the_same_day_only() -> None:
    one = reported()
    one.wait(days=2)
    assert "แทนรายงานเดิม" not in one.say("ไม่ใช่ ม3 หมายถึง ม5")


def test_the_measure_reported_on_last_is_offered_first() -> None:
    one = office()
    one.say(f"ม5 40% {OUTPUT}")
    one.say("70% แล้วค่ะ")
    assert buttons(one.said)[0].startswith("รายงานผล 5 70%")
