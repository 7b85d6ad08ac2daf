"""The cards of the protected door. No altText, label or action says what a report is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from handlers import flex
from handlers.cards.common import soft
from handlers.desk import Message
from handlers.flex import Box, column, cut, link_button, link_uri, words
from handlers.pressing import button
from handlers.texts import Language, say
from ita.complaints import receipt_shown
from ita.complaints.doors import OutsideBody

MAX_STORY: Final = 1200
"""Letters of the story on the review card: the whole of it stands in the chat above."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row to tap, and whether it was tapped before."""

    text: str
    action: Box
    is_chosen: bool = False


def door_card(
    language: Language,
    agency_name: str,
    outside: Sequence[OutsideBody],
    web_address: str,
    kinds: Sequence[Choice],
    note: str,
    ways: Sequence[Box],
    *,
    is_unread: bool,
) -> Message:
    """What one should know before a word is said, and the kinds to choose from.

    That the office cannot see who writes is told only where it is known that nobody reads along in
    LINE's own manager; what this system shows to nobody is so in any case.
    """
    uri = link_uri(web_address)
    web = link_button(say(language, "citizen.protected_tap.web"), uri) if uri else None
    seen = "citizen.protected.not_seen" if is_unread else "citizen.protected.not_shown"
    rather_web = [words(say(language, "citizen.protected.rather_web")), web] if web else []
    return _card(
        language, agency_name, say(language, "citizen.protected.title"),
        *_note(note),
        words(say(language, "citizen.protected.nothing_sent"), weight="bold"),
        words(say(language, seen, agency=agency_name)),
        words(say(language, "citizen.protected.stays")),
        *rather_web,
        *_outside(language, outside),
        flex.separator(),
        words(say(language, "citizen.protected.which_kind"), weight="bold"),
        *map(_row, kinds),
        *_ways(ways, first="secondary"),
    )  # fmt: skip


def about_card(
    language: Language,
    agency_name: str,
    units: Sequence[Choice],
    offices: Sequence[Choice],
    ways: Sequence[Box],
    note: str,
) -> Message:
    """The units and the receiving offices, one of which it may be about."""
    received_by = [soft(say(language, "citizen.protected.offices"))] if offices else []
    return _card(
        language, agency_name, say(language, "citizen.protected.about"),
        *_note(note),
        words(say(language, "citizen.protected.kept_out")),
        *map(_row, units),
        *received_by,
        *map(_row, offices),
        *_ways(ways, first="secondary"),
    )  # fmt: skip


def receivers_card(
    language: Language,
    agency_name: str,
    named: Sequence[str],
    receivers: Sequence[Choice],
    ways: Sequence[Box],
    note: str,
    *,
    by_substitute: bool,
) -> Message:
    """Who would receive it, each beside a button that strikes him out."""
    key = "citizen.protected.substitute" if by_substitute else "citizen.protected.will_receive"
    about = ", ".join(named) or say(language, "citizen.protected.nobody_named")
    return _card(
        language, agency_name, say(language, "citizen.protected.receivers"),
        *_note(note),
        words(say(language, "citizen.protected.is_about", units=cut(about, 200))),
        words(say(language, key), weight="bold"),
        *(_struck_row(each) for each in receivers),
        soft(say(language, "citizen.protected.strike_hint")),
        *_ways(ways),
    )  # fmt: skip


def outside_card(language: Language, agency_name: str, outside: Sequence[OutsideBody]) -> Message:
    """Nobody of the office may see it: where else one can turn."""
    return _card(
        language, agency_name, say(language, "citizen.protected.outside_title"),
        words(say(language, "citizen.protected.outside_only", agency=agency_name)),
        words(say(language, "citizen.protected.nothing_kept"), weight="bold"),
        *_outside(language, outside),
    )  # fmt: skip


def read_along_card(
    language: Language, agency_name: str, outside: Sequence[OutsideBody], web_address: str
) -> Message:
    """Others read this chat: nothing is taken here, and where else one can turn."""
    uri = link_uri(web_address)
    web = [link_button(say(language, "citizen.protected_tap.web"), uri)] if uri else []
    return _card(
        language, agency_name, say(language, "citizen.protected.title"),
        words(say(language, "citizen.protected.read_along", agency=agency_name)),
        words(say(language, "citizen.protected.nothing_kept"), weight="bold"),
        *web,
        *_outside(language, outside),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """What a report says, as its writer sees it before he sends it; `place` is "" where none came
    along from the other door."""

    kind: str
    named: Sequence[str]
    receivers: Sequence[str]
    story: str
    place: str
    uploads: int
    contact: str


def review_card(
    language: Language, agency_name: str, review: Review, ways: Sequence[Box], note: str
) -> Message:
    """All of it once more, who gets it, the privacy notice, and the button that sends it."""
    nobody = say(language, "citizen.protected.nobody_named")
    concealed = say(language, "citizen.protected.concealed")
    place = [_told(language, "place_told", review.place)] if review.place else []
    return _card(
        language, agency_name, say(language, "citizen.protected.review"),
        *_note(note),
        _told(language, "kind", review.kind),
        _told(language, "whom", ", ".join(review.named) or nobody),
        _told(language, "to", ", ".join(review.receivers)),
        _told(language, "story_told", cut(review.story, MAX_STORY)),
        *place,
        _told(language, "evidence_told", str(review.uploads)),
        _told(language, "contact_told", review.contact or concealed),
        soft(say(language, "citizen.protected.notice")),
        *_ways(ways),
    )  # fmt: skip


def receipt_card(
    language: Language,
    agency_name: str,
    number: str,
    receipt: str,
    web_address: str,
    ways: Sequence[Box],
    *,
    slowed: bool,
) -> Message:
    """Number and receipt code, which is shown here and nowhere else, once."""
    uri = link_uri(web_address)
    web = [link_button(say(language, "citizen.protected_tap.follow_web"), uri)] if uri else []
    told = "citizen.protected.no_notices" if ways else "citizen.own_notices.none"
    waits = [words(say(language, "citizen.protected.looked_at_first"))] if slowed else []
    return _card(
        language, agency_name, say(language, "citizen.protected.sent"),
        soft(say(language, "citizen.protected.number")),
        words(number, size="xl", weight="bold", color=flex.BRAND),
        soft(say(language, "citizen.protected.receipt")),
        words(receipt_shown(receipt), size="xl", weight="bold", color=flex.BRAND),
        words(say(language, "citizen.protected.write_down"), weight="bold"),
        *waits,
        words(say(language, "citizen.protected.follow")),
        *web,
        words(say(language, told)),
        soft(say(language, "citizen.protected.tidy")),
        *_ways(ways),
    )  # fmt: skip


def _card(language: Language, agency_name: str, heading: str, *contents: Box) -> Message:
    """A card whose altText could stand on any locked screen."""
    card = flex.bubble(heading, *contents)
    return flex.flex_message(say(language, "citizen.protected.alt", agency=agency_name), card)


def _told(language: Language, key: str, text: str) -> Box:
    heading = words(say(language, f"citizen.protected.{key}"), size="xs", color=flex.SOFT)
    return column(heading, words(text, limit=MAX_STORY))


def _outside(language: Language, outside: Sequence[OutsideBody]) -> list[Box]:
    if not outside:
        return []
    named = [" ".join(filter(None, (cut(one.name, 60), one.phone))) for one in outside[:8]]
    return [
        soft(say(language, "citizen.protected.elsewhere")),
        words("\n".join(f"• {each}" for each in named), limit=600),
    ]


def _note(note: str) -> list[Box]:
    return [words(note, color=flex.BRAND)] if note else []


def _row(choice: Choice) -> Box:
    """A choice that wraps and grows with its words, which LINE's own button does not."""
    shown = f"✓ {choice.text}" if choice.is_chosen else choice.text
    return column(
        words(shown, limit=80, weight="bold"),
        action=choice.action, backgroundColor=flex.QUIET, cornerRadius="8px", paddingAll="10px",
    )  # fmt: skip


def _struck_row(choice: Choice) -> Box:
    """A receiver, and apart from him what strikes him out."""
    strike = column(
        words(choice.action["label"], color=flex.BAD, weight="bold", align="center"),
        action=choice.action, backgroundColor=flex.QUIET, cornerRadius="8px", paddingAll="10px",
        flex=2,
    )  # fmt: skip
    name = words(choice.text, limit=80, gravity="center", flex=5)
    contents = [name, strike]
    return {"type": "box", "layout": "horizontal", "contents": contents, "spacing": "md"}


def _ways(ways: Sequence[Box], first: Literal["primary", "secondary"] = "primary") -> list[Box]:
    """The first way in its style, the others below it in grey."""
    styled = [button(way, "secondary" if at else first) for at, way in enumerate(ways)]
    return [column(*styled, spacing="sm")] if styled else []
