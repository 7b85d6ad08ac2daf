"""Whom to remind, of what somebody was reminded already, and what is left of the month's pushes.

A row's reference is an HMAC for this purpose alone, so it appears in no other table. Where to reach
the person is sealed under a key of the person's own, not the day's: whoever needs to be reminded
is often silent for longer than the week in which a day's key lives, and LINE tells an account's
user ids to nobody but whom the user writes to. The key is destroyed, and with it every copy of the
address, as soon as the person leaves, is removed, or wants no reminders.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.changes import WishReminders
from ita.reminders import Reminder, Told, Wish
from store.database import Database, Transaction
from store.keyring import KeyGone, Tampered
from store.schema import digest, message, recipient, reminded

DIGEST: Final = -1
"""The event of a message that reminds: it answers none."""
KEPT: Final = timedelta(days=800)
"""Longer than anything is reminded of, and than a month's pushes are counted."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone to be reminded. `since` is the day on which he first wrote; `owed` says that there
    was something to be said that no push could be spent on.
    """

    ref: str
    since: date
    wish: Wish
    owed: bool
    sealed_line_id: bytes | None = field(repr=False)


def reference(tx: Transaction, person_ref: str) -> str:
    """By which a person is known here."""
    return tx.keyring.reference(tx.agency, "reminders", person_ref)


def remember(tx: Transaction, person_ref: str, line_user_id: str, today: date) -> Recipient:
    """A person wrote in a chat of his own: from the next day on he can be reminded.

    The row is held until the transaction ends.
    """
    ref = reference(tx, person_ref)
    row = insert(recipient).values(agency=tx.agency, ref=ref, since=today)
    tx.sql.execute(row.on_conflict_do_nothing())
    known = _recipient(tx.sql.execute(_held(ref)).one())
    unreached = known.sealed_line_id is None or known.owed
    if unreached and not known.wish.stopped:
        plain = line_user_id.encode("utf-8", "surrogatepass")
        _update(tx, ref, sealed_line_id=tx.keyring.seal(_key(tx, ref), _place(tx, ref), plain))
    return known


def hold(tx: Transaction, ref: str) -> Recipient | None:
    """One who can be reminded, held until the transaction ends."""
    row = tx.sql.execute(_held(ref)).first()
    return _recipient(row) if row else None


def recipients(tx: Transaction) -> dict[str, Recipient]:
    """All who can be reminded, by reference."""
    return {row.ref: _recipient(row) for row in tx.sql.execute(sa.select(recipient))}


def wish(tx: Transaction, person_ref: str) -> Wish:
    """What the person wishes of reminders."""
    query = sa.select(recipient).where(recipient.c.ref == reference(tx, person_ref))
    row = tx.sql.execute(query).first()
    return _recipient(row).wish if row else Wish()


def line_user_id(tx: Transaction, one: Recipient) -> str | None:
    """Where the person can be reached; None where that is not known (any more)."""
    if one.sealed_line_id is None:
        return None
    try:
        plain = tx.keyring.unseal(_key(tx, one.ref), _place(tx, one.ref), one.sealed_line_id)
    except (KeyGone, Tampered):
        return None  # perhaps it is another keyring: nothing is given up
    return plain.decode("utf-8", "surrogatepass")


def set_wish(tx: Transaction, change: WishReminders, today: date) -> None:
    """The person's wish from now on. Who wants none cannot be reached either."""
    ref = reference(tx, change.ref)
    values = {"stopped": change.wish.stopped, "snoozed_until": change.wish.until, "owed": False}
    row = insert(recipient).values(agency=tx.agency, ref=ref, since=today, **values)
    tx.sql.execute(row.on_conflict_do_update(index_elements=["agency", "ref"], set_=values))
    if change.wish.stopped:
        _drop_unsent(tx, ref)
        _update(tx, ref, sealed_line_id=None)
        tx.keyring.destroy(_key(tx, ref))


def told(tx: Transaction, ref: str) -> Told:
    """What this recipient was reminded of."""
    rows = tx.sql.execute(sa.select(reminded).where(reminded.c.recipient == ref))
    return {(row.measure, row.due): row.stage for row in rows}


def was_told_on(tx: Transaction, ref: str, day: date) -> bool:
    """Whether this recipient was reminded on a day."""
    mine = sa.and_(digest.c.recipient == ref, digest.c.day == day)
    return tx.sql.scalar(sa.select(sa.exists().where(mine))) is True


def note_told(
    tx: Transaction, ref: str, day: date, said: Sequence[Reminder], *, pushed: bool
) -> None:
    """The recipient is reminded of these on this day, by a push or with a reply."""
    known = insert(digest).values(agency=tx.agency, recipient=ref, day=day, pushed=pushed)
    tx.sql.execute(known.on_conflict_do_nothing())
    rows = [
        {
            "agency": tx.agency, "recipient": ref, "measure": one.measure.id, "due": one.due,
            "stage": one.stage,
        }
        for one in said
    ]  # fmt: skip
    new = insert(reminded)
    tx.sql.execute(
        new.on_conflict_do_update(
            index_elements=["agency", "recipient", "measure", "due"],
            set_={"stage": sa.func.greatest(reminded.c.stage, new.excluded.stage)},
        ),
        rows,
    )
    _update(tx, ref, owed=False)


def note_spent(tx: Transaction, day: date) -> None:
    """A push is spent on something else that answers no event, without whose it is."""
    row = {"recipient": secrets.token_hex(16), "day": day, "pushed": True}
    tx.sql.execute(sa.insert(digest).values(agency=tx.agency, **row))


def owe(tx: Transaction, ref: str, *, owed: bool = True) -> None:
    """Whether there is something to be said with the recipient's next reply."""
    _update(tx, ref, owed=owed)


def push_is_left(tx: Transaction, day: date, most: int) -> bool:
    """Whether another push fits into the month of this day.

    Nobody else asks until the transaction ends, so that two never take the last one.
    """
    name = f"pushes of {tx.agency}"
    tx.sql.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))
    return pushes(tx, day) < most


def pushes(tx: Transaction, day: date) -> int:
    """How many pushes were spent in the month of this day, on reminders or on anything else.

    A reminder counts when it is decided on, whatever becomes of it.
    """
    query = sa.select(sa.func.pushes_between(*month_of(day)))
    return int(tx.sql.scalar(query) or 0)


def pushes_of_agencies(
    database: Database, slugs: Sequence[str], day: date
) -> list[tuple[str, int]]:
    """How many pushes each agency spent in the month of this day."""
    first, following = month_of(day)
    values = {"slugs": list(slugs), "first": first, "following": following}
    with database.house() as sql:
        return [(row.slug, row.pushes) for row in sql.execute(_OF_AGENCIES, values)]


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month of a day, and of the next one.

    >>> [str(first) for first in month_of(date(2025, 12, 31))]
    ['2025-12-01', '2026-01-01']
    """
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def hold_back(tx: Transaction, until: datetime) -> None:
    """Reminders that LINE did not take within working hours wait for the next ones.

    Who is at one of them now goes on: it was begun in time.
    """
    waiting = sa.and_(
        message.c.event == DIGEST, message.c.settled_at.is_(None), message.c.attempted_at.is_(None)
    )
    tx.sql.execute(sa.update(message).where(waiting).values(retry_at=until))


def forget(tx: Transaction, person_ref: str) -> None:
    """Nothing is kept of the person."""
    forget_recipient(tx, reference(tx, person_ref))


def forget_recipient(tx: Transaction, ref: str) -> None:
    """Nothing is kept of this recipient but that pushes were spent, without whose they were."""
    _drop_unsent(tx, ref)
    tx.sql.execute(sa.delete(recipient).where(recipient.c.ref == ref))
    tx.sql.execute(sa.delete(reminded).where(reminded.c.recipient == ref))
    spent = sa.update(digest).where(digest.c.recipient == ref)
    tx.sql.execute(spent.values(recipient=secrets.token_hex(16)))
    tx.keyring.destroy(_key(tx, ref))


def tidy(tx: Transaction, today: date) -> None:
    """Drop what nobody asks for any more."""
    tx.sql.execute(sa.delete(reminded).where(reminded.c.due < today - KEPT))
    tx.sql.execute(sa.delete(digest).where(digest.c.day < today - KEPT))


_OF_AGENCIES: Final = sa.text(
    "SELECT slug, pushes FROM agency_pushes(CAST(:slugs AS text[]), :first, :following)"
)


def _drop_unsent(tx: Transaction, ref: str) -> None:
    """What this recipient was to be reminded of and has not got yet. The row is held, so that
    nothing more is decided on meanwhile.
    """
    known = hold(tx, ref)
    to = line_user_id(tx, known) if known else None
    if to is None:
        return
    chat = tx.keyring.reference(tx.agency, "chat", to)
    waiting = sa.and_(message.c.event == DIGEST, message.c.settled_at.is_(None))
    tx.sql.execute(sa.delete(message).where(message.c.chat == chat, waiting))


def _held(ref: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(recipient).where(recipient.c.ref == ref).with_for_update()


def _update(tx: Transaction, ref: str, **values: object) -> None:
    tx.sql.execute(sa.update(recipient).where(recipient.c.ref == ref).values(**values))


def _recipient(row: sa.Row[tuple[object, ...]]) -> Recipient:
    wished = Wish(row.stopped, row.snoozed_until)
    return Recipient(row.ref, row.since, wished, row.owed, row.sealed_line_id)


def _key(tx: Transaction, ref: str) -> str:
    return f"reminders/{tx.agency}/{ref}"


def _place(tx: Transaction, ref: str) -> tuple[str, ...]:
    return (tx.agency, ref, "reminders")
