"""Words that their writer took back leave the log as well, wherever people moved their lines."""

import gspread
import pytest

from ita.changes import ReportProgress
from ita.measures import Measure, Progress, Status
from sheets.layout import BY_KEY
from sheets.rows import UNSENT
from store import outbox, register, undoing
from tests.sheets.conftest import AGENCY, NOW, TODAY, Office, Offices, person

WORDS = "ข้อความทดสอบที่ผู้ส่งถอน"
OTHERS = "ข้อความทดสอบของคนอื่น"
LOG = "progress"


def report(office: Office, measure: Measure, words: str, message: str, minute: int = 0) -> None:
    said = Progress(
        measure.id, NOW.replace(minute=minute), "สำนักปลัด", Status.IN_PROGRESS, 40, words,
        ("https://example.go.th/a",), outcome=f"{words} ผล", obstacle=f"{words} อุปสรรค",
        budget_used=f"{words} บาท", act_on=TODAY, round=TODAY,
    )  # fmt: skip
    with office.database.agency(AGENCY) as tx:
        register.apply(tx, ReportProgress(said), "p", message)


def unsend(office: Office, message: str) -> None:
    with office.database.agency(AGENCY) as tx:
        assert undoing.take_back(tx, message)


def amended(office: Office) -> None:
    """Sync until nothing waits, the lines of the log included."""
    for _ in range(10):
        if not office.waiting() and office.sync().outcome == "idle":
            return
        office.sync()
    raise AssertionError("the sync does not come to rest")


@pytest.fixture
def told(office: Office, offices: Offices) -> Office:
    def tell() -> None:
        measure = office.add_measure(1)
        report(office, measure, OTHERS, "101", 1)
        report(office, measure, WORDS, "102", 2)
        report(office, measure, OTHERS, "103", 3)
        office.settle()

    offices.furnish("told", office.served, tell)
    assert str(office.everything()).count(WORDS) >= 4
    return office


def log(office: Office) -> gspread.Worksheet:
    """The log in the hands of the file's owner, whom no protection keeps out."""
    return person(office.served, "owner@owner.sandbox.example").get_worksheet_by_id(
        BY_KEY[LOG].sheet_id
    )


def lines(office: Office) -> list[list[str]]:
    return [[row["ผลที่รายงาน"], row["ผลลัพธ์"], row["ร้อยละ"]] for row in office.rows(LOG)]


KEPT = [OTHERS, f"{OTHERS} ผล", "40"]
GONE = [UNSENT, "", ""]


def test_unsent_words_leave_the_log_and_the_other_lines_stay(told: Office) -> None:
    before = told.rows(LOG)
    unsend(told, "102")
    amended(told)
    assert WORDS not in str(told.everything())
    assert lines(told) == [KEPT, GONE, KEPT]
    after = told.rows(LOG)
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[1]["มาตรการ/กิจกรรม"] == before[1]["มาตรการ/กิจกรรม"]


def test_a_sorted_log_loses_them_too(told: Office) -> None:
    log(told).sort((2, "des"), range="A2:O4")
    unsend(told, "102")
    amended(told)
    assert WORDS not in str(told.everything())
    assert lines(told) == [KEPT, GONE, KEPT]


def test_a_line_that_moves_between_the_two_rounds_is_the_one(told: Office) -> None:
    unsend(told, "102")
    assert told.sync().outcome == "written"  # the line bears its tag by now
    log(told).insert_row(["", "ของคน"], index=2)
    amended(told)
    assert WORDS not in str(told.everything())
    assert told.rows(LOG)[0]["รายงานเมื่อ"] == "ของคน"
    assert lines(told)[1:] == [KEPT, GONE, KEPT]


def test_a_copied_line_loses_them_in_each_copy(told: Office) -> None:
    values = log(told).row_values(3)
    log(told).append_row(values)
    unsend(told, "102")
    amended(told)
    assert WORDS not in str(told.everything())
    assert lines(told) == [KEPT, GONE, KEPT, GONE]


def test_a_deleted_line_stays_deleted(told: Office) -> None:
    log(told).delete_rows(3)
    unsend(told, "102")
    amended(told)
    assert lines(told) == [KEPT, KEPT]


def test_what_was_never_written_is_written_without_words(office: Office) -> None:
    measure = office.add_measure(1)
    office.settle()
    report(office, measure, WORDS, "102")
    unsend(office, "102")
    amended(office)
    assert lines(office) == [GONE]
    assert WORDS not in str(office.everything())


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("drop_before", marks=pytest.mark.long),
        "drop_after",
        pytest.param("applied_then_503", marks=pytest.mark.long),
        "429",
        "late_duplicate",
    ],
)
def test_a_fault_on_the_way_is_made_good(told: Office, kind: str) -> None:
    unsend(told, "102")
    told.fault(kind, times=2)
    amended(told)
    assert lines(told) == [KEPT, GONE, KEPT]


def test_a_batch_in_doubt_is_settled_first(told: Office) -> None:
    """It may bring the words to the log after they were unsent."""
    measure = told.measure(1)
    report(told, measure, WORDS, "104", 4)
    told.fault("drop_after")
    told.sync()
    assert told.state().attempts
    unsend(told, "104")
    unsend(told, "102")
    amended(told)
    assert lines(told) == [KEPT, GONE, KEPT, GONE]


def test_a_log_that_lacks_a_column_waits_for_it_and_the_rest_goes_on(told: Office) -> None:
    log(told).delete_columns(1)
    unsend(told, "102")
    for _ in range(3):
        told.sync()
    assert told.state().problem == "column_missing"
    with told.database.agency(AGENCY) as tx:
        assert outbox.waiting(tx, outbox.AMENDED)
    assert told.rows("measures")[0]["สรุปผลการดำเนินการ"] == OTHERS


def test_a_log_that_was_locked_away_is_one_problem_until_it_is_opened(told: Office) -> None:
    """Told once, and not over whenever nothing else is to be written."""
    tab = log(told)
    request = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": tab.id}}}}
    (added,) = tab.spreadsheet.batch_update({"requests": [request]})["replies"]
    unsend(told, "102")
    assert [told.sync().problem for _ in range(4)][1:] == ["protected"] * 3
    known = added["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    open_again = {"deleteProtectedRange": {"protectedRangeId": known}}
    tab.spreadsheet.batch_update({"requests": [open_again]})
    amended(told)
    assert told.state().problem is None
    assert lines(told) == [KEPT, GONE, KEPT]


def test_a_link_to_a_photo_that_was_taken_back_leaves_the_log(office: Office) -> None:
    measure = office.add_measure(1)
    known = "0" * 32
    report(office, measure, OTHERS, "101")
    with office.database.agency(AGENCY) as tx:
        tx.sql.exec_driver_sql(
            "UPDATE progress SET links = array_append(links, %(link)s)",
            {"link": f"https://bot.example/e/{known}.abc"},
        )
    office.settle()
    assert known in str(office.everything()[office.tab(LOG).title])
    with office.database.agency(AGENCY) as tx:
        assert undoing.drop_evidence(tx, known)
    amended(office)
    assert known not in str(office.everything())
    assert lines(office) == [KEPT]
