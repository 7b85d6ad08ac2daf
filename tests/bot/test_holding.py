"""Two who report on the same measures, in any order, never wait for each other in a circle."""

import threading

import sqlalchemy as sa

from ita.changes import ReportProgress
from ita.measures import Progress, Status
from store import register
from tests.bot.test_media import AGENCY, apply
from tests.bot.town import Town, eventually
from tests.store.test_holding import BLOCKED


def test_whoever_waits_for_the_first_measure_holds_no_second(made: Town) -> None:
    with made.program.database.agency(AGENCY) as tx:
        first, second = sorted(measure.id for measure in register.measures(tx))[:2]
        now, status = made.program.clock(), Status.IN_PROGRESS
    said = [
        ReportProgress(Progress(known, now, "กองทดสอบ", status, 40, "ทดสอบ"))
        for known in (second, first)
    ]
    other = threading.Thread(target=apply, args=(made, *said))
    with made.program.database.agency(AGENCY) as tx:
        assert register.hold(tx, first)
        other.start()
        eventually(lambda: tx.sql.scalar(sa.text(BLOCKED)), "the other one waits")
        row = sa.text("SELECT id FROM measure WHERE id = :id FOR UPDATE NOWAIT")
        assert tx.sql.scalar(row, {"id": second}) == second
    other.join()
    with made.program.database.agency(AGENCY) as tx:
        assert len(register.history(tx, first, 9)) == len(register.history(tx, second, 9)) == 1
