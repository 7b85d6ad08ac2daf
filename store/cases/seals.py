"""The seals of a case: one key for its words, one for its evidence, one for each who filed it.

The keys lie in the keyring (store.keyring) under the case's random name; destroying one erases what
lies under it wherever it was copied to. One more key an account has: without it nobody can try out
whether somebody's account filed a case, not even with the master key. What does not open is not
there for anybody; where that is because bytes were swapped or changed, an operator is alarmed.
"""

import json
import logging
from typing import Any

from store import watch
from store.database import Transaction
from store.keyring import KeyGone, Tampered

log = logging.getLogger(__name__)

ALERT = "alert sealed bytes do not belong here"


def narrative_key(tx: Transaction, key: str) -> str:
    """The key of all words of a case."""
    return f"cases/{tx.agency}/{key}/narrative"


def evidence_key(tx: Transaction, key: str) -> str:
    """The key of its uploads' keys."""
    return f"cases/{tx.agency}/{key}/evidence"


def identity_key(tx: Transaction, key: str, party: str) -> str:
    """The key of who one party is and how to answer him."""
    return f"cases/{tx.agency}/{key}/identity-{party}"


def account_key(tx: Transaction, line_user_id: str) -> str:
    """The key by which a LINE account's cases are found; its name tells nobody whose it is."""
    known = tx.keyring.reference(tx.agency, "case account", line_user_id)
    return f"cases/{tx.agency}/accounts/{known}"


def entry_field(position: int, party: str | None) -> str:
    """Where a message stands in its case, and whose it is; the office's are nobody's."""
    return f"entry/{position}/{party or ''}"


def seal(tx: Transaction, name: str, field: str, value: Any) -> bytes:
    """A value (JSON) sealed for this field of this record."""
    return tx.keyring.seal(name, _place(tx, name, field), json.dumps(value).encode())


def opened(tx: Transaction, name: str, field: str, sealed: bytes | None) -> Any:
    """What was sealed there; None where it was erased, or is not what was sealed there."""
    if sealed is None:
        return None
    try:
        return json.loads(tx.keyring.unseal(name, _place(tx, name, field), sealed))
    except KeyGone:
        return None
    except (Tampered, ValueError):
        alarm(tx, field)
        return None


def alarm(tx: Transaction, field: str) -> None:
    """Bytes were swapped or changed: an operator has to know (metrics, doctor)."""
    watch.count(tx.sql, ALERT)
    log.error("sealed bytes do not belong here: %s of agency %s", field, tx.agency)


def _place(tx: Transaction, name: str, field: str) -> tuple[str, ...]:
    return (tx.agency, name, field)
