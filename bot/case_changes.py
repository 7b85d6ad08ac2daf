"""What whoever complains decided in a turn, written into the store."""

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
from store import buttons, cases, workdays
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
            cases.erase_identity(tx, change)
            buttons.forget_person(tx, person.ref)  # in his chat they name the case
        case _:
            _control(tx, change, today)
    return isinstance(change, WithdrawCase | ConfirmResolved)


def _upload(
    program: Program, tx: Transaction, change: KeepUpload | DropUploads, today: date
) -> None:
    if isinstance(change, DropUploads):
        wanted = uploads.drop(tx, change.ids)
    else:
        wanted = [change.upload.id] if uploads.keep(tx, change, today) else []
    for upload in wanted:
        program.queue.defer_upload(tx.sql, tx.agency, upload)


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
