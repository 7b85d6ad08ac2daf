"""Invitations and people without a database, as the store's desk gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ita.agency import Person, Role
from ita.invitations import Applicant, Invitation, Member

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))

CODE = "ABCDEFGH"
OFFER = Invitation(7, Role.STAFF, ("กองคลัง",), 3, datetime(2025, 1, 20, tzinfo=NOW.tzinfo))
OFFICERS_CODE = "ABCDEFGJ"
OFFICERS_OFFER = Invitation(8, Role.OFFICER, (), 1, datetime(2025, 1, 20, tzinfo=NOW.tzinfo))


@dataclass
class PeopleDouble:
    """See handlers.desk.PeopleDesk. `guessing` and `revoked` hold references of people who are."""

    offers: Mapping[str, Invitation] = field(
        default_factory=lambda: {CODE: OFFER, OFFICERS_CODE: OFFICERS_OFFER}
    )
    known: Sequence[Member] = ()
    waiting: Sequence[Applicant] = ()
    guessing: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()
    address: str | None = None
    images: str | None = None

    def new_code(self) -> str:
        return "NEWCODE2"

    def invitation_by_code(self, code: str) -> Invitation | None:
        return self.offers.get(code)

    def invitation(self, number: int) -> Invitation | None:
        return next((one for one in self.offers.values() if one.id == number), None)

    def invitations(self) -> Sequence[Invitation]:
        return sorted(self.offers.values(), key=lambda one: -one.id)

    def guesses_too_much(self, person: Person) -> bool:
        return person.ref in self.guessing

    def was_revoked(self, person: Person) -> bool:
        return person.ref in self.revoked

    def number_for(self, person: Person) -> int:
        those = [one.number for one in (*self.known, *self.waiting) if one.ref == person.ref]
        return those[0] if those else 4821

    def members(self) -> Sequence[Member]:
        return self.known

    def hold_coordinators(self) -> Sequence[Member]:
        return [one for one in self.known if one.role is Role.COORDINATOR]

    def applicants(self) -> Sequence[Applicant]:
        return self.waiting

    def link(self, text: str) -> str | None:
        return self.address

    def picture(self, code: str) -> str | None:
        return self.images and f"{self.images}/{code}"
