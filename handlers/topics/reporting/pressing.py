"""What a button of a guided report does, by its "go"."""

from collections.abc import Callable, Mapping
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.pressing import pressed, unknown_press
from handlers.topics.reporting.going import IN_DRAFT, press_in_draft
from handlers.topics.reporting.picking import anew, choose_measure, complete, pick
from handlers.topics.reporting.undoing import keep, undo_now

_OUTSIDE: Final[Mapping[str, Callable[[Asked], Outcome]]] = {
    "pick": pick,
    "on": choose_measure,
    "anew": anew,
    "complete": complete,
    "undo": undo_now,
    "keep": keep,
}


def press(asked: Asked) -> Outcome:
    """Whatever was pressed; what no button does is refused as any unknown one."""
    verb = str(pressed(asked).get("go"))
    if verb in IN_DRAFT:
        return press_in_draft(asked)
    topic = _OUTSIDE.get(verb)
    return topic(asked) if topic else unknown_press(asked)
