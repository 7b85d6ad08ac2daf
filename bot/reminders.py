"""Reminding members of their units' measures: within working hours, once, and within the budget.

Each person gets one card a day at most. It is decided on in one transaction with what is noted of
it, and sent as a push (bot.deliver), whose retry key is the message's id: a worker that is killed
before the commit has said nothing, and one that is killed after it is repeated by another, of which
LINE takes the first only. What no push can be spent on goes before the person's next reply.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
import structlog

from bot.case_desk import case_desk
from bot.desk import StoreDesk
from bot.people_desk import StorePeople
from bot.program import Program
from bot.rounds import Rounds
from handlers.cards import reminder_card
from handlers.desk import Event, Message
from handlers.worths import worths_of
from ita.agency import Person, Role
from ita.invitations import Member
from ita.reminders import (
    Reminder,
    Work,
    for_person,
    importance,
    is_time,
    next_time,
)
from ita.rounds import WHOLE, parts_of
from ita.workdays import Calendar
from store import journal, messages, people, reminders, workdays
from store.database import Transaction
from store.reminders import Recipient

AT_ONCE = 200
"""Agencies a step: each takes some hundredths of a second, once a day."""
MOST_REPORTS = 500
"""Reports on a measure that are looked at: a year of all units reporting every month has fewer."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Left:
    """How many pushes an agency has left this month, of how many."""

    slug: str
    pushes: int
    most: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A day, and all that there is to be reminded of."""

    work: Work
    calendar: Calendar
    today: date

    def untold(
        self, tx: Transaction, role: Role, units: Sequence[str], ref: str
    ) -> tuple[Reminder, ...]:
        """What this recipient is to be reminded of and was not."""
        told = reminders.told(tx, ref)
        return for_person(self.work, self.today, self.calendar, role, units, told)


@dataclass(frozen=True, slots=True)
class Due:
    """One member, as whom he is reminded, and of what."""

    member: Member
    recipient: Recipient
    found: tuple[Reminder, ...]


def reminding(program: Program) -> Rounds[tuple[date, bool]]:
    """Each agency once when its hours begin, and once when they are over."""

    def part_of_day(agency: str) -> tuple[date, bool]:
        now = program.clock()
        return now.date(), program.agencies[agency].working_hours.facts().hold(now)

    def look(agency: str, _: tuple[date, bool]) -> bool:
        remind(program, agency)
        return True

    return Rounds("reminders", program.agencies, AT_ONCE, part_of_day, look)


def remind(program: Program, agency: str) -> None:
    """Remind an agency's members of what is due today, if it works now."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        until = closed_until(program, tx, now)
        if until is not None:
            reminders.hold_back(tx, until)
            return
        plan = _plan(program, tx, now)
        waiting = _waiting(tx, plan)
    for one in sorted(waiting, key=lambda each: importance(each.found[0])):
        with _holding_up_nobody(agency), program.database.agency(agency) as tx:
            _remind(program, tx, plan, one, now)
    with program.database.agency(agency) as tx:
        reminders.tidy(tx, plan.today)


def closed_until(program: Program, tx: Transaction, now: datetime) -> datetime | None:
    """When the agency opens again; None while it works, and reminders may be pushed."""
    hours, calendar = (
        program.agencies[tx.agency].working_hours.facts(),
        workdays.calendar(tx, now.date()),
    )
    return None if is_time(now, hours, calendar) else next_time(now, hours, calendar)


def meet(
    program: Program, tx: Transaction, event: Event, person: Person, line_user_id: str
) -> tuple[Message, ...]:
    """What goes before the answer to somebody who writes in his own chat: what is owed, if any.

    From the next day on he can be reminded.
    """
    if not _can_be_reminded(person) or event.chat_kind != "user" or event.standby:
        return ()
    person = people.known_as(tx, person.ref)  # he may have left just now
    if not _can_be_reminded(person):
        return ()
    now = program.clock()
    one = reminders.remember(tx, person.ref, line_user_id, now.date())
    if not one.owed or one.wish.wants_none(now.date()):
        return ()
    said: list[Message] = []
    with _holding_up_nobody(tx.agency):
        said += _owed(tx, _plan(program, tx, now), person, one)
    return tuple(said)


def left(program: Program, slugs: Sequence[str]) -> list[Left]:
    """What is left of the month's pushes."""
    today = program.clock().date()
    most = {slug: program.agencies[slug].line.monthly_pushes for slug in slugs}
    return [
        Left(slug, max(0, most[slug] - spent), most[slug])
        for slug, spent in reminders.pushes_of_agencies(program.database, slugs, today)
    ]


@contextlib.contextmanager
def _holding_up_nobody(agency: str) -> Iterator[None]:
    """A card that cannot be made is logged; the other members, and the answer, go on."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, OSError):
        raise  # database or keyring are away: for the others too
    except Exception:
        log.exception("member not reminded", agency=agency)


def _can_be_reminded(person: Person) -> bool:
    """Whether there can be anything to remind this person of: of others nothing is kept."""
    return person.role is not Role.CITIZEN and bool(person.units or person.role is Role.COORDINATOR)


def _waiting(tx: Transaction, plan: Plan) -> list[Due]:
    """The members who are to be reminded today, each of what he was not told."""
    known = reminders.recipients(tx)
    waiting = []
    for member in people.members(tx):
        recipient = known.pop(reminders.reference(tx, member.ref), None)
        if recipient is None or not _may_be_reminded(member, recipient, plan.today):
            continue
        if mine := plan.untold(tx, member.role, member.units, recipient.ref):
            waiting.append(Due(member, recipient, mine))
    for stranger in known:  # no member any more
        reminders.forget_recipient(tx, stranger)
    return waiting


def _may_be_reminded(member: Member, recipient: Recipient, today: date) -> bool:
    """Not on the day on which he came: the conversation itself shows what there is to do."""
    if member.blocked or recipient.wish.wants_none(today):
        return False
    return recipient.since != today


def _plan(program: Program, tx: Transaction, now: datetime) -> Plan:
    """All that is needed to tell of what anybody is to be reminded today."""
    agency = program.agencies[tx.agency].facts()
    desk = StoreDesk(tx, agency, StorePeople(tx, now), case_desk(program, tx, "", now))
    measures = desk.measures()
    reports = {
        one.id: desk.history(one.id, MOST_REPORTS)
        for one in measures
        if one.period.kind == "recurring" or parts_of(one, agency.units) != (WHOLE,)
    }
    worths = worths_of(desk, measures).points
    work = Work(measures, agency.units, reports, worths)
    return Plan(work, workdays.calendar(tx, now.date()), now.date())


def _owed(tx: Transaction, plan: Plan, person: Person, one: Recipient) -> tuple[Message, ...]:
    """The card for which there was no push; it is owed no more."""
    mine = plan.untold(tx, person.role, person.units, one.ref)
    if not mine:
        reminders.owe(tx, one.ref, owed=False)
        return ()
    card = reminder_card(mine, alone=False)
    reminders.note_told(tx, one.ref, plan.today, mine, pushed=False)
    return (card,)


def _remind(program: Program, tx: Transaction, plan: Plan, one: Due, now: datetime) -> None:
    """Decide on one person's card, unless somebody else has done so meanwhile."""
    line, today = program.agencies[tx.agency].line, plan.today
    to = reminders.line_user_id(tx, one.recipient)
    chat = tx.keyring.reference(tx.agency, "chat", to) if to else ""
    if chat:
        journal.lock_chat(tx, chat)  # before the recipient, as a turn does it
    recipient = reminders.hold(tx, one.recipient.ref)
    if recipient is None or not _may_be_reminded(one.member, recipient, today):
        return
    mine = plan.untold(tx, one.member.role, one.member.units, recipient.ref)
    if not mine or reminders.was_told_on(tx, recipient.ref, today):
        return
    if not (to and line.push and reminders.push_is_left(tx, today, line.monthly_pushes)):
        reminders.owe(tx, recipient.ref)
        return
    reminders.note_told(tx, recipient.ref, today, mine, pushed=True)
    journal.remember_line_id(tx, chat, to, today)
    messages.put(tx, chat, reminders.DIGEST, messages.Body("", [reminder_card(mine)]), now, today)
    program.queue.defer_swept_turn(tx.sql, tx.agency, chat)
    log.info("reminded", agency=tx.agency, measures=len(mine))
