"""The edge: what is refused, what is kept, and that nothing that arrives makes a 500."""

import base64
import contextlib
import hmac
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import sqlalchemy as sa
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import create_app
from store.keyring import Keyring
from tests.bot.test_way import body, raw_event, settle
from tests.bot.town import Town, eventually

AGENCY = "dongmuang"


@pytest.fixture
def client(made: Town) -> FlaskClient:
    """The web side alone: what is accepted stays in the journal."""
    return create_app(made.program).test_client()


def signed(made: Town, raw: bytes) -> dict[str, str]:
    secret = made.program.agencies[AGENCY].line.channel_secret.get_secret_value().encode()
    signature = base64.b64encode(hmac.digest(secret, raw, sha256)).decode()
    return {"x-line-signature": signature}


def envelope(made: Town, events: Any) -> bytes:
    destination = made.program.agencies[AGENCY].line.bot_user_id
    return json.dumps({"destination": destination, "events": events}).encode()


def journal(made: Town) -> int:
    with made.program.database.agency(AGENCY) as tx:
        return int(tx.sql.scalar(sa.text("SELECT count(*) FROM event")) or 0)


def jobs(made: Town) -> int:
    with made.program.database.house() as sql:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'turn'"
        return int(sql.scalar(sa.text(query)) or 0)


def test_the_consoles_verify_button(made: Town, client: FlaskClient) -> None:
    raw = envelope(made, [])
    assert client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw)).status_code == 200
    assert journal(made) == 0


def with_events(made: Town, events: Any) -> tuple[str, bytes, dict[str, str]]:
    raw = envelope(made, events)
    return AGENCY, raw, signed(made, raw)


def wrong_destination(made: Town) -> tuple[str, bytes, dict[str, str]]:
    event = raw_event(made, "clerk", "คะแนน", "X")
    raw = json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()
    return AGENCY, raw, signed(made, raw)


REFUSED: tuple[tuple[str, Callable[[Town], tuple[str, bytes, dict[str, str]]], int], ...] = (
    (
        "wrong signature",
        lambda t: (AGENCY, envelope(t, []), {"x-line-signature": "d3Jvbmc="}),
        403,
    ),
    ("no signature", lambda t: (AGENCY, envelope(t, []), {}), 403),
    ("signature of other letters", lambda t: (AGENCY, b"{}", {"x-line-signature": "\xe9"}), 403),
    ("another body's signature", lambda t: (AGENCY, b"{} ", signed(t, b"{}")), 403),
    ("not JSON", lambda t: (AGENCY, b"<xml/>", signed(t, b"<xml/>")), 400),
    ("not UTF-8", lambda t: (AGENCY, b'{"\xff\xfe', signed(t, b'{"\xff\xfe')), 400),
    ("nested too deep", lambda t: (AGENCY, b"[" * 99999, signed(t, b"[" * 99999)), 400),
    ("a list", lambda t: (AGENCY, b"[]", signed(t, b"[]")), 400),
    ("no events", lambda t: (AGENCY, b"{}", signed(t, b"{}")), 400),
    ("an event is no object", lambda t: with_events(t, [7]), 400),
    ("wrong destination", wrong_destination, 400),
    ("unknown agency", lambda t: ("nowhere", b"{}", signed(t, b"{}")), 404),
    ("too large", lambda t: (AGENCY, b" " * (1024 * 1024 + 1), {}), 413),
)


def test_what_is_refused_leaves_nothing(made: Town, client: FlaskClient) -> None:
    for name, build, status in REFUSED:
        slug, raw, headers = build(made)
        answer = client.post(f"/line/{slug}", data=raw, headers=headers)
        assert answer.status_code == status, name
        assert len(answer.text.splitlines()) == 1, f"{name}: one sentence"
    assert (journal(made), jobs(made)) == (0, 0)


def test_a_body_of_exactly_one_megabyte_is_read(made: Town, client: FlaskClient) -> None:
    raw = envelope(made, [])
    raw += b" " * (1024 * 1024 - len(raw))
    assert client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw)).status_code == 200


STRANGE: tuple[dict[str, Any], ...] = (
    {},
    {"type": "moonPhase", "news": {"phase": "full"}},
    {"type": "message"},
    {"type": "message", "message": {"type": "hologram"}},
    {"type": "message", "message": "text"},
    {"type": "message", "message": {"type": "text", "text": "a\x00b\ud800c"}},
    {"type": "message", "message": {"type": "text", "text": None}},
    {"type": "message", "source": {"userId": "\ud800\x00"}, "webhookEventId": "\x00\ud800"},
    {"type": "message", "timestamp": 10**30, "source": 3},
    {"type": "message", "timestamp": -1, "webhookEventId": ["a"]},
    {"type": "message", "timestamp": "yesterday", "webhookEventId": "x" * 5000},
    {"type": 3, "mode": 4, "replyToken": 5, "source": {"groupId": 6}},
    {"type": "postback", "postback": {"data": "\x00"}},
    {"type": "unsend", "unsend": {"messageId": 1}},
)


def test_events_of_any_shape_are_kept_and_harm_nobody(town: Town) -> None:
    raw = json.dumps({"destination": "", "events": STRANGE}).encode()
    assert town.deliver(raw)["status"] == 200
    settle(town)
    with town.program.database.agency(AGENCY) as tx:
        kept, aside = tx.sql.execute(
            sa.text("SELECT count(*), count(set_aside_at) FROM event")
        ).one()
    assert (kept, aside) == (len(STRANGE), 0)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: town.sent("clerk"), "the bot goes on")


def test_a_text_with_nul_and_lone_surrogates_is_answered_and_stored_clean(town: Town) -> None:
    text = "รายงานผล ตัวชี้วัด 3 80% ประกาศ\x00แล้ว\ud800 ครบ"
    town.deliver(body(town, raw_event(town, "clerk", text, "NUL")))
    settle(town)
    assert "อยู่ระหว่างดำเนินการ" in town.words("clerk")
    row = next(row for row in town.sheet()["มาตรการ"] if "80" in row)
    assert any("ครบ" in cell for cell in row)
    assert "\x00" not in str(row)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
EVENT = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["message", "follow", "unsend", "postback"]) | JSON,
        "timestamp": st.integers() | JSON,
        "source": st.fixed_dictionaries({}, optional={"userId": JSON, "groupId": JSON}) | JSON,
        "webhookEventId": st.text() | JSON,
        "message": st.fixed_dictionaries({}, optional={"type": JSON, "text": JSON}) | JSON,
        "replyToken": JSON,
    },
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(EVENT, max_size=3))
def test_any_signed_events_get_200_and_are_in_the_journal(
    made: Town, client: FlaskClient, events: list[dict[str, Any]]
) -> None:
    raw = envelope(made, events)
    assert client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw)).status_code == 200


def test_every_event_is_written_with_its_job(made: Town, client: FlaskClient) -> None:
    events = [raw_event(made, who, "คะแนน", who) for who in ("clerk", "finance", "citizen")]
    raw = envelope(made, events)
    client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw))
    assert (journal(made), jobs(made)) == (3, 3)


def test_without_a_job_there_is_no_event_either(
    made: Town, client: FlaskClient, postgres: str, schema: str
) -> None:
    """The queue refuses (its table is locked away): nothing of the body is kept, LINE hears 503."""
    raw = envelope(made, [raw_event(made, "clerk", "คะแนน", "ONE")])
    owner = sa.create_engine(postgres, connect_args={"options": f"-c search_path={schema}"})
    with owner.begin() as sql:
        sql.execute(sa.text("LOCK TABLE procrastinate_jobs IN ACCESS EXCLUSIVE MODE"))
        answer = client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw))
    owner.dispose()
    assert answer.status_code == 503
    assert (journal(made), jobs(made)) == (0, 0)


def test_health(made: Town, client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503, "no worker is alive"


def test_ready_with_a_worker(town: Town) -> None:
    eventually(lambda: requests.get(town.bot_url + "/readyz", timeout=5).ok, "ready")


def test_not_ready_without_a_keyring(made: Town) -> None:
    """A new process, as nothing sealed with today's key yet; its keyring's folder is a file."""
    away = Path(made.environment["SUJARIT_KEYRING"]).with_name("file")
    away.touch()
    program = replace(made.program, keyring=Keyring(str(away / "keyring"), b"k" * 32))
    answer = create_app(program).test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["missing"]) == (503, "the keyring does not work")


@pytest.fixture
def web(made: Town, tmp_path: Path) -> Iterator[str]:
    """`sujarit web` as a process; gives its URL."""
    port = str(urlsplit(made.bot_url).port)
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "web", "--host", "127.0.0.1", "--port", port],
            env={**os.environ, **made.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        eventually(lambda: _answers(made.bot_url), "the web server answers")
        yield made.bot_url
    finally:
        process.terminate()
        process.wait(20)


def _answers(url: str) -> bool:
    with contextlib.suppress(requests.RequestException):
        return requests.get(url + "/healthz", timeout=15).ok
    return False


@pytest.mark.long
def test_a_body_without_its_length_is_refused(made: Town, web: str) -> None:
    """In pieces: without the refusal its signed beginning would pass for the whole of it."""
    raw = envelope(made, [])
    address = urlsplit(web)
    line = http.client.HTTPConnection(str(address.hostname), address.port, timeout=15)
    pieces = iter([raw, b" " * 10])
    line.request(
        "POST", f"/line/{AGENCY}", body=pieces, headers=signed(made, raw), encode_chunked=True
    )
    answer = line.getresponse()
    assert (answer.status, len(answer.read().splitlines())) == (411, 1)
    line.close()
    whole = requests.post(f"{web}/line/{AGENCY}", data=raw, headers=signed(made, raw), timeout=15)
    assert whole.status_code == 200


SLOW = (
    ("drips the head", b"POST /line/dongmuang HTTP/1.1\r\nHost: x\r\n"),
    (
        "drips the body",
        b"POST /line/dongmuang HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
    ),
)


@pytest.mark.long
@pytest.mark.parametrize(("name", "beginning"), SLOW)
def test_slow_senders_keep_nobody_else_waiting(web: str, name: str, beginning: bytes) -> None:
    """More of them than there are threads, and each sends something now and then."""
    address = urlsplit(web)
    done = threading.Event()
    with contextlib.ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(socket.create_connection((str(address.hostname), address.port)))
            for _ in range(24)
        ]
        for one in slow:
            one.sendall(beginning)
        dripping = threading.Thread(target=_drip, args=(slow, done))
        dripping.start()
        try:
            assert _answers(web), name
        finally:
            done.set()
            dripping.join()


def _drip(slow: list[socket.socket], done: threading.Event) -> None:
    while not done.wait(1):
        for one in slow:
            with contextlib.suppress(OSError):
                one.sendall(b"x")
