"""The role, the policies, and that the schema of the program is the schema of the database."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from store.database import Database, sqlstate
from store.migrate import is_current, upgrade
from store.schema import metadata

HOUSE_TABLES = sorted(name for name, table in metadata.tables.items() if "agency" in table.c)


def _fill(database: Database, agency: str) -> None:
    """One row in every table, for one agency."""
    with database.agency(agency) as tx:
        for statement in ROWS:
            tx.sql.execute(sa.text(statement.replace("AGENCY", f"'{agency}'")))


ROWS = (
    "INSERT INTO person VALUES (AGENCY, 'p', 'staff', '{}', 1000)",
    "INSERT INTO invitation (agency, code, role, units, uses_left, expires_at, invited_by)"
    " VALUES (AGENCY, 'c', 'staff', '{}', 1, now(), '')",
    "INSERT INTO applicant VALUES (AGENCY, 'a', 1001, 'officer', '{}', NULL, now())",
    "INSERT INTO revoked VALUES (AGENCY, 'p', now())",
    "INSERT INTO wrong_code (agency, person, at) VALUES (AGENCY, 'p', now())",
    "INSERT INTO button VALUES (AGENCY, 'b', 'p', 'c', now(), '')",
    "INSERT INTO step VALUES (AGENCY, 'c', 'p', '', now())",
    "INSERT INTO rich_menu VALUES (AGENCY, 'staff', 'm')",
    "INSERT INTO menu_link VALUES (AGENCY, 'p', 'c', 'm')",
    "INSERT INTO chat (agency, ref) VALUES (AGENCY, 'c')",
    "INSERT INTO event (agency, webhook_event_id, chat, occurred_at, received_at, key_day)"
    " VALUES (AGENCY, 'e', 'c', now(), now(), now())",
    "INSERT INTO message (id, agency, chat, event, key_day, token_expires_at)"
    " VALUES (gen_random_uuid(), AGENCY, 'c', 1, now(), now())",
    "INSERT INTO measure (agency, id, fiscal_year, number, title, items, unit, period_raw,"
    " period_kind, status, evidence) VALUES (AGENCY, 1, 2568, 1, 't', '{}', 'u', '', 'unknown',"
    " 'not_started', '{}')",
    "INSERT INTO published_cells VALUES (AGENCY, 1, '{}')",
    "INSERT INTO oit_item VALUES (AGENCY, 1, 2568, 'o1', true, '')",
    "INSERT INTO people_list VALUES (AGENCY, 'holidays', '[]')",
    "INSERT INTO progress VALUES (AGENCY, 1, 1, now(), 'u', 'in_progress', 1, '', '{}')",
    "INSERT INTO score VALUES (AGENCY, 1, 2566, 1, 98.01)",
    "INSERT INTO case_file (agency, id, number, kind, status, received_on, key)"
    " VALUES (AGENCY, 1, 'n', 'grievance', 'received', now(), 'k')",
    "INSERT INTO case_party (agency, id, case_id, receipt) VALUES (AGENCY, 'p', 1, 'r')",
    "INSERT INTO case_entry (agency, case_id, position, day) VALUES (AGENCY, 1, 0, now())",
    "INSERT INTO case_evidence VALUES (AGENCY, 1, 'u', NULL, 'image', '')",
    "INSERT INTO case_upload (agency, id, state, kind, made_on)"
    " VALUES (AGENCY, 'u', 'waiting', 'image', now())",
    "INSERT INTO case_register VALUES (AGENCY, 2568, 1)",
    "INSERT INTO case_pace VALUES (AGENCY, '', 'filed', now(), 1)",
    "INSERT INTO spreadsheet (agency, spreadsheet_id) VALUES (AGENCY, 's')",
    "INSERT INTO outbox (agency, tab, row_id) VALUES (AGENCY, 'measures', 1)",
    "INSERT INTO mirror (agency, tab, row_id, seen) VALUES (AGENCY, 'measures', 1, '{}')",
    "INSERT INTO doubt (agency, id, at, tab, row_id, field, theirs, ours, why) VALUES (AGENCY, 1,"
    " now(), 'measures', 1, 'status', 'a', 'b', 'c')",
    "INSERT INTO evidence (agency, id, state, kind, made_at)"
    " VALUES (AGENCY, 'e', 'waiting', 'image', now())",
    "INSERT INTO unsent VALUES (AGENCY, 'm', now())",
    "INSERT INTO line_account VALUES (AGENCY, false, now())",
    "INSERT INTO coordinator VALUES (AGENCY, 'c', '', now(), NULL, NULL)",
    "INSERT INTO recipient VALUES (AGENCY, 'r', now())",
    "INSERT INTO reminded VALUES (AGENCY, 'r', 1, now(), 1)",
    "INSERT INTO digest VALUES (AGENCY, 'r', now(), true)",
)


def _count(sql: sa.Connection, table: str) -> int:
    return int(sql.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.mark.parametrize("table", HOUSE_TABLES)
def test_without_the_agency_set_no_row_is_seen(database: Database, table: str) -> None:
    _fill(database, "one")
    with database.agency("one") as tx:
        assert _count(tx.sql, table) == 1, "the row is there"
    with database.house() as sql:
        assert _count(sql, table) == 0, "never set, or set in an earlier transaction"
    for wrong in ("two", "", "ONE", "one ", "one' OR 'a'='a"):
        with database.agency(wrong) as tx:
            assert _count(tx.sql, table) == 0, wrong


@pytest.mark.parametrize("table", HOUSE_TABLES)
def test_one_agency_changes_nothing_of_another_even_without_a_where(
    database: Database, table: str
) -> None:
    _fill(database, "one")
    with database.agency("two") as tx:
        assert tx.sql.execute(sa.text(f"DELETE FROM {table}")).rowcount == 0
        assert tx.sql.execute(sa.text(f"UPDATE {table} SET agency = 'two'")).rowcount == 0


def test_a_row_cannot_be_written_for_another_agency(database: Database) -> None:
    with database.agency("one") as tx, pytest.raises(sa.exc.ProgrammingError) as refused:
        tx.sql.execute(sa.text("INSERT INTO chat (agency, ref) VALUES ('two', 'c')"))
    assert sqlstate(refused.value) == "42501"


def test_every_table_with_an_agency_is_forced_under_the_policy(database: Database) -> None:
    """A table that a later revision adds and forgets to protect fails here."""
    query = """
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency'
         WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    """
    with database.house() as sql:
        protected: dict[str, bool] = {row[0]: row[1] for row in sql.execute(sa.text(query))}
    assert sorted(protected) == HOUSE_TABLES
    assert all(protected.values())


def test_the_role_cannot_get_around_the_policies(database: Database) -> None:
    with database.house() as sql:
        role = sql.execute(
            sa.text(
                "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
                " WHERE rolname = current_user"
            )
        ).one()
    assert tuple(role) == ("sujarit_app", False, False, False)
    for forbidden in (
        "ALTER TABLE chat DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_agency ON chat",
    ):
        with database.house() as sql, pytest.raises(sa.exc.ProgrammingError):
            sql.execute(sa.text(forbidden))


def test_the_database_is_what_the_program_thinks_it_is(database: Database) -> None:
    """No difference between store/schema.py and what the revisions made."""

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith("procrastinate_"))

    with database.house() as sql:
        context = MigrationContext.configure(sql, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert is_current(sql)


def test_an_upgrade_can_be_run_again(postgres: str, schema: str, database: Database) -> None:
    _fill(database, "one")
    upgrade(postgres, schema)
    with database.agency("one") as tx:
        assert _count(tx.sql, "measure") == 1
