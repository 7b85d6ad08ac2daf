"""Where people stand in conversations of several messages, sealed under the day's key.

One step for a person in a chat. It is gone with its key: whoever goes on after a week begins anew.
Person and chat are HMACs for this purpose alone, so that a row tells not whose chat is which.
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
    whose = {"chat": _chat(tx, chat), "person": _person(tx, ref)}
    row = insert(step).values(agency=tx.agency, **whose, **values)
    tx.sql.execute(
        row.on_conflict_do_update(index_elements=["agency", "chat", "person"], set_=values)
    )


def read(tx: Transaction, chat: str, ref: str, today: date) -> dict[str, Any] | None:
    """Where the person stands, None at the beginning."""
    query = sa.select(step.c.sealed_step, step.c.key_day).where(_mine(tx, chat, ref))
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
    tx.sql.execute(sa.delete(step).where(_mine(tx, chat, ref)))


def forget_person(tx: Transaction, ref: str) -> None:
    """The person stands nowhere any more, in no chat."""
    tx.sql.execute(sa.delete(step).where(step.c.person == _person(tx, ref)))


def forget_old(tx: Transaction, today: date) -> None:
    """Drop the steps whose key is gone."""
    tx.sql.execute(sa.delete(step).where(step.c.key_day <= gone(today)))


def gone(today: date) -> date:
    """The last day whose key is gone."""
    return today - timedelta(days=DAYS_KEPT)


def _mine(tx: Transaction, chat: str, ref: str) -> sa.ColumnElement[bool]:
    return sa.and_(step.c.chat == _chat(tx, chat), step.c.person == _person(tx, ref))


def _person(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "step person", ref)


def _chat(tx: Transaction, chat: str) -> str:
    return tx.keyring.reference(tx.agency, "step chat", chat)


def _place(tx: Transaction, chat: str, ref: str) -> tuple[str, ...]:
    return (tx.agency, f"{chat}/{ref}", "step")
