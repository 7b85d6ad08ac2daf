"""The day of the act in a report of one message: what is known of it, and what has to be asked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.asked import Asked
from handlers.topics.reporting.draft import Step
from handlers.understanding import Ask, Told
from handlers.understanding.days import Day, days
from handlers.understanding.folding import fold


@dataclass(frozen=True, slots=True)
class Acted:
    """When: `unclear` is the question about the day, Step.DAY or Step.YEAR, None where it needs
    none; `round` the last day of the round that was named."""

    day: date | None = None
    unclear: Step | None = None
    round: date | None = None


UNSAID: Final = Acted()


def acted(told: Told, ask: Ask | None) -> Acted:
    """The day of the only report of a message."""
    if ask is None or ask.what not in ("date", "fiscal_year"):
        return Acted(told.day, None, told.round)
    if ask.what == "fiscal_year" and told.day:
        return Acted(told.day, Step.YEAR, told.round)
    return Acted(None, Step.DAY, told.round)


def acted_of_several(asked: Asked, told: Told) -> Acted:
    """The day of one of several reports, if it is certain: nobody is asked for many of them."""
    doubtful = {each.date for each in doubtful_days(asked)}
    return Acted(None if told.day in doubtful else told.day, None, told.round)


def doubtful_days(asked: Asked) -> list[Day]:
    """The days in the words that no calendar has, or whose year is not said and not clear."""
    found, _ = days(fold(asked.words).text, asked.today)
    return [
        each
        for each in found
        if each.date is None or each.ahead or each.years or each.date > asked.today
    ]


def typed_day(asked: Asked, told: Told) -> str:
    """The day as it was typed, where the other words do not hold it; "" where they do, and where it
    may be that of another measure."""
    folded = fold(asked.words)
    found, _ = days(folded.text, asked.today)
    alone = found if told.measure is None else []
    of_it = [each for each in found if each.date and each.date == told.day] or alone
    typed = folded.words(of_it[0].start, of_it[0].end).strip() if of_it else ""
    return "" if typed in told.output else typed
