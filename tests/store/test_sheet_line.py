"""The line for Google: whoever waits longest comes first, and nobody takes two turns meanwhile."""

import random
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from store import sheet_line
from store.budget import Purpose
from store.database import Database

ROWS, FRESH, QUIET = Purpose.ROWS, Purpose.FRESH, Purpose.QUIET


def now(database: Database) -> datetime:
    with database.house() as sql:
        found: datetime = sql.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return found


def ask(
    database: Database, slug: str, purpose: Purpose = ROWS, oldest: datetime | None = None
) -> int:
    with database.house() as sql:
        return sheet_line.ask(sql, slug, purpose, oldest)


def serve(database: Database, slug: str) -> None:
    with database.house() as sql:
        sheet_line.served(sql, slug, 3600)


def shift(database: Database, slug: str, column: str, seconds: float) -> None:
    """As if so many seconds had passed for one of an agency's moments."""
    with database.house() as sql:
        sql.execute(
            sa.text(
                f"UPDATE sheet_line SET {column} = {column} - make_interval(secs => :seconds)"
                " WHERE slug = :slug"
            ),
            {"slug": slug, "seconds": seconds},
        )


def test_whoever_waits_longer_stands_before(database: Database) -> None:
    start = now(database)
    ages = {"b": 10, "a": 5, "c": 30}
    for slug, age in ages.items():
        ask(database, slug, ROWS, start - timedelta(seconds=age))
    ahead = {
        slug: ask(database, slug, ROWS, start - timedelta(seconds=ages[slug])) for slug in ages
    }
    assert ahead == {"c": 0, "b": 1, "a": 2}


def test_rows_stand_before_reads_however_long_those_wait(database: Database) -> None:
    for slug, purpose in (("read", FRESH), ("quiet", QUIET)):
        ask(database, slug, purpose)
        shift(database, slug, "since", 3600)
    assert ask(database, "rows", ROWS, now(database)) == 0
    assert ask(database, "read", FRESH) == 1
    assert ask(database, "quiet", QUIET) == 2


def test_among_reads_the_one_least_lately_served_comes_first(database: Database) -> None:
    for slug, age in (("lately", 8), ("long", 3600)):
        ask(database, slug, FRESH)
        serve(database, slug)
        shift(database, slug, "served_at", age)
    assert ask(database, "lately", FRESH) == 0
    assert ask(database, "long", QUIET) == 0
    assert ask(database, "lately", FRESH) == 1


def test_who_was_served_goes_to_the_end_with_all_that_is_left(database: Database) -> None:
    """An agency with thousands of rows takes one turn, then the others have theirs."""
    start = now(database)
    ask(database, "big", ROWS, start - timedelta(hours=1))
    ask(database, "small", ROWS, start - timedelta(seconds=5))
    serve(database, "big")
    assert ask(database, "small", ROWS, start - timedelta(seconds=5)) == 0
    assert ask(database, "big", ROWS, start - timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("late", "counted"),
    [(sheet_line.GRACE_SECONDS - 2, 1), (sheet_line.GRACE_SECONDS + 2, 0), (-3600.0, 0)],
)
def test_who_does_not_come_back_holds_nobody_up(
    database: Database, late: float, counted: int
) -> None:
    """A worker was killed; or (in the future) the database's clock was set back."""
    ask(database, "lost", ROWS, now(database) - timedelta(minutes=1))
    shift(database, "lost", "comes_by", late)
    assert ask(database, "next", ROWS, now(database)) == counted


def test_a_place_is_kept_until_the_promised_time(database: Database) -> None:
    ask(database, "first", ROWS, now(database) - timedelta(minutes=1))
    with database.house() as sql:
        sheet_line.come_back(sql, "first", 50)
    shift(database, "first", "comes_by", 50)
    assert ask(database, "next", ROWS, now(database)) == 1
    with database.house() as sql:
        sheet_line.leave(sql, "first")
    assert ask(database, "next", ROWS, now(database)) == 0


def test_quiet_sheets_are_woken_the_longest_due_first_and_no_more_than_there_is_room_for(
    database: Database,
) -> None:
    slugs = ["never", "hour", "day", "lately", "stranger"]
    with database.house() as sql:
        sheet_line.enter(sql, slugs)
    for slug, age in (("hour", 3700), ("day", 86400), ("lately", 60), ("stranger", 86400)):
        serve(database, slug)
        shift(database, slug, "due_at", age)
    mine = slugs[:4]
    with database.house() as sql:
        assert sheet_line.wake_quiet(sql, mine, 0) == []
        assert sorted(sheet_line.wake_quiet(sql, mine, 2)) == ["day", "never"]
        assert sheet_line.wake_quiet(sql, mine, 2) == [], "two stand in the line already"
        assert sheet_line.waiting(sql) == {"rows": 0, "reads": 2}
        assert sheet_line.wake_quiet(sql, mine, 3) == ["hour"]
        assert sheet_line.wake_quiet(sql, mine, 9) == [], "lately: not due yet"


def test_a_sheet_that_refuses_is_due_when_its_pause_is_over(database: Database) -> None:
    with database.house() as sql:
        sheet_line.enter(sql, ["broken"])
        sheet_line.due(sql, "broken", 120)
        assert sheet_line.wake_quiet(sql, ["broken"], 5) == []
    shift(database, "broken", "due_at", 121)
    with database.house() as sql:
        assert sheet_line.wake_quiet(sql, ["broken"], 5) == ["broken"]


@pytest.mark.parametrize("seed", range(8))
def test_fair_whatever_the_order_of_their_wake_up_calls(database: Database, seed: int) -> None:
    """Between two turns of one agency each agency that was waiting at the first has one.

    Agencies with one row, and with so many that they always want another turn, are woken in any
    order. Of those who ask, whoever has fewer before it than there are turns left is served: the
    turns of one round are at the same time, as those before it find theirs when they come.
    """
    chance = random.Random(seed)
    slugs = [f"agency-{number}" for number in range(6)]
    heavy = set(chance.sample(slugs, seed % 6))
    marked = {slug: now(database) for slug in chance.sample(slugs, 6)}
    waiting = set(slugs)
    for slug in slugs:
        ask(database, slug, ROWS, marked[slug])
    missed: dict[str, set[str]] = {}
    for _ in range(3 * len(slugs)):
        served: set[str] = set()
        room = chance.randint(1, 3)
        for slug in chance.sample(sorted(waiting), len(waiting)):
            if ask(database, slug, ROWS, marked[slug]) < room - len(served):
                serve(database, slug)
                served.add(slug)
                if slug in heavy:
                    ask(database, slug, ROWS, marked[slug])
        assert len(served) == min(room, len(waiting)), "no turn is left unused"
        for slug in served:
            assert not missed.get(slug, set()) - served, f"{slug} had two turns, others none"
        missed = {slug: others - served for slug, others in missed.items()}
        missed |= dict.fromkeys(served, waiting - served)
        waiting -= served - heavy
    assert waiting == heavy


def test_after_a_turn_no_mark_makes_anybody_older_than_that_turn(database: Database) -> None:
    start = now(database) - timedelta(minutes=5)
    ask(database, "one", ROWS, start)
    serve(database, "one")
    ask(database, "other", ROWS, now(database) - timedelta(seconds=60))
    shift(database, "one", "served_at", 90)
    assert ask(database, "one", ROWS, start) == 0, "it was served before the other began to wait"
    assert ask(database, "other", ROWS, now(database) - timedelta(seconds=60)) == 1
