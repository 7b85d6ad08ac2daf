"""The sample town: what is in it, and that it is there again after a restart and a reset."""

from pathlib import Path

import gspread
import requests

from sandbox import server, town
from tests.sandbox.google.stage import Stage

SHEETS = {
    f"sandbox-{slug}" for slug in ("chatturat", "dongmuang", "khamphi", "pathumrat", "phrathaen")
}


def test_state_survives_a_restart_and_a_reset_begins_anew(tmp_path: Path) -> None:
    first = town.build(tmp_path, "http://127.0.0.1:1")
    assert set(first.google.files) == SHEETS
    first.google.create_spreadsheet("a-persons-own", "ของฉัน", "somebody")
    first.close()

    again = town.build(tmp_path, "http://127.0.0.1:1")
    assert set(again.google.files) == {*SHEETS, "a-persons-own"}
    again.reset()
    assert set(again.google.files) == SHEETS
    again.close()


def test_faults_by_chance_are_repeatable_by_their_seed(tmp_path: Path) -> None:
    world = town.build(tmp_path, "http://127.0.0.1:1", quota=False)
    fault = {"service": "google", "call": "get", "kind": "503", "times": 99, "chance": 0.5}
    with server.running(world) as url:
        stage = Stage(world.google, url, tmp_path / "key.json")
        world.google.service_account_key(stage.key, f"{url}/token")
        client = stage.client()

        def run() -> list[bool]:
            requests.delete(f"{url}/_sandbox/faults", timeout=10)
            assert requests.post(f"{url}/_sandbox/faults", json={**fault, "seed": 7}, timeout=10).ok
            return [_opens(client) for _ in range(20)]

        first = run()
        assert {True, False} == set(first)
        assert run() == first


def _opens(client: gspread.Client) -> bool:
    try:
        client.open_by_key("sandbox-dongmuang")
    except gspread.exceptions.APIError:
        return False
    return True


def test_a_sample_person_signs_in_to_the_sample_agencies_web_page(tmp_path: Path) -> None:
    """LINE Login: authorize as somebody, change the code for a token, read who it is."""
    world = town.build(tmp_path, "http://127.0.0.1:8080")
    with server.running(world) as url:
        login = world.line.state("dongmuang").channel.login
        assert login is not None
        asked = {
            "response_type": "code",
            "client_id": login.channel_id,
            "redirect_uri": login.callbacks[0],
            "state": "s",
            "scope": "profile openid",
        }
        page = requests.get(f"{url}/oauth2/v2.1/authorize", params=asked, timeout=10)
        assert page.ok
        assert "เจ้าหน้าที่ตัวอย่าง" in page.text
