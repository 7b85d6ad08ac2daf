"""The file that `sujarit score` reads: JSON with a year, its indicators, perhaps its items."""

import json
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, NoReturn, TypeVar

from ita.text import clean

EXAMPLE = '{"fiscal_year": 2566, "indicators": {"1": 98.01, "2": 93.22}, "items": {"o13": 0}}'
LARGEST = 1024 * 1024

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_INDICATOR = re.compile(r"[1-9]\d?")
_ITEM = re.compile(r"o[1-9]\d?")
_YEAR = re.compile(r"[1-9]\d{3}")
_SHOWN = 40

_Key = TypeVar("_Key", bound=Hashable)


class BadScores(ValueError):
    """The file is not what is read here: one sentence that says what is."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a file gives. Points are finite, but may be impossible: the rules say so."""

    fiscal_year: int
    indicators: dict[int, Decimal]
    items: dict[str, Decimal]


def bytes_of(file: BinaryIO) -> bytes:
    """The file, as far as is needed to see that it is not too large."""
    return file.read(LARGEST + 1)


def read(raw: bytes) -> Given:
    """The scores in a file; BadScores says in one sentence what is wrong with it."""
    given = _json(raw)
    if not isinstance(given, dict) or "fiscal_year" not in given or "indicators" not in given:
        raise BadScores(f"This is not a file of scores; it looks like {EXAMPLE}.")
    return Given(
        fiscal_year=_year(given["fiscal_year"]),
        indicators=_scores(given["indicators"], "indicators", _indicator),
        items=_scores({} if given.get("items") is None else given["items"], "items", _item),
    )


def _json(raw: bytes) -> Any:
    if len(raw) > LARGEST:
        raise BadScores(f"This file is larger than {LARGEST >> 10} KB; scores look like {EXAMPLE}.")
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_each_once,
        )
    except UnicodeDecodeError:
        raise BadScores("This file is not a text in UTF-8.") from None
    except (json.JSONDecodeError, InvalidOperation, RecursionError):
        raise BadScores(f"This is not a file of scores; it looks like {EXAMPLE}.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise BadScores(f"{name} is not a score; scores lie between 0 and 100.")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadScores(f"{_cut(twice)} stands twice in this file.")
    return found


def _scores(given: Any, what: str, key_of: Callable[[str], _Key | None]) -> dict[_Key, Decimal]:
    """Points by key; what is null was not given."""
    if not isinstance(given, dict):
        raise BadScores(f'"{what}" should give points by code; the file looks like {EXAMPLE}.')
    found: dict[_Key, Decimal] = {}
    for name, value in given.items():
        key = key_of(name.strip())
        if key is None:
            raise BadScores(f'"{_cut(name)}" is no code of {what}; the file looks like {EXAMPLE}.')
        if key in found:
            raise BadScores(f"{key} stands twice in this file.")
        if value is not None:
            found[key] = _points(name, value)
    return found


def _indicator(name: str) -> int | None:
    return int(name) if _INDICATOR.fullmatch(name) else None


def _item(name: str) -> str | None:
    return name.casefold() if _ITEM.fullmatch(name.casefold()) else None


def _points(name: str, value: Any) -> Decimal:
    """A number, or a text that is one."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    raise BadScores(f"The points of {_cut(name)} are not a number between 0 and 100.")


def _year(value: Any) -> int:
    text = str(value).strip() if isinstance(value, Decimal | str) else ""
    if not _YEAR.fullmatch(text):
        raise BadScores('"fiscal_year" should be a year of the Buddhist era such as 2566.')
    return int(text)


def _cut(name: str) -> str:
    """A name of the file's for a sentence: short, on one line."""
    shown = " ".join(clean(name, _SHOWN).split())
    return shown if len(name) <= _SHOWN else f"{shown}…"
