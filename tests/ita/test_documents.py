"""Documents in every format: the same table is the same measures, and nothing is lost."""

import codecs
from datetime import date
from typing import Any

import openpyxl
import pytest

from ita.tables import Document, Published, read_published
from ita.tables.formats import read_document
from tests.ita.documents import (
    CHATTURAT,
    DONGMUANG,
    FORMATS,
    KHAMPHI,
    PATHUMRAT,
    PHRATHAEN,
    as_docx,
    as_html,
    as_xlsx,
    saved,
)  # fmt: skip

TITLES = ("รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘", "เทศบาลตำบลทดสอบ อำเภอทดสอบ")
HEADS = ("ลำดับ", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
ROW = ("๑.", "มาตรการหนึ่ง", "กองคลัง", "๑ ต.ค. ๖๗", "ทำแล้ว")
LAYOUTS = {
    "pathumrat": PATHUMRAT,
    "phrathaen": PHRATHAEN,
    "dongmuang": DONGMUANG,
    "chatturat": CHATTURAT,
    "khamphi": KHAMPHI,
}


def _published(data: bytes) -> Published:
    return read_published(read_document("report", data))


def _row(heads: tuple[str, ...], number: int) -> list[str]:
    """A made-up row under an agency's headings; each cell says where it stands."""
    known = {"ลำดับ": f"{number}.", "ตัวชี้วัด": f"ตัวชี้วัดที่ {number}"}
    cells = [
        known.get(head, f"ช่อง {place} ของแถว {number}\nต่อ") for place, head in enumerate(heads)
    ]
    for place, head in enumerate(heads):
        if "รับผิดชอบ" in head:
            cells[place] = f"กองทดสอบ {number}"
        elif "เวลา" in head:
            cells[place] = "ภายในเดือนมีนาคม ๒๕๖๘"
    return cells


@pytest.mark.parametrize("heads", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("name", FORMATS)
def test_each_layout_is_read_alike_in_each_format(name: str, heads: tuple[str, ...]) -> None:
    """The second table is the next page, with its headings once more."""
    rows = [heads, _row(heads, 1), _row(heads, 2)], [heads, _row(heads, 3)]
    document = read_document(name, FORMATS[name](TITLES, *rows))
    published = read_published(document)
    assert (published.agency, published.fiscal_year) == ("เทศบาลตำบลทดสอบ", 2568)
    assert published.doubts == ()
    assert [one.number for one in published.measures] == [1, 2, 3]
    assert [one.unit for one in published.measures] == [f"กองทดสอบ {n}" for n in (1, 2, 3)]
    places = {line.where: line.cells for line in document.lines}
    for number, one in enumerate(published.measures, 1):
        assert one.period.end == date(2025, 3, 31)
        assert one.confidence == 1
        assert f"ของแถว {number}" in one.title
        assert tuple(one.raw.values()) == places[one.where]
        words = " ".join((one.title, one.method, one.output, one.outcome, one.budget))
        assert words.count("ของแถว") == sum("ของแถว" in cell for cell in one.raw.values())


def test_places_are_named_as_people_find_them() -> None:
    rows, more = [HEADS, ROW], [HEADS, ("๒.", *ROW[1:])]
    assert _published(as_docx((), rows, more)).measures[1].where == "ตารางที่ 2 แถวที่ 2"
    assert _published(as_html((), rows)).measures[0].where == "ตารางที่ 1 แถวที่ 2"
    assert _published(as_xlsx((), rows)).measures[0].where == "แผ่นงาน Sheet แถวที่ 3"


# Excel


def _xlsx(*rows: tuple[Any, ...]) -> "tuple[openpyxl.Workbook, Any]":
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def _cells(document: Document, line: int = -1) -> tuple[str, ...]:
    return document.lines[line].cells


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (98.00999999999999, "General", "98.01"),
        (85.0, "General", "85"),
        (75, "0.00", "75.00"),
        (0.5, "0%", "50%"),
        (1250000, "#,##0", "1250000"),
        (True, "General", "ใช่"),
        (date(2024, 12, 27), "d/m/yyyy", "27 ธ.ค. 2567"),
        (date(2567, 12, 27), "d/m/yyyy", "27 ธ.ค. 2567"),  # typed in the Buddhist era
        (date(2568, 2, 29), "d/m/yyyy", "29 ก.พ. 2568"),  # a leap year there, none in CE 2025
        ("ตัวอักษร", "General", "ตัวอักษร"),
    ],
)
def test_cells_are_read_as_people_see_them(value: Any, pattern: str, shown: str) -> None:
    book, sheet = _xlsx(("x", value))
    sheet["B1"].number_format = pattern
    assert _cells(read_document("a.xlsx", saved(book))) == ("x", shown)


def test_hidden_sheets_are_left_out_and_no_table_runs_on_into_the_next_sheet() -> None:
    book, _ = _xlsx(HEADS, ROW)
    hidden: Any = book.create_sheet("เก่า")
    hidden.append(HEADS)
    hidden.append(("๒.", "มาตรการเก่า", *ROW[2:]))
    hidden.sheet_state = "hidden"
    other: Any = book.create_sheet("อื่น")
    other.append(("๒.", "ไม่ใช่มาตรการ", "กองคลัง", "๑ ต.ค. ๖๗", "ก"))
    assert len(_published(saved(book)).measures) == 1


def test_merged_cells_of_a_sheet() -> None:
    heads = ("ลำดับ", "มาตรการ", "ผลการดำเนินการ", None, "ผู้รับผิดชอบ", "ระยะเวลา")
    below = (None, None, "output", "outcome", None, None)
    section = ("ด้านอื่น", None, None, None, None, None)
    first = (1, "ก", "ทำ", "ดี", "กองคลัง", "ต.ค. ๖๗")
    second = (2, "ข", "ทำอีก", "ดีอีก", None, "พ.ย. ๖๗")
    book, sheet = _xlsx(heads, below, section, first, second)
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "A3:F3", "E4:E5"):
        sheet.merge_cells(cells)
    published = _published(saved(book))
    read = [(m.indicator, m.output, m.outcome, m.unit) for m in published.measures]
    assert read == [(None, "ทำ", "ดี", "กองคลัง"), (None, "ทำอีก", "ดีอีก", "กองคลัง")]
    assert [doubt.kind for doubt in published.doubts] == ["fiscal_year"]


def test_a_formula_without_its_result_is_blank_and_asked_about() -> None:
    book, sheet = _xlsx(HEADS, ROW)
    sheet["C2"] = '="กอง"&"คลัง"'  # as no program has worked it out yet
    published = _published(saved(book))
    assert published.measures[0].unit == ""
    (doubt,) = [doubt for doubt in published.doubts if doubt.kind == "formula"]
    assert doubt.where == "แผ่นงาน Sheet ช่อง C2"
    assert doubt.raw == '="กอง"&"คลัง"'


# HTML


def _page(table: str) -> bytes:
    return f"<html><head><title>ก</title></head><body><p>ข</p>{table}</body></html>".encode()


def _html_row(cells: tuple[str, ...], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def test_spans_entities_and_breaks_of_a_page() -> None:
    head = _html_row(("ลำดับ", "มาตรการ", "ผลลัพธ์", "ระยะเวลา"), "th").replace(
        "<th>ผลลัพธ์", '<th rowspan="1">ผลลัพธ์'
    )
    head = head.replace("</tr>", "<th>ผู้รับผิดชอบ</th></tr>")
    first = (
        "<tr><td>1<td>ก &amp; ข<br>ต่อ<script>x</script><style>y</style><!-- z --> จบ<td><p>ดี<p>มาก"
        '<td>ต.ค. ๖๗<td rowspan="2">กองคลัง</tr>'
    )
    second = "<tr><td>2<td>ค<td>ดี<td>พ.ย. ๖๗</tr>"
    one, two = _published(_page(f"<table>{head}{first}{second}</table>")).measures
    assert (one.title, one.outcome) == ("ก & ข ต่อ จบ", "ดี\nมาก")
    assert (one.unit, two.unit) == ("กองคลัง", "กองคลัง")


def test_a_table_in_a_table_for_the_layout_is_read() -> None:
    inner = f"<table>{_html_row(HEADS)}{_html_row(ROW)}</table>"
    layout = f"<table><tr><td>เมนู</td><td>{inner}</td></tr></table>"
    assert _published(_page(layout)).measures[0].where == "ตารางที่ 2 แถวที่ 2"


def test_html_tables_in_a_text_stand_between_its_own_lines() -> None:
    """As OCR writes them."""
    table = f"<table>{_html_row(HEADS)}{_html_row(ROW)}</table>"
    text = f"{TITLES[0]}\n{TITLES[1]}\n{table}\nตัวชี้วัดที่ ๙\n" + "\t".join(HEADS[1:4])
    published = _published(f"{text}\nก\tกองช่าง\t๑ ต.ค. ๖๗\n".encode())
    assert [one.unit for one in published.measures] == ["กองคลัง", "กองช่าง"]
    assert published.measures[1].where == "บรรทัดที่ 6"


# Text


def _tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(cells) for cells in rows)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf-8", _tabbed(HEADS, ROW).encode()),
        ("utf-8 with its mark", _tabbed(HEADS, ROW).encode("utf-8-sig")),
        ("utf-16 with its mark", codecs.BOM_UTF16_LE + _tabbed(HEADS, ROW).encode("utf-16-le")),
        ("Thai Windows", _tabbed(HEADS, ROW).encode("cp874")),
        ("commas", ",".join(HEADS).encode() + b"\n" + ",".join(ROW).encode()),
        ("semicolons", ";".join(HEADS).encode() + b"\n" + ";".join(ROW).encode()),
        ("strokes", f"|{'|'.join(HEADS)}|\n|---|---|---|---|---|\n|{'|'.join(ROW)}|".encode()),
        ("quoted breaks", _tabbed(HEADS, ROW).replace("ระยะเวลา", '"ระยะ\nเวลา"').encode()),
        ("a quotation mark alone", _tabbed(HEADS, ROW).replace("ทำแล้ว", '"ทำแล้ว').encode()),
    ],
)
def test_texts_are_read_however_they_are_encoded_and_parted(name: str, data: bytes) -> None:
    (measure,) = _published(data).measures
    assert (measure.title, measure.unit, measure.period.raw) == ROW[1:4]
    assert measure.output.strip('"') == "ทำแล้ว"


def test_a_lone_quotation_mark_does_not_run_over_the_next_rows() -> None:
    rows = [HEADS, (ROW[0], '"มาตรการ', *ROW[2:]), ("๒.", *ROW[1:]), ("๓.", *ROW[1:])]
    assert [one.number for one in _published(_tabbed(*rows).encode()).measures] == [1, 2, 3]


def test_a_broken_letter_is_asked_about() -> None:
    data = _tabbed(HEADS, ROW).encode() + b" \xe0\xb8"
    published = _published(data)
    assert published.measures[0].unit == "กองคลัง"
    assert "letters" in [doubt.kind for doubt in published.doubts]
