"""The fiscal year (ปีงบประมาณ) and its halves and quarters.

It runs from 1 October to 30 September and is named in the Buddhist era after the year it ends in.
The ITA is reported on by halves (รอบ 6 เดือน and รอบ 12 เดือน).
"""

from datetime import date, timedelta

BUDDHIST_OFFSET = 543
YEAR_MONTHS = 12
HALF_MONTHS = 6
QUARTER_MONTHS = 3
_OCTOBER = 10


def fiscal_year_of(day: date) -> int:
    """The Buddhist fiscal year that a day falls in.

    >>> fiscal_year_of(date(2024, 9, 30)), fiscal_year_of(date(2024, 10, 1))
    (2567, 2568)
    """
    return day.year + BUDDHIST_OFFSET + (day.month >= _OCTOBER)


def fiscal_year_span(fiscal_year: int) -> tuple[date, date]:
    """The first and the last day of a Buddhist fiscal year.

    >>> [str(day) for day in fiscal_year_span(2568)]
    ['2024-10-01', '2025-09-30']
    """
    ends_in = fiscal_year - BUDDHIST_OFFSET
    return date(ends_in - 1, _OCTOBER, 1), date(ends_in, 9, 30)


def half_of(day: date) -> int:
    """Which half (1 or 2) of its fiscal year a day falls in.

    >>> half_of(date(2025, 3, 31)), half_of(date(2025, 4, 1))
    (1, 2)
    """
    return _months_passed(day) // HALF_MONTHS + 1


def half_span(fiscal_year: int, half: int) -> tuple[date, date]:
    """The first and the last day of a half: 1 is October to March, 2 April to September.

    >>> [str(day) for day in half_span(2568, 1)]
    ['2024-10-01', '2025-03-31']
    """
    return _months(fiscal_year, (half - 1) * HALF_MONTHS, HALF_MONTHS)


def quarter_of(day: date) -> int:
    """Which quarter (1 to 4) of its fiscal year a day falls in.

    >>> quarter_of(date(2024, 12, 31)), quarter_of(date(2025, 1, 1))
    (1, 2)
    """
    return _months_passed(day) // QUARTER_MONTHS + 1


def quarter_span(fiscal_year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter: 1 is October to December.

    >>> [str(day) for day in quarter_span(2568, 2)]
    ['2025-01-01', '2025-03-31']
    """
    return _months(fiscal_year, (quarter - 1) * QUARTER_MONTHS, QUARTER_MONTHS)


def month_span(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month of a CE year.

    >>> [str(day) for day in month_span(2024, 2)]
    ['2024-02-01', '2024-02-29']
    """
    following = date(year + month // YEAR_MONTHS, month % YEAR_MONTHS + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _months_passed(day: date) -> int:
    """Whole months of its fiscal year before the month of a day."""
    return (day.month - _OCTOBER) % YEAR_MONTHS


def _months(fiscal_year: int, skipped: int, count: int) -> tuple[date, date]:
    """The first and last day of `count` months of a fiscal year, after `skipped` of them."""
    first, last = _nth_month(fiscal_year, skipped), _nth_month(fiscal_year, skipped + count - 1)
    return month_span(*first)[0], month_span(*last)[1]


def _nth_month(fiscal_year: int, passed: int) -> tuple[int, int]:
    since_january = _OCTOBER - 1 + passed
    begins_in = fiscal_year_span(fiscal_year)[0].year
    return begins_in + since_january // YEAR_MONTHS, since_january % YEAR_MONTHS + 1
