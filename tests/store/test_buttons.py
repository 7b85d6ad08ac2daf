"""Buttons and steps: one person's, in one chat, of one agency, for a while."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita.agency import Person, Role
from store import buttons, people, steps
from store.database import Database
from store.keyring import Tampered

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
TODAY = date(2025, 1, 15)
ACTION = {"do": "accept", "measure": 3, "version": "awaiting_acceptance"}


def test_a_button_does_what_it_was_made_for_again_and_again(database: Database) -> None:
    with database.agency("one") as tx:
        token = buttons.keep(tx, "p", "c", ACTION, NOW)
        assert buttons.pressed(tx, "p", "c", token, NOW) == ACTION
        assert buttons.pressed(tx, "p", "c", token, NOW) == ACTION


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
        token = buttons.keep(tx, "p", "c", ACTION, NOW)
    with database.agency(agency) as tx:
        assert buttons.pressed(tx, person, chat, token, NOW + later) is None


def test_what_is_no_id_of_ours_does_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        token = buttons.keep(tx, "p", "c", ACTION, NOW)
        kept = tx.sql.scalar(sa.text("SELECT id FROM button"))
        forged = ("", token[:-1], token.swapcase(), str(kept), '{"do": "accept"}', "' OR 1=1 --")
        for data in forged:
            assert buttons.pressed(tx, "p", "c", data, NOW) is None, data


def test_ids_are_opaque_and_never_the_same(database: Database) -> None:
    with database.agency("one") as tx:
        tokens = {buttons.keep(tx, "p", "c", ACTION, NOW) for _ in range(50)}
        rows = str(tx.sql.execute(sa.text("SELECT * FROM button")).all())
    assert len(tokens) == 50
    assert all(len(token) == 22 and token not in rows for token in tokens)


def test_actions_are_sealed_all_alike_and_for_their_own_place(database: Database) -> None:
    with database.agency("one") as tx:
        long = {"do": "case", "case": 2**30, "party": "f" * 32, "units": ["กองทดสอบ"] * 3}
        mine = buttons.keep(tx, "p", "c", ACTION, NOW)
        other = buttons.keep(tx, "p", "c", long, NOW)
        assert buttons.pressed(tx, "p", "c", other, NOW) == long
        sealed = tx.sql.scalars(sa.text("SELECT sealed_action FROM button")).all()
        assert len({len(one) for one in sealed}) == 1
        assert not any(b"accept" in one or b"case" in one for one in sealed)
        swapped = sa.text("UPDATE button SET sealed_action = :sealed")
        tx.sql.execute(swapped, {"sealed": sealed[0]})
        opened = 0
        for token in (mine, other):
            with contextlib.suppress(Tampered):
                opened += buttons.pressed(tx, "p", "c", token, NOW) is not None
        assert opened == 1


def test_old_buttons_are_dropped(database: Database) -> None:
    with database.agency("one") as tx:
        buttons.keep(tx, "p", "c", ACTION, NOW)
        young = buttons.keep(tx, "p", "c", ACTION, NOW + timedelta(seconds=1))
        buttons.forget(tx, NOW + buttons.LIFE)
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM button")) == 1
        assert buttons.pressed(tx, "p", "c", young, NOW + buttons.LIFE) == ACTION


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
        with pytest.raises(Tampered):
            steps.read(tx, "c", "q", TODAY)
        later = TODAY + timedelta(days=7)
        tx.keyring.destroy_days_before(later)
        assert steps.read(tx, "c", "p", later) is None
        steps.keep(tx, "c", "q", {"do": "y"}, later)
        steps.forget_old(tx, later)
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM step")) == 1
        assert steps.read(tx, "c", "q", later) == {"do": "y"}


def test_whoever_goes_leaves_neither_buttons_nor_steps(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person("p", Role.STAFF, ()))
        tokens = [buttons.keep(tx, ref, "c", ACTION, NOW) for ref in ("p", "q")]
        for ref in ("p", "q"):
            steps.keep(tx, "c", ref, {"do": "x"}, TODAY)
        people.remove(tx, "p")
        pressed = [
            buttons.pressed(tx, ref, "c", token, NOW)
            for ref, token in zip(("p", "q"), tokens, strict=True)
        ]
        assert pressed == [None, ACTION]
        assert [steps.read(tx, "c", ref, TODAY) for ref in ("p", "q")] == [None, {"do": "x"}]
