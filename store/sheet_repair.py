"""What an installation has to remember and to set right in the store when it mends a sheet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import sqlalchemy as sa

from ita.measures import Measure
from store import outbox, register, sheet_state
from store.database import Transaction
from store.schema import measure, mirror, progress, spreadsheet
from store.sheet_state import Cells, OtherSpreadsheet, Sheet

Furnished = dict[str, list[str]]
"""By tab: the keys of the columns that stood there."""


def furnished(tx: Transaction) -> Furnished:
    """What stood in the sheet after the last installation: what is lacking of it was taken out."""
    known: Furnished = tx.sql.scalar(sa.select(spreadsheet.c.furnished)) or {}
    return known


def note_furnished(tx: Transaction, found: Mapping[str, Iterable[str]]) -> None:
    """Remember what stands in the sheet now, beside what is known already."""
    known = furnished(tx)
    both = {key: sorted({*known.get(key, ()), *found.get(key, ())}) for key in {*known, *found}}
    if both != known:
        tx.sql.execute(sa.update(spreadsheet).values(furnished=both))


def has_rows(tx: Transaction, tab: str) -> bool:
    """Whether the tab was ever seen with rows in it."""
    return tx.sql.scalar(sa.select(sa.exists().where(mirror.c.tab == tab))) is True


def write_anew(tx: Transaction, tab: str, row_ids: Iterable[int]) -> None:
    """The tab is made anew: its rows count as never written, but for those that people deleted.

    Batches in doubt no longer say anything of them: what they wrote went with the old tab.
    """
    seen = sa.and_(mirror.c.tab == tab, mirror.c.gone_at.is_(None))
    tx.sql.execute(sa.delete(mirror).where(seen))
    sheet = sheet_state.load(tx)
    if sheet is not None:
        attempts = [
            replace(one, rows=tuple(row for row in one.rows if row.tab != tab))
            for one in sheet.attempts
        ]
        sheet_state.save_attempts(tx, sheet.batches, attempts)
    for row_id in row_ids:
        outbox.mark(tx, tab, row_id)


def report_ids(tx: Transaction) -> list[int]:
    """The row ids of all reports, in the order in which they were entered."""
    return list(tx.sql.scalars(sa.select(progress.c.id).order_by(progress.c.id)))


def note_cells(tx: Transaction, tab: str, rows: Mapping[int, Cells]) -> None:
    """From now on these cells are known to hold this; the others of each row stay as known."""
    known = sheet_state.load_mirror(tx)[tab]
    changed = {
        row_id: {**known[row_id].cells, **cells}
        for row_id, cells in rows.items()
        if row_id in known and not known[row_id].gone
    }
    sheet_state.save_seen(tx, tab, changed)


def measure_ids(tx: Transaction) -> set[int]:
    """The row ids of all measures, withdrawn ones too."""
    return set(tx.sql.scalars(sa.select(measure.c.id)))


def enter_measure(tx: Transaction, new: Measure) -> Measure | None:
    """Enter a measure that stands in the sheet under its id; None when the id is known already.

    A number that it lacks, or that another measure of the year has, becomes the next one.
    """
    if new.id in measure_ids(tx):
        return None
    later = sa.func.greatest(spreadsheet.c.next_row_id, new.id + 1)
    tx.sql.execute(sa.update(spreadsheet).values(next_row_id=later))
    numbers = sa.select(measure.c.number).where(measure.c.fiscal_year == new.fiscal_year)
    taken = set(tx.sql.scalars(numbers))
    number = new.number if new.number and new.number not in taken else max(taken, default=0) + 1
    return register.add_measure(tx, replace(new, number=number), new.id)


def move(
    tx: Transaction,
    spreadsheet_id: str,
    tabs: Mapping[str, int],
    seen: Mapping[str, Mapping[int, Cells]],
    lacking: Mapping[str, Collection[int]],
) -> None:
    """From now on the agency has this spreadsheet, in which `tabs` were recognised.

    `seen` are the rows that stand there, as they are to be known; `lacking` those that do not and
    are to be written. Whether it is the agency's has to be proved anew. No old batch can reach it,
    as each names the old spreadsheet; what they waited for is in `seen` or in `lacking`.
    """
    sheet = sheet_state.load(tx)
    if sheet is None:
        raise OtherSpreadsheet(f"{tx.agency} has no spreadsheet yet: install without --move.")
    kept = {key: columns for key, columns in furnished(tx).items() if key in tabs}
    values: dict[str, object] = {
        "spreadsheet_id": spreadsheet_id, "tabs": dict(tabs), "attempts": [], "furnished": kept,
        "confirmed_at": None, "code": None, "code_until": None, "read_at": None,
        "problem": None, "failures": 0, "retry_at": None,
    }  # fmt: skip
    tx.sql.execute(sa.update(spreadsheet).values(values))
    _know(tx, seen, lacking)


def _know(
    tx: Transaction,
    seen: Mapping[str, Mapping[int, Cells]],
    lacking: Mapping[str, Collection[int]],
) -> None:
    for tab, row_ids in lacking.items():
        missing = sa.and_(mirror.c.tab == tab, mirror.c.row_id.in_(row_ids))
        tx.sql.execute(sa.delete(mirror).where(missing))
        for row_id in row_ids:
            outbox.mark(tx, tab, row_id)
    for tab, rows in seen.items():
        sheet_state.save_seen(tx, tab, rows)


def written_already(tx: Transaction, tab: str, row_ids: Collection[int]) -> None:
    """These rows of a log stand there: none of them waits."""
    outbox.settle(
        tx, [mark for mark in outbox.waiting(tx) if mark.tab == tab and mark.row_id in row_ids]
    )


def other(sheet: Sheet | None, spreadsheet_id: str) -> bool:
    """Whether the agency has another spreadsheet."""
    return sheet is not None and sheet.spreadsheet_id != spreadsheet_id
