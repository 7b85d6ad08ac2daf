"""The queue: procrastinate's own schema, frozen as it was in 3.10.0."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

SQL = Path(__file__).parent.parent / "sql" / "procrastinate-3.10.0.sql"


def upgrade() -> None:
    # Straight to the driver: the file's % and : are no parameters.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # an open connection has one
    driver.execute(SQL.read_text(encoding="utf-8"))
