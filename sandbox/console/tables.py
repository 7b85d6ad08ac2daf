"""A spreadsheet as the coordinator sees it in a browser: its tabs, and the rows of one."""

import zlib
from typing import Any

from sandbox.google import cells
from sandbox.google.edit import Caller, Edit
from sandbox.google.errors import GoogleError
from sandbox.google.oauth import person_email
from sandbox.google.ranges import Area
from sandbox.google.workbook import Sheet
from sandbox.google.world import GoogleWorld

OWNER = "coordinator"
ROWS = 500
"""How many rows are shown; the page says when a tab has more."""
BLANK = 4
"""Blank rows shown below the last one, in which a person may begin a new one."""

Json = dict[str, Any]


def sheet(world: GoogleWorld, book_id: str, tab: str | None) -> Json:
    """The tabs of a spreadsheet, each with a stamp of its content, and the rows of one tab."""
    with world.lock:
        try:
            edit = world.seen(book_id, Caller(person_email(OWNER), person=True))
        except GoogleError as error:
            return {"id": book_id, "error": error.message, "tabs": []}
        tabs = [
            {"id": one.id, "title": one.title, "stamp": zlib.crc32(repr(one.cells).encode())}
            for one in edit.book.sheets
        ]
        chosen = _chosen(edit.book.sheets, tab)
        return {"id": book_id, "tabs": tabs, "tab": chosen.id, **_grid(edit, chosen)}


def _chosen(sheets: list[Sheet], tab: str | None) -> Sheet:
    """The tab with this id, else the first table, else the first tab."""
    tables = [one for one in sheets if one.properties["gridProperties"].get("frozenRowCount")]
    return next((one for one in sheets if str(one.id) == tab), [*tables, *sheets][0])


def _grid(edit: Edit, shown: Sheet) -> Json:
    said = (row for row, _, cell in shown.used(shown.area) if "userEnteredValue" in cell)
    last = max(said, default=-1)
    area = Area(0, min(last + 1 + BLANK, shown.rows, ROWS), 0, _width(shown))
    keys = _keys(edit, shown)
    return {
        "frozen": shown.properties["gridProperties"].get("frozenRowCount", 0),
        "rowCount": shown.rows,
        "columnCount": shown.columns,
        "used": last + 1,
        "columns": [_column(shown, column) for column in range(area.right)],
        "fences": _fences(edit, shown),
        "lists": _lists(shown, area),
        "rows": [_row(shown, area, row, keys) for row in range(area.bottom)],
    }


def _width(shown: Sheet) -> int:
    """The used columns and one blank one."""
    used = [column for cells_of_row in shown.cells.values() for column in cells_of_row]
    return min(max(used, default=0) + 2, shown.columns)


def _column(shown: Sheet, column: int) -> Json:
    line = shown.lines["COLUMNS"].get(column, {})
    return {"hidden": line.get("hiddenByUser", False), "width": line.get("pixelSize", 100)}


def _keys(edit: Edit, shown: Sheet) -> dict[int, str]:
    """Row → what names it wherever it is moved: its metadata."""
    return {
        place["startIndex"]: f"m{number}"
        for number, entry in edit.book.metadata.items()
        if (place := entry["location"].get("dimensionRange"))
        and (place["sheetId"], place["dimension"]) == (shown.id, "ROWS")
    }


def _row(shown: Sheet, area: Area, row: int, keys: dict[int, str]) -> Json:
    """A row's key (or null) and its cells; a cell is a text, or an object when there is more."""
    found = shown.cells.get(row, {})
    own = (
        f"i{cells.shown(found[0])}" if row and 0 in found and _column(shown, 0)["hidden"] else None
    )
    return {
        "key": keys.get(row) or own,
        "hidden": shown.lines["ROWS"].get(row, {}).get("hiddenByUser", False),
        "cells": [_cell(found.get(column, {})) for column in range(area.right)],
    }


def _cell(cell: Json) -> Any:
    text = cells.shown(cell)
    look = cell.get("userEnteredFormat", {})
    more = {
        "formula": cell.get("userEnteredValue", {}).get("formulaValue"),
        "bold": look.get("textFormat", {}).get("bold"),
        "size": look.get("textFormat", {}).get("fontSize"),
        "fill": _colour(look.get("backgroundColor")),
        "ink": _colour(look.get("textFormat", {}).get("foregroundColor")),
        "number": "numberValue" in (cells.effective(cell) or {}),
        "note": cell.get("note"),
    }
    said = {name: value for name, value in more.items() if value}
    return {"text": text, **said} if said else text


def _colour(colour: Json | None) -> str | None:
    """Google's shares of red, green and blue as #rrggbb."""
    if colour is None:
        return None
    parts = (round(255 * colour.get(part, 0)) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{min(max(part, 0), 255):02x}" for part in parts)


def _fences(edit: Edit, shown: Sheet) -> list[Json]:
    """Protected areas and whether they hold the coordinator off or only warn."""
    return [
        {
            "area": [area.top, area.bottom, area.left, area.right],
            "closed": not edit.may_pass(fence),
            "why": fence.get("description", ""),
        }
        for fence in shown.objects["protectedRanges"]
        if (area := edit.protected_area(shown, fence))
    ]


def _lists(shown: Sheet, area: Area) -> list[Json]:
    """Each dropdown once: its choices, and per column the rows where it stands, as stretches."""
    found: dict[tuple[str, ...], dict[int, list[list[int]]]] = {}
    for row, column, cell in shown.used(area):
        condition = cell.get("dataValidation", {}).get("condition", {})
        if condition.get("type") != "ONE_OF_LIST":
            continue
        choices = tuple(v.get("userEnteredValue", "") for v in condition.get("values", []))
        stretches = found.setdefault(choices, {}).setdefault(column, [])
        if stretches and stretches[-1][1] == row:
            stretches[-1][1] = row + 1
        else:
            stretches.append([row, row + 1])
    return [{"choices": list(choices), "at": places} for choices, places in found.items()]
