"""One sync of one spreadsheet: read, take in people's edits, plan, write one batch.

Whatever happens on the way (a kill, a freeze, Google in doubt, two syncs at once), the next sync
begins by reading, and what it reads decides. Why a row cannot come twice: docs/adr/0003.
"""

import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from ita.clocks import DEFAULT_CLOCKS, Clock
from ita.criteria import NoCriteria
from sheets.amend import LOG, amendment
from sheets.batch import batch, landed
from sheets.google import Google, SheetError
from sheets.identity import with_true_ids
from sheets.intake import LISTS, Intake, ordered
from sheets.layout import BY_KEY
from sheets.plan import (
    Known,
    Plan,
    agreed,
    gone,
    left_ids,
    lines_of,
    plan,
    prepares,
    questions,
    verified,
    words_of,
)
from sheets.readers import Units
from sheets.rows import BANGKOK, Cells
from sheets.snapshot import Snapshot, View, read_snapshot
from sheets.wanted import STATISTICS, Rows, register_rows, waiting_rows
from store import outbox, register, results, sheet_state
from store.database import Database, Transaction
from store.outbox import Mark
from store.sheet_state import Attempt, Seen, Sheet, Stray, Superseded, Written

log = logging.getLogger(__name__)

WHOLE = ("measures", "scores", "items", "cases", STATISTICS, "doubts")
"""Tabs of which every row is read: people move these rows and write into them."""
LOGS = ("progress",)
"""Tabs that grow for ever: only their header is read."""

SOON, LATER, MUCH_LATER = 2.0, 10.0, 60.0
MAX_OPEN = 5
"""With so many attempts in doubt, the next batch carries only its stamp, to settle them."""

Outcome = Literal["idle", "written", "busy", "doubtful", "waiting", "problem", "not_installed"]


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync did.

    outcome: "idle" nothing had to be written; "written" one batch was; "busy" another sync is at
    it; "doubtful" nobody knows whether the batch was applied, or it was refused because the sheet
    had changed: the next read decides; or only a stamp was written, to settle many of these;
    "waiting" Google asks for patience or cannot be reached, nothing was applied; "problem" somebody
    has to mend something; "not_installed" there is no spreadsheet, or nobody has proved yet that it
    is the agency's.

    `written` counts rows, `edits` measures and lists that people changed, `questions` new doubts.
    `more`: rows wait that did not fit. `problem` is a code. `retry_after`: seconds after which to
    sync again, None when there is no need.
    """

    outcome: Outcome
    written: int = 0
    edits: int = 0
    questions: int = 0
    more: bool = False
    problem: str | None = None
    retry_after: float | None = None


BUSY = SyncResult("busy", retry_after=SOON)


def sync(
    database: Database,
    google: Google,
    agency: str,
    now: datetime,
    clocks: Sequence[Clock] = DEFAULT_CLOCKS,
    units: Units = (),
) -> SyncResult:
    """Bring an agency's sheet and register together once.

    `now` is aware; `clocks` are the agency's for complaints, `units` the names of its units.
    """
    with sheet_state.alone(database, agency) as alone:
        if not alone:
            return BUSY
        try:
            return _Sync(database, google, agency, now, clocks, units).run()
        except Superseded:
            return BUSY


class _Sync:
    """One run, with what it counts on the way."""

    def __init__(
        self,
        database: Database,
        google: Google,
        agency: str,
        now: datetime,
        clocks: Sequence[Clock],
        units: Units,
    ) -> None:
        self.database = database
        self.google = google
        self.agency = agency
        self.now = now
        self.clocks = clocks
        self.units = units
        self.intake: Intake | None = None
        self.amended: list[Mark] = []

    def run(self) -> SyncResult:
        with self.database.agency(self.agency) as tx:
            sheet = sheet_state.begin(tx)
            self.amended = outbox.waiting(tx, outbox.AMENDED)
        if sheet is None or not sheet.is_ours:
            return SyncResult("not_installed")
        return self._amend(sheet) or self._reconcile(sheet)

    def _reconcile(self, sheet: Sheet) -> SyncResult:
        try:
            read = self._read(sheet)
        except SheetError as error:
            return self._unread(sheet, error)
        sheet, snapshot, last = self._settle(sheet, read)
        self.intake = intake = Intake(lambda: self._hold(sheet), snapshot, self.now, self.units)
        intake.run()
        strays = _still_there(sheet, snapshot)
        left = {tab: lines for tab, view in snapshot.views.items() if (lines := left_ids(view))}
        attempt, more = self._plan(sheet, snapshot, intake, strays, last, clears=bool(left))
        problem = _problem(sheet, snapshot)
        if attempt is None:
            self._note(sheet, problem)
            return self._result("idle", problem)
        requests = batch(snapshot, attempt.rows, attempt.stamp, strays, left)
        try:
            replies = self.google.batch(sheet.spreadsheet_id, requests)
        except SheetError as error:
            return self._unwritten(sheet, error)
        rows = landed(snapshot, attempt.rows, requests, replies)
        self._written(sheet, replace(attempt, rows=rows))
        if len(sheet.attempts) >= MAX_OPEN:
            return replace(self._result("doubtful"), retry_after=SOON)
        self._note(sheet, problem)
        return replace(
            self._result("written", problem),
            written=sum(not prepares(row) for row in attempt.rows),
            more=more,
            retry_after=0.0 if more else None,
        )

    @contextmanager
    def _hold(self, sheet: Sheet) -> Iterator[Transaction]:
        with self.database.agency(self.agency) as tx:
            sheet_state.hold(tx, sheet.run)
            yield tx

    def _result(self, outcome: Outcome, problem: str | None = None) -> SyncResult:
        taken = self.intake
        return SyncResult(
            outcome,
            edits=taken.edits if taken else 0,
            questions=taken.questions if taken else 0,
            problem=problem,
        )

    # --- Lines of the log that changed after they were written

    def _amend(self, sheet: Sheet) -> SyncResult | None:
        """A run that does nothing else; None where there is nothing to amend, or no way to.

        What is in doubt comes first, as it may bring the old words to the log yet.
        """
        settled = all(one.applied for one in sheet.attempts)
        if not self.amended or not settled or LOG not in sheet.tabs:
            return None
        try:
            tabs = {LOG: sheet.tabs[LOG]}
            read = read_snapshot(self.google.read(sheet.spreadsheet_id, [tabs[LOG]]), tabs)
            with self._hold(sheet) as tx:
                found = amendment(read, self.amended, waiting_rows(tx, self.amended, {}))
            if found is None:
                return None
            if found.requests:
                self.google.batch(sheet.spreadsheet_id, found.requests)
        except SheetError as error:
            return self._unwritten(sheet, error)
        with self._hold(sheet) as tx:
            sheet_state.lock_outbox(tx)
            outbox.settle(tx, found.done)
        return replace(self._result("written"), more=True, retry_after=0.0)

    # --- Read

    def _read(self, sheet: Sheet) -> Snapshot:
        tabs = _tabs(sheet)
        whole = [tabs[key] for key in (*WHOLE, *LISTS) if key in tabs]
        headers = [tabs[key] for key in LOGS if key in tabs]
        return read_snapshot(self.google.read(sheet.spreadsheet_id, whole, headers), tabs)

    def _settle(self, sheet: Sheet, read: Snapshot) -> tuple[Sheet, Snapshot, tuple[Written, ...]]:
        """Decide by the stamp which open attempt was applied, and look where its cells landed.

        Gives the sheet, the snapshot with true ids, and the rows that the applied attempt wrote.
        """
        with self._hold(sheet) as tx:
            sheet_state.note_read(tx, self.now)
            done = next((a for a in sheet.attempts if a.stamp == read.stamp), None)
            if done is not None and not done.applied:
                _apply(tx, done)
            known = sheet_state.load_mirror(tx)
            snapshot = _identified(tx, read, self._wanted(tx), known)
            if done is None:
                return sheet, snapshot, ()
            found = verified(snapshot, done, known)
            for tab, rows in found.known.items():
                sheet_state.save_seen(tx, tab, _cells(rows))
            strays = (*sheet.strays, *found.strays)
            sheet_state.save_strays(tx, strays)
            # All others rest on a stamp that is gone: they can never be applied any more.
            sheet_state.save_attempts(tx, sheet.batches, [])
        return replace(sheet, attempts=(), strays=strays), snapshot, done.rows

    # --- Plan and write

    def _plan(
        self,
        sheet: Sheet,
        snapshot: Snapshot,
        intake: Intake,
        strays: Sequence[Stray],
        last: Sequence[Written],
        *,
        clears: bool,
    ) -> tuple[Attempt | None, bool]:
        """The attempt, kept before anything of it is sent; and whether more has to follow."""
        with self._hold(sheet) as tx:
            sheet_state.lock_outbox(tx)
            mirror = sheet_state.load_mirror(tx)
            known = {tab: mirror[tab] for tab in snapshot.views if tab in WHOLE}
            _open_years(tx)
            wanted = self._wanted(tx)
            _open_statistics(tx, wanted, known)
            intake.ask_all(tx, questions(snapshot, wanted, known))
            marks = outbox.waiting(tx)
            wanted |= waiting_rows(tx, marks, wanted)
            self._remember(tx, snapshot, wanted, known)
            planned = plan(snapshot, wanted, known, marks, ordered(tx, snapshot), last)
            outbox.settle(tx, planned.settled)
            if len(sheet.attempts) >= MAX_OPEN:
                planned = Plan(more=True)
            if strays != sheet.strays:
                sheet_state.save_strays(tx, strays)
            if not (planned.rows or planned.more or strays or clears):
                return None, False
            attempt = Attempt(
                f"{sheet.batches + 1}.{uuid.uuid4().hex}", planned.marks, planned.rows
            )
            sheet_state.save_attempts(tx, sheet.batches + 1, [*sheet.attempts, attempt])
        return attempt, planned.more

    def _wanted(self, tx: Transaction) -> Rows:
        return register_rows(tx, self.now.astimezone(BANGKOK).date(), self.clocks)

    def _remember(
        self, tx: Transaction, snapshot: Snapshot, wanted: Rows, known: dict[str, dict[int, Seen]]
    ) -> None:
        for tab, row_id in gone(snapshot, known):
            sheet_state.save_gone(tx, tab, [row_id], self.now)
        for tab, rows in agreed(snapshot, wanted, known).items():
            sheet_state.save_seen(tx, tab, _cells(rows))

    def _written(self, sheet: Sheet, attempt: Attempt) -> None:
        with self._hold(sheet) as tx:
            _apply(tx, attempt)
            done = [replace(attempt, applied=True)]
            sheet_state.save_attempts(tx, sheet.batches + 1, done)

    # --- What can go wrong

    def _note(self, sheet: Sheet, problem: str | None) -> None:
        """All went well, with this problem or none: what was told before is over only now."""
        if problem != sheet.problem:
            with self._hold(sheet) as tx:
                sheet_state.note_problem(tx, problem)

    def _unread(self, sheet: Sheet, error: SheetError) -> SyncResult:
        if error.kind != "permanent":
            return replace(self._result("waiting"), retry_after=LATER)
        return self._stopped(sheet, error.reason)

    def _unwritten(self, sheet: Sheet, error: SheetError) -> SyncResult:
        """Refused for good or for now: forget the attempt. In doubt: keep it for the next read.

        "stamp_exists" is in doubt too: perhaps it was this very batch that arrived twice.
        """
        log.warning("batch not written: %s", error)
        if error.kind == "unknown" or error.reason == "stamp_exists":
            return replace(self._result("doubtful"), retry_after=SOON)
        with self._hold(sheet) as tx:
            sheet_state.save_attempts(tx, sheet.batches, sheet.attempts)
        if error.kind == "temporary":
            return replace(self._result("waiting"), retry_after=LATER)
        return self._stopped(sheet, error.reason)

    def _stopped(self, sheet: Sheet, problem: str) -> SyncResult:
        with self._hold(sheet) as tx:
            sheet_state.note_problem(tx, problem)
        return replace(self._result("problem", problem), retry_after=MUCH_LATER)


def _identified(tx: Transaction, read: Snapshot, wanted: Rows, known: Known) -> Snapshot:
    """Each line as the row that it is, whatever people did to its id."""
    wanted = wanted | waiting_rows(tx, (), wanted)
    views = dict(read.views)
    for tab in views.keys() & set(WHOLE):
        seen = _cells(known.get(tab, {}))
        views[tab] = with_true_ids(views[tab], wanted.get(tab, {}), seen)
    return replace(read, views=views)


def _apply(tx: Transaction, attempt: Attempt) -> None:
    """The batch stands in the sheet: its marks are settled, its cells known."""
    sheet_state.lock_outbox(tx)
    outbox.settle(tx, attempt.marks)
    mirror = sheet_state.load_mirror(tx)
    for tab in {row.tab for row in attempt.rows if not BY_KEY[row.tab].append_only}:
        known = mirror[tab]
        rows = [row for row in attempt.rows if row.tab == tab]
        before = {row.row_id: known[row.row_id].cells for row in rows if row.row_id in known}
        after = {row.row_id: {**before.get(row.row_id, {}), **words_of(row.after)} for row in rows}
        sheet_state.save_seen(tx, tab, after)


def _open_years(tx: Transaction) -> None:
    """Rows for the scores and items of every year that the agency has measures of."""
    for year in {measure.fiscal_year for measure in register.measures(tx)}:
        with suppress(NoCriteria):
            results.open_year(tx, results.criteria(tx, year))


def _open_statistics(
    tx: Transaction, wanted: Rows, known: Mapping[str, Mapping[int, Seen]]
) -> None:
    """Rows for every month and half-year that the sheet does not show yet."""
    if STATISTICS in known:
        for row_id in sorted(wanted[STATISTICS].keys() - known[STATISTICS].keys()):
            outbox.mark(tx, STATISTICS, row_id)


def _tabs(sheet: Sheet) -> dict[str, int]:
    return {key: sheet.tabs[key] for key in (*WHOLE, *LISTS, *LOGS) if key in sheet.tabs}


def _still_there(sheet: Sheet, snapshot: Snapshot) -> tuple[Stray, ...]:
    """The strays that nobody has cleared yet."""
    views = snapshot.views
    return tuple(one for one in sheet.strays if one.tab in views and lines_of(views[one.tab], one))


def _problem(sheet: Sheet, snapshot: Snapshot) -> str | None:
    """Whether a column is gone that is written or read: then its cells are left out."""
    views = snapshot.views
    whole = all(key in views and _is_whole(views[key]) for key in _tabs(sheet))
    return None if whole else "column_missing"


def _is_whole(view: View) -> bool:
    return all(column.key in view.columns for column in view.tab.columns)


def _cells(rows: Mapping[int, Seen]) -> dict[int, Cells]:
    return {row_id: seen.cells for row_id, seen in rows.items()}
