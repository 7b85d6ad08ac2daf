"""What a turn remembers of a conversation: what its buttons do, and where the person stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import case_changes
from bot.program import Program
from bot.queue import Queue
from handlers.desk import KEEP, Event, Message, Outcome, Person
from handlers.lasting import parted
from handlers.pressing import with_tokens
from handlers.topics.complaints.about import PROTECTED
from handlers.topics.complaints.following import CASE
from ita.changes import (
    CaseChange,
    KeepEvidence,
    Leave,
    LeaveChat,
    NoteBlocked,
    RegisterChange,
    Unsend,
    WishReminders,
)
from store import (
    buttons,
    cases,
    coordinators,
    evidence,
    invitations,
    register,
    reminders,
    steps,
    undoing,
)
from store.database import Transaction


def pressed(tx: Transaction, event: Event, person: Person, chat: str, now: datetime) -> Event:
    """The event with what the pressed button does, if it is this person's in this chat.

    LINE need not say who pressed in a group, so there no button does anything.
    """
    if event.kind != "postback" or event.chat_kind != "user" or not person.ref:
        return event
    action = buttons.pressed(tx, person.ref, chat, event.data, now.date())
    return replace(event, pressed=action)


def step(tx: Transaction, person: Person, chat: str, now: datetime) -> Mapping[str, Any] | None:
    """Where the person stands in this chat."""
    return steps.read(tx, chat, person.ref, now.date()) if person.ref else None


def taken_back(tx: Transaction, event: Event) -> bool:
    """Whether the event is a message that its writer unsent before it was handled."""
    return event.kind == "message" and evidence.was_unsent(tx, event.message_id)


def apply(
    program: Program,
    tx: Transaction,
    event: Event,
    outcome: Outcome,
    person: Person,
    line_user_id: str,
    now: datetime,
) -> bool:
    """Make the changes; whether the shared sheet must show any of them."""
    queue, concerns_sheet = program.queue, False
    register.hold_all(tx, outcome.changes)
    for change in outcome.changes:
        if isinstance(change, LeaveChat):
            continue  # nothing to write down: bot.errands goes once the goodbye was said
        if isinstance(change, RegisterChange):
            register.apply(tx, change, person.ref, event.message_id)
        elif isinstance(change, KeepEvidence):
            _keep_evidence(tx, queue, change, person, now)
        elif isinstance(change, Unsend):
            _unsend(tx, queue, change, now)
        elif isinstance(change, WishReminders):
            reminders.set_wish(tx, change, now.date())
        elif isinstance(change, CaseChange):
            concerns_sheet |= case_changes.apply(program, tx, change, person, line_user_id, now)
        else:
            invitations.apply(tx, change, person.ref, now)
        if isinstance(change, Leave | NoteBlocked):
            coordinators.forget(tx, line_user_id)
    of_register = any(isinstance(change, RegisterChange | Unsend) for change in outcome.changes)
    return concerns_sheet or of_register


def _keep_evidence(
    tx: Transaction, queue: Queue, change: KeepEvidence, person: Person, now: datetime
) -> None:
    kept = evidence.keep(tx, change.message_id, change.kind, change.file_name, person.ref, now)
    if kept is not None:
        queue.defer_media(tx.sql, tx.agency, kept)


def _unsend(tx: Transaction, queue: Queue, change: Unsend, now: datetime) -> None:
    """What was stored from the message goes: its report, its file, and every link to that."""
    kept = evidence.unsend(tx, change.message_id, now)
    undoing.take_back(tx, change.message_id)
    if cases.unsend(tx, change.message_id):
        queue.defer_uploads(tx.sql, tx.agency)
    if kept is not None:
        undoing.drop_evidence(tx, kept)
        queue.defer_media(tx.sql, tx.agency, kept)


def keep_buttons(
    tx: Transaction, messages: Sequence[Message], person: Person, chat: str, now: datetime
) -> list[Message]:
    """The messages as LINE gets them: each action that a handler named stands behind an id."""
    tokens = iter(buttons.keep(tx, person.ref, chat, _actions(messages), now.date()))
    return [with_tokens(message, lambda _: next(tokens)) for message in messages]


def is_confidential(event: Event, before: Mapping[str, Any] | None, outcome: Outcome) -> bool:
    """Whether an answer is of the protected door or of a case, by what was done, pressed, or asked
    `before` or now.

    It is never pushed: a push rings when nobody asks for it, on whatever lies open beside others.
    """
    if any(isinstance(change, CaseChange) for change in outcome.changes):
        return True
    said = (event.pressed or {}, before or {}, outcome.step or {}, *_actions(outcome.replies))
    return any("party" in one or one.get("do") in (PROTECTED, CASE) for one in said)


def _actions(messages: Sequence[Message]) -> list[Mapping[str, Any]]:
    """What the buttons of messages do, in the order in which they stand."""
    found: list[Mapping[str, Any]] = []

    def note(action: Mapping[str, Any]) -> str:
        found.append(action)
        return ""

    for message in messages:
        with_tokens(message, note)
    return found


def keep_step(
    tx: Transaction, event: Event, person: Person, chat: str, outcome: Outcome, now: datetime
) -> None:
    """Where the person stands from now on."""
    if not person.ref or outcome.step is KEEP:
        return
    if outcome.step is not None:
        lasting, for_a_day = parted(outcome.step)
        steps.keep(tx, chat, person.ref, lasting, now.date(), for_a_day)
    elif event.kind == "postback" or event.message_kind == "text":
        steps.forget(tx, chat, person.ref)
