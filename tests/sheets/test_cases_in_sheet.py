"""Cases in a sheet at work: what stands there and what does not, and what people may write."""

from datetime import UTC, date, datetime, timedelta

import gspread
import pytest

from ita.changes import FileCase
from ita.clocks import Clock, Counting, Event
from ita.complaints import Case, CaseStatus, Kind, Part, Place, may_become, status_words, statuses
from sheets.layout import BY_KEY
from sheets.sync import sync
from store import cases, sheet_owner
from store.doubts import PROTECTED_CASE
from tests.sheets.conftest import AGENCY, NOW, TODAY, Office, person

WORDS = "ผู้ร้องเล่าว่าถูกเรียกเงินที่ศาลาประชาคม"
TITLE, UNIT, STATUS = "เรื่องโดยย่อ", "หน่วยที่รับผิดชอบ", "สถานะ"
DUE, RESULT = "กำหนดถัดไป", "ผลที่เปิดเผยได้"
ASKED, DONE, THEIRS = "เรื่องที่ขอให้ดู", "ผล", "ข้อความในชีต"
PROTECTED = [kind for kind in Kind if kind.is_protected]


def file(office: Office, number: str, kind: Kind = Kind.GRIEVANCE, title: str = "") -> None:
    receipt = number.replace("-", "").rjust(16, "0")
    told = FileCase(number, kind, receipt, (Part(WORDS),), Place("หน้าศาลาประชาคม"), title=title)
    with office.database.agency(AGENCY) as tx:
        cases.file(tx, told, "", "", TODAY, TODAY)


def known(office: Office, number: str) -> Case:
    with office.database.agency(AGENCY) as tx:
        found = cases.by_number(tx, number)
    assert found is not None
    return found


def settle(office: Office, now: datetime = NOW) -> None:
    for _ in range(10):
        if office.sync(now).outcome == "idle":
            return
    raise AssertionError("the sync does not come to rest")


def row(office: Office, number: str) -> dict[str, str]:
    (found,) = [one for one in office.rows("cases") if one["เลขที่เรื่อง"] == number]
    return {header: text for header, text in found.items() if header != "รหัสแถว"}


def line(office: Office, number: str) -> int:
    """The 1-based line of a case."""
    return office.tab("cases").col_values(2).index(number) + 1


def everywhere(office: Office) -> str:
    return "\n".join(
        text for lines in office.everything().values() for cells in lines for text in cells
    )


# --- What stands there


def test_a_grievance_and_a_protected_case(office: Office) -> None:
    file(office, "2345-6789", title="ไฟทางดับ")
    file(office, "3456-7892", Kind.CORRUPTION, "ไม่ควรปรากฏ")
    settle(office)
    assert row(office, "2345-6789") == {
        "เลขที่เรื่อง": "2345-6789",
        "ประเภท": "แจ้งเหตุ/ร้องทุกข์",
        "รับเรื่องเมื่อ": "15 ม.ค. 2568",
        TITLE: "ไฟทางดับ",
        UNIT: "",
        STATUS: "รับเรื่องแล้ว",
        DUE: "30 ม.ค. 2568 · แก้ไข หรือส่งต่อให้เจ้าของเรื่อง",
        RESULT: "",
    }
    assert row(office, "3456-7892") == {
        "เลขที่เรื่อง": "3456-7892",
        "ประเภท": "ทุจริตและประพฤติมิชอบ",
        "รับเรื่องเมื่อ": "ม.ค. 2568",
        TITLE: "",
        UNIT: "",
        STATUS: "รับเรื่องแล้ว",
        DUE: "16 ม.ค. 2568 · เสนอข้อเท็จจริงต่อผู้บังคับบัญชา",
        RESULT: "",
    }
    for secret in (WORDS, "ศาลาประชาคม", "ไม่ควรปรากฏ"):
        assert secret not in everywhere(office)


def test_the_deadline_goes_with_the_days(office: Office) -> None:
    file(office, "2345-6789")
    settle(office)
    settle(office, NOW + timedelta(days=15))
    assert row(office, "2345-6789")[DUE].startswith("30 ม.ค. 2568")
    settle(office, NOW + timedelta(days=15, hours=15))  # midnight in Bangkok
    assert row(office, "2345-6789")[DUE].startswith("เกินกำหนด 1 วัน")
    settle(office, NOW + timedelta(days=18))
    assert row(office, "2345-6789")[DUE].startswith("เกินกำหนด 3 วัน")


def test_the_agencys_clocks_and_days_off_count(office: Office) -> None:
    file(office, "2345-6789")
    office.write("holidays", 2, "day", "17 ม.ค. 2568")
    own = Clock("mend", "ซ่อม", Event.RECEIVED, 2, Counting.WORKING, kinds=(Kind.GRIEVANCE,))
    for _ in range(3):
        sync(office.database, office.google, AGENCY, NOW, (own,))
    assert row(office, "2345-6789")[DUE] == "20 ม.ค. 2568 · ซ่อม"


def test_a_case_that_nobody_closed_for_years_is_still_said_to_be_late(office: Office) -> None:
    file(office, "2345-6789")
    settle(office, datetime(2029, 1, 30, 2, tzinfo=UTC))
    assert row(office, "2345-6789")[DUE].startswith("เกินกำหนด 1461 วัน")


# --- What people write


def test_what_coordinators_write_of_a_grievance_is_taken_in(office: Office) -> None:
    file(office, "2345-6789", title="ไฟ")
    settle(office)
    for key, text in {"title": "ไฟทางดับ ม.3 โทร 0812345678", "unit": "กองช่าง"}.items():
        office.write("cases", 2, key, text)
    office.write("cases", 2, "status", "แก้ไขแล้ว รอท่านยืนยัน")
    settle(office)
    case = known(office, "2345-6789")
    assert (case.title, case.titled, case.unit) == ("ไฟทางดับ ม.3 โทร •••", True, "กองช่าง")
    assert (case.status, case.concluded_on) == (CaseStatus.RESOLVED, TODAY), "its days come with it"
    there = row(office, "2345-6789")
    assert (there[TITLE], there[DUE]) == ("ไฟทางดับ ม.3 โทร •••", "")
    assert office.rows("doubts") == []


@pytest.mark.parametrize(("key", "header"), [("title", TITLE), ("unit", UNIT), ("result", RESULT)])
def test_what_people_write_of_a_protected_case_is_asked_about_and_not_repeated(
    key: str, header: str, office: Office
) -> None:
    file(office, "3456-7892", Kind.PROCUREMENT)
    settle(office)
    before = known(office, "3456-7892")
    office.write("cases", 2, key, "กองช่างของคนนั้น")
    settle(office)
    assert known(office, "3456-7892") == before
    assert row(office, "3456-7892")[header] == "กองช่างของคนนั้น", "nobody's word is overwritten"
    (asked,) = office.rows("doubts")
    assert "คุ้มครองผู้ร้องเรียน" in asked[ASKED]
    assert asked[THEIRS] == ""
    office.write("doubts", 2, "decision", "ใช้ค่าเดิมของระบบ")
    settle(office)
    assert row(office, "3456-7892")[header] == ""
    (asked,) = office.rows("doubts")
    assert asked[DONE] == "คืนค่าเดิมแล้ว"
    assert "กองช่างของคนนั้น" not in everywhere(office)
    with office.database.agency(AGENCY) as tx:
        kept = tx.sql.exec_driver_sql("SELECT why, theirs FROM doubt").all()
    assert kept == [(PROTECTED_CASE, "")]


EVERY_DAY = (Kind.GRIEVANCE, Kind.CORRUPTION)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=[] if kind in EVERY_DAY else pytest.mark.long) for kind in Kind],
)
def test_every_status_of_a_kind_is_accepted_or_asked_about(kind: Kind, office: Office) -> None:
    """One case for each word that a person can choose."""
    wanted = {f"2345-{2222 + number}": then for number, then in enumerate(statuses(kind))}
    for number in wanted:
        file(office, number, kind)
    settle(office)
    for number, then in wanted.items():
        office.write("cases", line(office, number), "status", status_words(kind, then))
    settle(office)
    asked = {one["แถว"]: one[ASKED] for one in office.rows("doubts")}
    for number, then in wanted.items():
        ends = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN, CaseStatus.NOT_TAKEN)
        kept = ends if kind.is_protected else ends[:2]
        may = may_become(kind, CaseStatus.RECEIVED, then) and then not in kept
        assert known(office, number).status is (then if may else CaseStatus.RECEIVED)
        assert row(office, number)[STATUS] == status_words(kind, then)
        assert (number in asked) is not may
    of_grievances = ("ต้องให้ผู้แจ้งยืนยันก่อน", "เฉพาะผู้แจ้งเท่านั้นที่ถอนเรื่องได้")
    reasons = ("ย้อนไปขั้นนี้ไม่ได้", *(("ผ่านชีตไม่ได้",) if kind.is_protected else of_grievances))
    for reason in reasons:
        assert any(reason in why for why in asked.values())
    assert all(any(reason in why for reason in reasons) for why in asked.values())


@pytest.mark.parametrize("decision", ["ใช้ค่าเดิมของระบบ", "ใช้ข้อความในชีต"])
def test_nobody_takes_a_grievance_back_for_whoever_filed_it(decision: str, office: Office) -> None:
    """Whatever a coordinator decides: it goes on, and can be objected to and added to."""
    file(office, "2345-6789")
    settle(office)
    office.write("cases", 2, "status", "ผู้แจ้งถอนเรื่อง")
    settle(office)
    office.write("doubts", 2, "decision", decision)
    settle(office)
    case = known(office, "2345-6789")
    assert (case.status, case.is_open) == (CaseStatus.RECEIVED, True)
    (asked,) = office.rows("doubts")
    restored = decision == "ใช้ค่าเดิมของระบบ"
    assert row(office, "2345-6789")[STATUS] == ("รับเรื่องแล้ว" if restored else "ผู้แจ้งถอนเรื่อง")
    assert (asked[DONE] == "คืนค่าเดิมแล้ว") is restored


@pytest.mark.parametrize("kind", PROTECTED)
def test_that_somebody_was_informed_is_not_said_in_the_sheet(kind: Kind, office: Office) -> None:
    """There no word is written to anybody; the clock to inform runs on."""
    file(office, "3456-7892", kind)
    with office.database.agency(AGENCY) as tx:
        cases.move(tx, "3456-7892", CaseStatus.NOT_TAKEN, TODAY)
    settle(office)
    due = row(office, "3456-7892")[DUE]
    assert "แจ้งผลให้ผู้ร้องเรียนทราบ" in due
    office.write("cases", 2, "status", "แจ้งผลแล้ว")
    settle(office)
    assert known(office, "3456-7892").status is CaseStatus.NOT_TAKEN
    assert row(office, "3456-7892")[DUE] == due
    assert "ผ่านชีตไม่ได้" in office.rows("doubts")[0][ASKED]


@pytest.mark.parametrize("kind", PROTECTED)
def test_words_of_a_grievances_way_are_asked_about(kind: Kind, office: Office) -> None:
    file(office, "3456-7892", kind)
    settle(office)
    office.write("cases", 2, "status", "กำลังดำเนินการ")
    settle(office)
    assert known(office, "3456-7892").status is CaseStatus.RECEIVED
    assert "ไม่อยู่ในรายการ" in office.rows("doubts")[0][ASKED]


# --- Statistics


FEW = "ไม่แยกรายละเอียดเมื่อมีน้อยกว่า 5 เรื่อง"


def figures(office: Office) -> list[list[str]]:
    """The lines of the tab, without ids and headers."""
    return [cells[1:] for cells in office.tab("case_statistics").get_all_values()[1:] if any(cells)]


def owners_statistics(office: Office) -> gspread.Worksheet:
    """The tab in the hands of whoever owns the spreadsheet: its protection keeps others out."""
    owner = person(office.served, "owner@owner.sandbox.example")
    return owner.get_worksheet_by_id(BY_KEY["case_statistics"].sheet_id)


def test_statistics_stand_in_their_tab_and_keep_up(office: Office) -> None:
    file(office, "2345-6789")
    file(office, "2345-6790")
    settle(office)
    assert figures(office) == [["ม.ค. 2568", "แจ้งเหตุ/ร้องทุกข์", "2", "0", "2"]]
    with office.database.agency(AGENCY) as tx:
        cases.move(tx, "2345-6789", CaseStatus.CLOSED, TODAY)
    settle(office)
    assert figures(office) == [["ม.ค. 2568", "แจ้งเหตุ/ร้องทุกข์", "2", "1", "1"]]


def test_protected_cases_are_counted_once_the_half_year_is_over(office: Office) -> None:
    file(office, "3456-7892", Kind.CONDUCT)
    settle(office)
    assert figures(office) == []
    april = datetime(2025, 4, 1, 2, tzinfo=UTC)
    settle(office, april)
    half, them = "ต.ค. 2567 - มี.ค. 2568", "เรื่องร้องเรียนเจ้าหน้าที่/ทุจริต"
    assert figures(office) == [[half, them, "1", FEW, ""]]
    settle(office, april + timedelta(days=183))
    none = ["เม.ย. 2568 - ก.ย. 2568", them, "ไม่มีเรื่องร้องเรียน", "", ""]
    assert figures(office) == [[half, them, "1", FEW, ""], none]


def test_that_nobody_complained_is_said_of_the_time_since_the_sheet_is_in_use(
    office: Office,
) -> None:
    with office.database.agency(AGENCY) as tx:
        confirmed = sheet_owner.confirmed_at(tx)
    assert confirmed is not None
    settle(office, confirmed)
    assert figures(office) == []
    settle(office, confirmed + timedelta(days=183))
    ((_, _, received, _, _),) = figures(office)
    assert received == "ไม่มีเรื่องร้องเรียน"


def test_figures_that_people_changed_are_put_right_and_their_own_are_left(office: Office) -> None:
    file(office, "2345-6789")
    settle(office)
    tab = owners_statistics(office)
    tab.update([["หมายเหตุ"], ["ตรวจแล้ว"]], "G1")
    tab.update_cell(2, 4, "99")
    settle(office)
    assert figures(office) == [["ม.ค. 2568", "แจ้งเหตุ/ร้องทุกข์", "1", "0", "1", "ตรวจแล้ว"]]


def test_a_month_that_a_person_deleted_comes_back_when_it_is_wanted(office: Office) -> None:
    file(office, "2345-6789")
    settle(office)
    owners_statistics(office).delete_rows(2)
    settle(office)
    assert figures(office) == []
    (asked,) = office.rows("doubts")
    assert asked["แท็บ"] == "สถิติเรื่องร้องเรียน"
    office.write("doubts", 2, "decision", "ใส่แถวกลับให้")
    settle(office)
    assert figures(office) == [["ม.ค. 2568", "แจ้งเหตุ/ร้องทุกข์", "1", "0", "1"]]


def test_a_case_received_in_another_month_gets_a_line_of_its_own(office: Office) -> None:
    file(office, "2345-6789")
    settle(office)
    told = FileCase("2345-6790", Kind.GRIEVANCE, "0" * 16, (Part(WORDS),))
    with office.database.agency(AGENCY) as tx:
        day = date(2025, 2, 3)
        cases.file(tx, told, "", "", day, day)
    settle(office, datetime(2025, 2, 3, 2, tzinfo=UTC))
    assert [one[0] for one in figures(office)] == ["ม.ค. 2568", "ก.พ. 2568"]


def test_what_an_officer_has_to_look_at_first_is_not_counted_yet(office: Office) -> None:
    file(office, "2345-6789")
    told = FileCase("2345-6790", Kind.GRIEVANCE, "0" * 16, (Part(WORDS),), look_first=True)
    with office.database.agency(AGENCY) as tx:
        cases.file(tx, told, "", "", TODAY, TODAY)
    settle(office)
    assert figures(office)[0][2] == "1"
    with office.database.agency(AGENCY) as tx:
        assert cases.release(tx, "2345-6790", TODAY)
    settle(office)
    assert figures(office)[0][2] == "2"
