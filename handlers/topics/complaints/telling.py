"""Going through the grievance door: each answer goes into the draft, then the next question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.pressing import pressed
from handlers.spoken import gives_up, is_courtesy
from handlers.texts import say
from handlers.topics.complaints import control, place, protected
from handlers.topics.complaints.asking import (
    Ask,
    ask,
    edits,
    similar_to,
    sure,
    version,
)
from handlers.topics.complaints.carrying import WAITING, waiting
from handlers.topics.complaints.draft import MOST_PARTS, MOST_UPLOADS, Draft
from handlers.topics.complaints.sending import send
from handlers.topics.complaints.typed import REFUSE, agrees, skips, tells
from handlers.topics.complaints.which_door import accuses, may_accuse, may_now_accuse
from handlers.topics.reporting.reading import means
from handlers.understanding import Facts, Topic, understand
from ita.agency import Role
from ita.changes import DropUploads, KeepUpload
from ita.complaints import Place
from ita.text import normalise

KINDS: Final = ("image", "audio", "file")
"""LINE's message types that are taken as evidence."""
VOICE: Final = "audio"
_MENDED: Final = (Ask.MENU, Ask.MEND_WHAT, Ask.MEND_WHERE, Ask.MEND_EVIDENCE, Ask.REVIEW)
"""After these comes the last look."""
_ANOTHER: Final = ("คนละเรื่อง", "ไม่ใช่", "ไม่", "another", "different")


# --- On


def on(asked: Asked, draft: Draft, note: str = "") -> Outcome:
    """To the next question that has no answer yet; what accuses somebody goes no further, and more
    of a case that was sent is told at the first one alone."""
    if draft.adds_to or accuses(draft.story, asked.today):
        return ask(asked, draft.asking(Ask.WHICH), note)
    at, order = Ask(draft.ask), list(Ask)
    if at in _MENDED:
        return ask(asked, draft.asking(Ask.REVIEW), note)
    wanted = {
        Ask.WHAT: not (draft.parts or _spoken(draft)),
        Ask.WHERE: draft.place == Place(),
        Ask.EVIDENCE: not draft.uploads,
        Ask.SIMILAR: bool(similar_to(asked, draft)),
        Ask.REVIEW: True,
    }
    following = order[order.index(at) + 1 :]
    return ask(asked, draft.asking(next(one for one in following if wanted.get(one))), note)


def told(asked: Asked, draft: Draft, words: str) -> Outcome:
    """More of the story, then on; never past words that may be for the other door."""
    if len(draft.parts) >= MOST_PARTS:
        return ask(asked, draft, _noted(draft, "full"))
    known = draft.saying(words, asked.event.message_id)
    named = place.named(words, asked.desk.cases.doors.places)
    if named and known.place == Place():
        known = known.being_at(named, asked.event.message_id)
    if may_now_accuse(draft.story, words, asked.today):
        return ask(asked, known.asking(Ask.WHICH))
    if draft.ask in (Ask.WHICH, Ask.WHAT, Ask.MEND_WHAT):
        return on(asked, known)
    return ask(asked, known, _noted(draft, "added"))


def shown(asked: Asked, draft: Draft) -> Outcome:
    """A photo, a voice, a file or a place, whenever it comes; several at once get one answer."""
    if adding := control.as_adding(asked, draft):
        return control.take_media(adding)
    draft = _of_its_own(draft)
    event = asked.event
    if event.place is not None and not draft.adds_to:
        return _at(asked, draft, event.place)
    if event.message_kind not in KINDS or not event.message_id:
        return ask(asked, draft, _noted(draft, "not_taken"))
    if len(draft.uploads) >= MOST_UPLOADS:
        return _unless_more_follow(asked, ask(asked, draft, _noted(draft, "full")))
    upload = asked.desk.cases.new_upload(event.message_id, event.message_kind)
    known = draft.showing(upload)
    note = _noted(draft, "kept")
    tells = draft.ask in (Ask.WHICH, Ask.WHAT) and event.message_kind == VOICE
    outcome = on(asked, known, note) if tells else ask(asked, known, note)
    kept = KeepUpload(upload, event.message_id, event.file_name)
    return replace(_unless_more_follow(asked, outcome), changes=(kept,))


# --- Words


def take_words(asked: Asked, draft: Draft) -> Outcome:
    """What was typed: a button's word, or the answer to the question at hand."""
    if adding := control.as_adding(asked, draft):
        return control.take_words(adding)
    draft = _of_its_own(draft)
    if gives_up(asked.words):
        return _cancel(asked, draft, {})
    return _ANSWERS[Ask(draft.ask)](asked, draft, asked.words)


def _which(asked: Asked, draft: Draft, words: str) -> Outcome:
    """The name of a door, or words that plainly are for one of them."""
    if _names(asked, words, "other_door", "corruption"):
        return other_door(asked, draft)
    if _names(asked, words, "add_on" if draft.adds_to else "everyday", "grievance"):
        return _everyday(asked, draft, {})
    if skips(words) or not tells(words):
        return ask(asked, draft)
    topic = understand(words, Role.CITIZEN, Facts((), asked.today)).topic
    if topic is Topic.GRIEVANCE and not accuses(draft.story, asked.today):
        return told(asked, draft, words)
    return ask(asked, draft.saying(words, asked.event.message_id))


def _what(asked: Asked, draft: Draft, words: str) -> Outcome:
    if skips(words):
        return on(asked, draft) if draft.uploads else ask(asked, draft)
    return told(asked, draft, words) if tells(words) else ask(asked, draft)


def _where(asked: Asked, draft: Draft, words: str) -> Outcome:
    if skips(words):
        return on(asked, draft)
    if not tells(words):
        return ask(asked, draft)
    if may_accuse(words, asked.today):
        return told(asked, draft, words)
    agencys = place.named(words, asked.desk.cases.doors.places)
    exact = agencys if agencys and normalise(words) == normalise(agencys.words) else None
    known = draft.being_at(exact or place.typed(words), asked.event.message_id)
    return on(asked, known)


def _evidence(asked: Asked, draft: Draft, words: str) -> Outcome:
    if skips(words) or agrees(words):
        return on(asked, draft)
    return told(asked, draft, words) if tells(words) else ask(asked, draft)


def _similar(asked: Asked, draft: Draft, words: str) -> Outcome:
    if means(words, *_ANOTHER) or skips(words):
        return on(asked, draft)
    digits = "".join(char for char in normalise(words) if char.isdecimal())
    found = similar_to(asked, draft)
    if digits and 1 <= int(digits[:3]) <= len(found):
        return on(asked, replace(draft, join=found[int(digits[:3]) - 1].case_id))
    return ask(asked, draft, _noted(draft, "choose"))


def _review(asked: Asked, draft: Draft, words: str) -> Outcome:
    if agrees(words):
        return _file(asked, draft)
    if means(words, *REFUSE):
        return ask(asked, draft.asking(Ask.MENU))
    if is_courtesy(words) or skips(words):
        return ask(asked, draft, _noted(draft, "not_sent"))
    return told(asked, draft, words) if tells(words) else ask(asked, draft)


def _menu(asked: Asked, draft: Draft, words: str) -> Outcome:
    if skips(words):
        return on(asked, draft)
    for what in (Ask.MEND_WHAT, Ask.MEND_WHERE, Ask.MEND_EVIDENCE):
        name = edits(what)
        if means(words, say(draft.language, f"citizen.tap.{name}")):
            return ask(asked, draft.asking(what))
    return ask(asked, draft, _noted(draft, "choose"))


def _mend_what(asked: Asked, draft: Draft, words: str) -> Outcome:
    if skips(words) or not tells(words):
        return on(asked, draft)
    return told(asked, replace(draft, parts=(), join=None), words)


_ANSWERS: Final[Mapping[Ask, Callable[[Asked, Draft, str], Outcome]]] = {
    Ask.WHICH: _which,
    Ask.WHAT: _what,
    Ask.WHERE: _where,
    Ask.EVIDENCE: _evidence,
    Ask.SIMILAR: _similar,
    Ask.REVIEW: _review,
    Ask.MENU: _menu,
    Ask.MEND_WHAT: _mend_what,
    Ask.MEND_WHERE: _where,
    Ask.MEND_EVIDENCE: _evidence,
}


# --- Buttons


def take_press(asked: Asked, draft: Draft) -> Outcome:
    """A button of this draft, at the question at hand; else what is now is shown."""
    facts = pressed(asked)
    verb = _VERBS.get(str(facts.get("go")))
    if verb is None or (facts.get("at") != draft.ask and facts["go"] != "cancel"):
        return ask(asked, draft, _noted(draft, "now_here"))
    return verb(asked, draft, facts)


def _skip(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return on(asked, draft)


def _place(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return on(asked, draft.being_at(Place(str(facts["place"])), ""))


def _nowhere(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return on(asked, draft.being_at(Place(), ""))


def _strip(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """Without what was attached."""
    return replace(on(asked, replace(draft, uploads=())), changes=(_dropped(draft),))


def _join(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    found = [one.case_id for one in similar_to(asked, draft)]
    join = facts["similar"] if facts["similar"] in found else None
    return on(asked, replace(draft, join=join))


def _to_menu(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return ask(asked, draft.asking(Ask.MENU))


def _mend(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return ask(asked, draft.asking(Ask(facts["what"])))


def _everyday(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """It is for this door: on, or into the case that it is more of, unless that one has ended."""
    if not draft.adds_to or accuses(draft.story, asked.today):
        return on(asked, draft)
    ended = say(draft.language, "citizen.control.ended")
    add = control.go_on_adding if draft.is_empty else control.add_told
    return add(asked, draft) or on(asked, replace(draft, adds_to=""), ended)


def _again(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """Without what was said last; then as if it had not been said."""
    known = replace(draft, parts=draft.parts[:-1], ask=Ask.WHICH)
    return (control.go_on_adding(asked, known) if known.is_empty else None) or on(asked, known)


def other_door(asked: Asked, draft: Draft, _facts: Mapping[str, Any] | None = None) -> Outcome:
    """Through the other door, with all that was told."""
    outcome = protected.open_door(replace(asked, words=draft.story, step=None))
    step = {**(outcome.step or {}), WAITING: [one.step() for one in waiting(asked)]}
    if "parts" not in step:  # nobody there may receive it: nothing of it is kept
        return replace(outcome, changes=(*outcome.changes, _dropped(draft)))
    kept = draft.step()
    brought = {name: kept[name] for name in ("parts", "uploads", "place", "place_from")}
    return replace(outcome, step={**step, **brought})


def _send(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    if facts.get("version") != version(draft):
        return ask(asked, draft, _noted(draft, "changed"))
    return _file(asked, draft)


def _file(asked: Asked, draft: Draft) -> Outcome:
    """Nothing is filed of which nothing is told, and no accusation."""
    if not (draft.parts or draft.uploads):
        return ask(asked, draft.asking(Ask.WHAT))
    if accuses(draft.story, asked.today):
        return ask(asked, draft.asking(Ask.WHICH))
    return send(asked, sure(asked, draft))


def _cancel(_asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """Nothing was sent, and nothing stays."""
    key = "citizen.control.not_added" if draft.adds_to else "citizen.tell.cancelled"
    return Outcome((text_message(say(draft.language, key)),), (_dropped(draft),))


_VERBS: Final[Mapping[str, Callable[[Asked, Draft, Mapping[str, Any]], Outcome]]] = {
    "skip": _skip,
    "place": _place,
    "nowhere": _nowhere,
    "strip": _strip,
    "join": _join,
    "menu": _to_menu,
    "mend": _mend,
    "everyday": _everyday,
    "again": _again,
    "other": other_door,
    "send": _send,
    "cancel": _cancel,
}


def _at(asked: Asked, draft: Draft, there: Place) -> Outcome:
    known = draft.being_at(there, asked.event.message_id)
    if draft.ask in (Ask.WHERE, Ask.MEND_WHERE):
        return on(asked, known)
    return ask(asked, known, _noted(draft, "place_kept"))


def _of_its_own(draft: Draft) -> Draft:
    """What comes long after all was taken back is more of no case."""
    if not draft.adds_to or not draft.is_empty:
        return draft
    return replace(draft, adds_to="", ask=Ask.WHAT)


def _spoken(draft: Draft) -> bool:
    return any(one.kind == VOICE for one in draft.uploads)


def _names(asked: Asked, words: str, tap: str, button: str) -> bool:
    """Whether the words are the name of a door as its buttons show it."""
    names = (f"citizen.tap.{tap}", f"citizen.button.{button}")
    return means(words, *(say(asked.language, name) for name in names))


def _noted(draft: Draft, name: str) -> str:
    """A remark before a question."""
    return say(draft.language, f"citizen.noted.{name}")


def _dropped(draft: Draft) -> DropUploads:
    return DropUploads(tuple(one.id for one in draft.uploads))


def _unless_more_follow(asked: Asked, outcome: Outcome) -> Outcome:
    """The answer, only to the last of photos that were sent together."""
    index, total = asked.event.image_set or (1, 1)
    return outcome if index >= total else replace(outcome, replies=())
