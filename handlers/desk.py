"""The values a conversation works with, and the Desk through which it reads the register.

A handler gets an event, the person, and the Desk; it answers with an Outcome. It reads nothing
else and changes nothing: the turn applies the changes and sends the replies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from handlers.case_desk import CaseDesk
from ita.agency import Agency, Person
from ita.changes import Change
from ita.complaints import Place
from ita.criteria import Criteria
from ita.invitations import Applicant, Invitation, Member
from ita.measures import Measure, Progress
from ita.reminders import Wish

Message = dict[str, Any]
"""A LINE message object, as JSON: {"type": "text", …} or {"type": "flex", …}."""

ChatKind = Literal["user", "group", "room"]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in a chat, as far as the bot understands it.

    `kind` is LINE's event type ("message", "follow", …, or any that is not known yet), `text`
    the normalised text of a text message, `message_kind` LINE's message type. `at` is LINE's
    timestamp, aware. `standby` events belong to another module and get no answer.

    Of a postback, `data` is what LINE returned, and `pressed` what the button does: None unless
    this bot made it for this person in this chat. `picked` is the date or time chosen with it.

    `place` is where a location message points to, None for any other.

    `message_id` is LINE's id of the message; of an event of kind "unsend", of the message that was
    taken back. A file has a cleaned name of at most 100 characters and a size in bytes, 0 where
    LINE gives none. `image_set` is (index from 1, total) of photos sent together, where told.
    """

    kind: str
    at: datetime
    chat_kind: ChatKind = "user"
    message_kind: str = ""
    text: str = field(default="", repr=False)
    mentions_bot: bool = False
    standby: bool = False
    data: str = field(default="", repr=False)
    pressed: Mapping[str, Any] | None = field(default=None, repr=False)
    picked: str = ""
    message_id: str = field(default="", repr=False)
    file_name: str = field(default="", repr=False)
    file_size: int = 0
    image_set: tuple[int, int] | None = None
    place: Place | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OfficialScores:
    """The official scores of one fiscal year: indicator number → points (0..100)."""

    fiscal_year: int
    indicators: dict[int, Decimal]
    items: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that stands in the log, by its id.

    `before` is its measure without it; None where it cannot be taken back, as somebody reported,
    accepted, returned or changed something since.
    """

    id: int
    progress: Progress
    before: Measure | None = None


class PeopleDesk(Protocol):
    """What a conversation may read of invitations and people; see ita.invitations."""

    def new_code(self) -> str:
        """A fresh code of eight letters for an invitation."""
        ...

    def invitation_by_code(self, code: str) -> Invitation | None:
        """The invitation that this code opens now; None for a wrong one and one that is over."""
        ...

    def invitation(self, number: int) -> Invitation | None:
        """The invitation with this id if it can still be used; held until the turn is over."""
        ...

    def invitations(self) -> Sequence[Invitation]:
        """All that can still be used, the newest first."""
        ...

    def guesses_too_much(self, person: Person) -> bool:
        """Whether codes of this person are not looked at for a while."""
        ...

    def was_revoked(self, person: Person) -> bool:
        """Whether somebody took away this person's role, and nobody gave him one since."""
        ...

    def number_for(self, person: Person) -> int:
        """The person's number, or a free one; nobody else takes it until the turn is over."""
        ...

    def members(self) -> Sequence[Member]:
        """All who have a role, by number."""
        ...

    def hold_coordinators(self) -> Sequence[Member]:
        """The coordinators, as they stay until the turn is over."""
        ...

    def applicants(self) -> Sequence[Applicant]:
        """Who waits to be confirmed, the first to ask first."""
        ...

    def link(self, text: str) -> str | None:
        """An address that opens the chat with `text` typed in; None where none is known."""
        ...

    def picture(self, code: str) -> str | None:
        """The https address of a QR picture that leads to registering with this code."""
        ...


class Desk(Protocol):
    """What a conversation may read and ask for."""

    @property
    def agency(self) -> Agency:
        """The agency whose account this is."""
        ...

    @property
    def people(self) -> PeopleDesk:
        """Invitations and people."""
        ...

    @property
    def cases(self) -> CaseDesk:
        """Complaints: one's own, and what the doors need."""
        ...

    def hold(self, measure_id: int) -> Measure | None:
        """A measure as it is now and stays until the turn is over; None where it is gone."""
        ...

    def called_done_by(self, measure_id: int, person: Person) -> bool:
        """Whether it was this person who reported the measure as done, the last time."""
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

    def item_points(self, fiscal_year: int) -> Mapping[str, Decimal]:
        """OIT item code → 100 or 0, as the agency answered มี or ไม่มี; unanswered ones are absent."""
        ...

    def history(self, measure_id: int, limit: int) -> Sequence[Progress]:
        """The newest reports on a measure, the newest first, at most `limit`."""
        ...

    def last_report(self, person: Person) -> Reported | None:
        """This person's newest report that was not taken back."""
        ...

    def report_counts(self, since: datetime, until: datetime) -> Mapping[int, int]:
        """Measure id → how many reports it got from `since` to before `until` (aware)."""
        ...

    def sheet_read_at(self) -> datetime | None:
        """When the shared sheet was last read; None where there is none, or never."""
        ...

    def reminder_wish(self, person: Person) -> Wish:
        """What the person wishes of reminders."""
        ...

    def evidence_link(self, message_id: str) -> str:
        """Where what KeepEvidence keeps of this message is found: the same at any time, https."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do after an event: replies in order (at most 5), changes, and the next step.

    `step` is where the person stands in a conversation of several messages, as JSON; its "do"
    names the topic that goes on with it (router.STEPS). It is kept for this person in this chat,
    sealed, for at most a week, and comes back as `Asked.step` with that person's next event there.
    None ends the conversation where the event was a text or a press of a button, and leaves it as
    it is after any other event; KEEP leaves it in any case.
    """

    replies: tuple[Message, ...] = ()
    changes: tuple[Change, ...] = ()
    step: Mapping[str, Any] | None = None


KEEP: Mapping[str, Any] = {"do": ""}
"""An Outcome's step that leaves the conversation where it is."""
NOTHING = Outcome()

__all__ = [
    "KEEP",
    "NOTHING",
    "Agency",
    "ChatKind",
    "Desk",
    "Event",
    "Message",
    "OfficialScores",
    "Outcome",
    "PeopleDesk",
    "Person",
    "Reported",
]
