"""Around the spreadsheets: tokens, quotas, field masks, the log of calls, and a restart."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError

from sandbox.google import GoogleWorld, Switches, masks
from sandbox.google.errors import GoogleError
from tests.sandbox.google.stage import ACCOUNT, BOOK, Clock, Stage, batch, refused, tag, write

Serve = Callable[[GoogleWorld], Stage]
URL = f"https://sheets.googleapis.com/v4/spreadsheets/{BOOK}"


# Tokens


def ask(stage: Stage, token: str | None) -> Any:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return requests.get(f"{stage.address}/v4/spreadsheets/{BOOK}", headers=headers, timeout=10)


@pytest.mark.parametrize("token", [None, "", "wrong", "person:"])
def test_a_bad_token(stage: Stage, token: str | None) -> None:
    answer = ask(stage, token)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (401, 401, "UNAUTHENTICATED")
    assert "WWW-Authenticate" in answer.headers


def test_a_token_lives_an_hour_and_is_renewed(stage: Stage, clock: Clock) -> None:
    client = stage.client()
    client.open_by_key(BOOK)
    session: Any = client.http_client.session
    old = session.credentials.token
    clock.move(hours=1, seconds=1)
    assert ask(stage, old).status_code == 401
    client.open_by_key(BOOK)  # google-auth takes a new one after the 401
    assert session.credentials.token != old


def test_the_key_file(stage: Stage) -> None:
    assert stat.S_IMODE(stage.key.stat().st_mode) == 0o600
    assert json.loads(stage.key.read_text("utf-8"))["client_email"] == ACCOUNT


def test_a_foreign_key_is_refused(stage: Stage, tmp_path: Path, clock: Clock) -> None:
    from sandbox.google import oauth

    path = tmp_path / "foreign.json"
    oauth.write_key_file(path, f"{stage.address}/token", oauth.new_key(), "sujarit")
    with pytest.raises(RefreshError, match="invalid_grant"):
        stage.client(path).open_by_key(BOOK)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        (
            {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "a.b.c"},
            "invalid_grant",
        ),
    ],
)
def test_no_token_for_anything_else(stage: Stage, form: dict[str, str], error: str) -> None:
    answer = requests.post(f"{stage.address}/token", data=form, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


# Quotas


@pytest.fixture
def counted(serve: Serve, clock: Clock) -> Stage:
    world = GoogleWorld(clock)
    world.create_spreadsheet(BOOK, "ทดสอบ", "owner")
    world.share(BOOK, ACCOUNT)
    return serve(world)


def test_sixty_reads_and_writes_a_minute(counted: Stage, clock: Clock) -> None:
    book = counted.client().open_by_key(BOOK)
    for _ in range(59):
        book.values_get("A1")
    with refused(429, "Quota exceeded for quota metric 'Read requests'"):
        book.values_get("A1")
    for _ in range(60):
        book.values_append("A1", {"valueInputOption": "RAW"}, {"values": [["x"]]})
    with refused(429, "'Write requests per minute per user'"):
        book.values_clear("A1")
    counted.person("somchai").open_by_key(BOOK)  # a browser spends nothing
    clock.move(seconds=60)
    assert len(book.values_get("A:A")["values"]) == 60


def test_three_hundred_a_minute_for_the_project(
    counted: Stage, tmp_path: Path, clock: Clock
) -> None:
    for number in range(5):
        counted.world.quota.spend(f"other-{number}", "Write")
        for _ in range(59):
            counted.world.quota.spend(f"other-{number}", "Write")
    key = tmp_path / "second.json"
    counted.world.service_account_key(key, f"{counted.address}/token", "second")
    counted.world.share(BOOK, "second@sandbox.iam.gserviceaccount.com")
    with refused(429, "'Write requests per minute'"):
        batch(counted.client(key).open_by_key(BOOK), write(0, 0, "x"))


def test_quota_off(stage: Stage, book: gspread.Spreadsheet) -> None:
    for _ in range(70):
        book.values_get("A1")


# Field masks


def test_a_mask_shows_only_its_fields(book: gspread.Spreadsheet) -> None:
    batch(book, write(0, 0, "a"), tag(1, 0))
    fields = "sheets(properties/title,data(rowData.values(userEnteredValue)))"
    seen = book.client.request("get", URL, params={"fields": fields}).json()
    values = [{"userEnteredValue": {"stringValue": "a"}}]
    assert seen == {
        "sheets": [{"properties": {"title": "Sheet1"}, "data": [{"rowData": [{"values": values}]}]}]
    }


def test_a_mask_without_data_reads_none(book: gspread.Spreadsheet) -> None:
    params: Any = {"fields": "sheets.properties.sheetId,spreadsheetId", "includeGridData": "true"}
    seen = book.client.request("get", URL, params=params).json()
    assert seen == {"spreadsheetId": BOOK, "sheets": [{"properties": {"sheetId": 0}}]}


@pytest.mark.parametrize("fields", ["sheets.nothing", "nothing", "sheets(", "a,,b"])
def test_a_mask_that_is_none(book: gspread.Spreadsheet, fields: str) -> None:
    with refused(400, "Request contains an invalid argument."):
        book.client.request("get", URL, params={"fields": fields})


def test_mask_trees() -> None:
    assert masks.parse("a(b,c/d),e.f") == {"a": {"b": {}, "c": {"d": {}}}, "e": {"f": {}}}
    assert masks.select({"a": [{"b": 1, "c": 2}], "d": 3}, masks.parse("a.b")) == {"a": [{"b": 1}]}
    with pytest.raises(GoogleError):
        masks.parse("a b")


def test_a_masked_update_clears_what_the_source_lacks() -> None:
    old = {"a": {"b": 1, "c": 2}, "d": 3}
    assert masks.merge(old, {"a": {"b": 9}}, masks.parse("a(b,c)")) == {"a": {"b": 9}, "d": 3}
    assert masks.merge(old, {}, masks.parse("a")) == {"d": 3}
    assert masks.merge(old, {"d": 4}, masks.parse("*")) == {"d": 4}


# The log


def test_the_log_of_calls(stage: Stage, book: gspread.Spreadsheet) -> None:
    stage.world.calls.clear()
    book.values_get("A1")
    with refused(400):
        batch(book, {"deleteSheet": {"sheetId": 9}})
    first, second = stage.world.calls
    assert (first["who"], first["call"], first["status"]) == (ACCOUNT, "values.get", 200)
    assert (second["call"], second["status"]) == ("batchUpdate", 400)


# A restart


def test_everything_survives_a_restart(serve: Serve, clock: Clock, tmp_path: Path) -> None:
    state = tmp_path / "google.json"
    world = GoogleWorld(clock, state, quota=False)
    world.create_spreadsheet(BOOK, "ทดสอบ", "owner")
    world.share(BOOK, ACCOUNT)
    world.switches.delete_metadata_without_match = "refuse"
    first = serve(world)
    book = first.client().open_by_key(BOOK)
    batch(book, write(0, 0, "a", "=x"), tag(5, 0))
    book.sheet1.add_protected_range("A1")
    before = book.fetch_sheet_metadata({"includeGridData": "true"})
    world.close()
    assert stat.S_IMODE(state.stat().st_mode) == 0o600

    again = GoogleWorld(clock, state, quota=False)
    second = serve(again)
    again.service_account_key(first.key, f"{second.address}/token")
    book = second.client(first.key).open_by_key(BOOK)
    assert book.fetch_sheet_metadata({"includeGridData": "true"}) == before
    assert again.switches == Switches(delete_metadata_without_match="refuse")


def test_an_old_key_file_still_opens(serve: Serve, clock: Clock, tmp_path: Path) -> None:
    """The key is made once: whoever holds its file keeps it over a restart at the same address."""
    state = tmp_path / "google.json"
    world = GoogleWorld(clock, state)
    key = world.private_key()
    world.close()
    again = GoogleWorld(clock, state)
    assert again.private_key() == key
    again.close()


def test_writing_does_not_wait_for_close(clock: Clock, tmp_path: Path) -> None:
    state = tmp_path / "google.json"
    world = GoogleWorld(clock, state)
    world.create_spreadsheet(BOOK, "x", "owner")
    assert world.saved.wait(10)
    assert BOOK in state.read_text("utf-8")
    world.close()


def test_reset(stage: Stage) -> None:
    stage.world.faults.add("*", "500")
    stage.world.reset()
    assert not stage.world.files
    assert not stage.world.calls
    assert not stage.world.faults.waiting()
    with pytest.raises(KeyError):
        stage.world.share(BOOK, ACCOUNT)


def test_an_id_is_given_once(stage: Stage) -> None:
    with pytest.raises(ValueError, match="exists"):
        stage.world.create_spreadsheet(BOOK, "x", "owner")
