"""The line for Google: which agency's spreadsheet comes next when the budget is short.

An agency that wants a sync takes its place, and is told how many stand before it: to them it leaves
their share of what is left (store.budget). Rows that wait come before reads. Among those, whoever
waits longer comes first, and whoever was served waits anew from then on. So between two syncs of
one agency each agency that was waiting has one: nobody takes more than a turn while others wait.

A place is kept until the moment by which its owner promised to come back, and some seconds more;
then its wake-up call is lost, and nobody is held up by it. All times are the database's.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from store.budget import Purpose
from store.database import Transaction
from store.schema import outbox

GRACE_SECONDS = 20
"""How late a wake-up call may be: the worker may be busy with syncs that Google holds."""
FAR_SECONDS = 120
"""Nobody promises to come so much later: the database's clock was set back."""


def ask(sql: sa.Connection, slug: str, purpose: Purpose, oldest: datetime | None = None) -> int:
    """Take a place in the line, or keep the one that there is; how many stand before it.

    `oldest` is since when rows wait. A read waits since the sheet was last served.
    """
    values = {
        "slug": slug,
        "urgency": _URGENCY[purpose],
        "oldest": oldest,
        "grace": GRACE_SECONDS,
        "far": FAR_SECONDS,
    }
    return int(sql.execute(_ASK, values).scalar_one())


def served(sql: sa.Connection, slug: str, quiet_seconds: float) -> None:
    """The agency has its turn now; if it wants another, it goes to the end.

    If it does not, `wake_quiet` finds it after these seconds.
    """
    sql.execute(_SERVED, {"slug": slug, "seconds": quiet_seconds})


def due(sql: sa.Connection, slug: str, seconds: float) -> None:
    """`wake_quiet` finds the agency after these seconds."""
    sql.execute(_DUE, {"slug": slug, "seconds": seconds})


def leave(sql: sa.Connection, slug: str) -> None:
    """The agency wants no turn any more, or not soon."""
    sql.execute(_LEAVE, {"slug": slug})


def come_back(sql: sa.Connection, slug: str, seconds: float) -> None:
    """The agency will ask again in so many seconds; its place is kept."""
    sql.execute(_COME_BACK, {"slug": slug, "seconds": seconds + GRACE_SECONDS})


def wake_quiet(sql: sa.Connection, slugs: Sequence[str], most: int) -> list[str]:
    """Give a place to those of these agencies that are due, the longest due first.

    Those who stand in the line for a read already are counted against `most`.
    """
    values = {
        "slugs": list(slugs),
        "most": most,
        "grace": GRACE_SECONDS,
        "urgency": _URGENCY[Purpose.QUIET],
    }
    return list(sql.scalars(_WAKE_QUIET, values))


def enter(sql: sa.Connection, slugs: Sequence[str]) -> None:
    """Know these agencies."""
    sql.execute(_ENTER, {"slugs": list(slugs), "urgency": _URGENCY[Purpose.QUIET]})


def rows_since(tx: Transaction) -> datetime | None:
    """Since when the agency's oldest row waits to be written, None where none does."""
    oldest: datetime | None = tx.sql.scalar(sa.select(sa.func.min(outbox.c.since)))
    return oldest


def waiting(sql: sa.Connection) -> dict[str, int]:
    """How many stand in the line, by what for: "rows" or "reads"."""
    found = {row.urgency: row.places for row in sql.execute(_WAITING, {"far": FAR_SECONDS})}
    return {"rows": found.get(0, 0), "reads": found.get(1, 0)}


_URGENCY = {Purpose.ROWS: 0, Purpose.FRESH: 1, Purpose.QUIET: 1}

_ASK = sa.text("""
    WITH moment AS MATERIALIZED (
        SELECT clock_timestamp() AS at, clock_timestamp() + make_interval(secs => :far) AS far
    ), me AS (
        INSERT INTO sheet_line AS mine (slug, urgency, since, comes_by)
        SELECT :slug, :urgency, coalesce(CAST(:oldest AS timestamptz), at),
               at + make_interval(secs => :grace)
          FROM moment
        ON CONFLICT (slug) DO UPDATE SET
            urgency = excluded.urgency,
            since = CASE WHEN excluded.urgency = 0 THEN greatest(excluded.since, mine.served_at)
                         ELSE coalesce(mine.served_at, mine.since, excluded.since) END,
            comes_by = excluded.comes_by
        RETURNING slug, urgency, since
    )
    SELECT count(other.slug)
      FROM me CROSS JOIN moment LEFT JOIN sheet_line other
        ON other.slug <> me.slug AND other.comes_by > moment.at AND other.comes_by < moment.far
       AND (other.urgency, other.since, other.slug) < (me.urgency, me.since, me.slug)
""")
_SERVED = sa.text(
    "UPDATE sheet_line SET served_at = clock_timestamp(), comes_by = NULL,"
    " due_at = clock_timestamp() + make_interval(secs => :seconds) WHERE slug = :slug"
)
_DUE = sa.text(
    "UPDATE sheet_line SET due_at = clock_timestamp() + make_interval(secs => :seconds)"
    " WHERE slug = :slug"
)
_LEAVE = sa.text("UPDATE sheet_line SET comes_by = NULL WHERE slug = :slug")
_COME_BACK = sa.text(
    "UPDATE sheet_line SET comes_by = clock_timestamp() + make_interval(secs => :seconds)"
    " WHERE slug = :slug"
)
_WAKE_QUIET = sa.text("""
    WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
    places AS MATERIALIZED (
        SELECT greatest(0, :most - count(*)) AS free FROM sheet_line, moment
         WHERE comes_by > at AND urgency = :urgency
    ), next AS MATERIALIZED (
        SELECT slug FROM sheet_line, moment
         WHERE slug = ANY (CAST(:slugs AS text[])) AND (comes_by IS NULL OR comes_by < at)
           AND (due_at IS NULL OR due_at <= at OR served_at > at)
         ORDER BY due_at NULLS FIRST, slug
         LIMIT (SELECT free FROM places) FOR UPDATE OF sheet_line SKIP LOCKED
    )
    UPDATE sheet_line SET urgency = :urgency, since = coalesce(served_at, at),
           comes_by = at + make_interval(secs => :grace)
      FROM moment WHERE slug IN (SELECT slug FROM next) RETURNING slug
""")
_ENTER = sa.text(
    "INSERT INTO sheet_line (slug, urgency)"
    " SELECT slug, :urgency FROM unnest(CAST(:slugs AS text[])) AS one (slug)"
    " ON CONFLICT DO NOTHING"
)
_WAITING = sa.text("""
    SELECT urgency, count(*) AS places FROM sheet_line
     WHERE comes_by > clock_timestamp()
       AND comes_by < clock_timestamp() + make_interval(secs => :far)
     GROUP BY urgency
""")
