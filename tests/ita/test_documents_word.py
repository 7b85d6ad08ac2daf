"""Word files: what Word shows is read, merged cells stand once, nothing in a cell is lost."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ita.tables import Published, read_published
from ita.tables.formats import read_document
from tests.ita.documents import as_docx, saved

W = nsdecls("w")
TITLES = ("รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘", "เทศบาลตำบลทดสอบ อำเภอทดสอบ")
HEADS = ("ลำดับ", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
ROW = ("๑.", "มาตรการหนึ่ง", "กองคลัง", "๑ ต.ค. ๖๗", "ทำแล้ว")


def _published(data: bytes) -> Published:
    return read_published(read_document("report", data))


def _docx(rows: int) -> "tuple[docx.document.Document, docx.table.Table]":
    document = docx.Document()
    table = document.add_table(rows=rows, cols=len(HEADS))
    for cell, text in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = text
    return document, table


def _fill(table: "docx.table.Table", row: int, cells: tuple[str, ...] = ROW) -> None:
    for cell, text in zip(table.rows[row].cells, cells, strict=True):
        if text:
            cell.text = text


def test_a_title_over_several_rows_is_one_measure_without_a_doubt() -> None:
    document, table = _docx(4)
    _fill(table, 1)
    _fill(table, 2, ("", "", "", "", "ทำต่อ"))
    _fill(table, 3, ("๒.", "มาตรการสอง", "กองช่าง", "๒ ต.ค. ๖๗", "ทำแล้ว"))
    for column in range(4):
        table.cell(1, column).merge(table.cell(2, column))
    published = _published(saved(document))
    assert [one.output for one in published.measures] == ["ทำแล้ว\nทำต่อ", "ทำแล้ว"]
    assert published.measures[0].confidence == 1
    assert [doubt.kind for doubt in published.doubts] == ["fiscal_year"]


def test_a_unit_over_several_measures_is_each_ones_and_no_copied_cell() -> None:
    document, table = _docx(3)
    _fill(table, 1)
    _fill(table, 2, ("๒.", "มาตรการสอง", "", "", ""))
    for column in (2, 3, 4):
        table.cell(1, column).merge(table.cell(2, column))
    first, second = _published(saved(document)).measures
    assert (second.unit, second.period.end) == (first.unit, first.period.end)
    assert second.raw["ผู้รับผิดชอบ"] == second.raw["ผลการดำเนินการ"] == ""
    assert second.output == ""


def test_a_number_that_is_repeated_beside_a_title_over_several_rows() -> None:
    document, table = _docx(3)
    _fill(table, 1)
    _fill(table, 2, ("๑.", "", "", "", "ทำต่อ"))
    for column in (1, 2, 3):
        table.cell(1, column).merge(table.cell(2, column))
    (measure,) = _published(saved(document)).measures
    assert measure.output == "ทำแล้ว\nทำต่อ"


def test_what_word_hides_under_a_merged_cell_is_not_read() -> None:
    document, table = _docx(3)
    _fill(table, 1)
    _fill(table, 2, ("๒.", "มาตรการสอง", "", *ROW[3:]))
    table.cell(1, 2).merge(table.cell(2, 2))
    table.rows[2]._tr.tc_lst[2].p_lst[0].add_r().text = "ซ่อน"
    assert _published(saved(document)).measures[1].unit == "กองคลัง"


def test_a_row_that_was_deleted_with_tracked_changes_is_gone() -> None:
    document, table = _docx(3)
    _fill(table, 1)
    _fill(table, 2, ("๒.", "มาตรการสอง", *ROW[2:]))
    properties = table.rows[2]._tr.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {W} w:id="9" w:author="ก"/>'))
    assert len(_published(saved(document)).measures) == 1


def test_a_cell_over_the_whole_width_is_a_heading_for_the_rows_below() -> None:
    """That is certain, so that nothing is asked."""
    document, table = _docx(5)
    table.cell(1, 0).merge(table.cell(1, 4)).text = "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร"
    _fill(table, 2)
    table.cell(3, 0).merge(table.cell(3, 4)).text = "ด้านอื่น"
    _fill(table, 4, ("๒.", "มาตรการสอง", *ROW[2:]))
    published = _published(saved(document))
    assert [one.indicator for one in published.measures] == [7, 7]
    assert [doubt.kind for doubt in published.doubts] == ["fiscal_year"]


INSERTED = f'<w:ins {W} w:id="1" w:author="ก"><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>'
DELETED = f'<w:del {W} w:id="2" w:author="ก"><w:r><w:delText>ตัด</w:delText></w:r></w:del>'
MOVED = f'<w:moveFrom {W} w:id="3" w:author="ก"><w:r><w:t>ย้าย</w:t></w:r></w:moveFrom>'
LINK = f"<w:hyperlink {W}><w:r><w:t>https://a.example</w:t></w:r></w:hyperlink>"
CONTROL = f"<w:sdt {W}><w:sdtContent><w:r><w:t>เลือก</w:t></w:r></w:sdtContent></w:sdt>"
BREAK = f"<w:r {W}><w:t>ก</w:t><w:br/><w:t>ข</w:t></w:r>"
BOX = (
    f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:AlternateContent><mc:Choice Requires="x"><w:txbxContent>'
    "<w:p><w:r><w:t>กล่อง</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>กล่อง</w:t></w:r></w:p></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (INSERTED, "เพิ่ม"),
        (DELETED, ""),
        (MOVED, ""),
        (LINK, "https://a.example"),
        (CONTROL, "เลือก"),
        (BREAK, "ก\nข"),
        (BOX, "กล่อง"),
    ],
)
def test_what_word_shows_is_read(xml: str, words: str) -> None:
    document, table = _docx(2)
    _fill(table, 1)
    table.cell(1, 4).paragraphs[0].clear()._p.append(parse_xml(xml))
    assert _published(saved(document)).measures[0].output == words


def test_numbers_that_word_counts_by_itself() -> None:
    """Column ลำดับ with an automatic list: its text is empty, but people see 1. and 2."""
    document, table = _docx(3)
    _fill(table, 1, ("", *ROW[1:]))
    _fill(table, 2, ("", "มาตรการสอง", *ROW[2:]))
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = document.styles["List Number"]
    table.cell(1, 4).paragraphs[0].style = document.styles["List Bullet"]
    published = _published(saved(document))
    assert [one.raw["ลำดับ"] for one in published.measures] == ["1. ", "2. "]
    assert [one.number for one in published.measures] == [1, 2]
    assert published.measures[0].output == "- ทำแล้ว"


def test_a_table_inside_a_cell_is_not_lost() -> None:
    document, table = _docx(2)
    _fill(table, 1)
    inner = table.cell(1, 4).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "ก", "ข"
    assert _published(saved(document)).measures[0].output == "ทำแล้ว\nก ข"
    outer = docx.Document()
    within = outer.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=2, cols=len(HEADS))
    _fill(within, 0, HEADS)
    _fill(within, 1)
    assert _published(saved(outer)).measures[0].title == "มาตรการหนึ่ง"


def test_paragraphs_with_tabs_are_a_table_only_where_they_have_headings() -> None:
    typed = as_docx((*TITLES, "\t".join(HEADS), "\t".join(ROW)))
    assert _published(typed).measures[0].unit == "กองคลัง"
    memo = as_docx(("๑.\tการปฏิบัติหน้าที่\t๙๘.๐๑ คะแนน",), [HEADS, ROW])
    assert read_document("a", memo).lines[0].cells == ("๑. การปฏิบัติหน้าที่ ๙๘.๐๑ คะแนน",)
