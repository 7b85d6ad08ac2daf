"""Turns that go wrong: an event that keeps failing is set aside, told of, and the chat goes on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import freeze
from bot.line import Line, LineError
from bot.turn import turn
from handlers.events import read
from sandbox.town import MASTER_KEY
from store import journal
from store.keyring import Keyring, KeyringAway
from tests.bot.test_way import body, raw_event, settle
from tests.bot.town import Town

AGENCY = "dongmuang"


def _spoil_next(town: Town, name: str) -> None:
    """The event's sealed body is damaged, as by a bad disk: it can never be read."""
    with town.program.database.agency(AGENCY) as tx:
        tx.sql.execute(
            sa.text("UPDATE event SET sealed_body = '\\x00' WHERE webhook_event_id = :name"),
            {"name": name},
        )


def _let_time_pass(town: Town) -> None:
    """Until what failed is due again."""
    with town.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE event SET retry_at = now() - interval '1 second'"))


def _chat(town: Town, person: str) -> str:
    return town.program.keyring.reference(AGENCY, "chat", town.user_id(person))


def _accept(town: Town, name: str, text: str, person: str = "clerk") -> str:
    """An event in the journal without a wake-up call."""
    raw = raw_event(town, person, text, name)
    now = town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        arrival = journal.Arrival(raw["webhookEventId"], _chat(town, person), now, now, raw)
        assert journal.accept(tx, arrival)
    return str(raw["webhookEventId"])


def test_an_event_that_keeps_failing_is_set_aside_and_the_chat_goes_on(made: Town) -> None:
    spoilt = _accept(made, "SPOILT", "คะแนน")
    _spoil_next(made, spoilt)
    good = _accept(made, "GOOD", "ช่วยเหลือ")
    for _ in range(journal.MAX_ATTEMPTS):
        turn(made.program, AGENCY, _chat(made, "clerk"))
        turn(made.program, AGENCY, _chat(made, "clerk"))  # woken too early: no attempt is used up
        _let_time_pass(made)
    with made.program.database.agency(AGENCY) as tx:
        rows = {
            row.webhook_event_id: row
            for row in tx.sql.execute(
                sa.text("SELECT webhook_event_id, set_aside_at, handled_at, error FROM event")
            )
        }
    assert rows[spoilt].set_aside_at is not None
    assert rows[spoilt].error == "Tampered"
    assert rows[good].handled_at is not None
    assert len(made.sent("clerk")) == 1


def test_whoever_wrote_what_fails_hears_an_apology(made: Town) -> None:
    """The register refuses the report (no spreadsheet is known): five times, then it is said."""
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("DELETE FROM spreadsheet"))
    event = raw_event(made, "clerk", "รายงานผล 3 40% จัดประชุมแล้ว", "FAILS", replyToken=granted(made))
    now = made.program.clock()
    chat = _chat(made, "clerk")
    with made.program.database.agency(AGENCY) as tx:
        journal.accept(tx, journal.Arrival(event["webhookEventId"], chat, now, now, event))
    for _ in range(journal.MAX_ATTEMPTS):
        turn(made.program, AGENCY, chat)
        _let_time_pass(made)
    assert "ขออภัย" in made.words("clerk")
    assert all(row[1:2] != ["40"] for row in made.sheet()["ความก้าวหน้า"])


def granted(made: Town) -> str:
    """A reply token that LINE knows."""
    line = made.sandbox.line
    line.grant_reply(line.state(AGENCY), "token-of-the-test", made.user_id("clerk"))
    return "token-of-the-test"


def test_what_outlived_its_key_is_ended_and_the_chat_goes_on(made: Town) -> None:
    _accept(made, "OLD", "คะแนน")
    today = made.program.clock()
    freeze(made.sandbox.clock_file, today + timedelta(days=7))
    made.program.keyring.destroy_days_before((today + timedelta(days=7)).date())
    turn(made.program, AGENCY, _chat(made, "clerk"))
    _accept(made, "NEW", "ช่วยเหลือ")
    turn(made.program, AGENCY, _chat(made, "clerk"))
    assert len(made.sent("clerk")) == 1


def test_another_keyring_gives_nothing_up(made: Town, tmp_path: Path) -> None:
    """A worker with a folder of its own, or an empty one: the event waits for the right keyring."""
    _accept(made, "WAITS", "ช่วยเหลือ")
    for wrong in (
        Keyring(str(tmp_path / "another"), MASTER_KEY.encode()),
        Keyring(made.environment["SUJARIT_KEYRING"], b"another master key of 32 bytes..."),
    ):
        stranger = replace(made.program, keyring=wrong)
        with pytest.raises(KeyringAway):
            turn(stranger, AGENCY, _chat(made, "clerk"))
        stranger.database.close()
    turn(made.program, AGENCY, _chat(made, "clerk"))
    assert len(made.sent("clerk")) == 1


def test_a_keyring_that_cannot_be_written_counts_against_no_event(made: Town) -> None:
    chat = _chat(made, "citizen")
    for number, text in enumerate(("แจ้งเหตุ ไฟดับหน้าศาลาตัวอย่าง", "ข้าม", "ข้าม")):
        _accept(made, f"TOLD{number}", text, "citizen")
        turn(made.program, AGENCY, chat)
    _accept(made, "CASE", "ส่ง", "citizen")
    cases = Path(made.environment["SUJARIT_KEYRING"]) / "cases"
    cases.write_text("a file where a folder should be")
    for _ in range(journal.MAX_ATTEMPTS + 1):
        with pytest.raises(KeyringAway):
            turn(made.program, AGENCY, chat)
    cases.unlink()
    turn(made.program, AGENCY, chat)
    with made.program.database.agency(AGENCY) as tx:
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM case_file")) == 1


def test_a_message_that_cannot_be_read_does_not_hold_its_chat(made: Town) -> None:
    chat = _chat(made, "clerk")
    made.fault("line", "token", "503")
    _accept(made, "FIRST", "คะแนน")
    turn(made.program, AGENCY, chat)
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE message SET sealed_body = '\\x00', retry_at = NULL"))
    _accept(made, "SECOND", "ช่วยเหลือ")
    turn(made.program, AGENCY, chat)
    assert len(made.sent("clerk")) == 1


def test_line_away_is_asked_once_a_round_and_not_for_each_message(
    made: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(made.sandbox.clock_file, made.program.clock())  # the pauses are of a second
    chat = _chat(made, "clerk")
    for number in range(10):
        _accept(made, f"N{number}", "ช่วยเหลือ")
    asked = []

    def nobody_there(line: Line) -> None:
        asked.append(line)
        raise LineError("temporary", reason="nobody there")

    monkeypatch.setattr(Line, "authenticate", nobody_there)
    turn(made.program, AGENCY, chat)
    assert len(asked) == 10, "each new message once, no waiting one again"
    turn(made.program, AGENCY, chat)
    assert len(asked) == 10, "nobody is due yet"


def test_a_wake_up_call_for_later_holds_nobody_back(town: Town) -> None:
    """A chat whose push waits for LINE, a sheet to be read back: what is new comes first."""
    with town.program.database.agency(AGENCY) as tx:
        town.program.queue.defer_turn_later(tx.sql, AGENCY, _chat(town, "clerk"), 3600)
        town.program.queue.defer_sync_later(tx.sql, AGENCY, 3600)
    town.say("clerk", "รายงานผล 3 40% จัดประชุมแล้ว")
    settle(town)
    assert len(town.sent("clerk")) == 1
    assert "จัดประชุมแล้ว" in str(town.sheet()["ความก้าวหน้า"])


@pytest.mark.long
def test_what_nobody_was_woken_for_is_swept_up(town: Town) -> None:
    """Accepted, and the job lost: a crash between the two would look like this."""
    _accept(town, "FORGOTTEN", "ช่วยเหลือ")
    settle(town)
    assert len(town.sent("clerk")) == 1


def test_events_that_wait_together_are_handled_in_the_order_they_were_written(made: Town) -> None:
    """LINE delivers them the other way round; the later word stands."""
    early = raw_event(made, "clerk", "รายงานผล 3 40% จัดประชุมแล้ว", "EARLY")
    late = raw_event(made, "clerk", "รายงานผล 3 90% จัดอบรมแล้ว", "LATE")
    late["timestamp"] = early["timestamp"] + 5000
    now = made.program.clock()
    with made.program.database.agency(AGENCY) as tx:
        for raw in (late, early):
            at = read(raw, now).at
            arrival = journal.Arrival(raw["webhookEventId"], _chat(made, "clerk"), at, now, raw)
            journal.accept(tx, arrival)
    turn(made.program, AGENCY, _chat(made, "clerk"))
    first, second = (str(sent["message"]) for sent in made.sent("clerk"))
    assert "40%" in first
    assert "90%" in second


def test_a_late_one_never_undoes_a_newer_step(town: Town) -> None:
    late = raw_event(town, "clerk", "รายงานผล 3 40% จัดประชุมแล้ว", "LATE")
    late["timestamp"] -= 60_000
    town.say("clerk", "รายงานผล 3 90% จัดอบรมแล้ว")
    settle(town)
    town.deliver(body(town, late))
    settle(town)
    row = next(row for row in town.sheet()["มาตรการ"] if "จัดอบรมแล้ว" in row)
    assert "90" in row
    assert len(town.sheet()["ความก้าวหน้า"]) == 3, "both stand in the log, under the header"
