"""Sending at most once: two workers at one message, and the ways that are seldom gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import deliver
from bot.clock import freeze, real_clock
from bot.line import LineError
from bot.turn import turn
from store import journal, messages
from tests.bot.test_turn import granted
from tests.bot.test_way import raw_event
from tests.bot.town import Town

AGENCY = "dongmuang"


def decided(made: Town, text: str = "ช่วยเหลือ", token: str | None = None) -> str:
    """An event handled up to its commit: the reply is decided and not sent. Gives the chat."""
    chat = made.program.keyring.reference(AGENCY, "chat", made.user_id("clerk"))
    now = made.program.clock()
    raw = raw_event(made, "clerk", text, f"E{now.timestamp():.0f}{text[:3].encode().hex()}")
    raw["replyToken"] = granted(made) if token is None else token
    with made.program.database.agency(AGENCY) as tx:
        journal.accept(tx, journal.Arrival(raw["webhookEventId"], chat, now, now, raw))
    made.fault("line", "token", "503")
    turn(made.program, AGENCY, chat)  # handled; LINE was away for the reply
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET retry_at = NULL"))
    return chat


def test_a_worker_that_froze_before_its_reply_finds_it_done(made: Town) -> None:
    """Both saw the message wait; the other one replied. Neither a second reply nor a push."""
    chat = decided(made)
    with made.program.database.agency(AGENCY) as tx:
        (seen,) = messages.waiting(tx, chat)
    deliver.deliver(made.program, AGENCY, chat)
    deliver._send(made.program, AGENCY, chat, seen)
    assert [sent["via"] for sent in made.sent("clerk")] == ["reply"]


def test_a_worker_that_froze_in_its_reply_does_not_push_when_it_wakes(made: Town) -> None:
    """It had begun the attempt; another one made the reply; then LINE refuses the first one."""
    chat = decided(made)
    with made.program.database.agency(AGENCY) as tx:
        (seen,) = messages.waiting(tx, chat)
        body = messages.read(tx, seen, made.program.clock().date())
        frozen = messages.attempt(tx, seen, body, made.program.clock())
    assert frozen is not None
    deliver.deliver(made.program, AGENCY, chat)
    error = LineError("permanent", 400, "reply token")
    deliver._not_replied(made.program, AGENCY, chat, frozen, body, error)
    assert [sent["via"] for sent in made.sent("clerk")] == ["reply"]


def test_a_card_that_line_refuses_is_said_in_plain_text(made: Town) -> None:
    chat = decided(made)
    with made.program.database.agency(AGENCY) as tx:
        (seen,) = messages.waiting(tx, chat)
        body = messages.read(tx, seen, made.program.clock().date())
        odd = {"type": "flex", "altText": "ข้อความสำคัญ", "contents": {"type": "bubble", "x": 1}}
        wrong = replace(body, messages=[odd, {"type": "text", "text": "ก", "nonsense": 1}, odd] * 2)
        messages.attempt(tx, seen, wrong, made.program.clock())
        messages.withdraw_attempt(tx, replace(seen, attempts=1))
    deliver.deliver(made.program, AGENCY, chat)
    said = [sent["message"] for sent in made.sent("clerk")]
    assert {part["type"] for part in said} == {"text"}
    assert "ข้อความสำคัญ" in str(said)


def test_where_pushing_is_not_wanted_it_waits_for_the_next_reply(made: Town) -> None:
    agency = made.program.agencies[AGENCY]
    quiet = agency.model_copy(update={"line": agency.line.model_copy(update={"push": False})})
    program = replace(made.program, agencies={**made.program.agencies, AGENCY: quiet})
    chat = decided(made, token="")
    deliver.deliver(program, AGENCY, chat)
    assert made.sent("clerk") == []
    decided(made, "คะแนน")
    deliver.deliver(program, AGENCY, chat)
    assert {sent["via"] for sent in made.sent("clerk")} == {"reply"}
    assert "ทำได้ดังนี้" in made.words("clerk")
    program.database.close()


def test_after_a_day_nothing_is_pushed_any_more(made: Town) -> None:
    """LINE forgets retry keys after 24 hours: a push then might be a second one."""
    chat = decided(made, token="")
    freeze(made.sandbox.clock_file, real_clock() + timedelta(hours=24))
    deliver.deliver(made.program, AGENCY, chat)
    assert made.sent("clerk") == []


def test_a_refused_token_of_a_doubtful_bundle_pushes_only_its_own_part(made: Town) -> None:
    """What is in doubt is never paid for; it goes on waiting for a reply."""
    chat = decided(made, "คะแนน")
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET attempted_at = now(), token_expires_at = now()"))
    decided(made, "ช่วยเหลือ", token="a token that is dead")
    deliver.deliver(made.program, AGENCY, chat)
    (pushed,) = made.sent("clerk")
    assert pushed["via"] == "push"
    assert "ทำได้ดังนี้" in str(pushed)
    with made.program.database.agency(AGENCY) as tx:
        (left,) = messages.waiting(tx, chat)
    assert left.attempted_at is not None


def test_a_doubtful_part_survives_a_reply_that_turned_into_a_push(made: Town) -> None:
    """In doubt; rides on the next reply; LINE says 429; that token dies: nothing of it is lost."""
    chat = decided(made, "คะแนน")
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET attempted_at = now(), token_expires_at = now()"))
    decided(made, "ช่วยเหลือ")
    made.fault("line", "reply", "429")
    deliver.deliver(made.program, AGENCY, chat)
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET retry_at = NULL, token_expires_at = now()"))
    deliver.deliver(made.program, AGENCY, chat)
    assert [sent["via"] for sent in made.sent("clerk")] == ["push"]
    with made.program.database.agency(AGENCY) as tx:
        (left,) = messages.waiting(tx, chat)
        body = messages.read(tx, left, made.program.clock().date())
    assert "ยังไม่มีคะแนน" in str(body.messages)


@pytest.mark.parametrize("fault", ["429", "503", "drop_after"])
def test_a_push_that_failed_is_tried_again_and_arrives_once(made: Town, fault: str) -> None:
    chat = decided(made, token="")
    made.fault("line", "push", fault)
    assert deliver.deliver(made.program, AGENCY, chat) is not None
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET retry_at = NULL"))
    assert deliver.deliver(made.program, AGENCY, chat) is None
    assert len(made.sent("clerk")) == 1
