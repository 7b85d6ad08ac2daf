"""An agency's working days, as its own tab วันหยุด changes them."""

from datetime import date

from ita.reminders import working_days
from ita.workdays import Calendar, own_days
from store import sheet_state
from store.database import Transaction


def calendar(tx: Transaction, today: date, since: date | None = None) -> Calendar:
    """The calendar around a day, and of the years since another one."""
    return working_days(own_days(sheet_state.load_list(tx, "holidays")), today, since)
