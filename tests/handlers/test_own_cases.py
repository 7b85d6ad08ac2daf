"""What a person does with a case of his own: follow, add, withdraw, confirm, be told, erase."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cards.own_case import standing
from handlers.desk import Event, Outcome, Person
from handlers.router import answer
from handlers.topics.complaints.following import case_number_in, is_receipt
from ita.changes import (
    AddToCase,
    ChooseNotices,
    ConfirmResolved,
    DropUploads,
    EraseIdentity,
    FileCase,
    KeepUpload,
    NoteWrongReceipt,
    SawCase,
    WithdrawCase,
)
from ita.clocks import DEFAULT_CLOCKS, Deadline
from ita.complaints import Case, CaseStatus, Kind, Notices, OwnCase, Place, Said, status_words
from ita.complaints import statuses as statuses_of
from ita.text import thai_digits
from tests.handlers.case_double import CaseDouble
from tests.handlers.desk_double import AGENCY, CITIZEN, NOW, DeskDouble, readable, text_event
from tests.handlers.desk_double import CLERK as STAFF
from tests.handlers.sendable import assert_sendable, parts
from tests.handlers.talk import Talk

CODE = "1234567812345678"
CANARY = "นกขมิ้นเหลืองอ่อนค่ำนี้จะนอนไหน"
ANSWER = "เจ้าหน้าที่จะไปดูในวันพรุ่งนี้"
LAMP = "ไฟถนนดับหน้าศาลาทดสอบ"
STORY = "มีการเรียกเงินในการอนุมัติงานตัวอย่าง"


def own(
    number: str = "AB2C-45DE",
    kind: Kind = Kind.GRIEVANCE,
    status: CaseStatus = CaseStatus.RECEIVED,
    **more: Any,
) -> OwnCase:
    named = ("withdrawal_on", "closed_on", "unit", "result")
    facts = {key: more.pop(key) for key in named if key in more}
    case = Case(7, number, kind, status, date(2025, 1, 10), **facts)
    said = (Said(date(2025, 1, 10), by_office=False, text=CANARY),
            Said(date(2025, 1, 12), by_office=True, text=ANSWER))  # fmt: skip
    told = {"first_words": CANARY, "place": Place("หน้าวัดตัวอย่าง"), "said": said, **more}
    return OwnCase(case, f"party-{number}", **told)


def talk(*mine: OwnCase, person: Person = CITIZEN, **double: Any) -> Talk:
    cases = CaseDouble(of={person.ref: mine}, **double)
    return Talk(person, DeskDouble(cases=cases))


def tap(one: Talk, verb: str, **facts: object) -> str:
    (action,) = [each for each in one.actions if {**each, "go": verb, **facts} == each]
    return one.do(action)


def verbs(one: Talk) -> list[str]:
    return [each["go"] for each in one.actions]


# ── following ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    ["ติดตาม", "ถึงไหนแล้ว", "เรื่องของฉัน", "ติดตามเรื่อง", "ถึงไหนแล้วครับ", "ติดตาม AB2C-45DE", "my case"],
)
@pytest.mark.parametrize("person", [CITIZEN, STAFF], ids=["citizen", "staff"])
def test_one_needs_no_code_on_the_same_account(text: str, person: Person) -> None:
    said = talk(own(), person=person).say(text)
    assert "AB2C-45DE" in said
    assert ("Received" if text == "my case" else "รับเรื่องแล้ว") in said
    assert ANSWER in said
    assert CANARY in said


@pytest.mark.parametrize("kind", Kind)
def test_every_status_in_the_words_of_its_kind(kind: Kind) -> None:
    for status in statuses_of(kind):
        one = talk(own(kind=kind, status=status))
        assert status_words(kind, status) in one.say("ติดตาม")


def test_both_languages_have_every_status_and_the_thai_one_speaks_as_the_sheet() -> None:
    for kind in Kind:
        for status in statuses_of(kind):
            of_case = own(kind=kind, status=status)
            assert standing("th", of_case) == status_words(kind, status)
            assert standing("en", of_case)


def test_what_could_not_be_kept_is_said() -> None:
    assert "2 รายการเก็บไว้ไม่ได้" in talk(own(lost=2)).say("ติดตาม")
    assert "เก็บไว้ไม่ได้" not in talk(own(evidence=2)).say("ติดตาม")


@pytest.mark.parametrize("kind", [Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION])
def test_a_protected_case_is_never_told_again(kind: Kind) -> None:
    one = talk(own(kind=kind))
    said = one.say("ติดตาม")
    assert CANARY not in said
    assert "หน้าวัดตัวอย่าง" not in said
    assert ANSWER in said


def test_several_cases_stand_side_by_side_and_each_can_be_seen() -> None:
    mine = [own(f"AB2C-{number:04}", kind=Kind.CONDUCT) for number in range(2222, 2227)]
    one = talk(*mine)
    said = one.say("ติดตาม")
    assert all(each.case.number in said for each in mine)
    assert ANSWER not in said
    assert ANSWER in tap(one, "look", party=mine[3].party)


def test_twenty_cases_are_all_reached_and_fit() -> None:
    due = Deadline(DEFAULT_CLOCKS[0], date(2025, 1, 10), date(2025, 1, 13), "", ())
    mine = [own(f"AB2C-{number:04}") for number in range(3000, 3020)]
    one = talk(*mine, due=due)
    said = one.say("ติดตาม")
    while "list" in verbs(one):
        said += tap(one, "list")
    assert [said.count(each.case.number) for each in mine] == [1] * 20


@pytest.mark.parametrize(
    ("ends", "words"),
    [(date(2025, 1, 20), "ภายใน 20 ม.ค. 2568"), (date(2025, 1, 14), "แต่ยังไม่เสร็จ")],
)
def test_what_the_office_has_to_do_next(ends: date, words: str) -> None:
    due = Deadline(DEFAULT_CLOCKS[0], date(2025, 1, 10), ends, "", ())
    assert words in talk(own(), due=due).say("ติดตาม")


def test_who_has_no_case_is_told_of_the_code() -> None:
    assert "16 หลัก" in talk().say("ติดตาม")
    assert "http" not in talk(web_address="").say("ติดตาม")


@pytest.mark.parametrize("text", ["ติดตาม", f"ติดตาม {CODE}", CODE, "ถึงไหนแล้ว"])
@pytest.mark.parametrize("chat", ["group", "room"])
@pytest.mark.parametrize("mentioned", [True, False])
def test_no_case_is_shown_in_a_group(text: str, chat: str, mentioned: bool) -> None:
    cases = CaseDouble(of={CITIZEN.ref: [own()]}, receipts={CODE: own()})
    event = text_event(text, chat=chat, mentioned=mentioned)
    outcome = answer(event, CITIZEN, DeskDouble(cases=cases), NOW)
    assert "AB2C" not in json.dumps(outcome.replies)
    assert (outcome.changes, outcome.step) == ((), None)


def test_cards_hold_the_limits_however_much_the_office_wrote() -> None:
    said = [Said(date(2025, 1, 12), by_office=True, text="ก้" * 2_500) for _ in range(40)]
    long = "ก้" * 2_500
    told = own(status=CaseStatus.RESOLVED, said=tuple(said), first_words=long)
    one = talk(replace(told, case=replace(told.case, unit=long, result=long)))
    one.say("ติดตาม")
    assert_sendable(one.said.replies)


# ── receipt codes ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [CODE, "1234 5678 1234 5678", "1234-5678-1234-5678", thai_digits("1234 5678 1234 5678"),
     f"ติดตาม {CODE}", "ติดตามรหัส 1234 5678 1234 5678", f"ติดตามเรื่อง:{CODE}"],
)  # fmt: skip
def test_a_receipt_code_opens_its_case_in_any_grouping(typed: str) -> None:
    one = talk(receipts={CODE: own(kind=Kind.CORRUPTION)})
    assert "AB2C-45DE" in one.say(typed)
    assert one.said.changes == ()
    assert CODE not in json.dumps(one.said.replies)


def test_wrong_unknown_and_too_many_get_the_same_answer() -> None:
    guessing = frozenset({CITIZEN.ref})
    outcomes = []
    table: list[tuple[str, dict[str, Any]]] = [
        ("8765 4321 8765 4321", {}),
        (CODE, {"guessing": guessing, "receipts": {CODE: own()}}),
        ("ติดตาม 12345678", {}),
        ("ติดตาม 1234 5678 1234 5678 9", {"receipts": {CODE: own()}}),
        ("ติดตาม ZZZZ-2222", {}),
    ]
    for typed, double in table:
        one = talk(**double)
        one.say(typed)
        outcomes.append(one.said)
    assert outcomes == outcomes[:1] * 5
    assert outcomes[0].changes == (NoteWrongReceipt(CITIZEN.ref),)


def test_a_number_of_somebody_elses_opens_nothing() -> None:
    cases = CaseDouble(of={"p-other": [own()]})
    one = Talk(CITIZEN, DeskDouble(cases=cases))
    assert "เปิดเรื่องไม่ได้" in one.say("ติดตาม AB2C-45DE")


def test_a_case_opened_by_its_code_can_be_added_to() -> None:
    one = talk(receipts={CODE: own(has_identity=False)})
    one.say(CODE)
    assert "notices" not in verbs(one)
    tap(one, "add")
    one.say("ยังมีอีก")
    (change,) = one.said.changes
    assert isinstance(change, AddToCase)
    assert change.party == "party-AB2C-45DE"


@given(st.text("0123456789๐๑๒๓ -.", max_size=40))
def test_only_sixteen_digits_are_a_code(text: str) -> None:
    digits = [char for char in text if char.isdigit()]
    if is_receipt(text):
        assert len(digits) == 16


@pytest.mark.parametrize("text", ["เรื่องไฟดับ", "that case", "ABCDE-FGHJ", "", "AAAA BBBB"])
def test_what_is_no_case_number(text: str) -> None:
    assert case_number_in(text) is None


# ── adding ──────────────────────────────────────────────────────────────────


def adding(one: Talk) -> None:
    one.say("ติดตาม")
    tap(one, "add")


def photo(one: Talk, kind: str = "image") -> str:
    return one._happens(Event("message", NOW, message_kind=kind, message_id="m1"))


def test_words_and_photos_go_into_the_case_until_done() -> None:
    one = talk(own())
    adding(one)
    one.say("ยังดับอยู่")
    (change,) = one.said.changes
    assert isinstance(change, AddToCase)
    assert [part.text for part in change.parts] == ["ยังดับอยู่"]
    photo(one)
    kept, added = one.said.changes
    assert isinstance(kept, KeepUpload)
    assert isinstance(added, AddToCase)
    assert added.uploads == (kept.upload,)
    assert "AB2C-45DE" in one.say("เสร็จ")
    assert (one.said.changes, one.step) == ((), None)


@pytest.mark.parametrize("kind", ["sticker", "video"])
def test_what_cannot_be_added_is_said_so(kind: str) -> None:
    one = talk(own())
    adding(one)
    assert "ยังรับไม่ได้" in photo(one, kind)
    assert one.said.changes == ()


def test_a_command_ends_the_adding() -> None:
    one = talk(own())
    adding(one)
    one.say("คะแนน")
    assert (one.said.changes, one.step) == ((), None)


@pytest.mark.parametrize("sent", [LAMP, "image"])
def test_after_an_hour_what_comes_is_about_something_else(sent: str) -> None:
    """As if nothing had been asked: it is heard, and nothing of it is lost."""
    one = talk(own())
    adding(one)
    image = Event("message", NOW, message_kind="image", message_id="m1")
    event = image if sent == "image" else text_event(sent)
    later = answer(event, CITIZEN, one.desk, NOW + timedelta(hours=2), one.step)
    assert not [change for change in later.changes if isinstance(change, AddToCase)]
    assert ("เกิดอะไรขึ้น" if sent == "image" else "อยู่ตรงไหน") in readable(later)
    assert (later.step or {})["do"] == "grievance"


def test_the_hour_is_not_over_before_it_is() -> None:
    one = talk(own())
    adding(one)
    soon = answer(text_event(LAMP), CITIZEN, one.desk, NOW + timedelta(minutes=59), one.step)
    assert [type(change) for change in soon.changes] == [AddToCase]


@pytest.mark.parametrize("sent", ["ยังดับอยู่", "image"])
def test_what_ended_meanwhile_is_said_so(sent: str) -> None:
    one = talk(own())
    adding(one)
    one.desk.cases.of = {CITIZEN.ref: [own(status=CaseStatus.CLOSED)]}
    assert "เรื่องนี้สิ้นสุดแล้ว" in (photo(one) if sent == "image" else one.say(sent))
    assert one.said.changes == ()


# ── adding what may be for the other door ───────────────────────────────────

ACCUSING = ("ปลัดเรียกเงิน 5000 ถึงจะซ่อมไฟ", "ช่างมาแล้วขอเงิน 500 บาท", "โดนเรียกใต้โต๊ะค่าเสาไฟ")


def asked_first(words: str = ACCUSING[1], **more: Any) -> Talk:
    """Somebody who is asked which door his words are for."""
    one = talk(own(**more))
    adding(one)
    one.say(words)
    return one


@pytest.mark.parametrize("words", ACCUSING)
def test_what_may_accuse_is_asked_about_before_it_is_in_a_grievance(words: str) -> None:
    one = asked_first(words)
    assert one.said.changes == ()
    assert "ร้องเรียนเจ้าหน้าที่/ทุจริต" in one.labels
    assert words not in json.dumps(one.said.replies, ensure_ascii=False)
    assert "เป็นเรื่องแบบใด" in one.press("ร้องเรียนเจ้าหน้าที่/ทุจริต")
    assert one.said.changes == ()
    step = one.step or {}
    assert (step["do"], step["parts"][0][0]) == ("protected", words)


@pytest.mark.parametrize("kind", [Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION])
@pytest.mark.parametrize("words", ACCUSING)
def test_a_protected_case_takes_such_words(kind: Kind, words: str) -> None:
    one = talk(own(kind=kind))
    adding(one)
    one.say(words)
    assert [type(change) for change in one.said.changes] == [AddToCase]


def test_after_not_mended_it_is_asked_too() -> None:
    one = talk(own(status=CaseStatus.RESOLVED))
    one.say("ติดตาม")
    tap(one, "unresolved")
    one.desk.cases.of = {CITIZEN.ref: [own(status=CaseStatus.IN_PROGRESS)]}
    one.say(ACCUSING[1])
    assert one.said.changes == ()
    assert "ร้องเรียนเจ้าหน้าที่/ทุจริต" in one.labels


def test_an_office_first_and_then_the_money_is_asked_about() -> None:
    said = (Said(date(2025, 1, 10), by_office=False, text="ช่างมาดูแล้ว"),)
    one = talk(own(said=said))
    adding(one)
    one.say("เขาขอเงิน 500")
    assert one.said.changes == ()


def test_what_is_not_meant_so_goes_into_its_case() -> None:
    one = asked_first()
    assert "เพิ่มเข้าเรื่องแล้ว" in one.press("เพิ่มเข้าเรื่องเดิม")
    (added,) = one.said.changes
    assert isinstance(added, AddToCase)
    assert [part.text for part in added.parts] == [ACCUSING[1]]
    one.say("ยังดับอยู่")
    assert [type(change) for change in one.said.changes] == [AddToCase], "it is added to still"
    one.say("คะแนน")
    assert one.step is None, "nothing waits"


def test_what_comes_after_the_question_is_kept_with_it() -> None:
    one = asked_first()
    one.say("เมื่อวานนี้เอง")
    photo(one)
    assert not [each for each in one.said.changes if isinstance(each, AddToCase)]
    one.press("เพิ่มเข้าเรื่องเดิม")
    (added,) = one.said.changes
    assert isinstance(added, AddToCase)
    assert [part.text for part in added.parts] == [ACCUSING[1], "เมื่อวานนี้เอง"]
    assert [one.id for one in added.uploads] == ["upload-m1"]


def test_what_plainly_accuses_has_the_other_door_alone() -> None:
    one = asked_first(ACCUSING[2])
    add = {"do": "grievance", "at": "which", "go": "everyday", "case": (one.step or {})["begun"]}
    assert "เพิ่มเข้าเรื่องเดิม" not in one.labels
    one.do(add)
    assert not one.said.changes
    assert "เพิ่มข้อมูลของเรื่อง AB2C-45DE" in one.press("พิมพ์ใหม่")
    one.say("ยังดับอยู่")
    (added,) = one.said.changes
    assert isinstance(added, AddToCase)
    assert [part.text for part in added.parts] == ["ยังดับอยู่"], "the words before are gone"


@pytest.mark.parametrize("way", ["ยกเลิก", "unsend", "คะแนน", "erase"])
def test_every_way_to_leave_the_question(way: str) -> None:
    one = asked_first()
    one.step = json.loads(json.dumps(one.step))
    if way == "unsend":
        one.step = {**(one.step or {}), "parts": [[ACCUSING[1], "m9"]]}
        one._happens(Event("unsend", NOW, message_id="m9"))
        assert ACCUSING[1] not in json.dumps(one.step, ensure_ascii=False)
        return
    if way == "erase":
        one.say("ลบข้อมูลของฉัน")
        tap(one, "erase")
        assert one.step is None
        return
    said = one.say(way)
    assert not [each for each in one.said.changes if isinstance(each, AddToCase)]
    if way == "ยกเลิก":
        assert "ไม่ได้เพิ่มเข้าเรื่อง" in said
        assert one.step is None
    else:
        one.say("แจ้งเหตุ")
        assert "เพิ่มเข้าเรื่องเดิม" in one.labels, "it is asked again"


def emptied() -> Talk:
    """What he was asked about he took back."""
    one = asked_first()
    one.step = {**(one.step or {}), "parts": [[ACCUSING[1], "m9"]]}
    one._happens(Event("unsend", NOW, message_id="m9"))
    return one


@pytest.mark.parametrize("then", ["หลอดแตก", "image"])
def test_after_it_was_taken_back_the_case_is_added_to(then: str) -> None:
    one = emptied()
    said = photo(one) if then == "image" else one.say(then)
    assert "เพิ่มเข้าเรื่องแล้ว" in said
    (added,) = [each for each in one.said.changes if isinstance(each, AddToCase)]
    assert added.party == "party-AB2C-45DE"
    assert [part.text for part in added.parts] == ([] if then == "image" else [then])
    assert (one.step or {})["do"] == "adding"


def test_after_it_was_taken_back_the_button_adds_nothing() -> None:
    one = asked_first()
    (button,) = [each for each in one.actions if each["go"] == "everyday"]
    one.step = {**(one.step or {}), "parts": []}
    assert "เพิ่มข้อมูลของเรื่อง AB2C-45DE" in one.do(button)
    assert one.said.changes == ()
    assert (one.step or {})["do"] == "adding"


def test_after_it_was_taken_back_another_accusation_is_asked_about_too() -> None:
    one = emptied()
    one.say(ACCUSING[1])
    assert one.said.changes == ()
    assert "เพิ่มเข้าเรื่องเดิม" in one.labels


@pytest.mark.parametrize("sent", ["หลอดแตก", "image"])
def test_what_comes_long_after_it_was_taken_back_is_a_case_of_its_own(sent: str) -> None:
    one = emptied()
    image = Event("message", NOW, message_kind="image", message_id="m1")
    event = image if sent == "image" else text_event(sent)
    later = answer(event, CITIZEN, one.desk, NOW + timedelta(hours=2), one.step)
    assert not [each for each in later.changes if isinstance(each, AddToCase)]
    assert ("เกิดอะไรขึ้น" if sent == "image" else "อยู่ตรงไหน") in readable(later)
    assert (later.step or {})["adds_to"] == ""


@pytest.mark.parametrize("then", [[], [own(status=CaseStatus.CLOSED)]])
def test_where_the_case_is_over_by_then_it_is_told_as_one_of_its_own(then: list[OwnCase]) -> None:
    one = asked_first()
    one.desk.cases.of = {CITIZEN.ref: then}
    said = one.press("เพิ่มเข้าเรื่องเดิม")
    assert "เรื่องนี้สิ้นสุดแล้ว" in said
    assert "อยู่ตรงไหน" in said
    assert one.said.changes == ()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("words", "door"),
    [
        ("แจ้งเหตุ น้ำท่วมหน้าวัด", "grievance"), ("ร้องทุกข์ น้ำไม่ไหล", "grievance"),
        ("ร้องเรียนทุจริต นายกโกงค่าเสาไฟ", "protected"), ("ร้องเรียน ถนนพัง", "grievance"),
    ],
)  # fmt: skip
def test_words_of_another_door_go_to_that_door(kind: Kind, words: str, door: str) -> None:
    one = talk(own(kind=kind))
    adding(one)
    one.say(words)
    assert one.said.changes == ()
    step = one.step or {}
    assert (step["do"], step["parts"][0][0]) == (door, words.partition(" ")[2])


# ── as many files as a case can take ────────────────────────────────────────


@pytest.mark.parametrize("kind", ["image", "file", "audio"])
def test_a_case_takes_so_many_files_and_no_more(kind: str) -> None:
    one = talk(own(evidence=19))
    adding(one)
    photo(one, kind)
    assert [type(change) for change in one.said.changes] == [KeepUpload, AddToCase]
    one.desk.cases.of = {CITIZEN.ref: [own(evidence=20)]}
    assert "ครบ 20 รายการแล้ว" in photo(one, kind)
    assert not one.said.changes
    one.say("ยังดับอยู่")
    assert [type(change) for change in one.said.changes] == [AddToCase]


def test_what_is_beyond_that_is_said_and_let_go() -> None:
    one = asked_first(evidence=19)
    for number in range(3):
        one._happens(Event("message", NOW, message_kind="image", message_id=f"m{number}"))
    assert "ครบ 20 รายการแล้ว" in one.press("เพิ่มเข้าเรื่องเดิม")
    added, dropped = one.said.changes
    assert isinstance(added, AddToCase)
    assert [upload.id for upload in added.uploads] == ["upload-m0"]
    assert dropped == DropUploads(("upload-m1", "upload-m2"))


@pytest.mark.parametrize("ended", [CaseStatus.CLOSED, CaseStatus.WITHDRAWN])
@pytest.mark.parametrize("verb", ["add", "withdraw", "withdraw_now"])
def test_what_has_ended_is_not_added_to_or_withdrawn(ended: CaseStatus, verb: str) -> None:
    one = talk(own(status=ended))
    one.say("ติดตาม")
    assert verb not in verbs(one)
    said = one.do({"do": "case", "go": verb, "party": "party-AB2C-45DE"})
    assert "สิ้นสุดแล้ว" in said
    assert (one.said.changes, one.step) == ((), None)


# ── withdrawing and confirming ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "asks", "says"),
    [
        (Kind.GRIEVANCE, "เรื่องจะสิ้นสุด", "ถอนเรื่อง AB2C-45DE แล้ว"),
        (Kind.CORRUPTION, "เรื่องไม่สิ้นสุดเอง", "หน่วยงานอาจตรวจสอบต่อ"),
    ],
)
def test_withdrawing_is_asked_once_more(kind: Kind, asks: str, says: str) -> None:
    one = talk(own(kind=kind))
    one.say("ติดตาม")
    assert asks in tap(one, "withdraw")
    assert not one.said.changes
    assert says in tap(one, "withdraw_now")
    assert one.said.changes == (WithdrawCase("party-AB2C-45DE"),)


def test_whoever_joined_is_told_that_others_wait() -> None:
    one = talk(own(others_wait=True))
    one.say("ติดตาม")
    tap(one, "withdraw")
    said = tap(one, "withdraw_now")
    assert "ยังดำเนินต่อ เพราะมีผู้อื่นร่วมแจ้งไว้" in said
    assert one.said.changes == (WithdrawCase("party-AB2C-45DE"),)
    gone = talk(own(others_wait=True, withdrew_on=date(2025, 1, 14)))
    assert "ท่านขอถอนเรื่องแล้ว" in gone.say("ติดตาม")
    assert {"withdraw", "notices"}.isdisjoint(verbs(gone))


def test_whoever_has_withdrawn_is_promised_no_notices() -> None:
    one = talk(own(notices=Notices.ANY_TIME, withdrew_on=date(2025, 1, 14)))
    said = one.say("ติดตาม")
    assert "ไม่มีข้อความแจ้งเตือน" in said
    assert "แจ้งเตือนแบบเงียบ" not in said
    assert one.said.changes == ()


def test_withdrawing_can_be_left() -> None:
    one = talk(own())
    one.say("ติดตาม")
    tap(one, "withdraw")
    assert "AB2C-45DE" in tap(one, "look")
    assert one.said.changes == ()


def test_what_was_asked_to_be_withdrawn_is_not_asked_again() -> None:
    one = talk(own(kind=Kind.CORRUPTION, withdrawal_on=date(2025, 1, 11)))
    assert "ท่านขอถอนเรื่องแล้ว" in one.say("ติดตาม")
    assert "withdraw" not in verbs(one)


@pytest.mark.parametrize(("verb", "is_resolved"), [("resolved", True), ("unresolved", False)])
def test_whether_it_is_mended(verb: str, is_resolved: bool) -> None:
    one = talk(own(status=CaseStatus.RESOLVED))
    one.say("ติดตาม")
    tap(one, verb)
    assert one.said.changes == (ConfirmResolved("party-AB2C-45DE", is_resolved),)
    assert (one.step is None) == is_resolved


@pytest.mark.parametrize("status", [CaseStatus.IN_PROGRESS, CaseStatus.CLOSED])
def test_a_confirmation_that_is_stale_changes_nothing(status: CaseStatus) -> None:
    one = talk(own(status=status))
    one.say("ติดตาม")
    assert {"resolved", "unresolved"}.isdisjoint(verbs(one))
    said = one.do({"do": "case", "go": "resolved", "party": "party-AB2C-45DE"})
    assert "เปลี่ยนไปแล้ว" in said
    assert one.said.changes == ()


@pytest.mark.parametrize(("days", "may"), [(0, True), (30, True), (31, False)])
def test_for_a_month_a_closed_grievance_can_be_said_not_to_be_mended(days: int, may: bool) -> None:
    closed = NOW.date() - timedelta(days=days)
    one = talk(own(status=CaseStatus.CLOSED, closed_on=closed))
    one.say("ติดตาม")
    assert ("unresolved" in verbs(one)) is may
    assert "resolved" not in verbs(one), "closed it is already"
    said = one.do({"do": "case", "go": "unresolved", "party": "party-AB2C-45DE"})
    changes = (ConfirmResolved("party-AB2C-45DE", is_resolved=False),) if may else ()
    assert one.said.changes == changes
    assert ("เปลี่ยนไปแล้ว" in said) is not may


# ── notices ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("when", Notices)
def test_when_to_be_told(when: Notices) -> None:
    one = talk(own(kind=Kind.CONDUCT))
    one.say("ติดตาม")
    assert "มีข้อความใหม่จาก อบต.ตัวอย่าง" in tap(one, "notices")
    tap(one, "choose", when=when.value)
    assert one.said.changes == (ChooseNotices("party-AB2C-45DE", when),)


def test_notices_can_be_chosen_from_the_receipt_by_the_cases_number() -> None:
    one = talk(own("TEST-0001", kind=Kind.CORRUPTION))
    one.do({"do": "case", "go": "notices", "case": "TEST-0001"})
    tap(one, "choose", when="morning")
    assert one.said.changes == (ChooseNotices("party-TEST-0001", Notices.MORNING),)


@pytest.mark.parametrize("when", Notices)
def test_what_was_looked_at_is_not_told_again(when: Notices) -> None:
    one = talk(own(notices=when))
    one.say("ติดตาม")
    assert one.said.changes == (() if when is Notices.NONE else (SawCase("party-AB2C-45DE"),))


def test_where_no_account_is_known_nobody_can_be_told() -> None:
    one = talk(receipts={CODE: own(has_identity=False)})
    assert "ไม่ได้ผูกกับบัญชี" in one.do({"do": "case", "go": "notices", "party": "party-AB2C-45DE"})


# ── erasing ─────────────────────────────────────────────────────────────────


def test_what_goes_and_what_stays_is_said_before_it_is_erased() -> None:
    one = talk(own(), own("CD2E-2345", kind=Kind.CORRUPTION))
    said = one.say("ลบข้อมูลของฉัน")
    assert said.index("ลบทันที") < said.index("ปิดผนึก") < said.index("เรียกคืนไม่ได้")
    assert not one.said.changes
    tap(one, "erase")
    assert one.said.changes[0] == EraseIdentity(("party-AB2C-45DE", "party-CD2E-2345"))


def test_only_what_was_shown_and_is_his_still_is_erased() -> None:
    one = talk(own())
    one.say("ลบข้อมูลของฉัน")
    (erase,) = [each for each in one.actions if each["go"] == "erase"]
    one.desk.cases.of = {CITIZEN.ref: [own(), own("CD2E-2345")]}
    one.do(erase)
    assert one.said.changes[0] == EraseIdentity(("party-AB2C-45DE",))
    one.desk.cases.of = {}
    assert "ไม่พบเรื่องนี้แล้ว" in one.do(erase)
    assert not one.said.changes


def test_a_draft_goes_with_it() -> None:
    one = talk(own())
    one.say("ร้องเรียนทุจริต")
    one._happens(Event("message", NOW, message_kind="image", message_id="m1"))
    one.say("ลบข้อมูลของฉัน")
    tap(one, "erase")
    assert DropUploads(("upload-m1",)) in one.said.changes
    assert one.step is None


def test_it_can_be_left() -> None:
    one = talk(own())
    one.say("ลบข้อมูลของฉัน")
    assert "ไม่มีอะไรเปลี่ยนแปลง" in tap(one, "keep")
    assert one.said.changes == ()


def test_who_has_nothing_is_told_so() -> None:
    assert "ไม่มีเรื่องที่ผูกกับบัญชีนี้" in talk().say("ลบข้อมูลของฉัน")


# ── whatever is pressed ─────────────────────────────────────────────────────

VERBS = ["look", "done", "add", "withdraw", "withdraw_now", "resolved", "unresolved", "notices"]


@pytest.mark.parametrize("verb", [*VERBS, "choose"])
@pytest.mark.parametrize("facts", [{"party": "party-gone"}, {"case": "ZZZZ-2222"}, {}])
def test_a_case_that_is_gone_or_anothers_is_not_acted_on(verb: str, facts: dict[str, str]) -> None:
    one = talk(own())
    said = one.do({"do": "case", "go": verb, "when": "none", **facts})
    assert "ไม่พบเรื่องนี้แล้ว" in said
    assert (one.said.changes, one.step) == ((), None)


def test_what_no_button_does_is_refused() -> None:
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in talk(own()).do({"do": "case", "go": "read_all"})


def spoken(outcomes: Sequence[Outcome]) -> list[str]:
    """What stands outside the body of cards: altTexts, labels and what buttons carry."""
    return [
        str(part.get(key, ""))
        for outcome in outcomes
        for part in parts(list(outcome.replies))
        for key in ("altText", "label", "displayText", "data")
    ]


def test_nothing_of_a_case_is_outside_the_cards_and_every_button_is_sealed() -> None:
    heard: list[Outcome] = []
    for kind in Kind:
        for verb in VERBS:
            status = CaseStatus.INFORMED if kind.is_protected else CaseStatus.RESOLVED
            one = talk(own(kind=kind, status=status), own("CD2E-2345", kind=kind))
            one.say("ติดตาม")
            heard.append(one.said)
            one.do({"do": "case", "go": verb, "party": "party-AB2C-45DE", "when": "none"})
            heard.append(one.said)
            assert all("case" in each or "party" in each for each in one.actions)
    assert not any(
        word in text for text in spoken(heard) for word in (CANARY, ANSWER, "AB2C-45DE ")
    )
    assert not any("AB2C-45DE" in text for text in spoken(heard) if "party-" not in text)


def test_english_stays_english() -> None:
    one = talk(own(), person=CITIZEN)
    assert "Your case" in one.say("my case")
    assert "Adding to case" in tap(one, "add")
    assert "Added to the case" in one.say("it is still dark")
    assert "Your case" in tap(one, "done")


@pytest.mark.parametrize(
    "turns",
    [
        ("ร้องเรียนทุจริต", STORY), ("แจ้งเหตุ", LAMP), ("ติดตาม", {"go": "add"}), ("รายงานผล 3",),
        ("รายงานผล 3", "อยู่ระหว่างดำเนินการ"), ("ร้องเรียน",),
    ],
)  # fmt: skip
def test_a_receipt_code_is_never_a_word_of_anything(turns: Sequence[Any]) -> None:
    """Wherever one stands it is the wish to see its case; it comes into no case and no report."""
    one = talk(own("CD2E-2345"), person=STAFF, receipts={CODE: own()})
    for turn in turns:
        one.say(turn) if isinstance(turn, str) else tap(one, turn["go"])
    assert "AB2C-45DE" in one.say("1234 5678 1234 5678")
    assert one.said.changes == ()
    assert CODE not in json.dumps(one.step).replace(" ", "")
    told = STORY if STORY in turns else LAMP if LAMP in turns else ""
    assert told in json.dumps(one.step, ensure_ascii=False), "what was told waits"


def test_the_clock_of_adding_is_written_down() -> None:
    one = talk(own())
    adding(one)
    assert one.step
    assert datetime.fromisoformat(one.step["since"]) == NOW


@pytest.mark.parametrize("left", [False, True])
def test_where_there_is_only_a_draft_the_draft_goes(left: bool) -> None:
    one = talk()
    one.say("ร้องเรียนทุจริต")
    one._happens(Event("message", NOW, message_kind="image", message_id="m1"))
    if left:
        one.say("คะแนน")
    assert "ลบร่าง" in one.say("ลบข้อมูลของฉัน")
    assert one.said.changes == (DropUploads(("upload-m1",)),)
    assert one.step is None


def test_all_of_them_are_erased_however_many() -> None:
    numbers = [f"TEST-{number:04}" for number in range(2222, 2247)]
    one = talk(*map(own, numbers))
    assert "25 เรื่อง" in one.say("ลบข้อมูลของฉัน")
    tap(one, "erase")
    assert one.said.changes[0] == EraseIdentity(tuple(f"party-{each}" for each in numbers))


@pytest.mark.parametrize("words", ["ขอบคุณจ้ะ", "เสร็จแล้วจ้ะ", "ยกเลิกค่ะ", "แค่นี้ค่ะ"])
def test_thanks_end_what_is_added(words: str) -> None:
    one = talk(own())
    one.say("ติดตาม")
    tap(one, "add")
    assert "AB2C-45DE" in one.say(words)
    assert not [change for change in one.said.changes if isinstance(change, AddToCase)]


@pytest.mark.parametrize("words", ["ใช่", "ยังไม่ดี", "ถอนเสาไฟออกแล้ว"])
def test_answers_are_added(words: str) -> None:
    one = talk(own())
    one.say("ติดตาม")
    tap(one, "add")
    one.say(words)
    (added,) = [change for change in one.said.changes if isinstance(change, AddToCase)]
    assert added.parts[0].text == words


def test_taking_it_back_while_adding_is_asked_about() -> None:
    one = talk(own())
    one.say("ติดตาม")
    tap(one, "add")
    assert "ใช่ไหม" in one.say("อยากถอนเรื่อง")
    assert one.said.changes == ()


# ── what the office does, on the card ───────────────────────────────────────


def test_who_sees_to_it_and_what_came_of_it() -> None:
    said = talk(own(unit="กองช่าง", result="เปลี่ยนหลอดแล้ว")).say("ติดตาม")
    for words in ("หน่วยที่ดูแล", "กองช่าง", "ผล\nเปลี่ยนหลอดแล้ว"):
        assert words in said
    without = talk(own()).say("ติดตาม")
    assert "หน่วยที่ดูแล" not in without
    assert "\nผล\n" not in without


# ── whether it is mended ────────────────────────────────────────────────────

MENDED = (
    *("เรียบร้อยแล้ว", "เรียบร้อยดีค่ะ", "ซ่อมเสร็จแล้วครับ", "ไฟติดแล้วค่ะ", "fixed now"),
    *("เรียบร้อยแล้วค่ะ ขอบคุณมากค่ะ", "แก้ไขเรียบร้อยแล้วค่ะ ขอบคุณ", "ติดแล้ว ขอบคุณจ้า", "ขอบคุณค่ะ ไฟติดแล้ว"),
    *("ไฟติดแล้ว! ขอบคุณเจ้าหน้าที่มากๆ", "fixed now, thank you very much"),
)
NOT_MENDED = (
    *("ยังไม่เรียบร้อย", "ยังไม่มาซ่อมเลย", "ยังดับอยู่เลย", "ไฟยังดับอยู่ครับ", "ยังไม่มีใครมาเลยค่ะ"),
    *("ยังเหมือนเดิม", "ยังไม่ได้ซ่อม", "still broken", "ยัง", "ยังค่ะ", "ยังเลยครับ"),
)


@pytest.mark.parametrize("words", [*MENDED, *NOT_MENDED])
@pytest.mark.parametrize("person", [CITIZEN, STAFF], ids=["citizen", "staff"])
def test_an_answer_shows_the_one_case_that_waits_for_it(words: str, person: Person) -> None:
    waits = own(status=CaseStatus.RESOLVED, notices=Notices.NONE)
    others = (own("CD2E-2345"), own("FG2H-2345", kind=Kind.CORRUPTION, status=CaseStatus.INFORMED))
    one = talk(waits, *others, person=person)
    said = one.say(words)
    assert "AB2C-45DE" in said
    assert "รอท่านยืนยัน" in said
    assert verbs(one)[:2] == ["resolved", "unresolved"]
    assert (one.said.changes, one.step) == ((), None), "nothing is confirmed by words alone"


@pytest.mark.parametrize("words", [*MENDED, *NOT_MENDED])
@pytest.mark.parametrize("waiting", [0, 2])
def test_where_none_or_several_wait_it_is_no_answer(words: str, waiting: int) -> None:
    resolved = [
        own(f"AB2C-{n:04}", status=CaseStatus.RESOLVED) for n in range(2222, 2222 + waiting)
    ]
    assert "รอท่านยืนยัน เรียบร้อยหรือยัง" not in talk(own(), *resolved).say(words)


@pytest.mark.parametrize("words", ["ขอบคุณค่ะ", "ยังไงคะ", "ยังมีอีก"])
def test_thanks_alone_and_other_words_are_no_answer(words: str) -> None:
    assert "รอท่านยืนยัน" not in talk(own(status=CaseStatus.RESOLVED)).say(words)


@pytest.mark.parametrize("words", ["ไฟดับอีกจุดหน้าตลาดทดสอบ", "ยังดับอยู่เลย หน้าตลาดทดสอบก็ดับ", "น้ำไม่ไหล"])
def test_other_words_begin_another_case(words: str) -> None:
    one = talk(own(status=CaseStatus.RESOLVED))
    one.say(words)
    assert (one.step or {}).get("do") == "grievance"


# ── where nothing is pushed ─────────────────────────────────────────────────


def quiet(*mine: OwnCase, **double: Any) -> Talk:
    """In an agency whose account answers and never writes first."""
    one = talk(*mine, **double)
    one.desk.agency = replace(AGENCY, pushes=False)
    return one


def test_where_nothing_is_pushed_no_times_are_offered() -> None:
    one = quiet(own(notices=Notices.MORNING))
    said = one.say("ติดตาม")
    assert "ไม่มีข้อความแจ้งเตือน ดูได้เองโดยพิมพ์ ติดตาม" in said
    assert "ช่วงเช้า" not in said
    assert "notices" not in verbs(one)
    button = {"do": "case", "party": "party-AB2C-45DE"}
    assert "อยากให้แจ้งเมื่อใด" not in one.do({**button, "go": "notices"})
    one.do({**button, "go": "choose", "when": "morning"})
    assert one.said.changes == (ChooseNotices("party-AB2C-45DE", Notices.NONE),)


def test_where_nothing_is_pushed_no_news_is_promised_with_a_number() -> None:
    one = quiet()
    one.say(f"แจ้งเหตุ {LAMP} หมู่ 1")
    one.press("ข้าม")
    said = one.press("ส่ง")
    (filed,) = one.said.changes
    assert isinstance(filed, FileCase)
    assert filed.notices is Notices.NONE
    assert "ดูได้เองโดยพิมพ์ ติดตาม" in said
    assert "จะแจ้งในแชตนี้" not in said
    assert verbs(one) == ["add"]


def test_where_something_is_pushed_it_is_promised() -> None:
    one = talk()
    one.say(f"แจ้งเหตุ {LAMP} หมู่ 1")
    one.press("ข้าม")
    assert "จะแจ้งในแชตนี้แบบไม่มีเสียง" in one.press("ส่ง")


# ── erasing, as people say it ───────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        "ลบข้อมูลของฉัน", "ขอลบข้อมูลของฉัน", "ลบข้อมูลของผม", "ลบข้อมูลของดิฉันค่ะ", "ลบข้อมูลของหนูหน่อย",
        "ลบข้อมูลของเรา", "ขอลบข้อมูลค่ะ", "ลบข้อมูลส่วนตัวของฉัน", "ขอลบข้อมูลส่วนตัวทั้งหมดครับ",
        "อยากลบข้อมูลของตัวเอง", "erase my data", "delete my data",
    ],
)  # fmt: skip
def test_erasing_in_any_of_its_wordings(words: str) -> None:
    one = talk(own())
    one.say(words)
    assert "erase" in verbs(one)


@pytest.mark.parametrize("words", ["ลบข้อมูลออกจากป้ายหน้าวัด", "ลบข้อมูลของฉันในป้ายหน้าวัด"])
def test_other_words_erase_nobody(words: str) -> None:
    one = talk(own())
    one.say(words)
    assert "erase" not in verbs(one)


def test_nothing_is_added_to_a_protected_case_while_administrators_read_along() -> None:
    one = talk(own(kind=Kind.CORRUPTION), read_along=True)
    one.say("ติดตาม")
    assert "เปิดอ่านแชตนี้พร้อมชื่อและรูป" in tap(one, "add")
    assert one.step is None
    lamp = talk(own(), read_along=True)
    lamp.say("ติดตาม")
    assert "เปิดอ่านแชตนี้" not in tap(lamp, "add")
