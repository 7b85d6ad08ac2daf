"""How much one person does of what is slowed: filing cases, and guessing receipt codes.

Nobody is silenced: what is over the limit is kept for an officer's look. Counted by day, of an
HMAC for this purpose alone, keyed with the day's key: once that is destroyed no copy of the
database tells who it was, not even with the master key. The agency as a whole is counted, too,
which slows only those who went wrong, or filed, themselves that day. What is slowed already is not
counted: so one person cannot use up what there is for all. Whoever comes by the web is slowed by
address (bot.pages.pace).
"""

from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from store.database import Transaction
from store.schema import case_pace

FILED, GUESSED = "filed", "guessed"
MOST: Final = {FILED: 5, GUESSED: 10}
"""A person's a day."""
MOST_OF_ALL: Final = {FILED: 200, GUESSED: 5_000}
"""All persons' a day, in one agency: so many guesses are nothing among 10^16 codes."""
KEPT: Final = timedelta(days=2)
ALL = ""


def files_too_much(tx: Transaction, ref: str, today: date) -> bool:
    """Whether an officer has to look at this person's next case first."""
    return _too_much(tx, ref, FILED, today)


def guesses_too_much(tx: Transaction, ref: str, today: date) -> bool:
    """Whether receipt codes of this person are not looked at today."""
    return _too_much(tx, ref, GUESSED, today)


def count(tx: Transaction, ref: str, what: str, today: date) -> None:
    """Once more, by this person and in all; not for nobody known (""), nor what is slowed."""
    if not ref or _too_much(tx, ref, what, today):
        return
    for person in (ALL, _person(tx, ref, today)):
        row = {"person": person, "what": what, "day": today}
        entered = insert(case_pace).values(agency=tx.agency, times=1, **row)
        tx.sql.execute(
            entered.on_conflict_do_update(
                index_elements=["agency", "person", "what", "day"],
                set_={"times": case_pace.c.times + 1},
            )
        )


def forget(tx: Transaction, today: date) -> None:
    """What was done on other days slows nobody."""
    tx.sql.execute(sa.delete(case_pace).where(case_pace.c.day < today - KEPT))


def _too_much(tx: Transaction, ref: str, what: str, today: date) -> bool:
    if not ref:
        return False
    person = _person(tx, ref, today)
    query = sa.select(case_pace.c.person, case_pace.c.times).where(
        case_pace.c.what == what, case_pace.c.day == today, case_pace.c.person.in_((ALL, person))
    )
    times: dict[str, int] = {row.person: row.times for row in tx.sql.execute(query)}
    mine = times.get(person, 0)
    return mine >= MOST[what] or (mine > 0 and times[ALL] >= MOST_OF_ALL[what])


def _person(tx: Transaction, ref: str, today: date) -> str:
    return tx.keyring.reference_of_day(today, tx.agency, "case pace", ref)
