"""The code that a person types into อ่านก่อน, to prove that the spreadsheet is the agency's."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sheets.google import Google
from store import sheet_owner, sheet_state
from store.database import Database
from store.sheet_owner import HALF, LETTERS
from store.sheet_state import Sheet

_CODE = re.compile(
    rf"(?<![A-Z0-9])([{LETTERS}]{{{HALF}}})[-–— ]?([{LETTERS}]{{{HALF}}})(?![A-Z0-9])"
)
MOST = 100
"""More words like a code than anybody types: nobody tries them all."""


def codes_in(sheet: Mapping[str, Any]) -> list[str]:
    """What looks like a code in a tab as Google answered it, wherever a person typed it.

    >>> cell = {"formattedValue": "รหัส abcd-efgh ค่ะ"}
    >>> codes_in({"data": [{"rowData": [{"values": [cell]}]}]})
    ['ABCDEFGH']
    """
    return list(_codes(sheet))[:MOST]


def _codes(sheet: Mapping[str, Any]) -> Iterator[str]:
    for data in sheet.get("data", []):
        for row in data.get("rowData", []):
            for cell in row.get("values", []):
                for halves in _CODE.findall(cell.get("formattedValue", "").upper()):
                    yield "".join(halves)


def is_confirmed(database: Database, google: Google, agency: str, sheet: Sheet) -> bool:
    """Whether the sheet is the agency's; looks for the code in อ่านก่อน while that is open.

    Raises SheetError where it cannot be read.
    """
    with database.agency(agency) as tx:
        if sheet_owner.is_confirmed(tx):
            return True
    if "readme" not in sheet.tabs:
        return False
    answer = google.read(sheet.spreadsheet_id, [sheet.tabs["readme"]])
    found = [code for one in answer.get("sheets", []) for code in codes_in(one)]
    with database.agency(agency) as tx:
        sheet_state.hold(tx, sheet.run)
        return sheet_owner.confirm(tx, found)
