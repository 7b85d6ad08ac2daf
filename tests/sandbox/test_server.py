"""The control API and the one server that carries both stand-ins."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests

from bot.clock import real_clock, shared_clock
from sandbox.google import GoogleWorld
from sandbox.line import Channel, LineWorld
from sandbox.people import line_user_id, load_people
from sandbox.server import Sandbox, running
from tests.sandbox.google.stage import judged

ROOT = Path(__file__).parents[2]
AGENCIES = ("pathumrat", "phrathaen", "dongmuang", "chatturat", "khamphi")
SLUGS = ("coordinator", "clerk", "finance", "officer", "executive", "citizen", "citizen2")
NOBODY = "http://127.0.0.1:9/line"


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    clock_file = tmp_path / "clock.json"
    now = shared_clock(clock_file)
    channels = [
        Channel(agency, str(1000 + n), f"secret-{n}", line_user_id(agency, "bot"), NOBODY)
        for n, agency in enumerate(AGENCIES)
    ]
    people = load_people()
    return Sandbox(
        line=LineWorld(now, channels, people),
        google=GoogleWorld(now, tmp_path / "google.json", quota=False),
        clock_file=clock_file,
        people=people,
        redelivery_delays=(),
    )


@pytest.fixture
def url(sandbox: Sandbox) -> Iterator[str]:
    with judged(sandbox.google), running(sandbox) as base:
        yield f"{base}/_sandbox"


def test_every_sample_agency_has_the_same_people(url: str) -> None:
    everyone = requests.get(f"{url}/people", timeout=5).json()["people"]
    assert {(p["agency"], p["slug"]) for p in everyone} == {(a, s) for a in AGENCIES for s in SLUGS}
    assert len({p["line_user_id"] for p in everyone}) == len(everyone)
    assert all(re.fullmatch(r"U[0-9a-f]{32}", p["line_user_id"]) for p in everyone)


def test_the_people_of_one_agency(url: str) -> None:
    people = requests.get(f"{url}/people?agency=dongmuang", timeout=5).json()["people"]
    units = {p["slug"]: p["units"] for p in people}
    assert (units["clerk"], units["finance"], units["citizen"]) == (["สำนักปลัด"], ["กองคลัง"], [])


def test_the_two_staff_of_an_agency_are_of_different_units() -> None:
    for agency in AGENCIES:
        staff = [p.units for p in load_people() if p.agency == agency and p.role == "staff"]
        assert len(set(staff)) == 2, agency


def test_units_are_named_as_the_sample_agencies_name_them() -> None:
    for agency in AGENCIES:
        file = ROOT / "sandbox" / "sample" / "agencies" / f"{agency}.toml"
        units = {u["name"] for u in tomllib.loads(file.read_text(encoding="utf-8"))["units"]}
        ours = {unit for p in load_people() if p.agency == agency for unit in p.units}
        assert ours <= units, agency


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[a.b]\nname = ""\nrole = "staff"', r"\[a.b\] name"),
        ('[a.b]\nname = "x"\nrole = "king"', r"\[a.b\] role"),
        ('[a.b]\nname = "x"\nrole = "staff"\nunits = "กอง"', r"\[a.b\] units"),
    ],
)
def test_a_wrong_people_file_says_where(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=named):
        load_people(file)


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("/line/say", [], "the body must be a JSON object"),
        ("/line/say", {"person": "clerk", "message": "ก"}, '"agency" is missing'),
        ("/line/say", {"agency": "dongmuang", "message": "ก"}, '"person" is missing'),
        ("/line/say", {"agency": "dongmuang", "person": "clerk"}, '"message" is missing'),
        ("/line/say", {"agency": "atlantis", "person": "clerk", "message": "ก"}, "no agency"),
        ("/line/say", {"agency": "dongmuang", "person": 1, "message": "ก"}, "must be a text"),
        ("/line/say", {"agency": "dongmuang", "person": "clerk", "message": 1}, "LINE message"),
        ("/line/again", {"agency": "dongmuang", "event_id": "x"}, "no event x"),
        ("/line/batch", {"agency": "dongmuang", "items": [1]}, "list of objects"),
        ("/line/deliver?agency=atlantis", {}, "no agency"),
        ("/line/deliver?agency=dongmuang&signature=nice", {}, "right, wrong or none"),
        ("/line/channel", {"agency": "dongmuang", "chat_mode": "loud"}, "bot or chat"),
        ("/faults", {"service": "fax", "call": "reply", "kind": "500"}, "line or google"),
        ("/faults", {"service": "line", "call": "reply", "kind": "flood"}, "unknown kind"),
        (
            "/faults",
            {"service": "line", "call": "reply", "kind": "500", "times": 0},
            "at least once",
        ),
        (
            "/faults",
            {"service": "line", "call": "reply", "kind": "500", "seconds": "1"},
            "must be a number",
        ),
        (
            "/line/say",
            {"agency": "dongmuang", "person": "clerk", "message": "ก", "duplicates": -1},
            "between 0 and",
        ),
        ("/clock", {"mode": "fast"}, "real, frozen or offset"),
        ("/clock", {"mode": "frozen", "at": "noon"}, "must be a moment"),
        ("/google/spreadsheets", {"id": "x"}, '"title" is missing'),
        ("/google/switches", {"gravity": False}, "there is no switch"),
        ("/google/switches", {"quota": 3}, "true or false"),
    ],
)
def test_bad_input_is_told_in_one_sentence(url: str, path: str, body: Any, sentence: str) -> None:
    answer = requests.post(f"{url}{path}", json=body, timeout=5)
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]
    assert sentence in answer.json()["error"]


def test_what_is_not_there_is_404_in_json(url: str) -> None:
    assert requests.post(f"{url}/people", timeout=5).status_code == 405
    assert requests.get(f"{url}/nothing", timeout=5).status_code == 404


def test_the_clock_is_the_bots_clock_too(url: str, sandbox: Sandbox) -> None:
    bots = shared_clock(sandbox.clock_file)
    frozen = {"mode": "frozen", "at": "2025-01-15T09:00:00+07:00"}
    told = requests.post(f"{url}/clock", json=frozen, timeout=5).json()
    assert told["now"] == bots().isoformat() == "2025-01-15T09:00:00+07:00"
    assert sandbox.line.now() == sandbox.google.now() == bots()

    requests.post(f"{url}/clock", json={"mode": "offset", "seconds": 10 * 86400}, timeout=5)
    assert bots() - real_clock() > timedelta(days=9)
    requests.post(f"{url}/clock", json={"mode": "real"}, timeout=5)
    assert bots() - real_clock() < timedelta(days=1)


def test_faults_are_listed_and_forgotten(url: str) -> None:
    for service in ("line", "google"):
        fault = {"service": service, "call": "*", "kind": "latency", "times": 2, "seconds": 0.5}
        requests.post(f"{url}/faults", json=fault, timeout=5)
    waiting = [{"call": "*", "kind": "latency", "times": 2, "seconds": 0.5}]
    listed = requests.get(f"{url}/faults", timeout=5).json()
    assert listed == {s: {"waiting": waiting, "held": 0} for s in ("line", "google")}
    cleared = requests.delete(f"{url}/faults", timeout=5).json()
    assert cleared == {s: {"waiting": [], "held": 0} for s in ("line", "google")}


def test_a_spreadsheet_that_a_service_account_can_open(
    url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    key_file = tmp_path / "key.json"
    host = url.removesuffix("/_sandbox")
    sandbox.google.service_account_key(key_file, f"{host}/token")
    address = json.loads(key_file.read_text())["client_email"]
    account = gspread.auth.service_account(key_file, http_client=_client_of(host))
    asked = {"id": "sheet-1", "title": "ITA", "share_with": [address]}
    answer = requests.post(f"{url}/google/spreadsheets", json=asked, timeout=5)
    assert answer.json() == {"id": "sheet-1"}
    assert account.open_by_key("sheet-1").title == "ITA"
    assert requests.get(f"{url}/google/calls", timeout=5).json()["calls"]

    again = requests.post(f"{url}/google/spreadsheets", json=asked, timeout=5)
    assert again.status_code == 400


def _client_of(host: str) -> type[gspread.HTTPClient]:
    class Client(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> requests.Response:
            local = re.sub(r"https://[a-z]+\.googleapis\.com", host, endpoint)
            return super().request(method, local, *rest, **more)

    return Client


def test_switches_can_be_turned(url: str, sandbox: Sandbox) -> None:
    before = requests.get(f"{url}/google/switches", timeout=5).json()
    assert before["quota"] is False
    turned = {"quota": True, "validation_refuses_api": not before["validation_refuses_api"]}
    assert requests.post(f"{url}/google/switches", json=turned, timeout=5).json() == before | turned
    assert sandbox.google.quota.on


def test_reset_forgets_what_happened(url: str, sandbox: Sandbox) -> None:
    said = {"agency": "khamphi", "person": "newcomer", "message": "สวัสดี"}
    assert requests.post(f"{url}/line/say", json=said, timeout=5).json()["status"] == 0
    fault = {"service": "line", "call": "reply", "kind": "500"}
    requests.post(f"{url}/faults", json=fault, timeout=5)
    requests.post(f"{url}/clock", json={"mode": "offset", "seconds": 5}, timeout=5)
    requests.post(f"{url}/google/spreadsheets", json={"id": "s", "title": "t"}, timeout=5)

    assert requests.post(f"{url}/reset", timeout=5).json() == {}

    assert sandbox.line.faults.waiting() == []
    assert not sandbox.line.state("khamphi").reply_tokens
    assert not sandbox.clock_file.exists()
    assert not sandbox.google.files


def test_the_document_shows_every_path_of_the_control_api(url: str) -> None:
    """docs/sandbox.md has a curl example for each, and none that is not served."""
    document = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"/_sandbox(/[a-z/]+)", document))
    sources = {"server.py": "", "line/control.py": "/line", "console/state.py": ""}
    served = {
        prefix + path
        for source, prefix in sources.items()
        for path in _routes(ROOT / "sandbox" / source)
    }
    assert shown == served


def _routes(source: Path) -> list[str]:
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_ROUTES":
            assert isinstance(node.value, ast.Tuple)
            return [
                ast.literal_eval(row.elts[1])
                for row in node.value.elts
                if isinstance(row, ast.Tuple)
            ]
    raise AssertionError(f"no _ROUTES in {source}")


ODD = (
    {"service": "line", "call": "nothing_of_that_name", "kind": "503"},
    {"service": "line", "call": "reply", "kind": "person_first", "edits": [{}]},
    {"service": "google", "call": "get", "kind": "latency", "seconds": 1e9},
)


@pytest.mark.parametrize("fault", ODD, ids=lambda fault: str(fault["kind"]))
def test_a_fault_that_can_never_happen_is_refused(url: str, fault: dict[str, object]) -> None:
    answer = requests.post(f"{url}/faults", json=fault, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_clock_beyond_a_century_is_refused(url: str) -> None:
    far = {"mode": "offset", "seconds": 99999999999999}
    assert requests.post(f"{url}/clock", json=far, timeout=5).status_code == 400


@pytest.mark.parametrize("path", ["/drive/v3/about", "/drive/v2/files", "/liff/v1/apps"])
def test_what_the_stand_ins_do_not_do_is_said(url: str, path: str) -> None:
    base = url.removesuffix("/_sandbox")
    answer = requests.get(base + path, timeout=5)
    assert (answer.status_code, path in answer.json()["message"]) == (501, True)


def test_what_the_control_api_does_not_know_is_json(url: str) -> None:
    assert requests.get(f"{url}/nothing", timeout=5).json()["error"]
