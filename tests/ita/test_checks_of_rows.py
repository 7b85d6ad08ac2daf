"""The checker on the rows of a table of measures: copies, gaps, columns, cells that were cut."""

from datetime import date

import pytest

from ita.checks import Kind, Severity
from ita.checks.answers import Answer, check_answers
from ita.checks.copies import LONG as LONG_ENOUGH
from ita.criteria import criteria_for
from ita.tables.headings import Column
from tests.ita.reports import (
    LONG,
    ROW_1,
    at_line,
    changed,
    checked,
    clean_rows,
    kinds_of,
    only,
    places_of,
    report,
)

TRACKED = "มาตรการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ\tสถานะ\tสรุปผลการดำเนินการ\tผลลัพธ์\tหลักฐาน"

# --- Copies


def test_an_outcome_of_another_row() -> None:
    """Seed 004: row 5's outcome is row 3's."""
    text = changed((3, Column.OUTCOME, LONG), (5, Column.OUTCOME, LONG))
    finding = only(text, Kind.COPIED_RESULT)
    assert finding.severity is Severity.ERROR
    assert finding.where == at_line(ROW_1 + 4)
    assert f"มาตรการที่ 3 ({at_line(ROW_1 + 2)})" in finding.message
    assert "กองคลัง" in finding.proposal


@pytest.mark.parametrize(
    "copy",
    [
        f"<p>{LONG}</p>",
        LONG.replace("ประกาศ", "ประกาศ  "),
        LONG.replace("ข้อร้อง", "ขอร้อง"),  # a tone mark that the scan lost
        LONG.replace("ปฏิบัติ", "ปฏิบัตติ"),  # seed 000: ไม่ควรร for ไม่ควร
        f"๑. {LONG}",
    ],
)
def test_a_copy_is_known_through_what_scans_change(copy: str) -> None:
    text = changed((1, Column.OUTPUT, LONG), (4, Column.OUTPUT, copy))
    findings = [one for one in checked(text) if one.kind != Kind.HTML_REMAINS]
    assert [(one.kind, one.where) for one in findings] == [("copied_result", at_line(ROW_1 + 3))]


def test_like_sentences_about_different_things_are_no_copies() -> None:
    """Seed 002, rows 8 and 9: the same frame around another policy."""
    frame = "บุคลากรในสังกัดทราบและถือปฏิบัติตามประกาศ{}ของหน่วยงาน"
    text = changed(
        (2, Column.OUTCOME, frame.format("มาตรการเผยแพร่ข้อมูลต่อสาธารณะ")),
        (5, Column.OUTCOME, frame.format("การแสดงเจตจำนงสุจริตในการบริหาร")),
    )
    assert checked(text) == ()


def test_a_method_that_two_rows_share() -> None:
    """Seed 002, rows 4 and 5."""
    text = changed((4, Column.METHOD, LONG), (5, Column.METHOD, f"- {LONG}"))
    finding = only(text, Kind.SHARED_METHOD)
    assert (finding.severity, finding.where) == (Severity.WARNING, at_line(ROW_1 + 4))


@pytest.mark.parametrize(("letters", "copied"), [(LONG_ENOUGH - 1, False), (LONG_ENOUGH, True)])
def test_how_long_a_sentence_is_somebodys_own(letters: int, *, copied: bool) -> None:
    words = "กขคงจฉชซญฎ" * 5
    text = changed((1, Column.OUTPUT, words[:letters]), (4, Column.OUTPUT, words[:letters]))
    assert kinds_of(checked(text)) == (["copied_result"] if copied else [])


def test_an_outcome_that_repeats_the_output() -> None:
    words = "มีการประกาศและเผยแพร่บนเว็บไซต์"
    text = changed((2, Column.OUTPUT, words), (2, Column.OUTCOME, f"- {words}"))
    assert only(text, Kind.SAME_OUTPUT_AND_OUTCOME).where == at_line(ROW_1 + 1)


# --- What is missing


@pytest.mark.parametrize("empty", ["", "-", " – ", "<p></p>", ".....", "〃", '"'])
@pytest.mark.parametrize(
    ("column", "kind"),
    [(Column.OUTPUT, Kind.MISSING_OUTPUT), (Column.OUTCOME, Kind.MISSING_OUTCOME)],
)
def test_a_row_without_its_result(column: Column, kind: Kind, empty: str) -> None:
    found = [one for one in checked(changed((3, column, empty))) if one.kind != "html_remains"]
    assert [(one.kind, one.severity, one.where) for one in found] == [
        (kind, Severity.ERROR, at_line(ROW_1 + 2))
    ]


def test_a_table_without_any_result_is_said_once() -> None:
    rows = clean_rows(2568)
    for row in rows:
        row[Column.OUTPUT] = row[Column.OUTCOME] = ""
    findings = checked(report(rows))
    assert kinds_of(findings) == ["missing_outcome", "missing_output"]
    assert findings[0].where == f"{at_line(ROW_1)} ถึง {at_line(ROW_1 + 5)}"


@pytest.mark.parametrize(("count", "findings"), [(2, 2), (3, 1)])
def test_few_rows_without_a_result_are_said_one_by_one(count: int, findings: int) -> None:
    rows = clean_rows(2568)[:count]
    for row in rows:
        row[Column.OUTPUT] = ""
    assert kinds_of(checked(report(rows))) == ["missing_output"] * findings


@pytest.mark.parametrize(
    ("title", "indicator", "year", "serves"),
    [
        ("o43 รายงานผล", "ตัวชี้วัดที่ ๑๐", 2566, "ข้อ o43 ดำเนินการตามมาตรการ (2.00 คะแนนของคะแนนรวม)"),
        ("o28 รายงานผล", "ตัวชี้วัดที่ ๑๐", 2568, "ข้อ o28 รายงานผล"),  # its worth is not known
        ("รายงานผล", "ตัวชี้วัดที่ ๑๐", 2568, "ตัวชี้วัดที่ 10 การป้องกันการทุจริต"),
        ("รายงานผล", "ตัวชี้วัดที่ ๑๐", 2599, "ตัวชี้วัดที่ 10"),
        ("รายงานผล", "", 2568, "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
    ],
)
def test_a_finding_says_what_it_matters_for(
    title: str, indicator: str, year: int, serves: str
) -> None:
    rows = clean_rows(year)[:1]
    rows[0] |= {Column.MEASURE: title, Column.INDICATOR: indicator, Column.OUTPUT: ""}
    findings = checked(report(rows, slug="dongmuang", year=year))
    (finding,) = [one for one in findings if one.kind == Kind.MISSING_OUTPUT]
    assert finding.message.endswith(f"จึงยังไม่เห็นผลของ{serves}")


def test_nobody_is_asked_by_name_where_no_unit_stands() -> None:
    text = changed((1, Column.OUTPUT, LONG), (4, Column.OUTPUT, LONG), (4, Column.UNIT, ""))
    (copied,) = [one for one in checked(text) if one.kind == Kind.COPIED_RESULT]
    assert copied.proposal.startswith("ขอให้ผู้รับผิดชอบ")


@pytest.mark.parametrize(
    ("cells", "today", "kinds"),
    [
        ("๓๐ มิ.ย. ๖๘\tอยู่ระหว่างดำเนินการ\t\t\t", date(2025, 6, 30), []),  # the day itself
        ("๓๐ มิ.ย. ๖๘\tอยู่ระหว่างดำเนินการ\t\t\t", date(2025, 7, 1), ["overdue"]),
        ("๓๐ มิ.ย. ๖๘\tอยู่ระหว่างดำเนินการ\t\t\t", None, []),
        ("๓๐ มิ.ย. ๖๘\tยังไม่ได้ดำเนินการ\t\t\t", date(2025, 7, 1), ["overdue"]),
        ("๓๐ มิ.ย. ๖๘\t\t\t\t", date(2025, 7, 1), ["overdue"]),
        ("๓๐ มิ.ย. ๖๘\tอยู่ระหว่างดำเนินการ\tประชุมแล้ว\t\t", date(2025, 7, 1), []),
        (
            "๓๐ มิ.ย. ๖๘\tดำเนินการแล้วเสร็จ\t\t\t",
            date(2025, 7, 1),
            ["missing_outcome", "missing_output"],
        ),
        (
            "๓๐ มิ.ย. ๖๘\tรอตรวจรับ\tประชุมแล้ว\tเข้าใจตรงกัน\t",
            date(2025, 7, 1),
            ["missing_evidence"],
        ),
        ("๓๐ มิ.ย. ๖๘\tดำเนินการแล้วเสร็จ\tประชุมแล้ว\tเข้าใจตรงกัน\tภาพถ่าย", date(2025, 7, 1), []),
    ],
)
def test_a_row_owes_what_its_status_says(cells: str, today: date | None, kinds: list[str]) -> None:
    text = f"มาตรการ ปีงบประมาณ ๒๕๖๘\n{TRACKED}\nประชุมชี้แจง\tกองคลัง\t{cells}"
    findings = checked(text, today=today)
    assert kinds_of(findings) == kinds
    assert set(places_of(findings)) <= {at_line(3)}


@pytest.mark.parametrize(
    ("evidence", "outside"),
    [
        ("ภาพถ่าย ๑๕ ม.ค. ๒๕๖๘", False),
        ("ภาพถ่าย ๑๕ มกราคม ๒๕๖๖", True),
        ("ประกาศ ๓๐ ก.ย. ๖๗", True),  # the last day of the year before
        ("ประกาศ ๑ ต.ค. ๖๗", False),
        ("ประกาศ ๓๐ ก.ย. ๖๘", False),
        ("ประกาศ ๑ ต.ค. ๖๘", True),
        ("คำสั่ง ๓ ก.พ. ๖๕ และภาพถ่าย ๑๕ ม.ค. ๖๘", False),  # an old order, this year's work
        ("https://test.go.th/wp-content/uploads/2022/05/a.pdf", True),
        ("https://test.go.th/wp-content/uploads/2025/05/a.pdf", False),
        ("https://test.go.th/2565/05/a.pdf", True),
        ("https://test.go.th/2568/05/a.pdf", False),
        ("https://test.go.th/2565", False),
        ("๔๕ คน ๑๒ ครั้ง", False),
    ],
)
def test_evidence_of_another_year(evidence: str, *, outside: bool) -> None:
    row = f"ประชุมชี้แจง\tกองคลัง\tตลอดปีงบประมาณ\tดำเนินการแล้วเสร็จ\tประชุมแล้ว\tเข้าใจ\t{evidence}"
    findings = checked(f"มาตรการ ปีงบประมาณ ๒๕๖๘\n{TRACKED}\n{row}")
    assert kinds_of(findings) == (["evidence_outside_year"] if outside else [])


def test_answers_need_a_link_and_a_code_of_the_year() -> None:
    """FY2568 has 28 items."""
    answers = [
        Answer("ก", "o1", "มี", "https://test.go.th/1"),
        Answer("ข", "o2", "มี", ""),
        Answer("ค", "o3", "มี", "หน้าเว็บ"),
        Answer("ง", "o4", "ไม่มี", ""),
        Answer("จ", "o5", "", ""),
        Answer("ฉ", "o29", "ไม่มี", ""),
    ]
    found = check_answers(answers, criteria_for(2568))
    assert [(one.where, one.kind) for one in found] == [
        ("ข", "missing_evidence"),
        ("ค", "missing_evidence"),
        ("ฉ", "unknown_item"),
    ]
    assert [one.where for one in check_answers(answers, None)] == ["ข", "ค"]


# --- Columns, rows and numbers


def test_unit_and_period_that_changed_places() -> None:
    """Seed 004, rows 2 and 3."""
    rows = clean_rows(2566)
    for row in rows[1:3]:
        row[Column.UNIT], row[Column.PERIOD] = row[Column.PERIOD], row[Column.UNIT]
    findings = checked(report(rows, slug="khamphi", year=2566))
    assert kinds_of(findings) == ["swapped_columns"] * 2
    assert places_of(findings) == [at_line(ROW_1 + 1), at_line(ROW_1 + 2)]
    assert findings[0].proposal == "ผู้รับผิดชอบ: สำนักปลัด ระยะเวลา: ตลอดปีงบประมาณ พ.ศ. ๒๕๖๖"


def test_a_row_that_a_page_break_split() -> None:
    """Seed 001."""
    text = report(clean_rows(2568), slug="phrathaen") + "\n\n\tติดตามผลทุกเดือน\t\t\tติดตามแล้วครบ\t"
    finding = only(text, Kind.SPLIT_ROW)
    assert finding.where == at_line(ROW_1 + 7)
    assert finding.proposal


@pytest.mark.parametrize(
    ("column", "cell", "kind", "proposal"),
    [
        (Column.PERIOD, "๓๐ ต.ค.๖๘", Kind.OUTSIDE_FISCAL_YEAR, "30 ต.ค. 2567"),  # seed 002
        (Column.PERIOD, "", Kind.PERIOD, ""),
        (Column.UNIT, "", Kind.UNIT, ""),
    ],
)
def test_what_the_reader_doubts_is_found_once(
    column: Column, cell: str, kind: Kind, proposal: str
) -> None:
    finding = only(changed((2, column, cell)), kind)
    assert (finding.where, finding.proposal) == (at_line(ROW_1 + 1), proposal)
    assert finding.severity is Severity.ERROR


def test_rows_whose_numbers_skip() -> None:
    rows = clean_rows(2568)[:4]
    for row, number in zip(rows, "๑๒๓๖", strict=True):
        row[Column.NUMBER] = number
    assert only(report(rows), Kind.NUMBERING).where == at_line(ROW_1 + 3)


@pytest.mark.parametrize(
    ("cell", "gap"),
    [
        ("๑. ประกาศ ๒. อบรม ๓. ติดตาม ๖. รายงาน", True),  # a published list of results
        ("๑. ประกาศ ๒. อบรม ๓. ติดตาม", False),
        ("๑. ประกาศ ๒. อบรม ๗. ติดตาม", True),
        ("๑. ประกาศ ๒. อบรม ๘. ติดตาม", False),  # rather a figure of the text
        ("๑. ประกาศ ๓. ติดตาม", False),
        ("๑. ประกาศ ๒. อบรม ๑. ติดตาม ๒. รายงาน", False),
        ("อบรม ๓ รุ่น เวลา ๐๘.๓๐ น. ผลประเมิน ๔.๕๐ คะแนน", False),
        ("๑. อบรม ๑๒ คน ๒. ประชุม ๒ ครั้ง ในปี พ.ศ. ๒๕๖๘", False),
    ],
)
def test_points_of_a_list_that_skip(cell: str, *, gap: bool) -> None:
    assert kinds_of(checked(changed((1, Column.OUTPUT, cell)))) == (
        ["list_numbering"] if gap else []
    )


def test_points_of_the_text_that_skip() -> None:
    after = "ผลที่เกิดขึ้น\n๑. ประชาชนทราบ\n๒. บุคลากรทราบ\n๓. เรื่องลดลง\n๖. เชื่อมั่นขึ้น"
    finding = only(report(clean_rows(2568), after=after), Kind.LIST_NUMBERING)
    assert finding.where == at_line(ROW_1 + 10)
