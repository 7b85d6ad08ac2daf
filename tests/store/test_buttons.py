"""Buttons and steps: one person's, in one chat, of one agency, for a while."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita.agency import Person, Role
from store import buttons, people, steps, tally
from store.database import Database, Transaction
from store.keyring import Keyring, day_key
from store.tampering import ALERT

TODAY = date(2025, 1, 15)
ACTION = {"do": "accept", "measure": 3, "version": "awaiting_acceptance"}


def keep(tx: Transaction, person: str = "p", on: date = TODAY) -> str:
    (token,) = buttons.keep(tx, person, "c", [ACTION], on)
    return token


def test_a_button_does_what_it_was_made_for_again_and_again(database: Database) -> None:
    with database.agency("one") as tx:
        token = keep(tx)
        assert buttons.pressed(tx, "p", "c", token, TODAY) == ACTION
        assert buttons.pressed(tx, "p", "c", token, TODAY) == ACTION


def test_of_many_buttons_each_does_its_own(database: Database) -> None:
    actions = [{"do": "x", "n": n} for n in range(120)]
    with database.agency("one") as tx:
        tokens = buttons.keep(tx, "p", "c", actions, TODAY)
        assert [buttons.pressed(tx, "p", "c", token, TODAY) for token in tokens] == actions
        assert buttons.pressed(tx, "p", "c", tokens[0][:-2] + "99", TODAY) == actions[99]
        assert buttons.pressed(tx, "p", "c", tokens[0][:-2] + "120", TODAY) is None


@pytest.mark.parametrize(
    ("agency", "person", "chat", "later"),
    [
        ("two", "p", "c", timedelta()),
        ("one", "q", "c", timedelta()),
        ("one", "p", "d", timedelta()),
        ("one", "", "c", timedelta()),
        ("one", "p", "c", buttons.LIFE),
    ],
    ids=["another agency", "another person", "another chat", "nobody", "too late"],
)
def test_in_other_hands_it_does_nothing(
    database: Database, agency: str, person: str, chat: str, later: timedelta
) -> None:
    with database.agency("one") as tx:
        token = keep(tx)
    with database.agency(agency) as tx:
        assert buttons.pressed(tx, person, chat, token, TODAY + later) is None


def test_what_is_no_id_of_ours_does_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        token = keep(tx)
        kept = tx.sql.scalar(sa.text("SELECT id FROM button"))
        others = (token[:-1], token[:-2], token[:-2] + "01", token.swapcase())
        for data in ("", *others, str(kept), '{"do": "accept"}', "' OR 1=1 --"):
            assert buttons.pressed(tx, "p", "c", data, TODAY) is None, data


def test_ids_are_opaque_and_never_the_same(database: Database) -> None:
    with database.agency("one") as tx:
        tokens = {keep(tx) for _ in range(50)}
        rows = str(tx.sql.execute(sa.text("SELECT * FROM button")).all())
    assert len(tokens) == len({token[: buttons.ID_LETTERS] for token in tokens}) == 50
    assert all(len(token) == 22 and token[: buttons.ID_LETTERS] not in rows for token in tokens)


def test_a_row_tells_neither_how_many_buttons_a_reply_had_nor_which_nor_when(
    database: Database,
) -> None:
    long = {"do": "case", "case": 2**30, "party": "f" * 32, "units": ["กองทดสอบ"] * 3}
    with database.agency("one") as tx:
        assert buttons.keep(tx, "p", "c", [], TODAY) == []
        (mine,) = buttons.keep(tx, "p", "c", [ACTION], TODAY)
        others = buttons.keep(tx, "p", "c", [long] * 13, TODAY)
        assert buttons.pressed(tx, "p", "c", others[12], TODAY) == long
        rows = tx.sql.execute(sa.text("SELECT * FROM button")).all()
        assert len({len(row.sealed_actions) for row in rows}) == 1
        assert not any(b"accept" in row.sealed_actions for row in rows)
        assert [len(rows), {row.made_on for row in rows}] == [2, {TODAY}]
        assert not any(isinstance(value, datetime) for row in rows for value in row)
        swapped = sa.text("UPDATE button SET sealed_actions = :sealed")
        tx.sql.execute(swapped, {"sealed": rows[0].sealed_actions})
        found = [buttons.pressed(tx, "p", "c", token, TODAY) for token in (mine, others[0])]
        assert sum(action is not None for action in found) == 1
        assert tally.counts(tx.sql) == {ALERT: 1}


def test_old_buttons_are_dropped(database: Database) -> None:
    with database.agency("one") as tx:
        keep(tx)
        young = keep(tx, on=TODAY + timedelta(days=1))
        buttons.forget(tx, TODAY + buttons.LIFE)
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM button")) == 1
        assert buttons.pressed(tx, "p", "c", young, TODAY + buttons.LIFE) == ACTION


def test_a_step_is_kept_for_one_person_in_one_chat(database: Database) -> None:
    with database.agency("one") as tx:
        steps.keep(tx, "c", "p", {"do": "x", "words": "ก"}, TODAY)
        steps.keep(tx, "c", "q", {"do": "y"}, TODAY)
        steps.keep(tx, "c", "p", {"do": "z", "words": "ข"}, TODAY)
        assert steps.read(tx, "c", "p", TODAY) == {"do": "z", "words": "ข"}
        assert steps.read(tx, "d", "p", TODAY) is None
        steps.forget(tx, "c", "p")
        assert steps.read(tx, "c", "p", TODAY) is None
        assert steps.read(tx, "c", "q", TODAY) == {"do": "y"}


def test_a_step_is_sealed_for_its_place_and_gone_with_its_key(database: Database) -> None:
    with database.agency("one") as tx:
        steps.keep(tx, "c", "p", {"do": "x", "words": "secret"}, TODAY)
        assert b"secret" not in tx.sql.scalar(sa.text("SELECT sealed_step FROM step"))
        theirs = tx.sql.execute(sa.text("SELECT person, sealed_step FROM step")).one()
        steps.keep(tx, "c", "q", {"do": "y"}, TODAY)
        mine = sa.text("UPDATE step SET sealed_step = :sealed WHERE person <> :person")
        tx.sql.execute(mine, {"sealed": theirs.sealed_step, "person": theirs.person})
        assert steps.read(tx, "c", "q", TODAY) is None
        assert tally.counts(tx.sql) == {ALERT: 1}
        later = TODAY + timedelta(days=7)
        tx.keyring.destroy_days_before(later)
        assert steps.read(tx, "c", "p", later) is None
        steps.keep(tx, "c", "q", {"do": "y"}, later)
        steps.forget_old(tx, later)
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM step")) == 1
        assert steps.read(tx, "c", "q", later) == {"do": "y"}


def test_what_is_for_a_day_is_gone_before_the_rest(database: Database, keyring: Keyring) -> None:
    """From every copy of the database, while the day's key lives."""
    report, case = {"do": "parked", "draft": 1}, {"do": "case", "words": "secret"}
    with database.agency("one") as tx:
        steps.keep(tx, "c", "p", report, TODAY, case)
        steps.keep(tx, "c", "q", {}, TODAY, case)
        for days, left in ((1, [{**report, **case}, case]), (2, [report, None])):
            later = TODAY + timedelta(days=days)
            keyring.destroy_days_before(later)
            assert [steps.read(tx, "c", ref, later) for ref in ("p", "q")] == left
        sealed = tx.sql.scalars(sa.text("SELECT sealed_step FROM step")).all()
        opened = [
            keyring.unseal_of_day(TODAY, later, ("one", f"c/{ref}", "step"), one)
            for ref, one in zip(("p", "q"), sealed, strict=True)
        ]
        assert not any(part in one for part in (b"secret", b"case") for one in opened)
        assert tally.counts(tx.sql) == {}, "gone is not tampered with"


def test_a_row_does_not_tell_what_a_step_holds(database: Database) -> None:
    with database.agency("one") as tx:
        steps.keep(tx, "c", "p", {"do": "invite"}, TODAY)
        steps.keep(tx, "c", "q", {}, TODAY, {"do": "case", "words": "ก" * 200})
        steps.keep(tx, "c", "r", {"do": "parked", "draft": "ข" * 300}, TODAY, {"do": "case"})
        rows = tx.sql.execute(sa.text("SELECT * FROM step")).all()
    assert len({(len(row.sealed_step), row.key_day) for row in rows}) == 1


def test_a_step_that_was_kept_before_drafts_had_keys_of_their_own_is_read(
    database: Database, keyring: Keyring
) -> None:
    with database.agency("one") as tx:
        steps.keep(tx, "c", "p", {}, TODAY)
        place, plain = ("one", "c/p", "step"), b'{"do": "parked", "draft": 1}'
        sealed = {"sealed": keyring.seal(day_key(TODAY), place, plain)}
        tx.sql.execute(sa.text("UPDATE step SET sealed_step = :sealed"), sealed)
        assert steps.read(tx, "c", "p", TODAY) == {"do": "parked", "draft": 1}


def test_whoever_goes_leaves_neither_buttons_nor_steps(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("p", Role.STAFF, ()))
        tokens = [keep(tx, ref) for ref in ("p", "q")]
        for ref in ("p", "q"):
            steps.keep(tx, "c", ref, {"do": "x"}, TODAY)
        people.remove(tx, "p")
        pressed = [
            buttons.pressed(tx, ref, "c", token, TODAY)
            for ref, token in zip(("p", "q"), tokens, strict=True)
        ]
        assert pressed == [None, ACTION]
        assert [steps.read(tx, "c", ref, TODAY) for ref in ("p", "q")] == [None, {"do": "x"}]
