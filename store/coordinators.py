"""Coordinators who wrote in a chat of their own, so that they can be told of a broken sheet.

A row's reference is an HMAC for this purpose alone, so it appears in no other table. Where to reach
the coordinator is sealed under the day's key, like a chat's address: who has been silent for
a week cannot be reached, and learns of it with the next reply.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.keyring import DAYS_KEPT, KeyGone, Tampered, day_key
from store.schema import coordinator


@dataclass(frozen=True, slots=True)
class Known:
    """A coordinator who can be reached. `told` is the problem that he knows of, None where none."""

    ref: str
    line_user_id: str = field(repr=False)
    told: str | None
    told_at: datetime | None


def remember(tx: Transaction, line_user_id: str, today: date) -> Known:
    """A coordinator wrote in his own chat."""
    ref = tx.keyring.reference(tx.agency, "coordinator", line_user_id)
    place = (tx.agency, ref, "coordinator")
    sealed = tx.keyring.seal(day_key(today), place, line_user_id.encode("utf-8", "surrogatepass"))
    values = {"sealed_line_id": sealed, "key_day": today}
    entered = insert(coordinator).values(agency=tx.agency, ref=ref, **values)
    returned = tx.sql.execute(
        entered.on_conflict_do_update(index_elements=["agency", "ref"], set_=values).returning(
            coordinator.c.told, coordinator.c.told_at
        )
    ).one()
    return Known(ref, line_user_id, returned.told, returned.told_at)


def known(tx: Transaction, today: date) -> list[Known]:
    """Those who can be reached now. Their rows are held until the transaction ends."""
    rows = tx.sql.execute(sa.select(coordinator).order_by(coordinator.c.ref).with_for_update())
    found = []
    for row in rows:
        place = (tx.agency, row.ref, "coordinator")
        try:
            plain = tx.keyring.unseal_of_day(row.key_day, today, place, row.sealed_line_id)
        except (KeyGone, Tampered):
            continue  # the next reply tells
        line_user_id = plain.decode("utf-8", "surrogatepass")
        found.append(Known(row.ref, line_user_id, row.told, row.told_at))
    return found


def note_told(tx: Transaction, ref: str, problem: str | None, now: datetime) -> None:
    """He knows of this problem; None: he knows that it is mended."""
    mine = sa.update(coordinator).where(coordinator.c.ref == ref)
    tx.sql.execute(mine.values(told=problem, told_at=now))


def forget(tx: Transaction, line_user_id: str) -> None:
    """This person is a coordinator no more."""
    ref = tx.keyring.reference(tx.agency, "coordinator", line_user_id)
    tx.sql.execute(sa.delete(coordinator).where(coordinator.c.ref == ref))


def forget_old(tx: Transaction, today: date) -> None:
    """Drop those who cannot be reached any more, as their key is gone."""
    gone = today - timedelta(days=DAYS_KEPT)
    tx.sql.execute(sa.delete(coordinator).where(coordinator.c.key_day <= gone))
