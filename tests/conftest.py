"""What all tests share: a PostgreSQL server a run, a schema a worker, empty tables a test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.database import Database
from store.embedded import running
from store.keyring import Keyring
from store.migrate import upgrade
from store.schema import metadata

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


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


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(str(tmp_path / "keyring"), b"test-master-key-of-32-bytes-only")


@pytest.fixture
def database(postgres: str, schema: str, keyring: Keyring) -> Iterator[Database]:
    """The program's own door to an empty database."""
    empty(postgres, schema)
    opened = Database(postgres, keyring, schema=schema)
    yield opened
    opened.close()


def empty(postgres: str, schema: str) -> None:
    """Take every row out, as the owner may."""
    tables = [*metadata.tables, "procrastinate_jobs", "procrastinate_workers"]
    engine = sa.create_engine(postgres, connect_args={"options": f"-c search_path={schema}"})
    with engine.begin() as sql:
        sql.execute(sa.text(f"TRUNCATE {', '.join(tables)} CASCADE"))
    engine.dispose()
