"""The rich menus that LINE holds, and which of them each member is shown."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0009"
down_revision = "0007"

TABLES = {
    "rich_menu": """
        agency TEXT NOT NULL,
        role TEXT NOT NULL,
        line_id TEXT NOT NULL,
        PRIMARY KEY (agency, role)""",
    "menu_link": """
        agency TEXT NOT NULL,
        person TEXT NOT NULL,
        chat TEXT NOT NULL,
        line_id TEXT NOT NULL,
        PRIMARY KEY (agency, person),
        UNIQUE (agency, chat)""",
}
OWN = "(agency = current_setting('sujarit.agency', true))"


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_agency ON {table} USING {OWN} WITH CHECK {OWN}")
