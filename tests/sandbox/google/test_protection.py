"""Protected ranges against a person, dropdown rules, and who may open a spreadsheet at all."""

import gspread
import pytest

from tests.sandbox.google.stage import ACCOUNT, BOOK, Json, Stage, batch, grid, refused, rows, write

SAYS = "You are trying to edit a protected cell or object"


@pytest.fixture
def somchai(stage: Stage, book: gspread.Spreadsheet) -> gspread.Spreadsheet:
    """A person before a tab whose first column the bot has protected."""
    protect(book, range={"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1})
    batch(book, write(3, 0, "bot", "human"))
    return stage.person("somchai").open_by_key(BOOK)


def protect(book: gspread.Spreadsheet, **fence: object) -> int:
    (reply,) = batch(book, {"addProtectedRange": {"protectedRange": fence}})
    number: int = reply["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    return number


TOUCHES: dict[str, Json] = {
    "a cell": write(3, 0, "x"),
    "a row that reaches into it": write(3, 0, "x", "y"),
    "its format": {
        "repeatCell": {"range": grid(3, 4, 0, 1), "cell": {"note": "n"}, "fields": "note"}
    },
    "deleting its row": {"deleteDimension": {"range": rows(3, 4)}},
    "moving its row": {"moveDimension": {"source": rows(3, 4), "destinationIndex": 0}},
    "sorting over it": {
        "sortRange": {"range": grid(0, 9, 0, 3), "sortSpecs": [{"dimensionIndex": 1}]}
    },
    "replacing in it": {"findReplace": {"find": "bot", "replacement": "x", "allSheets": True}},
    "cutting from it": {
        "cutPaste": {
            "source": grid(3, 4, 0, 1),
            "destination": {"sheetId": 0, "rowIndex": 5, "columnIndex": 5},
            "pasteType": "PASTE_NORMAL",
        }
    },
    "a rule on it": {"setDataValidation": {"range": grid(3, 4, 0, 1)}},
    "merging it": {"mergeCells": {"range": grid(3, 5, 0, 1), "mergeType": "MERGE_ALL"}},
    "deleting the tab": {"deleteSheet": {"sheetId": 0}},
}


@pytest.mark.parametrize("case", TOUCHES)
def test_a_person_may_not(
    book: gspread.Spreadsheet, somchai: gspread.Spreadsheet, case: str
) -> None:
    batch(book, {"addSheet": {"properties": {"title": "another"}}})
    with refused(400, SAYS):
        batch(somchai, TOUCHES[case])
    assert book.sheet1.row_values(4) == ["bot", "human"]


def test_a_person_may_beside_it(somchai: gspread.Spreadsheet) -> None:
    batch(somchai, write(3, 1, "own words"), {"insertDimension": {"range": rows(2, 3)}})
    assert somchai.sheet1.row_values(5) == ["bot", "own words"]


def test_a_person_may_not_write_values_into_it(somchai: gspread.Spreadsheet) -> None:
    with refused(400, SAYS):
        somchai.sheet1.update([["x"]], "A4")
    with refused(400, SAYS):
        somchai.sheet1.clear()


def test_the_bot_may(book: gspread.Spreadsheet, somchai: gspread.Spreadsheet) -> None:
    batch(book, write(3, 0, "again"))
    assert somchai.sheet1.acell("A4").value == "again"


def test_a_person_may_not_lift_it(somchai: gspread.Spreadsheet) -> None:
    (fence,) = somchai.list_protected_ranges(0)
    with refused(400, SAYS):
        somchai.sheet1.delete_protected_range(fence["protectedRangeId"])
    change = {"protectedRangeId": fence["protectedRangeId"], "warningOnly": True}
    with refused(400, SAYS):
        batch(
            somchai, {"updateProtectedRange": {"protectedRange": change, "fields": "warningOnly"}}
        )


def test_who_may_edit_sees_the_editors(
    book: gspread.Spreadsheet, somchai: gspread.Spreadsheet
) -> None:
    (own,) = book.list_protected_ranges(0)
    (foreign,) = somchai.list_protected_ranges(0)
    assert own["requestingUserCanEdit"]
    assert ACCOUNT in own["editors"]["users"]
    assert not {"requestingUserCanEdit", "editors"} & set(foreign)


def test_rows_may_move_with_the_switch(stage: Stage, somchai: gspread.Spreadsheet) -> None:
    stage.world.switches.protection_holds_rows = False
    batch(somchai, TOUCHES["moving its row"])
    assert somchai.sheet1.row_values(1) == ["bot", "human"]
    with refused(400, SAYS):
        batch(somchai, TOUCHES["a cell"])


LETS_THROUGH: dict[str, Json] = {
    "only a warning": {"range": grid(0, 9, 0, 9), "warningOnly": True},
    "listed": {"range": grid(0, 9, 0, 9), "editors": {"users": ["somchai@sandbox.example"]}},
    "everybody in the office": {
        "range": grid(0, 9, 0, 9),
        "editors": {"domainUsersCanEdit": True},
    },
    "a hole in it": {"range": {"sheetId": 0}, "unprotectedRanges": [grid(3, 4, 0, 1)]},
}


@pytest.mark.parametrize("case", LETS_THROUGH)
def test_let_through(stage: Stage, book: gspread.Spreadsheet, case: str) -> None:
    protect(book, **LETS_THROUGH[case])
    person = stage.person("somchai").open_by_key(BOOK)
    batch(person, write(3, 0, "x"))
    assert person.sheet1.acell("A4").value == "x"


def test_a_protected_tab_takes_no_rows(stage: Stage, book: gspread.Spreadsheet) -> None:
    protect(book, range={"sheetId": 0})
    person = stage.person("somchai").open_by_key(BOOK)
    with refused(400, SAYS):
        batch(person, {"insertDimension": {"range": rows(2, 3)}})
    with refused(400, SAYS):
        person.sheet1.add_rows(1)


def test_a_protection_moves_with_its_rows(stage: Stage, book: gspread.Spreadsheet) -> None:
    protect(book, range=grid(2, 3, 0, 2))
    batch(book, {"insertDimension": {"range": rows(0, 1)}})
    person = stage.person("somchai").open_by_key(BOOK)
    batch(person, write(2, 0, "free now"))
    with refused(400, SAYS):
        batch(person, write(3, 0, "x"))


def test_a_named_range_can_be_protected(stage: Stage, book: gspread.Spreadsheet) -> None:
    named = {"namedRangeId": "n", "name": "fence", "range": grid(0, 1, 0, 1)}
    batch(book, {"addNamedRange": {"namedRange": named}})
    protect(book, namedRangeId="n")
    with refused(400, SAYS):
        batch(stage.person("somchai").open_by_key(BOOK), write(0, 0, "x"))


RULE = {
    "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "เสร็จ"}]},
    "strict": True,
}


@pytest.mark.parametrize("strict", [True, False])
def test_a_dropdown(stage: Stage, book: gspread.Spreadsheet, strict: bool) -> None:
    rule = RULE | {"strict": strict}
    batch(book, {"setDataValidation": {"range": grid(0, 5, 0, 1), "rule": rule}})
    person = stage.person("somchai").open_by_key(BOOK)
    person.sheet1.update([["เสร็จ"], [""]], "A1")
    if strict:
        with refused(400, "violates the data validation rules"):
            person.sheet1.update([["อื่น"]], "A3")
    else:
        person.sheet1.update([["อื่น"]], "A3")


@pytest.mark.parametrize("refuses", [True, False])
def test_a_dropdown_and_the_api(stage: Stage, book: gspread.Spreadsheet, refuses: bool) -> None:
    stage.world.switches.validation_refuses_api = refuses
    batch(book, {"setDataValidation": {"range": grid(0, 5, 0, 1), "rule": RULE}})
    if refuses:
        with refused(400, "violates the data validation rules"):
            batch(book, write(0, 0, "อื่น"))
    else:
        batch(book, write(0, 0, "อื่น"))


def test_a_write_keeps_rule_and_note(book: gspread.Spreadsheet) -> None:
    batch(book, {"setDataValidation": {"range": grid(0, 1, 0, 1), "rule": RULE}})
    book.sheet1.insert_note("A1", "โน้ต")
    batch(book, write(0, 0, "เสร็จ"))
    seen = book.fetch_sheet_metadata({"ranges": "A1", "includeGridData": "true"})
    cell = seen["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert cell["note"] == "โน้ต"
    assert cell["dataValidation"] == RULE


def test_not_shared(stage: Stage) -> None:
    stage.world.create_spreadsheet("private", "x", "owner")
    with pytest.raises(PermissionError):
        stage.client().open_by_key("private")
    stage.world.share("private", "sujarit@sandbox.iam.gserviceaccount.com")
    assert stage.client().open_by_key("private").title == "x"


def test_not_there(stage: Stage) -> None:
    with pytest.raises(gspread.SpreadsheetNotFound):
        stage.client().open_by_key("nowhere")


def test_a_stranger_outside_the_office(stage: Stage) -> None:
    with pytest.raises(PermissionError):
        stage.person("someone@elsewhere.example").open_by_key(BOOK)


def test_a_reader_reads_only(stage: Stage, book: gspread.Spreadsheet) -> None:
    book.share("guest@elsewhere.example", "user", "reader", notify=False)
    guest = stage.person("guest@elsewhere.example").open_by_key(BOOK)
    assert guest.sheet1.get_all_values() == [[]]
    with refused(403):
        guest.sheet1.update([["x"]], "A1")
