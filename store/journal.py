"""The journal: every webhook event once, sealed, until it is handled; and the chats they are in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.keyring import day_key
from store.schema import chat, event

MAX_ATTEMPTS = 5
"""An event that failed this often is set aside, so that the chat goes on."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One event as it came in. `chat` is the chat's opaque reference; times are aware."""

    webhook_event_id: str
    chat: str
    occurred_at: datetime
    received_at: datetime
    raw: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits to be handled."""

    id: int
    webhook_event_id: str
    occurred_at: datetime
    received_at: datetime
    attempts: int
    retry_at: datetime | None
    sealed_body: bytes = field(repr=False)
    key_day: date


def accept(tx: Transaction, arrival: Arrival) -> bool:
    """Write an event down; False when it was known already (a second delivery)."""
    today = arrival.received_at.date()
    body = json.dumps(arrival.raw).encode()
    place = (tx.agency, arrival.webhook_event_id, "event")
    row = {
        "agency": tx.agency,
        "webhook_event_id": arrival.webhook_event_id,
        "chat": arrival.chat,
        "occurred_at": arrival.occurred_at,
        "received_at": arrival.received_at,
        "key_day": today,
        "sealed_body": tx.keyring.seal(day_key(today), place, body),
    }
    known = insert(event).values(row).on_conflict_do_nothing(
        index_elements=["agency", "webhook_event_id"]
    )  # fmt: skip
    return tx.sql.execute(known.returning(event.c.id)).first() is not None


def lock_chat(tx: Transaction, ref: str) -> None:
    """Hold the chat until this transaction ends; its events are handled one by one under it."""
    tx.sql.execute(insert(chat).values(agency=tx.agency, ref=ref).on_conflict_do_nothing())
    tx.sql.execute(sa.select(chat.c.ref).where(chat.c.ref == ref).with_for_update())


def next_waiting(tx: Transaction, ref: str) -> Waiting | None:
    """The chat's oldest waiting event by LINE's timestamp."""
    columns = (
        event.c.id,
        event.c.webhook_event_id,
        event.c.occurred_at,
        event.c.received_at,
        event.c.attempts,
        event.c.retry_at,
        event.c.sealed_body,
        event.c.key_day,
    )
    found = tx.sql.execute(
        sa.select(*columns)
        .where(event.c.chat == ref, event.c.handled_at.is_(None), event.c.set_aside_at.is_(None))
        .order_by(event.c.occurred_at, event.c.id)
        .limit(1)
    ).first()
    return Waiting(*found) if found else None


def body(tx: Transaction, waiting: Waiting, today: date) -> dict[str, object]:
    """The event as LINE sent it. Raises KeyGone when it has waited longer than its key lived."""
    place = (tx.agency, waiting.webhook_event_id, "event")
    plain = tx.keyring.unseal_of_day(waiting.key_day, today, place, waiting.sealed_body)
    raw: dict[str, object] = json.loads(plain)
    return raw


def handled(tx: Transaction, event_id: int, now: datetime) -> None:
    """The event has had its effect: its words are dropped."""
    tx.sql.execute(
        sa.update(event).where(event.c.id == event_id).values(handled_at=now, sealed_body=None)
    )


def failed(tx: Transaction, waiting: Waiting, now: datetime, error: str) -> int | None:
    """Count a failure. Seconds until another try, or None: one too many, the event is set aside.

    `error` is a code (an exception's class, a SQLSTATE), never a message: messages carry words.
    """
    last = waiting.attempts + 1 >= MAX_ATTEMPTS
    pause = 2 << waiting.attempts
    values = {
        "attempts": waiting.attempts + 1,
        "error": error,
        "retry_at": now + timedelta(seconds=pause),
        "set_aside_at": now if last else None,
    }
    tx.sql.execute(sa.update(event).where(event.c.id == waiting.id).values(values))
    return None if last else pause


def chats_with_work(tx: Transaction, now: datetime, older_than: datetime) -> list[str]:
    """Chats with an event that has waited since before `older_than`: for the sweeper."""
    waiting = sa.and_(event.c.handled_at.is_(None), event.c.set_aside_at.is_(None))
    due = sa.or_(event.c.retry_at.is_(None), event.c.retry_at <= now)
    query = sa.select(event.c.chat).where(waiting, due, event.c.received_at < older_than)
    return list(tx.sql.scalars(query.distinct()))


def last_arrival(tx: Transaction, since: datetime) -> datetime | None:
    """When the newest event came, None when there was none since then."""
    query = sa.select(sa.func.max(event.c.received_at)).where(event.c.received_at > since)
    newest: datetime | None = tx.sql.scalar(query)
    return newest


def forget(tx: Transaction, before: datetime) -> None:
    """Drop the traces of events that are over and came before then."""
    over = sa.or_(event.c.handled_at.is_not(None), event.c.set_aside_at.is_not(None))
    tx.sql.execute(sa.delete(event).where(over, event.c.received_at < before))


def remember_line_id(tx: Transaction, ref: str, line_id: str, today: date) -> None:
    """Keep where the chat can be reached by a push, sealed under the day's key."""
    sealed = tx.keyring.seal(
        day_key(today), (tx.agency, ref, "line_id"), line_id.encode("utf-8", "surrogatepass")
    )
    tx.sql.execute(
        sa.update(chat).where(chat.c.ref == ref).values(sealed_line_id=sealed, key_day=today)
    )


def line_id(tx: Transaction, ref: str, today: date) -> str:
    """The chat's LINE id. Raises KeyGone when the chat has been quiet for longer than a week."""
    row = tx.sql.execute(
        sa.select(chat.c.sealed_line_id, chat.c.key_day).where(chat.c.ref == ref)
    ).one()
    place = (tx.agency, ref, "line_id")
    plain = tx.keyring.unseal_of_day(row.key_day, today, place, row.sealed_line_id)
    return plain.decode("utf-8", "surrogatepass")
