"""The rows of tables of measures put together: sections, rows over a page break, raw cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ita.tables.breaks import is_page_text
from ita.tables.cells import one_line
from ita.tables.grid import Row, Table
from ita.tables.headings import Column
from ita.tables.names import indicator_named
from ita.tables.published import Doubt
from ita.tables.rows import (
    NAMING,
    counts_columns,
    goes_on,
    is_closing,
    named_indicator,
    section_of,
)  # fmt: skip
from ita.text import clean, normalise

_ALONE = re.compile(r"(?:ตัวชี้วัด ?)?(?:ที่)? ?([1-9]\d?)(?![\d.]\d)")
_MARK = re.compile(r"[^\d๐-๙ก-ฮa-zA-Z]+|[/xX✓]")
_INHERITED = (
    *(Column.INDICATOR, Column.ISSUE, Column.MEASURE),
    *(Column.UNIT, Column.PERIOD, Column.BUDGET, Column.STATUS),
)
_START = 400
_LONGEST = 100_000


@dataclass(slots=True)
class Draft:
    """A row on its way to a measure: the parts of its raw cells (one of each, more where the row
    goes on after a page break), and the indicator that it stands under.

    `inherited` holds what a cell has from the cell above that it is merged with, by place;
    `before` is the row before it; `guessed` says that rows were joined on appearances.
    """

    where: str
    table: Table
    parts: list[list[str]]
    indicator: int | None
    before: "Draft | None" = None
    inherited: dict[int, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    guessed: bool = False
    too_wide: bool = False

    def cell(self, column: Column) -> str:
        """The raw cell of a column; of several with one meaning the first, "" without one."""
        places = self._places(column)
        return self.at(places[0]) if places else ""

    def cells(self, column: Column) -> list[str]:
        """The raw cells of all columns with this meaning that are not empty."""
        return [cell for place in self._places(column) if (cell := self.at(place)).strip()]

    def period(self) -> str:
        """The words of the period; of a table of months or quarters, the first and last marked."""
        places = self._places(Column.PERIOD)
        if len(places) < 2:  # noqa: PLR2004 - one column says it all
            return one_line(self.cell(Column.PERIOD))
        marked = [self._marked(place) for place in places if self.at(place).strip()]
        return " - ".join(dict.fromkeys([*marked[:1], *marked[-1:]]))

    def raw_by_heading(self) -> dict[str, str]:
        """The raw cells, safe to keep; an empty or repeated heading gets its place after it."""
        cells: dict[str, str] = {}
        headings = zip(self.table.headings, self.parts, strict=True)
        for place, (heading, parts) in enumerate(headings, 1):
            name = one_line(heading.raw)
            key = f"{name} ({place})" if name in cells or not name else name
            cells[key] = clean("\n".join(parts), _LONGEST)
        return cells

    def _places(self, column: Column) -> list[int]:
        return [place for place, one in enumerate(self.table.columns) if one is column]

    def at(self, place: int) -> str:
        """The raw cell at a place, its parts a line each."""
        return self.inherited.get(place) or "\n".join(self.parts[place])

    def _marked(self, place: int) -> str:
        below = self.table.headings[place].below
        text = one_line(self.at(place))
        return below if below and _MARK.fullmatch(text) else text


@dataclass(slots=True)
class Drafts:
    """The rows of all tables of measures, and doubts on what is none of them."""

    rows: list[Draft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def drafts_of(tables: Sequence[Table]) -> Drafts:
    """The tables' rows, those that go on after a page break joined to the row they belong to."""
    drafts = Drafts()
    indicator: int | None = None
    for table in tables:
        kept = indicator if _goes_on_from(drafts, table) and is_page_text(table.above) else None
        indicator = named_indicator(table.above) or kept
        for row in table.rows:
            indicator = _take(row, table, drafts, named_indicator(row.above) or indicator)
    return drafts


def _goes_on_from(drafts: Drafts, table: Table) -> bool:
    return bool(drafts.rows) and drafts.rows[-1].table.columns == table.columns


def _take(row: Row, table: Table, drafts: Drafts, indicator: int | None) -> int | None:
    """Put a row to the drafts; returns the indicator that the next row stands under."""
    if counts_columns(row) or is_closing(row):
        return indicator
    last = drafts.rows[-1] if _goes_on_from(drafts, table) else None
    if last and goes_on(row, table, ["\n".join(parts) for parts in last.parts]):
        _join(last, row)
        return indicator
    section = section_of(row, table)
    if section is None:
        draft = _draft(row, table, indicator, last)
        drafts.rows.append(draft)
        # Where rows are numbered, an empty cell says that a measure serves no indicator.
        return indicator if Column.NUMBER in table.columns else draft.indicator
    if named_indicator(section):
        return named_indicator(section)
    if section:
        reason = "แถวนี้มีข้อความช่องเดียว จึงอ่านเป็นหัวข้อ ไม่ใช่มาตรการ"
        drafts.doubts.append(Doubt("section", row.where, one_line(section), "", reason))
    return indicator


def _draft(row: Row, table: Table, indicator: int | None, before: Draft | None) -> Draft:
    draft = Draft(row.where, table, [[cell] for cell in row.cells], indicator, before)
    for place in row.merged:
        if before and table.columns[place] in _INHERITED and not row.cells[place].strip():
            draft.inherited[place] = before.at(place)
    draft.indicator = _own_indicator(draft) or indicator
    if row.too_wide:
        draft.too_wide = True
        reason = "แถวนี้มีช่องมากกว่าหัวตาราง ช่องที่เกินยังไม่ได้อ่าน"
        draft.doubts.append(Doubt("extra_cells", row.where, "", "", reason))
    return draft


def _own_indicator(draft: Draft) -> int | None:
    """The indicator that a row's own cell gives, by its number or its name."""
    cell = one_line(draft.cell(Column.INDICATOR)[:_START])
    number = _ALONE.match(normalise(cell))
    return int(number[1]) if number else indicator_named(cell) if cell else None


def _join(draft: Draft, row: Row) -> None:
    """Put a row's cells to the row that it belongs to; asked about, unless its cells are merged."""
    for parts, more in zip(draft.parts, row.cells, strict=True):
        if more.strip() and one_line(more) != one_line(parts[-1]):
            parts.append(more)
    blank = {
        place
        for place, column in enumerate(draft.table.columns)
        if column in NAMING and column is not Column.NUMBER
    }
    if blank <= set(row.merged):
        return
    draft.guessed = True
    text = " ".join(map(one_line, row.cells)).strip()
    reason = f"แถวนี้ไม่มีลำดับหรือชื่อมาตรการของตนเอง จึงอ่านเป็นส่วนที่ต่อจาก{draft.where}"
    draft.doubts.append(Doubt("split_row", row.where, text, "รวมเป็นแถวเดียวกัน", reason))
