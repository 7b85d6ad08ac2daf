"""Where things are: rectangles, A1 and R1C1 notation, and what happens to places when lines move.

Indexes count from 0 and ranges are half-open, as in Google's GridRange.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.google.schema import Json

MAX_COLUMNS = 18_278  # ZZZ
_A1 = re.compile(
    r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,8})?(?::\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,8})?)?"
)
_R1C1 = re.compile(r"R([1-9]\d*)C([1-9]\d*)(?::R([1-9]\d*)C([1-9]\d*))?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Area:
    """A rectangle inside one sheet's grid."""

    top: int
    bottom: int
    left: int
    right: int

    def meets(self, other: "Area") -> bool:
        """Tell whether the two share a cell."""
        rows = self.top < other.bottom and other.top < self.bottom
        return rows and self.left < other.right and other.left < self.right

    def holds(self, other: "Area") -> bool:
        """Tell whether the other lies wholly inside."""
        rows = self.top <= other.top and other.bottom <= self.bottom
        return rows and self.left <= other.left and other.right <= self.right

    def has(self, row: int, column: int) -> bool:
        """Tell whether this cell lies inside."""
        return self.top <= row < self.bottom and self.left <= column < self.right


@dataclass(frozen=True)
class Corners:
    """A parsed A1 or R1C1 range. None: as far as the grid goes. `single`: one cell was named."""

    top: int
    left: int
    bottom: int | None
    right: int | None
    single: bool = False


def parse_a1(text: str) -> Corners | None:
    """Parse `B2`, `A1:C3`, `A:C`, `2:5`, `A5:A`, `A2:2` or `R1C1:R2C2`; None if it is neither."""
    numbers = _R1C1.fullmatch(text)
    if numbers:
        top, left, bottom, right = (int(n) if n else None for n in numbers.groups())
    else:
        letters = _A1.fullmatch(text)
        if not letters or not _complete(text, *letters.groups()):
            return None
        left, right = _column(letters[1]), _column(letters[3])
        top, bottom = (int(n) if n else None for n in (letters[2], letters[4]))
    if ":" not in text:
        return Corners((top or 1) - 1, (left or 1) - 1, top, left, single=True)
    top, bottom = _ordered(top, bottom)
    left, right = _ordered(left, right)
    return Corners((top or 1) - 1, (left or 1) - 1, bottom, right)


def _complete(text: str, *parts: str | None) -> bool:
    first, second = (parts[0], parts[1]), (parts[2], parts[3])
    if ":" not in text:
        return all(first)
    return any(first) and any(second)


def _ordered(first: int | None, second: int | None) -> tuple[int | None, int | None]:
    if first and second and second < first:
        return second, first
    return first, second


def _column(letters: str | None) -> int | None:
    if not letters:
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters(column: int) -> str:
    """Return the letters of a column that counts from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quoted(title: str) -> str:
    """Return a sheet's title as it stands before the `!`."""
    if _PLAIN_TITLE.fullmatch(title) and not parse_a1(title) and not _A1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def to_a1(title: str, area: Area) -> str:
    """Return the range as Google writes it: `Sheet1!A1:B2`, one cell as `Sheet1!A1`."""
    first = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first}" if first == last else f"{quoted(title)}!{first}:{last}"


@dataclass(frozen=True)
class Insert:
    """Lines are put in before index `at`."""

    dimension: str
    at: int
    count: int

    def point(self, index: int) -> int | None:
        """Return where a line goes; None if it dies."""
        return index + self.count if index >= self.at else index

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of lines goes; it grows around lines put inside."""
        moved = self.count if start >= self.at else 0
        return start + moved, end + (self.count if end > self.at else 0)


@dataclass(frozen=True)
class Delete:
    """Lines from start up to end die."""

    dimension: str
    start: int
    end: int

    def point(self, index: int) -> int | None:
        """Return where a line goes; None if it dies."""
        if self.start <= index < self.end:
            return None
        return index - (self.end - self.start) if index >= self.end else index

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what is left of a stretch of lines; None if nothing is."""
        lost_before = max(0, min(start, self.end) - self.start)
        lost = max(0, min(end, self.end) - self.start)
        new = start - lost_before, end - lost
        return new if new[0] < new[1] else None


@dataclass(frozen=True)
class Move:
    """Lines from start up to end go before what was index `to`."""

    dimension: str
    start: int
    end: int
    to: int

    def point(self, index: int) -> int | None:
        """Return where a line goes."""
        size = self.end - self.start
        if self.start <= index < self.end:
            return index + (self.to - self.end if self.to > self.start else self.to - self.start)
        if self.end <= index < self.to:
            return index - size
        if self.to <= index < self.start:
            return index + size
        return index

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch goes; one that the move tears apart stays where it was.

        What Google does with a torn range is not documented.
        """
        places = sorted(self.point(index) or 0 for index in range(start, end))
        if places and places[-1] - places[0] == len(places) - 1:
            return places[0], places[-1] + 1
        return start, end


Shift = Insert | Delete | Move


def shifted(value: Any, sheet_id: int, shift: Shift) -> Any:
    """Return a JSON value with every place of this sheet in it moved; None if its place died."""
    if isinstance(value, list):
        moved = [shifted(item, sheet_id, shift) for item in value]
        return [item for item in moved if item is not None]
    if not isinstance(value, dict):
        return value
    if value.get("sheetId", 0) == sheet_id:
        for start, end, point in _keys(value, shift.dimension):
            return _moved(value, start, end, point, shift)
    result = {key: shifted(item, sheet_id, shift) for key, item in value.items()}
    died = any(result[key] is None and value[key] is not None for key in result)
    return None if died else result


def _keys(value: Json, dimension: str) -> list[tuple[str, str, str]]:
    """Name the keys of a GridRange, DimensionRange or GridCoordinate that this shift touches."""
    line = "Row" if dimension == "ROWS" else "Column"
    if "dimension" in value:
        return [("startIndex", "endIndex", "")] if value["dimension"] == dimension else []
    start, end, point = f"start{line}Index", f"end{line}Index", f"{line.lower()}Index"
    return [(start, end, point)] if {start, end, point} & set(value) else []


def _moved(value: Json, start: str, end: str, point: str, shift: Shift) -> Json | None:
    if point in value:
        index = shift.point(value[point])
        return None if index is None else value | {point: index}
    far = 10**7  # an open end lies beyond every grid and stays open
    span = shift.span(value.get(start, 0), value[end]) if end in value else None
    if end in value:
        return None if span is None else value | {start: span[0], end: span[1]}
    opened = shift.span(value.get(start, 0), far) if not isinstance(shift, Move) else None
    return value | {start: opened[0]} if opened and start in value else value
