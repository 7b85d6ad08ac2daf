"""A stolen database: what is kept for a member elsewhere leads neither to him nor to his chat."""

from datetime import UTC, datetime

import sqlalchemy as sa

from ita.agency import Person, Role
from ita.changes import NoteWrongCode, Revoke
from store import buttons, evidence, invitations, people, richmenus, steps
from store.database import Database, Transaction
from store.schema import metadata

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
MEMBER, CHAT = "reference-of-the-member", "reference-of-the-chat"


def tables_that_name(tx: Transaction, reference: str) -> set[str]:
    houses = (name for name, table in metadata.tables.items() if "agency" in table.c)
    rows = {name: str(tx.sql.execute(sa.text(f"SELECT * FROM {name}")).all()) for name in houses}
    return {name for name, found in rows.items() if reference in found}


def test_a_members_rows_name_him_nowhere_else_and_join_to_no_chat(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person(MEMBER, Role.STAFF, ("กองคลัง",)))
        buttons.keep(tx, MEMBER, CHAT, [{"do": "x"}], NOW.date())
        steps.keep(tx, CHAT, MEMBER, {"do": "x"}, NOW.date())
        richmenus.note(tx, MEMBER, CHAT)
        evidence.keep(tx, "77", "image", "", MEMBER, NOW)
        invitations.apply(tx, NoteWrongCode(MEMBER), MEMBER, NOW)
        assert tables_that_name(tx, MEMBER) == {"person"}
        assert tables_that_name(tx, CHAT) == {"menu_link"}, "where his menu is to be shown"
        marks = [
            tx.sql.scalar(sa.text(f"SELECT person FROM {table}"))
            for table in ("button", "step", "menu_link", "evidence", "wrong_code")
        ]
        assert len({*marks}) == len(marks), "nor do they join to each other"


def test_whoever_is_revoked_is_named_nowhere(database: Database) -> None:
    with database.agency("one") as tx:
        people.put(tx, Person(MEMBER, Role.STAFF, ()), 1000)
        evidence.keep(tx, "77", "audio", "", MEMBER, NOW)
        invitations.apply(tx, Revoke(1000), "", NOW)
        assert tables_that_name(tx, MEMBER) == set()
        assert tx.sql.scalar(sa.text("SELECT person FROM evidence")) is None
