"""How surely a measure was read: the least of its headings, its rows, its unit and its period."""

from ita.dates import Period, read_period
from ita.tables.drafts import Draft

SURE = 1.0
OUTSIDE_YEAR = 0.7
"""A date outside the fiscal year may be a misread figure."""
JOINED = 0.8
"""A row was joined to it on appearances, without its cells being merged."""
ABSENT = 0.5
"""No unit or no period stands there, or it has no title."""
TOO_WIDE = 0.5
"""More cells than headings: what stands under which heading is open."""
UNREAD = 0.3
"""The period could not be read, or stands where the unit should."""


def confidence(draft: Draft, title: str, unit: str, period: Period, *, outside: bool) -> float:
    """0..1 for a measure; a heading that is only like a usual one counts by its likeness.

    `outside`: its dates lie outside the fiscal year.
    """
    likeness = min((heading.likeness for heading in draft.table.headings), default=SURE)
    return min(
        round(likeness, 2),
        JOINED if draft.guessed else SURE,
        TOO_WIDE if draft.too_wide else SURE,
        SURE if title else ABSENT,
        _of_unit(unit),
        OUTSIDE_YEAR if outside else _of_period(period),
    )


def _of_unit(unit: str) -> float:
    if not unit:
        return ABSENT
    return UNREAD if read_period(unit).kind != "unknown" else SURE


def _of_period(period: Period) -> float:
    if not period.raw:
        return ABSENT
    return UNREAD if period.kind == "unknown" else SURE
