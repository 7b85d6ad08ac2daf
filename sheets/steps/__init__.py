"""What an installation does, one step after a look: the first that has something to do does it.

Each step takes the work, and says whether it did anything, so that another look is needed.
"""

from collections.abc import Callable

from sheets.google import SheetError
from sheets.lacks import Lack
from sheets.proof import codes_in
from sheets.snapshot import columns_of
from sheets.steps.making import make_tabs, tab_lacks
from sheets.steps.mending import check_ids, mend_in_place, mend_in_rows
from sheets.steps.taking import adopt_rows, adopt_table, table_lacks
from sheets.work import README, Work
from store import sheet_owner, sheet_repair, sheet_state

RETRIES = 3
"""Batches that may be refused because somebody moved what was seen."""


def confirm(work: Work) -> bool:
    """Look for the code where it belongs."""
    readme = work.seen.of(README)
    if work.known.confirmed or readme is None:
        return False
    with work.hold() as tx:
        return sheet_owner.confirm(tx, codes_in(readme))


def remember(work: Work) -> bool:
    """Nothing is left to do: what stands there now is known from here on."""
    there = {tab.key: columns_of(tab, work.tab(tab)[0]) for tab in work.there()}
    with work.hold() as tx:
        if work.seen.tabs != work.sheet.tabs:
            sheet_state.save_tabs(tx, work.seen.tabs)
        sheet_repair.note_furnished(tx, there)
    return False


STEPS: tuple[Callable[[Work], bool], ...] = (
    confirm, check_ids, adopt_table, make_tabs, mend_in_place, mend_in_rows, adopt_rows, remember,
)  # fmt: skip


def lacking(work: Work) -> list[Lack]:
    """All that is lacking now, what is new and what was taken out."""
    parts = [lack for tab in work.there() for lack in work.lacks(tab)]
    return [*table_lacks(work), *tab_lacks(work), *parts]


def run(work: Work, rounds: int) -> bool:
    """Look and step until nothing is left to do; False if that never comes."""
    refused = 0
    for _ in range(rounds):
        work.look(begin=True)
        try:
            if not any(step(work) for step in STEPS):
                return True
        except SheetError as error:
            refused += 1
            if error.reason != "stamp_exists" or refused > RETRIES:
                raise
    return False
