"""Where people stand in conversations of several messages, sealed under the day's key.

One step for a person in a chat. It is gone with its key: whoever goes on after a week begins anew.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.keyring import DAYS_KEPT, KeyGone, day_key
from store.schema import step


def keep(tx: Transaction, chat: str, ref: str, taken: Mapping[str, Any], today: date) -> None:
    """The person stands here now."""
    plain = json.dumps(taken).encode()
    values = {
        "sealed_step": tx.keyring.seal(day_key(today), _place(tx, chat, ref), plain),
        "key_day": today,
    }
    row = insert(step).values(agency=tx.agency, chat=chat, person=ref, **values)
    tx.sql.execute(
        row.on_conflict_do_update(index_elements=["agency", "chat", "person"], set_=values)
    )


def read(tx: Transaction, chat: str, ref: str, today: date) -> dict[str, Any] | None:
    """Where the person stands, None at the beginning."""
    query = sa.select(step.c.sealed_step, step.c.key_day).where(_mine(chat, ref))
    row = tx.sql.execute(query).first()
    if row is None:
        return None
    try:
        plain = tx.keyring.unseal_of_day(row.key_day, today, _place(tx, chat, ref), row.sealed_step)
    except KeyGone:
        return None
    taken: dict[str, Any] = json.loads(plain)
    return taken


def forget(tx: Transaction, chat: str, ref: str) -> None:
    """The person is through, or does something else."""
    tx.sql.execute(sa.delete(step).where(_mine(chat, ref)))


def forget_old(tx: Transaction, today: date) -> None:
    """Drop the steps whose key is gone."""
    gone = today - timedelta(days=DAYS_KEPT)
    tx.sql.execute(sa.delete(step).where(step.c.key_day <= gone))


def _mine(chat: str, ref: str) -> sa.ColumnElement[bool]:
    return sa.and_(step.c.chat == chat, step.c.person == ref)


def _place(tx: Transaction, chat: str, ref: str) -> tuple[str, ...]:
    return (tx.agency, f"{chat}/{ref}", "step")
