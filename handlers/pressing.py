"""Buttons that press something: the handler names the action, LINE gets an opaque id.

An action is a dict with "do", the name of the topic that answers (router.PRESSES), and the names
and numbers that it needs; never a person's words. Whatever may have changed by the time of the
press carries a version, and the topic compares it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

from handlers import flex
from handlers.asked import Asked
from handlers.desk import Message, Outcome
from handlers.flex import Box
from handlers.texts import say

CARRIERS: Final = ("postback", "datetimepicker")
"""The types of LINE's actions that carry data."""


def press(label: str, do: str, **facts: object) -> Box:
    """LINE's action for a button that does something; the chat shows its label as said."""
    shown = flex.label(label)
    return {"type": "postback", "label": shown, "displayText": shown, "data": {"do": do, **facts}}


def button(action: Box, style: Literal["primary", "secondary"] = "primary") -> Box:
    """A button on a card."""
    colour = {"color": flex.BRAND} if style == "primary" else {}
    return {"type": "button", "style": style, "height": "sm", "action": action, **colour}


def with_presses(message: Message, actions: Sequence[Box]) -> Message:
    """The message with these buttons below the chat, at most 13."""
    shown = actions[: flex.MAX_QUICK_REPLIES]
    items = [{"type": "action", "action": action} for action in shown]
    return {**message, "quickReply": {"items": items}} if items else message


def ask_by_press(text: str, *actions: Box, step: Mapping[str, Any] | None = None) -> Outcome:
    """A question with its buttons, and the step for an answer that is typed instead."""
    return Outcome((with_presses(flex.text_message(text), actions),), step=step)


def pressed(asked: Asked) -> Mapping[str, Any]:
    """The action of the button that was pressed: its own facts, as the topic wrote them."""
    return asked.event.pressed or {}


def unknown_press(asked: Asked) -> Outcome:
    """To a press of what is no button of this person's in this chat: one sentence."""
    return Outcome((flex.text_message(say(asked.language, "citizen.refused.button")),))


def with_tokens(message: Message, token: Callable[[Mapping[str, Any]], str]) -> Message:
    """The message with `token(action)` in the place of every action that a handler named."""
    replaced: Message = _replaced(message, token)
    return replaced


def _replaced(value: Any, token: Callable[[Mapping[str, Any]], str]) -> Any:
    if isinstance(value, list):
        return [_replaced(each, token) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in CARRIERS and isinstance(value.get("data"), dict):
        return {**value, "data": token(value["data"])}
    return {key: _replaced(each, token) for key, each in value.items()}
