"""What production gets: a wheel without the sandbox, and a program that does not miss it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

OURS = ("ita", "store", "sheets", "handlers", "bot")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as an installation would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(folder), str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_our_packages_and_nothing_else(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir() if path.suffix != ".dist-info"}
    assert tops == set(OURS)


def test_the_wheel_holds_its_data(installed: Path) -> None:
    for needed in (
        "ita/criteria_data/2566.toml",
        "handlers/texts/th.toml",
        "handlers/texts/en.toml",
        "store/migrations/sql/house.sql",
        "store/migrations/env.py",
    ):
        assert (installed / needed).is_file(), needed


def test_the_program_runs_without_the_sandbox(installed: Path, tmp_path: Path) -> None:
    """All of production imported from the wheel alone: nothing of the sandbox comes along."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import pkgutil, bot.cli, bot.server, bot.worker\n"
        "places = {name: place for name, (place, _) in bot.cli.COMMANDS.items()}\n"
        "menus = places.pop('richmenu')\n"
        "for place in places.values(): pkgutil.resolve_name(place)\n"
        "assert 'linebot' not in sys.modules, 'it takes a second, and comes with its first door'\n"
        "pkgutil.resolve_name(menus)\n"
        "import bot.commands.refusals\n"
        "assert bot.cli.__file__.startswith(sys.argv[1]), bot.cli.__file__\n"
        "strange = [name for name in sys.modules if name.split('.')[0] in ('sandbox', 'tests')]\n"
        "assert not strange, strange\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(installed)], check=True, cwd=tmp_path, timeout=60
    )


def test_app_yaml_names_what_the_wheel_offers() -> None:
    for name in ("app.yaml", "worker.yaml"):
        app = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        assert app["entrypoint"].split()[0] == "sujarit"


def test_no_secret_stands_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("needs a git checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 500_000:
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert "BEGIN PRIVATE" + " KEY" not in text, name
            assert "BEGIN RSA PRIVATE" + " KEY" not in text, name


def test_app_engine_keeps_one_instance_awake() -> None:
    """The worker lives in a thread, which automatic scaling stops between requests."""
    for name in ("app.yaml", "worker.yaml"):
        app = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        assert (app["manual_scaling"], app["instance_class"]) == ({"instances": 1}, "B2"), name


def test_app_engine_gets_what_it_installs_and_not_the_rest() -> None:
    lines = (ROOT / ".gcloudignore").read_text(encoding="utf-8").splitlines()
    assert {"sandbox/", "tests/", ".venv/", ".sujarit/", "docs/", "bench/"} <= set(lines)
    needed = ("requirements", "pyproject", "README", "LICENSE", "#!include", *OURS)
    assert not [line for line in lines if line.startswith(needed)]
