"""Whose spreadsheet it is, what stood in it after an installation; questions that come again."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # Whoever has a sheet already has worked in it: for these rows alone there is a default.
    op.execute(
        "ALTER TABLE spreadsheet ADD COLUMN furnished JSONB DEFAULT '{}' NOT NULL,"
        " ADD COLUMN confirmed_at TIMESTAMPTZ DEFAULT now(),"
        " ADD COLUMN code TEXT, ADD COLUMN code_until TIMESTAMPTZ"
    )
    op.execute("ALTER TABLE spreadsheet ALTER COLUMN confirmed_at DROP DEFAULT")
    op.execute("DROP INDEX doubt_once")
    op.execute(
        "CREATE UNIQUE INDEX doubt_once ON doubt"
        " (agency, tab, row_id, field, md5(theirs), md5(ours), why)"
        " WHERE settled IS NULL OR settled IN ('unclear', 'dismissed')"
    )
