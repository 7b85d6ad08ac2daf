"""What a token may be used for, and what a copy of a spreadsheet brings along."""

from typing import Any

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from tests.sandbox.google.stage import (
    BOOK,
    Loopback,
    Stage,
    batch,
    create_tag,
    refused,
    rows,
    tag,
    tagged_rows,
    write,
)

SHEETS = f"https://sheets.googleapis.com/v4/spreadsheets/{BOOK}"
SHARED = f"https://www.googleapis.com/drive/v3/files/{BOOK}/permissions"
SCOPE = "https://www.googleapis.com/auth/"


def status(stage: Stage, scope: str, method: str, url: str, **content: Any) -> tuple[int, str]:
    """Status and reason of a call with a token of one scope."""
    read: Any = Credentials.from_service_account_file
    session: Any = AuthorizedSession
    beside, over = requests.Session(), Loopback(stage.address)
    beside.mount("https://www.googleapis.com", over)
    client = session(read(str(stage.key), scopes=[SCOPE + scope]), auth_request=Request(beside))
    client.mount("https://", over)
    answer = client.request(method, url, timeout=10, **content)
    errors = answer.json().get("error", {}).get("errors", [{}])
    return answer.status_code, errors[0].get("reason", "")


READ_SHEET: Any = ("GET", SHEETS, {})
READ_SHARING: Any = ("GET", SHARED, {})
WRITE_SHEET: Any = ("POST", f"{SHEETS}:batchUpdate", {"json": {"requests": [write(0, 0, "ก")]}})
SHARE: Any = ("POST", SHARED, {"json": {"type": "anyone", "role": "reader"}})


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ("spreadsheets", (READ_SHEET, WRITE_SHEET)),
        ("spreadsheets.readonly", (READ_SHEET,)),
        ("drive.metadata.readonly", (READ_SHARING,)),
        ("drive.readonly", (READ_SHARING,)),
        ("drive.file", (READ_SHEET, WRITE_SHEET, READ_SHARING, SHARE)),
        ("drive", (READ_SHEET, WRITE_SHEET, READ_SHARING, SHARE)),
        ("gmail.readonly", ()),
    ],
)
def test_a_token_is_good_for_its_scopes_only(stage: Stage, scope: str, may: Any) -> None:
    """The scopes of each method stand in the discovery documents of Sheets v4 and Drive v3."""
    for method, url, content in (READ_SHEET, WRITE_SHEET, READ_SHARING, SHARE):
        expected = 200 if (method, url, content) in may else 403
        assert status(stage, scope, method, url, **content)[0] == expected, (scope, method, url)


def test_refusals_of_drive_name_their_reason(stage: Stage) -> None:
    assert status(stage, "spreadsheets", "GET", SHARED) == (403, "insufficientPermissions")
    stage.world.switches.drive_enabled = False
    assert status(stage, "drive.metadata.readonly", "GET", SHARED) == (403, "accessNotConfigured")
    assert status(stage, "spreadsheets", "GET", SHEETS)[0] == 200, "Sheets is another API"
    assert stage.person("somchai").open_by_key(BOOK).list_permissions(), "a browser needs neither"


@pytest.mark.parametrize("kept", [True, False])
def test_a_copy_of_the_whole_spreadsheet(
    stage: Stage, book: gspread.Spreadsheet, kept: bool
) -> None:
    stage.world.switches.copy_keeps_metadata = kept
    batch(book, write(3, 0, "ก"), tag(7, 3), create_tag(500, {"spreadsheet": True}, "s"))
    copy = stage.person("somchai").copy(BOOK, "สำเนา")
    assert copy.sheet1.id == book.sheet1.id
    assert copy.sheet1.acell("A4").value == "ก"
    assert tagged_rows(copy) == ({7: 3} if kept else {})
    assert tagged_rows(book) == {7: 3}
    batch(copy, {"deleteDimension": {"range": rows(0, 1)}})
    assert tagged_rows(book) == {7: 3}, "the copy lives its own life"


@pytest.mark.parametrize(("counts", "line"), [(False, "A2"), (True, "A6")])
def test_append_below_a_line_that_has_only_a_format(
    stage: Stage, book: gspread.Spreadsheet, counts: bool, line: str
) -> None:
    stage.world.switches.append_counts_formats = counts
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    place = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 5}
    cells = [{"values": [{"userEnteredValue": {"stringValue": "ใหม่"}}]}]
    batch(
        book,
        write(0, 0, "หัว"),
        {"repeatCell": {"range": place, "cell": bold, "fields": "userEnteredFormat"}},
        {"appendCells": {"sheetId": 0, "rows": cells, "fields": "userEnteredValue"}},
    )
    assert book.sheet1.acell(line).value == "ใหม่"


def test_a_service_account_copies_nothing(stage: Stage) -> None:
    with refused(403, "storage quota"):
        stage.client().copy(BOOK, "สำเนา")
