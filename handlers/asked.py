"""What a topic is asked: the person's words after the command, and all it may know besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from handlers.desk import Desk, Event, Person
from handlers.events import BANGKOK
from handlers.texts import Language
from ita.agency import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to one topic. `words` follow the command word; `now` is aware.

    `step` is where the person stands in a conversation (see handlers.desk.Outcome).
    """

    event: Event
    person: Person
    desk: Desk
    now: datetime
    language: Language = "th"
    words: str = field(default="", repr=False)
    step: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def today(self) -> date:
        """The day in Bangkok."""
        return self.now.astimezone(BANGKOK).date()

    @property
    def one_to_one(self) -> bool:
        """Whether nobody but the person reads the answer."""
        return self.event.chat_kind == "user"

    @property
    def by_staff(self) -> bool:
        """Whether the person works for the agency, in any role."""
        return self.person.role is not Role.CITIZEN

    @property
    def reports(self) -> bool:
        """Whether the person is one who reports on measures: an officer or an executive is where
        he belongs to a unit."""
        reporting = self.person.role in (Role.STAFF, Role.COORDINATOR)
        return reporting or (self.by_staff and bool(self.person.units))

    @property
    def agency_name(self) -> str:
        """The agency's name as people say it."""
        return self.desk.agency.short_name
