"""What whoever complains decided in a turn, written into the store."""

from collections.abc import Collection
from datetime import date, datetime

from bot.program import Program
from handlers.desk import Person
from handlers.events import BANGKOK
from ita.changes import (
    AddToCase,
    CaseChange,
    ChooseNotices,
    ConfirmResolved,
    DropUploads,
    EraseIdentity,
    FileCase,
    KeepUpload,
    NoteWrongReceipt,
    SawCase,
    WithdrawCase,
)
from store import buttons, cases, messages, people, steps, workdays
from store.cases import pace, uploads
from store.database import Transaction


def apply(
    program: Program,
    tx: Transaction,
    change: CaseChange,
    person: Person,
    line_user_id: str,
    now: datetime,
) -> bool:
    """Make one change; whether the shared sheet must show it. `line_user_id` is "" on the web."""
    today = now.astimezone(BANGKOK).date()
    match change:
        case FileCase(kind=kind):
            sheet_on = _next_slot(tx, today) if kind.is_protected else today
            cases.file(tx, change, line_user_id, person.ref, today, sheet_on)
            return not kind.is_protected
        case KeepUpload() | DropUploads():
            _upload(program, tx, change, today)
        case NoteWrongReceipt(ref):
            pace.count(tx, ref, pace.GUESSED, today)
        case EraseIdentity():
            _forget_in_chats(tx, cases.erase_identity(tx, change) | {line_user_id} - {""})
        case _:
            _control(tx, change, today)
    return isinstance(change, WithdrawCase | ConfirmResolved)


def _upload(
    program: Program, tx: Transaction, change: KeepUpload | DropUploads, today: date
) -> None:
    if isinstance(change, DropUploads):
        concerned = bool(uploads.drop(tx, change.ids))
    else:
        concerned = uploads.keep(tx, change, today)
    if concerned:
        program.queue.defer_uploads(tx.sql, tx.agency)


def _forget_in_chats(tx: Transaction, accounts: Collection[str]) -> None:
    """In a chat with them buttons, a step or an answer that waits may name an erased case."""
    for line_user_id in accounts:
        ref = people.find(tx, line_user_id).ref
        buttons.forget_person(tx, ref)
        steps.forget_person(tx, ref)
        messages.forget_waiting(tx, tx.keyring.reference(tx.agency, "chat", line_user_id))


def _control(
    tx: Transaction,
    change: AddToCase | WithdrawCase | ConfirmResolved | ChooseNotices | SawCase,
    today: date,
) -> None:
    match change:
        case AddToCase():
            cases.add(tx, change, today)
        case WithdrawCase():
            cases.withdraw(tx, change, today)
        case ConfirmResolved():
            cases.confirm(tx, change, today)
        case ChooseNotices():
            cases.choose_notices(tx, change)
        case SawCase(party):
            cases.told(tx, party)


def _next_slot(tx: Transaction, today: date) -> date:
    """The next working day: a row that came at once would tell who had just been writing."""
    return workdays.calendar(tx, today).after(today, 1)
