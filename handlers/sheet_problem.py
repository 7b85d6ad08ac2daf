"""To a coordinator whose sheet cannot be written: what is the matter, and who can mend it how."""

from typing import Final

from handlers.desk import Agency, Message
from handlers.flex import text_message
from handlers.texts import say

IN_THE_SHEET: Final = frozenset(
    ("no_access", "not_found", "tab_missing", "column_missing", "protected", "limit")
)
"""Problems that the people of the agency can mend themselves."""


def broken(agency: Agency, problem: str, account: str) -> Message:
    """The sheet has a problem (a code of sheets.google's or sheets.sync's).

    `account` is the address that the sheet is shared with.
    """
    known = problem if problem in IN_THE_SHEET else "other"
    words = say(
        "th",
        f"staff.sheet_problem.{known}",
        agency=agency.short_name,
        account=account,
        problem=problem,
    )
    return text_message(f"{words}\n\n{say('th', 'staff.sheet_problem.meanwhile')}")


def mended(agency: Agency) -> Message:
    """It is over, for whoever was told of it."""
    return text_message(say("th", "staff.sheet_problem.mended", agency=agency.short_name))
