"""Counts of all processes together, which only grow."""

import sqlalchemy as sa


def count(sql: sa.Connection, name: str) -> None:
    """One more of this."""
    sql.execute(_COUNT, {"name": name})


def counts(sql: sa.Connection) -> dict[str, int]:
    """All counts, by name."""
    return {row.name: row.total for row in sql.execute(_COUNTS)}


_COUNT = sa.text(
    "INSERT INTO tally AS t (name, count) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET count = t.count + 1"
)
_COUNTS = sa.text("SELECT name, count AS total FROM tally ORDER BY name")
