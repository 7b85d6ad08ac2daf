"""Invitations, who waits to be confirmed, members' numbers, buttons, steps, and who reported."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0006"
down_revision = "0005"

TABLES = {
    "invitation": """
        agency TEXT NOT NULL,
        id INTEGER GENERATED ALWAYS AS IDENTITY,
        code TEXT NOT NULL,
        role TEXT NOT NULL,
        units TEXT[] NOT NULL,
        uses_left INTEGER NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL,
        invited_by TEXT NOT NULL,
        replaces INTEGER,
        PRIMARY KEY (agency, id),
        UNIQUE (agency, code)""",
    "applicant": """
        agency TEXT NOT NULL,
        ref TEXT NOT NULL,
        number INTEGER NOT NULL,
        role TEXT NOT NULL,
        units TEXT[] NOT NULL,
        replaces INTEGER,
        asked_at TIMESTAMPTZ NOT NULL,
        PRIMARY KEY (agency, ref),
        UNIQUE (agency, number)""",
    "revoked": """
        agency TEXT NOT NULL,
        ref TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        PRIMARY KEY (agency, ref)""",
    "wrong_code": """
        agency TEXT NOT NULL,
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        person TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        PRIMARY KEY (agency, id)""",
    "button": """
        agency TEXT NOT NULL,
        id TEXT NOT NULL,
        person TEXT NOT NULL,
        chat TEXT NOT NULL,
        action JSONB NOT NULL,
        made_at TIMESTAMPTZ NOT NULL,
        PRIMARY KEY (agency, id)""",
    "step": """
        agency TEXT NOT NULL,
        chat TEXT NOT NULL,
        person TEXT NOT NULL,
        sealed_step BYTEA NOT NULL,
        key_day DATE NOT NULL,
        PRIMARY KEY (agency, chat, person)""",
}
# As the looks over all agencies in sql/budget.sql, one of which this one stands for from now on.
TO_TIDY = """
CREATE FUNCTION agencies_to_tidy(
    slugs TEXT[], at TIMESTAMPTZ, before TIMESTAMPTZ,
    buttons_until TIMESTAMPTZ, keys_until DATE, wrong_until TIMESTAMPTZ
)
RETURNS TABLE (slug TEXT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        IF EXISTS (SELECT FROM event e WHERE e.agency = slug AND e.received_at < before)
           OR EXISTS (SELECT FROM message m
                       WHERE m.agency = slug AND m.token_expires_at < before)
           OR EXISTS (SELECT FROM button b WHERE b.agency = slug AND b.made_at <= buttons_until)
           OR EXISTS (SELECT FROM step s WHERE s.agency = slug AND s.key_day <= keys_until)
           OR EXISTS (SELECT FROM coordinator c WHERE c.agency = slug AND c.key_day <= keys_until)
           OR EXISTS (SELECT FROM revoked r WHERE r.agency = slug)
           OR EXISTS (SELECT FROM invitation i
                       WHERE i.agency = slug AND (i.expires_at <= at OR i.uses_left = 0))
           OR EXISTS (SELECT FROM wrong_code w WHERE w.agency = slug AND w.at <= wrong_until) THEN
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$"""
OWN = "(agency = current_setting('sujarit.agency', true))"


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_agency ON {table} USING {OWN} WITH CHECK {OWN}")
    op.execute("DROP FUNCTION agencies_to_tidy(TEXT[], TIMESTAMPTZ)")
    op.execute(TO_TIDY)
    op.execute("CREATE INDEX wrong_code_at ON wrong_code (agency, at)")
    op.execute("CREATE INDEX button_made ON button (agency, made_at)")
    op.execute("ALTER TABLE progress ADD COLUMN reporter TEXT")
    _number_those_who_are_there()


def _number_those_who_are_there() -> None:
    """The owner stands under the policies too, so they are lifted until all have a number."""
    op.execute(
        "ALTER TABLE person ADD COLUMN number INTEGER,"
        " ADD COLUMN joined_at TIMESTAMPTZ DEFAULT now() NOT NULL,"
        " ADD COLUMN blocked_at TIMESTAMPTZ"
    )
    op.execute("ALTER TABLE person NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE person SET number = 999 + counted.place FROM"
        " (SELECT agency, ref, row_number() OVER (PARTITION BY agency ORDER BY ref) AS place"
        " FROM person) AS counted"
        " WHERE person.agency = counted.agency AND person.ref = counted.ref"
    )
    op.execute("ALTER TABLE person FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE person ALTER COLUMN number SET NOT NULL")
    op.execute("ALTER TABLE person ADD UNIQUE (agency, number)")
