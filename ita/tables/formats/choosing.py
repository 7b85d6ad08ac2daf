"""Which format a file has, by its content; and the sentences for those that are none of ours."""

import re
from collections.abc import Callable

from ita.tables.cells import one_line
from ita.tables.document import LONGEST, TOO_LONG, Document
from ita.tables.formats import archive, plain, sheet, web, word
from ita.tables.published import UnreadableTable

LARGEST = 10 * 1024 * 1024
"""Bytes; a larger file is no report's table."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_NO_TEXT = re.compile(rb"[\x00-\x20]*")
_HEAD = 1024
_LONGEST_NAME = 100

_EMPTY = "ไม่มีข้อมูลอยู่ภายใน กรุณาตรวจไฟล์แล้วเลือกใหม่"
_TOO_LARGE = "ใหญ่เกิน 10 MB กรุณาแยกเฉพาะส่วนที่เป็นตารางแล้วนำเข้าอีกครั้ง"
_PDF = "เป็น PDF ซึ่งระบบยังอ่านตารางไม่ได้ กรุณาใช้ไฟล์ Word หรือ Excel ต้นฉบับ"
_PICTURE = "เป็นภาพ ซึ่งระบบยังอ่านตารางไม่ได้ กรุณาใช้ไฟล์ Word หรือ Excel ต้นฉบับ"
_RTF = "เป็นเอกสารแบบ RTF กรุณาเปิดใน Word แล้วบันทึกเป็น .docx ก่อนนำเข้า"
_PASSWORD = "ตั้งรหัสผ่านไว้ กรุณาเปิดไฟล์ นำรหัสผ่านออก แล้วบันทึกใหม่ก่อนนำเข้า"  # noqa: S105 - a sentence
_OLD_WORD = "เป็น Word รุ่นเก่า (.doc) กรุณาเปิดใน Word แล้วบันทึกเป็น .docx ก่อนนำเข้า"
_OLD_EXCEL = "เป็น Excel รุ่นเก่า (.xls) กรุณาเปิดใน Excel แล้วบันทึกเป็น .xlsx ก่อนนำเข้า"
_OLD_OTHER = "เป็นไฟล์ Office รุ่นเก่าที่ระบบอ่านไม่ได้ กรุณาบันทึกเป็น .docx หรือ .xlsx ก่อนนำเข้า"

# Names of streams inside an OLE file, in the order in which they tell.
_STREAMS = (
    ("EncryptedPackage", _PASSWORD),
    ("WordDocument", _OLD_WORD),
    ("Workbook", _OLD_EXCEL),
    ("Book", _OLD_EXCEL),
)


def read_document(name: str, data: bytes) -> Document:
    """The lines of a file, whose `name` is only used in sentences about it.

    Raises UnreadableTable, and nothing else, with one sentence that says what to do: for an empty,
    too large, broken or password-protected file, and for a format that cannot be read.
    """
    try:
        return _reader(data)(data)
    except UnreadableTable as error:
        raise UnreadableTable(f"ไฟล์ {one_line(name)[:_LONGEST_NAME]} {error}") from None


def _reader(data: bytes) -> Callable[[bytes], Document]:
    """The reader for a content; UnreadableTable for what has none."""
    refusal = _refusal(data)
    if refusal:
        raise UnreadableTable(refusal)
    if data.startswith(_ZIP):
        return word.read if archive.kind(data) == "word" else sheet.read
    return _read_text


def _refusal(data: bytes) -> str | None:
    head = data[:_HEAD]
    if _NO_TEXT.fullmatch(head) and _NO_TEXT.fullmatch(data):
        return _EMPTY
    if len(data) > LARGEST:
        return _TOO_LARGE
    if head.startswith(_OLE):
        return _of_ole(data)
    if b"%PDF-" in head:
        return _PDF
    if head.startswith(_PICTURES):
        return _PICTURE
    return _RTF if head.startswith(b"{\\rtf") else None


def _of_ole(data: bytes) -> str:
    streams = (said for stream, said in _STREAMS if stream.encode("utf-16-le") in data)
    return next(streams, _OLD_OTHER)


def _read_text(data: bytes) -> Document:
    text, doubts = plain.decoded(data)
    if len(text) > LONGEST:
        raise UnreadableTable(TOO_LONG)
    document = web.read(text) if web.is_html(text) else plain.read(text)
    return Document(document.lines, (*doubts, *document.doubts))
