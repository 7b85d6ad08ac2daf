"""What buttons do: an action for one person in one chat, under an id that cannot be guessed.

LINE shows and returns the id alone. The action is JSON of names and numbers, never of a person's
words: whatever somebody said belongs into a conversation's step (store.steps), which is sealed.
An action about a case ("case" or "party") is sealed under the day's key, and gone with it: beside
the moment at which the button was made it would tell which chat the case came from.
Person and chat are HMACs for this purpose alone, so that a row tells not whose chat is which.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from store.database import Transaction
from store.keyring import KeyGone, day_key
from store.schema import button

LIFE = timedelta(days=30)
ID_BYTES = 16
SEALED = frozenset({"case", "party"})
"""Whichever of these an action names, it is sealed."""


def keep(tx: Transaction, ref: str, chat: str, action: Mapping[str, Any], now: datetime) -> str:
    """Keep what a button does for this person in this chat; gives the id (22 letters) for LINE."""
    token = secrets.token_urlsafe(ID_BYTES)
    whose = {"person": _person(tx, ref), "chat": _chat(tx, chat)}
    row = {"id": _reference(tx, token), "made_at": now, **whose, **_kept(tx, token, action, now)}
    tx.sql.execute(sa.insert(button).values(agency=tx.agency, **row))
    return token


def pressed(
    tx: Transaction, ref: str, chat: str, token: str, now: datetime
) -> dict[str, Any] | None:
    """What the button does; None for an id of ours in other hands, an old one, or a stranger's."""
    query = sa.select(button.c.action, button.c.sealed_action, button.c.key_day).where(
        button.c.id == _reference(tx, token),
        button.c.person == _person(tx, ref),
        button.c.chat == _chat(tx, chat),
        button.c.made_at > now - LIFE,
    )
    row = tx.sql.execute(query).first()
    if row is None or row.sealed_action is None:
        return dict(row.action) if row else None
    try:
        place = _place(tx, token)
        plain = tx.keyring.unseal_of_day(row.key_day, now.date(), place, row.sealed_action)
    except KeyGone:
        return None
    opened: dict[str, Any] = json.loads(plain)
    return opened


def forget(tx: Transaction, now: datetime) -> None:
    """Drop the buttons that do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.made_at <= now - LIFE))


def forget_person(tx: Transaction, ref: str) -> None:
    """This person's buttons do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.person == _person(tx, ref)))


def _kept(
    tx: Transaction, token: str, action: Mapping[str, Any], now: datetime
) -> dict[str, object]:
    """The columns of an action, open or sealed."""
    if not SEALED & action.keys():
        return {"action": dict(action)}
    day = now.date()
    sealed = tx.keyring.seal(day_key(day), _place(tx, token), json.dumps(action).encode())
    return {"sealed_action": sealed, "key_day": day}


def _place(tx: Transaction, token: str) -> tuple[str, ...]:
    return (tx.agency, _reference(tx, token), "button")


def _person(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "button person", ref)


def _chat(tx: Transaction, chat: str) -> str:
    return tx.keyring.reference(tx.agency, "button chat", chat)


def _reference(tx: Transaction, token: str) -> str:
    return tx.keyring.reference(tx.agency, "button", token)
