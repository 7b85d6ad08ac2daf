"""The checker on item codes and scores: what follows from a year's criteria."""

import pytest

from ita.checks import Finding, Kind
from ita.tables.headings import Column
from tests.ita.reports import (
    COVER,
    SCORES_2566,
    at_line,
    changed,
    checked,
    clean_rows,
    kinds_of,
    only,
    places_of,
    report,
    score_table,
)

IN_2566 = "ผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"


# --- Item codes


@pytest.mark.parametrize(
    ("year", "title", "kinds"),
    [
        (2568, "ข้อ o28 รายงานผล", []),
        (2568, "ข้อ o29 รายงานผล", ["unknown_item"]),  # 28 items in FY2568
        (2566, "ข้อ o43 รายงานผล", []),
        (2566, "ข้อ o44 รายงานผล", ["item_code"]),  # no year has had 44
        (2569, "ข้อ o29 รายงานผล", []),  # the items of FY2569 are not known
        (2566, "ข้อ ๐๓ รายงานผล", ["item_code"]),  # seed 003: o3 or o13
    ],
)
def test_codes_of_items(year: int, title: str, kinds: list[str]) -> None:
    rows = clean_rows(year)[:1]
    rows[0][Column.MEASURE] = title
    assert kinds_of(checked(report(rows, year=year))) == kinds


def test_codes_in_a_column_of_their_own() -> None:
    """As our own sheet has them."""
    head = "ลำดับที่\tมาตรการ\tข้อ OIT\tระยะเวลาดำเนินการ\tผู้รับผิดชอบ"
    row = "1\tอบรม\to28, o29, o44\tตลอดปีงบประมาณ\tกองคลัง"
    findings = checked(f"มาตรการ ปีงบประมาณ ๒๕๖๘\n{head}\n{row}")
    assert kinds_of(findings) == ["unknown_item"] * 2
    assert [one.message[: len("ข้อ o29")] for one in findings] == ["ข้อ o29", "ข้อ o44"]


def test_a_damaged_code_in_a_sentence() -> None:
    """Seed 003: "ตามข้อ ๐๕๒" for o42."""
    finding = only(changed((1, Column.METHOD, "รายงานตามข้อ ๐๕๒ ทุกเดือน")), Kind.ITEM_REFERENCE)
    assert finding.proposal == "o42"
    assert checked(changed((1, Column.METHOD, "ตามระเบียบ ข้อ ๑๒ และข้อ ๑๐๓"))) == ()


# --- Scores


def _of_2566(*lines: str) -> tuple[Finding, ...]:
    return checked("\n".join((COVER, IN_2566, *lines)))


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("ได้คะแนนรวม ๗๘.๔๑ คะแนน", []),
        ("ได้คะแนนรวม ๗๘.๔๐ คะแนน", []),  # rounded otherwise
        ("ได้คะแนนรวม ๗๘.๓๑ คะแนน", ["score"]),
        ("ได้รับผลการประเมินในระดับ ๓๙.๔๑ คะแนน", ["score"]),  # seed 003, page 1
        ("ปี ๒๕๖๕ ได้คะแนนรวม ๓๙.๔๑ คะแนน", []),
        ("ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต คะแนนเฉลี่ย ๔๘.๓๕ คะแนน", ["score"]),
        ("๙. การเปิดเผยข้อมูล ๗๕.๕๐ คะแนน", ["score"]),
        ("๙. การเดินทางไปราชการ ๗๕.๕๐ คะแนน", []),  # a list of something else
        ("แบบวัด OIT ได้ ๖๑.๘๘ คะแนน", []),
        ("แบบวัด OIT ได้ ๗๑.๘๘ คะแนน", ["score"]),
        ("แบบวัด OIT มีน้ำหนักร้อยละ ๔๐.๐๐", []),
        ("คะแนนรวม ๗๘.๔๑ คะแนน อยู่ในระดับผ่าน", ["level"]),
        ("คะแนนรวม ๗๘.๔๑ คะแนน อยู่ในระดับ ต้องปรับปรุง", []),
        ("คะแนนรวม ๗๘.๔๑ คะแนน ระดับ B", ["level"]),  # superseded in FY2566
        ("คะแนนรวม ๗๘.๔๑ คะแนน ไม่ผ่านเกณฑ์ที่กำหนด", []),
        ("ผ่านเกณฑ์ (๘๘ คะแนนขึ้นไป)", ["least_points"]),  # seed 003
        ("เครื่องมือการประเมิน IIT ตัวชี้วัด ๗", ["instrument"]),  # seed 003
        ("EIT ส่วนที่ ๖", ["instrument"]),  # seed 003
    ],
)
def test_what_the_text_says_of_the_scores(line: str, kinds: list[str]) -> None:
    findings = _of_2566(line, score_table())
    assert kinds_of(findings) == kinds
    assert set(places_of(findings)) <= {at_line(3)}


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ("\t\tคะแนนรวม\t๗๘.๔๑\t", []),
        ("\t\tคะแนนรวม\t๘๘.๔๑\t", ["score"]),
        ("\t\tคะแนนเฉลี่ย\t๘๔.๕๔\t", []),  # the plain mean of the ten
        ("\tIIT\tรวม\t๙๒.๕๕\t", []),
        ("\tIIT\tรวม\t๙๕.๕๕\t", ["score"]),
    ],
)
def test_rows_that_sum_up(row: str, kinds: list[str]) -> None:
    assert kinds_of(_of_2566(score_table(), row)) == kinds


ALL_BUT_OIT = (
    SCORES_2566.replace("84.85", "90.00").replace("75.00", "81.00").replace("48.75", "81.00")
)


@pytest.mark.parametrize(
    ("points", "said", "kinds"),
    [
        (ALL_BUT_OIT, "คะแนนรวม ๘๖.๕๗ ระดับผ่าน", []),
        (ALL_BUT_OIT, "คะแนนรวม ๘๖.๕๗ ระดับผ่านดี", ["level"]),  # the OIT is below 85
    ],
)
def test_a_level_asks_for_every_instrument(points: str, said: str, kinds: list[str]) -> None:
    assert kinds_of(_of_2566(said, score_table(points))) == kinds


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("คะแนนรวม ๙๖.๐๐ ระดับผ่านดี", []),  # an instrument may lie below 95
        ("คะแนนรวม ๘๖.๐๐ ระดับผ่านดีเยี่ยม", ["level"]),
        ("คะแนนรวม ๘๕.๐๐ ระดับผ่าน", []),
        ("คะแนนรวม ๘๔.๙๙ ระดับผ่าน", ["level"]),
        ("คะแนนรวม ๖๙.๙๙ ระดับต้องปรับปรุง", ["level"]),
        ("คะแนนรวม ๖๙.๙๙ ระดับต้องปรับปรุงโดยด่วน", []),
        ("คะแนนรวม ๙๖.๐๐ ระดับต้องปรับปรุง", ["level"]),
    ],
)
def test_a_level_without_a_table_of_scores(said: str, kinds: list[str]) -> None:
    assert kinds_of(checked(report(clean_rows(2566), year=2566, before=said))) == kinds


def test_totals_that_differ_are_found_without_criteria() -> None:
    before = "โดยภาพรวมได้ คะแนน ๙๖.๕๕\nคะแนนรวม ๙๕.๖๕"
    finding = only(report(clean_rows(2567), year=2567, before=before), Kind.SCORE)
    assert finding.where == at_line(4)
    assert (finding.proposal, "บรรทัดที่ 3" in finding.message) == ("96.55", True)


@pytest.mark.parametrize(
    ("points", "word", "wrong"),
    [
        ("85.00", "ผ่านเกณฑ์", 0),
        ("84.99", "ไม่ผ่านเกณฑ์", 0),
        ("84.99", "ผ่านเกณฑ์", 10),
        ("85.00", "ไม่ผ่าน", 10),
    ],
)
def test_who_passes(points: str, word: str, wrong: int) -> None:
    findings = _of_2566(score_table(" ".join([points] * 10), word))
    assert kinds_of(findings) == ["passed"] * wrong


def test_a_level_that_is_too_good_is_explained() -> None:
    (finding,) = _of_2566("คะแนนรวม ๘๖.๕๗ ระดับผ่านดี", score_table(ALL_BUT_OIT))
    assert finding.proposal == "ผ่าน"
    assert "OIT ได้ 81.00 ยังไม่ถึง 85.00" in finding.message


@pytest.mark.parametrize(("level", "kinds"), [("ต้องปรับปรุง", []), ("ผ่าน", ["level"])])
def test_a_level_in_a_column_of_the_table(level: str, kinds: list[str]) -> None:
    """As our own sheet has it, and once for all rows."""
    text = score_table(level=level).replace("\tผลการประเมิน", "\tระดับผลการประเมิน")
    assert kinds_of(_of_2566(text)) == kinds


def test_an_instrument_in_a_row_of_the_table() -> None:
    finding = _of_2566(score_table().replace("7\tEIT", "7\tIIT"))
    assert [(one.kind, one.where, one.proposal) for one in finding] == [
        ("instrument", at_line(10), "EIT")
    ]


def test_a_year_without_levels_is_not_judged() -> None:
    """The weights and levels of FY2568 are not confirmed."""
    text = f"{COVER}\nผลปีงบประมาณ ๒๕๖๘\nคะแนนรวม ๓๐.๐๐ ระดับผ่านดีเยี่ยม\n{score_table()}"
    assert checked(text) == ()
