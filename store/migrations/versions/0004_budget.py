"""The calls of the last minute, the line for them, a look over all agencies, whom to tell."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0004"
down_revision = "0003"

SQL = Path(__file__).parent.parent / "sql" / "budget.sql"
TABLES = ("coordinator", "google_calls", "sheet_line", "tally")


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # an open connection has one
    driver.execute(SQL.read_text(encoding="utf-8"))
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
    op.execute("ALTER TABLE coordinator ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE coordinator FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own_agency ON coordinator"
        " USING (agency = current_setting('sujarit.agency', true))"
        " WITH CHECK (agency = current_setting('sujarit.agency', true))"
    )
