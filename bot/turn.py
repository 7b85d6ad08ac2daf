"""The turn: one chat's waiting events, oldest first, each with its effect in one transaction.

The chat's row is locked from the look at the journal to the commit, so two workers never handle
one chat at once, and `handled_at` is set in the same transaction as the effect: an event that is
delivered, or woken, twice has its effect once.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bot import (
    conversation,
    deliver,
    errands,
    invitation_picture,
    logs,
    media,
    newcomers,
    notices,
    reminders,
)
from bot.case_desk import case_desk
from bot.desk import StoreDesk
from bot.incoming import RawEvent, chat_id, reply_token, user_id
from bot.people_desk import StorePeople
from bot.program import Program
from handlers import events, router
from handlers.desk import Event, Message
from handlers.topics.help import sorry
from ita.agency import Person
from store import journal, messages, people
from store.database import Transaction
from store.journal import Waiting
from store.keyring import KeyGone, Tampered
from store.messages import seconds_until

TOKEN_LIFE = timedelta(seconds=55)
"""LINE lets a reply token live one minute from the delivery; the rest is the way there."""
HANDLED = 0
"""A look into the journal found an event and dealt with it."""

log = structlog.get_logger()


def turn(program: Program, agency: str, chat: str) -> None:
    """Handle all that waits in a chat, and send what there is to say.

    What cannot be done now (LINE away, an event that failed) is tried again a little later.
    """
    pauses = [deliver.deliver(program, agency, chat)]  # what a killed worker left comes first
    while (look := _handle_next(program, agency, chat)) is HANDLED:
        pauses.append(deliver.deliver(program, agency, chat))
    pauses.append(look)
    wait = min((seconds for seconds in pauses if seconds), default=None)
    if wait is not None:
        with program.database.agency(agency) as tx:
            program.queue.defer_turn_later(tx.sql, agency, chat, wait)


def _handle_next(program: Program, agency: str, chat: str) -> int | None:
    """Handle the chat's oldest waiting event in one transaction.

    HANDLED; None when nothing waits; or the seconds until an event that failed is tried again:
    until then the chat waits, as what was written later may rest on it.
    """
    waiting: Waiting | None = None
    try:
        with program.database.agency(agency) as tx:
            journal.lock_chat(tx, chat)
            program.queue.drop_waiting_turns(tx.sql, agency, chat)
            waiting = journal.next_waiting(tx, chat)
            if waiting is None:
                return None
            if waiting.retry_at is not None and program.clock() < waiting.retry_at:
                return seconds_until(waiting.retry_at, program.clock())
            _handle(program, tx, chat, waiting)
    except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
        raise  # database, queue or keyring are away: nothing is wrong with the event
    except Exception as error:
        if waiting is None:
            raise
        return _failed(program, agency, chat, waiting, error)
    return HANDLED


def _handle(program: Program, tx: Transaction, chat: str, waiting: Waiting) -> None:
    """Answer one event: the changes, the replies and "handled" belong together."""
    now = program.clock()
    try:
        raw = journal.body(tx, waiting, now.date())
    except KeyGone:
        log.error("expired unread", agency=tx.agency, event_id=waiting.id)
        journal.handled(tx, waiting.id, now)
        return
    person = people.hold(tx, user_id(raw)) if user_id(raw) else Person("")
    event = events.read(raw, waiting.received_at)
    if conversation.taken_back(tx, event):
        journal.handled(tx, waiting.id, now)
        return
    event = conversation.pressed(tx, event, person, chat, now)
    step = conversation.step(tx, person, chat, now)
    outcome = router.answer(event, person, _desk(program, tx, user_id(raw), now), now, step)

    newcomers.tell(program, tx, outcome.changes, now)
    concerns_sheet = conversation.apply(program, tx, event, outcome, person, user_id(raw), now)
    if outcome.replies:
        room = deliver.MOST_AT_ONCE - len(outcome.replies)
        said = [*_said_before(program, tx, event, person, user_id(raw), room), *outcome.replies]
        shown = conversation.keep_buttons(tx, said, person, chat, now)
        confidential = conversation.is_confidential(event, step, outcome)
        _put(tx, chat, waiting, raw, shown, now, reply_only=confidential)
    conversation.keep_step(tx, event, person, chat, outcome, now)
    errands.plan(program, tx, event, person, chat, chat_id(raw), outcome.changes)
    if concerns_sheet:
        program.queue.defer_sync(tx.sql, tx.agency)
    journal.handled(tx, waiting.id, now)
    log.info("handled", agency=tx.agency, event_id=waiting.id, replies=len(outcome.replies))


def _said_before(
    program: Program, tx: Transaction, event: Event, person: Person, line_user_id: str, room: int
) -> list[Message]:
    """What goes before the answer; for what there is no room it waits for the next one.

    An answer is never cut: its last message carries the question, and its buttons.
    """
    said: list[Message] = []
    if len(said) < room:
        said += notices.meet(program, tx, event, person, line_user_id)
    if len(said) < room:
        said += media.news(program, tx, event, person)
    if len(said) < room:
        said += reminders.meet(program, tx, event, person, line_user_id)
    return said


def _desk(program: Program, tx: Transaction, line_user_id: str, now: datetime) -> StoreDesk:
    agency = program.agencies[tx.agency]

    def picture(code: str) -> str | None:
        return invitation_picture.address(program, tx.agency, code, now)

    known = StorePeople(tx, now, agency.line.basic_id or "", picture)
    public_url = program.settings.public_url or ""
    return StoreDesk(
        tx, agency.facts(), known, case_desk(program, tx, line_user_id, now), public_url
    )


def _put(
    tx: Transaction,
    chat: str,
    waiting: Waiting,
    raw: RawEvent,
    replies: list[Message],
    now: datetime,
    *,
    reply_only: bool = False,
) -> None:
    """Decide on the reply, and remember where the chat can be reached if its token goes stale."""
    journal.remember_line_id(tx, chat, chat_id(raw), now.date())
    body = messages.Body(reply_token(raw), replies, reply_only=reply_only)
    life = TOKEN_LIFE if body.reply_token else timedelta(0)
    messages.put(tx, chat, waiting.id, body, waiting.received_at + life, now.date())


def _failed(program: Program, agency: str, chat: str, waiting: Waiting, error: Exception) -> int:
    """Count the failure. After the last one the event is set aside and the chat goes on."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        pause = journal.failed(tx, waiting, now, logs.code(error))
    what = "failed" if pause else "set aside"
    log.error(what, agency=agency, event_id=waiting.id, exc_info=error)
    if pause:
        return pause
    _apologise(program, agency, chat, waiting, now)
    return HANDLED


def _apologise(program: Program, agency: str, chat: str, waiting: Waiting, now: datetime) -> None:
    """Whoever wrote should not wait for an answer that does not come."""
    words = sorry(program.agencies[agency].facts())
    try:
        with program.database.agency(agency) as tx:
            raw = journal.body(tx, waiting, now.date())
            if reply_token(raw):
                _put(tx, chat, waiting, raw, [words], now)
    except (KeyGone, Tampered):
        log.warning("nobody to apologise to", agency=agency, event_id=waiting.id)
