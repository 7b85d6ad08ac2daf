"""Two who complain at once, with everything delivered again and again, restarts, and no sheet."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from handlers.texts import say
from store import cases
from tests.bot.pages import DOORS
from tests.bot.test_pressing import buttons
from tests.bot.test_way import settle
from tests.bot.town import Furnishing, Town, bot_inside, built, eventually

AGENCY = "dongmuang"
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
NUMBER = re.compile(r"\b[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}\b")
HERS, HIS = ("citizen", "น้ำประปาไม่ไหลแถวบ้านเลขลับหนึ่ง"), ("citizen2", "ไฟทางดับหน้าบ้านเลขลับสอง")
SECRETS = {"citizen": "เลขลับหนึ่ง", "citizen2": "เลขลับสอง"}
BRIBES = {"citizen": "เรื่องลับที่หนึ่ง", "citizen2": "เรื่องลับที่สอง"}


@pytest.fixture
def doors(tmp_path: Path, postgres: str, schema: str, furnishing: Furnishing) -> Iterator[Town]:
    """The town with receivers of protected reports, and no bot in it yet."""
    with built(tmp_path, postgres, schema, furnish=furnishing) as town:
        config = town.program.agencies[AGENCY]
        town.program.agencies[AGENCY] = config.model_copy(update={"complaints": DOORS})
        yield town


class Bot:
    """The bot, which is stopped and started again between two messages."""

    def __init__(self, town: Town) -> None:
        self._town, self._running = town, ExitStack()
        self._running.enter_context(bot_inside(town))

    def restart(self) -> None:
        """All that it knew is in the database, or it is lost."""
        self.stop()
        self._running.enter_context(bot_inside(self._town))

    def stop(self) -> None:
        self._running.close()


def words(town: Town, person: str, text: str) -> None:
    """Somebody writes, and LINE delivers it three times."""
    assert town.say(person, text, duplicates=2)["status"] == 200


def tap(town: Town, person: str, label: str) -> None:
    """Somebody presses the newest button of this name, which is delivered three times."""
    eventually(lambda: label in buttons(town, person), f"{person} was shown {label}")
    settle_chats(town)
    data = buttons(town, person)[label]
    happened = {"type": "postback", "postback": {"data": data}}
    assert town.happen(person, happened, duplicates=2)["status"] == 200


def settle_chats(town: Town) -> None:
    """Until everybody has got an answer; the sheet is another matter."""
    from tests.bot.test_two_complainants import _quiet

    eventually(lambda: _quiet(town), "everybody got an answer")
