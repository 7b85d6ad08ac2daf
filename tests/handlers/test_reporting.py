"""The guided report: every question, every way on, back and out, and what buttons of old do."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.topics.reporting.draft import Draft, draft_in
from ita.changes import ReportProgress
from ita.dates import read_period
from ita.measures import Status
from tests.handlers.chat import Chat
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    FINANCE,
    MEASURES,
    NOW,
    UNPLACED,
    measure,
    said,
)
from tests.handlers.office import Office, office
from tests.handlers.sendable import parts

OUTPUT = "ประกาศนโยบายหน้าเว็บไซต์และติดป้าย 3 จุด"
OUTCOME = "เจ้าหน้าที่ทุกคนรับทราบ ไม่มีผู้รับของขวัญ"
LINK = "https://example.go.th/no-gift"


def on(number: int, one: Office | None = None) -> Office:
    """In the middle: the first question about a measure."""
    one = one or office()
    one.say("รายงานผล")
    one.do({"do": "reporting", "go": "on", "measure": number})
    return one


def reviewed(one: Office | None = None) -> Office:
    """All is said."""
    one = on(3, one)
    one.go("ดำเนินการแล้วเสร็จ", OUTPUT, OUTCOME, "ไม่มี", "ไม่ใช้งบประมาณ", "วันนี้", LINK)
    one.press("ครบแล้ว (1)")
    return one


def test_from_the_first_card_to_the_register() -> None:
    one = office()
    assert one.say("รายงานผล").index("คู่มือ") < one.say("รายงานผล").index("No Gift")
    assert "ทำถึงไหนแล้ว" in one.do(one.data_of_measure(3))
    assert "ทำอะไรไปแล้วบ้าง" in one.press("ดำเนินการแล้วเสร็จ")
    assert "เกิดผลอะไร" in one.say(OUTPUT)
    assert "อุปสรรค" in one.say(OUTCOME)
    assert "งบประมาณ" in one.press("ไม่มี")
    assert "วันที่เท่าไร" in one.say("15,000 บาท")
    assert "หลักฐาน" in one.press("เมื่อวาน")
    assert "ได้รับลิงก์แล้ว" in one.say(LINK)
    shown = one.press("ครบแล้ว (1)")
    for words in (OUTPUT, OUTCOME, "15,000 บาท", "14 ม.ค. 2568 (ปีงบประมาณ 2568)", "1 รายการ"):
        assert words in shown
    assert "ขอเพิ่ม" not in shown
    assert not one.made, "nothing is recorded before it is confirmed"
    assert "รอตรวจรับ" in one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.output, report.outcome, report.obstacle) == (OUTPUT, OUTCOME, "ไม่มี")
    assert (report.budget_used, report.links) == ("15,000 บาท", (LINK,))
    assert (report.act_on, report.percent) == (date(2025, 1, 14), None)
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE
    assert one.stands() is None


@pytest.mark.parametrize(
    ("typed", "status", "percent"),
    [
        ("80%", "in_progress", 80),
        ("๘๐ เปอร์เซ็นต์", "in_progress", 80),
        ("กำลังทำอยู่ค่ะ", "in_progress", None),
        ("เสดแล้ว", "done", None),
        ("100%", "done", None),
        ("ยังไม่ได้ทำเลย", "not_started", None),
    ],
)
def test_how_far_it_is_can_be_typed(typed: str, status: str, percent: int | None) -> None:
    one = on(3)
    one.say(typed)
    draft = draft_in(one.step)
    assert draft is not None
    assert (draft.status, draft.percent) == (status, percent)
    assert draft.at == ("obstacle" if status == "not_started" else "output")


def draft_of(one: Office) -> Draft:
    """What is being written."""
    draft = draft_in(one.step)
    assert draft is not None
    return draft


@pytest.mark.parametrize(
    "words",
    [
        *("555", "🙏🙏", "80", "8/10", "150%", "ไม่ทราบค่ะ", "งงค่ะ", "ทำยังไง", "คะแนนเท่าไร"),
        *("พรุ่งนี้จะเสร็จ", "น่าจะ 80%", "ยังไม่ได้ประชุม", "ไม่มีงบประมาณ", "เสร็จหรือยัง"),
        *("ขอดูงานค้างหน่อย", "ไฟดับหน้าวัด", "รอผู้บริหารลงนาม"),
    ],
)
def test_what_is_neither_a_standing_nor_a_deed_is_asked_again(words: str) -> None:
    one = on(3)
    assert "ทำถึงไหนแล้ว" in one.say(words)
    assert draft_of(one).is_empty


@pytest.mark.parametrize(
    "words",
    [
        *("ประชุมแล้ว", "ประชุมชี้แจงพนักงานทุกคน", "ติดป้ายประกาศหน้าอาคาร 3 จุด", OUTPUT),
        *(
            "เมื่อวานประชุมไป",
            "อบรม 20 คน",
            "ประชุมแล้ว ไม่มีผู้คัดค้าน",
            "รายงานผลการประชุมต่อผู้บริหาร",
            "เชิญ วิทยากรมาอบรม",
        ),
    ],
)
def test_what_was_done_told_too_early_is_kept_as_that(words: str) -> None:
    """Typed where it is asked how far it is: the words are not lost, and no standing is made up."""
    one = on(3)
    said = one.say(words)
    assert "เก็บข้อความนี้เป็นสิ่งที่ทำแล้ว" in said
    assert "เกิดผลอะไร" in said, "what was done is not asked again"
    assert (draft_of(one).words, draft_of(one).status) == ({"output": words}, "")
    one.go("ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "แก้ไข", "สถานะ", "อยู่ระหว่างดำเนินการ", "ยืนยัน")
    assert (one.reports[0].output, one.reports[0].status) == (words, Status.IN_PROGRESS)


def test_told_too_early_it_is_compared_and_cut_as_ever() -> None:
    one = office(*MEASURES[:4], replace(MEASURES[4], output=OUTPUT))
    assert "ตรงกับมาตรการที่ 5" in on(3, one).say(OUTPUT)
    assert "เกิดผลอะไร" in one.press("ใช้ตามนี้")
    assert draft_of(one).words == {"output": OUTPUT}
    assert "1000 ตัวอักษร" in on(3).say("ประชุมชี้แจง" * 200)


def test_what_was_told_is_not_overwritten_by_words_at_the_standing() -> None:
    one = on(3)
    one.go("50%", OUTPUT, "ย้อนกลับ", "ย้อนกลับ")
    assert "ยังไม่แน่ใจว่าทำถึงไหน" in one.say("ประชุมอีกครั้งกับทุกส่วนราชการ")
    assert draft_of(one).words == {"output": OUTPUT}


def test_nothing_begun_is_no_standing_of_what_was_done_since() -> None:
    one = on(3)
    one.press("ยังไม่ได้ดำเนินการ")
    one.press("ย้อนกลับ")
    one.say(OUTPUT)
    assert (draft_of(one).status, draft_of(one).words) == ("", {"output": OUTPUT})


def test_other_words_beside_the_standing_are_what_was_done() -> None:
    one = on(3)
    assert "เกิดผลอะไร" in one.say(f"80% {OUTPUT} {LINK}"), "that is not asked again"
    draft = draft_of(one)
    assert draft.words["output"].startswith(OUTPUT)
    assert (draft.percent, draft.links) == (80, (LINK,))
    assert "1000 ตัวอักษร" in on(3).say("80% " + "ประชุมชี้แจง" * 200)


@pytest.mark.parametrize(
    "words",
    ["รายงานผลการประชุมต่อผู้บริหารแล้ว", "รายงานผลให้สภาทราบ", "เชิญ วิทยากรมาอบรม 20 คน", "ตรวจรับงานแล้ว"],
)
def test_what_begins_as_a_command_may_be_what_was_done(words: str) -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    assert "เกิดผลอะไร" in one.say(words)
    assert draft_of(one).words == {"output": words}


def test_a_command_with_words_of_another_measure_is_asked_about() -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    one.say("รายงานผล คู่มือการปฏิบัติหน้าที่ เสร็จแล้ว")
    assert one.labels == ["รายงานของ ม1", "คำตอบข้อนี้"]
    one.press("รายงานของ ม1")
    assert [each.measure_id for each in one.reports] == [1]


ACCUSING = "หัวหน้าฝ่ายรับเงินใต้โต๊ะจากผู้รับจ้าง"


def test_an_accusation_is_no_answer_before_it_was_asked() -> None:
    """Nobody's accusation goes into the shared sheet by accident."""
    one = on(3, Chat(person=CLERK))
    one.go("50%", OUTPUT)
    assert "ช่องทางที่ปกปิด" in one.say(ACCUSING)
    assert one.labels == ["ร้องเรียนทุจริต", "คำตอบข้อนี้"]
    assert ACCUSING not in str(one.actions)
    one.press("ร้องเรียนทุจริต")
    assert one.step is not None
    assert (one.step["do"], one.step["parts"][0][0]) == ("protected", ACCUSING)
    assert one.step["parts"][0][1], "whoever takes the message back takes these words back"
    assert ACCUSING not in str(one.step["draft"]), "it waits in the report no more"
    one.go("ยกเลิก", "รายงานผล", "ทำต่อ")
    assert draft_of(one).words == {"output": OUTPUT}


def test_a_measure_against_corruption_is_reported_on_all_the_same() -> None:
    one = on(3)
    one.go("50%", "อบรมเจ้าหน้าที่เรื่องการรับสินบน 30 คน")
    assert "เกิดผลอะไร" in one.press("คำตอบข้อนี้")
    assert draft_of(one).words == {"output": "อบรมเจ้าหน้าที่เรื่องการรับสินบน 30 คน"}


@pytest.mark.parametrize(
    ("words", "begins"),
    [("แจ้งเหตุ ไฟถนนดับหน้าศาลาทดสอบ", "grievance"), ("ร้องเรียน ถนนพัง", "grievance")],
)
def test_a_case_told_with_its_command_is_no_answer(words: str, begins: str) -> None:
    one = on(3, Chat(person=CLERK))
    one.go("50%", OUTPUT, words)
    assert one.step is not None
    assert one.step["do"] == begins
    one.go("ยกเลิก", "รายงานผล", "ทำต่อ")
    assert draft_of(one).words == {"output": OUTPUT}


@pytest.mark.parametrize("words", ["แจ้งเหตุผ่านไลน์ได้สะดวกขึ้น", "ร้องเรียนลดลงร้อยละ 20"])
def test_an_outcome_that_begins_like_a_door(words: str) -> None:
    one = on(3)
    one.go("50%", OUTPUT, words)
    assert draft_of(one).words["outcome"] == words


def test_a_link_is_evidence_at_whatever_question() -> None:
    for count in range(7):
        one = on(3)
        one.go(*("50%", OUTPUT, OUTCOME, "ไม่มี", "ไม่ใช้งบประมาณ", "วันนี้")[:count])
        at = draft_of(one).at
        assert "ได้รับลิงก์แล้ว" in one.say(LINK)
        assert (draft_of(one).at, draft_of(one).links) == (at, (LINK,))
    one = reviewed()
    assert "2 รายการ" in one.say(LINK + "/2")


def test_at_the_review_an_answer_is_named_by_its_word() -> None:
    one = reviewed()
    one.go("แก้ไข")
    assert "เกิดผลอะไร" in one.say("ผลลัพธ์ค่ะ")
    assert "ประชาชนเชื่อมั่น" in one.say("ประชาชนเชื่อมั่นในการบริการมากขึ้น")


@pytest.mark.parametrize("kind", ["image", "sticker"])
def test_words_that_wait_for_a_decision_are_asked_about_again(kind: str) -> None:
    """After a photo, a greeting, or something else in between."""
    for words in (OUTPUT, WHOLE):
        one = on(3)
        one.go("50%", OUTPUT, words)
        labels = one.labels
        one.photo(kind=kind)
        assert one.labels == labels
        one.say("สวัสดีค่ะ")
        assert one.labels == labels
        one.go("งานค้าง", "รายงานผล", "ทำต่อ")
        assert one.labels == labels
        assert draft_of(one).doubted == words


def test_what_they_equal_may_be_gone_by_then() -> None:
    one = office(*MEASURES[:4], replace(MEASURES[4], output=OUTPUT))
    on(3, one)
    one.go("50%", OUTPUT)
    one.desk.all_measures = MEASURES
    assert "ทำอะไรไปแล้วบ้าง" in one.photo()


def test_an_offer_of_before_throws_away_nothing_written_since() -> None:
    one = on(3)
    one.go("80%", OUTPUT, "รายงานผล")
    anew = one.data("เริ่มใหม่")
    one.go("ทำต่อ", OUTCOME)
    assert "ยังไม่ได้ยืนยัน" in one.do(anew)
    assert draft_of(one).words == {"output": OUTPUT, "outcome": OUTCOME}


def test_an_offer_can_be_declined_for_good() -> None:
    one = on(3)
    one.go("80%", OUTPUT, "งานค้าง")
    assert "ยังไม่ได้ยืนยัน" in one.say("ยกเลิกค่ะ")
    assert "ยังไม่ได้บันทึก" in one.press("ยกเลิก")
    assert (one.stands(), one.made) == (None, [])


def test_never_mind_after_a_report_is_of_the_report() -> None:
    one = office()
    one.say(f"ม3 80% {OUTPUT}")
    assert "จะยกเลิกรายงานนี้หรือไม่" in one.say("ยกเลิก")


def test_every_question_can_be_skipped_and_nothing_is_made_up() -> None:
    one = on(3)
    for _ in range(7):
        one.press("ข้าม")
    assert "ยังไม่มีข้อมูล" in one.press("ยืนยัน")
    assert not one.made
    one.press("แก้ไข")
    one.press("สรุปผลการดำเนินการ")
    one.say(OUTPUT)
    one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.output, report.outcome, report.act_on, report.links) == (OUTPUT, "", None, ())
    assert (report.status, report.says_done) == (Status.IN_PROGRESS, False)


def test_every_question_can_be_gone_back_on() -> None:
    one = reviewed()
    one.press("แก้ไข")
    assert "ส่งหลักฐาน" in one.press("หลักฐาน")
    assert "ตรวจดูก่อนบันทึก" in one.press("ย้อนกลับ")
    one = on(3)
    asked = [one.go(each) for each in ("50%", OUTPUT, OUTCOME, "ไม่มี", "ข้าม", "วันนี้")]
    back = [one.press("ย้อนกลับ") for _ in range(6)]
    assert [*reversed(back[:-1])] == asked[:5]
    assert "ทำถึงไหนแล้ว" in back[-1]
    assert "ย้อนกลับ" not in one.labels
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.words["outcome"] == OUTCOME, "what was said stays said"


@pytest.mark.parametrize("typed", ["ข้าม", "ข้ามค่ะ", "ย้อนกลับ", "ยกเลิก", "แก้ไข"])
def test_the_ways_can_be_typed_too(typed: str) -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    one.say(typed)
    draft = draft_in(one.step)
    assert draft is None if typed == "ยกเลิก" else draft is not None and not draft.words


def test_the_command_with_a_measure_alone_begins_with_it() -> None:
    one = office()
    assert "ทำถึงไหนแล้ว" in one.say("รายงานผล 3")
    draft = draft_in(one.step)
    assert draft is not None
    assert (draft.measure, draft.is_empty) == (3, True)


def test_one_answer_is_corrected_before_confirming() -> None:
    one = reviewed()
    one.press("แก้ไข")
    one.press("ผลลัพธ์")
    assert "ประชาชนเชื่อมั่น" in one.say("ประชาชนเชื่อมั่นในการบริการมากขึ้น")
    one.say("ยืนยัน")
    assert one.reports[0].outcome == "ประชาชนเชื่อมั่นในการบริการมากขึ้น"


def test_cancelling_keeps_nothing() -> None:
    one = reviewed()
    assert "ยังไม่ได้บันทึก" in one.press("ยกเลิก")
    assert (one.stands(), one.made) == (None, [])
    assert "ยังไม่ได้ยืนยัน" not in one.say("รายงานผล")


@pytest.mark.parametrize("way_out", ["งานค้าง", "คะแนน", "ช่วยเหลือ", "มาตรการ 1", "สรุป"])
def test_it_is_left_at_any_time_and_resumed(way_out: str) -> None:
    one = on(3)
    one.go("80%", OUTPUT)
    assert "เกิดผลอะไร" not in one.say(way_out)
    one.wait(days=3)
    assert one.say("สวัสดีค่ะ"), "what is written meanwhile answers no question"
    assert "ยังไม่ได้ยืนยัน" in one.say("รายงานผล")
    assert "เกิดผลอะไร" in one.press("ทำต่อ")
    one.go(OUTCOME, "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ยืนยัน")
    assert (one.reports[0].output, one.reports[0].outcome) == (OUTPUT, OUTCOME)


def test_another_is_begun_instead() -> None:
    one = on(3)
    one.go("80%", OUTPUT)
    one.say("รายงานผล")
    assert "เลือกมาตรการ" in one.press("เริ่มใหม่")
    assert "ทำถึงไหนแล้ว" in one.do(one.data_of_measure(1))
    assert "ยังไม่ได้ยืนยัน" not in one.say("รายงานผล"), "an empty one is no loss"


def test_a_card_of_before_does_not_throw_away_what_is_unfinished() -> None:
    one = on(3)
    one.go("80%", OUTPUT)
    assert "ยังไม่ได้ยืนยัน" in one.do({"do": "reporting", "go": "on", "measure": 1})
    assert "คู่มือ" in one.press("เริ่มใหม่")
    one.press("ยกเลิก")
    assert "ยังไม่ได้ยืนยัน" not in one.say("รายงานผล"), "the other one was given up"


def test_a_whole_report_in_one_line_is_no_answer() -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    one.say("รายงานผล 1 80% ปรับปรุงคู่มือเล่มที่หนึ่งแล้ว")
    assert [report.measure_id for report in one.reports] == [1]
    assert "No Gift" in one.say("รายงานผล")
    assert "ทำอะไรไปแล้วบ้าง" in one.press("ทำต่อ")


@pytest.mark.parametrize(
    ("words", "numbers"), [("ม1 80% ประชุมแล้ว", [1]), ("ม1 40% ม5 60%", [1, 5]), ("o21 40%", [3])]
)
def test_a_report_on_another_measure_is_no_choice(words: str, numbers: list[int]) -> None:
    one = office()
    one.say("รายงานผล 5")
    answered = one.say(words)
    told = {known.id: known.number for known in MEASURES}
    assert [told[each.measure_id] for each in one.reports] == numbers
    assert "ยังไม่แน่ใจ" not in answered


def test_words_that_name_another_measure_are_an_answer_where_words_are_asked_for() -> None:
    one = office()
    one.say("รายงานผล 3")
    one.press("อยู่ระหว่างดำเนินการ")
    one.say("ทำตามมาตรการ 1 เสร็จแล้ว 80%")
    assert one.reports == []
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.words["output"] == "ทำตามมาตรการ 1 เสร็จแล้ว 80%"


WHOLE = f"ม1 เสร็จแล้ว ปรับปรุงคู่มือ 2 เล่ม {LINK} 1/10/67"


def answering(words: str = WHOLE) -> Office:
    """At the question what came of it, these words are written."""
    one = on(3)
    one.go("อยู่ระหว่างดำเนินการ", OUTPUT)
    one.say(words)
    return one


@pytest.mark.parametrize("words", [WHOLE, "ม1เสร็จแล้ว", "มาตรการ 1 80% ประชุมแล้ว", "o8 40%"])
def test_a_whole_report_on_another_measure_is_asked_about(words: str) -> None:
    one = answering(words)
    assert one.labels == ["รายงานของ ม1", "คำตอบข้อนี้"]
    assert not one.made


def test_it_is_a_report_of_its_own_and_the_unfinished_one_stays() -> None:
    one = answering()
    one.press("รายงานของ ม1")
    (change,) = one.changes()
    assert isinstance(change, ReportProgress)
    assert change.messages, "whoever takes the message back takes the report back"
    (report,) = one.reports
    assert (report.measure_id, report.links, report.act_on) == (1, (LINK,), date(2024, 10, 1))
    one.say("รายงานผล")
    assert "เกิดผลอะไร" in one.press("ทำต่อ")
    draft = draft_in(one.step)
    assert draft is not None
    assert (draft.words, draft.doubted) == ({"output": OUTPUT}, "")


def test_it_is_the_answer() -> None:
    one = answering()
    assert "อุปสรรค" in one.press("คำตอบข้อนี้")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.words["outcome"] == WHOLE
    assert set(draft.messages) == {"output", "outcome"}


def test_a_button_of_words_that_wait_no_more_reports_nothing() -> None:
    one = answering()
    press = one.data("รายงานของ ม1")
    one.say(OUTCOME)
    assert "บันทึกหรือยกเลิกไปแล้ว" in one.do(press)
    assert not one.made
    assert one.stands() is not None


def test_the_cards_say_the_day_of_the_first_round_that_is_open() -> None:
    """As งานค้าง does; before, the last day of the whole measure."""
    twice = measure(7, "รายงานการกำกับติดตาม", period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568))
    one = office(twice)
    assert "1 ต.ค. 2567" in one.say("รายงานผล")
    assert "1 ต.ค. 2567" in one.say("งานค้าง")


def test_a_sticker_leaves_the_question_as_it_is() -> None:
    one = on(3)
    before = one.step
    one.photo(kind="sticker")
    assert one.stands() == before


# --- Buttons of another time


def test_a_button_of_another_question_does_nothing() -> None:
    one = on(3)
    skip = one.data("ข้าม")
    one.press("อยู่ระหว่างดำเนินการ")
    assert "ตอนนี้อยู่ที่คำถามนี้" in one.do(skip)
    draft = draft_in(one.step)
    assert draft is not None
    assert (draft.at, draft.status) == ("output", "in_progress")


def test_confirming_twice_records_once() -> None:
    one = reviewed()
    confirm = one.data("ยืนยัน")
    one.do(confirm)
    assert "บันทึกหรือยกเลิกไปแล้ว" in one.do(confirm)
    assert len(one.made) == 1


def test_an_old_review_is_not_confirmed_for_a_new_one() -> None:
    one = reviewed()
    confirm = one.data("ยืนยัน")
    one.go("แก้ไข", "ผลลัพธ์", "ผลที่แก้แล้วของมาตรการนี้")
    assert "แก้ไขหลังจากปุ่มนั้น" in one.do(confirm)
    assert not one.made


def test_a_button_of_a_report_given_up_says_so_and_leaves_the_new_one_alone() -> None:
    one = on(3)
    old = one.data("ข้าม")
    one.press("ยกเลิก")
    on(1, one)
    before = one.step
    assert "บันทึกหรือยกเลิกไปแล้ว" in one.do(old)
    assert one.stands() == before


def test_what_left_the_plan_or_the_persons_hands_is_not_reported_on() -> None:
    for desk in ([], [replace(MEASURES[2], unit="กองคลัง")]):
        one = reviewed()
        confirm = one.data("ยืนยัน")
        one.desk.all_measures = desk
        assert "ไม่อยู่ในแผน" in one.do(confirm)
        assert (one.made, one.stands()) == ([], None)


def test_another_units_measure_is_not_begun() -> None:
    one = office()
    assert "กองคลัง" in one.do({"do": "reporting", "go": "on", "measure": 2})
    assert one.stands() is None


@pytest.mark.parametrize("go", ["", "no such thing", "__class__", "status"])
def test_what_no_button_does_is_refused(go: str) -> None:
    one = office()
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in one.do({"do": "reporting", "go": go})


# --- The person's own words


def test_words_of_another_measure_are_said_at_once() -> None:
    one = office(*MEASURES[:4], replace(MEASURES[4], output=OUTPUT))
    on(3, one)
    one.press("อยู่ระหว่างดำเนินการ")
    assert "ตรงกับมาตรการที่ 5" in one.say(OUTPUT.replace(" 3 ", " ๓ ") + ".")
    assert "ทำอะไรไปแล้วบ้าง" in one.press("แก้")
    one.say(OUTPUT)
    assert "เกิดผลอะไร" in one.press("ใช้ตามนี้")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.words["output"] == OUTPUT


def test_words_of_the_last_time_and_an_outcome_that_is_the_output() -> None:
    one = office(*MEASURES[:2], replace(MEASURES[2], output=OUTPUT))
    on(3, one)
    one.press("อยู่ระหว่างดำเนินการ")
    assert "เคยรายงานในมาตรการนี้" in one.say(OUTPUT)
    one.say("ปรับปรุงป้ายทุกจุดให้ใหม่ทั้งหมด")
    assert "ข้อความเดียวกัน" in one.say("ปรับปรุงป้ายทุกจุดให้ใหม่ทั้งหมด")
    assert "อุปสรรค" in one.say(OUTCOME), "typed again without a button"


def test_one_line_with_words_of_another_measure_is_recorded_and_said() -> None:
    one = office(*MEASURES[:4], replace(MEASURES[4], output=OUTPUT))
    assert "ตรงกับมาตรการที่ 5" in one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].output == OUTPUT
    assert "เคยรายงานในมาตรการนี้" in one.say(f"ม3 90% {OUTPUT}")


def test_words_are_kept_as_they_are_and_too_many_are_said() -> None:
    one = on(3)
    formula = '=IMPORTXML("x")  สอง  ช่องว่าง'
    one.go("50%", formula)
    assert "1000 ตัวอักษร" in one.say("ยาว" * 500)
    one.go("ข้าม", "ข้าม", "ข้าม", "ข้าม", "ยืนยัน")
    assert one.reports[0].output == formula
    assert len(one.reports[0].outcome) == 1000


# --- The day of the act


@pytest.mark.parametrize("typed", ["15/12/67", "๑๕ ธ.ค. ๖๗", "15 ธันวาคม 2567", "15/12/2024"])
def test_october_to_december_the_year_is_shown_and_asked(typed: str) -> None:
    one = on(3)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม")
    assert "15 ธ.ค. 2567 อยู่ในปีงบประมาณ 2568 ใช่ไหม" in one.say(typed)
    assert "หลักฐาน" in one.say("ใช่ค่ะ")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.day == "2024-12-15"


def test_the_other_year_is_one_tap_away() -> None:
    one = on(3)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม", "15/12/67")
    one.press("15/12/66 ปีงบ 2567")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.day == "2023-12-15"


def test_in_october_every_day_is_asked_about() -> None:
    one = office(now=datetime(2025, 10, 2, 9, tzinfo=NOW.tzinfo))
    on(3, one)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม")
    shown = one.press("วันนี้")
    assert "2 ต.ค. 2568 อยู่ในปีงบประมาณ 2569" in shown
    assert "มาตรการนี้เป็นของปีงบประมาณ 2568" in shown
    one.press("เปลี่ยนวันที่")
    assert "1 ก.ย. 2568 อยู่ในปีงบประมาณ 2568 ใช่ไหม" in one.pick_day("2025-09-01")


def test_a_day_outside_the_measures_year_is_said_in_any_month() -> None:
    one = on(3)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม")
    assert "มาตรการนี้เป็นของปีงบประมาณ 2568" in one.say("1/9/67")


def test_a_day_is_picked_and_one_to_come_is_asked_again() -> None:
    one = on(3)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม")
    assert "ยังมาไม่ถึง" in one.say("16/1/68")
    assert "ยังอ่านวันที่ไม่ออก" in one.say("31/2/68")
    assert "ยังอ่านวันที่ไม่ออก" in one.say("ไม่แน่ใจ")
    assert "หลักฐาน" in one.pick_day("2025-01-10")


def test_links_that_cannot_be_kept_are_asked_for_again() -> None:
    one = on(3)
    one.go("50%", OUTPUT, OUTCOME, "ข้าม", "ข้าม", "วันนี้")
    assert "https://" in one.say("http://example.go.th/a")
    assert "ยังไม่พบลิงก์" in one.say("อยู่ที่โต๊ะ")
    assert "10 รายการ" in one.say(" ".join(f"{LINK}/{number}" for number in range(12)))
    assert "ตรวจดูก่อนบันทึก" in one.say("หมดแล้วค่ะ")
    one.press("ยืนยัน")
    assert len(one.reports[0].links) == 10


# --- The list of measures


def test_sixty_measures_with_the_longest_titles_fit_page_by_page() -> None:
    those = [
        measure(number, "ม" * 200, "สำนักปลัด" + "ก" * 90, output="ผ" * 900)
        for number in range(1, 61)
    ]  # fmt: skip
    one = office(*those, person=COORDINATOR)
    one.say("รายงานผล")
    seen = 0
    while True:
        numbers = [each["measure"] for each in one.actions if each.get("go") == "on"]
        assert 1 <= len(numbers) <= 12
        seen += len(numbers)
        more = [label for label in one.labels if label.startswith("ดูต่อ")]
        if not more:
            break
        one.press(more[0])
    assert seen == 60


def test_a_guided_report_on_the_longest_words_fits() -> None:
    long = measure(3, "ม" * 200, "สำนักปลัด", output="ผ" * 900)
    one = on(3, office(long))
    one.go("ดำเนินการแล้วเสร็จ", "ก" * 4000, "ข" * 4000, "ค" * 4000, "ง" * 4000, "วันนี้")
    one.say(" ".join(f"https://example.go.th/{'ก' * 100}{number}" for number in range(10)))
    one.press("ครบแล้ว (10)")
    one.press("แก้ไข")
    one.press("ย้อนกลับ")
    one.press("ยืนยัน")
    assert len(one.reports) == 1


def test_the_most_urgent_come_first_and_the_done_last() -> None:
    late = replace(MEASURES[4], period=replace(MEASURES[4].period, end=date(2025, 1, 1)))
    done = replace(MEASURES[0], status=Status.DONE)
    shown = office(done, MEASURES[2], late).say("รายงานผล")
    assert shown.index("เบาะแส") < shown.index("No Gift") < shown.index("คู่มือ")


def test_who_has_nothing_to_report() -> None:
    assert "ยังไม่มีมาตรการ" in office(MEASURES[1]).say("รายงานผล")
    assert "ยังไม่มีมาตรการ" in office(person=UNPLACED).say("รายงานผล")
    assert "เป็นส่วนของเจ้าหน้าที่" in office(person=CITIZEN).say("รายงานผล")


def test_in_a_group_it_is_not_begun() -> None:
    outcome = said("รายงานผล", FINANCE, chat="group")
    assert len(outcome.replies) == 1
    assert "แชตส่วนตัว" in outcome.replies[0]["text"]
    assert (outcome.step, outcome.changes) == (None, ())


def test_a_report_in_a_group_shows_no_button_that_nobody_may_press() -> None:
    outcome = said("รายงานผล 3 เสร็จแล้ว", replace(FINANCE, units=("สำนักปลัด",)), chat="group")
    assert len(outcome.changes) == 1
    assert not [part for part in parts(list(outcome.replies)) if part.get("type") == "postback"]


def test_time_alone_ends_nothing() -> None:
    one = on(3)
    one.wait(seconds=timedelta(days=6).total_seconds())
    assert "ทำอะไรไปแล้วบ้าง" in one.press("อยู่ระหว่างดำเนินการ")
