"""Group chats: what is said aloud, what is taken to a chat of one's own, and what is left alone."""

import json
from dataclasses import replace
from typing import Any, Literal

import pytest

from handlers.desk import NOTHING, ChatKind, Event, Outcome
from handlers.router import answer
from ita.agency import Person, Role
from ita.changes import LeaveChat, ReportProgress
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
    measure,
    readable,
    text_event,
)
from tests.handlers.people_double import PeopleDouble
from tests.handlers.sendable import assert_sendable, parts

How = Literal["silent", "spoken", "moved", "recorded", "left"]
SECRET = "ยังหาพยานไม่ได้"
LINK = "https://line.me/R/oaMessage/%40sample/"
CHAT = "ไปที่แชตส่วนตัว"
ANYBODY = (CITIZEN, CLERK, FINANCE, OFFICER, COORDINATOR, EXECUTIVE, UNPLACED)
STAFF = (CLERK, OFFICER)


def group_desk() -> DeskDouble:
    return DeskDouble(people=PeopleDouble(address=LINK))


def in_group(
    text: str, person: Person, *, mentioned: bool = False, chat: ChatKind = "group"
) -> Outcome:
    outcome = answer(text_event(text, chat=chat, mentioned=mentioned), person, group_desk(), NOW)
    assert_sendable(outcome.replies)
    return outcome


def how(outcome: Outcome) -> How:
    """What became of it."""
    if any(isinstance(change, LeaveChat) for change in outcome.changes):
        return "left"
    if outcome.changes:
        assert all(isinstance(change, ReportProgress) for change in outcome.changes)
        return "recorded"
    if not outcome.replies:
        return "silent"
    links = [part["uri"] for part in parts(list(outcome.replies)) if part.get("type") == "uri"]
    return "moved" if LINK in links else "spoken"


M, _ = True, False
TABLE: tuple[tuple[str, bool, tuple[Person, ...], How], ...] = (
    # what people say to each other
    ("ประชุมพรุ่งนี้เก้าโมง", _, ANYBODY, "silent"),
    ("ม3 เสร็จแล้ว", _, ANYBODY, "silent"),
    ("ส่งงานแล้วนะคะ", _, ANYBODY, "silent"),
    ("คะแนนสอบออกแล้ว", _, ANYBODY, "silent"),
    ("สรุปผลการประชุมแล้ว", _, ANYBODY, "silent"),
    ("เชิญประชุมบ่ายโมง", _, ANYBODY, "silent"),
    ("เชิญครับ", _, ANYBODY, "silent"),
    ("สมาชิก", _, ANYBODY, "silent"),
    ("สวัสดีตอนเช้า", _, ANYBODY, "silent"),
    ("ไฟถนนดับหน้าวัด", _, ANYBODY, "silent"),
    ("เจ้าหน้าที่เรียกเงิน", _, ANYBODY, "silent"),
    ("100%", _, ANYBODY, "silent"),
    ("คะแนน บอลเมื่อคืน", _, ANYBODY, "silent"),
    ("score 3-2 จบเกม", _, ANYBODY, "silent"),
    ("เมนู อาหารกลางวัน", _, ANYBODY, "silent"),
    ("ช่วยด้วย รถล้ม", _, ANYBODY, "silent"),
    ("help wanted", _, ANYBODY, "silent"),
    ("มาตรการ 3 ของรัฐบาลเสร็จแล้ว", _, ANYBODY, "silent"),
    ("มาตรการ 1 กับ 3 เสร็จแล้วค่ะพี่", _, ANYBODY, "silent"),
    ("อย่าเตือน", _, ANYBODY, "silent"),
    ("ไม่ต้องเตือน", _, ANYBODY, "silent"),
    ("เลื่อนเตือน", _, ANYBODY, "silent"),
    ("เตือนต่อ", _, ANYBODY, "silent"),
    ("ลบข้อมูล", _, ANYBODY, "silent"),
    ("ลบข้อมูลออกครับ", _, ANYBODY, "silent"),
    ("ลบข้อมูลของฉัน", M, ANYBODY, "moved"),
    ("", _, ANYBODY, "silent"),
    # asked for
    ("คะแนน", _, ANYBODY, "spoken"),
    ("คะแนนเท่าไร", M, ANYBODY, "spoken"),
    ("ช่วยเหลือ", _, ANYBODY, "spoken"),
    ("สวัสดี", M, ANYBODY, "spoken"),
    ("", M, ANYBODY, "spoken"),
    ("วันนี้อากาศดี", M, ANYBODY, "spoken"),
    ("งานค้าง", _, STAFF, "spoken"),
    ("มีงานอะไรค้างบ้าง", M, STAFF, "spoken"),
    ("มาตรการ 3", _, ANYBODY, "spoken"),
    ("มาตรการที่ 3 ค่ะ", _, ANYBODY, "spoken"),
    ("คะแนน ITA ปี 66 หน่อยค่ะ", _, ANYBODY, "spoken"),
    ("เมนูค่ะ", _, ANYBODY, "spoken"),
    ("help", _, ANYBODY, "spoken"),
    # reports
    ("รายงานผล 3 80% ประชุมแล้ว", _, STAFF, "recorded"),
    ("รายงานผล 3 80% ประชุมแล้ว", M, STAFF, "recorded"),
    ("ม3 80% ประชุมแล้ว", M, STAFF, "recorded"),
    ("รายงานผล 2 80% เผยแพร่แล้ว", _, (FINANCE, COORDINATOR), "recorded"),
    ("รายงานผล", _, STAFF, "moved"),
    ("รายงานผล ช่องทาง 50%", _, STAFF, "moved"),
    ("รายงานผล 3 ประชุมแล้วบางส่วน", _, STAFF, "moved"),
    ("รายงานผล 2 80%", _, STAFF, "moved"),
    ("รายงานผล 3 80% ประชุมแล้ว", _, (CITIZEN,), "moved"),
    ("รายงานผล", _, (CITIZEN,), "moved"),
    # what is nobody else's business
    ("แจ้งเหตุ ไฟดับหน้าวัด", _, ANYBODY, "moved"),
    ("ร้องเรียน ผู้อำนวยการ", _, ANYBODY, "moved"),
    ("ร้องเรียนทุจริต ปลัดรับเงิน", _, ANYBODY, "moved"),
    ("เจ้าหน้าที่เรียกเงินใต้โต๊ะ", M, ANYBODY, "moved"),
    ("ลงทะเบียน ABCD-EFGH", _, ANYBODY, "moved"),
    ("ออกจากระบบ", M, ANYBODY, "moved"),
    ("เชิญ กองคลัง", M, (COORDINATOR,), "moved"),
    ("สมาชิก", M, (COORDINATOR,), "moved"),
    ("ตรวจรับ", _, (COORDINATOR,), "moved"),
    ("ไม่ต้องเตือน", M, STAFF, "moved"),
    ("งานค้าง", _, (COORDINATOR,), "moved"),
    ("สรุป", _, (COORDINATOR,), "moved"),
    # the account is not wanted
    ("สุจริตออกจากกลุ่ม", _, ANYBODY, "left"),
    ("สุจริตออกจากกลุ่ม", M, ANYBODY, "left"),
)


@pytest.mark.parametrize("chat", ["group", "room"])
@pytest.mark.parametrize(
    ("text", "mentioned", "person", "expected"),
    [
        pytest.param(text, mentioned, person, expected, id=f"{text}-{mentioned}-{person.ref}")
        for text, mentioned, people, expected in TABLE
        for person in people
    ],
)
def test_what_is_said_in_a_group(
    text: str, mentioned: bool, person: Person, expected: How, chat: ChatKind
) -> None:
    outcome = in_group(text, person, mentioned=mentioned, chat=chat)
    assert how(outcome) == expected, readable(outcome)
    assert len(outcome.replies) <= 1
    assert outcome.step is None
    assert "quickReply" not in json.dumps(outcome.replies)
    assert '"postback"' not in json.dumps(outcome.replies)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (Event("join", NOW, "group"), "spoken"),
        (Event("join", NOW, "room"), "spoken"),
        (Event("leave", NOW, "group"), "silent"),
        (Event("memberJoined", NOW, "group"), "silent"),
        (Event("memberLeft", NOW, "group"), "silent"),
        (Event("messageEdited", NOW, "group", "text", "คะแนน"), "silent"),
        (Event("message", NOW, "group", "sticker"), "silent"),
        (Event("message", NOW, "group", "location"), "silent"),
        (Event("join", NOW, "group", standby=True), "silent"),
        (Event("message", NOW, "group", "text", "คะแนน", standby=True), "silent"),
        (Event("message", NOW, "group", "text", "สุจริตออกจากกลุ่ม", standby=True), "silent"),
    ],
    ids=lambda value: f"{value.kind}-{value.message_kind}" if isinstance(value, Event) else value,
)
@pytest.mark.parametrize("person", [Person(""), CLERK], ids=["unnamed", "staff"])
def test_what_happens_in_a_group(happened: Event, expected: How, person: Person) -> None:
    outcome = answer(happened, person, group_desk(), NOW)
    assert_sendable(outcome.replies)
    assert how(outcome) == expected
    assert len(outcome.replies) <= 1


def test_it_introduces_itself_and_says_how_it_goes() -> None:
    said = readable(answer(Event("join", NOW, "group"), Person(""), group_desk(), NOW))
    assert "อบต.ตัวอย่าง" in said
    assert how(in_group(said.splitlines()[-1].split("พิมพ์ ")[1], CITIZEN)) == "left"


GOES = (
    "สุจริต ออกจากกลุ่มได้เลยครับ",
    "สุจริตออกจากกลุ่มนี้ด้วยค่ะ",
    "น้องสุจริตช่วยออกจากกลุ่มหน่อยนะคะ",
    "ขอให้สุจริตออกจากกลุ่ม",
    "บอทออกไป",
    "บอท ออกจากห้องนี้ที",
    "เชิญบอทออกจากกลุ่ม",
    "ไม่ต้องการบอทแล้ว",
    "ไม่เอาบอท",
    "กลุ่มนี้ไม่ต้องการบอทในกลุ่มนี้",
    "เอาบอทออกจากกลุ่มหน่อย",
    "เตะบอทออกเลย",
    "bot leave the group",
    "Sujarit, please leave this group",
)
STAYS = (
    "สุจริตออกจากกลุ่มแล้วเหรอ",
    "อย่าให้สุจริตออกจากกลุ่ม",
    "สุจริตอย่าเพิ่งออกจากกลุ่มนะ",
    "ใครออกจากกลุ่ม",
    "พี่สมมติออกจากกลุ่มไปแล้ว",
    "ออกจากกลุ่ม",
    "ออกไปกินข้าว",
    "ไม่เอา",
    "ไม่ต้องการ",
    "สุจริตไหม",
    "ต้องสุจริตออกจากใจ",
    "ไม่ทุจริตออกจากกลุ่มเสี่ยง",
    "บอทดีมาก",
    "วิธีเอาบอทออกจากกลุ่มทำยังไง",
    "bot leaves tomorrow",
    "สุจริต" * 200 + "ออกจากกลุ่ม",
)


@pytest.mark.parametrize("text", GOES)
def test_it_goes_where_it_is_not_wanted(text: str) -> None:
    outcome = in_group(text, CITIZEN)
    assert how(outcome) == "left"
    assert "ขอออกจากกลุ่มนี้" in readable(outcome)


@pytest.mark.parametrize(
    "text", ["ออกจากกลุ่มได้เลย", "ช่วยออกไปหน่อย", "ไม่ต้องการแล้ว", "ไม่เอา", "leave"]
)
def test_whoever_mentions_it_need_not_name_it(text: str) -> None:
    assert how(in_group(text, CITIZEN, mentioned=True)) == "left"


@pytest.mark.parametrize("text", STAYS)
def test_talk_about_going_is_left_alone(text: str) -> None:
    assert in_group(text, CLERK) == NOTHING


@pytest.mark.parametrize("person", ANYBODY, ids=lambda person: person.ref)
def test_one_to_one_there_is_no_group_to_leave(person: Person) -> None:
    outcome = answer(text_event("สุจริตออกจากกลุ่ม"), person, group_desk(), NOW)
    assert how(outcome) != "left"


def test_a_report_counts_for_the_member_who_wrote_it() -> None:
    alone = answer(text_event("รายงานผล 3 80% ประชุมแล้ว"), CLERK, group_desk(), NOW)
    assert in_group("รายงานผล 3 80% ประชุมแล้ว", CLERK).changes == alone.changes


def test_a_report_that_is_asked_about_stands_ready_in_the_private_chat() -> None:
    desk = DeskDouble(people=Typed())
    event = text_event("รายงานผล 3 ประชุมแล้ว", chat="group")
    (reply,) = answer(event, CLERK, desk, NOW).replies
    assert uri_of(reply) == f"{LINK}?รายงานผล 3 ประชุมแล้ว"
    long = replace(event, text="รายงานผล 3 " + "ก" * 2000)
    (reply,) = answer(long, CLERK, desk, NOW).replies
    assert uri_of(reply) == f"{LINK}?"


def test_nothing_that_was_told_in_a_group_stands_in_a_link_or_an_answer() -> None:
    for text in ("แจ้งเหตุ ความลับหนึ่ง", "ร้องเรียนทุจริต ความลับหนึ่ง", "ลงทะเบียน ABCD-EFGH"):
        desk = DeskDouble(people=Typed())
        outcome = answer(text_event(text, chat="group"), CITIZEN, desk, NOW)
        shown = json.dumps(outcome.replies, ensure_ascii=False)
        assert "ความลับ" not in shown
        assert "ABCD" not in shown
        assert outcome.changes == ()


def test_without_a_known_address_it_is_said_in_words() -> None:
    event = text_event("รายงานผล", chat="group")
    (reply,) = answer(event, CLERK, DeskDouble(), NOW).replies
    assert reply["type"] == "text"
    assert "แชตส่วนตัว" in reply["text"]


@pytest.mark.parametrize("role", Role)
def test_an_outsider_reads_no_more_than_the_unit_may(role: Role) -> None:
    """A group is one unit's: whoever oversees all units reads of them in a chat of his own."""
    person = Person("p-somebody", role, ("กองช่าง",))
    others = measure(1, "มาตรการของกองคลัง", "กองคลัง", output=SECRET, obstacle=SECRET)
    own = measure(2, "มาตรการของกองช่าง", "กองช่าง")
    desk = DeskDouble(all_measures=(others, own))
    for text in ("งานค้าง", "สรุป", "มาตรการ 1"):
        assert SECRET not in readable(answer(text_event(text, chat="group"), person, desk, NOW))
    for text in ("งานค้าง", "สรุป"):
        said = readable(answer(text_event(text, chat="group"), person, desk, NOW))
        assert others.title not in said


class Typed(PeopleDouble):
    """Shows what would stand typed in the chat."""

    def link(self, text: str) -> str | None:
        return f"{LINK}?{text}"


def uri_of(reply: dict[str, Any]) -> str:
    (uri,) = [part["uri"] for part in parts([reply]) if part.get("type") == "uri"]
    return str(uri)
