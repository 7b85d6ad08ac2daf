"""Small things to do with LINE after a turn: show a member his menu, go out of a group.

Each is a job of its own, written with the turn's effect: what LINE cannot do now is tried again
later, and doing it twice changes nothing. A job names the chat by reference alone.
"""

from collections.abc import Sequence
from datetime import date

import structlog

from bot.line import TIMEOUT, LineError
from bot.program import Program
from bot.queue import LEAVE, MENU
from handlers.desk import Event
from ita.agency import Person, Role
from ita.changes import Change, Join, LeaveChat, RoleChange
from store import journal, messages, richmenus
from store.database import Transaction
from store.keyring import KeyGone, Tampered
from store.richmenus import DEFAULT

GOODBYE_SECONDS = 2
"""The goodbye is sent right after the turn; who has left can say nothing more."""
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = 5, 3600, 12
"""Seconds, twice as many each time: in all about four hours."""
GOODBYE_TRIES = 3
"""After so many the goodbye is given up: who wants the account gone is not kept waiting."""

log = structlog.get_logger()


def plan(
    program: Program,
    tx: Transaction,
    event: Event,
    person: Person,
    chat: str,
    line_id: str,
    changes: Sequence[Change],
) -> None:
    """What has to be done after this event; `line_id` is the chat's."""
    today = program.clock().date()
    if any(isinstance(change, LeaveChat) for change in changes):
        journal.remember_line_id(tx, chat, line_id, today)
        program.queue.defer_errand(tx.sql, LEAVE, tx.agency, chat, GOODBYE_SECONDS)
    if event.chat_kind == "user" and _has_menu(person, changes):
        journal.remember_line_id(tx, chat, line_id, today)
        richmenus.note(tx, person.ref, chat)
    if any(isinstance(change, RoleChange) for change in changes):
        richmenus.forget_strangers(tx)
        plan_menus(program, tx)
    else:
        plan_menus(program, tx, person.ref)


def plan_menus(program: Program, tx: Transaction, ref: str | None = None) -> int:
    """Have whoever sees another menu than his role's, or this person, see his; how many."""
    waiting = richmenus.stale(tx, ref)
    for link in waiting:
        program.queue.defer_errand(tx.sql, MENU, tx.agency, link.chat)
    return len(waiting)


def _has_menu(person: Person, changes: Sequence[Change]) -> bool:
    """Whether it matters which menu this person sees, now or once somebody confirmed him."""
    joins = any(isinstance(change, Join) for change in changes)
    return bool(person.ref) and (joins or person.role is not Role.CITIZEN)


def link_menu(program: Program, agency: str, chat: str, tries: int = 0) -> None:
    """Show whoever writes in this chat the menu of his role, if he does not see it yet."""
    today = program.clock().date()
    with program.database.agency(agency) as tx:
        link = richmenus.link_of(tx, chat)
        if link is None:
            return
        wanted = richmenus.installed(tx).get(link.role, DEFAULT)
        user = _line_id(tx, chat, today)
    if wanted == link.shown or user is None:
        return  # whoever was silent for a week is linked with his next message
    try:
        _show(program, agency, user, wanted)
    except LineError as error:
        _again(program, MENU, agency, chat, tries, error)
        return
    with program.database.agency(agency) as tx:
        richmenus.settle(tx, link, wanted)
    log.info("menu linked", agency=agency)


def _show(program: Program, agency: str, user: str, menu: str) -> None:
    line = program.line(agency)
    if menu == DEFAULT:
        line.ask(lambda api: api.unlink_rich_menu_id_from_user(user, _request_timeout=TIMEOUT))
    else:
        line.ask(lambda api: api.link_rich_menu_id_to_user(user, menu, _request_timeout=TIMEOUT))


def leave(program: Program, agency: str, chat: str, tries: int = 0) -> None:
    """Go out of the group, once nothing waits to be said there."""
    with program.database.agency(agency) as tx:
        speechless = tries >= GOODBYE_TRIES or not messages.waiting(tx, chat)
        group = _line_id(tx, chat, program.clock().date())
        if group and not speechless:
            _later(program, tx, LEAVE, chat, tries)
    if group is None or not speechless:
        return
    try:
        program.line(agency).leave(group)
    except LineError as error:
        _again(program, LEAVE, agency, chat, tries, error)
        return
    log.info("left a group", agency=agency)


def _line_id(tx: Transaction, chat: str, today: date) -> str | None:
    try:
        return journal.line_id(tx, chat, today)
    except (KeyGone, Tampered):
        return None


def _again(
    program: Program, task: str, agency: str, chat: str, tries: int, error: LineError
) -> None:
    """What LINE refuses for good is left alone: it has it so already, or an operator must look."""
    log.warning("errand not done", task=task, agency=agency, error=str(error))
    if error.kind == "permanent" or tries >= MOST_TRIES:
        return
    with program.database.agency(agency) as tx:
        _later(program, tx, task, chat, tries)


def _later(program: Program, tx: Transaction, task: str, chat: str, tries: int) -> None:
    pause = min(FIRST_PAUSE << tries, LONGEST_PAUSE)
    program.queue.defer_errand(tx.sql, task, tx.agency, chat, pause, tries + 1)
