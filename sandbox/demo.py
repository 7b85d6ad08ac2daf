"""`make demo`: start everything, play a short conversation, show what it did to the sheet.

The script states what every reply and every cell must be; whatever is otherwise fails the demo.
The time in the demo is 15 January 2568, so that the sample measures of fiscal year 2568 are at
work: some are done, some due, some late.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
import requests

from bot import richmenu
from bot.clock import BANGKOK, real_clock, set_offset
from bot.program import Program, build
from bot.settings import load
from sandbox import script, server, town, transcript
from sandbox.script import SheetView
from store import embedded, migrate, outbox

HOST = "127.0.0.1"
DEMO_TIME = datetime(2025, 1, 15, 9, 0, tzinfo=BANGKOK)
READY_SECONDS = 60
MARKER = ".sujarit-demo"
"""The file by which a demo knows a folder as its own; locked for as long as a demo runs there."""


class DemoFailed(Exception):
    """The demo cannot start, or something was not as it must be: one sentence."""


def play(folder: Path, port: int, sandbox_port: int, *, once: bool) -> None:
    """The whole demo. Everything it makes lies in `folder`, which is made new each time.

    Ctrl-C ends it in order: as KeyboardInterrupt while it plays, as the expected end afterwards.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave as after Ctrl-C
    with contextlib.ExitStack() as stack:
        stack.enter_context(claimed(folder))
        refuse_taken(port, sandbox_port)
        clear(folder)
        bot_url, sandbox_url = f"http://{HOST}:{port}", f"http://{HOST}:{sandbox_port}"
        click.echo("Starting PostgreSQL, the stand-ins for LINE and Google, and the bot ...")
        database_url = stack.enter_context(embedded.running(folder / "postgres"))
        migrate.upgrade(database_url)
        set_offset(folder / "clock.json", (DEMO_TIME - real_clock()).total_seconds())
        world = town.build(folder, bot_url)
        stack.callback(world.google.close)
        stack.enter_context(server.running(world, HOST, sandbox_port))
        world.google.service_account_key(folder / "google-key.json", f"{sandbox_url}/token")
        environment = town.environment(folder, sandbox_url, database_url, bot_url=bot_url)
        program = _program(environment)
        town.furnish(program)
        for slug in program.agencies:
            richmenu.install(program, slug)
        stack.enter_context(_bot(environment, folder, port))
        _wait_until_ready(bot_url, folder)
        _wait_until_written(program)
        _converse(sandbox_url, tuple(program.agencies))
        if not once:
            _stay(bot_url, sandbox_url)


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold a folder that is new, empty or an earlier demo's; DemoFailed for any other."""
    marker = folder / MARKER
    if folder.exists() and not marker.is_file() and any(folder.iterdir()):
        raise DemoFailed(
            f"{folder} holds files that no demo made, and a demo removes what is in its folder:"
            " remove them yourself or choose another folder with --folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    with marker.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(
                f"A demo is already running in {folder}: end it, or choose another folder with"
                " --folder, and other ports with --port and --sandbox-port."
            ) from None
        yield


def clear(folder: Path) -> None:
    """Remove what an earlier demo left in a claimed folder, also one that was killed.

    The marker stays until all else is gone: what is cut short here is still known as ours.
    """
    embedded.stop(folder / "postgres")  # a killed demo's database runs on
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        elif left.name != MARKER:
            left.unlink()


def refuse_taken(*ports: int) -> None:
    """Raise DemoFailed when somebody listens on one of these ports already."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                raise DemoFailed(
                    f"Port {port} is taken: choose others, as in"
                    " .venv/bin/sujarit demo --port 8180 --sandbox-port 8190"
                    " or .venv/bin/sujarit sandbox --port 8190"
                ) from None


def _program(environment: Mapping[str, str]) -> Program:
    os.environ.update(environment)
    return build(load())


@contextlib.contextmanager
def _bot(environment: Mapping[str, str], folder: Path, port: int) -> Iterator[None]:
    """`sujarit serve`, as production starts it. Its log goes to a file."""
    command = [sys.executable, "-m", "bot", "serve", "--host", HOST, "--port", str(port)]
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us alone, and we end it in order
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_until_ready(bot_url: str, folder: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{bot_url}/readyz", timeout=2).ok:
                return
        time.sleep(0.1)
    raise DemoFailed(f"The bot did not become ready; its log is {folder / 'bot.log'}.")


def _wait_until_written(program: Program) -> None:
    """Until the sheets show what was imported."""
    deadline = time.monotonic() + READY_SECONDS
    for slug in program.agencies:
        while True:
            with program.database.agency(slug) as tx:
                if not outbox.waiting(tx):
                    break
            if time.monotonic() > deadline:
                raise DemoFailed(f"The sheet of {slug} was not written in {READY_SECONDS} s.")
            time.sleep(0.1)


def _converse(sandbox_url: str, agencies: Sequence[str]) -> None:
    """Play the script; fail with everything that was otherwise than it must be."""
    views = [SheetView(sandbox_url, slug) for slug in agencies]
    before = {view.agency: view.read() for view in views}
    for slug in script.SHOWN:
        transcript.show_sheet(f"ชีตของ {slug} ก่อนเริ่ม", before[slug])
    told = script.converse(sandbox_url)
    after = script.settled(views)
    for slug in script.SHOWN:
        transcript.show_changes(f"สิ่งที่เปลี่ยนในชีตของ {slug}", before[slug], after[slug])
    if faults := [*told.faults, *script.wrong_cells(before, after, told)]:
        raise DemoFailed("Not as it must be:\n  " + "\n  ".join(faults))
    click.echo(f"\nEvery reply and every cell is as it must be ({len(views)} sheets compared).")


def _stay(bot_url: str, sandbox_url: str) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        _explain(bot_url, sandbox_url)
        signal.pause()


def _explain(bot_url: str, sandbox_url: str) -> None:
    click.echo(f"\nThe bot:     {bot_url}  (/healthz, /readyz, /line/<agency>)")
    click.echo(f"The console: {sandbox_url}/  (chats, sheet, faults; the stand-ins behind it)")
    click.echo("\nOpen the console in a browser, or say something as a citizen:")
    click.echo(
        f"  curl -s {sandbox_url}/_sandbox/line/say -H 'content-type: application/json'"
        """ -d '{"agency": "dongmuang", "person": "citizen", "message": "ช่วยเหลือ"}'"""
    )
    click.echo("and read what came back:")
    click.echo(f"  curl -s '{sandbox_url}/_sandbox/line/sent?agency=dongmuang&person=citizen'")
    click.echo("\nCtrl-C ends everything.")
