"""The queue: wake-up calls for the worker, written in the caller's own transaction.

A job says only that there may be work in a place. The work itself stands in the journal and the
outbox, so a job that is lost or runs twice changes nothing.
"""

import procrastinate
import sqlalchemy as sa
import structlog
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import JobDeferrer

from store.database import sqlstate

NAMESPACE, TURN, SYNC, MEDIA = "sujarit", "turn", "sync", "media"
UPLOADS = "uploads"
"""What was sent for an agency's cases. A job names none of it: beside a job stands the moment at
which it was written."""
MENU, LEAVE = "menu", "leave"
"""Errands: small things to do with LINE about one chat. They run beside the turns, as LINE holds
up either alike."""
LATER = -1
"""The priority of what is scheduled: procrastinate lets a waiting job hold back younger ones of the
same lock and priority, even while its own time has not come."""

log = structlog.get_logger()


class QueueAway(OSError):
    """The job could not be written: the database is away or busy, and nothing else is wrong."""

    says_only_codes = True


class Queue:
    """Defers jobs on a given SQLAlchemy connection; holds no connection of its own."""

    def __init__(self) -> None:
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def defer_turn(self, sql: sa.Connection, agency: str, chat: str) -> None:
        """Wake the worker for a chat, now.

        No queueing lock: inside the accepting transaction it could swallow the wake-up of an
        event that commits a moment after the running turn's last look.
        """
        _defer(self._job(TURN, sql, turn_lock(agency, chat)), {"agency": agency, "chat": chat})

    def defer_turn_later(self, sql: sa.Connection, agency: str, chat: str, seconds: int) -> None:
        """Wake the worker for a chat again, in some seconds."""
        job = self._job(TURN, sql, turn_lock(agency, chat), seconds=seconds, priority=LATER)
        _defer(job, {"agency": agency, "chat": chat})

    def defer_swept_turn(self, sql: sa.Connection, agency: str, chat: str) -> None:
        """Wake the worker for a chat that was forgotten, unless the sweeper has done so already."""
        lock = turn_lock(agency, chat)
        job = self._job(TURN, sql, lock, queueing_lock=lock)
        _defer_once(sql, job, {"agency": agency, "chat": chat})

    def defer_errand(
        self,
        sql: sa.Connection,
        task: str,
        agency: str,
        chat: str,
        seconds: int = 0,
        tries: int = 0,
    ) -> None:
        """Wake the worker for an errand (MENU, LEAVE) that was tried so often before."""
        job = self._job(
            task, sql, f"{task}:{agency}:{chat}", seconds=seconds, priority=LATER, queue=TURN
        )
        _defer(job, {"agency": agency, "chat": chat, "tries": str(tries)})

    def defer_sync(self, sql: sa.Connection, agency: str) -> None:
        """Wake the worker for an agency's sheet in a second, so that a burst is one write."""
        lock = f"sync:{agency}"
        _defer_once(sql, self._job(SYNC, sql, lock, lock, seconds=1), {"agency": agency})

    def defer_sync_later(self, sql: sa.Connection, agency: str, seconds: int) -> None:
        """Have an agency's sheet looked at again in some seconds."""
        lock = f"sync:{agency}"
        job = self._job(SYNC, sql, lock, f"{lock}:later", seconds=seconds, priority=LATER)
        _defer_once(sql, job, {"agency": agency})

    def defer_sync_sooner(self, sql: sa.Connection, agency: str, seconds: int) -> None:
        """As `defer_sync_later`, in place of a look that was to come at another time."""
        sql.execute(
            sa.text(
                "DELETE FROM procrastinate_jobs WHERE queueing_lock = :lock AND status = 'todo'"
            ),
            {"lock": f"sync:{agency}:later"},
        )
        self.defer_sync_later(sql, agency, seconds)

    def defer_media(self, sql: sa.Connection, agency: str, evidence: str) -> None:
        """Have a piece of evidence fetched, or deleted, now."""
        lock = f"media:{agency}:{evidence}"
        _defer_once(sql, self._job(MEDIA, sql, lock, lock), _media(agency, evidence))

    def defer_uploads(self, sql: sa.Connection, agency: str) -> None:
        """Have what was sent for an agency's cases fetched, or deleted, now.

        What must be tried again, or missed a job that had begun, is for the sweeper.
        """
        lock = f"uploads:{agency}"
        _defer_once(sql, self._job(UPLOADS, sql, lock, lock, queue=MEDIA), {"agency": agency})

    def defer_media_later(
        self, sql: sa.Connection, agency: str, evidence: str, seconds: int
    ) -> None:
        """Have a piece of evidence fetched in some seconds."""
        lock = f"media:{agency}:{evidence}"
        job = self._job(MEDIA, sql, lock, f"{lock}:later", seconds=seconds, priority=LATER)
        _defer_once(sql, job, _media(agency, evidence))

    def drop_waiting_turns(self, sql: sa.Connection, agency: str, chat: str) -> None:
        """The running turn does this chat's work: its other waiting jobs have nothing to do."""
        sql.execute(
            sa.text("DELETE FROM procrastinate_jobs WHERE lock = :lock AND status = 'todo'"),
            {"lock": turn_lock(agency, chat)},
        )

    def _job(
        self,
        task: str,
        sql: sa.Connection,
        lock: str,
        queueing_lock: str | None = None,
        *,
        seconds: int | None = None,
        priority: int = 0,
        queue: str | None = None,
    ) -> JobDeferrer:
        return self._app.configure_task(
            f"{NAMESPACE}:{task}",
            queue=queue or task,
            lock=lock,
            queueing_lock=queueing_lock,
            schedule_in={"seconds": seconds} if seconds else None,
            priority=priority,
            connection=sql.connection.driver_connection,
        )


def _defer_once(sql: sa.Connection, job: JobDeferrer, arguments: dict[str, str]) -> None:
    try:
        with sql.begin_nested():
            _defer(job, arguments)
    except AlreadyEnqueued:
        log.debug("woken already")  # of what, beside the chat's line, tells what came in it


def _defer(job: JobDeferrer, arguments: dict[str, str]) -> None:
    try:
        job.defer(**arguments)
    except AlreadyEnqueued:
        raise
    except ConnectorException as error:
        raise QueueAway(sqlstate(error.__cause__ or error)) from None


def _media(agency: str, evidence: str) -> dict[str, str]:
    return {"agency": agency, "evidence": evidence}


def turn_lock(agency: str, chat: str) -> str:
    """Jobs of one chat run one after the other."""
    return f"turn:{agency}:{chat}"
