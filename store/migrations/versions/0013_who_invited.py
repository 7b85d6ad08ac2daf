"""Who invited whoever waits to be confirmed: it is his word that counts."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("ALTER TABLE applicant ADD COLUMN invited_by TEXT")
