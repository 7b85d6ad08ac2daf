"""/metrics: closed unless it has a token, true to the database, and without a word of anybody's."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr, ValidationError

from bot.app import create_app
from bot.settings import Settings
from tests.bot.test_budget import ONE, report, rest, sync
from tests.bot.test_budget import _unshare as unshare
from tests.bot.test_way import REPORT, settle
from tests.bot.town import Town

TOKEN = "a-token-of-the-test-and-long-enough"


def client(town: Town, token: str | None = TOKEN) -> FlaskClient:
    secret = None if token is None else SecretStr(token)
    chosen = town.program.settings.model_copy(update={"metrics_token": secret})
    return create_app(replace(town.program, settings=chosen)).test_client()


def scraped(town: Town) -> dict[str, float]:
    """What Prometheus reads: "name{label=value}" → value."""
    answer = client(town).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        sample.name + "".join(f" {key}={value}" for key, value in sorted(sample.labels.items())): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("token", "shown", "status"),
    [
        (None, None, 404),
        (None, f"Bearer {TOKEN}", 404),
        (TOKEN, None, 401),
        (TOKEN, "Bearer ", 401),
        (TOKEN, "Bearer another-token-of-the-test", 401),
        (TOKEN, TOKEN, 401),
        (TOKEN, "Bearer ไทย", 401),
        (TOKEN, f"Bearer {TOKEN}", 200),
    ],
)
def test_closed_unless_it_has_a_token_and_is_shown_it(
    made: Town, token: str | None, shown: str | None, status: int
) -> None:
    headers = {} if shown is None else {"Authorization": shown.encode().decode("latin-1")}
    assert client(made, token).get("/metrics", headers=headers).status_code == status


def test_a_token_that_could_be_guessed_is_refused(made: Town) -> None:
    with pytest.raises(ValidationError, match="fewer than 16"):
        Settings(metrics_token="short")


def test_what_it_shows_is_so(made: Town) -> None:
    rest(made)
    before = scraped(made)
    for number in range(2):
        report(made, ONE, f"ผล {number}")
    with made.program.database.agency(ONE) as tx:
        tx.sql.execute(sa.text("UPDATE outbox SET since = now() - interval '90 seconds'"))
        tx.sql.execute(
            sa.text("UPDATE spreadsheet SET read_at = :at"),
            {"at": made.program.clock() - timedelta(minutes=2)},
        )
        tx.sql.execute(
            sa.text(
                "INSERT INTO event (agency, webhook_event_id, chat, occurred_at, received_at,"
                " key_day, set_aside_at) VALUES (:agency, 'e', 'c', now(), now(), now(), now())"
            ),
            {"agency": ONE},
        )
    with made.program.google.paid():
        found = scraped(made)
    account = made.program.google.account
    reads = f"sujarit_google_calls_left kind=read name={account} scope=account"
    assert found[reads] == before[reads] - 1
    assert (before["sujarit_sheets_waiting"], found["sujarit_sheets_waiting"]) == (0, 1)
    assert (before["sujarit_sheet_rows_waiting"], found["sujarit_sheet_rows_waiting"]) == (0, 3)
    assert 90 <= found["sujarit_sheet_oldest_wait_seconds"] < 100
    assert found["sujarit_sheet_read_age_seconds_bucket le=60.0"] == 0
    assert found["sujarit_sheet_read_age_seconds_bucket le=300.0"] == 1
    assert found["sujarit_events_set_aside"] == 1
    assert found["sujarit_jobs queue=sync status=todo"] >= 1


def test_problems_and_syncs_are_counted_by_what_they_are(made: Town) -> None:
    report(made, ONE, "ผลก่อน")
    rest(made)
    before = scraped(made)
    unshare(made)
    report(made, ONE, "ผล")
    sync(made)
    found = scraped(made)
    assert found["sujarit_sheets_with_problem problem=no_access"] == 1
    assert found["sujarit_syncs_total outcome=problem"] == 1
    assert (
        found["sujarit_syncs_total outcome=written"]
        == (before["sujarit_syncs_total outcome=written"])
    )


def test_no_identity_and_no_words(town: Town) -> None:
    town.say("clerk", REPORT)
    town.say("citizen", "แจ้งเหตุ ไฟถนนดับหน้าศาลาตัวอย่าง")
    settle(town)
    answer = client(town).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert "sujarit_worker_heartbeat_age_seconds" in answer
    assert not re.search("[\u0e00-\u0e7f]", answer)
    assert not re.search(r"U[0-9a-f]{32}|[0-9a-f]{32}", answer), "no LINE id, no reference"
