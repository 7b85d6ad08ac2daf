"""`sujarit understand`: what the bot makes of a text, by the register, and nothing done."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from bot.cli import main
from store.schema import metadata
from tests.bot.town import Town

URL = "https://example.go.th/a"


def run(town: Town, *arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(
        main,
        ["understand", "--agency", "dongmuang", *arguments],
        input=given,
        env=dict(town.environment),
        catch_exceptions=False,
    )


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def lines(questions: Sequence[object]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in questions).encode()


def test_one_text(made: Town) -> None:
    result = run(made, "--role", "staff", f"ม3 เสร็จแล้ว 1/10/67 {URL}", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "topic": "report",
        "measures": [
            {
                "number": 3,
                "status": "awaiting_acceptance",
                "percent": 100,
                "date": "2024-10-01",
                "links": [URL],
            }
        ],
        "ask": None,
    }


def test_for_people(made: Town) -> None:
    asked = run(made, "--role", "staff", "ม3 80% ม5 ประชุมแล้ว")
    assert asked.stdout.splitlines()[:3] == ["report", "measure 3 in_progress 80%", "measure 5"]
    assert asked.stdout.splitlines()[3].startswith("ask how_far: ")
    assert run(made, "ไฟดับหน้าวัด").stdout == "grievance\n"


def test_lines_are_answered_each_by_a_line(made: Town) -> None:
    asked = [
        {"text": "โนกิฟ เสดแล้ว", "role": "staff"},
        {"text": "ม3 80%", "role": "citizen"},
        {"text": "80%", "role": "coordinator"},
        {"text": "ม3 80%"},
    ]
    result = run(made, "--role", "officer", "-", "--json", given=lines(asked))
    assert result.exit_code == 0
    first, second, third, last = answers(result)
    assert [each["number"] for each in first["measures"]] == [3]
    assert second == {"topic": "unclear", "measures": [], "ask": None}
    assert third["ask"]["what"] == "which_measure"
    assert len(third["ask"]["choices"]) == 3
    assert last["measures"][0]["percent"] == 80


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"role": "staff"}',
        b'{"text": 5}',
        b'{"text": "x", "role": "mayor"}',
        b'{"text": "x", "role": ["staff"]}',
        b"[" * 50_000,
        b'{"text": "' + b"x" * 200_000 + b'"}',
    ],
    ids=lambda value: value[:20].decode("latin-1"),
)
def test_a_bad_line_is_told_and_the_others_are_answered(made: Town, bad: bytes) -> None:
    good = lines([{"text": "555", "role": "staff"}])
    result = run(made, "-", "--json", given=good + bad + b"\n\n" + good)
    assert result.exit_code == 2
    first, second, third = answers(result)
    assert first == third == {"topic": "smalltalk", "measures": [], "ask": None}
    assert second.keys() == {"error"}
    assert result.stderr.startswith("Line 2: ")
    assert len(result.stderr.splitlines()) == 1


def test_the_writers_units_come_first(made: Town) -> None:
    choices = [
        json.loads(run(made, "--role", "staff", *units, "--json", "80%").stdout)["ask"]["choices"]
        for units in ([], ["--unit", "กองคลัง"], ["--unit", "กองคลัง", "--unit", "สำนักปลัด"])
    ]
    assert choices == [[8, 9, 10], [10, 2], [8, 9, 10]]
    strange = run(made, "--unit", "กองที่ไม่มี", "80%")
    assert strange.exit_code == 2
    assert strange.stderr.startswith("There is no unit กองที่ไม่มี here; there are: ")


def test_an_agency_that_is_not_here(made: Town) -> None:
    arguments = ["understand", "--agency", "nowhere", "ม3 80%"]
    result = CliRunner().invoke(main, arguments, env=dict(made.environment))
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no agency nowhere here")


def test_it_changes_nothing_and_prints_no_word_of_the_text(made: Town) -> None:
    before = _rows(made)
    result = run(made, "--role", "staff", "ม3 80% คำลับของการทดสอบ")
    assert _rows(made) == before
    assert "คำลับ" not in result.output


def _rows(town: Town) -> dict[str, int]:
    """How many rows each table has, as its owner sees them."""
    engine = sa.create_engine(town.environment["DATABASE_URL"])
    schema = town.environment["SUJARIT_DATABASE_SCHEMA"]
    with engine.connect() as sql:
        return {
            name: sql.execute(sa.text(f'SELECT count(*) FROM "{schema}"."{name}"')).scalar_one()
            for name in metadata.tables
        }
