"""What goes wrong between us and Google: every row still comes once, and on the right line."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import gspread
import pytest

from ita.clocks import DEFAULT_CLOCKS
from ita.measures import Measure
from sheets.batch import batch
from sheets.google import Google, Json, SheetError
from sheets.layout import ID_HEADER
from sheets.snapshot import Snapshot, read_snapshot
from sheets.sync import MAX_OPEN, SyncResult, _Sync
from tests.sheets.conftest import AGENCY, BOOK, NOW, Office, Offices

RESULT = "สรุปผลการดำเนินการ"


def results(office: Office) -> dict[str, str]:
    return {row["มาตรการ/กิจกรรม"]: row[RESULT] for row in office.rows("measures")}


def reports(office: Office) -> list[str]:
    return [row["ผลที่รายงาน"] for row in office.rows("progress")]


@pytest.fixture
def measure(office: Office, offices: Offices) -> Measure:
    """A measure that stands in the sheet beside another."""

    def enter() -> None:
        office.add_measure(2)
        office.add_measure(1)
        office.settle()

    offices.furnish("two_measures", office.served, enter)
    return office.measure(1)


DOUBTS = ["drop_before", "drop_after", "applied_then_503", "500", "503"]


@pytest.mark.parametrize("missing", ["ignore", "refuse"])
@pytest.mark.parametrize("fault", DOUBTS)
def test_a_write_in_doubt_is_settled_by_reading(
    fault: str, missing: str, office: Office, measure: Measure
) -> None:
    office.served.world.switches.delete_metadata_without_match = missing
    office.report(measure, "ผล")
    office.fault(fault)
    result = office.sync()
    assert (result.outcome, result.retry_after) == ("doubtful", 2.0)
    office.settle()
    assert reports(office) == ["ผล"]
    assert results(office) == {"มาตรการทดสอบ 1": "ผล", "มาตรการทดสอบ 2": ""}
    assert office.waiting() == 0
    assert office.state().attempts == ()


def test_doubt_upon_doubt(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")
    for fault in DOUBTS * 2:
        office.fault(fault)
        office.sync()
        assert len(office.state().attempts) <= MAX_OPEN + len(DOUBTS)
    office.report(measure, "ผลใหม่", minute=1)
    office.settle()
    assert reports(office) == ["ผล", "ผลใหม่"]
    assert results(office)["มาตรการทดสอบ 1"] == "ผลใหม่"


@contextmanager
def held_sync(office: Office) -> Iterator[Future[SyncResult]]:
    """A sync whose batch Google holds, and whose lock went with its connection."""
    office.fault("hold_before")
    with ThreadPoolExecutor(1) as pool:
        frozen = pool.submit(office.sync)
        assert office.served.world.faults.wait_held()
        yield frozen
        office.served.world.faults.clear()


def unlocked_sync(office: Office) -> SyncResult:
    """A sync that the lock does not keep out: what protects the data is the fence alone."""
    return _Sync(office.database, office.google, AGENCY, NOW, DEFAULT_CLOCKS, ()).run()


@pytest.mark.parametrize("missing", ["ignore", "refuse"])
@pytest.mark.parametrize("batches_between", [1, 2, 3])
def test_a_batch_that_arrives_late_is_refused_however_late(
    batches_between: int, missing: str, office: Office, measure: Measure
) -> None:
    office.served.world.switches.delete_metadata_without_match = missing
    office.report(measure, "ผล")
    with held_sync(office) as frozen:
        for number in range(batches_between):
            office.report(measure, f"ต่อมา {number}", minute=number + 1)
            assert unlocked_sync(office).outcome == "written"
        _let_go(office)
        assert frozen.result().outcome == "doubtful"
    office.settle()
    assert reports(office) == ["ผล", *(f"ต่อมา {number}" for number in range(batches_between))]
    assert office.state().attempts == ()


def _let_go(office: Office) -> None:
    """Release what Google holds, and wait until it has been dealt with."""
    faults, calls = office.served.world.faults, office.served.world.calls
    before = len(calls)
    faults.release()
    for _ in range(200):
        if not faults.held and len(calls) > before:
            return
        threading.Event().wait(0.01)
    raise AssertionError("what was held did not end")


def test_a_batch_that_was_applied_after_we_read_keeps_the_next_one_out(
    office: Office, measure: Measure
) -> None:
    """The held batch comes through between our read and our write: ours is the one refused."""
    office.report(measure, "ผล")
    with held_sync(office) as frozen:
        before_writing(office, lambda: _let_go(office))
        assert unlocked_sync(office).outcome == "doubtful"
        assert frozen.result().outcome == "busy"
    office.settle()
    assert reports(office) == ["ผล"]


def before_writing(office: Office, event: Callable[[], object]) -> None:
    """Let something happen once between the next sync's read and its write."""
    google = office.google

    class Interrupted(Google):
        def batch(self, spreadsheet_id: str, changes: Sequence[Json]) -> list[Json]:
            office.google = google
            event()
            return google.batch(spreadsheet_id, changes)

    between = object.__new__(Interrupted)
    between.__dict__ = google.__dict__
    office.google = between


def test_the_very_same_request_twice_is_applied_once(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")
    office.fault("drop_after")
    office.sync()
    (attempt,) = office.state().attempts
    office.settle()
    again = batch(_seen(office), attempt.rows, attempt.stamp)
    with pytest.raises(SheetError, match="stamp_exists"):
        office.google.batch(BOOK, again)
    assert reports(office) == ["ผล"]


def _seen(office: Office) -> Snapshot:
    """The snapshot on which the first batch rested: before its stamp was there."""
    state = office.state()
    tabs = {key: state.tabs[key] for key in ("measures", "progress")}
    snapshot = read_snapshot(office.google.read(BOOK, [tabs["measures"]], [tabs["progress"]]), tabs)
    return replace(snapshot, stamp="1.before")


def test_ten_syncs_at_once_write_once(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")
    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(lambda _: office.sync().outcome, range(10)))
    assert set(outcomes) <= {"written", "busy", "idle"}
    office.settle()
    assert reports(office) == ["ผล"]


def test_a_sync_that_froze_before_it_wrote_changes_nothing(
    office: Office, measure: Measure
) -> None:
    """Another one does the work between its read and its write."""
    office.report(measure, "ผล")

    def another() -> None:
        office.report(measure, "ผลใหม่", minute=1)
        assert unlocked_sync(office).outcome == "written"

    before_writing(office, another)
    assert office.sync().outcome == "doubtful"
    office.settle()
    assert reports(office) == ["ผล", "ผลใหม่"]
    assert results(office)["มาตรการทดสอบ 1"] == "ผลใหม่"
    assert office.waiting() == 0


def test_a_sync_that_died_before_it_sent_anything(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")

    def die() -> None:
        raise KeyboardInterrupt

    before_writing(office, die)
    with pytest.raises(KeyboardInterrupt):
        office.sync()
    assert [attempt.applied for attempt in office.state().attempts] == [False]
    office.settle()
    assert reports(office) == ["ผล"]


def test_over_quota_nothing_was_applied_and_nothing_is_lost(
    office: Office, measure: Measure
) -> None:
    office.report(measure, "ผล")
    before = office.everything()
    office.fault("429")
    result = office.sync()
    assert (result.outcome, result.retry_after) == ("waiting", 10.0)
    assert office.everything() == before
    office.fault("429", call="getByDataFilter")
    assert office.sync().outcome == "waiting"
    office.settle()
    assert reports(office) == ["ผล"]


def test_what_somebody_has_to_mend_is_remembered_and_ends_by_itself(
    office: Office, measure: Measure
) -> None:
    world = office.served.world
    office.report(measure, "ผล")
    permissions = world.files[BOOK].permissions
    world.files[BOOK].permissions = [p for p in permissions if p["role"] == "owner"]
    result = office.sync()
    assert (result.outcome, result.problem, result.retry_after) == ("problem", "no_access", 60.0)
    assert office.state().problem == "no_access"
    world.files[BOOK].permissions = permissions
    office.settle()
    assert office.state().problem is None
    assert reports(office) == ["ผล"]


def test_a_deleted_tab_stops_the_sheet_and_loses_nothing(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")
    office.book.del_worksheet(office.tab("cases"))
    assert office.sync().problem == "tab_missing"
    assert office.waiting() == 2


MOVES = {
    "inserted above": lambda tab: tab.insert_row(["", "", "", "ของคน"], index=2),
    "sorted": lambda tab: tab.sort((3, "asc"), range="A2:V3"),
    "deleted above": lambda tab: tab.delete_rows(2),
    "moved": lambda tab: tab.spreadsheet.batch_update(
        {
            "requests": [
                {
                    "moveDimension": {
                        "source": {
                            "sheetId": tab.id,
                            "dimension": "ROWS",
                            "startIndex": 2,
                            "endIndex": 3,
                        },
                        "destinationIndex": 1,
                    }
                }
            ]
        }
    ),
}


@pytest.mark.parametrize("tags_follow", [True, False])
@pytest.mark.parametrize("move", MOVES)
def test_a_person_moves_rows_between_our_read_and_our_write(
    move: str, tags_follow: bool, office: Office, measure: Measure
) -> None:
    """Our row stood on line 3. Whatever becomes of it, no other row gets its words."""
    office.served.world.switches.metadata_follows_ui_sort = tags_follow
    office.report(measure, "ผล")
    before_writing(office, lambda: MOVES[move](office.tab("measures")))
    office.sync()
    office.settle()
    found = results(office)
    assert found["มาตรการทดสอบ 1"] == "ผล"
    assert set(found.values()) == {"ผล", ""} or move == "deleted above"
    statuses = {row["มาตรการ/กิจกรรม"]: row["สถานะ"] for row in office.rows("measures")}
    assert statuses["มาตรการทดสอบ 1"] == "อยู่ระหว่างดำเนินการ"
    assert statuses.get("มาตรการทดสอบ 2", "ยังไม่ได้ดำเนินการ") == "ยังไม่ได้ดำเนินการ"
    assert office.measure(2).status.value == "not_started"
    assert reports(office) == ["ผล"]


COLUMN_MOVES = {
    "inserted": lambda tab: tab.insert_cols([["ของฉัน", "ก", "ข"]], col=5),
    "moved": lambda tab: tab.spreadsheet.batch_update(
        {
            "requests": [
                {
                    "moveDimension": {
                        "source": {
                            "sheetId": tab.id,
                            "dimension": "COLUMNS",
                            "startIndex": 3,
                            "endIndex": 4,
                        },
                        "destinationIndex": 20,
                    }
                }
            ]
        }
    ),
    "deleted": lambda tab: tab.delete_columns(5),  # ชื่อย่อ/คำค้น, a people's column
}


@pytest.mark.parametrize("move", COLUMN_MOVES)
def test_a_person_moves_columns_between_our_read_and_our_write(
    move: str, office: Office, measure: Measure
) -> None:
    """No cell of ours lands beside its column, and none of a person's is lost."""
    office.report(measure, "ผล")
    before = office.rows("measures")
    before_writing(office, lambda: COLUMN_MOVES[move](office.tab("measures")))
    assert office.sync().outcome == "doubtful"
    office.settle()
    assert results(office)["มาตรการทดสอบ 1"] == "ผล"
    changed = {"สถานะ", "ร้อยละ", RESULT, "หลักฐาน", "รายงานล่าสุด", "ชื่อย่อ/คำค้น", "ของฉัน"}
    for row, was in zip(office.rows("measures"), before, strict=True):
        same = row.keys() - changed - {""}
        assert {key: row[key] for key in same} == {key: was[key] for key in same}
    if move == "inserted":
        assert office.tab("measures").col_values(5) == ["ของฉัน", "ก", "ข"]
    assert reports(office) == ["ผล"]


@pytest.mark.parametrize("fault", [None, "drop_after"])
@pytest.mark.parametrize("last", [True, False])
def test_a_row_deleted_meanwhile_leaves_its_words_nowhere(
    last: bool, fault: str | None, office: Office, measure: Measure
) -> None:
    """Its tag is gone with it. With a row put in as well, nothing refuses the batch: it lands on
    the row below, or on an empty line.
    """
    other = office.measure(2)
    office.report(measure if last else other, "ผล")
    if fault:
        office.fault(fault)

    def delete() -> None:
        tab = office.tab("measures")
        tab.delete_rows(3 if last else 2)
        tab.add_rows(1)

    before_writing(office, delete)
    office.settle()
    office.settle()
    (left,) = office.rows("measures")
    assert (left[RESULT], left["สถานะ"]) == ("", "ยังไม่ได้ดำเนินการ")
    assert office.measure(2 if last else 1).status.value == "not_started"
    (asked,) = office.rows("doubts")
    assert "ไม่พบแถวนี้" in asked["เรื่องที่ขอให้ดู"]


def cut(tab: gspread.Worksheet, first_column: int = 0) -> None:
    """Cut line 3 and paste it far below."""
    source = {
        "sheetId": tab.id,
        "startRowIndex": 2,
        "endRowIndex": 3,
        "startColumnIndex": first_column,
        "endColumnIndex": tab.col_count,
    }
    place = {"sheetId": tab.id, "rowIndex": 8, "columnIndex": first_column}
    paste = {"source": source, "destination": place, "pasteType": "PASTE_NORMAL"}
    tab.spreadsheet.batch_update({"requests": [{"cutPaste": paste}]})


@pytest.mark.parametrize("first_column", [0, 1])
def test_a_row_cut_and_pasted_meanwhile_leaves_nothing_behind(
    first_column: int, office: Office, measure: Measure
) -> None:
    """With its hidden id, or without."""
    office.report(measure, "ผล")
    before_writing(office, lambda: cut(office.tab("measures"), first_column))
    office.settle()
    office.settle()
    assert results(office) == {"มาตรการทดสอบ 2": "", "มาตรการทดสอบ 1": "ผล"}
    assert not any(office.tab("measures").row_values(3))
    assert office.rows("doubts") == []


LEAVES: dict[str, Callable[[gspread.Worksheet], object]] = {
    **MOVES,
    "cut": cut,
    "cut without its id": lambda tab: cut(tab, 1),
}
del LEAVES["deleted above"]


@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("tags_follow", [True, False])
@pytest.mark.parametrize("move", LEAVES)
def test_a_row_without_its_id_moves_between_our_read_and_our_write(
    move: str, tags_follow: bool, reported: bool, office: Office, measure: Measure
) -> None:
    """The id that is put back comes to stand beside its row, and nowhere else."""
    office.served.world.switches.metadata_follows_ui_sort = tags_follow
    if reported:
        office.report(measure, "ผล")
    office.tab("measures").update_cell(3, 1, "")
    before_writing(office, lambda: LEAVES[move](office.tab("measures")))
    office.settle()
    office.settle()
    rows = office.rows("measures")
    ids = {row[ID_HEADER]: row["มาตรการ/กิจกรรม"] for row in rows if row[ID_HEADER]}
    assert ids == {str(office.measure(n).id): f"มาตรการทดสอบ {n}" for n in (1, 2)}
    shown = {row[ID_HEADER]: row[RESULT] for row in rows}
    ours = {str(office.measure(1).id): "ผล" if reported else "", str(office.measure(2).id): ""}
    assert shown == ours | ({"": ""} if move == "inserted above" else {})
    assert office.measure(2).status.value == "not_started"
    assert office.rows("doubts") == []


def test_a_word_put_back_after_a_write_in_doubt_is_a_persons(
    office: Office, measure: Measure
) -> None:
    office.report(measure, "ผล")
    office.fault("drop_after")
    office.sync()
    office.write("measures", 3, "status", "ยังไม่ได้ดำเนินการ")
    office.settle()
    assert office.rows("measures")[1]["สถานะ"] == "ยังไม่ได้ดำเนินการ"
    assert office.measure(1).status.value == "not_started"


@pytest.mark.parametrize("missing", ["ignore", "refuse"])
def test_where_the_tags_tell_the_batch_is_refused_whole(
    missing: str, office: Office, measure: Measure
) -> None:
    office.served.world.switches.delete_metadata_without_match = missing
    office.report(measure, "ผล")
    before_writing(office, lambda: MOVES["inserted above"](office.tab("measures")))
    assert office.sync().outcome == "doubtful"
    assert reports(office) == []
    assert "ผล" not in results(office).values()


@pytest.mark.parametrize("fault", [None, "drop_after"])
def test_a_person_chooses_a_status_between_our_read_and_our_write(
    fault: str | None, office: Office, measure: Measure
) -> None:
    office.report(measure, "ผล")
    if fault:
        office.fault(fault)
    before_writing(office, lambda: office.write("measures", 3, "status", "รอตรวจรับ"))
    office.sync()
    office.settle()
    assert office.rows("measures")[1]["สถานะ"] == "รอตรวจรับ"
    assert office.measure(1).status.value == "awaiting_acceptance"
    assert results(office)["มาตรการทดสอบ 1"] == "ผล"


def test_the_word_that_was_not_written_over_is_asked_about(
    office: Office, measure: Measure
) -> None:
    office.report(measure, "ผล")
    before_writing(office, lambda: office.write("measures", 3, "status", "รอตรวจรับ"))
    office.settle()
    (asked,) = office.rows("doubts")
    assert (asked["ข้อความในชีต"], asked["ข้อมูลที่ระบบได้รับ"]) == ("รอตรวจรับ", "อยู่ระหว่างดำเนินการ")


def test_a_status_with_unseen_spaces_is_replaced_all_the_same(
    office: Office, measure: Measure
) -> None:
    office.write("measures", 3, "status", " ยังไม่ได้ดำเนินการ\u200b ")
    office.report(measure, "ผล")
    office.settle()
    assert office.rows("measures")[1]["สถานะ"] == "อยู่ระหว่างดำเนินการ"


def test_a_status_that_a_person_puts_back_after_our_write_stays(
    office: Office, measure: Measure
) -> None:
    office.report(measure, "ผล")
    assert office.sync().outcome == "written"
    office.write("measures", 3, "status", "ยังไม่ได้ดำเนินการ")
    office.settle()
    assert office.rows("measures")[1]["สถานะ"] == "ยังไม่ได้ดำเนินการ"
    assert office.measure(1).status.value == "not_started"


def test_reports_and_syncs_at_the_same_time(office: Office, measure: Measure) -> None:
    """Chat turns and syncs lock the same rows; none waits for the other for ever."""

    def report(number: int) -> None:
        office.report(measure, f"รายงาน {number}", minute=number)

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(report, number) for number in range(20)]
        while not all(one.done() for one in done):
            office.sync()
        assert [one.result() for one in done] == [None] * 20
    office.settle()
    assert sorted(reports(office)) == sorted(f"รายงาน {number}" for number in range(20))


def test_tags_that_stayed_behind_are_put_right(office: Office, measure: Measure) -> None:
    office.served.world.switches.metadata_follows_ui_sort = False
    office.tab("measures").sort((3, "asc"), range="A2:V3")
    office.report(measure, "ผล")
    office.settle()
    assert results(office) == {"มาตรการทดสอบ 1": "ผล", "มาตรการทดสอบ 2": ""}
    place = office.served.world.files[BOOK].book.metadata[measure.id]["location"]
    assert place["dimensionRange"]["startIndex"] == 1


def test_an_expired_token_is_renewed_without_a_word(office: Office, measure: Measure) -> None:
    office.report(measure, "ผล")
    office.fault("expired_token")
    assert office.sync().outcome == "written"
    assert reports(office) == ["ผล"]


def test_the_database_knows_before_google_does(office: Office, measure: Measure) -> None:
    """What is in flight is on record, so that a killed process leaves a trace."""
    office.report(measure, "ผล")
    open_then: list[int] = []
    before_writing(office, lambda: open_then.append(len(office.state().attempts)))
    office.sync()
    assert open_then == [1]
    assert [attempt.applied for attempt in office.state().attempts] == [True]
