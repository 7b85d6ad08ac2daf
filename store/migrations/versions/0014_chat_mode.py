"""Whether administrators of an agency's LINE account read its chats, and when LINE said so."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0014"
down_revision = "0013"

OWN = "(agency = current_setting('sujarit.agency', true))"


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(
        "CREATE TABLE line_account (agency TEXT NOT NULL, others_read BOOLEAN NOT NULL,"
        " asked_on DATE NOT NULL, PRIMARY KEY (agency))"
    )
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".line_account TO {ROLE}')
    op.execute("ALTER TABLE line_account ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE line_account FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_agency ON line_account USING {OWN} WITH CHECK {OWN}")
