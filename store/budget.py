"""What may still be asked of Google: one count for all processes, kept in the database.

Google counts an account's and a project's reads and writes, each by the minute. So the times of the
calls of the last minute are kept, by account and by project, and a call is made only while there
are fewer than the limit. Of all ways that keep every minute below a limit this one lets each call
go soonest: drops that fall evenly would hold back calls for which there is room.

All times are the database's: processes and machines agree on them, and the sandbox's clock, which
jumps, has no part in it. Should the database's own clock be set back, calls that now lie in the
future count as made now: nothing is forgotten, and after a minute all is as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import sqlalchemy as sa

from store.database import Database

Kind = Literal["read", "write"]
KINDS: tuple[Kind, ...] = ("read", "write")

ACCOUNT_CALLS, PROJECT_CALLS = 50, 250
"""Reads a minute, and as many writes. Google allows 60 and 300; the rest is left to people."""
WINDOW_SECONDS = 61.0
"""Google's minute, and a second for the way there, which is not always equally long."""
RESERVE = 5
"""One part in so many is kept for what people reported, whatever else is to be read."""
SPARE = 3
"""Reads that nobody waits for get one part in so many."""


class Purpose(StrEnum):
    """What a sync is for: how much of the budget it may use.

    ROWS: rows wait to be written; all of it. FRESH: somebody is talking to the agency's account;
    four fifths. QUIET: a sheet that nobody asks about, or one that refused before; four fifths
    and no more than a third of an account's calls are of this kind.
    """

    ROWS = "rows"
    FRESH = "fresh"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Left:
    """How many of `most` calls are left in this minute.

    `scope` is "account" or "project" and `name` its name; `kind` is "read", "write", or "quiet" for
    syncs that nobody waits for.
    """

    scope: str
    name: str
    kind: str
    calls: int
    most: int


@dataclass(frozen=True, slots=True)
class _Count:
    """One count that a call goes against, and how many of it the call leaves to others."""

    name: str
    most: int
    leaving: int


class Budget:
    """The counts of this deployment's accounts. `window` is shorter only in tests."""

    def __init__(
        self,
        database: Database,
        account_calls: int = ACCOUNT_CALLS,
        project_calls: int = PROJECT_CALLS,
        window: float = WINDOW_SECONDS,
    ) -> None:
        self._database = database
        self._account_calls = account_calls
        self._project_calls = project_calls
        self.window = window

    def take(
        self,
        account: str,
        project: str,
        kinds: Iterable[Kind],
        *,
        leaving: int = 0,
        purpose: Purpose = Purpose.ROWS,
    ) -> float:
        """Take one call of each kind, or none: 0.0 when taken, else the seconds to wait.

        `leaving` calls are left to others, who wait longer. The seconds are when there will be
        room if those others take theirs then, and never more than the window.
        """
        counts = self._counts(account, project, tuple(kinds), leaving, purpose)
        row = self._taken(counts)
        if row.found < len(counts):
            # In a transaction of its own: with locks on some rows, to insert others is a deadlock.
            with self._database.house() as sql:
                sql.execute(_ENTER, {"names": sorted(count.name for count in counts)})
            row = self._taken(counts)
        return 0.0 if row.granted else max(float(row.seconds), 0.001)

    def _taken(self, counts: list[_Count]) -> sa.Row[tuple[object, ...]]:
        values = {
            "names": [count.name for count in counts],
            "most": [count.most for count in counts],
            "leaving": [count.leaving for count in counts],
            "window": self.window,
        }
        with self._database.house() as sql:
            return sql.execute(_TAKE, values).one()

    def exhaust(self, account: str, kind: Kind) -> None:
        """Google says that there are none left: nobody asks for a minute."""
        values = {"name": _of_account(account, kind), "most": self._account_calls}
        with self._database.house() as sql:
            sql.execute(_EXHAUST, values)

    def left(self) -> list[Left]:
        """What is left now to every account and project that ever made a call."""
        return [self._left(name, used) for name, used in sorted(self._used().items())]

    def quiet_left(self, account: str) -> int:
        """How many syncs that nobody waits for may begin now."""
        name = _quiet(account)
        return self._left(name, self._used().get(name, 0)).calls

    def _left(self, count: str, used: int) -> Left:
        scope, name, kind = count.split(" ")
        most = self._account_calls if scope == "account" else self._project_calls
        if kind == "quiet":
            most = max(1, most // SPARE)
        return Left(scope, name, kind, max(0, most - used), most)

    def _used(self) -> dict[str, int]:
        with self._database.house() as sql:
            rows = sql.execute(_USED, {"window": self.window})
            return {row.name: row.used for row in rows}

    def _counts(
        self, account: str, project: str, kinds: tuple[Kind, ...], leaving: int, purpose: Purpose
    ) -> list[_Count]:
        if purpose is not Purpose.ROWS:
            leaving += max(1, self._account_calls // RESERVE)
        mine = [_Count(_of_account(account, k), self._account_calls, leaving) for k in kinds]
        mine += [_Count(_of_project(project, k), self._project_calls, leaving) for k in kinds]
        if purpose is Purpose.QUIET:
            mine.append(_Count(_quiet(account), max(1, self._account_calls // SPARE), 0))
        return mine


def _of_account(account: str, kind: Kind) -> str:
    return f"account {account} {kind}"


def _of_project(project: str, kind: Kind) -> str:
    return f"project {project} {kind}"


def _quiet(account: str) -> str:
    return f"account {account} quiet"


_ENTER = sa.text(
    "INSERT INTO google_calls SELECT name, '{}' FROM unnest(CAST(:names AS text[])) AS one (name)"
    " ON CONFLICT DO NOTHING"
)

# One statement. The rows are locked in the order of their names, so two takers never wait for each
# other; `held` sees them as they are once locked, and the time is taken after that.
_TAKE = sa.text("""
    WITH asked AS (
        SELECT * FROM unnest(
            CAST(:names AS text[]), CAST(:most AS int[]), CAST(:leaving AS int[])
        ) AS one (name, most, leaving)
    ), held AS MATERIALIZED (
        SELECT c.name, c.calls, asked.most, asked.leaving
          FROM google_calls c JOIN asked USING (name)
         ORDER BY c.name FOR UPDATE OF c
    ), moment AS MATERIALIZED (
        SELECT clock_timestamp() AS at, found FROM (SELECT count(*) AS found FROM held) AS all_held
    ), recent AS MATERIALIZED (
        SELECT name, most, leaving, at, ARRAY(
            SELECT least(call, at) FROM unnest(calls) AS call
             WHERE least(call, at) > at - make_interval(secs => :window) ORDER BY 1
        ) AS calls
          FROM held, moment
    ), room AS MATERIALIZED (
        SELECT cardinality(calls) + leaving < most AS there, coalesce(extract(epoch FROM
            calls[least(cardinality(calls), cardinality(calls) + leaving + 1 - most)] - at
        ), 0) + :window AS seconds
          FROM recent
    ), verdict AS MATERIALIZED (
        SELECT coalesce(bool_and(there), false) AND count(*) = cardinality(CAST(:names AS text[]))
               AS granted, max(seconds) FILTER (WHERE NOT there) AS seconds
          FROM room
    ), kept AS (
        UPDATE google_calls c
           SET calls = CASE WHEN granted THEN recent.calls || at ELSE recent.calls END
          FROM recent, verdict WHERE c.name = recent.name
    )
    SELECT granted, coalesce(seconds, 0) AS seconds, found FROM verdict, moment
""")

_EXHAUST = sa.text("""
    INSERT INTO google_calls AS c (name, calls)
    VALUES (:name, array_fill(clock_timestamp(), ARRAY[CAST(:most AS int)]))
    ON CONFLICT (name) DO UPDATE SET calls = excluded.calls
""")

_USED = sa.text("""
    SELECT c.name, count(call) AS used
      FROM google_calls c LEFT JOIN LATERAL unnest(c.calls) AS call
        ON call > clock_timestamp() - make_interval(secs => :window)
     GROUP BY c.name
""")
