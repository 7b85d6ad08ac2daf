"""Photos, voices and files that are sent for a case: what is to be fetched, and what is to go.

The content lies in a folder or bucket of its own, sealed under a key of the upload's own. Until it
is fetched that key stands beside LINE's message id under the day's seal; from then on the draft, or
the case, has it alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.changes import KeepUpload
from ita.complaints import Upload
from store.database import Transaction
from store.keyring import day_key
from store.schema import case_evidence, case_party, case_upload

FETCHED = ("image", "audio", "file")
"""LINE's message types that are fetched."""
LONGEST_PAUSE: Final = timedelta(minutes=10)
"""More than any; as in the function cases_at_work."""
NEVER: Final = ("refused", "gone")
"""The states of what never will be fetched."""
LOST: Final = "lost"
"""The kind of evidence of which nothing is there."""
_GONE = {"state": "unsent", "sealed_origin": None, "key_day": None, "retry_at": None}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload as the job sees it; `state` is waiting, ready, refused, gone or unsent."""

    id: str
    state: str
    kind: str
    attempts: int
    made_on: date
    retry_at: datetime | None
    sealed_origin: bytes | None = field(repr=False)
    key_day: date | None

    def is_due(self, now: datetime) -> bool:
        """A pause longer than any was begun before the clock was set back."""
        return self.retry_at is None or not now < self.retry_at <= now + LONGEST_PAUSE


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it comes from, and the key that its content is sealed under."""

    message_id: str = field(repr=False)
    key: bytes = field(repr=False)
    file_name: str = field(repr=False)


def keep(tx: Transaction, change: KeepUpload, today: date) -> bool:
    """It is to be fetched; False for one that is known already, or that cannot be fetched."""
    upload = change.upload
    origin = {"message": change.message_id, "key": upload.key.hex(), "name": change.file_name}
    row = {
        "id": upload.id,
        "state": "waiting",
        "kind": upload.kind,
        "made_on": today,
        "sealed_origin": tx.keyring.seal(
            day_key(today), _place(tx, upload.id), json.dumps(origin).encode()
        ),
        "key_day": today,
    }
    entered = insert(case_upload).values(agency=tx.agency, **row).on_conflict_do_nothing()
    return tx.sql.execute(entered.returning(case_upload.c.id)).first() is not None


def find(tx: Transaction, upload: str) -> Waiting | None:
    """One upload."""
    row = tx.sql.execute(sa.select(case_upload).where(case_upload.c.id == upload)).first()
    if row is None:
        return None
    return Waiting(
        row.id, row.state, row.kind, row.attempts, row.made_on, row.retry_at, row.sealed_origin,
        row.key_day,
    )  # fmt: skip


def enter(tx: Transaction, upload: Upload, today: date) -> None:
    """What came with a web form: there is nothing to fetch."""
    row = {"id": upload.id, "state": "ready", "kind": upload.kind, "made_on": today}
    tx.sql.execute(sa.insert(case_upload).values(agency=tx.agency, **row))


def origin(tx: Transaction, item: Waiting, today: date) -> Origin:
    """Raises KeyGone where it waited longer than its day's key lived, Tampered."""
    plain = tx.keyring.unseal_of_day(
        item.key_day or today, today, _place(tx, item.id), item.sealed_origin or b""
    )
    said = json.loads(plain)
    return Origin(said["message"], bytes.fromhex(said["key"]), said["name"])


def settle(tx: Transaction, upload: str, state: str, why: str | None = None) -> bool:
    """It was fetched ("ready") or never will be ("refused", "gone"), and why.

    What never will be is counted as lost in the case that it was filed with, whose party is owed a
    word on that, and goes as what no case has. False where it does not wait any more: it was
    unsent, or its draft was given up.
    """
    mine = sa.and_(case_upload.c.id == upload, case_upload.c.state == "waiting")
    values = {
        "state": state, "why": why, "sealed_origin": None, "key_day": None, "retry_at": None,
    }  # fmt: skip
    settled = tx.sql.execute(sa.update(case_upload).where(mine).values(values)).rowcount > 0
    if settled and state != "ready":
        evidence = sa.update(case_evidence).where(case_evidence.c.upload == upload)
        parties = tx.sql.scalars(evidence.values(kind=LOST).returning(case_evidence.c.party)).all()
        listens = sa.and_(case_party.c.id.in_(parties), case_party.c.notices != "none")
        tx.sql.execute(sa.update(case_party).where(listens).values(owed=True))
        known = case_upload.c.id == upload
        tx.sql.execute(sa.update(case_upload).where(known).values(filed=False))
    return settled


def lost(tx: Transaction, ids: Sequence[str]) -> frozenset[str]:
    """Those of these that never will be fetched."""
    mine = sa.and_(case_upload.c.id.in_(ids), case_upload.c.state.in_(NEVER))
    return frozenset(tx.sql.scalars(sa.select(case_upload.c.id).where(mine)))


def later(tx: Transaction, item: Waiting, now: datetime, seconds: int) -> None:
    """LINE has not got it ready, or something is away: again in some seconds, at a whole minute.

    The moment itself would lead to the delivery that it came with.
    """
    moment = (now + timedelta(seconds=seconds)).replace(second=0, microsecond=0)
    values = {"attempts": item.attempts + 1, "retry_at": moment + timedelta(minutes=1)}
    mine = sa.and_(case_upload.c.id == item.id, case_upload.c.state == "waiting")
    tx.sql.execute(sa.update(case_upload).where(mine).values(values))


def drop(tx: Transaction, ids: Sequence[str]) -> list[str]:
    """A draft was given up: what no case has goes. Gives what is to be deleted."""
    mine = sa.and_(case_upload.c.id.in_(ids), ~case_upload.c.filed)
    dropped = sa.update(case_upload).where(mine).values(_GONE).returning(case_upload.c.id)
    return list(tx.sql.scalars(dropped))


def drop_old(tx: Transaction, before: date) -> list[str]:
    """Drafts live for a day: what was sent before then and filed with no case goes."""
    left = sa.and_(~case_upload.c.filed, case_upload.c.state != "unsent")
    mine = sa.and_(case_upload.c.made_on < before, left)
    old = sa.update(case_upload).where(mine).values(_GONE).returning(case_upload.c.id)
    return list(tx.sql.scalars(old))


def forget(tx: Transaction, upload: str) -> None:
    """Nothing is left of what was taken back, once its file is deleted."""
    mine = sa.and_(case_upload.c.id == upload, case_upload.c.state == "unsent")
    tx.sql.execute(sa.delete(case_upload).where(mine))


def open_ones(tx: Transaction, now: datetime) -> list[str]:
    """What is to be fetched or deleted now."""
    states = case_upload.c.state.in_(("waiting", "unsent"))
    at = case_upload.c.retry_at
    due = sa.or_(at.is_(None), at <= now, at > now + LONGEST_PAUSE)
    return list(tx.sql.scalars(sa.select(case_upload.c.id).where(states, due)))


def _place(tx: Transaction, upload: str) -> tuple[str, ...]:
    return (tx.agency, upload, "case upload")
