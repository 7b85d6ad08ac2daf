"""`sujarit check`: a file, a file in an agency's name, and what stands in an agency's sheet."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.checking import Checked, as_dict, as_text
from bot.cli import main
from bot.sheet_document import answers, sheet_document, years_in
from ita.checks import Finding, Kind, Severity
from ita.checks.answers import Answer
from ita.tables import read_published
from ita.tables.headings import Column
from sheets.layout import BY_KEY
from sheets.snapshot import Snapshot, read_snapshot
from tests.bot.test_way import settle
from tests.bot.town import Town
from tests.ita.reports import clean_rows, report

DONE = "ดำเนินการแล้วเสร็จ"


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ("check", *arguments), env=env, catch_exceptions=False)


def refused(result: Result, code: int = 2) -> str:
    """The one sentence of a refusal."""
    assert result.exit_code == code, result.output
    (sentence,) = result.stderr.strip().splitlines()
    return sentence


def found(result: Result) -> dict[str, list[str]]:
    """Kind → places."""
    assert result.exit_code == 0, result.output
    places: dict[str, list[str]] = {}
    for finding in json.loads(result.stdout)["findings"]:
        places.setdefault(finding["kind"], []).append(finding["where"])
    return places


# --- A file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = clean_rows(2568)
    rows[1][Column.PERIOD] = "๓๐ ต.ค.๖๘"
    rows[2][Column.OUTPUT] = ""
    rows[3][Column.OUTPUT] = "ประกาศแล้ว<br>ทุกกอง"
    path = tmp_path / "report.txt"
    path.write_text(report(rows), encoding="utf-8")
    return path


def test_a_file_as_json(file: Path) -> None:
    result = run(str(file), "--json")
    assert found(result) == {
        "outside_fiscal_year": ["บรรทัดที่ 5"],
        "missing_output": ["บรรทัดที่ 6"],
        "html_remains": ["บรรทัดที่ 7"],
    }
    answer = json.loads(result.stdout)
    assert {"kind", "severity", "where", "message", "proposal"} == {*answer["findings"][0]}
    assert answer["findings"][0]["proposal"] == "30 ต.ค. 2567"
    assert answer["unverified"]  # the weights of FY2568


def test_a_file_for_people(file: Path) -> None:
    """Findings are no failure: the command did what it was asked."""
    result = run(str(file))
    assert result.exit_code == 0
    assert "ควรแก้ก่อนเผยแพร่ (2)" in result.stdout
    assert "ควรเก็บให้เรียบร้อย (1)" in result.stdout
    assert "เสนอ: 30 ต.ค. 2567" in result.stdout
    assert "รวม 3 เรื่อง" in result.stdout


def test_a_clean_file(file: Path) -> None:
    file.write_text(report(clean_rows(2568)), encoding="utf-8")
    assert json.loads(run(str(file), "--json").stdout)["findings"] == []
    assert run(str(file)).stdout.startswith("ไม่พบสิ่งที่ควรแก้")


def test_a_year_without_criteria_is_said_beside_the_findings(file: Path) -> None:
    file.write_text(report(clean_rows(2590), year=2590), encoding="utf-8")
    answer = json.loads(run(str(file), "--json").stdout)
    assert answer["findings"] == []
    assert any("2590" in fact for fact in answer["unverified"])


def test_what_cannot_be_checked(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("ไม่มีตาราง", encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("words.txt", "broken.txt", "missing.txt", "."):
        assert refused(run(str(tmp_path / name))), name
    assert "--agency" in refused(run())


def test_a_workbook_and_where_things_stand_in_it(tmp_path: Path) -> None:
    rows = clean_rows(2568)
    rows[1][Column.OUTPUT] = ""
    book = openpyxl.Workbook()
    for line in report(rows).splitlines():
        book.worksheets[0].append(line.split("\t"))
    book.worksheets[0].title = "รายงาน"
    book.save(tmp_path / "report.xlsx")
    ((kind, (place,)),) = found(run(str(tmp_path / "report.xlsx"), "--json")).items()
    assert kind == "missing_output"
    assert "รายงาน" in place
    assert "5" in place


def test_words_for_people_in_their_order() -> None:
    findings = tuple(
        Finding(Kind.HEADING, severity, f"ที่ {severity}", "เรื่อง", proposal)
        for severity, proposal in zip(Severity, ("แก้", "", ""), strict=True)
    )
    text = as_text(Checked(findings, ("ปี 2590",)))
    assert text.splitlines() == [
        "ควรแก้ก่อนเผยแพร่ (1)",
        "  • ที่ error: เรื่อง",
        "    เสนอ: แก้",
        "",
        "ขอให้ตรวจดู (1)",
        "  • ที่ warning: เรื่อง",
        "",
        "ควรเก็บให้เรียบร้อย (1)",
        "  • ที่ note: เรื่อง",
        "",
        "รวม 3 เรื่อง",
        "ยังไม่ยืนยัน: ปี 2590",
    ]
    assert as_dict(Checked((), ())) == {"findings": [], "unverified": []}


# --- A sheet as a document


def _snapshot(**tabs: list[dict[str, str]]) -> Snapshot:
    """A snapshot of tabs as Google gives it, rows from the second line on; {} is a blank line."""
    sheets = [_sheet(place, key, rows) for place, (key, rows) in enumerate(tabs.items())]
    return read_snapshot({"sheets": sheets}, {key: place for place, key in enumerate(tabs)})


def _sheet(sheet_id: int, key: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    columns = BY_KEY[key].columns
    lines = [[column.header for column in columns]]
    lines += [[row.get(column.key, "") for column in columns] for row in rows]
    values = [{"values": [{"formattedValue": text} for text in line]} for line in lines]
    grid = {"rowCount": 100, "columnCount": len(columns)}
    properties = {"sheetId": sheet_id, "gridProperties": grid}
    return {"properties": properties, "data": [{"rowData": values}]}


def _measure(number: str, **cells: str) -> dict[str, str]:
    usual = {"fiscal_year": "2568", "title": f"มาตรการเรื่อง {number}", "unit": "กองคลัง"}
    return {"id": number, "number": number, "period": "ตลอดปีงบประมาณ", **usual, **cells}


def test_measures_stand_in_their_order_with_the_places_of_their_rows() -> None:
    snapshot = _snapshot(measures=[_measure("2"), {}, _measure("1", status=DONE, output="อบรมแล้ว")])
    document = sheet_document(snapshot, 2568, 2568)
    published = read_published(document)
    assert [line.where for line in document.lines] == [
        "แท็บ มาตรการ",
        "แท็บ มาตรการ",
        "แท็บ มาตรการ แถวที่ 4",
        "แท็บ มาตรการ แถวที่ 2",
    ]
    assert published.fiscal_year == 2568
    assert [(one.number, one.title, one.unit) for one in published.measures] == [
        (1, "มาตรการเรื่อง 1", "กองคลัง"),
        (2, "มาตรการเรื่อง 2", "กองคลัง"),
    ]
    assert published.measures[0].output == "อบรมแล้ว"
    assert published.doubts == ()
    assert published.scores == ()


def test_each_year_is_a_document_of_its_own() -> None:
    snapshot = _snapshot(
        measures=[_measure("1"), _measure("1", fiscal_year="2567"), _measure("2", fiscal_year="")],
        scores=[
            {"id": "9", "fiscal_year": "2566", "indicator": "9", "points": "75.00"},
            {"id": "10", "fiscal_year": "2566", "indicator": "10", "points": ""},
        ],
        items=[{"id": "3", "fiscal_year": "ปี", "code": "o1", "present": "มี", "url": ""}],
    )
    assert years_in(snapshot, 2568) == {2566, 2567, 2568}
    numbers = {
        year: [one.number for one in read_published(sheet_document(snapshot, year, 2568)).measures]
        for year in (2566, 2567, 2568)
    }
    assert numbers == {2566: [], 2567: [1], 2568: [1, 2]}
    (score,) = read_published(sheet_document(snapshot, 2566, 2568)).scores
    assert (score.indicator, score.raw, score.fiscal_year) == (9, "75.00", 2566)
    assert answers(snapshot, 2568, 2568) == [Answer("แท็บ ข้อ OIT แถวที่ 2", "o1", "มี", "")]
    assert answers(snapshot, 2566, 2568) == []


# --- The agency's own sheet, through the stand-in


def test_the_sample_sheet_on_the_demos_day(town_at_the_demos_time: Town) -> None:
    """Measure 2's date is the misprint of seed 002; 3, 8, 9 and 10 were due and nobody reported."""
    town = town_at_the_demos_time
    settle(town)
    result = run("--agency", "dongmuang", "--json", env=dict(town.environment))
    places = found(result)
    assert places == {
        "outside_fiscal_year": ["แท็บ มาตรการ แถวที่ 3"],
        "overdue": [f"แท็บ มาตรการ แถวที่ {number + 1}" for number in (3, 8, 9, 10)],
    }


def test_what_people_wrote_into_the_sheet_is_checked(town_at_the_demos_time: Town) -> None:
    town = town_at_the_demos_time
    settle(town)
    tab = town.sheet_client().worksheet(BY_KEY["measures"].title)
    header = tab.row_values(1)
    tab.update_cell(2, header.index("ผู้รับผิดชอบ") + 1, "")
    tab.update_cell(6, header.index("มาตรการ/กิจกรรม") + 1, "จัดประชุมเพื่อให้บุคลากร")
    places = found(run("--agency", "dongmuang", "--json", env=dict(town.environment)))
    assert places["unit"] == ["แท็บ มาตรการ แถวที่ 2"]
    assert places["cut_cell"] == ["แท็บ มาตรการ แถวที่ 6"]


def test_a_file_in_an_agencys_name(town_at_the_demos_time: Town, file: Path) -> None:
    """The file is another agency's, which only the name tells."""
    env = dict(town_at_the_demos_time.environment)
    assert "agency" in found(run(str(file), "--agency", "dongmuang", "--json", env=env))


def test_an_agency_that_has_no_sheet_or_is_not_here(made: Town) -> None:
    env = dict(made.environment)
    assert "sheet install" in refused(run("--agency", "khamphi", env=env))
    assert "no agency" in refused(run("--agency", "elsewhere", env=env))


def test_google_that_is_away_is_one_sentence(made: Town) -> None:
    made.fault("google", "*", "500", times=5)
    assert "Google Sheets" in refused(run("--agency", "dongmuang", env=dict(made.environment)), 1)
