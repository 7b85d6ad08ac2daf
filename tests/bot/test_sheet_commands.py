"""`sujarit sheet install`: what it says, what it asks, and what a kill between its steps leaves."""

import contextlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
from click.testing import CliRunner, Result

from bot import sheet_commands
from bot.cli import main
from sandbox.google import GoogleWorld
from sandbox.town import AGENCIES
from sheets.contract_asks import ASSUMPTIONS
from sheets.layout import BY_KEY
from sheets.sync import sync
from store import register
from tests.bot.town import Town, eventually
from tests.sandbox.google.stage import Stage

SLUG = "dongmuang"


def run(
    made: Town, *arguments: str, slug: str = SLUG, given: str | None = None, **env: str
) -> Result:
    command = ["sheet", "install", "--agency", slug, *arguments]
    env = {**made.environment, **env}
    return CliRunner().invoke(main, command, env=env, input=given, catch_exceptions=False)


def answer(made: Town, *arguments: str, slug: str = SLUG) -> Any:
    result = run(made, *arguments, "--json", slug=slug)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def settle(made: Town) -> None:
    """Sync until there is nothing to do; no worker is running."""
    program = made.program
    for _ in range(20):
        if sync(program.database, program.google, SLUG, program.clock()).outcome == "idle":
            return
    raise AssertionError("the sync does not come to rest")


def owner(made: Town) -> gspread.Spreadsheet:
    """Who made the spreadsheet: no protection holds him."""
    return made.sheet_client(person="coordinator@owner.sandbox.example")


def measures_tab(made: Town) -> gspread.Worksheet:
    return owner(made).worksheet("มาตรการ")


def shown(made: Town) -> dict[str, list[list[str]]]:
    """What people see; blank lines and line ends say nothing, nor does the order of tabs."""
    seen = {}
    for title, rows in made.sheet().items():
        lines = ["\t".join(row).rstrip("\t") for row in rows]
        seen[title] = [line.split("\t") for line in lines if line]
    return seen


def damage(made: Town) -> None:
    """A tab, a column and the ids of another are gone."""
    owner(made).del_worksheet(owner(made).worksheet("ความก้าวหน้า"))
    tab = measures_tab(made)
    tab.delete_columns(tab.row_values(1).index("มาตรการ/กิจกรรม") + 1)
    items = owner(made).worksheet("ข้อ OIT")
    items.delete_columns(1)


@pytest.fixture
def worked(made: Town) -> Town:
    """The sample sheet, written."""
    settle(made)
    return made


# --- The code


def test_a_new_spreadsheet_wants_its_code(made: Town) -> None:
    first = run(made, slug="khamphi")
    assert first.exit_code == 0
    assert "“อ่านก่อน”" in first.stdout
    refused = run(made, "--confirm", slug="khamphi")
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1

    report = answer(made, slug="khamphi")
    assert (report["confirmed"], report["made"]) == (False, [])
    readme = made.sheet_client("khamphi").worksheet(report["code_tab"])
    readme.update_acell("B7", report["code"].lower())
    assert run(made, "--confirm", slug="khamphi").exit_code == 0
    after = answer(made, slug="khamphi")
    assert (after["confirmed"], after["code"], after["changes"]) == (True, None, 0)


# --- Asking


def test_without_a_terminal_it_says_what_it_would_ask_and_does_nothing(worked: Town) -> None:
    damage(worked)
    before = worked.sheet()
    refused = run(worked)
    assert refused.exit_code == 2
    assert worked.sheet() == before
    said = refused.stderr
    for words in ("“ความก้าวหน้า”: the tab is gone", "มาตรการ/กิจกรรม", "ids is gone", "--yes"):
        assert words in said
    assert refused.stdout == ""


def test_yes_agrees_to_all(worked: Town) -> None:
    before = shown(worked)
    damage(worked)
    report = answer(worked, "--yes")
    assert len(report["mended"]) == 3
    assert report["left"] == []
    settle(worked)
    assert shown(worked) == before
    assert run(worked).stdout == "Nothing was lacking.\n"


@pytest.mark.parametrize(("said", "mended"), [("y\n", 3), ("n\n", 0), ("\n", 0)])
def test_a_person_is_asked(
    said: str, mended: int, worked: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(worked)
    monkeypatch.setattr(sheet_commands, "_in_terminal", lambda: True)
    result = run(worked, given=said)
    assert result.exit_code == 0
    assert "Do all this?" in result.stderr
    assert result.stdout.count("Put back:") == mended
    assert result.stdout.count("Left as it is:") == 3 - mended


@pytest.mark.long
def test_in_a_real_terminal(worked: Town) -> None:
    damage(worked)
    terminal, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "bot", "sheet", "install", "--agency", SLUG],
        env={**os.environ, **worked.environment},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    os.write(terminal, b"y\n")
    out, err = done.communicate(timeout=60)
    os.close(terminal)
    assert done.returncode == 0, err
    assert out.decode().count("Put back:") == 3


@pytest.mark.long
def test_a_table_of_peoples_own_is_asked_about(made: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    table = made.sheet_client("khamphi").sheet1
    header = ["ลำดับ", "มาตรการ/กิจกรรม", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ"]
    table.update([header, ["1", "จัดทำคู่มือ", "สำนักปลัด", "ตลอดปีงบประมาณ"]], "A1", raw=True)
    code = answer(made, slug="khamphi")["code"]
    made.sheet_client("khamphi").worksheet("อ่านก่อน").update_acell("A3", code)
    refused = run(made, slug="khamphi")
    assert refused.exit_code == 2
    assert "nothing of theirs is moved or changed" in refused.stderr
    assert answer(made, "--yes", slug="khamphi")["adopted"] == 1
    with made.program.database.agency("khamphi") as tx:
        assert [measure.title for measure in register.measures(tx)] == ["จัดทำคู่มือ"]


# --- Sharing


def test_it_warns_of_whom_the_sheet_is_shared_with(worked: Town) -> None:
    assert answer(worked)["sharing"]["warnings"] == []
    owner(worked).share("", "anyone", "reader")
    owner(worked).share("somebody@elsewhere.example", "user", "writer", notify=False)
    said = run(worked).stdout
    assert "Warning: anybody who has the link can read it." in said
    assert "Warning: somebody@elsewhere.example can edit it" in said


def test_it_says_when_google_does_not_tell(worked: Town) -> None:
    worked.sandbox.google.switches.drive_enabled = False
    result = run(worked)
    assert result.exit_code == 0
    assert "Not checked with whom it is shared: the Drive API is switched off" in result.stdout


# --- Moving


@pytest.fixture
def copied(worked: Town, tmp_path: Path) -> tuple[gspread.Spreadsheet, dict[str, str]]:
    """A copy of the spreadsheet, and agency files that name it."""
    stage = Stage(worked.sandbox.google, worked.url, Path())
    copy = stage.person("malee").copy(f"sandbox-{SLUG}", "สำเนา")
    worked.sandbox.google.share(copy.id, "sujarit@sandbox.iam.gserviceaccount.com")
    folder = tmp_path / "agencies"
    shutil.copytree(AGENCIES, folder)
    file = folder / f"{SLUG}.toml"
    file.write_text(file.read_text("utf-8").replace(f'"sandbox-{SLUG}"', f'"{copy.id}"'), "utf-8")
    return copy, {"SUJARIT_AGENCIES": str(folder)}


def test_another_spreadsheet_is_refused_until_it_is_moved_to(
    worked: Town, copied: tuple[gspread.Spreadsheet, dict[str, str]]
) -> None:
    copy, files = copied
    refused = run(worked, "--yes", **files)
    assert refused.exit_code == 2
    assert "--move" in refused.stderr
    asked = run(worked, "--move", **files)
    assert asked.exit_code == 2
    assert "rows stand there already" in asked.stderr
    assert run(worked, **files).exit_code == 2, "and nothing was moved"

    moved = run(worked, "--move", "--yes", "--json", **files)
    assert moved.exit_code == 0, moved.output
    report = json.loads(moved.stdout)
    copy.worksheet(report["code_tab"]).update_acell("A3", report["code"])
    assert run(worked, "--confirm", **files).exit_code == 0
    assert run(worked, **files).stdout.startswith("Nothing was lacking.")
    assert run(worked, "--move", "--yes", **files).exit_code == 2, "there is nothing to move"


def test_who_says_no_is_not_moved(
    worked: Town,
    copied: tuple[gspread.Spreadsheet, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet_commands, "_in_terminal", lambda: True)
    _, files = copied
    assert run(worked, "--move", given="n\n", **files).exit_code == 1
    assert run(worked).exit_code == 0


# --- Asking Google


def contract(made: Town, *arguments: str, given: str | None = None) -> Result:
    command = ["sheet", "contract", *arguments]
    return CliRunner().invoke(
        main, command, env=dict(made.environment), input=given, catch_exceptions=False
    )


@pytest.mark.long  # a minute passes until the budget allows the rest
def test_the_contract_is_put_to_google(worked: Town) -> None:
    before = worked.cells()
    found = contract(worked, "--spreadsheet", f"sandbox-{SLUG}", "--json")
    assert found.exit_code == 0
    verdicts = {one["key"]: one["verdict"] for one in json.loads(found.stdout)}
    assert verdicts["duplicate"] == "holds"
    assert verdicts["sorted_by_hand"] == "could not ask"
    assert worked.cells() == before


@pytest.mark.long  # a minute passes until the budget allows the rest
def test_what_only_a_person_can_do_is_asked_of_the_operator(made: Town) -> None:
    by_hand = contract(made, "--spreadsheet", f"sandbox-{SLUG}", "--interactive", given="\n")
    assert by_hand.exit_code == 0
    assert "Sort sheet" in by_hand.stderr
    assert len(by_hand.stdout.splitlines()) == len(ASSUMPTIONS)
    assert "could not ask" not in by_hand.stdout


@pytest.mark.long  # a minute passes until the budget allows the rest
def test_a_contract_that_does_not_hold_is_exit_1(worked: Town) -> None:
    worked.sandbox.google.switches.append_counts_formats = True
    found = contract(worked, "--spreadsheet", f"sandbox-{SLUG}")
    assert found.exit_code == 1
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("does not hold")]
    assert "appendCells" in line


def test_a_contract_wants_a_spreadsheet(made: Town) -> None:
    refused = contract(made)
    assert refused.exit_code == 2
    assert "sujarit@sandbox.iam.gserviceaccount.com" in refused.stderr
    assert contract(made, "--spreadsheet", "nowhere").exit_code == 1


# --- Killed between two steps


@contextlib.contextmanager
def killed(made: Town, world: GoogleWorld, batch: int, kind: str) -> Iterator[None]:
    """`sheet install --yes`, killed while Google holds its batch of this number."""
    faults = world.faults
    if batch > 1:
        faults.add("batchUpdate", "latency", times=batch - 1)
    faults.add("batchUpdate", kind)
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "sheet", "install", "--agency", SLUG, "--yes"],
        env={**os.environ, **made.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    eventually(lambda: faults.held or running.poll() is not None, "Google holds the batch")
    assert running.poll() is None, "it has fewer batches than that"
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    yield


@pytest.mark.parametrize(
    "kind", [pytest.param("hold_before", marks=pytest.mark.long), "hold_after"]
)
@pytest.mark.parametrize(
    "batch", [pytest.param(1, marks=pytest.mark.long), 2, pytest.param(3, marks=pytest.mark.long)]
)
@pytest.mark.parametrize(
    "late", [False, pytest.param(True, marks=pytest.mark.long)], ids=["lost", "late"]
)
def test_a_kill_while_google_holds_a_batch_is_harmless(
    batch: int, kind: str, late: bool, worked: Town
) -> None:
    """Tabs, then what is mended in place, then columns and ids: each is committed, then sent.

    `late`: the dead process's batch comes through only after the next run has done it all.
    """
    before = shown(worked)
    damage(worked)
    measures_tab(worked).update_cell(1, 3, "")
    faults = worked.sandbox.google.faults
    with killed(worked, worked.sandbox.google, batch, kind):
        if not late:
            faults.release()
            assert faults.wait_free()
        sync(worked.program.database, worked.program.google, SLUG, worked.program.clock())
        report = answer(worked, "--yes")
        faults.release()
        assert faults.wait_free()
    assert report["left"] == []
    settle(worked)
    assert shown(worked) == before
    assert answer(worked)["changes"] == 0
    assert BY_KEY["doubts"].title in before
