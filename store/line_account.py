"""What LINE says of an agency's own account: whether its administrators read the chats."""

from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.schema import line_account

GOOD_FOR: Final = timedelta(days=2)
"""So old an answer is as good as none: it is asked for once a day."""


def note(tx: Transaction, today: date, *, others_read: bool) -> None:
    """LINE said so today."""
    said = {"others_read": others_read, "asked_on": today}
    entered = insert(line_account).values(agency=tx.agency, **said)
    tx.sql.execute(entered.on_conflict_do_update(index_elements=["agency"], set_=said))


def others_read(tx: Transaction, today: date) -> bool | None:
    """Whether administrators of the account read what people write to it; None: nobody knows."""
    row = tx.sql.execute(sa.select(line_account)).first()
    if row is None or today - row.asked_on > GOOD_FOR:
        return None
    return bool(row.others_read)
