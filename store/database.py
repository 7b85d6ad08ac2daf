"""The door to PostgreSQL: transactions that see one agency, under a role that cannot see more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from store.keyring import Keyring

ROLE = "sujarit_app"
"""The role under row-level security that the program takes on at every connection."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction of one agency: its SQL connection, whose it is, and the keyring."""

    sql: sa.Connection
    agency: str
    keyring: Keyring = field(repr=False)


class Database:
    """A pool of connections, and transactions on them.

    `statement_seconds` and `lock_seconds` bound every statement: the webhook has two seconds
    in all before LINE gives up, so its pool is made with less.
    """

    def __init__(
        self,
        url: str,
        keyring: Keyring,
        *,
        schema: str = "public",
        pool_size: int = 8,
        statement_seconds: float = 10,
        lock_seconds: float = 5,
    ) -> None:
        self.url = url
        self.keyring = keyring
        self.schema = schema
        self.engine = sa.create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=1.5,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": 2,
                "tcp_user_timeout": 2000,
                "options": options(schema, statement_seconds, lock_seconds),
            },
        )

    @contextmanager
    def agency(self, slug: str) -> Iterator[Transaction]:
        """One transaction that sees the rows of agency `slug` and of no other."""
        with self.engine.begin() as tx:
            tx.execute(sa.select(sa.func.set_config("sujarit.agency", slug, True)))
            yield Transaction(tx, slug, self.keyring)

    @contextmanager
    def house(self) -> Iterator[sa.Connection]:
        """One transaction that sees no agency's rows: for the queue and for health."""
        with self.engine.begin() as tx:
            yield tx

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def options(schema: str, statement_seconds: float = 0, lock_seconds: float = 0) -> str:
    """The settings that every connection of the program starts with."""
    return (
        f"-c search_path={schema} -c role={ROLE} -c timezone=UTC"
        # A worker that froze, or whose host vanished, must not hold a chat for ever.
        " -c idle_in_transaction_session_timeout=15000"
        " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
        f" -c statement_timeout={int(statement_seconds * 1000)}"
        f" -c lock_timeout={int(lock_seconds * 1000)}"
    )


def libpq_url(url: str) -> str:
    """The same address for psycopg itself, which knows no SQLAlchemy driver names."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def sqlstate(error: BaseException) -> str:
    """The SQLSTATE of a database error: all of it that may be logged.

    psycopg's messages carry values of rows, so they never reach a log.
    """
    cause = getattr(error, "orig", error)
    return getattr(cause, "sqlstate", None) or type(cause).__name__
