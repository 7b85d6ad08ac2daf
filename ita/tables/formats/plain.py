"""Plain text: how it is encoded, and what parts its cells: tabs, commas, semicolons or strokes."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

from ita.tables.document import Document, Line, text_document
from ita.tables.grid import read_grid
from ita.tables.published import Doubt, UnreadableTable

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_THAI = re.compile("[ก-๛]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_LOST = "\ufffd"
_MOST_LOST = 0.02
_MOST_CONTROLS = 0.05
_RULE = re.compile(r"[\s|:+\-=]+")
_NO_TEXT = "ไม่ใช่เอกสารที่ระบบอ่านได้ กรุณาใช้ไฟล์ Word (.docx), Excel (.xlsx), HTML, CSV หรือข้อความ"


def decoded(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of a file in UTF-8, UTF-16 with its mark, or Thai Windows' TIS-620.

    A few broken letters are asked about; UnreadableTable for what is no text.
    """
    text = _of_bytes(data)
    lost = text.count(_LOST)
    if lost > _MOST_LOST * len(text) or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableTable(_NO_TEXT)
    if not lost:
        return text, []
    reason = f"มีตัวอักษรที่อ่านไม่ได้ {lost} ตัว แสดงเป็น {_LOST} ในข้อความ"
    return text, [Doubt("letters", "ทั้งเอกสาร", _LOST, "", reason)]


def read(text: str) -> Document:
    """The lines of a text, parted by what makes a table of them; by tabs if nothing does."""
    tabbed = text_document(text)
    if read_grid(tabbed).tables:
        return _with_quoted_breaks(text) or tabbed
    for other in _others(text):
        if read_grid(other).tables:
            return other
    return tabbed


def _with_quoted_breaks(text: str) -> Document | None:
    """The text as spreadsheets copy it, with quotes around line breaks; None where it has none."""
    if '"' not in text:
        return None
    quoted = _quoted(text, "\t")
    broken = [cell for line in quoted.lines for cell in line.cells if "\n" in cell]
    # A lone quotation mark would run over the cells of the next rows.
    return quoted if broken and not any("\t" in cell for cell in broken) else None


def _of_bytes(data: bytes) -> str:
    """The reading, as UTF-8 or as Thai Windows', in which fewer letters are lost."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", errors="replace")
    text = data.decode("utf-8-sig", errors="replace")
    if _LOST not in text:
        return text
    thai = data.decode("cp874", errors="replace")
    mostly_thai = 2 * len(_THAI.findall(thai)) > len(_NOT_ASCII.findall(thai))
    return thai if mostly_thai and thai.count(_LOST) < text.count(_LOST) else text


def _others(text: str) -> Iterator[Document]:
    for delimiter in "\t,;":
        if delimiter in text:
            yield _quoted(text, delimiter)
    if "|" in text:
        yield _ruled(text)


def _quoted(text: str, delimiter: str) -> Document:
    """Cells as spreadsheets save them: quoted where a delimiter or a line break stands in them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    first = 1
    try:
        for cells in reader:
            lines.append(Line(f"บรรทัดที่ {first}", tuple(cells) or ("",)))
            first = reader.line_num + 1
    except csv.Error:  # a cell without its closing quote, longer than any cell is
        return Document(())
    return Document(tuple(lines))


def _ruled(text: str) -> Document:
    """Tables drawn with strokes, as Markdown has them: | ลำดับ | มาตรการ |."""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("|") and not _RULE.fullmatch(bare):
            cells = tuple(cell.strip() for cell in bare.strip("|").split("|"))
            lines.append(Line(f"บรรทัดที่ {number}", cells))
        elif not bare.startswith("|"):
            lines.append(Line(f"บรรทัดที่ {number}", (line,)))
    return Document(tuple(lines))
