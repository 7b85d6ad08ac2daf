"""Inviting and looking after the members: what was typed counts, what lacks is asked by buttons."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.router import answer
from ita.agency import Person, Role, Unit
from ita.changes import ConfirmPerson, Invite, RefusePerson, Revoke, WithdrawInvitation
from ita.invitations import OPERATOR, Applicant, Invitation, Member
from tests.handlers.desk_double import AGENCY, COORDINATOR, NOW, DeskDouble, readable, said
from tests.handlers.people_double import OFFER, OFFICERS_OFFER, PeopleDouble
from tests.handlers.talk import Talk

WEEK = NOW + timedelta(days=7)
OFFICER = Applicant(4821, "p-new", Role.OFFICER, (), NOW, invited_by=COORDINATOR.ref)
CLERK = Member(1001, "p-clerk", Role.STAFF, ("สำนักปลัด",), NOW)
HEAD = Member(1002, COORDINATOR.ref, Role.COORDINATOR, (), NOW)


def talk(**people: object) -> Talk:
    return Talk(COORDINATOR, DeskDouble(people=PeopleDouble(**people)))  # type: ignore[arg-type] # keyword table


def test_the_guided_way_takes_four_taps() -> None:
    one = talk(address="https://line.me/R/oaMessage/%40sample/?x")
    assert "ส่วนราชการใด" in one.say("เชิญ")
    assert one.labels == ["สำนักปลัด", "กองคลัง", "กองช่าง", "ไม่ระบุส่วนราชการ", "ยกเลิก"]
    assert "บทบาทใด" in one.press("กองคลัง")
    assert "กี่คน" in one.press("เจ้าหน้าที่")
    assert "กี่วัน" in one.press("5 คน")
    shown = one.press("7 วัน")
    assert one.changes() == (Invite("NEWCODE2", Role.STAFF, ("กองคลัง",), 5, WEEK),)
    assert one.stands() is None
    for word in ("NEWC-ODE2", "กองคลัง", "5 คน", "22 ม.ค. 2568", "https://line.me/R/oaMessage/"):
        assert word in shown


@pytest.mark.parametrize(
    ("typed", "units", "role", "uses", "days"),
    [
        ("เชิญ กองคลัง เจ้าหน้าที่ 5 คน 7 วัน", ("กองคลัง",), Role.STAFF, 5, 7),
        ("เชิญ ๕ คน ๗ วัน กองคลัง เป็นเจ้าหน้าที่ ครับ", ("กองคลัง",), Role.STAFF, 5, 7),
        ("เชิญ กองช่าง กองคลัง เจ้าหน้าที่ 1คน 30วัน", ("กองคลัง", "กองช่าง"), Role.STAFF, 1, 30),
        ("เชิญ ผู้รับเรื่อง สำนักปลัด 3 วัน", ("สำนักปลัด",), Role.OFFICER, 1, 3),
        ("เชิญสมาชิก สำนักปลัด ผู้ประสานงาน 9 คน 1 วัน", ("สำนักปลัด",), Role.COORDINATOR, 1, 1),
    ],
)
def test_all_in_one_message(
    typed: str, units: tuple[str, ...], role: Role, uses: int, days: int
) -> None:
    one = talk()
    one.say(typed)
    (change,) = one.changes()
    assert isinstance(change, Invite)
    assert (sorted(change.units), change.role, change.uses) == (sorted(units), role, uses)
    assert change.expires_at == NOW + timedelta(days=days)


def test_answers_may_be_typed_instead() -> None:
    one = talk()
    one.say("เชิญ กองคลัง")
    one.say("เจ้าหน้าที่")
    one.say("๕")
    one.say("14")
    (change,) = one.changes()
    assert isinstance(change, Invite)
    assert (change.uses, change.expires_at) == (5, NOW + timedelta(days=14))


def test_what_is_not_known_is_said_and_asked_again() -> None:
    one = talk()
    assert "กองลับ" in one.say("เชิญ กองลับ")
    assert "กองคลัง" in one.labels
    one.say("เชิญ กองคลัง เจ้าหน้าที่")
    assert "1 ถึง 50" in one.say("500 คน")
    assert "5 คน" in one.labels
    assert "1 ถึง 30" in one.say("0 วัน 3 คน")
    assert one.changes() == ()


def test_an_older_question_can_be_answered_again() -> None:
    one = talk()
    one.say("เชิญ กองคลัง")
    officer = one.actions[1]
    one.press("เจ้าหน้าที่")
    one.do(officer)
    one.press("7 วัน")
    (change,) = one.changes()
    assert isinstance(change, Invite)
    assert change.role is Role.OFFICER


@pytest.mark.parametrize("way_out", ["ยกเลิก", "งานค้าง", "ช่วยเหลือ", "สมาชิก"])
def test_the_ways_out_leave_nothing_behind(way_out: str) -> None:
    one = talk()
    one.say("เชิญ กองคลัง")
    assert one.stands()
    one.say(way_out)
    assert one.stands() is None
    assert one.changes() == ()
    one.say("5 คน")
    assert one.changes() == ()


def test_who_must_be_confirmed_is_invited_alone_and_it_is_said() -> None:
    one = talk()
    assert "4 ตัว" in one.say("เชิญ กองคลัง ผู้รับเรื่อง 7 วัน")


def test_a_long_unit_name_stands_before_the_shorter_in_it() -> None:
    units = (Unit("สำนักปลัด"), Unit("สำนักปลัดเทศบาล"), *(Unit(f"กองที่ {n} ทดสอบ") for n in range(20)))
    one = Talk(COORDINATOR, DeskDouble(agency=replace(AGENCY, units=units)))
    one.say("เชิญ")
    assert len(one.labels) == 13, "with the one without a unit, and giving it up"
    one.say("สำนักปลัดเทศบาล")
    assert one.actions[0]["units"] == ["สำนักปลัดเทศบาล"]


def test_a_picture_is_sent_where_there_is_one() -> None:
    one = talk(images="https://example.go.th/qr")
    one.say("เชิญ กองคลัง เจ้าหน้าที่ 5 คน 7 วัน")
    picture = one.said.replies[-1]
    assert picture["originalContentUrl"] == "https://example.go.th/qr/NEWCODE2"
    assert "quickReply" in picture


def test_the_list_shows_numbers_and_lets_confirm_refuse_and_withdraw() -> None:
    one = talk(known=[CLERK, HEAD, replace(CLERK, number=1003, blocked=True)], waiting=[OFFICER])
    shown = one.say("สมาชิก")
    for words in ("4821 ผู้รับเรื่อง", "1001 เจ้าหน้าที่", "บล็อก", "สมาชิก 3 คน", "คำเชิญ 7"):
        assert words in shown
    one.press("ยืนยัน 4821")
    assert one.changes() == (ConfirmPerson(4821),)
    one.say("สมาชิก")
    one.press("ไม่ใช่ 4821")
    assert one.changes() == (RefusePerson(4821),)
    one.say("สมาชิก")
    one.press("ยกเลิกคำเชิญ 8")
    assert one.changes() == (WithdrawInvitation(OFFICERS_OFFER.id),)


@pytest.mark.parametrize(
    "since",
    [
        [],
        [replace(OFFICER, number=4822)],
        [replace(OFFICER, ref="p-another")],
        [replace(OFFICER, role=Role.COORDINATOR)],
        [replace(OFFICER, units=("กองช่าง",), since=NOW + timedelta(minutes=1))],
    ],
    ids=["gone", "another number", "another person", "another role", "another request"],
)
def test_a_stale_confirmation_confirms_nobody(since: list[Applicant]) -> None:
    one = talk(known=[HEAD], waiting=[OFFICER])
    one.say("สมาชิก")
    stale = one.actions[:2]
    one.desk.people.waiting = since
    for action in stale:
        assert "ไม่รออยู่แล้ว" in one.do(action)
        assert one.changes() == ()


ANOTHER_HEAD = replace(HEAD, number=1003, ref="p-another-head")


def confirming(waiting: Applicant) -> Talk:
    """One of two coordinators presses such a button, forged if need be."""
    one = talk(known=[HEAD, ANOTHER_HEAD], waiting=[waiting])
    request = {"number": 4821, "ref": waiting.ref, "role": "officer", "asked_at": NOW.isoformat()}
    one.do({"do": "confirm", **request})
    return one


@pytest.mark.parametrize("invited_by", [COORDINATOR.ref, None, "p-who-left"])
def test_the_inviter_confirms_and_anybody_where_he_is_gone(invited_by: str | None) -> None:
    one = confirming(replace(OFFICER, invited_by=invited_by))
    assert one.changes() == (ConfirmPerson(4821),)


@pytest.mark.parametrize(
    ("waiting", "why"),
    [
        (replace(OFFICER, ref=COORDINATOR.ref), "ท่านอื่น"),
        (replace(OFFICER, invited_by=ANOTHER_HEAD.ref), "ผู้ที่เชิญเลข 4821 เท่านั้น"),
        (replace(OFFICER, invited_by=OPERATOR), "ได้รับเชิญจากผู้ดูแลระบบ"),
    ],
    ids=["oneself", "somebody else's", "the operator's"],
)
def test_nobody_else_does(waiting: Applicant, why: str) -> None:
    one = confirming(waiting)
    assert why in readable(one.said)
    assert one.changes() == ()
    one.say("สมาชิก")
    assert "ยืนยัน 4821" not in one.labels
    one.press("ไม่ใช่ 4821")
    assert one.changes() == (RefusePerson(4821),)


def test_a_stale_withdrawal_says_so() -> None:
    one = talk(offers={})
    assert "สิ้นสุด" in one.do({"do": "withdraw", "invitation": OFFER.id})
    assert one.changes() == ()


def test_one_member_is_revoked_or_replaced() -> None:
    one = talk(known=[CLERK, HEAD])
    assert "สำนักปลัด" in one.say("สมาชิก ๑๐๐๑")
    old = one.actions[0]
    one.press("ถอดสิทธิ์ 1001")
    assert one.changes() == (Revoke(1001),)
    one.say("สมาชิก 1001")
    one.press("เชิญคนใหม่มาแทน")
    one.press("7 วัน")
    assert one.changes() == (Invite("NEWCODE2", Role.STAFF, ("สำนักปลัด",), 1, WEEK, 1001),)
    one.desk.people.known = [replace(CLERK, ref="p-another"), HEAD]
    assert "ไม่พบ" in one.do(old), "the number is another person's now"
    assert one.changes() == ()


def test_the_last_coordinator_is_not_revoked() -> None:
    one = talk(known=[CLERK, HEAD])
    one.say("สมาชิก 1002")
    assert "คนสุดท้าย" in one.press("ถอดสิทธิ์ 1002")
    assert one.changes() == ()


def test_of_staff_who_wait_it_is_said_why() -> None:
    """They come in at once, unless their role had been taken away."""
    assert "เคยถูกถอดสิทธิ์" in talk(waiting=[replace(OFFICER, role=Role.STAFF)]).say("สมาชิก")
    assert "เคยถูกถอดสิทธิ์" not in talk(waiting=[OFFICER], known=[CLERK]).say("สมาชิก")


def test_an_unknown_number_is_said() -> None:
    assert "ไม่พบ" in talk().say("สมาชิก 9999")


def test_many_people_fit_the_card() -> None:
    units = ("ก" * 200,) * 5
    those = [Applicant(1000 + n, f"p{n}", Role.COORDINATOR, units, NOW) for n in range(300)]
    offers = {str(n): Invitation(n, Role.OFFICER, units, 1, WEEK) for n in range(60)}
    shown = talk(known=those, waiting=those[:50], offers=offers).say("สมาชิก")
    assert "และอีก 275 รายการ" in shown


@pytest.mark.parametrize("chat", ["group", "room"])
def test_a_group_is_not_shown_anything(chat: str) -> None:
    for text in ("เชิญ", "สมาชิก", "สมาชิก 1001", "ตรวจรับ"):
        outcome = said(text, COORDINATOR, chat=chat, mentioned=True)
        assert "ตัวต่อตัว" in readable(outcome), text
        assert outcome.changes == ()
        assert outcome.step is None
    assert said("เชิญ ทุกคนประชุมพรุ่งนี้", COORDINATOR, chat=chat).replies == ()


def test_a_step_does_not_go_on_in_a_group() -> None:
    from tests.handlers.desk_double import text_event

    step = {"do": "invite", "units": [], "role": "staff", "uses": 1}
    event = text_event("7 วัน", chat="group")
    assert answer(event, COORDINATOR, DeskDouble(), NOW, step).replies == ()


def test_a_step_is_no_permission() -> None:
    step = {"do": "invite", "units": [], "role": "coordinator"}
    one = Talk(Person("p-clerk", Role.STAFF), step=step)
    assert "ผู้ประสานงาน" in one.say("7 วัน")
    assert one.changes() == ()
