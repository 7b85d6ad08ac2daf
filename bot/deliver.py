"""Sending what a turn decided on, at most once.

LINE tells nothing about a reply whose answer was lost, but it takes a reply token only once. So
an attempt is written down before the call, and the token itself settles the doubt: while it
lives, the same reply is sent again; if the first one arrived, LINE refuses the second. Each step
with a message is taken by one worker only (store.messages), also when another wakes from a freeze.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from bot import case_notices, logs, reminders
from bot.line import LineError
from bot.program import Program
from store import journal, messages
from store.database import Transaction
from store.keyring import KeyGone, Tampered
from store.messages import Body, Outgoing
from store.reminders import DIGEST

MOST_AT_ONCE = 5
"""LINE takes five message objects a request."""
LONGEST_PAUSE = 15 * 60
"""Seconds; while LINE is away a message is tried after 1, 2, 4 … up to this."""
PUSH_LIFE = timedelta(hours=23)
"""LINE knows a retry key for 24 hours: a push in doubt may be repeated so long and no longer."""

log = structlog.get_logger()


def deliver(program: Program, agency: str, chat: str) -> int | None:
    """Send the chat's waiting messages in order. Seconds until another try, or None."""
    with program.database.agency(agency) as tx:
        due, pause = messages.due(tx, chat, program.clock())
    pauses = [] if pause is None else [pause]
    for outgoing in due:
        try:
            _send(program, agency, chat, outgoing)
        except LineError as error:
            log.warning("not sent", agency=agency, message=str(outgoing.id), error=str(error))
            pauses.append(_postpone(program, agency, outgoing))
            if error.status is None:
                break  # nobody answers there: the others need not find out one by one
        except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
            raise  # database or keyring are away: nothing is wrong with the message
        except Exception:
            log.exception("not sent", agency=agency, message=str(outgoing.id))
            pauses.append(_postpone(program, agency, outgoing))
    return min(pauses, default=None)


def _postpone(program: Program, agency: str, outgoing: Outgoing) -> int:
    """Twice as long each time; a reply token lives a minute, so at first it is short.

    A try and its failure are two steps with the message.
    """
    pause = min(1 << outgoing.attempts // 2, LONGEST_PAUSE)
    with program.database.agency(agency) as tx:
        messages.postpone(tx, outgoing, program.clock() + timedelta(seconds=pause))
    return pause


def _send(program: Program, agency: str, chat: str, outgoing: Outgoing) -> None:
    """One message: by its reply token while that lives, else by push where that is right."""
    now = program.clock()
    try:
        with program.database.agency(agency) as tx:
            body = messages.read(tx, outgoing, now.date())
    except (KeyGone, Tampered) as error:
        log.error("unreadable", agency=agency, message=str(outgoing.id), error=logs.code(error))
        _settle(program, agency, outgoing, "dropped")
        return
    if body.reply_token and now < outgoing.token_expires_at:
        _reply(program, agency, chat, outgoing, body)
    elif outgoing.attempted_at is None:
        _push(program, agency, chat, outgoing, body)
    # else: in doubt, and nothing can settle it any more. Never pushed (it may have arrived);
    # it is shown again with this person's next reply.


def _reply(program: Program, agency: str, chat: str, outgoing: Outgoing, body: Body) -> None:
    line, now = program.line(agency), program.clock()
    line.authenticate()  # before the attempt is written: a token is no part of the doubt
    with program.database.agency(agency) as tx:
        body = _with_doubtful(tx, chat, outgoing, body, now)
        mine = messages.attempt(tx, outgoing, body, now)
    if mine is None:
        return  # another worker is at it
    try:
        line.reply(body.reply_token, [*body.earlier, *body.messages])
    except LineError as error:
        _not_replied(program, agency, chat, mine, body, error)
        return
    _settle(program, agency, mine, "replied")


def _with_doubtful(
    tx: Transaction, chat: str, outgoing: Outgoing, body: Body, now: datetime
) -> Body:
    """This reply, preceded by earlier ones whose arrival nobody can know any more.

    They become part of this message and share its fate; as many as LINE takes at once.
    """
    for doubtful in messages.waiting(tx, chat):
        hopeless = doubtful.attempted_at is not None and now >= doubtful.token_expires_at
        if not hopeless or doubtful.id == outgoing.id:
            continue
        try:
            said = messages.read(tx, doubtful, now.date())
        except (KeyGone, Tampered):
            continue  # its own turn drops it
        parts = [*said.earlier, *said.messages]
        if len(body.earlier) + len(parts) + len(body.messages) <= MOST_AT_ONCE:
            body = replace(body, earlier=[*body.earlier, *parts])
            messages.settle(tx, doubtful, "shown later", now)
    return body


def _not_replied(
    program: Program, agency: str, chat: str, mine: Outgoing, body: Body, error: LineError
) -> None:
    """What a failed reply means. Raises the error again where another try may help."""
    if error.kind == "temporary" and mine.attempted_at is None:
        with program.database.agency(agency) as tx:
            messages.withdraw_attempt(tx, mine)
    if error.kind != "permanent":
        raise error
    if error.reason != "reply token":
        _say_plainly(program, agency, mine, body, error)
    elif mine.attempted_at is not None:
        _settle(program, agency, mine, "replied")  # a doubtful attempt: the first one arrived
    else:
        _push_instead(program, agency, chat, mine, body)


def _push_instead(program: Program, agency: str, chat: str, mine: Outgoing, body: Body) -> None:
    """LINE refused the token on the first attempt."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        dead = messages.token_is_dead(tx, mine, now)
        if dead is None:
            return  # another worker took a step meanwhile, and used the token
    _push(program, agency, chat, dead, body)


def _put_back(
    tx: Transaction, chat: str, event_id: int, said: list[dict[str, Any]], now: datetime
) -> None:
    """Doubtful messages wait for the next reply again."""
    messages.put(tx, chat, event_id, Body("", said), now, now.date(), attempted_at=now)


def _say_plainly(
    program: Program, agency: str, mine: Outgoing, body: Body, error: LineError
) -> None:
    """LINE refuses a card of ours: a defect. The same is said in plain text, once."""
    log.error("card refused", agency=agency, message=str(mine.id), status=error.status)
    try:
        program.line(agency).reply(body.reply_token, _plain([*body.earlier, *body.messages]))
    except LineError as again:
        if again.kind != "permanent":
            raise
        log.error("text refused", agency=agency, message=str(mine.id), status=again.status)
        _settle(program, agency, mine, "dropped")
        return
    _settle(program, agency, mine, "replied")


def _push(program: Program, agency: str, chat: str, outgoing: Outgoing, body: Body) -> None:
    """The paid way, for a reply that never went out. The message's id is its retry key."""
    now, line = program.clock(), program.line(agency)
    too_late = now > outgoing.token_expires_at + PUSH_LIFE
    if too_late or body.reply_only or not program.agencies[agency].line.push:
        if case_notices.is_notice(outgoing.event):
            _settle(program, agency, outgoing, "dropped")  # in its chat nobody ever writes
            return
        with program.database.agency(agency) as tx:
            messages.attempt(tx, outgoing, body, now)  # from now on it waits for the next reply
        return
    if _waits_for_its_time(program, agency, outgoing):
        return
    line.authenticate()
    mine, to = _claimed(program, agency, chat, outgoing, body)
    if mine is None:
        return
    try:
        silent = case_notices.is_notice(outgoing.event)
        line.push(to, body.messages, outgoing.id, silent=silent)
    except LineError as error:
        if error.kind != "permanent":
            raise
        log.error("push refused", agency=agency, message=str(outgoing.id), status=error.status)
        _settle(program, agency, mine, "dropped")
        return
    _settle(program, agency, mine, "pushed")


def _waits_for_its_time(program: Program, agency: str, outgoing: Outgoing) -> bool:
    """Whether a reminder waits until the agency opens, or a notice for the time of day chosen."""
    event, now, until = outgoing.event, program.clock(), None
    if event >= 0:
        return False  # it answers somebody
    with program.database.agency(agency) as tx:
        if event == DIGEST:
            until = reminders.closed_until(program, tx, now)
        elif case_notices.is_notice(event):
            until = case_notices.closed_until(event, now)
        if until is not None:
            messages.postpone(tx, outgoing, until)
    return until is not None


def _claimed(
    program: Program, agency: str, chat: str, outgoing: Outgoing, body: Body
) -> tuple[Outgoing | None, str]:
    """The message, if no other worker is at it, and where it goes.

    What was in doubt and was to precede the reply is never paid for: it waits for the next one.
    """
    now = program.clock()
    with program.database.agency(agency) as tx:
        to = journal.line_id(tx, chat, now.date())
        mine = messages.claim(tx, outgoing, replace(body, earlier=[]))
        if mine is not None and body.earlier:
            _put_back(tx, chat, outgoing.event, body.earlier, now)
    if mine is not None and not to:
        _settle(program, agency, mine, "dropped")
        return None, to
    return mine, to


def _plain(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same in plain text."""
    texts = (part.get("text") or part.get("altText") or "" for part in said)
    plain = [{"type": "text", "text": text[:2500]} for text in texts if text]
    return plain[:MOST_AT_ONCE]


def _settle(program: Program, agency: str, outgoing: Outgoing, outcome: str) -> None:
    with program.database.agency(agency) as tx:
        messages.settle(tx, outgoing, outcome, program.clock())
