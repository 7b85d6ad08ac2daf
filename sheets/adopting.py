"""What adopting rows does in the store, during an installation."""

from collections.abc import Iterable
from datetime import datetime

from ita.dates import fiscal_year_of
from sheets.adopt import TAB, UNCLEAR, Adoption, Newcomer, Unclear
from sheets.doubts import MENDED
from store import doubts, outbox, register, sheet_repair, sheet_state
from store.database import Transaction


def enter(tx: Transaction, newcomers: Iterable[Newcomer]) -> int:
    """Let the register know measures that stand in the sheet under their ids; how many were new."""
    count = 0
    for one in newcomers:
        if sheet_repair.enter_measure(tx, one.measure) is not None:
            sheet_state.save_seen(tx, TAB, {one.measure.id: one.seen})
            count += 1
    return count


def fresh_ids(tx: Transaction, found: Adoption) -> dict[int, int]:
    """An id for each line that gets a new one. One that is lost on the way is never used again."""
    return {index: outbox.next_row_id(tx) for index, was in found.tag.items() if was is None}


def ask_about(tx: Transaction, unclear: Iterable[Unclear], at: datetime) -> int:
    """Ask about lines that cannot be read, once each; how many are new."""
    words = {one.words for one in unclear}
    for doubt in doubts.waiting(tx):
        if doubt.why == UNCLEAR and doubt.theirs not in words:
            doubts.settle(tx, doubt.id, MENDED)
    return sum(doubts.ask(tx, at, TAB, 0, "", one, "", UNCLEAR) for one in sorted(words))


def year_of_rows(tx: Transaction, at: datetime) -> int:
    """The fiscal year of a row that names none: that of the newest measure, else of this day."""
    known = [measure.fiscal_year for measure in register.measures(tx)]
    return max(known, default=fiscal_year_of(at.date()))
