"""People of an agency, found by HMAC of their LINE user id; whoever is not here is a citizen."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Person, Role
from store.database import Transaction
from store.schema import person


def find(tx: Transaction, line_user_id: str) -> Person:
    """The person with this LINE user id; an unknown one is a citizen and leaves no row."""
    ref = tx.keyring.reference(tx.agency, "person", line_user_id)
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
    values = {"role": role.value, "units": list(units)}
    added = insert(person).values(agency=tx.agency, ref=ref, **values)
    tx.sql.execute(added.on_conflict_do_update(index_elements=["agency", "ref"], set_=values))
    return Person(ref, role, tuple(units))
