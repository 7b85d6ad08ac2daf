"""Cases as they may be read: by whoever filed one, and outside their seals by the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from ita.complaints import Case, CaseStatus, Kind, Notices, OwnCase, Place, Said
from ita.reminders import BANGKOK
from store import sheet_owner, tampering
from store.cases import seals
from store.cases.filing import party_reference, receipt_reference
from store.cases.uploads import LOST
from store.database import Transaction
from store.schema import case_entry, case_evidence, case_file, case_party

MOST_OWN: Final = 20
FIRST_WORDS: Final = 120
"""Characters of the story by which a person recognises a case."""

Row = sa.Row[Any]


def cases(tx: Transaction) -> list[Case]:
    """All cases, as far as they may be known outside their seals."""
    query = sa.select(case_file).order_by(case_file.c.received_on, case_file.c.number)
    return [case_of(row) for row in tx.sql.execute(query)]


def counted(tx: Transaction) -> list[Case]:
    """Those that statistics count: all but what an officer has to look at first."""
    query = sa.select(case_file).where(~case_file.c.held_back)
    ordered = query.order_by(case_file.c.received_on, case_file.c.number)
    return [case_of(row) for row in tx.sql.execute(ordered)]


def sheet_cases(tx: Transaction) -> list[Case]:
    """Those whose row may stand in the shared sheet."""
    query = sa.select(case_file).where(case_file.c.in_sheet)
    ordered = query.order_by(case_file.c.received_on, case_file.c.number)
    return [case_of(row) for row in tx.sql.execute(ordered)]


def held_back(tx: Transaction) -> frozenset[str]:
    """The numbers of those that an officer has to look at first."""
    return frozenset(tx.sql.scalars(sa.select(case_file.c.number).where(case_file.c.held_back)))


def by_number(tx: Transaction, number: str, *, hold: bool = False) -> Case | None:
    """A case by its number; held until the transaction ends where somebody changes it."""
    query = sa.select(case_file).where(case_file.c.number == number)
    row = tx.sql.execute(query.with_for_update() if hold else query).first()
    return case_of(row) if row else None


def own(tx: Transaction, line_user_id: str) -> list[OwnCase]:
    """The cases that were filed from a LINE account, the newest first."""
    mine = parties_of(tx, line_user_id)
    found = [case for party in mine if (case := by_party(tx, party)) is not None]
    found.sort(key=lambda one: (one.case.received_on, one.case.number), reverse=True)
    return found[:MOST_OWN]


def parties_of(tx: Transaction, line_user_id: str) -> list[str]:
    """All parties of a LINE account, but for those whose identity was erased."""
    known = case_party.c.id.in_(seals.of_account(tx, line_user_id))
    query = sa.select(case_party.c.id).where(known, case_party.c.sealed_identity.is_not(None))
    return list(tx.sql.scalars(query))


def by_receipt(tx: Transaction, code: str) -> OwnCase | None:
    """The case that a receipt code belongs to."""
    known = receipt_reference(tx, code)
    party = tx.sql.scalar(sa.select(case_party.c.id).where(case_party.c.receipt == known))
    return by_party(tx, party) if party else None


def by_party(tx: Transaction, party: str) -> OwnCase | None:
    """The case as one of those who filed it sees it: his words, and the office's."""
    query = sa.select(case_file, case_party).join(
        case_party, case_party.c.case_id == case_file.c.id
    )
    columns = query.with_only_columns(
        case_file,
        case_party.c.receipt,
        case_party.c.notices,
        case_party.c.sealed_place,
        case_party.c.withdrawn_on,
        case_party.c.sealed_identity.is_not(None).label("known"),
    )
    row = tx.sql.execute(columns.where(case_party.c.id == party)).first()
    if row is None:
        return None
    if party != party_reference(tx, row.key, row.receipt):
        tampering.alarm(tx, "party")
        return None
    words = seals.taken(tx, seals.narrative_key(tx, row.key))
    said = _said(tx, words, row.id, party)
    story = [one.text for one in said if not one.by_office]
    place = words.opened(seals.place_field(party), row.sealed_place)
    return OwnCase(
        case=case_of(row),
        party=party,
        first_words=" ".join(story)[:FIRST_WORDS],
        place=Place(**place) if place else Place(),
        said=said,
        evidence=_evidence_of(tx, row.id, party, case_evidence.c.kind != LOST),
        lost=_evidence_of(tx, row.id, party, case_evidence.c.kind == LOST),
        notices=Notices(row.notices),
        has_identity=bool(row.known),
        withdrew_on=row.withdrawn_on,
        others_wait=_others_wait(tx, row.id, party),
    )


def _others_wait(tx: Transaction, case_id: int, party: str) -> bool:
    """Whether anybody but this party filed or joined a case and has not taken it back."""
    others = sa.and_(case_party.c.case_id == case_id, case_party.c.id != party)
    waiting = sa.select(case_party.c.id).where(others, case_party.c.withdrawn_on.is_(None))
    return tx.sql.execute(waiting.limit(1)).first() is not None


def places_of(tx: Transaction, case_id: int) -> list[Place]:
    """Where a case is, as each who filed or joined it told; none once erased."""
    columns = (case_file.c.key, case_party.c.id, case_party.c.sealed_place)
    query = sa.select(*columns).join(case_party, case_party.c.case_id == case_file.c.id)
    told = sa.and_(case_file.c.id == case_id, case_party.c.sealed_place.is_not(None))
    rows = tx.sql.execute(query.where(told)).all()
    if not rows:
        return []
    words = seals.taken(tx, seals.narrative_key(tx, rows[0].key))
    found = (words.opened(seals.place_field(row.id), row.sealed_place) for row in rows)
    return [Place(**place) for place in found if place]


def since(tx: Transaction) -> date | None:
    """Since when there is anything to tell of cases: the first one, or a sheet that shows none."""
    first = sa.select(sa.func.min(case_file.c.received_on)).where(~case_file.c.held_back)
    known = sheet_owner.confirmed_at(tx)
    days = (tx.sql.scalar(first), known and known.astimezone(BANGKOK).date())
    return min((day for day in days if day), default=None)


def routing_of(tx: Transaction, case_id: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The units that a case is about, and the receivers that were struck out.

    None where that cannot be opened, as it was erased or swapped: then nobody may see the case.
    """
    row = tx.sql.execute(sa.select(case_file).where(case_file.c.id == case_id)).one()
    said = seals.opened(tx, seals.narrative_key(tx, row.key), "routing", row.sealed_routing)
    return (tuple(said["about"]), tuple(said["struck"])) if said else None


def case_of(row: Row) -> Case:
    """A row of case_file, outside its seals."""
    return Case(
        id=row.id,
        number=row.number,
        kind=Kind(row.kind),
        status=CaseStatus(row.status),
        received_on=row.received_on,
        unit=row.unit,
        result=row.result,
        title=row.title,
        titled=row.titled,
        submitted_on=row.submitted_on,
        acknowledged_on=row.acknowledged_on,
        concluded_on=row.concluded_on,
        informed_on=row.informed_on,
        closed_on=row.closed_on,
        withdrawal_on=row.withdrawal_on,
        reopened_on=row.reopened_on,
        ended_on=row.ended_on,
        released_on=row.released_on,
    )


def _said(tx: Transaction, words: seals.Taken, case_id: int, party: str) -> tuple[Said, ...]:
    """What this party and the office wrote, in order; what others said who joined stays theirs."""
    entries = sa.select(case_entry).where(
        case_entry.c.case_id == case_id,
        sa.or_(case_entry.c.party.is_(None), case_entry.c.party == party),
    )
    found: list[Said] = []
    for entry in tx.sql.execute(entries.order_by(case_entry.c.position)):
        where = seals.entry_field(entry.position, entry.party)
        text = words.opened(where, entry.sealed_text)
        if text is not None:
            found.append(Said(entry.day, entry.party is None, text))
    return tuple(found)


def _evidence_of(tx: Transaction, case_id: int, party: str, which: sa.ColumnElement[bool]) -> int:
    mine = sa.and_(case_evidence.c.case_id == case_id, case_evidence.c.party == party, which)
    counted = sa.select(sa.func.count()).select_from(case_evidence).where(mine)
    return tx.sql.scalars(counted).one()


def parties_owed(tx: Transaction, chosen: Sequence[Notices]) -> list[tuple[str, str]]:
    """Who is owed a notice and chose one of these times: party and the case's random name."""
    query = sa.select(case_party.c.id, case_file.c.key).join(
        case_file, case_party.c.case_id == case_file.c.id
    )
    owed = sa.and_(case_party.c.owed, case_party.c.notices.in_([one.value for one in chosen]))
    return [(row.id, row.key) for row in tx.sql.execute(query.where(owed))]
