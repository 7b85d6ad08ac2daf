"""A press through webhook, worker, database and sheet: once, for its person, in its chat."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import freeze
from bot.tasks import tidy
from bot.turn import turn
from ita.agency import Role
from ita.changes import Invite, ReportProgress
from ita.invitations import spoken
from ita.measures import Progress, Status
from store import invitations, people, register, reminders
from tests.bot.test_turn import _accept, _chat
from tests.bot.test_way import body, changed, raw_event, settle
from tests.bot.town import Town, eventually

AGENCY = "dongmuang"
LINK = "https://example.go.th/nogift"


def press_event(town: Town, person: str, data: str, name: str, **more: Any) -> dict[str, Any]:
    """A press as LINE would send it."""
    event = raw_event(town, person, "", name, type="postback", postback={"data": data}, **more)
    del event["message"]
    return event


def press(town: Town, person: str, data: str, name: str) -> None:
    assert town.deliver(body(town, press_event(town, person, data, name)))["status"] == 200
    settle(town)


def buttons(town: Town, person: str) -> dict[str, str]:
    """Label → data of the buttons in all that a person got; the newest of each label."""
    found = {}
    for sent in town.sent(person):
        for action in _actions(sent["message"]):
            found[action["label"]] = action["data"]
    return found


def _actions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _actions(each)
    elif isinstance(value, dict):
        if value.get("type") == "postback":
            yield value
        for each in value.values():
            yield from _actions(each)


def reported_done(town: Town, person: str) -> None:
    """Measure 3 waits for acceptance, with all that this asks of a report, in the sheet too."""
    settle(town)
    now = town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        by = people.find(tx, town.user_id(person)).ref
        (third,) = [one for one in register.measures(tx) if one.number == 3]
        waits = Status.AWAITING_ACCEPTANCE
        done = Progress(third.id, now, "สำนักปลัด", waits, None, "ประกาศแล้ว", (LINK,))
        register.apply(tx, ReportProgress(done), by)
        town.program.queue.defer_sync(tx.sql, AGENCY)
    settle(town)


def newest(town: Town, person: str) -> str:
    return str(town.sent(person)[-1]["message"])


@pytest.fixture
def waiting(town: Town) -> Town:
    """The clerk reported measure 3 as done, and the coordinator sees the list."""
    reported_done(town, "clerk")
    town.say("coordinator", "ตรวจรับ")
    eventually(lambda: town.sent("coordinator"), "the list is there")
    settle(town)
    return town


def test_a_press_accepts_the_measure_in_register_and_sheet(waiting: Town) -> None:
    town = waiting
    before = town.sheet()
    data = buttons(town, "coordinator")["ตรวจรับ"]
    assert len(data) == 22, "LINE gets an id and nothing else"
    raw = body(town, press_event(town, "coordinator", data, "PRESS"))
    for _ in range(3):  # LINE delivers it again
        assert town.deliver(raw)["status"] == 200
    settle(town)
    assert "ตรวจรับแล้ว" in newest(town, "coordinator")
    assert len(town.sent("coordinator")) == 2
    (row,) = changed(before, town.sheet())["มาตรการ"]
    assert "ดำเนินการแล้วเสร็จ" in row
    assert "ตรวจรับแล้ว" in row

    press(town, "coordinator", data, "AGAIN")  # the same button, pressed once more
    assert "สถานะเปลี่ยนไปแล้ว" in newest(town, "coordinator")


def test_a_press_and_a_reason_send_it_back(waiting: Town) -> None:
    town = waiting
    before = town.sheet()
    press(town, "coordinator", buttons(town, "coordinator")["ส่งคืน"], "PRESS")
    raw = body(town, raw_event(town, "coordinator", "ขอรูปถ่ายวันประกาศ", "REASON"))
    for _ in range(2):
        assert town.deliver(raw)["status"] == 200
    settle(town)
    (row,) = changed(before, town.sheet())["มาตรการ"]
    for cell in ("อยู่ระหว่างดำเนินการ", "ขอให้แก้ไข", "ขอรูปถ่ายวันประกาศ"):
        assert cell in row
    with town.program.database.agency(AGENCY) as tx:
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM step")) == 0


def test_an_unsent_reason_leaves_the_sheet_and_the_measure_stays_sent_back(waiting: Town) -> None:
    town = waiting
    before = town.sheet()
    press(town, "coordinator", buttons(town, "coordinator")["ส่งคืน"], "PRESS")
    said = town.say("coordinator", "ขอรูปถ่ายวันประกาศ")
    settle(town)
    assert "ขอรูปถ่ายวันประกาศ" in str(town.sheet()["มาตรการ"])
    event = {"type": "unsend", "unsend": {"messageId": said["message_ids"][0]}}
    gone = raw_event(town, "coordinator", "", "UNSENT", **event)
    del gone["message"]
    town.deliver(body(town, gone))
    settle(town)
    (row,) = changed(before, town.sheet())["มาตรการ"]
    assert "ขอให้แก้ไข" in row
    assert "ขอรูปถ่ายวันประกาศ" not in row


def test_another_person_and_another_agency_do_nothing_with_it(waiting: Town) -> None:
    town = waiting
    before = town.sheet()
    data = buttons(town, "coordinator")["ตรวจรับ"]
    for person in ("clerk", "executive", "citizen"):
        press(town, person, data, f"THEFT{person}".upper())
        assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in newest(town, person)
    group = {
        "source": {
            "type": "group",
            "groupId": "C" + "0" * 32,
            "userId": town.user_id("coordinator"),
        }
    }
    town.deliver(body(town, press_event(town, "coordinator", data, "GROUP", **group)))
    settle(town)
    foreign = press_event(town, "coordinator", data, "FOREIGN")
    foreign["source"]["userId"] = town.user_id("coordinator", "pathumrat")
    town.deliver(body(town, foreign), agency="pathumrat")
    settle(town, "pathumrat")
    assert changed(before, town.sheet()) == {}
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in newest_of(town, "pathumrat")


def newest_of(town: Town, agency: str) -> str:
    return str(town.sent("coordinator", agency)[-1]["message"])


def test_whoever_reported_it_as_done_cannot_accept_it(town: Town) -> None:
    reported_done(town, "coordinator")
    town.say("coordinator", "ตรวจรับ")
    settle(town)
    before = town.sheet()
    press(town, "coordinator", buttons(town, "coordinator")["ตรวจรับ"], "OWN")
    assert "ท่านอื่น" in newest(town, "coordinator")
    assert changed(before, town.sheet()) == {}


def test_from_the_invitation_to_the_first_report(town: Town) -> None:
    settle(town)
    town.say("coordinator", "เชิญ กองคลัง เจ้าหน้าที่ 1 คน 7 วัน")
    settle(town)
    words = town.words("coordinator")
    code = words.split("ลงทะเบียน ")[1].split()[0].split("\n")[0]
    assert "https://line.me/R/oaMessage/%402000000003/?" in words

    town.say("newcomer", f"ลงทะเบียน {code}")
    settle(town)
    data = buttons(town, "newcomer")["ยินยอมและลงทะเบียน"]
    raw = body(town, press_event(town, "newcomer", data, "JOIN"))
    for _ in range(2):
        town.deliver(raw)
    settle(town)
    assert "ยินดีต้อนรับ" in town.words("newcomer")
    before = town.sheet()
    town.say("newcomer", "รายงานผล 2 50% เผยแพร่แล้ว")
    settle(town)
    assert len(changed(before, town.sheet())["ความก้าวหน้า"]) == 1

    town.say("another", f"ลงทะเบียน {code}")
    settle(town)
    assert "ใช้ไม่ได้" in town.words("another"), "its only use is taken"
    kept = [code, code.replace("-", ""), town.user_id("newcomer")]
    assert not [word for word in kept if word in stored(town)]


def stored(town: Town) -> str:
    """All that the tables of this task hold, as text."""
    tables = ("person", "invitation", "applicant", "wrong_code", "button", "step", "progress")
    with town.program.database.agency(AGENCY) as tx:
        return str([tx.sql.execute(sa.text(f"SELECT * FROM {table}")).all() for table in tables])


def test_an_officer_is_confirmed_in_chat_leaves_and_is_gone(town: Town) -> None:
    settle(town)
    now = town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        code, inviter = invitations.new_code(), people.find(tx, town.user_id("coordinator"))
        offer = Invite(code, Role.OFFICER, (), 1, now.replace(year=now.year + 1))
        invitations.apply(tx, offer, inviter.ref, now)
    town.say("newcomer", f"ลงทะเบียน {spoken(code)}")
    settle(town)
    press(town, "newcomer", buttons(town, "newcomer")["ยินยอมและลงทะเบียน"], "JOIN")
    assert role_of(town, "newcomer") is Role.CITIZEN
    town.say("coordinator", "สมาชิก")
    settle(town)
    (label,) = [one for one in buttons(town, "coordinator") if one.startswith("ยืนยัน ")]
    assert label.removeprefix("ยืนยัน ") in town.words("newcomer")
    press(town, "coordinator", buttons(town, "coordinator")[label], "CONFIRM")
    assert role_of(town, "newcomer") is Role.OFFICER
    assert [sent["via"] for sent in town.sent("newcomer")][-1] == "push"
    assert "ได้รับการยืนยันแล้ว" in newest(town, "newcomer")

    town.say("newcomer", "ออกจากระบบ")
    settle(town)
    press(town, "newcomer", buttons(town, "newcomer")["ออกจากระบบ"], "LEAVE")
    assert role_of(town, "newcomer") is Role.CITIZEN


def role_of(town: Town, person: str) -> Role:
    with town.program.database.agency(AGENCY) as tx:
        return people.find(tx, town.user_id(person)).role


def test_a_coordinator_who_blocks_the_account_is_noted_and_pushed_nothing(town: Town) -> None:
    town.say("coordinator", "สมาชิก")
    settle(town)
    gone = raw_event(town, "coordinator", "", "GONE", type="unfollow")
    del gone["message"]
    town.deliver(body(town, gone))
    settle(town)
    with town.program.database.agency(AGENCY) as tx:
        assert [one.role for one in people.members(tx) if one.blocked] == [Role.COORDINATOR]
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM coordinator")) == 0


def test_what_does_nothing_any_more_is_tidied_away(made: Town) -> None:
    _accept(made, "INVITE", "เชิญ กองคลัง เจ้าหน้าที่ 1 คน 7 วัน", "coordinator")
    turn(made.program, AGENCY, _chat(made, "coordinator"))
    _accept(made, "LIST", "สมาชิก", "coordinator")
    _accept(made, "STEP", "เชิญ", "coordinator")
    _accept(made, "WRONG", "ลงทะเบียน ZZZZ-ZZZZ", "citizen")
    for person in ("coordinator", "citizen"):
        turn(made.program, AGENCY, _chat(made, person))
    tables = ("button", "step", "invitation", "wrong_code")
    assert all(count(made, table) for table in tables)
    tidy(made.program)
    assert all(count(made, table) for table in tables), "all are of use"
    freeze(made.sandbox.clock_file, made.program.clock() + timedelta(days=8))
    tidy(made.program)
    assert [count(made, table) for table in tables[1:]] == [0, 0, 0]
    assert count(made, "button")
    freeze(made.sandbox.clock_file, made.program.clock() + timedelta(days=23))
    tidy(made.program)
    assert not any(count(made, table) for table in tables)


def test_what_was_pushed_is_known_until_its_month_is_over(made: Town) -> None:
    first = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    freeze(made.sandbox.clock_file, first.replace(day=31, hour=16))
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(
            sa.text(
                "INSERT INTO message (id, agency, chat, event, key_day, token_expires_at,"
                " settled_at, outcome)"
                " VALUES (gen_random_uuid(), :agency, 'c', 0, :at, :at, :at, 'pushed')"
            ),
            {"agency": AGENCY, "at": first},
        )
    tidy(made.program)
    with made.program.database.agency(AGENCY) as tx:
        assert reminders.pushes(tx, date(2025, 3, 31)) == 1


def count(made: Town, table: str) -> int:
    with made.program.database.agency(AGENCY) as tx:
        return int(tx.sql.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)
