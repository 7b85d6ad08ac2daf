"""The spreadsheet at one moment, as the judge sees it: lines by their id cell, cells by column.

Where each column stands is what the storm itself knows from what its people did; neither tags nor
headers are asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox.google import cells as shown_cells
from sandbox.google.workbook import Sheet, Workbook
from tests.sheets.storm.rules import COLUMNS, ID, TITLES, Fields, visible

Json = dict[str, Any]
Order = dict[str, tuple[str, ...]]
"""By tab: the columns from left to right; people's own ones by a name that no tab has."""


def first_order() -> Order:
    """As the layout puts them."""
    return {tab: tuple(columns) for tab, columns in COLUMNS.items()}


@dataclass(frozen=True)
class Line:
    """One line below the header: its 0-based index, which row it is, and its texts.

    `cell_id` is what its id cell says. `extra` are the cells beyond the columns that the storm
    knows.
    """

    index: int
    row_id: int | None
    cells: Fields
    extra: tuple[str, ...] = ()
    cell_id: int | None = None


Identify = Callable[[str, list[Line]], list[Line]]
"""Tells of the lines of a tab which rows they are, where the id cells do not."""


class Sight:
    """One moment. `texts` holds each tab's lines of texts by tab key, the header first."""

    def __init__(
        self,
        texts: Mapping[str, Mapping[int, Mapping[int, str]]],
        order: Order,
        tags: Mapping[int, tuple[int, int]] | None = None,
        identify: Identify = lambda _, lines: lines,
    ) -> None:
        self._texts = texts
        self._identify = identify
        self.order = order
        self.tags = tags or {}

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """By tab: the lines below the header that hold anything."""
        return {
            tab: self._identify(
                tab,
                [
                    _line(index, texts, self.order[tab])
                    for index, texts in sorted(rows.items())
                    if index > 0
                ],
            )
            for tab, rows in self._texts.items()
        }

    @cached_property
    def by_id(self) -> dict[str, dict[int, list[Line]]]:
        """By tab and id: the lines with this id, several where a person copied one."""
        found: dict[str, dict[int, list[Line]]] = {}
        for tab, lines in self.lines.items():
            rows = found.setdefault(tab, {})
            for line in lines:
                if line.row_id is not None:
                    rows.setdefault(line.row_id, []).append(line)
        return found

    def header(self, tab: str) -> Fields:
        """The words above each column."""
        return _line(0, self._texts[tab].get(0, {}), self.order[tab]).cells

    def tagged(self, tab: str, row_id: int) -> int | None:
        """The index of the line that bears this row's tag, None where none in this tab does."""
        sheet_id, index = self.tags.get(row_id, (0, 0))
        return index if sheet_id == TITLES[tab][0] else None


def _line(index: int, texts: Mapping[int, str], order: tuple[str, ...]) -> Line:
    cells = {key: texts.get(place, "") for place, key in enumerate(order)}
    said = cells.pop(ID, "")
    row_id = int(said) if said.isdecimal() else None
    extra = tuple(text for place, text in sorted(texts.items()) if place >= len(order))
    return Line(index, row_id, cells, extra, row_id)


def of_book(book: Workbook, order: Order, identify: Identify | None = None) -> Sight:
    """The stand-in's own state, without asking over the wire."""
    sheets = {sheet.id: sheet for sheet in book.sheets}
    texts = {
        tab: texts_of(sheets[sheet_id])
        for tab, (sheet_id, _) in TITLES.items()
        if sheet_id in sheets
    }
    return Sight(texts, dict(order), _tags(book), identify or (lambda _, lines: lines))


def texts_of(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Row → column → text of a tab, cells without text left out."""
    found = {}
    for index, row in sheet.cells.items():
        texts = {place: visible(shown_cells.shown(cell)) for place, cell in row.items()}
        texts = {place: text for place, text in texts.items() if text}
        if texts:
            found[index] = texts
    return found


def _tags(book: Workbook) -> dict[int, tuple[int, int]]:
    places = {n: entry["location"].get("dimensionRange") for n, entry in book.metadata.items()}
    return {
        number: (place["sheetId"], place["startIndex"])
        for number, place in places.items()
        if place and place["dimension"] == "ROWS"
    }


def of_answer(answer: Json, order: Order, identify: Identify) -> Sight:
    """Google's answer to a spreadsheets.get over the wire."""
    by_id = {sheet["properties"].get("sheetId", 0): sheet for sheet in answer["sheets"]}
    texts = {}
    for tab, (sheet_id, _) in TITLES.items():
        rows = by_id[sheet_id].get("data", [{}])[0].get("rowData", []) if sheet_id in by_id else []
        texts[tab] = {index: _texts(row) for index, row in enumerate(rows) if _texts(row)}
    return Sight(texts, dict(order), identify=identify)


def _texts(row: Json) -> dict[int, str]:
    texts = {
        place: visible(cell.get("formattedValue", ""))
        for place, cell in enumerate(row.get("values", []))
    }
    return {place: text for place, text in texts.items() if text}
