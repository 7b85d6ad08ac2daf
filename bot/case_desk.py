"""Cases as a conversation reads them, within the turn's transaction; see handlers.case_desk."""

import os
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.program import Program
from handlers.events import BANGKOK
from ita.agency import Agency, Person
from ita.clocks import DEFAULT_CLOCKS, Clock, Deadline
from ita.complaints import (
    RECEIPT_DIGITS,
    Case,
    OwnCase,
    Place,
    Similar,
    Upload,
    case_number,
)
from ita.complaints.deadlines import deadlines
from ita.complaints.doors import Doors
from ita.complaints.similar import alike, near_by
from ita.complaints.statistics import (
    MonthlyCases,
    OpenGrievances,
    Snapshot,
    is_overdue,
    monthly,
    open_grievances,
    published,
)
from ita.dates import fiscal_year_of
from ita.public_holidays import NoHolidays
from ita.workdays import Calendar
from store import cases, line_account, workdays
from store.cases import pace, uploads
from store.database import Transaction
from store.keyring import KEY_BYTES


def case_desk(program: Program, tx: Transaction, line_user_id: str, now: datetime) -> "StoreCases":
    """The desk for whoever writes from this account, "" on the web."""
    config, public_url = program.agencies[tx.agency], program.settings.public_url
    return StoreCases(
        tx,
        config.facts(),
        now.astimezone(BANGKOK).date(),
        line_user_id,
        config.complaints.doors(),
        config.complaints.clocks,
        f"{public_url}/complaints/{tx.agency}" if public_url else "",
    )


@dataclass(frozen=True)
class StoreCases:
    """`line_user_id` is of whoever writes, "" on the web; `today` is the day in Bangkok."""

    tx: Transaction
    agency: Agency
    today: date
    line_user_id: str = field(default="", repr=False)
    doors: Doors = field(default_factory=Doors)
    clocks: Sequence[Clock] = DEFAULT_CLOCKS
    web_address: str = ""

    @property
    def others_read(self) -> bool | None:
        """As LINE said lately."""
        return line_account.others_read(self.tx, self.today)

    def new_number(self) -> str:
        """Two groups of four."""
        return case_number(secrets.token_bytes(8))

    def new_receipt(self) -> str:
        """Sixteen digits."""
        return "".join(secrets.choice("0123456789") for _ in range(RECEIPT_DIGITS))

    def new_upload(self, message_id: str, kind: str) -> Upload:
        """Its id is an HMAC; its key is random."""
        return Upload(cases.upload_id(self.tx, message_id), os.urandom(KEY_BYTES), kind)

    def lost_uploads(self, ids: Sequence[str]) -> Collection[str]:
        """Refused, or gone at LINE."""
        return uploads.lost(self.tx, ids)

    def own(self, _person: Person) -> Sequence[OwnCase]:
        """Of the account that writes."""
        return cases.own(self.tx, self.line_user_id) if self.line_user_id else ()

    def parties(self, _person: Person) -> Sequence[str]:
        """Of the account that writes."""
        return tuple(cases.parties_of(self.tx, self.line_user_id)) if self.line_user_id else ()

    def by_receipt(self, code: str) -> OwnCase | None:
        """By its receipt code."""
        return cases.by_receipt(self.tx, code)

    def by_party(self, party: str) -> OwnCase | None:
        """By whoever filed it."""
        return cases.by_party(self.tx, party)

    def guesses_too_much(self, person: Person) -> bool:
        """Too many wrong codes today."""
        return pace.guesses_too_much(self.tx, person.ref, self.today)

    def files_too_much(self, person: Person) -> bool:
        """Too many cases today."""
        return pace.files_too_much(self.tx, person.ref, self.today)

    def deadline(self, own: OwnCase) -> Deadline | None:
        """The first that runs."""
        try:
            calendar = workdays.calendar(self.tx, self.today, own.case.received_on)
            running = deadlines(own.case, self.clocks, calendar)
        except NoHolidays:
            return None
        return next(iter(running), None)

    def similar(self, place: Place, words: str) -> Sequence[Similar]:
        """Open, titled, near by and alike."""
        if place == Place():
            return ()
        found = alike(cases.cases(self.tx), words)
        return near_by([(case, cases.places_of(self.tx, case.id)) for case in found], place)

    def monthly(self) -> Sequence[MonthlyCases]:
        """Of this day's fiscal year."""
        return monthly(cases.counted(self.tx), fiscal_year_of(self.today))

    def snapshot(self, today: date) -> Snapshot | None:
        """Of the last half-year that is over."""
        return published(cases.counted(self.tx), cases.since(self.tx), today)

    def overdue_protected(self) -> int:
        """Of those in the sheet, as the agency's clocks run."""
        known = [case for case in cases.sheet_cases(self.tx) if case.kind.is_protected]
        calendar = self._calendar(known)
        return sum(is_overdue(one, self.clocks, calendar, self.today) for one in known)

    def open_grievances(self) -> Sequence[OpenGrievances]:
        """By unit, on this day."""
        known = cases.counted(self.tx)
        return open_grievances(known, self.clocks, self._calendar(known), self.today)

    def _calendar(self, known: Sequence[Case]) -> Calendar:
        oldest = min((case.received_on for case in known), default=self.today)
        return workdays.calendar(self.tx, self.today, oldest)
