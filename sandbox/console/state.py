"""One address for all that the console shows, asked for every moment; only what changed is sent.

Each part has a version, which the page sends back; a part still of that version is left out.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from sandbox.console import chats, tables, traffic
from sandbox.control import BadInput, control_blueprint
from sandbox.line.state import Refused

if TYPE_CHECKING:  # the server registers what stands here
    from sandbox.server import Sandbox

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def state_blueprint(sandbox: "Sandbox") -> Blueprint:
    """Serve what the page asks for, under /_sandbox/ like the rest of the control API."""
    blueprint = control_blueprint("console_state", "")
    for method, path, handler in _ROUTES:
        blueprint.add_url_rule(path, path, partial(handler, sandbox), methods=[method])
    return blueprint


def _state(sandbox: "Sandbox") -> Response:
    changed = {}
    for name, part in _parts(sandbox):
        version = hashlib.sha256(json.dumps(part).encode()).hexdigest()[:16]
        if request.args.get(name) != version:
            changed[name] = {"version": version, **part}
    return jsonify(changed)


def _parts(sandbox: "Sandbox") -> Iterator[tuple[str, dict[str, Any]]]:
    agency = request.args.get("agency") or sandbox.line.agencies[0]
    state = sandbox.line.state(agency)
    yield "town", traffic.town(sandbox)
    with sandbox.line.lock:
        person, group = request.args.get("person"), request.args.get("group")
        if person or group:
            yield "chat", chats.chat(state, person or "", group)
    yield "sheet", tables.sheet(sandbox.google, f"sandbox-{agency}", request.args.get("tab"))
    yield "log", traffic.log(sandbox)
    yield "desk", traffic.desk(sandbox, state)


def _content(sandbox: "Sandbox") -> Response:
    """A picture that a person sent; other files are only for the bot."""
    state = sandbox.line.state(request.args.get("agency", ""))
    try:
        found = sandbox.line.content(state, request.args.get("message", ""), counts=False)
    except Refused as refused:
        raise BadInput(str(refused)) from None
    return _picture(found.body if found else None, found.kind if found else "")


def _menu(sandbox: "Sandbox") -> Response:
    """A rich menu's picture."""
    state = sandbox.line.state(request.args.get("agency", ""))
    found = state.menus.menus.get(request.args.get("menu", ""))
    return _picture(found.image if found else None, found.image_kind if found else "")


def _picture(body: bytes | None, kind: str) -> Response:
    if body is None or kind not in _PICTURES:
        raise BadInput("there is no such picture")
    return Response(body, content_type=kind)


_ROUTES = (
    ("GET", "/state", _state),
    ("GET", "/content", _content),
    ("GET", "/menu", _menu),
)
