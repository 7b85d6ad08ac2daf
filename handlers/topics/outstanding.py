"""งานค้าง: what the person's units still have to report; a coordinator sees every unit's."""

from handlers.asked import Asked
from handlers.cards import outstanding_list
from handlers.desk import Outcome
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from ita.agency import Role
from ita.outstanding import Outstanding, belongs_to, outstanding


def show_outstanding(asked: Asked) -> Outcome:
    """The list, worst first, or why there is none."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.outstanding", agency=asked.agency_name)
        return answer_with(asked, words)
    items = own_outstanding(asked)
    if items:
        return show(asked, outstanding_list(items, age_words(asked)))
    nobodys = not _oversees(asked) and not asked.person.units
    key = "staff.outstanding.no_unit" if nobodys else "staff.outstanding.none"
    return answer_with(asked, "\n".join(filter(None, (say("th", key), age_words(asked)))))


def own_outstanding(asked: Asked) -> list[Outstanding]:
    """What is outstanding of the person's units, of all for whoever oversees them."""
    units = asked.person.units
    return [
        item
        for item in outstanding(asked.desk.measures(), asked.today)
        if _oversees(asked) or belongs_to(item.measure.unit, units)
    ]


def _oversees(asked: Asked) -> bool:
    return asked.person.role in (Role.COORDINATOR, Role.EXECUTIVE)
