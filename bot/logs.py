"""Logs that say what happened and never to whom: opaque ids, codes, frames without values.

Exceptions of drivers and vendors carry rows, bodies and tokens in their messages. So no
log line, of ours or of a library, shows an exception's message: only its class, its SQLSTATE
or status, and the places in the code that it went through. Errors of ours whose text is made of
codes alone say so by `says_only_codes = True`, and may be shown.
"""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

from store.database import sqlstate

QUIET = (
    "linebot",
    "urllib3",
    "gspread",
    "google",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "fsspec",
    "gcsfs",
    "procrastinate",
    "PIL",
)
"""Libraries whose DEBUG lines carry bodies, parameters, and the names of keys."""

WORDS = re.compile(r"(exception\s*[=:]|traceback \(most recent).*", re.DOTALL | re.IGNORECASE)
"""Where, in a library's sentence, an exception's own words begin."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(level: str = "INFO") -> None:
    """One JSON object a line on standard error, for our lines and the libraries'.

    Standard output belongs to the commands' results.
    """
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _safe_exception,
        _safe_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            keep_exc_info=False,
        )
    )
    handler.addFilter(_without_exceptions)
    logging.root.handlers = [handler]
    logging.raiseExceptions = False  # it would show a line that cannot be written, as it was given
    logging.root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("google.auth._default").setLevel(logging.ERROR)  # bot.program says it


def code(error: BaseException) -> str:
    """All that may be said of an exception: its class, and its code where it has one."""
    name = type(error).__name__
    if getattr(error, "says_only_codes", False):
        return f"{name}: {error}"
    state = sqlstate(error)
    return name if state == name else f"{name} {state}"


def _safe_exception(
    _logger: object, _method: str, entry: structlog.types.EventDict
) -> structlog.types.EventDict:
    error = _error_of(entry.pop("exc_info", None))
    if error is not None:
        entry["error"] = code(error)
        frames = traceback.extract_tb(error.__traceback__)
        entry["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    return entry


def _error_of(info: object) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1] if info else None


def _safe_values(
    _logger: object, _method: str, entry: structlog.types.EventDict
) -> structlog.types.EventDict:
    # What begins with "_" is structlog's own and is taken out again.
    return {key: part if key.startswith("_") else _safe(part) for key, part in entry.items()}


def _safe(value: Any) -> Any:
    """The value as a log may show it."""
    match value:
        case None | bool() | int() | float():
            return value
        case BaseException():
            return code(value)
        case dict():
            return {str(key): _safe(part) for key, part in value.items()}
        case list() | tuple():
            return [_safe(part) for part in value]
    return WORDS.sub(r"\1 (not shown)", str(value))


def _without_exceptions(record: logging.LogRecord) -> bool:
    """A library's line may carry an exception: say its class instead.

    Before the sentence is put together; what is still in it then, `_safe_values` takes out.
    """
    if isinstance(record.msg, BaseException):
        record.msg = code(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(map(_argument, record.args))
    elif record.args:
        record.args = {key: _argument(part) for key, part in record.args.items()}
    return True


def _argument(part: object) -> object:
    """Numbers stay numbers, as a sentence's %d wants them."""
    return _safe(part) if isinstance(part, BaseException | dict | list | tuple) else part
