"""What conversations read of the store: a measure's history, a month's reports, answered items."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.case_desk import StoreCases
from bot.desk import StoreDesk
from bot.people_desk import StorePeople
from ita.changes import ReportProgress
from ita.criteria import criteria_for
from ita.dates import Period
from ita.measures import Measure, Progress, Status
from ita.results import OitItem
from store import register, results, sheet_state
from store.database import Database, Transaction
from tests.handlers.desk_double import AGENCY

NOON = datetime(2025, 1, 15, 5, tzinfo=UTC)
TODAY = date(2025, 1, 15)


def entered(tx: Transaction, number: int) -> Measure:
    new = Measure(0, 2568, number, f"เรื่องที่ {number}", "กองทดสอบ", Period("", "unknown"))
    added = register.add_measure(tx, new)
    assert added is not None
    return added


def report(tx: Transaction, measure: Measure, at: datetime, output: str = "") -> None:
    progress = Progress(
        measure.id, at, "กองทดสอบ", Status.IN_PROGRESS, 50, output, ("https://a.go.th",)
    )
    register.apply(tx, ReportProgress(progress))


def desk(tx: Transaction) -> StoreDesk:
    return StoreDesk(tx, AGENCY, StorePeople(tx, NOON), StoreCases(tx, AGENCY, TODAY))


@pytest.fixture
def ready(database: Database) -> Database:
    """Two agencies that have a sheet."""
    for slug in ("sample", "other"):
        with database.agency(slug) as tx:
            sheet_state.enter(tx, f"sheet-of-{slug}")
    return database


def test_the_history_is_the_newest_by_when_it_was_written(ready: Database) -> None:
    with ready.agency("sample") as tx:
        first, second = entered(tx, 1), entered(tx, 2)
        for days in (3, 1, 2, 0):  # as they arrived
            report(tx, first, NOON - timedelta(days=days), f"{days} วันก่อน")
        report(tx, second, NOON, "ของเรื่องอื่น")
        found = desk(tx).history(first.id, 3)
        assert [each.output for each in found] == ["0 วันก่อน", "1 วันก่อน", "2 วันก่อน"]
        assert {each.measure_id for each in found} == {first.id}
        assert found[0].at == NOON
        assert (found[0].status, found[0].percent) == (Status.IN_PROGRESS, 50)
        assert found[0].links == ("https://a.go.th",)
        assert len(desk(tx).history(first.id, 9)) == 4


def test_of_two_at_the_same_moment_the_later_entry_comes_first(ready: Database) -> None:
    with ready.agency("sample") as tx:
        one = entered(tx, 1)
        report(tx, one, NOON, "ก่อน")
        report(tx, one, NOON, "หลัง")
        assert [each.output for each in desk(tx).history(one.id, 2)] == ["หลัง", "ก่อน"]


def test_reports_are_counted_from_a_moment_to_before_another(ready: Database) -> None:
    with ready.agency("sample") as tx:
        first, second, silent = (entered(tx, number) for number in (1, 2, 3))
        begin, end = NOON - timedelta(days=1), NOON + timedelta(days=1)
        for at in (begin - timedelta(seconds=1), begin, NOON, end):
            report(tx, first, at)
        report(tx, second, NOON)
        counted = desk(tx).report_counts(begin, end)
        assert counted == {first.id: 2, second.id: 1}
        assert silent.id not in counted


def test_another_agencys_reports_are_not_read(ready: Database) -> None:
    with ready.agency("other") as tx:
        theirs = entered(tx, 1)
        report(tx, theirs, NOON, "ของที่อื่น")
    with ready.agency("sample") as tx:
        assert desk(tx).history(theirs.id, 5) == []
        assert desk(tx).report_counts(NOON, NOON + timedelta(days=1)) == {}


def test_an_answered_item_has_all_points_or_none(ready: Database) -> None:
    with ready.agency("sample") as tx:
        results.open_year(tx, criteria_for(2566))
        rows = {item.code: item for item in results.oit_items(tx)}
        answers = {"o1": True, "o21": False}
        for code, present in answers.items():
            changed = OitItem(rows[code].id, 2566, code, present)
            results.change_item(tx, changed)
        assert desk(tx).item_points(2566) == {"o1": Decimal(100), "o21": Decimal()}
        assert desk(tx).item_points(2567) == {}
