"""What a conversation may read of cases: one's own, by account or by receipt, and nobody else's."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from ita.agency import Person
from ita.clocks import Deadline
from ita.complaints import OwnCase, Place, Similar, Upload
from ita.complaints.doors import Doors
from ita.complaints.statistics import MonthlyCases, OpenGrievances, Snapshot


class CaseDesk(Protocol):
    """See ita.complaints. Nothing here tells a conversation who filed what."""

    @property
    def doors(self) -> Doors:
        """The agency's receivers, outside bodies, places and words of danger."""
        ...

    @property
    def web_address(self) -> str:
        """Where the same two doors are on the web, "" where the program has no public address."""
        ...

    @property
    def others_read(self) -> bool | None:
        """Whether administrators of the LINE account read its chats; None where nobody knows."""
        ...

    def new_number(self) -> str:
        """A fresh random case number."""
        ...

    def new_receipt(self) -> str:
        """A fresh receipt code: 16 random digits."""
        ...

    def new_upload(self, message_id: str, kind: str) -> Upload:
        """What a message's photo, voice or file becomes; its id is the same each time."""
        ...

    def lost_uploads(self, ids: Sequence[str]) -> Collection[str]:
        """Those of these uploads that turned out to be nothing that can be kept."""
        ...

    def own(self, person: Person) -> Sequence[OwnCase]:
        """The cases that were filed from this account, the newest first; at most 20."""
        ...

    def parties(self, person: Person) -> Sequence[str]:
        """The ids by which all cases are filed that this account is known in, however many."""
        ...

    def by_receipt(self, code: str) -> OwnCase | None:
        """The case that this code (16 digits) is the receipt of."""
        ...

    def by_party(self, party: str) -> OwnCase | None:
        """A case by the opaque id of whoever filed it; None where that is gone."""
        ...

    def guesses_too_much(self, person: Person) -> bool:
        """Whether receipt codes of this person are not looked at for a while."""
        ...

    def files_too_much(self, person: Person) -> bool:
        """Whether this person filed so many cases lately that an officer has to look first."""
        ...

    def deadline(self, own: OwnCase) -> Deadline | None:
        """What the office has to do next, and until when."""
        ...

    def similar(self, place: Place, words: str) -> Sequence[Similar]:
        """Open grievances that a coordinator has titled, near by and alike, at most three."""
        ...

    def monthly(self) -> Sequence[MonthlyCases]:
        """Grievances by month of the fiscal year, the newest first."""
        ...

    def snapshot(self, today: date) -> Snapshot | None:
        """Protected cases of the last half-year that is over, as it is published.

        None where there was nothing yet to count them.
        """
        ...

    def overdue_protected(self) -> int:
        """How many protected cases are overdue, of those in the shared sheet.

        The same for everybody: whoever were told of fewer than the sheet shows would know that
        the others are about him.
        """
        ...

    def open_grievances(self) -> Sequence[OpenGrievances]:
        """How many grievances each unit still has to see to, most overdue first."""
        ...
