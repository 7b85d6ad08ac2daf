"""`spreadsheets.values`: reading and writing plain values, by range and by data filter."""

from collections.abc import Iterator
from typing import Any

from sandbox.google import cells, masks, metadata
from sandbox.google.edit import Edit
from sandbox.google.errors import GoogleError, invalid
from sandbox.google.masks import Mask
from sandbox.google.ranges import Area, letters, to_a1
from sandbox.google.requests.dimensions import insert
from sandbox.google.schema import Json
from sandbox.google.table import table_for
from sandbox.google.workbook import Sheet, Workbook

_VALUE = masks.parse("userEnteredValue")
_VALUE_AND_STYLE = masks.parse("userEnteredValue,userEnteredFormat.numberFormat")
_INPUTS = ("RAW", "USER_ENTERED")
_RENDERS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
_DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")


def read(sheet: Sheet, area: Area, options: Json) -> Json:
    """Return the ValueRange of an area, without blank ends of rows and blank rows at the end."""
    by_columns = options.get("majorDimension") == "COLUMNS"
    value_option = _choice(options, "valueRenderOption", _RENDERS)
    date_option = _choice(options, "dateTimeRenderOption", _DATES)
    lines: list[list[Any]] = []
    for row, column, cell in sheet.used(area):
        shown = cells.rendered(cell, value_option, date_option)
        if shown == "":
            continue
        r, c = row - area.top, column - area.left
        major, minor = (c, r) if by_columns else (r, c)
        lines += [[] for _ in range(major + 1 - len(lines))]
        lines[major] += [""] * (minor + 1 - len(lines[major]))
        lines[major][minor] = shown
    answer: Json = {
        "range": to_a1(sheet.title, area),
        "majorDimension": "COLUMNS" if by_columns else "ROWS",
    }
    return answer | ({"values": lines} if lines else {})


def _choice(options: Json, name: str, known: tuple[str, ...]) -> str:
    chosen: str = options.get(name) or known[0]
    if chosen not in known:
        raise invalid(f"Invalid value at '{name}' (TYPE_ENUM), \"{chosen}\"")
    return chosen


def get(book: Workbook, text: str, options: Json) -> Json:
    """Answer values.get."""
    sheet, area, _ = book.resolve(text)
    return read(sheet, area, options)


def batch_get(book: Workbook, ranges: list[str], options: Json) -> Json:
    """Answer values.batchGet."""
    found = [get(book, text, options) for text in ranges]
    return {"spreadsheetId": book.id, "valueRanges": found}


def batch_get_by_data_filter(book: Workbook, body: Json) -> Json:
    """Answer values.batchGetByDataFilter."""
    found = [
        {"valueRange": read(sheet, area, body), "dataFilters": [data_filter]}
        for data_filter in body.get("dataFilters", [])
        for sheet, area in metadata.places(book, data_filter)
    ]
    return {"spreadsheetId": book.id} | ({"valueRanges": found} if found else {})


def update(edit: Edit, text: str, value_range: Json, options: Json) -> Json:
    """Answer values.update: write into a range, or from a single cell on as far as values go."""
    if value_range.get("range", text) != text:
        raise invalid(
            f"Requested writing within range [{text}],"
            f" but the value range says [{value_range['range']}]"
        )
    sheet, area, single = edit.book.resolve(text, clip=False)
    rows = _rows(value_range)
    if single:
        high, wide = max(len(rows), 1), max((len(row) for row in rows), default=1)
        area = Area(area.top, area.top + high, area.left, area.left + max(wide, 1))
    _check_fits(sheet, area, rows, text)
    return _write(edit, sheet, area, rows, options)


def _rows(value_range: Json) -> list[list[Any]]:
    lines = value_range.get("values", [])
    if any(not isinstance(line, list) for line in lines):
        raise invalid(
            "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)"
        )
    if value_range.get("majorDimension") != "COLUMNS":
        return list(lines)
    longest = max((len(line) for line in lines), default=0)
    return [[line[i] if i < len(line) else None for line in lines] for i in range(longest)]


def _check_fits(sheet: Sheet, area: Area, rows: list[list[Any]], text: str) -> None:
    if area.bottom > sheet.rows or area.right > sheet.columns:
        raise invalid(
            f"Range ({to_a1(sheet.title, area)}) exceeds grid limits."
            f" Max rows: {sheet.rows}, max columns: {sheet.columns}"
        )
    if len(rows) > area.bottom - area.top:
        raise _outside(text, f"row [{area.bottom + 1}]")
    if max((len(row) for row in rows), default=0) > area.right - area.left:
        raise _outside(text, f"column [{letters(area.right)}]")


def _outside(text: str, where: str) -> GoogleError:
    return invalid(f"Requested writing within range [{text}], but tried writing to {where}")


def _write(edit: Edit, sheet: Sheet, area: Area, rows: list[list[Any]], options: Json) -> Json:
    option = options.get("valueInputOption")
    if option not in _INPUTS:
        raise invalid("'valueInputOption' is required but not specified")
    touched = list(_inputs(rows))
    for r, c, value in touched:
        row, column = area.top + r, area.left + c
        edit.guard(sheet, Area(row, row + 1, column, column + 1))
        _write_one(edit, sheet, row, column, value, raw=option == "RAW")
    return _written(edit, sheet, area, rows, touched, options)


def _inputs(rows: list[list[Any]]) -> Iterator[tuple[int, int, Any]]:
    """Yield the cells that are written: a null leaves its cell alone."""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                yield r, c, value


def _write_one(edit: Edit, sheet: Sheet, row: int, column: int, value: Any, *, raw: bool) -> None:
    place = f"values[{row}][{column}]"
    mask: Mask = _VALUE
    new: Json = {}
    if raw:
        entered = cells.entered(value, place)
    else:
        style = sheet.cell(row, column).get("userEnteredFormat", {})
        locale = edit.book.properties.get("locale", "en_US")
        entered, number_format = cells.typed(value, place, locale, style)
        if number_format and "numberFormat" not in style:
            mask = _VALUE_AND_STYLE
            new["userEnteredFormat"] = {"numberFormat": number_format}
    if entered:
        new["userEnteredValue"] = entered
    edit.update_cell(sheet, row, column, new, mask)


def _written(
    edit: Edit,
    sheet: Sheet,
    area: Area,
    rows: list[list[Any]],
    touched: list[tuple[int, int, Any]],
    options: Json,
) -> Json:
    wide = max((len(row) for row in rows), default=0)
    covered = area
    if rows and wide:
        covered = Area(area.top, area.top + len(rows), area.left, area.left + wide)
    answer: Json = {"spreadsheetId": edit.book.id, "updatedRange": to_a1(sheet.title, covered)}
    if touched:
        answer["updatedRows"] = len({r for r, _, _ in touched})
        answer["updatedColumns"] = len({c for _, c, _ in touched})
        answer["updatedCells"] = len(touched)
    if options.get("includeValuesInResponse"):
        answer["updatedData"] = read(sheet, covered, _response_options(options))
    return answer


def _response_options(options: Json) -> Json:
    return {
        "valueRenderOption": options.get("responseValueRenderOption"),
        "dateTimeRenderOption": options.get("responseDateTimeRenderOption"),
    }


def batch_update(edit: Edit, body: Json) -> Json:
    """Answer values.batchUpdate."""
    data = body.get("data", [])
    done = [update(edit, part.get("range", ""), part, body) for part in data]
    return {"spreadsheetId": edit.book.id} | _totals(done) | ({"responses": done} if done else {})


def _totals(done: list[Json]) -> Json:
    names = {
        "totalUpdatedRows": "updatedRows",
        "totalUpdatedColumns": "updatedColumns",
        "totalUpdatedCells": "updatedCells",
    }
    totals = {total: sum(part.get(name, 0) for part in done) for total, name in names.items()}
    totals["totalUpdatedSheets"] = len({part["updatedRange"].rpartition("!")[0] for part in done})
    return {name: count for name, count in totals.items() if count}


def batch_update_by_data_filter(edit: Edit, body: Json) -> Json:
    """Answer values.batchUpdateByDataFilter; what happens without a match is a switch."""
    done = []
    for part in body.get("data", []):
        data_filter = part.get("dataFilter", {})
        found = metadata.places(edit.book, data_filter)
        if not found and edit.switches.write_without_match == "refuse":
            raise invalid("No data matches the given data filter.")
        for sheet, area in found:
            rows = _rows(part)
            _check_fits(sheet, area, rows, to_a1(sheet.title, area))
            written = _write(edit, sheet, area, rows, body)
            done.append(written | {"dataFilter": data_filter})
    totals = _totals(done)
    for written in done:
        del written["spreadsheetId"]
    return {"spreadsheetId": edit.book.id} | totals | ({"responses": done} if done else {})


def clear(edit: Edit, text: str) -> Json:
    """Answer values.clear: values go, formats, notes and rules stay."""
    sheet, area, _ = edit.book.resolve(text)
    _clear(edit, sheet, area)
    return {"spreadsheetId": edit.book.id, "clearedRange": to_a1(sheet.title, area)}


def _clear(edit: Edit, sheet: Sheet, area: Area) -> None:
    edit.guard(sheet, area)
    for row, column, _ in list(sheet.used(area)):
        edit.update_cell(sheet, row, column, {}, _VALUE)


def batch_clear(edit: Edit, body: Json) -> Json:
    """Answer values.batchClear."""
    cleared = [clear(edit, text)["clearedRange"] for text in body.get("ranges", [])]
    return {"spreadsheetId": edit.book.id} | ({"clearedRanges": cleared} if cleared else {})


def batch_clear_by_data_filter(edit: Edit, body: Json) -> Json:
    """Answer values.batchClearByDataFilter."""
    cleared = []
    for data_filter in body.get("dataFilters", []):
        for sheet, area in metadata.places(edit.book, data_filter):
            _clear(edit, sheet, area)
            cleared.append(to_a1(sheet.title, area))
    return {"spreadsheetId": edit.book.id} | ({"clearedRanges": cleared} if cleared else {})


def append(edit: Edit, text: str, value_range: Json, options: Json) -> Json:
    """Answer values.append: below the last table that the range touches, wherever that is."""
    sheet, area, _ = edit.book.resolve(text)
    table = table_for(sheet, area)
    rows = _rows(value_range)
    top, left = (table.bottom, table.left) if table else (area.top, area.left)
    wide = max((len(row) for row in rows), default=0)
    if options.get("insertDataOption") == "INSERT_ROWS" and rows:
        _insert(edit, sheet, top, len(rows))
    target = Area(top, top + max(len(rows), 1), left, left + max(wide, 1))
    _grow(edit, sheet, target)
    done = _write(edit, sheet, target, rows, options)
    answer: Json = {"spreadsheetId": edit.book.id, "updates": done}
    return answer | ({"tableRange": to_a1(sheet.title, table)} if table else {})


def _insert(edit: Edit, sheet: Sheet, at: int, count: int) -> None:
    edit.guard_grid(sheet)
    insert(edit, sheet, "ROWS", at, count)


def _grow(edit: Edit, sheet: Sheet, area: Area) -> None:
    for dimension, end in (("ROWS", area.bottom), ("COLUMNS", area.right)):
        if end > sheet.count(dimension):
            edit.guard_grid(sheet)
            sheet.resize(dimension, end)
    edit.book.check_size()
