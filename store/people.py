"""People of an agency, found by HMAC of their LINE user id; whoever is not here is a citizen."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Person, Role
from ita.invitations import NUMBERS, Member
from store import reminders
from store.database import Transaction
from store.schema import applicant, button, person, step


class NoNumberLeft(Exception):
    """All 9,000 numbers of an agency are taken."""


def find(tx: Transaction, line_user_id: str) -> Person:
    """The person with this LINE user id; an unknown one is a citizen and leaves no row."""
    return known_as(tx, tx.keyring.reference(tx.agency, "person", line_user_id))


def known_as(tx: Transaction, ref: str) -> Person:
    """The person with this reference."""
    row = tx.sql.execute(
        sa.select(person.c.role, person.c.units).where(person.c.ref == ref)
    ).first()
    if row is None:
        return Person(ref)
    return Person(ref, Role(row.role), tuple(row.units))


def register(
    tx: Transaction,
    line_user_id: str,
    role: Role,
    units: Sequence[str],
) -> Person:
    """Make a person staff (or anything else) of the agency; a known one is changed."""
    ref = tx.keyring.reference(tx.agency, "person", line_user_id)
    registered = Person(ref, role, tuple(units))
    put(tx, registered)
    return registered


def put(tx: Transaction, new: Person, number: int | None = None) -> None:
    """Enter a person, under `number` or a free one, or change what is known of him.

    Whoever has a number keeps it. Raises NoNumberLeft.
    """
    values = {"role": new.role.value, "units": list(new.units)}
    given = number_for(tx, new.ref) if number is None else number
    added = insert(person).values(agency=tx.agency, ref=new.ref, number=given, **values)
    tx.sql.execute(added.on_conflict_do_update(index_elements=["agency", "ref"], set_=values))


def members(tx: Transaction) -> list[Member]:
    """All who have a role, by number."""
    return [_member(row) for row in tx.sql.execute(sa.select(person).order_by(person.c.number))]


def member(tx: Transaction, number: int) -> Member | None:
    """The member with this number."""
    row = tx.sql.execute(sa.select(person).where(person.c.number == number)).first()
    return _member(row) if row else None


def remove(tx: Transaction, ref: str) -> None:
    """Nothing is kept of the person: no role, no request, no button, no conversation."""
    for table in (person, applicant):
        tx.sql.execute(sa.delete(table).where(table.c.ref == ref))
    for table in (button, step):
        tx.sql.execute(sa.delete(table).where(table.c.person == ref))
    reminders.forget(tx, ref)


def note_blocked(tx: Transaction, ref: str, at: datetime | None) -> None:
    """The person blocked the account at this time; None: follows it again."""
    tx.sql.execute(sa.update(person).where(person.c.ref == ref).values(blocked_at=at))


def number_for(tx: Transaction, ref: str) -> int:
    """The person's number as a member or applicant, or a free one. Raises NoNumberLeft."""
    # Of two who take a number at once the second waits until the first has it.
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"numbers of {tx.agency}"))
    tx.sql.execute(sa.select(lock))
    query = sa.select(person.c.ref, person.c.number)
    rows = tx.sql.execute(query.union(sa.select(applicant.c.ref, applicant.c.number))).all()
    own = [row.number for row in rows if row.ref == ref]
    if own:
        return int(own[0])
    taken = {row.number for row in rows}
    free = [number for number in NUMBERS if number not in taken]
    if not free:
        raise NoNumberLeft
    return secrets.choice(free)


def _member(row: sa.Row[tuple[object, ...]]) -> Member:
    return Member(
        row.number, row.ref, Role(row.role), tuple(row.units), row.joined_at,
        row.blocked_at is not None,
    )  # fmt: skip
