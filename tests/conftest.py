"""What all tests share: a PostgreSQL server a run, a schema a worker, empty tables a test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from store.database import Database
from store.embedded import running
from store.keyring import Keyring
from store.migrate import upgrade
from tests.logs import plain
from tests.rows import Rows

settings.register_profile("house", deadline=None)  # a timing belongs in bench/
settings.load_profile("house")
plain()

if TYPE_CHECKING:
    from tests.bot.town import Furnishing

ROOT = Path(__file__).parent.parent
SELDOM = (50_000, 20, 100)
"""Python looks for garbage after every 700 new objects, which took a fifth of the tests' time."""
SHARED = ROOT.parent / "shared"
MASTER = b"test-master-key-of-32-bytes-only"


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published reports and platform documents, where it stands beside us."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared: published reports and LINE's documents, not in this project")
    return SHARED


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the run's one server; xdist's workers share it and the last one stops it."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running(folder / "postgres", durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def schema(postgres: str) -> str:
    """This worker's own schema, migrated."""
    name = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
    upgrade(postgres, name)
    return name


@pytest.fixture(scope="session")
def rows(postgres: str, schema: str) -> Iterator[Rows]:
    """The rows in this worker's schema."""
    kept = Rows(postgres, schema)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def furnishing(rows: Rows) -> "Furnishing":
    """How towns are furnished in this worker's schema."""
    from tests.bot.town import Furnishing  # it needs this file

    return Furnishing(rows)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(str(tmp_path / "keyring"), MASTER)


@pytest.fixture(scope="session")
def pool(postgres: str, schema: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Connections that stay: with a new one each statement is compiled and planned anew."""
    keyring = Keyring(str(tmp_path_factory.mktemp("keyring")), MASTER)
    opened = Database(postgres, keyring, schema=schema)
    yield opened.engine
    opened.close()


@pytest.fixture
def database(
    postgres: str, schema: str, rows: Rows, keyring: Keyring, pool: Engine
) -> Iterator[Database]:
    """The program's own door to an empty database."""
    rows.empty()
    opened = Database(postgres, keyring, schema=schema)
    opened.engine = pool
    yield opened
    if pool.pool.checkedout():  # type: ignore[attr-defined]  # it is a QueuePool
        pool.dispose()  # whoever still holds a connection keeps it to himself
