"""HTML pages, and HTML tables that a conversion left in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ita.tables.document import Document, Line, text_document
from ita.tables.formats.blocks import Cell, Layout, TableBlock
from ita.tables.published import UnreadableTable

_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<t[dhr]\b", re.IGNORECASE)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_BREAKS = {"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "center", "hr"}
_SKIPPED = {"script", "style", "head", "template", "noscript", "svg", "select", "button"}
_CELLS = {"td", "th"}
_MOST = 100
_NO_PAGE = "เป็นหน้าเว็บที่อ่านไม่ได้ กรุณาบันทึกหน้าเว็บใหม่ หรือคัดลอกตารางไปไว้ในไฟล์ Word หรือ Excel"


def is_html(text: str) -> bool:
    """Whether a text is a page, or has tables written as HTML in it."""
    return bool(_PAGE.search(text[:5000]) or (_TABLE.search(text) and _ROW.search(text)))


def read(text: str) -> Document:
    """The lines of a page; in another text, the HTML tables between its own lines."""
    if _PAGE.search(text[:5000]):
        return Document(tuple(_Page().read(text)))
    return Document(tuple(_of_fragments(text)))


def _of_fragments(text: str) -> Iterator[Line]:
    page = _Page()
    lower = text.casefold() if len(text.casefold()) == len(text) else text
    at, number = 0, 1
    while (start := lower.find("<table", at)) >= 0 and (end := lower.find("</table", start)) >= 0:
        between = text_document(text[at:start]).lines
        yield from _renumbered(between, number)
        yield from page.read(text[start:end] + "</table>")
        number += text.count("\n", at, end)
        at = end + len("</table>")
    yield from _renumbered(text_document(text[at:]).lines, number)


def _renumbered(lines: tuple[Line, ...], first: int) -> Iterator[Line]:
    for number, line in enumerate(lines, first):
        yield Line(f"บรรทัดที่ {number}", line.cells)


@dataclass(slots=True)
class _Open:
    """A table that is being read, and the words of its open cell (None outside cells)."""

    block: TableBlock = field(default_factory=TableBlock)
    words: list[str] | None = None
    columns: int = 1
    rows: int = 1


class _Page:
    """The reading of HTML, element by element: never deeper than one call."""

    def __init__(self) -> None:
        self._layout = Layout()
        self._open: list[_Open] = []
        self._words: list[str] = []
        self._skipped = 0
        self._told = 0

    def read(self, text: str) -> list[Line]:
        """The lines of a piece of HTML."""
        clean = _UNWANTED.sub(" ", text)
        try:
            parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
            root = etree.fromstring(clean.encode(), parser)
        except (etree.LxmlError, ValueError):
            raise UnreadableTable(_NO_PAGE) from None
        if root is None:
            return []
        for event, element in etree.iterwalk(root, events=("start", "end")):
            self._take(event, element)
        self._end_paragraph()
        lines = self._layout.lines[self._told :]
        self._told = len(self._layout.lines)
        return lines

    def _take(self, event: str, element: "etree._Element") -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED or not tag:
            self._skipped += (1 if event == "start" else -1) if tag else 0
        elif not self._skipped and event == "start":
            self._begin(tag, element)
        elif not self._skipped:
            self._end(tag)
        words = element.text if event == "start" and tag else element.tail if event == "end" else ""
        if words and not self._skipped:
            self._buffer().append(_SPACES.sub(" ", words))

    def _begin(self, tag: str, element: "etree._Element") -> None:
        if tag in _BREAKS:
            self._break()
        elif tag == "table":
            if not self._open:
                self._end_paragraph()
            self._open.append(_Open())
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].block.rows.append([])
        elif tag in _CELLS and self._open:
            self._end_cell()
            table = self._open[-1]
            table.words = []
            table.columns = _number(element.get("colspan"))
            table.rows = _number(element.get("rowspan"))

    def _end(self, tag: str) -> None:
        if tag in _BREAKS and tag != "br":
            self._break()
        elif tag in _CELLS and self._open:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._end_table(self._open.pop().block)

    def _end_table(self, block: TableBlock) -> None:
        if not self._open:
            self._layout.table(block)
        elif block.stands_alone:
            outer = self._open[-1].block
            outer.inner.setdefault(max(0, len(outer.rows) - 1), []).append(block)
        else:
            self._buffer().append(f"\n{block.text}\n")

    def _end_cell(self) -> None:
        table = self._open[-1] if self._open else None
        if table is None or table.words is None:
            return
        if not table.block.rows:
            table.block.rows.append([])
        table.block.rows[-1].append(Cell(_joined(table.words), table.columns, table.rows))
        table.words = None

    def _buffer(self) -> list[str]:
        words = self._open[-1].words if self._open else None
        return self._words if words is None else words

    def _break(self) -> None:
        if self._open and self._open[-1].words is not None:
            self._open[-1].words.append("\n")
        elif not self._open:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words = _joined(self._words)
        if words:
            self._layout.text(words)
        self._words.clear()


def _joined(words: list[str]) -> str:
    lines = ("".join(words)).split("\n")
    return "\n".join(line for part in lines if (line := _SPACES.sub(" ", part).strip()))


def _number(span: str | None) -> int:
    """Columns or rows that a cell takes, as a page writes them."""
    digits = (span or "").strip()
    return min(max(int(digits), 1), _MOST) if digits.isascii() and digits.isdigit() else 1
