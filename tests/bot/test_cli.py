"""The command line: what it does, and that bad input gets one sentence and the right exit code."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from bot.app import create_app
from bot.cli import COMMANDS, main
from store.embedded import running
from tests.bot.test_way import settle
from tests.bot.town import Town, bot_inside

SCORES_OF_SEED_003 = {
    "fiscal_year": 2566,
    "indicators": {
        "1": 98.01, "2": 93.22, "3": 92.14, "4": 91.21, "5": 88.18,
        "6": 88.45, "7": 84.85, "8": 85.61, "9": 75.00, "10": 48.75,
    },
}  # fmt: skip


def run(*arguments: str, given: str | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given, env=env, catch_exceptions=False)


def refused(result: Result, code: int = 2) -> str:
    """The one sentence of a refusal."""
    assert result.exit_code == code, result.output
    (sentence,) = result.stderr.strip().splitlines()
    assert "Traceback" not in sentence
    return sentence


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_it_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    listed = click.Command(name, help=COMMANDS[name][1])
    assert command.get_short_help_str(1000) == listed.get_short_help_str(1000)


def test_the_list_of_commands_imports_none_of_them() -> None:
    script = (
        "import sys\n"
        "from bot.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "ours = {name for name in sys.modules if name.startswith('bot.')}\n"
        "assert ours == {'bot.cli'}, ours\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=60)


def test_score_of_seed_003() -> None:
    result = run("score", "-", "--json", given=json.dumps(SCORES_OF_SEED_003))
    answer = json.loads(result.stdout)
    assert answer["total"] == 78.41
    assert answer["level"] == "ต้องปรับปรุง"
    assert answer["instruments"] == {"IIT": 92.55, "EIT": 86.3, "OIT": 61.88}
    worth = {row["item"]: row["points"] for row in answer["worth"]}
    assert (worth["o21"], worth["o43"], worth["o32"]) == (1.0, 2.0, 1.25)
    assert answer["missing"] == []


def test_score_for_people() -> None:
    result = run("score", "-", given=json.dumps(SCORES_OF_SEED_003))
    assert "78.41" in result.stdout
    assert "ต้องปรับปรุง" in result.stdout


BAD_SCORES: tuple[tuple[str, Any], ...] = (
    ("not JSON", "{"),
    ("a list", []),
    ("no year", {"indicators": {}}),
    ("a word for points", {"fiscal_year": 2566, "indicators": {"1": "many"}}),
    ("a word for a number", {"fiscal_year": 2566, "indicators": {"one": 1}}),
    ("a year without criteria", {"fiscal_year": 2555, "indicators": {"1": 1}}),
    ("points over 100", {**SCORES_OF_SEED_003, "indicators": {"1": 101}}),
    ("nested too deep", "[" * 100_000),
    ("infinite", '{"fiscal_year": 2566, "indicators": {"1": Infinity}}'),
)


@pytest.mark.parametrize(("name", "given"), BAD_SCORES)
def test_bad_scores(name: str, given: Any) -> None:
    text = given if isinstance(given, str) else json.dumps(given)
    assert refused(run("score", "-", "--json", given=text)), name


def test_import_of_seed_002_fills_the_sheet(made: Town, shared: Path) -> None:
    """Ten measures, from the published table itself to the coordinators' sheet."""
    file = shared / "seeds" / "002_cd183b99c7d21b1c.txt"
    if not file.exists():
        pytest.skip("needs the published report ../shared/seeds/002_cd183b99c7d21b1c.txt")
    empty_register(made)  # while no sync is on its way
    result = run("import", str(file), "--agency", "dongmuang", env=dict(made.environment))
    assert result.exit_code == 0
    with bot_inside(made):
        settle(made)
    header, *rows = made.sheet()["มาตรการ"]
    assert [row[header.index("ตัวชี้วัด ITA")] for row in rows] == [str(n) for n in range(1, 11)]
    units = [row[header.index("ผู้รับผิดชอบ")] for row in rows]
    assert [n for n, unit in enumerate(units, 1) if unit == "กองคลัง"] == [2, 10]
    assert all(unit in ("กองคลัง", "สำนักปลัด") for unit in units)
    periods = [row[header.index("ระยะเวลาดำเนินการ")] for row in rows]
    assert (periods[1], periods[2]) == ("๓๐ ต.ค.๖๘", "๒๗ ธ.ค.๖๗")

    again = run("import", str(file), "--agency", "dongmuang", env=dict(made.environment))
    assert "นำเข้า 0 มาตรการ มีอยู่แล้ว 10 มาตรการ" in again.stdout
    with bot_inside(made):
        settle(made)
    assert len(made.sheet()["มาตรการ"]) == 11


def empty_register(town: Town) -> None:
    """Without the sample's measures, in register and sheet."""
    with town.program.database.agency("dongmuang") as tx:
        for table in ("measure", "outbox", "mirror"):
            tx.sql.exec_driver_sql(f"DELETE FROM {table}")
    sheet = town.sheet_client()
    sheet.worksheet("มาตรการ").delete_rows(2, 11)


def test_import_shows_json_without_touching_anything(shared: Path) -> None:
    file = shared / "seeds" / "002_cd183b99c7d21b1c.txt"
    if not file.exists():
        pytest.skip("needs the published report ../shared/seeds/002_cd183b99c7d21b1c.txt")
    answer = json.loads(run("import", str(file), "--json").stdout)
    assert answer["fiscal_year"] == 2568
    assert len(answer["measures"]) == 10
    third = answer["measures"][2]
    assert third["period"] == {
        "raw": "๒๗ ธ.ค.๖๗", "kind": "date", "start": "2024-12-27", "end": "2024-12-27",
    }  # fmt: skip
    assert {"number", "indicator", "items", "title", "method", "unit", "output", "outcome"} <= {
        *third
    }
    assert any(doubt["kind"] == "outside_fiscal_year" for doubt in answer["doubts"])


def test_files_that_cannot_be_imported(tmp_path: Path) -> None:
    files = {
        "empty.txt": b"",
        "words.txt": "ไม่มีตาราง".encode(),
        "broken.txt": b"\xff\xfe\x00",
        "report.exe": b"MZ",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert refused(run("import", str(tmp_path / name))), name
    assert refused(run("import", str(tmp_path / "missing.txt")))
    assert refused(run("import", str(tmp_path)))


def test_a_missing_setting_is_named_without_any_value() -> None:
    sentence = refused(run("init", env={"DATABASE_URL": "postgresql://u:secret-pw@h/d"}))
    assert "SUJARIT_MASTER_KEY is not set" in sentence
    assert "secret-pw" not in sentence


def test_production_refuses_a_sample_master_key(tmp_path: Path) -> None:
    env = {
        "DATABASE_URL": "postgresql://nowhere/none",
        "SUJARIT_MASTER_KEY": "sample-master-key-of-the-sandbox-only",
        "SUJARIT_KEYRING": str(tmp_path),
        "SUJARIT_AGENCIES": str(tmp_path),
    }
    sentence = refused(run("init", env=env))
    assert "SUJARIT_MASTER_KEY" in sentence
    assert "sandbox-only" not in sentence
    short = refused(run("init", env={**env, "SUJARIT_MASTER_KEY": "too-short-by-far"}))
    assert "SUJARIT_MASTER_KEY" in short
    assert "too-short-by-far" not in short


def test_a_database_that_does_not_answer_is_said_in_a_sentence(made: Town) -> None:
    nobody = {"DATABASE_URL": "postgresql://u:secret-pw@127.0.0.1:9/d"}
    for command in (("init",), ("sheet", "install", "--agency", "dongmuang")):
        sentence = refused(run(*command, env={**made.environment, **nobody}), code=1)
        assert "DATABASE_URL" in sentence
        assert "secret-pw" not in sentence


def test_a_database_without_tables_says_what_to_run(made: Town) -> None:
    env = {**made.environment, "SUJARIT_DATABASE_SCHEMA": "nothing_here"}
    sentence = refused(run("sheet", "install", "--agency", "dongmuang", env=env), code=1)
    assert "sujarit init" in sentence


def test_unknown_agencies_and_units(made: Town) -> None:
    env = dict(made.environment)
    assert "dongmuang" in refused(run("sheet", "install", "--agency", "nowhere", env=env))
    arguments = ("person", "add", "--agency", "dongmuang", "--role", "staff", "--unit", "กองลับ")
    assert "สำนักปลัด" in refused(run(*arguments, "U" + "0" * 32, env=env))


def test_sheet_install_twice(made: Town) -> None:
    env = dict(made.environment)
    again = run("sheet", "install", "--agency", "dongmuang", env=env)
    assert (again.exit_code, again.stdout.strip()) == (0, "Nothing was lacking.")


def test_import_before_the_sheet_says_what_to_do(made: Town, tmp_path: Path) -> None:
    from sandbox.town import TABLES

    result = run(
        "import", str(TABLES / "khamphi.tsv"), "--agency", "khamphi", env=dict(made.environment)
    )
    assert "sujarit sheet install --agency khamphi" in refused(result)


def test_a_person_is_added_and_may_report(town: Town) -> None:
    stranger = town.sandbox.line.person("dongmuang", "newcomer")
    town.say("newcomer", "รายงานผล 3 50% เริ่มแล้ว")
    settle(town)
    assert "อยู่ระหว่างดำเนินการ" not in town.words("newcomer")
    arguments = ("--agency", "dongmuang", "--role", "staff", "--unit", "สำนักปลัด")
    added = run("person", "add", *arguments, stranger.line_user_id, env=dict(town.environment))
    assert added.exit_code == 0
    assert stranger.line_user_id not in added.output
    town.say("newcomer", "รายงานผล 3 50% เริ่มแล้ว")
    settle(town)
    assert "อยู่ระหว่างดำเนินการ" in town.words("newcomer")


def test_json_is_all_that_stands_on_standard_output(made: Town) -> None:
    """In a process of its own, and with something to log: a sync job waits already."""
    from sandbox.town import TABLES

    file = str(TABLES / "dongmuang.tsv")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", file, "--agency", "dongmuang", "--json"],
        env={**os.environ, **made.environment},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout)["fiscal_year"] == 2568
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [("score", "-"), ("import", "none.txt"), ("serve",)])
def test_every_command_logs_to_standard_error(arguments: tuple[str, ...]) -> None:
    import structlog

    structlog.reset_defaults()
    run(*arguments, given="{}", env={"DATABASE_URL": ""})
    assert structlog.is_configured(), "unconfigured, structlog prints to standard output"


MISTAKES: tuple[tuple[str, str, str, int], ...] = (
    ("DATABASE_URL", "postgresql//u:secret-pw@h/d", "DATABASE_URL: .*postgresql://user:", 2),
    ("DATABASE_URL", "postgresql://u:secret-pw@h:port/d", "DATABASE_URL: .*postgresql://user:", 2),
    ("DATABASE_URL", "mysql://u:secret-pw@h/d", "DATABASE_URL: .*postgresql://user:", 2),
    ("DATABASE_URL", "postgresql://u:secret-pw@h/d?bogus=1", "DATABASE_URL: .*postgresql://", 2),
    ("SUJARIT_KEYRING", "nowhere://secret-pw", "SUJARIT_KEYRING", 2),
    ("SUJARIT_KEYRING", "{folder}/file/keyring", "keyring does not work .*SUJARIT_KEYRING", 1),
    ("SUJARIT_AGENCIES", "{folder}/latin", "tambon.toml: not a text in UTF-8", 2),
    ("SUJARIT_GOOGLE_CREDENTIALS", "{folder}/missing", "No such file .*: .*/missing", 1),
    ("SUJARIT_GOOGLE_CREDENTIALS", "{folder}/file", "SUJARIT_GOOGLE_CREDENTIALS", 2),
)


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(("name", "value", "says", "code"), MISTAKES)
def test_mistakes_at_the_start_are_said_in_a_sentence(
    made: Town, tmp_path: Path, command: str, name: str, value: str, says: str, code: int
) -> None:
    (tmp_path / "file").write_text("{}")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "tambon.toml").write_bytes("ตำบล".encode("cp874"))
    env = {**made.environment, name: value.format(folder=tmp_path)}
    sentence = refused(run(command, env=env), code)
    assert re.search(says, sentence)
    assert "secret-pw" not in sentence


def test_web_alone_tries_the_keyring_too(made: Town, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    env = {**made.environment, "SUJARIT_KEYRING": str(tmp_path / "file" / "keyring")}
    assert "SUJARIT_KEYRING" in refused(run("web", env=env), code=1)


def test_a_bucket_without_its_library_says_what_to_install(made: Town) -> None:
    if importlib.util.find_spec("gcsfs"):
        pytest.skip("gcsfs is installed here")
    env = {**made.environment, "SUJARIT_KEYRING": "gs://bucket/keyring"}
    assert "install sujarit[gcs]" in refused(run("serve", env=env))


def test_a_machine_without_a_google_account(made: Town) -> None:
    env: dict[str, Any] = {
        **made.environment, "SUJARIT_GOOGLE_CREDENTIALS": None, "NO_GCE_CHECK": "true",
        "GOOGLE_APPLICATION_CREDENTIALS": None, "HOME": "/nowhere",
    }  # fmt: skip
    for command in (("serve",), ("sheet", "install", "--agency", "dongmuang")):
        assert "SUJARIT_GOOGLE_CREDENTIALS" in refused(run(*command, env=env))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on which nobody has made the program's role: roles belong to a whole server."""
    with running(tmp_path_factory.mktemp("fresh") / "postgres", durable=False) as url:
        yield url


def test_the_first_steps_on_a_new_server(made: Town, fresh: str) -> None:
    """One after the other: nothing made, an ordinary owner makes it, another owner comes."""
    first, second = (_owner(fresh, name) for name in ("first", "second"))
    sheet = ("sheet", "install", "--agency", "dongmuang")
    env = {**made.environment, "DATABASE_URL": first, "SUJARIT_DATABASE_SCHEMA": "public"}
    sentence = refused(run(*sheet, env=env), code=1)
    assert "run `sujarit init`" in sentence
    assert "not answer" not in sentence
    assert _readiness(made, first) == NOT_CURRENT

    for _ in range(2):
        assert run("init", env=env).output == "The database is ready.\n"
    assert "no worker" in _readiness(made, first)

    env["DATABASE_URL"] = second
    assert 'GRANT sujarit_app TO "second"' in refused(run("init", env=env), code=1)
    _as_superuser(fresh, "GRANT sujarit_app TO second")
    assert run("init", env=env).output == "The database is ready.\n"
    assert "no worker" in _readiness(made, second)


NOT_CURRENT = "the database schema is not current: run `sujarit init`"


def _owner(server: str, name: str) -> str:
    """An ordinary user with a database of its own, as docs/deploy.md asks for; gives its URL."""
    right = "CREATEROLE" if name == "first" else "NOCREATEROLE"
    _as_superuser(server, f"CREATE ROLE {name} LOGIN {right}")
    _as_superuser(server, f"CREATE DATABASE {name} OWNER {name}")
    url = sa.engine.make_url(server).set(username=name, database=name)
    return url.render_as_string(hide_password=False)


def _as_superuser(server: str, statement: str) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as sql:
        sql.execute(sa.text(statement))
    engine.dispose()


def _readiness(made: Town, url: str, schema: str = "public") -> str:
    """What /readyz lacks in production with this database."""
    settings = made.program.settings.model_copy(
        update={
            "environment": "production",
            "database_url": type(made.program.settings.database_url)(url),
            "database_schema": schema,
        }
    )
    program = replace(made.program, settings=settings)
    answer = create_app(program).test_client().get("/readyz")
    program.web_database.close()
    return str(answer.get_json()["missing"])


def test_production_is_not_ready_with_a_user_above_the_rules(
    made: Town, postgres: str, schema: str
) -> None:
    assert "bypass row-level security" in _readiness(made, postgres, schema)
    assert "no worker" in create_app(made.program).test_client().get("/readyz").text, "the sandbox"
