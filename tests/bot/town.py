"""The whole town for tests: stand-ins on loopback, a real database, and the bot in it.

`Town` runs the bot inside the test (web server and worker in threads); `Process` runs it as
production does, so that it can be killed.
"""

import base64
import contextlib
import hmac
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gspread
import requests
import yaml
from sqlalchemy import Engine
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import create_app
from bot.program import Program, build
from bot.settings import load
from bot.worker import Worker
from sandbox import server, town
from sandbox.google.edit import PEOPLE
from sandbox.google.world import File
from sandbox.people import find
from sandbox.script import SheetView, texts_in
from sandbox.server import OWNER, Sandbox
from sheets.sync import sync
from tests.conftest import SHARED
from tests.contract import must_be_a_message
from tests.rows import Rows
from tests.sandbox.google.stage import Stage, judged, shorten

ROOT = Path(__file__).parent.parent.parent
GRID_ROWS = 60
"""Lines of each tab of the furnished town."""
PATIENCE = 40
"""Seconds that a test waits for something before it fails; nothing waits so long that works."""


@dataclass
class Town:
    """The stand-ins and the program's own view of the world."""

    sandbox: Sandbox
    url: str
    bot_url: str
    environment: Mapping[str, str]
    program: Program

    def say(self, person: str, message: object, agency: str = "dongmuang", **more: object) -> Any:
        """A person writes; gives the event id and the webhook's status."""
        body = {"agency": agency, "person": person, "message": message, **more}
        return requests.post(f"{self.url}/_sandbox/line/say", json=body, timeout=30).json()

    def deliver(self, body: bytes, agency: str = "dongmuang", **parameters: str) -> Any:
        """LINE delivers a body, signed unless `signature` says otherwise."""
        return requests.post(
            f"{self.url}/_sandbox/line/deliver",
            params={"agency": agency, **parameters},
            data=body,
            timeout=30,
        ).json()

    def post(self, events: list[dict[str, Any]], agency: str = "dongmuang") -> int:
        """A signed body straight to the bot: LINE's stand-in knows nothing of its reply tokens."""
        line = self.program.agencies[agency].line
        raw = json.dumps({"destination": line.bot_user_id, "events": events}).encode()
        secret = line.channel_secret.get_secret_value().encode()
        signature = base64.b64encode(hmac.digest(secret, raw, "sha256")).decode()
        return requests.post(
            f"{self.bot_url}/line/{agency}",
            data=raw,
            headers={"x-line-signature": signature},
            timeout=30,
        ).status_code

    def sent(self, person: str, agency: str = "dongmuang") -> list[dict[str, Any]]:
        """What reached a person, as LINE sent it."""
        answer = requests.get(
            f"{self.url}/_sandbox/line/sent",
            params={"agency": agency, "person": person},
            timeout=30,
        )
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def words(self, person: str, agency: str = "dongmuang") -> str:
        """All that a person has read from the bot."""
        return "\n".join(t for sent in self.sent(person, agency) for t in texts_in(sent["message"]))

    def fault(self, service: str, call: str, kind: str, times: int = 1) -> None:
        """Something goes wrong with the next calls."""
        self.sandbox.faults(service).add(call, kind, times)

    def sheet(self, agency: str = "dongmuang") -> dict[str, list[list[str]]]:
        """The spreadsheet as its owner sees it."""
        return SheetView(self.url, agency).read()

    def sheet_client(self, agency: str = "dongmuang", person: str = OWNER) -> gspread.Spreadsheet:
        """gspread, unmodified, as a person who edits the sheet."""
        return sheet_client(self.sandbox, self.url, agency, person)

    def cells(self, agency: str = "dongmuang") -> Any:
        """Every cell as Google keeps it: text, number or formula."""
        return requests.get(
            f"{self.url}/v4/spreadsheets/sandbox-{agency}",
            params={"includeGridData": "true"},
            headers={"Authorization": f"Bearer person:{OWNER}"},
            timeout=30,
        ).json()

    def user_id(self, person: str, agency: str = "dongmuang") -> str:
        return find(self.sandbox.people, agency, person).line_user_id


Furnish = Callable[[Program, Sandbox], None]


def furnish(program: Program, _world: Sandbox) -> None:
    """Install, import and register, as an operator does it; the first syncs have written it all."""
    town.furnish(program, ("dongmuang",))
    while sync(program.database, program.google, "dongmuang", program.clock()).outcome != "idle":
        pass
    with program.database.house() as sql:
        sql.exec_driver_sql("DELETE FROM google_calls")


class Furnishing:
    """Furnishes the first town as an operator does it, and all others like that one."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._files: dict[str, File] = {}
        self._engines: dict[str, Engine] = {}

    def __call__(self, program: Program, world: Sandbox) -> None:
        self._lend(program)
        if self._files:
            self._put_back(world)
            return
        self._rows.empty()
        furnish(program, world)
        host, owner = str(program.settings.google_host), f"{OWNER}@owner.{PEOPLE}"
        book = sheet_client(world, host, person=owner)
        shorten(book, world.google.files[book.id].book, GRID_ROWS)
        world.google.calls.clear()
        self._rows.save("town")
        self._files = {name: file.copy() for name, file in world.google.files.items()}

    def _lend(self, program: Program) -> None:
        """Engines that know the program's statements; each town has connections of its own."""
        program.database.engine = self._engines.setdefault("all", program.database.engine)
        program.web_database.engine = self._engines.setdefault("web", program.web_database.engine)

    def _put_back(self, world: Sandbox) -> None:
        self._rows.put_back("town")
        with self._rows.engine.connect() as sql:
            sql.exec_driver_sql("UPDATE outbox SET since = now()")
        with world.google.lock:
            world.google.files.update({name: file.copy() for name, file in self._files.items()})
            world.google.mark_changed()


def sheet_client(
    world: Sandbox, url: str, agency: str = "dongmuang", person: str = OWNER
) -> gspread.Spreadsheet:
    """gspread, unmodified, as a person who edits the sheet."""
    return Stage(world.google, url, Path()).person(person).open_by_key(f"sandbox-{agency}")


@contextlib.contextmanager
def built(
    folder: Path, postgres: str, schema: str, *, quota: bool = False, furnish: Furnish = furnish
) -> Iterator[Town]:
    """The town with dongmuang furnished, and no bot in it yet."""
    port = free_port()
    bot_url = f"http://127.0.0.1:{port}"
    world = town.build(folder, bot_url, quota=quota)
    world.google.close()  # writes no file from now on: nobody reads it here
    with judged(world.google), server.running(world) as url, contextlib.closing(world.google):
        world.google.service_account_key(folder / "google-key.json", f"{url}/token")
        environment = town.environment(folder, url, postgres, schema, bot_url)
        with _environ(environment):
            program = build(load())
        furnish(program, world)
        yield Town(world, url, bot_url, environment, program)
        judge_messages(world)
        program.database.close()
        program.web_database.close()


def judge_messages(world: Sandbox) -> None:
    """Whatever a test made the bot say must be valid by LINE's own document, where it is here."""
    if not SHARED.is_dir():
        return
    for agency in world.line.agencies:
        for sent in world.line.state(agency).sent:
            must_be_a_message(SHARED, sent.message)


@contextlib.contextmanager
def bot_inside(made: Town) -> Iterator[None]:
    """Web server and worker in threads of the test."""
    port = int(made.bot_url.rsplit(":", 1)[1])
    web = make_server(
        "127.0.0.1", port, create_app(made.program), threaded=True, request_handler=_Quiet
    )
    serving = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    worker = Worker(made.program)
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        web.shutdown()
        serving.join()
        web.server_close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Process:
    """The bot as a process of its own, started by the entrypoint that app.yaml names."""

    def __init__(self, made: Town, log: Path, port: int | None = None) -> None:
        self._made = made
        self.log = log
        self._url = f"http://127.0.0.1:{port}" if port else made.bot_url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until /readyz says so."""
        port = self._url.rsplit(":", 1)[1]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                entrypoint(),
                env={**os.environ, **self._made.environment, "PORT": port},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(self.is_ready, "the bot is ready")

    def is_ready(self) -> bool:
        return self.status("/readyz") == 200

    def status(self, path: str) -> int:
        """The status of an address, 0 when nobody answers."""
        try:
            return requests.get(self._url + path, timeout=5).status_code
        except requests.RequestException:
            return 0

    def kill(self) -> None:
        """SIGKILL to everything in it."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """SIGSTOP to everything in it: it is neither dead nor alive."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if nothing had been."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM, as a platform does it; gives the exit code."""
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(20)
        self._process = None
        return code


def entrypoint() -> list[str]:
    """app.yaml's own entrypoint, found in this environment."""
    app = yaml.safe_load((ROOT / "app.yaml").read_text(encoding="utf-8"))
    program, *arguments = shlex.split(app["entrypoint"])
    return [str(Path(sys.executable).parent / program), *arguments]


def eventually(happens: Callable[[], object], what: str) -> None:
    """Wait until something is so; fail after a generous while."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain until {what}"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _environ(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
