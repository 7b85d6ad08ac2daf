"""The protected door: about an official, procurement or corruption (ร้องเรียนเจ้าหน้าที่/ทุจริต).

It says first that nothing has been sent, what the office cannot see and what stays in LINE. Then
come the kind, whom it is about and who receives it (see about), the story, evidence, a last look.
Until it is sent all of it is a sealed draft; staff have the same door as everybody.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from handlers.asked import Asked
from handlers.cards.protected import receipt_card
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.groups import privately
from handlers.pressing import ask_by_press, press, pressed
from handlers.spoken import gives_up
from handlers.texts import say
from handlers.topics.complaints import about
from handlers.topics.complaints.about import PROTECTED, who_is_left
from handlers.topics.complaints.carrying import LEFT, waiting
from handlers.topics.complaints.draft import MOST_PARTS, MOST_UPLOADS, Draft, draft_of
from handlers.topics.complaints.protected_questions import (
    BEFORE_THE_STORY,
    KINDS,
    ask_again,
    has_story,
    noted,
    seen,
)
from handlers.topics.complaints.typed import agrees, skips, tells
from ita.changes import DropUploads, FileCase, KeepUpload
from ita.complaints import Kind, Place
from ita.complaints.doors import route
from ita.text import arabic_digits

FOLLOWS: Final = {"story": "evidence", "evidence": "review", "contact": "review"}
"""The question after each."""
MAX_NAME: Final = 100
_PHONE: Final = re.compile(r"0(?:[ -]?[0-9]){8,9}(?![0-9])")


def open_door(asked: Asked) -> Outcome:
    """What one should know first, and the kinds; words said before go into the draft."""
    if not asked.one_to_one:
        return invite_aside(asked)
    doors = asked.desk.cases.doors
    draft = Draft(PROTECTED, asked.now, "kind", Kind.CORRUPTION, language=asked.language)
    if route(doors, (), ()).is_outside_only:
        return about.outside_only(asked, draft)
    before = _unfinished(asked)
    draft = before or draft
    if asked.desk.cases.others_read:
        return about.read_along(asked, draft)
    if tells(asked.words):
        draft = draft.saying(asked.words, asked.event.message_id)
    return ask_again(
        asked, draft, say(draft.language, "citizen.protected.resumed") if before else ""
    )


def invite_aside(asked: Asked) -> Outcome:
    """Others read along: nothing is said of the matter, and nothing kept."""
    words = say(asked.language, "citizen.protected.privately")
    return Outcome((privately(asked, words),))


def press_in_door(asked: Asked) -> Outcome:
    """A button of the door: of this draft, or of one that is gone."""
    draft, facts = _unfinished(asked), pressed(asked)
    if facts.get("go") == "open":
        return open_door(replace(asked, words=""))
    if draft is None or facts.get("case") != draft.begun.isoformat():
        return _gone(asked)
    asked = replace(asked, language=draft.language)
    if asked.desk.cases.others_read:
        return about.read_along(asked, draft)
    verb = _VERBS.get(str(facts.get("go")))
    return verb(asked, draft, facts) if verb else ask_again(asked, draft)


def take_words(asked: Asked) -> Outcome:
    """What was typed: a button's word, a contact, or a part of the story, whenever it comes."""
    draft = draft_of(asked)
    if draft is None:
        return _gone(asked)
    if asked.desk.cases.others_read:
        return about.read_along(asked, draft)
    return _typed(replace(asked, language=draft.language), draft)


def _typed(asked: Asked, draft: Draft) -> Outcome:
    words = asked.words
    if gives_up(words):
        return _cancel(asked, draft, {})
    is_next = skips(words) or agrees(words)
    if draft.ask in FOLLOWS and is_next:
        return _go_on(asked, draft)
    if is_next or not tells(words):
        key = "to_send" if draft.ask == "review" else "still_here"
        return ask_again(asked, draft, say(draft.language, f"citizen.protected.{key}"))
    if draft.ask == "contact":
        told = draft.reached_by(contact_in(words), asked.event.message_id)
        return ask_again(asked, told.asking("review"))
    if len(draft.parts) >= MOST_PARTS:
        return ask_again(asked, draft, say(draft.language, "citizen.protected.full"))
    return noted(asked, draft.saying(words, asked.event.message_id))


def take_media(asked: Asked) -> Outcome:
    """A photo, a voice or a file belongs to the report; of what else there is it is said so."""
    draft = draft_of(asked)
    if draft is None:
        return _gone(asked)
    if asked.desk.cases.others_read:
        over = about.read_along(asked, draft)
        return replace(over, step={"do": LEFT, **(over.step or {})})  # a photo ends no step itself
    asked = replace(asked, language=draft.language)
    event = asked.event
    if event.message_kind not in ("image", "audio", "file"):
        return ask_again(asked, draft, say(draft.language, "citizen.protected.not_taken"))
    if len(draft.uploads) >= MOST_UPLOADS:
        return ask_again(asked, draft, say(draft.language, "citizen.protected.full"))
    upload = asked.desk.cases.new_upload(event.message_id, event.message_kind)
    kept = KeepUpload(upload, event.message_id, event.file_name)
    return replace(noted(asked, draft.showing(upload)), changes=(kept,))


def contact_in(text: str) -> tuple[str, str]:
    """A name and a telephone number as somebody types them in one line.

    >>> contact_in("นายทดสอบ ตัวอย่าง โทร ๐๘๑-000-0000")
    ('นายทดสอบ ตัวอย่าง', '0810000000')
    """
    plain = arabic_digits(text)
    found = _PHONE.search(plain)
    phone = re.sub(r"\D", "", found[0]) if found else ""
    name = plain.replace(found[0], " ") if found else plain
    name = re.sub(r"(?:เบอร์)?โทร(?:ศัพท์)?\.?|เบอร์|\b(?:tel|phone)\b[.:]?", " ", name)
    return " ".join(name.split()).strip(" ,:/-")[:MAX_NAME], phone


def _choose_kind(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    kind = next((one for one in KINDS if one == facts["kind"]), draft.kind)
    return about.ask_about(asked, replace(draft, kind=kind))


def _choose_unit(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return about.ask_receivers(asked, about.name_unit(asked, draft, str(facts["unit"])))


def _choose_office(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return about.ask_receivers(asked, about.name_office(asked, draft, str(facts["office"])))


def _not_sure(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return about.ask_receivers(asked, draft)


def _more_units(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return about.ask_about(asked, draft, first=int(facts["first"]))


def _strike(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    return about.ask_receivers(asked, about.strike(asked, draft, str(facts["office"])))


def _anew(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return about.ask_about(asked, about.anew(draft))


def _jump(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    """To a question; to the story only with the receivers that the button stood below."""
    if facts["ask"] == "story" and facts.get("left") not in (None, about.keys_left(asked, draft)):
        return about.ask_receivers(asked, draft)
    return ask_again(asked, draft.asking(str(facts["ask"])))


def _next(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return _go_on(asked, draft)


def _go_on(asked: Asked, draft: Draft) -> Outcome:
    """To the next question; not past an empty story."""
    if draft.ask == "story" and not has_story(draft):
        return ask_again(asked, draft, say(draft.language, "citizen.protected.story_first"))
    return ask_again(asked, draft.asking(FOLLOWS.get(draft.ask, draft.ask)))


def _retell(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """The words, where it was, and what was attached go; the rest stays."""
    dropped = DropUploads(tuple(one.id for one in draft.uploads))
    empty = replace(draft, parts=(), uploads=(), ask="story").being_at(Place(), "")
    return replace(ask_again(asked, empty), changes=(dropped,))


def _conceal(asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    return ask_again(asked, draft.reached_by(("", ""), "").asking("review"))


def _cancel(_asked: Asked, draft: Draft, _facts: Mapping[str, Any]) -> Outcome:
    """Nothing was sent, and nothing stays."""
    words = text_message(say(draft.language, "citizen.protected.cancelled"))
    return Outcome((words,), (DropUploads(tuple(one.id for one in draft.uploads)),))


def _send(asked: Asked, draft: Draft, facts: Mapping[str, Any]) -> Outcome:
    """File it: as the last look showed it, and only while somebody is left to receive it."""
    if not has_story(draft):
        return ask_again(asked, draft if draft.ask in BEFORE_THE_STORY else draft.asking("story"))
    if draft.ask != "review" or facts["seen"] != seen(asked, draft):
        return ask_again(asked, draft)
    if who_is_left(asked, draft).is_outside_only:
        return about.outside_only(asked, draft)
    cases = asked.desk.cases
    filed = FileCase(
        number=cases.new_number(),
        kind=draft.kind,
        receipt=cases.new_receipt(),
        parts=draft.parts,
        place=draft.place,
        uploads=draft.uploads,
        about=draft.about,
        struck=draft.struck,
        contact=draft.contact,
        place_from=draft.place_from,
        contact_from=draft.contact_from,
    )
    notices = press(
        say(draft.language, "citizen.protected_tap.notices"),
        "case", go="notices", case=filed.number, language=draft.language,
    )  # fmt: skip
    card = receipt_card(
        draft.language, asked.agency_name, filed.number, filed.receipt, cases.web_address,
        [notices] if asked.desk.agency.pushes else [], slowed=cases.files_too_much(asked.person),
    )  # fmt: skip
    return Outcome((card,), (filed,))


_VERBS: Final[Mapping[str, Callable[[Asked, Draft, Mapping[str, Any]], Outcome]]] = {
    "kind": _choose_kind,
    "unit": _choose_unit,
    "office": _choose_office,
    "unsure": _not_sure,
    "units": _more_units,
    "strike": _strike,
    "anew": _anew,
    "ask": _jump,
    "on": _next,
    "retell": _retell,
    "conceal": _conceal,
    "send": _send,
    "cancel": _cancel,
}


def _gone(asked: Asked) -> Outcome:
    """The draft was sent, given up, or is older than a day."""
    again = press(say(asked.language, "citizen.protected_tap.open"), PROTECTED, go="open", case="")
    return ask_by_press(say(asked.language, "citizen.protected.gone"), again)


def _unfinished(asked: Asked) -> Draft | None:
    """The report that the person is at, or that waits as he did something else."""
    drafts = (draft_of(asked), *waiting(asked))
    return next((one for one in drafts if one and one.do == PROTECTED), None)
