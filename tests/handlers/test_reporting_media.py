"""Photos and files: before, during and after the words; several at once; and taken back."""

import pytest

from handlers.desk import Event
from handlers.router import answer
from handlers.topics.reporting.draft import draft_in
from ita.changes import AttachEvidence, KeepEvidence, ReportProgress
from ita.dates import read_period
from ita.measures import Status
from tests.handlers.desk_double import CITIZEN, MEASURES, NOW, DeskDouble, measure
from tests.handlers.office import Office, office

OUTPUT = "ประชุมชี้แจงนโยบายแก่พนักงานทุกคน"


def link(number: int) -> str:
    return f"https://sujarit.example/evidence/sample/photo{number}"


def on(number: int) -> Office:
    one = office()
    one.do({"do": "reporting", "go": "on", "measure": number})
    return one


def test_photos_in_the_middle_belong_to_the_report_and_get_one_answer() -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    assert one.photo(1, 3) == ""
    assert one.photo(2, 3) == ""
    shown = one.photo(3, 3)
    assert "ได้รับหลักฐานแล้ว" in shown
    assert "ทำอะไรไปแล้วบ้าง" in shown, "the question at hand stays"
    assert one.changes() == (KeepEvidence("photo3", "image", ""),)
    one.say(OUTPUT)
    one.go("ข้าม", "ข้าม", "ข้าม", "ข้าม", "ครบแล้ว (3)", "ยืนยัน")
    assert one.reports[0].links == (link(1), link(2), link(3))


def test_too_many_photos_are_said_and_not_kept() -> None:
    one = on(3)
    for number in range(1, 11):
        one.photo(number, 10)
    assert "10 รายการ" in one.photo()
    assert one.changes() == ()


def soon(one: Office, *, seconds: int = 10) -> str:
    """A photo that comes so long after what came before."""
    one.wait(seconds=seconds - 60)
    return one.photo()


def test_photos_sent_one_by_one_are_asked_about_once_and_all_attached() -> None:
    one = office()
    assert "เป็นหลักฐานของมาตรการใด" in one.photo()
    (wanted,) = [each for each in one.actions if each.get("measure") == 3]
    for number in (2, 3):
        assert soon(one) == ""
        assert one.changes() == (KeepEvidence(f"photo{number}", "image", ""),)
    one.do(wanted)
    one.go("ส่งแค่หลักฐาน", "ยืนยัน")
    assert one.reports[0].links == (link(1), link(2), link(3))


def test_of_photos_that_keep_coming_one_line_a_minute_says_so() -> None:
    one = office()
    one.photo()
    said = [soon(one, seconds=25) for _ in range(6)]
    assert ["รวม" in each for each in said] == [False, False, True, False, False, True]
    assert "รวม 4 รายการ" in said[2]
    assert one.labels == [], "the first question's buttons stand above"
    one.say(f"ม3 80% {OUTPUT}")
    assert len(one.reports[0].links) == 7


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (3, 2, 1)])
def test_photos_of_a_set_and_single_ones_get_one_question_in_any_order(
    order: tuple[int, ...],
) -> None:
    one = office()
    said = []
    for index in order:
        said.append(one.photo(index, 3))
        one.wait(seconds=-55)
    said.append(one.photo())
    assert [("มาตรการใด" in each) for each in said] == [index == 3 for index in order] + [False]
    assert "".join(said) == said[order.index(3)], "and nothing else is said"
    one.say(f"ม3 80% {OUTPUT}")
    assert len(one.reports[0].links) == 4


def test_an_older_photo_that_comes_late_joins_too() -> None:
    one = office()
    one.photo()
    assert soon(one, seconds=-30) == ""
    one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].links == (link(1), link(2))


def test_after_something_else_the_next_photo_is_asked_about_again() -> None:
    one = office()
    one.photo()
    one.wait(seconds=-55)
    one.say("งานค้าง")
    assert "เป็นหลักฐานของมาตรการใด" in soon(one)
    one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].links == (link(1), link(2))


def test_once_all_that_waited_was_taken_back_the_next_one_is_asked_about() -> None:
    one = office()
    one.photo()
    one.unsend("photo1")
    assert "เป็นหลักฐานของมาตรการใด" in soon(one)


def test_more_photos_than_a_report_has_room_for_are_said_and_not_kept() -> None:
    one = office()
    one.photo()
    for _ in range(9):
        soon(one)
    for seconds in (10, 70):
        said = soon(one, seconds=seconds)
        assert "10 รายการ" in said
        assert "เพิ่มแล้ว" not in said
        assert one.changes() == ()
    one.say(f"ม3 80% {OUTPUT}")
    assert len(one.reports[0].links) == 10


def test_a_set_of_more_photos_than_that_is_asked_about_all_the_same() -> None:
    one = office()
    said = [one.photo(index, 12) for index in range(1, 13)]
    assert "".join(said[:-1]) == ""
    assert "10 รายการ" in said[-1]
    assert "เป็นหลักฐานของมาตรการใด" in said[-1]


def test_photos_before_the_words() -> None:
    one = office()
    one.photo(1, 2)
    shown = one.photo(2, 2)
    assert "เป็นหลักฐานของมาตรการใด" in shown
    assert [each["measure"] for each in one.actions if "measure" in each] == [1, 3, 5]
    assert "มาตรการอื่น" in one.labels
    one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].links == (link(1), link(2))
    assert one.stands() is None


def test_photos_wait_while_something_else_is_asked() -> None:
    one = office()
    one.photo()
    one.say("งานค้าง")
    one.say("ม3 ประชุมแล้ว")
    assert not one.made, "it was asked how far it is"
    one.say("รายงานผล 3 50% ประชุมแล้ว")
    assert one.reports[0].links == (link(1),)


def test_photos_of_yesterday_do_not_slip_into_a_report() -> None:
    one = office()
    one.photo()
    one.wait(days=1)
    one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].links == ()


def test_of_two_measures_in_a_message_it_is_not_guessed_whose_photo_it_is() -> None:
    one = office()
    one.photo()
    one.say("ม3 80% ม5 50%")
    assert [report.links for report in one.reports] == [(), ()]
    assert one.stands() is not None


def test_a_measure_is_pressed_for_the_photo() -> None:
    one = office()
    one.photo()
    (wanted,) = [each for each in one.actions if each.get("measure") == 3]
    assert "ทำถึงไหนแล้ว" in one.do(wanted)
    assert "1 รายการ" in one.press("ส่งแค่หลักฐาน")
    one.press("ยืนยัน")
    (report,) = one.reports
    assert (report.links, report.output) == ((link(1),), "")
    assert one.measure(3).evidence == (link(1),)


def test_evidence_alone_leaves_what_waits_waiting() -> None:
    one = office()
    one.say(f"ม3 80% {OUTPUT}")
    one.wait(hours=1)
    one.photo()
    one.press("มาตรการอื่น")
    one.do(one.data_of_measure(3))
    one.go("ส่งแค่หลักฐาน", "ยืนยัน")
    assert (one.measure(3).status, one.measure(3).percent) == (Status.IN_PROGRESS, 80)


def test_a_photo_soon_after_a_report_is_its_evidence() -> None:
    one = office()
    one.say(f"ม3 80% {OUTPUT}")
    assert one.photo(1, 2) == ""
    assert "แนบหลักฐานกับรายงานแล้ว" in one.photo(2, 2)
    assert one.changes() == (KeepEvidence("photo2", "image", ""), AttachEvidence(1, (link(2),)))
    (report,) = one.reports
    assert report.links == (link(1), link(2))
    one.wait(minutes=11)
    assert "เป็นหลักฐานของมาตรการใด" in one.photo()


def test_the_last_thing_missing_comes_as_a_photo() -> None:
    one = office()
    one.do({"do": "reporting", "go": "on", "measure": 3})
    one.go("ดำเนินการแล้วเสร็จ", OUTPUT, "พนักงานเข้าใจนโยบายตรงกัน", "ข้าม", "ข้าม", "วันนี้", "ข้าม")
    one.press("ยืนยัน")
    assert one.measure(3).status is Status.IN_PROGRESS
    one.photo()
    assert one.labels == ["ส่งตรวจรับ"]
    one.go("ส่งตรวจรับ", "ยืนยัน")
    assert one.measure(3).status is Status.AWAITING_ACCEPTANCE


def test_links_alone_soon_after_a_report_are_its_evidence() -> None:
    one = office()
    one.say(f"ม3 80% {OUTPUT}")
    assert "แนบหลักฐาน" in one.say("https://example.go.th/a https://example.go.th/b")
    assert one.reports[0].links == ("https://example.go.th/a", "https://example.go.th/b")
    one.wait(minutes=11)
    assert "แนบหลักฐาน" not in one.say("https://example.go.th/c")


def test_a_photo_for_an_unfinished_report_that_was_left() -> None:
    one = on(3)
    one.go("80%", OUTPUT)
    one.say("งานค้าง")
    assert "เป็นหลักฐานของมาตรการใด" in one.photo()
    assert "ยังไม่ได้ยืนยัน" in one.say("รายงานผล"), "it is still kept"
    assert "เกิดผลอะไร" in one.press("ทำต่อ")


def test_photos_sent_meanwhile_come_along_when_it_is_gone_on_with() -> None:
    for way_back in ("ทำต่อ", "measure"):
        one = on(3)
        one.go("80%", OUTPUT)
        one.say("งานค้าง")
        one.photo()
        if way_back == "measure":
            (wanted,) = [each for each in one.actions if each.get("measure") == 3]
            one.do(wanted)
        else:
            one.say("รายงานผล")
            one.press(way_back)
        draft = draft_in(one.step)
        assert draft is not None
        assert (draft.links, draft.words) == ((link(1),), {"output": OUTPUT})


def test_files_are_evidence_and_other_things_are_not() -> None:
    one = office()
    assert "เป็นหลักฐานของมาตรการใด" in one.photo(kind="file")
    for kind in ("video", "audio", "sticker", "location"):
        assert "ยังไม่ได้เก็บไว้" in one.photo(kind=kind)
        assert one.changes() == ()


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_who_sends_a_video_is_told_what_to_send_instead(kind: str) -> None:
    one = office()
    said = one.photo(kind=kind)
    assert all(word in said for word in ("วิดีโอ", "รูปถ่าย", "PDF", "ลิงก์"))


def test_a_citizens_photo_is_answered_as_ever() -> None:
    sent = Event("message", NOW, message_kind="image", message_id="photo1")
    outcome = answer(sent, CITIZEN, DeskDouble(), NOW)
    assert not any(isinstance(each, KeepEvidence) for each in outcome.changes)
    assert outcome.replies


# --- Taken back


def test_a_photo_that_is_taken_back_is_gone_from_what_waits_and_from_the_draft() -> None:
    one = office()
    one.photo()
    one.photo()
    one.unsend("photo1")
    one.say(f"ม3 80% {OUTPUT}")
    assert one.reports[0].links == (link(2),)
    one = on(3)
    one.photo()
    one.unsend("photo1")
    draft = draft_in(one.step)
    assert draft is not None
    assert draft.links == ()


@pytest.mark.parametrize("left", [False, True])
def test_words_that_are_taken_back_are_gone_from_the_draft(left: bool) -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    one.say(OUTPUT)
    draft = draft_in(one.step)
    assert draft is not None
    if left:
        one.say("งานค้าง")
    one.unsend(draft.messages["output"])
    draft = draft_in(one.step)
    assert draft is not None
    assert (draft.words, draft.messages) == ({}, {})


def test_words_that_are_taken_back_are_gone_from_a_draft_that_waits_behind_another() -> None:
    twice = measure(7, "ติดตามผล", period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568))
    one = office(*MEASURES, twice)
    one.do({"do": "reporting", "go": "on", "measure": 3})
    one.press("อยู่ระหว่างดำเนินการ")
    one.say(OUTPUT)
    draft = draft_in(one.step)
    assert draft is not None
    one.say("รายงานผล 7 80% ติดตามแล้ว")
    assert OUTPUT in str(one.step)
    one.unsend(draft.messages["output"])
    assert OUTPUT not in str(one.step)
    assert "ติดตามแล้ว" in str(one.step)


def test_the_report_names_the_messages_that_it_was_written_in() -> None:
    one = on(3)
    one.press("อยู่ระหว่างดำเนินการ")
    one.say(OUTPUT)
    draft = draft_in(one.step)
    assert draft is not None
    one.go("พนักงานเข้าใจนโยบายตรงกัน", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ยืนยัน")
    (change,) = one.changes()
    assert isinstance(change, ReportProgress)
    assert change.messages[0] == draft.messages["output"]
    assert len(change.messages) == 2
