"""What somebody has told so far and not sent: a conversation's step, for at most a day.

Nothing of it has reached anybody. It lies sealed in the step (store.steps); what was attached lies
in the store of uploads, under a key that stands here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.asked import Asked
from handlers.texts import Language, say
from ita.complaints import Kind, Part, Place, Upload

LIFE: Final = timedelta(hours=24)
MOST_PARTS, MOST_UPLOADS = 30, 10
MOST_IN_A_CASE: Final = 20
"""Photos and files of one person in a case that was sent, with those that he added later."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case on its way. `do` names the door (router.STEPS), `ask` the question that waits.

    `about` are units, `struck` keys of receivers; `join` is the case that is to be joined.
    `adds_to` is the party by whom a case was filed, where it is told as more of that case.
    `language` is the one that the door was opened in: what follows tells less of it. `place_from`
    is the message that said where, `contact_from` the one that said whom to call.
    """

    do: str
    begun: datetime
    ask: str
    kind: Kind
    parts: tuple[Part, ...] = field(default=(), repr=False)
    uploads: tuple[Upload, ...] = field(default=(), repr=False)
    place: Place = field(default=Place(), repr=False)
    about: tuple[str, ...] = field(default=(), repr=False)
    struck: tuple[str, ...] = field(default=(), repr=False)
    contact: tuple[str, str] = field(default=("", ""), repr=False)
    join: int | None = None
    language: Language = "th"
    place_from: str = field(default="", repr=False)
    contact_from: str = field(default="", repr=False)
    adds_to: str = ""

    def asking(self, ask: str) -> "Draft":
        """The same at another question."""
        return replace(self, ask=ask)

    def saying(self, text: str, message_id: str) -> "Draft":
        """With one message more; a draft that is full keeps the first ones."""
        parts = (*self.parts, Part(text, message_id))
        return replace(self, parts=parts[:MOST_PARTS])

    def showing(self, upload: Upload) -> "Draft":
        """With one photo, voice or file more; the same one only once."""
        if upload.id in (one.id for one in self.uploads) or len(self.uploads) >= MOST_UPLOADS:
            return self
        return replace(self, uploads=(*self.uploads, upload))

    def without(self, message_id: str, upload_id: str) -> "Draft":
        """After a message was unsent: without its words, its place and what it carried."""
        parts = tuple(one for one in self.parts if one.message_id != message_id)
        uploads = tuple(one for one in self.uploads if one.id != upload_id)
        told = replace(self, parts=parts, uploads=uploads)
        if message_id and self.contact_from == message_id:
            told = told.reached_by(("", ""), "")
        is_from = bool(message_id) and self.place_from == message_id
        return told.being_at(Place(), "") if is_from else told

    def being_at(self, place: Place, message_id: str) -> "Draft":
        """With the place that a message says it is at."""
        return replace(self, place=place, place_from=message_id)

    def reached_by(self, contact: tuple[str, str], message_id: str) -> "Draft":
        """With the name and the telephone number that a message gives."""
        return replace(self, contact=contact, contact_from=message_id)

    @property
    def story(self) -> str:
        """All its words."""
        return "\n".join(part.text for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told yet that would be a pity to lose."""
        return not (self.parts or self.uploads or self.about) and self.place == Place()

    def step(self) -> dict[str, Any]:
        """As a conversation's step: JSON."""
        return {
            "do": self.do,
            "begun": self.begun.isoformat(),
            "ask": self.ask,
            "kind": self.kind.value,
            "parts": [[one.text, one.message_id] for one in self.parts],
            "uploads": [[one.id, one.key.hex(), one.kind] for one in self.uploads],
            "place": [self.place.words, self.place.latitude, self.place.longitude],
            "about": list(self.about),
            "struck": list(self.struck),
            "contact": list(self.contact),
            "join": self.join,
            "language": self.language,
            "place_from": self.place_from,
            "contact_from": self.contact_from,
            "adds_to": self.adds_to,
        }


def without_lost(asked: Asked, draft: Draft) -> tuple[Draft, str]:
    """The draft without what turned out to be nothing that can be kept, and a word on that."""
    ids = [one.id for one in draft.uploads]
    lost = asked.desk.cases.lost_uploads(ids) if ids else ()
    if not lost:
        return draft, ""
    kept = tuple(one for one in draft.uploads if one.id not in lost)
    note = say(draft.language, "citizen.noted.lost", count=len(ids) - len(kept))
    return replace(draft, uploads=kept), note


def draft_of(asked: Asked) -> Draft | None:
    """The draft that the person is at; None where there is none, or it is older than a day."""
    return draft_in(asked.step, asked.now)


def draft_in(step: Mapping[str, Any] | None, now: datetime) -> Draft | None:
    """The draft that a step holds, if it is not older than a day."""
    if not step or "begun" not in step:
        return None
    draft = _read(step)
    return draft if now - draft.begun < LIFE else None


def _read(step: Mapping[str, Any]) -> Draft:
    words, latitude, longitude = step["place"]
    name, phone = step["contact"]
    return Draft(
        do=step["do"],
        begun=datetime.fromisoformat(step["begun"]),
        ask=step["ask"],
        kind=Kind(step["kind"]),
        parts=tuple(Part(text, message_id) for text, message_id in step["parts"]),
        uploads=tuple(Upload(one, bytes.fromhex(key), kind) for one, key, kind in step["uploads"]),
        place=Place(words, latitude, longitude),
        about=tuple(step["about"]),
        struck=tuple(step["struck"]),
        contact=(name, phone),
        join=step["join"],
        language="en" if step.get("language") == "en" else "th",
        place_from=step.get("place_from", ""),
        contact_from=step.get("contact_from", ""),
        adds_to=step.get("adds_to", ""),
    )
