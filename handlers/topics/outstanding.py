"""งานค้าง: what the person's units still have to report; a coordinator sees every unit's."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.cards import outstanding_list
from handlers.desk import Outcome
from handlers.flex import cut
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from handlers.topics.reporting.parts import still_due
from handlers.topics.whose import is_shown, nothing_shown, reader_of
from handlers.worths import Worths, worths_of
from ita.agency import Role
from ita.complaints.statistics import OpenGrievances
from ita.outstanding import Outstanding, outstanding
from ita.text import normalise

_SEES_CASES: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
_MOST_UNITS: Final = 3
_PAGE: Final = re.compile(r"หน้า ?(?:ที่ ?)?(\d{1,3})\b")


def show_outstanding(asked: Asked) -> Outcome:
    """A page of the list, worst first, or why there is none."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.outstanding", agency=asked.agency_name)
        return answer_with(asked, words)
    cases = _open_cases(asked)
    if nothing := nothing_shown(asked):
        return answer_with(asked, cases) if cases else nothing
    worths = worths_of(asked.desk, asked.desk.measures())
    items = own_outstanding(asked, worths)
    if not items:
        none = say("th", "staff.outstanding.none")
        return answer_with(asked, "\n".join(filter(None, (none, cases, age_words(asked)))))
    notes = (cases, worth_note(asked, worths), age_words(asked))
    card = outstanding_list(items, notes, reader=reader_of(asked), page=_page_asked(asked))
    return show(asked, card)


def _open_cases(asked: Asked) -> str:
    """How many grievances wait, and for whom; of protected cases, that some are overdue."""
    if asked.person.role not in _SEES_CASES or not asked.one_to_one:
        return ""
    late = asked.desk.cases.overdue_protected()
    protected = say("th", "staff.cases.protected_late", count=late) if late else ""
    return "\n".join(filter(None, (_open_grievances(asked), protected)))


def _open_grievances(asked: Asked) -> str:
    waiting = asked.desk.cases.open_grievances()
    if not waiting:
        return ""
    count, overdue = sum(one.count for one in waiting), sum(one.overdue for one in waiting)
    units = ", ".join(map(_unit_words, _not_too_many(waiting)))
    if overdue:
        return say("th", "staff.cases.open_and_late", count=count, overdue=overdue, units=units)
    return say("th", "staff.cases.open", count=count, units=units)


def _not_too_many(waiting: Sequence[OpenGrievances]) -> list[OpenGrievances]:
    """The units with most that is overdue, and all others together."""
    rest = waiting[_MOST_UNITS:]
    if not rest:
        return list(waiting)
    count, overdue = sum(one.count for one in rest), sum(one.overdue for one in rest)
    others = OpenGrievances(say("th", "staff.cases.other_units"), count, overdue)
    return [*waiting[:_MOST_UNITS], others]


def _unit_words(of: OpenGrievances) -> str:
    unit = cut(of.unit, 40) or say("th", "staff.cases.no_unit")
    if of.overdue:
        return say("th", "staff.cases.unit_late", unit=unit, count=of.count, overdue=of.overdue)
    return say("th", "staff.cases.unit", unit=unit, count=of.count)


def own_outstanding(asked: Asked, worths: Worths | None = None) -> list[Outstanding]:
    """What is outstanding of the person's units, of all for whoever oversees them."""
    points = worths.points if worths else {}
    mine = [measure for measure in asked.desk.measures() if is_shown(asked, measure)]
    return list(outstanding(still_due(asked, mine), asked.today, points))


def worth_note(asked: Asked, worths: Worths) -> str:
    """By which year's criteria the points are reckoned, where that is not plain."""
    current = asked.desk.agency.fiscal_year
    if worths.fiscal_year is None:
        return say("th", "staff.outstanding.worth_unknown", year=current)
    if worths.fiscal_year != current:
        return say("th", "staff.outstanding.worth_by", year=worths.fiscal_year)
    return ""


def _page_asked(asked: Asked) -> int:
    found = _PAGE.search(normalise(asked.words))
    return max(1, int(found[1])) if found else 1
