"""A document's lines as tables: a line of headings, and the rows that belong under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ita.tables.breaks import goes_on, is_like, trimmed
from ita.tables.cells import one_line
from ita.tables.document import Document, Line
from ita.tables.headings import Column, Heading
from ita.tables.heads import Head, heads_of
from ita.tables.published import Doubt
from ita.tables.stacked import WIDEST

_LONGEST = 1000
_DAMAGED = "แถวนี้น่าจะเป็นหัวตารางซ้ำที่เพี้ยนจากการสแกน จึงไม่ได้อ่านเป็นมาตรการ"
_NO_HEADINGS = "ตารางนี้กว้างเท่าตารางมาตรการก่อนหน้า แต่ไม่พบหัวตารางที่อ่านได้ จึงยังไม่ได้อ่าน"
_BEFORE = "แถวนี้อยู่ก่อนหัวตาราง จึงยังไม่ได้อ่าน กรุณาตรวจว่าเป็นมาตรการหรือไม่"


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, as many as the headings. `too_wide`: more stood there than fit.

    `merged` are the places of empty cells that belong to the cell above. `after_break`: something
    stands between it and the row before it; `above` is the text there.
    """

    line: int
    where: str
    cells: tuple[str, ...]
    too_wide: bool = False
    merged: tuple[int, ...] = ()
    after_break: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table at a line of the document. `above` is the line of text right before it."""

    line: int
    where: str
    headings: tuple[Heading, ...]
    above: str
    rows: list[Row] = field(default_factory=list)

    @property
    def columns(self) -> tuple[Column | None, ...]:
        """The meaning of each column."""
        return tuple(heading.column for heading in self.headings)

    @property
    def lists_measures(self) -> bool:
        """Whether it says what is done, and by whom, until when, or with what result."""
        told = {Column.UNIT, Column.PERIOD} & set(self.columns)
        results = Column.OUTPUT in self.columns and Column.POINTS not in self.columns
        return Column.MEASURE in self.columns and bool(told or results)

    @property
    def lists_scores(self) -> bool:
        """Whether it gives points to indicators."""
        return (
            Column.INDICATOR in self.columns
            and Column.POINTS in self.columns
            and Column.MEASURE not in self.columns
        )

    @property
    def lists_issues(self) -> bool:
        """Whether it gives points to questions or items (ประเด็นข้อคำถาม)."""
        return (
            Column.MEASURE in self.columns
            and Column.POINTS in self.columns
            and not self.lists_measures
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A document: its tables, and its lines of text outside them, by line number."""

    tables: list[Table] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_grid(document: Document) -> Grid:
    """The tables and text of a document.

    A table may go on after a page break (blank lines, a page's own lines of text, the headings
    once more) as long as its rows keep their width; after other text, as long as they also look
    like its rows.
    """
    reading = _Reading(document.lines)
    index = 0
    while index < len(document.lines):
        index += reading.take(index)
    return reading.grid


class _Reading:
    """The reading of a document, line by line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._heads = heads_of(lines)
        self.grid = Grid()
        self._open: Table | None = None
        self._orphans: list[Line] = []
        self._broken = False
        self._skipping = False
        self._since: list[str] = []

    def take(self, index: int) -> int:
        """Take in the line at an index; returns how many lines that were."""
        line = self._lines[index]
        if line.begins:
            self._open = None
        head = self._heads.get(index)
        filled = [cell for cell in line.cells if cell.strip()]
        if head:
            self._begin(index, head)
        elif len(line.cells) == 1 or not filled or self._is_caption(index, filled):
            self._text(index, "".join(filled).strip())
        elif self._open:
            self._row(index, self._open)
        else:
            self._orphans.append(line)
        return head.lines if head else 1

    def _is_caption(self, index: int, filled: Sequence[str]) -> bool:
        """Whether a row's only cell is text: before any table, or right over its headings."""
        over = bool(self._lines[index].cells[0].strip()) and index + 1 in self._heads
        return len(filled) == 1 and (self._open is None or over)

    def _text(self, index: int, text: str) -> None:
        self._broken = True
        if text:
            self.grid.prose.append((index, text))
            self._since.append(text)

    def _begin(self, index: int, head: Head) -> None:
        line = self._lines[index]
        self._open = Table(index, line.where, head.headings, self._above())
        self.grid.tables.append(self._open)
        if head.damaged:
            self._ask(line, "heading", "หัวตารางซ้ำ", _DAMAGED)
        self._ask_about_orphans(self._open)
        self._broken, self._skipping, self._since = False, False, []

    def _above(self) -> str:
        """The text right before a table; a table right after another stands under the same."""
        text_line, text = self.grid.prose[-1] if self.grid.prose else (0, "")
        previous = self.grid.tables[-1] if self.grid.tables else None
        return previous.above if previous and previous.line > text_line else text

    def _row(self, index: int, table: Table) -> None:
        if self._broken:
            self._skipping = not goes_on(self._lines, index, table.headings, self._since)
        if self._skipping:
            self._skip(self._lines[index], table)
            return
        new = self._broken or not table.rows
        text = self._since[-1] if self._since else ""
        table.rows.append(_row_of(index, self._lines[index], table, new=new, above=text))
        self._broken, self._since = False, []

    def _skip(self, line: Line, table: Table) -> None:
        """Leave rows out that are none of the table's; asked about where they might have been."""
        fits = len(trimmed(line.cells[:WIDEST], len(table.headings))) == len(table.headings)
        if self._broken and fits and table.lists_measures:
            self._ask(line, "table", "", _NO_HEADINGS)
        self._broken = False

    def _ask_about_orphans(self, table: Table) -> None:
        """A doubt where rows like the table's stand before its headings."""
        width = len(table.headings)
        for line in self._orphans if table.lists_measures else ():
            if len(line.cells) == width and is_like(line.cells, table.headings):
                self._ask(line, "table", "", _BEFORE)
                break
        self._orphans.clear()

    def _ask(self, line: Line, kind: str, proposal: str, reason: str) -> None:
        words = " ".join(one_line(cell) for cell in line.cells[:WIDEST]).strip()[:_LONGEST]
        self.grid.doubts.append(Doubt(kind, line.where, words, proposal, reason))


def _row_of(index: int, line: Line, table: Table, *, new: bool, above: str) -> Row:
    width = len(table.headings)
    cells = trimmed(line.cells[:WIDEST], width)
    padded = (*cells[:width], *[""] * (width - len(cells)))
    merged = tuple(place for place in line.merged if place < width)
    return Row(index, line.where, padded, len(cells) > width, merged, new, above)
