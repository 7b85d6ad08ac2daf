"""Somebody tells of a matter, one-to-one: words, photos, voices, places; taps are counted."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from handlers.desk import KEEP, Event
from handlers.pressing import CARRIERS
from handlers.router import answer
from ita.changes import Change
from ita.complaints import Place
from tests.handlers.desk_double import NOW, DeskDouble, readable, text_event
from tests.handlers.sendable import assert_sendable, parts
from tests.handlers.talk import Talk

C = TypeVar("C")


@dataclass
class Teller(Talk):
    """Every message comes a minute after the one before; what is told stands in no button."""

    now: datetime = NOW
    taps: int = 0
    told: list[str] = field(default_factory=list)
    done: list[Change] = field(default_factory=list)
    messages: int = 0

    def tell(self, text: str) -> str:
        """Words of the matter itself: nothing of them may stand where others read it."""
        self.told.append(text)
        return self.say(text)

    def press(self, label: str) -> str:
        """A button of the newest answer; a place or a photo is sent by a tap, too."""
        self.taps += 1
        return super().press(label)

    def send(self, kind: str, **more: Any) -> str:
        """A message that is no text."""
        return self._happens(Event("message", self.now, message_kind=kind, **more))

    def send_place(self, place: Place | None = None) -> str:
        """LINE's location, which takes one tap on its button and one to share."""
        self.taps += 2
        return self.send("location", place=place or Place("", 15.87, 100.99))

    def unsend(self, message_id: str) -> str:
        """A message is taken back."""
        return self._happens(Event("unsend", self.now, message_id=message_id))

    def wait(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)

    def go(self, *answers: str) -> str:
        """Each answer pressed where such a button is there, else written; gives the last reply."""
        read = ""
        for each in answers:
            read = self.press(each) if each in self.labels else self.say(each)
        return read

    def all(self, kind: type[C]) -> list[C]:
        """All changes of a kind so far."""
        return [one for one in self.done if isinstance(one, kind)]

    @property
    def offered(self) -> list[str]:
        """The labels of whatever can be tapped in the newest answer, in order."""
        return [one["label"] for one in parts(list(self.said.replies)) if "label" in one]

    def _happens(self, event: Event) -> str:
        self.wait(minutes=1)
        self.messages += 1
        named = event.message_id or f"message{self.messages}"
        event = replace(event, at=self.now, message_id="" if event.kind == "postback" else named)
        self.said = answer(event, self.person, self.desk, self.now, self.step)
        assert_sendable(self.said.replies)
        self._assert_nothing_told_is_shown_elsewhere()
        self.done += self.said.changes
        self._keep_step(event)
        return readable(self.said)

    def _keep_step(self, event: Event) -> None:
        if self.said.step is KEEP:
            return
        if self.said.step is not None:
            self.step = json.loads(json.dumps(self.said.step))
        elif event.kind == "postback" or event.message_kind == "text":
            self.step = None

    def _assert_nothing_told_is_shown_elsewhere(self) -> None:
        for part in parts(list(self.said.replies)):
            shown = [part.get(name, "") for name in ("altText", "label", "displayText", "uri")]
            if part.get("type") in (*CARRIERS, "message"):
                shown += [json.dumps(part, ensure_ascii=False)]
            for words in self.told:
                assert words not in "\n".join(shown), words


def teller(**of_cases: Any) -> Teller:
    """A citizen, with what the desk knows of cases."""
    desk = DeskDouble()
    for name, value in of_cases.items():
        setattr(desk.cases, name, value)
    return Teller(desk=desk)


def in_group(text: str, *, mentioned: bool = False) -> Event:
    """Words that are written where others read along."""
    return text_event(text, chat="group", mentioned=mentioned)
