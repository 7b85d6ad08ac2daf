"""A case is filed, and added to: words, evidence and identity go under their seals at once."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.changes import AddToCase, FileCase
from ita.complaints import CaseStatus, Part, Place, Upload
from ita.dates import fiscal_year_of
from store import outbox
from store.cases import pace, seals
from store.cases.uploads import LOST, NEVER
from store.database import Transaction
from store.schema import (
    case_entry,
    case_evidence,
    case_file,
    case_party,
    case_register,
    case_upload,
    unsent,
)

CASE_IDS: Final = range(2**30, 2**31 - 1)
"""Ids are random in the upper half of int32, away from the counted ones of other rows: a counted id
would tell in which order people came, and next to which report.
"""
NAME_BYTES: Final = 16


def file(
    tx: Transaction, change: FileCase, line_user_id: str, ref: str, today: date, sheet_on: date
) -> None:
    """Enter a case, or add to the one that is joined.

    `line_user_id` is "" for whoever came by the web, `ref` the reference by which a person's pace
    is known. The row stands in the sheet from `sheet_on`: at once where that is `today`.
    """
    known = _joined(tx, change)
    if known is None:
        held_back = change.look_first or pace.files_too_much(tx, ref, today)
        known = _enter(tx, change, today, sheet_on, held_back=held_back)
    case_id, key = known
    party = _enter_party(tx, change, case_id, key, line_user_id)
    add_parts(tx, case_id, key, party, change.parts, today)
    add_uploads(tx, case_id, key, party, change.uploads)
    pace.count(tx, ref, pace.FILED, today)


def add(tx: Transaction, change: AddToCase, today: date) -> None:
    """Whoever filed a case adds to it; nothing where it is not there any more."""
    query = sa.select(case_file.c.id, case_file.c.key).join(
        case_party, sa.and_(case_party.c.case_id == case_file.c.id)
    )
    row = tx.sql.execute(query.where(case_party.c.id == change.party)).first()
    if row is not None:
        add_parts(tx, row.id, row.key, change.party, change.parts, today)
        add_uploads(tx, row.id, row.key, change.party, change.uploads)


def add_parts(
    tx: Transaction,
    case_id: int,
    key: str,
    party: str | None,
    parts: Sequence[Part],
    today: date,
) -> None:
    """Further messages of a case; `party` is None for those of the office.

    What was unsent meanwhile is left out.
    """
    _hold(tx, case_id)
    last = sa.select(sa.func.coalesce(sa.func.max(case_entry.c.position), -1) + 1)
    first: int = tx.sql.scalars(last.where(case_entry.c.case_id == case_id)).one()
    kept = [part for part in parts if not _was_unsent(tx, part.message_id)]
    words = seals.taken(tx, seals.narrative_key(tx, key), create=True)
    for position, part in enumerate(kept, start=first):
        row = {
            "case_id": case_id,
            "position": position,
            "party": party,
            "day": today,
            "message": message_reference(tx, part.message_id),
            "sealed_text": words.seal(seals.entry_field(position, party), part.text),
        }
        tx.sql.execute(sa.insert(case_entry).values(agency=tx.agency, **row))


def add_uploads(
    tx: Transaction, case_id: int, key: str, party: str, uploads: Sequence[Upload]
) -> None:
    """What was sent with it: from now on the case has the keys, and no draft's end deletes it.

    What was unsent meanwhile is left out; what turned out to be nothing is counted as lost.
    """
    for upload in uploads:
        mine = case_upload.c.id == upload.id
        state = tx.sql.scalar(sa.select(case_upload.c.state).where(mine).with_for_update())
        if state not in ("waiting", "ready", *NEVER):
            continue
        is_lost = state in NEVER
        tx.sql.execute(sa.update(case_upload).where(mine).values(filed=not is_lost))
        name = seals.evidence_key(tx, key)
        row = {
            "case_id": case_id,
            "upload": upload.id,
            "party": party,
            "kind": LOST if is_lost else upload.kind,
            "sealed_key": seals.seal(tx, name, f"upload/{upload.id}", upload.key.hex()),
        }
        entered = insert(case_evidence).values(agency=tx.agency, **row)
        tx.sql.execute(entered.on_conflict_do_nothing())


def message_reference(tx: Transaction, message_id: str) -> str | None:
    """How an entry remembers the message that it came from: an HMAC for this purpose alone."""
    return tx.keyring.reference(tx.agency, "case message", message_id) if message_id else None


def receipt_reference(tx: Transaction, code: str) -> str:
    """How a receipt code is found again: an HMAC for this purpose alone."""
    return tx.keyring.reference(tx.agency, "case receipt", code)


def party_reference(tx: Transaction, key: str, receipt: str) -> str:
    """Who one party is in its case, and nowhere else: of the case's name and the receipt's HMAC."""
    return tx.keyring.reference(tx.agency, "case party", f"{key}/{receipt}")


def _joined(tx: Transaction, change: FileCase) -> tuple[int, str] | None:
    """The case that this one joins, if it is still an open one; held, so that it stays open."""
    if change.join is None:
        return None
    query = sa.select(case_file.c.id, case_file.c.key).where(
        case_file.c.id == change.join,
        case_file.c.closed_on.is_(None),
        case_file.c.kind == change.kind.value,
    )
    row = tx.sql.execute(query.with_for_update()).first()
    return (row.id, row.key) if row else None


def _enter(
    tx: Transaction, change: FileCase, today: date, sheet_on: date, *, held_back: bool
) -> tuple[int, str]:
    case_id, key = secrets.choice(CASE_IDS), secrets.token_hex(NAME_BYTES)
    name = seals.narrative_key(tx, key)
    unsaid = any(_was_unsent(tx, part.message_id) for part in change.parts)
    routing = {"about": change.about, "struck": change.struck}
    words = seals.taken(tx, name, create=True)
    row = {
        "id": case_id,
        "number": change.number,
        "kind": change.kind.value,
        "status": CaseStatus.RECEIVED.value,
        "received_on": today,
        "title": "" if change.kind.is_protected or unsaid else change.title,
        "sheet_on": sheet_on,
        "in_sheet": sheet_on <= today and not held_back,
        "key": key,
        "sealed_routing": words.seal("routing", routing),
        "sealed_register": words.seal("register", _next_register_number(tx, today)),
        "held_back": held_back,
    }
    tx.sql.execute(sa.insert(case_file).values(agency=tx.agency, **row))
    if row["in_sheet"]:
        outbox.mark(tx, "cases", case_id)
    return case_id, key


def _enter_party(
    tx: Transaction, change: FileCase, case_id: int, key: str, line_user_id: str
) -> str:
    receipt = receipt_reference(tx, change.receipt)
    party = party_reference(tx, key, receipt)
    name, phone = ("", "") if _was_unsent(tx, change.contact_from) else change.contact
    identity = {"line": line_user_id, "name": name, "phone": phone}
    nowhere = change.place == Place() or _was_unsent(tx, change.place_from)
    row = {
        "id": party,
        "case_id": case_id,
        "receipt": receipt,
        "notices": change.notices.value,
        "sealed_place": None if nowhere else _sealed_place(tx, key, party, change.place),
        "place_from": message_reference(tx, change.place_from),
        "contact_from": message_reference(tx, change.contact_from),
    }
    if any(identity.values()):
        sealed = seals.seal(tx, seals.identity_key(tx, key, party), "identity", identity)
        row["sealed_identity"] = sealed
    tx.sql.execute(sa.insert(case_party).values(agency=tx.agency, **row))
    if line_user_id:
        seals.keep_account(tx, line_user_id, party)
    return party


def _sealed_place(tx: Transaction, key: str, party: str, place: Place) -> bytes:
    said = {"words": place.words, "latitude": place.latitude, "longitude": place.longitude}
    return seals.seal(tx, seals.narrative_key(tx, key), seals.place_field(party), said)


def _next_register_number(tx: Transaction, today: date) -> str:
    """The running number of the fiscal year's register, as offices keep one: 12/2568."""
    year = fiscal_year_of(today)
    entered = insert(case_register).values(agency=tx.agency, fiscal_year=year, last=1)
    counted = entered.on_conflict_do_update(
        index_elements=["agency", "fiscal_year"], set_={"last": case_register.c.last + 1}
    )
    return f"{tx.sql.scalars(counted.returning(case_register.c.last)).one()}/{year}"


def _hold(tx: Transaction, case_id: int) -> None:
    tx.sql.execute(sa.select(case_file.c.id).where(case_file.c.id == case_id).with_for_update())


def _was_unsent(tx: Transaction, message_id: str) -> bool:
    if not message_id:
        return False
    known = tx.keyring.reference(tx.agency, "unsent", message_id)
    return tx.sql.execute(sa.select(unsent.c.message).filter_by(message=known)).first() is not None
