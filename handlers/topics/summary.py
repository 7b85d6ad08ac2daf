"""สรุป: the unit's month in one card; a coordinator's the agency's."""

from datetime import date, datetime, time, timedelta

from handlers.asked import Asked
from handlers.cards import summary_card
from handlers.cards.summary import Month
from handlers.desk import Outcome
from handlers.events import BANGKOK
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from handlers.topics.outstanding import own_outstanding
from handlers.topics.whose import is_shown, nothing_shown, reader_of, sees_all
from handlers.worths import worths_of
from ita.dates import BUDDHIST_OFFSET
from ita.dates.fiscal import month_span
from ita.dates.points import LONG_MONTHS

LAST_MONTH = ("ที่แล้ว", "ก่อน")


def show_summary(asked: Asked) -> Outcome:
    """This month's summary, the last month's on request, or why there is none."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.summary", agency=asked.agency_name)
        return answer_with(asked, words)
    if nothing := nothing_shown(asked):
        return nothing
    measures = [each for each in asked.desk.measures() if is_shown(asked, each)]
    if not measures:
        return answer_with(asked, say("th", "staff.summary.no_measures"))
    first, last = _month(asked)
    worths = worths_of(asked.desk, measures)
    counts = asked.desk.report_counts(_midnight(first), _midnight(last + timedelta(days=1)))
    own = {each.id: counts[each.id] for each in measures if each.id in counts}
    month = Month(
        name=f"{LONG_MONTHS[first.month - 1]} {first.year + BUDDHIST_OFFSET}",
        today=asked.today,
        measures=measures,
        outstanding=own_outstanding(asked, worths),
        reports=sum(own.values()),
        reported=len(own),
        worth=worths.total,
        by_unit=sees_all(asked),
    )
    return show(asked, summary_card(month, reader_of(asked), (age_words(asked),)))


def _month(asked: Asked) -> tuple[date, date]:
    """The first and the last day of the month that is asked for."""
    this = month_span(asked.today.year, asked.today.month)
    if not any(word in asked.words for word in LAST_MONTH):
        return this
    before = this[0] - timedelta(days=1)
    return month_span(before.year, before.month)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)
