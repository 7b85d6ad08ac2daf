"""Another spreadsheet for an agency, most often a copy of the one it had.

The old one is never written again, and no batch on its way can reach the new one: each names its
spreadsheet. What stands in the new one is recognised by ids, else by tags and content. There
people's own columns are their newest words; in shared cells the register's words stand, because a
copy may be old, and what was reported since by chat would be undone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheets.google import Google, SheetError
from sheets.identity import recognise
from sheets.known import Known, known_of
from sheets.layout import BY_KEY, TABS, Column, Owner
from sheets.rows import Cells, row_name
from sheets.survey import Survey, is_ours, survey
from sheets.work import undisturbed
from store import sheet_repair, sheet_state
from store.database import Database, Transaction
from store.sheet_state import OtherSpreadsheet, Seen, Superseded

LOG = "progress"


@dataclass(frozen=True, slots=True)
class Move:
    """What a move would do, for the operator.

    `recognised` rows stand in the new spreadsheet, `written` ones do not and will be; `taken` are
    people's words there that the register will take, `overwritten` words in shared cells that the
    register's will replace, both as sentences.
    """

    recognised: int
    written: int
    taken: tuple[str, ...]
    overwritten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tab:
    """What of a tab's rows stands in the new spreadsheet, and the ids of those that do not."""

    rows: dict[int, Cells]
    lacking: list[int]


def look(database: Database, google: Google, agency: str, spreadsheet_id: str) -> Move:
    """What moving the agency to this spreadsheet would do.

    Raises OtherSpreadsheet where there is nothing to move, SheetError.
    """
    with database.agency(agency) as tx:
        tabs = _tabs(tx, spreadsheet_id)
    seen = survey(google, spreadsheet_id, tabs, search=True, logs=True)
    with database.agency(agency) as tx:
        known = known_of(tx, None)
        found = _found(tx, known, seen)
        words = [one for key, tab in found.items() for one in _words(tx, known, key, tab.rows)]
    return Move(
        recognised=sum(len(tab.rows) for tab in found.values()),
        written=sum(len(tab.lacking) for tab in found.values()),
        taken=tuple(said for owner, said in words if owner is Owner.PEOPLE),
        overwritten=tuple(said for owner, said in words if owner is Owner.SHARED),
    )


def move(database: Database, google: Google, agency: str, spreadsheet_id: str) -> None:
    """Make this the agency's spreadsheet. Nothing is written there; it has to be proved first.

    Raises OtherSpreadsheet where there is nothing to move, SheetError.
    """
    with undisturbed(database, agency):
        with database.agency(agency) as tx:
            sheet = sheet_state.begin(tx)
            tabs = _tabs(tx, spreadsheet_id)
        seen = survey(google, spreadsheet_id, tabs, search=True, logs=True)
        try:
            with database.agency(agency) as tx:
                sheet_state.hold(tx, sheet.run if sheet else 0)
                _move(tx, spreadsheet_id, seen)
        except Superseded:
            raise SheetError("temporary", "busy") from None


def _move(tx: Transaction, spreadsheet_id: str, seen: Survey) -> None:
    known = known_of(tx, None)
    found = _found(tx, known, seen)
    mirror = sheet_state.load_mirror(tx)
    rows = {
        key: _agreed(known.rows_of(key), mirror[key], tab.rows, key)
        for key, tab in found.items()
        if key != LOG
    }
    if LOG in found:
        sheet_repair.written_already(tx, LOG, found[LOG].rows)
    lacking = {key: tab.lacking for key, tab in found.items()}
    sheet_repair.move(tx, spreadsheet_id, _ours(seen), rows, lacking)


def _tabs(tx: Transaction, spreadsheet_id: str) -> dict[str, int]:
    """The ids that the tabs have; a copy keeps them."""
    sheet = sheet_state.load(tx)
    if sheet is None:
        raise OtherSpreadsheet(f"{tx.agency} has no spreadsheet yet: leave out --move.")
    if sheet.spreadsheet_id == spreadsheet_id:
        raise OtherSpreadsheet(f"{tx.agency} has this spreadsheet already: leave out --move.")
    return sheet.tabs


def _ours(seen: Survey) -> dict[str, int]:
    """The tabs of ours that stand in the new spreadsheet."""
    return {
        key: at
        for key, at in seen.tabs.items()
        if at in seen.cells and is_ours(BY_KEY[key], seen.cells[at])
    }


def _found(tx: Transaction, known: Known, seen: Survey) -> dict[str, _Tab]:
    """The tabs with rows of ours, whether they stand in the new spreadsheet or not."""
    ours, found = _ours(seen), {}
    mirror = sheet_state.load_mirror(tx)
    for tab in TABS:
        wanted = _wanted(tx, known, tab.key)
        gone = {one for one, row in mirror[tab.key].items() if row.gone}
        rows = _rows(seen, tab.key, wanted) if tab.key in ours else {}
        lacking = [row_id for row_id in wanted if row_id not in rows and row_id not in gone]
        if wanted:
            found[tab.key] = _Tab(rows, lacking)
    return found


def _wanted(tx: Transaction, known: Known, key: str) -> Mapping[int, Mapping[str, str]]:
    if key == LOG:
        return {row_id: {} for row_id in sheet_repair.report_ids(tx)}
    return known.rows_of(key)


def _rows(seen: Survey, key: str, wanted: Mapping[int, Mapping[str, str]]) -> dict[int, Cells]:
    view = seen.view(key)
    if view is None:
        return {}
    lines = {line.index: line.cells for line in view.lines}
    recognised = {row_id: lines[at] for at, row_id in recognise(view, wanted).items()}
    there = {row_id: line.cells for row_id, line in view.rows.items() if row_id in wanted}
    return recognised | there


def _agreed(
    wanted: Mapping[int, Cells], mirror: Mapping[int, Seen], rows: Mapping[int, Cells], key: str
) -> dict[int, Cells]:
    """What is to be known of rows: in people's columns as before, so that what differs is taken
    in; elsewhere what stands there, so that the register's words replace it.
    """
    people = {column.key for column in BY_KEY[key].owned(Owner.PEOPLE)}
    return {
        row_id: {
            **wanted[row_id],
            **(mirror[row_id].cells if row_id in mirror else {}),
            **{name: text for name, text in cells.items() if name not in people},
        }
        for row_id, cells in rows.items()
        if row_id not in mirror or not mirror[row_id].gone
    }


def _words(
    tx: Transaction, known: Known, key: str, rows: Mapping[int, Cells]
) -> Iterator[tuple[Owner, str]]:
    """Cells in which the new spreadsheet says something else, and whose column it is."""
    mirror = sheet_state.load_mirror(tx)[key]
    for row_id, cells in rows.items():
        ours = known.rows_of(key).get(row_id, {})
        before = {**ours, **(mirror[row_id].cells if row_id in mirror else {})}
        for column in BY_KEY[key].owned(Owner.PEOPLE, Owner.SHARED):
            other = ours if column.owner is Owner.SHARED else before
            there, here = other.get(column.key), cells.get(column.key)
            if there is not None and here is not None and there != here:
                yield column.owner, _said(key, ours, column, here, there)


def _said(key: str, row: Mapping[str, str], column: Column, here: str, there: str) -> str:
    place = f"{BY_KEY[key].title} {row_name(row)}, {column.header}"
    return f"{place}: “{here}” there, “{there}” in the register"
