"""Reports as the register keeps them: whole, taken back, and with evidence that came later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from ita.changes import AcceptMeasure, AttachEvidence, CancelReport, ReportProgress
from ita.dates import Period
from ita.measures import Measure, Progress, Status
from store import outbox, register, sheet_state, undoing
from store.database import Database, Transaction

NOON = datetime(2025, 1, 15, 12, 0, tzinfo=UTC)
TODAY = date(2025, 1, 15)
A, B = "https://example.go.th/a", "https://example.go.th/b"


def entered(tx: Transaction) -> Measure:
    sheet_state.enter(tx, f"sheet of {tx.agency}")
    new = Measure(0, 2568, 1, "เรื่องทดสอบ", "กองทดสอบ", Period("", "unknown"))
    added = register.add_measure(tx, new)
    assert added is not None
    return added


def report(tx: Transaction, measure: Measure, by: str, minutes: int = 0) -> Progress:
    progress = Progress(
        measure.id, NOON + timedelta(minutes=minutes), "กองทดสอบ", Status.AWAITING_ACCEPTANCE, 100,
        f"ทำครั้งที่ {minutes}", (A,), outcome="ดีขึ้น", obstacle="ไม่มี", budget_used="15,000 บาท",
        act_on=TODAY, round=date(2025, 3, 31), says_done=True,
    )  # fmt: skip
    register.apply(tx, ReportProgress(progress), by)
    return progress


def cancel(tx: Transaction, number: int, by: str) -> None:
    change = CancelReport(number, NOON + timedelta(hours=1), "ยกเลิกรายงาน")
    register.apply(tx, change, by)


def held(tx: Transaction, measure: Measure) -> Measure:
    found = register.hold(tx, measure.id)
    assert found is not None
    return found


def test_all_that_a_report_says_is_kept_and_the_measure_has_it(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        progress = report(tx, one, "clerk")
        assert register.history(tx, one.id, 5) == [progress]
        now = held(tx, one)
        assert (now.outcome, now.obstacle, now.budget_used) == ("ดีขึ้น", "ไม่มี", "15,000 บาท")


def test_the_newest_report_is_the_persons_own(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        assert register.last_report(tx, "clerk") is None
        progress = report(tx, one, "clerk")
        found = register.last_report(tx, "clerk")
        assert found is not None
        assert found[1:] == (progress, one)
        assert register.last_report(tx, "somebody else") is None


def test_a_report_is_taken_back_and_the_log_says_so(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        first, _ = report(tx, one, "clerk"), report(tx, one, "clerk", minutes=5)
        before = register.last_report(tx, "clerk")
        assert before is not None
        tx.sql.execute(sa.text("DELETE FROM outbox"))
        cancel(tx, before[0], "clerk")
        assert held(tx, one) == before[2]
        assert held(tx, one).output == "ทำครั้งที่ 0"
        assert register.history(tx, one.id, 5) == [first], "neither it nor the row about it counts"
        marks = {(mark.tab, mark.row_id) for mark in outbox.waiting(tx)}
        (entry,) = [row_id for tab, row_id in marks if tab == "progress"]
        assert ("measures", one.id) in marks
        row = register.progress_reports(tx, [entry])[entry]
        assert (row.output, row.status) == ("ยกเลิกรายงาน", Status.AWAITING_ACCEPTANCE)


def test_taking_back_twice_is_taking_back_once(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "clerk")
        found = register.last_report(tx, "clerk")
        assert found is not None
        cancel(tx, found[0], "clerk")
        cancel(tx, found[0], "clerk")
        assert held(tx, one) == one
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM progress")) == 2


def test_what_happened_since_is_not_undone(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        report(tx, one, "clerk")
        register.apply(tx, AcceptMeasure(one.id), "coordinator")
        found = register.last_report(tx, "clerk")
        assert found is not None
        assert found[2] is None, "accepted since"
    with database.agency("two") as tx:
        one = entered(tx)
        report(tx, one, "clerk")
        report(tx, one, "colleague", minutes=5)
        found = register.last_report(tx, "clerk")
        assert found is not None
        assert found[2] is None, "reported on since"


def test_evidence_that_came_later_belongs_to_the_report(database: Database) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        progress = report(tx, one, "clerk")
        found = register.last_report(tx, "clerk")
        assert found is not None
        for _ in range(2):
            register.apply(tx, AttachEvidence(found[0], (B,)), "clerk")
        assert held(tx, one).evidence == (A, B)
        assert register.history(tx, one.id, 5) == [replace(progress, links=(A, B))]
        cancel(tx, found[0], "clerk")
        assert held(tx, one).evidence == ()
        register.apply(tx, AttachEvidence(found[0], (B,)), "clerk")
        assert held(tx, one).evidence == ()


def test_a_correction_is_taken_back_with_the_message_of_what_it_corrects(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        one = entered(tx)
        progress = Progress(one.id, NOON, "กองทดสอบ", Status.IN_PROGRESS, 50, "คำที่พิมพ์ไว้")
        register.apply(tx, ReportProgress(progress), "clerk", "first message")
        found = register.last_report(tx, "clerk")
        assert found is not None
        cancel(tx, found[0], "clerk")
        again = replace(progress, at=NOON + timedelta(minutes=5), percent=60)
        corrected = ReportProgress(again, instead_of=found[0])
        register.apply(tx, corrected, "clerk", "second message")
        assert held(tx, one).percent == 60
        assert undoing.take_back(tx, "first message")
        assert held(tx, one) == one
        assert register.history(tx, one.id, 5) == []
        words = tx.sql.scalars(sa.text("SELECT output FROM progress")).all()
        assert "คำที่พิมพ์ไว้" not in words
