"""Where people stand in conversations of several messages, sealed under the day's key.

One step for a person in a chat. It is gone with its key: whoever goes on after a week begins anew.
What shall not last so long is sealed once more, under the day's key for drafts, and is gone with
that one from every copy. Every step holds such a part, be it empty, and is filled up before it is
sealed: a row does not tell which door somebody stands in.
Person and chat are HMACs for this purpose alone, so that a row tells not whose chat is which.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store import tampering
from store.database import Transaction
from store.keyring import DAYS_KEPT, KeyGone, Tampered, day_key, draft_key
from store.schema import step

ROOM: Final = 4096
"""Bytes: a step is filled up to a multiple of so many before it is sealed."""
_BRIEF: Final = ""
"""Under this name a step holds its part for a day; none that was kept before has it."""


def keep(
    tx: Transaction,
    chat: str,
    ref: str,
    taken: Mapping[str, Any],
    today: date,
    for_a_day: Mapping[str, Any] | None = None,
) -> None:
    """The person stands here now. `for_a_day` goes above `taken`, and is gone with its own key."""
    place = _place(tx, chat, ref)
    brief = tx.keyring.seal(draft_key(today), place, json.dumps(for_a_day or {}).encode())
    plain = json.dumps({**taken, _BRIEF: brief.hex()}).encode()
    filled = plain.ljust(-(-len(plain) // ROOM) * ROOM)
    values = {"sealed_step": tx.keyring.seal(day_key(today), place, filled), "key_day": today}
    whose = {"chat": _chat(tx, chat), "person": _person(tx, ref)}
    row = insert(step).values(agency=tx.agency, **whose, **values)
    tx.sql.execute(
        row.on_conflict_do_update(index_elements=["agency", "chat", "person"], set_=values)
    )


def read(tx: Transaction, chat: str, ref: str, today: date) -> dict[str, Any] | None:
    """Where the person stands, None at the beginning.

    None, too, and an alarm, where the row holds what was not sealed for it.
    """
    query = sa.select(step.c.sealed_step, step.c.key_day).where(_mine(tx, chat, ref))
    row = tx.sql.execute(query).first()
    if row is None:
        return None
    place = _place(tx, chat, ref)
    try:
        plain = tx.keyring.unseal_of_day(row.key_day, today, place, row.sealed_step)
        taken: dict[str, Any] = json.loads(plain)
        brief = bytes.fromhex(taken.pop(_BRIEF, ""))
        if brief:
            taken |= _for_a_day(tx, row.key_day, today, place, brief)
    except KeyGone:
        return None
    except Tampered:
        tampering.alarm(tx, "step")
        return None
    return taken or None


def _for_a_day(
    tx: Transaction, day: date, today: date, place: tuple[str, ...], sealed: bytes
) -> dict[str, Any]:
    try:
        brief: dict[str, Any] = json.loads(tx.keyring.unseal_draft(day, today, place, sealed))
    except KeyGone:
        return {}
    return brief


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
