"""A copy of the whole spreadsheet, and an agency that moves to it."""

import threading
from contextlib import nullcontext
from pathlib import Path

import gspread
import pytest

from sheets import moving
from sheets.install import everything, install, nothing, questions
from sheets.layout import BY_KEY
from sheets.sync import sync
from store.sheet_state import OtherSpreadsheet
from tests.sandbox.google.stage import Stage
from tests.sheets.claimed import claim, claimed
from tests.sheets.conftest import AGENCY, BOOK, NOW, Office

KEEPS = pytest.mark.parametrize(
    "keeps",
    [True, pytest.param(False, marks=pytest.mark.long)],
    ids=["with tags", "without tags"],
)


@pytest.fixture
def work(office: Office) -> Office:
    claimed(office)
    for number in (1, 2, 3):
        office.add_measure(number)
    office.file_case("68-0001")
    office.settle()
    office.report(office.measure(1), "รายงานแรก")
    office.settle()
    return office


def copy_of(office: Office, *, keeps: bool = True) -> gspread.Spreadsheet:
    """A coordinator chooses File → Make a copy, and shares the copy with the program."""
    office.served.world.switches.copy_keeps_metadata = keeps
    stage = Stage(office.served.world, office.served.url, Path())
    copy = stage.person("malee").copy(BOOK, "สำเนา")
    assert office.google.email
    office.served.world.share(copy.id, office.google.email)
    return copy


def shown(book: gspread.Spreadsheet) -> dict[str, list[list[str]]]:
    return {tab.title: tab.get_all_values() for tab in book.worksheets() if tab.title != "อ่านก่อน"}


def moved(office: Office, copy: gspread.Spreadsheet) -> Office:
    """The operator changes the agency's file and moves it; somebody types the code there."""
    moving.move(office.database, office.google, AGENCY, copy.id)
    return arrived(office, copy)


def arrived(office: Office, copy: gspread.Spreadsheet) -> Office:
    claim(office.database, office.google, copy, may=everything)
    there = Office(office.database, office.google, office.served)
    there.book = copy
    return there


def numbers(book: gspread.Spreadsheet, tab: str, header: str) -> list[str]:
    first, *rows = book.worksheet(tab).get_all_values()
    return [row[first.index(header)] for row in rows if any(row)]


@pytest.mark.long
def test_a_copy_is_never_written(work: Office) -> None:
    copy = copy_of(work)
    before = shown(copy)
    work.report(work.measure(2), "หลังสำเนา")
    work.settle()
    assert shown(copy) == before
    with pytest.raises(OtherSpreadsheet):
        install(work.database, work.google, AGENCY, copy.id, may=everything)
    assert shown(copy) == before


@KEEPS
def test_rows_are_recognised_and_what_came_after_the_copy_is_brought_along(
    keeps: bool, work: Office
) -> None:
    copy = copy_of(work, keeps=keeps)
    work.report(work.measure(2), "หลังสำเนา", percent=40)
    added = work.add_measure(4)
    work.settle()
    old = shown(work.book)
    found = moving.look(work.database, work.google, AGENCY, copy.id)
    there_are = (
        *("มาตรการ", "ความก้าวหน้า", "คะแนน ITA", "ข้อ OIT"),
        *("เรื่องร้องเรียน", "สถิติเรื่องร้องเรียน"),
    )
    assert found.recognised == sum(len(numbers(copy, tab, "รหัสแถว")) for tab in there_are)
    assert found.taken == ()
    assert found.written == 2, "the measure and the report that came later"
    assert len(found.overwritten) == 1
    assert "ยังไม่ได้ดำเนินการ" in found.overwritten[0]

    there = moved(work, copy)
    there.settle()
    assert numbers(copy, "มาตรการ", "รหัสแถว") == [
        *numbers(work.book, "มาตรการ", "รหัสแถว")[:3], str(added.id)
    ]  # fmt: skip
    assert numbers(copy, "ความก้าวหน้า", "ผลที่รายงาน") == ["รายงานแรก", "หลังสำเนา"]
    assert numbers(copy, "มาตรการ", "สถานะ")[1] == "อยู่ระหว่างดำเนินการ"
    assert there.measure(2).percent == 40
    assert there.rows("doubts") == []
    assert questions(there.database, there.google, AGENCY, copy.id) == []

    there.report(there.measure(3), "ที่ใหม่")
    there.settle()
    assert numbers(copy, "ความก้าวหน้า", "ผลที่รายงาน")[-1] == "ที่ใหม่"
    assert shown(work.book) == old, "the old one is never written again"


@pytest.mark.long
def test_what_people_wrote_in_the_copy_counts(work: Office) -> None:
    copy = copy_of(work)
    tab = copy.worksheet("มาตรการ")
    header = tab.row_values(1)
    tab.update_cell(2, header.index("มาตรการ/กิจกรรม") + 1, "ชื่อที่แก้ในสำเนา")
    tab.update_cell(3, header.index("ผู้รับผิดชอบ") + 1, "กองที่แก้ในสำเนา")
    found = moving.look(work.database, work.google, AGENCY, copy.id)
    assert "ชื่อที่แก้ในสำเนา" in found.taken[0]
    assert "กองที่แก้ในสำเนา" in found.overwritten[0]
    there = moved(work, copy)
    there.settle()
    first = numbers(copy, "มาตรการ", "ลำดับที่")[0]
    assert there.measure(int(first)).title == "ชื่อที่แก้ในสำเนา"
    assert "กองที่แก้ในสำเนา" not in str(there.rows("measures")), "as the operator was told"


@pytest.mark.long
@KEEPS
def test_a_batch_in_doubt_when_the_copy_was_made_is_not_written_twice(
    keeps: bool, work: Office
) -> None:
    """The copy has its rows and its stamp, but the store does not know that it was applied."""
    work.report(work.measure(2), "ค้างอยู่")
    work.fault("applied_then_503")
    assert work.sync().outcome == "doubtful"
    assert work.waiting() > 0
    there = moved(work, copy_of(work, keeps=keeps))
    there.settle()
    assert numbers(there.book, "ความก้าวหน้า", "ผลที่รายงาน") == ["รายงานแรก", "ค้างอยู่"]
    assert there.waiting() == 0


@pytest.mark.long
def test_a_batch_that_hangs_meanwhile_reaches_the_old_spreadsheet_only(
    work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(work)
    work.report(work.measure(2), "ค้างกลางทาง")
    work.fault("hold_before")
    faults = work.served.world.faults
    late = threading.Thread(target=sync, args=(work.database, work.google, AGENCY, NOW))
    late.start()
    assert faults.wait_held()
    before = shown(copy)
    with monkeypatch.context() as frozen:  # for so long that its lock was lost
        frozen.setattr(moving, "undisturbed", lambda *_: nullcontext())
        moving.move(work.database, work.google, AGENCY, copy.id)
    assert shown(copy) == before
    faults.release()
    late.join()
    assert faults.wait_free()
    there = arrived(work, copy)
    there.settle()
    assert numbers(work.book, "ความก้าวหน้า", "ผลที่รายงาน") == ["รายงานแรก", "ค้างกลางทาง"]
    assert numbers(copy, "ความก้าวหน้า", "ผลที่รายงาน") == ["รายงานแรก", "ค้างกลางทาง"]
    assert there.rows("doubts") == []


@pytest.mark.long
def test_to_an_empty_spreadsheet_everything_is_written_anew(work: Office) -> None:
    work.served.world.create_spreadsheet("empty", "ว่าง", "owner")
    assert work.google.email
    work.served.world.share("empty", work.google.email)
    stage = Stage(work.served.world, work.served.url, Path())
    empty = stage.person("malee").open_by_key("empty")
    there = moved(work, empty)
    there.settle()
    for title, rows in shown(work.book).items():
        assert shown(empty)[title] == rows


@pytest.mark.long
def test_there_has_to_be_something_to_move(work: Office) -> None:
    with pytest.raises(OtherSpreadsheet, match="already"):
        moving.move(work.database, work.google, AGENCY, BOOK)
    with pytest.raises(OtherSpreadsheet, match="no spreadsheet yet"):
        moving.look(work.database, work.google, "nobody", BOOK)


@pytest.mark.long
def test_nothing_of_the_register_is_written_before_the_code_was_typed_there(work: Office) -> None:
    copy = copy_of(work)
    work.add_measure(4)
    moving.move(work.database, work.google, AGENCY, copy.id)
    before = shown(copy)
    report = install(work.database, work.google, AGENCY, copy.id, may=nothing)
    assert report.code is not None
    assert not report.confirmed
    assert shown(copy) == before
    assert BY_KEY["measures"].title in report.found
