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
        sheet_on DATE,
        in_sheet BOOLEAN DEFAULT false NOT NULL,
        key TEXT NOT NULL,
        sealed_place BYTEA,
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
        account TEXT,
        receipt TEXT NOT NULL,
        sealed_identity BYTEA,
        notices TEXT DEFAULT 'none' NOT NULL,
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
        type TEXT,
        bytes BIGINT,
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
)
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
    # A button about a case says nothing of it outside the seal.
    op.execute(
        "ALTER TABLE button ALTER COLUMN action DROP NOT NULL,"
        " ADD COLUMN sealed_action BYTEA, ADD COLUMN key_day DATE"
    )
