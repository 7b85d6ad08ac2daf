"""Tabs that are there: what they lack is put back, first all but what is written into rows."""

from typing import Any

from sheets import mend
from sheets.lacks import IN_ROWS, Kind, Lack
from sheets.layout import ID, Tab
from sheets.work import Work
from store import sheet_repair

Json = dict[str, Any]


def mend_in_place(work: Work) -> bool:
    """Headers, marks, looks and protection."""
    mended: list[Lack] = []
    changes: list[Json] = []
    for tab in work.there():
        here = [lack for lack in work.agreed(work.lacks(tab)) if lack.kind not in IN_ROWS]
        if here:
            wanted = work.known.rows_of(tab.key)
            changes += mend.in_place(tab, *work.tab(tab), here, wanted, work.email)
            mended += here
    return bool(changes) and work.sent(mended, changes)


def mend_in_rows(work: Work) -> bool:
    """Columns with what the register knows, and ids."""
    mended: list[Lack] = []
    changes: list[Json] = []
    for tab in work.there():
        here = [lack for lack in work.agreed(work.lacks(tab)) if lack.kind in IN_ROWS]
        made = _in_rows(work, tab, here)
        if made:
            mended += here
            changes += made
    return bool(changes) and work.sent(mended, changes)


def check_ids(work: Work) -> bool:
    """Ids that were put back stand where they belong; others are taken out again at once.

    Nobody knows whether a tag follows a person's sort: if not, one between our look and our batch
    goes unnoticed by Google.
    """
    changes: list[Json] = []
    for key, rows in work.placed.items():
        view = work.seen.view(key)
        if view is not None and ID in view.columns:
            wrong = [one for one, cells in rows.items() if not mend.holds(view, one, cells)]
            changes += mend.take_ids_out(view, wrong)
            work.misplaced |= {key} if wrong else set()
    work.placed = {}
    return bool(changes) and work.sent([], changes)


def _in_rows(work: Work, tab: Tab, lacks: list[Lack]) -> list[Json]:
    """What is known of cells that are filled is committed first.

    Otherwise they would look like people's edits, should the register change meanwhile.
    """
    if not lacks:
        return []
    sheet, _, view = work.tab(tab)
    wanted = work.known.rows_of(tab.key)
    ids = mend.restored(view, wanted)
    keys = [lack.column for lack in lacks if lack.kind is Kind.COLUMN]
    if ids and (ID in keys or not keys):
        held = {line.index: line.cells for line in view.lines}
        work.placed[tab.key] = {row_id: held[index] for index, row_id in ids.items()}
    if keys:
        with work.hold() as tx:
            sheet_repair.note_cells(tx, tab.key, mend.filled(view, keys, wanted))
        return mend.put_columns(tab, sheet, view, keys, wanted)
    return mend.write_ids(view, ids)
