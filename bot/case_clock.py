"""What becomes of cases by the clock: rows enter the sheet, and what was kept long enough goes.

Rows enter together, on working days from 08:30 on, so that none tells when it was filed. All of it
can be done again at any time: a slot that was missed is made up for, one that comes twice is empty.
"""

from datetime import date, time, timedelta
from typing import Final

import structlog

from bot.program import Program
from bot.rounds import Rounds
from store import cases, workdays
from store.cases import pace, uploads

SLOT: Final = time(8, 30)
"""In Bangkok."""
AT_ONCE: Final = 200
"""Agencies a step: each takes some hundredths of a second, once a day."""
DRAFTS_KEPT: Final = timedelta(days=1)
"""Whole days after the one on which something was sent: drafts live for 24 hours."""

log = structlog.get_logger()


def sheet_slot(program: Program) -> Rounds[date]:
    """Each agency once a day from 08:30 on."""

    def slot(_: str) -> date | None:
        now = program.clock()
        return now.date() if now.time() >= SLOT else None

    def enter(agency: str, today: date) -> bool:
        enter_sheet(program, agency, today)
        return True

    return Rounds("cases enter the sheet", program.agencies, AT_ONCE, slot, enter)


def enter_sheet(program: Program, agency: str, today: date) -> None:
    """Rows whose day has come enter the agency's sheet, if it works today.

    The rows of its cases are put into another order on every day.
    """
    doors = program.agencies[agency].complaints.doors()
    with program.database.agency(agency) as tx:
        if not workdays.calendar(tx, today).is_working(today):
            cases.blend(tx, today)
            return
        count = cases.enter_sheet(tx, today, when_closed=doors.in_sheet_when_closed)
        if count:
            program.queue.defer_sync(tx.sql, agency)
            log.info("cases enter the sheet", agency=agency, count=count)


def retire(program: Program, agency: str) -> None:
    """Erase what the agency has kept for so long as it shall, and what became no case."""
    today = program.clock().date()
    with program.database.agency(agency) as tx:
        pace.forget(tx, today)
        if uploads.drop_old(tx, today - DRAFTS_KEPT):
            program.queue.defer_uploads(tx.sql, agency)
    gone = _over(program, agency, today)
    for case_id in gone:
        _erase(program, agency, case_id, today)
    if gone:
        log.info("cases erased", agency=agency, count=len(gone))


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; 28 February where there is no 29th.

    >>> str(years_before(date(2028, 2, 29), 1))
    '2027-02-28'
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _over(program: Program, agency: str, today: date) -> list[int]:
    kept = program.agencies[agency].complaints.doors().retention_years
    with program.database.agency(agency) as tx:
        return [
            case_id
            for kind, years in kept
            for case_id in cases.over(tx, kind, years_before(today, years))
        ]


def _erase(program: Program, agency: str, case_id: int, today: date) -> None:
    with program.database.agency(agency) as tx:
        if cases.erase(tx, case_id, today):
            program.queue.defer_uploads(tx.sql, agency)
        program.queue.defer_sync(tx.sql, agency)
