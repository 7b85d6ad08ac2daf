"""Who needs several measures holds them in one order, so that two people never wait in a circle."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita.changes import AttachEvidence, CancelReport, RegisterChange, ReportProgress
from ita.dates import Period
from ita.measures import Measure, Progress, Status
from store import evidence, register, sheet_state, undoing
from store.database import Database, Transaction
from store.schema import measure, progress
from tests.bot.town import eventually

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
LATE, EARLY = 901, 900
"""Row ids; the measure with the later one was entered, and reported on, first."""
MESSAGE, PHOTO = "111222333", "77"
BLOCKED = "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


@pytest.fixture
def reported(database: Database) -> Database:
    """One message reported on both measures, with one photo."""
    with database.agency("one") as tx:
        sheet_state.enter(tx, "sheet-of-one")
        evidence.keep(tx, PHOTO, "image", "", "p", NOW)
        for number, row_id in enumerate((LATE, EARLY)):
            period = Period("", "unknown")
            assert register.add_measure(
                tx, Measure(0, 2568, number, "เรื่องทดสอบ", "กองทดสอบ", period), row_id
            )
            said = report(tx, row_id, minutes=number)
            register.apply(tx, said, "p", MESSAGE)
    return database


def report(tx: Transaction, row_id: int, minutes: int) -> ReportProgress:
    link = "https://sujarit.example" + evidence.link_path(tx.keyring, "one", PHOTO)
    at = NOW + timedelta(minutes=minutes)
    return ReportProgress(
        Progress(row_id, at, "กองทดสอบ", Status.IN_PROGRESS, 40, "ทดสอบ", (link,))
    )


def by_reports(tx: Transaction) -> None:
    register.hold_all(tx, [report(tx, row_id, minutes=9) for row_id in (LATE, EARLY)])


def by_what_becomes_of_reports(tx: Transaction) -> None:
    reports = tx.sql.scalars(sa.select(progress.c.id).order_by(progress.c.at)).all()
    changes: list[RegisterChange] = [
        AttachEvidence(reports[0], ()),
        CancelReport(reports[1], NOW, ""),
    ]
    register.hold_all(tx, changes)


def by_an_unsent_message(tx: Transaction) -> None:
    assert undoing.take_back(tx, MESSAGE)


def by_a_lost_photo(tx: Transaction) -> None:
    known = tx.keyring.reference("one", "evidence", PHOTO)
    assert undoing.drop_evidence(tx, known)


@pytest.mark.parametrize(
    "how", [by_reports, by_what_becomes_of_reports, by_an_unsent_message, by_a_lost_photo]
)
def test_whoever_waits_for_the_first_holds_no_second(
    reported: Database, how: Callable[[Transaction], None]
) -> None:
    def take_both() -> None:
        with reported.agency("one") as tx:
            how(tx)

    other = threading.Thread(target=take_both)
    with reported.agency("one") as tx:
        assert register.hold(tx, EARLY)
        other.start()
        eventually(lambda: tx.sql.scalar(sa.text(BLOCKED)), "the other one waits")
        second = sa.select(measure.c.id).where(measure.c.id == LATE)
        assert tx.sql.scalar(second.with_for_update(nowait=True)) == LATE
    other.join()
