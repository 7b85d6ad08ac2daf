"""The program's one clock: real, or shared with the sandbox through a small file.

Rules never look at a clock; the edge asks this one and passes `now` in. The sandbox moves
time for the whole demo by writing the file: {"mode": "offset", "seconds": -3600.0} or
{"mode": "frozen", "at": "2025-01-15T09:00:00+07:00"}.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in Asia/Bangkok."""


def real_clock() -> datetime:
    """The machine's time in Asia/Bangkok."""
    return datetime.now(BANGKOK)


def shared_clock(path: Path) -> Clock:
    """A clock that follows the file at `path`; without the file it is the real one."""

    def now() -> datetime:
        try:
            setting = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return real_clock()
        if setting["mode"] == "frozen":
            return datetime.fromisoformat(setting["at"]).astimezone(BANGKOK)
        return real_clock() + timedelta(seconds=setting["seconds"])

    return now


def set_offset(path: Path, seconds: float) -> None:
    """Let the shared clock run `seconds` ahead of (negative: behind) the real one."""
    _write(path, {"mode": "offset", "seconds": seconds})


def freeze(path: Path, at: datetime) -> None:
    """Stop the shared clock at the aware moment `at`."""
    _write(path, {"mode": "frozen", "at": at.isoformat()})


def _write(path: Path, setting: dict[str, object]) -> None:
    # Readers may look at any instant, so the file is replaced whole.
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(setting), encoding="utf-8")
    draft.replace(path)
