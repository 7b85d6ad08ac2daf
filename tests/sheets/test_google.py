"""The adapter: one error with one word, timeouts, and no call that is sent twice."""

import json
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from gspread.exceptions import APIError

from sheets import google as adapter
from sheets.google import Google, SheetError
from store.budget import Budget, Purpose
from store.database import Database
from tests.sheets.conftest import BOOK, Served

SECRET = "ความลับของคน"
WRITE = {"addSheet": {"properties": {"title": SECRET}}}

FAULTS = [
    ("429", "temporary", "quota", 429, 0),
    ("500", "unknown", "server", 500, 0),
    ("503", "unknown", "server", 503, 0),
    ("applied_then_503", "unknown", "server", 503, 1),
    ("drop_before", "unknown", "connection", None, 0),
    ("drop_after", "unknown", "connection", None, 1),
]


def _titles(served: Served) -> int:
    return sum(sheet.title == SECRET for sheet in served.world.files[BOOK].book.sheets)


def _calls(served: Served) -> int:
    """How many writes arrived; a cut one is written down just after it was cut."""
    for _ in range(100):
        calls = [call["call"] for call in list(served.world.calls)]
        if "batchUpdate" in calls:
            return calls.count("batchUpdate")
        time.sleep(0.01)
    return 0


@pytest.mark.parametrize(("fault", "kind", "reason", "code", "applied"), FAULTS)
def test_a_write_is_sent_once_and_its_failure_has_a_name(
    fault: str,
    kind: str,
    reason: str,
    code: int | None,
    applied: int,
    google: Google,
    served: Served,
) -> None:
    served.world.faults.add("batchUpdate", fault)
    with pytest.raises(SheetError) as caught:
        google.batch(BOOK, [WRITE])
    assert (caught.value.kind, caught.value.reason, caught.value.code) == (kind, reason, code)
    assert _calls(served) == 1
    assert _titles(served) == applied


def test_a_silent_google_is_given_up(
    google: Google, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "TIMEOUT", (1.0, 0.3))
    served.world.faults.add("batchUpdate", "hold_before")
    with pytest.raises(SheetError, match="unknown: timeout"):
        google.batch(BOOK, [WRITE])
    served.world.faults.clear()


STAMP = {
    "createDeveloperMetadata": {
        "developerMetadata": {
            "metadataId": 9,
            "metadataKey": "s",
            "location": {"spreadsheet": True},
            "visibility": "DOCUMENT",
        }
    }
}
REFUSALS = [
    ([STAMP, STAMP], "stamp_exists"),
    ([{"appendDimension": {"dimension": "COLUMNS", "length": 20_000}}], "limit"),
    ([{"deleteSheet": {"sheetId": 777}}], "tab_missing"),
    ([{"insertDimension": {}}], "bad_request"),
    ([WRITE, WRITE], "exists"),
]


@pytest.mark.parametrize(("changes", "reason"), REFUSALS)
def test_a_refused_batch_is_permanent_and_leaves_nothing(
    changes: list[dict[str, object]], reason: str, google: Google, served: Served
) -> None:
    with pytest.raises(SheetError) as caught:
        google.batch(BOOK, changes)
    assert (caught.value.kind, caught.value.reason) == ("permanent", reason)
    assert _titles(served) == 0


def test_who_has_no_access_is_told_so(google: Google, served: Served) -> None:
    served.world.create_spreadsheet("closed", "ปิด", "owner")
    with pytest.raises(SheetError, match="permanent: no_access"):
        google.outline("closed")
    with pytest.raises(SheetError, match="permanent: not_found"):
        google.outline("nothing")


def test_an_account_that_is_refused_is_a_permanent_error(tmp_path: Path, served: Served) -> None:
    key = tmp_path / "key.json"
    served.world.service_account_key(key, f"{served.url}/token")
    key.write_text(key.read_text().replace("@sandbox.iam", "@elsewhere.iam"))
    with pytest.raises(SheetError, match="permanent: credentials"):
        Google(key, host=served.url).outline(BOOK)


def test_nobody_there(tmp_path: Path, served: Served) -> None:
    key = tmp_path / "key.json"
    served.world.service_account_key(key, "http://127.0.0.1:9/token")
    with pytest.raises(SheetError, match="temporary: no_token"):
        Google(key, host="http://127.0.0.1:9").outline(BOOK)


def test_no_text_of_googles_reaches_an_error_or_its_traceback(
    google: Google, served: Served
) -> None:
    google.batch(BOOK, [WRITE])
    try:
        google.batch(BOOK, [WRITE])
    except SheetError as error:
        shown = "".join(traceback.format_exception(error))
    assert SECRET not in shown


def _left(budget: Budget) -> dict[str, int]:
    return {one.kind: one.calls for one in budget.left() if one.scope == "account"}


def _counting(google: Google, budget: Budget, patience: float = 0.0) -> Google:
    """The same account, with a budget."""
    google._budget, google._patience = budget, patience
    return google


def test_every_call_is_counted_before_it_is_made(
    google: Google, served: Served, database: Database
) -> None:
    budget = Budget(database, 5, 100)
    counted = _counting(google, budget)
    counted.outline(BOOK)
    counted.read(BOOK, [0])
    counted.batch(BOOK, [WRITE])
    assert _left(budget) == {"read": 3, "write": 4}
    served.world.faults.add("get", "drop_before")
    with pytest.raises(SheetError, match="unknown: connection"):
        counted.outline(BOOK)
    assert _left(budget)["read"] == 2, "what failed was counted too"


def test_a_call_without_room_is_not_sent(
    google: Google, served: Served, database: Database
) -> None:
    counted = _counting(google, Budget(database, 1, 100))
    counted.outline(BOOK)
    calls = len(served.world.calls)
    with pytest.raises(SheetError) as caught:
        counted.outline(BOOK)
    assert (caught.value.kind, caught.value.reason) == ("temporary", "budget")
    assert caught.value.retry_after == pytest.approx(61, abs=2)
    assert len(served.world.calls) == calls


def test_a_command_of_the_operators_waits_for_room(
    google: Google, served: Served, database: Database
) -> None:
    counted = _counting(google, Budget(database, 1, 100, window=0.4), patience=5)
    for _ in range(3):
        counted.outline(BOOK)
    assert [call["call"] for call in served.world.calls].count("get") == 3


def test_a_sync_pays_for_its_read_and_its_write_at_once(
    google: Google, served: Served, database: Database
) -> None:
    """Its write is never without room after its read. Beyond that nothing in a sync waits."""
    budget = Budget(database, 2, 100)
    counted = _counting(google, budget, patience=1000)
    with counted.paid() as purse:
        assert purse.wait == 0
        with ThreadPoolExecutor(1) as another:
            another.submit(counted.outline, BOOK).result()  # what is left, and not what is paid
        counted.read(BOOK, [0])
        counted.batch(BOOK, [WRITE])
        with pytest.raises(SheetError, match="budget"):
            counted.outline(BOOK)
    with counted.paid() as purse:
        assert purse.wait > 0, "the other one has read: it would read and not write"
    assert _left(budget) == {"read": 0, "write": 1}


def test_what_was_taken_is_for_this_sync_alone(
    google: Google, served: Served, database: Database
) -> None:
    budget = Budget(database, 2, 100)
    counted = _counting(google, budget)
    with counted.paid():
        pass
    counted.outline(BOOK)
    assert _left(budget) == {"read": 0, "write": 1}


def test_a_sync_leaves_what_belongs_to_others(
    google: Google, served: Served, database: Database
) -> None:
    counted = _counting(google, Budget(database, 10, 100))
    with counted.paid(leaving=9) as purse:
        assert purse.wait == 0
    with counted.paid(leaving=9) as purse:
        assert purse.wait > 0
    with counted.paid(leaving=6, purpose=Purpose.FRESH) as purse:
        assert purse.wait == 0
    with counted.paid(leaving=6, purpose=Purpose.FRESH) as purse:
        assert purse.wait > 0, "a fifth is kept for what people report"


def test_googles_429_empties_the_minute_for_all(
    google: Google, served: Served, database: Database
) -> None:
    budget = Budget(database, 5, 100)
    counted = _counting(google, budget)
    served.world.faults.add("batchUpdate", "429")
    with counted.paid() as purse:
        with pytest.raises(SheetError) as caught:
            counted.batch(BOOK, [WRITE])
        assert purse.over_quota
    assert (caught.value.reason, caught.value.retry_after) == ("quota", 61.0)
    assert _left(budget) == {"read": 4, "write": 0}
    with pytest.raises(SheetError, match="budget"):
        counted.batch(BOOK, [WRITE])
    assert _calls(served) == 1


def test_a_project_without_the_api_is_the_operators_to_mend() -> None:
    said = "Google Sheets API has not been used in project 7 before or it is disabled."
    refused = _answer(403, said)
    assert adapter._refused(refused).reason == "api_disabled"
    assert adapter._refused(_answer(403, "The caller does not have permission")).reason == (
        "no_access"
    )


def _answer(status: int, message: str) -> APIError:
    response = requests.Response()
    response.status_code = status
    body = {"error": {"code": status, "message": message, "status": "PERMISSION_DENIED"}}
    response._content = json.dumps(body).encode()
    return APIError(response)
