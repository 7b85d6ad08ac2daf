"""spreadsheets.values: RAW against USER_ENTERED, ranges, blank ends, and append's table."""

from typing import Any

import gspread
import pytest
from gspread.utils import Dimension, ValueInputOption, ValueRenderOption

from tests.sandbox.google.stage import BOOK, Stage, batch, refused, write

RAW, TYPED = ValueInputOption.raw, ValueInputOption.user_entered
URL = f"https://sheets.googleapis.com/v4/spreadsheets/{BOOK}/values"
FORMULA = ValueRenderOption.formula
UNFORMATTED = ValueRenderOption.unformatted


@pytest.mark.parametrize(
    "text",
    ['=IMPORTXML("https://x.example","//a")', "=1+1", "+66", "007", "1-2", "50%", "TRUE", "'x"],
)
def test_raw_stays_text(tab: gspread.Worksheet, text: str) -> None:
    tab.update([[text]], "A1", value_input_option=RAW)
    for option in ValueRenderOption:
        assert tab.get("A1", value_render_option=option) == [[text]]
    cell = entered(tab)
    assert cell["userEnteredValue"] == {"stringValue": text}


def entered(tab: gspread.Worksheet, place: str = "A1") -> Any:
    seen = tab.spreadsheet.fetch_sheet_metadata({"ranges": place, "includeGridData": "true"})
    return seen["sheets"][0]["data"][0]["rowData"][0]["values"][0]


# input, what is kept, what is shown
TYPED_IN: list[tuple[Any, dict[str, Any], str]] = [
    ("007", {"numberValue": 7}, "7"),
    ("1,234.5", {"numberValue": 1234.5}, "1,234.50"),
    ("-3", {"numberValue": -3}, "-3"),
    ("1e3", {"numberValue": 1000}, "1000"),
    ("80%", {"numberValue": 0.8}, "80%"),
    ("12.5%", {"numberValue": 0.125}, "12.50%"),
    ("true", {"boolValue": True}, "TRUE"),
    ("2026-01-02", {"numberValue": 46024}, "1/2/2026"),
    ("1/2/2026", {"numberValue": 46024}, "1/2/2026"),
    ("2026-01-02 06:00", {"numberValue": 46024.25}, "1/2/2026 6:00:00"),
    ("12:00", {"numberValue": 0.5}, "12:00:00"),
    ("13/13/2026", {"stringValue": "13/13/2026"}, "13/13/2026"),
    ("'007", {"stringValue": "007"}, "007"),
    ("กขค", {"stringValue": "กขค"}, "กขค"),
    ("=A2", {"formulaValue": "=A2"}, "#NAME?"),
    ("=5", {"formulaValue": "=5"}, "5"),
    ('=HYPERLINK("https://x.example","ลิงก์")', {}, "ลิงก์"),
    ("=", {"stringValue": "="}, "="),
    ("-", {"stringValue": "-"}, "-"),
    (12.5, {"numberValue": 12.5}, "12.5"),
    (True, {"boolValue": True}, "TRUE"),
]


@pytest.mark.parametrize(("text", "kept", "shown"), TYPED_IN)
def test_typed(tab: gspread.Worksheet, text: Any, kept: dict[str, Any], shown: str) -> None:
    tab.update([[text]], "A1", value_input_option=TYPED)
    cell = entered(tab)
    assert cell["userEnteredValue"] == (kept or {"formulaValue": text})
    assert cell["formattedValue"] == shown
    assert tab.acell("A1").value == shown


def test_one_minus_two_is_a_date(tab: gspread.Worksheet) -> None:
    tab.update_acell("A1", "1-2")  # gspread's update_cell is always USER_ENTERED
    assert entered(tab)["userEnteredFormat"]["numberFormat"]["type"] == "DATE"
    assert isinstance(tab.acell("A1", value_render_option=UNFORMATTED).value, int)


def test_day_comes_first_in_thailand(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    book.update_locale("th_TH")
    tab.update_acell("A1", "13/2/2026")
    assert entered(tab)["userEnteredValue"] == {"numberValue": 46066}


def test_a_text_format_keeps_what_is_typed(tab: gspread.Worksheet) -> None:
    tab.format("A1", {"numberFormat": {"type": "TEXT"}})
    tab.update_acell("A1", "007")
    assert entered(tab)["userEnteredValue"] == {"stringValue": "007"}


def test_formulas_are_shown_only_on_request(tab: gspread.Worksheet) -> None:
    tab.update([["=SUM(B1:B2)"]], "A1", raw=False)
    assert tab.get("A1", value_render_option=FORMULA) == [["=SUM(B1:B2)"]]
    assert tab.get("A1", value_render_option=UNFORMATTED) == [["#NAME?"]]


def test_null_skips_and_empty_clears(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b", "c"]], "A1")
    answer = tab.update([["x", None, ""]], "A1:C1")
    assert tab.row_values(1) == ["x", "b"]
    assert answer["updatedCells"] == 2


def test_a_list_is_no_value(tab: gspread.Worksheet) -> None:
    with refused(400, "list_value"):
        tab.update([[["x"]]], "A1")


def test_blank_ends_are_not_returned(tab: gspread.Worksheet) -> None:
    tab.update([["a", "", ""], ["", "", ""], ["", "b", ""], ["", "", ""]], "B2")
    raw = tab.client.values_get(BOOK, "Sheet1!A1:Z9")
    assert raw == {
        "range": "Sheet1!A1:Z9",
        "majorDimension": "ROWS",
        "values": [[], ["", "a"], [], ["", "", "b"]],
    }
    assert "values" not in tab.client.values_get(BOOK, "Sheet1!D1:Z9")


def test_columns_first(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["c"]], "A1", major_dimension=Dimension.cols)
    assert tab.get("A1:B2") == [["a", "c"], ["b"]]
    assert tab.get("A1:B2", major_dimension=Dimension.cols) == [["a", "b"], ["c"]]


RANGES: list[tuple[str, str]] = [
    ("Sheet1!A1", "Sheet1!A1"),
    ("Sheet1!b2:a1", "Sheet1!A1:B2"),
    ("Sheet1!$A$1:$B$2", "Sheet1!A1:B2"),
    ("A1:B2", "Sheet1!A1:B2"),
    ("Sheet1", "Sheet1!A1:Z1000"),
    ("'Sheet1'", "Sheet1!A1:Z1000"),
    ("Sheet1!A:B", "Sheet1!A1:B1000"),
    ("Sheet1!2:3", "Sheet1!A2:Z3"),
    ("Sheet1!A5:A", "Sheet1!A5:A1000"),
    ("Sheet1!A2:2", "Sheet1!A2:Z2"),
    ("Sheet1!A1:ZZ5000", "Sheet1!A1:Z1000"),
    ("Sheet1!R1C1:R2C3", "Sheet1!A1:C2"),
    ("Sheet1!R5C2", "Sheet1!B5"),
    ("it''s", "it''s"),
    ("'ชื่อ ''ไทย''!'!A1:B2", "'ชื่อ ''ไทย''!'!A1:B2"),
    ("box", "Sheet1!C3:D4"),
]


@pytest.mark.parametrize(("asked", "answered"), RANGES)
def test_ranges(book: gspread.Spreadsheet, asked: str, answered: str) -> None:
    book.add_worksheet("ชื่อ 'ไทย'!", 10, 10)
    book.sheet1.define_named_range("C3:D4", "box")
    if asked == "it''s":
        with refused(400, "Unable to parse range"):
            book.values_get(asked)
        return
    assert book.values_get(asked)["range"] == answered


@pytest.mark.parametrize("asked", ["Sheet1!A1001", "Sheet1!AA1", "Sheet1!A2000:B2001"])
def test_beyond_the_grid(book: gspread.Spreadsheet, asked: str) -> None:
    with refused(400, "exceeds grid limits. Max rows: 1000, max columns: 26"):
        book.values_get(asked)
    with refused(400, "exceeds grid limits"):
        book.values_update(asked, {"valueInputOption": "RAW"}, {"values": [["x"]]})


@pytest.mark.parametrize("asked", ["Nowhere!A1", "Sheet1!A", "Sheet1!1A", "Sheet1!A0", "!", "x y"])
def test_no_range(book: gspread.Spreadsheet, asked: str) -> None:
    with refused(400, "Unable to parse range"):
        book.values_get(asked)


def test_more_values_than_room(tab: gspread.Worksheet) -> None:
    with refused(400, "tried writing to row [2]"):
        tab.update([["a"], ["b"]], "A1:B1")
    with refused(400, "tried writing to column [B]"):
        tab.update([["a", "b"]], "A1:A9")


def test_an_input_option_is_needed(book: gspread.Spreadsheet) -> None:
    with refused(400, "'valueInputOption' is required"):
        book.values_update("A1", {}, {"values": [["x"]]})


def test_an_unknown_parameter(book: gspread.Spreadsheet) -> None:
    with refused(400, 'Unknown name "valueOption"'):
        book.values_get("A1", {"valueOption": "RAW"})


def test_a_range_with_a_slash_and_a_colon_in_it(book: gspread.Spreadsheet) -> None:
    sheet = book.add_worksheet("a/b: //c:append", 5, 5)
    sheet.append_row(["x"])
    assert sheet.get_all_values() == [["x"]]


def test_two_batches_one_refused(tab: gspread.Worksheet) -> None:
    parts = [{"range": "A1", "values": [["x"]]}, {"range": "A2000", "values": [["y"]]}]
    with refused(400, "exceeds grid limits"):
        tab.batch_update(parts)
    assert tab.get_all_values() == [[]]


# Google's own example: one table in A1:C2, another in B4:D6
APPENDS: list[tuple[str, str, str | None]] = [
    ("Sheet1", "Sheet1!B7:C7", "Sheet1!B4:D6"),
    ("Sheet1!B4", "Sheet1!B7:C7", "Sheet1!B4:D6"),
    ("Sheet1!C5:D5", "Sheet1!B7:C7", "Sheet1!B4:D6"),
    ("Sheet1!B2:D4", "Sheet1!B7:C7", "Sheet1!B4:D6"),
    ("Sheet1!A3:G10", "Sheet1!B7:C7", "Sheet1!B4:D6"),
    ("Sheet1!A1", "Sheet1!A3:B3", "Sheet1!A1:C2"),
    ("Sheet1!E4", "Sheet1!E4:F4", None),
    ("Sheet1!A4", "Sheet1!A4:B4", None),
]


@pytest.mark.parametrize(("asked", "written", "table"), APPENDS)
def test_append_finds_its_table(
    book: gspread.Spreadsheet, asked: str, written: str, table: str | None
) -> None:
    batch(
        book,
        *(write(row, 0, "a", "b", "c") for row in (0, 1)),
        *(write(row, 1, "d", "e", "f") for row in (3, 4, 5)),
    )
    answer = book.values_append(asked, {"valueInputOption": "RAW"}, {"values": [["x", "y"]]})
    assert answer["updates"]["updatedRange"] == written
    assert answer.get("tableRange") == table


def test_append_overwrites_or_inserts(tab: gspread.Worksheet) -> None:
    tab.update([["a"], ["b"], [""], ["below"]], "A1")
    tab.append_rows([["1"], ["2"]], table_range="A1")
    assert tab.col_values(1) == ["a", "b", "1", "2"]  # "below" is gone
    tab.append_row(["3"], insert_data_option=gspread.utils.InsertDataOption.insert_rows)
    assert tab.spreadsheet.sheet1.row_count == 1001


def test_append_grows_the_grid(book: gspread.Spreadsheet) -> None:
    small = book.add_worksheet("small", 1, 1)
    small.append_rows([["a"], ["b"], ["c"]])
    assert book.worksheet("small").row_count == 3


def test_append_answers_with_values(tab: gspread.Worksheet) -> None:
    answer = tab.append_row([1, "=x"], include_values_in_response=True)
    assert answer["updates"]["updatedData"]["values"] == [["1", "=x"]]


def test_too_long_a_text(tab: gspread.Worksheet) -> None:
    tab.update([["x" * 50_000]], "A1")
    with refused(400, "50000 characters"):
        tab.update([["x" * 50_001]], "A1")


def test_a_body_that_is_no_json(stage: Stage, book: gspread.Spreadsheet) -> None:
    session = book.client.session
    params = {"valueInputOption": "RAW"}
    answer = session.put(f"{URL}/A1", params=params, data=b"{", timeout=10)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    answer = session.put(f"{URL}/A1", params=params, json=["x"], timeout=10)
    assert answer.status_code == 400
