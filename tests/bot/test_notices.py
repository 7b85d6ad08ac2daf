"""Coordinators are told of a broken sheet: once, by push or with the next reply, and of its end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import conversation, notices
from bot.deliver import deliver
from bot.tasks import tidy
from bot.turn import turn
from handlers import events
from handlers.desk import Message, Outcome
from handlers.sheet_problem import IN_THE_SHEET, broken
from ita.agency import Role
from ita.changes import Leave
from store import journal, people
from store.keyring import DAYS_KEPT
from store.sheet_state import LONGEST_PAUSE
from tests.bot.test_budget import _unshare as unshare
from tests.bot.test_budget import ahead, report, rest, state, sync
from tests.bot.test_way import raw_event
from tests.bot.town import Town

AGENCY = "dongmuang"
DAY = 86400.0


def chat(town: Town, person: str = "coordinator") -> str:
    return town.program.keyring.reference(AGENCY, "chat", town.user_id(person))


def accepted(town: Town, name: str, person: str, **more: object) -> dict[str, Any]:
    """A person asks for help, and the journal has it."""
    line = town.sandbox.line
    line.grant_reply(line.state(AGENCY), name, town.user_id(person))
    raw = raw_event(town, person, "ช่วยเหลือ", name, replyToken=name, **more)
    now = town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        arrival = journal.Arrival(raw["webhookEventId"], chat(town, person), now, now, raw)
        assert journal.accept(tx, arrival)
    return raw


def written(town: Town, name: str, person: str = "coordinator", **more: object) -> list[Message]:
    """A person writes and gets an answer; gives what goes before that answer."""
    raw, now = accepted(town, name, person, **more), town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        who = people.find(tx, town.user_id(person))
        first = notices.meet(town.program, tx, events.read(raw, now), who, town.user_id(person))
    turn(town.program, AGENCY, chat(town, person))
    return list(first)


def told(town: Town, person: str = "coordinator") -> list[str]:
    """How each message about the sheet reached a person."""
    return [
        sent["via"] for sent in town.sent(person) if "ผู้แก้ไข" in str(sent["message"].get("text"))
    ]


def fail(town: Town, times: int) -> None:
    """So many syncs in a row find the sheet closed, and whoever is to be told is told."""
    for _ in range(times):
        sync(town)
        deliver(town.program, AGENCY, chat(town))
        ahead(town, LONGEST_PAUSE + 1)


@pytest.fixture
def broke(made: Town) -> Town:
    """The coordinator has written, and the sheet is closed with a report waiting."""
    rest(made)
    assert written(made, "HELLO") == []
    unshare(made)
    report(made, AGENCY, "ผล")
    return made


def push(town: Town, *, allowed: bool) -> None:
    agency = town.program.agencies[AGENCY]
    line = agency.line.model_copy(update={"push": allowed})
    town.program.agencies[AGENCY] = agency.model_copy(update={"line": line})


def test_a_lasting_problem_is_pushed_once(broke: Town) -> None:
    fail(broke, notices.TELL_AFTER - 1)
    assert told(broke) == [], "somebody may undo it yet"
    fail(broke, 4)
    assert told(broke) == ["push"]
    assert "sujarit@sandbox.iam.gserviceaccount.com" in broke.words("coordinator")
    assert broke.words("clerk") == "", "and nobody else is told"


def test_without_pushes_it_comes_with_the_next_reply(broke: Town) -> None:
    push(broke, allowed=False)
    fail(broke, notices.TELL_AFTER + 2)
    assert told(broke) == []
    assert written(broke, "AGAIN") == [], "it waits in the chat already"
    assert told(broke) == ["reply"]


def test_the_turn_itself_says_it_before_the_answer(broke: Town) -> None:
    with broke.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("DELETE FROM coordinator"))
    fail(broke, 1)
    before = len(broke.sent("coordinator"))
    accepted(broke, "HELP", "coordinator")
    turn(broke.program, AGENCY, chat(broke))
    first, *rest_of_it = broke.sent("coordinator")[before:]
    assert (told(broke), "ผู้แก้ไข" in first["message"]["text"]) == (["reply"], True)
    assert len(rest_of_it) == 1, "and what was asked for"


def test_who_has_been_silent_for_a_week_learns_of_it_with_the_next_reply(broke: Town) -> None:
    ahead(broke, DAYS_KEPT * DAY)
    broke.program.keyring.destroy_days_before(broke.program.clock().date())
    fail(broke, notices.TELL_AFTER + 2)
    assert told(broke) == []
    (first,) = written(broke, "BACK")
    assert first == broken(
        broke.program.agencies[AGENCY].facts(), "no_access", broke.program.google.account
    )
    assert written(broke, "ONCE MORE") == []


def test_who_is_coordinator_no_more_is_told_nothing_and_forgotten(broke: Town) -> None:
    with broke.program.database.agency(AGENCY) as tx:
        people.register(tx, broke.user_id("coordinator"), Role.STAFF, ())
    fail(broke, notices.TELL_AFTER + 1)
    assert told(broke) == []
    with broke.program.database.agency(AGENCY) as tx:
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM coordinator")) == 0


def kept(town: Town) -> int:
    with town.program.database.agency(AGENCY) as tx:
        return int(tx.sql.scalar(sa.text("SELECT count(*) FROM coordinator")) or 0)


def test_whoever_leaves_is_not_written_down_again_by_it(made: Town) -> None:
    assert written(made, "HELLO") == []
    assert kept(made) == 1
    raw, now = accepted(made, "BYE", "coordinator"), made.program.clock()
    with made.program.database.agency(AGENCY) as tx:
        who, line_id = people.find(tx, made.user_id("coordinator")), made.user_id("coordinator")
        event, gone = events.read(raw, now), Outcome(changes=(Leave(who.ref),))
        conversation.apply(made.program, tx, event, gone, who, line_id, now)
        assert notices.meet(made.program, tx, event, who, line_id) == ()
    assert kept(made) == 0


@pytest.mark.parametrize("revoked", [False, True])
def test_whoever_was_revoked_is_forgotten_though_nothing_is_to_be_told(
    made: Town, revoked: bool
) -> None:
    assert written(made, "HELLO") == []
    ahead(made, 40 * DAY)  # so that there is something to tidy
    assert written(made, "AGAIN") == []
    if revoked:
        with made.program.database.agency(AGENCY) as tx:
            people.remove(tx, people.find(tx, made.user_id("coordinator")).ref)
    tidy(made.program)
    assert kept(made) == (0 if revoked else 1)


def test_old_addresses_are_tidied_away(made: Town) -> None:
    assert written(made, "HELLO") == []
    ahead(made, 40 * DAY)
    tidy(made.program)
    assert kept(made) == 0


def test_a_problem_that_comes_and_goes_is_told_once_a_day(broke: Town) -> None:
    whole = broke.sandbox.google.files[f"sandbox-{AGENCY}"].permissions
    file = broke.sandbox.google.files[f"sandbox-{AGENCY}"]
    for _ in range(3):
        fail(broke, notices.TELL_AFTER + 1)
        broke.sandbox.google.share(file.book.id, broke.program.google.account)
        rest(broke)
        file.permissions = whole
        report(broke, AGENCY, "อีก")
    assert told(broke) == ["push"]
    ahead(broke, DAY)
    fail(broke, notices.TELL_AFTER + 1)
    assert told(broke) == ["push", "push"]


def test_whoever_was_told_is_told_of_the_end(broke: Town) -> None:
    fail(broke, notices.TELL_AFTER)
    broke.sandbox.google.share(f"sandbox-{AGENCY}", broke.program.google.account)
    rest(broke)
    assert state(broke).problem is None
    (first,) = written(broke, "WELL?")
    assert "กลับมาใช้ได้แล้ว" in first["text"]
    assert written(broke, "AND?") == []


@pytest.mark.parametrize(
    ("person", "more"),
    [
        ("clerk", {}),
        ("citizen", {}),
        ("coordinator", {"source": {"type": "group", "groupId": "C" + "0" * 32}}),
        ("coordinator", {"mode": "standby"}),
    ],
)
def test_nobody_else_and_no_group_learns_of_it(
    broke: Town, person: str, more: dict[str, object]
) -> None:
    with broke.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("DELETE FROM coordinator"))
    fail(broke, 1)
    if "source" in more:
        more = {"source": {**more["source"], "userId": broke.user_id(person)}}  # type: ignore[dict-item]
    assert written(broke, "ELSEWHERE", person, **more) == []
    with broke.program.database.agency(AGENCY) as tx:
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM coordinator")) == 0


def test_what_is_kept_of_a_coordinator_links_no_two_tables(broke: Town) -> None:
    """A stolen database tells neither who he is nor which of the chats is his."""
    with broke.program.database.agency(AGENCY) as tx:
        (row,) = tx.sql.execute(sa.text("SELECT * FROM coordinator")).all()
        known = {ref for (ref,) in tx.sql.execute(sa.text("SELECT ref FROM person"))}
        known |= {ref for (ref,) in tx.sql.execute(sa.text("SELECT ref FROM chat"))}
    assert row.ref not in known
    assert broke.user_id("coordinator").encode() not in bytes(row.sealed_line_id)
    assert row.key_day == broke.program.clock().date()


@pytest.mark.parametrize("problem", [*sorted(IN_THE_SHEET), "defect", "credentials"])
def test_every_problem_has_words_that_say_what_to_do(made: Town, problem: str) -> None:
    agency = replace(made.program.agencies[AGENCY].facts(), short_name="ทต.ตัวอย่าง")
    text = broken(agency, problem, "bot@example.iam")["text"]
    assert "ทต.ตัวอย่าง" in text
    assert "ทุกเรื่องเก็บไว้ครบ" in text
    assert "{" not in text
    assert ("แจ้งผู้ดูแลระบบได้เลย รหัสคือ" in text) == (problem not in IN_THE_SHEET)


def test_line_away_at_the_push(broke: Town) -> None:
    broke.fault("line", "push", "503", 2)
    fail(broke, notices.TELL_AFTER + 3)
    ahead(broke, timedelta(minutes=1).total_seconds())
    deliver(broke.program, AGENCY, chat(broke))
    assert told(broke) == ["push"], "still once"
