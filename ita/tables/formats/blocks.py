"""Tables with merged and nested cells laid out as lines, the same for Word and HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ita.tables.document import Line

BLANK = Line("", ("",))
"""Stands before and after every table, so that its neighbours' rows do not run into it."""

_WIDEST = 100
_LEAST_COLUMNS = 3
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it takes; `goes_on`: it belongs to the cell above."""

    text: str
    columns: int = 1
    rows: int = 1
    goes_on: bool = False


@dataclass(slots=True)
class TableBlock:
    """A table's rows of cells; `inner` are the tables to be told after the row at a place."""

    rows: list[list[Cell]] = field(default_factory=list)
    inner: dict[int, list["TableBlock"]] = field(default_factory=dict)

    @property
    def stands_alone(self) -> bool:
        """Whether it is a table for itself, where it stands in a cell of another one."""
        widest = max((len(row) for row in self.rows), default=0)
        return widest >= _LEAST_COLUMNS and len(self.rows) >= _LEAST_ROWS

    @property
    def text(self) -> str:
        """Its words, a line a row."""
        return "\n".join(" ".join(filter(None, (c.text for c in row))) for row in self.rows)


class Layout:
    """Lines of a document, its tables counted in their order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._tables = 0
        self._paragraphs = 0

    def text(self, words: str) -> None:
        """A paragraph of text: each of its lines."""
        if words.strip():
            self._paragraphs += 1
        where = f"ย่อหน้าที่ {self._paragraphs}"
        self.lines += [Line(where, (line,)) for line in words.split("\n")]

    def table(self, table: TableBlock) -> None:
        """A table, and after each of its rows the tables that stand in it."""
        self._tables += 1
        name = f"ตารางที่ {self._tables}"
        self.lines.append(BLANK)
        for number, cells, merged in _laid_out(table.rows):
            where = f"{name} แถวที่ {number}"
            if len(cells) == 1:
                self.lines += [Line(where, (line,)) for line in cells[0].split("\n")]
            else:
                self.lines.append(Line(where, cells, merged))
            for inner in table.inner.get(number - 1, ()):
                self.table(inner)
        self.lines.append(BLANK)


def _laid_out(
    rows: Sequence[Sequence[Cell]],
) -> Iterator[tuple[int, tuple[str, ...], tuple[int, ...]]]:
    """Each row's number, cells and merged places; a cell over the whole width is a line of text."""
    hanging: dict[int, int] = {}
    widest = max((sum(cell.columns for cell in row) for row in rows), default=0)
    for number, row in enumerate(rows, 1):
        if len(row) == 1 and not hanging and row[0].columns >= widest:
            yield number, (row[0].text,), ()
            continue
        cells, merged = _row(row, hanging)
        yield number, tuple(cells), tuple(merged)


def _row(row: Sequence[Cell], hanging: dict[int, int]) -> tuple[list[str], list[int]]:
    """A row's texts and merged places; `hanging` are the columns that hang down into the next."""
    cells: list[str] = []
    merged: list[int] = []
    waiting = list(row)
    while (waiting or hanging.keys() - range(len(cells))) and len(cells) < _WIDEST:
        place = len(cells)
        if hanging.get(place):
            hanging[place] -= 1
            merged.append(place)
            cells.append("")
        elif waiting:
            cell = waiting.pop(0)
            wide = range(place, min(place + cell.columns, _WIDEST))
            cells += [cell.text, *[""] * (len(wide) - 1)]
            merged += wide if cell.goes_on else ()
            hanging.update(dict.fromkeys(wide, cell.rows - 1) if cell.rows > 1 else {})
        else:
            cells.append("")
    for place in [place for place, left in hanging.items() if not left]:
        del hanging[place]
    return cells, merged
