"""Invitations and people as a conversation reads them, within the turn's transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from ita.agency import Person
from ita.invitations import Applicant, Invitation, Member
from store import invitations, people
from store.database import Transaction


def chat_link(basic_id: str, text: str) -> str:
    """LINE's address that opens the account's chat with `text` typed in.

    >>> chat_link("@sample", "a b")
    'https://line.me/R/oaMessage/%40sample/?a%20b'
    """
    return f"https://line.me/R/oaMessage/{quote(basic_id, safe='')}/?{quote(text, safe='')}"


def _no_picture(code: str) -> None:
    """Where the program does not know its own address."""


@dataclass(frozen=True)
class StorePeople:
    """See handlers.desk.PeopleDesk. `basic_id` is the account's id for people (@…), "" unknown."""

    tx: Transaction
    now: datetime
    basic_id: str = ""
    picture: Callable[[str], str | None] = _no_picture

    def new_code(self) -> str:
        """Eight letters."""
        return invitations.new_code()

    def invitation_by_code(self, code: str) -> Invitation | None:
        """By its code."""
        return invitations.by_code(self.tx, code, self.now)

    def invitation(self, number: int) -> Invitation | None:
        """By its id, held."""
        return invitations.by_id(self.tx, number, self.now)

    def invitations(self) -> Sequence[Invitation]:
        """Those that can be used."""
        return invitations.open_ones(self.tx, self.now)

    def guesses_too_much(self, person: Person) -> bool:
        """Too many wrong codes within the hour."""
        return invitations.guesses_too_much(self.tx, person.ref, self.now)

    def was_revoked(self, person: Person) -> bool:
        """Somebody took his role away."""
        return invitations.was_revoked(self.tx, person.ref, self.now)

    def number_for(self, person: Person) -> int:
        """His own, or a free one."""
        return people.number_for(self.tx, person.ref)

    def members(self) -> Sequence[Member]:
        """All with a role."""
        return people.members(self.tx)

    def hold_coordinators(self) -> Sequence[Member]:
        """All coordinators, held."""
        return people.hold_coordinators(self.tx)

    def applicants(self) -> Sequence[Applicant]:
        """All who wait."""
        return invitations.applicants(self.tx)

    def link(self, text: str) -> str | None:
        """Where the account's id is known."""
        return chat_link(self.basic_id, text) if self.basic_id else None
