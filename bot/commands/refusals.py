"""What our rooms raise, as a person reads it: one sentence, and the exit code.

It knows all of them, so it is imported when something was raised, and not before.
"""

import sqlalchemy as sa

from bot import agencies, checking, importing, logs, score_file, settings
from bot.queue import QueueAway
from ita.criteria import NoCriteria
from ita.tables import UnreadableTable
from sheets.google import SheetError
from store import migrate, sheet_state
from store.database import sqlstate
from store.keyring import KeyringAway

BAD_INPUT = (
    settings.BadSettings, agencies.BadAgency, UnreadableTable, NoCriteria, score_file.BadScores,
    importing.BadImport, checking.BadCheck, sheet_state.OtherSpreadsheet,
)  # fmt: skip


def refusal(error: Exception) -> tuple[str, int] | None:
    """The sentence and the exit code, 2 for bad input and 1 for a failure; None for a defect."""
    if isinstance(error, BAD_INPUT):
        return str(error), 2
    sentence = _of_failure(error)
    return None if sentence is None else (sentence, 1)


def _of_failure(error: Exception) -> str | None:
    match error:
        case SheetError():
            return f"Google Sheets: {error}. See docs/deploy.md, 'When the sheet refuses'."
        case migrate.NeedsSuperuser():
            return str(error)
        case sa.exc.SQLAlchemyError() | QueueAway():
            return _about_the_database(error)
        case KeyringAway():
            return f"The keyring does not work ({logs.code(error)}): check SUJARIT_KEYRING."
        case OSError():
            return _about_the_machine(error)
    return None


def _about_the_database(error: Exception) -> str:
    said = logs.code(error)
    if migrate.is_before(error) or sqlstate(error) in ("42P01", "42703"):  # no such table, column
        return f"The database is not ready ({said}): run `sujarit init`."
    if sqlstate(error) == "42501":
        return (
            f"The database's user may not do that ({said}): docs/deploy.md, 1, says what it needs."
        )
    if isinstance(error, sa.exc.OperationalError | sa.exc.TimeoutError | QueueAway):
        return f"The database does not answer ({said}): check DATABASE_URL."
    return f"The database refuses ({said})."


def _about_the_machine(error: OSError) -> str:
    if error.strerror and error.filename:
        return f"{error.strerror}: {error.filename}."
    return f"Something on this machine does not work ({error.strerror or logs.code(error)})."
