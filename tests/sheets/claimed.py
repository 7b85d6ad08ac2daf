"""A sheet whose owner has proved that it is the agency's; and what the tests of mending share."""

from collections.abc import Sequence
from typing import Any

import gspread
import sqlalchemy as sa

from sheets.google import Google
from sheets.install import InstallReport, install
from sheets.layout import TABS
from store.database import Database
from tests.sheets.conftest import AGENCY, BOOK, Office, person

Json = dict[str, Any]
README = next(tab.sheet_id for tab in TABS if tab.key == "readme")


def type_code(book: gspread.Spreadsheet, code: str, cell: str = "A3", sheet: int = README) -> None:
    """A person types the code where อ่านก่อน asks for it."""
    book.get_worksheet_by_id(sheet).update_acell(cell, code)


def claim(
    database: Database, google: Google, book: gspread.Spreadsheet, **more: Any
) -> InstallReport:
    """Install, type the code as a person, install again."""
    first = install(database, google, AGENCY, book.id, **more)
    if first.code is None:
        return first
    type_code(book, first.code, sheet=book.worksheet(first.code_tab).id)
    report = install(database, google, AGENCY, book.id, **more)
    assert report.confirmed
    return report


def claimed(office: Office) -> Office:
    """The office, whose sheet is its own beyond doubt."""
    claim(office.database, office.google, office.book)
    return office


def rows_of(office: Office, key: str) -> list[dict[str, str]]:
    """A tab's filled lines by its headers, whatever id the tab has by now."""
    tab = office.book.get_worksheet_by_id(office.state().tabs[key])
    header, *lines = tab.get_all_values()
    return [dict(zip(header, line, strict=True)) for line in lines if any(line)]


def owner(office: Office) -> gspread.Spreadsheet:
    """Who made the spreadsheet: no protection holds him."""
    return person(office.served, "owner@owner.sandbox.example")


def just_before(office: Office, batch: int, edit: Json) -> None:
    """A person acts the moment before the program's batch of this number is applied."""
    really, sent = office.google.batch, 0

    def watched(spreadsheet_id: str, changes: Sequence[Json]) -> list[Json]:
        nonlocal sent
        sent += 1
        if sent == batch:
            office.served.world.faults.add("batchUpdate", "person_first", edits=[edit])
        return really(spreadsheet_id, changes)

    office.google.batch = watched  # type: ignore[method-assign]


def api(office: Office, *requests: Json) -> None:
    """Something happens to the sheet that no person can do in a browser."""
    office.google.batch(BOOK, list(requests))


def remembered(office: Office) -> dict[str, list[str]]:
    """The columns that the store thinks stood in each tab."""
    with office.database.agency(AGENCY) as tx:
        found: dict[str, list[str]] = tx.sql.scalar(sa.text("SELECT furnished FROM spreadsheet"))
    return found


def remember(office: Office, memory: dict[str, list[str]]) -> None:
    """As an older program would have left it."""
    from sqlalchemy.dialects.postgresql import JSONB

    set_ = sa.text("UPDATE spreadsheet SET furnished = :memory").bindparams(
        sa.bindparam("memory", type_=JSONB)
    )
    with office.database.agency(AGENCY) as tx:
        tx.sql.execute(set_, {"memory": memory})
