"""Invitations and what becomes of them. Of a code only an HMAC is kept; see ita.invitations."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Person, Role
from ita.changes import (
    ConfirmPerson,
    Invite,
    Join,
    Leave,
    NoteBlocked,
    NoteWrongCode,
    PeopleChange,
    RefusePerson,
    Revoke,
    WithdrawInvitation,
)
from ita.invitations import (
    HALF,
    LETTERS,
    MAX_DAYS,
    WRONG_OF_ALL,
    WRONG_OF_ONE,
    WRONG_PAUSE,
    Applicant,
    Invitation,
    Member,
    is_last,
    joined,
    needs_confirmation,
)
from store import people
from store.database import Transaction
from store.schema import applicant, invitation, revoked, wrong_code

REVOKED = timedelta(days=MAX_DAYS)
"""After so long whoever was revoked knows no code any more that he could come back with."""


class LastCoordinator(Exception):
    """Nobody would be left who can invite people and accept their work."""


def new_code() -> str:
    """Eight letters that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(2 * HALF))


def apply(tx: Transaction, change: PeopleChange, by: str, now: datetime) -> None:
    """Make one change; `by` is the reference of whoever causes it, or OPERATOR.

    Raises LastCoordinator where a request for another role is confirmed to the only one.
    """
    match change:
        case Invite():
            _issue(tx, change, by, now)
        case WithdrawInvitation(number):
            tx.sql.execute(sa.delete(invitation).where(invitation.c.id == number))
        case Join():
            _join(tx, change, now)
        case NoteWrongCode(ref):
            _note_wrong(tx, ref, now)
        case ConfirmPerson(number):
            _confirm(tx, number, now)
        case RefusePerson(number):
            tx.sql.execute(sa.delete(applicant).where(applicant.c.number == number))
        case Revoke(number):
            _revoke(tx, people.member(tx, number), now)
        case Leave(ref):
            people.remove(tx, ref)
        case NoteBlocked(ref, blocked):
            people.note_blocked(tx, ref, now if blocked else None)


def by_code(tx: Transaction, code: str, now: datetime) -> Invitation | None:
    """The invitation that this code opens now; None for one that is wrong, over or used up."""
    return _usable(tx, invitation.c.code == _reference(tx, code), now)


def by_id(tx: Transaction, number: int, now: datetime) -> Invitation | None:
    """The invitation with this id if it can still be used.

    It is held until the transaction ends, so its last use is taken once.
    """
    return _usable(tx, invitation.c.id == number, now, hold=True)


def open_ones(tx: Transaction, now: datetime) -> list[Invitation]:
    """The invitations that can still be used, the newest first."""
    rows = tx.sql.execute(
        sa.select(invitation).where(_is_usable(now)).order_by(invitation.c.id.desc())
    )
    return [_invitation(row) for row in rows]


def applicants(tx: Transaction) -> list[Applicant]:
    """Who waits to be confirmed, the first to ask first."""
    rows = tx.sql.execute(sa.select(applicant).order_by(applicant.c.asked_at, applicant.c.number))
    return [
        Applicant(
            row.number,
            row.ref,
            Role(row.role),
            tuple(row.units),
            row.asked_at,
            invited_by=row.invited_by,
        )
        for row in rows
    ]


def guesses_too_much(tx: Transaction, ref: str, now: datetime) -> bool:
    """Whether this person's codes are not looked at for a while.

    While many people guess, one wrong code is enough; but who typed none comes in: strangers
    never close the door to everybody.
    """
    mine = sa.func.count().filter(wrong_code.c.person == _guesser(tx, ref))
    recent = wrong_code.c.at > now - WRONG_PAUSE
    own, all_of_them = tx.sql.execute(sa.select(mine, sa.func.count()).where(recent)).one()
    return bool(own >= (1 if all_of_them >= WRONG_OF_ALL else WRONG_OF_ONE))


def was_revoked(tx: Transaction, ref: str, now: datetime) -> bool:
    """Whether somebody took away this person's role, and nobody gave him one since."""
    mine = sa.and_(revoked.c.ref == _revoked(tx, ref), revoked.c.at > now - REVOKED)
    noted = tx.sql.scalar(sa.select(sa.exists().where(mine))) is True
    return noted and people.known_as(tx, ref).role is Role.CITIZEN


def forget(tx: Transaction, now: datetime) -> None:
    """Drop the invitations, wrong codes and revocations that have no effect any more."""
    over = sa.or_(invitation.c.expires_at <= now, invitation.c.uses_left == 0)
    tx.sql.execute(sa.delete(invitation).where(over))
    tx.sql.execute(sa.delete(wrong_code).where(wrong_code.c.at <= now - WRONG_PAUSE))
    tx.sql.execute(sa.delete(revoked).where(revoked.c.at <= now - REVOKED))


def _issue(tx: Transaction, new: Invite, by: str, now: datetime) -> None:
    tx.sql.execute(
        sa.insert(invitation).values(
            agency=tx.agency, code=_reference(tx, new.code), role=new.role.value,
            units=list(new.units), uses_left=new.uses, expires_at=new.expires_at, invited_by=by,
            replaces=new.replaces,
        )
    )  # fmt: skip


def _join(tx: Transaction, change: Join, now: datetime) -> None:
    """Staff come in at once; others wait to be confirmed, and so does whoever was revoked.

    Nothing if it is used up.
    """
    used = (
        sa.update(invitation)
        .where(invitation.c.id == change.invitation, _is_usable(now))
        .values(uses_left=invitation.c.uses_left - 1)
    )
    row = tx.sql.execute(used.returning(*invitation.c)).first()
    if row is None:
        return
    offered = _invitation(row)
    if needs_confirmation(offered.role, revoked=was_revoked(tx, change.ref, now)):
        _ask(tx, change, offered, now)
    else:
        known = joined(people.known_as(tx, change.ref), offered)
        _enter(tx, known, change.number, offered.replaces, now)


def _ask(tx: Transaction, change: Join, offered: Invitation, now: datetime) -> None:
    values = {
        "number": change.number, "role": offered.role.value, "units": list(offered.units),
        "replaces": offered.replaces, "invited_by": offered.invited_by, "asked_at": now,
    }  # fmt: skip
    asked = insert(applicant).values(agency=tx.agency, ref=change.ref, **values)
    tx.sql.execute(asked.on_conflict_do_update(index_elements=["agency", "ref"], set_=values))


def _confirm(tx: Transaction, number: int, now: datetime) -> None:
    """Whoever asked takes his role, with the number under which he asked."""
    mine = applicant.c.number == number
    coordinators = people.hold_coordinators(tx)  # first, as the turn of one of them holds them
    row = tx.sql.execute(sa.select(applicant).where(mine).with_for_update()).first()
    if row is None:
        return
    before = people.known_as(tx, row.ref)
    if Role(row.role) is not Role.COORDINATOR and is_last(row.ref, coordinators):
        raise LastCoordinator
    units = tuple(dict.fromkeys((*before.units, *row.units)))
    _enter(tx, Person(row.ref, Role(row.role), units), row.number, row.replaces, now)
    tx.sql.execute(sa.delete(applicant).where(mine))


def _enter(tx: Transaction, new: Person, number: int, replaces: int | None, now: datetime) -> None:
    """The newcomer is in, and whose place he takes is out, unless that was the last coordinator."""
    people.put(tx, new, number)
    left = people.member(tx, replaces) if replaces is not None else None
    if left is None or left.ref == new.ref:
        return
    if not is_last(left.ref, people.hold_coordinators(tx)):
        _revoke(tx, left, now)


def _revoke(tx: Transaction, found: Member | None, now: datetime) -> None:
    """Nothing is kept but that it was done: with a code that he knows he would be back at once."""
    if found is None:
        return
    people.remove(tx, found.ref)
    noted = insert(revoked).values(agency=tx.agency, ref=_revoked(tx, found.ref), at=now)
    tx.sql.execute(noted.on_conflict_do_update(index_elements=["agency", "ref"], set_={"at": now}))


def _note_wrong(tx: Transaction, ref: str, now: datetime) -> None:
    row = {"agency": tx.agency, "person": _guesser(tx, ref), "at": now}
    tx.sql.execute(sa.insert(wrong_code).values(row))


def _usable(
    tx: Transaction, which: sa.ColumnElement[bool], now: datetime, *, hold: bool = False
) -> Invitation | None:
    query = sa.select(invitation).where(which, _is_usable(now))
    row = tx.sql.execute(query.with_for_update() if hold else query).first()
    return _invitation(row) if row else None


def _is_usable(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(invitation.c.uses_left > 0, invitation.c.expires_at > now)


def _invitation(row: sa.Row[tuple[object, ...]]) -> Invitation:
    return Invitation(
        row.id, Role(row.role), tuple(row.units), row.uses_left, row.expires_at, row.replaces,
        row.invited_by,
    )  # fmt: skip


def _revoked(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "revoked", ref)


def _guesser(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "wrong code", ref)


def _reference(tx: Transaction, code: str) -> str:
    return tx.keyring.reference(tx.agency, "invitation", code)
