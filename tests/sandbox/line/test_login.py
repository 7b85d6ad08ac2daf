"""Signing in to a web page with LINE Login, as a page's server and a browser do it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.google import GoogleWorld
from sandbox.line import Channel, LineWorld, LoginChannel
from sandbox.people import line_user_id, load_people
from sandbox.server import Sandbox, running
from tests.sandbox.line.conftest import AGENCY, BOT_USER, SECRET, HandClock

CALLBACK = "http://127.0.0.1:8080/signed-in"
LOGIN = LoginChannel("3000", "login-secret", (CALLBACK,))
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")
ASKED = {
    "response_type": "code",
    "client_id": "3000",
    "redirect_uri": CALLBACK,
    "state": "s1",
    "scope": "openid profile",
    "nonce": "n1",
    "code_challenge": CHALLENGE.decode(),
    "code_challenge_method": "S256",
}


@pytest.fixture
def host(hand: HandClock, tmp_path: Path) -> Iterator[str]:
    people = load_people()
    channel = Channel(AGENCY, "1000", SECRET, BOT_USER, "http://127.0.0.1:9/line", LOGIN)
    sandbox = Sandbox(
        line=LineWorld(hand, [channel], people),
        google=GoogleWorld(hand),
        clock_file=tmp_path / "clock.json",
        people=people,
    )
    with running(sandbox) as url:
        yield url


def authorize(host: str, person: str = "officer", **changes: str) -> dict[str, str]:
    """Press a person's button; returns what the page is told."""
    answer = requests.post(
        f"{host}/oauth2/v2.1/authorize",
        params=ASKED | changes,
        data={"person": person},
        allow_redirects=False,
        timeout=5,
    )
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(CALLBACK + "?")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def exchange(host: str, code: str, **changes: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": "3000",
        "client_secret": "login-secret",
        "code_verifier": VERIFIER,
    }
    return requests.post(f"{host}/oauth2/v2.1/token", data=form | changes, timeout=5)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_person_signs_in(host: str, hand: HandClock) -> None:
    told = authorize(host)
    assert told["state"] == "s1"
    tokens = exchange(host, told["code"]).json()

    head, body, signature = tokens["id_token"].split(".")
    expected = hmac.new(b"login-secret", f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    officer = line_user_id(AGENCY, "officer")
    assert (claims["sub"], claims["aud"], claims["nonce"]) == (officer, "3000", "n1")
    assert claims["exp"] - claims["iat"] == 3600

    profile = requests.get(
        f"{host}/v2/profile", headers=bearer(tokens["access_token"]), timeout=5
    ).json()
    assert profile == {"userId": officer, "displayName": "ผู้รับเรื่องตัวอย่าง"}
    verify = {"id_token": tokens["id_token"], "client_id": "3000"}
    answer = requests.post(f"{host}/oauth2/v2.1/verify", data=verify, timeout=5)
    assert answer.json() == claims
    hand.advance(hours=1)
    assert requests.post(f"{host}/oauth2/v2.1/verify", data=verify, timeout=5).status_code == 400


def test_the_page_shows_the_sample_people(host: str) -> None:
    page = requests.get(f"{host}/oauth2/v2.1/authorize", params=ASKED, timeout=5)
    assert "ผู้ประสานงานตัวอย่าง" in page.text
    assert "<script" not in page.text


def test_a_person_may_refuse(host: str) -> None:
    assert authorize(host, person="")["error"] == "access_denied"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"state": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_a_pages_mistake_is_sent_back_to_it(host: str, changes: dict[str, str], error: str) -> None:
    assert authorize(host, **changes)["error"] == error


@pytest.mark.parametrize(
    "changes", [{"client_id": "1000"}, {"redirect_uri": "https://evil.example/"}]
)
def test_nobody_is_sent_to_an_unregistered_place(host: str, changes: dict[str, str]) -> None:
    for method in ("GET", "POST"):
        answer = requests.request(
            method,
            f"{host}/oauth2/v2.1/authorize",
            params=ASKED | changes,
            allow_redirects=False,
            timeout=5,
        )
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "9"}, "invalid_client"),
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"redirect_uri": CALLBACK + "/else"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_wrong_exchange_gets_nothing(host: str, changes: dict[str, str], error: str) -> None:
    answer = exchange(host, authorize(host)["code"], **changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_code_works_once_and_for_ten_minutes(host: str, hand: HandClock) -> None:
    code = authorize(host)["code"]
    assert exchange(host, code).status_code == 200
    assert exchange(host, code).status_code == 400
    code = authorize(host)["code"]
    hand.advance(minutes=10)
    assert exchange(host, code).status_code == 400


def test_an_access_token_can_be_checked_and_revoked(host: str) -> None:
    token = exchange(host, authorize(host)["code"]).json()["access_token"]
    url = f"{host}/oauth2/v2.1/verify"
    assert (
        requests.get(url, params={"access_token": token}, timeout=5).json()["client_id"] == "3000"
    )
    requests.post(f"{host}/oauth2/v2.1/revoke", data={"access_token": token}, timeout=5)
    assert requests.get(url, params={"access_token": token}, timeout=5).status_code == 400
    assert requests.get(f"{host}/v2/profile", headers=bearer(token), timeout=5).status_code == 401


def test_the_keys_are_published(host: str) -> None:
    configuration = requests.get(f"{host}/.well-known/openid-configuration", timeout=5).json()
    assert requests.get(configuration["jwks_uri"], timeout=5).json()["keys"][0]["kty"] == "EC"
