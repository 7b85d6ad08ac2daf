"""Who may do what: every role on every command, press and link; forged, stale, in a group."""

import json

import pytest

from handlers import router
from handlers.desk import Event, Message
from handlers.permissions import PERMISSIONS
from handlers.pressing import press, with_tokens
from handlers.router import PRESSES, ROUTES, STEPS, WHOLE, answer
from handlers.topics.complaints.draft import Draft as CaseDraft
from handlers.topics.reporting.draft import Draft, Step, step_of
from ita.agency import Person, Role
from ita.complaints import Kind
from ita.invitations import Applicant, Member
from ita.measures import Status
from tests.handlers.desk_double import NOW, DeskDouble, buttons, measure, readable, text_event
from tests.handlers.people_double import PeopleDouble
from tests.handlers.sendable import assert_sendable

SECRET = "ความลับของหน่วยงาน"
ROLES = tuple(Role)
GREETINGS = ("สวัสดี",)
"""Routes that lead nowhere."""
COMMANDS = {
    "ลงทะเบียน ABCD-EFGH": "register",
    "ออกจากระบบ": "leave",
    "เชิญ": "invite",
    "เชิญ กองคลัง เจ้าหน้าที่ 5 คน 7 วัน": "invite",
    "สมาชิก": "members",
    "สมาชิก 1001": "members",
    "ตรวจรับ": "accepting",
    "เตือน": "reminders",
    "เลื่อนเตือน 3 วัน": "snooze",
    "หยุดเตือน": "stop_reminders",
    "เตือนต่อ": "resume_reminders",
    "รายงานผล 1 50%": "report",
    "ยกเลิกรายงานล่าสุด": "reporting",
    "แก้ไขรายงานล่าสุด": "reporting",
    "งานค้าง": "outstanding",
    "สรุป": "summary",
    "เพิ่มคะแนน": "lift",
    "มาตรการ 1": "measure",
    "คะแนน": "scores",
    "สถิติ": "statistics",
    "ช่วยเหลือ": "help",
    "แจ้งเหตุ ไฟดับ": "grievance",
    "ร้องเรียน": "complaint",
    "ร้องเรียนทุจริต": "protected",
    "ติดตาม": "follow",
    "ลบข้อมูลของฉัน": "erase",
}
"""As it is typed, and its name in the table of permissions."""
WAITS = measure(
    1, SECRET, status=Status.AWAITING_ACCEPTANCE, output=SECRET, evidence=("https://a.go.th/x",)
)
VERSION = "awaiting_acceptance"
ASKS = Applicant(4821, "p-new", Role.OFFICER, (SECRET,), NOW, invited_by=None)
CLERK = Member(1001, "p-clerk", Role.STAFF, (SECRET,), NOW)
ACTIONS: dict[str, dict[str, object]] = {
    "join": {"invitation": 7},
    "decline": {},
    "leave_now": {"role": "staff"},
    "stay": {},
    "invite": {"units": [], "role": "coordinator", "days": 7},
    "withdraw": {"invitation": 7},
    "members": {},
    "confirm": {"number": 4821, "ref": "p-new", "role": "officer"},
    "refuse": {"number": 4821, "ref": "p-new", "role": "officer"},
    "revoke": {"number": 1001, "ref": "p-clerk"},
    "reporting": {"go": "on", "measure": 1},
    "other_report": {"draft": NOW.isoformat()},
    "accepting": {},
    "accept": {"measure": 1, "version": VERSION},
    "send_back": {"measure": 1, "version": VERSION},
    "cancel": {},
    "grievance": {"go": "send", "case": NOW.isoformat()},
    "protected": {"case": "", "go": "open"},
    "case": {"go": "look", "party": "p-party"},
}
STEP: dict[str, tuple[dict[str, object], str]] = {
    "invite": ({"units": [], "role": "coordinator"}, "7 วัน"),
    "reporting": (step_of(Draft(NOW.isoformat(), 1, Step.REVIEW, "in_progress")), "ยืนยัน"),
    "send_back": ({"measure": 1, "version": VERSION}, "ขาดรูปถ่าย"),
    "protected": (CaseDraft("protected", NOW, "story", Kind.CONDUCT).step(), "เล่าเรื่อง"),
    "grievance": (CaseDraft("grievance", NOW, "where", Kind.GRIEVANCE).step(), "หน้าวัด"),
    "adding": ({"party": "p-party", "since": NOW.isoformat()}, "เพิ่มอีก"),
}
REFUSED = ("ของผู้ประสานงาน ITA", "ของเจ้าหน้าที่ อบต.ตัวอย่าง")
NOT_HERE = ("ตัวต่อตัว",)


def desk() -> DeskDouble:
    people = PeopleDouble(known=[CLERK], waiting=[ASKS])
    return DeskDouble(all_measures=(WAITS,), people=people)


def person(role: Role) -> Person:
    return Person("p-somebody", role, ("สำนักปลัด",))


def refuses(replies: tuple[Message, ...], signs: tuple[str, ...]) -> bool:
    """Whether it is one polite message of which nothing can be learned."""
    assert_sendable(replies)
    (only,) = replies
    return (
        only["type"] == "text"
        and any(sign in only["text"] for sign in signs)
        and SECRET not in json.dumps(only, ensure_ascii=False)
        and len(only["text"]) < 160
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("text", COMMANDS)
def test_every_role_on_every_command(role: Role, text: str) -> None:
    outcome = answer(text_event(text), person(role), desk(), NOW)
    if role in PERMISSIONS[COMMANDS[text]].roles:
        assert not refuses(outcome.replies[:1], REFUSED + NOT_HERE)
    else:
        assert refuses(outcome.replies, REFUSED)
        assert (outcome.changes, outcome.step) == ((), None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("do", ACTIONS)
def test_every_role_on_every_press(role: Role, do: str) -> None:
    event = Event("postback", NOW, pressed={"do": do, **ACTIONS[do]})
    outcome = answer(event, person(role), desk(), NOW)
    if role in PERMISSIONS[do].roles:
        assert not refuses(outcome.replies[:1], REFUSED)
    else:
        assert refuses(outcome.replies, REFUSED)
        assert (outcome.changes, outcome.step) == ((), None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("do", STEP)
def test_every_role_in_the_middle_of_every_conversation(role: Role, do: str) -> None:
    """A role may be taken away between the question and the answer."""
    facts, text = STEP[do]
    outcome = answer(text_event(text), person(role), desk(), NOW, {"do": do, **facts})
    if role in PERMISSIONS[do].roles:
        assert not refuses(outcome.replies[:1], REFUSED)
    else:
        assert refuses(outcome.replies, REFUSED)
        assert (outcome.changes, outcome.step) == ((), None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("chat", ["user", "group", "room"])
def test_a_forged_press_is_refused_in_every_role(role: Role, chat: str) -> None:
    """The turn knows no such button: somebody made the data up, or took another's."""
    for data in ("", "x" * 22, '{"do": "accept", "measure": 1}', "do=accept&measure=1"):
        event = Event("postback", NOW, chat, data=data)  # type: ignore[arg-type] # the table names the kind
        outcome = answer(event, person(role), desk(), NOW)
        assert refuses(outcome.replies, ("ปุ่มนี้ใช้ไม่ได้แล้ว",))
        assert (outcome.changes, outcome.step) == ((), None)


@pytest.mark.parametrize("do", ["", "no such thing", "register", "report", "__class__"])
def test_an_action_of_another_time_does_nothing(do: str) -> None:
    event = Event("postback", NOW, pressed={"do": do})
    outcome = answer(event, person(Role.COORDINATOR), desk(), NOW)
    assert refuses(outcome.replies, ("ปุ่มนี้ใช้ไม่ได้แล้ว",))
    assert outcome.changes == ()


@pytest.mark.parametrize("chat", ["group", "room"])
@pytest.mark.parametrize("do", ACTIONS)
def test_no_press_counts_in_a_group(do: str, chat: str) -> None:
    event = Event("postback", NOW, chat, pressed={"do": do, **ACTIONS[do]})  # type: ignore[arg-type] # the table names the kind
    outcome = answer(event, person(Role.COORDINATOR), desk(), NOW)
    assert refuses(outcome.replies, ("ปุ่มนี้ใช้ไม่ได้แล้ว",))
    assert outcome.changes == ()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("chat", ["group", "room"])
@pytest.mark.parametrize("mentioned", [True, False])
def test_what_is_private_stays_out_of_groups(role: Role, chat: str, mentioned: bool) -> None:
    for text in ("ลงทะเบียน ABCD-EFGH", "ออกจากระบบ", "เชิญ", "สมาชิก", "สมาชิก 1001", "ตรวจรับ"):
        event = text_event(text, chat=chat, mentioned=mentioned)
        outcome = answer(event, person(role), desk(), NOW)
        if outcome.replies:
            assert refuses(outcome.replies, REFUSED + NOT_HERE), text
            assert buttons(outcome) == []
        assert (outcome.changes, outcome.step) == ((), None)


def test_the_table_knows_every_action_and_every_action_is_tried_here() -> None:
    assert PRESSES.keys() == ACTIONS.keys()
    assert STEPS.keys() == STEP.keys()
    named = {action for action, *_ in WHOLE}
    assert {*named, *PRESSES, *STEPS, *COMMANDS.values()} == PERMISSIONS.keys()
    assert named <= {*COMMANDS.values()}
    typed = [text.split()[0] for text in (*COMMANDS, *GREETINGS)]
    assert all(any(word in typed for word in words) for _, words in ROUTES)


def test_every_button_that_the_bot_makes_leads_somewhere() -> None:
    """Whatever a coordinator, a clerk or a citizen can be shown, its buttons are in the table."""
    texts = [*COMMANDS, *(words[0] for _, words in ROUTES)]
    made: list[str] = []
    for role in ROLES:
        for text in texts:
            for reply in answer(text_event(text), person(role), desk(), NOW).replies:
                with_tokens(reply, lambda action: made.append(action["do"]) or "x")  # type: ignore[func-returns-value]
    assert made
    assert set(made) <= router.PRESSES.keys()


def test_an_action_reaches_line_as_an_id_alone() -> None:
    message = {
        "type": "text",
        "text": "x",
        "quickReply": {"items": [{"action": press("ก", "accept", measure=3)}]},
    }
    sent = with_tokens(message, lambda action: "id")
    (item,) = sent["quickReply"]["items"]
    assert item["action"]["data"] == "id"
    assert message["quickReply"]["items"][0]["action"]["data"] == {"do": "accept", "measure": 3}  # type: ignore[index]
    picker = {"type": "datetimepicker", "data": {"do": "date"}, "mode": "date", "label": "ก"}
    assert with_tokens(picker, lambda action: action["do"])["data"] == "date"


def test_nobody_reads_words_on_a_button_id() -> None:
    event = Event("postback", NOW, data=SECRET, pressed={"do": SECRET})
    assert SECRET not in repr(event)
    assert readable(answer(event, person(Role.STAFF), desk(), NOW)).count(SECRET) == 0
