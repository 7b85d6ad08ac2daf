"""What people do in the spreadsheet, through gspread, by what they see at that moment.

Each deed says in a few words what it was. Google may refuse one: then nothing has changed.
"""

from random import Random
from typing import Any

import gspread
from gspread.utils import rowcol_to_a1

from tests.sheets.conftest import BOOK
from tests.sheets.storm import registry
from tests.sheets.storm.rules import BOT, CHOICES_OF, COLUMNS, ID, LISTS, RESTORE, TITLES
from tests.sheets.storm.sight import Line, Order, Sight, of_book
from tests.sheets.storm.stage import Stage
from tests.sheets.storm.watch import Watch
from tests.sheets.storm.words import WRITABLE, say

Json = dict[str, Any]
WORKED = (*("measures",) * 6, "scores", "items", "cases")
"""Where people work, and how often."""
UNDERSTOOD = (
    *(("measures", column) for column in ("status", "acceptance", "indicator", "items", "period")),
    *(("scores", "points"), ("items", "present"), ("items", "url"), ("cases", "status")),
)
"""Cells that take some words only."""


class People:
    """One office at work. `focus` is the measure that everybody is busy with."""

    def __init__(self, stage: Stage, watch: Watch, dice: Random) -> None:
        self.stage = stage
        self.watch = watch
        self.dice = dice
        self.focus = "1"
        self.number = 100
        self._undo: tuple[str, int, str, str] | None = None
        self.bin: list[tuple[str, dict[str, Json]]] = []

    # --- What they see and how they point at it

    def look(self) -> Sight:
        """The spreadsheet as it is."""
        return of_book(self.stage.book, self.watch.order, self.watch.identify)

    def place(self, tab: str, column: str) -> int:
        """Where a column stands."""
        return self.watch.order[tab].index(column)

    def worksheet(self, tab: str) -> gspread.Worksheet:
        """gspread's hand on a tab."""
        sheet = self.stage.book.sheet(TITLES[tab][0])
        known = sheet.properties | {"sheetId": sheet.id, "index": 0}
        return gspread.Worksheet(self.stage.malee, known, BOOK, self.stage.malee.client)

    def send(self, *requests: Json) -> None:
        """One batchUpdate."""
        self.stage.malee.batch_update({"requests": list(requests)})

    def tab(self) -> str:
        """A tab to work in."""
        return self.dice.choice(WORKED)

    def line(self, tab: str, *, single: bool = True) -> Line | None:
        """A row with an id, the one in focus more often; `single`: none that stands there twice."""
        sight = self.look()
        rows = sight.by_id.get(tab, {})
        lines = [line for line in sight.lines[tab] if line.row_id is not None]
        if single:
            lines = [line for line in lines if len(rows[line.row_id or 0]) == 1]
        focused = [line for line in lines if line.cells.get("number") == self.focus]
        if focused and self.dice.random() < 0.6:
            return focused[0]
        return self.dice.choice(lines) if lines else None

    def fresh(self) -> int:
        """A number that nobody used."""
        self.number += 1
        return self.number

    def rows(self, tab: str, start: int, end: int) -> Json:
        """Lines of a tab, as Google's DimensionRange."""
        return _span(tab, "ROWS", start, end)

    # --- Writing

    def edit(self) -> str:
        """Write into a cell that is people's or shared."""
        tab = self.tab()
        column = self.dice.choice(WRITABLE[tab])
        if tab == "measures" and self.dice.random() < 0.4:
            column = self.dice.choice(("status", "status", "acceptance"))
        return self.write(tab, column, say(self.dice, tab, column, self.fresh()))

    def nonsense(self) -> str:
        """Write what no rule understands."""
        tab, column = self.dice.choice(UNDERSTOOD)
        return self.write(tab, column, f"อะไรนะ {self.fresh()}")

    def write(self, tab: str, column: str, text: str) -> str:
        """Write this into a row of a tab."""
        line = self.line(tab)
        if line is None:
            return "nothing to edit"
        self._undo = (tab, line.row_id or 0, column, line.cells[column])
        self.type(tab, line.index, column, text)
        return f"{column} of row {line.row_id} of {tab}: {text!r}"

    def type(self, tab: str, index: int, column: str, text: str) -> None:
        """Type into one cell."""
        self.worksheet(tab).update_cell(index + 1, self.place(tab, column) + 1, text)

    def typing(self) -> tuple[str, list[Json]]:
        """A word into a cell, as requests."""
        tab = self.tab()
        line = self.line(tab)
        if line is None:
            return "nothing to type", []
        column = self.dice.choice(("status", *WRITABLE[tab]))
        column = column if column in WRITABLE[tab] else WRITABLE[tab][0]
        text = say(self.dice, tab, column, self.fresh())
        start = {
            "sheetId": TITLES[tab][0],
            "rowIndex": line.index,
            "columnIndex": self.place(tab, column),
        }
        cells = {"start": start, "rows": [{"values": [_text(text)]}], "fields": "userEnteredValue"}
        return f"{column} of row {line.row_id} of {tab}: {text!r}", [{"updateCells": cells}]

    def undo(self) -> str:
        """Write the former word again."""
        if self._undo is None:
            return "nothing to undo"
        tab, row_id, column, text = self._undo
        lines = self.look().by_id.get(tab, {}).get(row_id, [])
        if len(lines) != 1:
            return "nothing to undo any more"
        self._undo = (tab, row_id, column, lines[0].cells[column])
        self.type(tab, lines[0].index, column, text)
        return f"undo: {column} of row {row_id} of {tab}: {text!r}"

    def overwrite(self) -> str:
        """Write into a cell of the bot's."""
        tab = self.tab()
        line = self.line(tab)
        if line is None:
            return "nothing to overwrite"
        theirs = [c for c, (_, owner) in COLUMNS[tab].items() if owner == BOT and c != ID]
        column = self.dice.choice([c for c in theirs if c != "budget_used"])
        self.type(tab, line.index, column, self.dice.choice(("แก้เอง", "99", "")))
        return f"overwrites {column} of row {line.row_id} of {tab}"

    def lose_id(self) -> str:
        """Empty the hidden id cell."""
        tab = self.tab()
        line = self.line(tab)
        if line is None:
            return "no id to lose"
        self.type(tab, line.index, ID, "")
        return f"empties the id of row {line.row_id} of {tab}"

    def note(self) -> str:
        """Put a note and a colour onto a cell."""
        tab = self.tab()
        line = self.line(tab, single=False)
        if line is None:
            return "nothing to note"
        column = self.dice.choice(list(COLUMNS[tab]))
        cell = rowcol_to_a1(line.index + 1, self.place(tab, column) + 1)
        sheet = self.worksheet(tab)
        sheet.insert_note(cell, f"โน้ต {self.fresh()}")
        sheet.format(cell, {"backgroundColor": {"red": 1, "green": 0.5}})
        return f"note on {cell} of {tab}"

    def list_holiday(self) -> str:
        """Write a line, or over a line, of a list that people alone fill."""
        tab = self.dice.choice(tuple(LISTS))
        index = self.dice.randint(1, 4)
        for column in LISTS[tab]:
            self.type(tab, index, column, f"{column} {self.fresh()}")
        return f"line {index} of {tab}"

    # --- Questions

    def decide(self) -> str:
        """Choose what becomes of a question that is open, or say something else."""
        open_ones = {one.id: one for one in registry.doubts(self.stage.sql) if one.open}
        lines = [line for line in self.look().lines["doubts"] if line.row_id in open_ones]
        if not lines:
            return "nothing to decide"
        line = self.dice.choice(lines)
        question = open_ones[line.row_id or 0]
        choices = CHOICES_OF.get(question.why, (RESTORE,))
        words = self.dice.choice((*choices, *choices, *choices, f"เดี๋ยวดูให้ {self.fresh()}"))
        self.type("doubts", line.index, "decision", words)
        self.watch.model.decide(question, words)
        return f"decides {words!r} about {question}"

    def dismiss(self) -> str:
        """Delete a question."""
        lines = self.look().lines["doubts"]
        if not lines:
            return "nothing to dismiss"
        line = self.dice.choice(lines)
        self.worksheet("doubts").delete_rows(line.index + 1)
        return f"deletes the question {line.row_id}"

    # --- Columns and tabs

    def own_column(self) -> str:
        """Put in a column of one's own, with words in it."""
        tab = self.tab()
        request, order = self.column_request(tab)
        self.reorder(order, request)
        return f"own column in {tab} at {order[tab]}"

    def column_request(self, tab: str) -> tuple[list[Json], Order]:
        """The requests for a column of one's own, and the order that they make."""
        columns = list(self.watch.order[tab])
        place = self.dice.randint(0, len(columns))
        name = f"own{self.fresh()}"
        last = max((line.index for line in self.look().lines[tab]), default=0)
        texts = [{"values": [_text(f"{name} {index}")]} for index in range(last + 1)]
        start = {"sheetId": TITLES[tab][0], "rowIndex": 0, "columnIndex": place}
        columns.insert(place, name)
        return [
            {"insertDimension": {"range": _span(tab, "COLUMNS", place, place + 1)}},
            {"updateCells": {"start": start, "rows": texts, "fields": "userEnteredValue"}},
        ], {**self.watch.order, tab: tuple(columns)}

    def move_column(self) -> str:
        """Drag a column to another place."""
        tab = self.tab()
        columns = list(self.watch.order[tab])
        old = self.dice.randrange(len(columns))
        new = self.dice.choice([n for n in range(len(columns) + 1) if n not in (old, old + 1)])
        column = columns.pop(old)
        columns.insert(new if new < old else new - 1, column)
        move = {"source": _span(tab, "COLUMNS", old, old + 1), "destinationIndex": new}
        self.reorder({**self.watch.order, tab: tuple(columns)}, [{"moveDimension": move}])
        return f"{column} of {tab} goes to {new}"

    def reorder(self, order: Order, requests: list[Json]) -> None:
        """Do what makes this order of columns."""
        self.watch.reordering = order
        try:
            self.send(*requests)
        finally:
            self.watch.reordering = None

    def rename(self) -> str:
        """Give a header or a tab another name."""
        tab = self.tab()
        if self.dice.random() < 0.5:
            self.worksheet(tab).update_title(f"{TITLES[tab][1]} {self.fresh()}")
            return f"renames {tab}"
        column = self.dice.choice(list(COLUMNS[tab]))
        self.type(tab, 0, column, f"หัว {self.fresh()}")
        return f"renames the header of {column} of {tab}"

    def own_tab(self) -> str:
        """Make a tab of one's own."""
        name = f"ของฉัน {self.fresh()}"
        self.stage.malee.add_worksheet(name, 3, 3).update_cell(1, 1, name)
        return f"tab {name}"

    def filter(self) -> str:
        """Filter rows, for all or for oneself."""
        tab = self.tab()
        if self.dice.random() < 0.5:
            self.worksheet(tab).set_basic_filter()
            return f"filter on {tab}"
        whole = {"sheetId": TITLES[tab][0]}
        self.send({"addFilterView": {"filter": {"title": f"มุม {self.fresh()}", "range": whole}}})
        return f"filter view on {tab}"


def _span(tab: str, dimension: str, start: int, end: int) -> Json:
    sheet_id = TITLES[tab][0]
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}


def _text(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}} if text else {}
