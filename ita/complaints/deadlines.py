"""Which clocks of a case run, until when, and which of them has run out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from ita.clocks import Clock, Deadline, Event, run
from ita.complaints.case import Case
from ita.workdays import Calendar

_DAY_OF: Final[Mapping[Event, str]] = {
    Event.RECEIVED: "runs_from",
    Event.SUBMITTED: "submitted_on",
    Event.ACKNOWLEDGED: "acknowledged_on",
    Event.CONCLUDED: "concluded_on",
    Event.INFORMED: "informed_on",
    Event.CLOSED: "closed_on",
}


def deadlines(case: Case, clocks: Sequence[Clock], calendar: Calendar) -> list[Deadline]:
    """The deadlines that a case still has to meet, the first one first.

    A clock runs once its event has come, and ends with the event that it runs until; none of a
    case that has ended, and of one that was opened again from that day on. Raises NoHolidays where
    one touches a year whose holidays are not known.
    """
    if not case.is_open:
        return []
    running = [
        run(clock, started, calendar)
        for clock in clocks
        if case.kind in clock.kinds
        and (started := _day(case, clock.since)) is not None
        and _day(case, clock.until) is None
    ]
    return sorted(running, key=lambda deadline: deadline.ends)


def _day(case: Case, event: Event) -> date | None:
    found: date | None = getattr(case, _DAY_OF[event])
    return found
