"""Reading an answer that was typed: a day, a standing, links."""

import re
from dataclasses import dataclass, replace
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
_DEEDS: Final = (Topic.REPORT, Topic.UNCLEAR)
"""What a deed may look like, taken by itself."""
_DENIED: Final = re.compile(r"\A\s*(?:ไม่|บ่)|ยัง(?:ไม่|บ่)")


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


def is_deed(asked: Asked, measure: Measure, words: str, least: int) -> bool:
    """Whether words that say nothing of how far the measure is tell what was done: no question, no
    wish, nothing about progress, and no denial."""
    facts = Facts(asked.desk.measures(), asked.today, asked.person.units)
    if understand(words, asked.person.role, facts).topic not in _DEEDS or _DENIED.search(words):
        return False
    command = f"{say('th', 'staff.button.report')} {measure.number} {words}"
    told = understand(command, asked.person.role, replace(facts, measures=[measure])).measures
    if not told or told[0].mixed or told[0].status:
        return False
    output = told[0].output.strip()
    return len(output) >= least and any(char.isalpha() for char in output)


def may_be_a_complaint(asked: Asked, measure: Measure, words: str) -> bool:
    """Whether words that are to stand in the shared sheet read like an accusation."""
    command = f"{say('th', 'staff.button.report')} {measure.number} {words}"
    facts = Facts([measure], asked.today, asked.person.units)
    return understand(command, asked.person.role, facts).topic is Topic.PROTECTED


def opens_on_another(asked: Asked, measure: Measure) -> Measure | None:
    """The measure that the words report on from their beginning on, by its number or behind the
    command, and with how far it is; None where that is this one, or they only speak of another."""
    command = say("th", "staff.button.report")
    words = asked.words.removeprefix(command).strip()
    facts = Facts(asked.desk.measures(), asked.today, asked.person.units)
    named, _ = mentions(facts.measures, fold(words).text)
    opens = asked.words.startswith(command) or read_line(words).numbered
    if not (opens or (named and named[0].start == 0)):
        return None
    understood = understand(words, asked.person.role, facts)
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
