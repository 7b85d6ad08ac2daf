"""What of a value stands in the sheet, in which words."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ita.complaints import Case, CaseStatus, Kind
from ita.criteria import criteria_for
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from sheets.case_rows import case_cells
from sheets.doubts import WHY
from sheets.layout import BY_KEY
from sheets.rows import (
    doubt_cells,
    measure_cells,
    progress_cells,
    score_cells,
    shown,
)

AT = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
MEASURE = Measure(
    id=7,
    fiscal_year=2568,
    number=3,
    title="มาตรการทดสอบ",
    unit="กองคลัง",
    period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘"),
    indicator=3,
    items=("o13", "o43"),
    status=Status.IN_PROGRESS,
    percent=80,
    output="=IMPORTXML(1)",
    evidence=("https://a.go.th", "https://b.go.th"),
    last_report_at=AT,
)
# Official scores of the third report: 78.41 in all.
SCORES = dict(
    enumerate(
        map(
            Decimal,
            ["98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75", "48.75"],
        ),
        start=1,
    )
)


def test_a_measure() -> None:
    cells = measure_cells(MEASURE, {"o13": Decimal("1"), "o43": Decimal("2")})
    assert cells["period"] == "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘"
    assert cells["status"] == "อยู่ระหว่างดำเนินการ"
    assert cells["percent"] == "80"
    assert cells["output"] == "=IMPORTXML(1)"
    assert cells["evidence"] == "https://a.go.th\nhttps://b.go.th"
    assert cells["last_report"] == "27 ธ.ค. 2567 14:05 น."
    assert cells["worth"] == "+3.00"
    assert cells["items"] == "o13, o43"


def test_what_nobody_said_is_empty() -> None:
    bare = Measure(1, 2568, 1, "ก", "ข", read_period("?"))
    cells = measure_cells(bare, {})
    assert cells["percent"] == cells["last_report"] == cells["worth"] == cells["indicator"] == ""
    assert cells["budget_used"] == ""


def test_every_row_fits_its_tab() -> None:
    report = Progress(7, AT, "กองคลัง", Status.DONE, 100, "แล้วเสร็จ", ("https://a.go.th",))
    case = Case(2**30, "2345-6789", Kind.GRIEVANCE, CaseStatus.RECEIVED, date(2025, 1, 15))
    rows = {
        "measures": measure_cells(MEASURE, {}),
        "progress": progress_cells(report, MEASURE),
        "cases": case_cells(case),
        "scores": score_cells(2566, SCORES, criteria_for(2566))[1],
        "doubts": doubt_cells(AT, "measures", "3", "status", "ก", "ข", "conflict", None),
    }
    for tab, cells in rows.items():
        assert cells.keys() <= {column.key for column in BY_KEY[tab].columns}


def test_scores_with_the_years_criteria() -> None:
    rows = score_cells(2566, SCORES, criteria_for(2566))
    assert {row["total"] for row in rows.values()} == {"78.41"}
    assert {row["level"] for row in rows.values()} == {"ต้องปรับปรุง"}
    assert rows[7]["passed"] == "ยังไม่ผ่าน"
    assert rows[8]["passed"] == "ผ่าน"
    assert rows[9]["points"] == "75.00"


def test_scores_without_criteria_or_incomplete_are_never_guessed() -> None:
    row = score_cells(2590, SCORES, None)[1]
    assert {key: text for key, text in row.items() if text} == {
        "fiscal_year": "2590",
        "indicator": "1",
        "points": "98.01",
    }
    assert score_cells(2566, {1: Decimal(90), 2: None}, criteria_for(2566))[1]["total"] == ""


def test_every_reason_has_words_for_people() -> None:
    assert all(doubt_cells(AT, "measures", "", "", "", "", why, None)["why"] for why in WHY)


@given(st.text())
def test_what_is_shown_stays_as_it_is_shown(text: str) -> None:
    """Otherwise a cell would differ from what is wanted for ever, and be written for ever."""
    assert shown(shown(text)) == shown(text)
