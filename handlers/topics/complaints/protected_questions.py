"""The questions of the protected door: the kind, the story, evidence, a contact, a last look."""

from collections.abc import Callable, Mapping
from hashlib import blake2s
from typing import Any, Final

from handlers.asked import Asked
from handlers.cards.protected import Choice, Review, door_card, review_card
from handlers.desk import Outcome
from handlers.pressing import ask_by_press
from handlers.texts import say
from handlers.topics.complaints import about, place
from handlers.topics.complaints.about import go, tap, who_is_left
from handlers.topics.complaints.draft import Draft, without_lost
from ita.complaints import Kind

KINDS: Final = (Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION)
BEFORE_THE_STORY: Final = ("kind", "about", "receivers")


def ask_again(asked: Asked, draft: Draft, note: str = "") -> Outcome:
    """The question at hand."""
    draft, lost = without_lost(asked, draft)
    note = "\n\n".join(filter(None, (note, lost)))
    return QUESTIONS[draft.ask](asked, draft, note)


def noted(asked: Asked, draft: Draft) -> Outcome:
    """It lies in the draft; the question stands as before."""
    draft, lost = without_lost(asked, draft)
    if draft.ask in BEFORE_THE_STORY:
        return ask_again(asked, draft, say(draft.language, "citizen.protected.noted_early"))
    parts, uploads = len(draft.parts), len(draft.uploads)
    note = say(draft.language, "citizen.protected.noted", parts=parts, uploads=uploads)
    note = "\n\n".join(filter(None, (lost, note)))
    return _review(asked, draft, note) if draft.ask == "review" else _question(draft, note)


def seen(asked: Asked, draft: Draft) -> str:
    """What the last look showed: a card of before does not send what was changed since."""
    told = (draft.asking("").step(), about.keys_left(asked, draft))
    return blake2s(repr(told).encode(), digest_size=4).hexdigest()


def has_story(draft: Draft) -> bool:
    """Whether anything was told or shown."""
    return bool(draft.parts or draft.uploads)


def _ask_kind(asked: Asked, draft: Draft, note: str = "") -> Outcome:
    kinds = [
        Choice(_kind_words(draft, kind), go(_kind_words(draft, kind), draft, "kind", kind=kind))
        for kind in KINDS
    ]
    note = note or (say(draft.language, "citizen.protected.carried") if draft.parts else "")
    cases = asked.desk.cases
    card = door_card(
        draft.language, asked.agency_name, cases.doors.outside, cases.web_address, kinds, note,
        [tap(draft, "cancel", "cancel")],
        is_unread=cases.others_read is False,
    )  # fmt: skip
    return Outcome((card,), step=draft.asking("kind").step())


def _ask_next(_asked: Asked, draft: Draft, note: str = "") -> Outcome:
    """The story, evidence or a contact: what is typed or sent answers it."""
    return _question(draft, note, say(draft.language, f"citizen.protected.{draft.ask}"))


def _question(draft: Draft, *texts: str) -> Outcome:
    ways = [*_ways_on(draft), tap(draft, "cancel", "cancel")]
    return ask_by_press("\n\n".join(filter(None, texts)), *ways, step=draft.step())


def _ways_on(draft: Draft) -> list[dict[str, Any]]:
    """To the next question; not past an empty story."""
    if draft.ask == "contact":
        return [tap(draft, "conceal", "conceal")]
    if draft.ask == "evidence":
        return [tap(draft, "on" if draft.uploads else "skip", "on")]
    return [tap(draft, "on", "on")] if has_story(draft) else []


def _review(asked: Asked, draft: Draft, note: str = "") -> Outcome:
    left = who_is_left(asked, draft)
    if left.is_outside_only:
        return about.outside_only(asked, draft)
    review = Review(
        kind=_kind_words(draft, draft.kind),
        named=draft.about,
        receivers=[one.title for one in left.receivers],
        story=draft.story,
        place=place.shown(draft.language, draft.place),
        uploads=len(draft.uploads),
        contact=" ".join(filter(None, draft.contact)),
    )
    ways = [
        tap(draft, "send", "send", seen=seen(asked, draft)),
        tap(draft, "more_story", "ask", ask="story"),
        tap(draft, "retell", "retell"),
        tap(draft, "change_about", "ask", ask="receivers"),
        tap(draft, "give_contact", "ask", ask="contact"),
        tap(draft, "cancel", "cancel"),
    ]
    card = review_card(draft.language, asked.agency_name, review, ways, note)
    return Outcome((card,), step=draft.asking("review").step())


def _kind_words(draft: Draft, kind: Kind) -> str:
    return say(draft.language, f"citizen.case_kind.{kind}")


QUESTIONS: Final[Mapping[str, Callable[[Asked, Draft, str], Outcome]]] = {
    "kind": _ask_kind,
    "about": about.ask_about,
    "receivers": about.ask_receivers,
    "story": _ask_next,
    "evidence": _ask_next,
    "contact": _ask_next,
    "review": _review,
}
