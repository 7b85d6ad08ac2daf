"""What is known of an agency's shared sheet: its tabs, the open attempts, the mirror, the doubts.

One sync at a time works here. Each begins by raising `run`, and every later transaction of it calls
`hold`, which refuses when somebody else began since: a sync that froze and revives changes nothing.

The order of locks matters, as chat turns write to the outbox at the same time: the advisory lock
of `hold` first (no turn takes it), then the spreadsheet's row, then rows of the outbox.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store import outbox
from store.database import Database, Transaction, sqlstate
from store.outbox import Mark
from store.schema import (
    case_file,
    measure,
    mirror,
    oit_item,
    people_list,
    score,
    spreadsheet,
)

log = logging.getLogger(__name__)

Cells = dict[str, str]


class OtherSpreadsheet(ValueError):
    """The agency's rows live in another spreadsheet: one sentence that says what to do."""


class Superseded(RuntimeError):
    """Another sync of this spreadsheet began: what this one knows is old."""


FROZEN_SECONDS = 90
"""A sync that says nothing to the database for so long has frozen."""
LONGEST_PAUSE = 3 * 60
"""Seconds between syncs of a sheet that keeps refusing."""


@dataclass(frozen=True, slots=True)
class Written:
    """Cells of one row as a batch writes them. `before` is what was known of these cells."""

    tab: str
    row_id: int
    after: Cells
    before: Cells
    new: bool


@dataclass(frozen=True, slots=True)
class Stray:
    """Cells of ours that stand on a line which is no row of ours, until they are cleared."""

    tab: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Attempt:
    """One batch that was, or may have been, sent. `stamp` is what it leaves in the sheet.

    `applied` when Google said so: then it waits only for the next read to verify it.
    """

    stamp: str
    marks: tuple[Mark, ...]
    rows: tuple[Written, ...]
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An agency's spreadsheet. `tabs` maps the layout's keys to Google's sheet ids.

    `batches` counts what was sent; `attempts` all rest on the same last stamp seen, so at most one
    of them can ever be applied; `strays` are to be cleared; `problem` is a code, None when all is
    well.
    """

    spreadsheet_id: str
    tabs: dict[str, int]
    batches: int
    run: int
    attempts: tuple[Attempt, ...]
    strays: tuple[Stray, ...]
    problem: str | None
    read_at: datetime | None
    retry_at: datetime | None
    confirmed: bool

    @property
    def is_ours(self) -> bool:
        """Whether rows may be written: its tabs are there, and a person proved whose it is."""
        return bool(self.tabs) and self.confirmed


@dataclass(frozen=True, slots=True)
class Seen:
    """The last state of a row on which the sheet and the register agreed."""

    cells: Cells
    gone: bool = False


@contextmanager
def alone(database: Database, agency: str) -> Iterator[bool]:
    """A lock for a whole sync, calls to Google included; yields False when another has it.

    It saves work; what saves the data is the fence. It lives with its connection, so a killed
    sync gives it back, and one that froze loses it: no call to Google takes as long as that.
    """
    key = _lock_key("sync", agency)
    with database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        got = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))))
        connection.execute(sa.text(f"SET idle_session_timeout = '{FROZEN_SECONDS}s'"))
        try:
            yield got
        finally:
            _give_back(connection, key if got else None)


def _give_back(connection: sa.Connection, key: sa.ColumnElement[int] | None) -> None:
    try:
        if key is not None:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
        connection.execute(sa.text("RESET idle_session_timeout"))
    except sa.exc.DBAPIError as error:
        log.warning("the sync lock went with its connection: %s", sqlstate(error))
        connection.invalidate()


def _lock_key(purpose: str, agency: str) -> sa.ColumnElement[int]:
    """Advisory locks are a whole server's, so the schema is part of the name."""
    name = sa.func.concat(sa.func.current_schema(), f"/{purpose}/{agency}")
    return sa.func.hashtextextended(name, 0)


def enter(tx: Transaction, spreadsheet_id: str) -> Sheet:
    """Name the agency's spreadsheet. Raises OtherSpreadsheet when it has another one already."""
    row = insert(spreadsheet).values(agency=tx.agency, spreadsheet_id=spreadsheet_id)
    tx.sql.execute(row.on_conflict_do_nothing())
    sheet = load(tx)
    if sheet is None or sheet.spreadsheet_id != spreadsheet_id:
        known = sheet.spreadsheet_id if sheet else "none"
        raise OtherSpreadsheet(
            f"{tx.agency} already has the spreadsheet {known}, where its rows are: put that id"
            " back into the agency's file."
        )
    return sheet


def load(tx: Transaction) -> Sheet | None:
    """The agency's spreadsheet, or None where it has none."""
    row = tx.sql.execute(sa.select(spreadsheet)).first()
    if row is None or not row.spreadsheet_id:
        return None
    attempts = tuple(_attempt(saved) for saved in row.attempts)
    return Sheet(
        row.spreadsheet_id,
        row.tabs,
        row.stamp,
        row.run,
        attempts,
        tuple(Stray(**saved) for saved in row.strays),
        row.problem,
        row.read_at,
        row.retry_at,
        confirmed=row.confirmed_at is not None,
    )


def read_at(tx: Transaction) -> datetime | None:
    """When the agency's spreadsheet was last read; None where it never was."""
    when: datetime | None = tx.sql.scalar(sa.select(spreadsheet.c.read_at))
    return when


def begin(tx: Transaction) -> Sheet | None:
    """Begin a sync: from now on every earlier one is superseded."""
    _queue_up(tx)
    tx.sql.execute(sa.update(spreadsheet).values(run=spreadsheet.c.run + 1))
    return load(tx)


def hold(tx: Transaction, run: int) -> None:
    """Keep other syncs out until the transaction ends. Superseded when one began since `run`."""
    _queue_up(tx)
    if tx.sql.scalar(sa.select(spreadsheet.c.run)) != run:
        raise Superseded


def save_tabs(tx: Transaction, tabs: Mapping[str, int]) -> None:
    """Remember which sheet id each tab has."""
    tx.sql.execute(sa.update(spreadsheet).values(tabs=dict(tabs)))


def save_attempts(tx: Transaction, batches: int, attempts: Iterable[Attempt]) -> None:
    """Remember the open attempts and how many batches there were."""
    saved = [asdict(attempt) for attempt in attempts]
    tx.sql.execute(sa.update(spreadsheet).values(stamp=batches, attempts=saved))


def save_strays(tx: Transaction, strays: Iterable[Stray]) -> None:
    """Remember which cells of ours are still to be cleared."""
    saved = [asdict(stray) for stray in strays]
    tx.sql.execute(sa.update(spreadsheet).values(strays=saved))


def note_read(tx: Transaction, at: datetime) -> None:
    """The sheet was read."""
    tx.sql.execute(sa.update(spreadsheet).values(read_at=at))


def note_problem(tx: Transaction, problem: str | None) -> None:
    """Remember why the sheet cannot be used, as a code; None: it can."""
    tx.sql.execute(sa.update(spreadsheet).values(problem=problem))


def note_outcome(tx: Transaction, now: datetime, *, failed: bool) -> int:
    """After a failure the next sync waits, twice as long each time; a success ends that.

    Gives how many in a row have failed.
    """
    row = tx.sql.execute(sa.select(spreadsheet.c.failures)).first()
    if row is None or not (failed or row.failures):
        return 0
    failures = row.failures + 1 if failed else 0
    pause = timedelta(seconds=min(2 ** min(failures, 10), LONGEST_PAUSE))
    values = {"failures": failures, "retry_at": now + pause if failed else None}
    tx.sql.execute(sa.update(spreadsheet).values(values))
    return failures


def lock_outbox(tx: Transaction) -> None:
    """Take the spreadsheet's row before rows of the outbox, as chat turns do."""
    tx.sql.execute(sa.select(spreadsheet.c.run).with_for_update())


def load_mirror(tx: Transaction) -> Mapping[str, dict[int, Seen]]:
    """What was last seen of rows, by tab and row id; of any other tab nothing."""
    found: defaultdict[str, dict[int, Seen]] = defaultdict(dict)
    for row in tx.sql.execute(sa.select(mirror)):
        found[row.tab][row.row_id] = Seen(row.seen, row.gone_at is not None)
    return found


def save_seen(tx: Transaction, tab: str, rows: Mapping[int, Cells]) -> None:
    """Remember rows as they were seen; a row that was gone is back."""
    for row_id, cells in rows.items():
        entered = insert(mirror).values(agency=tx.agency, tab=tab, row_id=row_id, seen=cells)
        changed = {"seen": cells, "gone_at": None}
        tx.sql.execute(
            entered.on_conflict_do_update(index_elements=["agency", "tab", "row_id"], set_=changed)
        )


def save_gone(tx: Transaction, tab: str, row_ids: Sequence[int], at: datetime) -> None:
    """A person deleted these rows."""
    missing = sa.and_(mirror.c.tab == tab, mirror.c.row_id.in_(row_ids))
    tx.sql.execute(sa.update(mirror).where(missing).values(gone_at=at))


def forget_row(tx: Transaction, tab: str, row_id: int) -> None:
    """A coordinator wants a deleted row back: it is written as if it had never been there."""
    tx.sql.execute(sa.delete(mirror).where(mirror.c.tab == tab, mirror.c.row_id == row_id))
    outbox.mark(tx, tab, row_id)


def save_list(tx: Transaction, tab: str, rows: Sequence[Cells]) -> bool:
    """Keep a tab that people alone fill, as it stands; whether it differs from what was known."""
    if list(rows) == load_list(tx, tab):
        return False
    entered = insert(people_list).values(agency=tx.agency, tab=tab, rows=list(rows))
    tx.sql.execute(
        entered.on_conflict_do_update(
            index_elements=["agency", "tab"], set_={"rows": entered.excluded.rows}
        )
    )
    return True


def load_list(tx: Transaction, tab: str) -> list[Cells]:
    """The lines of a tab that people alone fill; none where it was never read."""
    rows: list[Cells] | None = tx.sql.scalar(
        sa.select(people_list.c.rows).where(people_list.c.tab == tab)
    )
    return rows or []


def lock_row(tx: Transaction, tab: str, row_id: int) -> None:
    """Keep chat turns from changing a row's value between our reading and our changing it."""
    id_column = _TABLES[tab].c.id
    tx.sql.execute(sa.select(id_column).where(id_column == row_id).with_for_update())


_TABLES = {"measures": measure, "scores": score, "items": oit_item, "cases": case_file}


def _queue_up(tx: Transaction) -> None:
    tx.sql.execute(sa.select(sa.func.pg_advisory_xact_lock(_lock_key("sheet", tx.agency))))


def _attempt(saved: Mapping[str, Any]) -> Attempt:
    return Attempt(
        stamp=saved["stamp"],
        marks=tuple(Mark(**mark) for mark in saved["marks"]),
        rows=tuple(Written(**row) for row in saved["rows"]),
        applied=saved["applied"],
    )
