"""Adopting what people wrote, on a served stand-in: nothing moves, nothing comes twice."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import gspread
import pytest

from sheets import wire
from sheets.google import Google, SheetError
from sheets.install import InstallReport, everything, install, questions
from sheets.lacks import Kind
from sheets.layout import BY_KEY
from store.database import Database
from tests.sheets.claimed import claim, claimed, just_before, remembered
from tests.sheets.conftest import AGENCY, BOOK, Office, Served, person

TABLE = [
    ["แผนส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. ๒๕๖๗"],
    [],
    ["ลำดับ", "มาตรการ/ กิจกรรม", "วิธีดำเนินการ", "ระยะเวลาดำเนินการ", "ผู้รับผิดชอบ", "สรุปผล", "พี่เลี้ยง"],
    ["1", "จัดทำคู่มือ", "ประชุม\nแจ้งเวียน", "ตลอดปีงบประมาณ", "กองคลัง", "ทำแล้ว ๒ ครั้ง", "แดง"],
    ["2", "=ประกาศ", "", "๓๐ ต.ค.๖๖", "สำนักปลัด", "", ""],
    [],
    ["5", "อบรม", "", "แล้วแต่งบประมาณ", "ทุกกอง", "", "เขียว"],
    ["", "", "ยังไม่ได้คิดชื่อ", "", "กองช่าง", "", ""],
]  # fmt: skip
AGREE: dict[str, Any] = {"may": everything, "fiscal_year": 2568}


@pytest.fixture
def theirs(served: Served, google: Google) -> gspread.Worksheet:
    """A spreadsheet in which people kept their measures before the bot came."""
    tab = person(served).sheet1
    tab.update_title("แผน 67")
    tab.update([[*row, *[""] * (7 - len(row))] for row in TABLE], "A1", raw=True)
    tab.format("A3:G3", {"textFormat": {"bold": True}})
    assert google.email
    return tab


def adopted(database: Database, google: Google, theirs: gspread.Worksheet) -> InstallReport:
    return claim(database, google, theirs.spreadsheet, **AGREE)


def test_the_table_becomes_the_tab_of_measures_and_nothing_of_it_moves(
    database: Database, google: Google, served: Served, theirs: gspread.Worksheet
) -> None:
    before = theirs.get_all_values()
    report = adopted(database, google, theirs)
    assert (report.adopted, report.unclear, report.left) == (3, 1, ())
    assert "มาตรการ" not in report.made
    office = Office(database, google, served)
    office.settle()
    after = [row[:7] for row in theirs.get_all_values()]
    assert after == before
    assert office.state().tabs["measures"] == theirs.id

    facts = [(m.number, m.title, m.unit, m.output, m.fiscal_year) for m in measures(office)]
    assert facts == [
        (1, "จัดทำคู่มือ", "กองคลัง", "ทำแล้ว ๒ ครั้ง", 2567),
        (2, "=ประกาศ", "สำนักปลัด", "", 2567),
        (5, "อบรม", "ทุกกอง", "", 2567),
    ]
    assert office.measure(1).method == "ประชุม\nแจ้งเวียน"
    asked = [(row["ช่อง"], row["ข้อความในชีต"]) for row in office.rows("doubts")]
    assert asked == [("", "ยังไม่ได้คิดชื่อ · กองช่าง"), ("ระยะเวลาดำเนินการ", "แล้วแต่งบประมาณ")]


@pytest.mark.long
def test_adopting_twice_adopts_nothing_twice(
    database: Database, google: Google, served: Served, theirs: gspread.Worksheet
) -> None:
    adopted(database, google, theirs)
    office = Office(database, google, served)
    office.settle()
    before = office.everything()
    for _ in range(2):
        again = install(database, google, AGENCY, BOOK, **AGREE)
        assert (again.changes, again.adopted, again.made) == (0, 0, ())
        assert questions(database, google, AGENCY, BOOK, 2568) == []
    assert office.everything() == before
    assert len(measures(office)) == 3


@pytest.mark.long
def test_chat_reports_reach_the_row_in_the_peoples_own_table(
    database: Database, google: Google, served: Served, theirs: gspread.Worksheet
) -> None:
    adopted(database, google, theirs)
    office = Office(database, google, served)
    office.settle()
    office.report(office.measure(2), "ประกาศบนเว็บไซต์แล้ว")
    office.settle()
    assert theirs.acell("F5").value == "ประกาศบนเว็บไซต์แล้ว"
    theirs.update_acell("E5", "กองสาธารณสุข")
    office.settle()
    assert office.measure(2).unit == "กองสาธารณสุข"


@pytest.mark.long
def test_nothing_is_touched_before_the_sheet_is_proved_to_be_the_agencys(
    database: Database, google: Google, served: Served, theirs: gspread.Worksheet
) -> None:
    before = theirs.get_all_values()
    report = install(database, google, AGENCY, BOOK, **AGREE)
    assert report.made == ("อ่านก่อน",)
    assert [tab.title for tab in person(served).worksheets()] == ["อ่านก่อน", "แผน 67"]
    assert theirs.get_all_values() == before
    assert theirs.column_count == 26


@pytest.mark.long
def test_who_declines_gets_a_tab_beside_it(
    database: Database, google: Google, theirs: gspread.Worksheet
) -> None:
    before = theirs.get_all_values()
    report = claim(database, google, theirs.spreadsheet, fiscal_year=2568)
    assert "มาตรการ" in report.made
    assert report.adopted == 0
    assert theirs.get_all_values() == before
    assert questions(database, google, AGENCY, BOOK, 2568) == []


@pytest.mark.long
def test_it_is_asked_about_in_words(
    database: Database, google: Google, theirs: gspread.Worksheet
) -> None:
    report = install(database, google, AGENCY, BOOK, fiscal_year=2568)
    assert questions(database, google, AGENCY, BOOK, 2568) == [], "not before the code was typed"
    theirs.spreadsheet.get_worksheet_by_id(1001).update_acell("A3", str(report.code))
    (lack,) = questions(database, google, AGENCY, BOOK, 2568)
    assert (lack.kind, lack.title, lack.count) == (Kind.TABLE, "แผน 67", 3)


FAULTS = ("drop_before", "drop_after", "applied_then_503", "503", "429")


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_cut_off_at_every_batch_it_ends_the_same(
    fault: str, database: Database, google: Google, served: Served, theirs: gspread.Worksheet
) -> None:
    """Each batch in turn fails once, on the way there or back."""
    before = theirs.get_all_values()
    first = install(database, google, AGENCY, BOOK, **AGREE)
    theirs.spreadsheet.get_worksheet_by_id(1001).update_acell("A3", str(first.code))
    cuts = 0
    for _ in range(20):
        served.world.faults.add("batchUpdate", fault)
        try:
            install(database, google, AGENCY, BOOK, **AGREE)
            break
        except SheetError:
            cuts += 1
            served.world.faults.clear()
            goes_on(database, google)
    served.world.faults.clear()
    assert cuts >= 2, "tabs, adopted columns, tags and ids are batches of their own"
    office = Office(database, google, served)
    office.settle()
    assert [m.number for m in measures(office)] == [1, 2, 5]
    assert [row[:7] for row in theirs.get_all_values()] == before


def goes_on(database: Database, google: Google) -> None:
    """One more batch gets through, so that the next cut is a step further."""
    really, sent = google.batch, 0

    def once(spreadsheet_id: str, changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        nonlocal sent
        sent += 1
        if sent > 1:
            raise SheetError("temporary", "cut")
        return really(spreadsheet_id, changes)

    google.batch = once  # type: ignore[method-assign]
    with suppress(SheetError):
        install(database, google, AGENCY, BOOK, **AGREE)
    google.batch = really  # type: ignore[method-assign]


# --- Rows that are typed later


def typed(office: Office, line: int, **cells: str) -> None:
    tab = office.tab("measures")
    header = [column.key for column in BY_KEY["measures"].columns]
    row = [cells.get(key, "") for key in header]
    tab.update([row], f"A{line}", raw=True)


def measures(office: Office) -> Any:
    from store import register

    with office.database.agency(AGENCY) as tx:
        return register.measures(tx)


@pytest.fixture
def work(office: Office) -> Office:
    claimed(office)
    for number in (1, 2):
        office.add_measure(number)
    office.settle()
    return office


def again(office: Office) -> InstallReport:
    return install(office.database, office.google, AGENCY, BOOK, **AGREE)


@pytest.mark.long
def test_a_row_typed_below_counts(work: Office) -> None:
    typed(work, 6, title="มาตรการที่พิมพ์เอง", unit="กองคลัง", status="อยู่ระหว่างดำเนินการ")
    report = again(work)
    assert (report.adopted, report.unclear) == (1, 0)
    work.settle()
    new = work.measure(3)
    assert (new.title, new.unit, new.fiscal_year) == ("มาตรการที่พิมพ์เอง", "กองคลัง", 2568)
    row = next(row for row in work.rows("measures") if row["ลำดับที่"] == "3")
    assert row["รหัสแถว"] == str(new.id)
    assert row["สถานะ"] == "อยู่ระหว่างดำเนินการ"
    assert work.tab("measures").row_values(6)[3] == "มาตรการที่พิมพ์เอง", "it stays where it was"
    assert work.rows("doubts") == []


@pytest.mark.long
def test_a_copied_row_with_a_title_of_its_own_is_a_new_measure(work: Office) -> None:
    work.report(work.measure(2), "ทำแล้ว")
    work.settle()
    tab = work.tab("measures")
    copied = next(i for i, row in enumerate(tab.get_all_values(), 1) if row[2] == "2")
    row = tab.row_values(copied)
    tab.insert_row(row, copied + 1)
    assert again(work).adopted == 0, "an identical one is a question"
    tab.update_cell(copied + 1, 4, "เรื่องใหม่")
    assert again(work).adopted == 1
    work.settle()
    new = work.measure(3)
    assert (new.title, new.output, new.percent) == ("เรื่องใหม่", "", None)
    assert work.measure(2).output == "ทำแล้ว"
    titles = [row["มาตรการ/กิจกรรม"] for row in work.rows("measures")]
    assert len(titles) == len(set(titles)) == 3
    results = {row["มาตรการ/กิจกรรม"]: row["สรุปผลการดำเนินการ"] for row in work.rows("measures")}
    assert results["เรื่องใหม่"] == ""


SHEET = BY_KEY["measures"].sheet_id
WIDTH = len(BY_KEY["measures"].columns) + 6
MEANWHILE: dict[str, dict[str, Any]] = {
    "inserts a line above": {"insertDimension": {"range": wire.lines(SHEET, "ROWS", 1, 2)}},
    "deletes the line above": {"deleteDimension": {"range": wire.lines(SHEET, "ROWS", 4, 5)}},
    "sorts": {
        "sortRange": {
            "range": wire.area(SHEET, 1, 8, 0, WIDTH),
            "sortSpecs": [{"dimensionIndex": 3, "sortOrder": "DESCENDING"}],
        }
    },
    "moves the line up": {
        "moveDimension": {"source": wire.lines(SHEET, "ROWS", 5, 6), "destinationIndex": 1}
    },
    "inserts a column": {"insertDimension": {"range": wire.lines(SHEET, "COLUMNS", 0, 1)}},
}


@pytest.mark.long
@pytest.mark.parametrize("step", [0, 1], ids=["tag", "id"])
@pytest.mark.parametrize(
    ("act", "follows"), [*((act, True) for act in MEANWHILE), ("sorts", False)]
)
def test_a_person_moves_rows_between_look_and_batch(
    act: str, step: int, follows: bool, work: Office
) -> None:
    """Whichever of the two batches it hits: each row ends as one measure, with its own words."""
    work.served.world.switches.metadata_follows_ui_sort = follows
    typed(work, 6, title="ก มาตรการที่พิมพ์เอง", unit="กองคลัง")
    typed(work, 7, title="ฮ มาตรการที่พิมพ์เอง", unit="กองช่าง")
    known = {m.title: m.id for m in measures(work)}
    just_before(work, step + 1, MEANWHILE[act])
    again(work)
    work.settle()
    again(work)
    work.settle()
    rows = {row["มาตรการ/กิจกรรม"]: row for row in work.rows("measures")}
    assert len(rows) == len(work.rows("measures")) == len(measures(work)) == 4
    for one in measures(work):
        row = rows[one.title]
        assert (row["รหัสแถว"], row["ผู้รับผิดชอบ"]) == (str(one.id), one.unit)
    now = {m.title: m.id for m in measures(work)}
    assert known.items() <= now.items(), "and the old ones are who they were"


@pytest.mark.long
def test_a_row_that_cannot_be_read_is_asked_about_once_and_settled_by_itself(work: Office) -> None:
    typed(work, 6, unit="กองคลัง")
    for _ in range(2):
        assert again(work).unclear == 1
        work.settle()
    (asked,) = work.rows("doubts")
    assert (asked["แท็บ"], asked["ข้อความในชีต"]) == ("มาตรการ", "กองคลัง")
    typed(work, 6, unit="กองคลัง", title="จัดทำคู่มือ")
    assert again(work).adopted == 1
    work.settle()
    (asked,) = work.rows("doubts")
    assert asked["ผล"] == "แก้ไขในชีตแล้ว"


@pytest.mark.long
def test_a_register_that_was_lost_is_read_back_from_the_sheet(
    work: Office, database: Database, google: Google
) -> None:
    import sqlalchemy as sa

    work.report(work.measure(1), "ทำแล้ว")
    work.settle()
    before = {(m.id, m.number, m.title, m.output) for m in measures(work)}
    shown = work.rows("measures")
    with database.agency(AGENCY) as tx:
        for table in ("progress", "measure", "mirror", "outbox", "spreadsheet"):
            tx.sql.execute(sa.text(f"DELETE FROM {table}"))
    report = claim(database, google, work.book, **AGREE)
    assert report.adopted == 2
    work.settle()
    assert {(m.id, m.number, m.title, m.output) for m in measures(work)} == before
    for before_row, row in zip(shown, work.rows("measures"), strict=True):
        # When it was reported nobody reads back; everything else stands as it stood.
        assert {**before_row, "รายงานล่าสุด": ""} == row
    assert work.add_measure(3).id > max(row_id for row_id, *_ in before)
    assert remembered(work)["measures"]
