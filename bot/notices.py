"""Telling coordinators that their sheet is broken, and that it is mended: once, and not at once.

By push to the chats of their own, where the agency allows pushes and they wrote within the week;
without pushes, and to all others, with the next reply. See store.coordinators for what is kept.
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
import structlog

from bot.program import Program
from handlers import sheet_problem
from handlers.desk import Event, Message
from ita.agency import Person, Role
from store import coordinators, messages, people, sheet_state
from store.coordinators import Known
from store.database import Transaction
from store.schema import spreadsheet

TELL_AFTER = 4
"""Syncs in a row that fail, about half a minute: what somebody undoes by then is no news."""
AGAIN = timedelta(days=1)
"""A problem that comes and goes, or stays, is told once in so long."""
NO_EVENT = 0
"""A message that answers no event."""

log = structlog.get_logger()


def tell(program: Program, agency: str) -> None:
    """Tell the coordinators who can be reached of a problem that has lasted a while."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        problem = _lasting_problem(tx)
        if problem is None:
            return
        forget_others(tx, now.date())
        for one in coordinators.known(tx, now.date()):
            if _is_news(one, problem, now):
                _put(program, tx, one, _broken(program, agency, problem), now)
                coordinators.note_told(tx, one.ref, problem, now)


def meet(
    program: Program, tx: Transaction, event: Event, person: Person, line_user_id: str
) -> tuple[Message, ...]:
    """What goes before the answer to a coordinator who writes in his own chat, often nothing.

    From now on he can be reached for a week.
    """
    if not _coordinates(person) or event.chat_kind != "user" or event.standby:
        return ()
    if not _coordinates(people.known_as(tx, person.ref)):  # he may have left just now
        return ()
    now = program.clock()
    one = coordinators.remember(tx, line_user_id, now.date())
    sheet = sheet_state.load(tx)
    problem = sheet.problem if sheet is not None else None
    if problem is None and one.told is not None:
        coordinators.note_told(tx, one.ref, None, now)
        return (sheet_problem.mended(program.agencies[tx.agency].facts()),)
    if problem is None or not _is_news(one, problem, now):
        return ()
    coordinators.note_told(tx, one.ref, problem, now)
    return (_broken(program, tx.agency, problem),)


def forget_others(tx: Transaction, today: date) -> None:
    """Drop whoever can be reached and is a coordinator no more."""
    for one in coordinators.known(tx, today):
        if not _coordinates(people.find(tx, one.line_user_id)):
            coordinators.forget(tx, one.line_user_id)


def _coordinates(person: Person) -> bool:
    return person.role is Role.COORDINATOR


def _lasting_problem(tx: Transaction) -> str | None:
    row = tx.sql.execute(sa.select(spreadsheet.c.problem, spreadsheet.c.failures)).first()
    return row.problem if row is not None and row.failures >= TELL_AFTER else None


def _is_news(one: Known, problem: str, now: datetime) -> bool:
    return one.told != problem or one.told_at is None or abs(now - one.told_at) > AGAIN


def _broken(program: Program, agency: str, problem: str) -> Message:
    facts = program.agencies[agency].facts()
    return sheet_problem.broken(facts, problem, program.google.account)


def _put(program: Program, tx: Transaction, one: Known, message: Message, now: datetime) -> None:
    """Without a reply token it is pushed, or waits for the next reply (see bot.deliver)."""
    chat = tx.keyring.reference(tx.agency, "chat", one.line_user_id)
    body = messages.Body("", [message])
    messages.put(tx, chat, NO_EVENT, body, now, now.date())
    program.queue.defer_swept_turn(tx.sql, tx.agency, chat)
    log.info("coordinator told", agency=tx.agency)
