"""One run of an installation: what the store knows, what stands in the sheet, what was done."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sheets import wire
from sheets.google import Google, SheetError
from sheets.known import Known, known_of
from sheets.lacks import Kind, Lack, lacks, sentence
from sheets.layout import BY_KEY, TABS, Tab
from sheets.rows import Cells
from sheets.snapshot import View
from sheets.survey import Survey, is_ours, survey
from store import sheet_state
from store.database import Database, Transaction
from store.sheet_state import Sheet

Json = dict[str, Any]

MEASURES, README = "measures", "readme"
OPENING = (Kind.COLUMN, Kind.HEADER_LINE)
PATIENCE_SECONDS, LOOK_SECONDS = 40, 0.25
"""How long a sync at work is waited for: it may hang at Google for so long."""


@contextmanager
def undisturbed(database: Database, agency: str) -> Iterator[None]:
    """While no sync is at work, so that neither overtakes the other."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        with sheet_state.alone(database, agency) as alone:
            if alone:
                yield
                return
        if time.monotonic() > end:
            raise SheetError("temporary", "busy")
        time.sleep(LOOK_SECONDS)


@dataclass
class Done:
    """What was done so far: titles, sentences and counts."""

    made: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    adopted: int = 0
    unclear: int = 0
    changes: int = 0


class Work:
    """The state of a run; `look` comes before each step.

    `placed` are rows whose ids were put back, with what they held then, by tab; `misplaced` the
    tabs in which a person's sort made that go wrong.
    """

    sheet: Sheet
    known: Known
    seen: Survey

    def __init__(
        self,
        database: Database,
        google: Google,
        agency: str,
        may: Callable[[Lack], bool],
        fiscal_year: int | None,
    ) -> None:
        self.database = database
        self.agency = agency
        self.done = Done()
        self.placed: dict[str, dict[int, Cells]] = {}
        self.misplaced: set[str] = set()
        self._google = google
        self._may = may
        self._fiscal_year = fiscal_year
        self._opened: set[str] = set()

    def look(self, *, begin: bool) -> None:
        """See what the store knows and what stands in the sheet; `begin`: supersede any sync."""
        with self.database.agency(self.agency) as tx:
            sheet = sheet_state.begin(tx) if begin else sheet_state.load(tx)
            if sheet is None:
                raise LookupError(self.agency)
            self.sheet, self.known = sheet, known_of(tx, self._fiscal_year)
        book, confirmed = sheet.spreadsheet_id, self.known.confirmed
        self.seen = survey(self._google, book, sheet.tabs, search=confirmed)

    @property
    def email(self) -> str | None:
        """The account's address."""
        return self._google.email

    def there(self) -> list[Tab]:
        """The layout's tabs that stand in the sheet."""
        return [
            tab
            for tab in TABS
            if (sheet := self.seen.of(tab.key)) is not None and is_ours(tab, sheet)
        ]

    def others(self) -> dict[int, Json]:
        """The outlines of people's tabs."""
        own = self.seen.tabs.values()
        return {at: sheet for at, sheet in self.seen.outline.items() if at not in own}

    def tab(self, tab: Tab) -> tuple[Json, Json, View]:
        """A tab that is there: its cells, its outline, its lines."""
        at, view = self.seen.tabs[tab.key], self.seen.view(tab.key)
        if view is None:
            raise LookupError(tab.key)
        return self.seen.cells[at], self.seen.outline[at], view

    def lacks(self, tab: Tab) -> list[Lack]:
        """What a tab that is there lacks."""
        memory = self.known.memory.get(tab.key, [])
        return lacks(tab, *self.tab(tab), memory, self.known.rows_of(tab.key))

    def agreed(self, found: Sequence[Lack]) -> list[Lack]:
        """What of it is to be mended: what is new, what follows, and what the operator agreed to.

        Before the sheet is known to be the agency's, tabs are made and nothing else.
        """
        return [
            lack
            for lack in found
            if (not lack.was_there or self._follows(lack) or self._may(lack))
            and (self.known.confirmed or (lack.kind is Kind.TAB and not lack.was_there))
        ]

    def sent(self, mended: Sequence[Lack], changes: Sequence[Json]) -> bool:
        """Send a batch, which mends these; always True."""
        steady = wire.steady(self.seen.stamp)
        self._google.batch(self.sheet.spreadsheet_id, [*steady, *changes])
        self.done.changes += len(changes)
        for lack in mended:
            said = sentence(lack, BY_KEY[lack.tab])
            if lack.was_there and not self._follows(lack):
                self.done.mended.append(said)
            elif lack.kind is Kind.COLUMN:
                self.done.added.append(said)
        self._opened |= {lack.tab for lack in mended if lack.kind in OPENING}
        return True

    @contextmanager
    def hold(self) -> Iterator[Transaction]:
        """A transaction, which is refused once a sync or another run began."""
        with self.database.agency(self.agency) as tx:
            sheet_state.hold(tx, self.sheet.run)
            yield tx

    def _follows(self, lack: Lack) -> bool:
        """Whether it comes of what this very run did, so that nobody is asked."""
        if lack.kind is Kind.PROTECTION:  # what was put in lies outside that of its neighbours
            return lack.tab in self._opened
        return lack.kind in (Kind.ROW_TAG, Kind.ROW_ID) and lack.tab in self.misplaced
