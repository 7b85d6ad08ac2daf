"""Questions to the coordinators: one row each, for ever, with what became of it.

A question that comes again after it was settled is another one, with a row of its own: beside the
old one stands the old decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import outbox
from store.database import Transaction
from store.schema import doubt

CONFLICT = "conflict"
"""Why a question is asked of which both sides are the matter; others are about the cell's words."""
UNCLEAR = "unclear"
"""A coordinator's answer to a question names none of its choices: the question stays open."""
DISMISSED = "dismissed"
"""A coordinator deleted the question's row: it stays away as long as it would be the same."""
PROTECTED_CASE = "protected_case"
"""Somebody wrote into a cell of a protected case that stays empty: the words are not kept."""
LAPSED = "lapsed"
"""It was dismissed, and the sheet does not show the matter any more."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to the coordinators about one cell or row; `why` is a code.

    `settled` is the code of what became of it, None while nobody has answered.
    """

    id: int
    at: datetime
    tab: str
    row_id: int
    field: str
    theirs: str
    ours: str
    why: str
    settled: str | None


_UNDECIDED = sa.or_(doubt.c.settled.is_(None), doubt.c.settled.in_((UNCLEAR, DISMISSED)))


def ask(
    tx: Transaction,
    at: datetime,
    tab: str,
    row_id: int,
    field: str,
    theirs: str,
    ours: str,
    why: str,
) -> bool:
    """Put a question to the coordinators; whether it was not open before.

    The same question is the same row: what the bot has meanwhile (`ours`) is told there, and one
    that a coordinator deleted stays away.
    """
    known = _same(tx, tab, row_id, field, theirs, ours, why)
    if known is None:
        new_id = outbox.next_row_id(tx)
        about = {"tab": tab, "row_id": row_id, "field": field, "theirs": theirs, "ours": ours}
        entered = sa.insert(doubt).values(agency=tx.agency, id=new_id, at=at, why=why, **about)
        tx.sql.execute(entered)
        outbox.mark(tx, "doubts", new_id)
        return True
    if known.settled != DISMISSED and (known.ours, known.why) != (ours, why):
        changed = {"ours": ours, "why": why}
        tx.sql.execute(sa.update(doubt).where(doubt.c.id == known.id).values(changed))
        outbox.mark(tx, "doubts", known.id)
    return False


def _same(
    tx: Transaction, tab: str, row_id: int, field: str, theirs: str, ours: str, why: str
) -> Doubt | None:
    """The unsettled question that is this one: about the same words, and the same answer to them
    if that is the matter; about a whole row for the same reason, as one that is there twice may be
    gone later.
    """
    about = sa.select(doubt).filter_by(tab=tab, row_id=row_id, field=field, theirs=theirs)
    same = doubt.c.ours == ours if why == CONFLICT else doubt.c.why != CONFLICT
    if not field:
        same = doubt.c.why == why
    row = tx.sql.execute(about.where(same, _UNDECIDED).order_by(doubt.c.id)).first()
    return _doubt(row) if row else None


def waiting(tx: Transaction, also: Sequence[int] = ()) -> list[Doubt]:
    """The questions that wait for an answer, and those with the given ids, oldest first."""
    is_open = sa.or_(doubt.c.settled.is_(None), doubt.c.settled == UNCLEAR, doubt.c.id.in_(also))
    return [
        _doubt(row) for row in tx.sql.execute(sa.select(doubt).where(is_open).order_by(doubt.c.id))
    ]


def dismissed(tx: Transaction) -> list[Doubt]:
    """The questions whose rows a coordinator deleted, oldest first."""
    chosen = sa.select(doubt).where(doubt.c.settled == DISMISSED).order_by(doubt.c.id)
    return [_doubt(row) for row in tx.sql.execute(chosen)]


def refused(tx: Transaction) -> set[tuple[str, int, str, str]]:
    """Words (tab, row id, column, text) that were refused and about which nobody has decided."""
    query = sa.select(doubt.c.tab, doubt.c.row_id, doubt.c.field, doubt.c.theirs).where(
        doubt.c.field != "", doubt.c.why != CONFLICT, _UNDECIDED
    )
    return {(row.tab, row.row_id, row.field, row.theirs) for row in tx.sql.execute(query)}


def forget_words(tx: Transaction, tab: str, row_id: int, field: str, words: str) -> None:
    """Whoever said this took it back: no question about the cell repeats it as ours."""
    about = sa.select(doubt).filter_by(tab=tab, row_id=row_id, field=field)
    for row in tx.sql.execute(about.where(doubt.c.ours == words.strip())).all():
        known = _same(tx, tab, row_id, field, row.theirs, "", row.why)
        values = {"ours": ""} if known in (None, _doubt(row)) else {"ours": "", "settled": LAPSED}
        tx.sql.execute(sa.update(doubt).where(doubt.c.id == row.id).values(values))
        outbox.mark(tx, "doubts", row.id)


def settle(tx: Transaction, doubt_id: int, settled: str) -> None:
    """Remember what became of a question, and show it where that is news."""
    differs = sa.and_(doubt.c.id == doubt_id, doubt.c.settled.is_distinct_from(settled))
    done = tx.sql.execute(sa.update(doubt).where(differs).values(settled=settled))
    if settled not in (UNCLEAR, DISMISSED):  # those two still have to know the words again
        about = sa.and_(doubt.c.id == doubt_id, doubt.c.why == PROTECTED_CASE)
        tx.sql.execute(sa.update(doubt).where(about).values(theirs=""))
    if done.rowcount and settled not in (DISMISSED, LAPSED):
        outbox.mark(tx, "doubts", doubt_id)


def _doubt(row: sa.Row[tuple[object, ...]]) -> Doubt:
    fields = dict(row._mapping)
    del fields["agency"]
    return Doubt(**fields)
