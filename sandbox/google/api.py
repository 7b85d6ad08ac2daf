"""The HTTP edge: who calls, which fault waits, what the quota says, and how Google answers."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request

from sandbox.google import drive_api, masks, sheets_api
from sandbox.google.drive_api import DriveError
from sandbox.google.edit import Caller
from sandbox.google.errors import INSUFFICIENT_SCOPES, GoogleError, invalid
from sandbox.google.oauth import Refused
from sandbox.google.schema import Json
from sandbox.google.world import GoogleWorld

_ANY = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_SHEETS, _FILES, _UPLOAD = "/v4/spreadsheets", "/drive/v3/files", "/upload/drive/v2/files"
Prepared = tuple[str, str, Callable[[], Json | bytes]]  # call name, Read or Write or "", work


CALL_NAMES = (
    *(method.name for method in sheets_api.METHODS.values()),
    *(name for name, _ in drive_api.METHODS.values()),
    "drive.files.import",
)
"""The calls besides `token`, as faults and the log name them."""


def google_blueprint(world: GoogleWorld) -> Blueprint:
    """Return the routes of Sheets, Drive and the token endpoint, served from this world."""
    blueprint = Blueprint("google", __name__)

    def sheets(**_path: str) -> Response:
        return _serve(world, lambda caller: _prepare_sheets(world, caller))

    def drive(**_path: str) -> Response:
        return _serve(world, lambda caller: _prepare_drive(world, caller))

    def upload(file_id: str) -> Response:
        return _serve(world, lambda caller: _prepare_upload(world, caller, file_id))

    def token() -> Response:
        return _serve_token(world)

    def locations(email: str) -> Response:
        return _answer({"locations": [], "encodedLocations": "0x0"})

    def add(rule: str, view: Callable[..., Response], methods: list[str]) -> None:
        blueprint.add_url_rule(
            rule, view.__name__, view, methods=methods, strict_slashes=False, merge_slashes=False
        )

    add("/token", token, ["POST"])
    # google-auth asks in the background where an account may be used; no call of ours, so no log
    add("/v1/projects/-/serviceAccounts/<email>/allowedLocations", locations, ["GET"])
    for base, view in ((_SHEETS, sheets), (_FILES, drive)):
        add(base, view, _ANY)
        add(f"{base}/<path:rest>", view, _ANY)
    add(f"{_UPLOAD}/<file_id>", upload, ["PUT"])
    return blueprint


def _prepare_sheets(world: GoogleWorld, caller: Caller) -> Prepared:
    method, book_id, part = sheets_api.route(request.method, _raw_path(_SHEETS))
    scopes = ("spreadsheets", *(("spreadsheets.readonly",) if method.kind == "Read" else ()))
    if not caller.may_use(*scopes, "drive.file"):
        raise GoogleError(403, INSUFFICIENT_SCOPES)

    def work() -> Json:
        query = sheets_api.read_query(method, request.args)
        mask = sheets_api.read_mask(method, query.get("fields"))
        body = sheets_api.read_body(method, _json_body())
        call = sheets_api.Call(caller, book_id, part, query, body, mask)
        answer: Json = masks.select(method.run(world, call), mask)
        if world.on_answer:
            world.on_answer(method.name, answer)
        return answer

    return method.name, method.kind, work


def _prepare_drive(world: GoogleWorld, caller: Caller) -> Prepared:
    name, work, parts = drive_api.route(request.method, _raw_path(_FILES))
    drive_api.check_access(world, caller, request.method)

    def run() -> Json | bytes:
        query = request.args.to_dict()
        answer = work(world, caller, parts, query, _json_body())
        if isinstance(answer, bytes) or not query.get("fields"):
            return answer
        shown: Json = masks.select(answer, masks.parse(query["fields"]))
        return shown

    return name, "", run


def _prepare_upload(world: GoogleWorld, caller: Caller, file_id: str) -> Prepared:
    text = request.get_data().decode("utf-8", "replace")

    def run() -> Json:
        return drive_api.import_csv(world, caller, [file_id], {}, {"text": text})

    return "drive.files.import", "", run


def _raw_path(base: str) -> str:
    """Return the path below base as it was sent, percent-encoded: a range may hold `/` and `:`."""
    raw: str = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.path
    path = raw.partition("?")[0]
    return path[path.index(base) + len(base) :] if base in path else ""


def _json_body() -> Any:
    data = request.get_data()
    if not data:
        return {}
    try:
        return json.loads(data)
    except ValueError as error:
        raise invalid("Invalid JSON payload received. Unexpected token.") from error


def _serve(world: GoogleWorld, prepare: Callable[[Caller], Prepared]) -> Response:
    """Answer a call: the caller, then a fault if one waits, then quota and work under the lock."""
    request.get_data()  # read before anything can hang, so that a client may go away
    who = name = ""
    try:
        caller = world.tokens.caller(request.headers.get("Authorization", ""))
        who = caller.email
        name, kind, work = prepare(caller)
    except GoogleError as error:
        return _logged(world, who, name, _error(error), error.message)
    # Faults and quotas are the API's: a person's browser must not use up what waits for the bot.
    fault = None if caller.person else world.faults.take(name)
    outcome = "ok"

    def apply() -> Response:
        nonlocal outcome
        try:
            if kind and not caller.person:
                world.quota.spend(caller.email, kind)
            with world.lock:
                _person_first(world, fault.edits if fault else ())
                return _answer(work())
        except GoogleError as error:
            outcome = error.message
            return _error(error)

    fake = DriveError if name.startswith("drive.") else GoogleError
    response = world.faults.around(fault, apply, lambda status: _error(fake(status)))
    return _logged(world, who, name, response, f"{fault.kind}: {outcome}" if fault else outcome)


def _person_first(world: GoogleWorld, edits: Sequence[Json]) -> None:
    """A person works in the same spreadsheet, the moment before the call is done."""
    if edits:
        _, book_id, _ = sheets_api.route(request.method, _raw_path(_SHEETS))
        batch, _, part = sheets_api.route("POST", f"/{book_id}:batchUpdate")
        body = sheets_api.read_body(batch, {"requests": list(edits)})
        person = Caller("somebody@sandbox.example", person=True)
        mask = sheets_api.read_mask(batch, None)
        batch.run(world, sheets_api.Call(person, book_id, part, {}, body, mask))


def _serve_token(world: GoogleWorld) -> Response:
    form = request.form.to_dict()

    def apply() -> Response:
        try:
            with world.lock:
                return _answer(
                    world.tokens.exchange(
                        form.get("grant_type", ""), form.get("assertion", ""), request.path
                    )
                )
        except Refused as refused:
            body = {"error": refused.error, "error_description": refused.description}
            return _answer(body, 400)

    fault = world.faults.take("token")
    response = world.faults.around(fault, apply, lambda status: _error(GoogleError(status)))
    return _logged(world, "", "token", response, fault.kind if fault else "")


def _answer(body: Json | bytes, status: int = 200) -> Response:
    if isinstance(body, bytes):
        return Response(body, status if body else 204, content_type="text/plain; charset=UTF-8")
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=UTF-8")


def _error(error: GoogleError) -> Response:
    response = _answer(error.body(), error.code)
    if error.code == 401:  # noqa: PLR2004 - what HTTP asks for with a 401
        response.headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/"'
    return response


def _logged(world: GoogleWorld, who: str, name: str, response: Response, outcome: str) -> Response:
    world.log(
        {
            "who": who,
            "method": request.method,
            "path": request.path,
            "call": name,
            "status": response.status_code,
            "outcome": outcome,
        }
    )
    return response
