"""Small rules that together say what JSON LINE accepts; each yields the problems that it finds."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.line.text import utf16_length

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place of a request's JSON."""

    path: Path
    message: str


Rule = Callable[[Any, Path], Iterator[Problem]]

WEB = ("https",)
LINKS = ("http", "https", "line", "tel")


def text(longest: int, count: Callable[[str], int] = utf16_length, *, empty: bool = False) -> Rule:
    """A text of at most `longest` as `count` counts; blank ones only if `empty`."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "must be a string")
        elif not empty and not value.strip():
            yield Problem(path, "May not be empty")
        elif count(value) > longest:
            yield Problem(path, f"Length must be between {0 if empty else 1} and {longest}")

    return rule


def pattern(expression: str) -> Rule:
    """A text that matches the whole expression."""
    compiled = re.compile(expression, re.ASCII)

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield Problem(path, "invalid property")

    return rule


def uri(longest: int, schemes: Sequence[str] = LINKS) -> Rule:
    """A percent-encoded URI of one of the schemes; web addresses need a host."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "must be a string")
        elif not 1 <= len(value) <= longest:
            yield Problem(path, f"Length must be between 1 and {longest}")
        elif (scheme := _scheme(value)) is None:
            yield Problem(path, "invalid uri")
        elif scheme not in schemes:
            yield Problem(path, "invalid uri scheme")

    return rule


def _scheme(address: str) -> str | None:
    if re.search(r"[^\x21-\x7e]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and not parts.hostname:
        return None
    return parts.scheme


def whole(lowest: int = 0, highest: int = 2**31 - 1, step: int = 1) -> Rule:
    """A whole number between both ends."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(path, "must be an integer")
        elif not lowest <= value <= highest or value % step:
            yield Problem(path, f"must be between {lowest} and {highest}")

    return rule


def number(lowest: float, highest: float) -> Rule:
    """Any number between both ends."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Problem(path, "must be a number")
        elif not lowest <= value <= highest:
            yield Problem(path, f"must be between {lowest} and {highest}")

    return rule


def flag(value: Any, path: Path) -> Iterator[Problem]:
    """true or false."""
    if not isinstance(value, bool):
        yield Problem(path, "must be a boolean")


def one_of(*values: str) -> Rule:
    """One of these words."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if value not in values:
            words = ", ".join(values)
            yield Problem(path, f"Must be one of the following values: [{words}]")

    return rule


def items(rule: Rule, fewest: int, most: int) -> Rule:
    """A list of `fewest` to `most` values, each under `rule`."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(path, "must be an array")
            return
        if not fewest <= len(value) <= most:
            yield Problem(path, f"Size must be between {fewest} and {most}")
        for index, item in enumerate(value):
            yield from rule(item, (*path, index))

    return check


Fields = Mapping[str, Rule]


def shape(required: Fields, optional: Fields | None = None, *also: Rule) -> Rule:
    """An object of these properties and no others; `also` are rules across properties."""
    known = {**required, **(optional or {})}

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(path, "must be an object")
            return
        found = [
            Problem((*path, name), "must be specified") for name in required if name not in value
        ]
        for name, part in value.items():
            check = known.get(name, _unknown)
            found += check(part, (*path, name))
        yield from found
        if not found:
            for across in also:
                yield from across(value, path)

    return rule


def _unknown(_: Any, path: Path) -> Iterator[Problem]:
    yield Problem(path, "unknown field")


def kinds(rules: Mapping[str, Rule]) -> Rule:
    """An object whose `type` chooses its rule."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(path, "must be an object")
        elif "type" not in value:
            yield Problem((*path, "type"), "must be specified")
        elif not isinstance(value["type"], str) or value["type"] not in rules:
            yield from one_of(*rules)(None, (*path, "type"))
        else:
            yield from rules[value["type"]](value, path)

    return rule


def kind(required: Fields, optional: Fields | None = None, *also: Rule) -> Rule:
    """A shape that stands under `kinds`: its `type` is checked there."""
    return shape({"type": anything, **required}, optional, *also)


def anything(_: Any, __: Path) -> Iterator[Problem]:
    """No demand."""
    yield from ()


def later(name: Callable[[], Rule]) -> Rule:
    """A rule that is looked up only when used, for shapes that contain themselves."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        yield from name()(value, path)

    return rule


def demand(holds: Callable[[dict[str, Any]], bool], property_name: str, message: str) -> Rule:
    """Across properties: a problem at one of them unless `holds`."""

    def rule(value: Any, path: Path) -> Iterator[Problem]:
        if not holds(value):
            yield Problem((*path, property_name) if property_name else path, message)

    return rule
