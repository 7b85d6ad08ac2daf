"""From LINE's raw webhook event to an Event: whatever the JSON holds, it is read, never refused.

LINE adds fields, types and enum values unannounced, so only what is used is looked at, and each
value is taken only if it has the type and range that the reference gives it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.desk import ChatKind, Event
from ita.complaints import Place
from ita.text import clean

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
MAX_TEXT: Final = 5000
MAX_NAME: Final = 40
MAX_DATA: Final = 300
MAX_FILE_NAME: Final = 100
MAX_FILE_SIZE: Final = 2**40
MAX_IMAGE_SET: Final = 50
MAX_PLACE: Final = 200
MESSAGE_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
EARLIEST: Final = datetime(2016, 1, 1, tzinfo=UTC)
"""The Messaging API is not older: an earlier timestamp is none."""
AHEAD: Final = timedelta(days=1)
"""A timestamp further ahead than this would keep every later report from counting."""


def read(raw: Mapping[str, object], received_at: datetime) -> Event:
    """One raw webhook event, of any shape, as an Event. Never raises.

    `received_at` (aware) stands in for a missing or absurd timestamp.
    """
    message = _mapping(raw.get("message"))
    mention = _own_mention(message)
    postback = _mapping(raw.get("postback"))
    return Event(
        kind=_name(raw.get("type")),
        at=_moment(raw.get("timestamp"), received_at),
        chat_kind=_chat_kind(_mapping(raw.get("source")).get("type")),
        message_kind=_name(message.get("type")),
        text=clean(_without(_string(message.get("text")), mention), MAX_TEXT),
        mentions_bot=mention is not None,
        standby=raw.get("mode") == "standby",
        data=clean(_string(postback.get("data")), MAX_DATA),
        picked=_picked(_mapping(postback.get("params"))),
        message_id=_message_id(message.get("id") or _mapping(raw.get("unsend")).get("messageId")),
        file_name=_file_name(message.get("fileName")),
        file_size=_count(message.get("fileSize"), MAX_FILE_SIZE),
        image_set=_image_set(_mapping(message.get("imageSet"))),
        place=_place(message) if message.get("type") == "location" else None,
    )


def _message_id(value: object) -> str:
    found = _string(value)
    return found if MESSAGE_ID.fullmatch(found) else ""


def _file_name(value: object) -> str:
    """On one line, as people read it; never used as a path."""
    return clean(" ".join(_string(value).split()), MAX_FILE_NAME).strip()


def _image_set(value: Mapping[str, object]) -> tuple[int, int] | None:
    """Which of how many photos that were sent together, where LINE says so."""
    index, total = (_count(value.get(name), MAX_IMAGE_SET) for name in ("index", "total"))
    return (index, total) if 1 <= index <= total else None


def _place(message: Mapping[str, object]) -> Place | None:
    """A point on the map, with its title and address; None where LINE gives no such point."""
    latitude = _degrees(message.get("latitude"), 90)
    longitude = _degrees(message.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    named = (clean(_string(message.get(name)), MAX_PLACE) for name in ("title", "address"))
    words = " ".join(" ".join(named).split())[:MAX_PLACE]
    return Place(words, latitude, longitude)


def _degrees(value: object, most: int) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if -most <= value <= most else None


def _count(value: object, most: int) -> int:
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if known and isinstance(value, int) else 0


def _picked(params: Mapping[str, object]) -> str:
    """The date, time or moment that was picked with a button."""
    chosen = (_name(params.get(name)) for name in ("date", "time", "datetime"))
    return next(filter(None, chosen), "")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    return clean(_string(value), MAX_NAME)


def _chat_kind(value: object) -> ChatKind:
    # A kind that LINE may add is taken for a room: others may read along, so nothing
    # confidential is asked for or answered there.
    return "user" if value == "user" else "group" if value == "group" else "room"


def _moment(value: object, received_at: datetime) -> datetime:
    """Milliseconds since 1970 as a moment in Bangkok."""
    if not isinstance(value, int) or isinstance(value, bool):
        return received_at.astimezone(BANGKOK)
    earliest, latest = (int(at.timestamp() * 1000) for at in (EARLIEST, received_at + AHEAD))
    if not earliest <= value <= latest:
        return received_at.astimezone(BANGKOK)
    return datetime.fromtimestamp(value / 1000, BANGKOK)


def _own_mention(message: Mapping[str, object]) -> Mapping[str, object] | None:
    mentionees = _mapping(message.get("mention")).get("mentionees")
    if not isinstance(mentionees, list):
        return None
    own = (each for each in map(_mapping, mentionees) if each.get("isSelf") is True)
    return next(own, None)


def _without(text: str, mention: Mapping[str, object] | None) -> str:
    """The text without "@the bot"; LINE counts index and length in UTF-16 code units."""
    index, length = (mention or {}).get("index"), (mention or {}).get("length")
    if not isinstance(index, int) or not isinstance(length, int) or not 0 <= index <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    name = units[2 * index : 2 * (index + max(length, 0))]
    if not name.startswith("@".encode("utf-16-le")):
        return text
    rest = units[: 2 * index] + units[2 * index + len(name) :]
    return rest.decode("utf-16-le", "surrogatepass")
