"""The stand-in served on loopback."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
from flask import Flask
from werkzeug.serving import make_server

from sandbox.google import GoogleWorld, google_blueprint
from tests.sandbox.google.stage import ACCOUNT, BOOK, Clock, Stage, judged


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[GoogleWorld], Stage]]:
    running: list[tuple[GoogleWorld, Any, threading.Thread]] = []
    judges = contextlib.ExitStack()

    def start(world: GoogleWorld) -> Stage:
        judges.enter_context(judged(world))
        app = Flask("stand_in")
        app.register_blueprint(google_blueprint(world))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=lambda: server.serve_forever(0.01), daemon=True)
        thread.start()
        running.append((world, server, thread))
        address = f"http://127.0.0.1:{server.server_port}"
        key = tmp_path / f"key-{len(running)}.json"
        world.service_account_key(key, f"{address}/token")
        return Stage(world, address, key)

    yield start
    for world, server, thread in running:
        world.close()
        server.shutdown()
        thread.join()
        server.server_close()
    judges.close()


@pytest.fixture
def stage(serve: Callable[[GoogleWorld], Stage], clock: Clock) -> Stage:
    world = GoogleWorld(clock, quota=False)
    world.create_spreadsheet(BOOK, "ทดสอบ", "owner")
    world.share(BOOK, ACCOUNT)
    return serve(world)


@pytest.fixture
def book(stage: Stage) -> gspread.Spreadsheet:
    return stage.client().open_by_key(BOOK)


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1
