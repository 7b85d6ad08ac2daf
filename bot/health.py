"""GET /healthz and /readyz: is the process alive, and can it do its work?"""

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from bot.burial import STALLED_SECONDS
from bot.program import Program
from store import migrate
from store.keyring import KeyringAway


def health(program: Program) -> Blueprint:
    """The two addresses, without a word about anybody."""
    room = Blueprint("health", __name__)

    @room.get("/healthz")
    def alive() -> Response:
        return jsonify(status="alive")

    @room.get("/readyz")
    def ready() -> tuple[Response, int]:
        missing = _missing(program)
        if missing:
            return jsonify(status="not ready", missing=missing), 503
        return jsonify(status="ready"), 200

    return room


def _missing(program: Program) -> str:
    """What keeps the program from its work, or ""."""
    try:
        program.keyring.probe(program.clock().date())
        with program.web_database.house() as sql:
            return unfit(sql, program.settings.environment) or _without_worker(sql)
    except KeyringAway:
        return "the keyring does not work"
    except sa.exc.SQLAlchemyError as error:
        return said(error)
    except OSError:
        return "the database does not answer"


def said(error: sa.exc.SQLAlchemyError) -> str:
    """Why the database cannot be used, in a sentence."""
    return NOT_CURRENT if migrate.is_before(error) else "the database does not answer"


def unfit(sql: sa.Connection, environment: str) -> str:
    """Why the program cannot work in this database, or ""."""
    if not migrate.is_current(sql):
        return NOT_CURRENT
    if sql.scalar(sa.text(ABOVE_THE_RULES), {"production": environment == "production"}):
        return "the database user can bypass row-level security"
    return ""


def _without_worker(sql: sa.Connection) -> str:
    if sql.scalar(sa.text(FRESH_WORKER), {"seconds": STALLED_SECONDS}) is None:
        return "no worker has given a sign of life for 10 seconds"
    return ""


NOT_CURRENT = "the database schema is not current: run `sujarit init`"


FRESH_WORKER = (
    "SELECT 1 FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => :seconds) LIMIT 1"
)
# The sandbox's own server knows only a superuser, who takes on the program's role.
ABOVE_THE_RULES = (
    "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles"
    " WHERE rolname = current_user OR (:production AND rolname = session_user)"
)
