"""A workbook as plain JSON and back, for the file that survives a restart."""

from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet, Workbook


def to_json(book: Workbook) -> Json:
    """Return the workbook as plain JSON, for the state file."""
    return {
        "id": book.id,
        "properties": book.properties,
        "names": book.names,
        "metadata": list(book.metadata.values()),
        "sheets": [_sheet_to_json(sheet) for sheet in book.sheets],
    }


def _sheet_to_json(sheet: Sheet) -> Json:
    return {
        "id": sheet.id,
        "properties": sheet.properties,
        "cells": [[r, c, cell] for r, cells in sheet.cells.items() for c, cell in cells.items()],
        "lines": {name: list(lines.items()) for name, lines in sheet.lines.items()},
        "objects": sheet.objects,
        "basic_filter": sheet.basic_filter,
    }


def from_json(state: Json) -> Workbook:
    """Read what `to_json` wrote."""
    metadata = {entry["metadataId"]: entry for entry in state["metadata"]}
    sheets = [_sheet_from_json(sheet) for sheet in state["sheets"]]
    return Workbook(state["id"], state["properties"], sheets, state["names"], metadata)


def _sheet_from_json(state: Json) -> Sheet:
    sheet = Sheet(state["id"], state["properties"])
    for row, column, cell in state["cells"]:
        sheet.put(row, column, cell)
    sheet.lines = {name: dict(lines) for name, lines in state["lines"].items()}
    sheet.objects = state["objects"]
    sheet.basic_filter = state["basic_filter"]
    return sheet
