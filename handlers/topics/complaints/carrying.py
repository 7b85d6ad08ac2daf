"""An unfinished case stays for a day: whatever else its writer does meanwhile, it waits.

Every outcome passes through `carried`, so no other topic has to know of drafts. A case that was
sent (FileCase) or given up (DropUploads) in an outcome whose step is no draft waits no more.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from handlers.asked import Asked
from handlers.desk import KEEP, Outcome
from handlers.topics.complaints.draft import Draft, draft_in
from ita.changes import DropUploads, FileCase

WAITING: Final = "waiting"
"""Under this name a step holds the draft that waits; an outcome that names it decides on it."""
LEFT: Final = "case_left"
"""The step of somebody who has nothing but a waiting draft."""


def carried(asked: Asked, outcome: Outcome) -> Outcome:
    """The outcome with the draft that was left in the middle, and without what was unsent."""
    if asked.event.kind == "unsend":
        return _unsaid(asked, outcome)
    if outcome.step is KEEP or (outcome.step is None and not _ends(asked)):
        return outcome
    step = dict(outcome.step or {})
    if WAITING not in step and (kept := _unfinished(asked, outcome)):
        step[WAITING] = kept.step()
    if not step.get(WAITING):
        step.pop(WAITING, None)
    elif "do" not in step:
        step["do"] = LEFT
    return replace(outcome, step=step or None)


def waiting(asked: Asked) -> Draft | None:
    """The draft that waits behind what the person is at."""
    return draft_in((asked.step or {}).get(WAITING), asked.now)


def left(asked: Asked, do: str) -> Draft | None:
    """What was told at this door and left, now or before; None where that is nothing."""
    known = (draft_in(asked.step, asked.now), waiting(asked))
    return next((one for one in known if one and one.do == do and not one.is_empty), None)


def _unfinished(asked: Asked, outcome: Outcome) -> Draft | None:
    """What waits from now on: the draft that was being told, else the one that waited."""
    known = [one for one in (draft_in(asked.step, asked.now), waiting(asked)) if one]
    if any(isinstance(change, FileCase | DropUploads) for change in outcome.changes):
        of_button = [one for one in known if _name(one) == (asked.event.pressed or {}).get("case")]
        known = [one for one in known if one not in (of_button or known)[:1]]
    now_at = (outcome.step or {}).get("begun")
    return next((one for one in known if not one.is_empty and _name(one) != now_at), None)


def _name(draft: Draft) -> str:
    """How a draft is told from another, in a step and on a button."""
    return draft.begun.isoformat()


def _ends(asked: Asked) -> bool:
    """Whether the event ends a conversation where the outcome does not go on with it."""
    return asked.event.kind == "postback" or asked.event.message_kind == "text"


def _unsaid(asked: Asked, outcome: Outcome) -> Outcome:
    step = dict(outcome.step or asked.step or {})
    own, behind = draft_in(step, asked.now), draft_in(step.get(WAITING), asked.now)
    if own:
        step.update(_without(asked, own))
    if behind:
        step[WAITING] = _without(asked, behind)
    return replace(outcome, step=step) if own or behind else outcome


def _without(asked: Asked, draft: Draft) -> Mapping[str, Any]:
    message = asked.event.message_id
    return draft.without(message, asked.desk.cases.new_upload(message, "").id).step()
