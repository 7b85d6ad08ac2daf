"""The Desk on the store: what a conversation may read, within the turn's transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.desk import OfficialScores
from ita.agency import Agency
from ita.complaints import case_number
from ita.criteria import Criteria
from ita.measures import Measure
from store import register, results, sheet_state
from store.database import Transaction


@dataclass(frozen=True)
class StoreDesk:
    """See handlers.desk.Desk."""

    tx: Transaction
    agency: Agency

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

    def sheet_read_at(self) -> datetime | None:
        """When the shared sheet was last read."""
        return sheet_state.read_at(self.tx)

    def new_case_number(self) -> str:
        """A fresh random number."""
        return case_number(secrets.token_bytes(8))
