"""Evidence that people send as photo or file, what was unsent, and what a report changed."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0007"
down_revision = "0006"

TABLES = {
    "evidence": """
        agency TEXT NOT NULL,
        id TEXT NOT NULL,
        state TEXT NOT NULL,
        why TEXT,
        kind TEXT NOT NULL,
        type TEXT,
        bytes BIGINT,
        made_at TIMESTAMPTZ NOT NULL,
        sealed_origin BYTEA,
        key_day DATE,
        person TEXT,
        attempts INTEGER DEFAULT 0 NOT NULL,
        retry_at TIMESTAMPTZ,
        PRIMARY KEY (agency, id)""",
    "unsent": """
        agency TEXT NOT NULL,
        message TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        PRIMARY KEY (agency, message)""",
}
OWN = "(agency = current_setting('sujarit.agency', true))"

# As the looks over all agencies in sql/budget.sql: no rights but the caller's.
WAITING = """
CREATE FUNCTION evidence_waiting(slugs TEXT[], at TIMESTAMPTZ, made_before TIMESTAMPTZ)
RETURNS TABLE (slug TEXT, id TEXT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        FOR id IN
            SELECT e.id FROM evidence e
             WHERE e.agency = slug AND e.state IN ('waiting', 'unsent')
               AND e.made_at < made_before AND (e.retry_at IS NULL OR e.retry_at <= at)
             ORDER BY e.made_at LIMIT 100
        LOOP
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$"""


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_agency ON {table} USING {OWN} WITH CHECK {OWN}")
    op.execute(
        "CREATE INDEX evidence_open ON evidence (agency, made_at)"
        " WHERE state IN ('waiting', 'unsent')"
    )
    op.execute("CREATE INDEX evidence_to_tell ON evidence (agency, person) WHERE why IS NOT NULL")
    op.execute("CREATE INDEX unsent_at ON unsent (agency, at)")
    op.execute(
        "ALTER TABLE progress ADD COLUMN messages TEXT[] DEFAULT '{}' NOT NULL,"
        " ADD COLUMN changed JSONB DEFAULT '{}' NOT NULL,"
        " ADD COLUMN undone BOOLEAN DEFAULT false NOT NULL"
    )
    op.execute("ALTER TABLE measure ADD COLUMN reason_message TEXT")
    op.execute("CREATE INDEX progress_messages ON progress USING gin (messages)")
    op.execute(WAITING)
