"""Whose spreadsheet it is: it belongs to an agency once a person typed a code of ours into it.

A mistyped id in an agency's file would otherwise send its measures and cases into a stranger's
sheet. Only the code's HMAC is kept, and it is good once, for a day, in one spreadsheet.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from store.database import Transaction
from store.schema import spreadsheet

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look like others: 0 and O, 1, I and L."""
HALF = 4
LIFE = sa.text("interval '24 hours'")


def is_confirmed(tx: Transaction) -> bool:
    """Whether the agency's spreadsheet is known to be its own."""
    return confirmed_at(tx) is not None


def confirmed_at(tx: Transaction) -> datetime | None:
    """When somebody proved whose it is; None where nobody did."""
    when: datetime | None = tx.sql.scalar(sa.select(spreadsheet.c.confirmed_at))
    return when


def issue_code(tx: Transaction) -> str:
    """A new code ("ABCD-EFGH"), which takes the place of any before it."""
    code = "".join(secrets.choice(LETTERS) for _ in range(2 * HALF))
    # The database's clock: every process goes by it, and a person's day is not the sandbox's.
    values = {"code": _reference(tx, code), "code_until": sa.func.now() + LIFE}
    tx.sql.execute(sa.update(spreadsheet).values(values))
    return f"{code[:HALF]}-{code[HALF:]}"


def confirm(tx: Transaction, codes: Iterable[str]) -> bool:
    """Whether the spreadsheet is the agency's: since long, or because one of `codes` is its code.

    `codes` are words that stand in the spreadsheet, in capitals and without the dash.
    """
    if is_confirmed(tx):
        return True
    references = [_reference(tx, code) for code in codes]
    alive = sa.and_(spreadsheet.c.code.in_(references), spreadsheet.c.code_until > sa.func.now())
    values = {"confirmed_at": sa.func.now(), "code": None, "code_until": None}
    return tx.sql.execute(sa.update(spreadsheet).where(alive).values(values)).rowcount > 0


def _reference(tx: Transaction, code: str) -> str:
    """Good in this spreadsheet only: who moves the agency to another proves it anew."""
    book = tx.sql.scalar(sa.select(spreadsheet.c.spreadsheet_id))
    return tx.keyring.reference(tx.agency, "sheet code", f"{book}/{code}")
