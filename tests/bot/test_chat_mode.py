"""Whether others read an agency's chats is asked once a day, and told to whoever complains."""

from datetime import date, timedelta

import pytest

from bot.chat_mode import chat_modes
from store import line_account
from tests.bot.town import Town

AGENCY = "dongmuang"


def known(made: Town, day: date | None = None) -> bool | None:
    with made.program.database.agency(AGENCY) as tx:
        return line_account.others_read(tx, day or made.program.clock().date())


@pytest.mark.parametrize(("mode", "others_read"), [("bot", False), ("chat", True)])
def test_line_is_asked_once_a_day(made: Town, mode: str, others_read: bool) -> None:
    made.sandbox.line.state(AGENCY).chat_mode = mode
    modes = chat_modes(made.program)
    assert known(made) is None
    modes.step()
    assert known(made) is others_read
    made.sandbox.line.state(AGENCY).chat_mode = "chat" if mode == "bot" else "bot"
    modes.step()
    assert known(made) is others_read, "not again on the same day"
    chat_modes(made.program).step()
    assert known(made) is not others_read


def test_an_old_answer_is_none(made: Town) -> None:
    chat_modes(made.program).step()
    today = made.program.clock().date()
    assert known(made, today + timedelta(days=2)) is False
    assert known(made, today + timedelta(days=3)) is None


def test_where_line_is_away_it_is_asked_again(made: Town) -> None:
    modes = chat_modes(made.program)
    made.fault("line", "*", "500", times=100)
    modes.step()
    assert known(made) is None
    made.sandbox.faults("line").clear()
    modes.step()
    assert known(made) is False
