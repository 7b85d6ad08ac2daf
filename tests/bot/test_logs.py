"""Logs carry codes: no exception's message and no library's body, whatever is thrown."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot import logs
from bot.line import LineError
from bot.queue import QueueAway
from sheets.google import SheetError
from store.database import Database
from store.keyring import KeyringAway
from tests.logs import logged

SECRET = "words-of-a-complaint"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    with logged() as written:
        yield written


def _fail() -> None:
    local = SECRET
    raise ValueError(f"could not handle {local}")


def test_our_own_exceptions(output: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        structlog.get_logger().exception("failed", agency="dongmuang")
    line = json.loads(output.getvalue())
    assert (line["event"], line["error"], line["agency"]) == ("failed", "ValueError", "dongmuang")
    assert any("_fail" in place for place in line["at"]), "an engineer finds the place"
    assert SECRET not in output.getvalue()


def test_a_librarys_exceptions(output: io.StringIO) -> None:
    logger = logging.getLogger("somebody.elses")
    try:
        _fail()
    except ValueError as error:
        logger.error("it broke: %s", error, exc_info=error)
    assert SECRET not in output.getvalue()
    assert output.getvalue().count("ValueError") == 2, "in the sentence and as the error"


def test_procrastinates_own_sentence_about_a_side_task(output: io.StringIO) -> None:
    sentence = f"Side task listener failed with exception: {SECRET}\nDETAIL: {SECRET}, stopping"
    logging.getLogger("procrastinate.worker").error(sentence)
    assert SECRET not in output.getvalue()


@pytest.mark.parametrize("name", logs.QUIET)
def test_libraries_that_log_bodies_are_quiet(output: io.StringIO, name: str) -> None:
    logging.getLogger(name + ".rest").debug("response body: %s", SECRET)
    assert output.getvalue() == ""


def test_a_database_error_is_its_code(output: io.StringIO, database: Database) -> None:
    try:
        with database.agency("one") as tx:
            tx.sql.exec_driver_sql(f"SELECT '{SECRET}'::integer")
    except sa.exc.DataError:
        structlog.get_logger().exception("failed")
    assert SECRET not in output.getvalue()
    assert "22P02" in output.getvalue()


ERROR = ValueError(SECRET)
FOREIGN: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("as the message", ERROR, ()),
    ("by name", "it broke: %(error)s", ({"error": ERROR},)),
    ("in a list", "it broke: %s", ([ERROR],)),
    ("in a dict in a list", "it broke: %r", ([{"error": ERROR}],)),
    ("beside a number", "%d times %s", (3, ERROR)),
    ("in its own words", f"<Task exception={ERROR!r}>", ()),
    ("in its own words, from an argument", "lost %s", (f"<Future exception={ERROR!r}>",)),
    ("as a traceback in the text", f"Oh!\nTraceback (most recent call last):\n{SECRET}", ()),
)


@pytest.mark.parametrize(("name", "message", "arguments"), FOREIGN)
def test_exceptions_in_a_librarys_line(
    output: io.StringIO, name: str, message: Any, arguments: tuple[Any, ...]
) -> None:
    logging.getLogger("somebody.elses").error(message, *arguments)
    assert SECRET not in output.getvalue(), name
    assert json.loads(output.getvalue())["level"] == "error"


def test_exceptions_among_our_own_values(output: io.StringIO) -> None:
    structlog.get_logger().error("failed", error=ERROR, all=[ERROR], by={"a": ERROR}, count=2)
    line = json.loads(output.getvalue())
    assert (line["error"], line["all"], line["by"]) == (
        "ValueError", ["ValueError"], {"a": "ValueError"},
    )  # fmt: skip
    assert line["count"] == 2
    assert SECRET not in output.getvalue()


def test_a_task_whose_exception_nobody_retrieved(output: io.StringIO) -> None:
    async def lose_one() -> None:
        asyncio.get_running_loop().create_task(_fails())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(lose_one())
    assert "never retrieved" in output.getvalue()
    assert SECRET not in output.getvalue()


async def _fails() -> None:
    raise ValueError(SECRET)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (LineError("permanent", 400, "refused"), "LineError: permanent 400 refused"),
        (SheetError("permanent", "no_access", 403), "SheetError: permanent: no_access (403)"),
        (KeyringAway("OSError"), "KeyringAway: OSError"),
        (QueueAway("57014"), "QueueAway: 57014"),
        (OSError(SECRET), "OSError"),
    ],
)
def test_only_errors_made_of_codes_show_their_text(error: Exception, says: str) -> None:
    assert logs.code(error) == says


def test_a_line_that_cannot_be_put_together_is_not_shown_raw(
    output: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("somebody.elses")
    logger.propagate = False  # pytest's own handler on the root would show it
    logger.addHandler(logging.root.handlers[0])
    logger.error("%d times", SECRET)
    logger.handlers.clear()
    logger.propagate = True
    assert SECRET not in output.getvalue() + capsys.readouterr().err
