"""The checker on what scanners, converters and hasty pens leave behind."""

import pytest

from ita.checks import Kind, Severity
from ita.checks.cut import is_cut
from ita.tables.headings import Column
from tests.ita.reports import ROW_1, at_line, changed, checked, clean_rows, kinds_of, only, report

# --- Scans


@pytest.mark.parametrize(
    "cell",
    [
        "-เปิดโอกาสให้มีส่วนร่วม -มีช่องทางเพื่อให้บุคลากร",  # seed 002
        "จัดทำประกาศและ",
        "เผยแพร่ให้ประชาชนทราบเพื่อ",
        "อบรมบุคลากรโดย",
        "ดำเนินการดังนี้",
        "อบรมบุคลากร (รุ่นที่",
        "๑. ประกาศ ๒. อบรม ๓.",
        "ประกาศ, อบรม,",
        "ตามความในมาตรา ๘ แห่งพระราช…",
        'เว็บไซต์ <a href="https://test.go.th',
        "เอกสารของ",
    ],
)
def test_cells_that_end_in_the_middle(cell: str) -> None:
    assert is_cut(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "มีช่องทางเพื่อให้บุคลากรร้องเรียน",
        "ประกาศให้ทราบโดยทั่วกัน",
        "แจ้งเจ้าหน้าที่",
        "ติดตามทรัพย์สินและสิ่งของ",
        "ประสานงานภายใน",
        "มีการกำกับ",
        "ปรึกษาหารือ",
        "ดำเนินการ ณ พื้นที่",
        "ช่องทางที่หลากหลาย เช่น เว็บไซต์ ฯลฯ",
        "เปิดเวลา ๐๘.๓๐ - ๑๖.๓๐ น.",
        "ปีงบประมาณ พ.ศ. ๒๕๖๘",
        "คะแนน < 85 หลายข้อและได้ปรับปรุงแล้ว",
        "จัดอบรม (Do & DON'T) ครบทุกกอง",
        "1) ประกาศ 2) อบรม",
        "อบรมให้บุคลากร",
        "-",
    ],
)
def test_cells_that_end_well(cell: str) -> None:
    assert not is_cut(cell)


@pytest.mark.parametrize(
    ("cell", "kind", "proposal"),
    [
        ("ประกาศแล้ว<br>ทุกกอง", Kind.HTML_REMAINS, None),
        ('ประกาศที่ <a href="https://test.go.th">https://test.go.th</a>', Kind.HTML_REMAINS, None),
        ("ได้คະແນນสูงขึ้น", Kind.FOREIGN_LETTERS, "“ได้คะแนนสูงขึ้น”"),  # seed 003
        ("ความพึงพอใจ \ufffd ดีมาก", Kind.FOREIGN_LETTERS, ""),
        ("ได้ ๔๘.๓/๕ คะแนน", Kind.FIGURE, "48.75"),  # seed 003
        ("ได้ ๓/๕.๐๐ คะแนน", Kind.FIGURE, "75.00"),
        ("ได้ ๑๘๕.๐๐ คะแนน", Kind.FIGURE, ""),
    ],
)
def test_what_scans_and_converters_leave(cell: str, kind: Kind, proposal: str | None) -> None:
    finding = only(changed((2, Column.OUTPUT, cell)), kind)
    assert finding.where == at_line(ROW_1 + 1)
    assert proposal is None or finding.proposal == proposal


@pytest.mark.parametrize(
    "cell",
    [
        "คะแนน < 85 และ > 70",
        "ได้ ๙๘.๐๑ คะแนน",
        "ได้ ๑๐๐.๐๐ คะแนน",
        "ที่ สม ๐๐๒๓.๔/ว๑๐๘๐",
        "ครั้งที่ ๓/๒๕๖๖",
        "β1 – 5 °C • ✓ é",
    ],
)
def test_what_is_no_damage(cell: str) -> None:
    findings = checked(changed((2, Column.OUTPUT, cell)))
    assert kinds_of(findings) == (["foreign_letters"] if "β" in cell else [])


def test_a_heading_that_lost_letters() -> None:
    text = report(clean_rows(2568), slug="dongmuang").replace("\nตัวชี้วัด\t", "\nชี้วัด\t")
    finding = only(text, Kind.HEADING)
    assert (finding.severity, finding.proposal) == (Severity.NOTE, "ตัวชี้วัด")
