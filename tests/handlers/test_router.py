"""Who is answered, where, and in which language."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.desk import NOTHING, Event
from handlers.router import ROUTES, answer, language_of
from ita.agency import Person
from ita.changes import FileCase
from ita.complaints import Kind, Part
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    NOW,
    OFFICER,
    UNPLACED,
    DeskDouble,
    buttons,
    readable,
    said,
    text_event,
)
from tests.handlers.sendable import assert_sendable

EVERYONE = (CITIZEN, CLERK, FINANCE, OFFICER, COORDINATOR, EXECUTIVE, UNPLACED)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("ช่วยเหลือ", "ในแชตนี้ทำได้ดังนี้"),
        ("เมนู", "ในแชตนี้ทำได้ดังนี้"),
        ("HELP", "What you can do"),
        ("คะแนน", "78.41"),
        ("คะแนนของเราเท่าไร", "78.41"),
        ("score", "78.41"),
        ("  Scores  ", "78.41"),
        ("งานค้าง", "เป็นส่วนของเจ้าหน้าที่"),
        ("งานที่ต้องรายงาน", "เป็นส่วนของเจ้าหน้าที่"),
        ("รายงานผล 3 80%", "เป็นส่วนของเจ้าหน้าที่"),
        ("แจ้งเหตุ", "เกิดอะไรขึ้น"),
        ("เเจ้งเหตุ ไฟดับ", "อยู่ตรงไหน"),
        ("แจ้งเหตุไฟดับหน้าวัด", "อยู่ตรงไหน"),
        ("ร้องเรียน", "แบบใด"),
        ("ร้องเรียนทุจริต", "1205"),
        ("report corruption", "1205"),
        ("สวัสดี", "ยินดีต้อนรับ"),
        ("hello", "welcome"),
    ],
)
def test_command_words_lead_to_their_topics(text: str, answered: str) -> None:
    assert answered in readable(said(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("555", "laughter"),
        ("เสร็จแล้ว ขอบคุณ", "thanks, no report"),
        ("๑๐๐% เลย", "a quiz, perhaps"),
        ("ลงทะเบียนเบี้ยผู้สูงอายุ", "an allowance"),
        ("helper wanted", "no command"),
        ("hide and seek", "not hi"),
        ("=1+1", "no formula"),
        ("", "nothing at all"),
        ("   ", "nothing at all"),
    ],
)
def test_other_words_get_a_friendly_answer_and_change_nothing(text: str, why: str) -> None:
    outcome = said(text)
    assert outcome.changes == (), why
    assert "ขอบคุณที่ทักมา" in readable(outcome) or "ในแชตนี้ทำได้ดังนี้" in readable(outcome)
    door = ["ร้องเรียนทุจริต"] if "ขอบคุณที่ทักมา" in readable(outcome) else []
    assert buttons(outcome) == ["แจ้งเหตุ", *door, "ติดตาม", "คะแนน", "ช่วยเหลือ"]


def test_staff_who_leave_the_command_out_are_understood_all_the_same() -> None:
    text = "ม.3 80% จัดประชุมแล้ว https://example.go.th/a"
    assert said(text, CLERK).changes == said(f"รายงานผล {text}", CLERK).changes != ()


@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.ref)
def test_every_role_gets_an_answer_to_every_command(person: Person) -> None:
    for _, words in ROUTES:
        for word in words:
            assert_sendable(said(word, person).replies)
            assert readable(said(word, person))


def event(kind: str, **more: object) -> Event:
    return replace(text_event("คะแนน"), kind=kind, **more)  # type: ignore[arg-type] # table


@pytest.mark.parametrize(
    ("happened", "answered"),
    [
        (event("message", standby=True), ""),
        (event("follow", message_kind="", text=""), "ยินดีต้อนรับ"),
        (event("follow", message_kind="", text="", standby=True), ""),
        (event("unfollow"), ""),
        (event("join", chat_kind="group"), "สุจริตออกจากกลุ่ม"),
        (event("messageEdited", chat_kind="group"), ""),
        (event("postback"), "ปุ่มนี้ใช้ไม่ได้แล้ว"),
        (event("a kind of next year"), ""),
        (event(""), ""),
        (event("message", message_kind="sticker", text=""), "ยังไม่ได้เก็บไว้"),
        (event("message", message_kind="location", text=""), "ยังไม่ได้เก็บไว้"),
        (event("message", message_kind="hologram", text=""), "ยังไม่ได้เก็บไว้"),
        (event("message", message_kind="image", text="", chat_kind="group"), ""),
        (event("message", message_kind="sticker", text="", chat_kind="room"), ""),
    ],
    ids=lambda value: f"{value.kind}-{value.message_kind}" if isinstance(value, Event) else "",
)
def test_events_that_are_no_text(happened: Event, answered: str) -> None:
    outcome = answer(happened, CITIZEN, DeskDouble(), NOW)
    assert outcome.changes == ()
    assert answered in readable(outcome) if answered else outcome == NOTHING


@pytest.mark.parametrize(
    ("text", "mentioned", "speaks"),
    [
        ("คะแนน", False, True),
        ("คะแนน ปีนี้", False, True),
        ("รายงานผล 3 80%", False, True),
        ("รายงานผลตัวชี้วัด 3 80%", False, True),
        ("รายงานผล3 80%", False, True),
        ("งานค้าง", False, True),
        ("คะแนนสอบออกแล้ว", False, False),
        ("รายงานผลการประชุมส่งแล้วนะ", False, False),
        ("ดูคะแนน หน่อย", False, False),
        ("สวัสดี", False, False),
        ("hello", False, False),
        ("ไปกินข้าวกัน", False, False),
        ("", False, False),
        ("สวัสดี", True, True),
        ("คะแนนเท่าไร", True, True),
        ("ไปกินข้าวกัน", True, True),
        ("", True, True),
    ],
)
@pytest.mark.parametrize("chat", ["group", "room"])
def test_in_a_group_the_bot_speaks_when_spoken_to(
    text: str, mentioned: bool, speaks: bool, chat: str
) -> None:
    assert bool(said(text, CLERK, chat=chat, mentioned=mentioned).replies) is speaks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("help", "en"),
        ("Report a problem: lamp out!", "en"),
        ("SCORES 2566?", "en"),
        ("how do I pay tax", "en"),
        ("report a problem ไฟดับ", "th"),
        ("help ด้วย", "th"),
        ("ok na", "th"),
        ("555", "th"),
        ("", "th"),
        ("คะแนน", "th"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_private_words_of_an_event_stay_out_of_its_repr() -> None:
    part = Part("ไฟดับหน้าบ้านเลขที่ตัวอย่าง", "message")
    assert "ตัวอย่าง" not in repr((part, FileCase("TEST-0001", Kind.GRIEVANCE, "0" * 16, (part,))))
    assert "ไฟดับ" not in repr(text_event("แจ้งเหตุ ไฟดับ"))


commands = st.sampled_from([word for _, words in ROUTES for word in words])
pieces = st.sampled_from(
    [
        "3",
        "๘๐%",
        "150%",
        "ร้อยละ",
        "o13",
        "ตัวชี้วัด",
        "ม.",
        "เสร็จ",
        "https://ก.ไทย/%",
        "http://",
        "www.",
        "=1",
        "\n",
        "ํา",
        "\u0e48" * 9,
        "🙏🏽",
        "ประกาศนโยบายงดรับของขวัญ",
        "ทุจริต",
        "{agency}",
        "80 %",
    ]
)
texts = st.text(max_size=200) | st.builds(
    lambda command, rest, joint: (command + joint + joint.join(rest))[:5000],
    commands,
    st.lists(pieces | st.text(max_size=20), max_size=12),
    st.sampled_from([" ", "", "\n"]),
)


@given(
    text=texts,
    person=st.sampled_from(EVERYONE),
    chat=st.sampled_from(["user", "group", "room"]),
    mentioned=st.booleans(),
)
def test_every_text_gets_an_answer_that_can_be_sent(
    text: str, person: Person, chat: str, mentioned: bool
) -> None:
    outcome = said(text, person, chat=chat, mentioned=mentioned)
    assert_sendable(outcome.replies)
    assert outcome.replies or chat != "user"
    assert chat == "user" or not any(isinstance(each, FileCase) for each in outcome.changes)
    assert outcome.changes == () or outcome.replies
