"""Who reports on a measure, for which unit, and on which part of it."""

from typing import Final

from handlers.asked import Asked
from ita.agency import Role
from ita.measures import Measure
from ita.outstanding import belongs_to
from ita.rounds import Part, parts_open_to

COORDINATORS_UNIT: Final = "ผู้ประสานงาน"


def may_report(asked: Asked, measure: Measure) -> bool:
    """Whether the measure is the person's to report on; a coordinator reports for every unit."""
    coordinates = asked.person.role is Role.COORDINATOR
    return coordinates or belongs_to(measure.unit, asked.person.units)


def unit_for(asked: Asked, measure: Measure) -> str:
    """The person's unit that the measure is for; else their first."""
    units = asked.person.units
    fitting = [unit for unit in units if belongs_to(measure.unit, [unit])]
    return next(iter((*fitting, *units)), COORDINATORS_UNIT)


def own_parts(asked: Asked, measure: Measure) -> tuple[Part, ...]:
    """The parts of a measure that the person reports on."""
    own = None if asked.person.role is Role.COORDINATOR else asked.person.units
    units = asked.desk.agency.units
    return parts_open_to(measure, units, own) or parts_open_to(measure, units, None)
