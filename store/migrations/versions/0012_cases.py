"""Cases of every kind under seals of their own; those filed before had one door and one seal."""

import sqlalchemy as sa
from alembic import op

from store.database import ROLE

revision = "0012"
down_revision = "0011"

TABLES = {
    "case_file": """
        agency TEXT NOT NULL,
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        received_on DATE NOT NULL,
        unit TEXT DEFAULT '' NOT NULL,
        result TEXT DEFAULT '' NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        titled BOOLEAN DEFAULT false NOT NULL,
        submitted_on DATE,
        acknowledged_on DATE,
        concluded_on DATE,
        informed_on DATE,
        closed_on DATE,
        withdrawal_on DATE,
        reopened_on DATE,
        ended_on DATE,
        released_on DATE,
        sheet_on DATE,
        in_sheet BOOLEAN DEFAULT false NOT NULL,
        key TEXT NOT NULL,
        sealed_routing BYTEA,
        sealed_register BYTEA,
        erased_on DATE,
        held_back BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (agency, id),
        UNIQUE (agency, number),
        UNIQUE (agency, key)""",
    "case_party": """
        agency TEXT NOT NULL,
        id TEXT NOT NULL,
        case_id INTEGER NOT NULL,
        receipt TEXT NOT NULL,
        sealed_identity BYTEA,
        sealed_place BYTEA,
        place_from TEXT,
        contact_from TEXT,
        notices TEXT DEFAULT 'none' NOT NULL,
        withdrawn_on DATE,
        owed BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (agency, id),
        FOREIGN KEY (agency, case_id) REFERENCES case_file (agency, id),
        UNIQUE (agency, receipt)""",
    "case_entry": """
        agency TEXT NOT NULL,
        case_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        party TEXT,
        day DATE NOT NULL,
        message TEXT,
        sealed_text BYTEA,
        PRIMARY KEY (agency, case_id, position),
        FOREIGN KEY (agency, case_id) REFERENCES case_file (agency, id)""",
    "case_evidence": """
        agency TEXT NOT NULL,
        case_id INTEGER NOT NULL,
        upload TEXT NOT NULL,
        party TEXT,
        kind TEXT NOT NULL,
        sealed_key BYTEA NOT NULL,
        PRIMARY KEY (agency, case_id, upload),
        FOREIGN KEY (agency, case_id) REFERENCES case_file (agency, id)""",
    "case_upload": """
        agency TEXT NOT NULL,
        id TEXT NOT NULL,
        state TEXT NOT NULL,
        why TEXT,
        kind TEXT NOT NULL,
        made_on DATE NOT NULL,
        filed BOOLEAN DEFAULT false NOT NULL,
        sealed_origin BYTEA,
        key_day DATE,
        attempts INTEGER DEFAULT 0 NOT NULL,
        retry_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (agency, id)""",
    "case_register": """
        agency TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (agency, fiscal_year)""",
    "case_pace": """
        agency TEXT NOT NULL,
        person TEXT NOT NULL,
        what TEXT NOT NULL,
        day DATE NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (agency, person, what, day)""",
}
INDEXES = (
    "CREATE INDEX case_party_case ON case_party (agency, case_id)",
    "CREATE INDEX case_entry_message ON case_entry (agency, message)",
    "CREATE INDEX case_party_owed ON case_party (agency) WHERE owed",
    "CREATE INDEX case_upload_open ON case_upload (agency) WHERE state IN ('waiting', 'unsent')",
)
# As the looks over all agencies in sql/budget.sql: no rights but the caller's.
AT_WORK = """
CREATE FUNCTION cases_at_work(slugs TEXT[], at TIMESTAMPTZ)
RETURNS TABLE (slug TEXT, uploads BOOLEAN, notices BOOLEAN)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        uploads := EXISTS (
            SELECT FROM case_upload u
             WHERE u.agency = slug AND u.state IN ('waiting', 'unsent')
               AND (u.retry_at IS NULL OR u.retry_at <= at
                    OR u.retry_at > at + interval '10 minutes'));
        notices := EXISTS (SELECT FROM case_party p WHERE p.agency = slug AND p.owed);
        IF uploads OR notices THEN
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$"""
FIGURES = """
CREATE FUNCTION case_figures(slugs TEXT[])
RETURNS TABLE (slug TEXT, grievances BIGINT, open_grievances BIGINT, held_back BIGINT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        SELECT count(*) FILTER (WHERE c.kind = 'grievance'),
               count(*) FILTER (WHERE c.kind = 'grievance' AND c.closed_on IS NULL),
               count(*) FILTER (WHERE c.held_back)
          INTO grievances, open_grievances, held_back FROM case_file c WHERE c.agency = slug;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$"""
# A push that answers no event (below 0) is counted by its decision, any other one by its end.
PUSHES = """
CREATE OR REPLACE FUNCTION pushes_between(first DATE, next DATE) RETURNS BIGINT
LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM digest d WHERE d.pushed AND d.day >= first AND d.day < next)
         + (SELECT count(*) FROM message m
             WHERE m.agency = current_setting('sujarit.agency', true)
               AND m.outcome = 'pushed' AND m.event >= 0
               AND m.settled_at >= CAST(first AS TIMESTAMP) AT TIME ZONE 'Asia/Bangkok'
               AND m.settled_at < CAST(next AS TIMESTAMP) AT TIME ZONE 'Asia/Bangkok')
$$"""
# As in the revision 0006, with buttons by days.
TO_TIDY = """
CREATE FUNCTION agencies_to_tidy(
    slugs TEXT[], at TIMESTAMPTZ, before TIMESTAMPTZ,
    buttons_until DATE, keys_until DATE, wrong_until TIMESTAMPTZ
)
RETURNS TABLE (slug TEXT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        IF EXISTS (SELECT FROM event e WHERE e.agency = slug AND e.received_at < before)
           OR EXISTS (SELECT FROM message m
                       WHERE m.agency = slug AND m.token_expires_at < before)
           OR EXISTS (SELECT FROM button b WHERE b.agency = slug AND b.made_on <= buttons_until)
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
    op.execute("DROP TABLE case_file")
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
        op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO {ROLE}')
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_agency ON {table} USING {OWN} WITH CHECK {OWN}")
    for index in INDEXES:
        op.execute(index)
    op.execute(
        "DROP FUNCTION agencies_to_tidy(TEXT[], TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ, DATE,"
        " TIMESTAMPTZ)"
    )
    for function in (AT_WORK, FIGURES, PUSHES, TO_TIDY):
        op.execute(function)
    # What a reply's buttons do stands sealed in one row, with its day; those that were made before
    # do nothing any more.
    op.execute("TRUNCATE button")
    op.execute(
        "ALTER TABLE button DROP COLUMN action, DROP COLUMN made_at,"
        " ADD COLUMN made_on DATE NOT NULL, ADD COLUMN sealed_actions BYTEA NOT NULL"
    )
    op.execute("CREATE INDEX button_made ON button (agency, made_on)")
