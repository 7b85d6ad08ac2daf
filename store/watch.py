"""A look over all agencies: who has work that nobody was woken for, and how things stand.

The database visits one agency after the other within one statement, each under row-level security
(see migrations/sql/budget.sql). What comes back are slugs, counts and times, nobody's words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ita.invitations import WRONG_PAUSE
from store import buttons, steps
from store.database import Database

AT_ONCE = 500
"""Agencies a statement: far below a second, even where all of them have work."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """An agency with work: `chats` have something to answer or to send, the `sheet` is due."""

    slug: str
    chats: bool
    sheet: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How an agency stands.

    `problem` of its sheet is a code, `failures` counts the syncs in a row that failed, `attempts`
    are batches in doubt. `waiting_rows` are not in the sheet yet, the oldest for `waiting_seconds`.
    `installed` sheets are known to be the agency's. `doubts` wait for a coordinator, `events` for
    their turn, `set_aside` failed too often,
    `messages` are to be sent. `read_at` and `oldest_event` are by the program's clock.
    """

    slug: str
    installed: bool
    problem: str | None
    failures: int
    read_at: datetime | None
    attempts: int
    waiting_rows: int
    waiting_seconds: float | None
    doubts: int
    events: int
    oldest_event: datetime | None
    set_aside: int
    messages: int


def at_work(
    database: Database,
    slugs: Sequence[str],
    now: datetime,
    *,
    fell_down: timedelta,
    active: timedelta,
    fresh: timedelta,
    longest_pause: timedelta,
) -> list[AtWork]:
    """The agencies with work that waits since longer than `fell_down`.

    A sheet is due when rows wait, or when somebody talked to the agency's account within `active`
    and it was not served within `fresh`; unless its wake-up call is on its way, or it waits after a
    failure, which is never longer than `longest_pause`.
    """
    values = {
        "at": now,
        "accepted_before": now - fell_down,
        "active_since": now - active,
        "fresh": fresh.total_seconds(),
        "longest_pause": longest_pause.total_seconds(),
    }
    found: list[AtWork] = []
    for some in _portions(slugs):
        with database.house() as sql:
            found += [AtWork(*row) for row in sql.execute(_AT_WORK, {"slugs": some, **values})]
    return found


def to_tidy(database: Database, slugs: Sequence[str], now: datetime, kept: timedelta) -> list[str]:
    """The agencies with something that may be forgotten: deliveries older than `kept`, or
    buttons, steps, invitations and wrong codes that have no effect any more, or somebody whose
    role was taken away.
    """
    values = {
        "at": now,
        "before": now - kept,
        "buttons_until": now.date() - buttons.LIFE,
        "keys_until": steps.gone(now.date()),
        "wrong_until": now - WRONG_PAUSE,
    }
    found: list[str] = []
    for some in _portions(slugs):
        with database.house() as sql:
            found += sql.scalars(_TO_TIDY, {"slugs": some, **values})
    return found


def figures(database: Database, slugs: Sequence[str]) -> list[Figures]:
    """How these agencies stand, in the order given."""
    found: list[Figures] = []
    for some in _portions(slugs):
        with database.house() as sql:
            found += [Figures(*row) for row in sql.execute(_FIGURES, {"slugs": some})]
    return found


def _portions(slugs: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(slugs), AT_ONCE):
        yield list(slugs[begin : begin + AT_ONCE])


_AT_WORK = sa.text(
    "SELECT slug, chats, sheet FROM agencies_at_work("
    " CAST(:slugs AS text[]), :at, :accepted_before, :active_since, :fresh, :longest_pause)"
)
_TO_TIDY = sa.text(
    "SELECT slug FROM agencies_to_tidy("
    " CAST(:slugs AS text[]), :at, :before, :buttons_until, :keys_until, :wrong_until)"
)
_FIGURES = sa.text(
    "SELECT slug, coalesce(installed, false), problem, coalesce(failures, 0), read_at,"
    " coalesce(attempts, 0), waiting_rows, waiting_seconds, doubts, events, oldest_event,"
    " set_aside, messages FROM agency_figures(CAST(:slugs AS text[]))"
)
