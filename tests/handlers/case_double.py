"""Cases without a database: what a person filed, by party and by receipt code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ita.agency import Person
from ita.clocks import Deadline
from ita.complaints import OwnCase, Place, Similar, Upload
from ita.complaints.defaults import DANGERS, OUTSIDE
from ita.complaints.doors import Doors, Receiver
from ita.complaints.statistics import (
    MonthlyCases,
    OpenGrievances,
    Snapshot,
    last_half_year,
)

CLERK = Receiver("clerk", "ปลัด", "สำนักปลัด")
CHIEF = Receiver("chief", "นายก")
LEGAL = Receiver("legal", "งานนิติการ", "สำนักปลัด")
SUBSTITUTE = Receiver("substitute", "ท้องถิ่นอำเภอ")
DOORS = Doors(
    receivers=(CLERK, CHIEF, LEGAL),
    substitute=SUBSTITUTE,
    outside=OUTSIDE,
    places=("หมู่ 1 บ้านตัวอย่าง", "หมู่ 2 บ้านทดสอบ"),
    dangers=DANGERS,
)


@dataclass
class CaseDouble:
    """See handlers.case_desk.CaseDesk; numbers, receipts and uploads count up."""

    doors: Doors = DOORS
    web_address: str = "https://bot.example/complaints/sample"
    of: Mapping[str, Sequence[OwnCase]] = field(default_factory=dict)
    receipts: Mapping[str, OwnCase] = field(default_factory=dict)
    like: Sequence[Similar] = ()
    guessing: frozenset[str] = frozenset()
    filing: frozenset[str] = frozenset()
    due: Deadline | None = None
    months: Sequence[MonthlyCases] = ()
    published: Snapshot | None = None
    has_doors: bool = True
    open: Sequence[OpenGrievances] = ()
    late: int = 0
    read_along: bool | None = False
    given: int = 0
    lost: frozenset[str] = frozenset()

    @property
    def others_read(self) -> bool | None:
        return self.read_along

    def new_number(self) -> str:
        self.given += 1
        return f"TEST-{self.given:04}"

    def new_receipt(self) -> str:
        self.given += 1
        return f"{self.given:016}"

    def new_upload(self, message_id: str, kind: str) -> Upload:
        return Upload(f"upload-{message_id}", message_id.encode().rjust(32, b"."), kind)

    def lost_uploads(self, ids: Sequence[str]) -> Collection[str]:
        return self.lost.intersection(ids)

    def own(self, person: Person) -> Sequence[OwnCase]:
        return self.of.get(person.ref, ())[:20]

    def parties(self, person: Person) -> Sequence[str]:
        return [one.party for one in self.of.get(person.ref, ()) if one.has_identity]

    def by_receipt(self, code: str) -> OwnCase | None:
        return self.receipts.get(code)

    def by_party(self, party: str) -> OwnCase | None:
        known = [*self.receipts.values(), *(one for each in self.of.values() for one in each)]
        return next((one for one in known if one.party == party), None)

    def guesses_too_much(self, person: Person) -> bool:
        return person.ref in self.guessing

    def files_too_much(self, person: Person) -> bool:
        return person.ref in self.filing

    def deadline(self, _own: OwnCase) -> Deadline | None:
        return self.due

    def similar(self, _place: Place, _words: str) -> Sequence[Similar]:
        return self.like

    def monthly(self) -> Sequence[MonthlyCases]:
        return self.months

    def snapshot(self, today: date) -> Snapshot | None:
        none = Snapshot(*last_half_year(today), 0, None, {})
        return (self.published or none) if self.has_doors else None

    def overdue_protected(self) -> int:
        return self.late

    def open_grievances(self) -> Sequence[OpenGrievances]:
        return self.open
