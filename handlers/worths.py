"""What the measures are still worth in points of the total, and by which year's criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from handlers.desk import Desk
from ita.criteria import Criteria, NoCriteria
from ita.measures import Measure
from ita.projections import measure_worths, outstanding_items
from ita.scores import shares


@dataclass(frozen=True, slots=True)
class Worths:
    """Points of the total (unrounded) by measure id; `total` counts each item of them once.

    `fiscal_year` is the year whose criteria say so, None where none does: then nothing is known.
    """

    points: Mapping[int, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal()
    fiscal_year: int | None = None


def worths_of(desk: Desk, measures: Sequence[Measure]) -> Worths:
    """What is known of the worth of these measures of the agency's current year."""
    criteria = _telling(desk)
    if criteria is None:
        return Worths()
    year = criteria.fiscal_year
    items = desk.item_points(year)
    ranked = measure_worths(criteria, measures, items)
    named = {code: items.get(code, Decimal()) for one in ranked for code in one.measure.items}
    total = sum((one.points for one in outstanding_items(criteria, named)), Decimal())
    return Worths({one.measure.id: one.points for one in ranked}, total, year)


def _telling(desk: Desk) -> Criteria | None:
    """The criteria that say what an item is worth: the measures' own year's.

    A plan is often written by the items of the last scores, before its own year's are announced:
    while no item of its own year is known, the year of the newest scores tells.
    """
    own = _criteria(desk, desk.agency.fiscal_year)
    if own is not None and (own.items or shares(own)):
        return own if shares(own) else None
    official = desk.scores()
    scored = _criteria(desk, official.fiscal_year) if official else None
    return scored if scored is not None and shares(scored) else None


def _criteria(desk: Desk, fiscal_year: int) -> Criteria | None:
    try:
        return desk.criteria(fiscal_year)
    except NoCriteria:
        return None
