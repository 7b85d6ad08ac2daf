"""Sheets v4: the one table of its methods, by the names of Google's discovery document."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from werkzeug.datastructures import MultiDict

from sandbox.google import batch, masks, metadata, schema, values, view
from sandbox.google.edit import Caller, Edit
from sandbox.google.errors import GoogleError, invalid
from sandbox.google.masks import Mask
from sandbox.google.requests import sheets
from sandbox.google.schema import Json
from sandbox.google.workbook import new_workbook
from sandbox.google.world import GoogleWorld, new_file_id

_VERBS = (
    "batchUpdate",
    "getByDataFilter",
    "append",
    "clear",
    "batchGet",
    "batchClear",
    "batchGetByDataFilter",
    "batchUpdateByDataFilter",
    "batchClearByDataFilter",
    "search",
    "copyTo",
)


@dataclass(frozen=True)
class Call:
    """One call, read and checked: the ids of its path, its query, body and field mask."""

    caller: Caller
    book_id: str
    part: str
    query: Json
    body: Json
    mask: Mask


@dataclass(frozen=True)
class Method:
    """A method of the API: its name under `spreadsheets`, Read or Write, and what it does."""

    name: str
    kind: str
    run: Callable[[GoogleWorld, Call], Json]


def reading(answer: Callable[[Edit, Call], Json]) -> Callable[[GoogleWorld, Call], Json]:
    """Make a method that looks at a workbook which the caller may see."""
    return lambda world, call: answer(world.seen(call.book_id, call.caller), call)


def writing(answer: Callable[[Edit, Call], Json]) -> Callable[[GoogleWorld, Call], Json]:
    """Make a method that changes a workbook which the caller may edit, wholly or not at all."""

    def run(world: GoogleWorld, call: Call) -> Json:
        with world.editing(call.book_id, call.caller) as edit:
            return answer(edit, call)

    return run


def _get(edit: Edit, call: Call) -> Json:
    texts = call.query.get("ranges")
    places = [edit.book.resolve(text)[:2] for text in texts] if texts else None
    grid_data = schema.flag(call.query.get("includeGridData"))
    return view.spreadsheet(edit.book, places, call.mask, grid_data=grid_data, passes=edit.may_pass)


def _get_by_data_filter(edit: Edit, call: Call) -> Json:
    filters = call.body.get("dataFilters")
    places = [p for f in filters for p in metadata.places(edit.book, f)] if filters else None
    grid_data = call.body.get("includeGridData", False)
    return view.spreadsheet(edit.book, places, call.mask, grid_data=grid_data, passes=edit.may_pass)


def _create(world: GoogleWorld, call: Call) -> Json:
    require_storage(call.caller)
    wanted = call.body.get("properties", {})
    if set(call.body) - {"properties"}:
        raise GoogleError(501, "The sandbox creates spreadsheets with properties only.")
    book = new_workbook(new_file_id(), wanted.get("title", "Untitled spreadsheet"))
    book.properties = book.properties | wanted
    world.add_file(book, call.caller.email)
    return view.spreadsheet(book, None, call.mask, grid_data=False, passes=lambda _: True)


def require_storage(caller: Caller) -> None:
    """Raise 403 for a service account: it has no Drive storage, a person must own the file."""
    if not caller.person:
        raise GoogleError(403)


def _metadata_get(edit: Edit, call: Call) -> Json:
    entry = edit.book.metadata.get(int(call.part)) if call.part.isdigit() else None
    if entry is None:
        raise GoogleError(404)
    return view.metadata(entry)


def _metadata_search(edit: Edit, call: Call) -> Json:
    found: dict[int, tuple[Json, list[Json]]] = {}
    for data_filter in call.body.get("dataFilters", []):
        for entry in metadata.matching(edit.book, data_filter):
            found.setdefault(entry["metadataId"], (entry, []))[1].append(data_filter)
    matched = [
        {"developerMetadata": view.metadata(entry), "dataFilters": filters}
        for entry, filters in found.values()
    ]
    return {"matchedDeveloperMetadata": matched} if matched else {}


def _copy_to(world: GoogleWorld, call: Call) -> Json:
    source = world.file(call.book_id, call.caller).book.sheet(_number(call.part))
    with world.editing(call.body.get("destinationSpreadsheetId", ""), call.caller) as edit:
        return sheets.copy_into(edit, source)


def _number(text: str) -> int:
    if not text.isdigit():
        raise invalid(f"Invalid value at 'sheet_id' (TYPE_INT32), \"{text}\"")
    return int(text)


def _values_batch_get(edit: Edit, call: Call) -> Json:
    return values.batch_get(edit.book, call.query.get("ranges", []), call.query)


def _values_update(edit: Edit, call: Call) -> Json:
    return values.update(edit, call.part, call.body, call.query)


def _values_append(edit: Edit, call: Call) -> Json:
    return values.append(edit, call.part, call.body, call.query)


# HTTP method and shape of the path below /v4/spreadsheets
METHODS: dict[tuple[str, str], Method] = {
    ("POST", ""): Method("create", "Write", _create),
    ("GET", "id"): Method("get", "Read", reading(_get)),
    ("POST", "id:getByDataFilter"): Method("getByDataFilter", "Read", reading(_get_by_data_filter)),
    ("POST", "id:batchUpdate"): Method(
        "batchUpdate", "Write", writing(lambda edit, call: batch.run(edit, call.body))
    ),
    ("GET", "id/values/x"): Method(
        "values.get",
        "Read",
        reading(lambda edit, call: values.get(edit.book, call.part, call.query)),
    ),
    ("PUT", "id/values/x"): Method("values.update", "Write", writing(_values_update)),
    ("POST", "id/values/x:append"): Method("values.append", "Write", writing(_values_append)),
    ("POST", "id/values/x:clear"): Method(
        "values.clear", "Write", writing(lambda edit, call: values.clear(edit, call.part))
    ),
    ("GET", "id/values:batchGet"): Method("values.batchGet", "Read", reading(_values_batch_get)),
    ("POST", "id/values:batchUpdate"): Method(
        "values.batchUpdate",
        "Write",
        writing(lambda edit, call: values.batch_update(edit, call.body)),
    ),
    ("POST", "id/values:batchClear"): Method(
        "values.batchClear",
        "Write",
        writing(lambda edit, call: values.batch_clear(edit, call.body)),
    ),
    ("POST", "id/values:batchGetByDataFilter"): Method(
        "values.batchGetByDataFilter",
        "Read",
        reading(lambda edit, call: values.batch_get_by_data_filter(edit.book, call.body)),
    ),
    ("POST", "id/values:batchUpdateByDataFilter"): Method(
        "values.batchUpdateByDataFilter",
        "Write",
        writing(lambda edit, call: values.batch_update_by_data_filter(edit, call.body)),
    ),
    ("POST", "id/values:batchClearByDataFilter"): Method(
        "values.batchClearByDataFilter",
        "Write",
        writing(lambda edit, call: values.batch_clear_by_data_filter(edit, call.body)),
    ),
    ("GET", "id/developerMetadata/x"): Method(
        "developerMetadata.get", "Read", reading(_metadata_get)
    ),
    ("POST", "id/developerMetadata:search"): Method(
        "developerMetadata.search", "Read", reading(_metadata_search)
    ),
    ("POST", "id/sheets/x:copyTo"): Method("sheets.copyTo", "Write", _copy_to),
}


def route(http_method: str, raw_path: str) -> tuple[Method, str, str]:
    """Return method, spreadsheet id and the last part for a path below `/v4/spreadsheets`.

    `raw_path` is still percent-encoded: only there does a range's own `:` or `/` differ from the
    path's. 404 if there is no such method.
    """
    parts = raw_path.strip("/").split("/")
    last, colon, verb = parts[-1].rpartition(":")
    if not colon or verb not in _VERBS:
        last, colon, verb = parts[-1], "", ""
    parts = [unquote(part) for part in [*parts[:-1], last]]
    shape = "/".join(["id", *parts[1:2], *("x" for _ in parts[2:])]) if parts[0] else ""
    method = METHODS.get((http_method, shape + colon + verb))
    if method is None:
        raise GoogleError(404)
    return method, parts[0], parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - id, collection, name


@cache
def _discovered(name: str) -> Json:
    """Return the discovery document's description of a method, such as `values.get`."""
    *folders, method = name.split(".")
    place: Json = schema.discovery()["resources"]["spreadsheets"]
    for folder in folders:
        place = place["resources"][folder]
    found: Json = place["methods"][method]
    return found


def read_query(method: Method, query: "MultiDict[str, str]") -> Json:
    """Return the query as a dict, repeated parameters as lists; 400 for one that is unknown."""
    known = _discovered(method.name)["parameters"]
    common = schema.discovery()["parameters"]
    result: dict[str, Any] = {}
    for name in query:
        if name not in known and name not in common:
            raise invalid(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query'
                f" parameter. Field '{name}' could not be found in request message."
            )
        repeated = known.get(name, {}).get("repeated")
        result[name] = query.getlist(name) if repeated else query[name]
    return result


def read_body(method: Method, body: Any) -> Json:
    """Return the body as the message that this method takes; 400 if it is none."""
    expected = _discovered(method.name).get("request")
    return schema.clean(body, expected["$ref"]) if expected else {}


def read_mask(method: Method, text: str | None) -> Mask:
    """Return the answer's field mask; 400 if it names a field that the answer can not have."""
    if not text:
        return masks.EVERYTHING
    try:
        mask = masks.parse(text)
        masks.check(mask, _discovered(method.name)["response"]["$ref"])
    except GoogleError as error:
        path = error.message.removeprefix("Invalid field: ")
        violation = {
            "field": path,
            "description": "Error expanding 'fields' parameter. Cannot find matching fields for"
            f" path '{path}'.",
        }
        detail = {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [violation],
        }
        raise GoogleError(400, "Request contains an invalid argument.", [detail]) from error
    return mask
