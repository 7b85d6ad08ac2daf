"""The outbox: rows that the shared sheet does not show yet.

A mark says "this row changed", not how: what the sheet must show is read from the register at
the moment of writing, so the newest value wins and a burst of changes is one write. A mark
is settled only at the version that was written: a change in the meantime keeps its mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.schema import outbox, spreadsheet


@dataclass(frozen=True, slots=True)
class Mark:
    """Row `row_id` of tab `tab` (the layout's key, such as "measures") waits since `version`."""

    tab: str
    row_id: int
    version: int


CASES = "cases"
AMENDED = "amended"
"""What marks lines of the log that have changed since they were written (sheets.amend)."""


def mark(tx: Transaction, tab: str, row_id: int) -> None:
    """Say that a row changed; of a case since which hour, as the moment would tell whose it is."""
    version = sa.text("nextval('outbox_version')")
    since = sa.func.date_trunc("hour", sa.func.now()) if tab == CASES else sa.func.now()
    row = {"tab": tab, "row_id": row_id, "version": version, "since": since}
    entered = insert(outbox).values(agency=tx.agency, **row)
    tx.sql.execute(
        entered.on_conflict_do_update(
            index_elements=["agency", "tab", "row_id"], set_={"version": version}
        )
    )


def waiting(tx: Transaction, tab: str | None = None) -> list[Mark]:
    """All marks, or those of a tab, oldest change first."""
    query = sa.select(outbox.c.tab, outbox.c.row_id, outbox.c.version).order_by(outbox.c.version)
    if tab is not None:
        query = query.where(outbox.c.tab == tab)
    return [Mark(*row) for row in tx.sql.execute(query)]


def settle(tx: Transaction, marks: Iterable[Mark]) -> None:
    """These rows were written, as of these versions."""
    for done in marks:
        tx.sql.execute(
            sa.delete(outbox).where(
                outbox.c.tab == done.tab,
                outbox.c.row_id == done.row_id,
                outbox.c.version <= done.version,
            )
        )


def next_row_id(tx: Transaction) -> int:
    """A fresh id for a row of the agency's sheet, counted per spreadsheet (int32).

    Raises sqlalchemy.exc.NoResultFound where the agency has no spreadsheet entry yet.
    """
    step = (
        sa.update(spreadsheet)
        .where(spreadsheet.c.agency == tx.agency)
        .values(next_row_id=spreadsheet.c.next_row_id + 1)
        .returning(spreadsheet.c.next_row_id - 1)
    )
    return int(tx.sql.scalars(step).one())
