"""Syncs in processes of their own, which can be killed and frozen at any statement or call.

A child is forked from a small process that has everything imported and no thread: that costs
milliseconds where starting an interpreter costs half a second. The sync in it is the program's
own; where it is to die by itself, the child's own database engine counts its statements.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sheets.google import Google
from sheets.sync import sync
from store.database import Database
from store.keyring import Keyring
from tests.sheets.conftest import AGENCY
from tests.sheets.storm.furnishing import MASTER

Json = dict[str, Any]
GONE, FROZEN, RUNNING = "gone", "frozen", "running"
POLL_SECONDS = 0.002
PATIENCE = 30


@dataclass(frozen=True)
class Place:
    """Where a child works: the database, its schema and the stand-in."""

    postgres: str
    schema: str
    keyring: str
    key: str
    host: str
    now: str


class Child:
    """One sync in a process. `result` is what it returned: None where it died before."""

    def __init__(self, zygote: "Zygote", pid: int) -> None:
        self._zygote = zygote
        self.pid = pid
        self.result: Json | None = None

    def state(self) -> str:
        """gone, frozen or running."""
        answer = self._zygote.ask({"state": self.pid})
        self.result = answer["result"]
        state: str = answer["state"]
        return state

    def wait(self, until: Callable[[], bool] = lambda: False) -> str:
        """Wait until it is gone or frozen, or until something else is so."""
        deadline = time.monotonic() + PATIENCE
        while (state := self.state()) == RUNNING and not until():
            assert time.monotonic() < deadline, "a sync hangs"
            time.sleep(POLL_SECONDS)
        return state

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def freeze(self) -> None:
        """SIGSTOP."""
        os.kill(self.pid, signal.SIGSTOP)
        self.wait()

    def thaw(self) -> None:
        """SIGCONT: it goes on as if nothing had been."""
        self._zygote.ask({"thaw": self.pid})


class Zygote:
    """The parent of all children, spoken to in lines of JSON."""

    def __init__(self, place: Place) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, json.dumps(asdict(place))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ask({})  # until it is warm

    def ask(self, order: Json) -> Json:
        """One order, one answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        return answer

    def sync(self, now: datetime, stop: str = "", at: int = 0) -> Child:
        """Begin a sync; with `stop` (KILL or STOP) it does that to itself before statement `at`."""
        return Child(self, self.ask({"now": now.isoformat(), "stop": stop, "at": at})["pid"])

    def close(self) -> None:
        """End it; its children are gone by then."""
        self._process.communicate()


@contextlib.contextmanager
def zygote(place: Place) -> Iterator[Zygote]:
    """A zygote for a while."""
    made = Zygote(place)
    try:
        yield made
    finally:
        made.close()


# In the zygote's process


class _Nursery:
    """What the zygote knows of its children, and what they inherit: all but connections.

    One sync before the first fork compiles the statements, reads the account's key and gets a
    token, as any worker has done before its second sync.
    """

    def __init__(self, place: Place) -> None:
        keyring = Keyring(place.keyring, MASTER)
        self.database = Database(place.postgres, keyring, schema=place.schema)
        self.google = Google(Path(place.key), host=place.host)
        sync(self.database, self.google, AGENCY, datetime.fromisoformat(place.now))
        self.database.close()
        while threading.active_count() > 1:  # google-auth looks something up beside
            time.sleep(POLL_SECONDS)
        self.pipes: dict[int, int] = {}
        self.stopped: set[int] = set()
        self.results: dict[int, Json | None] = {}

    def obey(self, order: Json) -> Json:
        if not order:
            return {}
        if "state" in order:
            return self._state(order["state"])
        if "thaw" in order:
            self.stopped.discard(order["thaw"])
            os.kill(order["thaw"], signal.SIGCONT)
            return {}
        return {"pid": self._fork(order)}

    def _fork(self, order: Json) -> int:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            self._be_a_sync(order, writing)
        os.close(writing)
        self.pipes[pid] = reading
        return pid

    def _be_a_sync(self, order: Json, pipe: int) -> None:
        """The child's whole life."""
        os.close(0)
        if order["stop"]:
            _stop_itself(self.database, order["stop"], order["at"])
        try:
            now = datetime.fromisoformat(order["now"])
            said = asdict(sync(self.database, self.google, AGENCY, now))
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            said = {"outcome": "raised", "error": repr(error)}
        os.write(pipe, json.dumps(said).encode())
        os._exit(0)

    def _state(self, pid: int) -> Json:
        if pid in self.pipes:
            found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
            if found and os.WIFSTOPPED(status):
                self.stopped.add(pid)
            elif found:
                self.results[pid] = _all_of(self.pipes.pop(pid))
                self.stopped.discard(pid)
        state = FROZEN if pid in self.stopped else RUNNING if pid in self.pipes else GONE
        return {"state": state, "result": self.results.get(pid)}


def _all_of(pipe: int) -> Json | None:
    with os.fdopen(pipe) as said:
        text = said.read()
    result: Json | None = json.loads(text) if text else None
    return result


def _stop_itself(database: Database, stop: str, at: int) -> None:
    """A signal to oneself before the given statement; commits count as statements, too."""
    left = [at]

    def count(*_: object, **__: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), getattr(signal, f"SIG{stop}"))

    sa.event.listen(database.engine, "before_cursor_execute", count)
    sa.event.listen(database.engine, "commit", count)


def main() -> None:
    """Obey line by line until nobody gives orders any more."""
    nursery = _Nursery(Place(**json.loads(sys.argv[1])))
    for line in sys.stdin:
        print(json.dumps(nursery.obey(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
