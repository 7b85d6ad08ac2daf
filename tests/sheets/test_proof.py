"""The code that a person types into the sheet: once, within a day, in this spreadsheet alone."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from hypothesis import given
from hypothesis import strategies as st

from sheets.google import Google, SheetError
from sheets.install import install
from sheets.proof import MOST, codes_in, is_confirmed
from store import migrate, sheet_owner, sheet_state
from store.database import Database
from store.sheet_owner import LETTERS
from tests.sheets.claimed import type_code
from tests.sheets.conftest import AGENCY, BOOK, Office, Served, person


def tab(*texts: str) -> dict[str, Any]:
    return {"data": [{"rowData": [{"values": [{"formattedValue": text}]} for text in texts]}]}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ABCD-EFGH", ["ABCDEFGH"]),
        (" abcd-efgh ", ["ABCDEFGH"]),
        ("ABCDEFGH", ["ABCDEFGH"]),
        ("ABCD EFGH", ["ABCDEFGH"]),
        ("ABCD–EFGH", ["ABCDEFGH"]),  # Google's own correction of a dash
        ("รหัสABCD-EFGHค่ะ", ["ABCDEFGH"]),
        ("ABCD-EFGH / WXYZ-2345", ["ABCDEFGH", "WXYZ2345"]),
        ("XABCD-EFGH", []),
        ("ABCD-EFGHX", []),
        ("AB0D-EFGH", []),  # no code has a nought
        ("", []),
    ],
)
def test_what_looks_like_a_code(typed: str, found: list[str]) -> None:
    assert codes_in(tab("รหัสยืนยัน", typed)) == found


@given(st.lists(st.text(alphabet=LETTERS + "- \n", max_size=400), max_size=20))
def test_a_tab_full_of_codes_is_not_tried_out(texts: list[str]) -> None:
    found = codes_in(tab(*texts))
    assert len(found) <= MOST
    assert all(len(code) == 8 and set(code) <= set(LETTERS) for code in found)


def bare(code: str) -> str:
    return code.replace("-", "")


@pytest.fixture
def entered(database: Database) -> Database:
    """Two agencies with a spreadsheet each; nobody has proved anything."""
    for agency in (AGENCY, "khamphi"):
        with database.agency(agency) as tx:
            sheet_state.enter(tx, f"book-of-{agency}")
    return database


def test_a_code_is_good_once(entered: Database) -> None:
    with entered.agency(AGENCY) as tx:
        code = sheet_owner.issue_code(tx)
        assert not sheet_owner.is_confirmed(tx)
        assert not sheet_owner.confirm(tx, ["ABCDEFGH", ""])
        assert sheet_owner.confirm(tx, ["ABCDEFGH", bare(code)])
        assert sheet_owner.is_confirmed(tx)
        tx.sql.execute(sa.text("UPDATE spreadsheet SET confirmed_at = NULL"))
        assert not sheet_owner.confirm(tx, [bare(code)])


def test_the_newest_code_alone_is_good(entered: Database) -> None:
    with entered.agency(AGENCY) as tx:
        old, new = sheet_owner.issue_code(tx), sheet_owner.issue_code(tx)
        assert old != new
        assert not sheet_owner.confirm(tx, [bare(old)])
        assert sheet_owner.confirm(tx, [bare(new)])


def test_a_code_is_another_agencys_no_code(entered: Database) -> None:
    with entered.agency(AGENCY) as tx:
        code = sheet_owner.issue_code(tx)
    with entered.agency("khamphi") as tx:
        sheet_owner.issue_code(tx)
        assert not sheet_owner.confirm(tx, [bare(code)])


@pytest.mark.parametrize(
    "change",
    ["code_until = now() - interval '1 second'", "spreadsheet_id = 'another'"],
    ids=["a day later", "in another spreadsheet"],
)
def test_a_code_dies(change: str, entered: Database) -> None:
    with entered.agency(AGENCY) as tx:
        code = sheet_owner.issue_code(tx)
        left = tx.sql.scalar(sa.text("SELECT code_until - now() FROM spreadsheet"))
        assert left is not None
        assert left.total_seconds() == 24 * 3600
        tx.sql.execute(sa.text(f"UPDATE spreadsheet SET {change}"))
        assert not sheet_owner.confirm(tx, [bare(code)])


def test_the_store_does_not_know_the_code(entered: Database) -> None:
    with entered.agency(AGENCY) as tx:
        code = sheet_owner.issue_code(tx)
        row = str(tx.sql.execute(sa.text("SELECT * FROM spreadsheet")).one())
    assert bare(code) not in row
    assert code not in row


def test_who_had_a_sheet_before_there_were_codes_has_it_still(postgres: str) -> None:
    """The migration of a database in use."""
    schema = "before_codes"
    engine = sa.create_engine(postgres, connect_args={"options": f"-c search_path={schema}"})
    with engine.begin() as sql:
        sql.execute(sa.schema.CreateSchema(schema))
        migrate._take_role(sql)
        config = migrate._config()
        config.attributes["connection"] = sql
        command.upgrade(config, "0004")
        sql.execute(sa.text("INSERT INTO spreadsheet (agency, spreadsheet_id) VALUES ('old', 'b')"))
        command.upgrade(config, "head")
        sql.execute(sa.text("INSERT INTO spreadsheet (agency, spreadsheet_id) VALUES ('new', 'c')"))
        rows = sql.execute(sa.text("SELECT agency, confirmed_at FROM spreadsheet")).all()
        assert {row.agency: row.confirmed_at is not None for row in rows} == {
            "old": True,
            "new": False,
        }
        sql.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


# --- In a sheet


def confirmed(office: Office) -> bool:
    return is_confirmed(office.database, office.google, AGENCY, office.state())


@pytest.fixture
def unproved(office: Office) -> Office:
    """The office before anybody typed anything."""
    with office.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE spreadsheet SET confirmed_at = NULL"))
    return office


def test_the_code_is_seen_wherever_it_was_typed(unproved: Office) -> None:
    office = unproved
    report = install(office.database, office.google, AGENCY, BOOK)
    assert report.code is not None
    assert not confirmed(office)
    type_code(office.book, report.code.lower(), "D9")
    assert confirmed(office)
    calls = len(office.served.world.calls)
    assert confirmed(office)
    assert len(office.served.world.calls) == calls, "from then on nothing is read for it"


def test_nothing_but_empty_tabs_is_there_before(
    database: Database, google: Google, served: Served
) -> None:
    report = install(database, google, AGENCY, BOOK)
    assert (report.confirmed, report.code_tab) == (False, "อ่านก่อน")
    assert "รหัสยืนยัน" in str(person(served).get_worksheet_by_id(1001).acell("A2").value)
    again = install(database, google, AGENCY, BOOK)
    assert again.code not in (None, report.code)


def test_a_moved_agencys_lists_do_not_come_before_the_code(
    database: Database, google: Google, served: Served
) -> None:
    with database.agency(AGENCY) as tx:
        sheet_state.save_list(tx, "holidays", [{"day": "1 มกราคม 2568", "name": "วันขึ้นปีใหม่"}])
    install(database, google, AGENCY, BOOK)
    assert "ขึ้นปีใหม่" not in str(person(served).get_worksheet_by_id(1009).get_all_values())


def test_where_somebodys_sujarit_is_at_home_only_the_place_for_the_code_is_made(
    office: Office, database: Database, google: Google
) -> None:
    """A mistyped spreadsheet that another deployment serves: its tags are there already."""
    before = set(office.everything())
    report = install(database, google, "khamphi", BOOK)
    assert report.made == ("อ่านก่อน (สุจริต)",)
    assert set(office.everything()) - before == {"อ่านก่อน (สุจริต)"}
    assert report.code is not None


def test_a_sheet_that_cannot_be_read_confirms_nothing(unproved: Office) -> None:
    unproved.fault("503", "getByDataFilter")
    with pytest.raises(SheetError):
        confirmed(unproved)


def test_no_sync_writes_or_reads_before(unproved: Office) -> None:
    unproved.add_measure(1)
    before = unproved.everything()
    calls = len(unproved.served.world.calls)
    assert unproved.sync().outcome == "not_installed"
    assert len(unproved.served.world.calls) == calls
    assert unproved.everything() == before


def test_with_the_code_the_sync_begins(unproved: Office) -> None:
    unproved.add_measure(1)
    report = install(unproved.database, unproved.google, AGENCY, BOOK)
    assert report.code is not None
    type_code(unproved.book, report.code)
    assert confirmed(unproved)
    assert unproved.sync().outcome == "written"
    assert len(unproved.rows("measures")) == 1
