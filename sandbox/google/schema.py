"""Google's own schema (the discovery document) as the strict reader of what clients send.

It refuses unknown names, wrong types and unknown enum values as Google's JSON reader does, drops
nulls (Google reads a null field as absent) and turns snake_case names and quoted integers into what
the rest of the stand-in expects.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from sandbox.google.errors import GoogleError, invalid

Json = dict[str, Any]
_INT32 = 2**31


@cache
def discovery() -> Json:
    """Return the discovery document of Sheets v4 that google-api-python-client ships."""
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    document: Json = json.loads((folder / "sheets.v4.json").read_text("utf-8"))
    return document


def message(name: str) -> Json:
    """Return the properties of the message with this name."""
    properties: Json = discovery()["schemas"][name].get("properties", {})
    return properties


def clean(body: Any, name: str) -> Json:
    """Return the body as a message of this name, without nulls; 400 if it is none."""
    if not isinstance(body, dict):
        raise invalid(
            'Invalid JSON payload received. Unknown name "": Root element must be a message.'
        )
    return _message(body, name, "")


def _message(value: Json, name: str, path: str) -> Json:
    fields = message(name)
    result = {}
    for key, item in value.items():
        field = key if key in fields else _camel(key)
        if field not in fields:
            raise _unknown(key, path)
        if item is not None:
            result[field] = _value(item, fields[field], f"{path}.{_snake(field)}".lstrip("."))
    return result


def _value(value: Any, schema: Json, path: str) -> Any:
    if "$ref" in schema:
        if not isinstance(value, dict):
            raise _wrong(value, path, schema["$ref"])
        return _message(value, schema["$ref"], path)
    kind = schema.get("type")
    if kind == "array":
        return _array(value, schema["items"], path)
    if kind == "object":
        return _map(value, schema, path)
    return _scalar(value, schema, path)


def _array(value: Any, schema: Json, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(value, path, "repeated field")
    if schema.get("type") == "any":
        return value  # cells of a ValueRange: a null there means "leave this cell alone"
    return [_value(item, schema, f"{path}[{i}]") for i, item in enumerate(value)]


def _map(value: Any, schema: Json, path: str) -> Json:
    if not isinstance(value, dict):
        raise _wrong(value, path, "map")
    inner = schema.get("additionalProperties", {"type": "any"})
    return {key: _value(item, inner, f"{path}[{key!r}]") for key, item in value.items()}


def _scalar(value: Any, schema: Json, path: str) -> Any:
    kind = schema.get("type")
    if kind == "integer":
        return _integer(value, path)
    if kind == "number":
        return _number(value, path)
    if kind == "boolean" and not isinstance(value, bool):
        raise _wrong(value, path, "TYPE_BOOL")
    if kind == "string" and not isinstance(value, str):
        raise _wrong(value, path, "TYPE_STRING")
    if "enum" in schema and value not in schema["enum"]:
        raise _wrong(value, path, "TYPE_ENUM")
    return value


def _integer(value: Any, path: str) -> int:
    try:
        number = float(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        number = None
    if number is None or number != int(number) or not -_INT32 <= number < _INT32:
        raise _wrong(value, path, "TYPE_INT32")
    return int(number)


def _number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(value, path, "TYPE_DOUBLE")
    return value


def flag(text: str | None) -> bool:
    """Read a boolean query parameter; gspread writes it the Python way."""
    return (text or "").lower() == "true"


def _unknown(key: str, path: str) -> GoogleError:
    where = f" at '{path}'" if path else ""
    return invalid(
        f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
    )


def _wrong(value: Any, path: str, kind: str) -> GoogleError:
    shown = json.dumps(value, ensure_ascii=False)[:80]
    return invalid(f"Invalid value at '{path}' ({kind}), {shown}")


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: "_" + found.group(1).lower(), name)
