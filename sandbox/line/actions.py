"""What LINE accepts as an action, by the place where it stands."""

from sandbox.line.rules import (
    LINKS,
    Rule,
    anything,
    demand,
    kind,
    kinds,
    one_of,
    pattern,
    shape,
    text,
    uri,
)
from sandbox.line.text import grapheme_count

_KEYBOARD = one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
_MOMENT = pattern(r"\d{4}-\d\d-\d\d|\d\d:\d\d|\d{4}-\d\d-\d\d[Tt]\d\d:\d\d")

_Table = dict[str, tuple[dict[str, Rule], dict[str, Rule], tuple[Rule, ...]]]
"""By type: required properties, optional ones, and rules across them; labels come on top."""

_EVERYWHERE: _Table = {
    "message": ({"text": text(300)}, {}, ()),
    "uri": (
        {"uri": uri(1000, LINKS)},
        {"altUri": shape({}, {"desktop": uri(1000, LINKS)})},
        (),
    ),
    "postback": (
        {"data": text(300)},
        {
            "displayText": text(300),
            "text": text(300),
            "inputOption": _KEYBOARD,
            "fillInText": text(300, empty=True),
        },
        (
            demand(
                lambda action: not {"displayText", "text"} <= action.keys(),
                "text",
                "displayText and text can't be specified together",
            ),
            demand(
                lambda action: (
                    "fillInText" not in action or action.get("inputOption") == "openKeyboard"
                ),
                "fillInText",
                "needs inputOption openKeyboard",
            ),
        ),
    ),
    "datetimepicker": (
        {"data": text(300), "mode": one_of("date", "time", "datetime")},
        {"initial": _MOMENT, "max": _MOMENT, "min": _MOMENT},
        (),
    ),
    "clipboard": ({"clipboardText": text(1000)}, {}, ()),
}
_QUICK_REPLY_ONLY: _Table = {name: ({}, {}, ()) for name in ("camera", "cameraRoll", "location")}
_RICH_MENU_ONLY: _Table = {
    "richmenuswitch": (
        {"data": text(300), "richMenuAliasId": pattern(r"[a-z0-9_-]{1,32}")},
        {},
        (),
    ),
}


def _actions(label: Rule, *, needed: bool, more: _Table | None = None) -> Rule:
    table = _EVERYWHERE | (more or {})
    must: dict[str, Rule] = {"label": label} if needed else {}
    may: dict[str, Rule] = {} if needed else {"label": label}
    return kinds(
        {
            name: kind(must | required, may | optional, *also)
            for name, (required, optional, also) in table.items()
        }
    )


QUICK_REPLY = _actions(text(20, grapheme_count), needed=True, more=_QUICK_REPLY_ONLY)
TEMPLATE = _actions(text(20, grapheme_count), needed=True)
IMAGE_CAROUSEL = _actions(text(12, grapheme_count), needed=False)
FLEX_BUTTON = _actions(text(40, grapheme_count), needed=True)
FLEX = _actions(text(40, grapheme_count), needed=False)
RICH_MENU = _actions(text(20, grapheme_count), needed=False, more=_RICH_MENU_ONLY)
DEFAULT = _actions(anything, needed=False)
"""A template's defaultAction, whose label is not shown."""
