"""What the edge needs of LINE's raw events: where they came from, and how to answer.

Everything may be missing or of another type: LINE adds event types and fields unannounced,
and one event of a new shape must not lose the others of its body.
"""

import hashlib
import json
import re
from collections.abc import Mapping

RawEvent = Mapping[str, object]


def chat_id(raw: RawEvent) -> str:
    """The LINE id of the chat (group, room or user); "" where the event names none."""
    return _source(raw, "groupId") or _source(raw, "roomId") or _source(raw, "userId")


def user_id(raw: RawEvent) -> str:
    """The LINE id of whoever acted; "" where LINE does not say."""
    return _source(raw, "userId")


def reply_token(raw: RawEvent) -> str:
    """The reply token, or ""."""
    token = raw.get("replyToken")
    return token if isinstance(token, str) else ""


def event_id(raw: RawEvent) -> str:
    """LINE's id of the event, by which a second delivery is known.

    An event without a usable id gets one from its content, so that it too is kept once.
    """
    given = raw.get("webhookEventId")
    if isinstance(given, str) and re.fullmatch(r"[0-9A-Za-z_-]{1,64}", given):
        return given
    content = json.dumps(raw, sort_keys=True).encode()
    return "sha256-" + hashlib.sha256(content).hexdigest()


def _source(raw: RawEvent, field: str) -> str:
    source = raw.get("source")
    value = source.get(field) if isinstance(source, Mapping) else None
    return value if isinstance(value, str) else ""
