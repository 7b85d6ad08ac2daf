"""The requests that gspread has no method for: what they change, and what comes back of them."""

from typing import Any

import gspread
import pytest

from sandbox.google.requests import ROUTES
from tests.sandbox.google.stage import Json, batch, discovery, grid, refused, rows, write


def sheet_part(book: gspread.Spreadsheet, name: str) -> Any:
    return book.fetch_sheet_metadata()["sheets"][0].get(name)


def values(book: gspread.Spreadsheet) -> Any:
    return book.sheet1.get("A1:F9")


def cell(book: gspread.Spreadsheet, place: str) -> Any:
    params: Any = {"ranges": place, "includeGridData": "true"}
    data = book.fetch_sheet_metadata(params)["sheets"][0]["data"][0]
    return data["rowData"][0]["values"][0] if "rowData" in data else {}


def test_every_request_is_one_of_googles() -> None:
    assert set(ROUTES) <= set(discovery()["schemas"]["Request"]["properties"])


@pytest.mark.parametrize("name", sorted(discovery()["schemas"]["Request"]["properties"]))
def test_no_request_succeeds_by_being_ignored(book: gspread.Spreadsheet, name: str) -> None:
    """An empty request is 501 where unknown, else refused; three make sense without a field."""
    if name in ("addSheet", "duplicateSheet", "clearBasicFilter"):
        return
    with refused(400 if name in ROUTES else 501, f"requests[0].{name}"):
        batch(book, {name: {}})


def test_update_cells_clears_what_a_range_names_and_rows_do_not(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "a", "b"), write(1, 0, "c", "d"))
    one = [{"values": [{"userEnteredValue": {"numberValue": 1}}]}]
    request = {"range": grid(0, 2, 0, 2), "rows": one, "fields": "userEnteredValue"}
    batch(book, {"updateCells": request})
    assert values(book) == [["1"]]
    with refused(400, "beyond the last requested row"):
        batch(book, {"updateCells": request | {"range": grid(0, 1, 0, 1), "rows": one * 2}})


def test_every_kind_of_value(book: gspread.Spreadsheet) -> None:
    kinds: list[Json] = [
        {"stringValue": "=x"},
        {"numberValue": 1.5},
        {"boolValue": True},
        {"formulaValue": "=A1"},
        {"stringValue": ""},
    ]
    cells = [{"userEnteredValue": kind} for kind in kinds]
    start = {"sheetId": 0}
    request = {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}
    batch(book, {"updateCells": request})
    assert values(book) == [["=x", "1.5", "TRUE", "#NAME?"]]
    assert cell(book, "D1")["effectiveValue"]["errorValue"]["type"] == "NAME"


def test_append_cells_goes_below_everything(book: gspread.Spreadsheet) -> None:
    batch(book, write(4, 3, "low"))
    row = {"values": [{"userEnteredValue": {"stringValue": "x"}}]}
    request = {"sheetId": 0, "rows": [row], "fields": "userEnteredValue"}
    batch(book, {"appendCells": request})
    assert book.sheet1.acell("A6").value == "x"


def test_repeat_cell(book: gspread.Spreadsheet) -> None:
    request = {"range": grid(0, 2, 0, 2), "cell": {"note": "n"}, "fields": "note"}
    batch(book, write(0, 0, "a"), {"repeatCell": request})
    assert cell(book, "A1")["formattedValue"] == "a"
    assert cell(book, "B2") == {"note": "n"}
    batch(book, {"repeatCell": {"range": grid(0, 2, 0, 2), "cell": {}, "fields": "*"}})
    assert cell(book, "A1") == {}


def test_paste_data_is_typed(book: gspread.Spreadsheet) -> None:
    request = {
        "coordinate": {"sheetId": 0},
        "data": 'a,007\n"b,c",=1',
        "delimiter": ",",
        "type": "PASTE_NORMAL",
    }
    batch(book, {"pasteData": request})
    assert values(book) == [["a", "7"], ["b,c", "1"]]
    with refused(501, "HTML"):
        batch(book, {"pasteData": request | {"html": True}})


def test_copying_transposed_and_by_part(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "a", "b"))
    batch(
        book, {"repeatCell": {"range": grid(0, 1, 0, 1), "cell": {"note": "n"}, "fields": "note"}}
    )
    copy = {
        "source": grid(0, 1, 0, 2),
        "destination": grid(2, 3, 0, 1),
        "pasteType": "PASTE_VALUES",
        "pasteOrientation": "TRANSPOSE",
    }
    batch(book, {"copyPaste": copy})
    assert values(book) == [["a", "b"], [], ["a"], ["b"]]
    assert "note" not in cell(book, "A3")
    with refused(501, "PASTE_CONDITIONAL_FORMATTING"):
        batch(book, {"copyPaste": copy | {"pasteType": "PASTE_CONDITIONAL_FORMATTING"}})


def test_room_inside_a_tab(book: gspread.Spreadsheet) -> None:
    batch(book, *(write(row, 0, f"a{row}", f"b{row}") for row in range(3)))
    batch(book, {"insertRange": {"range": grid(1, 2, 0, 1), "shiftDimension": "ROWS"}})
    assert values(book) == [["a0", "b0"], ["", "b1"], ["a1", "b2"], ["a2"]]
    batch(book, {"deleteRange": {"range": grid(1, 2, 0, 1), "shiftDimension": "ROWS"}})
    assert values(book) == [["a0", "b0"], ["a1", "b1"], ["a2", "b2"]]
    batch(book, {"deleteRange": {"range": grid(0, 1, 0, 1), "shiftDimension": "COLUMNS"}})
    batch(book, {"insertRange": {"range": grid(1, 2, 0, 2), "shiftDimension": "COLUMNS"}})
    assert values(book) == [["b0"], ["", "", "a1", "b1"], ["a2", "b2"]]


def test_find_replace(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "one two one", "ONE"), write(1, 0, "=one"))
    request = {"find": "one", "replacement": "1", "matchCase": True, "allSheets": True}
    (reply,) = batch(book, {"findReplace": request})
    assert reply["findReplace"] == {
        "valuesChanged": 2,
        "occurrencesChanged": 3,
        "rowsChanged": 2,
        "sheetsChanged": 1,
    }
    assert values(book) == [["1 two 1", "ONE"], ["=1"]]
    assert "formulaValue" not in cell(book, "A2")["userEnteredValue"]
    pattern = {"find": "(t)(wo)", "replacement": "$2$1", "searchByRegex": True, "sheetId": 0}
    batch(book, {"findReplace": pattern})
    assert book.sheet1.acell("A1").value == "1 wot 1"
    with refused(400, "regular expression"):
        batch(book, {"findReplace": pattern | {"find": "("}})


def test_cleaning(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, " a  b "), write(1, 0, "a b"), write(2, 0, "c"), write(3, 0, "A B"))
    (trimmed,) = batch(book, {"trimWhitespace": {"range": grid(0, 4, 0, 1)}})
    assert trimmed["trimWhitespace"] == {"cellsChangedCount": 1}
    (removed,) = batch(book, {"deleteDuplicates": {"range": grid(0, 4, 0, 1)}})
    assert removed["deleteDuplicates"] == {"duplicatesRemovedCount": 2}
    assert values(book) == [["a b"], ["c"]]


def test_text_to_columns(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "a,1,x"))
    batch(book, {"textToColumns": {"source": grid(0, 1, 0, 1), "delimiterType": "COMMA"}})
    assert values(book) == [["a", "1", "x"]]


def test_sorting_by_two_columns_keeps_blanks_last(book: gspread.Spreadsheet) -> None:
    table = [["b", "1"], ["", "9"], ["a", "1"], ["a", "2"]]
    batch(book, *(write(row, 0, *texts) for row, texts in enumerate(table)))
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    specs += [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    batch(book, {"sortRange": {"range": grid(0, 4, 0, 2), "sortSpecs": specs}})
    assert values(book) == [["a", "2"], ["a", "1"], ["b", "1"], ["", "9"]]


def test_lines_keep_their_size(book: gspread.Spreadsheet) -> None:
    wide = {"range": rows(1, 2, 0, "COLUMNS"), "properties": {"pixelSize": 300}}
    batch(book, {"updateDimensionProperties": wide | {"fields": "pixelSize"}})
    batch(book, {"moveDimension": {"source": rows(1, 2, 0, "COLUMNS"), "destinationIndex": 0}})
    params: Any = {"includeGridData": "true"}
    columns = book.fetch_sheet_metadata(params)["sheets"][0]["data"][0]["columnMetadata"]
    assert [line["pixelSize"] for line in columns[:3]] == [300, 100, 100]


def test_collapsing_a_group(book: gspread.Spreadsheet) -> None:
    batch(book, {"addDimensionGroup": {"range": rows(1, 4)}})
    group = {"range": rows(1, 4), "depth": 1, "collapsed": True}
    batch(book, {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}})
    assert sheet_part(book, "rowGroups")[0]["collapsed"]


def test_borders(book: gspread.Spreadsheet) -> None:
    line = {"style": "SOLID"}
    request = {"range": grid(0, 2, 0, 2), "top": line, "innerVertical": line}
    batch(book, {"updateBorders": request})
    assert cell(book, "A1")["userEnteredFormat"]["borders"] == {"top": line, "right": line}
    batch(book, {"updateBorders": request | {"top": {"style": "NONE"}}})
    assert cell(book, "A1")["userEnteredFormat"]["borders"] == {"right": line}


RULE = {
    "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "x"}]},
    "format": {"textFormat": {"bold": True}},
}


def test_conditional_formats(book: gspread.Spreadsheet) -> None:
    first = {"ranges": [grid(0, 5, 0, 1)], "booleanRule": RULE}
    second = {"ranges": [grid(0, 5, 1, 2)], "booleanRule": RULE}
    batch(book, *({"addConditionalFormatRule": {"rule": r, "index": 0}} for r in (second, first)))
    assert sheet_part(book, "conditionalFormats") == [first, second]
    batch(book, {"updateConditionalFormatRule": {"sheetId": 0, "index": 0, "newIndex": 1}})
    assert sheet_part(book, "conditionalFormats") == [second, first]
    batch(book, {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    batch(book, {"insertDimension": {"range": rows(0, 1)}})
    assert sheet_part(book, "conditionalFormats")[0]["ranges"] == [grid(1, 6, 0, 1)]
    with refused(400, "at index: 4"):
        batch(book, {"deleteConditionalFormatRule": {"sheetId": 0, "index": 4}})


def test_filter_views(book: gspread.Spreadsheet) -> None:
    view = {"title": "v", "range": grid(0, 5, 0, 2)}
    (reply,) = batch(book, {"addFilterView": {"filter": view}})
    number = reply["addFilterView"]["filter"]["filterViewId"]
    change = {"filterViewId": number, "title": "w"}
    batch(book, {"updateFilterView": {"filter": change, "fields": "title"}})
    (copy,) = batch(book, {"duplicateFilterView": {"filterId": number}})
    assert copy["duplicateFilterView"]["filter"]["title"] == "Copy of w"
    batch(book, {"deleteFilterView": {"filterId": number}})
    assert len(sheet_part(book, "filterViews")) == 1


def test_bands(book: gspread.Spreadsheet) -> None:
    band = {"range": grid(0, 5, 0, 2), "rowProperties": {"firstBandColor": {"red": 1}}}
    (reply,) = batch(book, {"addBanding": {"bandedRange": band}})
    number = reply["addBanding"]["bandedRange"]["bandedRangeId"]
    change = {"bandedRangeId": number, "range": grid(0, 6, 0, 2)}
    batch(book, {"updateBanding": {"bandedRange": change, "fields": "range"}})
    assert sheet_part(book, "bandedRanges")[0]["range"]["endRowIndex"] == 6
    batch(book, {"deleteBanding": {"bandedRangeId": number}})
    assert sheet_part(book, "bandedRanges") is None


def test_charts(book: gspread.Spreadsheet) -> None:
    sources = {"sourceRange": {"sources": [grid(0, 5, 1, 2)]}}
    spec = {"title": "t", "basicChart": {"series": [{"series": sources}]}}
    anchor = {"anchorCell": {"sheetId": 0, "rowIndex": 1, "columnIndex": 3}}
    chart = {"spec": spec, "position": {"overlayPosition": anchor}}
    (reply,) = batch(book, {"addChart": {"chart": chart}})
    number = reply["addChart"]["chart"]["chartId"]
    batch(book, {"insertDimension": {"range": rows(0, 2)}})
    (kept,) = sheet_part(book, "charts")
    assert kept["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 3
    series = kept["spec"]["basicChart"]["series"][0]["series"]
    assert series["sourceRange"]["sources"] == [grid(2, 7, 1, 2)]
    batch(book, {"updateChartSpec": {"chartId": number, "spec": {"title": "u"}}})
    batch(book, {"deleteEmbeddedObject": {"objectId": number}})
    assert sheet_part(book, "charts") is None


def test_named_ranges(book: gspread.Spreadsheet) -> None:
    named = {"namedRangeId": "n1", "name": "box", "range": grid(0, 2, 0, 2)}
    batch(book, {"addNamedRange": {"namedRange": named}})
    with refused(400, "id n1 already exists"):
        batch(book, {"addNamedRange": {"namedRange": named | {"name": "other"}}})
    with refused(400, "name Box already exists"):
        batch(
            book, {"addNamedRange": {"namedRange": named | {"namedRangeId": "n2", "name": "Box"}}}
        )
    for wrong in ("A1", "has space", "", "R1C1", "true"):
        with refused(400, "Invalid name"):
            batch(book, {"addNamedRange": {"namedRange": {"name": wrong, "range": {"sheetId": 0}}}})
    change = {"namedRangeId": "n1", "range": grid(5, 6, 0, 2)}
    batch(book, {"updateNamedRange": {"namedRange": change, "fields": "range"}})
    batch(book, {"deleteDimension": {"range": rows(5, 6)}})
    assert book.list_named_ranges() == []


def test_a_tab_keeps_what_a_mask_does_not_name(book: gspread.Spreadsheet) -> None:
    wanted = {"sheetId": 0, "title": "ใหม่", "hidden": True, "gridProperties": {"frozenRowCount": 1}}
    fields = "title,gridProperties.frozenRowCount"
    batch(book, {"updateSheetProperties": {"properties": wanted, "fields": fields}})
    properties = sheet_part(book, "properties")
    assert properties["title"] == "ใหม่"
    assert "hidden" not in properties
    assert properties["gridProperties"] == {
        "rowCount": 1000,
        "columnCount": 26,
        "frozenRowCount": 1,
    }


def test_snake_case_and_quoted_numbers_are_read(book: gspread.Spreadsheet) -> None:
    request = {"insert_dimension": {"range": {"sheet_id": "0", "dimension": "ROWS", "endIndex": 1}}}
    batch(book, request)
    assert book.sheet1.row_count == 1001
