"""Furnishing a real spreadsheet: whole, once, and without touching what people have there."""

import gspread
import pytest

from sandbox.google import GoogleWorld
from sheets import wire
from sheets.google import Google, SheetError
from sheets.install import install, questions
from sheets.layout import BY_KEY, TABS, Owner, column_tag
from store import sheet_state
from store.database import Database
from store.sheet_state import OtherSpreadsheet
from tests.sheets.claimed import api, claimed, remember, remembered
from tests.sheets.conftest import AGENCY, BOOK, Office, Served, person


def test_it_makes_every_tab_with_headers_frozen_and_the_id_hidden(
    database: Database, google: Google, served: Served
) -> None:
    report = install(database, google, AGENCY, BOOK)
    book = person(served)
    assert report.made == tuple(tab.title for tab in TABS)
    assert [sheet.title for sheet in book.worksheets()][: len(TABS)] == list(report.made)
    for tab in TABS[1:]:
        sheet = book.get_worksheet_by_id(tab.sheet_id)
        assert sheet.row_values(1) == [column.header for column in tab.columns]
        assert sheet.frozen_row_count == 1
    assert "เรื่องร้องเรียน" in str(book.get_worksheet_by_id(1001).col_values(1))


def _metadata(book: gspread.Spreadsheet) -> list[dict[str, object]]:
    data = "data(columnMetadata,rowData.values.dataValidation)"
    fields = f"sheets(properties.sheetId,protectedRanges,{data})"
    sheets: list[dict[str, object]] = book.fetch_sheet_metadata({"fields": fields})["sheets"]
    return sheets


def test_columns_are_protected_hidden_and_offered_as_the_layout_says(
    office: Office,
) -> None:
    sheets = {s["properties"]["sheetId"]: s for s in _metadata(office.book)}  # type: ignore[index]
    measures = sheets[BY_KEY["measures"].sheet_id]
    columns = measures["data"][0]["columnMetadata"]  # type: ignore[index]
    assert columns[0]["hiddenByUser"]
    assert not columns[1].get("hiddenByUser")
    assert all(fence["warningOnly"] for fence in measures["protectedRanges"])  # type: ignore[attr-defined]
    status = [c.key for c in BY_KEY["measures"].columns].index("status")
    rule = measures["data"][0]["rowData"][1]["values"][status]["dataValidation"]  # type: ignore[index]
    assert not rule.get("strict")
    assert len(rule["condition"]["values"]) == 4
    log = sheets[BY_KEY["progress"].sheet_id]["protectedRanges"]
    assert not any(fence.get("requestingUserCanEdit") for fence in log)  # type: ignore[attr-defined]


def test_where_only_the_bot_writes_nobody_else_can(office: Office) -> None:
    with pytest.raises(gspread.exceptions.APIError):
        office.write("progress", 2, "output", "แก้เอง")
    office.write("measures", 2, "title", "เขียนได้")


def test_again_it_sends_nothing(office: Office, database: Database, google: Google) -> None:
    calls = len(office.served.world.calls)
    report = install(database, google, AGENCY, BOOK)
    assert (report.changes, report.made, report.broken) == (0, (), ())
    made = [call["call"] for call in list(office.served.world.calls)[calls:]]
    assert [call for call in made if call != "token"] == ["get", "getByDataFilter"]


def test_people_may_rename_tabs_move_and_add_columns_before_it_runs_again(
    office: Office, database: Database, google: Google
) -> None:
    tab = office.tab("measures")
    tab.update_title("งานของเรา")
    tab.insert_cols([["คอลัมน์ของฉัน"]], col=3)
    tab.update_cell(1, 5, "เรื่อง")
    before = office.everything()
    assert install(database, google, AGENCY, BOOK).changes == 0
    assert office.everything() == before


def older(office: Office) -> None:
    """The sheet as an older program left it: no tab of criteria, two columns less, no tags."""
    office.book.del_worksheet(office.tab("criteria"))
    tab = office.tab("measures")
    header = [column.header for column in BY_KEY["measures"].columns]
    for name in ("เหตุผล/ข้อเสนอแนะ", "งบประมาณที่ตั้งไว้"):
        tab.delete_columns(header.index(name) + 1)
    tags = [wire.delete_tag(column_tag("items", column.key)) for column in BY_KEY["items"].columns]
    api(office, *tags)
    memory = remembered(office)
    del memory["criteria"], memory["items"]
    memory["measures"] = [key for key in memory["measures"] if key not in ("reason", "budget")]
    remember(office, memory)


@pytest.mark.parametrize("memory", ["kept", "none"])
def test_an_older_layout_is_upgraded_without_a_question(office: Office, memory: str) -> None:
    """`none`: from before the program remembered what it made."""
    claimed(office)
    office.add_measure(1, budget="๕๐,๐๐๐ บาท")
    office.settle()
    office.write("measures", 1, "title", "ชื่อที่เราใช้")
    before = office.everything()
    older(office)
    if memory == "none":
        remember(office, {})
    assert questions(office.database, office.google, AGENCY, BOOK) == []
    report = install(office.database, office.google, AGENCY, BOOK)
    assert report.made == ("เกณฑ์ ITA",)
    assert len(report.added) == 2
    assert office.everything() == before, "each column in its place, with what the register knows"
    assert office.settle().edits == 0
    assert office.rows("doubts") == []
    assert install(office.database, office.google, AGENCY, BOOK).changes == 0


def test_peoples_tab_of_the_same_name_or_id_stays_theirs(
    database: Database, google: Google, served: Served
) -> None:
    book = person(served)
    theirs = book.add_worksheet("มาตรการ", 10, 3)
    theirs.update_cell(1, 1, "ของคน")
    foreign = {"addSheet": {"properties": {"sheetId": 1003, "title": "ของคนอื่น"}}}
    book.batch_update({"requests": [foreign]})
    report = install(database, google, AGENCY, BOOK)
    assert "มาตรการ (สุจริต)" in report.made
    assert theirs.get_all_values() == [["ของคน"]]
    assert [s.title for s in book.worksheets() if s.id == 1002] == ["มาตรการ (สุจริต)"]
    with database.agency(AGENCY) as tx:
        sheet = sheet_state.load(tx)
    assert sheet is not None
    assert sheet.tabs["progress"] == 1103


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "applied_then_503"])
def test_a_run_that_was_cut_off_is_simply_repeated(
    fault: str, database: Database, google: Google, served: Served
) -> None:
    served.world.faults.add("batchUpdate", fault)
    with pytest.raises(SheetError):
        install(database, google, AGENCY, BOOK)
    install(database, google, AGENCY, BOOK)
    titles = [sheet.title for sheet in person(served).worksheets()]
    assert titles[: len(TABS)] == [tab.title for tab in TABS]
    assert install(database, google, AGENCY, BOOK).changes == 0


def test_an_agency_has_one_spreadsheet(office: Office, database: Database, google: Google) -> None:
    office.served.world.create_spreadsheet("another", "อื่น", "owner")
    with pytest.raises(OtherSpreadsheet, match=BOOK):
        install(database, google, AGENCY, "another")


def test_headers_are_coloured_by_owner(office: Office) -> None:
    world: GoogleWorld = office.served.world
    sheet = world.files[BOOK].book.sheet(1002)
    colours = {
        owner: {
            str(sheet.cell(0, place)["userEnteredFormat"]["backgroundColor"])
            for place, column in enumerate(BY_KEY["measures"].columns)
            if column.owner is owner
        }
        for owner in Owner
    }
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(Owner)
