"""Telling people that there is news of their case: one neutral, silent push at the time they chose.

Decided on in one transaction with what is noted of it, and sent as reminders are (bot.reminders,
bot.deliver). Where no push can be spent it stays owed: whoever types ติดตาม sees the news at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

import structlog

from bot.program import Program
from handlers.case_notice import case_notice
from ita.complaints import Notices
from store import cases, journal, messages, reminders
from store.cases import telling, work
from store.database import Transaction


class Slot(NamedTuple):
    """A time of day, in Bangkok, and the event of messages for it: they answer none."""

    event: int
    begin: time
    end: time

    def holds(self, now: datetime) -> bool:
        """Whether it is that time."""
        return self.begin <= now.time() < self.end


SLOTS: Final[Mapping[Notices, Slot]] = {
    Notices.ANY_TIME: Slot(-2, time(7), time(20)),
    Notices.MORNING: Slot(-3, time(8), time(10)),
    Notices.NOON: Slot(-4, time(11, 30), time(13, 30)),
    Notices.EVENING: Slot(-5, time(17), time(20)),
}
_BY_EVENT: Final = {slot.event: slot for slot in SLOTS.values()}

log = structlog.get_logger()


def tell(program: Program) -> None:
    """Look over all agencies for whoever is owed a notice and wants it at this time of day."""
    now = program.clock()
    chosen = [one for one, slot in SLOTS.items() if slot.holds(now)]
    pushing = [slug for slug, one in program.agencies.items() if one.line.push]
    if not chosen:
        return
    for found in work.at_work(program.database, pushing, now):
        if found.notices:
            _tell_agency(program, found.slug, chosen, now)


def is_notice(event: int) -> bool:
    """Whether a message with this event is such a notice."""
    return event in _BY_EVENT


def closed_until(event: int, now: datetime) -> datetime | None:
    """When a notice may be sent that was not within its time; None while it may."""
    slot = _BY_EVENT[event]
    if slot.holds(now):
        return None
    day = now.date() if now.time() < slot.begin else now.date() + timedelta(days=1)
    return datetime.combine(day, slot.begin, now.tzinfo)


def _tell_agency(program: Program, agency: str, chosen: Sequence[Notices], now: datetime) -> None:
    """Who is owed notices of several cases gets one."""
    with program.database.agency(agency) as tx:
        owed = cases.parties_owed(tx, chosen) if _may_push(program, tx, now) else []
    reached: set[str] = set()
    for party, key in owed:
        with program.database.agency(agency) as tx:
            wish = telling.hold_owed(tx, party)
            if wish is None or wish not in chosen:
                continue  # somebody has done so meanwhile
            to = telling.line_user_id(tx, party, key)
            chat = telling.chat_of(tx, party)
            if not to or to in reached or _push(program, tx, chat, to, SLOTS[wish].event, now):
                cases.told(tx, party)
                reached.add(to)
    if reached:
        log.info("people told", agency=agency, count=len(reached))


def _push(program: Program, tx: Transaction, chat: str, to: str, event: int, now: datetime) -> bool:
    """Decide on a push, if the month has one left."""
    if not _may_push(program, tx, now):
        return False
    journal.lock_chat(tx, chat)
    journal.remember_line_id(tx, chat, to, now.date())
    reminders.note_spent(tx, now.date())
    body = messages.Body("", [case_notice(program.agencies[tx.agency].facts())])
    messages.put(tx, chat, event, body, now, now.date())
    program.queue.defer_swept_turn(tx.sql, tx.agency, chat)
    return True


def _may_push(program: Program, tx: Transaction, now: datetime) -> bool:
    most = program.agencies[tx.agency].line.monthly_pushes
    return reminders.push_is_left(tx, now.date(), most)
