"""Invitations: single-purpose, bounded, unguessable, and of effect only for whoever should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from ita.agency import Person, Role
from ita.changes import (
    ConfirmPerson,
    Invite,
    Join,
    Leave,
    NoteBlocked,
    NoteWrongCode,
    PeopleChange,
    RefusePerson,
    Revoke,
    WithdrawInvitation,
)
from ita.invitations import MAX_DAYS, WRONG_OF_ALL, WRONG_OF_ONE, WRONG_PAUSE, Invitation
from store import invitations, people
from store.database import Database, Transaction
from store.invitations import (
    LastCoordinator,
    by_code,
    by_id,
    guesses_too_much,
    open_ones,
    was_revoked,
)
from tests.bot.town import eventually
from tests.store.test_holding import BLOCKED

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
SOON, LATER = NOW + timedelta(days=6), NOW + timedelta(days=8)
CODE = "ABCDEFGH"


def make(tx: Transaction, change: PeopleChange, now: datetime = NOW) -> None:
    invitations.apply(tx, change, "the coordinator's reference", now)


def invited(
    tx: Transaction,
    role: Role = Role.STAFF,
    uses: int = 1,
    code: str = CODE,
    replaces: int | None = None,
    units: tuple[str, ...] = ("กองคลัง",),
) -> Invitation:
    make(tx, Invite(code, role, units, uses, NOW + timedelta(days=7), replaces))
    found = by_code(tx, code, NOW)
    assert found is not None
    return found


def join(tx: Transaction, ref: str, offer: Invitation) -> int:
    number = people.number_for(tx, ref)
    make(tx, Join(ref, offer.id, number))
    return number


def number_of(tx: Transaction, line_user_id: str) -> int:
    return people.number_for(tx, people.find(tx, line_user_id).ref)


def test_a_code_opens_its_invitation_until_it_expires(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx)
        assert (offer.role, offer.units, offer.uses_left) == (Role.STAFF, ("กองคลัง",), 1)
        assert by_code(tx, CODE, SOON) == offer
        assert by_code(tx, CODE, LATER) is None
        assert by_id(tx, offer.id, LATER) is None
        assert open_ones(tx, LATER) == []
        assert by_code(tx, "ABCDEFGJ", NOW) is None


def test_the_code_stands_nowhere_and_opens_nothing_in_another_agency(database: Database) -> None:
    with database.agency("one") as tx:
        invited(tx)
        assert CODE not in str(tx.sql.execute(sa.text("SELECT * FROM invitation")).all())
        row = dict(tx.sql.execute(sa.text("SELECT * FROM invitation")).one()._mapping)
    with database.agency("two") as tx:
        assert by_code(tx, CODE, NOW) is None
        # Even the same row, had somebody copied it, would be found by another HMAC.
        row["agency"] = "two"
        del row["id"]
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        tx.sql.execute(sa.text(f"INSERT INTO invitation ({names}) VALUES ({marks})"), row)
        assert by_code(tx, CODE, NOW) is None


def test_new_codes_are_eight_unmistakable_letters() -> None:
    codes = {invitations.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 for code in codes)
    assert not set("0O1IL") & set("".join(codes))


def test_staff_are_in_at_once_and_the_use_is_taken(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=2)
        number = join(tx, "p", offer)
        assert people.known_as(tx, "p") == Person("p", Role.STAFF, ("กองคลัง",))
        assert [one.number for one in people.members(tx)] == [number]
        (left,) = open_ones(tx, NOW)
        assert left.uses_left == 1
        join(tx, "q", offer)
        assert by_code(tx, CODE, NOW) is None
        join(tx, "r", offer)  # a press that comes too late
        assert people.known_as(tx, "r").role is Role.CITIZEN


def test_units_add_up_and_a_role_is_kept(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("p", Role.COORDINATOR, ("สำนักปลัด",)))
        (before,) = people.members(tx)
        join(tx, "p", invited(tx))
        (after,) = people.members(tx)
        assert (after.role, after.units) == (Role.COORDINATOR, ("สำนักปลัด", "กองคลัง"))
        assert after.number == before.number


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.EXECUTIVE])
def test_other_roles_take_effect_once_the_person_is_confirmed(
    database: Database, role: Role
) -> None:
    with database.agency("one") as tx:
        number = join(tx, "p", invited(tx, role))
        assert people.known_as(tx, "p").role is Role.CITIZEN
        (waiting,) = invitations.applicants(tx)
        assert (waiting.number, waiting.role) == (number, role)
        make(tx, ConfirmPerson(number))
        assert people.known_as(tx, "p").role is role
        assert [one.number for one in people.members(tx)] == [number]
        assert invitations.applicants(tx) == []
        make(tx, ConfirmPerson(number))  # again, by another coordinator
        assert len(people.members(tx)) == 1


def test_a_member_who_waits_for_another_role_keeps_what_he_has(database: Database) -> None:
    with database.agency("one") as tx:
        join(tx, "p", invited(tx))
        number = join(tx, "p", invited(tx, Role.OFFICER, code="ABCDEFGJ", units=()))
        assert people.known_as(tx, "p").role is Role.STAFF
        make(tx, ConfirmPerson(number))
        assert people.known_as(tx, "p") == Person("p", Role.OFFICER, ("กองคลัง",))


def test_a_refused_person_is_forgotten(database: Database) -> None:
    with database.agency("one") as tx:
        number = join(tx, "p", invited(tx, Role.OFFICER))
        make(tx, RefusePerson(number))
        make(tx, ConfirmPerson(number))
        assert people.members(tx) == invitations.applicants(tx) == []


def test_a_withdrawn_invitation_opens_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx)
        make(tx, WithdrawInvitation(offer.id))
        join(tx, "p", offer)
        assert people.members(tx) == []


def test_who_replaces_a_member_takes_his_place_when_it_takes_effect(database: Database) -> None:
    with database.agency("one") as tx:
        old = join(tx, "old", invited(tx, Role.COORDINATOR))
        make(tx, ConfirmPerson(old))
        offer = invited(tx, Role.COORDINATOR, code="ABCDEFGJ", replaces=old)
        new = join(tx, "new", offer)
        assert [one.number for one in people.members(tx)] == [old]
        make(tx, ConfirmPerson(new))
        assert [one.ref for one in people.members(tx)] == ["new"]


def test_whoever_leaves_or_is_revoked_leaves_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=2)
        join(tx, "leaves", offer)
        make(tx, Revoke(join(tx, "revoked", offer)))
        make(tx, Leave("leaves"))
        make(tx, Revoke(1))  # nobody's number
        assert people.members(tx) == []


def revoke(tx: Transaction, ref: str) -> None:
    (number,) = [one.number for one in people.members(tx) if one.ref == ref]
    make(tx, Revoke(number))


def test_a_revoked_member_comes_back_only_when_confirmed(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=5)
        join(tx, "p", offer)
        revoke(tx, "p")
        number = join(tx, "p", offer)  # the code has uses left, and he knows it
        assert people.known_as(tx, "p").role is Role.CITIZEN
        (waiting,) = invitations.applicants(tx)
        assert (waiting.number, waiting.role) == (number, Role.STAFF)
        join(tx, "somebody else", offer)
        assert people.known_as(tx, "somebody else").role is Role.STAFF
        make(tx, ConfirmPerson(number))
        assert people.known_as(tx, "p") == Person("p", Role.STAFF, ("กองคลัง",))
        join(tx, "p", invited(tx, code="ABCDEFGJ", units=("กองช่าง",)))
        assert people.known_as(tx, "p").units == ("กองคลัง", "กองช่าง"), "as any member"


def test_whoever_was_replaced_comes_back_only_when_confirmed(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=5)
        old = join(tx, "old", offer)
        join(tx, "new", invited(tx, code="ABCDEFGJ", replaces=old))
        join(tx, "old", offer)
        assert [one.ref for one in people.members(tx)] == ["new"]
        assert [one.ref for one in invitations.applicants(tx)] == ["old"]


def test_nobody_takes_the_place_of_whoever_gets_the_number_next(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("gone", Role.STAFF, ("กองคลัง",)), 1000)
        offer = invited(tx, replaces=1000)
        make(tx, Revoke(1000))
        people.put(tx, Person("next", Role.STAFF, ("กองช่าง",)), 1000)
        join(tx, "new", offer)
        assert {one.ref for one in people.members(tx)} == {"next", "new"}


def test_the_last_coordinator_is_replaced_by_a_coordinator_alone(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("last", Role.COORDINATOR, ()), 1000)
        join(tx, "clerk", invited(tx, replaces=1000))
        assert people.known_as(tx, "last").role is Role.COORDINATOR
        offer = invited(tx, Role.COORDINATOR, code="ABCDEFGJ", replaces=1000)
        make(tx, ConfirmPerson(join(tx, "new", offer)))
        assert people.known_as(tx, "last").role is Role.CITIZEN


@pytest.mark.parametrize("first", ["ann", "ben"])
def test_of_two_who_revoke_each_other_at_once_the_second_waits_and_is_out(
    database: Database, first: str
) -> None:
    second = {"ann": "ben", "ben": "ann"}[first]
    with database.agency("one") as tx:
        for line_user_id in (first, second, "third"):
            people.register(tx, line_user_id, Role.COORDINATOR, ())
        numbers = {name: number_of(tx, name) for name in (first, second)}

    def press(line_user_id: str, other: str) -> bool:
        with database.agency("one") as tx:
            if people.hold(tx, line_user_id).role is not Role.COORDINATOR:
                return False
            make(tx, Revoke(numbers[other]))
        return True

    with ThreadPoolExecutor(1) as pool:
        with database.agency("one") as tx:
            assert people.hold(tx, first).role is Role.COORDINATOR
            late = pool.submit(press, second, first)
            eventually(lambda: tx.sql.scalar(sa.text(BLOCKED)), "the second waits")
            make(tx, Revoke(numbers[second]))
        assert late.result(10) is False
    with database.agency("one") as tx:
        assert {one.ref for one in people.members(tx)} == {
            people.find(tx, name).ref for name in (first, "third")
        }


def test_coordinators_who_revoke_each_other_in_a_circle_never_lock_each_other_out(
    database: Database,
) -> None:
    names = ("ann", "ben", "cat")
    all_are_in = Barrier(len(names))

    def press(line_user_id: str, number: int) -> None:
        all_are_in.wait(5)
        with database.agency("one") as tx:
            if people.hold(tx, line_user_id).role is Role.COORDINATOR:
                make(tx, Revoke(number))

    for _ in range(5):
        with database.agency("one") as tx:
            for name in names:
                people.register(tx, name, Role.COORDINATOR, ())
            numbers = [number_of(tx, name) for name in names]
        with ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(press, names, [*numbers[1:], numbers[0]]))
        with database.agency("one") as tx:
            assert 1 <= len(people.members(tx)) < len(names)


def test_a_member_who_holds_himself_holds_nobody_else(database: Database) -> None:
    with database.agency("one") as tx:
        people.register(tx, "clerk", Role.STAFF, ("กองคลัง",))
        people.register(tx, "boss", Role.COORDINATOR, ())
    with database.agency("one") as tx, database.agency("one") as other:
        assert people.hold(tx, "clerk").role is Role.STAFF
        other.sql.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        assert people.hold(other, "boss").role is Role.COORDINATOR


def test_whoever_left_comes_back_with_a_code(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=2)
        join(tx, "p", offer)
        make(tx, Leave("p"))
        join(tx, "p", offer)
        assert people.known_as(tx, "p").role is Role.STAFF


def test_a_revocation_is_forgotten_once_every_code_of_then_is_over(database: Database) -> None:
    with database.agency("one") as tx:
        join(tx, "p", invited(tx))
        revoke(tx, "p")
        much_later = NOW + timedelta(days=MAX_DAYS)
        for now, forgotten in ((much_later - timedelta(seconds=1), False), (much_later, True)):
            assert was_revoked(tx, "p", now) is not forgotten
            invitations.forget(tx, now)
            kept = tx.sql.scalar(sa.text("SELECT count(*) FROM revoked"))
            assert kept == (0 if forgotten else 1)


@pytest.mark.parametrize("how", ["revoked", "replaced", "left"])
def test_nobody_comes_in_by_an_invitation_of_who_is_gone(database: Database, how: str) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("stays", Role.COORDINATOR, ()))
        number = join(tx, "boss", invited(tx, Role.COORDINATOR))
        make(tx, ConfirmPerson(number))
        his = Invite("ABCDEFGJ", Role.STAFF, ("กองคลัง",), 5, SOON)
        invitations.apply(tx, his, "boss", NOW)
        others = invited(tx, code="ABCDEFGK")
        if how == "revoked":
            make(tx, Revoke(number))
        elif how == "left":
            make(tx, Leave("boss"))
        else:
            join(tx, "new", invited(tx, code="ABCDEFGM", replaces=number))
        assert by_code(tx, "ABCDEFGJ", NOW) is None
        assert open_ones(tx, NOW) == [others]


def test_a_blocked_account_is_noted_until_it_is_followed_again(database: Database) -> None:
    with database.agency("one") as tx:
        join(tx, "p", invited(tx))
        for blocked in (True, False):
            make(tx, NoteBlocked("p", blocked))
            (one,) = people.members(tx)
            assert one.blocked is blocked
        make(tx, NoteBlocked("a citizen", blocked=True))
        assert len(people.members(tx)) == 1


def test_guessing_is_slowed_for_one_person_and_not_for_the_next(database: Database) -> None:
    with database.agency("one") as tx:
        for _ in range(WRONG_OF_ONE - 1):
            make(tx, NoteWrongCode("p"))
        assert not guesses_too_much(tx, "p", NOW)
        make(tx, NoteWrongCode("p"))
        assert guesses_too_much(tx, "p", NOW)
        assert not guesses_too_much(tx, "q", NOW)
        assert not guesses_too_much(tx, "p", NOW + WRONG_PAUSE)


def test_guessing_by_many_leaves_each_one_wrong_code_and_closes_nobody_out(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        make(tx, NoteWrongCode("clerk"))
        assert not guesses_too_much(tx, "clerk", NOW)
        for number in range(WRONG_OF_ALL - 1):
            make(tx, NoteWrongCode(f"stranger {number}"))
        assert guesses_too_much(tx, "clerk", NOW)
        assert guesses_too_much(tx, "stranger 1", NOW)
        assert not guesses_too_much(tx, "who types his first code", NOW)
        assert not guesses_too_much(tx, "clerk", NOW + WRONG_PAUSE)


def test_the_only_coordinator_stays_one_whoever_confirms_another_role(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("p", Role.COORDINATOR, ()))
        number = join(tx, "p", invited(tx, Role.OFFICER))
        with pytest.raises(LastCoordinator):
            make(tx, ConfirmPerson(number))
        assert people.known_as(tx, "p").role is Role.COORDINATOR
        assert [one.ref for one in invitations.applicants(tx)] == ["p"]
        people.put(tx, Person("q", Role.COORDINATOR, ()))
        make(tx, ConfirmPerson(number))
        assert people.known_as(tx, "p").role is Role.OFFICER
        assert invitations.applicants(tx) == []


def test_the_only_coordinator_may_become_one_of_another_unit(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("p", Role.COORDINATOR, ()))
        make(tx, ConfirmPerson(join(tx, "p", invited(tx, Role.COORDINATOR))))
        assert people.known_as(tx, "p") == Person("p", Role.COORDINATOR, ("กองคลัง",))


def test_what_has_no_effect_any_more_is_dropped(database: Database) -> None:
    with database.agency("one") as tx:
        invited(tx)
        join(tx, "p", invited(tx, code="ABCDEFGJ"))
        make(tx, NoteWrongCode("q"))
        invitations.forget(tx, SOON)
        assert [one.uses_left for one in open_ones(tx, SOON)] == [1]
        invitations.forget(tx, LATER)
        for table in ("invitation", "wrong_code"):
            assert tx.sql.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0
        assert len(people.members(tx)) == 1


def test_the_last_use_is_taken_once_by_people_who_press_at_once(database: Database) -> None:
    with database.agency("one") as tx:
        offer = invited(tx, uses=3)

    def press(ref: str) -> bool:
        with database.agency("one") as tx:
            if by_id(tx, offer.id, NOW) is None:
                return False
            join(tx, ref, offer)
            return True

    with ThreadPoolExecutor(6) as pool:
        came = list(pool.map(press, [f"p{number}" for number in range(6)]))
    with database.agency("one") as tx:
        known = people.members(tx)
    assert sum(came) == len(known) == 3
    assert len({one.number for one in known}) == 3


def test_a_number_is_kept_and_nobody_elses(database: Database) -> None:
    with database.agency("one") as tx:
        waiting = join(tx, "waits", invited(tx, Role.OFFICER))
        people.put(tx, Person("p", Role.STAFF, ()))
        (known,) = people.members(tx)
        assert known.number != waiting
        assert people.number_for(tx, "p") == known.number
        assert people.number_for(tx, "waits") == waiting
        assert people.number_for(tx, "new") not in (waiting, known.number)


def test_who_invited_the_one_who_waits_is_kept_until_that_person_is_gone(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("head", Role.COORDINATOR, ()))
        invitations.apply(tx, Invite(CODE, Role.OFFICER, (), 1, SOON), "head", NOW)
        offer = by_code(tx, CODE, NOW)
        assert offer is not None
        join(tx, "p", offer)
        assert [one.invited_by for one in invitations.applicants(tx)] == ["head"]
        make(tx, Leave("head"))
        assert [one.invited_by for one in invitations.applicants(tx)] == [None]
