"""Requests that write cells: values, formats, notes, rules and borders."""

from sandbox.google import masks
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid
from sandbox.google.masks import Mask
from sandbox.google.ranges import Area
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet


def update_cells(edit: Edit, request: Json) -> Json:
    """Write rows of CellData from a start or into a range, whose uncovered cells are cleared."""
    mask = masks.for_update(request.get("fields"), "CellData")
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "start" in request:
        start = request["start"]
        sheet = edit.book.sheet(start.get("sheetId", 0))
        write_rows(edit, sheet, start.get("rowIndex", 0), start.get("columnIndex", 0), rows, mask)
        return {}
    if "range" not in request:
        raise invalid("Must specify one of start or range.")
    sheet, area = edit.area(request)
    _check_fits(area, rows)
    edit.guard(sheet, area)
    for row in range(area.top, area.bottom):
        given = rows[row - area.top] if row - area.top < len(rows) else []
        for column in range(area.left, area.right):
            cell = given[column - area.left] if column - area.left < len(given) else {}
            edit.update_cell(sheet, row, column, cell, mask)
    return {}


def _check_fits(area: Area, rows: list[list[Json]]) -> None:
    if len(rows) > area.bottom - area.top:
        raise invalid(
            f"Attempting to write row: {area.bottom},"
            f" beyond the last requested row of: {area.bottom - 1}"
        )
    if max((len(row) for row in rows), default=0) > area.right - area.left:
        raise invalid(
            f"Attempting to write column: {area.right},"
            f" beyond the last requested column of: {area.right - 1}"
        )


def write_rows(
    edit: Edit, sheet: Sheet, top: int, left: int, rows: list[list[Json]], mask: Mask
) -> None:
    """Write rows of CellData with their upper left corner here."""
    for r, row in enumerate(rows):
        if row:
            edit.guard(sheet, Area(top + r, top + r + 1, left, left + len(row)))
        for c, cell in enumerate(row):
            edit.update_cell(sheet, top + r, left + c, cell, mask)


def repeat_cell(edit: Edit, request: Json) -> Json:
    """Write the same CellData into every cell of a range."""
    mask = masks.for_update(request.get("fields"), "CellData")
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    _everywhere(edit, sheet, area, request.get("cell", {}), mask)
    return {}


def _everywhere(edit: Edit, sheet: Sheet, area: Area, cell: Json, mask: Mask) -> None:
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            edit.update_cell(sheet, row, column, cell, mask)


def append_cells(edit: Edit, request: Json) -> Json:
    """Write rows of CellData below the last row that has data; the grid grows."""
    mask = masks.for_update(request.get("fields"), "CellData")
    sheet = edit.book.sheet(request.get("sheetId", 0))
    rows = [row.get("values", []) for row in request.get("rows", [])]
    top = last_row_with_data(sheet, formats=edit.switches.append_counts_formats) + 1
    if top + len(rows) > sheet.rows:
        sheet.resize("ROWS", top + len(rows))
    write_rows(edit, sheet, top, 0, rows, mask)
    return {}


def last_row_with_data(sheet: Sheet, *, formats: bool = False) -> int:
    """Return the index of the last row that holds a value (or a format), -1 if none does."""
    telling = {"userEnteredValue", "userEnteredFormat"} if formats else {"userEnteredValue"}
    rows = (
        r for r, cells in sheet.cells.items() if any(telling & c.keys() for c in cells.values())
    )
    return max(rows, default=-1)


def set_data_validation(edit: Edit, request: Json) -> Json:
    """Set a rule on every cell of a range, or take it away when none is given."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    rule = request.get("rule")
    if rule is not None:
        _check_rule(rule)
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            old = {k: v for k, v in sheet.cell(row, column).items() if k != "dataValidation"}
            sheet.put(row, column, old | {"dataValidation": rule} if rule else old)
    return {}


def _check_rule(rule: Json) -> None:
    condition = rule.get("condition", {})
    if not condition.get("type"):
        raise invalid("No condition type was specified.")
    count = len(condition.get("values", []))
    if condition["type"] == "ONE_OF_LIST" and not 0 < count <= 500:  # noqa: PLR2004 - Google's own limit
        raise invalid("A list must have from 1 to 500 values.")
    if condition["type"] == "ONE_OF_RANGE" and count != 1:
        raise invalid("ONE_OF_RANGE must have exactly 1 value.")


_SIDES = ("top", "bottom", "left", "right")


def update_borders(edit: Edit, request: Json) -> Json:
    """Set the borders around and inside a range; a side that is not given stays."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            edges = _edges(request, area, row, column)
            cell = sheet.cell(row, column)
            style = cell.get("userEnteredFormat", {})
            borders = style.get("borders", {}) | edges
            borders = {side: b for side, b in borders.items() if b.get("style", "NONE") != "NONE"}
            style = {k: v for k, v in style.items() if k != "borders"}
            style = style | {"borders": borders} if borders else style
            rest = {k: v for k, v in cell.items() if k != "userEnteredFormat"}
            sheet.put(row, column, rest | {"userEnteredFormat": style} if style else rest)
    return {}


def _edges(request: Json, area: Area, row: int, column: int) -> Json:
    outside = {
        "top": row == area.top,
        "bottom": row == area.bottom - 1,
        "left": column == area.left,
        "right": column == area.right - 1,
    }
    inner = {"top": "innerHorizontal", "bottom": "innerHorizontal"}
    sources = {s: s if outside[s] else inner.get(s, "innerVertical") for s in _SIDES}
    return {side: request[source] for side, source in sources.items() if source in request}
