"""The grid model: a workbook of sheets, held as Google's own JSON.

Copying is cheap and happens before every batch, so that a batch is all or nothing. It is cheap
because of one rule: a JSON value that stands in a workbook is never changed in place, only
replaced.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.google import ranges
from sandbox.google.errors import invalid, too_many_cells
from sandbox.google.ranges import MAX_COLUMNS, Area, Corners, Shift
from sandbox.google.schema import Json

MAX_CELLS = 10_000_000
NEW_ROWS, NEW_COLUMNS = 1000, 26
# What hangs on a sheet beside its cells, under Google's own names.
OBJECTS = (
    "merges",
    "protectedRanges",
    "conditionalFormats",
    "filterViews",
    "bandedRanges",
    "charts",
    "slicers",
    "rowGroups",
    "columnGroups",
)
DEFAULT_FORMAT: Json = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
    },
}


@dataclass
class Sheet:
    """One tab. `cells[row][column]` is a CellData of what was entered; a blank cell is absent."""

    id: int
    properties: Json
    cells: dict[int, dict[int, Json]] = field(default_factory=dict)
    lines: dict[str, dict[int, Json]] = field(default_factory=lambda: {"ROWS": {}, "COLUMNS": {}})
    objects: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in OBJECTS})
    basic_filter: Json | None = None

    @property
    def title(self) -> str:
        """The tab's name."""
        title: str = self.properties["title"]
        return title

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return self.count("ROWS")

    @property
    def columns(self) -> int:
        """How many columns the grid has."""
        return self.count("COLUMNS")

    def count(self, dimension: str) -> int:
        """Return how many rows or columns the grid has."""
        name = "rowCount" if dimension == "ROWS" else "columnCount"
        count: int = self.properties["gridProperties"][name]
        return count

    def resize(self, dimension: str, count: int) -> None:
        """Set how many rows or columns the grid has; who shrinks it takes the lines out first."""
        if dimension == "COLUMNS" and count > MAX_COLUMNS:
            raise too_many_cells()
        name = "rowCount" if dimension == "ROWS" else "columnCount"
        grid = self.properties["gridProperties"] | {name: count}
        self.properties = self.properties | {"gridProperties": grid}

    @property
    def area(self) -> Area:
        """The whole grid."""
        return Area(0, self.rows, 0, self.columns)

    def cell(self, row: int, column: int) -> Json:
        """Return the CellData at this place, `{}` if blank."""
        return self.cells.get(row, {}).get(column, {})

    def put(self, row: int, column: int, cell: Json) -> None:
        """Set the CellData at this place; `{}` blanks it."""
        if cell:
            self.cells.setdefault(row, {})[column] = cell
        elif column in self.cells.get(row, {}):
            del self.cells[row][column]
            if not self.cells[row]:
                del self.cells[row]

    def used(self, area: Area) -> Iterator[tuple[int, int, Json]]:
        """Yield row, column and CellData of the cells in the area that are not blank, in order."""
        for row in sorted(r for r in self.cells if area.top <= r < area.bottom):
            for column in sorted(self.cells[row]):
                if area.left <= column < area.right:
                    yield row, column, self.cells[row][column]

    def rearrange(self, shift: Shift) -> None:
        """Move cells, line properties and everything that hangs on this sheet."""
        if shift.dimension == "ROWS":
            self.cells = _moved(self.cells, shift)
        else:
            self.cells = {row: _moved(cells, shift) for row, cells in self.cells.items()}
            self.cells = {row: cells for row, cells in self.cells.items() if cells}
        self.lines[shift.dimension] = _moved(self.lines[shift.dimension], shift)
        self.objects = {
            name: ranges.shifted(items, self.id, shift) for name, items in self.objects.items()
        }
        self.basic_filter = ranges.shifted(self.basic_filter, self.id, shift)

    def copy(self) -> "Sheet":
        """Return a copy that can be changed without changing this one."""
        return Sheet(
            self.id,
            self.properties,
            {row: dict(cells) for row, cells in self.cells.items()},
            {name: dict(lines) for name, lines in self.lines.items()},
            {name: list(items) for name, items in self.objects.items()},
            self.basic_filter,
        )

    def within(self, grid_range: Json) -> Area:
        """Cut a GridRange to the grid; 400 if it is empty or reaches beyond the grid's end."""
        rows = self._stretch(grid_range, "Row", self.rows)
        columns = self._stretch(grid_range, "Column", self.columns)
        return Area(*rows, *columns)

    @staticmethod
    def _stretch(grid_range: Json, line: str, count: int) -> tuple[int, int]:
        start = grid_range.get(f"start{line}Index", 0)
        end = grid_range.get(f"end{line}Index", count)
        if end > count:
            raise invalid(
                f"range.end{line}Index[{end}] is after last {line.lower()} in grid[{count}]"
            )
        if not 0 <= start < end:
            raise invalid(f"range.start{line}Index[{start}] must be before end{line}Index[{end}]")
        return start, end

    def named(self, corners: Corners, *, clip: bool) -> Area:
        """Cut a parsed A1 range to the grid.

        400 if it begins beyond the end, or ends there and `clip` is false.
        """
        bottom, right = corners.bottom or self.rows, corners.right or self.columns
        beyond = corners.top >= self.rows or corners.left >= self.columns
        if beyond or (not clip and (bottom > self.rows or right > self.columns)):
            shown = ranges.to_a1(self.title, Area(corners.top, bottom, corners.left, right))
            raise invalid(
                f"Range ({shown}) exceeds grid limits."
                f" Max rows: {self.rows}, max columns: {self.columns}"
            )
        return Area(corners.top, min(bottom, self.rows), corners.left, min(right, self.columns))


def _moved(lines: dict[int, Any], shift: Shift) -> dict[int, Any]:
    places = ((shift.point(index), value) for index, value in lines.items())
    return {place: value for place, value in places if place is not None}


@dataclass
class Workbook:
    """A spreadsheet: its tabs in order, named ranges and developer metadata by id.

    A metadata's location is `{"spreadsheet": True}`, `{"sheetId": n}` or
    `{"dimensionRange": {"sheetId", "dimension", "startIndex", "endIndex"}}`.
    """

    id: str
    properties: Json
    sheets: list[Sheet] = field(default_factory=list)
    names: list[Json] = field(default_factory=list)
    metadata: dict[int, Json] = field(default_factory=dict)

    def copy(self) -> "Workbook":
        """Return a copy that can be changed without changing this one."""
        sheets = [sheet.copy() for sheet in self.sheets]
        return Workbook(self.id, self.properties, sheets, list(self.names), dict(self.metadata))

    def sheet(self, sheet_id: int) -> Sheet:
        """Return the tab with this id, or 400."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    def find(self, grid_range: Json) -> tuple[Sheet, Area]:
        """Return the tab and area of a GridRange, or 400."""
        sheet = self.sheet(grid_range.get("sheetId", 0))
        return sheet, sheet.within(grid_range)

    def resolve(self, text: str, *, clip: bool = True) -> tuple[Sheet, Area, bool]:
        """Return tab, area and whether one single cell was named for a range as a person writes it.

        It may be `'Tab'!A1:B2`, R1C1, a tab's title, a named range, or A1 on the first tab.
        """
        before, mark, after = text.rpartition("!")
        named = self._named(after)  # gspread asks for `'Tab'!name`, and Google answers
        if named:
            return *self.find(named["range"]), False
        sheet = self._titled(_unquoted(before if mark else text))
        corners = ranges.parse_a1(after)
        if sheet and not mark:
            return sheet, sheet.area, False
        if not mark:
            sheet = self.sheets[0]
        if sheet and corners:
            return sheet, sheet.named(corners, clip=clip), corners.single
        raise invalid(f"Unable to parse range: {text}")

    def _named(self, name: str) -> Json | None:
        for named in self.names:
            if named["name"].lower() == name.lower():
                return named
        return None

    def _titled(self, title: str) -> Sheet | None:
        for sheet in self.sheets:
            if sheet.title.lower() == title.lower():
                return sheet
        return None

    def rearrange(self, sheet: Sheet, shift: Shift) -> None:
        """Insert, delete or move lines: cells and everything that hangs on them follow."""
        sheet.rearrange(shift)
        self.names = ranges.shifted(self.names, sheet.id, shift)
        moved = {i: self._relocated(m, sheet, shift) for i, m in self.metadata.items()}
        self.metadata = {i: m for i, m in moved.items() if m is not None}

    @staticmethod
    def _relocated(metadata: Json, sheet: Sheet, shift: Shift) -> Json | None:
        place = metadata["location"].get("dimensionRange")
        if not place or (place["sheetId"], place["dimension"]) != (sheet.id, shift.dimension):
            return metadata
        index = shift.point(place["startIndex"])
        if index is None:
            return None
        place = place | {"startIndex": index, "endIndex": index + 1}
        return metadata | {"location": {"dimensionRange": place}}

    def check_size(self) -> None:
        """Raise 400 when the workbook has outgrown ten million cells."""
        if sum(sheet.rows * sheet.columns for sheet in self.sheets) > MAX_CELLS:
            raise too_many_cells()

    def free_id(self, taken: set[int]) -> int:
        """Return a random id that is not taken, as Google chooses them."""
        while True:
            number = secrets.randbelow(2**31 - 2) + 1
            if number not in taken:
                return number


def _unquoted(title: str) -> str:
    if len(title) > 1 and title[0] == title[-1] == "'":
        return title[1:-1].replace("''", "'")
    return title


def new_workbook(book_id: str, title: str) -> Workbook:
    """Make a spreadsheet as Google makes it: one empty tab of 1,000 rows and 26 columns."""
    properties = {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Asia/Bangkok",
        "defaultFormat": DEFAULT_FORMAT,
    }
    return Workbook(book_id, properties, [new_sheet(0, "Sheet1")])


def new_sheet(sheet_id: int, title: str, rows: int = NEW_ROWS, columns: int = NEW_COLUMNS) -> Sheet:
    """Make an empty tab."""
    grid = {"rowCount": rows, "columnCount": columns}
    return Sheet(sheet_id, {"title": title, "sheetType": "GRID", "gridProperties": grid})
