"""The questions of the grievance door, one at a time: what, where, evidence, a last look."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import blake2s
from typing import Final

from handlers.asked import Asked
from handlers.cards.case import GrievanceReview, grievance_review, similar_line
from handlers.desk import Message, Outcome
from handlers.flex import Box, text_message
from handlers.pressing import press, with_presses
from handlers.texts import say
from handlers.topics.complaints import place
from handlers.topics.complaints.draft import Draft, without_lost
from handlers.topics.complaints.which_door import accuses
from ita.complaints import Similar

GRIEVANCE: Final = "grievance"
"""What a draft of this door, and every button in it, names as its topic."""
MOST_PLACES: Final = 8
"""With LINE's location, a way on, a way out and what was left unfinished: 13 buttons, no more."""


class Ask(StrEnum):
    """The questions, in the order in which they are asked; the last four are asked on request."""

    WHICH = "which"
    WHAT = "what"
    WHERE = "where"
    EVIDENCE = "evidence"
    SIMILAR = "similar"
    REVIEW = "review"
    MENU = "menu"
    MEND_WHAT = "mend_what"
    MEND_WHERE = "mend_where"
    MEND_EVIDENCE = "mend_evidence"


def ask(asked: Asked, draft: Draft, note: str = "", more: Sequence[Box] = ()) -> Outcome:
    """The question at hand, after a remark on what came before, with `more` buttons first."""
    draft, lost = without_lost(asked, sure(asked, draft))
    note = "\n\n".join(filter(None, (note, lost)))
    text, taps = _QUESTIONS[Ask(draft.ask)](asked, draft)
    message = (
        text if isinstance(text, dict) else text_message("\n\n".join(filter(None, (note, text))))
    )
    messages = (text_message(note), message) if note and isinstance(text, dict) else (message,)
    shown = with_presses(messages[-1], [*more, *taps])
    return Outcome((*messages[:-1], shown), step=draft.step())


def tap(draft: Draft, name: str, verb: str, **facts: object) -> Box:
    """A button of this draft, and of no other."""
    return go(say(draft.language, f"citizen.tap.{name}"), draft, verb, **facts)


def go(label: str, draft: Draft, verb: str, **facts: object) -> Box:
    """The same with a label of its own."""
    return press(label, GRIEVANCE, case=draft.begun.isoformat(), at=draft.ask, go=verb, **facts)


def edits(what: Ask) -> str:
    """The name of the button that leads to this question from the menu of corrections."""
    return what.replace("mend_", "edit_")


def sure(asked: Asked, draft: Draft) -> Draft:
    """The draft joins a case only as long as that one is open, near by and alike."""
    if draft.join is None or draft.join in (one.case_id for one in similar_to(asked, draft)):
        return draft
    return replace(draft, join=None)


def version(draft: Draft) -> str:
    """What a last look showed: it changes with every word."""
    return blake2s(json.dumps(draft.step()).encode(), digest_size=4).hexdigest()


def similar_to(asked: Asked, draft: Draft) -> Sequence[Similar]:
    """Open grievances that may be about the same."""
    return asked.desk.cases.similar(draft.place, draft.story)


# --- The questions: each gives its text, or its card, and its buttons

_Question = tuple[str | Message, list[Box]]


def _which(asked: Asked, draft: Draft) -> _Question:
    other, cancel = tap(draft, "other_door", "other"), tap(draft, "cancel", "cancel")
    if any(
        accuses(words, asked.today) for words in (draft.story, *(one.text for one in draft.parts))
    ):
        again = tap(draft, "again", "again")
        return say(draft.language, "citizen.tell.other_door"), [other, again, cancel]
    if draft.adds_to:
        add = tap(draft, "add_on", "everyday")
        return say(draft.language, "citizen.tell.adds"), [add, other, cancel]
    everyday = tap(draft, "everyday", "everyday")
    return say(draft.language, "citizen.tell.which"), [everyday, other, cancel]


def _what(_asked: Asked, draft: Draft) -> _Question:
    by_photo = [tap(draft, "by_photo", "skip")] if draft.uploads else []
    return say(draft.language, "citizen.tell.what"), [*by_photo, tap(draft, "cancel", "cancel")]


def _where(asked: Asked, draft: Draft) -> _Question:
    location = {"type": "location", "label": say(draft.language, "citizen.tap.location")}
    places = asked.desk.cases.doors.places[:MOST_PLACES]
    taps = [location, *(go(each, draft, "place", place=each) for each in places)]
    return say(draft.language, "citizen.tell.where"), [*taps, *_ways_on(draft, "skip")]


def _evidence(_asked: Asked, draft: Draft) -> _Question:
    camera = {"type": "camera", "label": say(draft.language, "citizen.tap.camera")}
    album = {"type": "cameraRoll", "label": say(draft.language, "citizen.tap.album")}
    on = _ways_on(draft, "on" if draft.uploads else "skip")
    return say(draft.language, "citizen.tell.evidence"), [camera, album, *on]


def _similar(asked: Asked, draft: Draft) -> _Question:
    found = similar_to(asked, draft)
    lines = [similar_line(draft.language, number, one) for number, one in enumerate(found, 1)]
    joins = [
        go(
            say(draft.language, "citizen.tap.join", number=number),
            draft,
            "join",
            similar=one.case_id,
        )
        for number, one in enumerate(found, 1)
    ]
    text = say(draft.language, "citizen.tell.similar", titles="\n".join(lines))
    return text, [*joins, *_ways_on(draft, "another")]


def _review(asked: Asked, draft: Draft) -> _Question:
    joined = next((one.title for one in similar_to(asked, draft) if one.case_id == draft.join), "")
    seen = GrievanceReview(
        story=draft.story,
        place=place.shown(draft.language, draft.place),
        uploads=len(draft.uploads),
        joined=joined,
    )
    taps = [
        tap(draft, "send", "send", version=version(draft)),
        tap(draft, "edit", "menu"),
        tap(draft, "cancel", "cancel"),
    ]
    return grievance_review(draft.language, seen, taps), []


def _menu(_asked: Asked, draft: Draft) -> _Question:
    mends = [
        tap(draft, edits(what), "mend", what=what.value)
        for what in (Ask.MEND_WHAT, Ask.MEND_WHERE, Ask.MEND_EVIDENCE)
    ]
    return say(draft.language, "citizen.tell.menu"), [*mends, tap(draft, "back", "skip")]


def _mend_what(_asked: Asked, draft: Draft) -> _Question:
    return say(draft.language, "citizen.tell.what_anew"), [tap(draft, "back", "skip")]


def _mend_where(asked: Asked, draft: Draft) -> _Question:
    text, taps = _where(asked, draft)
    return text, [*taps[:-2], tap(draft, "no_place", "nowhere"), tap(draft, "back", "skip")]


def _mend_evidence(asked: Asked, draft: Draft) -> _Question:
    text, taps = _evidence(asked, draft)
    none = [tap(draft, "no_evidence", "strip")] if draft.uploads else []
    return text, [*taps[:-2], *none, tap(draft, "back", "skip")]


def _ways_on(draft: Draft, name: str) -> list[Box]:
    return [tap(draft, name, "skip"), tap(draft, "cancel", "cancel")]


_QUESTIONS: Final[Mapping[Ask, Callable[[Asked, Draft], _Question]]] = {
    Ask.WHICH: _which,
    Ask.WHAT: _what,
    Ask.WHERE: _where,
    Ask.EVIDENCE: _evidence,
    Ask.SIMILAR: _similar,
    Ask.REVIEW: _review,
    Ask.MENU: _menu,
    Ask.MEND_WHAT: _mend_what,
    Ask.MEND_WHERE: _mend_where,
    Ask.MEND_EVIDENCE: _mend_evidence,
}
