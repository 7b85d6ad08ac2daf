"""Tables as agencies lay them out: two-line headings, sections, sums, our sheet."""

from datetime import date

import pytest

from ita.tables import Published, read_published, text_document
from ita.tables.formats import read_document
from sheets.layout import BY_KEY
from tests.ita.documents import KHAMPHI, as_xlsx

TITLE = "รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘\nเทศบาลตำบลทดสอบ อำเภอทดสอบ\n"
HEADS = "ลำดับ\tมาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ"


def _read(*lines: str) -> Published:
    return read_published(text_document(TITLE + "\n".join(lines)))


def _row(number: str, title: str = "ก", unit: str = "กองคลัง", period: str = "๑ ต.ค. ๖๗") -> str:
    return f"{number}\t{title}\tวิธี\t{unit}\t{period}"


def _doubts(published: Published) -> list[tuple[str, str, str]]:
    return [(doubt.kind, doubt.raw, doubt.proposal) for doubt in published.doubts]


TWO_LINES = [
    (
        "ลำดับ\tมาตรการ\tวิธี\tผู้รับผิดชอบ\tระยะเวลา\tผลการดำเนินการ\t",
        "\t\t\t\t\toutput\toutcome",
    ),
    (
        "ลำดับ\tมาตรการ/\tวิธี\tผู้รับผิด\tระยะเวลา\tสรุปผล\tผลลัพธ์/",
        "\tกิจกรรม\tดำเนินการ\tชอบ\tดำเนินการ\tการดำเนินการ\tความสำเร็จ",
    ),
    (
        "ลำดับ\tมาตรการ\tการดำเนินงาน\t\t\t\t",
        "\t\tวิธีการ\tผู้รับผิดชอบ\tระยะเวลา\tผลการดำเนินการ\tผลลัพธ์",
    ),
    (
        "ลำดับ\tมาตรการ\tแผน\t\t\tผล\t",
        "\t\tวิธีการ\tหน่วยงานที่รับผิดชอบ\tกำหนดแล้วเสร็จ\tผลผลิต\tผลลัพธ์",
    ),
]


@pytest.mark.parametrize("heads", TWO_LINES)
def test_headings_of_two_lines(heads: tuple[str, str]) -> None:
    """A line that counts the columns may follow, as forms have it."""
    counted = "\t".join(f"({number})" for number in "๑๒๓๔๕๖๗")
    (measure,) = _read(*heads, counted, "๑\tก\tข\tกองคลัง\t๑ ต.ค. ๖๗\tทำ\tดี").measures
    read = (measure.number, measure.title, measure.method, measure.unit, measure.output)
    assert read == (1, "ก", "ข", "กองคลัง", "ทำ")
    assert (measure.period.end, measure.outcome) == (date(2024, 10, 1), "ดี")
    assert list(measure.raw.values()) == ["๑", "ก", "ข", "กองคลัง", "๑ ต.ค. ๖๗", "ทำ", "ดี"]


@pytest.mark.parametrize(
    ("below", "cells", "raw", "end"),
    [
        ("ไตรมาส ๑\tไตรมาส ๒", "✓\t", "ไตรมาส ๑", date(2024, 12, 31)),
        ("ไตรมาส ๑\tไตรมาส ๒", "/\t/", "ไตรมาส ๑ - ไตรมาส ๒", date(2025, 3, 31)),
        ("ต.ค.\tพ.ย.", "●\t●", "ต.ค. - พ.ย.", date(2024, 11, 30)),
        ("เริ่มต้น\tสิ้นสุด", "ต.ค. ๖๗\tมี.ค. ๖๘", "ต.ค. ๖๗ - มี.ค. ๖๘", date(2025, 3, 31)),
        ("ต.ค.\tพ.ย.", "\t", "", None),
    ],
)
def test_a_period_over_several_columns(below: str, cells: str, raw: str, end: date | None) -> None:
    heads = ["ลำดับ\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ\t", f"\t\t\t{below}"]
    (measure,) = _read(*heads, f"๑\tก\tกองคลัง\t{cells}").measures
    assert (measure.period.raw, measure.period.end) == (raw, end)


@pytest.mark.parametrize(
    "row",
    [
        "รวม\t\t\t\t",
        "รวมทั้งสิ้น\t๒ มาตรการ\t\t\t",
        "\tรวมงบประมาณ\t๑๐,๐๐๐ บาท\t\t",
        "หมายเหตุ: ข้อมูล ณ วันที่ ๑ ต.ค. ๖๗\t\t\t\t",
        "(ลงชื่อ)\t\t\t(ลงชื่อ)\t",
        "ผู้รายงาน ......\t\t\tผู้รับรอง ......\t",
        "๓\t\t\t\t",  # an empty line of a form
        "(๑)\t(๒)\t(๓)\t(๔)\t(๕)",
    ],
)
def test_sums_remarks_and_signatures_are_no_measures(row: str) -> None:
    published = _read(HEADS, _row("๑"), _row("๒"), row)
    assert len(published.measures) == 2
    assert published.doubts == ()


def test_a_measure_may_begin_like_a_sum() -> None:
    published = _read(HEADS, _row("๑", "รวมพลังต่อต้านการทุจริต"), _row("๒", "หมายเหตุทางบัญชี"))
    assert len(published.measures) == 2


def test_sections_between_rows() -> None:
    """One that names an indicator is for the rows below; another is asked about, not invented."""
    rows = ["ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร\t\t\t\t", _row("๑"), "ด้านอื่น\t\t\t\t", _row("๒")]
    published = _read(HEADS, *rows, "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล", _row("๓"))
    assert [one.indicator for one in published.measures] == [7, 7, 9]
    assert _doubts(published) == [("section", "ด้านอื่น", "")]


def test_numbers_that_begin_anew_are_counted_on_and_asked_about_once() -> None:
    rows = [_row("๑"), _row("๒"), "ตัวชี้วัดที่ ๙", HEADS, _row("๑"), _row("๒")]
    published = _read(HEADS, *rows)
    assert [one.number for one in published.measures] == [1, 2, 3, 4]
    assert _doubts(published) == [("number", "1", "3")]


def test_a_number_that_cannot_be_read_follows_from_the_others() -> None:
    published = _read(HEADS, _row("๑"), _row("l"), _row("๓"))
    assert [one.number for one in published.measures] == [1, 2, 3]
    assert _doubts(published) == [("number", "l", "2")]


def test_a_number_between_others_follows_even_where_they_skip() -> None:
    published = _read(HEADS, _row("๓"), _row("l"), _row("๕"))
    assert [one.number for one in published.measures] == [3, 4, 5]


def test_a_column_without_numbers_is_one_doubt() -> None:
    published = _read(HEADS, *[_row("", title) for title in "กขค"])
    assert [one.number for one in published.measures] == [1, 2, 3]
    assert _doubts(published) == [("number", "", "1 ถึง 3")]


def test_what_may_be_meant_for_several_rows_is_proposed() -> None:
    """Ditto marks, and cells that were merged before the document became text."""
    rows = [_row("๑"), _row("๒", unit="", period=""), _row("๓", unit='"', period="เช่นเดียวกัน")]
    published = _read(HEADS, *rows)
    assert [one.unit for one in published.measures] == ["กองคลัง", "", '"']
    assert _doubts(published) == [
        ("unit", "", "กองคลัง"),
        ("period", "", "๑ ต.ค. ๖๗"),
        ("unit", '"', "กองคลัง"),
        ("period", "เช่นเดียวกัน", "๑ ต.ค. ๖๗"),
    ]
    assert [one.confidence for one in published.measures] == [1, 0.5, 0.3]


def test_for_one_empty_cell_nothing_is_proposed() -> None:
    published = _read(HEADS, _row("๑"), _row("๒", unit=""))
    assert _doubts(published) == [("unit", "", "")]
    assert [one.confidence for one in published.measures] == [1, 0.5]


TOLD = "กองคลัง\t๑ ต.ค. ๖๗"


@pytest.mark.parametrize(
    ("heads", "row", "title", "method"),
    [
        ("ปัญหา\tแนวทางแก้ไข\tผู้รับผิดชอบ\tระยะเวลา", f"ช้า\tอบรม\t{TOLD}", "อบรม", ""),
        ("ประเด็น\tมาตรการ\tวิธีการ\tผู้รับผิดชอบ\tระยะเวลา", f"ก\tข\tค\t{TOLD}", "ข", "ค"),
        ("โครงการ\tกิจกรรม\tผู้รับผิดชอบ\tระยะเวลา", f"ก\tข\t{TOLD}", "ก", "ข"),
        ("มาตรการ\tวิธีดำเนินการ\tผลการดำเนินการ\tผลลัพธ์", "ก\tข\tค\tง", "ก", "ข"),
        ("ตัวชี้วัดความสำเร็จ\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา", f"๑๐ ครั้ง\tก\t{TOLD}", "ก", ""),
    ],
)
def test_what_names_a_measure_in_other_layouts(
    heads: str, row: str, title: str, method: str
) -> None:
    (measure,) = _read(heads, row).measures
    assert (measure.title, measure.method, measure.indicator) == (title, method, None)


def test_an_indicator_by_its_name_alone() -> None:
    heads = "ตัวชี้วัด\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา"
    (measure,) = _read(heads, f"การใช้อำนาจ\tก\t{TOLD}").measures
    assert (measure.indicator, measure.number) == (3, 3)


def test_swapped_cells_are_read_as_they_stand_and_surely_not_sure() -> None:
    """Seed 004, rows 2 and 3: unit and period in each other's place."""
    row = "๒. ก\tวิธี\tตลอดปีงบประมาณ\tกองคลัง\tทำ\tดี"
    published = _read("\t".join(KHAMPHI), "๑. ก\tวิธี\tกองคลัง\tตลอดปีงบประมาณ\tทำ\tดี", row)
    assert [one.unit for one in published.measures] == ["กองคลัง", "ตลอดปีงบประมาณ"]
    assert [one.confidence for one in published.measures] == [1, 0.3]
    assert [kind for kind, _, _ in _doubts(published)] == ["swapped_columns"]


def test_our_own_sheet_comes_in_again() -> None:
    """The tab มาตรการ as it is exported: every column has its meaning, every row its year."""
    columns = BY_KEY["measures"].columns

    def row(**cells: str) -> list[str]:
        return [cells.get(column.key, "") for column in columns]

    second = {"id": "8", "fiscal_year": "2568", "number": "2", "unit": "กองช่าง"}
    rows = [
        [column.header for column in columns],
        row(
            id="7", fiscal_year="2568", number="1", title="เผยแพร่", method="ลงเว็บ", indicator="9",
            items="o13, o14", period="ต.ค.๖๗-ก.ย.๖๘", unit="กองคลัง", status="อยู่ระหว่างดำเนินการ",
            output="ทำ", evidence="https://a.example", worth="1.25",
        ),
        row(**second, title="อบรม", period="๑ ต.ค. ๖๗"),
        row(**second | {"fiscal_year": "2569", "number": "1"}, title="ใหม่", period="สิ้นปีงบประมาณ"),
    ]  # fmt: skip
    published = read_published(read_document("a.xlsx", as_xlsx((), rows)))
    assert published.doubts == ()
    assert published.scores == ()
    read = [(m.fiscal_year, m.number, m.indicator, m.items) for m in published.measures]
    assert read == [(2568, 1, 9, ("o13", "o14")), (2568, 2, None, ()), (2569, 1, None, ())]
    first = published.measures[0]
    assert (first.status, first.evidence) == ("อยู่ระหว่างดำเนินการ", "https://a.example")
    assert (first.title, first.method, first.unit) == ("เผยแพร่", "ลงเว็บ", "กองคลัง")
    assert first.output == "ทำ"
    assert published.measures[2].period.end == date(2026, 9, 30)
