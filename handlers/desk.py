"""The values a conversation works with, and the Desk through which it reads the register.

A handler gets an event, the person, and the Desk; it answers with an Outcome. It reads nothing
else and changes nothing: the turn applies the changes and sends the replies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from ita.agency import Agency, Person
from ita.changes import Change
from ita.criteria import Criteria
from ita.measures import Measure

Message = dict[str, Any]
"""A LINE message object, as JSON: {"type": "text", …} or {"type": "flex", …}."""

ChatKind = Literal["user", "group", "room"]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in a chat, as far as the bot understands it.

    `kind` is LINE's event type ("message", "follow", …, or any that is not known yet), `text`
    the normalised text of a text message, `message_kind` LINE's message type. `at` is LINE's
    timestamp, aware. `standby` events belong to another module and get no answer.
    """

    kind: str
    at: datetime
    chat_kind: ChatKind = "user"
    message_kind: str = ""
    text: str = field(default="", repr=False)
    mentions_bot: bool = False
    standby: bool = False


@dataclass(frozen=True, slots=True)
class OfficialScores:
    """The official scores of one fiscal year: indicator number → points (0..100)."""

    fiscal_year: int
    indicators: dict[int, Decimal]
    items: dict[str, int] = field(default_factory=dict)


class Desk(Protocol):
    """What a conversation may read and ask for."""

    @property
    def agency(self) -> Agency:
        """The agency whose account this is."""
        ...

    def measures(self) -> Sequence[Measure]:
        """All measures of the agency's current fiscal year, by number."""
        ...

    def scores(self) -> OfficialScores | None:
        """The newest official scores, or None where none are known."""
        ...

    def criteria(self, fiscal_year: int) -> Criteria:
        """The criteria that the agency goes by in a year. Raises NoCriteria."""
        ...

    def sheet_read_at(self) -> datetime | None:
        """When the shared sheet was last read; None where there is none, or never."""
        ...

    def new_case_number(self) -> str:
        """A fresh random case number."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do after an event: replies in order (at most 5), changes, and nothing else."""

    replies: tuple[Message, ...] = ()
    changes: tuple[Change, ...] = ()


NOTHING = Outcome()

__all__ = [
    "NOTHING",
    "Agency",
    "ChatKind",
    "Desk",
    "Event",
    "Message",
    "OfficialScores",
    "Outcome",
    "Person",
]
