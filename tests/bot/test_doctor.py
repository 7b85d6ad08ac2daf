"""`sujarit doctor`: it finds what is wrong, says what to do, and shows no secret."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from bot import doctor
from bot.menus import menus
from ita.agency import Role
from sandbox.town import MASTER_KEY
from store import richmenus
from store.evidence_files import EvidenceFiles
from tests.bot.test_budget import ONE, report, rest, sync
from tests.bot.test_budget import _unshare as unshare
from tests.bot.test_cli import refused, run
from tests.bot.town import Town, bot_inside, eventually


@pytest.fixture
def made(made: Town) -> Town:
    """The town, where one agency's rich menus are installed."""
    with made.program.database.agency(ONE) as tx:
        of_role = {role: f"richmenu-{menu.key}" for menu in menus()[1:] for role in menu.roles}
        richmenus.put_installed(tx, of_role)
    return made


def found(town: Town, *arguments: str, code: int | None = None, **env: Any) -> dict[str, Any]:
    """The findings that are not ok: "about: says" → what to do."""
    result = run("doctor", "--json", *arguments, env={**town.environment, **env})
    findings = json.loads(result.stdout)
    wrong = [one for one in findings if one["state"] == "wrong"]
    assert result.exit_code == (1 if wrong else 0)
    return {f"{one['about']}: {one['says']}": one["do"] for one in findings if one["state"] != "ok"}


def of_one(town: Town, *arguments: str, **env: Any) -> dict[str, Any]:
    """The same for one agency, the worker aside: none runs here."""
    said = found(town, "--agency", ONE, *arguments, **env)
    said.pop("worker: none", None)
    return said


def test_all_is_well(made: Town) -> None:
    rest(made)
    with bot_inside(made):
        eventually(lambda: found(made, "--agency", ONE) == {}, "the worker gives a sign of life")
        result = run("doctor", "--agency", ONE, "--online", env=dict(made.environment))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    assert any("sujarit@sandbox.iam.gserviceaccount.com" in line for line in lines)
    assert any("50 read calls left" in line for line in lines)
    assert sum("lets" in line for line in lines) == 2, "LINE and Google were asked"


def test_without_a_worker_nothing_is_done(made: Town) -> None:
    said = found(made, "--agency", ONE)
    assert said == {"worker: none": "start `sujarit serve` or `sujarit worker`"}


def test_agencies_whose_sheet_is_not_installed(made: Town) -> None:
    said = found(made)
    assert said["agency khamphi: its spreadsheet is not installed"] == (
        "run `sujarit sheet install --agency khamphi`, and have its code typed in"
    )


PROBLEMS = [*sorted(doctor.MEND), "defect", "bad_request"]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_of_a_sheet_says_what_to_do(made: Town, problem: str) -> None:
    with made.program.database.agency(ONE) as tx:
        tx.sql.execute(sa.text("UPDATE spreadsheet SET problem = :problem"), {"problem": problem})
    advice = of_one(made)[f"agency {ONE}: its sheet cannot be used: {problem}"]
    assert len(advice) > 20
    assert "{" not in advice
    if problem in ("no_access", "protected"):
        assert "sujarit@sandbox.iam.gserviceaccount.com" in advice


def test_a_sheet_that_was_closed_is_found_with_its_backlog(made: Town) -> None:
    rest(made)
    unshare(made)
    report(made, ONE, "ผล")
    sync(made)
    with made.program.database.agency(ONE) as tx:
        tx.sql.execute(sa.text("UPDATE outbox SET since = now() - interval '3 hours'"))
    said = of_one(made, "--online")
    assert [*said] == [
        f"agency {ONE}: its sheet cannot be used: no_access",
        f"agency {ONE}: 2 rows wait for the sheet, the oldest for 3 h",
        f"agency {ONE}: 0 batches in doubt, 1 syncs in a row failed",
        f"agency {ONE}: Google refuses its spreadsheet: permanent: no_access (403)",
    ]


WAITS: tuple[tuple[int, set[str]], ...] = ((10, {"ok"}), (300, {"look"}), (3600, {"wrong"}))


@pytest.mark.parametrize(("seconds", "states"), WAITS)
def test_rows_that_wait_too_long_without_a_reason(
    made: Town, seconds: int, states: set[str]
) -> None:
    rest(made)
    report(made, ONE, "ผล")
    with made.program.database.agency(ONE) as tx:
        query = sa.text("UPDATE outbox SET since = now() - make_interval(secs => :seconds)")
        tx.sql.execute(query, {"seconds": seconds})
    result = run("doctor", "--agency", ONE, "--json", env=dict(made.environment))
    about = [one for one in json.loads(result.stdout) if "rows wait" in one["says"]]
    assert {one["state"] for one in about} == states


def _unread(town: Town) -> None:
    at = town.program.clock() - timedelta(hours=5)
    with town.program.database.agency(ONE) as tx:
        tx.sql.execute(sa.text("UPDATE spreadsheet SET read_at = :at"), {"at": at})


def _set_aside(town: Town) -> None:
    with town.program.database.agency(ONE) as tx:
        tx.sql.execute(
            sa.text(
                "INSERT INTO event (agency, webhook_event_id, chat, occurred_at, received_at,"
                " key_day, set_aside_at) VALUES (:agency, 'e', 'c', now(), now(), now(), now())"
            ),
            {"agency": ONE},
        )


def _exhaust(town: Town) -> None:
    town.program.budget.exhaust(town.program.google.account, "read")


LOOKS: tuple[tuple[Callable[[Town], None], str], ...] = (
    (_unread, "nobody has read its sheet for 5 h"),
    (_set_aside, "1 events failed too often and were set aside"),
    (_exhaust, "0 of 50 read calls left in this minute"),
)


@pytest.mark.parametrize(("happens", "says"), LOOKS)
def test_what_is_no_harm_yet(made: Town, happens: Callable[[Town], None], says: str) -> None:
    rest(made)
    happens(made)
    (said,) = of_one(made)
    assert says in said


SETTINGS: tuple[tuple[str, dict[str, str | None], str], ...] = (
    ("a setting is missing", {"SUJARIT_MASTER_KEY": None}, "SUJARIT_MASTER_KEY is not set"),
    ("no agency file", {"SUJARIT_AGENCIES": "/nowhere"}, "holds no agency file"),
    ("another master key", {"SUJARIT_MASTER_KEY": "x" * 40}, "master key does not open"),
    ("no keyring there", {"SUJARIT_KEYRING": "/dev/null/keyring"}, "keyring: "),
    ("no database", {"DATABASE_URL": "postgresql://u:secret-pw@127.0.0.1:9/d"}, "not answer"),
    ("no tables", {"SUJARIT_DATABASE_SCHEMA": "nothing_here"}, "run `sujarit init`"),
    (
        "no evidence folder",
        {"SUJARIT_EVIDENCE": "/dev/null/files"},
        "evidence: its folder or bucket",
    ),
    ("no key file", {"SUJARIT_GOOGLE_CREDENTIALS": "/nowhere/key.json"}, "google: No such file"),
)


@pytest.mark.parametrize(("name", "env", "says"), SETTINGS)
def test_what_keeps_the_program_from_starting(
    made: Town, name: str, env: dict[str, str | None], says: str
) -> None:
    made.program.keyring.probe(made.program.clock().date())  # a key of today's is there
    result = run("doctor", env={**made.environment, **env})  # type: ignore[dict-item]
    assert result.exit_code == 1, name
    wrong = [line for line in result.stdout.splitlines() if line.startswith("wrong")]
    assert any(says in line for line in wrong), name
    assert "secret-pw" not in result.output
    assert "Traceback" not in result.output


def test_nothing_is_left_of_looking_at_the_evidence_folder(made: Town, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    said = found(made, "--agency", ONE, SUJARIT_EVIDENCE=str(folder))
    assert not any(about.startswith("evidence") for about in said)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_an_evidence_folder_that_cannot_be_used_is_said_with_what_to_do(made: Town) -> None:
    said = of_one(made, SUJARIT_EVIDENCE="/dev/null/files")
    (advice,) = said.values()
    assert [*said] == ["evidence: its folder or bucket cannot be used: NotADirectoryError"]
    assert advice.startswith("check SUJARIT_EVIDENCE")


def test_an_evidence_folder_that_loses_what_is_written(
    made: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EvidenceFiles, "put", lambda *_: None)
    assert "evidence: a file that was written cannot be read again" in of_one(made)


def test_menus_that_are_not_installed_are_named_by_role(made: Town) -> None:
    with made.program.database.agency(ONE) as tx:
        richmenus.put_installed(tx, {Role.STAFF: "richmenu-staff"})
    said = of_one(made)
    (about,) = said
    assert about.startswith(f"agency {ONE}: no rich menu is installed for coordinator")
    assert "staff" not in about
    assert said[about] == f"run `sujarit richmenu install --agency {ONE}`"


def test_an_agency_that_is_not_there(made: Town) -> None:
    assert "dongmuang" in refused(run("doctor", "--agency", "nowhere", env=dict(made.environment)))


def test_line_refuses_the_channel(made: Town) -> None:
    made.fault("line", "token", "503")
    assert any("LINE refuses its channel" in line for line in of_one(made, "--online"))


def test_chats_that_administrators_read(made: Town) -> None:
    wish = {"agency": ONE, "chat_mode": "chat"}
    requests.post(f"{made.url}/_sandbox/line/channel", json=wish, timeout=10).raise_for_status()
    (advice,) = [fix for about, fix in of_one(made, "--online").items() if "administrator" in about]
    assert "switch Chat off" in advice


def test_no_secret_is_shown(made: Town, tmp_path: Path) -> None:
    secret = made.program.agencies[ONE].line.channel_secret.get_secret_value()
    token = "a-token-of-the-test-and-long-enough"
    env = {**made.environment, "SUJARIT_METRICS_TOKEN": token}
    for arguments in (("--online",), ("--json",)):
        said = run("doctor", *arguments, env=env).output
        for hidden in (MASTER_KEY, secret, token, "PRIVATE KEY-----"):
            assert hidden not in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 s"), (59.4, "59 s"), (60, "1 min"), (3599, "59 min"), (7200, "2 h"), (200000, "2 d")],
)
def test_lengths_of_time(seconds: float, said: str) -> None:
    assert doctor._time(timedelta(seconds=seconds)) == said
