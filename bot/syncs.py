"""When a spreadsheet is synced: whether it is due, whether it is its turn, and when to look again.

A wake-up call asks for a turn. The agency takes its place in the line (store.sheet_line), leaves to
those before it what is theirs of the budget (store.budget), and takes a read and a write, or learns
how long to wait. So nobody polls, and nothing is asked of Google for which there is no room.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bot import notices
from bot.program import Program
from sheets.google import Purse
from sheets.sync import SyncResult, sync
from store import journal, sheet_line, sheet_state, tally
from store.budget import Purpose
from store.database import Transaction
from store.sheet_state import LONGEST_PAUSE, Sheet

ACTIVE = timedelta(minutes=10)
"""Somebody wrote to the agency's account so lately that more may follow."""
FRESH, RARELY = timedelta(seconds=7), timedelta(hours=1)
"""How often a sheet is read: while the agency is active, and otherwise."""
JUST_NOW = timedelta(seconds=5)
"""A read is not repeated within this time for nothing."""
VERIFY_SECONDS = 5
"""What was written is read back after this long: the next read verifies the last write."""
AGAIN_SECONDS = 1

HOPELESS = 12
"""So many batches in a row that came to nothing are no accident: people are told."""

FAILURES = ("waiting", "doubtful", "problem")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sync would be for; `since` is when the oldest of the rows began to wait."""

    purpose: Purpose
    since: datetime | None = None


def sync_when_due(program: Program, agency: str) -> None:
    """Answer a wake-up call for an agency's spreadsheet."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        wished = wish(tx, now)
        if wished is None:
            _pass(program, tx, now)
            return
    with program.database.house() as sql:
        ahead = sheet_line.ask(sql, agency, wished.purpose, wished.since)
    with program.google.paid(ahead, wished.purpose) as purse:
        if purse.wait:
            _wait(program, agency, wished.purpose, purse.wait)
            return
        with program.database.house() as sql:
            sheet_line.served(sql, agency, RARELY.total_seconds())
        result = _sync(program, agency)
    _look_again(program, agency, result, purse)
    if result.problem is not None:
        notices.tell(program, agency)


def wish(tx: Transaction, now: datetime) -> Wish | None:
    """What the agency's spreadsheet needs now, if anything.

    Whoever was woken for nothing that stands here wants a read; but not one upon the other. A sheet
    that refuses is tried as one that nobody asks for, so that many of them hold up nobody else.
    """
    sheet = sheet_state.load(tx)
    if sheet is None or not sheet.is_ours or pausing(sheet, now):
        return None
    if sheet.problem is not None:
        return Wish(Purpose.QUIET)
    rows = sheet_line.rows_since(tx)
    if rows is not None:
        return Wish(Purpose.ROWS, rows)
    if sheet.attempts or is_active(tx, now):
        return None if _read_within(sheet, now, JUST_NOW) else Wish(Purpose.FRESH)
    if _read_within(sheet, now, JUST_NOW):
        return None
    return Wish(Purpose.FRESH if _read_within(sheet, now, RARELY) else Purpose.QUIET)


def pausing(sheet: Sheet, now: datetime) -> bool:
    """Whether the last sync failed and the next one is not due yet.

    A pause longer than there is one means that the clock was set back.
    """
    longest = now + timedelta(seconds=LONGEST_PAUSE)
    return sheet.retry_at is not None and now < sheet.retry_at <= longest


def is_active(tx: Transaction, now: datetime) -> bool:
    """Whether somebody talks to the agency's account, and so may notice how old the mirror is."""
    return journal.last_arrival(tx, since=now - ACTIVE) is not None


def _read_within(sheet: Sheet, now: datetime, time: timedelta) -> bool:
    return sheet.read_at is not None and timedelta(0) <= now - sheet.read_at < time


def _pass(program: Program, tx: Transaction, now: datetime) -> None:
    """Nothing to do now. Where something is still open, the next look comes by itself."""
    sheet_line.leave(tx.sql, tx.agency)
    sheet = sheet_state.load(tx)
    if sheet is None or not sheet.is_ours:
        sheet_line.due(tx.sql, tx.agency, RARELY.total_seconds())
    elif pausing(sheet, now):
        program.queue.defer_sync_later(tx.sql, tx.agency, _pause(tx, now) or AGAIN_SECONDS)
    elif sheet.attempts or is_active(tx, now):
        program.queue.defer_sync_later(tx.sql, tx.agency, math.ceil(FRESH.total_seconds()))


def _wait(program: Program, agency: str, purpose: Purpose, seconds: float) -> None:
    """No room in the budget. Reads that nobody waits for are asked for again by the sweeper."""
    log.info("waits for the budget", agency=agency, purpose=purpose.value, seconds=seconds)
    with program.database.agency(agency) as tx:
        if purpose is Purpose.QUIET:
            sheet_line.leave(tx.sql, agency)
            return
        pause = math.ceil(seconds)
        sheet_line.come_back(tx.sql, agency, pause)
        program.queue.defer_sync_sooner(tx.sql, agency, pause)


def _sync(program: Program, agency: str) -> SyncResult:
    try:
        config = program.agencies[agency]
        clocks, units = config.complaints.clocks, [unit.name for unit in config.units]
        result = sync(program.database, program.google, agency, program.clock(), clocks, units)
    except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
        raise  # the database is away: the sweeper comes back to it
    except Exception:
        log.exception("sync failed", agency=agency)
        result = SyncResult("problem", problem="defect")
    log.info(
        "synced", agency=agency, outcome=result.outcome, rows=result.written, why=result.problem
    )
    return result


def _look_again(program: Program, agency: str, result: SyncResult, purse: Purse) -> None:
    """Note how it went, and have the sheet looked at again when that makes sense.

    Google's refusal for its quota is nothing that the sheet did: it only goes back into the line.
    """
    now = program.clock()
    failed = result.outcome in FAILURES or result.problem is not None
    with program.database.house() as sql:
        tally.count(sql, f"sync {'over_quota' if purse.over_quota else result.outcome}")
    with program.database.agency(agency) as tx:
        if purse.over_quota:
            program.queue.defer_sync_later(tx.sql, agency, AGAIN_SECONDS)
            return
        if result.problem == "defect":
            sheet_state.note_problem(tx, result.problem)
        failures = sheet_state.note_outcome(tx, now, failed=failed)
        if result.outcome == "doubtful" and failures >= HOPELESS:
            sheet_state.note_problem(tx, "refused")
        pause = _pause(tx, now) if failed else _pause_after(tx, result, now)
        if failed and pause is not None:
            sheet_line.due(tx.sql, agency, pause)
        if pause is not None:
            program.queue.defer_sync_later(tx.sql, agency, pause)


def _pause(tx: Transaction, now: datetime) -> int | None:
    """Whole seconds until the next try after a failure."""
    sheet = sheet_state.load(tx)
    if sheet is None or sheet.retry_at is None:
        return None
    return max(1, math.ceil((sheet.retry_at - now).total_seconds()))


def _pause_after(tx: Transaction, result: SyncResult, now: datetime) -> int | None:
    """Seconds until the sheet should be looked at again, None when nothing calls for it."""
    if result.retry_after is not None:
        return math.ceil(result.retry_after)
    if result.more:
        return AGAIN_SECONDS
    if result.outcome == "written":
        return VERIFY_SECONDS
    return math.ceil(FRESH.total_seconds()) if is_active(tx, now) else None
