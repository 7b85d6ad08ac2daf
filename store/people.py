"""People of an agency, found by HMAC of their LINE user id; whoever is not here is a citizen."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Person, Role
from ita.invitations import NUMBERS, Member
from store import buttons, evidence, reminders, steps
from store.database import Transaction
from store.schema import applicant, invitation, person


class NoNumberLeft(Exception):
    """All 9,000 numbers of an agency are taken."""


def find(tx: Transaction, line_user_id: str) -> Person:
    """The person with this LINE user id; an unknown one is a citizen and leaves no row."""
    return known_as(tx, _reference(tx, line_user_id))


def hold(tx: Transaction, line_user_id: str) -> Person:
    """As `find`; until the transaction ends nobody takes the role away.

    A coordinator, who may take others' away, holds all coordinators: of two who do so to each other
    the second waits, and is no member any more.
    """
    ref = _reference(tx, line_user_id)
    if known_as(tx, ref).role is Role.COORDINATOR:
        hold_coordinators(tx)
    return known_as(tx, ref, hold=True)


def known_as(tx: Transaction, ref: str, *, hold: bool = False) -> Person:
    """The person with this reference."""
    query = sa.select(person.c.role, person.c.units).where(person.c.ref == ref)
    row = tx.sql.execute(query.with_for_update(read=True) if hold else query).first()
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
    ref = _reference(tx, line_user_id)
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


def hold_coordinators(tx: Transaction) -> list[Member]:
    """The coordinators, as they stay until the transaction ends.

    By one transaction at a time, and in one order: two who take roles away never wait for each
    other in a circle.
    """
    query = sa.select(person).where(person.c.role == Role.COORDINATOR.value)
    held = query.order_by(person.c.ref).with_for_update()
    return [_member(row) for row in tx.sql.execute(held)]


def member(tx: Transaction, number: int) -> Member | None:
    """The member with this number."""
    row = tx.sql.execute(sa.select(person).where(person.c.number == number)).first()
    return _member(row) if row else None


def remove(tx: Transaction, ref: str) -> None:
    """Nothing is kept of the person: no role, no request, no button, no conversation.

    Nor does anybody come in by his invitations, or take the place of whoever gets his number next.
    """
    for table in (invitation, applicant):
        number = sa.select(person.c.number).where(person.c.ref == ref).scalar_subquery()
        unplaced = sa.update(table).where(table.c.replaces == number).values(replaces=None)
        tx.sql.execute(unplaced)
    for table in (person, applicant):
        tx.sql.execute(sa.delete(table).where(table.c.ref == ref))
    tx.sql.execute(sa.delete(invitation).where(invitation.c.invited_by == ref))
    his = sa.update(applicant).where(applicant.c.invited_by == ref)
    tx.sql.execute(his.values(invited_by=None))
    for kept in (buttons, steps, evidence):
        kept.forget_person(tx, ref)
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


def _reference(tx: Transaction, line_user_id: str) -> str:
    return tx.keyring.reference(tx.agency, "person", line_user_id)


def _member(row: sa.Row[tuple[object, ...]]) -> Member:
    return Member(
        row.number, row.ref, Role(row.role), tuple(row.units), row.joined_at,
        row.blocked_at is not None,
    )  # fmt: skip
