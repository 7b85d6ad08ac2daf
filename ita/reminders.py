"""Reminders: of what a person is reminded on a day, what comes first, and whether it is the time.

A measure is reminded of 30, 7 and 1 days before its day, on the last working day until then, as
a Sunday's reminder of a Monday would come too late; once a week when it is overdue; and what recurs
once a month, or a quarter where the plan says so, unless it was reported on in that time. Of what
has rounds the first that is not done counts, and of what all units share each unit's own part.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from ita.agency import Role, Unit
from ita.dates import fiscal_year_of, fiscal_year_span, read_period
from ita.dates.fiscal import month_span
from ita.measures import Measure, Progress, Status
from ita.outstanding import belongs_to, shared_by_all
from ita.public_holidays import known_years
from ita.rounds import office_of, parts_done, parts_of, parts_open_to, rounds_of
from ita.text import normalise
from ita.workdays import Calendar, OwnDays, calendar_for

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
BEFORE: Final = (30, 7, 1)
"""Days before a measure's day."""
WEEK: Final = 7
AHEAD: Final = timedelta(days=7)
"""What recurs is reminded of so long before the end of its month or quarter."""
REPORTED_WITHIN: Final = timedelta(days=92)
"""October to December: in these months the report on the year is made. What is still open after
them is a matter for that report, and nobody is reminded of it for ever."""
LONGEST_SNOOZE: Final = timedelta(days=90)
LONGEST_REST: Final = timedelta(days=31)
"""No agency is closed for longer."""

_DAY: Final = timedelta(days=1)
_OVER: Final = (Status.DONE, Status.AWAITING_ACCEPTANCE)


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to be reminded of: measures, and by their ids all `reports` on those that
    recur or have parts (ita.rounds), and the points of the total that they are `worths`.

    `units` is the agency's tree.
    """

    measures: Sequence[Measure]
    units: Sequence[Unit] = ()
    reports: Mapping[int, Sequence[Progress]] = field(default_factory=dict)
    worths: Mapping[int, Decimal] = field(default_factory=dict)


Told = Mapping[tuple[int, date], int]
"""Measure id and its day → the last stage that a person was reminded of."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A measure that somebody is to be reminded of, and the day `due` by which it is to be done.

    `stage` counts the reminders on the way to that day and beyond, from 1; each is due once.
    `days_left` is negative when late; `worth` are points of the total, 0 where not known.
    """

    measure: Measure
    due: date
    stage: int
    days_left: int
    worth: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wishes: no reminders at all, or none before the day `until`."""

    stopped: bool = False
    until: date | None = None

    def wants_none(self, day: date) -> bool:
        """Whether nothing is to be said on this day."""
        return self.stopped or (self.until is not None and day < self.until)


@dataclass(frozen=True, slots=True)
class Hours:
    """When an agency works on its working days, in Bangkok; `end` is the first moment after."""

    begin: time = time(8, 30)
    end: time = time(16, 30)

    def hold(self, now: datetime) -> bool:
        """Whether an aware moment lies within them, on whatever day."""
        return self.begin <= now.astimezone(BANGKOK).time() < self.end


def is_time(now: datetime, hours: Hours, calendar: Calendar) -> bool:
    """Whether an aware moment is within the hours of a working day.

    >>> from ita.workdays import calendar_for
    >>> is_time(datetime(2025, 3, 3, 9, tzinfo=BANGKOK), Hours(), calendar_for([2568]))
    True
    """
    return hours.hold(now) and calendar.is_working(now.astimezone(BANGKOK).date())


def next_time(now: datetime, hours: Hours, calendar: Calendar) -> datetime:
    """When the agency begins to work the next time, after an aware moment."""
    here = now.astimezone(BANGKOK)
    first = here.date() if here.time() < hours.begin else here.date() + _DAY
    return datetime.combine(calendar.on_or_after(first), hours.begin, BANGKOK)


def working_days(own: OwnDays, today: date, since: date | None = None) -> Calendar:
    """The agency's calendar for the time around a day, and for the years since another one.

    A year whose holidays are not known has weekends and the agency's own days: a reminder on
    a holiday does less harm than none for a year. Deadlines by law are not reckoned so.
    """
    first = min(today, since or today)
    around = range(fiscal_year_of(first) - 1, fiscal_year_of(today) + 2)
    calendar = calendar_for(set(around) & set(known_years()), own.added, own.struck)
    return replace(calendar, unverified={**dict.fromkeys(around, ()), **calendar.unverified})


def reminders(
    work: Work, today: date, calendar: Calendar, own: Sequence[str] | None = None
) -> tuple[Reminder, ...]:
    """Of what people of these units are to be reminded by today, the most important first.

    None are those who look after all units.
    """
    mine = [each for each in work.measures if own is None or belongs_to(each.unit, own)]
    found = [
        Reminder(measure, due, stage, (due - today).days, work.worths.get(measure.id, Decimal()))
        for measure in mine
        if (due := _due(measure, work, own, today))
        and (stage := _stage(measure, due, today, calendar))
    ]
    return tuple(sorted(found, key=importance))


def importance(reminder: Reminder) -> tuple[Decimal, int, int]:
    """Orders reminders: what brings most points first, then what is most late."""
    return -reminder.worth, reminder.days_left, reminder.measure.number


def for_person(
    work: Work, today: date, calendar: Calendar, role: Role, units: Sequence[str], told: Told
) -> tuple[Reminder, ...]:
    """Those that a person has not been told of: of his units' measures, which he reports on.

    A coordinator is also told what is overdue anywhere.
    """
    found = {one.measure.id: one for one in reminders(work, today, calendar, units)}
    if role is Role.COORDINATOR:
        anywhere = reminders(work, today, calendar)
        found = {one.measure.id: one for one in anywhere if one.days_left < 0} | found
    new = (one for one in found.values() if told.get((one.measure.id, one.due), 0) < one.stage)
    return tuple(sorted(new, key=importance))


def snoozed_until(words: str, today: date) -> date | None:
    """The day from which a person wants to be reminded again; None where that is not clear.

    At most `LONGEST_SNOOZE` from today.

    >>> snoozed_until("๓ วัน", date(2025, 3, 3))
    datetime.date(2025, 3, 6)
    """
    text = normalise(words)
    counted = _COUNTED.fullmatch(text)
    if counted:
        count = _WORDS.get(counted["count"]) or int(counted["count"])
        until = today + count * timedelta(days=_UNITS[counted["unit"] or "วัน"])
    elif _TOMORROW.fullmatch(text):
        until = today + _DAY
    else:
        named = read_period(text, fiscal_year_of(today))
        if named.kind != "date" or named.end is None:
            return None
        until = named.end
    return until if today < until <= today + LONGEST_SNOOZE else None


_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"), start=1
    )
}
_UNITS: Final = {"วัน": 1, "สัปดาห์": WEEK, "อาทิตย์": WEEK, "เดือน": 30}
_POLITE: Final = r"(?: ?(?:ครับ|ค่ะ|คะ|จ้า|นะ|หน่อย|ก่อน|ได้ไหม))*"
_COUNTED: Final = re.compile(
    rf"(?:ออก)?(?:ไป)? ?(?:อีก)? ?(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
    rf" ?(?P<unit>{'|'.join(_UNITS)})?{_POLITE}"
)
_TOMORROW: Final = re.compile(rf"(?:ไป)? ?(?:เป็น)?(?:วัน)?พรุ่งนี้{_POLITE}")


def _due(measure: Measure, work: Work, own: Sequence[str] | None, today: date) -> date | None:
    """The day that counts now; None where nothing is to be reminded of."""
    year_end = fiscal_year_span(measure.fiscal_year)[1]
    if measure.status in _OVER or today > year_end + REPORTED_WITHIN:
        return None
    days = _open_days(measure, work, own)
    if measure.period.kind != "recurring":
        return days[0] if days else None
    if today <= (measure.period.end or year_end):
        return _end_of_turn(measure, work, own, days, today)
    return days[-1] if days else None


def _open_days(measure: Measure, work: Work, own: Sequence[str] | None) -> list[date]:
    """The days of these people's parts that are not done."""
    parts = parts_open_to(measure, work.units, own) or parts_of(measure, work.units)
    done = parts_done(measure, work.units, work.reports.get(measure.id, ()))
    days = {part.round or measure.period.end for part in parts if part not in done}
    return sorted(day for day in days if day)


def _end_of_turn(
    measure: Measure, work: Work, own: Sequence[str] | None, days: Sequence[date], today: date
) -> date | None:
    """The end of the month or quarter of what recurs; None where somebody reported in it."""
    begin, due = month_span(today.year, today.month)
    if rounds := rounds_of(measure.period):
        due = next((day for day in days if day >= today), date.max)
        begin = max((day + _DAY for day in rounds if day < due), default=date.min)
    start, end = measure.period.start, measure.period.end
    if (start and due < start) or _reported_since(begin, measure, work, own):
        return None
    return min(due, end) if end else due


def _reported_since(begin: date, measure: Measure, work: Work, own: Sequence[str] | None) -> bool:
    """Whether these people reported from a day on; of what is shared each unit for itself."""
    tree, reports = work.units, work.reports.get(measure.id, ())
    since = [one for one in reports if one.at.astimezone(BANGKOK).date() >= begin]
    if own is None or not shared_by_all(measure.unit):
        return bool(since)
    offices = {office_of(unit, tree) for unit in own}
    return any(office_of(one.unit, tree) in offices for one in since)


def _stage(measure: Measure, due: date, today: date, calendar: Calendar) -> int:
    """How many of the reminders of a day have become due; 0 for none yet."""
    late = (today - due).days
    if late > 0:
        return len(BEFORE) + 1 + (late - 1) // WEEK
    ahead = [timedelta(days=days) for days in BEFORE]
    if measure.period.kind == "recurring":
        ahead = [AHEAD]
    return sum(_is_reached(due - time_ahead, today, calendar) for time_ahead in ahead)


def _is_reached(day: date, today: date, calendar: Calendar) -> bool:
    """Whether the last working day until a day has come. A far one need not be in the calendar."""
    return day <= today or (day - today < LONGEST_REST and calendar.on_or_before(day) <= today)
