"""Requests made at random from Google's schema: refused or done, never a crash, never half done."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.google import batch, schema, state
from sandbox.google.edit import Caller, Edit, Switches
from sandbox.google.errors import GoogleError
from sandbox.google.requests import ROUTES
from sandbox.google.workbook import Workbook, new_sheet, new_workbook
from tests.sandbox.google.stage import Json, discovery, must_fit

NUMBERS = st.sampled_from([0, 0, 1, 2, 3, 5, 9, 40, -1])
TEXTS = st.sampled_from(["", "a", "b ", "=1", "=A1", "007", "1-2", "ก", ",", "id", "Sheet1", "A1"])
MASKS = {
    "UpdateCellsRequest": "CellData",
    "AppendCellsRequest": "CellData",
    "RepeatCellRequest": "CellData",
}


def of_schema(value: Json, depth: int, message: str) -> st.SearchStrategy[Any]:
    if "$ref" in value:
        return of_message(value["$ref"], depth - 1)
    kind = value["type"]
    if kind == "array":
        return st.lists(of_schema(value["items"], depth, message), max_size=2)
    if kind == "object":
        return st.just({})
    if value.get("format") == "google-fieldmask":
        names = list(discovery()["schemas"].get(MASKS.get(message, ""), {}).get("properties", {}))
        return st.sampled_from(["*", "title", "range", "nothing", *names])
    if "enum" in value:
        return st.sampled_from(value["enum"])
    return {
        "integer": NUMBERS,
        "number": NUMBERS | st.just(0.5),
        "boolean": st.booleans(),
        "string": TEXTS,
        "any": TEXTS,
    }[kind]


def of_message(name: str, depth: int) -> st.SearchStrategy[Json]:
    if depth < 0:
        return st.just({})
    fields = discovery()["schemas"][name].get("properties", {})
    leaves = {key: of_schema(value, depth, name) for key, value in fields.items()}
    needed = {k: v for k, v in leaves.items() if k in ("range", "fields", "dimension", "location")}
    rest = {key: value for key, value in leaves.items() if key not in needed}
    return st.fixed_dictionaries(needed, optional=rest)


def request(name: str) -> st.SearchStrategy[Json]:
    schema_of_request = discovery()["schemas"]["Request"]["properties"][name]
    return of_message(schema_of_request["$ref"], 4).map(lambda body: {name: body})


def small_book() -> Workbook:
    book = new_workbook("b", "t")
    book.sheets = [new_sheet(0, "Sheet1", 12, 6), new_sheet(1, "two", 5, 5)]
    for row in range(4):
        for column in range(3):
            value = {"stringValue": f"{row}{column}"}
            book.sheets[0].put(row, column, {"userEnteredValue": value})
    fence = {"protectedRangeId": 1, "range": {"sheetId": 0, "startRowIndex": 8, "endRowIndex": 9}}
    book.sheets[0].objects["protectedRanges"].append(fence)
    location = {
        "dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    }
    book.metadata[5] = {"metadataId": 5, "metadataKey": "r", "visibility": "DOCUMENT"}
    book.metadata[5]["location"] = location
    return book


@pytest.mark.long
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(ROUTES)).flatmap(request), min_size=1, max_size=3))
def test_any_batch_is_done_or_refused(requests: list[Json]) -> None:
    book = small_book()
    before = state.to_json(book)
    edit = Edit(book.copy(), Caller("a@x.example"), frozenset(), Switches())
    whole = {"requests": requests, "includeSpreadsheetInResponse": True}
    whole |= {"responseIncludeGridData": True}
    try:
        answer = batch.run(edit, schema.clean(whole, "BatchUpdateSpreadsheetRequest"))
    except GoogleError as error:
        assert error.code in (400, 501)  # noqa: PT017 - both ways are right
    else:
        must_fit(answer, "BatchUpdateSpreadsheetResponse")
        inside_the_grid(edit.book)
    assert state.to_json(book) == before


def inside_the_grid(book: Workbook) -> None:
    for sheet in book.sheets:
        places = [(r, c) for r, cells in sheet.cells.items() for c in cells]
        assert all(sheet.area.has(*place) for place in places)
        assert all(0 <= line < sheet.rows for line in sheet.lines["ROWS"])
    for entry in book.metadata.values():
        line = entry["location"].get("dimensionRange")
        if line:
            assert 0 <= line["startIndex"] < book.sheet(line["sheetId"]).count(line["dimension"])
