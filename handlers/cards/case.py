"""A case just received."""

from datetime import date

from handlers import flex
from handlers.cards.common import soft
from handlers.desk import Message
from handlers.flex import column, words
from handlers.texts import Language, say
from ita.dates import thai_date


def case_card(language: Language, agency_name: str, number: str, received_on: date) -> Message:
    """A case just received: its number and what happens next, nothing of what it is about."""
    received = say(language, "citizen.grievance.received", date=_day(language, received_on))
    card = flex.bubble(
        say(language, "citizen.grievance.title"),
        column(
            soft(say(language, "citizen.grievance.number")),
            words(number, size="xxl", weight="bold", color=flex.BRAND),
            words(say(language, "citizen.grievance.keep", agency=agency_name)),
        ),
        soft(f"{say(language, 'citizen.grievance.kind')} · {received}"),
        flex.separator(),
        words(say(language, "citizen.grievance.next")),
        words(say(language, "citizen.grievance.urgent")),
    )
    return flex.flex_message(say(language, "citizen.grievance.alt", number=number), card)


def _day(language: Language, day: date) -> str:
    return thai_date(day) if language == "th" else f"{day.day} {day:%B %Y}"
