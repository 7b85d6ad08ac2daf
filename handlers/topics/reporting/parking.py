"""What is unfinished stays: a report left in the middle, and photos that wait for their measure.

Every outcome passes through `carried`, so no other topic has to know of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.asked import Asked
from handlers.desk import KEEP, Outcome
from handlers.topics.reporting.draft import DOUBTED, PARKED, Draft, draft_in
from ita.changes import Leave, ReportProgress

ENDED: Final[Mapping[str, Any]] = {"do": "ended"}
"""An outcome's step that ends a report for good."""
UNUSED: Final[Mapping[str, Any]] = {"do": "unused"}
"""An outcome's step that lets the photos go that wait; a report left in the middle stays."""
PHOTOS: Final = "photos"
"""The step of somebody who sent photos and has not said what they show."""
WAIT: Final = timedelta(hours=1)
"""So long photos wait for words; later words are about something else."""


def carried(asked: Asked, outcome: Outcome) -> Outcome:
    """The outcome with what was unfinished before it, unless it is finished now."""
    if asked.event.kind == "unsend":
        return replace(outcome, step=_without(asked.step, asked)) if asked.step else outcome
    if outcome.step is KEEP:
        return outcome
    left = not asked.by_staff or any(isinstance(each, Leave) for each in outcome.changes)
    before = asked.step or {}
    if outcome.step is ENDED:
        kept = before.get("kept")
        return replace(outcome, step={"do": PARKED, "draft": kept} if kept else None)
    if left or (outcome.step is None and not _ends(asked)):
        return outcome
    goes_on = {} if outcome.step is UNUSED else outcome.step or _photos(asked, outcome)
    step = _with_unfinished(dict(goes_on), before)
    return replace(outcome, step=step or None)


def instead(outcome: Outcome) -> Outcome:
    """The outcome of a report that was begun for an unfinished one, which was given up."""
    return replace(outcome, step={**(outcome.step or {}), "kept": None})


def _with_unfinished(step: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The new step with the draft of the one before, and with that which waits behind it."""
    old, new, kept = draft_in(before), draft_in(step), before.get("kept")
    if old is not None and new is None:
        step = {"do": PARKED, **step, "draft": asdict(old)}
    elif old is not None and new is not None and old.began != new.began and not old.is_empty:
        kept = asdict(old)
    return {**({"kept": kept} if kept else {}), **step} if "draft" in step else step


def waiting_links(asked: Asked) -> tuple[str, ...]:
    """The links of the photos that wait for the person's words."""
    step = asked.step or {}
    if step.get("do") != PHOTOS or not _is_recent(asked, step):
        return ()
    return tuple(step["links"])


def what_was_asked_at(asked: Asked) -> datetime | None:
    """When it was said last that photos wait; None once the person went on to something else."""
    told = (asked.step or {}).get("asked") if waiting_links(asked) else None
    return datetime.fromisoformat(told) if told else None


def photos_step(
    asked: Asked, links: tuple[str, ...], told_at: datetime | None = None
) -> dict[str, Any]:
    """The step of somebody whose photos wait; `told_at` is when it was asked what they show."""
    told = {"asked": told_at.isoformat()} if told_at else {}
    return {"do": PHOTOS, "links": list(links), "at": asked.event.at.isoformat(), **told}


def _is_recent(asked: Asked, step: Mapping[str, Any]) -> bool:
    return abs(asked.event.at - datetime.fromisoformat(step["at"])) <= WAIT


def _ends(asked: Asked) -> bool:
    """Whether the event ends a conversation where the outcome does not go on with it."""
    return asked.event.kind == "postback" or asked.event.message_kind == "text"


def _photos(asked: Asked, outcome: Outcome) -> Mapping[str, Any]:
    """The step of photos that wait still, {} where none do."""
    links = waiting_links(asked)
    reports = [each.progress for each in outcome.changes if isinstance(each, ReportProgress)]
    if not links or any(set(links) <= set(report.links) for report in reports):
        return {}
    return {name: (asked.step or {})[name] for name in ("do", "links", "at")}


def _without(step: Mapping[str, Any], asked: Asked) -> Mapping[str, Any]:
    """The step without what a message held that was taken back."""
    link = asked.desk.evidence_link(asked.event.message_id)
    kept = dict(step)
    if "links" in kept:
        kept["links"] = [each for each in kept["links"] if each != link]
    for name in ("draft", "kept"):
        draft = draft_in({"draft": step.get(name)})
        if draft is not None:
            kept[name] = asdict(_unsaid(draft, asked.event.message_id, link))
    return kept


def _unsaid(draft: Draft, message: str, link: str) -> Draft:
    """The draft without what came in a message; as it is where nothing did."""
    gone = {name for name, came_in in draft.messages.items() if came_in == message}
    if not gone and link not in draft.links:
        return draft
    return replace(
        draft,
        words={name: words for name, words in draft.words.items() if name not in gone},
        messages={name: each for name, each in draft.messages.items() if name not in gone},
        links=tuple(each for each in draft.links if each != link),
        doubted="" if DOUBTED in gone else draft.doubted,
        edits=draft.edits + 1,
    )
