"""Messages to LINE that a turn decided on, until they are settled: at most once each.

The attempt is committed before the call. What became of a message stands in `outcome`:
"replied", "pushed", "shown later" (with the next reply), "dropped" (nobody can be reached).
"""

import json
import math
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from store.database import Transaction
from store.keyring import day_key
from store.schema import message


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that waits. `attempted_at` is set when a call was begun whose end is not known.

    `attempts` counts every step taken with it: whoever takes the next step must have seen the
    last one, so of two workers that hold the same message one does nothing.
    """

    id: UUID
    event: int
    token_expires_at: datetime
    attempted_at: datetime | None
    attempts: int
    key_day: date
    sealed_body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Body:
    """What an outgoing message carries: LINE message objects and the reply token ("" if none).

    `earlier` are messages whose arrival nobody can know any more; they precede a reply. What is
    `reply_only` is never pushed: it waits for that person's next message.
    """

    reply_token: str
    messages: list[dict[str, Any]]
    earlier: list[dict[str, Any]] = field(default_factory=list)
    reply_only: bool = False


def put(
    tx: Transaction,
    chat: str,
    event_id: int,
    body: Body,
    token_expires_at: datetime,
    today: date,
    attempted_at: datetime | None = None,
) -> None:
    """Decide on a message, in the transaction of what it answers."""
    new = uuid4()
    tx.sql.execute(
        sa.insert(message).values(
            id=new,
            agency=tx.agency,
            chat=chat,
            event=event_id,
            key_day=today,
            sealed_body=_sealed(tx, new, today, body),
            token_expires_at=token_expires_at,
            attempted_at=attempted_at,
        )
    )


def waiting(tx: Transaction, chat: str) -> list[Outgoing]:
    """The chat's unsettled messages, in the order of their events' acceptance."""
    columns = (
        message.c.id,
        message.c.event,
        message.c.token_expires_at,
        message.c.attempted_at,
        message.c.attempts,
        message.c.key_day,
        message.c.sealed_body,
    )
    query = sa.select(*columns).where(message.c.chat == chat, message.c.settled_at.is_(None))
    return [Outgoing(*row) for row in tx.sql.execute(query.order_by(message.c.event))]


def due(tx: Transaction, chat: str, now: datetime) -> tuple[list[Outgoing], int | None]:
    """Those of the chat's unsettled messages that may be sent now, and the seconds until the
    next of the others may be: LINE was away when they were tried.
    """
    query = sa.select(message.c.id, message.c.retry_at).where(
        message.c.chat == chat, message.c.settled_at.is_(None), message.c.retry_at > now
    )
    later: dict[UUID, datetime] = {row.id: row.retry_at for row in tx.sql.execute(query)}
    pause = min((seconds_until(at, now) for at in later.values()), default=None)
    return [outgoing for outgoing in waiting(tx, chat) if outgoing.id not in later], pause


def seconds_until(at: datetime, now: datetime) -> int:
    """Whole seconds, at least one."""
    return max(1, math.ceil((at - now).total_seconds()))


def read(tx: Transaction, outgoing: Outgoing, today: date) -> Body:
    """What the message carries. Raises KeyGone when it waited longer than its key lived."""
    place = _place(tx, outgoing.id)
    plain = tx.keyring.unseal_of_day(outgoing.key_day, today, place, outgoing.sealed_body)
    said = json.loads(plain)
    reply_only = said.get("reply_only", False)  # one of an older program does not say
    return Body(said["token"], said["messages"], said["earlier"], reply_only)


def claim(tx: Transaction, outgoing: Outgoing, body: Body) -> Outgoing | None:
    """Take the next step with a message, as `body`. None when somebody else has taken it."""
    sealed = _sealed(tx, outgoing.id, outgoing.key_day, body)
    if not _step(tx, outgoing, sealed_body=sealed):
        return None
    return replace(outgoing, attempts=outgoing.attempts + 1)


def attempt(tx: Transaction, outgoing: Outgoing, body: Body, now: datetime) -> Outgoing | None:
    """A reply is about to be made; committed before it is. None when somebody else is at it."""
    sealed = _sealed(tx, outgoing.id, outgoing.key_day, body)
    if not _step(tx, outgoing, attempted_at=now, sealed_body=sealed):
        return None
    return replace(outgoing, attempts=outgoing.attempts + 1)


def withdraw_attempt(tx: Transaction, outgoing: Outgoing) -> None:
    """LINE surely did not take it: there is no doubt about this attempt."""
    _mark(tx, outgoing, attempted_at=None)


def token_is_dead(tx: Transaction, outgoing: Outgoing, now: datetime) -> Outgoing | None:
    """LINE refused the token on the first attempt: nothing was sent, nothing is in doubt.

    None when somebody else has taken a step since: then it was theirs that used the token.
    """
    if not _step(tx, outgoing, attempted_at=None, token_expires_at=now):
        return None
    return replace(
        outgoing, attempts=outgoing.attempts + 1, attempted_at=None, token_expires_at=now
    )


def postpone(tx: Transaction, outgoing: Outgoing, until: datetime) -> None:
    """LINE is away: nobody need ask again before `until`."""
    values = {"retry_at": until, "attempts": message.c.attempts + 1}
    _unsettled(tx, outgoing, values)


def settle(tx: Transaction, outgoing: Outgoing, outcome: str, now: datetime) -> None:
    """It is over; the words are dropped."""
    _unsettled(tx, outgoing, {"settled_at": now, "outcome": outcome, "sealed_body": None})


def forget(tx: Transaction, before: datetime) -> None:
    """Drop messages that nobody waits for: their words are gone since they were settled."""
    tx.sql.execute(sa.delete(message).where(message.c.token_expires_at < before))


def forget_waiting(tx: Transaction, chat: str) -> None:
    """What was not said in a chat, or nobody knows whether it was, is not said any more."""
    mine = sa.and_(message.c.chat == chat, message.c.settled_at.is_(None))
    tx.sql.execute(sa.delete(message).where(mine))


def chats_with_work(tx: Transaction, now: datetime) -> list[str]:
    """Chats with a message that can still be sent: for the sweeper.

    A message in doubt whose token has expired waits for that person's next event instead.
    """
    undecided = sa.or_(message.c.attempted_at.is_(None), message.c.token_expires_at > now)
    due = sa.or_(message.c.retry_at.is_(None), message.c.retry_at <= now)
    query = sa.select(message.c.chat).where(message.c.settled_at.is_(None), undecided, due)
    return list(tx.sql.scalars(query.distinct()))


def _step(tx: Transaction, outgoing: Outgoing, **values: object) -> bool:
    """Change the message as it was seen; False when it is settled or somebody came before."""
    seen = sa.and_(
        message.c.id == outgoing.id,
        message.c.settled_at.is_(None),
        message.c.attempts == outgoing.attempts,
    )
    step = sa.update(message).where(seen).values(attempts=outgoing.attempts + 1, **values)
    return tx.sql.execute(step.returning(message.c.id)).first() is not None


def _mark(tx: Transaction, outgoing: Outgoing, **values: object) -> None:
    """Change the message, if it still is as it was seen."""
    seen = sa.and_(message.c.id == outgoing.id, message.c.attempts == outgoing.attempts)
    tx.sql.execute(sa.update(message).where(seen).values(**values))


def _unsettled(tx: Transaction, outgoing: Outgoing, values: dict[str, object]) -> None:
    open_one = sa.and_(message.c.id == outgoing.id, message.c.settled_at.is_(None))
    tx.sql.execute(sa.update(message).where(open_one).values(values))


def _sealed(tx: Transaction, message_id: UUID, day: date, body: Body) -> bytes:
    said = {
        "token": body.reply_token,
        "messages": body.messages,
        "earlier": body.earlier,
        "reply_only": body.reply_only,
    }
    plain = json.dumps(said).encode()
    return tx.keyring.seal(day_key(day), _place(tx, message_id), plain)


def _place(tx: Transaction, message_id: UUID) -> tuple[str, ...]:
    return (tx.agency, str(message_id), "message")
