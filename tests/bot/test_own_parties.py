"""Erasing reaches every case of an account, also those that its list does not show."""

from datetime import datetime

import pytest

from bot.case_desk import case_desk
from bot.clock import BANGKOK
from ita.agency import Person
from ita.changes import EraseIdentity
from tests.bot.cases import AGENCY, Desk
from tests.bot.town import Town

FRIDAY = datetime(2025, 3, 21, 15, 0, tzinfo=BANGKOK)
FILED = 22


@pytest.fixture
def desk(made: Town) -> Desk:
    """Friday, 15:00; no bot at work."""
    return Desk(made).at(FRIDAY)


def reached(desk: Desk, user: str) -> tuple[int, int]:
    """How many cases the list shows, and how many parties erasing reaches."""
    with desk.town.program.database.agency(AGENCY) as tx:
        cases = case_desk(desk.town.program, tx, user, FRIDAY)
        anybody = Person("")
        return len(cases.own(anybody)), len(cases.parties(anybody))


def test_erasing_reaches_all_however_many_are_listed(desk: Desk) -> None:
    for _ in range(FILED):
        desk.file()
    assert reached(desk, desk.user) == (20, FILED)
    with desk.town.program.database.agency(AGENCY) as tx:
        mine = case_desk(desk.town.program, tx, desk.user, FRIDAY).parties(Person(""))
    desk.apply(EraseIdentity(tuple(mine)))
    assert reached(desk, desk.user) == (0, 0)


def test_nobody_on_the_web_has_an_account(desk: Desk) -> None:
    desk.file()
    assert reached(desk, "") == (0, 0)
    assert reached(desk, "U" + "0" * 32) == (0, 0)
