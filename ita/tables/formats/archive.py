"""Office files are archives: which kind, and nothing in them that is a trap."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from ita.tables.published import UnreadableTable

LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all parts together, pictures too; more is a bomb or no report."""

LARGEST_XML = 30 * 1024 * 1024
"""Bytes of all XML parts together; a report of 300 rows has less than one million."""

BROKEN = "เสียหรือไม่สมบูรณ์ กรุณาเปิดในโปรแกรมที่สร้างไฟล์แล้วบันทึกใหม่ หรือขอไฟล์ต้นฉบับ"

_TOO_LARGE = "ใหญ่เกินกว่าที่ระบบอ่านได้ กรุณาแยกเฉพาะส่วนที่เป็นตารางแล้วนำเข้าอีกครั้ง"
_PASSWORD = "ตั้งรหัสผ่านไว้ กรุณานำรหัสผ่านออก แล้วบันทึกใหม่ก่อนนำเข้า"  # noqa: S105 - a sentence
_TRAP = "มีส่วนที่เอกสาร Office ทั่วไปไม่มี กรุณาเปิดในโปรแกรมที่สร้างไฟล์แล้วบันทึกใหม่"
_ZIP = "เป็นไฟล์บีบอัด กรุณาแตกไฟล์แล้วเลือกเฉพาะเอกสารที่มีตาราง"
_SLIDES = "เป็นไฟล์นำเสนอ กรุณาคัดลอกตารางไปไว้ในไฟล์ Word หรือ Excel ก่อนนำเข้า"
_OPEN_DOCUMENT = "เป็นเอกสารแบบ OpenDocument กรุณาบันทึกเป็น .docx หรือ .xlsx ก่อนนำเข้า"
_MACROS = "เป็น Word ที่มีมาโครหรือเป็นแม่แบบ กรุณาเปิดใน Word แล้วบันทึกเป็น .docx ก่อนนำเข้า"
_BINARY = "เป็น Excel แบบไบนารี (.xlsb) กรุณาบันทึกเป็น .xlsx ก่อนนำเข้า"

_TYPES = "[Content_Types].xml"
_MOST_PARTS = 5000
_MOST_CELLS = 300_000
_MOST_MERGED = 200_000
_ENCRYPTED = 0x1
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y|E\x00?N\x00?T\x00?I)")
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell [^>]{0,80}ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)

Kind = Literal["word", "sheet"]


def kind(data: bytes) -> Kind:
    """What an archive holds, after every part was looked at for traps.

    Raises UnreadableTable for what is neither a Word nor an Excel file, is broken or is too large.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_sizes(parts)
            found = _kind(names, archive)
            for name, content in _xml(archive, parts):
                _check_part(name, content)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        if isinstance(error, UnreadableTable):
            raise
        raise UnreadableTable(BROKEN) from None
    except RuntimeError:  # what zipfile says to a password
        raise UnreadableTable(_PASSWORD) from None
    return found


def has_formulas(data: bytes) -> bool:
    """Whether a workbook that was found free of traps has formulas."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        return any(b"<f" in content for name, content in _xml(archive, parts) if _is_sheet(name))


def _kind(names: set[str], archive: ZipFile) -> Kind:
    if any(name.startswith("word/") for name in names):
        if _has_type(names, archive, b"macroEnabled", b"template.main"):
            raise UnreadableTable(_MACROS)
        return "word"
    if "xl/workbook.bin" in names:
        raise UnreadableTable(_BINARY)
    if any(name.startswith("xl/") for name in names):
        return "sheet"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableTable(_SLIDES)
    is_open_document = "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]
    raise UnreadableTable(_OPEN_DOCUMENT if is_open_document else _ZIP)


def _has_type(names: set[str], archive: ZipFile, *types: bytes) -> bool:
    content = archive.read(_TYPES) if _TYPES in names else b""
    return any(one in content for one in types)


def _check_sizes(parts: list[ZipInfo]) -> None:
    """Zip reads no more of a part than its directory says, so that the sums can be trusted."""
    xml = sum(part.file_size for part in parts if _is_xml(part.filename))
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or xml > LARGEST_XML or whole > LARGEST_UNPACKED:
        raise UnreadableTable(_TOO_LARGE)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableTable(_PASSWORD)


def _xml(archive: ZipFile, parts: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    return ((part.filename, archive.read(part)) for part in parts if _is_xml(part.filename))


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml"))


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/")


def _check_part(name: str, content: bytes) -> None:
    """Office's own XML declares no types and no entities, which is how XML bombs are made."""
    if _DECLARATION.search(content):
        raise UnreadableTable(_TRAP)
    if not _is_sheet(name):
        return
    merged = 0
    for left, top, right, bottom in _MERGE.findall(content):
        columns = abs(_column(right) - _column(left)) + 1
        merged += columns * (abs(int(bottom) - int(top)) + 1)
        if merged > _MOST_MERGED:  # each of them becomes an object when the sheet is read
            raise UnreadableTable(_TOO_LARGE)
    if content.count(b"<c ") + content.count(b":c ") > _MOST_CELLS:
        raise UnreadableTable(_TOO_LARGE)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
