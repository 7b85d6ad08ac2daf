"""The cards of the grievance door: a last look before it is sent, and what was received."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from handlers import flex
from handlers.cards.common import soft
from handlers.desk import Message
from handlers.flex import Box, column, cut, words
from handlers.pressing import button
from handlers.texts import Language, say
from ita.complaints import Notices, Similar, receipt_shown
from ita.dates import thai_date

MAX_STORY: Final = 800
"""Letters of the story on the card: the whole of it stands in the chat above."""


@dataclass(frozen=True, slots=True)
class GrievanceReview:
    """What was understood. `joined` is the title of the case that it is to join, "" for none."""

    story: str = field(repr=False)
    place: str = field(repr=False)
    uploads: int
    joined: str = ""


def grievance_review(language: Language, seen: GrievanceReview, taps: Sequence[Box]) -> Message:
    """A last look: to whoever told it, in this chat alone; its altText says nothing of it."""
    title = say(language, "citizen.review.title")
    evidence = say(language, "citizen.review.items", count=seen.uploads) if seen.uploads else ""
    send, *others = taps
    card = flex.bubble(
        title,
        _told(language, "story", cut(seen.story, MAX_STORY)),
        _told(language, "place", seen.place),
        _told(language, "evidence", evidence),
        *([_told(language, "joined", seen.joined)] if seen.joined else []),
        soft(say(language, "citizen.review.privacy")),
        button(send),
        *(button(each, "secondary") for each in others),
    )
    return flex.flex_message(title, card)


def similar_line(language: Language, number: int, one: Similar) -> str:
    """An open case as a coordinator titled it, with its day."""
    title, day = cut(one.title, 100), day_words(language, one.received_on)
    return say(language, "citizen.tell.like", number=number, title=title, day=day)


def case_card(
    language: Language,
    agency_name: str,
    number: str,
    receipt: str,
    received_on: date,
    *,
    joins: bool = False,
    slowed: bool = False,
    taps: Sequence[Box] = (),
    notices: Notices = Notices.ANY_TIME,
) -> Message:
    """A case just received: its number, its receipt code (here alone), and what happens next.

    Whoever `joins` a case gets no number of his own. Nothing is said of what it is about.
    """
    title = say(language, "citizen.grievance.joined" if joins else "citizen.grievance.title")
    received = say(language, "citizen.grievance.received", date=day_words(language, received_on))
    own_number = column(
        soft(say(language, "citizen.grievance.number")),
        words(number, size="xxl", weight="bold", color=flex.BRAND),
        words(say(language, "citizen.grievance.keep", agency=agency_name)),
    )
    code = column(
        soft(say(language, "citizen.grievance.receipt")),
        words(receipt_shown(receipt), size="lg", weight="bold"),
        words(say(language, "citizen.grievance.receipt_keep")),
    )
    told = "citizen.own_notices.none" if notices is Notices.NONE else "citizen.grievance.told"
    slow = [words(say(language, "citizen.grievance.slowed"))] if slowed else []
    card = flex.bubble(
        title,
        *([] if joins else [own_number]),
        code,
        soft(f"{say(language, 'citizen.grievance.kind')} · {received}"),
        flex.separator(),
        words(say(language, "citizen.grievance.next")),
        *slow,
        words(say(language, told)),
        words(say(language, "citizen.grievance.urgent")),
        *(button(each, "secondary") for each in taps),
    )
    alt = title if joins else say(language, "citizen.grievance.alt", number=number)
    return flex.flex_message(alt, card)


def day_words(language: Language, day: date) -> str:
    """A day as people write it."""
    return thai_date(day) if language == "th" else f"{day.day} {day:%B %Y}"


def _told(language: Language, name: str, value: str) -> Box:
    shown = value or say(language, "citizen.review.none")
    label = soft(say(language, f"citizen.review.{name}"))
    return column(label, words(shown, limit=MAX_STORY))
