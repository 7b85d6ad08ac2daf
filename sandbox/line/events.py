"""Webhook events as LINE writes them."""

import secrets
from datetime import datetime
from typing import Any

from sandbox.line.state import ChannelState
from sandbox.line.world import LineWorld
from sandbox.people import Person

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WITH_REPLY_TOKEN = {
    "message",
    "follow",
    "join",
    "memberJoined",
    "postback",
    "videoPlayComplete",
    "beacon",
    "accountLink",
    "membership",
}
_FROM_LINE = {"contentProvider": {"type": "line"}}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "image": _FROM_LINE,
    "video": {"duration": 5000, **_FROM_LINE},
    "audio": {"duration": 5000, **_FROM_LINE},
    "file": {"fileName": "sample.pdf", "fileSize": 9},
    "location": {"latitude": 15.87, "longitude": 100.99},
    "sticker": {"packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"},
}
_QUOTABLE = {"text", "image", "video", "sticker"}


def ulid(now: datetime) -> str:
    """A ULID: 48 bits of milliseconds and 80 random bits, in Crockford's base 32."""
    value = (_milliseconds(now) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def message(world: LineWorld, content: dict[str, Any]) -> dict[str, Any]:
    """Complete a received message: its ID, and what LINE always adds to its type."""
    kind = content.get("type")
    filled = {**_DEFAULTS.get(str(kind), {}), **content}
    filled.setdefault("id", world.message_id())
    if kind in _QUOTABLE:
        filled.setdefault("quoteToken", secrets.token_urlsafe(48))
    return filled


def event(
    world: LineWorld,
    state: ChannelState,
    person: Person,
    payload: dict[str, Any],
    group_id: str | None = None,
    mode: str = "active",
) -> dict[str, Any]:
    """Complete an event from its type and its own part; what `payload` says is kept as it is.

    A standby event carries no reply token. In a group only messages name their sender.
    """
    now = world.now()
    kind = payload.get("type")
    full: dict[str, Any] = {
        "type": kind,
        "webhookEventId": ulid(now),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": _milliseconds(now),
        "source": _source(person, group_id, named=kind == "message"),
        "mode": mode,
    }
    if kind in _WITH_REPLY_TOKEN and mode == "active":
        full["replyToken"] = secrets.token_hex(16)
    if kind == "follow":
        full["follow"] = {"isUnblocked": person.line_user_id in state.blocked}
    _note(state, person, payload)
    return {**full, **payload}


def _source(person: Person, group_id: str | None, *, named: bool) -> dict[str, str]:
    if group_id is None:
        return {"type": "user", "userId": person.line_user_id}
    sender = {"userId": person.line_user_id} if named else {}
    return {"type": "group", "groupId": group_id, **sender}


def _note(state: ChannelState, person: Person, payload: dict[str, Any]) -> None:
    """Let the channel follow what the event says about it."""
    match payload:
        case {"type": "follow"}:
            state.blocked.discard(person.line_user_id)
        case {"type": "unfollow"}:
            state.blocked.add(person.line_user_id)
        case {"type": "unsend", "unsend": {"messageId": str(message_id)}}:
            state.unsent.add(message_id)
