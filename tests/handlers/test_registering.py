"""Coming in and going: what is shown, what is asked, what changes, and what teaches nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ita.agency import Person, Role
from ita.changes import Join, Leave, NoteBlocked, NoteWrongCode
from ita.invitations import Applicant, Invitation, Member, joined, read_code
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    FINANCE,
    NOW,
    DeskDouble,
    buttons,
    readable,
    said,
)
from tests.handlers.people_double import CODE, OFFER, OFFICERS_OFFER, PeopleDouble
from tests.handlers.talk import Talk


def test_a_clerk_comes_in_with_a_code_and_one_press() -> None:
    talk = Talk()
    shown = talk.say("ลงทะเบียน ABCD-EFGH")
    for word in ("อบต.ตัวอย่าง", "เจ้าหน้าที่", "กองคลัง", "สิ่งที่จะเก็บ", "ออกจากระบบ"):
        assert word in shown
    assert talk.changes() == (), "nothing is kept before the consent"
    assert talk.labels == ["ยินยอมและลงทะเบียน", "ไม่ลงทะเบียน"]
    welcome = talk.press("ยินยอมและลงทะเบียน")
    assert talk.changes() == (Join("p-citizen", OFFER.id, 4821),)
    assert "กองคลัง" in welcome
    assert "4821" in welcome
    assert "งานค้าง" in buttons(talk.said)


def test_whoever_declines_leaves_nothing() -> None:
    talk = Talk()
    talk.say("ลงทะเบียน ABCD-EFGH")
    assert "ไม่ได้เก็บข้อมูล" in talk.press("ไม่ลงทะเบียน")
    assert talk.changes() == ()


def test_an_officer_waits_and_is_told_a_number_to_say() -> None:
    talk = Talk()
    assert "ยืนยันตัวบุคคล" in talk.say("ลงทะเบียน ABCDEFGJ")
    waits = talk.press("ยินยอมและลงทะเบียน")
    assert talk.changes() == (Join("p-citizen", OFFICERS_OFFER.id, 4821),)
    assert "4821" in waits
    assert "งานค้าง" not in buttons(talk.said)


@pytest.mark.parametrize(
    "typed",
    [
        "ลงทะเบียน ABCD-EFGH", "ลงทะเบียนABCDEFGH", "ลงทะเบียน abcd efgh", "ลงทะเบียน: abcd-efgh ",
        " ลงทะเบียน  ABCDEFGH", "ลงทะเบียน\nABCD-EFGH", "ลงทะเบียน AbCd-eFgH",
        "ขอลงทะเบียน ABCD-EFGH ครับ", "ลงทะเบียนรหัส ABCD-EFGH นะคะ",
    ],
)  # fmt: skip
def test_codes_as_people_type_them(typed: str) -> None:
    assert "สิ่งที่จะเก็บ" in Talk().say(typed)


def test_wrong_expired_and_unreadable_codes_get_the_same_answer_and_are_counted() -> None:
    answers = set()
    for typed in ("ลงทะเบียน ZZZZ-ZZZZ", "ลงทะเบียน ABC", "ลงทะเบียน ABCDEFGHJ", "ลงทะเบียน 12345678"):
        talk = Talk()
        answers.add(talk.say(typed))
        if read_code(typed.removeprefix("ลงทะเบียน ")):
            assert talk.changes() == (NoteWrongCode("p-citizen"),)
    talk = Talk(desk=DeskDouble(people=PeopleDouble(offers={})))
    answers.add(talk.say("ลงทะเบียน ABCD-EFGH"))
    answers.add(talk.do({"do": "join", "invitation": OFFER.id}))  # it was used up in between
    assert talk.changes() == ()
    (only,) = {answer for answer in answers if "รหัสเชิญนี้" in answer}
    assert "ใช้ไม่ได้" in only


def test_after_too_many_wrong_codes_a_right_one_is_not_looked_at() -> None:
    guessing = DeskDouble(people=PeopleDouble(guessing=frozenset({"p-citizen"})))
    talk = Talk(desk=guessing)
    right, wrong = talk.say("ลงทะเบียน ABCD-EFGH"), talk.say("ลงทะเบียน ZZZZ-ZZZZ")
    assert right == wrong
    assert "1 ชั่วโมง" in right
    assert talk.changes() == ()


def test_whoever_was_revoked_is_told_that_he_waits() -> None:
    talk = Talk(desk=DeskDouble(people=PeopleDouble(revoked=frozenset({"p-citizen"}))))
    assert "ยืนยันตัวบุคคล" in talk.say("ลงทะเบียน ABCD-EFGH")
    said = talk.press("ยินยอมและลงทะเบียน")
    assert "รับคำขอ" in said
    assert "ยินดีต้อนรับ" not in said
    assert talk.changes() == (Join("p-citizen", OFFER.id, 4821),)
    assert "ยืนยันตัวบุคคล" not in Talk().say("ลงทะเบียน ABCD-EFGH")


def test_without_a_code_the_way_is_shown() -> None:
    assert "ลงทะเบียน ABCD-EFGH" in Talk().say("ลงทะเบียน")


@pytest.mark.parametrize("person", [FINANCE, COORDINATOR], ids=["finance", "coordinator"])
def test_whoever_has_it_all_is_told_so(person: Person) -> None:
    known = replace(person, units=("กองคลัง",))
    talk = Talk(known)
    assert "ลงทะเบียนไว้แล้ว" in talk.say("ลงทะเบียน ABCD-EFGH")
    assert "ลงทะเบียนไว้แล้ว" in talk.do({"do": "join", "invitation": OFFER.id})
    assert talk.changes() == ()


def test_a_second_unit_is_added_and_no_role_is_lost() -> None:
    assert joined(CLERK, OFFER).units == ("สำนักปลัด", "กองคลัง")
    assert joined(COORDINATOR, OFFER).role is Role.COORDINATOR
    assert joined(CLERK, OFFICERS_OFFER) == Person("p-clerk", Role.OFFICER, ("สำนักปลัด",))


def test_a_sentence_that_begins_so_is_no_registration() -> None:
    for typed in ("ลงทะเบียนเบี้ยผู้สูงอายุ", "ลงทะเบียนแล้วนะครับ", "เชิญชวนเที่ยวงานวัด", "ตรวจรับพัสดุแล้ว"):
        outcome = said(typed)
        assert "ขอบคุณที่ทักมา" in readable(outcome), typed
        assert outcome.changes == ()


def test_in_a_group_a_code_is_not_looked_at() -> None:
    outcome = said("ลงทะเบียน ABCD-EFGH", CLERK, chat="group")
    assert "ตัวต่อตัว" in readable(outcome)
    assert outcome.changes == ()
    assert said("ลงทะเบียนเบี้ยผู้สูงอายุ", CLERK, chat="group").replies == ()


def test_leaving_is_asked_once_and_then_done() -> None:
    talk = Talk(CLERK)
    assert "เจ้าหน้าที่" in talk.say("ออกจากระบบ")
    assert talk.changes() == ()
    talk.press("ออกจากระบบ")
    assert talk.changes() == (Leave("p-clerk"),)
    assert "งานค้าง" not in buttons(talk.said)


def test_the_last_coordinator_does_not_leave() -> None:
    last = Member(1002, COORDINATOR.ref, Role.COORDINATOR, (), NOW)
    talk = Talk(COORDINATOR, DeskDouble(people=PeopleDouble(known=[last])))
    talk.say("ออกจากระบบ")
    leave = talk.actions[0]
    assert "คนสุดท้าย" in talk.do(leave)
    assert talk.changes() == ()
    talk.desk.people.known = [last, replace(last, number=1003, ref="p-another")]
    talk.do(leave)
    assert talk.changes() == (Leave(COORDINATOR.ref),)


def test_who_stays_stays_and_an_old_button_does_not_throw_out_of_a_new_role() -> None:
    talk = Talk(CLERK)
    talk.say("ออกจากระบบ")
    old = talk.actions[0]
    talk.press("ใช้งานต่อ")
    assert talk.changes() == ()
    talk.person = COORDINATOR
    assert "ผู้ประสานงาน" in talk.do(old)
    assert talk.changes() == ()


def test_a_citizen_has_nothing_to_leave_but_a_request() -> None:
    talk = Talk()
    assert "ไม่ได้ลงทะเบียน" in talk.say("ออกจากระบบ")
    assert talk.changes() == ()
    waiting = Applicant(4821, CITIZEN.ref, Role.OFFICER, (), NOW)
    talk = Talk(desk=DeskDouble(people=PeopleDouble(waiting=[waiting])))
    talk.say("ออกจากระบบ")
    assert talk.changes() == (Leave("p-citizen"),)


def test_a_member_who_blocks_the_account_is_noted_and_gets_no_answer() -> None:
    from handlers.desk import Event
    from handlers.router import answer

    gone = answer(Event("unfollow", NOW), CLERK, DeskDouble(), NOW)
    assert (gone.replies, gone.changes) == ((), (NoteBlocked("p-clerk", True),))
    back = answer(Event("follow", NOW), CLERK, DeskDouble(), NOW)
    assert back.changes == (NoteBlocked("p-clerk", False),)
    assert back.replies
    for kind in ("follow", "unfollow"):
        assert answer(Event(kind, NOW), CITIZEN, DeskDouble(), NOW).changes == ()


def test_long_unit_names_fit_the_card() -> None:
    units = tuple(f"ส่วนราชการทดสอบที่มีชื่อยาวมาก{'ก' * 100} {n}" for n in range(12))
    offer = Invitation(9, Role.STAFF, units, 1, NOW + timedelta(days=1))
    Talk(desk=DeskDouble(people=PeopleDouble(offers={CODE: offer}))).say("ลงทะเบียน ABCD-EFGH")
