"""What people decide in the sheet: acceptance, OIT answers, lists, doubts; published cells."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0003"
down_revision = "0002"

TABLES = ("published_cells", "people_list", "oit_item")


def upgrade() -> None:
    # JSON, not JSONB, which forgets in which order the columns stood.
    op.execute(
        "CREATE TABLE published_cells (agency TEXT NOT NULL, measure INTEGER NOT NULL,"
        " cells JSON NOT NULL, PRIMARY KEY (agency, measure),"
        " FOREIGN KEY (agency, measure) REFERENCES measure (agency, id) ON DELETE CASCADE)"
    )
    op.execute(
        "CREATE TABLE people_list (agency TEXT NOT NULL, tab TEXT NOT NULL,"
        " rows JSONB NOT NULL, PRIMARY KEY (agency, tab))"
    )
    op.execute(
        "CREATE TABLE oit_item (agency TEXT NOT NULL, id INTEGER NOT NULL,"
        " fiscal_year INTEGER NOT NULL, code TEXT NOT NULL, present BOOLEAN,"
        " url TEXT DEFAULT '' NOT NULL,"
        " PRIMARY KEY (agency, id), UNIQUE (agency, fiscal_year, code))"
    )
    op.execute(
        "ALTER TABLE measure ADD COLUMN acceptance TEXT,"
        " ADD COLUMN reason TEXT DEFAULT '' NOT NULL,"
        " ADD COLUMN withdrawn BOOLEAN DEFAULT false NOT NULL"
    )
    op.execute(
        "ALTER TABLE case_file ADD COLUMN unit TEXT DEFAULT '' NOT NULL,"
        " ADD COLUMN result TEXT DEFAULT '' NOT NULL"
    )
    op.execute("ALTER TABLE doubt ADD COLUMN settled TEXT")
    op.execute("DROP INDEX doubt_once")
    op.execute(
        "CREATE UNIQUE INDEX doubt_once ON doubt"
        " (agency, tab, row_id, field, md5(theirs), md5(ours), why)"
    )
    op.execute("ALTER TABLE spreadsheet ADD COLUMN strays JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE score ALTER COLUMN points DROP NOT NULL")
    for table in TABLES:
        _only_own_agency(table)


def _only_own_agency(table: str) -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own_agency ON {table}"
        " USING (agency = current_setting('sujarit.agency', true))"
        " WITH CHECK (agency = current_setting('sujarit.agency', true))"
    )
