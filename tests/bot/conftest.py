"""Fixtures of the whole way: through webhook, database, worker and stand-ins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import real_clock, set_offset
from sandbox.demo import DEMO_TIME
from tests.bot.town import Furnishing, Process, Town, bot_inside, built


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
def town_at_the_demos_time(made: Town) -> Iterator[Town]:
    """The town on the day on which the demo plays."""
    set_offset(made.sandbox.clock_file, (DEMO_TIME - real_clock()).total_seconds())
    with bot_inside(made):
        yield made


@pytest.fixture
def process(made: Town, tmp_path: Path) -> Iterator[Process]:
    """The bot as a process, not started yet; killed at the end."""
    bot = Process(made, tmp_path / "bot.log")
    yield bot
    bot.kill()
