"""A conversation without a database: buttons and steps are kept as the turn keeps them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.desk import KEEP, Event, Outcome, Person
from handlers.router import answer
from ita.changes import Change
from tests.handlers.desk_double import CITIZEN, NOW, DeskDouble, readable, text_event
from tests.handlers.sendable import assert_sendable, parts


@dataclass
class Talk:
    """One person with the bot in a chat of their own. `said` is the newest outcome."""

    person: Person = CITIZEN
    desk: DeskDouble = field(default_factory=DeskDouble)
    step: Mapping[str, Any] | None = None
    said: Outcome = field(default_factory=Outcome)

    def say(self, text: str) -> str:
        """The person writes; gives all that can be read in the answer."""
        return self._happens(text_event(text))

    def press(self, label: str) -> str:
        """The person presses a button of the newest answer."""
        (action,) = [one["data"] for one in self._presses() if one["label"] == label]
        return self.do(action)

    def do(self, action: Mapping[str, Any] | None) -> str:
        """A button is pressed that does this; None: one that nobody made."""
        return self._happens(Event("postback", NOW, pressed=action))

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest answer that press something."""
        return [one["label"] for one in self._presses()]

    @property
    def actions(self) -> list[dict[str, Any]]:
        """What they do."""
        return [one["data"] for one in self._presses()]

    def changes(self) -> tuple[Change, ...]:
        """What the newest answer changes."""
        return self.said.changes

    def stands(self) -> Mapping[str, Any] | None:
        """Where the person stands in a conversation."""
        return self.step

    def _presses(self) -> Iterator[dict[str, Any]]:
        return (one for one in parts(list(self.said.replies)) if one.get("type") == "postback")

    def _happens(self, event: Event) -> str:
        self.said = answer(event, self.person, self.desk, NOW, self.step)
        assert_sendable(self.said.replies)
        if self.said.step is not KEEP:
            self.step = self.said.step
        return readable(self.said)
