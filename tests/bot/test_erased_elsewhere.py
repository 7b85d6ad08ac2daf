"""A case that is erased on the web, where nobody says who he is, is gone from its LINE chat."""

from datetime import datetime, timedelta

import pytest

from bot import case_changes
from bot.clock import BANGKOK
from ita.agency import Person
from ita.changes import EraseIdentity
from store import buttons, cases, journal, messages, people, steps
from store.database import Transaction
from tests.bot.cases import AGENCY, Desk
from tests.bot.town import Town

FRIDAY = datetime(2025, 3, 21, 15, 0, tzinfo=BANGKOK)
NOBODY = Person("")
STEP = {"do": "adding"}
OTHER = "U" + "9" * 32


@pytest.fixture
def desk(made: Town) -> Desk:
    """Friday, 15:00; no bot at work."""
    return Desk(made).at(FRIDAY)


def chat_of(tx: Transaction, line_user_id: str) -> str:
    return tx.keyring.reference(tx.agency, "chat", line_user_id)


def talk(tx: Transaction, line_user_id: str) -> str:
    """Somebody has a button, is in the middle of something, and an answer waits; the button."""
    chat, ref = chat_of(tx, line_user_id), people.hold(tx, line_user_id).ref
    (token,) = buttons.keep(tx, ref, chat, [{"do": "case", "party": "p"}], FRIDAY.date())
    steps.keep(tx, chat, ref, STEP, FRIDAY.date())
    journal.lock_chat(tx, chat)
    said = messages.Body("", [{"type": "text", "text": "คำตอบที่ยังไม่ได้ส่ง"}])
    messages.put(tx, chat, 1, said, FRIDAY + timedelta(minutes=1), FRIDAY.date())
    return token


def left(tx: Transaction, line_user_id: str, token: str) -> tuple[bool, bool, bool]:
    """Whether the button works, the step is known, and the answer waits."""
    chat, ref, today = chat_of(tx, line_user_id), people.find(tx, line_user_id).ref, FRIDAY.date()
    return (
        buttons.pressed(tx, ref, chat, token, today) is not None,
        steps.read(tx, chat, ref, today) is not None,
        bool(messages.waiting(tx, chat)),
    )


def test_what_is_erased_on_the_web_is_dead_in_line(desk: Desk) -> None:
    desk.file()
    program = desk.town.program
    ((party,),) = desk.sql("SELECT id FROM case_party")
    with program.database.agency(AGENCY) as tx:
        mine, others = talk(tx, desk.user), talk(tx, OTHER)
        assert left(tx, desk.user, mine) == left(tx, OTHER, others) == (True, True, True)
    with program.database.agency(AGENCY) as tx:
        change = EraseIdentity((str(party),))
        assert not case_changes.apply(program, tx, change, NOBODY, "", FRIDAY)
    with program.database.agency(AGENCY) as tx:
        assert left(tx, desk.user, mine) == (False, False, False)
        assert left(tx, OTHER, others) == (True, True, True), "another's chat is as it was"
        assert cases.own(tx, desk.user) == []
