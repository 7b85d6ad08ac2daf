"""งานค้าง: what the person's units still have to report; a coordinator sees every unit's."""

import re
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.cards import outstanding_list
from handlers.desk import Outcome
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from handlers.topics.reporting.parts import is_whole, reports_on
from handlers.topics.reporting.reporter import own_parts
from handlers.topics.whose import is_shown, nothing_shown, reader_of
from handlers.worths import Worths, worths_of
from ita.measures import Measure, Status
from ita.outstanding import Outstanding, outstanding
from ita.rounds import WHOLE, Part, parts_done
from ita.text import normalise

_PAGE: Final = re.compile(r"หน้า ?(?:ที่ ?)?(\d{1,3})\b")


def show_outstanding(asked: Asked) -> Outcome:
    """A page of the list, worst first, or why there is none."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.outstanding", agency=asked.agency_name)
        return answer_with(asked, words)
    if nothing := nothing_shown(asked):
        return nothing
    worths = worths_of(asked.desk, asked.desk.measures())
    items = own_outstanding(asked, worths)
    if not items:
        none = say("th", "staff.outstanding.none")
        return answer_with(asked, "\n".join(filter(None, (none, age_words(asked)))))
    notes = (worth_note(asked, worths), age_words(asked))
    card = outstanding_list(items, notes, reader=reader_of(asked), page=_page_asked(asked))
    return show(asked, card)


def own_outstanding(asked: Asked, worths: Worths | None = None) -> list[Outstanding]:
    """What is outstanding of the person's units, of all for whoever oversees them."""
    points = worths.points if worths else {}
    mine = [measure for measure in asked.desk.measures() if is_shown(asked, measure)]
    parts = [(measure, open_part(asked, measure)) for measure in mine]
    waiting = [_due_by(measure, part) for measure, part in parts if part or _is_judged(measure)]
    return list(outstanding(waiting, asked.today, points))


def open_part(asked: Asked, measure: Measure) -> Part | None:
    """The first of the person's parts of a measure that is not done; None where all theirs are.

    A measure without rounds or shares is open until it is done as a whole.
    """
    if is_whole(asked, measure):
        return WHOLE
    done = parts_done(measure, asked.desk.agency.units, reports_on(asked, measure))
    return next((part for part in own_parts(asked, measure) if part not in done), None)


def _due_by(measure: Measure, part: Part | None) -> Measure:
    """The measure with the day of its open round as its own."""
    day = part.round if part else None
    return replace(measure, period=replace(measure.period, end=day)) if day else measure


def _is_judged(measure: Measure) -> bool:
    """Whether a coordinator has it, or gave it back."""
    return measure.status is Status.AWAITING_ACCEPTANCE or bool(measure.acceptance)


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
