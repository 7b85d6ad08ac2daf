"""A case goes on: another status, a word from the office, its place in the shared sheet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from ita.complaints import Case, CaseStatus, Part, moved
from store import outbox
from store.cases.blending import blend
from store.cases.filing import add_parts
from store.cases.reading import by_number, case_of
from store.database import Transaction
from store.schema import case_file, case_party

_WORDS: Final = ("unit", "result", "title", "titled")
_DAYS: Final = (
    "submitted_on", "acknowledged_on", "concluded_on", "informed_on", "closed_on", "withdrawal_on",
    "reopened_on", "ended_on",
)  # fmt: skip


def move(tx: Transaction, number: str, then: CaseStatus, today: date) -> Case | None:
    """Another status, by the rules; None for an unknown number. Raises NotAStep."""
    case = by_number(tx, number, hold=True)
    if case is None:
        return None
    return change(tx, replace(case, status=then), today)


def change(tx: Transaction, changed: Case, today: date, *, by: str = "") -> Case:
    """Write what may be known of a case outside its seals, and mark its row if it has one.

    Of a new status come the days that it reaches; those of `changed` count for nothing. Of a new
    status all who wait for it are owed a notice, but the party `by` whom it came about. Raises
    NotAStep.
    """
    query = sa.select(case_file).where(case_file.c.id == changed.id).with_for_update()
    row = tx.sql.execute(query).one()
    before = case_of(row)
    new = moved(replace(before, **_of(changed, _WORDS)), changed.status, today)
    if new == before:
        return new
    values = {**_of(new, (*_WORDS, *_DAYS)), "status": new.status.value}
    tx.sql.execute(sa.update(case_file).where(case_file.c.id == new.id).values(values))
    if row.in_sheet:
        outbox.mark(tx, "cases", new.id)
    if new.status is not before.status:
        _owe(tx, new.id, by)
    return new


def _of(case: Case, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in names}


def answer(tx: Transaction, number: str, text: str, today: date) -> Case | None:
    """The office writes to whoever filed a case; it lies in the case, and nowhere else."""
    query = sa.select(case_file).where(case_file.c.number == number).with_for_update()
    row = tx.sql.execute(query).first()
    if row is None:
        return None
    add_parts(tx, row.id, row.key, None, [Part(text)], today)
    _owe(tx, row.id)
    return case_of(row)


def enter_sheet(tx: Transaction, today: date, *, when_closed: bool) -> int:
    """Rows that may stand in the sheet from today on are put into the outbox; how many.

    All of a slot together, so that none tells when in the day it was filed.
    """
    blend(tx, today)
    due = sa.and_(~case_file.c.in_sheet, ~case_file.c.held_back, case_file.c.sheet_on <= today)
    if when_closed:
        grievance = case_file.c.kind == "grievance"
        due = sa.and_(due, sa.or_(grievance, case_file.c.closed_on < today))
    entered = sa.update(case_file).where(due).values(in_sheet=True).returning(case_file.c.id)
    ids = sorted(tx.sql.scalars(entered))
    for case_id in ids:
        outbox.mark(tx, "cases", case_id)
    return len(ids)


def release(tx: Transaction, number: str, today: date) -> bool:
    """An officer looked at a case that was over the limit: from today it counts as any other."""
    mine = sa.and_(case_file.c.number == number, case_file.c.held_back)
    values = {"held_back": False, "released_on": today}
    return tx.sql.execute(sa.update(case_file).where(mine).values(values)).rowcount > 0


def told(tx: Transaction, party: str) -> None:
    """This party has seen, or was told, what there is."""
    tx.sql.execute(sa.update(case_party).where(case_party.c.id == party).values(owed=False))


def _owe(tx: Transaction, case_id: int, by: str = "") -> None:
    """All who want to hear of a case are owed a notice, but who took it back and who did it."""
    theirs = sa.and_(
        case_party.c.case_id == case_id,
        case_party.c.notices != "none",
        case_party.c.withdrawn_on.is_(None),
        case_party.c.id != by,
    )
    tx.sql.execute(sa.update(case_party).where(theirs).values(owed=True))
