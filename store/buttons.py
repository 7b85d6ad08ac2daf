"""What buttons do: an action for one person in one chat, under an id that cannot be guessed.

LINE shows and returns the id alone. The action is JSON of names and numbers, never of a person's
words: whatever somebody said belongs into a conversation's step (store.steps), which is sealed.
Every action is sealed, all alike, under a key that only whoever has the id can make: beside the
moment at which a button was made an open one, or one that is longer than others, would tell which
chat somebody complains from.
Person and chat are HMACs for this purpose alone, so that a row tells not whose chat is which.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from store.database import Transaction
from store.keyring import seal_with, unseal_with
from store.schema import button

LIFE = timedelta(days=30)
ID_BYTES = 16
ROOM: Final = 512
"""Bytes: an action is filled up to a multiple of so many before it is sealed."""


def keep(tx: Transaction, ref: str, chat: str, action: Mapping[str, Any], now: datetime) -> str:
    """Keep what a button does for this person in this chat; gives the id (22 letters) for LINE."""
    token = secrets.token_urlsafe(ID_BYTES)
    whose = {"person": _person(tx, ref), "chat": _chat(tx, chat)}
    plain = json.dumps(action).encode()
    filled = plain.ljust(-(-len(plain) // ROOM) * ROOM)
    sealed = seal_with(tx.keyring.key_of(token), _place(tx, token), filled)
    row = {"id": _reference(tx, token), "made_at": now, **whose, "sealed_action": sealed}
    tx.sql.execute(sa.insert(button).values(agency=tx.agency, **row))
    return token


def pressed(
    tx: Transaction, ref: str, chat: str, token: str, now: datetime
) -> dict[str, Any] | None:
    """What the button does; None for an id of ours in other hands, an old one, or a stranger's."""
    query = sa.select(button.c.sealed_action).where(
        button.c.id == _reference(tx, token),
        button.c.person == _person(tx, ref),
        button.c.chat == _chat(tx, chat),
        button.c.made_at > now - LIFE,
    )
    sealed = tx.sql.scalar(query)
    if sealed is None:
        return None
    plain = unseal_with(tx.keyring.key_of(token), _place(tx, token), sealed)
    opened: dict[str, Any] = json.loads(plain)
    return opened


def forget(tx: Transaction, now: datetime) -> None:
    """Drop the buttons that do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.made_at <= now - LIFE))


def forget_person(tx: Transaction, ref: str) -> None:
    """This person's buttons do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.person == _person(tx, ref)))


def _place(tx: Transaction, token: str) -> tuple[str, ...]:
    return (tx.agency, _reference(tx, token), "button")


def _person(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "button person", ref)


def _chat(tx: Transaction, chat: str) -> str:
    return tx.keyring.reference(tx.agency, "button chat", chat)


def _reference(tx: Transaction, token: str) -> str:
    return tx.keyring.reference(tx.agency, "button", token)
