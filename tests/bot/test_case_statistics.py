"""What a conversation is told of how many cases there are, read from the store."""

from dataclasses import replace
from datetime import date

from bot.case_desk import StoreCases
from ita.changes import FileCase
from ita.complaints import CaseStatus, Kind, Part, Place, Similar
from ita.complaints.statistics import MonthlyCases, OpenGrievances, Snapshot
from store import cases, sheet_state
from store.database import Database, Transaction
from tests.handlers.desk_double import AGENCY

RECEIVED = date(2025, 1, 15)
NOWHERE = Place()
FRIDAY = date(2025, 1, 17)
LAST, LATE = date(2025, 1, 30), date(2025, 1, 31)


def file(
    tx: Transaction,
    number: int,
    kind: Kind = Kind.GRIEVANCE,
    *,
    look_first: bool = False,
    place: Place = NOWHERE,
    about: tuple[str, ...] = (),
) -> None:
    story, receipt = (Part("ข้อความทดสอบ"),), f"{number:016}"
    told = FileCase(
        f"2345-{number}", kind, receipt, story, place, look_first=look_first, about=about
    )
    cases.file(tx, told, "", "", RECEIVED, RECEIVED)


def test_grievances_are_counted_by_month_and_by_unit(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        for number in (2222, 2223, 2224):
            file(tx, number)
        file(tx, 2225, Kind.CORRUPTION)
        file(tx, 2226, look_first=True)
        cases.move(tx, "2345-2222", CaseStatus.CLOSED, LAST)
        on_the_day, after = StoreCases(tx, AGENCY, LAST), StoreCases(tx, AGENCY, LATE)
        assert after.monthly() == [MonthlyCases(date(2025, 1, 1), 3, 1)]
        assert on_the_day.open_grievances() == [OpenGrievances("", 2, 0)]
        assert after.open_grievances() == [OpenGrievances("", 2, 2)]


def test_the_agencys_own_days_off_put_a_deadline_off(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        file(tx, 2222)
        sheet_state.save_list(tx, "holidays", [{"day": "30 ม.ค. 2568", "kind": "วันหยุด"}])
        assert StoreCases(tx, AGENCY, LATE).open_grievances() == [OpenGrievances("", 1, 0)]


def test_one_that_waits_for_years_is_late_all_the_same(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        file(tx, 2222)
        desk = StoreCases(tx, AGENCY, date(2029, 1, 15))
        assert desk.open_grievances() == [OpenGrievances("", 1, 1)]


def test_protected_cases_are_told_once_their_half_year_is_over(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        file(tx, 2222, Kind.CONDUCT)
        file(tx, 2223, Kind.CONDUCT, look_first=True)
        desk = StoreCases(tx, AGENCY, RECEIVED)
        assert desk.snapshot(date(2025, 3, 31)) is None, "there were no doors before"
        half = (date(2024, 10, 1), date(2025, 3, 31))
        assert desk.snapshot(date(2025, 4, 1)) == Snapshot(*half, 1, None, {})
        cases.release(tx, "2345-2223", date(2025, 4, 2))
        assert desk.snapshot(date(2025, 4, 3)) == Snapshot(*half, 1, None, {}), "published"
        later = (date(2025, 4, 1), date(2025, 9, 30))
        assert desk.snapshot(date(2025, 10, 1)) == Snapshot(*later, 1, None, {})
        assert desk.snapshot(date(2026, 4, 1)) == Snapshot(
            date(2025, 10, 1), date(2026, 3, 31), 0, None, {}
        )


def test_an_overdue_protected_case_is_counted_as_the_sheet_shows_it(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        file(tx, 2222)
        file(tx, 2223, Kind.CORRUPTION, about=("กองคลัง",))
        file(tx, 2224, Kind.CORRUPTION, look_first=True)
        in_time, late = StoreCases(tx, AGENCY, RECEIVED), StoreCases(tx, AGENCY, FRIDAY)
        assert (in_time.overdue_protected(), late.overdue_protected()) == (0, 1)
        cases.move(tx, "2345-2223", CaseStatus.SUBMITTED, FRIDAY)
        assert late.overdue_protected() == 0


def test_one_that_is_not_in_the_sheet_yet_is_told_nobody(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        told = FileCase("2345-2222", Kind.CORRUPTION, f"{2222:016}", (Part("ข้อความทดสอบ"),))
        cases.file(tx, told, "", "", RECEIVED, LATE)
        late = StoreCases(tx, AGENCY, LATE)
        assert late.overdue_protected() == 0


def test_months_are_those_of_todays_fiscal_year(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        file(tx, 2222)
        assert StoreCases(tx, AGENCY, date(2025, 9, 30)).monthly()
        assert StoreCases(tx, AGENCY, date(2025, 10, 1)).monthly() == []


def test_only_what_is_alike_and_near_is_offered_and_not_how_near(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        here = Place("หน้าวัดตัวอย่าง", 15.8742, 100.9931)
        for number, place in ((2222, here), (2223, Place("ที่อื่น", 15.9, 100.9)), (2224, Place())):
            file(tx, number, place=place)
        desk = StoreCases(tx, AGENCY, LAST)
        assert desk.similar(here, "ไฟทางดับ") == [], "no coordinator has titled any"
        for case in cases.cases(tx):
            cases.change(tx, replace(case, title="ไฟทางดับหน้าวัด", titled=True), RECEIVED)
        (found,) = desk.similar(Place("", 15.8744, 100.9933), "ไฟทางหน้าวัดดับ")
        wanted = cases.by_number(tx, "2345-2222")
        assert wanted is not None
        assert found == Similar(wanted.id, "ไฟทางดับหน้าวัด", RECEIVED)
        assert not desk.similar(here, "น้ำไม่ไหล")
        assert not desk.similar(Place(), "ไฟทางหน้าวัดดับ")


def test_an_agency_without_cases_has_none(database: Database) -> None:
    with database.agency(AGENCY.slug) as tx:
        desk = StoreCases(tx, AGENCY, RECEIVED)
        assert not desk.monthly()
        assert not desk.open_grievances()
        assert desk.snapshot(RECEIVED) is None
