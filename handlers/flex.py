"""LINE's building blocks: measured text, Flex boxes, messages, quick replies.

All limits of LINE's reference that its OpenAPI document does not hold are kept here, so no
card can exceed one, however long a title in somebody's sheet is.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from handlers.desk import Message

Box = dict[str, Any]
"""A Flex component, as JSON."""

MAX_TEXT: Final = 5000
MAX_ALT: Final = 400  # LINE allows 1,500; a notification shows far less
MAX_LABEL: Final = 20
MAX_QUICK_TEXT: Final = 300
MAX_QUICK_REPLIES: Final = 13
MAX_URI: Final = 1000
FULL: Final = 100
MARKS_PER_LETTER: Final = 4
"""More characters than that on one letter are no writing; the rest would only swell a card."""

INK, SOFT, PAPER, LINE, TRACK = "#17212B", "#56616D", "#FFFFFF", "#DDE2E7", "#E3E7EB"
BRAND, GOOD, BUSY, WAITING, IDLE, BAD = (
    "#0F4C5C", "#1B6B3A", "#0B57A4", "#6B3FA0", "#6B5200", "#A92419",
)  # fmt: skip
"""Each has a contrast of at least 4.5:1 with PAPER, both ways round."""
QUIET, ALARM, CAUTION = "#F1F3F5", "#FCE8E6", "#FFF4D6"
"""Tints of a row to tap; every colour above can be read on each."""


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button below the chat that writes `text` for the person; `label` if it reads shorter."""

    text: str
    label: str = ""


def units(text: str) -> int:
    """Length in UTF-16 code units, as LINE counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str) -> Iterator[str]:
    """The letters of `text` with their vowels and marks: what must not be cut apart.

    >>> list(clusters("ที่น้ำ"))
    ['ที่', 'น้ำ']
    """
    cluster = ""
    for char in text:
        if cluster and not _joins(char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _joins(char: str) -> bool:
    # SARA AM is a letter to Unicode's categories, but extends a cluster (UAX 29).
    return char == "\u0e33" or unicodedata.category(char) in ("Mn", "Me")


def cut(text: str, limit: int, mark: str = "…") -> str:
    """At most `limit` UTF-16 units of `text`, between letters, with `mark` where it was cut.

    >>> cut("การใช้น้ำ", 8)
    'การใช้…'
    """
    if units(text) <= limit:
        return text
    kept, left = [], limit - units(mark)
    for cluster in clusters(text):
        left -= units(cluster)
        if left < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + mark


def label(text: str) -> str:
    """A button's label: at most 20 letters (grapheme clusters), one line."""
    letters = [letter[:MARKS_PER_LETTER] for letter in clusters(" ".join(text.split()))]
    if len(letters) <= MAX_LABEL:
        return "".join(letters)
    return "".join(letters[: MAX_LABEL - 1]).rstrip() + "…"


def link_uri(link: str) -> str | None:
    """`link` as LINE takes it (https, ASCII, at most 1,000 characters), None if it cannot be."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
        rest = quote(parts._replace(scheme="", netloc="").geturl(), safe="/?#&=%:@!$'()*+,;~")
    except ValueError:
        return None
    if parts.scheme != "https" or "." not in host or parts.username is not None:
        return None
    uri = f"https://{host}{port}{rest}"
    return uri if len(uri) <= MAX_URI else None


def words(text: str, *, limit: int = 300, **style: Any) -> Box:
    """A text component that grows with the letters that a person has set in LINE.

    LINE refuses an empty one, so there is always a character.
    """
    shown = cut(text.strip(), limit) or "–"
    usual = {"wrap": True, "scaling": True, "color": INK, "size": "sm"}
    return {"type": "text", "text": shown, **usual, **style}


def column(*contents: Box, **style: Any) -> Box:
    """Components below each other."""
    return {"type": "box", "layout": "vertical", "contents": list(contents), **style}


def row(*contents: Box, **style: Any) -> Box:
    """Components beside each other, on one baseline."""
    return {"type": "box", "layout": "baseline", "contents": list(contents), **style}


def pill(text: str, colour: str) -> Box:
    """A status in white on its colour."""
    shown = words(text, limit=60, color=PAPER, size="xs", weight="bold", align="center")
    return column(
        shown, backgroundColor=colour, cornerRadius="12px", paddingAll="4px",
        paddingStart="10px", paddingEnd="10px", flex=0,
    )  # fmt: skip


def bar(percent: float, colour: str, mark: float | None = None) -> Box:
    """A bar filled to `percent` (0..100), with a tick at `mark` that stands out of it."""
    filling = []
    if percent > 0:
        width = f"{min(percent, FULL):.0f}%" if percent >= 1 else "1%"
        filling.append(column(backgroundColor=colour, width=width, height="8px"))
    track = column(*filling, backgroundColor=TRACK, height="8px", cornerRadius="4px")
    if mark is None:
        return track
    tick = column(
        backgroundColor=INK, position="absolute", offsetStart=f"{mark:.0f}%", offsetTop="0px",
        width="2px", height="14px",
    )  # fmt: skip
    return column(track, tick, height="14px", justifyContent="center")


def separator() -> Box:
    """A thin line."""
    return {"type": "separator", "color": LINE, "margin": "md"}


def link_button(text: str, uri: str) -> Box:
    """A button that opens `uri`, which link_uri has made."""
    action = {"type": "uri", "label": label(text), "uri": uri}
    return {"type": "button", "style": "link", "height": "sm", "action": action}


def bubble(heading: str, *contents: Box, size: str = "mega") -> Box:
    """A card with a coloured heading; "giga" is as wide as the chat, for long rows."""
    title = words(heading, limit=100, color=PAPER, size="md", weight="bold")
    return {
        "type": "bubble",
        "size": size,
        "header": column(title, backgroundColor=BRAND, paddingAll="14px"),
        "body": column(*contents, spacing="md", paddingAll="16px"),
    }


def text_message(text: str) -> Message:
    """A plain text."""
    return {"type": "text", "text": cut(text, MAX_TEXT)}


def flex_message(alt: str, contents: Box) -> Message:
    """A card; `alt` is what notifications and old clients show instead."""
    return {"type": "flex", "altText": cut(" ".join(alt.split()), MAX_ALT), "contents": contents}


def fits(text: str) -> bool:
    """Whether a quick reply can carry `text` whole."""
    return bool(text.strip()) and units(text) <= MAX_QUICK_TEXT


def that_fit(cards: Sequence[Box], limit: int) -> list[Box]:
    """The first cards that together take at most `limit` bytes of JSON; at least one."""
    fitting: list[Box] = []
    left = limit
    for card in cards:
        left -= len(json.dumps(card))
        if fitting and left < 0:
            break
        fitting.append(card)
    return fitting


def with_quick_replies(message: Message, replies: Sequence[QuickReply]) -> Message:
    """The message with buttons; those that cannot carry their text whole are left out."""
    items = [_quick_item(reply) for reply in replies if fits(reply.text)][:MAX_QUICK_REPLIES]
    return {**message, "quickReply": {"items": items}} if items else message


def _quick_item(reply: QuickReply) -> dict[str, object]:
    shown = label(reply.label or reply.text)
    return {"type": "action", "action": {"type": "message", "label": shown, "text": reply.text}}
