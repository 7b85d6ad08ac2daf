"""What a coordinator says of a measure, as the register keeps it, and who had reported it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita.changes import AcceptMeasure, CancelReport, ReportProgress, SendBack
from ita.dates import Period
from ita.measures import Acceptance, Measure, NotReportedDone, Progress, Status
from store import outbox, register, sheet_state
from store.database import Database, Transaction

NOON = datetime(2025, 1, 15, 12, 0, tzinfo=UTC)
TODAY = date(2025, 1, 15)


def entered(tx: Transaction) -> Measure:
    sheet_state.enter(tx, f"sheet of {tx.agency}")
    new = Measure(0, 2568, 1, "เรื่องทดสอบ", "กองทดสอบ", Period("", "unknown"))
    added = register.add_measure(tx, new)
    assert added is not None
    return added


def report(tx: Transaction, measure: Measure, by: str, status: Status, minutes: int = 0) -> None:
    at = NOON + timedelta(minutes=minutes)
    progress = Progress(measure.id, at, "กองทดสอบ", status, None, "ทำแล้ว")
    register.apply(tx, ReportProgress(progress), by)


def test_accepting_and_sending_back_change_the_measure_and_mark_its_row(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "clerk", Status.AWAITING_ACCEPTANCE)
        tx.sql.execute(sa.text("DELETE FROM outbox"))
        register.apply(tx, SendBack(one.id, "ขาดรูปถ่าย"))
        held = register.hold(tx, one.id)
        assert held is not None
        assert (held.status, held.acceptance) == (Status.IN_PROGRESS, Acceptance.RETURNED)
        assert held.reason == "ขาดรูปถ่าย"
        assert {mark.row_id for mark in outbox.waiting(tx)} == {one.id}

        report(tx, one, "clerk", Status.AWAITING_ACCEPTANCE, minutes=1)
        register.apply(tx, AcceptMeasure(one.id))
        held = register.hold(tx, one.id)
        assert held is not None
        assert (held.status, held.acceptance) == (Status.DONE, Acceptance.ACCEPTED)


def test_what_nobody_called_done_is_not_accepted(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "clerk", Status.IN_PROGRESS)
        for change in (AcceptMeasure(one.id), SendBack(one.id, "ก")):
            with pytest.raises(NotReportedDone):
                register.apply(tx, change)


def test_who_called_it_done_is_known_by_an_id_of_its_own(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        assert not register.called_done_by(tx, one.id, "coordinator")
        report(tx, one, "coordinator", Status.AWAITING_ACCEPTANCE)
        report(tx, one, "clerk", Status.IN_PROGRESS, minutes=1)
        assert register.called_done_by(tx, one.id, "coordinator")
        assert not register.called_done_by(tx, one.id, "clerk")
        report(tx, one, "clerk", Status.AWAITING_ACCEPTANCE, minutes=2)
        assert register.called_done_by(tx, one.id, "clerk")
        reporters = tx.sql.scalars(sa.text("SELECT reporter FROM progress")).all()
        assert not {"clerk", "coordinator"} & {*reporters}


def part(tx: Transaction, measure: Measure, by: str, minutes: int, *, last: bool) -> None:
    """One unit's part of a measure that all share: done once the last one's is."""
    status = Status.AWAITING_ACCEPTANCE if last else Status.IN_PROGRESS
    at, unit = NOON + timedelta(minutes=minutes), f"กองที่ {minutes}"
    progress = Progress(measure.id, at, unit, status, None, "ทำแล้ว", says_done=True)
    register.apply(tx, ReportProgress(progress), by)


def test_whoever_called_a_part_done_does_not_accept_the_whole(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        part(tx, one, "coordinator", 0, last=False)
        part(tx, one, "clerk", 1, last=True)
        assert register.called_done_by(tx, one.id, "coordinator")
        assert not register.called_done_by(tx, one.id, "another coordinator")


@pytest.mark.parametrize("decision", [Acceptance.ACCEPTED, Acceptance.RETURNED])
def test_what_was_called_done_before_a_decision_is_decided(
    database: Database, decision: Acceptance
) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "coordinator", Status.AWAITING_ACCEPTANCE)
        held = register.hold(tx, one.id)
        assert held is not None
        reopened = replace(held, status=Status.IN_PROGRESS, acceptance=decision)
        register.change_measure(tx, reopened)
        report(tx, one, "officer", Status.IN_PROGRESS, minutes=1)
        report(tx, one, "clerk", Status.AWAITING_ACCEPTANCE, minutes=2)
        assert register.called_done_by(tx, one.id, "clerk")
        assert not register.called_done_by(tx, one.id, "coordinator")
        assert not register.called_done_by(tx, one.id, "officer")


def test_a_report_that_was_taken_back_bars_nobody(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        part(tx, one, "coordinator", 0, last=False)
        mine = register.last_report(tx, "coordinator")
        assert mine is not None
        register.apply(tx, CancelReport(mine[0], NOON, "ยกเลิก"), "coordinator")
        part(tx, one, "clerk", 1, last=True)
        assert not register.called_done_by(tx, one.id, "coordinator")


def test_a_report_of_nobody_known_is_nobodys(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "", Status.AWAITING_ACCEPTANCE)
        assert not register.called_done_by(tx, one.id, "")
        assert not register.called_done_by(tx, one.id, "coordinator")


def test_a_withdrawn_measure_and_another_agencys_are_not_held(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        register.withdraw_measure(tx, one.id)
        assert register.hold(tx, one.id) is None
        register.withdraw_measure(tx, one.id, withdrawn=False)
        assert register.hold(tx, one.id) is not None
    with database.agency("two") as tx:
        assert register.hold(tx, one.id) is None
