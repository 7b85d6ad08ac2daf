"""Whether LINE would take a message: the limits of its reference that no schema holds."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from linebot.v3.messaging import ReplyMessageRequest

from handlers.desk import Message
from handlers.flex import clusters, units
from handlers.pressing import with_tokens

TOKEN = 22
"""Letters of the id that LINE gets for a button's action."""
TEXT_KEYS = ("text", "altText", "label")
OF_THE_PHONE = ("location", "camera", "cameraRoll")
"""Actions that open something on the phone, and write nothing by themselves."""


def assert_sendable(messages: Sequence[Message]) -> None:
    """Fail with the limit that a reply of these messages breaks."""
    if not messages:
        return
    messages = [with_tokens(message, lambda _: "x" * TOKEN) for message in messages]
    assert len(messages) <= 5
    for message in messages:
        if message["type"] == "text":
            assert 1 <= units(message["text"]) <= 5000
        elif message["type"] == "image":
            assert all(
                urlsplit(message[name]).scheme == "https" and len(message[name]) <= 2000
                for name in ("originalContentUrl", "previewImageUrl")
            )
        else:
            assert 1 <= units(message["altText"]) <= 400
            assert _escaped(message["contents"]) < 30_000
        _assert_quick_replies(message.get("quickReply"))
        for part in parts(message):
            _assert_part(part)
    assert all("quickReply" not in message for message in messages[:-1])
    assert_survives_the_sdk(messages)


def assert_survives_the_sdk(messages: Sequence[Message]) -> None:
    """line-bot-sdk drops what it does not know without a word: nothing may be dropped."""
    _assert_survives(json.dumps(messages))


@lru_cache(maxsize=2000)
def _assert_survives(shown: str) -> None:
    """The same messages survive it every time, and most of what is answered repeats."""
    messages = json.loads(shown)
    sent = {"replyToken": "t", "messages": messages, "notificationDisabled": False}
    assert ReplyMessageRequest.from_dict(sent).to_dict() == sent


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object inside."""
    if isinstance(value, list):
        for each in value:
            yield from parts(each)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            yield from parts(each)


def _assert_quick_replies(quick: dict[str, Any] | None) -> None:
    if quick is None:
        return
    assert 1 <= len(quick["items"]) <= 13
    for item in quick["items"]:
        action = item["action"]
        if action["type"] in OF_THE_PHONE:
            continue
        written = action.get("displayText", "–") if "data" in action else action["text"]
        assert 1 <= units(written) <= 300


def _assert_part(part: dict[str, Any]) -> None:
    for key in TEXT_KEYS:
        if isinstance(part.get(key), str):
            assert part[key].strip(), f"LINE refuses an empty {key}"
    if "label" in part:
        assert len(list(clusters(part["label"]))) <= 20
    if "uri" in part:
        assert part["uri"].isascii()
        assert len(part["uri"]) <= 1000
        assert urlsplit(part["uri"]).scheme == "https"


def _escaped(value: object) -> int:
    return len(json.dumps(value))
