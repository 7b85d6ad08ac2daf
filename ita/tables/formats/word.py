"""Word documents (.docx): paragraphs and tables in their order, with what Word shows of them.

python-docx opens the file; its own texts leave out tracked insertions, content controls, text
boxes and automatic numbers, so the words are gathered here.
"""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml import etree

from ita.tables.document import Document, Line
from ita.tables.formats.archive import BROKEN
from ita.tables.formats.blocks import BLANK, Cell, Layout, TableBlock
from ita.tables.formats.word_numbers import Numbering
from ita.tables.headings import read_headings
from ita.tables.published import UnreadableTable

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_T, _TAB, _SYM = qn("w:t"), qn("w:tab"), qn("w:sym")
_BREAKS = {qn("w:br"), qn("w:cr")}
_HYPHENS = {qn("w:noBreakHyphen"), qn("w:softHyphen")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {
    *(qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:tcPr")),
    *(qn("w:trPr"), _FALLBACK),
}
_TICK = "✓"
_MOST = 100


def read(data: bytes) -> Document:
    """The lines of a .docx; UnreadableTable for one that cannot be opened."""
    try:
        opened = docx.Document(BytesIO(data))
        body = opened.element.body
        numbering = Numbering(opened)
    except Exception as error:  # the library has as many errors as files have faults
        raise UnreadableTable(BROKEN) from error
    reading = _Reading(numbering)
    reading.blocks(body)
    return Document(tuple(_tabbed(reading.layout.lines)))


class _Reading:
    """The reading of a document's body."""

    def __init__(self, numbering: Numbering) -> None:
        self.layout = Layout()
        self._numbering = numbering

    def blocks(self, parent: "etree._Element") -> None:
        """The paragraphs and tables in an element, those in content controls too."""
        for child in _shown(parent):
            if child.tag == _P:
                self.layout.text(self._paragraph(child))
            elif child.tag == _TBL:
                self.layout.table(self._table(child))
            else:
                self.blocks(child)

    def _paragraph(self, paragraph: "etree._Element") -> str:
        return self._numbering.label(paragraph) + "".join(self._words(paragraph)).strip(" ")

    def _words(self, parent: "etree._Element") -> Iterator[str]:
        for child in _shown(parent):
            if child.tag == _T:
                yield child.text or ""
            elif child.tag == _TAB:
                yield "\t"
            elif child.tag in _BREAKS:
                yield "\n"
            elif child.tag in _HYPHENS:
                yield "-" if child.tag == qn("w:noBreakHyphen") else ""
            elif child.tag == _SYM:
                yield _TICK  # a letter of a font of signs: in tables, a mark
            elif child.tag == _P:  # of a text box
                yield f"\n{self._paragraph(child)}\n"
            else:
                yield from self._words(child)

    def _table(self, table: "etree._Element") -> TableBlock:
        block = TableBlock()
        for row in _inside(table, _TR):
            if _property(row, "w:trPr", "w:del") is not None:
                continue
            before = _number(_property(row, "w:trPr", "w:gridBefore"), 0)
            cells = [Cell("", before)] if before else []
            for cell in _inside(row, _TC):
                cells.append(self._cell(cell, block, len(block.rows)))
            block.rows.append(cells)
        return block

    def _cell(self, cell: "etree._Element", table: TableBlock, row: int) -> Cell:
        merge = _property(cell, "w:tcPr", "w:vMerge")
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        columns = _number(_property(cell, "w:tcPr", "w:gridSpan"), 1)
        words = "\n".join(self._in_cell(cell, table, row)).strip("\n")
        return Cell("" if goes_on else words.replace("\t", " "), columns, goes_on=goes_on)

    def _in_cell(self, parent: "etree._Element", table: TableBlock, row: int) -> Iterator[str]:
        """The paragraphs of a cell; a table in it is told apart, or as words if it is small."""
        for child in _shown(parent):
            if child.tag == _P:
                yield self._paragraph(child)
            elif child.tag == _TBL:
                inner = self._table(child)
                if inner.stands_alone:
                    table.inner.setdefault(row, []).append(inner)
                else:
                    yield inner.text
            else:
                yield from self._in_cell(child, table, row)


def _shown(parent: "etree._Element") -> Iterator["etree._Element"]:
    return (child for child in parent if isinstance(child.tag, str) and child.tag not in _UNSEEN)


def _inside(parent: "etree._Element", tag: str) -> Iterator["etree._Element"]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in _shown(parent):
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _P):
            yield from _inside(child, tag)


def _property(parent: "etree._Element", group: str, name: str) -> "etree._Element | None":
    properties = parent.find(qn(group))
    return None if properties is None else properties.find(qn(name))


def _number(element: "etree._Element | None", default: int) -> int:
    value = "" if element is None else str(element.get(qn("w:val"), ""))
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(_MOST))
    return min(max(int(value), default), _MOST) if is_number else default


def _tabbed(lines: list[Line]) -> Iterator[Line]:
    """Paragraphs with tabs: rows where some line of them is one of headings, else text."""
    parted = [line.cells[0].split("\t") if len(line.cells) == 1 else [] for line in lines]
    is_table = any(len(cells) > 1 and read_headings(cells) for cells in parted)
    for line, cells in zip(lines, parted, strict=True):
        if line is BLANK or len(cells) <= 1:
            yield line
        elif is_table and sum(bool(cell.strip()) for cell in cells) > 1:
            yield Line(line.where, tuple(cells))
        else:
            yield Line(line.where, (" ".join(cells).strip(),))
