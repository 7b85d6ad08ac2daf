"""Field masks: which fields an answer shows and which fields an update writes.

A mask is a tree of names, `{}` for a leaf: `a(b,c/d),e` is `{"a": {"b": {}, "c": {"d": {}}}, "e":
{}}`.
"""

import re
from typing import Any

from sandbox.google import schema
from sandbox.google.errors import GoogleError, invalid
from sandbox.google.schema import Json

Mask = dict[str, Any]
EVERYTHING: Mask = {}
_TOKEN = re.compile(r"[A-Za-z0-9_*]+|[(),./]")


def parse(text: str) -> Mask:
    """Parse a mask; 400 if it is none."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        raise _unreadable(text)
    mask, rest = _paths(tokens, text)
    if rest:
        raise _unreadable(text)
    return mask


def _paths(tokens: list[str], text: str) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _path(mask, tokens, text)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _path(mask: Mask, tokens: list[str], text: str) -> list[str]:
    if not tokens or tokens[0] in "(),./":
        raise _unreadable(text)
    branch = mask.setdefault(tokens[0], {})
    rest = tokens[1:]
    if rest and rest[0] in "./":
        return _path(branch, rest[1:], text)
    if rest and rest[0] == "(":
        inner, rest = _paths(rest[1:], text)
        if not rest or rest[0] != ")":
            raise _unreadable(text)
        branch.update(inner)
        return rest[1:]
    return rest


def check(mask: Mask, name: str, path: str = "") -> None:
    """Raise 400 if the mask names a field that the message does not have."""
    fields = schema.message(name)
    for key, inner in mask.items():
        if key == "*":
            continue
        if key not in fields:
            raise invalid(f"Invalid field: {path}{key}")
        inside = _message_of(fields[key])
        if inside:
            check(inner, inside, f"{path}{key}.")


def _message_of(field: Json) -> str | None:
    name: str | None = field.get("items", field).get("$ref")
    return name


def wants(mask: Mask, *path: str) -> bool:
    """Tell whether the mask shows something at this path."""
    if not mask or not path:
        return True
    if "*" in mask:
        return True
    return path[0] in mask and wants(mask[path[0]], *path[1:])


def select(value: Any, mask: Mask) -> Any:
    """Return only what the mask shows."""
    if not value or not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) if item else item for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: select(item, mask[key]) if mask[key] else item
        for key, item in value.items()
        if key in mask
    }


def for_update(text: str | None, name: str) -> Mask:
    """Parse the mask of an update, which must name at least one field of the message."""
    if not text:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    mask = parse(text)
    check(mask, name)
    return mask


def merge(target: Json, source: Json, mask: Mask) -> Json:
    """Return target with the masked fields as in source; a field that source lacks is cleared."""
    if "*" in mask:
        return dict(source)
    result = dict(target)
    for key, inner in mask.items():
        new = source.get(key)
        if inner and (new is None or isinstance(new, dict)):
            new = merge(result.get(key, {}), new or {}, inner)
        if new is None or new == {}:
            result.pop(key, None)
        else:
            result[key] = new
    return result


def _unreadable(text: str) -> GoogleError:
    return invalid(f"Request contains an invalid argument: fields '{text[:80]}'.")
