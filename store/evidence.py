"""Photos and files that people sent as evidence: their links, what became of each, what is unsent.

The content lies in a folder or bucket of its own (store.evidence_files). A row is found by an
HMAC of LINE's message id for this purpose alone, so a link is known before anything is fetched,
and no id of LINE's can be read from it.
"""

import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Database, Transaction
from store.keyring import KeyGone, Keyring, Tampered, day_key
from store.schema import evidence, measure, progress, unsent

State = Literal["waiting", "ready", "refused", "gone", "unsent"]
FETCHED = ("image", "file")
"""LINE's message types that are fetched; anything else is refused without a look."""
AT_ONCE = 500
LINK = re.compile(r"/evidence/[^/\s]+/([0-9a-f]{32})\.[0-9a-f]{32}$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one photo or file. `type` (such as "image/jpeg") once it is ready."""

    id: str
    state: State
    why: str | None
    kind: str
    type: str | None
    made_at: datetime
    attempts: int
    retry_at: datetime | None
    key_day: date | None
    sealed_origin: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it comes from: LINE's message id, and the name that a person's file had, or ""."""

    message_id: str = field(repr=False)
    file_name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that could not be kept, and why (a code); the name is "" where nobody knows it."""

    kind: str
    why: str
    made_at: datetime
    file_name: str = field(repr=False)


# Links


def link_path(keyring: Keyring, agency: str, message_id: str) -> str:
    """The path of the link to what a message carries: the same at any time."""
    known = _id(keyring, agency, message_id)
    return f"/evidence/{agency}/{known}.{_signature(keyring, agency, known)}"


def opened(keyring: Keyring, agency: str, token: str) -> str | None:
    """The id in the last part of a link's path, None unless we signed it. In constant time."""
    known, _, signature = token.partition(".")
    expected = _signature(keyring, agency, known).encode()
    genuine = hmac.compare_digest(expected, signature.encode("utf-8", "surrogatepass"))
    return known if genuine else None


def _id(keyring: Keyring, agency: str, message_id: str) -> str:
    return keyring.reference(agency, "evidence", message_id)


def _signature(keyring: Keyring, agency: str, known: str) -> str:
    return keyring.reference(agency, "evidence link", known)


# Rows


def keep(
    tx: Transaction, message_id: str, kind: str, file_name: str, person: str, now: datetime
) -> str | None:
    """Note what is to be fetched; its id, or None where there is nothing to do.

    `person` (a reference) is told with the next reply if it cannot be kept.
    """
    if was_unsent(tx, message_id):
        return None
    new, today = _id(tx.keyring, tx.agency, message_id), now.date()
    origin = json.dumps([message_id, file_name]).encode()
    wanted = kind in FETCHED
    row = {
        "agency": tx.agency, "id": new, "kind": kind, "person": _person(tx, person), "made_at": now,
        "state": "waiting" if wanted else "refused", "why": None if wanted else "kind",
        "sealed_origin": tx.keyring.seal(day_key(today), _place(tx, new), origin),
        "key_day": today,
    }  # fmt: skip
    tx.sql.execute(insert(evidence).values(row).on_conflict_do_nothing())
    return new if wanted else None


def find(tx: Transaction, known: str) -> Evidence | None:
    """What is known of this one; None where nothing is."""
    row = tx.sql.execute(_SELECT.where(evidence.c.id == known)).first()
    return Evidence(*row) if row else None


def origin(tx: Transaction, item: Evidence, today: date) -> Origin:
    """Where it comes from. Raises KeyGone when it waited longer than its key lived."""
    if item.key_day is None or item.sealed_origin is None:
        raise KeyGone
    plain = tx.keyring.unseal_of_day(item.key_day, today, _place(tx, item.id), item.sealed_origin)
    return Origin(*json.loads(plain))


def ready(tx: Transaction, known: str, media_type: str, size: int) -> bool:
    """It lies in the folder now; False where nobody waits for it any more."""
    values = {"state": "ready", "type": media_type, "bytes": size, "person": None, **_SETTLED}
    return _settle(tx, known, **values)


def give_up(tx: Transaction, known: str, state: Literal["refused", "gone"], why: str) -> bool:
    """It cannot be kept; False where nobody waits for it any more."""
    return _settle(tx, known, state=state, why=why)


def later(tx: Transaction, item: Evidence, now: datetime, pause: int) -> None:
    """Not now: again in so many seconds."""
    _settle(tx, item.id, attempts=item.attempts + 1, retry_at=now + timedelta(seconds=pause))


def forget(tx: Transaction, known: str) -> None:
    """Nothing is left of what was unsent; of what could not be kept, that it could not be."""
    mine = sa.and_(evidence.c.id == known, evidence.c.state == "unsent")
    tx.sql.execute(sa.delete(evidence).where(mine))


def lost(tx: Transaction, person: str, today: date) -> list[Lost]:
    """What this person sent that could not be kept, oldest first; each is given once."""
    mine = evidence.c.person == _person(tx, person)
    query = _SELECT.where(mine, evidence.c.why.is_not(None))
    found = [Evidence(*row) for row in tx.sql.execute(query.order_by(evidence.c.made_at))]
    told = sa.update(evidence).where(evidence.c.id.in_([item.id for item in found]))
    if found:
        tx.sql.execute(told.values(person=None, **_SETTLED))
    return [Lost(item.kind, item.why or "", item.made_at, _name(tx, item, today)) for item in found]


def forget_person(tx: Transaction, person: str) -> None:
    """This person is told nothing any more."""
    mine = evidence.c.person == _person(tx, person)
    tx.sql.execute(sa.update(evidence).where(mine).values(person=None))


def waiting(
    database: Database, slugs: Sequence[str], now: datetime, made_before: datetime
) -> list[tuple[str, str]]:
    """(agency, id) of what waits to be fetched or deleted since before then, in many agencies."""
    found: list[tuple[str, str]] = []
    for begin in range(0, len(slugs), AT_ONCE):
        values = {"slugs": list(slugs[begin : begin + AT_ONCE]), "at": now, "before": made_before}
        with database.house() as sql:
            found += [(row.slug, row.id) for row in sql.execute(_WAITING, values)]
    return found


# What was taken back


def unsend(tx: Transaction, message_id: str, now: datetime) -> str | None:
    """A message was taken back, perhaps before it came. The id of what it carried, if kept."""
    known = _id(tx.keyring, tx.agency, message_id)
    row = {"agency": tx.agency, "message": _unsent(tx, message_id), "at": now}
    tx.sql.execute(insert(unsent).values(row).on_conflict_do_nothing())
    kept = sa.update(evidence).where(evidence.c.id == known).values(_UNSENT)
    return known if tx.sql.execute(kept).rowcount else None


def was_unsent(tx: Transaction, message_id: str) -> bool:
    """Whether somebody took this message back."""
    query = sa.select(unsent.c.at).where(unsent.c.message == _unsent(tx, message_id))
    return tx.sql.execute(query).first() is not None


def still_there(tx: Transaction, links: Sequence[str]) -> list[str]:
    """The links without those to evidence that was taken back, could not be kept, or was tidied.

    What is there stays so until the transaction ends: whoever gives a piece up then waits, and
    finds the report that names it.
    """
    ids = {link: found[1] for link in links if (found := LINK.search(link))}
    if not ids:
        return list(links)
    named = sa.select(evidence.c.id, evidence.c.state).where(evidence.c.id.in_(ids.values()))
    rows = tx.sql.execute(named.with_for_update(read=True)).all()
    kept = {row.id for row in rows if row.state in ("waiting", "ready")}
    return [link for link in links if link not in ids or ids[link] in kept]


def drop_unnamed(tx: Transaction, before: datetime) -> None:
    """What came before then and no measure and no report names goes as if it had been unsent."""
    held = sa.union_all(
        sa.select(sa.func.unnest(measure.c.evidence).label("link")),
        sa.select(sa.func.unnest(progress.c.links)),
    ).subquery()
    named = sa.func.substring(held.c.link, "/([0-9a-f]{32})[.]")
    unnamed = sa.and_(evidence.c.made_at < before, ~sa.exists().where(named == evidence.c.id))
    tx.sql.execute(sa.update(evidence).where(unnamed).values(_UNSENT))


def forget_unsent(tx: Transaction, before: datetime) -> None:
    """Messages taken back before then do not come any more."""
    tx.sql.execute(sa.delete(unsent).where(unsent.c.at < before))


_SELECT: sa.Select[Any] = sa.select(
    evidence.c.id, evidence.c.state, evidence.c.why, evidence.c.kind, evidence.c.type,
    evidence.c.made_at, evidence.c.attempts, evidence.c.retry_at, evidence.c.key_day,
    evidence.c.sealed_origin,
)  # fmt: skip
_SETTLED = {"sealed_origin": None, "key_day": None}
_UNSENT = {"state": "unsent", "person": None, "why": None, "retry_at": None, **_SETTLED}
_WAITING = sa.text("SELECT slug, id FROM evidence_waiting(CAST(:slugs AS text[]), :at, :before)")


def _settle(tx: Transaction, known: str, **values: object) -> bool:
    mine = sa.and_(evidence.c.id == known, evidence.c.state == "waiting")
    return tx.sql.execute(sa.update(evidence).where(mine).values(values)).rowcount > 0


def _person(tx: Transaction, ref: str) -> str:
    """Who is to be told: an HMAC for this purpose alone."""
    return tx.keyring.reference(tx.agency, "evidence person", ref)


def _name(tx: Transaction, item: Evidence, today: date) -> str:
    try:
        return origin(tx, item, today).file_name
    except (KeyGone, Tampered):
        return ""


def _unsent(tx: Transaction, message_id: str) -> str:
    return tx.keyring.reference(tx.agency, "unsent", message_id)


def _place(tx: Transaction, known: str) -> tuple[str, ...]:
    return (tx.agency, known, "evidence")
