"""An unfinished case stays for a day: whatever else its writer does meanwhile, it waits.

Every outcome passes through `carried`, so no other topic has to know of drafts. A case that was
sent (FileCase) or given up (DropUploads) in an outcome whose step is no draft waits no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from handlers.asked import Asked
from handlers.desk import KEEP, Outcome
from handlers.topics.complaints.draft import Draft, draft_in
from ita.changes import DropUploads, FileCase

WAITING: Final = "waiting"
"""Under this name a step holds the drafts that wait; an outcome that names it decides on them."""
LEFT: Final = "case_left"
"""The step of somebody who has nothing but waiting drafts."""
MOST: Final = 3
"""So many wait, the last one left first: one of each door, and one beside them."""


def carried(asked: Asked, outcome: Outcome) -> Outcome:
    """The outcome with the drafts that were left in the middle, and without what was unsent."""
    if asked.event.kind == "unsend":
        return _unsaid(asked, outcome)
    if outcome.step is KEEP or (outcome.step is None and not _ends(asked)):
        return outcome
    step = dict(outcome.step or {})
    if WAITING not in step:
        step[WAITING] = [one.step() for one in _unfinished(asked, outcome)]
    kept = step.pop(WAITING)
    if kept:
        step = {"do": LEFT, **step, WAITING: kept[:MOST]}
    return replace(outcome, step=step or None)


def waiting(asked: Asked) -> Sequence[Draft]:
    """The drafts that wait behind what the person is at, the last one left first."""
    return _waiting(asked, asked.step)


def left(asked: Asked, do: str) -> Draft | None:
    """What was told at this door and left, now or before; None where that is nothing."""
    known = (draft_in(asked.step, asked.now), *waiting(asked))
    return next((one for one in known if one and one.do == do and not one.is_empty), None)


def _waiting(asked: Asked, step: Mapping[str, Any] | None) -> list[Draft]:
    kept = (draft_in(one, asked.now) for one in (step or {}).get(WAITING) or ())
    return [one for one in kept if one is not None]


def _unfinished(asked: Asked, outcome: Outcome) -> list[Draft]:
    """What waits from now on: the draft that was being told, and those that waited."""
    own = draft_in(asked.step, asked.now)
    known = [*([own] if own else []), *waiting(asked)]
    if any(isinstance(change, FileCase | DropUploads) for change in outcome.changes):
        of_button = [one for one in known if _name(one) == (asked.event.pressed or {}).get("case")]
        known = [one for one in known if one not in (of_button or known)[:1]]
    now_at = (outcome.step or {}).get("begun")
    return [one for one in known if not one.is_empty and _name(one) != now_at]


def _name(draft: Draft) -> str:
    """How a draft is told from another, in a step and on a button."""
    return draft.begun.isoformat()


def _ends(asked: Asked) -> bool:
    """Whether the event ends a conversation where the outcome does not go on with it."""
    return asked.event.kind == "postback" or asked.event.message_kind == "text"


def _unsaid(asked: Asked, outcome: Outcome) -> Outcome:
    step = dict(outcome.step or asked.step or {})
    own, behind = draft_in(step, asked.now), _waiting(asked, step)
    if own:
        step.update(_without(asked, own))
    if behind:
        step[WAITING] = [_without(asked, one) for one in behind]
    return replace(outcome, step=step) if own or behind else outcome


def _without(asked: Asked, draft: Draft) -> Mapping[str, Any]:
    message = asked.event.message_id
    return draft.without(message, asked.desk.cases.new_upload(message, "").id).step()
