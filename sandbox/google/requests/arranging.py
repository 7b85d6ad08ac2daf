"""Requests that sort, find, clean and split what stands in cells."""

import re
from typing import Any

from sandbox.google import cells, masks
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid
from sandbox.google.ranges import Area
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet

_VALUE = masks.parse("userEnteredValue")


def sort_range(edit: Edit, request: Json) -> Json:
    """Sort rows; cells move with format, note and rule, and row metadata as the switches say."""
    sheet, area = edit.area(request)
    specs = request.get("sortSpecs", [])
    if not specs:
        raise invalid("At least one sort spec must be specified.")
    edit.guard(sheet, area, moving=True)
    order = _sorted_rows(sheet, area, specs)
    _permute(sheet, area, order)
    if _metadata_follows(edit, sheet, area):
        _permute_metadata(edit, sheet, area, order)
    return {}


def _sorted_rows(sheet: Sheet, area: Area, specs: list[Json]) -> list[int]:
    rows = list(range(area.top, area.bottom))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        if not area.left <= column < area.right:
            raise invalid(f"sortSpecs.dimensionIndex[{column}] is outside of the range.")
        down = spec.get("sortOrder") == "DESCENDING"
        blank = [row for row in rows if cells.effective(sheet.cell(row, column)) is None]
        full = [row for row in rows if row not in set(blank)]
        full.sort(key=lambda row, c=column: _rank(sheet.cell(row, c)), reverse=down)
        rows = full + blank  # Google keeps blanks last in both directions
    return rows


def _rank(cell: Json) -> tuple[int, Any]:
    """Order as a sheet does: numbers, then text, then booleans, then errors."""
    value = cells.effective(cell) or {}
    if "numberValue" in value:
        return 0, value["numberValue"]
    if "stringValue" in value:
        return 1, value["stringValue"].casefold()
    return (2, value["boolValue"]) if "boolValue" in value else (3, "")


def _permute(sheet: Sheet, area: Area, order: list[int]) -> None:
    old = {(row, column): cell for row, column, cell in sheet.used(area)}
    for row, column in old:
        sheet.put(row, column, {})
    place = {source: area.top + i for i, source in enumerate(order)}
    for (row, column), cell in old.items():
        sheet.put(place[row], column, cell)


def _metadata_follows(edit: Edit, sheet: Sheet, area: Area) -> bool:
    if edit.caller.person and not edit.switches.metadata_follows_ui_sort:
        return False
    used = [column for row in sheet.cells.values() for column in row]
    whole = area.left == 0 and area.right > max(used, default=0)
    return whole or edit.switches.metadata_follows_partial_sort


def _permute_metadata(edit: Edit, sheet: Sheet, area: Area, order: list[int]) -> None:
    place = {source: area.top + i for i, source in enumerate(order)}
    for number, entry in edit.book.metadata.items():
        line = entry["location"].get("dimensionRange", {})
        if (line.get("sheetId"), line.get("dimension")) != (sheet.id, "ROWS"):
            continue
        row = place.get(line["startIndex"], line["startIndex"])
        line = line | {"startIndex": row, "endIndex": row + 1}
        edit.book.metadata[number] = entry | {"location": {"dimensionRange": line}}


def find_replace(edit: Edit, request: Json) -> Json:
    """Replace text in a range, a tab or everywhere; formulas only when asked for."""
    pattern = _pattern(request)
    replacement = request.get("replacement", "")
    if not request.get("searchByRegex"):
        replacement = replacement.replace("\\", r"\\")
    else:
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows: set[tuple[int, int]] = set()
    for sheet, area in _searched(edit, request):
        for row, column, cell in list(sheet.used(area)):
            kind, new, found = _replaced(cell, pattern, replacement, request)
            if not found:
                continue
            edit.guard(sheet, Area(row, row + 1, column, column + 1))
            edit.update_cell(sheet, row, column, new, _VALUE)
            counts["occurrencesChanged"] += found
            counts[kind] += 1
            rows.add((sheet.id, row))
    counts["rowsChanged"] = len(rows)
    counts["sheetsChanged"] = len({sheet_id for sheet_id, _ in rows})
    return {key: count for key, count in counts.items() if count}


def _pattern(request: Json) -> re.Pattern[str]:
    if not request.get("find"):
        raise invalid("The find text must not be empty.")
    text = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    if request.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    try:
        return re.compile(text, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise invalid("The find text is not a valid regular expression.") from error


def _searched(edit: Edit, request: Json) -> list[tuple[Sheet, Area]]:
    if "range" in request:
        return [edit.area(request)]
    if "sheetId" in request:
        sheet = edit.book.sheet(request["sheetId"])
        return [(sheet, sheet.area)]
    if request.get("allSheets"):
        return [(sheet, sheet.area) for sheet in edit.book.sheets]
    raise invalid("Must specify one of range, sheetId or allSheets.")


def _replaced(
    cell: Json, pattern: re.Pattern[str], replacement: str, request: Json
) -> tuple[str, Json, int]:
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        if not request.get("includeFormulas"):
            return "", {}, 0
        text, found = pattern.subn(replacement, value["formulaValue"])
        return "formulasChanged", {"userEnteredValue": {"formulaValue": text}}, found
    text, found = pattern.subn(replacement, cells.shown(cell))
    new, _ = cells.typed(text, "replacement", "en_US", cell.get("userEnteredFormat", {}))
    if "stringValue" in value:
        new = cells.entered(text, "replacement")
    return "valuesChanged", {"userEnteredValue": new} if new else {}, found


def trim_whitespace(edit: Edit, request: Json) -> Json:
    """Take leading, trailing and doubled whitespace out of text."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    changed = 0
    for row, column, cell in list(sheet.used(area)):
        text = cell.get("userEnteredValue", {}).get("stringValue")
        trimmed = re.sub(r"\s+", " ", text).strip() if text else text
        if trimmed != text:
            new = {"userEnteredValue": {"stringValue": trimmed}}
            edit.update_cell(sheet, row, column, new, _VALUE)
            changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(edit: Edit, request: Json) -> Json:
    """Delete rows of a range that repeat an earlier one; the rest moves up inside the range."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area, moving=True)
    columns = _compared(edit, sheet, area, request.get("comparisonColumns", []))
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in range(area.top, area.bottom):
        key = tuple(cells.shown(sheet.cell(row, column)).casefold() for column in columns)
        if key not in seen or not any(key):
            kept.append(row)
        seen.add(key)
    dropped = [row for row in range(area.top, area.bottom) if row not in set(kept)]
    for row, column, _ in list(sheet.used(area)):
        if row in set(dropped):
            sheet.put(row, column, {})
    _permute(sheet, area, kept + dropped)
    return {"duplicatesRemovedCount": len(dropped)} if dropped else {}


def _compared(edit: Edit, sheet: Sheet, area: Area, columns: list[Json]) -> list[int]:
    if not columns:
        return list(range(area.left, area.right))
    chosen: list[int] = []
    for line in columns:
        edit.book.sheet(line.get("sheetId", sheet.id))
        chosen += range(line.get("startIndex", area.left), line.get("endIndex", area.right))
    return chosen


_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def text_to_columns(edit: Edit, request: Json) -> Json:
    """Split the text of one column into the columns to its right."""
    sheet, area = edit.area(request, "source")
    if area.right - area.left != 1:
        raise invalid("The source must span exactly one column.")
    kind = request.get("delimiterType", "COMMA")
    delimiter = request.get("delimiter", "") if kind == "CUSTOM" else _DELIMITERS.get(kind, ",")
    if not delimiter:
        raise invalid("A custom delimiter must not be empty.")
    for row, column, cell in list(sheet.used(area)):
        parts = cells.shown(cell).split(delimiter)
        missing = column + len(parts) - sheet.columns
        if missing > 0:
            sheet.resize("COLUMNS", sheet.columns + missing)
        edit.guard(sheet, Area(row, row + 1, column, column + len(parts)))
        for i, part in enumerate(parts):
            write_typed(edit, sheet, row, column + i, part)
    return {}


def write_typed(edit: Edit, sheet: Sheet, row: int, column: int, text: str) -> None:
    """Write input as if a person had typed it, with the number format that it brings."""
    cell = sheet.cell(row, column)
    style = cell.get("userEnteredFormat", {})
    locale = edit.book.properties.get("locale", "en_US")
    value, number_format = cells.typed(text, "text", locale, style)
    new: Json = {"userEnteredValue": value} if value else {}
    if number_format and not style.get("numberFormat"):
        new["userEnteredFormat"] = {"numberFormat": number_format}
        edit.update_cell(
            sheet, row, column, new, masks.parse("userEnteredValue,userEnteredFormat.numberFormat")
        )
    else:
        edit.update_cell(sheet, row, column, new, _VALUE)
