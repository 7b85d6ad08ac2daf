"""Clients of the served stand-in: an unmodified gspread; and the judge of what it answers.

Whoever serves a world in a test does so inside `judged`, which validates every answer of the
Sheets API against Google's discovery document.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from requests.adapters import HTTPAdapter

from sandbox.google import GoogleWorld
from sandbox.google.workbook import Workbook

Json = dict[str, Any]
BOOK = "book-1"
ACCOUNT = "sujarit@sandbox.iam.gserviceaccount.com"
SCOPES = [
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive",
]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@cache
def discovery() -> Json:
    document = files("googleapiclient") / "discovery_cache" / "documents" / "sheets.v4.json"
    loaded: Json = json.loads(document.read_text("utf-8"))
    return loaded


KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def misfits(value: Any, schema: Json) -> list[str]:
    """Where a value is not as a schema of the discovery document has it; unknown fields too.

    That document knows references, types, enums, items and properties, and nothing else. A general
    validator of JSON Schema takes a hundred times as long on a whole spreadsheet.
    """
    if "$ref" in schema:
        schema = discovery()["schemas"][schema["$ref"]]
    kind = schema["type"]
    if kind == "any":
        return []
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return [f": {value!r} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f": {value!r} is none of {schema['enum']}"]
    if isinstance(value, list):
        items = schema["items"]
        return [f"[{n}]{said}" for n, item in enumerate(value) for said in misfits(item, items)]
    return _misfits_in(value, schema) if isinstance(value, dict) else []


def _misfits_in(value: Json, schema: Json) -> list[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    unknown = [f".{key} is unknown" for key in value if known.get(key, others) is None]
    return unknown or [
        f".{key}{said}"
        for key, item in value.items()
        for said in misfits(item, known.get(key, others))
    ]


def must_fit(value: Any, message: str) -> None:
    """Fail where a value is no such message of Google's."""
    found = misfits(value, {"$ref": message})
    assert not found, f"{message}: {found[:5]}"


def response_message(name: str) -> str:
    *folders, method = name.split(".")
    place = discovery()["resources"]["spreadsheets"]
    for folder in folders:
        place = place["resources"][folder]
    message: str = place["methods"][method]["response"]["$ref"]
    return message


_FITTING: set[int] = set()
"""The answers that were found right, by their hashes: most tests begin with the same ones."""


@contextmanager
def judged(*worlds: GoogleWorld) -> Iterator[None]:
    """Collect what these worlds answer and, at the end, hold each distinct answer to the schema."""
    answers: set[tuple[str, str]] = set()

    def collect(name: str, answer: Json) -> None:
        answers.add((name, json.dumps(answer, ensure_ascii=False)))

    for world in worlds:
        world.on_answer = collect
    yield
    for name, answer in answers:
        if hash((name, answer)) not in _FITTING:
            must_fit(json.loads(answer), response_message(name))
            _FITTING.add(hash((name, answer)))


class Loopback(HTTPAdapter):
    """Sends what is meant for Google to the stand-in."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        assert request.url is not None
        path = request.url.partition("googleapis.com")[2]
        request.url = self.address + path
        return super().send(request, *args, **kwargs)


class Stage:
    """A served world and the clients of it."""

    def __init__(self, world: GoogleWorld, address: str, key: Path) -> None:
        self.world, self.address, self.key = world, address, key

    def client(self, key: Path | None = None) -> gspread.Client:
        read: Any = Credentials.from_service_account_file  # google-auth has no types here
        credentials = read(str(key or self.key), scopes=SCOPES)
        beside = self._routed(requests.Session())  # for google-auth's own questions
        session: Any = AuthorizedSession
        return self._gspread(session(credentials, auth_request=Request(beside)))

    def person(self, name: str) -> gspread.Client:
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer person:{name}"
        return self._gspread(session)

    def _gspread(self, session: requests.Session) -> gspread.Client:
        nobody: Any = None  # gspread takes a session instead, its types do not say so
        client = gspread.Client(auth=nobody, session=self._routed(session))
        client.set_timeout(10)
        return client

    def _routed(self, session: requests.Session) -> requests.Session:
        for host in ("sheets", "www", "iamcredentials"):
            session.mount(f"https://{host}.googleapis.com", Loopback(self.address))
        return session


def batch(book: gspread.Spreadsheet, *requests_: Json) -> list[Json]:
    """Send one batchUpdate and return its replies."""
    replies: list[Json] = book.batch_update({"requests": list(requests_)})["replies"]
    return replies


def shorten(book: gspread.Spreadsheet, known: Workbook, lines: int) -> None:
    """Take the blank lines below out of every tab in use, but keep `lines` in all.

    The stand-in's answers, and so the tests that read them, get slower with every line.
    """
    needless = []
    for sheet in known.sheets:
        used = [row for row, cells in sheet.cells.items() if any(map(_has_text, cells.values()))]
        keep = max([lines, *(row + 1 for row in used)])
        if used and keep < sheet.rows:
            needless.append({"deleteDimension": {"range": rows(keep, sheet.rows, sheet.id)}})
    book.batch_update({"requests": needless})


def _has_text(cell: Json) -> bool:
    return "userEnteredValue" in cell


def rows(start: int, end: int, sheet: int = 0, dimension: str = "ROWS") -> Json:
    """A DimensionRange."""
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}


def grid(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> Json:
    """A GridRange."""
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def tag(number: int, row: int, key: str = "r", sheet: int = 0) -> Json:
    """The request that tags a row with a metadata id of our choice."""
    location = {"dimensionRange": rows(row, row + 1, sheet)}
    return create_tag(number, location, key)


def create_tag(number: int, location: Json, key: str = "r") -> Json:
    """The request that creates a developer metadata anywhere."""
    wanted = {
        "metadataId": number,
        "metadataKey": key,
        "visibility": "DOCUMENT",
        "location": location,
    }
    return {"createDeveloperMetadata": {"developerMetadata": wanted}}


def write(row: int, column: int, *texts: str, sheet: int = 0) -> Json:
    """The updateCells request that writes text into one row."""
    values = [{"userEnteredValue": {"stringValue": text}} for text in texts]
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    return {
        "updateCells": {"start": start, "rows": [{"values": values}], "fields": "userEnteredValue"}
    }


def tagged_rows(book: gspread.Spreadsheet, key: str = "r") -> dict[int, int]:
    """Row index of every metadata with this key, by metadata id."""
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": key}}]}
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{book.id}/developerMetadata:search"
    answer = book.client.request("post", url, json=body).json()
    found = [m["developerMetadata"] for m in answer.get("matchedDeveloperMetadata", [])]
    return {m["metadataId"]: m["location"]["dimensionRange"]["startIndex"] for m in found}


@contextmanager
def refused(code: int, text: str = "") -> Iterator[None]:
    """Expect Google's error with this status, saying this."""
    with pytest.raises(gspread.exceptions.APIError) as caught:
        yield
    assert caught.value.code == code, str(caught.value)
    assert text in str(caught.value)
