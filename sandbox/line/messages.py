"""What LINE accepts in a request that sends messages, as one table, and how it says no."""

from collections.abc import Sequence
from typing import Any

from sandbox.line import actions, flex
from sandbox.line.rules import (
    WEB,
    Fields,
    Problem,
    Rule,
    demand,
    flag,
    items,
    kind,
    kinds,
    number,
    one_of,
    pattern,
    shape,
    text,
    uri,
    whole,
)
from sandbox.line.text import grapheme_count

_ALT_TEXT = text(1500)
_IMAGE = uri(2000, WEB)
_QUOTE: Fields = {"quoteToken": text(1000)}
_COMMON: Fields = {
    "quickReply": shape(
        {
            "items": items(
                shape(
                    {"type": one_of("action"), "action": actions.QUICK_REPLY}, {"imageUrl": _IMAGE}
                ),
                1,
                13,
            )
        }
    ),
    "sender": shape({}, {"name": text(20, grapheme_count), "iconUrl": _IMAGE}),
}


def _message(required: Fields, optional: Fields | None = None, *also: Rule) -> Rule:
    return kind(required, {**_COMMON, **(optional or {})}, *also)


_PRODUCT: Fields = {"productId": text(100), "emojiId": text(100)}
_SUBSTITUTE = kinds(
    {
        "emoji": kind(_PRODUCT),
        "mention": kind(
            {"mentionee": kinds({"all": kind({}), "user": kind({"userId": text(100)})})}
        ),
    }
)


def _substitution(value: Any, path: tuple[str | int, ...]) -> Any:
    names = dict.fromkeys(value, _SUBSTITUTE) if isinstance(value, dict) else {}
    yield from shape({}, names)(value, path)


_AREA = shape({"x": whole(), "y": whole(), "width": whole(), "height": whole()})
_IMAGEMAP_LABEL: Fields = {"label": text(100)}
_IMAGEMAP = _message(
    {
        "baseUrl": _IMAGE,
        "altText": _ALT_TEXT,
        "baseSize": shape({"width": whole(1040, 1040), "height": whole(1)}),
        "actions": items(
            kinds(
                {
                    "uri": kind({"linkUri": uri(1000), "area": _AREA}, _IMAGEMAP_LABEL),
                    "message": kind({"text": text(400), "area": _AREA}, _IMAGEMAP_LABEL),
                    "clipboard": kind(
                        {"clipboardText": text(1000), "area": _AREA}, _IMAGEMAP_LABEL
                    ),
                }
            ),
            0,
            50,
        ),
    },
    {
        "video": shape(
            {"originalContentUrl": _IMAGE, "previewImageUrl": _IMAGE, "area": _AREA},
            {"externalLink": shape({"linkUri": uri(1000), "label": text(30)})},
        )
    },
)

_IMAGE_LOOK: Fields = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
_BACKGROUND: Fields = {"imageBackgroundColor": pattern(r"#[0-9a-fA-F]{6}")}
_CARD: Fields = {
    "thumbnailImageUrl": _IMAGE,
    "title": text(40),
    "defaultAction": actions.DEFAULT,
    **_BACKGROUND,
}


def _short_beside_picture(short: int) -> Rule:
    """A card's text must be shorter beside a picture or a title."""

    def fits(card: dict[str, Any]) -> bool:
        crowded = {"thumbnailImageUrl", "title"} & card.keys()
        return not crowded or next(text(short)(card["text"], ()), None) is None

    return demand(fits, "text", f"Length must be between 1 and {short}")


_COLUMN = shape(
    {"text": text(120), "actions": items(actions.TEMPLATE, 1, 3)}, _CARD, _short_beside_picture(60)
)
_TEMPLATE = kinds(
    {
        "buttons": kind(
            {"text": text(160), "actions": items(actions.TEMPLATE, 1, 4)},
            {**_CARD, **_IMAGE_LOOK},
            _short_beside_picture(60),
        ),
        "confirm": kind({"text": text(240), "actions": items(actions.TEMPLATE, 2, 2)}),
        "carousel": kind(
            {"columns": items(_COLUMN, 1, 10)},
            _IMAGE_LOOK,
            demand(
                lambda carousel: len({len(c["actions"]) for c in carousel["columns"]}) == 1,
                "columns",
                "all columns must have the same number of actions",
            ),
        ),
        "image_carousel": kind(
            {"columns": items(shape({"imageUrl": _IMAGE, "action": actions.IMAGE_CAROUSEL}), 1, 10)}
        ),
    }
)

MESSAGE = kinds(
    {
        "text": _message(
            {"text": text(5000)},
            {"emojis": items(shape({"index": whole(), **_PRODUCT}), 0, 20), **_QUOTE},
        ),
        "textV2": _message({"text": text(5000)}, {"substitution": _substitution, **_QUOTE}),
        "sticker": _message({"packageId": text(20), "stickerId": text(20)}, _QUOTE),
        "image": _message({"originalContentUrl": _IMAGE, "previewImageUrl": _IMAGE}),
        "video": _message(
            {"originalContentUrl": _IMAGE, "previewImageUrl": _IMAGE},
            {"trackingId": pattern(r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")},
        ),
        "audio": _message({"originalContentUrl": _IMAGE, "duration": whole(1)}),
        "location": _message(
            {
                "title": text(100),
                "address": text(100),
                "latitude": number(-90, 90),
                "longitude": number(-180, 180),
            }
        ),
        "imagemap": _IMAGEMAP,
        "template": _message({"altText": _ALT_TEXT, "template": _TEMPLATE}),
        "flex": _message({"altText": _ALT_TEXT, "contents": flex.CONTAINER}),
        "coupon": _message({"couponId": text(100)}, {"deliveryTag": text(30)}),
    }
)

_MESSAGES: Fields = {"messages": items(MESSAGE, 1, 5)}
_QUIET: Fields = {"notificationDisabled": flag}
_UNITS: Fields = {"customAggregationUnits": items(pattern(r"[a-zA-Z0-9_]{1,30}"), 0, 1)}

VALIDATE = shape(_MESSAGES)
REPLY = shape({"replyToken": text(100, empty=True), **_MESSAGES}, _QUIET)
PUSH = shape({"to": text(100, empty=True), **_MESSAGES}, {**_QUIET, **_UNITS})
MULTICAST = shape({"to": items(text(100, empty=True), 1, 500), **_MESSAGES}, {**_QUIET, **_UNITS})
LOADING = shape({"chatId": text(100)}, {"loadingSeconds": whole(5, 60, step=5)})


def check(rule: Rule, body: object) -> list[Problem]:
    """List what LINE would find wrong with a request's body; empty if nothing."""
    try:
        return list(rule(body, ()))
    except RecursionError:
        return [Problem((), "The request body is nested too deeply")]


def error_body(problems: Sequence[Problem]) -> dict[str, Any]:
    """Say the problems as LINE does.

    Its Flex checker speaks for itself: the first message it refuses, with JSON pointers into
    the message's contents.
    """
    in_flex = [problem for problem in problems if problem.path[2:3] == ("contents",)]
    if in_flex:
        index = in_flex[0].path[1]
        return {
            "message": f"A message (messages[{index}]) in the request body is invalid",
            "details": [
                {"message": p.message, "property": "/" + "/".join(map(str, p.path[3:]))}
                for p in in_flex
                if p.path[1] == index
            ],
        }
    return {
        "message": f"The request body has {len(problems)} error(s)",
        "details": [{"message": p.message, "property": _dotted(p)} for p in problems],
    }


def _dotted(problem: Problem) -> str:
    dotted = ""
    for part in problem.path:
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted
