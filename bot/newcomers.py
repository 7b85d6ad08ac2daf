"""Telling whoever waited to be confirmed what was decided: once.

By push, in the chat in which he asked, where the agency allows pushes and has one left: of all
that is pushed it matters most. Else, and where the key of that chat's address is gone, it waits for
his next reply, as any message that LINE did not take (see bot.deliver).
"""

from collections.abc import Sequence
from datetime import date, datetime

import structlog

from bot.program import Program
from handlers import newcomer
from ita.changes import Change, ConfirmPerson, RefusePerson
from ita.invitations import Member
from store import invitations, journal, messages, reminders, richmenus
from store.database import Transaction
from store.keyring import KeyGone, Tampered

NO_EVENT = 0
"""A message that answers no event."""

log = structlog.get_logger()


def tell(program: Program, tx: Transaction, changes: Sequence[Change], now: datetime) -> None:
    """Decide on the messages, before the changes are made: then the requests are gone."""
    for change in changes:
        if isinstance(change, ConfirmPerson | RefusePerson):
            one = _applicant(tx, change.number)
            chat = richmenus.chat_of(tx, one.ref) if one else None
            if one and chat:
                _put(program, tx, one, chat, now, confirmed=isinstance(change, ConfirmPerson))


def _applicant(tx: Transaction, number: int) -> Member | None:
    return next((one for one in invitations.applicants(tx) if one.number == number), None)


def _put(
    program: Program, tx: Transaction, one: Member, chat: str, now: datetime, *, confirmed: bool
) -> None:
    agency, today = program.agencies[tx.agency], now.date()
    words = (newcomer.confirmed if confirmed else newcomer.refused)(agency.facts(), one)
    left = reminders.pushes(tx, today) < agency.line.monthly_pushes
    pushed = left and _is_in_reach(tx, chat, today)
    body, tried_at = messages.Body("", [words]), None if pushed else now
    messages.put(tx, chat, NO_EVENT, body, now, today, attempted_at=tried_at)
    if pushed:
        program.queue.defer_swept_turn(tx.sql, tx.agency, chat)
    log.info("newcomer told", agency=tx.agency, at_once=pushed)


def _is_in_reach(tx: Transaction, chat: str, today: date) -> bool:
    try:
        journal.line_id(tx, chat, today)
    except (KeyGone, Tampered):
        return False
    return True
