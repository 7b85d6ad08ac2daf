"""The seals of a case: one key for its words, one for its evidence, one for each who filed it.

The keys lie in the keyring (store.keyring), each named by an HMAC of the case's random name and its
purpose: beside a file stands the moment at which it was made, and no row names one. Destroying one
erases what lies under it wherever it was copied to. Which account filed a case stands in the
keyring alone, so that no copy of the database tells, not even with the master key. What does not
open is not there for anybody; where bytes were swapped or changed, an operator is alarmed.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from store import tampering
from store.database import Transaction
from store.keyring import KeyGone, Tampered, seal_with, unseal_with


def narrative_key(tx: Transaction, key: str) -> str:
    """The key of all words of a case."""
    return _named(tx, f"{key}/narrative")


def evidence_key(tx: Transaction, key: str) -> str:
    """The key of its uploads' keys."""
    return _named(tx, f"{key}/evidence")


def identity_key(tx: Transaction, key: str, party: str) -> str:
    """The key of who one party is and how to answer him."""
    return _named(tx, f"{key}/identity/{party}")


def keep_account(tx: Transaction, line_user_id: str, party: str) -> None:
    """This LINE account is one who filed a case.

    Where the transaction fails afterwards the party is nobody's, and found nowhere.
    """
    tx.keyring.enter(_accounts(tx, line_user_id), party)


def of_account(tx: Transaction, line_user_id: str) -> list[str]:
    """The parties of a LINE account."""
    found = list(tx.keyring.entered(_accounts(tx, line_user_id)))
    if None in found:
        tampering.alarm(tx, "account")
    return [party for party in found if party is not None]


def forget_account(tx: Transaction, line_user_id: str, party: str) -> None:
    """That this account is this party is forgotten; its other cases are as before."""
    tx.keyring.strike(_accounts(tx, line_user_id), party)


def entry_field(position: int, party: str | None) -> str:
    """Where a message stands in its case, and whose it is; the office's are nobody's."""
    return f"entry/{position}/{party or ''}"


def place_field(party: str) -> str:
    """Where the place that one party told stands."""
    return f"place/{party}"


def seal(tx: Transaction, name: str, field: str, value: Any) -> bytes:
    """A value (JSON) sealed for this field of this record."""
    return taken(tx, name, create=True).seal(field, value)


def opened(tx: Transaction, name: str, field: str, sealed: bytes | None) -> Any:
    """What was sealed there; None where it was erased, or is not what was sealed there."""
    return None if sealed is None else taken(tx, name).opened(field, sealed)


@dataclass(frozen=True, slots=True)
class Taken:
    """A key that was looked up once, to seal or open several fields; None where it is gone."""

    tx: Transaction
    name: str
    key: bytes | None = field(repr=False)

    def seal(self, where: str, value: Any) -> bytes:
        """A value (JSON) sealed for this field."""
        if self.key is None:
            raise KeyGone(self.name)
        return seal_with(self.key, _place(self.tx, self.name, where), json.dumps(value).encode())

    def opened(self, where: str, sealed: bytes | None) -> Any:
        """As `opened`."""
        if sealed is None or self.key is None:
            return None
        try:
            return json.loads(unseal_with(self.key, _place(self.tx, self.name, where), sealed))
        except (Tampered, ValueError):
            tampering.alarm(self.tx, where)
            return None


def taken(tx: Transaction, name: str, *, create: bool = False) -> Taken:
    """A key for several fields of one record; made if it is new and somebody seals."""
    try:
        return Taken(tx, name, tx.keyring.take(name, create=create))
    except KeyGone:
        return Taken(tx, name, None)
    except Tampered:  # one file is damaged, and the keyring is not
        tampering.alarm(tx, "key")
        return Taken(tx, name, None)


def _named(tx: Transaction, what: str) -> str:
    return f"cases/{tx.agency}/{tx.keyring.reference(tx.agency, 'case key', what)}"


def _accounts(tx: Transaction, line_user_id: str) -> str:
    known = tx.keyring.reference(tx.agency, "case account", line_user_id)
    return f"accounts/{tx.agency}/{known}"


def _place(tx: Transaction, name: str, field: str) -> tuple[str, ...]:
    return (tx.agency, name, field)
