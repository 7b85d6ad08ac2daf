"""The Desk on the store: what a conversation may read, within the turn's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.case_desk import StoreCases
from bot.people_desk import StorePeople
from handlers.desk import OfficialScores, Reported
from ita.agency import Agency, Person
from ita.criteria import Criteria
from ita.measures import Measure, Progress
from ita.reminders import Wish
from ita.scores import FULL
from store import evidence, register, reminders, results, sheet_state
from store.database import Transaction


@dataclass(frozen=True)
class StoreDesk:
    """See handlers.desk.Desk."""

    tx: Transaction
    agency: Agency
    people: StorePeople
    cases: StoreCases
    public_url: str = ""

    def hold(self, measure_id: int) -> Measure | None:
        """One measure, held."""
        return register.hold(self.tx, measure_id)

    def called_done_by(self, measure_id: int, person: Person) -> bool:
        """Whether this person reported it as done."""
        return register.called_done_by(self.tx, measure_id, person.ref)

    def measures(self) -> Sequence[Measure]:
        """The measures of the agency's fiscal year."""
        return register.measures(self.tx, self.agency.fiscal_year)

    def scores(self) -> OfficialScores | None:
        """The newest official scores."""
        newest = results.scores(self.tx)
        return OfficialScores(*newest) if newest else None

    def criteria(self, fiscal_year: int) -> Criteria:
        """The year's criteria, as the agency's own tab changes them."""
        return results.criteria(self.tx, fiscal_year)

    def item_points(self, fiscal_year: int) -> Mapping[str, Decimal]:
        """The items that somebody answered, each as 100 or 0."""
        return {
            one.code: FULL if one.present else Decimal()
            for one in results.oit_items(self.tx)
            if one.fiscal_year == fiscal_year and one.present is not None
        }

    def history(self, measure_id: int, limit: int) -> Sequence[Progress]:
        """The newest reports on a measure."""
        return register.history(self.tx, measure_id, limit)

    def last_report(self, person: Person) -> Reported | None:
        """The person's newest report."""
        newest = register.last_report(self.tx, person.ref) if person.ref else None
        return Reported(*newest) if newest else None

    def report_counts(self, since: datetime, until: datetime) -> Mapping[int, int]:
        """How many reports each measure got."""
        return register.report_counts(self.tx, since, until)

    def sheet_read_at(self) -> datetime | None:
        """When the shared sheet was last read."""
        return sheet_state.read_at(self.tx)

    def reminder_wish(self, person: Person) -> Wish:
        """What the person wishes of reminders."""
        return reminders.wish(self.tx, person.ref)

    def evidence_link(self, message_id: str) -> str:
        """Where a message's photo or file is found."""
        return self.public_url + evidence.link_path(self.tx.keyring, self.agency.slug, message_id)
