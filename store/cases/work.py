"""A look over many agencies: which have something to do with their cases, and how things stand.

As store.watch does it. What comes back are slugs and counts; of protected cases not even these, but
for how many wait for an officer's look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store.database import Database
from store.watch import AT_ONCE


@dataclass(frozen=True, slots=True)
class Work:
    """An agency with `uploads` to fetch or delete, or `notices` that are owed."""

    slug: str
    uploads: bool
    notices: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How many grievances an agency has, how many of them are open, and what is held back."""

    slug: str
    grievances: int
    open_grievances: int
    held_back: int


def at_work(database: Database, slugs: Sequence[str], now: datetime) -> list[Work]:
    """The agencies with anything to do."""
    found: list[Work] = []
    for some in _portions(slugs):
        with database.house() as sql:
            found += [Work(*row) for row in sql.execute(_AT_WORK, {"slugs": some, "at": now})]
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


_AT_WORK = sa.text("SELECT slug, uploads, notices FROM cases_at_work(CAST(:slugs AS text[]), :at)")
_FIGURES = sa.text(
    "SELECT slug, grievances, open_grievances, held_back FROM case_figures(CAST(:slugs AS text[]))"
)
