"""What the shared sheet held at one moment, found by ids and tags instead of places. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets.layout import BY_KEY, ID, STAMP_ID, Column, Tab
from sheets.rows import Cells, shown

Json = Mapping[str, Any]

ROW_TAG = "r"
COLUMN_TAG = "c"
_ROW_ID = re.compile(r"[1-9][0-9]{0,9}")
_MOST = 2**31 - 1
"""Google's metadata ids and ours are int32: no larger number is one of our ids."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tab, at a 0-based index; `row_id` is which row it is.

    That is what its id cell says (`cell_id`), unless sheets.identity knows better: then that id is
    another row's, or one that was left behind. `untidy` are the columns whose cell holds more than
    we see, spaces at its ends and the like; `formulas` those in which somebody computes.
    """

    index: int
    row_id: int | None
    cells: Cells
    untidy: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()
    cell_id: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One tab as it was read.

    `columns` maps column keys to 0-based places, `column_tags` those of columns that bear a tag;
    `rows` finds the line of a row id, of `twins` (ids on more than one line) the tagged or else the
    upper one; `tags` maps row ids to the index that bears the tag; `end` is the index after the
    last line that holds anything, `height` the grid's.
    """

    tab: Tab
    sheet_id: int
    columns: dict[str, int]
    column_tags: dict[str, int]
    lines: tuple[Line, ...]
    rows: dict[int, Line]
    twins: frozenset[int]
    tags: dict[int, int]
    end: int
    height: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tabs that were read, and the stamp of the last batch that was applied.

    A tab whose id column is gone is not here: nobody can say which of its rows is which.
    """

    views: dict[str, View]
    stamp: str | None


def read_snapshot(answer: Json, tabs: Mapping[str, int]) -> Snapshot:
    """Understand Google's answer; `tabs` maps the layout's keys to sheet ids."""
    sheets = {sheet["properties"]["sheetId"]: sheet for sheet in answer.get("sheets", [])}
    views = {key: view_of(BY_KEY[key], sheets[tabs[key]]) for key in tabs if tabs[key] in sheets}
    views = {key: view for key, view in views.items() if ID in view.columns}
    stamps = {m["metadataId"]: m.get("metadataValue") for m in answer.get("developerMetadata", [])}
    return Snapshot(views, stamps.get(STAMP_ID))


def view_of(tab: Tab, sheet: Json) -> View:
    """One tab, from Google's answer for it."""
    data = sheet.get("data", [{}])[0]
    cells = [row.get("values", []) for row in data.get("rowData", [])]
    columns = columns_of(tab, sheet)
    filled = [index for index, row in enumerate(cells) if any(map(_text, filter(None, row)))]
    lines = tuple(_line(tab, columns, index, cells[index]) for index in filled)
    tags = dict(_tags(data.get("rowMetadata", [])))
    return View(
        tab=tab,
        sheet_id=sheet["properties"]["sheetId"],
        columns=columns,
        column_tags=_column_tags(sheet),
        lines=lines,
        rows=_rows(lines, tags),
        twins=twins_in(lines),
        tags=tags,
        end=max(filled, default=-1) + 1,
        height=sheet["properties"]["gridProperties"]["rowCount"],
    )


def twins_in(lines: Sequence[Line]) -> frozenset[int]:
    """The ids that stand on more than one line."""
    counts = Counter(line.row_id for line in lines if line.row_id is not None)
    return frozenset(row_id for row_id, count in counts.items() if count > 1)


def _rows(lines: Sequence[Line], tags: Mapping[int, int]) -> dict[int, Line]:
    found: dict[int, Line] = {}
    for line in lines:
        if line.row_id is None:
            continue
        if line.row_id not in found or tags.get(line.row_id) == line.index:
            found[line.row_id] = line
    return found


def columns_of(tab: Tab, sheet: Json) -> dict[str, int]:
    """Where each column of a tab is: by its tag, else by its header's words. Column key → place.

    Who cuts a column and pastes it elsewhere leaves the tag on the blank column: then the header
    tells. A blank header alone is only a header that somebody emptied.
    """
    tagged, texts = _column_tags(sheet), headers_of(sheet)
    found: dict[str, int] = {}
    for column in tab.columns:
        place, named = tagged.get(column.key), column.header in texts
        if place is not None and not (named and not any(texts[place : place + 1])):
            found[column.key] = place
        elif named:
            found[column.key] = texts.index(column.header)
    return found


def _column_tags(sheet: Json) -> dict[str, int]:
    places = sheet.get("data", [{}])[0].get("columnMetadata", [])
    return {
        tag.get("metadataValue", ""): index
        for index, place in enumerate(places)
        for tag in place.get("developerMetadata", [])
        if tag["metadataKey"] == COLUMN_TAG
    }


def listed(view: View) -> list[Cells]:
    """The filled lines below the header of a tab that people alone fill, in their order."""
    below = [line.cells for line in view.lines if line.index > 0]
    return [cells for cells in below if any(cells.values())]


def headers_of(sheet: Json) -> list[str]:
    """The texts of a tab's first line, up to the last one that is not empty."""
    rows = sheet.get("data", [{}])[0].get("rowData") or [{}]
    texts = [_text(cell) for cell in rows[0].get("values", [])]
    filled = max((index for index, text in enumerate(texts) if text), default=-1)
    return texts[: filled + 1]


def _tags(places: list[Json]) -> Iterator[tuple[int, int]]:
    for index, place in enumerate(places):
        for tag in place.get("developerMetadata", []):
            if tag["metadataKey"] == ROW_TAG:
                yield tag["metadataId"], index


def _line(tab: Tab, columns: Mapping[str, int], index: int, row: Sequence[Json]) -> Line:
    raw = {key: row[place] if place < len(row) else {} for key, place in columns.items()}
    cells = {key: _value(tab.column(key), cell) for key, cell in raw.items()}
    untidy = {key for key, cell in raw.items() if _text(cell) != cell.get("formattedValue", "")}
    formulas = {
        key for key, cell in raw.items() if "formulaValue" in cell.get("userEnteredValue", {})
    }
    row_id = _row_id(cells.pop(ID, ""))
    if row_id is not None and raw[ID].get("formattedValue") != str(row_id):
        untidy.add(ID)
    return Line(index, row_id, cells, frozenset(untidy), frozenset(formulas), row_id)


def _row_id(text: str) -> int | None:
    return int(text) if _ROW_ID.fullmatch(text) and int(text) <= _MOST else None


def _value(column: Column, cell: Json) -> str:
    """The cell's text; of a number where we keep numbers, the number and not its looks."""
    number = cell.get("effectiveValue", {}).get("numberValue")
    if number is None or not (column.number or column.decimals or column.key == ID):
        return _text(cell)
    if column.decimals and _is(number, _text(cell)):  # as it was typed
        return _text(cell)
    return str(int(number)) if number == int(number) else str(number)


def _is(number: float, text: str) -> bool:
    try:
        return float(text) == number
    except ValueError:
        return False


def _text(cell: Json) -> str:
    return shown(cell.get("formattedValue", ""))
