"""Who else reads an agency's chats: LINE's own manager shows them while its Chat is switched on.

Whoever means to complain is told the truth about that, so LINE is asked once a day.
"""

from datetime import date
from typing import Final

import structlog

from bot.line import TIMEOUT, LineError
from bot.program import Program
from bot.rounds import Rounds
from store import line_account

AT_ONCE: Final = 20
"""Agencies a step: at most one call to LINE each, and thousands are asked within a day."""

log = structlog.get_logger()


def chat_modes(program: Program) -> Rounds[date]:
    """Each agency once a day. One that LINE does not answer for is asked again."""

    def ask(agency: str, today: date) -> bool:
        try:
            note(program, agency, today)
        except LineError as error:
            log.warning("chat mode unknown", agency=agency, status=error.status)
            return False
        return True

    return Rounds("chat modes", program.agencies, AT_ONCE, lambda _: program.clock().date(), ask)


def note(program: Program, slug: str, today: date) -> bool:
    """Ask LINE and keep the answer: whether administrators of the account read along.

    Raises LineError.
    """
    told = program.line(slug).ask(lambda api: api.get_bot_info(_request_timeout=TIMEOUT))
    others_read = bool(told.chat_mode != "bot")
    with program.database.agency(slug) as tx:
        line_account.note(tx, today, others_read=others_read)
    return others_read
