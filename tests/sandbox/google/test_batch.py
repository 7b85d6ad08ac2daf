"""spreadsheets.batchUpdate: everything or nothing, strict about what it reads."""

import gspread
import pytest

from tests.sandbox.google.stage import (
    ACCOUNT,
    Json,
    Stage,
    batch,
    create_tag,
    grid,
    refused,
    rows,
    tag,
    write,
)


def test_an_installation_in_one_batch(book: gspread.Spreadsheet) -> None:
    title = "ความก้าวหน้า"
    grid_properties = {"rowCount": 50, "columnCount": 5, "frozenRowCount": 1}
    properties = {"sheetId": 7, "title": title, "gridProperties": grid_properties}
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "เสร็จ"}]},
        "strict": True,
    }
    hidden = {"range": rows(0, 1, 7, "COLUMNS"), "properties": {"hiddenByUser": True}}
    replies = batch(
        book,
        {"addSheet": {"properties": properties}},
        write(0, 0, "id", "เรื่อง", "สถานะ", sheet=7),
        {"updateDimensionProperties": hidden | {"fields": "hiddenByUser"}},
        {"addProtectedRange": {"protectedRange": {"range": grid(0, 1, 0, 5, 7)}}},
        {"setDataValidation": {"range": grid(1, 50, 2, 3, 7), "rule": rule}},
        create_tag(70, {"sheetId": 7}, key="tab"),
        create_tag(71, {"dimensionRange": rows(1, 2, 7, "COLUMNS")}, key="column"),
        create_tag(72, {"spreadsheet": True}, key="stamp"),
    )
    assert replies[0]["addSheet"]["properties"]["index"] == 1
    assert replies[3]["addProtectedRange"]["protectedRange"]["editors"]["users"][-1] == ACCOUNT
    seen = book.fetch_sheet_metadata({"includeGridData": "true", "ranges": f"'{title}'"})
    (sheet,) = seen["sheets"]
    assert sheet["properties"]["gridProperties"] == grid_properties
    assert [m["metadataId"] for m in sheet["developerMetadata"]] == [70]
    assert [m["metadataId"] for m in seen["developerMetadata"]] == [72]
    (data,) = sheet["data"]
    assert data["columnMetadata"][0]["hiddenByUser"]
    assert data["columnMetadata"][1]["developerMetadata"][0]["metadataId"] == 71
    assert [c["formattedValue"] for c in data["rowData"][0]["values"]] == ["id", "เรื่อง", "สถานะ"]
    assert data["rowData"][1]["values"][2]["dataValidation"]["strict"]


def test_a_refused_request_undoes_the_whole_batch(book: gspread.Spreadsheet) -> None:
    batch(book, tag(5, 3), write(3, 0, "old"))
    before = book.fetch_sheet_metadata({"includeGridData": "true"})
    insert = {"insertDimension": {"range": rows(0, 2)}}
    with refused(400, "Invalid requests[3].createDeveloperMetadata"):
        batch(book, insert, write(0, 0, "new"), tag(6, 0), tag(5, 1))
    assert book.fetch_sheet_metadata({"includeGridData": "true"}) == before


REFUSED: dict[str, tuple[Json, int, str]] = {
    "a request that the stand-in does not do": (
        {"addSlicer": {"slicer": {"spec": {}}}},
        501,
        "requests[0].addSlicer",
    ),
    "a request that Google does not know": ({"addUnicorn": {}}, 400, 'Unknown name "addUnicorn"'),
    "an unknown field": (
        {"deleteSheet": {"sheet": 0}},
        400,
        "Unknown name \"sheet\" at 'requests[0].delete_sheet'",
    ),
    "a wrong type": ({"deleteSheet": {"sheetId": "x"}}, 400, "requests[0].delete_sheet.sheet_id"),
    "an unknown enum value": (
        {"mergeCells": {"range": grid(0, 1, 0, 2), "mergeType": "MERGE_HALF"}},
        400,
        "merge_type",
    ),
    "a tab that does not exist": ({"deleteSheet": {"sheetId": 9}}, 400, "No grid with id: 9"),
    "the last tab": ({"deleteSheet": {"sheetId": 0}}, 400, "all the visible sheets"),
    "no field mask": (
        {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "x"}}},
        400,
        "At least one field must be listed",
    ),
    "a mask with an unknown field": (
        {"repeatCell": {"range": grid(0, 1, 0, 1), "cell": {}, "fields": "colour"}},
        400,
        "Invalid field: colour",
    ),
    "a range beyond the grid": (
        {"repeatCell": {"range": grid(0, 2000, 0, 1), "cell": {}, "fields": "note"}},
        400,
        "is after last row in grid[1000]",
    ),
    "cells beyond the grid": (write(1000, 0, "x"), 400, "beyond the last requested row"),
    "too long a text": (write(0, 0, "x" * 50_001), 400, "maximum of 50000 characters"),
    "too big a workbook": (
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}},
        400,
        "above the limit of 10000000 cells",
    ),
    "a title that exists": (
        {"addSheet": {"properties": {"title": "Sheet1"}}},
        400,
        "already exists",
    ),
    "a tab id that exists": (
        {"addSheet": {"properties": {"sheetId": 0}}},
        400,
        "already exists",
    ),
    "freezing every row": (
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1000}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
        400,
        "freeze all visible rows",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(book: gspread.Spreadsheet, case: str) -> None:
    request, code, text = REFUSED[case]
    with refused(code, text):
        batch(book, request)


def test_no_request_at_all(book: gspread.Spreadsheet) -> None:
    with refused(400, "Must specify at least one request."):
        batch(book)


def test_the_answer_can_carry_the_spreadsheet(book: gspread.Spreadsheet) -> None:
    body = {
        "requests": [write(0, 0, "a")],
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": ["Sheet1!A1:B2"],
    }
    (data,) = book.batch_update(body)["updatedSpreadsheet"]["sheets"][0]["data"]
    assert data["rowData"][0]["values"][0]["formattedValue"] == "a"
    assert len(data["rowMetadata"]) == 2


def test_a_person_sees_at_once_what_the_bot_wrote(stage: Stage, book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "จากบอต"))
    assert stage.person("somchai").open_by_key(book.id).sheet1.acell("A1").value == "จากบอต"
