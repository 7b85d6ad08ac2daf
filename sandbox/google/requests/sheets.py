"""Requests about whole tabs and the spreadsheet itself."""

from typing import Any

from sandbox.google import masks
from sandbox.google.edit import Edit
from sandbox.google.errors import GoogleError, invalid, protected
from sandbox.google.requests.dimensions import across, remove
from sandbox.google.schema import Json
from sandbox.google.view import sheet_properties
from sandbox.google.workbook import NEW_COLUMNS, NEW_ROWS, Sheet, new_sheet

MAX_TITLE = 100


def add_sheet(edit: Edit, request: Json) -> Json:
    """Add an empty tab; 400 if its title or the id that the caller chose exists."""
    wanted = request.get("properties", {})
    if wanted.get("sheetType", "GRID") != "GRID":
        raise GoogleError(501, f"The sandbox has no sheets of type {wanted['sheetType']}.")
    sheet = _fresh(edit, wanted.get("sheetId"), wanted.get("title"))
    kept = {k: v for k, v in wanted.items() if k not in ("sheetId", "index", "title")}
    grid = {"rowCount": NEW_ROWS, "columnCount": NEW_COLUMNS} | wanted.get("gridProperties", {})
    _check_grid(grid)
    sheet.properties = sheet.properties | kept | {"gridProperties": grid}
    _place(edit, sheet, wanted.get("index", len(edit.book.sheets)))
    return {"properties": sheet_properties(edit.book, sheet)}


def _fresh(edit: Edit, sheet_id: int | None, title: str | None) -> Sheet:
    taken = {sheet.id for sheet in edit.book.sheets}
    if sheet_id is None:
        sheet_id = edit.book.free_id(taken)
    if sheet_id < 0:
        raise invalid(f"Invalid sheet ID: {sheet_id}. Sheet IDs must be non-negative.")
    if sheet_id in taken:
        raise invalid(f"A sheet with the id {sheet_id} already exists. Please use a different ID.")
    return new_sheet(sheet_id, _free_title(edit, title or _next_title(edit)))


def _next_title(edit: Edit) -> str:
    titles = {sheet.title for sheet in edit.book.sheets}
    number = len(titles) + 1
    while f"Sheet{number}" in titles:
        number += 1
    return f"Sheet{number}"


def _free_title(edit: Edit, title: str) -> str:
    if not title or len(title) > MAX_TITLE:
        raise invalid(f"The sheet name cannot be greater than {MAX_TITLE} characters or empty.")
    if any(sheet.title.lower() == title.lower() for sheet in edit.book.sheets):
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    return title


def _check_grid(grid: Json) -> None:
    if grid["rowCount"] < 1 or grid["columnCount"] < 1:
        raise invalid("gridProperties.rowCount and columnCount must be greater than 0.")
    if grid.get("frozenRowCount", 0) >= grid["rowCount"]:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= grid["columnCount"]:
        raise invalid("You can't freeze all visible columns on the sheet.")


def _place(edit: Edit, sheet: Sheet, index: int) -> None:
    if not 0 <= index <= len(edit.book.sheets):
        raise invalid(f"Invalid sheet index: {index}. Must be from 0 to {len(edit.book.sheets)}.")
    edit.book.sheets.insert(index, sheet)


def delete_sheet(edit: Edit, request: Json) -> Json:
    """Delete a tab with everything on it; 400 for the last visible one."""
    sheet = edit.book.sheet(request.get("sheetId", 0))
    others = [other for other in edit.book.sheets if other is not sheet]
    if not any(not other.properties.get("hidden") for other in others):
        raise invalid("You can't remove all the visible sheets in a document.")
    if not all(edit.may_pass(fence) for fence in sheet.objects["protectedRanges"]):
        raise protected()
    edit.book.sheets = others
    edit.book.names = [n for n in edit.book.names if n["range"].get("sheetId", 0) != sheet.id]
    edit.book.metadata = {
        i: m for i, m in edit.book.metadata.items() if metadata_sheet(m) != sheet.id
    }
    return {}


def metadata_sheet(metadata: Json) -> int | None:
    """Return the id of the tab that a developer metadata belongs to; None: the spreadsheet's."""
    location = metadata["location"]
    number: int | None = location.get("dimensionRange", location).get("sheetId")
    return number


def update_sheet_properties(edit: Edit, request: Json) -> Json:
    """Rename, move, hide, resize, freeze or colour a tab."""
    wanted = request.get("properties", {})
    sheet = edit.book.sheet(wanted.get("sheetId", 0))
    mask = masks.for_update(request.get("fields"), "SheetProperties")
    title = wanted.get("title", "")
    if masks.wants(mask, "title") and title.lower() != sheet.title.lower():
        _free_title(edit, title)
    if masks.wants(mask, "gridProperties", "rowCount") or masks.wants(
        mask, "gridProperties", "columnCount"
    ):
        _resize(edit, sheet, masks.select(wanted, mask).get("gridProperties", {}))
    index = wanted.get("index") if "index" in mask else None
    if "*" in mask:
        mask = {key: {} for key in wanted}
    inner = {k: v for k, v in mask.items() if k not in ("index", "sheetId", "sheetType")}
    grid = sheet.properties["gridProperties"]
    sheet.properties = masks.merge(sheet.properties, wanted, inner) if inner else sheet.properties
    sheet.properties = sheet.properties | {
        "gridProperties": _counted(sheet.properties.get("gridProperties", {}), grid)
    }
    _check_grid(sheet.properties["gridProperties"])
    if index is not None:
        _move(edit, sheet, index)
    if not any(not other.properties.get("hidden") for other in edit.book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    return {}


def _counted(new: Json, old: Json) -> Json:
    """Keep the counts that an unmasked or empty grid would lose; drop zeros as Google does."""
    counts = {key: new.get(key) or old[key] for key in ("rowCount", "columnCount")}
    return {key: value for key, value in new.items() if value} | counts


def _resize(edit: Edit, sheet: Sheet, grid: Json) -> None:
    for dimension, name in (("ROWS", "rowCount"), ("COLUMNS", "columnCount")):
        if name in grid and grid[name] != sheet.count(dimension):
            edit.guard_grid(sheet)
            if grid[name] < sheet.count(dimension):
                _shrink(edit, sheet, dimension, grid[name])
            else:
                sheet.resize(dimension, grid[name])


def _shrink(edit: Edit, sheet: Sheet, dimension: str, count: int) -> None:
    lost = (dimension, count, sheet.count(dimension))
    edit.guard(sheet, across(sheet, *lost), moving=True)
    remove(edit, sheet, *lost)


def _move(edit: Edit, sheet: Sheet, index: int) -> None:
    """Put a tab before what is now at `index`: Google counts places as before the move."""
    if not 0 <= index <= len(edit.book.sheets):
        raise invalid(f"Invalid sheet index: {index}. Must be from 0 to {len(edit.book.sheets)}.")
    old = edit.book.sheets.index(sheet)
    edit.book.sheets.remove(sheet)
    edit.book.sheets.insert(index - 1 if index > old else index, sheet)


def update_spreadsheet_properties(edit: Edit, request: Json) -> Json:
    """Change title, locale, time zone and the like."""
    mask = masks.for_update(request.get("fields"), "SpreadsheetProperties")
    new = masks.merge(edit.book.properties, request.get("properties", {}), mask)
    if not new.get("title"):
        raise invalid("The title of a spreadsheet can not be empty.")
    edit.book.properties = edit.book.properties | new
    return {}


def duplicate_sheet(edit: Edit, request: Json) -> Json:
    """Copy a tab with everything on it except developer metadata, whose ids are unique."""
    source = edit.book.sheet(request.get("sourceSheetId", 0))
    title = request.get("newSheetName") or _copy_title(edit, source.title)
    sheet = _fresh(edit, request.get("newSheetId"), title)
    fill_from(edit, sheet, source)
    _place(edit, sheet, request.get("insertSheetIndex", 0))
    return {"properties": sheet_properties(edit.book, sheet)}


def _copy_title(edit: Edit, title: str) -> str:
    titles = {sheet.title for sheet in edit.book.sheets}
    copy, number = f"Copy of {title}", 1
    while copy in titles:
        number += 1
        copy = f"Copy of {title} {number}"
    return copy


def copy_into(edit: Edit, source: Sheet) -> Json:
    """Copy a tab of another spreadsheet to the end of this one; return its properties."""
    sheet = _fresh(edit, None, _copy_title(edit, source.title))
    fill_from(edit, sheet, source)
    _place(edit, sheet, len(edit.book.sheets))
    return sheet_properties(edit.book, sheet)


def fill_from(edit: Edit, sheet: Sheet, source: Sheet) -> None:
    """Give a new tab the content of another; what hangs on it gets new ids."""
    twin = source.copy()
    sheet.properties = twin.properties | {"title": sheet.title}
    sheet.cells, sheet.lines = twin.cells, twin.lines
    sheet.objects = {
        name: [_renumbered(edit, item, sheet.id) for item in items]
        for name, items in twin.objects.items()
    }
    sheet.basic_filter = _resheeted(twin.basic_filter, sheet.id)


def _renumbered(edit: Edit, item: Json, sheet_id: int) -> Json:
    moved: Json = _resheeted(item, sheet_id)
    for key in ("protectedRangeId", "filterViewId", "bandedRangeId", "chartId", "slicerId"):
        if key in moved:
            moved[key] = edit.book.free_id(set())
    return moved


def _resheeted(value: Any, sheet_id: int) -> Any:
    if isinstance(value, list):
        return [_resheeted(item, sheet_id) for item in value]
    if not isinstance(value, dict):
        return value
    return {k: sheet_id if k == "sheetId" else _resheeted(v, sheet_id) for k, v in value.items()}
