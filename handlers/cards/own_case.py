"""One's own cases: where each stands, what the office wrote, and what one can do."""

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
from ita.complaints import Case, CaseStatus, OwnCase, Said
from ita.complaints.kinds import ENDED
from ita.dates import thai_date

MAX_SHOWN: Final = 12
MAX_BYTES: Final = 27_000
"""Of the cards together, as they are sent; LINE takes 30,000 of one and 50,000 of several."""
MAX_SAID: Final = 5
"""The office's newest messages on a card."""
MAX_EARLIER, MAX_NEWEST = 250, 1500
MAX_UNIT, MAX_RESULT = 100, 600
"""Letters; the case's page on the web shows a result whole."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with what the office has to do next ("" where nothing runs) and its buttons."""

    own: OwnCase
    next: str = ""
    ways: Sequence[Box] = field(default=())


def own_case_card(language: Language, agency_name: str, shown: Shown, note: str = "") -> Message:
    """One case whole."""
    own = shown.own
    noted = [words(note, weight="bold", color=flex.BRAND)] if note else []
    card = flex.bubble(
        say(language, "citizen.own.title"),
        *noted,
        *_head(language, shown),
        *_handling(language, own.case),
        *_story(language, own),
        *_said(language, own.said),
        soft(say(language, f"citizen.own_notices.{own.notices}")),
        *_ways(shown.ways),
    )
    return flex.flex_message(_alt(language, agency_name), card)


def own_cases(language: Language, agency_name: str, cases: Sequence[Shown]) -> tuple[Message, int]:
    """Several cases side by side, and how many of them found room."""
    cards = [
        flex.bubble(say(language, "citizen.own.title"), *_head(language, one), *_ways(one.ways))
        for one in cases[:MAX_SHOWN]
    ]
    fitting = flex.that_fit(cards, MAX_BYTES)
    carousel: Box = {"type": "carousel", "contents": fitting}
    return flex.flex_message(_alt(language, agency_name), carousel), len(fitting)


def day_words(language: Language, day: date) -> str:
    """A day as people of that language write it."""
    return thai_date(day) if language == "th" else f"{day.day} {day:%B %Y}"


def standing(language: Language, own: OwnCase) -> str:
    """The status in the words of the case's kind."""
    if own.case.kind.is_protected:
        return say(language, f"citizen.protected_status.{own.case.status}")
    return say(language, f"citizen.grievance_status.{own.case.status}")


def _alt(language: Language, agency_name: str) -> str:
    return say(language, "citizen.own.alt", agency=agency_name)


def _head(language: Language, shown: Shown) -> list[Box]:
    case = shown.own.case
    kind = say(language, f"citizen.case_kind.{case.kind}")
    received = say(language, "citizen.own.received", day=day_words(language, case.received_on))
    told = [words(shown.next)] if shown.next else []
    asked = case.withdrawal_on or shown.own.withdrew_on
    withdrawn = [soft(say(language, "citizen.own.withdrawal"))] if asked else []
    return [
        words(case.number, size="xl", weight="bold", color=flex.BRAND),
        soft(f"{kind} · {received}"),
        flex.pill(standing(language, shown.own), _colour(case.status)),
        *told,
        *withdrawn,
    ]


def _handling(language: Language, case: Case) -> list[Box]:
    """Who sees to it, and what came of it."""
    told = [("unit", case.unit, MAX_UNIT), ("result", case.result, MAX_RESULT)]
    return [
        column(soft(say(language, f"citizen.own.{name}")), words(text, limit=limit))
        for name, text, limit in told
        if text.strip()
    ]


def _story(language: Language, own: OwnCase) -> list[Box]:
    """By what a grievance is recognised; of a protected case nothing is repeated."""
    counted = say(language, "citizen.own.evidence", count=own.evidence)
    evidence = [soft(counted)] if own.evidence else []
    if own.lost:
        evidence.append(words(say(language, "citizen.own.lost", count=own.lost)))
    if own.case.kind.is_protected:
        return evidence
    told = [text for text in (own.first_words, own.place.words) if text.strip()]
    return [*(words(cut(text, 160)) for text in told), *evidence]


def _said(language: Language, said: Sequence[Said]) -> list[Box]:
    by_office = [one for one in said if one.by_office][-MAX_SAID:]
    if not by_office:
        return []
    *before, newest = by_office
    limits = [*((one, MAX_EARLIER) for one in before), (newest, MAX_NEWEST)]
    messages = [
        column(soft(day_words(language, one.on)), words(one.text, limit=limit))
        for one, limit in limits
    ]
    heading = words(say(language, "citizen.own.office_says"), weight="bold")
    return [flex.separator(), heading, *messages]


def _colour(status: CaseStatus) -> str:
    if status in ENDED:
        return flex.IDLE
    return flex.WAITING if status is CaseStatus.RESOLVED else flex.BUSY


def _ways(ways: Sequence[Box]) -> list[Box]:
    styled = [button(way, "secondary" if at else "primary") for at, way in enumerate(ways)]
    return [column(*styled, spacing="sm")] if styled else []
