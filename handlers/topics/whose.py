"""Whose work a person is shown: own units' or all, alone or with others reading along."""

from handlers.asked import Asked
from handlers.cards.outstanding import Reader
from handlers.desk import Outcome
from handlers.groups import privately
from handlers.replies import answer_with
from handlers.texts import say
from ita.agency import Role
from ita.measures import Measure
from ita.outstanding import belongs_to


def oversees(asked: Asked) -> bool:
    """Whether the person looks after all units."""
    return asked.person.role in (Role.COORDINATOR, Role.EXECUTIVE)


def sees_all(asked: Asked) -> bool:
    """Whether all units' work is shown: not in a group, which is one unit's."""
    return oversees(asked) and asked.one_to_one


def is_shown(asked: Asked, measure: Measure) -> bool:
    """Whether a measure is among the work that the person is shown."""
    return sees_all(asked) or belongs_to(measure.unit, asked.person.units)


def reader_of(asked: Asked) -> Reader:
    """For whom a list is made."""
    if sees_all(asked):
        scope = say("th", "staff.scope.all", agency=asked.agency_name)
    else:
        scope = ", ".join(asked.person.units)
    looks_on = asked.person.role is Role.EXECUTIVE and not asked.person.units
    accepts = asked.person.role is Role.COORDINATOR and asked.one_to_one
    return Reader(scope, reports=not looks_on, accepts=accepts, alone=asked.one_to_one)


def nothing_shown(asked: Asked) -> Outcome | None:
    """What is said where nothing can be shown at all; None where something can."""
    if sees_all(asked) or asked.person.units:
        return None
    if oversees(asked):
        words = say("th", "staff.scope.privately")
        return Outcome((privately(asked, words, asked.event.text),))
    return answer_with(asked, say("th", "staff.outstanding.no_unit"))
