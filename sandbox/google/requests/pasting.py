"""Requests that copy, cut, paste and shift blocks of cells."""

import csv
import io

from sandbox.google import masks
from sandbox.google.edit import Edit
from sandbox.google.errors import GoogleError, invalid
from sandbox.google.masks import Mask
from sandbox.google.ranges import Area
from sandbox.google.requests.arranging import write_typed
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet

# Which parts of a cell a kind of paste takes along. PASTE_FORMULA differs from PASTE_VALUES only
# for formulas, whose results the stand-in does not compute.
_TAKES = {
    "PASTE_NORMAL": "*",
    "PASTE_VALUES": "userEnteredValue",
    "PASTE_FORMAT": "userEnteredFormat",
    "PASTE_NO_BORDERS": "userEnteredValue,userEnteredFormat,note,dataValidation",
    "PASTE_FORMULA": "userEnteredValue",
    "PASTE_DATA_VALIDATION": "dataValidation",
}
Block = list[list[Json]]


def _taken(paste_type: str) -> Mask:
    if paste_type not in _TAKES:
        raise GoogleError(501, f"The sandbox does not do {paste_type}.")
    return masks.parse(_TAKES[paste_type])


def _block(sheet: Sheet, area: Area) -> Block:
    columns = range(area.left, area.right)
    return [[sheet.cell(row, c) for c in columns] for row in range(area.top, area.bottom)]


def _write(edit: Edit, sheet: Sheet, area: Area, block: Block, mask: Mask) -> None:
    """Fill the area with the block, again and again as often as it fits."""
    edit.guard(sheet, area)
    for row in range(area.top, area.bottom):
        source = block[(row - area.top) % len(block)]
        for column in range(area.left, area.right):
            cell = source[(column - area.left) % len(source)]
            edit.update_cell(sheet, row, column, cell, mask)


def copy_paste(edit: Edit, request: Json) -> Json:
    """Copy a range; a destination that is a multiple of it is filled, any other gets one copy."""
    source_sheet, source = edit.area(request, "source")
    sheet, wanted = edit.area(request, "destination")
    mask = _taken(request.get("pasteType", "PASTE_NORMAL"))
    block = _block(source_sheet, source)
    if request.get("pasteOrientation") == "TRANSPOSE":
        block = [list(column) for column in zip(*block, strict=True)]
    area = _filled(wanted, len(block), len(block[0]))
    _grow(sheet, area)
    _write(edit, sheet, area, block, mask)
    return {}


def _filled(wanted: Area, rows: int, columns: int) -> Area:
    high, wide = wanted.bottom - wanted.top, wanted.right - wanted.left
    high = high if high % rows == 0 else rows
    wide = wide if wide % columns == 0 else columns
    return Area(wanted.top, wanted.top + high, wanted.left, wanted.left + wide)


def _grow(sheet: Sheet, area: Area) -> None:
    if area.bottom > sheet.rows:
        sheet.resize("ROWS", area.bottom)
    if area.right > sheet.columns:
        sheet.resize("COLUMNS", area.right)


def cut_paste(edit: Edit, request: Json) -> Json:
    """Move a range to another place. Row metadata stays where it was: its row did not move."""
    source_sheet, source = edit.area(request, "source")
    sheet, top, left = _corner(edit, request.get("destination", {}))
    mask = _taken(request.get("pasteType", "PASTE_NORMAL"))
    block = _block(source_sheet, source)
    area = Area(top, top + len(block), left, left + len(block[0]))
    _grow(sheet, area)
    edit.guard(source_sheet, source)
    edit.guard(sheet, area)
    for row, column, cell in list(source_sheet.used(source)):
        source_sheet.put(row, column, masks.merge(cell, {}, mask) if "*" not in mask else {})
    _write(edit, sheet, area, block, mask)
    return {}


def _corner(edit: Edit, coordinate: Json) -> tuple[Sheet, int, int]:
    sheet = edit.book.sheet(coordinate.get("sheetId", 0))
    row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
    if row >= sheet.rows or column >= sheet.columns:
        raise invalid(f"The coordinate [{row}, {column}] is outside of the grid.")
    return sheet, row, column


def paste_data(edit: Edit, request: Json) -> Json:
    """Paste delimited text as if a person had: it is parsed, and the grid grows."""
    if request.get("html"):
        raise GoogleError(501, "The sandbox does not paste HTML.")
    if not request.get("delimiter"):
        raise invalid("Must specify one of delimiter or html.")
    _taken(request.get("type", "PASTE_NORMAL"))
    sheet, top, left = _corner(edit, request.get("coordinate", {}))
    text = io.StringIO(request.get("data", ""))
    rows = list(csv.reader(text, delimiter=request["delimiter"][0]))
    widest = max((len(row) for row in rows), default=0)
    if not widest:
        return {}
    area = Area(top, top + len(rows), left, left + widest)
    _grow(sheet, area)
    edit.guard(sheet, area)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            write_typed(edit, sheet, top + r, left + c, cell)
    return {}


def insert_range(edit: Edit, request: Json) -> Json:
    """Make room inside a tab: cells below (ROWS) or to the right (COLUMNS) move away."""
    sheet, area = edit.area(request)
    by_rows = _by_rows(request)
    beyond = _beyond(sheet, area, by_rows)
    edit.guard(sheet, beyond, moving=True)
    block = _block(sheet, beyond)
    size = area.bottom - area.top if by_rows else area.right - area.left
    target = _offset(beyond, size if by_rows else 0, 0 if by_rows else size)
    if _has_content(block):
        _grow(sheet, _content_end(sheet, beyond, target))
    _clear(sheet, beyond)
    _place(sheet, target, block)
    return {}


def delete_range(edit: Edit, request: Json) -> Json:
    """Take cells out: cells below (ROWS) or to the right (COLUMNS) close the gap."""
    sheet, area = edit.area(request)
    by_rows = _by_rows(request)
    beyond = _beyond(sheet, area, by_rows)
    edit.guard(sheet, beyond, moving=True)
    rest = (
        Area(area.bottom, beyond.bottom, area.left, area.right)
        if by_rows
        else Area(area.top, area.bottom, area.right, beyond.right)
    )
    block = _block(sheet, rest)
    _clear(sheet, beyond)
    _place(sheet, Area(area.top, sheet.rows, area.left, sheet.columns), block)
    return {}


def _by_rows(request: Json) -> bool:
    if request.get("shiftDimension") not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension specified.")
    return bool(request["shiftDimension"] == "ROWS")


def _beyond(sheet: Sheet, area: Area, by_rows: bool) -> Area:
    if by_rows:
        return Area(area.top, sheet.rows, area.left, area.right)
    return Area(area.top, area.bottom, area.left, sheet.columns)


def _offset(area: Area, rows: int, columns: int) -> Area:
    return Area(area.top + rows, area.bottom + rows, area.left + columns, area.right + columns)


def _has_content(block: Block) -> bool:
    return any(cell for row in block for cell in row)


def _content_end(sheet: Sheet, beyond: Area, target: Area) -> Area:
    """Return the area that moved content will need, so that none falls off the grid's end."""
    used = list(sheet.used(beyond))
    down, across = target.top - beyond.top, target.left - beyond.left
    last_row = max(row for row, _, _ in used) + down + 1
    last_column = max(column for _, column, _ in used) + across + 1
    return Area(0, last_row, 0, last_column)


def _clear(sheet: Sheet, area: Area) -> None:
    for row, column, _ in list(sheet.used(area)):
        sheet.put(row, column, {})


def _place(sheet: Sheet, area: Area, block: Block) -> None:
    for r, row in enumerate(block):
        for c, cell in enumerate(row):
            if cell:
                sheet.put(area.top + r, area.left + c, cell)
