"""No row of a case tells by its place or its transaction which delivery it came with.

PostgreSQL keeps rows as they came, and remembers of each the transaction that wrote it; that same
transaction marked the delivery in the journal as handled. So once a working day all rows are
written anew, in no order and by one transaction.
"""

from datetime import date, timedelta
from random import SystemRandom
from typing import Any, Final

import sqlalchemy as sa

from store.database import Transaction
from store.schema import (
    case_entry,
    case_evidence,
    case_file,
    case_pace,
    case_party,
    case_register,
    case_upload,
)

YOUNG: Final = timedelta(days=14)
"""No row of days off is as long: what is older was put into no order before."""
_OF_A_CASE: Final = (case_party, case_entry, case_evidence)
_CHANCE: Final = SystemRandom()


def blend(tx: Transaction, today: date) -> None:
    """Write all rows of an agency's cases anew, the young ones in an order that chance gives."""
    every = sa.select(case_file.c.id).order_by(case_file.c.id).with_for_update()
    tx.sql.execute(every)  # two that blend at once would wait for one another in a circle
    young = sa.select(case_file.c.id).where(case_file.c.received_on >= today - YOUNG)
    for case_id in _shuffled(tx, young):
        _anew(tx, case_file, case_file.c.id == case_id)
        for table in _OF_A_CASE:
            _anew(tx, table, table.c.case_id == case_id)
    sent = sa.select(case_upload.c.id).where(case_upload.c.made_on >= today - YOUNG)
    for upload in _shuffled(tx, sent):
        _anew(tx, case_upload, case_upload.c.id == upload)
    for person in _shuffled(tx, sa.select(case_pace.c.person).distinct()):
        _anew(tx, case_pace, case_pace.c.person == person)
    for table in (*_OF_A_CASE, case_file, case_upload, case_pace, case_register):
        _anew(tx, table, sa.true())


def _shuffled(tx: Transaction, query: sa.Select[Any]) -> list[Any]:
    found = list(tx.sql.scalars(query))
    _CHANCE.shuffle(found)
    return found


def _anew(tx: Transaction, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
    """An UPDATE of nothing, as whoever waits to change such a row finds it again after one."""
    tx.sql.execute(sa.update(table).where(which).values(agency=table.c.agency))
