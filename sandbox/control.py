"""What every room of the control API shares: reading its input and saying what is wrong with it."""

import json
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

T = TypeVar("T")
_WORDS = {
    str: "a text",
    dict: "an object",
    list: "a list",
    int: "a whole number",
    bool: "true or false",
}


class BadInput(ValueError):
    """What was asked for makes no sense; the text is one sentence for the person who asked."""


def control_blueprint(name: str, prefix: str) -> Blueprint:
    """Make a blueprint under /_sandbox whose ValueErrors become 400 with their sentence."""
    blueprint = Blueprint(name, __name__, url_prefix=f"/_sandbox{prefix}")

    @blueprint.errorhandler(ValueError)
    def bad_input(error: ValueError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    @blueprint.errorhandler(HTTPException)
    def not_served(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.description), error.code or 500

    return blueprint


def json_body() -> dict[str, Any]:
    """Return the request's JSON object; ValueError if it is none."""
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadInput("the body must be JSON") from None
    if not isinstance(body, dict):
        raise BadInput("the body must be a JSON object")
    return body


def need(body: dict[str, Any], name: str, kind: type[T]) -> T:
    """Return a property of this type; ValueError if it is missing or of another."""
    found = maybe(body, name, kind)
    if found is None:
        raise BadInput(f'"{name}" is missing')
    return found


def maybe(body: dict[str, Any], name: str, kind: type[T]) -> T | None:
    """Return a property of this type or None if it is absent; ValueError if of another type."""
    found = body.get(name)
    if found is None:
        return None
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
        raise BadInput(f'"{name}" must be {_WORDS[kind]}')
    return found


def count(body: dict[str, Any], name: str, default: int, most: int = 1000) -> int:
    """Return a whole number from 0 to `most`, or the default; ValueError otherwise."""
    found = maybe(body, name, int)
    if found is not None and not 0 <= found <= most:
        raise BadInput(f'"{name}" must be between 0 and {most}')
    return default if found is None else found
