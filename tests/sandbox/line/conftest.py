"""A running sandbox, a tiny bot that it delivers to, and the unmodified SDK that talks to it."""

import importlib.util
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import requests
import yaml
from flask import Flask, Response, request
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MessagingApiBlob
from linebot.v3.oauth import ApiClient as OauthClient
from linebot.v3.oauth import ChannelAccessToken
from linebot.v3.oauth import Configuration as OauthConfiguration
from werkzeug.serving import make_server

from sandbox.google import GoogleWorld
from sandbox.line import Channel, LineWorld
from sandbox.people import load_people
from sandbox.server import Sandbox, running

BANGKOK = ZoneInfo("Asia/Bangkok")
AGENCY = "dongmuang"
SECRET = "s" * 32
BOT_USER = "U" + "b" * 32


class HandClock:
    """A clock that the test moves by hand."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 1, 15, 9, tzinfo=BANGKOK)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Webhook:
    """One request that the bot got."""

    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Bot:
    """A webhook receiver that answers what the test tells it, 200 otherwise."""

    got: list[Webhook] = field(default_factory=list)
    answers: deque[int] = field(default_factory=deque)
    delays: deque[float] = field(default_factory=deque)
    arrived: threading.Condition = field(default_factory=threading.Condition)
    url: str = ""

    def wait(self, count: int) -> list[Webhook]:
        """Wait until that many requests have arrived."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.got) >= count, 10)
            return list(self.got)

    def take(self) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        with self.arrived:
            self.got.append(Webhook(request.get_data(), headers))
            delay = self.delays.popleft() if self.delays else 0
            answer = self.answers.popleft() if self.answers else 200
            self.arrived.notify_all()
        time.sleep(delay)
        return Response("heard", answer)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def bot() -> Iterator[Bot]:
    taker = Bot()
    app = Flask(__name__)
    app.add_url_rule("/line", view_func=taker.take, methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    taker.url = f"http://127.0.0.1:{server.port}/line"
    yield taker
    server.shutdown()
    thread.join()


@pytest.fixture
def sandbox(bot: Bot, hand: HandClock, tmp_path: Path) -> Sandbox:
    people = load_people()
    channels = [
        Channel(AGENCY, "1000", SECRET, BOT_USER, bot.url),
        Channel("khamphi", "2000", "k" * 32, "U" + "c" * 32, bot.url),
    ]
    return Sandbox(
        line=LineWorld(hand, channels, people),
        google=GoogleWorld(hand, tmp_path / "google.json", quota=False),
        clock_file=tmp_path / "clock.json",
        people=people,
        redelivery_delays=(0.02, 0.05, 0.1),
    )


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[str]:
    with running(sandbox) as url:
        yield url


@dataclass(frozen=True)
class Control:
    """The control API, with the agency of the tests filled in."""

    host: str

    def post(self, path: str, **body: Any) -> Any:
        answer = requests.post(f"{self.host}/_sandbox{path}", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def get(self, path: str, **query: str) -> Any:
        answer = requests.get(f"{self.host}/_sandbox{path}", params=query, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def say(self, message: Any, person: str = "clerk", **more: Any) -> Any:
        return self.post("/line/say", agency=AGENCY, person=person, message=message, **more)

    def event(self, event: dict[str, Any], person: str = "clerk", **more: Any) -> Any:
        return self.post("/line/event", agency=AGENCY, person=person, event=event, **more)

    def wait_answered(self, name: str) -> None:
        """Wait until every call of this name has been answered."""
        deadline = time.monotonic() + 10
        while any(
            c["name"] == name and c["status"] is None for c in self.get("/line/calls")["calls"]
        ):
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def sent(self, **query: str) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.get("/line/sent", agency=AGENCY, **query)["messages"]
        return messages


@pytest.fixture
def control(host: str) -> Control:
    return Control(host)


def issue_token(host: str, channel_id: str = "1000", secret: str = SECRET) -> str:
    with OauthClient(OauthConfiguration(host=host)) as client:
        issued = ChannelAccessToken(client).issue_stateless_channel_token(
            grant_type="client_credentials", client_id=channel_id, client_secret=secret
        )
        return str(issued.access_token)


@pytest.fixture
def client(host: str) -> Iterator[ApiClient]:
    with ApiClient(Configuration(host=host, access_token=issue_token(host))) as made:
        yield made


@pytest.fixture
def api(client: ApiClient) -> MessagingApi:
    return MessagingApi(client)


@pytest.fixture
def blob(client: ApiClient) -> MessagingApiBlob:
    return MessagingApiBlob(client)


def hardened(
    shared: Path, document: str, name: str, *, closed: bool
) -> jsonschema.Draft202012Validator:
    """One schema of LINE's own documents, with its discriminators enforced."""
    contracts = shared / "contracts" / "line"
    spec = importlib.util.spec_from_file_location("harden", contracts / "harden.py")
    assert spec is not None
    assert spec.loader is not None
    harden = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(harden)
    published = yaml.safe_load((contracts / document).read_text(encoding="utf-8"))
    components = harden.harden(published, closed=closed)["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return jsonschema.Draft202012Validator(schema)
