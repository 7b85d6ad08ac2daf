"""Syncs under a budget: in turn, at their time, and a broken sheet stops nobody but itself."""

import copy
import math
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import gspread
import pytest
import sqlalchemy as sa

from bot import syncs
from bot.clock import set_offset
from bot.tasks import Sweeper
from ita.changes import ReportProgress
from ita.measures import Progress, Status
from sandbox import town as towns
from sandbox.google.world import File
from sheets.layout import BY_KEY
from store import register, sheet_line, sheet_state
from store.budget import Budget, Purpose
from store.sheet_state import LONGEST_PAUSE, Sheet
from tests.bot.town import Furnishing, Town, bot_inside, built, eventually

ONE, OTHER = "dongmuang", "khamphi"
MINUTE = 61.0


def report(town: Town, agency: str, output: str) -> None:
    """A report that a chat has taken: in the register, and not in the sheet yet."""
    with town.program.database.agency(agency) as tx:
        measure = register.measures(tx)[0]
        now = town.program.clock()
        progress = Progress(
            measure.id, now, measure.unit, Status.IN_PROGRESS, 50, output,
            ("https://example.go.th/a",),
        )  # fmt: skip
        register.apply(tx, ReportProgress(progress))


def sync(town: Town, agency: str = ONE) -> None:
    """A wake-up call."""
    syncs.sync_when_due(town.program, agency)


def state(town: Town, agency: str = ONE) -> Sheet:
    with town.program.database.agency(agency) as tx:
        sheet = sheet_state.load(tx)
    assert sheet is not None
    return sheet


def marks(town: Town, agency: str = ONE) -> int:
    with town.program.database.agency(agency) as tx:
        return int(tx.sql.scalar(sa.text("SELECT count(*) FROM outbox")) or 0)


def rest(town: Town, agency: str = ONE) -> None:
    """Until the sheet shows all and its last write is verified."""
    for _ in range(12):
        ahead(town, 6)
        sync(town, agency)
        if not marks(town, agency) and not state(town, agency).attempts:
            return
    raise AssertionError("it does not come to rest")


def ahead(town: Town, seconds: float) -> None:
    """Time passes for the program, the stand-ins, and the calls that were counted."""
    offset = (town.program.clock() - datetime.now().astimezone()).total_seconds()
    set_offset(town.sandbox.clock_file, offset + seconds)
    with town.program.database.house() as sql:
        sql.execute(
            sa.text(
                "UPDATE google_calls SET calls = ARRAY("
                " SELECT call - make_interval(secs => :seconds) FROM unnest(calls) AS call)"
            ),
            {"seconds": seconds},
        )


def jobs(town: Town, agency: str = ONE) -> list[float]:
    """The agency's wake-up calls: in how many seconds each is."""
    query = sa.text(
        "SELECT coalesce(extract(epoch FROM scheduled_at - now()), 0) FROM procrastinate_jobs"
        " WHERE queue_name = 'sync' AND args ->> 'agency' = :agency AND status = 'todo'"
    )
    with town.program.database.house() as sql:
        return sorted(float(seconds) for seconds in sql.scalars(query, {"agency": agency}))


def asleep(town: Town) -> None:
    """Nobody has been woken."""
    with town.program.database.house() as sql:
        sql.execute(sa.text("DELETE FROM procrastinate_jobs"))


def budgeted(town: Town, calls: int, window: float = MINUTE) -> Budget:
    """The program with another budget, of which nothing is used."""
    with town.program.database.house() as sql:
        sql.execute(sa.text("DELETE FROM google_calls"))
    budget = Budget(town.program.database, calls, calls * 5, window)
    town.program.__dict__["budget"] = budget
    town.program.__dict__.pop("google", None)
    return budget


def progress(town: Town, agency: str = ONE) -> list[str]:
    """What the log tab says, line by line."""
    header, *lines = town.sheet(agency)[BY_KEY["progress"].title]
    return [line[header.index("ผลที่รายงาน")] for line in lines if any(line)]


@pytest.fixture
def quiet(made: Town) -> Town:
    """dongmuang's sheet installed, all written and verified, and nobody talks."""
    rest(made)
    asleep(made)
    return made


# --- What a sync is for


def _talked(town: Town, seconds_ago: float) -> None:
    with town.program.database.agency(ONE) as tx:
        at = town.program.clock() - timedelta(seconds=seconds_ago)
        tx.sql.execute(
            sa.text(
                "INSERT INTO event (agency, webhook_event_id, chat, occurred_at, received_at,"
                " key_day, handled_at) VALUES (:agency, 'e', 'c', :at, :at, current_date, :at)"
            ),
            {"agency": ONE, "at": at},
        )


def _set(town: Town, **values: object) -> None:
    with town.program.database.agency(ONE) as tx:
        for name, value in values.items():
            tx.sql.execute(sa.text(f"UPDATE spreadsheet SET {name} = :value"), {"value": value})


def _read(town: Town, seconds_ago: float) -> None:
    _set(town, read_at=town.program.clock() - timedelta(seconds=seconds_ago))


def _pausing(town: Town, seconds: float) -> None:
    _set(town, retry_at=town.program.clock() + timedelta(seconds=seconds))


WISHES: tuple[tuple[str, Purpose | None, tuple[Callable[[Town], None], ...]], ...] = (
    ("rows wait", Purpose.ROWS, (lambda t: report(t, ONE, "x"), lambda t: _read(t, 1))),
    ("read just now", None, (lambda t: _read(t, 1),)),
    ("woken, and read a while ago", Purpose.FRESH, (lambda t: _read(t, 60),)),
    ("nobody has asked for long", Purpose.QUIET, (lambda t: _read(t, 7200),)),
    ("somebody talks", Purpose.FRESH, (lambda t: _read(t, 8), lambda t: _talked(t, 60))),
    ("somebody talks, read just now", None, (lambda t: _read(t, 2), lambda t: _talked(t, 2))),
    ("talked long ago", Purpose.QUIET, (lambda t: _read(t, 7200), lambda t: _talked(t, 900))),
    ("a failure, and it is not time yet", None, (lambda t: _pausing(t, 60),)),
    ("the clock was set back", Purpose.FRESH, (lambda t: _pausing(t, 3600), lambda t: _read(t, 9))),
    ("read in the future: the clock was set back", Purpose.QUIET, (lambda t: _read(t, -3600),)),
    (
        "it cannot be used, and rows wait",
        Purpose.QUIET,
        (lambda t: report(t, ONE, "x"), lambda t: _set(t, problem="limit")),
    ),
    ("not installed", None, (lambda t: report(t, ONE, "x"), lambda t: _set(t, tabs="{}"))),
)


@pytest.mark.parametrize(("name", "purpose", "facts"), WISHES)
def test_what_a_sync_is_for(
    quiet: Town, name: str, purpose: Purpose | None, facts: tuple[Callable[[Town], None], ...]
) -> None:
    for happens in facts:
        happens(quiet)
    with quiet.program.database.agency(ONE) as tx:
        wish = syncs.wish(tx, quiet.program.clock())
    assert (wish.purpose if wish else None) == purpose, name
    assert (wish is not None and wish.since is not None) == (purpose is Purpose.ROWS)


# --- When the budget is short


def test_without_room_nothing_is_sent_and_the_call_comes_when_there_is(quiet: Town) -> None:
    budgeted(quiet, 5)
    quiet.program.google.outline(f"sandbox-{ONE}")
    for _ in range(4):
        with quiet.program.google.paid():
            pass
    ahead(quiet, 20)
    report(quiet, ONE, "ผล")
    calls = len(quiet.sandbox.google.calls)
    sync(quiet)
    assert len(quiet.sandbox.google.calls) == calls
    assert jobs(quiet) == [pytest.approx(41, abs=2)]
    assert state(quiet).retry_at is None, "to wait is no failure"
    ahead(quiet, 42)
    sync(quiet)
    rest(quiet)
    assert progress(quiet).count("ผล") == 1


def test_a_look_that_was_to_come_later_is_replaced(quiet: Town) -> None:
    budgeted(quiet, 1)
    with quiet.program.google.paid():
        pass
    report(quiet, ONE, "ผล")
    with quiet.program.database.house() as sql:
        quiet.program.queue.defer_sync_later(sql, ONE, 3600)
    sync(quiet)
    assert jobs(quiet) == [pytest.approx(61, abs=3)]


def test_a_read_that_nobody_waits_for_gives_up_its_place(quiet: Town) -> None:
    """The sweeper asks for it again when there is room: nobody polls."""
    budgeted(quiet, 5)
    for _ in range(4):
        with quiet.program.google.paid():
            pass
    _read(quiet, 7200)
    sync(quiet)
    assert jobs(quiet) == []
    with quiet.program.database.house() as sql:
        assert sheet_line.waiting(sql) == {"rows": 0, "reads": 0}


def test_who_waits_longer_comes_first_and_others_leave_it_its_calls(made: Town) -> None:
    towns.furnish(made.program, (OTHER,))
    rest(made)
    rest(made, OTHER)
    asleep(made)
    budgeted(made, 1)
    with made.program.google.paid():
        pass
    report(made, OTHER, "แรก")
    report(made, ONE, "หลัง")
    for agency in (ONE, OTHER):
        sync(made, agency)  # both learn that they have to wait
    ahead(made, 62)
    sync(made, ONE)
    assert marks(made, ONE) == 2, "the one call is the other's"
    sync(made, OTHER)
    assert marks(made, OTHER) == 0
    assert jobs(made, ONE) == [pytest.approx(61, abs=3)]


def test_googles_own_429_is_nobodys_failure(quiet: Town) -> None:
    """The bucket is empty for a minute; the sheet goes back into the line without a pause."""
    report(quiet, ONE, "ผล")
    quiet.fault("google", "batchUpdate", "429")
    sync(quiet)
    assert state(quiet).retry_at is None
    assert jobs(quiet) == [pytest.approx(1, abs=1)]
    sync(quiet)
    assert jobs(quiet) == [pytest.approx(61, abs=3)]
    ahead(quiet, 62)
    rest(quiet)
    assert progress(quiet).count("ผล") == 1


@pytest.fixture
def strict(tmp_path: Path, postgres: str, schema: str, furnishing: Furnishing) -> Iterator[Town]:
    """The town with Google's own quotas on."""
    with built(tmp_path, postgres, schema, quota=True, furnish=furnishing) as made:
        yield made


@pytest.mark.long
def test_googles_quota_is_never_met(strict: Town) -> None:
    """More syncs are wanted within a minute than anybody may have."""
    asleep(strict)
    for number in range(60):
        report(strict, ONE, f"ผล {number}")
        sync(strict)
    answers = [call["status"] for call in strict.sandbox.google.calls]
    assert 429 not in answers
    counted = [call["call"] for call in strict.sandbox.google.calls]
    assert counted.count("getByDataFilter") <= 50
    assert marks(strict) > 0, "some of it waits"
    assert len(jobs(strict)) == 1
    ahead(strict, 62)
    rest(strict)
    assert progress(strict) == [f"ผล {number}" for number in range(60)]


@pytest.mark.long
def test_the_worker_serves_all_agencies_in_turn(made: Town) -> None:
    """Five agencies report at once, and there are three calls in two seconds."""
    agencies = list(made.program.agencies)
    towns.furnish(made.program, tuple(agencies))
    for agency in agencies:
        rest(made, agency)
    asleep(made)
    budgeted(made, 3, window=2.0)
    for agency in agencies:
        report(made, agency, f"ผลของ {agency}")
        with made.program.database.house() as sql:
            made.program.queue.defer_sync(sql, agency)
    with bot_inside(made):
        eventually(lambda: not any(marks(made, agency) for agency in agencies), "all are written")
    for agency in agencies:
        assert progress(made, agency).count(f"ผลของ {agency}") == 1


def test_only_so_many_quiet_sheets_are_woken_as_there_is_room_for(made: Town) -> None:
    """An hour after the last read five sheets are due at once; a third of five calls is one."""
    sweeper = Sweeper(made.program)
    budgeted(made, 5)
    asleep(made)
    with made.program.database.agency(ONE) as tx:
        tx.sql.execute(sa.text("DELETE FROM outbox"))
    sweeper.sweep()
    woken = [agency for agency in made.program.agencies if jobs(made, agency)]
    assert len(woken) == 1
    sweeper.sweep()
    assert [agency for agency in made.program.agencies if jobs(made, agency)] == woken


# --- While somebody talks


def test_while_somebody_talks_the_sheet_is_read_every_few_seconds(quiet: Town) -> None:
    _talked(quiet, 1)
    _read(quiet, 60)
    sync(quiet)
    (again,) = jobs(quiet)
    assert 5 <= again <= 10
    ahead(quiet, again)
    asleep(quiet)
    sync(quiet)
    read_at = state(quiet).read_at
    assert read_at is not None
    assert quiet.program.clock() - read_at < timedelta(seconds=5)
    assert len(jobs(quiet)) == 1, "and so on"
    ahead(quiet, 660)
    asleep(quiet)
    sync(quiet)
    assert jobs(quiet) == [], "nobody talks any more"


def test_the_sweeper_wakes_a_sheet_when_somebody_begins_to_talk(quiet: Town) -> None:
    sweeper = Sweeper(quiet.program)
    sweeper.sweep()
    asleep(quiet)
    with quiet.program.database.house() as sql:
        sheet_line.served(sql, ONE, 3600)
        sql.execute(sa.text("UPDATE sheet_line SET served_at = now() - interval '1 minute'"))
    sweeper.sweep()
    assert jobs(quiet) == []
    _talked(quiet, 1)
    sweeper.sweep()
    assert jobs(quiet) == [pytest.approx(1, abs=1)]


# --- What somebody has to mend


def _tab(town: Town, key: str) -> gspread.Worksheet:
    return town.sheet_client().get_worksheet_by_id(BY_KEY[key].sheet_id)


def _unshare(town: Town) -> None:
    file = town.sandbox.google.files[f"sandbox-{ONE}"]
    file.permissions = [p for p in file.permissions if p["type"] != "user" or p["role"] == "owner"]


def _delete_column(town: Town) -> None:
    header = _tab(town, "measures").row_values(1)
    _tab(town, "measures").delete_columns(header.index("รหัสแถว") + 1)


def _protect(town: Town) -> None:
    tab = _tab(town, "measures")
    fence = {"range": {"sheetId": tab.id}, "editors": {"users": []}}
    tab.spreadsheet.batch_update({"requests": [{"addProtectedRange": {"protectedRange": fence}}]})


def _fill_up(town: Town) -> None:
    """A tab so large that not one row more fits into the ten million cells; and a new measure."""
    book = town.sheet_client()
    used = sum(tab.row_count * tab.col_count for tab in book.worksheets())
    book.add_worksheet("เต็ม", rows=(10_000_000 - used) // 20, cols=20)
    with town.program.database.agency(ONE) as tx:
        measure = register.measures(tx)[0]
        assert register.add_measure(tx, replace(measure, id=0, number=99)) is not None


def _undo(town: Town, name: str, whole: File) -> None:
    """File and tab of measures are as before; what was written elsewhere meanwhile stays."""
    now, tab = town.sandbox.google.files.get(name), BY_KEY["measures"].sheet_id
    if now is not None:
        before = whole.book
        written = {sheet.id: sheet for sheet in now.book.sheets if sheet.id != tab}
        before.sheets = [written.get(sheet.id, sheet) for sheet in before.sheets]
        elsewhere = {key: tag for key, tag in now.book.metadata.items() if str(tab) not in str(tag)}
        before.metadata = before.metadata | elsewhere
    town.sandbox.google.files[name] = whole


BROKEN: tuple[tuple[str, Callable[[Town], object]], ...] = (
    ("no_access", _unshare),
    ("not_found", lambda town: town.sandbox.google.files.pop(f"sandbox-{ONE}")),
    ("tab_missing", lambda t: t.sheet_client().del_worksheet(_tab(t, "measures"))),
    ("column_missing", _delete_column),
    ("protected", _protect),
    ("limit", _fill_up),
)
EVERY_DAY = ("protected",)


@pytest.mark.parametrize(
    ("problem", "breaks"),
    [
        pytest.param(*one, marks=[] if one[0] in EVERY_DAY else pytest.mark.long, id=one[0])
        for one in BROKEN
    ],
)
def test_what_somebody_has_to_mend(
    made: Town, problem: str, breaks: Callable[[Town], object]
) -> None:
    """It stops this sheet only; it is told; it is tried again ever less often, but never less
    often than every three minutes; once mended the backlog comes, once, in its order.
    """
    towns.furnish(made.program, (OTHER,))
    rest(made)
    rest(made, OTHER)
    name = f"sandbox-{ONE}"
    whole = copy.deepcopy(made.sandbox.google.files[name])
    breaks(made)
    for number in range(3):
        report(made, ONE, f"ผล {number}")
    waiting = marks(made)
    report(made, OTHER, "ของที่อื่น")

    pauses = []
    for _ in range(12):
        sync(made)
        assert state(made).problem == problem
        retry_at = state(made).retry_at
        assert retry_at is not None
        pauses.append(math.ceil((retry_at - made.program.clock()).total_seconds()))
        assert jobs(made)[0] <= pauses[-1] + 1, "its wake-up call is on its way"
        asleep(made)
        sync(made)  # woken too early: nothing is asked of Google
        ahead(made, pauses[-1] + 1)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2, LONGEST_PAUSE)
    assert 0 < marks(made) <= waiting
    sync(made, OTHER)
    assert marks(made, OTHER) == 0

    _undo(made, name, whole)
    sync(made)
    assert state(made).problem is None
    rest(made)
    assert progress(made)[-3:] == ["ผล 0", "ผล 1", "ผล 2"]
    assert len(progress(made)) == len(set(progress(made))) == 3
    assert state(made).retry_at is None


def test_a_defect_of_ours_is_a_problem_that_is_told(
    quiet: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("ความลับ")

    monkeypatch.setattr(syncs, "sync", fail)
    report(quiet, ONE, "ผล")
    sync(quiet)
    assert state(quiet).problem == "defect"
    monkeypatch.undo()
    ahead(quiet, 3)
    sync(quiet)
    assert state(quiet).problem is None


def test_many_broken_sheets_leave_two_thirds_of_the_budget_to_the_others(quiet: Town) -> None:
    budgeted(quiet, 6)
    _unshare(quiet)
    report(quiet, ONE, "ผล")
    tries = 0
    for _ in range(8):
        before = len(quiet.sandbox.google.calls)
        sync(quiet)
        tries += len(quiet.sandbox.google.calls) > before
        _set(quiet, retry_at=None)
    assert tries == 1 + 6 // 3, "the first one found out, and then a third of six"
    with closing(quiet.program.database), quiet.program.google.paid() as purse:
        assert purse.wait == 0
