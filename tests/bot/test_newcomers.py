"""Whoever waited to be confirmed is told what was decided, and his inviter that he waits.

Once, by push or with a reply.
"""

from datetime import timedelta

import pytest

from bot import errands, newcomers
from bot.reminders import Left, left
from handlers.desk import Event
from ita.agency import Role
from ita.changes import Change, ConfirmPerson, Invite, Join, RefusePerson
from ita.invitations import OPERATOR
from store import invitations, journal, people
from store.keyring import DAYS_KEPT
from tests.bot.test_cli import run
from tests.bot.test_reminders import AGENCY, MONDAY, Office
from tests.bot.town import Town

IN, OUT = "ได้รับการยืนยันแล้ว", "ไม่ได้รับการยืนยัน"


@pytest.fixture
def office(made: Town) -> Office:
    """Somebody asked to be an officer, in his own chat."""
    office = Office(made).at(MONDAY)
    asks(office)
    return office


def asks(office: Office, slug: str = "one", invited_by: str = OPERATOR) -> None:
    """As the turn of his consent does it."""
    program, now = office.town.program, office.town.program.clock()
    chat, user = office.chat(slug), office.user(slug)
    with program.database.agency(AGENCY) as tx:
        journal.lock_chat(tx, chat)
        code, week = invitations.new_code(), now + timedelta(days=7)
        invitations.apply(tx, Invite(code, Role.OFFICER, ("กองคลัง",), 1, week), invited_by, now)
        offer = invitations.by_code(tx, code, now)
        assert offer is not None
        person = people.find(tx, user)
        join = Join(person.ref, offer.id, people.number_for(tx, person.ref))
        newcomers.tell(program, tx, [join], now)
        invitations.apply(tx, join, person.ref, now)
        errands.plan(program, tx, Event("postback", now), person, chat, user, [join])


def ref(office: Office, slug: str) -> str:
    with office.town.program.database.agency(AGENCY) as tx:
        return people.find(tx, office.user(slug)).ref


def number(office: Office) -> int:
    with office.town.program.database.agency(AGENCY) as tx:
        (one,) = invitations.applicants(tx)
    return one.number


def decided(office: Office, change: Change) -> None:
    program = office.town.program
    with program.database.agency(AGENCY) as tx:
        newcomers.tell(program, tx, [change], program.clock())
        assert isinstance(change, ConfirmPerson | RefusePerson)
        invitations.apply(tx, change, OPERATOR, program.clock())
    office.deliver()


def told(office: Office) -> list[tuple[str, str]]:
    """How he was told, and what of."""
    return [
        (sent["via"], IN if IN in text else OUT)
        for sent in office.town.sent("one")
        if IN in (text := str(sent["message"])) or OUT in text
    ]


def test_who_is_confirmed_is_pushed_what_he_may_do_once(office: Office) -> None:
    decided(office, ConfirmPerson(number(office)))
    assert told(office) == [("push", IN)]
    said = office.town.words("one")
    assert "ผู้รับเรื่อง" in said
    assert "กองคลัง" in said
    office.deliver()
    assert len(office.write("one")) == 1
    assert told(office) == [("push", IN)]


def test_who_is_refused_is_told_so(office: Office) -> None:
    decided(office, RefusePerson(number(office)))
    assert told(office) == [("push", OUT)]


def test_it_counts_in_the_months_budget_and_waits_for_a_reply_where_that_is_spent(
    office: Office,
) -> None:
    office.channel(monthly_pushes=1)
    decided(office, ConfirmPerson(number(office)))
    assert left(office.town.program, [AGENCY]) == [Left(AGENCY, 0, 1)]
    with office.town.program.database.agency(AGENCY) as tx:
        people.remove(tx, people.find(tx, office.user("one")).ref)
    asks(office)
    decided(office, RefusePerson(number(office)))
    assert told(office) == [("push", IN)]
    assert len(office.write("one")) == 2
    assert told(office) == [("push", IN), ("reply", OUT)]
    assert len(office.write("one")) == 1, "once"


def test_where_pushing_is_not_wanted_it_comes_with_the_next_reply(office: Office) -> None:
    office.channel(push=False)
    decided(office, ConfirmPerson(number(office)))
    assert told(office) == []
    first, *answer = office.write("one")
    assert IN in first
    assert answer
    assert told(office) == [("reply", IN)]


def test_who_has_been_silent_for_a_week_is_told_with_his_next_reply(office: Office) -> None:
    office.at(MONDAY + timedelta(days=DAYS_KEPT + 1))
    program = office.town.program
    program.keyring.destroy_days_before(program.clock().date())
    decided(office, ConfirmPerson(number(office)))
    assert told(office) == []
    office.write("one")
    assert told(office) == [("reply", IN)]


@pytest.mark.parametrize("fault", ["503", "drop_after", "applied_then_503"])
def test_a_push_in_doubt_is_made_again_and_arrives_once(office: Office, fault: str) -> None:
    office.town.fault("line", "push", fault)
    decided(office, ConfirmPerson(number(office)))
    office.at(MONDAY + timedelta(minutes=5)).deliver()
    assert told(office) == [("push", IN)]


def test_nobody_is_told_of_a_request_that_is_gone(office: Office) -> None:
    known = number(office)
    decided(office, ConfirmPerson(known))
    decided(office, ConfirmPerson(known))
    decided(office, RefusePerson(known))
    assert told(office) == [("push", IN)]


@pytest.mark.parametrize(("option", "what"), [((), IN), (("--refuse",), OUT)])
def test_the_operators_decision_is_told_too(
    office: Office, option: tuple[str, ...], what: str
) -> None:
    env = dict(office.town.environment)
    arguments = ("person", "confirm", "--agency", AGENCY, *option, str(number(office)))
    assert run(*arguments, env=env).exit_code == 0
    office.deliver()
    assert told(office) == [("push", what)]


# --- Who invited him


def waits(office: Office, slug: str) -> list[tuple[str, str]]:
    """How a coordinator was told that somebody waits, and in which words."""
    office.deliver()
    return [
        (sent["via"], text)
        for sent in office.town.sent(slug)
        if "รอการยืนยัน" in (text := str(sent["message"]))
    ]


@pytest.fixture
def coordinated(made: Town) -> Office:
    """Two coordinators who wrote today; nobody asked for anything yet."""
    office = Office(made).at(MONDAY)
    for slug in ("two", "three"):
        office.member(slug, Role.COORDINATOR)
        office.write(slug)
    return office


def test_the_inviter_is_pushed_once_that_somebody_waits(coordinated: Office) -> None:
    inviter = ref(coordinated, "two")
    asks(coordinated, invited_by=inviter)
    ((via, words),) = waits(coordinated, "two")
    assert via == "push"
    assert "ผู้รับเรื่อง" in words
    assert str(number(coordinated)) not in words, "the person says his number himself"
    asks(coordinated, invited_by=inviter)
    assert [len(waits(coordinated, slug)) for slug in ("two", "three", "one")] == [1, 0, 0]
    asks(coordinated, invited_by=ref(coordinated, "three"))
    assert [len(waits(coordinated, slug)) for slug in ("two", "three", "one")] == [1, 1, 0]


def test_of_an_inviter_who_is_gone_every_coordinator_is_told(coordinated: Office) -> None:
    asks(coordinated, invited_by="somebody who left")
    assert [len(waits(coordinated, slug)) for slug in ("two", "three", "one")] == [1, 1, 0]


def test_whom_the_operator_invited_waits_for_no_coordinator(coordinated: Office) -> None:
    asks(coordinated)
    assert [len(waits(coordinated, slug)) for slug in ("two", "three", "one")] == [0, 0, 0]


def test_what_the_budget_has_no_room_for_comes_with_the_next_reply(coordinated: Office) -> None:
    coordinated.channel(monthly_pushes=0)
    asks(coordinated, invited_by=ref(coordinated, "two"))
    assert waits(coordinated, "two") == []
    coordinated.write("two")
    assert [via for via, _ in waits(coordinated, "two")] == ["reply"]
    assert left(coordinated.town.program, [AGENCY]) == [Left(AGENCY, 0, 0)]


def test_staff_who_come_in_at_once_wait_for_nobody(coordinated: Office) -> None:
    program, now = coordinated.town.program, coordinated.town.program.clock()
    with program.database.agency(AGENCY) as tx:
        code, week = invitations.new_code(), now + timedelta(days=7)
        invitations.apply(tx, Invite(code, Role.STAFF, ("กองคลัง",), 1, week), OPERATOR, now)
        offer = invitations.by_code(tx, code, now)
        assert offer is not None
        person = people.find(tx, coordinated.user("one"))
        newcomers.tell(program, tx, [Join(person.ref, offer.id, 1234)], now)
    assert waits(coordinated, "two") == []


def test_the_operator_cannot_make_the_only_coordinator_something_else(made: Town) -> None:
    office = Office(made).at(MONDAY)
    person = office.member("one", Role.COORDINATOR)
    with office.town.program.database.agency(AGENCY) as tx:
        for one in people.hold_coordinators(tx):
            if one.ref != person.ref:
                people.remove(tx, one.ref)
    asks(office)
    asked = ("person", "confirm", "--agency", AGENCY, str(number(office)))
    result = run(*asked, env=dict(office.town.environment))
    assert result.exit_code == 2
    assert "last coordinator" in result.output
    with office.town.program.database.agency(AGENCY) as tx:
        assert people.known_as(tx, person.ref).role is Role.COORDINATOR
    office.deliver()
    assert told(office) == []
