"""Every method of gspread's Worksheet and Spreadsheet that reads or changes a spreadsheet."""

import inspect
from pathlib import Path
from typing import Any

import gspread
import pytest
from gspread.utils import (
    Dimension,
    ExportFormat,
    MergeType,
    PasteType,
    ValidationConditionType,
    ValueRenderOption,
)

from tests.sandbox.google.stage import BOOK, Stage, refused

TABLE = [["name", "n"], ["a", "1"], ["b", "2"]]
Book = gspread.Spreadsheet
Tab = gspread.Worksheet


@pytest.fixture
def full(tab: Tab) -> Tab:
    """A tab with a small table."""
    tab.update(TABLE, "A1", raw=False)
    return tab


def fresh(tab: Tab) -> Tab:
    """The tab as the server has it now."""
    return tab.spreadsheet.get_worksheet_by_id(tab.id)


def prop(tab: Tab, name: str) -> Any:
    sheets = tab.spreadsheet.fetch_sheet_metadata()["sheets"]
    return next(s for s in sheets if s["properties"]["sheetId"] == tab.id).get(name)


def test_nothing_is_forgotten() -> None:
    """A method that gspread gains or that we drop shows here."""
    source = Path(__file__).read_text("utf-8")
    for kind in (Tab, Book):
        methods = inspect.getmembers(kind, inspect.isfunction)
        public = [name for name, _ in methods if not name.startswith("_")]
        assert [name for name in public if f".{name}(" not in source] == []


# Reading cells


def test_reading(full: Tab) -> None:
    assert full.acell("A2").value == "a"
    assert full.cell(3, 2).value == "2"
    plain: Any = full.cell(3, 2, value_render_option=ValueRenderOption.unformatted)
    assert plain.value == 2
    assert [cell.value for cell in full.range("A1:B2")] == ["name", "n", "a", "1"]
    assert full.get_values("A2:B3") == TABLE[1:]
    assert full.get_all_values() == TABLE
    assert full.get_all_records() == [{"name": "a", "n": 1}, {"name": "b", "n": 2}]
    assert len(full.get_all_cells()) == 26_000
    assert full.row_values(1) == ["name", "n"]
    assert full.col_values(2) == ["n", "1", "2"]
    assert full.get("A1:C5", maintain_size=True)[4] == ["", "", ""]
    assert [list(part) for part in full.batch_get(["A1", "B2:B3"])] == [[["name"]], [["1"], ["2"]]]
    assert full.expand("A1") == TABLE


def test_finding(full: Tab) -> None:
    cell = full.find("b")
    assert cell is not None
    assert (cell.row, cell.col) == (3, 1)
    assert full.find("B") is None
    assert len(full.findall("B", case_sensitive=False)) == 1


# Writing cells


def test_writing(full: Tab) -> None:
    full.update_acell("C1", "=1")
    full.update_cell(2, 3, "x")
    full.update_cells([gspread.Cell(3, 3, "y")])
    full.batch_update([{"range": "D1:D2", "values": [["p"], ["q"]]}])
    assert full.get("C1:D3") == [["1", "p"], ["x", "q"], ["y"]]
    full.batch_clear(["C1:C3", "D2"])
    assert full.get("C1:D3") == [["", "p"]]
    full.clear()
    assert full.get_all_values() == [[]]


def test_appending_and_inserting(full: Tab) -> None:
    full.append_row(["c", 3])
    full.append_rows([["d", 4], ["e", 5]])
    full.insert_row(["new", 0], 2)
    full.insert_rows([["p", 8], ["q", 9]], 3, inherit_from_before=True)
    assert full.col_values(1) == ["name", "new", "p", "q", "a", "b", "c", "d", "e"]
    full.insert_cols([["x", "y"]], 2)
    assert full.get("A1:C2") == [["name", "x", "n"], ["new", "y", "0"]]
    assert (fresh(full).row_count, fresh(full).col_count) == (1003, 27)


def test_deleting(full: Tab) -> None:
    full.delete_rows(2)
    assert full.col_values(1) == ["name", "b"]
    full.delete_columns(1)
    assert full.row_values(1) == ["n"]
    full.delete_dimension(Dimension.rows, 1, 2)
    assert (fresh(full).row_count, fresh(full).col_count) == (997, 25)


def test_copying_and_cutting(full: Tab) -> None:
    full.format("A2", {"textFormat": {"bold": True}})
    full.copy_range("A2:B2", "D2:E5")
    assert full.get("D2:E5") == [["a", "1"]] * 4
    full.copy_range("A2", "F2", paste_type=PasteType.format)
    assert full.acell("F2").value is None
    full.cut_range("A3:B3", "A9")
    assert full.get("A3:B9")[0] == []
    assert full.row_values(9) == ["b", "2"]


def test_sorting(full: Tab) -> None:
    full.freeze(rows=1)
    full.sort((2, "des"))
    assert full.col_values(1) == ["name", "b", "a"]
    full.sort((1, "asc"), range="A2:B3")
    assert full.col_values(1) == ["name", "a", "b"]


# The grid


def test_sizing(tab: Tab) -> None:
    tab.resize(rows=10, cols=5)
    tab.add_rows(2)
    tab.add_cols(1)
    assert (fresh(tab).row_count, fresh(tab).col_count) == (12, 6)
    tab.freeze(rows=2, cols=1)
    assert (fresh(tab).frozen_row_count, fresh(tab).frozen_col_count) == (2, 1)
    tab.freeze(rows=0)
    assert fresh(tab).frozen_row_count == 0
    tab.columns_auto_resize(0, 2)
    tab.rows_auto_resize(0, 2)


def test_shrinking_takes_cells_along(full: Tab) -> None:
    full.define_named_range("A3:B3", "last")
    full.resize(rows=2)
    assert full.get_all_values() == TABLE[:2]
    assert full.spreadsheet.list_named_ranges() == []
    full.add_rows(1)
    assert full.get_all_values() == TABLE[:2]


def test_hiding(tab: Tab) -> None:
    tab.hide_columns(0, 2)
    tab.hide_rows(3, 4)
    assert hidden(tab) == ([3], [0, 1])
    tab.unhide_columns(0, 1)
    tab.unhide_rows(3, 4)
    assert hidden(tab) == ([], [1])


def hidden(tab: Tab) -> tuple[list[int], list[int]]:
    params: Any = {"includeGridData": "true", "ranges": f"'{tab.title}'"}
    data = tab.spreadsheet.fetch_sheet_metadata(params)["sheets"][0]["data"][0]
    rows, columns = (
        [i for i, line in enumerate(data[name]) if line.get("hiddenByUser")]
        for name in ("rowMetadata", "columnMetadata")
    )
    return rows, columns


def test_grouping(tab: Tab) -> None:
    tab.add_dimension_group_columns(1, 4)
    tab.add_dimension_group_rows(2, 8)
    tab.add_dimension_group_rows(3, 5)
    depths = [
        (g["range"]["startIndex"], g["range"]["endIndex"], g["depth"])
        for g in tab.list_dimension_group_rows()
    ]
    assert depths == [(2, 8, 1), (3, 5, 2)]
    tab.delete_dimension_group_rows(3, 5)
    tab.delete_dimension_group_columns(1, 4)
    assert len(tab.list_dimension_group_rows()) == 1
    assert tab.list_dimension_group_columns() == []
    with refused(400, "no group"):
        tab.delete_dimension_group_columns(1, 4)


def test_merging(full: Tab) -> None:
    full.merge_cells("A1:B2")
    assert full.get("A1:B2") == [["name"]]
    with refused(400, "select all cells in a merged range"):
        full.unmerge_cells("A1:A2")
    full.unmerge_cells("A1:B2")
    assert prop(full, "merges") is None
    full.batch_merge([{"range": "D1:E2", "mergeType": MergeType.merge_rows}, {"range": "G1:G2"}])
    assert len(prop(full, "merges")) == 3
    full.insert_row([], 1)
    assert prop(full, "merges")[0]["startRowIndex"] == 1


# Looks, notes, rules


def test_formatting(full: Tab) -> None:
    full.format(["A1:B1", "A3"], {"textFormat": {"bold": True}, "horizontalAlignment": "CENTER"})
    full.batch_format([{"range": "A1", "format": {"textFormat": {"italic": True}}}])
    params: Any = {"ranges": "A1:B1", "fields": "sheets.data.rowData.values(userEnteredFormat)"}
    seen = full.spreadsheet.fetch_sheet_metadata(params)
    first, second = seen["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert first["userEnteredFormat"] == {
        "textFormat": {"italic": True},
        "horizontalAlignment": "CENTER",
    }
    assert second["userEnteredFormat"]["textFormat"] == {"bold": True}


def test_colours_and_gridlines(tab: Tab) -> None:
    tab.update_tab_color("#FF7F00")
    assert fresh(tab).get_tab_color() == "#FF7F00"
    tab.clear_tab_color()
    assert prop(tab, "properties").get("tabColorStyle", {}).get("rgbColor") is None
    tab.hide_gridlines()
    assert fresh(tab).is_gridlines_hidden
    tab.show_gridlines()
    assert not fresh(tab).is_gridlines_hidden


def test_notes(full: Tab) -> None:
    full.insert_note("A1", "one")
    full.insert_notes({"B2": "two"})
    full.update_note("A1", "ONE")
    full.update_notes({"C3": "three"})
    assert full.get_note("A1") == "ONE"
    assert full.get_notes() == [["ONE", ""], ["", "two"], ["", "", "three"]]
    full.clear_note("A1")
    full.clear_notes(["B2", "C3"])
    assert full.get_note("A1") == ""
    assert full.get_all_values() == TABLE


def test_validation(stage: Stage, tab: Tab) -> None:
    stage.world.switches.validation_refuses_api = True
    tab.add_validation("A1", ValidationConditionType.one_of_list, ["x", "y"], strict=True)
    tab.update([["x"]], "A1")
    with refused(400, "validation rules"):
        tab.update([["z"]], "A1")


def test_protection(book: Book, tab: Tab) -> None:
    tab.add_protected_range("A1:B2", editor_users_emails=["a@x.example"], description="bot")
    (fence,) = book.list_protected_ranges(tab.id)
    assert fence["description"] == "bot"
    assert "a@x.example" in fence["editors"]["users"]
    tab.delete_protected_range(fence["protectedRangeId"])
    assert book.list_protected_ranges(tab.id) == []
    with refused(400):
        tab.delete_protected_range(fence["protectedRangeId"])


def test_filters(full: Tab) -> None:
    full.set_basic_filter("A1:B3")
    assert prop(full, "basicFilter")["range"]["endRowIndex"] == 3
    full.set_basic_filter()
    full.clear_basic_filter()
    assert prop(full, "basicFilter") is None


def test_names(book: Book, full: Tab) -> None:
    full.define_named_range("A2:A3", "box")
    (named,) = book.list_named_ranges()
    assert [cell.value for cell in book.named_range("box")] == ["a", "b"]
    with refused(400, "already exists"):
        full.define_named_range("A1", "box")
    full.delete_named_range(named["namedRangeId"])
    assert book.list_named_ranges() == []


# Tabs


def test_tabs(book: Book) -> None:
    second = book.add_worksheet("สอง", rows=5, cols=4)
    third = book.add_worksheet("สาม", rows=5, cols=4, index=0)
    assert [tab.title for tab in book.worksheets()] == ["สาม", "Sheet1", "สอง"]
    assert book.get_worksheet(2).id == book.worksheet("สอง").id == second.id
    book.reorder_worksheets([second, third])
    assert [tab.title for tab in book.worksheets()] == ["สอง", "สาม", "Sheet1"]
    third.update_index(3)
    third.update_title("สุดท้าย")
    assert [tab.title for tab in book.worksheets()] == ["สอง", "Sheet1", "สุดท้าย"]
    third.hide()
    assert [tab.title for tab in book.worksheets(exclude_hidden=True)] == ["สอง", "Sheet1"]
    third.show()
    book.del_worksheet(second)
    book.del_worksheet_by_id(third.id)
    assert [tab.title for tab in book.worksheets()] == ["Sheet1"]
    with pytest.raises(gspread.WorksheetNotFound):
        book.get_worksheet_by_id(second.id)


def test_duplicating(book: Book, full: Tab) -> None:
    full.add_protected_range("A1")
    twin = full.duplicate(new_sheet_name="twin")
    assert twin.get_all_values() == TABLE
    assert len(book.list_protected_ranges(twin.id)) == 1
    other = book.duplicate_sheet(full.id, insert_sheet_index=2, new_sheet_id=77)
    assert (other.id, other.index, other.title) == (77, 2, "Copy of Sheet1")
    twin.update([["changed"]], "A1")
    assert full.acell("A1").value == "name"


def test_copying_to_another_spreadsheet(stage: Stage, full: Tab) -> None:
    stage.world.create_spreadsheet("book-2", "other", "owner")
    with refused(403):
        full.copy_to("book-2")
    stage.world.share("book-2", "sujarit@sandbox.iam.gserviceaccount.com")
    assert full.copy_to("book-2")["title"] == "Copy of Sheet1"
    other = stage.client().open_by_key("book-2")
    assert other.worksheet("Copy of Sheet1").get_all_values() == TABLE


# The spreadsheet


def test_plain_values(book: Book) -> None:
    raw: Any = {"valueInputOption": "RAW"}
    book.values_update("A1:B1", raw, {"values": [["a", "b"]]})
    book.values_append("A1", raw, {"values": [["c"]]})
    book.values_batch_update(
        {"valueInputOption": "RAW", "data": [{"range": "D1", "values": [["d"]]}]}
    )
    assert book.values_get("A1:D2")["values"] == [["a", "b", "", "d"], ["c"]]
    parts = book.values_batch_get(["A1", "A2"])["valueRanges"]
    assert [part["values"] for part in parts] == [[["a"]], [["c"]]]
    book.values_clear("A1")
    book.values_batch_clear(body={"ranges": ["B1", "D1"]})
    assert book.values_get("A1:D2")["values"] == [[], ["c"]]


def test_properties(book: Book) -> None:
    book.update_title("ชื่อใหม่")
    book.update_timezone("Asia/Tokyo")
    book.update_locale("th_TH")
    seen = book.fetch_sheet_metadata()["properties"]
    assert (seen["title"], seen["timeZone"], seen["locale"]) == ("ชื่อใหม่", "Asia/Tokyo", "th_TH")
    book.batch_update({"requests": [{"clearBasicFilter": {"sheetId": 0}}]})


def test_drive(stage: Stage, book: Book, full: Tab, clock: Any) -> None:
    before = book.get_lastUpdateTime()
    clock.move(minutes=1)
    full.update_acell("A1", "NAME")
    assert book.get_lastUpdateTime() > before
    book.update_drive_metadata()
    assert book.creationTime == before
    assert book.export(ExportFormat.CSV) == b"NAME,n\r\na,1\r\nb,2"
    with refused(501):
        book.export(ExportFormat.PDF)
    client = stage.client()
    assert [file["id"] for file in client.list_spreadsheet_files()] == [BOOK]
    assert client.open("ทดสอบ").id == BOOK
    assert client.openall("ไม่มี") == []
    client.import_csv(BOOK, "x,1-2\n=5,007")
    assert book.sheet1.get_all_values()[1] == ["5", "7"]


def test_sharing(book: Book) -> None:
    book.share("a@x.example", "user", "writer", notify=False)
    shared = book.list_permissions()
    assert "a@x.example" in [p.get("emailAddress") for p in shared]
    assert len(book.remove_permissions("a@x.example")) == 1
    owner = next(p for p in shared if p["role"] == "owner")
    with refused(403):
        book.client.remove_permission(book.id, str(owner["id"]))


def test_giving_a_spreadsheet_away(stage: Stage) -> None:
    client = stage.person("somchai")
    book = client.create("ของใหม่")
    book.share("malee@sandbox.example", "user", "writer", notify=False)
    (one,) = [p for p in book.list_permissions() if p["role"] == "writer"]
    theirs = stage.person("malee").open_by_key(book.id)
    with refused(403):
        theirs.accept_ownership(str(one["id"]))
    book.transfer_ownership(str(one["id"]))
    theirs.accept_ownership(str(one["id"]))
    with refused(403):
        client.del_spreadsheet(book.id)
    stage.person("malee").del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(book.id)


def test_a_service_account_owns_no_file(stage: Stage) -> None:
    with refused(403, "storage quota"):
        stage.client().create("x")
    copy = stage.person("somchai").copy(BOOK, "สำเนา")
    assert copy.title == "สำเนา"
