"""`sujarit import` with files of every format, as people send them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.importing import as_measure, as_text, read
from ita.measures import Status
from tests.bot.town import Town
from tests.ita.documents import FORMATS, KHAMPHI, PATHUMRAT

TITLES = ("รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘", "เทศบาลตำบลทดสอบ")
CELLS = ("๑.", "ก", "ข", "ต.ค.๖๗-ก.ย.๖๘", "กองคลัง", "ทำแล้ว", "ดี", "ไม่ใช้งบประมาณ")


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, arguments, env=env, catch_exceptions=False)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_each_format_as_json(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FORMATS[name](TITLES, [PATHUMRAT, CELLS]))
    result = run("import", str(tmp_path / name), "--dry-run", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    answer: dict[str, Any] = json.loads(result.stdout)
    assert (answer["agency"], answer["fiscal_year"]) == ("เทศบาลตำบลทดสอบ", 2568)
    assert {"agency", "fiscal_year", "measures", "scores", "doubts"} <= {*answer}
    (measure,) = answer["measures"]
    assert {
        *("number", "indicator", "items", "title", "method", "unit", "period"),
        *("output", "outcome", "budget", "raw", "confidence", "where"),
    } <= {*measure}
    assert measure["period"] == {
        "raw": "ต.ค.๖๗-ก.ย.๖๘", "kind": "range", "start": "2024-10-01", "end": "2025-09-30",
    }  # fmt: skip
    assert list(measure["raw"].values()) == list(CELLS)
    assert measure["confidence"] == 1
    assert answer["doubts"] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_a_table_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FORMATS[name](TITLES))
    result = run("import", str(tmp_path / name), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    (sentence,) = result.stderr.strip().splitlines()
    assert sentence.startswith("ไม่พบตาราง")


def test_a_format_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(b"%PDF-1.7")
    result = run("import", str(file))
    assert result.exit_code == 2
    assert result.stderr.startswith("ไฟล์ report.docx เป็น PDF")


def test_a_dry_run_enters_nothing(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(FORMATS["report.docx"](TITLES, [PATHUMRAT, ("๙๙.", *CELLS[1:])]))
    environment = dict(town.environment)
    dry = run("import", str(file), "--agency", "dongmuang", "--dry-run", env=environment)
    assert "นำเข้า" not in dry.stdout
    entered = run("import", str(file), "--agency", "dongmuang", env=environment)
    assert "นำเข้า 1 มาตรการ มีอยู่แล้ว 0 มาตรการ" in entered.stdout


def test_a_doubt_is_told_with_what_stands_there_and_what_it_may_be(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    row = ("ข้อ ๐๓ รายงาน", "ก", "กองคลัง", "๓๐ ต.ค.๖๘", "ทำ", "ดี")
    file.write_bytes(FORMATS["report.html"](TITLES, [KHAMPHI, row]))
    said = as_text(read(file), None)
    assert "โปรดตรวจ ตารางที่ 1 แถวที่ 2: " in said
    assert "พบว่า “๓๐ ต.ค.๖๘” น่าจะเป็น “30 ต.ค. 2567”" in said
    assert "พบว่า “ข้อ ๐๓” น่าจะเป็น “o3 หรือ o13”" in said


@pytest.mark.parametrize(
    ("status", "output", "expected"),
    [
        ("", "", Status.NOT_STARTED),
        ("", "ทำแล้ว", Status.IN_PROGRESS),
        ("รอตรวจรับ", "ทำแล้ว", Status.AWAITING_ACCEPTANCE),
        ("ดำเนินการแล้วเสร็จ", "ทำแล้ว", Status.IN_PROGRESS),  # only a coordinator accepts
        ("เสร็จร้อยละ ๘๐", "ทำแล้ว", Status.IN_PROGRESS),
    ],
)
def test_status_and_evidence_of_a_sheet_of_ours(
    status: str, output: str, expected: Status, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.csv"
    heads = (
        "มาตรการ/กิจกรรม",
        "ผู้รับผิดชอบ",
        "ระยะเวลาดำเนินการ",
        "สถานะ",
        "สรุปผลการดำเนินการ",
        "หลักฐาน",
    )
    links = "ดู https://a.example/x และ https://b.example\nhttps://a.example/x http://c.example"
    row = ("ก", "กองคลัง", "๑ ต.ค. ๖๗", status, output, links)
    file.write_bytes(FORMATS["report.csv"](TITLES, [heads, row]))
    measure = as_measure(read(file).measures[0], 2568)
    assert measure.status is expected
    assert measure.evidence == ("https://a.example/x", "https://b.example")
