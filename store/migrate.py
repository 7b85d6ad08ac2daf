"""Bring a database to the newest schema (Alembic, called from the program)."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from store.database import ROLE, sqlstate

ONE_AT_A_TIME = 0x53554A41  # any number, the same everywhere


class NeedsSuperuser(Exception):
    """The owner may not make the program's role or take it on: says what a superuser has to do."""


def upgrade(url: str, schema: str = "public") -> None:
    """Make or upgrade everything in `schema`. `url` names the owner, not the program's role.

    Several may call at once: they wait for each other. Raises NeedsSuperuser.
    """
    engine = sa.create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=sa.NullPool,
        hide_parameters=True,
        connect_args={"options": f"-c search_path={schema}"},
    )
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        _take_role(connection)
        connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def is_current(tx: sa.Connection) -> bool:
    """Whether the schema that this transaction sees is the one that this program knows."""
    known = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(tx).get_current_revision() == known


def is_before(error: BaseException) -> bool:
    """Whether a connection failed because `upgrade` has not yet made the program's role for it."""
    # A refused connection has no SQLSTATE; the role's name stands in any server's sentence.
    return f'role "{ROLE}"' in str(getattr(error, "orig", error))


def _take_role(connection: sa.Connection) -> None:
    """The program's role: no login, no superuser, no way around row-level security.

    Roles belong to the whole server, so another owner may have made it already.
    """
    query = sa.text("SELECT current_user, to_regrole(:role) IS NOT NULL")
    user, known = connection.execute(query, {"role": ROLE}).one()
    try:
        if not known:
            connection.exec_driver_sql(
                f"CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
            )
        if not _may_take_role(connection):
            connection.exec_driver_sql(f"GRANT {ROLE} TO CURRENT_USER")
    except sa.exc.ProgrammingError as error:
        if sqlstate(error) != "42501":  # insufficient privilege
            raise
        make = "" if known else f"CREATE ROLE {ROLE} NOLOGIN; "
        raise NeedsSuperuser(
            f'A superuser of the database has to say once: {make}GRANT {ROLE} TO "{user}";'
        ) from None


def _may_take_role(connection: sa.Connection) -> bool:
    """Since PostgreSQL 16 to be a member is not yet to be allowed to SET ROLE."""
    version = connection.dialect.server_version_info or (0,)
    right = "SET" if version >= (16,) else "MEMBER"
    return bool(connection.scalar(sa.select(sa.func.pg_has_role(ROLE, right))))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
