"""What is kept of conversations: swapped bytes silence nobody, and a case that was begun is gone
when it was said to be, from the database and from its backups."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import freeze
from bot.tasks import tidy
from handlers.topics.complaints.draft import draft_in as case_in
from handlers.topics.reporting.draft import draft_in as report_in
from store import people, steps, tally
from store.schema import step as step_table
from store.tampering import ALERT
from tests.bot.test_pressing import AGENCY, buttons, newest, press
from tests.bot.test_turn import _chat
from tests.bot.test_way import settle
from tests.bot.town import Town
from tests.rows import Rows

STORY = "ไฟทางหน้าวัดตัวอย่างดับมาสามคืน"
SWAPS = {
    "step": "UPDATE step a SET sealed_step = b.sealed_step FROM step b WHERE a.person <> b.person",
    "button": "UPDATE button a SET sealed_actions = b.sealed_actions"
    " FROM button b WHERE a.person <> b.person",
}


def say(town: Town, person: str, words: str) -> None:
    assert town.say(person, words)["status"] == 200
    settle(town)


def alarms(town: Town) -> int:
    with town.program.database.house() as sql:
        return tally.counts(sql).get(ALERT, 0)


def failures(town: Town) -> Any:
    with town.program.database.agency(AGENCY) as tx:
        return tx.sql.scalar(sa.text("SELECT sum(attempts) FROM event"))


def step(town: Town, person: str) -> dict[str, Any] | None:
    """Where the person stands."""
    today = town.program.clock().date()
    with town.program.database.agency(AGENCY) as tx:
        ref = people.find(tx, town.user_id(person)).ref
        return steps.read(tx, _chat(town, person), ref, today)


@pytest.mark.parametrize("table", SWAPS)
def test_swapped_bytes_silence_nobody_and_alarm(town: Town, rows: Rows, table: str) -> None:
    for person in ("citizen", "citizen2"):
        say(town, person, f"แจ้งเหตุ {STORY}")
    with rows.engine.connect() as sql:
        assert sql.exec_driver_sql(SWAPS[table]).rowcount == 2
    before = len(town.sent("citizen"))
    if table == "step":
        say(town, "citizen", "ข้าม")
    else:
        press(town, "citizen", next(iter(buttons(town, "citizen").values())), "PRESS")
    assert alarms(town) == 1
    assert len(town.sent("citizen")) > before
    assert failures(town) == 0
    say(town, "citizen", "ช่วยเหลือ")
    assert "แจ้งเหตุ" in newest(town, "citizen")
    assert alarms(town) == 1, "nor is it counted for ever"


def test_a_case_that_was_begun_is_gone_after_its_day_and_the_report_beside_it_waits(
    town: Town, rows: Rows
) -> None:
    say(town, "clerk", "รายงานผล ม3")
    say(town, "clerk", f"แจ้งเหตุ {STORY}")
    say(town, "citizen", f"แจ้งเหตุ {STORY}")
    now = town.program.clock()
    taken = step(town, "clerk")
    assert report_in(taken) is not None
    found = case_in(taken, now)
    assert found is not None
    assert found.story == STORY
    with rows.engine.connect() as sql:
        backup = [dict(row) for row in sql.execute(sa.select(step_table)).mappings()]

    freeze(town.sandbox.clock_file, now + timedelta(days=1))
    tidy(town.program)
    assert step(town, "clerk") == taken, "in time"

    freeze(town.sandbox.clock_file, now + timedelta(days=2))
    tidy(town.program)
    with rows.engine.connect() as sql:  # an older backup is put back
        sql.exec_driver_sql("DELETE FROM step")
        for row in backup:
            sql.execute(sa.insert(step_table).values(**row))
    assert STORY not in json.dumps([step(town, "clerk"), step(town, "citizen")], ensure_ascii=False)
    assert report_in(step(town, "clerk")) == report_in(taken)
    assert step(town, "citizen") is None
    say(town, "clerk", "รายงานผล")
    assert "มาตรการ" in newest(town, "clerk")
