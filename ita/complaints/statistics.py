"""Statistics that may be published: grievances by month, protected cases by half-years.

Few protected cases would tell on people, so they are counted in half-years that are over, as one
number and without kinds as long as they are fewer than five, and nothing says how long any took.
None is said to be none. What was published stays as it is, whatever becomes of a case later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ita.clocks import Clock
from ita.complaints.case import Case
from ita.complaints.deadlines import deadlines
from ita.complaints.kinds import Kind
from ita.dates import fiscal_year_of, thai_month
from ita.public_holidays import NoHolidays
from ita.workdays import Calendar

FEWEST: Final = 5
"""Fewer cases than this are not told apart."""
NONE_FILED: Final = "ไม่มีเรื่องร้องเรียน"
TOO_FEW: Final = f"ไม่แยกรายละเอียดเมื่อมีน้อยกว่า {FEWEST} เรื่อง"
PROTECTED_CASES: Final = "เรื่องร้องเรียนเจ้าหน้าที่/ทุจริต"
"""What protected cases of all kinds are called together."""


@dataclass(frozen=True, slots=True)
class MonthlyCases:
    """Grievances that were received in a month (its first day)."""

    month: date
    received: int
    completed: int

    @property
    def in_progress(self) -> int:
        """Those that have not ended."""
        return self.received - self.completed


@dataclass(frozen=True, slots=True)
class OpenGrievances:
    """Grievances that a unit ("": none yet) still has to see to; `overdue` are among them."""

    unit: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Protected cases received in a half-year (from `start` to `end`), counted after its end.

    Of fewer than five nothing else is told: `completed` is None, and `by_kind` empty as it is where
    there were fewer than five of a kind.
    """

    start: date
    end: date
    received: int
    completed: int | None
    by_kind: Mapping[Kind, int]

    @property
    def months(self) -> str:
        """From which month to which: "ต.ค. 2567 - มี.ค. 2568"."""
        return f"{thai_month(self.start)} - {thai_month(self.end)}"

    @property
    def in_progress(self) -> int | None:
        """Those that had not ended."""
        return None if self.completed is None else self.received - self.completed


def monthly(cases: Iterable[Case], fiscal_year: int) -> list[MonthlyCases]:
    """Grievances of a fiscal year by month, the newest first; months without any are left out."""
    found: dict[date, list[Case]] = {}
    for case in cases:
        if not case.kind.is_protected and fiscal_year_of(case.received_on) == fiscal_year:
            found.setdefault(case.received_on.replace(day=1), []).append(case)
    return [
        MonthlyCases(month, len(of), sum(not case.is_open for case in of))
        for month, of in sorted(found.items(), reverse=True)
    ]


def last_half_year(today: date) -> tuple[date, date]:
    """The last half of a fiscal year (October to March, April to September) that is over.

    >>> [str(day) for day in last_half_year(date(2025, 1, 15))]
    ['2024-04-01', '2024-09-30']
    """
    if today.month in range(4, 10):
        return date(today.year - 1, 10, 1), date(today.year, 3, 31)
    year = today.year if today.month >= 10 else today.year - 1  # noqa: PLR2004 - October
    return date(year, 4, 1), date(year, 9, 30)


def snapshot(cases: Iterable[Case], today: date) -> Snapshot:
    """What is published of protected cases now; ended ones count as of the half-year's end.

    One that was held back counts once it was released; one that ended counts as ended, though it
    was opened again later.
    """
    start, end = last_half_year(today)
    of = [case for case in cases if case.kind.is_protected and start <= case.counts_on <= end]
    if len(of) < FEWEST:
        return Snapshot(start, end, len(of), None, {})
    completed = sum(case.ended_on is not None and case.ended_on <= end for case in of)
    by_kind = {kind: sum(case.kind is kind for case in of) for kind in {case.kind for case in of}}
    told = all(count >= FEWEST for count in by_kind.values())
    return Snapshot(start, end, len(of), completed, dict(sorted(by_kind.items())) if told else {})


def published(cases: Iterable[Case], since: date | None, today: date) -> Snapshot | None:
    """What is published now; None where the agency had no doors (`since` a day) in that time."""
    found = snapshot(cases, today)
    return found if since is not None and found.end >= since else None


def snapshots(cases: Sequence[Case], since: date, today: date) -> list[Snapshot]:
    """What is published of each half-year that is over and did not end before a day, newest first.

    The agency can tell of no time before it had these doors.
    """
    found = [snapshot(cases, today)]
    while found[-1].end >= since:
        found.append(snapshot(cases, found[-1].start))
    return found[:-1]


def open_grievances(
    cases: Iterable[Case], clocks: Sequence[Clock], calendar: Calendar, today: date
) -> list[OpenGrievances]:
    """What has not ended by unit, the unit with most overdue ones first."""
    by_unit: dict[str, list[Case]] = {}
    for case in cases:
        if case.kind is Kind.GRIEVANCE and case.is_open:
            by_unit.setdefault(case.unit, []).append(case)
    found = [
        OpenGrievances(unit, len(of), sum(is_overdue(case, clocks, calendar, today) for case in of))
        for unit, of in by_unit.items()
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.count, one.unit))


def is_overdue(case: Case, clocks: Sequence[Clock], calendar: Calendar, today: date) -> bool:
    """Whether a clock of the case has run out."""
    try:
        return any(one.ends < today for one in deadlines(case, clocks, calendar))
    except NoHolidays:
        return False  # one that ends in a year that nobody knows yet has not ended
