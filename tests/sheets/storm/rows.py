"""What people do with whole rows: sort, insert, move, delete, copy, cut, put back."""

from typing import Any

from tests.sheets.storm.people import People
from tests.sheets.storm.rules import ID, TITLES

Json = dict[str, Any]


class Rows(People):
    """The same people, with rows in their hands.

    Each deed is made of requests first, so that it can also be done between the bot's read and
    its write.
    """

    def sort(self) -> str:
        """Sort, by any column: the whole width, or a part of it."""
        return self._do(self.sorting())

    def insert(self) -> str:
        """Insert a blank line, or one with words of one's own."""
        return self._do(self.inserting())

    def move(self) -> str:
        """Drag rows to another place."""
        return self._do(self.moving())

    def delete(self) -> str:
        """Delete a row."""
        return self._do(self.deleting())

    def copy(self) -> str:
        """Copy a row to a new line below it, or over another row."""
        return self._do(self.copying())

    def cut(self) -> str:
        """Cut a row and paste it elsewhere: its tag stays where it was."""
        return self._do(self.cutting())

    def put_back(self) -> str:
        """Undo the last deletion: the row's values stand there again, without its tag."""
        if not self.bin:
            return "nothing to put back"
        tab, kept = self.bin.pop()
        values = [kept.get(column, {}) for column in self.watch.order[tab]]
        start = {"sheetId": TITLES[tab][0], "rowIndex": 1, "columnIndex": 0}
        cells = {"start": start, "rows": [{"values": values}], "fields": "userEnteredValue"}
        self.send({"insertDimension": {"range": self.rows(tab, 1, 2)}}, {"updateCells": cells})
        return f"puts a row back into {tab}"

    def _do(self, deed: tuple[str, list[Json]]) -> str:
        said, requests = deed
        if requests:
            self.send(*requests)
        return said

    # --- As requests

    def deed(self) -> tuple[str, list[Json]]:
        """Any of these, as requests: what a person does in the moment between read and write."""
        return self.dice.choice(
            (self.sorting, self.inserting, self.moving, self.deleting, self.copying, self.cutting)
        )()

    def sorting(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        sheet = self.stage.book.sheet(TITLES[tab][0])
        left, right, top, bottom = 0, sheet.columns, 1, sheet.rows
        partial = self.dice.random() < 0.2
        if partial:
            left, right = sorted(self.dice.sample(range(len(self.watch.order[tab]) + 1), 2))
            bottom = min(bottom, self.dice.randint(3, 6))
        switches = self.stage.world.switches
        follows = switches.metadata_follows_ui_sort
        if not follows or (partial and not switches.metadata_follows_partial_sort):
            self.watch.broken.add(tab)
        area = {
            "sheetId": sheet.id,
            "startRowIndex": top,
            "endRowIndex": bottom,
            "startColumnIndex": left,
            "endColumnIndex": right,
        }
        order = self.dice.choice(("ASCENDING", "DESCENDING"))
        by = self.dice.randrange(left, min(right, len(self.watch.order[tab])))
        spec = {"dimensionIndex": by, "sortOrder": order}
        kind = "a part of " if partial else ""
        said = f"sorts {kind}{tab} by {self.watch.order[tab][by]} {order}"
        return said, [{"sortRange": {"range": area, "sortSpecs": [spec]}}]

    def inserting(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        end = max((line.index for line in self.look().lines[tab]), default=0) + 1
        at = self.dice.randint(1, end)
        requests: list[Json] = [{"insertDimension": {"range": self.rows(tab, at, at + 1)}}]
        said = f"inserts a line at {at} of {tab}"
        if self.dice.random() < 0.5:
            column = len(self.watch.order[tab]) - 1
            start = {"sheetId": TITLES[tab][0], "rowIndex": at, "columnIndex": column}
            value = {"userEnteredValue": {"stringValue": f"แถวของฉัน {self.fresh()}"}}
            cells = {"start": start, "rows": [{"values": [value]}], "fields": "userEnteredValue"}
            requests.append({"updateCells": cells})
            said += " with words"
        return said, requests

    def moving(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        line = self.line(tab, single=False)
        end = max((one.index for one in self.look().lines[tab]), default=0) + 1
        places = [n for n in range(1, end + 1) if line and n not in (line.index, line.index + 1)]
        if line is None or not places:
            return "nothing to move", []
        to = self.dice.choice(places)
        source = self.rows(tab, line.index, line.index + 1)
        said = f"moves row {line.row_id} of {tab} from {line.index} to {to}"
        return said, [{"moveDimension": {"source": source, "destinationIndex": to}}]

    def deleting(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        line = self.line(tab, single=False)
        if line is None:
            return "nothing to delete", []
        cells = self.stage.book.sheet(TITLES[tab][0]).cells[line.index]
        columns = enumerate(self.watch.order[tab])
        self.bin.append((tab, {name: _value(cells.get(place, {})) for place, name in columns}))
        request = {"deleteDimension": {"range": self.rows(tab, line.index, line.index + 1)}}
        return f"deletes row {line.row_id} of {tab} at {line.index}", [request]

    def copying(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        line, other = self.line(tab), self.line(tab)
        if line is None or other is None:
            return "nothing to copy", []
        width = self.stage.book.sheet(TITLES[tab][0]).columns
        if line.index != other.index and self.dice.random() < 0.3:
            paste = self._pasted(tab, "copyPaste", line.index, other.index, width)
            return f"copies row {line.row_id} of {tab} over row {other.row_id}", [paste]
        below = line.index + 1
        room = {"insertDimension": {"range": self.rows(tab, below, below + 1)}}
        paste = self._pasted(tab, "copyPaste", line.index, below, width)
        return f"copies row {line.row_id} of {tab} to the line below", [room, paste]

    def cutting(self) -> tuple[str, list[Json]]:
        tab = self.tab()
        line = self.line(tab)
        if line is None:
            return "nothing to cut", []
        self.watch.broken.add(tab)
        end = max(one.index for one in self.look().lines[tab]) + 1
        sheet = self.stage.book.sheet(TITLES[tab][0])
        first = 1 if self.watch.order[tab][0] == ID and self.dice.random() < 0.5 else 0
        what = f"{tab} {'without their ids ' if first else ''}"
        if self.dice.random() < 0.3:
            start, count = line.index, min(self.dice.randint(1, 3), end - line.index)
            to = max(1, start + self.dice.choice((-2, -1, 1, 2)))
            paste = self._pasted(tab, "cutPaste", start, to, sheet.columns, first, count)
            return f"cuts {count} rows of {what}from {start} to {to}", [paste]
        room = {
            "insertDimension": {"range": self.rows(tab, end, end + 1), "inheritFromBefore": True}
        }
        paste = self._pasted(tab, "cutPaste", line.index, end, sheet.columns, first)
        return f"cuts row {line.row_id} of {what}from {line.index} to {end}", [room, paste]

    def _pasted(
        self, tab: str, kind: str, source: int, to: int, width: int, first: int = 0, count: int = 1
    ) -> Json:
        sheet_id = TITLES[tab][0]
        place: Json = {"sheetId": sheet_id, "rowIndex": to, "columnIndex": first}
        if kind == "copyPaste":
            place = _area(sheet_id, to, count, first, width)
        content = {"source": _area(sheet_id, source, count, first, width), "destination": place}
        return {kind: content | {"pasteType": "PASTE_NORMAL"}}


def _area(sheet_id: int, row: int, count: int, first: int, width: int) -> Json:
    return {
        "sheetId": sheet_id,
        "startRowIndex": row,
        "endRowIndex": row + count,
        "startColumnIndex": first,
        "endColumnIndex": width,
    }


def _value(cell: Json) -> Json:
    return {key: cell[key] for key in ("userEnteredValue",) if key in cell}
