"""Documents for tests in every format, built from the same paragraphs and rows."""

import csv
import io
from collections.abc import Sequence
from html import escape

import docx
import openpyxl

Rows = Sequence[Sequence[str]]

# The columns that the five agencies print (the domain notes name them); the cells are made up.
PATHUMRAT = (
    "ลำดับ", "มาตรการ/ กิจกรรม", "วิธีดำเนินการ", "ระยะเวลา ในการ ดำเนินการ", "ผู้รับผิดชอบ",
    "สรุปผลการดำเนินการ ตามมาตรการหรือ กิจกรรม", "ผลลัพธ์หรือ ความสำเร็จในการ ดำเนินการ", "งบประมาณ",
)  # fmt: skip
PHRATHAEN = (
    "มาตรการ โครงการ หรือ กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "ขั้นตอนหรือวิธีการปฏิบัติ", "ช่วงระยะเวลาในการดำเนินการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ (Output)",
    "ผลลัพธ์หรือผลสัมฤทธิ์ในการดำเนินการ (outcome/result)",
)  # fmt: skip
DONGMUANG = (
    "ตัวชี้วัด", "มาตรการ/แนวทางที่จะดำเนินการ", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ",
    "สรุปผลการดำเนินการ", "ผลลัพธ์/ความสำเร็จ",
)  # fmt: skip
CHATTURAT = (
    "ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ",
    "การรายงานผลและกำกับติดตาม กำหนดเวลาแล้วเสร็จ",
)  # fmt: skip
KHAMPHI = (
    "มาตรการ/กิจกรรม", "ขั้นตอน/วิธีการปฏิบัติ", "หน่วยงานผู้รับผิดชอบ", "ระยะเวลาดำเนินการ",
    "สรุปผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ",
)  # fmt: skip


def as_text(paragraphs: Sequence[str], *tables: Rows) -> bytes:
    lines = list(paragraphs)
    for rows in tables:
        lines += ["", *("\t".join(cells).replace("\n", " ") for cells in rows)]
    return "\n".join(lines).encode()


def as_csv(paragraphs: Sequence[str], *tables: Rows) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([paragraph] for paragraph in paragraphs)
    for rows in tables:
        writer.writerows([[], *rows])
    return out.getvalue().encode("utf-8-sig")


def as_html(paragraphs: Sequence[str], *tables: Rows) -> bytes:
    page = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    for rows in tables:
        page += "<table>" + "".join(f"<tr>{_html_cells(cells)}</tr>" for cells in rows) + "</table>"
    return f"<!DOCTYPE html><html><body>{page}</body></html>".encode()


def _html_cells(cells: Sequence[str]) -> str:
    return "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in cells)


def as_docx(paragraphs: Sequence[str], *tables: Rows) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for rows in tables:
        table = document.add_table(rows=0, cols=max(map(len, rows)))
        for cells in rows:
            for cell, text in zip(table.add_row().cells, cells, strict=False):
                cell.text = text
        document.add_paragraph()
    return saved(document)


def as_xlsx(paragraphs: Sequence[str], *tables: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for paragraph in paragraphs:
        sheet.append([paragraph])
    for rows in tables:
        sheet.append([])
        for cells in rows:
            sheet.append([cell or None for cell in cells])
    return saved(book)


def saved(document: "docx.document.Document | openpyxl.Workbook") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS = {
    "report.txt": as_text,
    "report.csv": as_csv,
    "report.html": as_html,
    "report.docx": as_docx,
    "report.xlsx": as_xlsx,
}
