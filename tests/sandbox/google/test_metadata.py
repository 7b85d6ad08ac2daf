"""Developer metadata: ids refused when they exist, tags that follow their row, their limit."""

from typing import Any

import gspread
import pytest

from tests.sandbox.google.stage import (
    BOOK,
    Json,
    Stage,
    batch,
    create_tag,
    grid,
    refused,
    rows,
    tag,
    tagged_rows,
    write,
)

URL = f"https://sheets.googleapis.com/v4/spreadsheets/{BOOK}"


def by_id(number: int) -> Json:
    return {"developerMetadataLookup": {"metadataId": number}}


def delete(number: int) -> Json:
    return {"deleteDeveloperMetadata": {"dataFilter": by_id(number)}}


def post(book: gspread.Spreadsheet, path: str, body: Json) -> Any:
    return book.client.request("post", URL + path, json=body).json()


def test_an_id_is_unique_over_all_tabs(book: gspread.Spreadsheet) -> None:
    batch(book, {"addSheet": {"properties": {"sheetId": 3, "title": "ที่สอง"}}}, tag(5, 0))
    with refused(400, "already exists"):
        batch(book, tag(5, 0, sheet=3))
    with refused(400, "already exists"):
        batch(book, create_tag(5, {"spreadsheet": True}))


def test_the_fence_refuses_a_repeated_batch(book: gspread.Spreadsheet) -> None:
    batch(book, create_tag(100, {"spreadsheet": True}, "stamp"))
    step = (delete(100), write(0, 0, "row"), create_tag(101, {"spreadsheet": True}, "stamp"))
    batch(book, *step)
    with refused(400, "already exists"):
        batch(book, *step)


@pytest.mark.parametrize("switch", ["ignore", "refuse"])
def test_deleting_what_is_not_there(stage: Stage, book: gspread.Spreadsheet, switch: str) -> None:
    stage.world.switches.delete_metadata_without_match = switch
    if switch == "ignore":
        assert batch(book, delete(9))[0] == {
            "deleteDeveloperMetadata": {"deletedDeveloperMetadata": []}
        }
        return
    with refused(400, "No developer metadata"):
        batch(book, delete(9))


FOLLOWS: dict[str, tuple[list[Json], int | None]] = {
    "rows put in above": ([{"insertDimension": {"range": rows(0, 3)}}], 8),
    "rows put in below": ([{"insertDimension": {"range": rows(6, 9)}}], 5),
    "rows above deleted": ([{"deleteDimension": {"range": rows(1, 3)}}], 3),
    "its own row deleted": ([{"deleteDimension": {"range": rows(5, 6)}}], None),
    "moved up": ([{"moveDimension": {"source": rows(5, 6), "destinationIndex": 2}}], 2),
    "moved down": ([{"moveDimension": {"source": rows(5, 6), "destinationIndex": 9}}], 8),
    "another row moved over it": (
        [{"moveDimension": {"source": rows(1, 2), "destinationIndex": 8}}],
        4,
    ),
    "cells cut and pasted": (
        [
            {
                "cutPaste": {
                    "source": grid(5, 6, 0, 2),
                    "destination": {"sheetId": 0, "rowIndex": 9, "columnIndex": 0},
                    "pasteType": "PASTE_NORMAL",
                }
            }
        ],
        5,
    ),
    "columns put in": ([{"insertDimension": {"range": rows(0, 2, 0, "COLUMNS")}}], 5),
}


@pytest.mark.parametrize("case", FOLLOWS)
def test_a_tag_follows_its_row(book: gspread.Spreadsheet, case: str) -> None:
    requests, row = FOLLOWS[case]
    batch(book, tag(5, 5), write(5, 0, "a", "b"))
    batch(book, *requests)
    assert tagged_rows(book) == ({} if row is None else {5: row})


def sort(left: int = 0, right: int = 26) -> Json:
    order = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    return {"sortRange": {"range": grid(1, 4, left, right), "sortSpecs": order}}


def sortable(book: gspread.Spreadsheet) -> None:
    batch(book, *(write(1 + i, 0, text, text) for i, text in enumerate("cab")))
    batch(book, *(tag(10 + i, 1 + i) for i in range(3)))


def test_a_tag_follows_an_api_sort(book: gspread.Spreadsheet) -> None:
    sortable(book)
    batch(book, sort())
    assert book.sheet1.col_values(1) == ["", "a", "b", "c"]
    assert tagged_rows(book) == {10: 3, 11: 1, 12: 2}


@pytest.mark.parametrize("follows", [True, False])
def test_a_tag_and_a_persons_sort(stage: Stage, book: gspread.Spreadsheet, follows: bool) -> None:
    stage.world.switches.metadata_follows_ui_sort = follows
    sortable(book)
    batch(stage.person("somchai").open_by_key(BOOK), sort())
    assert tagged_rows(book) == ({10: 3, 11: 1, 12: 2} if follows else {10: 1, 11: 2, 12: 3})


@pytest.mark.parametrize("follows", [True, False])
def test_a_tag_and_a_partial_sort(stage: Stage, book: gspread.Spreadsheet, follows: bool) -> None:
    stage.world.switches.metadata_follows_partial_sort = follows
    sortable(book)
    batch(book, sort(0, 1))
    assert tagged_rows(book) == ({10: 3, 11: 1, 12: 2} if follows else {10: 1, 11: 2, 12: 3})


def test_a_tab_takes_its_tags_along(book: gspread.Spreadsheet) -> None:
    batch(book, {"addSheet": {"properties": {"sheetId": 3, "title": "ที่สอง"}}}, tag(5, 0, sheet=3))
    batch(book, {"deleteSheet": {"sheetId": 3}})
    assert tagged_rows(book) == {}


def test_thirty_thousand_characters_a_tab(book: gspread.Spreadsheet) -> None:
    value = {"metadataKey": "k", "metadataValue": "v" * 29_990, "visibility": "DOCUMENT"}
    wanted = value | {"location": {"dimensionRange": rows(0, 1)}}
    batch(book, {"createDeveloperMetadata": {"developerMetadata": wanted}})
    batch(book, *(tag(i, i) for i in range(1, 10)))
    with refused(400, "30000 characters"):
        batch(book, tag(11, 11))


REFUSED: dict[str, Json] = {
    "no key": {"visibility": "DOCUMENT", "location": {"spreadsheet": True}},
    "no visibility": {"metadataKey": "k", "location": {"spreadsheet": True}},
    "no place": {"metadataKey": "k", "visibility": "DOCUMENT"},
    "two places": {
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True, "sheetId": 0},
    },
    "two rows": {
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": rows(0, 2)},
    },
    "a row beyond the grid": {
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": rows(1000, 1001)},
    },
    "an id that is no int32": {
        "metadataId": 2**31,
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(book: gspread.Spreadsheet, case: str) -> None:
    with refused(400):
        batch(book, {"createDeveloperMetadata": {"developerMetadata": REFUSED[case]}})


LOOKUPS: dict[str, tuple[Json, list[int]]] = {
    "by id": ({"metadataId": 1}, [1]),
    "by key": ({"metadataKey": "r"}, [1, 2]),
    "by key and type": ({"metadataKey": "c", "locationType": "COLUMN"}, [3]),
    "by value": ({"metadataValue": ""}, [1, 2, 3, 4, 5]),
    "by row": ({"metadataLocation": {"dimensionRange": rows(4, 5)}}, [2, 3, 4, 5]),
    "by exactly this row": (
        {
            "metadataLocation": {"dimensionRange": rows(4, 5)},
            "locationMatchingStrategy": "EXACT_LOCATION",
        },
        [2],
    ),
    "nothing": ({"metadataKey": "none"}, []),
}


@pytest.mark.parametrize("case", LOOKUPS)
def test_searching(book: gspread.Spreadsheet, case: str) -> None:
    batch(
        book,
        tag(1, 0),
        tag(2, 4),
        create_tag(3, {"dimensionRange": rows(1, 2, 0, "COLUMNS")}, "c"),
        create_tag(4, {"sheetId": 0}, "t"),
        create_tag(5, {"spreadsheet": True}, "s"),
    )
    lookup, expected = LOOKUPS[case]
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    answer = post(book, "/developerMetadata:search", body)
    found = [
        m["developerMetadata"]["metadataId"] for m in answer.get("matchedDeveloperMetadata", [])
    ]
    assert sorted(found) == expected


def test_one_tag_by_its_id(book: gspread.Spreadsheet) -> None:
    batch(book, tag(1, 4))
    seen = book.client.request("get", f"{URL}/developerMetadata/1").json()
    assert seen["location"] == {"locationType": "ROW", "dimensionRange": rows(4, 5)}
    with refused(404):
        book.client.request("get", f"{URL}/developerMetadata/2")


def test_updating_a_tag(book: gspread.Spreadsheet) -> None:
    batch(book, tag(1, 4))
    change = {"metadataValue": "v", "location": {"dimensionRange": rows(6, 7)}}
    request = {
        "dataFilters": [by_id(1)],
        "developerMetadata": change,
        "fields": "metadataValue,location",
    }
    (reply,) = batch(book, {"updateDeveloperMetadata": request})
    assert reply["updateDeveloperMetadata"]["developerMetadata"][0]["metadataValue"] == "v"
    assert tagged_rows(book) == {1: 6}


def test_reading_rows_by_their_tags(book: gspread.Spreadsheet) -> None:
    batch(book, tag(1, 4), tag(2, 6), write(4, 0, "four"), write(6, 0, "six"))
    filters = [by_id(2), by_id(1), by_id(3)]
    seen = post(book, ":getByDataFilter", {"dataFilters": filters, "includeGridData": True})
    data = seen["sheets"][0]["data"]
    assert [part["startRow"] for part in data] == [6, 4]
    assert data[0]["rowData"][0]["values"][0]["formattedValue"] == "six"
    assert data[0]["rowMetadata"][0]["developerMetadata"][0]["metadataId"] == 2
    values = post(book, "/values:batchGetByDataFilter", {"dataFilters": filters})
    assert [v["valueRange"]["values"] for v in values["valueRanges"]] == [[["six"]], [["four"]]]


def test_filters_by_range_and_without_a_match(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "a", "b"))
    for data_filter in ({"gridRange": grid(0, 1, 1, 2)}, {"a1Range": "Sheet1!B1"}):
        body = {"dataFilters": [data_filter], "includeGridData": True}
        (data,) = post(book, ":getByDataFilter", body)["sheets"][0]["data"]
        assert data["startColumn"] == 1
        assert data["rowData"][0]["values"][0]["formattedValue"] == "b"
    assert "sheets" not in post(book, ":getByDataFilter", {"dataFilters": [by_id(9)]})


@pytest.mark.parametrize("switch", ["ignore", "refuse"])
def test_writing_by_tag(stage: Stage, book: gspread.Spreadsheet, switch: str) -> None:
    stage.world.switches.write_without_match = switch
    batch(book, tag(1, 4), write(4, 0, "a", "human", "c"))

    def fill(number: int) -> Json:
        part = {"dataFilter": by_id(number), "values": [["=x", None, 3]]}
        return {"valueInputOption": "RAW", "data": [part]}

    answer = post(book, "/values:batchUpdateByDataFilter", fill(1))
    assert answer["totalUpdatedCells"] == 2
    assert book.sheet1.row_values(5) == ["=x", "human", "3"]
    if switch == "refuse":
        with refused(400, "No data matches"):
            post(book, "/values:batchUpdateByDataFilter", fill(2))
    else:
        missing = post(book, "/values:batchUpdateByDataFilter", fill(2))
        assert "responses" not in missing


def test_clearing_by_tag(book: gspread.Spreadsheet) -> None:
    batch(book, tag(1, 4), write(4, 0, "a"), write(5, 0, "b"))
    post(book, "/values:batchClearByDataFilter", {"dataFilters": [by_id(1)]})
    assert book.sheet1.get("A5:A6") == [[], ["b"]]
