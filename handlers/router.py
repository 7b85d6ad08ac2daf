"""Who answers what: one visible list of command words and the topic each leads to."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.asked import Asked
from handlers.desk import NOTHING, Desk, Event, Outcome, Person
from handlers.spelling import any_of
from handlers.texts import Language
from handlers.topics import grievance, outstanding, report, scores
from handlers.topics import help as helping

Topic = Callable[[Asked], Outcome]

ROUTES: Final[tuple[tuple[Topic, tuple[str, ...]], ...]] = (
    (report.report, ("รายงานผล", "รายงานความก้าวหน้า")),
    (outstanding.show_outstanding, ("งานค้าง", "งานที่ต้องรายงาน", "งานที่รอรายงาน")),
    (scores.show_scores, ("คะแนน", "score", "scores")),
    (grievance.protected, ("ร้องเรียนทุจริต", "แจ้งทุจริต", "report corruption")),
    (grievance.complain, ("ร้องเรียน", "complaint", "complain")),
    (grievance.file_grievance, ("แจ้งเหตุ", "แจ้งปัญหา", "ร้องทุกข์", "report a problem")),
    (helping.show_help, ("ช่วยเหลือ", "ช่วยด้วย", "เมนู", "วิธีใช้", "help", "menu")),
    (helping.greet, ("สวัสดี", "hello", "hi", "good morning", "good afternoon", "good evening")),
)
"""The first route that fits answers, so a longer command stands before its own beginning."""

OPENERS: Final = (
    "what",
    "where",
    "when",
    "how",
    "who",
    "why",
    "can",
    "is",
    "i",
    "please",
    "thanks",
)
"""Words that begin an English sentence which is no command."""

_SPACED = r"(?=\s|\d|มาตรการ|ตัวชี้วัด|ข้อ|$)"
"""What follows a command in a group, where คะแนนสอบออกแล้ว is not for us. One-to-one, Thai is
written without spaces: แจ้งเหตุไฟดับ."""


def _command(words: tuple[str, ...], after_thai: str) -> re.Pattern[str]:
    thai = tuple(word for word in words if not word.isascii())
    latin = tuple(word for word in words if word.isascii())
    ways = [any_of(thai) + after_thai] if thai else []
    ways += [any_of(latin) + r"(?![a-z])"] if latin else []
    return re.compile(rf"\s*(?:{'|'.join(ways)})[\s:]*", re.IGNORECASE)


_TO_THE_BOT: Final = tuple((topic, _command(words, "")) for topic, words in ROUTES)
_AMONG_OTHERS: Final = tuple((topic, _command(words, _SPACED)) for topic, words in ROUTES)
_ENGLISH: Final = _command(
    tuple(word for _, words in ROUTES for word in words if word.isascii()) + OPENERS, ""
)


def answer(event: Event, person: Person, desk: Desk, now: datetime) -> Outcome:
    """What to reply and to change after an event; NOTHING where the bot is not spoken to."""
    if event.standby:
        return NOTHING
    asked = Asked(event, person, desk, now, language_of(event.text), event.text.strip())
    if event.kind == "follow":
        return helping.greet(asked)
    if event.kind != "message":
        return NOTHING
    if event.message_kind != "text":
        return helping.not_text(asked) if asked.one_to_one else NOTHING
    return _answer_text(asked)


def _answer_text(asked: Asked) -> Outcome:
    spoken_to = asked.one_to_one or asked.event.mentions_bot
    for topic, command in _TO_THE_BOT if spoken_to else _AMONG_OTHERS:
        if found := command.match(asked.words):
            return topic(replace(asked, words=asked.words[found.end() :].strip()))
    if not spoken_to:
        return NOTHING
    return helping.not_understood(asked) if asked.words else helping.show_help(asked)


def language_of(text: str) -> Language:
    """English for a message in Latin letters that begins as English, else Thai.

    >>> language_of("report a problem: lamp out"), language_of("ok na")
    ('en', 'th')
    """
    latin = all(char.isascii() for char in text if char.isalpha())
    return "en" if latin and _ENGLISH.match(text) else "th"
