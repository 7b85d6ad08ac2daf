"""The budget at Google: never above the limit, in all processes, whatever the clock does."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.budget import KINDS, Budget, Kind, Left, Purpose
from store.database import Database
from store.schema import metadata
from tests.conftest import ROOT

A, P = "bot@project.example", "project"


def _made_calls(database: Database, name: str, ages: Sequence[float]) -> None:
    """Calls so many seconds ago; a negative age lies in the future."""
    with database.house() as sql:
        sql.execute(
            sa.text(
                "INSERT INTO google_calls SELECT :name, coalesce(array_agg("
                " clock_timestamp() - make_interval(secs => age)), '{}')"
                " FROM unnest(CAST(:ages AS double precision[])) AS age"
                " ON CONFLICT (name) DO UPDATE SET calls = excluded.calls"
            ),
            {"name": name, "ages": list(ages)},
        )


def _kept(database: Database, name: str) -> int:
    with database.house() as sql:
        query = sa.text("SELECT cardinality(calls) FROM google_calls WHERE name = :name")
        return int(sql.scalar(query, {"name": name}) or 0)


def test_so_many_and_no_more(database: Database) -> None:
    budget = Budget(database, 5, 100)
    waits = [budget.take(A, P, KINDS) for _ in range(7)]
    assert waits[:5] == [0.0] * 5
    assert all(60 < wait <= 61 for wait in waits[5:])
    assert [(one.kind, one.calls) for one in budget.left() if one.scope == "account"] == [
        ("read", 0),
        ("write", 0),
    ]


WAITS: tuple[tuple[str, list[float], int, int, float], ...] = (
    ("room", [50, 40], 3, 0, 0),
    ("the oldest leaves first", [50, 40, 5], 3, 0, 11),
    ("a minute is 61 seconds", [60.9], 1, 0, 0.1),
    ("and then it is over", [61.1], 1, 0, 0),
    ("one is left to others: two have to leave", [50, 40, 5], 3, 1, 21),
    ("all are left to others", [50, 40, 5], 3, 2, 56),
    ("more are left than there are: until the last one leaves", [50, 40, 5], 3, 7, 56),
    ("nobody called, and all are left to others", [], 3, 3, 61),
)


@pytest.mark.parametrize(("name", "ages", "most", "leaving", "seconds"), WAITS)
def test_how_long_to_wait(
    database: Database, name: str, ages: list[float], most: int, leaving: int, seconds: float
) -> None:
    _made_calls(database, f"account {A} read", ages)
    wait = Budget(database, most, 100).take(A, P, ["read"], leaving=leaving)
    assert wait == pytest.approx(seconds, abs=0.5 if seconds > 1 else 0.09), name
    assert (wait == 0) == (seconds == 0), name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    ages=st.lists(st.integers(-100, 130).map(lambda age: age + 0.5), max_size=12),
    most=st.integers(1, 10),
    leaving=st.integers(0, 12),
)
def test_it_decides_as_counting_says(
    database: Database, ages: list[float], most: int, leaving: int
) -> None:
    """By counting in Python: calls that lie in the future count as made now."""
    _made_calls(database, f"account {A} read", ages)
    wait = Budget(database, most, 1000).take(A, P, ["read"], leaving=leaving)
    counted = sum(age < 61 for age in ages)
    assert (wait == 0) == (counted + leaving < most)
    assert 0 <= wait <= 61
    assert _kept(database, f"account {A} read") == counted + (wait == 0), "old ones are dropped"


def test_both_kinds_or_neither(database: Database) -> None:
    """A sync that could read and not write would have read for nothing."""
    budget = Budget(database, 5, 100)
    _made_calls(database, f"account {A} write", [30] * 5)
    assert budget.take(A, P, KINDS) == pytest.approx(31, abs=0.5)
    assert _kept(database, f"account {A} read") == 0
    assert budget.take(A, P, ["read"]) == 0


def test_a_projects_accounts_share_its_calls(database: Database) -> None:
    budget = Budget(database, 4, 6)
    taken = [budget.take(account, P, KINDS) == 0 for account in ("a", "b") for _ in range(4)]
    assert taken == [True] * 4 + [True, True, False, False]
    assert budget.take("b", "another", KINDS) == 0, "the account itself has room"


SHARES = ((Purpose.ROWS, 15), (Purpose.FRESH, 12), (Purpose.QUIET, 5))


@pytest.mark.parametrize(("purpose", "calls"), SHARES)
def test_reads_leave_a_fifth_to_reports_and_quiet_ones_get_a_third(
    database: Database, purpose: Purpose, calls: int
) -> None:
    budget = Budget(database, 15, 100)
    taken = [budget.take(A, P, KINDS, purpose=purpose) == 0 for _ in range(16)]
    assert taken == [True] * calls + [False] * (16 - calls)
    assert budget.take(A, P, KINDS) == (0 if calls < 15 else pytest.approx(61, abs=0.5))
    assert budget.quiet_left(A) == (0 if purpose is Purpose.QUIET else 5)


def test_googles_own_refusal_empties_the_minute(database: Database) -> None:
    budget = Budget(database, 5, 100)
    budget.exhaust(A, "read")
    assert budget.take(A, P, ["read"]) == pytest.approx(61, abs=0.5)
    assert budget.take(A, P, ["write"]) == 0, "writes have a quota of their own"
    assert budget.left()[0] == Left("account", A, "read", 0, 5)


def test_a_clock_that_was_set_back_forgets_nothing_and_holds_nobody_up(
    database: Database,
) -> None:
    """An hour back: the calls of the last minute seem to lie in the future."""
    hour = -3600.0
    budget = Budget(database, 3, 100)
    _made_calls(database, f"account {A} read", [hour, hour + 10, hour + 20])
    assert budget.take(A, P, ["read"]) == pytest.approx(61, abs=0.5)
    assert [one.calls for one in budget.left() if one.kind == "read"] == [0, 100]
    with database.house() as sql:
        late = sa.text("SELECT count(*) FROM google_calls, unnest(calls) c WHERE c > now()")
        assert sql.scalar(late) == 0, "from now on they count as made then"


HAMMER = """
import json, sys, time
from pathlib import Path
from store.budget import Budget
from store.database import Database
from store.keyring import Keyring

url, schema, keyring, seconds = sys.argv[1:]
database = Database(url, Keyring(keyring, bytes(32)), schema=schema)
budget = Budget(database, 10, 15, window=1.0)
print("ready", flush=True)
sys.stdin.readline()
taken, end = [], time.time() + float(seconds)
while time.time() < end:
    for account in ("one", "two"):
        before = time.time()
        if budget.take(account, "p", ("read", "write")) == 0:
            taken.append((account, before, time.time()))
print(json.dumps(taken))
"""


def _hammered(database: Database, processes: int, seconds: float) -> list[tuple[str, float, float]]:
    """Processes that take what they can: who took a call, not before when, and not after when."""
    command = [sys.executable, "-c", HAMMER, database.url, database.schema, "/nowhere"]
    running = [
        subprocess.Popen(
            [*command, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(processes) as pool:
        said = list(pool.map(lambda process: process.communicate("go\n")[0], running))
    return [tuple(one) for text in said for one in json.loads(text)]


@pytest.mark.long
def test_processes_together_never_have_more_than_the_limit(database: Database) -> None:
    taken = _hammered(database, processes=4, seconds=3.5)
    for who, most in (("one", 10), ("two", 10), ("", 15)):
        mine = [(begun, done) for account, begun, done in taken if who in ("", account)]
        assert max(_surely_within(mine, 1.0)) <= most, who or "the project"
    assert len(taken) > 15 * 2, "and what is free again is given again"


def _surely_within(calls: Sequence[tuple[float, float]], seconds: float) -> Iterator[int]:
    """How many calls were surely let in within so many seconds, from each beginning on."""
    for first, _ in calls:
        yield sum(begun >= first and done < first + seconds for begun, done in calls)


def test_the_houses_tables_have_no_room_for_words() -> None:
    """A table without an agency is seen by every transaction: names, times and counts only."""
    found = {
        name: {column.name: column.type.python_type.__name__ for column in table.c}
        for name, table in metadata.tables.items()
        if "agency" not in table.c
    }
    assert found == {
        "google_calls": {"name": "str", "calls": "list"},
        "sheet_line": {
            "slug": "str", "urgency": "int", "since": "datetime", "comes_by": "datetime",
            "served_at": "datetime", "due_at": "datetime",
        },
        "tally": {"name": "str", "count": "int"},
    }  # fmt: skip


@pytest.mark.parametrize("kinds", [("read",), ("write",), ("write", "read")])
def test_many_threads_wait_for_each_other_in_one_order(
    database: Database, kinds: tuple[Kind, ...]
) -> None:
    """Locks taken in different orders would end in a deadlock, which PostgreSQL reports."""
    budget = Budget(database, 1000, 1000)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: budget.take(A, P, kinds), range(80)))
    assert waits == [0.0] * 80
