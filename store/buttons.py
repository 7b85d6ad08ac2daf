"""What buttons do: actions for one person in one chat, under ids that cannot be guessed.

LINE shows and returns the id alone. An action is JSON of names and numbers, never of a person's
words: whatever somebody said belongs into a conversation's step (store.steps), which is sealed.
All buttons of a reply stand in one row, filled up and sealed under a key that only whoever has one
of their ids can make, and of its time the row keeps the day: how many they are, how long, or the
moment at which they were made would tell which chat somebody complains from.
Person and chat are HMACs for this purpose alone, so that a row tells not whose chat is which.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from store import tampering
from store.database import Transaction
from store.keyring import Tampered, seal_with, unseal_with
from store.schema import button

LIFE = timedelta(days=30)
ID_BYTES: Final = 15
ID_LETTERS: Final = 20
"""The row's part of an id; two digits follow, which of the reply's buttons it is."""
ROOM: Final = 4096
"""Bytes: the actions of a reply are filled up to a multiple of so many before they are sealed."""


def keep(
    tx: Transaction, ref: str, chat: str, actions: Sequence[Mapping[str, Any]], today: date
) -> list[str]:
    """Keep what a reply's buttons do for this person in this chat; gives their ids for LINE."""
    if not actions:
        return []
    row_id = secrets.token_urlsafe(ID_BYTES)
    by_token = {f"{row_id}{place:02}": action for place, action in enumerate(actions)}
    plain = json.dumps(by_token, ensure_ascii=False).encode()
    filled = plain.ljust(-(-len(plain) // ROOM) * ROOM)
    row = {
        "id": _reference(tx, row_id),
        "person": _person(tx, ref),
        "chat": _chat(tx, chat),
        "made_on": today,
        "sealed_actions": seal_with(tx.keyring.key_of(row_id), _place(tx, row_id), filled),
    }
    tx.sql.execute(sa.insert(button).values(agency=tx.agency, **row))
    return list(by_token)


def pressed(tx: Transaction, ref: str, chat: str, token: str, today: date) -> dict[str, Any] | None:
    """What the button does; None for an id of ours in other hands, an old one, or a stranger's.

    None, too, and an alarm, where the row holds what was not sealed for it.
    """
    row_id = token[:ID_LETTERS]
    query = sa.select(button.c.sealed_actions).where(
        button.c.id == _reference(tx, row_id),
        button.c.person == _person(tx, ref),
        button.c.chat == _chat(tx, chat),
        button.c.made_on > today - LIFE,
    )
    sealed = tx.sql.scalar(query)
    if sealed is None:
        return None
    try:
        plain = unseal_with(tx.keyring.key_of(row_id), _place(tx, row_id), sealed)
    except Tampered:
        tampering.alarm(tx, "button")
        return None
    by_token = json.loads(plain)
    action: dict[str, Any] | None = by_token.get(token)
    return action


def forget(tx: Transaction, today: date) -> None:
    """Drop the buttons that do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.made_on <= today - LIFE))


def forget_person(tx: Transaction, ref: str) -> None:
    """This person's buttons do nothing any more."""
    tx.sql.execute(sa.delete(button).where(button.c.person == _person(tx, ref)))


def _place(tx: Transaction, row_id: str) -> tuple[str, ...]:
    return (tx.agency, _reference(tx, row_id), "button")


def _person(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "button person", ref)


def _chat(tx: Transaction, chat: str) -> str:
    return tx.keyring.reference(tx.agency, "button chat", chat)


def _reference(tx: Transaction, row_id: str) -> str:
    return tx.keyring.reference(tx.agency, "button", row_id)
