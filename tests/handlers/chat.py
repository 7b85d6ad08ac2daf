"""One person's chat with all that the bot does: reports are applied, other changes are noted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.desk import Event
from ita.changes import AttachEvidence, CancelReport, Change, KeepEvidence, ReportProgress, Unsend
from tests.handlers.office import Office

OF_REPORTS = (AttachEvidence, CancelReport, KeepEvidence, ReportProgress, Unsend)


@dataclass
class Chat(Office):
    """See Office. `done` are all changes so far, `shown` what all buttons do that were shown, and
    `messages` the ids of all that was sent."""

    done: list[Change] = field(default_factory=list)
    shown: list[Mapping[str, Any]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def send(self, kind: str, **more: Any) -> str:
        """A message that is no text."""
        return self._happens(Event("message", self.now, message_kind=kind, **more))

    def happens(self, kind: str) -> str:
        """The account is blocked, or added again."""
        return self._happens(Event(kind, self.now))

    def tap(self, **facts: object) -> str:
        """The button of the newest answer that does this."""
        (action,) = [one for one in self.actions if {**one, **facts} == one]
        return self.do(action)

    def _happens(self, event: Event) -> str:
        if event.kind == "message" and not event.message_id:
            event = replace(event, message_id=f"sent{len(self.messages)}")
        self.messages += [event.message_id] if event.kind == "message" else []
        read = super()._happens(event)
        self.shown += [each["data"] for each in self._actions()]
        self.step = json.loads(json.dumps(self.step))
        return read

    def _apply(self, change: Change) -> None:
        self.done.append(change)
        if isinstance(change, OF_REPORTS):
            super()._apply(change)
