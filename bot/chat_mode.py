"""Who else reads an agency's chats: LINE's own manager shows them while its Chat is switched on.

Whoever means to complain is told the truth about that, so LINE is asked once a day.
"""

import itertools
from datetime import date
from typing import Final

import sqlalchemy as sa
import structlog

from bot.line import TIMEOUT, LineError
from bot.program import Program
from store import line_account

AT_ONCE: Final = 20
"""Agencies a step: one call to LINE each, so that thousands are asked within a day."""

log = structlog.get_logger()


class ChatModes:
    """Goes over the agencies: each once a day.

    It remembers only what spares the next look.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._circle = itertools.cycle(program.agencies)
        self._asked: dict[str, date] = {}

    def step(self) -> None:
        """Ask about the next agencies. One that LINE does not answer for is asked again."""
        today = self._program.clock().date()
        round_once = itertools.islice(self._circle, len(self._program.agencies))
        due = (slug for slug in round_once if self._asked.get(slug) != today)
        for slug in itertools.islice(due, AT_ONCE):
            if self._ask(slug, today):
                self._asked[slug] = today

    def _ask(self, slug: str, today: date) -> bool:
        try:
            note(self._program, slug, today)
        except (sa.exc.OperationalError, sa.exc.TimeoutError):
            raise  # the database is away: for the others too
        except LineError as error:
            log.warning("chat mode unknown", agency=slug, status=error.status)
            return False
        return True


def note(program: Program, slug: str, today: date) -> bool:
    """Ask LINE and keep the answer: whether administrators of the account read along.

    Raises LineError.
    """
    told = program.line(slug).ask(lambda api: api.get_bot_info(_request_timeout=TIMEOUT))
    others_read = bool(told.chat_mode != "bot")
    with program.database.agency(slug) as tx:
        line_account.note(tx, today, others_read=others_read)
    return others_read
