"""`sujarit serve` and `sujarit web`: gunicorn with threads, and the worker beside it.

One gunicorn process: the program is put together after the fork, and the worker lives in the
process that serves. When that process dies, gunicorn starts another, worker and all.
"""

import errno
import socket
import time
from typing import Any

import gunicorn.app.base
import gunicorn.glogging
from flask import Flask
from gunicorn.workers.gthread import ThreadWorker

from bot.app import create_app
from bot.program import Program, build
from bot.settings import Settings
from bot.worker import Worker

REQUEST_SECONDS = 5
"""A request that is not here whole by then is cut off: LINE's come in one piece."""
LINGER_SECONDS = 0.2
"""How long gunicorn's main thread may wait for a client to close after its answer."""


class Server(gunicorn.app.base.BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told what to do by us instead of by its own command line and files."""

    def __init__(self, settings: Settings, host: str, port: int, *, with_worker: bool) -> None:
        self._settings = settings
        self._bind = f"{host}:{port}"
        self._with_worker = with_worker
        self._program: Program | None = None
        self._worker: Worker | None = None
        super().__init__()

    def load_config(self) -> None:
        """gunicorn's settings; the two hooks start and stop our worker."""
        chosen: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "worker_class": _Impatient,
            "logger_class": _Log,
            "threads": 16,
            "timeout": 30,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "proc_name": "sujarit",
            "loglevel": "warning",
            "post_worker_init": self._start_worker,
            "worker_exit": self._stop_worker,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, built in the process that serves."""
        self._program = build(self._settings)
        return create_app(self._program)

    def _start_worker(self, _worker: object) -> None:
        if self._with_worker and self._program is not None:
            self._worker = Worker(self._program)
            self._worker.start()

    def _stop_worker(self, _server: object, _worker: object) -> None:
        if self._worker is not None:
            self._worker.stop()


class _Log(gunicorn.glogging.Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's lines go where ours go: its own handler would show what exceptions say."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a request that is none it would say the sender's address, and what was sent."""
        told = "Invalid request" if msg.startswith("Invalid request from ip=") else msg
        super().warning(told, *args, **kwargs)


class _Connection(socket.socket):
    """A connection that nobody waits for beyond its deadline, however slowly it drips."""

    deadline = 0.0

    def recv(self, *args: int) -> bytes:
        """Receive; after the deadline the other side counts as gone."""
        left = self.deadline - time.monotonic()
        try:
            self.settimeout(max(left, 0.001))
            return super().recv(*args)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None
        finally:
            self.settimeout(REQUEST_SECONDS)  # the answer has its own time


class _Impatient(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, of which no sender can hold one for long."""

    def handle(self, conn: Any) -> Any:
        """Serve one request of a connection; runs in one of the threads."""
        if not isinstance(conn.sock, _Connection):
            conn.sock = _Connection(fileno=conn.sock.detach())
        conn.sock.deadline = time.monotonic() + REQUEST_SECONDS
        try:
            return super().handle(conn)
        finally:
            conn.sock.deadline = time.monotonic() + LINGER_SECONDS
