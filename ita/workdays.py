"""Working days: all but weekends, public holidays and substitution days, as an agency keeps them.

What an agency adds and strikes itself stands in the sheet's tab วันหยุด (`own_days`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from ita.dates import Period, fiscal_year_of, read_period, spans_of
from ita.public_holidays import NoHolidays, holidays_of
from ita.text import normalise

OFF: Final = "วันหยุด"
WORKED: Final = "วันทำงาน"
"""What the tab วันหยุด calls a day off, and a day on which the agency works nevertheless."""

UNNAMED: Final = "วันหยุดของหน่วยงาน"
LONGEST: Final = timedelta(days=31)
"""A longer row of days off is rather a slip of the pen."""

_DAY = timedelta(days=1)
_WEEKEND = {5: "วันเสาร์", 6: "วันอาทิตย์"}
_NONE: Mapping[date, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Calendar:
    """An agency's working days in the fiscal years that are keys of `unverified`.

    `holidays` names the days off beside the weekends; `worked` are days on which the agency works
    though others do not. `unverified` tells what of a year is not confirmed. Every question about
    a day of another year raises NoHolidays: an unknown year is not a year without holidays.
    """

    holidays: Mapping[date, str]
    worked: frozenset[date]
    unverified: Mapping[int, tuple[str, ...]]

    def why_off(self, day: date) -> str | None:
        """The weekday's name at weekends, else the holiday's; None for a working day."""
        if fiscal_year_of(day) not in self.unverified:
            raise NoHolidays(fiscal_year_of(day))
        if day in self.worked:
            return None
        return _WEEKEND.get(day.weekday()) or self.holidays.get(day)

    def is_weekend(self, day: date) -> bool:
        """Whether a day is off as a Saturday or a Sunday, whatever else it is."""
        return self.why_off(day) in _WEEKEND.values()

    def is_working(self, day: date) -> bool:
        """Whether the agency works on a day."""
        return self.why_off(day) is None

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day (1 or more)."""
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def between(self, day: date, last: date) -> int:
        """How many working days there are after a day, up to and with the last."""
        days = (day + passed * _DAY for passed in range(1, (last - day).days + 1))
        return sum(map(self.is_working, days))

    def doubts(self, first: date, last: date) -> tuple[str, ...]:
        """What is unverified of the years from the first day to the last, in Thai sentences."""
        years = range(fiscal_year_of(first), fiscal_year_of(last) + 1)
        return tuple(doubt for year in years for doubt in self.unverified.get(year, ()))


def calendar_for(
    fiscal_years: Iterable[int],
    added: Mapping[date, str] = _NONE,
    struck: Collection[date] = (),
) -> Calendar:
    """The calendar of some fiscal years, with an agency's own days off and days worked.

    A day that is both added and struck is worked: the earlier deadline is the safe one.
    NoHolidays for a year without data.

    >>> calendar = calendar_for([2568], added={date(2025, 4, 17): "งานประเพณี"})
    >>> str(calendar.after(date(2025, 4, 11), 1))
    '2025-04-18'
    """
    known = [holidays_of(year) for year in sorted(set(fiscal_years))]
    return Calendar(
        holidays={day: name for year in known for day, name in year.days.items()} | dict(added),
        worked=frozenset(struck),
        unverified={year.fiscal_year: year.unverified for year in known},
    )


@dataclass(frozen=True, slots=True)
class OwnDays:
    """An agency's own days: for `calendar_for`. `unread` are the rows that could not be read."""

    added: Mapping[date, str]
    struck: frozenset[date]
    unread: tuple[Mapping[str, str], ...]


def own_days(rows: Iterable[Mapping[str, str]]) -> OwnDays:
    """The agency's own days from the rows of the tab วันหยุด: cells `day`, `kind` and `name`.

    A day is a date in any form, or several, or a range; a row without a kind is a day off.

    >>> own_days([{"day": "๒ ม.ค. ๒๕๖๘", "kind": "วันหยุด", "name": "ประกาศจังหวัด"}]).added
    {datetime.date(2025, 1, 2): 'ประกาศจังหวัด'}
    """
    added: dict[date, str] = {}
    struck: set[date] = set()
    unread: list[Mapping[str, str]] = []
    for row in rows:
        days = _days(read_period(row.get("day", "")))
        kind = normalise(row.get("kind", "")) or OFF
        if not days or kind not in (OFF, WORKED):
            unread.append(row)
        elif kind == WORKED:
            struck.update(days)
        else:
            added |= dict.fromkeys(days, row.get("name", "").strip() or UNNAMED)
    return OwnDays(added, frozenset(struck), tuple(unread))


def _days(period: Period) -> list[date]:
    spans = spans_of(period) if period.kind in ("date", "dates", "range") else ()
    if any(last - first >= LONGEST for first, last in spans):
        return []
    return [
        first + passed * _DAY for first, last in spans for passed in range((last - first).days + 1)
    ]
