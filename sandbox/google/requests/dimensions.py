"""Requests about rows and columns: insert, delete, move, hide, size, group."""

from sandbox.google import masks
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid
from sandbox.google.ranges import Area, Delete, Insert, Move
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet

PIXELS = {"ROWS": 21, "COLUMNS": 100}
MAX_DEPTH = 8


def stretch(edit: Edit, request: Json, *, bounded: bool = True) -> tuple[Sheet, str, int, int]:
    """Return tab, dimension, start and end of a DimensionRange; 400 if it is empty or too long."""
    sheet = edit.book.sheet(request.get("sheetId", 0))
    dimension = request.get("dimension", "")
    if dimension not in PIXELS:
        raise invalid("No dimension specified.")
    count = sheet.count(dimension)
    start, end = request.get("startIndex", 0), request.get("endIndex", count)
    if bounded and end > count:
        raise invalid(f"range.endIndex[{end}] is after the last {dimension} in grid[{count}]")
    if not 0 <= start < end:
        raise invalid(f"range.startIndex[{start}] must be before range.endIndex[{end}]")
    return sheet, dimension, start, end


def across(sheet: Sheet, dimension: str, start: int, end: int) -> Area:
    """Return the area that these whole rows or columns cover."""
    if dimension == "ROWS":
        return Area(start, end, 0, sheet.columns)
    return Area(0, sheet.rows, start, end)


def insert_dimension(edit: Edit, request: Json) -> Json:
    """Insert empty rows or columns, which take the format of a neighbour."""
    sheet, dimension, start, end = stretch(edit, request.get("range", {}), bounded=False)
    edit.guard_grid(sheet)
    before = request.get("inheritFromBefore", False)
    if start > sheet.count(dimension) - (0 if before else 1):
        raise invalid(
            f"range.startIndex[{start}] is after the last {dimension} in"
            f" grid[{sheet.count(dimension)}]"
        )
    if before and start == 0:
        raise invalid("inheritFromBefore cannot be true when inserting at index 0.")
    insert(edit, sheet, dimension, start, end - start)
    _inherit(sheet, dimension, start, end, start - 1 if before else end)
    return {}


def insert(edit: Edit, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Make room for `count` lines before index `at`."""
    sheet.resize(dimension, sheet.count(dimension) + count)
    edit.book.rearrange(sheet, Insert(dimension, at, count))


def _inherit(sheet: Sheet, dimension: str, start: int, end: int, source: int) -> None:
    if source >= sheet.count(dimension):
        return
    kept = ("userEnteredFormat", "dataValidation")
    neighbours = list(sheet.used(across(sheet, dimension, source, source + 1)))
    for row, column, cell in neighbours:
        format_only = {key: cell[key] for key in kept if key in cell}
        for index in range(start, end):
            place = (index, column) if dimension == "ROWS" else (row, index)
            sheet.put(*place, format_only)


def delete_dimension(edit: Edit, request: Json) -> Json:
    """Delete rows or columns with their metadata."""
    sheet, dimension, start, end = stretch(edit, request.get("range", {}))
    edit.guard(sheet, across(sheet, dimension, start, end), moving=True)
    remove(edit, sheet, dimension, start, end)
    return {}


def remove(edit: Edit, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Take lines out of the grid, which gets smaller; 400 if nothing but frozen ones is left."""
    count = sheet.count(dimension) - (end - start)
    frozen = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
    if count <= sheet.properties["gridProperties"].get(frozen, 0):
        raise invalid(f"You can't delete all the {dimension.lower()} that are not frozen.")
    edit.book.rearrange(sheet, Delete(dimension, start, end))
    sheet.resize(dimension, count)


def move_dimension(edit: Edit, request: Json) -> Json:
    """Move rows or columns; the destination counts as if they still stood in place."""
    sheet, dimension, start, end = stretch(edit, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    if not 0 <= to <= sheet.count(dimension):
        raise invalid(f"destinationIndex[{to}] is outside of the grid.")
    if start < to < end:
        raise invalid("The destination index cannot be within the source range.")
    edit.guard(sheet, across(sheet, dimension, start, end), moving=True)
    edit.book.rearrange(sheet, Move(dimension, start, end, to))
    return {}


def append_dimension(edit: Edit, request: Json) -> Json:
    """Add rows or columns at the end of the grid."""
    sheet = edit.book.sheet(request.get("sheetId", 0))
    dimension, length = request.get("dimension", ""), request.get("length", 0)
    if dimension not in PIXELS:
        raise invalid("No dimension specified.")
    if length < 1:
        raise invalid(f"length[{length}] must be greater than 0.")
    edit.guard_grid(sheet)
    sheet.resize(dimension, sheet.count(dimension) + length)
    return {}


def update_dimension_properties(edit: Edit, request: Json) -> Json:
    """Hide, show or size rows or columns."""
    sheet, dimension, start, end = stretch(edit, request.get("range", {}))
    mask = masks.for_update(request.get("fields"), "DimensionProperties")
    wanted = {
        k: v for k, v in request.get("properties", {}).items() if k in ("hiddenByUser", "pixelSize")
    }
    if wanted.get("pixelSize", 0) < 0:
        raise invalid("pixelSize must not be negative.")
    for index in range(start, end):
        old = sheet.lines[dimension].get(index, {})
        _set_line(sheet, dimension, index, masks.merge(old, wanted, mask))
    return {}


def _set_line(sheet: Sheet, dimension: str, index: int, properties: Json) -> None:
    kept = {key: value for key, value in properties.items() if value}
    sheet.lines[dimension].pop(index, None)
    if kept:
        sheet.lines[dimension][index] = kept


def auto_resize_dimensions(edit: Edit, request: Json) -> Json:
    """Forget chosen sizes: the stand-in draws no text, so a fitted line has Google's default."""
    sheet, dimension, start, end = stretch(edit, request.get("dimensions", {}))
    for index in range(start, end):
        old = sheet.lines[dimension].get(index, {})
        _set_line(sheet, dimension, index, {k: v for k, v in old.items() if k != "pixelSize"})
    return {}


def add_dimension_group(edit: Edit, request: Json) -> Json:
    """Group rows or columns; inside or around another group it nests, across its edge it widens."""
    sheet, dimension, start, end = stretch(edit, request.get("range", {}))
    groups = [_bounds(group) for group in sheet.objects[_groups(dimension)]]
    for other_start, other_end in groups:
        crossing = start < other_start < end < other_end or other_start < start < other_end < end
        if crossing:
            groups.remove((other_start, other_end))
            start, end = min(start, other_start), max(end, other_end)
    _set_groups(sheet, dimension, [*groups, (start, end)])
    return {"dimensionGroups": sheet.objects[_groups(dimension)]}


def delete_dimension_group(edit: Edit, request: Json) -> Json:
    """Take one level of grouping away from these rows or columns."""
    sheet, dimension, start, end = stretch(edit, request.get("range", {}))
    old = [_bounds(group) for group in sheet.objects[_groups(dimension)]]
    inside = [group for group in old if group[0] < end and start < group[1]]
    if not inside:
        raise invalid("There is no group in the given range.")
    deepest = max(inside, key=lambda group: (group[0], -group[1]))
    rest = [group for group in old if group != deepest]
    pieces = [(deepest[0], min(start, deepest[1])), (max(end, deepest[0]), deepest[1])]
    _set_groups(sheet, dimension, rest + [p for p in pieces if p[0] < p[1]])
    return {"dimensionGroups": sheet.objects[_groups(dimension)]}


def update_dimension_group(edit: Edit, request: Json) -> Json:
    """Collapse or expand a group."""
    wanted = request.get("dimensionGroup", {})
    sheet, dimension, start, end = stretch(edit, wanted.get("range", {}))
    masks.for_update(request.get("fields"), "DimensionGroup")
    groups = sheet.objects[_groups(dimension)]
    for place, group in enumerate(groups):
        if _bounds(group) == (start, end) and group["depth"] == wanted.get("depth", 1):
            groups[place] = group | {"collapsed": wanted.get("collapsed", False)}
            return {}
    raise invalid("There is no such group.")


def _groups(dimension: str) -> str:
    return "rowGroups" if dimension == "ROWS" else "columnGroups"


def _bounds(group: Json) -> tuple[int, int]:
    return group["range"]["startIndex"], group["range"]["endIndex"]


def _set_groups(sheet: Sheet, dimension: str, bounds: list[tuple[int, int]]) -> None:
    groups: list[Json] = []
    for start, end in sorted(bounds, key=lambda b: (b[0], -b[1])):
        depth = 1 + sum(
            g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups
        )
        if depth > MAX_DEPTH:
            raise invalid(f"Groups cannot be nested deeper than {MAX_DEPTH}.")
        place = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
        groups.append({"range": place, "depth": depth})
    sheet.objects[_groups(dimension)] = groups
