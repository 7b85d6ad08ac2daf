"""What LINE accepts as Flex: bubbles, carousels, and the components inside them."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.line import actions
from sandbox.line.rules import (
    WEB,
    Path,
    Problem,
    Rule,
    anything,
    demand,
    flag,
    items,
    kind,
    kinds,
    later,
    one_of,
    pattern,
    shape,
    text,
    uri,
    whole,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
BUBBLES = 12

_PX = r"-?\d+(\.\d+)?px"
_COLOUR = pattern(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_SPACE = pattern(rf"none|xs|sm|md|lg|xl|xxl|{_PX}")
_OFFSET = pattern(rf"none|xs|sm|md|lg|xl|xxl|{_PX}|-?\d+(\.\d+)?%")
_LENGTH = pattern(rf"{_PX}|\d+(\.\d+)?%")
_TEXT_SIZE = pattern(rf"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|{_PX}")
_IMAGE_SIZE = pattern(rf"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|full|{_PX}|\d+(\.\d+)?%")
_BORDER = pattern(rf"none|light|normal|medium|semi-bold|bold|{_PX}")
_RATIO = pattern(r"\d+(\.\d+)?:\d+(\.\d+)?")
_PERCENT = pattern(r"\d+(\.\d+)?%")
_IMAGE = uri(2000, WEB)

_PLACED: dict[str, Rule] = {
    "margin": _SPACE,
    "position": one_of("relative", "absolute"),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_FLEX: dict[str, Rule] = {"flex": whole()}
_GRAVITY: dict[str, Rule] = {"gravity": one_of("top", "bottom", "center")}
_ALIGN: dict[str, Rule] = {"align": one_of("start", "end", "center")}
_LETTERS: dict[str, Rule] = {
    "size": _TEXT_SIZE,
    "color": _COLOUR,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_SHRINK: dict[str, Rule] = {"adjustMode": one_of("shrink-to-fit"), "scaling": flag}
_ACTION: dict[str, Rule] = {"action": actions.FLEX}

_BUTTON = kind(
    {"action": actions.FLEX_BUTTON},
    {
        **_FLEX,
        **_PLACED,
        **_GRAVITY,
        **_SHRINK,
        "height": one_of("sm", "md"),
        "style": one_of("primary", "secondary", "link"),
        "color": _COLOUR,
    },
)
_ICON = kind(
    {"url": _IMAGE}, {**_PLACED, "size": _TEXT_SIZE, "aspectRatio": _RATIO, "scaling": flag}
)
_PICTURE = kind(
    {"url": _IMAGE},
    {
        **_FLEX,
        **_PLACED,
        **_ALIGN,
        **_GRAVITY,
        **_ACTION,
        "size": _IMAGE_SIZE,
        "aspectRatio": _RATIO,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": _COLOUR,
        "animated": flag,
    },
)
_SPAN = kind({"text": text(CAROUSEL_BYTES)}, _LETTERS)
_TEXT = kind(
    {},
    {
        **_FLEX,
        **_PLACED,
        **_ALIGN,
        **_GRAVITY,
        **_LETTERS,
        **_SHRINK,
        **_ACTION,
        "text": text(CAROUSEL_BYTES),
        "contents": items(kinds({"span": _SPAN}), 1, CAROUSEL_BYTES),
        "wrap": flag,
        "lineSpacing": pattern(_PX),
        "maxLines": whole(),
    },
    demand(
        lambda component: {"text", "contents"} & component.keys() != set(),
        "text",
        "must be specified",
    ),
)
_SEPARATOR = kind({}, {"margin": _SPACE, "color": _COLOUR})
_FILLER = kind({}, _FLEX)
_GRADIENT = kinds(
    {
        "linearGradient": kind(
            {"angle": pattern(r"\d+(\.\d+)?deg"), "startColor": _COLOUR, "endColor": _COLOUR},
            {"centerColor": _COLOUR, "centerPosition": _PERCENT},
        )
    }
)
_BASELINE = kinds({"text": _TEXT, "icon": _ICON, "filler": _FILLER})
_STACKED = kinds(
    {
        "box": later(lambda: _BOX),
        "button": _BUTTON,
        "image": _PICTURE,
        "text": _TEXT,
        "separator": _SEPARATOR,
        "filler": _FILLER,
    }
)


def _box_contents(box: dict[str, Any], path: Path) -> Iterator[Problem]:
    inside = _BASELINE if box["layout"] == "baseline" else _STACKED
    yield from items(inside, 0, CAROUSEL_BYTES)(box["contents"], (*path, "contents"))


_BOX: Rule = kind(
    {"layout": one_of("horizontal", "vertical", "baseline"), "contents": anything},
    {
        **_FLEX,
        **_PLACED,
        **_ACTION,
        "spacing": _SPACE,
        "backgroundColor": _COLOUR,
        "borderColor": _COLOUR,
        "borderWidth": _BORDER,
        "cornerRadius": _SPACE,
        **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), _LENGTH),
        **dict.fromkeys(
            ("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"), _OFFSET
        ),
        "justifyContent": one_of(
            "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
        ),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": _GRADIENT,
    },
    _box_contents,
)
_BLOCK = kinds({"box": _BOX})
_VIDEO = kind(
    {"url": _IMAGE, "previewUrl": _IMAGE, "altContent": kinds({"box": _BOX, "image": _PICTURE})},
    {"aspectRatio": _RATIO, **_ACTION},
)
_BLOCK_STYLE = shape({}, {"backgroundColor": _COLOUR, "separator": flag, "separatorColor": _COLOUR})
_BLOCKS = ("header", "hero", "body", "footer")


def _at_most(longest: int) -> Rule:
    def rule(value: Any, path: Path) -> Iterator[Problem]:
        # The SDK sends JSON with non-ASCII escaped, so a Thai letter weighs six bytes.
        if len(json.dumps(value)) > longest:
            yield Problem(path, f"The size must be at most {longest} bytes")

    return rule


_BUBBLE = kind(
    {},
    {
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": one_of("ltr", "rtl"),
        "header": _BLOCK,
        "hero": kinds({"box": _BOX, "image": _PICTURE, "video": _VIDEO}),
        "body": _BLOCK,
        "footer": _BLOCK,
        "styles": shape({}, dict.fromkeys(_BLOCKS, _BLOCK_STYLE)),
        **_ACTION,
    },
    demand(
        lambda bubble: set(_BLOCKS) & bubble.keys() != set(),
        "",
        "At least one block must be specified",
    ),
    _at_most(BUBBLE_BYTES),
)
_CAROUSEL = kind(
    {"contents": items(kinds({"bubble": _BUBBLE}), 1, BUBBLES)},
    None,
    demand(
        lambda carousel: len({bubble.get("size", "mega") for bubble in carousel["contents"]}) == 1,
        "contents",
        "all bubbles of a carousel must have the same size",
    ),
    _at_most(CAROUSEL_BYTES),
)
CONTAINER = kinds({"bubble": _BUBBLE, "carousel": _CAROUSEL})
"""A Flex message's contents."""
