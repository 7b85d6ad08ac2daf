"""What to send to mend a tab of ours that is there. Pure.

Whatever is written into rows is refused with its whole batch if one of these rows moved since the
read: each row's tag is taken from where it was seen.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sheets import fences, furnish, wire
from sheets.identity import recognise
from sheets.lacks import Kind, Lack
from sheets.layout import ID, Tab, column_tag
from sheets.rows import Cells
from sheets.snapshot import ROW_TAG, View, columns_of
from sheets.survey import heading_line

Json = dict[str, Any]
Rows = Mapping[int, Mapping[str, str]]
"""Cells by row id."""


def in_place(
    tab: Tab, sheet: Json, outline: Json, view: View, lacks: Collection[Lack], wanted: Rows,
    email: str | None,
) -> list[Json]:  # fmt: skip
    """Everything but what is written into rows: headers, marks, looks, protection."""
    sheet_id, places = view.sheet_id, columns_of(tab, sheet)
    if any(lack.kind is Kind.HEADER_LINE for lack in lacks):
        return _header_line(tab, sheet_id, places)
    heading = heading_line(tab, sheet)
    made: list[Json] = []
    for lack in lacks:
        if lack.column and lack.column in places:
            made += _column(tab, sheet, lack, places[lack.column], heading)
        elif lack.kind is Kind.ROW_TAG:
            made += mark_rows(view, wanted)
        elif lack.kind is Kind.FROZEN:
            frozen = {"gridProperties": {"frozenRowCount": 1}}
            fields = "gridProperties.frozenRowCount"
            made.append(wire.tab_properties(sheet_id, frozen, fields))
        elif lack.kind is Kind.PROTECTION:
            open_ = fences.unprotected(tab, places, outline, heading)
            made += fences.protections(tab, sheet_id, places, open_, email, heading)
    return made


def _column(tab: Tab, sheet: Json, lack: Lack, place: int, heading: int) -> list[Json]:
    sheet_id, column = sheet["properties"]["sheetId"], tab.column(lack.column)
    line = wire.lines(sheet_id, "COLUMNS", place, place + 1)
    match lack.kind:
        case Kind.HEADER:
            return [furnish.header(sheet_id, column, place, heading)]
        case Kind.DROPDOWN:
            return [furnish.choices(sheet_id, column, place, heading)]
        case Kind.HIDDEN:
            hide = {"range": line, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
            return [{"updateDimensionProperties": hide}]
        case Kind.COLUMN_TAG:
            old = furnish.tagged_columns(tab, sheet).get(column.key)
            gone = [] if old is None else [wire.delete_tag(column_tag(tab.key, column.key))]
            return [*gone, furnish.mark_column(tab, sheet_id, column.key, place)]
    return []


def _header_line(tab: Tab, sheet_id: int, places: Mapping[str, int]) -> list[Json]:
    """A line of headers above the rows, which takes over no list of choices from them."""
    frozen = {"gridProperties": {"frozenRowCount": 1}}
    return [
        wire.insert(sheet_id, "ROWS", 0),
        {"setDataValidation": {"range": {"sheetId": sheet_id, "endRowIndex": 1}}},
        *(furnish.header(sheet_id, tab.column(key), place) for key, place in places.items()),
        wire.tab_properties(sheet_id, frozen, "gridProperties.frozenRowCount"),
    ]


def mark_rows(view: View, wanted: Rows) -> list[Json]:
    """The tags of the register's rows, put where the rows are."""
    rows = {row_id: line.index for row_id, line in view.rows.items() if row_id in wanted}
    rows |= {row_id: index for index, row_id in recognise(view, wanted).items()}
    made: list[Json] = []
    for row_id, index in sorted(rows.items()):
        if view.tags.get(row_id) != index:
            gone = [wire.delete_tag(row_id)] if row_id in view.tags else []
            made += [*gone, wire.create_tag(row_id, ROW_TAG, wire.row(view.sheet_id, index))]
    return made


def hold_rows(view: View, row_ids: Collection[int]) -> list[Json]:
    """Refuse the batch if one of these rows, all tagged, moved or went since the read."""
    places = {row_id: wire.row(view.sheet_id, view.tags[row_id]) for row_id in sorted(row_ids)}
    if not places:
        return []
    return wire.at_least(view.sheet_id, view.height) + [
        request
        for row_id, place in places.items()
        for request in wire.move_tag(row_id, ROW_TAG, place, place)
    ]


def write_ids(view: View, ids: Mapping[int, int]) -> list[Json]:
    """Write the id cells of tagged rows: line index → row id."""
    column = view.columns[ID]
    return [
        *hold_rows(view, set(ids.values())),
        *(_cell(view, index, column, ID, str(row_id)) for index, row_id in sorted(ids.items())),
    ]


def holds(view: View, row_id: int, cells: Mapping[str, str]) -> bool:
    """Whether the row with this id holds these cells, as far as its columns are there."""
    line = view.rows.get(row_id)
    return line is not None and all(
        line.cells.get(key, text) == text for key, text in cells.items()
    )


def take_ids_out(view: View, row_ids: Collection[int]) -> list[Json]:
    """Empty the id cells that hold these ids, wherever they stand by then."""
    place = view.columns[ID]
    return [
        {
            "findReplace": {
                "find": str(row_id),
                "replacement": "",
                "range": wire.area(view.sheet_id, None, None, place, place + 1),
                "matchEntireCell": True,
            }
        }
        for row_id in row_ids
    ]


def restored(view: View, wanted: Rows) -> dict[int, int]:
    """The rows without an id that bear the tag of what they are: line index → row id."""
    found = recognise(view, wanted)
    return {index: row_id for index, row_id in found.items() if view.tags.get(row_id) == index}


def filled(view: View, keys: Collection[str], wanted: Rows) -> dict[int, Cells]:
    """What is known of rows once lacking columns are put back: the register's words where the row
    bears its tag, else blank cells.
    """
    ids = {line.index: row_id for row_id, line in view.rows.items()} | restored(view, wanted)
    return {
        row_id: {
            key: wanted[row_id][key] if view.tags.get(row_id) == index else ""
            for key in keys
            if key in wanted[row_id]
        }
        for index, row_id in ids.items()
        if row_id in wanted
    }


def put_columns(tab: Tab, sheet: Json, view: View, keys: Sequence[str], wanted: Rows) -> list[Json]:
    """Lacking columns, each in its place, with what the register knows; ids come with theirs."""
    heading, places = heading_line(tab, sheet), dict(columns_of(tab, sheet))
    ids = restored(view, wanted) if ID in keys else {}
    cells = filled(view, keys, wanted)
    lines = {row_id: line.index for row_id, line in view.rows.items()}
    lines |= {row_id: index for index, row_id in ids.items()}
    made = hold_rows(view, [row_id for row_id in lines if view.tags.get(row_id) == lines[row_id]])
    for key in keys:
        column, places = furnish.insert_column(tab, view.sheet_id, key, places, heading)
        made += column
        texts = {lines[row_id]: row[key] for row_id, row in cells.items() if row.get(key)}
        texts |= {index: str(row_id) for index, row_id in ids.items()} if key == ID else {}
        made += [_cell(view, index, places[key], key, text) for index, text in texts.items()]
    return made


def _cell(view: View, index: int, place: int, key: str, text: str) -> Json:
    value = [[wire.cell(view.tab, key, text)]]
    return wire.write(view.sheet_id, index, place, value, "userEnteredValue")
