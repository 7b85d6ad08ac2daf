"""Telling his inviter that somebody waits to be confirmed, and him what was decided: once.

By push, in the chat of their own, where the agency allows pushes and has one left: of all that is
pushed it matters most. Else, and where the key of that chat's address is gone, it waits for the
next reply there, as any message that LINE did not take (see bot.deliver).
"""

from collections.abc import Sequence
from datetime import date, datetime

import structlog

from bot.program import Program
from handlers import newcomer
from handlers.desk import Message
from ita.agency import Role
from ita.changes import Change, ConfirmPerson, Join, RefusePerson
from ita.invitations import Applicant, confirmers, needs_confirmation
from store import invitations, journal, messages, people, reminders, richmenus
from store.database import Transaction
from store.keyring import KeyGone, Tampered

NO_EVENT = 0
"""A message that answers no event."""

log = structlog.get_logger()


def tell(program: Program, tx: Transaction, changes: Sequence[Change], now: datetime) -> None:
    """Decide on the messages, before the changes are made: then the requests are gone."""
    for change in changes:
        if isinstance(change, ConfirmPerson | RefusePerson):
            _tell_decision(program, tx, change, now)
        elif isinstance(change, Join):
            _tell_coordinators(program, tx, change, now)


def _tell_decision(
    program: Program, tx: Transaction, change: ConfirmPerson | RefusePerson, now: datetime
) -> None:
    one = _applicant(tx, change.number)
    if one is None:
        return
    said = newcomer.confirmed if isinstance(change, ConfirmPerson) else newcomer.refused
    _put(program, tx, one.ref, said(program.agencies[tx.agency].facts(), one), now)


def _tell_coordinators(program: Program, tx: Transaction, change: Join, now: datetime) -> None:
    """Those who can confirm him, of a request that is new: whoever asks again is known to wait."""
    offer = invitations.by_id(tx, change.invitation, now)
    revoked = invitations.was_revoked(tx, change.ref, now)
    if offer is None or not needs_confirmation(offer.role, revoked=revoked):
        return
    waiting = Applicant(
        change.number, change.ref, offer.role, offer.units, now, invited_by=offer.invited_by
    )
    if any(_is_known(waiting, one) for one in invitations.applicants(tx)):
        return
    coordinators = [one for one in people.members(tx) if one.role is Role.COORDINATOR]
    for ref in confirmers(waiting, coordinators):
        _put(program, tx, ref, newcomer.waits(waiting), now)


def _is_known(one: Applicant, waiting: Applicant) -> bool:
    return (one.ref, one.invited_by) == (waiting.ref, waiting.invited_by)


def _applicant(tx: Transaction, number: int) -> Applicant | None:
    return next((one for one in invitations.applicants(tx) if one.number == number), None)


def _put(program: Program, tx: Transaction, ref: str, words: Message, now: datetime) -> None:
    chat = richmenus.chat_of(tx, ref)
    if chat is None:
        return
    agency, today = program.agencies[tx.agency], now.date()
    left = reminders.pushes(tx, today) < agency.line.monthly_pushes
    pushed = left and _is_in_reach(tx, chat, today)
    body, tried_at = messages.Body("", [words]), None if pushed else now
    messages.put(tx, chat, NO_EVENT, body, now, today, attempted_at=tried_at)
    if pushed:
        program.queue.defer_swept_turn(tx.sql, tx.agency, chat)
    log.info("told of a newcomer", agency=tx.agency, at_once=pushed)


def _is_in_reach(tx: Transaction, chat: str, today: date) -> bool:
    try:
        journal.line_id(tx, chat, today)
    except (KeyGone, Tampered):
        return False
    return True
