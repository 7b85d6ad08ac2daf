"""Taking back and correcting what was reported last."""

from dataclasses import replace

import pytest

from handlers.desk import NOTHING
from handlers.topics.reporting.draft import Draft, Step, draft_in, step_of
from ita.changes import CancelReport, ReportProgress
from ita.measures import Acceptance, Status
from tests.handlers.desk_double import CITIZEN, NOW, said
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
    one.say("ม3 50% ครั้งแรก")
    one.say("ม3 80% ครั้งหลัง")
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
