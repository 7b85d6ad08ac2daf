"""Telling whoever filed a case that there is news of it, by a push that says nothing of a case.

The message waits in a chat that is nobody's: an HMAC of the party for this purpose alone, with no
event in it. So a stolen database tells that somebody was sent something, and not who.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from ita.complaints import Notices
from store import journal
from store.cases import seals
from store.database import Transaction
from store.schema import case_party, chat, message


def chat_of(tx: Transaction, party: str) -> str:
    """Where messages to this party wait."""
    return tx.keyring.reference(tx.agency, "case notice", party)


def hold_owed(tx: Transaction, party: str) -> Notices | None:
    """When a party to whom a notice is owed wants it, None where none is (any more); held."""
    query = sa.select(case_party.c.notices).where(case_party.c.id == party, case_party.c.owed)
    chosen = tx.sql.scalar(query.with_for_update())
    return Notices(chosen) if chosen is not None else None


def line_user_id(tx: Transaction, party: str, key: str) -> str:
    """Where the party can be reached, "" where nobody knows; `key` is the case's random name."""
    query = sa.select(case_party.c.sealed_identity).where(case_party.c.id == party)
    sealed = tx.sql.scalar(query)
    identity = seals.opened(tx, seals.identity_key(tx, key, party), "identity", sealed)
    return str(identity["line"]) if identity else ""


def forget(tx: Transaction, parties: Iterable[str]) -> None:
    """What waits for these parties is not sent any more; held against whoever is at it."""
    for party in parties:
        theirs = chat_of(tx, party)
        journal.lock_chat(tx, theirs)
        tx.sql.execute(sa.delete(message).where(message.c.chat == theirs))
        tx.sql.execute(sa.delete(chat).where(chat.c.ref == theirs))
