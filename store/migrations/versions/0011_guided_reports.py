"""What a guided report says beside output and status, its round, and whether it was unsent."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE progress ADD COLUMN outcome TEXT DEFAULT '' NOT NULL,"
        " ADD COLUMN obstacle TEXT DEFAULT '' NOT NULL,"
        " ADD COLUMN budget_used TEXT DEFAULT '' NOT NULL,"
        " ADD COLUMN act_on DATE,"
        " ADD COLUMN round DATE,"
        " ADD COLUMN says_done BOOLEAN DEFAULT false NOT NULL,"
        " ADD COLUMN unsent BOOLEAN DEFAULT false NOT NULL"
    )
    op.execute("ALTER TABLE measure ADD COLUMN budget_used TEXT DEFAULT '' NOT NULL")
