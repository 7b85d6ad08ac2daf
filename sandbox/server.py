"""The sandbox's one HTTP server: both platforms at their own paths, the rest at /_sandbox/."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot import clock
from sandbox.console import console_blueprint, refuse_strangers, traffic
from sandbox.control import BadInput, control_blueprint, count, json_body, maybe, need
from sandbox.faults import Faults
from sandbox.google import GoogleWorld, google_blueprint
from sandbox.line import LineWorld, line_blueprint
from sandbox.line.control import line_control
from sandbox.line.deliver import REDELIVERY_DELAYS, Courier
from sandbox.people import Person

OWNER = "coordinator"
"""The person who made the sample spreadsheets."""
SERVICE_ACCOUNT = "sujarit@sandbox.iam.gserviceaccount.com"


A_CENTURY = 100 * 365 * 86400
LONGEST_LATENCY = 600


class Sandbox:
    """Both stand-ins, the people in them and the clock that they share with the bot."""

    def __init__(
        self,
        line: LineWorld,
        google: GoogleWorld,
        clock_file: Path,
        people: Sequence[Person],
        redelivery_delays: Sequence[float] = REDELIVERY_DELAYS,
        spreadsheets: Mapping[str, str] | None = None,
    ) -> None:
        """`spreadsheets` (id → title) are there from the beginning, shared with the bot."""
        self.line = line
        self.google = google
        self.clock_file = clock_file
        self.people = people
        self.courier = Courier(line, redelivery_delays)
        self._spreadsheets = spreadsheets or {}
        self._begin()

    def _begin(self) -> None:
        """Put there what is there from the beginning; what a restart found is left as it is."""
        for name, title in self._spreadsheets.items():
            if name not in self.google.files:
                self.google.create_spreadsheet(name, title, OWNER)
                self.google.share(name, SERVICE_ACCOUNT)

    def faults(self, service: str) -> Faults:
        """Return the switchboard of "line" or "google"; ValueError for another."""
        services = {"line": self.line.faults, "google": self.google.faults}
        if service not in services:
            raise BadInput('"service" must be line or google')
        return services[service]

    def reset(self) -> None:
        """Bring both stand-ins back to their beginning and the clock back to real time."""
        self.courier.forget()
        self.line.reset()
        self.google.reset()
        self.clock_file.unlink(missing_ok=True)
        self._begin()

    def close(self) -> None:
        """End what would keep the process busy: held calls, redeliveries, the saving of state."""
        self.courier.forget()
        self.line.faults.clear()
        self.google.close()


class _Route(Rule):
    """Without the code that is compiled for each route so that `url_for` can tell its address.

    Nobody asks for one here, and it was most of what a start cost.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        return _no_address


def _no_address(*_: object, **__: object) -> tuple[str, str]:
    raise NotImplementedError("the sandbox knows no url_for")


class _App(Flask):
    url_rule_class = _Route


def build_app(sandbox: Sandbox) -> Flask:
    """Build the application that serves both platforms, the control API and the console."""
    app = _App(__name__, static_folder=None)
    app.before_request(refuse_strangers)
    app.register_blueprint(line_blueprint(sandbox.line))
    app.register_blueprint(google_blueprint(sandbox.google))
    app.register_blueprint(line_control(sandbox.line, sandbox.courier))
    app.register_blueprint(_control(sandbox))
    app.register_blueprint(console_blueprint(sandbox))
    for status in (404, 405):
        app.register_error_handler(status, _not_done)
    return app


def _not_done(error: HTTPException) -> tuple[Response, int]:
    """What neither platform's stand-in does is said plainly, never a page of somebody else's."""
    if request.path.startswith("/_sandbox/"):
        return jsonify(error=f"{request.method} {request.path}: {error.name}"), error.code or 404
    return jsonify(message=f"the sandbox does not do {request.method} {request.path}"), 501


@contextmanager
def running(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in a background thread; gives the base URL. Port 0: any free one."""
    server = _server(sandbox, host, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.port}"
    finally:
        sandbox.close()
        server.shutdown()
        thread.join()


def serve(sandbox: Sandbox, host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    try:
        _server(sandbox, host, port).serve_forever()
    finally:
        sandbox.close()


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the control API lists the calls."""


def _server(sandbox: Sandbox, host: str, port: int) -> BaseWSGIServer:
    return make_server(host, port, build_app(sandbox), threaded=True, request_handler=_Quiet)


# The control API


def _control(sandbox: Sandbox) -> Blueprint:
    blueprint = control_blueprint("control", "")
    for method, path, handler in _ROUTES:
        view = partial(handler, sandbox)
        blueprint.add_url_rule(path, f"{method}{path}", view, methods=[method])
    return blueprint


def _people(sandbox: Sandbox) -> Response:
    agency = request.args.get("agency")
    if agency is not None:
        sandbox.line.state(agency)
    return jsonify(people=[_person(p) for p in sandbox.people if agency in (None, p.agency)])


def _person(person: Person) -> dict[str, Any]:
    return {
        "agency": person.agency,
        "slug": person.slug,
        "name": person.name,
        "role": person.role,
        "units": person.units,
        "line_user_id": person.line_user_id,
    }


def _list_faults(sandbox: Sandbox) -> Response:
    services = {"line": sandbox.line.faults, "google": sandbox.google.faults}
    return jsonify({name: {"waiting": f.waiting(), "held": f.held} for name, f in services.items()})


def _add_fault(sandbox: Sandbox) -> Response:
    body = json_body()
    service, call = need(body, "service", str), need(body, "call", str)
    faults = sandbox.faults(service)
    _refuse_odd_fault(body, service, call)
    seed = maybe(body, "seed", int)
    if seed is not None:
        faults.reseed(seed)
    faults.add(
        call,
        need(body, "kind", str),
        count(body, "times", default=1),
        _number(body, "seconds", 0),
        _number(body, "chance", 1),
        maybe(body, "edits", list) or [],
    )
    return _list_faults(sandbox)


def _refuse_odd_fault(body: dict[str, Any], service: str, call: str) -> None:
    """A switch that can never do anything would look like a fault that was survived."""
    known = {"*", *traffic.calls()[service]}
    if call not in known and not any(name.startswith(f"{call}.") for name in known):
        raise BadInput(f'"call" must be one of: {", ".join(sorted(known))}')
    if service == "line" and body.get("kind") == "person_first":
        raise BadInput("person_first is a fault of Google's")
    if _number(body, "seconds", 0) > LONGEST_LATENCY:
        raise BadInput(f'"seconds" is at most {LONGEST_LATENCY}')


def _number(body: dict[str, Any], name: str, default: float) -> float:
    found = body.get(name, default)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise BadInput(f'"{name}" must be a number')
    return found


def _release(sandbox: Sandbox) -> Response:
    for faults in (sandbox.line.faults, sandbox.google.faults):
        faults.release()
    return _list_faults(sandbox)


def _clear_faults(sandbox: Sandbox) -> Response:
    for faults in (sandbox.line.faults, sandbox.google.faults):
        faults.clear()
    return _list_faults(sandbox)


def _clock(sandbox: Sandbox) -> Response:
    return jsonify(now=clock.shared_clock(sandbox.clock_file)().isoformat())


def _set_clock(sandbox: Sandbox) -> Response:
    body = json_body()
    mode = need(body, "mode", str)
    if mode == "real":
        sandbox.clock_file.unlink(missing_ok=True)
    elif mode == "frozen":
        clock.freeze(sandbox.clock_file, _moment(need(body, "at", str)))
    elif mode == "offset":
        seconds = need(body, "seconds", int)
        if abs(seconds) > A_CENTURY:
            raise BadInput('"seconds" must be within a century')
        clock.set_offset(sandbox.clock_file, seconds)
    else:
        raise BadInput('"mode" must be real, frozen or offset')
    return _clock(sandbox)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput('"at" must be a moment like 2025-01-15T09:00:00+07:00') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.BANGKOK)


def _spreadsheet(sandbox: Sandbox) -> Response:
    body = json_body()
    sheet_id = need(body, "id", str)
    addresses = maybe(body, "share_with", list) or []
    if not all(isinstance(address, str) for address in addresses):
        raise BadInput('"share_with" must be a list of addresses')
    owner = maybe(body, "owner", str) or "coordinator"
    sandbox.google.create_spreadsheet(sheet_id, need(body, "title", str), owner)
    for address in addresses:
        sandbox.google.share(sheet_id, address)
    return jsonify(id=sheet_id)


def _google_calls(sandbox: Sandbox) -> Response:
    with sandbox.google.lock:
        return jsonify(calls=list(sandbox.google.calls))


def _switches(sandbox: Sandbox) -> Response:
    return jsonify(quota=sandbox.google.quota.on, **asdict(sandbox.google.switches))


def _set_switches(sandbox: Sandbox) -> Response:
    body = json_body()
    if (counted := maybe(body, "quota", bool)) is not None:
        sandbox.google.quota.on = counted
    known = asdict(sandbox.google.switches)
    changed = {name: body[name] for name in body if name != "quota"}
    for name in changed:
        if name not in known:
            raise BadInput(f'there is no switch "{name}"; known: quota, {", ".join(known)}')
        need(body, name, type(known[name]))
    with sandbox.google.lock:
        sandbox.google.switches = replace(sandbox.google.switches, **changed)
    return _switches(sandbox)


def _reset(sandbox: Sandbox) -> Response:
    sandbox.reset()
    return jsonify({})


_ROUTES = (
    ("GET", "/people", _people),
    ("GET", "/faults", _list_faults),
    ("POST", "/faults", _add_fault),
    ("DELETE", "/faults", _clear_faults),
    ("POST", "/faults/release", _release),
    ("GET", "/clock", _clock),
    ("POST", "/clock", _set_clock),
    ("POST", "/google/spreadsheets", _spreadsheet),
    ("GET", "/google/calls", _google_calls),
    ("GET", "/google/switches", _switches),
    ("POST", "/google/switches", _set_switches),
    ("POST", "/reset", _reset),
)
