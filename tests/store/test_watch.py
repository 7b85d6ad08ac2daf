"""A look over all agencies: who has work, how things stand; and each look sees one agency only."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from store import outbox, sheet_line, tally, watch
from store.budget import Purpose
from store.database import Database, Transaction

NOW = datetime(2025, 1, 15, 9, 0, tzinfo=UTC)
LONGEST_PAUSE = timedelta(minutes=3)


def at_work(database: Database, *slugs: str) -> dict[str, tuple[bool, bool]]:
    found = watch.at_work(
        database,
        slugs,
        NOW,
        fell_down=timedelta(seconds=5),
        active=timedelta(minutes=10),
        fresh=timedelta(seconds=7),
        longest_pause=LONGEST_PAUSE,
    )
    return {one.slug: (one.chats, one.sheet) for one in found}


def event(tx: Transaction, seconds_ago: float, **more: object) -> None:
    values = {
        "agency": tx.agency,
        "at": NOW - timedelta(seconds=seconds_ago),
        "handled_at": None,
        "set_aside_at": None,
        "retry_at": None,
        **more,
    }
    tx.sql.execute(
        sa.text(
            "INSERT INTO event (agency, webhook_event_id, chat, occurred_at, received_at, key_day,"
            " handled_at, set_aside_at, retry_at) VALUES (:agency, gen_random_uuid(), 'c', :at,"
            " :at, current_date, :handled_at, :set_aside_at, :retry_at)"
        ),
        values,
    )


def message(tx: Transaction, **more: object) -> None:
    values = {
        "agency": tx.agency,
        "until": NOW + timedelta(seconds=30),
        "attempted_at": None,
        "settled_at": None,
        "retry_at": None,
        **more,
    }
    tx.sql.execute(
        sa.text(
            "INSERT INTO message (id, agency, chat, event, key_day, token_expires_at, attempted_at,"
            " settled_at, retry_at) VALUES (gen_random_uuid(), :agency, 'c', 1, current_date,"
            " :until, :attempted_at, :settled_at, :retry_at)"
        ),
        values,
    )


def sheet(tx: Transaction, **more: object) -> None:
    values: dict[str, object] = {"agency": tx.agency, "problem": None, "retry_at": None}
    values |= {"tabs": '{"measures": 1}', "confirmed_at": LONG_AGO}
    tx.sql.execute(
        sa.text(
            "INSERT INTO spreadsheet"
            " (agency, spreadsheet_id, tabs, problem, retry_at, confirmed_at)"
            " VALUES (:agency, :agency, CAST(:tabs AS jsonb), :problem, :retry_at, :confirmed_at)"
        ),
        values | more,
    )


def mark(tx: Transaction, row: int = 1) -> None:
    tx.sql.execute(
        sa.text("INSERT INTO outbox (agency, tab, row_id) VALUES (:agency, 'measures', :row)"),
        {"agency": tx.agency, "row": row},
    )


LATER, LONG_AGO = NOW + timedelta(minutes=1), NOW - timedelta(hours=1)
CHATS: tuple[tuple[str, dict[str, object], bool], ...] = (
    ("an event that fell down", {}, True),
    ("its wake-up call may still come", {"seconds_ago": 2}, False),
    ("handled", {"handled_at": NOW}, False),
    ("set aside", {"set_aside_at": NOW}, False),
    ("tried again later", {"retry_at": LATER}, False),
    ("to be tried again", {"retry_at": LONG_AGO}, True),
)


@pytest.mark.parametrize(("name", "facts", "due"), CHATS)
def test_chats_with_events(
    database: Database, name: str, facts: dict[str, object], due: bool
) -> None:
    with database.agency("one") as tx:
        event(tx, **({"seconds_ago": 3600.0} | facts))  # type: ignore[arg-type]
    assert at_work(database, "one", "two") == ({"one": (True, False)} if due else {}), name


MESSAGES: tuple[tuple[str, dict[str, object], bool], ...] = (
    ("not sent", {}, True),
    ("in doubt while its token lives", {"attempted_at": NOW}, True),
    ("in doubt for ever", {"attempted_at": NOW, "until": LONG_AGO}, False),
    ("settled", {"settled_at": NOW}, False),
    ("LINE is away", {"retry_at": LATER}, False),
)


@pytest.mark.parametrize(("name", "facts", "due"), MESSAGES)
def test_chats_with_messages(
    database: Database, name: str, facts: dict[str, object], due: bool
) -> None:
    with database.agency("one") as tx:
        message(tx, **facts)
    assert at_work(database, "two", "one") == ({"one": (True, False)} if due else {}), name


SHEETS: tuple[tuple[str, dict[str, object], bool], ...] = (
    ("rows wait", {}, True),
    ("not installed", {"tabs": "{}"}, False),
    ("nobody proved whose it is", {"confirmed_at": None}, False),
    ("it refused, and waits", {"retry_at": LATER}, False),
    ("it refused, and the pause is over", {"retry_at": LONG_AGO}, True),
    ("the clock was set back", {"retry_at": NOW + LONGEST_PAUSE * 2}, True),
    ("it cannot be used: it is tried as one that nobody asks for", {"problem": "limit"}, False),
)


@pytest.mark.parametrize(("name", "facts", "due"), SHEETS)
def test_sheets_with_rows(
    database: Database, name: str, facts: dict[str, object], due: bool
) -> None:
    with database.agency("one") as tx:
        sheet(tx, **facts)
        mark(tx)
    assert at_work(database, "one", "two") == ({"one": (False, True)} if due else {}), name


def test_a_sheet_that_stands_in_the_line_is_awake(database: Database) -> None:
    with database.agency("one") as tx:
        sheet(tx)
        mark(tx)
        sheet_line.ask(tx.sql, "one", Purpose.ROWS)
    assert at_work(database, "one") == {}
    with database.house() as sql:
        sheet_line.leave(sql, "one")
    assert at_work(database, "one") == {"one": (False, True)}


@pytest.mark.parametrize(
    ("talked", "served", "due"),
    [(60, 20, True), (60, 2, False), (700, 3600, False), (60, None, True), (60, -3600, True)],
)
def test_a_sheet_is_read_every_few_seconds_while_somebody_talks(
    database: Database, talked: float, served: float | None, due: bool
) -> None:
    """`served` seconds ago; in the future where the database's clock was set back."""
    with database.agency("one") as tx:
        sheet(tx)
        event(tx, talked, handled_at=NOW)
        sheet_line.enter(tx.sql, ["one"])
        if served is not None:
            tx.sql.execute(
                sa.text("UPDATE sheet_line SET served_at = now() - make_interval(secs => :s)"),
                {"s": served},
            )
    assert at_work(database, "one") == ({"one": (False, True)} if due else {})


def test_figures(database: Database) -> None:
    with database.agency("one") as tx:
        sheet(tx, problem="no_access")
        for row in (1, 2, 3):
            mark(tx, row)
        event(tx, 60)
        event(tx, 90)
        event(tx, 300, set_aside_at=NOW)
        event(tx, 400, handled_at=NOW)
        message(tx)
        tx.sql.execute(
            sa.text(
                "UPDATE spreadsheet SET failures = 4, read_at = :now,"
                " attempts = CAST(:open AS jsonb)"
            ),
            {"now": NOW, "open": '[{"applied": true}, {"applied": false}]'},
        )
        tx.sql.execute(
            sa.text("UPDATE outbox SET since = now() - interval '1 hour' WHERE row_id = 2")
        )
        for number, settled in enumerate((None, "unclear", "sheet"), 1):
            tx.sql.execute(
                sa.text(
                    "INSERT INTO doubt (agency, id, at, tab, row_id, field, theirs, ours, why,"
                    " settled) VALUES ('one', :n, now(), 'measures', :n, '', '', '', '', :settled)"
                ),
                {"n": number, "settled": settled},
            )
    one, nothing = watch.figures(database, ["one", "nothing"])
    assert (one.installed, one.problem, one.failures, one.read_at) == (True, "no_access", 4, NOW)
    assert (one.attempts, one.waiting_rows, one.doubts) == (1, 3, 2)
    assert one.waiting_seconds == pytest.approx(3600, abs=5)
    assert (one.events, one.set_aside, one.messages) == (2, 1, 1)
    assert one.oldest_event == NOW - timedelta(seconds=90)
    empty = watch.Figures("nothing", False, None, 0, None, 0, 0, None, 0, 0, None, 0, 0)
    assert nothing == empty


def test_a_row_that_is_marked_again_waits_since_its_first_mark(database: Database) -> None:
    with database.agency("one") as tx:
        outbox.mark(tx, "measures", 1)
        tx.sql.execute(sa.text("UPDATE outbox SET since = now() - interval '1 hour'"))
        outbox.mark(tx, "measures", 1)
        marked = sheet_line.rows_since(tx)
        assert marked is not None
        assert tx.sql.scalar(sa.select(sa.func.now() - marked)) == timedelta(hours=1)


def test_after_the_look_the_transaction_sees_no_agency(database: Database) -> None:
    with database.agency("one") as tx:
        mark(tx)
    with database.house() as sql:
        sql.execute(sa.text("SELECT count(*) FROM agency_figures(ARRAY['one', 'two'])"))
        assert sql.scalar(sa.text("SELECT current_setting('sujarit.agency', true)")) == ""
        assert sql.scalar(sa.text("SELECT count(*) FROM outbox")) == 0


def test_agencies_by_the_thousand_are_all_seen(database: Database) -> None:
    slugs = [f"agency-{number}" for number in range(watch.AT_ONCE * 2 + 1)]
    for slug in (slugs[0], slugs[watch.AT_ONCE], slugs[-1]):
        with database.agency(slug) as tx:
            sheet(tx)
            mark(tx)
    assert list(at_work(database, *slugs)) == [slugs[0], slugs[watch.AT_ONCE], slugs[-1]]
    found = watch.figures(database, slugs)
    assert [one.slug for one in found] == slugs
    assert sum(one.waiting_rows for one in found) == 3


def test_only_agencies_with_old_deliveries_are_tidied(database: Database) -> None:
    with database.agency("old") as tx:
        event(tx, 40 * 86400, handled_at=NOW)
    with database.agency("answered") as tx:
        message(tx, until=NOW - timedelta(days=40))
    with database.agency("new") as tx:
        event(tx, 60, handled_at=NOW)
    month = timedelta(days=30)
    assert watch.to_tidy(database, ["new", "old", "answered"], NOW, month) == ["old", "answered"]


@pytest.mark.parametrize(
    ("row", "life"),
    [
        ("button (id, person, chat, sealed_actions, made_on) VALUES ('', '', '', '', :at)", 30),
        ("step (chat, person, sealed_step, key_day) VALUES ('', '', '', :at)", 7),
        ("wrong_code (person, at) VALUES ('', :at)", 1 / 24),
        (
            "invitation (code, role, units, uses_left, expires_at, invited_by)"
            " VALUES ('', '', '{}', 1, CAST(:at AS TIMESTAMPTZ) + interval '3 days', '')",
            3,
        ),
        ("coordinator (ref, sealed_line_id, key_day) VALUES ('', '', :at)", 7),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_what_has_no_effect_any_more_is_tidied_at_once(
    database: Database, row: str, life: float
) -> None:
    columns, values = (
        row.split("(", 1)[0],
        row.split("(", 1)[1].replace("VALUES (", "VALUES ('a', "),
    )
    with database.agency("a") as tx:
        tx.sql.execute(sa.text(f"INSERT INTO {columns}(agency, {values}"), {"at": NOW})
    for days, found in ((life * 0.9, []), (life * 1.01, ["a"]), (life + 2, ["a"])):
        later = NOW + timedelta(days=days)
        assert watch.to_tidy(database, ["a", "b"], later, timedelta(days=99)) == found


def test_counts_only_grow(database: Database) -> None:
    with database.house() as sql:
        for name in ("sync written", "sync idle", "sync written"):
            tally.count(sql, name)
        assert tally.counts(sql) == {"sync idle": 1, "sync written": 2}
