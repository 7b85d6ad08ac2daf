"""Reading an answer that was typed: a day, a standing, links."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.asked import Asked
from handlers.flex import link_uri
from handlers.texts import say
from handlers.topics.report_line import read_line
from handlers.understanding import Facts, Topic, understand
from handlers.understanding.days import days
from handlers.understanding.folding import LINK, fold
from handlers.understanding.naming import mentions
from handlers.understanding.words import POLITE_END
from ita.measures import Measure, Status
from ita.text import normalise

_DONE: Final = (Status.DONE, Status.AWAITING_ACCEPTANCE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it is, as typed; `status` is DONE for what is called done. `rest` are other words."""

    status: Status
    percent: int | None
    rest: str


def standing_in(asked: Asked, measure: Measure, words: str) -> Standing | None:
    """What the words say of how far the measure is, None where that is not clear."""
    command = f"{say('th', 'staff.button.report')} {measure.number} {words}"
    facts = Facts([measure], asked.today, asked.person.units)
    told = understand(command, asked.person.role, facts).measures
    if not told or told[0].status is None:
        return None
    done = told[0].status in _DONE
    percent = None if done else told[0].percent
    return Standing(Status.DONE if done else told[0].status, percent, told[0].output.strip())


def opens_on_another(asked: Asked, measure: Measure) -> Measure | None:
    """The measure that the words report on from their beginning on, by its number and with how far
    it is; None where that is this one, or they only speak of another."""
    facts = Facts(asked.desk.measures(), asked.today, asked.person.units)
    named, _ = mentions(facts.measures, fold(asked.words).text)
    if not (read_line(asked.words).numbered or (named and named[0].start == 0)):
        return None
    understood = understand(asked.words, asked.person.role, facts)
    first = understood.measures[0] if understood.measures else None
    if understood.topic is not Topic.REPORT or first is None or first.status is None:
        return None
    return first.measure if first.measure and first.measure.id != measure.id else None


def day_in(words: str, today: date) -> date | None:
    """The first day that the words name, the newest such day where they name no year; None where
    they name none that a calendar has.

    >>> str(day_in("5/11", date(2026, 1, 15)))
    '2025-11-05'
    """
    found, _ = days(fold(words).text, today, short=True)
    return found[0].date if found else None


def links_in(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links in the words that can be kept, and those that cannot."""
    found = [link for _, link in fold(words).links]
    usable = tuple(link for link in found if link_uri(link))
    return usable, tuple(link for link in found if link not in usable)


def without_links(words: str) -> str:
    """The words beside the links."""
    return LINK.sub(" ", words).strip()


def says_something(words: str) -> bool:
    """Whether there is a letter or a digit in the words."""
    return any(char.isalnum() for char in words)


def means(words: str, *choices: str) -> bool:
    """Whether the words are one of these, however they are spelled and however politely.

    >>> means("ส่งเลยจ้ะ", "ส่ง"), means("ไม่มีค่ะ", "ไม่มี"), means("ส่งแล้ว", "ส่ง")
    (True, True, False)
    """
    said = normalise(words).rstrip(" .!")
    meant = {normalise(choice) for choice in choices}
    return said in meant or POLITE_END.sub("", said) in meant
