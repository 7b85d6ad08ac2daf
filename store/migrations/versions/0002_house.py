"""The house: journal, people, chats, register, sheet; row-level security from the first day."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).parent.parent / "sql" / "house.sql"
TABLES = (
    "person", "chat", "event", "message", "measure", "progress", "score", "case_file",
    "spreadsheet", "outbox", "mirror", "doubt",
)  # fmt: skip


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # an open connection has one
    driver.execute(SQL.read_text(encoding="utf-8"))
    _rights()
    for table in TABLES:
        _only_own_agency(table)


def _rights() -> None:
    """What the program's role may do here; store.migrate has made the role."""
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO {ROLE}')
    for things in ("TABLES", "SEQUENCES"):
        rights = "SELECT, INSERT, UPDATE, DELETE" if things == "TABLES" else "USAGE, SELECT"
        op.execute(f'GRANT {rights} ON ALL {things} IN SCHEMA "{schema}" TO {ROLE}')


def _only_own_agency(table: str) -> None:
    """FORCEd, so that the tables' owner stands under it too.

    Without `SET LOCAL sujarit.agency` the setting is NULL or empty: no row matches.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own_agency ON {table}"
        " USING (agency = current_setting('sujarit.agency', true))"
        " WITH CHECK (agency = current_setting('sujarit.agency', true))"
    )
