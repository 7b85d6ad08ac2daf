"""What the store knows of an agency's sheet, as far as an installation cares."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sheets import adopting
from sheets.intake import LISTS
from sheets.layout import TABS
from sheets.rows import BANGKOK
from sheets.wanted import STATISTICS, Rows, register_rows, waiting_rows
from store import sheet_owner, sheet_repair, sheet_state
from store.database import Transaction
from store.sheet_state import Cells


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows at one moment.

    `memory` are the columns that stood in each tab, `written` the tabs that had rows, `wanted` the
    register's rows by tab, `lists` those of the tabs that people alone fill; `measures` the ids of
    all measures, withdrawn ones too; `fiscal_year` is that of rows which name none.
    """

    at: datetime
    confirmed: bool
    memory: dict[str, list[str]]
    written: frozenset[str]
    wanted: Rows
    lists: dict[str, list[Cells]]
    measures: frozenset[int]
    fiscal_year: int

    def was_there(self, tab: str) -> bool:
        """Whether a tab was made before."""
        return tab in self.memory or tab in self.written

    def rows_of(self, tab: str) -> dict[int, Cells]:
        """The register's rows of a tab, by row id."""
        return self.wanted.get(tab, {})


def known_of(tx: Transaction, fiscal_year: int | None) -> Known:
    """What the store knows now; `fiscal_year` None: that of the newest measure."""
    at: datetime = tx.sql.execute(sa.select(sa.func.now())).scalar_one()
    rows = register_rows(tx, at.astimezone(BANGKOK).date())
    rows[STATISTICS] = _already_shown(tx, rows[STATISTICS])
    return Known(
        at=at,
        confirmed=sheet_owner.is_confirmed(tx),
        memory=sheet_repair.furnished(tx),
        written=frozenset(tab.key for tab in TABS if sheet_repair.has_rows(tx, tab.key)),
        wanted=rows | waiting_rows(tx, (), rows),
        lists={key: sheet_state.load_list(tx, key) for key in LISTS},
        measures=frozenset(sheet_repair.measure_ids(tx)),
        fiscal_year=fiscal_year or adopting.year_of_rows(tx, at),
    )


def _already_shown(tx: Transaction, rows: dict[int, Cells]) -> dict[int, Cells]:
    """Figures of a time that is over only now come with the next sync."""
    there = sheet_state.load_mirror(tx)[STATISTICS]
    return {row_id: cells for row_id, cells in rows.items() if row_id in there}
