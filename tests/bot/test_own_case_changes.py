"""What its writer decides about a case, in the store: seen, and who he is erased."""

from datetime import datetime

import pytest

from bot.clock import BANGKOK
from ita.changes import EraseIdentity, SawCase
from ita.complaints import CaseStatus, Kind, Notices
from store import buttons, cases, people
from tests.bot.cases import AGENCY, Desk
from tests.bot.town import Town

FRIDAY = datetime(2025, 3, 21, 15, 0, tzinfo=BANGKOK)


@pytest.fixture
def desk(made: Town) -> Desk:
    """Friday, 15:00; no bot at work."""
    return Desk(made).at(FRIDAY)


def party(desk: Desk) -> str:
    ((found,),) = desk.sql("SELECT id FROM case_party")
    return str(found)


def test_whoever_looked_is_owed_no_notice(desk: Desk) -> None:
    number = desk.file(Kind.CORRUPTION, Notices.MORNING)
    with desk.town.program.database.agency(AGENCY) as tx:
        cases.move(tx, number, CaseStatus.SCREENING, desk.today)
    assert desk.sql("SELECT owed FROM case_party") == [(True,)]
    desk.apply(SawCase(party(desk)))
    assert desk.sql("SELECT owed FROM case_party") == [(False,)]


def test_no_button_leads_from_a_chat_to_a_case_whose_writer_was_erased(desk: Desk) -> None:
    desk.file()
    mine = party(desk)
    with desk.town.program.database.agency(AGENCY) as tx:
        ref = people.hold(tx, desk.user).ref
        action, today = {"do": "case", "party": mine}, FRIDAY.date()
        (token,) = buttons.keep(tx, ref, "chat", [action], today)
        assert buttons.pressed(tx, ref, "chat", token, today) == action
    desk.apply(EraseIdentity((mine,)))
    with desk.town.program.database.agency(AGENCY) as tx:
        assert buttons.pressed(tx, ref, "chat", token, today) is None
