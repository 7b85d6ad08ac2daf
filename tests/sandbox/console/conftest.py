"""A real browser on the console: with the whole town behind it, or the stand-ins alone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.clock import shared_clock
from sandbox.google import GoogleWorld
from sandbox.line import Channel, LineWorld
from sandbox.people import load_people
from sandbox.server import Sandbox, running
from tests.bot.town import Furnishing, Town, bot_inside, built
from tests.sandbox.console.screen import AGENCY, NOBODY, Screen, StandIns
from tests.sandbox.google.stage import judged

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")  # Playwright's loop must be gone before a test that has its own
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        sentence = "needs Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def made(tmp_path: Path, postgres: str, schema: str, furnishing: Furnishing) -> Iterator[Town]:
    """The town, and no bot in it yet."""
    with built(tmp_path, postgres, schema, furnish=furnishing) as town:
        yield town


@pytest.fixture
def town(made: Town) -> Iterator[Town]:
    """The town with the bot at work in it."""
    with bot_inside(made):
        yield made


@pytest.fixture
def screen(browser: Browser, town: Town) -> Iterator[Screen]:
    """The console of the town on a desk's screen."""
    with Screen.opened(browser, town.url) as screen:
        yield screen


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[StandIns]:
    """The stand-ins with one sheet of a few rows, and a webhook address where nobody listens."""
    now = shared_clock(tmp_path / "clock.json")
    channel = Channel(AGENCY, "1000", "s" * 32, "U" + "b" * 32, NOBODY)
    people = load_people()
    google = GoogleWorld(now, quota=False)
    google.create_spreadsheet(f"sandbox-{AGENCY}", "ITA", "coordinator")
    line = LineWorld(now, [channel], people)
    sandbox = Sandbox(line, google, tmp_path / "clock.json", people, redelivery_delays=(0.2,))
    with judged(google), running(sandbox) as url:
        yield StandIns(sandbox, url)


@pytest.fixture
def glass(browser: Browser, alone: StandIns) -> Iterator[Screen]:
    """The console of the stand-ins alone."""
    with Screen.opened(browser, alone.url) as screen:
        yield screen
