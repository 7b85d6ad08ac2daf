"""Who is reminded of measures, of what already, and how many pushes a month has cost."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0010"
down_revision = "0009"

TABLES = {
    "recipient": """
        agency TEXT NOT NULL,
        ref TEXT NOT NULL,
        since DATE NOT NULL,
        sealed_line_id BYTEA,
        stopped BOOLEAN DEFAULT false NOT NULL,
        snoozed_until DATE,
        owed BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (agency, ref)""",
    "reminded": """
        agency TEXT NOT NULL,
        recipient TEXT NOT NULL,
        measure INTEGER NOT NULL,
        due DATE NOT NULL,
        stage INTEGER NOT NULL,
        PRIMARY KEY (agency, recipient, measure, due)""",
    "digest": """
        agency TEXT NOT NULL,
        recipient TEXT NOT NULL,
        day DATE NOT NULL,
        pushed BOOLEAN NOT NULL,
        PRIMARY KEY (agency, recipient, day)""",
}
OWN = "(agency = current_setting('sujarit.agency', true))"

# A push that reminds (event -1) is counted by its decision, any other one by its end.
BETWEEN = """
CREATE FUNCTION pushes_between(first DATE, next DATE) RETURNS BIGINT
LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM digest d WHERE d.pushed AND d.day >= first AND d.day < next)
         + (SELECT count(*) FROM message m
             WHERE m.agency = current_setting('sujarit.agency', true)
               AND m.outcome = 'pushed' AND m.event <> -1
               AND m.settled_at >= CAST(first AS TIMESTAMP) AT TIME ZONE 'Asia/Bangkok'
               AND m.settled_at < CAST(next AS TIMESTAMP) AT TIME ZONE 'Asia/Bangkok')
$$"""
# As the looks over all agencies in sql/budget.sql: no rights but the caller's.
OF_AGENCIES = """
CREATE FUNCTION agency_pushes(slugs TEXT[], first DATE, next DATE)
RETURNS TABLE (slug TEXT, pushes BIGINT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        SELECT pushes_between(first, next) INTO pushes;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$"""


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_agency ON {table} USING {OWN} WITH CHECK {OWN}")
    op.execute(BETWEEN)
    op.execute(OF_AGENCIES)
