"""แจ้งเหตุ/ร้องทุกข์: from anything to a number, every answer, every way to leave."""

import json
from dataclasses import replace
from datetime import date

import pytest

from handlers.desk import Event
from handlers.router import answer
from handlers.topics.complaints.draft import Draft, draft_in
from handlers.topics.complaints.place import named
from handlers.topics.complaints.which_door import may_accuse, title_of
from ita.agency import Person
from ita.changes import ChooseNotices, DropUploads, FileCase, KeepUpload
from ita.complaints import (
    THAI_KIND,
    Case,
    CaseStatus,
    Kind,
    Notices,
    OwnCase,
    Part,
    Place,
    Similar,
    status_words,
)
from ita.complaints.doors import Danger
from tests.handlers.case_double import DOORS
from tests.handlers.desk_double import CITIZEN, CLERK, NOW, DeskDouble, buttons, readable
from tests.handlers.sendable import parts
from tests.handlers.teller import Teller, in_group, teller
from tests.ita.complaints.wordings import ACCUSE, EVERYDAY, MAY_ACCUSE

LAMP = "ไฟถนนดับหน้าศาลาทดสอบ"
WAY = ("หมู่ 1 บ้านตัวอย่าง", "ข้าม", "ส่ง")
"""Where, no evidence, send."""


def draft(one: Teller) -> Draft:
    found = draft_in(one.step, one.now)
    assert found is not None
    return found


def filed(one: Teller) -> FileCase:
    (case,) = one.all(FileCase)
    return case


# ── The way ─────────────────────────────────────────────────────────────────


def test_a_sentence_three_taps_and_a_number() -> None:
    one = teller()
    assert "อยู่ตรงไหน" in one.tell(LAMP)
    assert "มีรูป" in one.press("หมู่ 1 บ้านตัวอย่าง")
    assert LAMP in one.press("ข้าม")
    answered = one.press("ส่ง")
    assert one.taps == 3
    case = filed(one)
    assert (case.kind, case.parts[0].text, case.parts[0].message_id) == (
        Kind.GRIEVANCE, LAMP, "message1",
    )  # fmt: skip
    assert (case.place, case.title, case.join) == (Place("หมู่ 1 บ้านตัวอย่าง"), LAMP, None)
    assert case.notices is Notices.ANY_TIME
    assert case.number in answered
    assert one.step is None


def test_the_longest_usual_way_takes_six_taps() -> None:
    """The door's button, LINE's location (two), its camera (two, beside the shutter), ส่ง."""
    one = teller()
    one.taps += 1  # the rich menu's button writes แจ้งเหตุ
    assert "เกิดอะไรขึ้น" in one.say("แจ้งเหตุ")
    one.tell(LAMP)
    assert "ส่งตำแหน่ง" in one.offered
    one.send_place()
    assert "ถ่ายรูป" in one.offered
    one.taps += 1
    one.send("image")
    one.press("ต่อไป")
    one.press("ส่ง")
    assert one.taps == 6
    assert len(filed(one).uploads) == 1
    assert filed(one).place.latitude == 15.87


@pytest.mark.parametrize("words", ["ไฟดับ ม.2 มืดมาก", "ไฟดับบ้านทดสอบ", "ไฟดับ หมู่ที่ ๒"])
def test_a_place_that_was_told_is_not_asked_for(words: str) -> None:
    one = teller()
    assert "มีรูป" in one.tell(words)
    assert one.go("ข้าม", "ส่ง")
    assert one.taps == 2
    assert filed(one).place == Place("หมู่ 2 บ้านทดสอบ")


def test_everything_can_be_typed() -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.tell("ตรงข้ามร้านตัวอย่าง เสาไฟ 45/6")
    one.say("ข้าม")
    one.say("ส่งเลยครับ")
    assert filed(one).place == Place("ตรงข้ามร้านตัวอย่าง เสาไฟ 45/6")
    assert filed(one).parts[0].text == LAMP
    assert one.taps == 0


@pytest.mark.parametrize("kind", ["image", "file", "audio"])
def test_it_begins_with_what_was_sent(kind: str) -> None:
    one = teller()
    answered = one.send(kind, message_id="sent1", file_name="ตัวอย่าง.pdf")
    (kept,) = one.all(KeepUpload)
    assert (kept.message_id, kept.file_name, kept.upload.kind) == ("sent1", "ตัวอย่าง.pdf", kind)
    if kind == "audio":
        assert "อยู่ตรงไหน" in answered, "a voice tells what it is about"
    else:
        assert "เกิดอะไรขึ้น" in answered
        one.press("ตามที่ส่งไปแล้ว")
    assert "ตรวจดูก่อนส่ง" in one.press("หมู่ 2 บ้านทดสอบ"), "there is evidence already"
    one.press("ส่ง")
    title = "ส่งเป็นข้อความเสียง" if kind == "audio" else "ส่งเป็นรูปหรือไฟล์"
    assert (filed(one).parts, filed(one).title) == ((), title), "how it was sent"
    assert filed(one).uploads == (kept.upload,)


def test_it_begins_with_a_place() -> None:
    one = teller()
    assert "ได้รับตำแหน่งแล้ว" in one.send_place(Place("ศาลาทดสอบ", 15.1, 100.2))
    assert "มีรูป" in one.tell(LAMP)
    assert "ศาลาทดสอบ" in one.press("ข้าม")
    one.press("ส่ง")
    assert filed(one).place == Place("ศาลาทดสอบ", 15.1, 100.2)


def test_a_place_on_the_map_alone_is_shown_in_words() -> None:
    one = teller()
    one.tell(LAMP)
    one.send_place()
    assert "ตามตำแหน่งที่ส่งมา" in one.press("ข้าม")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("แจ้งเหตุ ไฟดับหน้าวัด", "ไฟดับหน้าวัด"),
        ("แจ้งเหตุไฟดับหน้าวัด", "ไฟดับหน้าวัด"),
        ("แจ้งเหตุ: =1+1 น้ำไม่ไหล", "=1+1 น้ำไม่ไหล"),
        ("ร้องทุกข์ น้ำไม่ไหล\nสองวันแล้ว", "น้ำไม่ไหล\nสองวันแล้ว"),
        ("report a problem: lamp out", "lamp out"),
        ("แจ้งเหตุ ต้นโกงกางล้มทับทรัพย์สินบนถนน", "ต้นโกงกางล้มทับทรัพย์สินบนถนน"),
        ("ม.3 ไฟดับ 2 วันแล้ว", "ม.3 ไฟดับ 2 วันแล้ว"),
    ],
)
def test_the_words_are_filed_as_they_were_typed(text: str, words: str) -> None:
    one = teller()
    one.say(text)
    one.go(*(("Skip", "Skip", "Send") if text.isascii() else ("ข้าม", "ข้าม", "ส่ง")))
    assert [part.text for part in filed(one).parts] == [words]


def test_the_card_speaks_the_words_of_the_rules() -> None:
    one = teller()
    one.tell(LAMP)
    answered = one.go(*WAY)
    assert THAI_KIND[Kind.GRIEVANCE] in answered
    assert status_words(Kind.GRIEVANCE, CaseStatus.RECEIVED) in answered
    assert "15 ม.ค. 2568" in answered, "the day in Bangkok"


@pytest.mark.parametrize("nothing", ["...", "🙏", "?"])
def test_nothing_is_no_matter(nothing: str) -> None:
    one = teller()
    one.say("แจ้งเหตุ")
    assert "เกิดอะไรขึ้น" in one.say(nothing)
    assert one.desk.cases.given == 0


def test_the_receipt_code_stands_in_the_card_and_nowhere_else() -> None:
    one = teller()
    one.tell(LAMP)
    one.go(*WAY)
    (card,) = one.said.replies
    code = filed(one).receipt
    shown = " ".join(code[at : at + 4] for at in range(0, 16, 4))
    assert shown in json.dumps(card["contents"], ensure_ascii=False)
    assert code not in json.dumps(card)
    assert shown not in card["altText"]
    assert not [
        part for part in parts([card]) if "data" in part and code in json.dumps(part["data"])
    ]
    assert filed(one).number in card["altText"]


def test_notices_are_silent_and_can_be_turned_off_at_once() -> None:
    one = teller()
    one.tell(LAMP)
    assert "แบบไม่มีเสียง" in one.go(*WAY)
    case = filed(one)
    of = {CITIZEN.ref: (_own(case.number),)}
    one.desk.cases.of = of
    one.press("ไม่รับแจ้งความคืบหน้า")
    assert one.changes() == (ChooseNotices("party", Notices.NONE),)


def test_whoever_files_too_much_is_served_all_the_same() -> None:
    one = teller(filing=frozenset({CITIZEN.ref}))
    one.tell(LAMP)
    assert "เจ้าหน้าที่จะดูก่อนส่งต่อ" in one.go(*WAY)
    assert filed(one).parts


def test_a_message_that_several_photos_came_in_is_answered_once() -> None:
    one = teller()
    one.tell(LAMP)
    one.press("หมู่ 1 บ้านตัวอย่าง")
    assert one.send("image", message_id="a", image_set=(1, 3)) == ""
    assert one.send("image", message_id="b", image_set=(2, 3)) == ""
    assert "ได้รับแล้ว" in one.send("image", message_id="c", image_set=(3, 3))
    assert len(draft(one).uploads) == len(one.all(KeepUpload)) == 3


def test_a_draft_holds_ten_things() -> None:
    one = teller()
    one.tell(LAMP)
    for number in range(11):
        said = one.send("image", message_id=f"photo{number}")
    assert "ครบจำนวนแล้ว" in said
    assert len(draft(one).uploads) == len(one.all(KeepUpload)) == 10


@pytest.mark.parametrize("kind", ["video", "sticker", "hologram"])
def test_what_cannot_be_kept_is_said(kind: str) -> None:
    one = teller()
    assert "ไม่ได้เก็บไว้" in one.send(kind)
    one.tell(LAMP)
    assert "ไม่ได้เก็บไว้" in one.send(kind)
    assert one.done == []
    assert draft(one).parts[0].text == LAMP


def test_what_turns_out_to_be_nothing_is_said_once_before_it_is_sent() -> None:
    one = at_review()
    one.send("file", message_id="film")
    one.desk.cases.lost = frozenset({"upload-film"})
    said = one.tell("ดับมาสามคืนแล้ว")
    assert "1 รายการเก็บไว้ไม่ได้" in said
    assert "1 ชิ้น" in said.split("เก็บไว้ไม่ได้")[1], "the photo is there"
    assert "เก็บไว้ไม่ได้" not in one.tell("เด็กเดินผ่านทุกวัน")
    one.press("ส่ง")
    assert [upload.id for upload in filed(one).uploads] == ["upload-photo"]


@pytest.mark.parametrize("words", ["ส่ง", "ส่งเลย", "ส่งเลยค่ะ", "ยืนยัน"])
def test_to_send_is_no_part_of_the_story(words: str) -> None:
    one = teller()
    one.tell(LAMP)
    one.press("หมู่ 1 บ้านตัวอย่าง")
    assert "ตรวจดูก่อนส่ง" in one.say(words)
    assert one.all(FileCase) == []
    one.press("ส่ง")
    assert [part.text for part in filed(one).parts] == [LAMP]


def test_words_beside_the_evidence_belong_to_the_story() -> None:
    one = teller()
    one.tell(LAMP)
    one.press("หมู่ 1 บ้านตัวอย่าง")
    assert "เพิ่มในเรื่องแล้ว" in one.tell("ดับมาสามคืนแล้ว")
    assert "ดับมาสามคืนแล้ว" in one.press("ข้าม")
    one.tell("เด็กเดินผ่านทุกวัน")
    one.press("ส่ง")
    assert [part.text for part in filed(one).parts][1:] == ["ดับมาสามคืนแล้ว", "เด็กเดินผ่านทุกวัน"]


# ── Corrections ─────────────────────────────────────────────────────────────


def at_review() -> Teller:
    one = teller()
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง")
    one.send("image", message_id="photo")
    one.press("ต่อไป")
    return one


def test_the_words_are_told_anew() -> None:
    one = at_review()
    one.go("แก้ไข", "เรื่อง")
    assert "น้ำไม่ไหลทั้งซอย" in one.tell("น้ำไม่ไหลทั้งซอย")
    one.press("ส่ง")
    assert [part.text for part in filed(one).parts] == ["น้ำไม่ไหลทั้งซอย"]
    assert filed(one).title == "น้ำไม่ไหลทั้งซอย"


@pytest.mark.parametrize(
    ("answer_", "place"),
    [
        ("หมู่ 2 บ้านทดสอบ", Place("หมู่ 2 บ้านทดสอบ")),
        ("ไม่ระบุสถานที่", Place()),
        ("หน้าตลาด", Place("หน้าตลาด")),
    ],
)
def test_the_place_is_changed(answer_: str, place: Place) -> None:
    one = at_review()
    one.go("แก้ไข", "สถานที่", answer_)
    one.press("ส่ง")
    assert filed(one).place == place


def test_the_evidence_is_taken_out() -> None:
    one = at_review()
    one.go("แก้ไข", "หลักฐาน", "เอาหลักฐานออก")
    (dropped,) = one.all(DropUploads)
    assert dropped.ids == ("upload-photo",)
    one.press("ส่ง")
    assert filed(one).uploads == ()


@pytest.mark.parametrize(
    "back", [("แก้ไข", "ย้อนกลับ"), ("แก้ไข", "เรื่อง", "ย้อนกลับ"), ("แก้ไข", "หลักฐาน", "ย้อนกลับ")]
)
def test_nothing_is_lost_on_the_way_back(back: tuple[str, ...]) -> None:
    one = at_review()
    before = draft(one)
    assert "ตรวจดูก่อนส่ง" in one.go(*back)
    assert draft(one) == before


def test_a_button_of_an_old_look_sends_nothing_new() -> None:
    one = at_review()
    old = next(action for action in one.actions if action["go"] == "send")
    one.tell("มีหลุมลึกด้วย")
    assert "ตรวจดูอีกครั้ง" in one.do(old)
    assert one.all(FileCase) == []
    one.press("ส่ง")
    assert len(filed(one).parts) == 2


def test_a_button_of_another_question_shows_the_one_at_hand() -> None:
    one = teller()
    one.tell(LAMP)
    old = next(action for action in one.actions if action["go"] == "place")
    one.press("ข้าม")
    assert "ตอนนี้อยู่ที่คำถามนี้" in one.do(old)
    assert draft(one).place == Place()


# ── Leaving ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("at", range(4))
def test_it_is_given_up_at_every_question(at: int) -> None:
    one = teller()
    one.send("image", message_id="photo")
    one.go(*("ไฟดับหน้าศาลาทดสอบ", "หมู่ 1 บ้านตัวอย่าง", "แก้ไข")[:at])
    said = one.say("ยกเลิก") if at == 3 else one.press("ยกเลิก")
    assert "ไม่มีเรื่องใดถูกส่ง" in said
    assert one.all(DropUploads) == [DropUploads(("upload-photo",))]
    assert one.step is None
    assert one.all(FileCase) == []


def test_a_button_of_what_was_sent_or_given_up_says_so() -> None:
    one = at_review()
    send = next(action for action in one.actions if action["go"] == "send")
    one.press("ส่ง")
    assert "ส่งหรือยกเลิกไปแล้ว" in one.do(send)
    assert len(one.all(FileCase)) == 1


@pytest.mark.parametrize("command", ["คะแนน", "ช่วยเหลือ", "สวัสดี", "ถึงไหนแล้ว", "สถิติ"])
def test_another_command_leaves_it_and_it_is_offered_again(command: str) -> None:
    one = teller()
    one.tell(LAMP)
    one.say(command)
    assert "ทำต่อจากเรื่องที่เล่าค้างไว้" in one.say("แจ้งเหตุ")
    one.go(*WAY)
    assert filed(one).parts[0].text == LAMP


def test_another_matter_beside_it_and_back() -> None:
    one = teller()
    one.tell(LAMP)
    assert "ยังมีเรื่องที่เล่าค้างไว้" in one.tell("แจ้งเหตุ น้ำไม่ไหลทั้งซอย")
    assert draft(one).story == "น้ำไม่ไหลทั้งซอย"
    one.press("ทำต่อเรื่องเดิม")
    assert draft(one).story == LAMP
    one.go(*WAY)
    one.say("แจ้งเหตุ")
    assert draft(one).story == "น้ำไม่ไหลทั้งซอย"
    one.go(*WAY)
    assert [case.parts[0].text for case in one.all(FileCase)] == [LAMP, "น้ำไม่ไหลทั้งซอย"]


def test_what_was_left_is_dropped_on_request() -> None:
    one = teller()
    one.send("image", message_id="old")
    one.tell(LAMP)
    one.tell("แจ้งเหตุ น้ำไม่ไหลทั้งซอย")
    assert "ลบเรื่องที่ค้างไว้แล้ว" in one.press("ลบเรื่องที่ค้าง")
    assert one.all(DropUploads) == [DropUploads(("upload-old",))]
    assert draft(one).story == "น้ำไม่ไหลทั้งซอย"
    one.go(*WAY)
    assert one.step is None


def test_a_draft_lasts_a_day() -> None:
    one = teller()
    one.tell(LAMP)
    one.say("คะแนน")
    one.wait(hours=23)
    assert "ทำต่อจากเรื่องที่เล่าค้างไว้" in one.say("แจ้งเหตุ")
    one.wait(hours=1)
    assert "ตรวจดู" not in one.say("หมู่ 1 บ้านตัวอย่าง")
    assert "เกิดอะไรขึ้น" in one.say("แจ้งเหตุ")
    assert LAMP not in json.dumps(one.step, ensure_ascii=False)


def test_two_cases_of_the_two_doors_wait_for_each_other() -> None:
    """Each is sent once, whichever is left in the middle of the other."""
    one = teller()
    one.tell(LAMP)
    one.say("ร้องเรียนทุจริต")
    one.tell("คำบอกเล่าทดสอบ")
    assert draft(one).do == "protected"
    kind = next(action for action in one.actions if action.get("go") == "kind")
    one.say("แจ้งเหตุ")
    assert (draft(one).do, draft(one).story) == ("grievance", LAMP)
    one.do(kind)
    assert draft(one).do == "protected"
    one.say("แจ้งเหตุ")
    one.go(*WAY)
    assert filed(one).kind is Kind.GRIEVANCE
    assert filed(one).parts[0].text == LAMP


def test_two_drafts_wait_while_something_else_is_asked() -> None:
    one = teller()
    one.tell(LAMP)
    one.say("ร้องเรียนทุจริต")
    one.tell("คำบอกเล่าทดสอบ")
    one.say("คะแนน")
    one.say("ร้องเรียนทุจริต")
    assert (draft(one).do, draft(one).story) == ("protected", "คำบอกเล่าทดสอบ")
    one.say("แจ้งเหตุ")
    one.go(*WAY)
    assert filed(one).parts[0].text == LAMP
    one.say("ร้องเรียนทุจริต")
    assert draft(one).story == "คำบอกเล่าทดสอบ"


def test_what_was_sent_from_behind_is_gone_and_the_other_stays() -> None:
    """A card of the protected door still stands in the chat while a lamp is being told of."""
    behind = Draft(
        "protected", NOW, "review", Kind.CONDUCT, parts=(Part("คำบอกเล่าทดสอบ", "m1"),)
    )  # fmt: skip
    one = teller()
    one.step = {"do": "case_left", "waiting": [behind.step()]}
    one.say("ร้องเรียนทุจริต")
    send = next(action for action in one.actions if action.get("go") == "send")
    one.say("คะแนน")
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.do(send)
    assert [case.kind for case in one.all(FileCase)] == [Kind.CONDUCT]
    one.say("แจ้งเหตุ")
    assert draft(one).story == LAMP
    assert "คำบอกเล่าทดสอบ" not in json.dumps(one.step, ensure_ascii=False)


def test_all_buttons_fit_below_the_chat() -> None:
    places = tuple(f"หมู่ {number} บ้านทดสอบที่ {number}" for number in range(1, 21))
    one = teller(doors=replace(DOORS, places=places))
    one.tell(LAMP)
    one.tell("แจ้งเหตุ น้ำไม่ไหลทั้งซอย")
    assert one.offered[:3] == ["ทำต่อเรื่องเดิม", "ลบเรื่องที่ค้าง", "ส่งตำแหน่ง"]
    assert one.offered[-2:] == ["ข้าม", "ยกเลิก"]
    assert len(one.offered) == 13
    one.say("หมู่ 20 บ้านทดสอบที่ 20")
    assert draft(one).place == Place("หมู่ 20 บ้านทดสอบที่ 20"), "those without a button are typed"


# ── Unsent ──────────────────────────────────────────────────────────────────


def test_what_was_unsent_leaves_the_draft() -> None:
    one = teller()
    one.tell(LAMP)
    one.tell("หน้าบ้านทดสอบหลังที่สาม")
    one.send("image", message_id="photo")
    for message_id in ("message1", "message2", "photo"):
        one.unsend(message_id)
    assert (draft(one).parts, draft(one).place, draft(one).uploads) == ((), Place(), ())
    assert "เกิดอะไรขึ้น" in one.go("ต่อไป", "ส่ง"), "nothing is sent of which nothing is told"
    assert one.all(FileCase) == []


def test_it_leaves_the_draft_that_waits_too() -> None:
    one = teller()
    one.tell(LAMP)
    one.say("คะแนน")
    one.unsend("message1")
    assert LAMP not in json.dumps(one.step, ensure_ascii=False)
    assert "เกิดอะไรขึ้น" in one.say("แจ้งเหตุ")


# ── The other door ──────────────────────────────────────────────────────────

ACCUSES = "ช่างไฟเรียกเงินใต้โต๊ะก่อนซ่อม"


@pytest.mark.parametrize("at", range(4))
def test_an_accusation_is_filed_at_no_question(at: int) -> None:
    one = teller()
    one.say("แจ้งเหตุ")
    one.go(*(LAMP, "หมู่ 1 บ้านตัวอย่าง", "ข้าม")[:at])
    said = one.tell(ACCUSES)
    assert "ช่องทางเฉพาะ" in said
    assert "ส่ง" not in one.labels
    one.say("ส่ง")
    assert one.all(FileCase) == []
    one.press("ร้องเรียนเจ้าหน้าที่/ทุจริต") if "ร้องเรียนเจ้าหน้าที่/ทุจริต" in one.labels else None
    kept = draft(one)
    assert kept.do == "protected"
    assert ACCUSES in kept.story
    assert "waiting" not in (one.step or {}), "it does not stay behind in this door"


@pytest.mark.parametrize(
    "text",
    [
        "แจ้งเหตุ มีการทุจริตในโครงการ",
        "แจ้งเหตุ เจ้าหน้าที่รับสินบน",
        "แจ้งเหตุ ถูกโกง",
        "แจ้งเหตุ มีคนเรียกรับเงินค่าเซ็น",
        "แจ้งเหตุ เรียกเงินก่อนออกใบอนุญาต",
        "แจ้งเหตุ ปลัดด่าชาวบ้าน",
        "ร้องเรียน เรื่องทุจริต",
        "report a problem: an officer wants a bribe",
    ],
)
def test_what_sounds_like_corruption_is_not_filed_here(text: str) -> None:
    one = teller()
    one.tell(text)
    assert not {"ส่ง", "ข้าม", "Send", "Skip"} & set(one.labels)
    one.say("ส่ง")
    assert one.done == []
    assert one.desk.cases.given == 0


@pytest.mark.parametrize(
    "text",
    [
        "เจ้าหน้าที่ไถเงินแม่ค้าในตลาด คนละ 200",
        "มีคนมาเก็บค่าคุ้มครองที่ตลาด",
        "ปลัดขอเปอร์เซ็นต์ผู้รับเหมา",
        "แม่ค้าโดนไถเงิน",
        "ขโมยน้ำมันหลวง",
        "ต้องให้ห้าร้อยถึงจะเซ็นให้",
        "เขาเวียนเทียนงบกัน",
        "กำนันเก็บเงินบ้านละร้อย",
        "the officer asked for 500 baht",
    ],
)
@pytest.mark.parametrize("door", ["แจ้งเหตุ ", "report a problem ", ""])
def test_money_and_an_office_are_asked_about_and_never_entitle_a_case(text: str, door: str) -> None:
    one = teller()
    one.tell(door + text)
    at_the_fork = "other" in [each.get("go") for each in one.actions]
    assert at_the_fork or draft(one).do == "protected"
    for way in ("แจ้งเหตุ/ร้องทุกข์", "หมู่ 1 บ้านตัวอย่าง", "ข้าม", "ส่ง"):
        if way in one.labels:
            one.press(way)
    assert not any(case.title for case in one.all(FileCase))


def test_what_may_accuse_is_filed_here_once_its_teller_says_so_but_gives_no_title() -> None:
    one = teller()
    one.tell("แจ้งเหตุ ช่างขอเงินค่าหลอดไฟถนน")
    assert "แบบใด" in readable(one.said)
    one.go("แจ้งเหตุ/ร้องทุกข์", *WAY)
    assert filed(one).title == ""


@pytest.mark.parametrize(
    "words", ["ส่งเลยจ้ะ", "ส่งได้เลย", "ตกลง", "โอเคจ้า", "ส่งได้เลยจ๊ะ", "ได้เลยค่ะ", "ยืนยันครับผม"]
)
def test_a_nod_at_the_last_look_sends_it(words: str) -> None:
    one = teller()
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง")
    one.say("ไม่มีจ้ะ")
    one.say(words)
    assert [part.text for part in filed(one).parts] == [LAMP]


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize(
    "words", ["ยกเลิกจ้ะ", "ไม่เอาแล้ว", "อยากถอนเรื่อง", "ไม่ส่งแล้วค่ะ", "ขอยกเลิกก่อนนะ"]
)
def test_giving_up_is_understood_at_every_question(at: int, words: str) -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.go(*("หมู่ 1 บ้านตัวอย่าง", "ข้าม", "แก้ไข")[:at])
    assert "ยกเลิกแล้ว" in one.say(words)
    assert one.step is None


def test_thanks_are_no_part_of_the_story() -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {LAMP}")
    for way in ("หมู่ 1 บ้านตัวอย่าง", "ข้าม", "ส่ง"):
        one.say("ขอบคุณจ้ะ")
        assert draft(one).story == LAMP
        one.press(way)
    assert filed(one).place == Place("หมู่ 1 บ้านตัวอย่าง")


def test_an_office_and_then_the_money_is_asked_about() -> None:
    one = teller()
    one.tell("แจ้งเหตุ กำนันมาที่ตลาด")
    one.go("หมู่ 1 บ้านตัวอย่าง")
    assert "แบบใด" in one.tell("เก็บคนละ 200 บาท")


def test_not_to_send_a_photo_gives_nothing_up() -> None:
    one = teller()
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง")
    assert "ตรวจดูก่อนส่ง" in one.say("ไม่ส่งค่ะ")
    assert "แก้ไขส่วนใด" in one.say("ยังไม่ส่งค่ะ")


@pytest.mark.parametrize("words", ["ยกเลิกที่จอดรถหน้าวัด", "เลิกเรียนแล้วถนนมืด", "ไม่ส่งน้ำมาเลย"])
def test_words_that_only_begin_like_giving_up_are_told(words: str) -> None:
    one = teller()
    one.say("แจ้งเหตุ")
    one.tell(words)
    assert draft(one).story == words


def test_who_wants_to_withdraw_what_was_sent_is_led_to_it() -> None:
    one = teller()
    assert "ยังไม่มีเรื่องที่แจ้ง" in one.say("อยากถอนเรื่อง")


def test_thanks_before_it_is_sent_say_that_it_is_not() -> None:
    one = teller()
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง", "ข้าม")
    assert "ยังไม่ได้ส่ง" in one.say("ขอบคุณมากจ้ะ")
    assert one.done == []


def test_to_who_is_not_understood_the_other_door_is_named() -> None:
    one = teller()
    assert "ร้องเรียนเจ้าหน้าที่" in one.say("กขคง")
    assert [each["action"]["text"] for each in one.said.replies[-1]["quickReply"]["items"]] == [
        "แจ้งเหตุ", "ร้องเรียนทุจริต", "ติดตาม", "คะแนน", "ช่วยเหลือ",
    ]  # fmt: skip


def test_with_the_words_goes_what_was_shown() -> None:
    one = teller()
    one.send("image", message_id="photo")
    one.tell(ACCUSES)
    one.press("ร้องเรียนเจ้าหน้าที่/ทุจริต")
    assert [part.message_id for part in draft(one).parts] == ["message2"]
    assert [upload.id for upload in draft(one).uploads] == ["upload-photo"]


def test_an_accusation_is_written_anew() -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.tell(ACCUSES)
    assert "อยู่ตรงไหน" in one.press("พิมพ์ใหม่")
    assert draft(one).story == LAMP
    one.go(*WAY)
    assert [part.text for part in filed(one).parts] == [LAMP]


def test_a_story_is_read_to_its_end() -> None:
    one = teller()
    assert "ช่องทางเฉพาะ" in one.tell("แจ้งเหตุ " + "ถนนเป็นหลุม " * 60 + "แล้วมีคนรับสินบน")
    assert one.all(FileCase) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [("ร้องเรียน", ""), ("ร้องเรียน น้ำไม่ไหล", "น้ำไม่ไหล"), ("อยากร้องเรียนค่ะ", "")],
)
def test_a_complaint_is_asked_which_kind_it_is(text: str, kept: str) -> None:
    one = teller()
    assert "แบบใด" in one.say(text)
    assert one.labels == ["แจ้งเหตุ/ร้องทุกข์", "ร้องเรียนเจ้าหน้าที่/ทุจริต", "ยกเลิก"]
    assert draft(one).story == kept
    assert one.done == []


@pytest.mark.parametrize("way", ["แจ้งเหตุ/ร้องทุกข์", "แจ้งเหตุ"])
def test_at_the_fork_the_everyday_door_is_pressed_or_typed(way: str) -> None:
    one = teller()
    one.tell("ร้องเรียน น้ำไม่ไหล")
    assert "อยู่ตรงไหน" in one.go(way)
    assert draft(one).story == "น้ำไม่ไหล"


@pytest.mark.parametrize("way", ["ร้องเรียนเจ้าหน้าที่/ทุจริต", "ร้องเรียนทุจริต"])
def test_at_the_fork_the_other_door_is_pressed_or_typed(way: str) -> None:
    one = teller()
    one.tell("ร้องเรียน น้ำไม่ไหล")
    one.go(way)
    assert (draft(one).do, draft(one).story) == ("protected", "น้ำไม่ไหล")


def test_at_the_fork_plain_words_decide_and_unclear_ones_are_asked_about_again() -> None:
    one = teller()
    one.say("ร้องเรียน")
    assert "แบบใด" in one.tell("เรื่องเมื่อวาน")
    assert "อยู่ตรงไหน" in one.tell(LAMP)
    assert draft(one).story == f"เรื่องเมื่อวาน\n{LAMP}"


@pytest.mark.parametrize("text", ["แจ้งเหตุ ต้นโกงกางล้มทับทรัพย์สินบนถนน", "ฝนตกน้ำขังทั้งถนน"])
def test_everyday_words_are_no_accusation(text: str) -> None:
    assert "อยู่ตรงไหน" in teller().tell(text)


# ── Danger ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("สายไฟขาดห้อยลงมา", "1129"),
        ("ช่วยด้วย ไฟไหม้", "199"),
        ("แจ้งเหตุ ไฟ ไหม้ บ้าน", "199"),
        ("มีคนจมน้ำ", "1669"),
        ("มีคนจะฆ่ากัน", "191"),
        ("ร้องเรียน น้ำป่ามาแล้ว", "1784"),
    ],
)
def test_whom_to_call_comes_first_and_the_filing_goes_on(text: str, phone: str) -> None:
    one = teller()
    one.tell(text)
    first, *_, last = one.said.replies
    assert phone in first["text"]
    assert len(one.said.replies) > 1
    assert last["quickReply"]
    assert draft(one).parts


def test_whom_to_call_comes_first_at_any_question() -> None:
    one = teller()
    one.tell(LAMP)
    one.press("หมู่ 1 บ้านตัวอย่าง")
    one.tell("ตอนนี้สายไฟขาดแล้ว")
    assert "1129" in one.said.replies[0]["text"]
    assert "มีรูป" in one.said.replies[1]["text"]


def test_the_agencys_own_words_of_danger_count() -> None:
    doors = replace(DOORS, dangers=(Danger(("ช้างป่า",), "หน่วยทดสอบ", "1362"),))
    one = teller(doors=doors)
    one.say("เห็นช้างป่าเดินมา")
    assert "1362" in one.said.replies[0]["text"]
    assert "1129" not in teller(doors=doors).say("สายไฟขาด")


def test_staff_who_report_on_fire_drills_are_not_told_to_call() -> None:
    one = Teller(person=CLERK)
    assert "199" not in one.say("รายงานผล 3 80% อบรมดับเพลิงไฟไหม้แล้ว")
    assert "199" in one.tell("แจ้งเหตุ ไฟไหม้หญ้าหน้าอาคาร")


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("สายไฟฟ้าแรงสูงขาด", "1129"),
        ("ไฟกำลังใหม้บ้านคน", "199"),
        ("ขอรถดับเพลิง", "199"),
        ("รถคว่ำ", "1669"),
        ("electric wire down", "1129"),
        ("there is a fire", "199"),
    ],
)
@pytest.mark.parametrize("door", ["", "แจ้งเหตุ "])
def test_danger_in_other_words_has_its_number_and_begins_a_case(
    text: str, phone: str, door: str
) -> None:
    one = teller()
    one.tell(door + text)
    assert phone in one.said.replies[0]["text"]
    assert draft(one).parts


@pytest.mark.parametrize("text", ["อบรมดับเพลิงเมื่อไหร่", "ซ้อมหนีไฟ", "แจ้งเหตุ ไฟดับ", "แจ้งเหตุ หลอดไฟไหม้"])
def test_nobody_is_told_to_call_for_nothing(text: str) -> None:
    one = teller()
    one.say(text)
    assert "ก่อน" not in str(one.said.replies[0].get("text", ""))
    assert len([each for each in one.said.replies if "199" in str(each.get("text"))]) == 0


@pytest.mark.parametrize("person", [CITIZEN, CLERK])
@pytest.mark.parametrize(
    ("text", "phone"),
    [("แจ้งเหตุ ไฟไหม้บ้าน", "199"), ("แจ้งเหตุ สายไฟฟ้าขาด", "1129"), ("ร้องเรียน น้ำป่ามาแล้ว", "1784")],
)
def test_in_a_group_the_number_stands_before_the_invitation(
    person: Person, text: str, phone: str
) -> None:
    outcome = answer(in_group(text), person, DeskDouble(), NOW)
    first, invited = outcome.replies
    assert phone in first["text"]
    assert "แจ้งต่อที่นี่" not in first["text"]
    assert text.split()[1] not in readable(outcome)
    assert "ตัวต่อตัว" in str(invited)
    assert (outcome.changes, outcome.step) == ((), None)


def test_a_fire_told_to_the_account_in_a_group_has_its_number() -> None:
    outcome = answer(in_group("มีคนยิงกัน", mentioned=True), CITIZEN, DeskDouble(), NOW)
    assert "191" in outcome.replies[0]["text"]
    assert answer(in_group("ไฟไหม้บ้าน"), CITIZEN, DeskDouble(), NOW).replies == ()


def test_a_report_on_a_fire_drill_in_a_group_is_no_fire() -> None:
    text = "รายงานผล 3 80% อบรมผู้ประสบภัยไฟไหม้แล้ว"
    assert "199" not in readable(answer(in_group(text), CLERK, DeskDouble(), NOW))


# ── Alike ───────────────────────────────────────────────────────────────────

ALIKE = (
    Similar(71, "ไฟทางดับหน้าศาลา", date(2025, 1, 10)),
    Similar(72, "ไฟถนนดับทั้งซอย", date(2025, 1, 12)),
)


@pytest.mark.parametrize("way", ["เข้าร่วมเรื่อง 2", "2", "เรื่องที่ ๒"])
def test_an_open_case_is_joined(way: str) -> None:
    one = teller(like=ALIKE)
    one.tell(LAMP)
    said = one.go("หมู่ 1 บ้านตัวอย่าง", "ข้าม")
    assert "เป็นเรื่องเดียวกันหรือไม่" in said
    assert "เมตร" not in said, "how near it is would tell where somebody lives"
    assert "ไฟถนนดับทั้งซอย" in one.go(way)
    assert "เข้าร่วมเรื่องเดียวกันแล้ว" in one.press("ส่ง")
    assert filed(one).join == 72
    assert filed(one).number not in json.dumps(one.said.replies), "it has no number of its own"


@pytest.mark.parametrize("way", ["คนละเรื่อง", "ไม่ใช่ค่ะ"])
def test_or_it_is_another_one(way: str) -> None:
    one = teller(like=ALIKE)
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง", "ข้าม", way, "ส่ง")
    assert filed(one).join is None


def test_a_case_that_ended_meanwhile_is_not_joined() -> None:
    one = teller(like=ALIKE)
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง", "ข้าม", "เข้าร่วมเรื่อง 1")
    one.desk.cases.like = ()
    assert "รับเรื่องแล้ว" in one.press("ส่ง")
    assert filed(one).join is None


def test_a_forged_case_is_not_joined() -> None:
    one = teller(like=ALIKE)
    one.tell(LAMP)
    one.go("หมู่ 1 บ้านตัวอย่าง", "ข้าม")
    action = next(each for each in one.actions if each["go"] == "join")
    one.do({**action, "similar": 999})
    one.press("ส่ง")
    assert filed(one).join is None


# ── In the shared sheet ─────────────────────────────────────────────────────


@pytest.mark.parametrize("text", EVERYDAY)
def test_words_of_every_day_are_taken_in_unasked(text: str) -> None:
    assert not may_accuse(text, NOW.date())


@pytest.mark.parametrize("text", [*ACCUSE, *MAY_ACCUSE])
def test_no_accusation_goes_through_the_everyday_door_unasked(text: str) -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {text}")
    for way in (*WAY, "Skip", "Skip", "Send"):
        if way in one.labels:
            one.press(way)
    assert one.all(FileCase) == []
    assert title_of(text, NOW.date()) == ""


@pytest.mark.parametrize("text", ["ปลัดเดินผ่านถนนพังทุกวัน", "ช่างสมมติวางสายไว้ข้างทาง ถนนพัง"])
def test_whoever_stands_in_it_by_an_office_gives_it_no_title(text: str) -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {text}")
    one.go(*WAY)
    assert filed(one).title == ""


@pytest.mark.parametrize("text", ["เรียนนายก ถนนหน้าวัดเป็นหลุม", "ช่างยังไม่มาซ่อมไฟ"])
def test_whoever_is_asked_to_help_stands_in_the_title(text: str) -> None:
    one = teller()
    one.tell(f"แจ้งเหตุ {text}")
    one.go(*WAY)
    assert filed(one).title == text


# ── Who and where ───────────────────────────────────────────────────────────


def test_staff_file_too_and_their_photos_are_evidence_of_what_they_tell() -> None:
    one = Teller(person=CLERK)
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.press("หมู่ 1 บ้านตัวอย่าง")
    one.send("image", message_id="photo")
    assert [type(change) for change in one.done] == [KeepUpload]
    one.go("ต่อไป", "ส่ง")
    assert len(filed(one).uploads) == 1
    one.send("image", message_id="later")
    assert [change for change in one.all(KeepUpload) if change.message_id == "later"] == []


def test_a_report_that_waits_is_not_lost_over_it() -> None:
    one = Teller(person=CLERK)
    one.say("รายงานผล")
    one.do(next(action for action in one.actions if action.get("measure") == 3))
    one.say("กำลังทำ")
    one.tell(f"แจ้งเหตุ {LAMP}")
    one.go(*WAY)
    assert "มีรายงานที่ยังไม่ได้ยืนยัน" in one.say("รายงานผล")


@pytest.mark.parametrize("mentioned", [True, False])
@pytest.mark.parametrize(
    "text", [f"แจ้งเหตุ {LAMP}", "ร้องเรียน น้ำไม่ไหล", "ร้องเรียนทุจริต", "แจ้งเหตุ สินบน"]
)
def test_in_a_group_one_is_invited_and_nothing_is_kept(text: str, mentioned: bool) -> None:
    outcome = answer(in_group(text, mentioned=mentioned), CITIZEN, DeskDouble(), NOW)
    assert "ตัวต่อตัว" in readable(outcome)
    assert (outcome.changes, outcome.step) == ((), None)


def test_photos_and_places_of_a_group_are_left_alone() -> None:
    for kind in ("image", "location", "audio"):
        event = Event("message", NOW, "group", kind, message_id="x", place=Place("", 15.0, 100.0))
        outcome = answer(event, CITIZEN, DeskDouble(), NOW)
        assert (outcome.replies, outcome.changes) == ((), ())


def test_it_speaks_english_to_the_end() -> None:
    one = teller()
    assert "Where is it?" in one.tell("the street light is broken")
    one.go("หมู่ 1 บ้านตัวอย่าง", "Skip")
    assert "Received" in one.press("Send")
    assert "15 January 2025" in readable(one.said)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("เรื่องที่แจ้งไว้ถึงไหนแล้ว", "ติดตาม"),
        ("ปีนี้มีเรื่องร้องเรียนกี่เรื่อง", "สถิติเรื่องร้องเรียน"),
        ("อยากรู้คะแนน ITA ของที่นี่", "78.41"),
        ("ทำอะไรได้บ้าง", "ในแชตนี้ทำได้ดังนี้"),
        ("นายกเรียกเงินใต้โต๊ะ", "ยังไม่มีอะไรส่งถึงใคร"),
        ("เมื่อวานฝนตก", "ขอบคุณที่ทักมา"),
        ("เสร็จแล้ว ขอบคุณ", "ขอบคุณที่ทักมา"),
    ],
)
def test_free_words_lead_to_their_topics(text: str, answered: str) -> None:
    one = teller()
    assert answered in one.say(text)
    assert one.done == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("ไฟดับ ม.2", "หมู่ 2 บ้านทดสอบ"),
        ("ไฟดับ หมู่ที่ ๑", "หมู่ 1 บ้านตัวอย่าง"),
        ("ไฟดับหมู่บ้าน 1", "หมู่ 1 บ้านตัวอย่าง"),
        ("lamp out in moo 2", "หมู่ 2 บ้านทดสอบ"),
        ("ไฟดับหน้าบ้านทดสอบ", "หมู่ 2 บ้านทดสอบ"),
        ("ไฟดับ หมู่ 1 ถึงหมู่ 2", ""),
        ("ไฟดับ หมู่ 12", ""),
        ("ต้นส้ม 2 ต้นล้ม", ""),
        ("ดับตั้งแต่ 3 ทุ่ม 2 คืนแล้ว", ""),
    ],
)
def test_a_place_of_the_agencys_in_the_words(words: str, place: str) -> None:
    found = named(words, DOORS.places)
    assert (found.words if found else "") == place


def test_every_button_of_the_door_is_sealed() -> None:
    one = at_review()
    assert {action["do"] for action in one.actions} == {"grievance"}
    assert all("case" in action for action in one.actions)


def test_a_button_in_other_hands_opens_nothing() -> None:
    one = at_review()
    send = next(action for action in one.actions if action["go"] == "send")
    event = Event("postback", NOW, pressed=send)
    outcome = answer(event, Person("p-other"), DeskDouble(), NOW)
    assert outcome.changes == ()
    assert buttons(outcome) == []


def _own(number: str) -> OwnCase:
    case = Case(5, number, Kind.GRIEVANCE, CaseStatus.RECEIVED, date(2025, 1, 15))
    return OwnCase(case, "party")
