"""Sees every change of the spreadsheet as it happens, and judges those of the bot.

Violations are collected: raising here would only make the stand-in answer 500.
"""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.google.edit import Caller
from sandbox.google.workbook import Sheet, Workbook
from tests.sheets.storm.model import Model
from tests.sheets.storm.rules import BOT, CHOICES, COLUMNS, ID, PEOPLE, SHARED, TITLES
from tests.sheets.storm.sight import Line, Order, Sight, first_order, of_book

NAMES = {
    "measures": ("fiscal_year", "number"),
    "scores": ("fiscal_year", "indicator"),
    "items": ("fiscal_year", "code"),
    "cases": ("number",),
    "case_statistics": ("month", "kind"),
    "doubts": ("at", "row", "column", "theirs", "why"),
}
FIRST = "somebody@sandbox.example"
"""As whom the stand-in does the edits of a `person_first`."""
AT_ONCE = 2
"""So many cells people type in the moment."""
LOOKS = ("note", "userEnteredFormat", "dataValidation")


@dataclass
class Actor:
    """One run of the sync: what it read."""

    name: str
    reads: list[Sight] = field(default_factory=list)
    took: bool = False
    """Whether it surely took in what it read."""


@dataclass
class Watch:
    """What the storm knows while it rages. `order` is kept by whoever moves columns."""

    model: Model
    order: Order = field(default_factory=first_order)
    actor: Actor = field(default_factory=lambda: Actor("nobody"))
    faulty: list[str] = field(default_factory=list)
    seen_ids: dict[str, set[int]] = field(default_factory=dict)
    """Ids that ever stood in a tab."""
    names: dict[str, dict[tuple[str, ...], int]] = field(default_factory=dict)
    """By tab: which row is called so, by cells that nobody but the bot writes."""
    broken: set[str] = field(default_factory=set)
    """Tabs in which tags may have stayed behind when a person moved rows."""
    excused: list[str] = field(default_factory=list)
    """Words lost in the moment that ADR 3 excepts."""
    astray: set[tuple[str, str, str]] = field(default_factory=set)
    """The bot's words (tab, column, text) on lines that are no rows of its own."""
    spoken: set[str] = field(default_factory=set)
    """What people wrote and did not take away again."""
    unread: set[tuple[str, int]] = field(default_factory=set)
    """Rows (tab, row id) that a batch wrote since the bot's last read."""
    clouded: set[tuple[str, int]] = field(default_factory=set)
    """Rows that exchanged their names over words just written: so it looks as well where these fell
    onto the wrong row, and are put right there. Nobody can tell.
    """
    wiped: set[str] = field(default_factory=set)
    """Words that a batch of the bot's took away; where it may not, that is judged at once."""
    reordering: Order | None = None
    """How columns will stand once the person's call is done."""
    reordering_first: tuple[str, tuple[str, ...]] | None = None
    """The same for the person who comes between the bot's read and its write."""

    def on_read(self, book: Workbook) -> None:
        """The bot read the spreadsheet."""
        self.actor.reads.append(of_book(book, self.order, self.identify))
        self.unread.clear()

    def on_change(self, caller: Caller, before: Workbook, after: Workbook) -> None:
        """Somebody changed it."""
        old, new = words_of(before), words_of(after)
        if caller.person:
            self._reorder(caller)
            self._cloud(before, after)
            self.spoken = (self.spoken | (new - old)) - (old - new)
        else:
            self.wiped |= old - new
            try:
                self.took(surely=True)  # no batch before people's edits were taken in
                self._judge(before, after)
            except Exception as error:  # noqa: BLE001 - else it would vanish in a 500
                self.faulty.append(f"the judge broke: {error!r}")
        self.note_ids(after)

    def _reorder(self, caller: Caller) -> None:
        """The person's columns now stand as announced."""
        first = caller.email == FIRST
        if first and self.reordering_first is not None:
            tab, columns = self.reordering_first
            self.order = {**self.order, tab: columns}
            self.reordering_first = None
        elif not first and self.reordering is not None:
            self.order, self.reordering = self.reordering, None

    def _cloud(self, before: Workbook, after: Workbook) -> None:
        """A person may have exchanged the names of rows over the words that were just written."""
        if not self.unread:
            return
        was, now = (of_book(book, self.order, self.identify) for book in (before, after))
        for tab, row_id in self.unread:
            for line in was.by_id[tab].get(row_id, []):
                names = NAMES.get(tab, ())
                words = {cell for cell in line.cells.items() if cell[0] not in names}
                self.clouded |= {
                    (tab, one)
                    for then in now.lines[tab]
                    if then.index == line.index and then.row_id not in (None, row_id)
                    if len(words - then.cells.items()) <= 1  # a measure's title is a name, too
                    for one in (row_id, then.row_id or 0)
                }

    def took(self, *, surely: bool) -> None:
        """The sync at work took in what it read, surely or perhaps."""
        if self.actor.reads and not self.actor.took:
            self.actor.took = surely
            self.model.taken(self.actor.reads[-1], surely=surely)

    def note_ids(self, book: Workbook) -> None:
        """Remember which ids stand there."""
        for tab, rows in of_book(book, self.order).by_id.items():
            seen = self.seen_ids.setdefault(tab, set())
            for row_id in rows.keys() - seen:
                self.names.setdefault(tab, {})[_name(tab, rows[row_id][0])] = row_id
            seen.update(rows)

    def identify(self, tab: str, lines: list[Line]) -> list[Line]:
        """Each line as the row that people read there: its cells of the bot's say which it is.

        A line whose id and names agree is beyond doubt. Of the others each is the row that it is
        called, and no row where its id's row is elsewhere.
        """
        if tab not in NAMES:
            return lines
        rows = self.names.get(tab, {})
        meant = {line.index: rows.get(_name(tab, line), 0) for line in lines}
        doubted = [line for line in lines if not self._agrees(tab, line, meant[line.index])]
        certain = {line.row_id for line in lines if line not in doubted}
        known = set(rows.values())
        doubted = [line for line in doubted if line.row_id is None or line.row_id in known]
        moved = {line.row_id for line in doubted}
        called = {
            line.index: meant[line.index]
            for line in doubted
            if meant[line.index] in known - certain
            if self._came_along(tab, meant[line.index], line, moved)
        }
        claims = Counter(called.values())
        alone = {index: row_id for index, row_id in called.items() if claims[row_id] == 1}
        home = certain | set(alone.values()) | {None}
        true = {
            line.index: alone[line.index]
            for line in doubted
            if line.index in alone and (line.row_id in home or alone[line.index] in moved)
        }
        elsewhere = certain | set(true.values())
        unsure = {line.index for line in doubted}
        return [
            replace(
                one, row_id=true.get(one.index, None if one.row_id in elsewhere else one.row_id)
            )
            if one.index in unsure
            else one
            for one in lines
        ]

    def _agrees(self, tab: str, line: Line, meant: int) -> bool:
        """Whether a line is called, by one name at least, like the row whose id it bears."""
        by_title = tab == "measures" and bool(line.cells["title"])
        row_id = line.row_id or -1
        return meant == row_id or (by_title and self._is_called_so(tab, row_id, line))

    def _came_along(self, tab: str, row_id: int, line: Line, moved: Set[int | None]) -> bool:
        """Whether a line is a row by its title too, or by half of the row's words."""
        if self._is_called_so(tab, row_id, line):
            return True
        (state, *_) = self.model.states.get((tab, row_id), [None])
        known = {**(state.known if state else {}), **self.model.printed.get((tab, row_id), {})}
        names = {*NAMES[tab], "title"}
        words = {column: text for column, text in known.items() if text and column not in names}
        same = sum(line.cells.get(column) == text for column, text in words.items())
        return row_id in moved and 2 * same > len(words)

    def _is_called_so(self, tab: str, row_id: int, line: Line) -> bool:
        """Whether the register may have this title for the measure."""
        states = self.model.states.get((tab, row_id), ())
        return tab != "measures" or any(one.row["title"] == line.cells["title"] for one in states)

    def blame(self, text: str) -> None:
        """Something happened that must not."""
        self.faulty.append(f"{self.actor.name}: {text}")

    # --- The bot's batches

    def _judge(self, before: Workbook, after: Workbook) -> None:
        ours = {sheet_id: tab for tab, (sheet_id, _) in TITLES.items()}
        there = {sheet.id: sheet for sheet in after.sheets}
        for sheet in before.sheets:
            now = there.get(sheet.id)
            if now is None:
                self.blame(f"the tab {sheet.title} was deleted")
            elif sheet.id in ours:
                self._judge_tab(ours[sheet.id], sheet, now, before, after)
            elif sheet.cells != now.cells or sheet.objects != now.objects:
                self.blame(f"the tab {sheet.title} is not the bot's")

    def _judge_tab(
        self, tab: str, old: Sheet, new: Sheet, before: Workbook, after: Workbook
    ) -> None:
        if old.title != new.title:
            self.blame(f"{tab} was renamed")
        if old.cells == new.cells:
            return
        sights = tuple(of_book(book, self.order, self.identify) for book in (before, after))
        fresh = self._fresh(tab, *sights)
        was, now = ({line.index: line for line in sight.lines[tab]} for sight in sights)
        touched: list[int] = []
        for index, place in _pairs(tab, old, new, fresh):
            cells, changed = old.cells.get(index, {}), new.cells.get(place, {})
            if cells != changed:
                line = was.get(index) or _nothing(index, self.order[tab])
                then = now.get(place) or _nothing(place, self.order[tab])
                if _looks(cells) != _looks(changed):
                    self.blame(f"notes or looks of line {index} of {tab} changed")
                touched += self._judge_line(tab, line, then)
        self.unread |= {(tab, row_id) for row_id in touched}
        for row_id in {one for one in touched if touched.count(one) > 1}:
            self.blame(f"two lines of the id {row_id} were written in {tab}")

    def _fresh(self, tab: str, before: Sight, after: Sight) -> set[int]:
        """The indexes of lines that the batch added; a row that was there never comes again."""
        fresh = set()
        for row_id, lines in after.by_id[tab].items():
            read = [sight.by_id[tab] for sight in self.actor.reads[-1:]]
            if any(row_id in rows for rows in (before.by_id[tab], *read)):
                continue
            known_once = row_id in self.seen_ids.get(tab, set())
            if known_once and not self.model.wanted_back(tab, row_id):
                self.blame(f"row {row_id} of {tab} came back")
            fresh |= {line.index for line in lines}
            if (tab, row_id) in self.model.states:
                self.model.wrote(tab, row_id, lines[0].cells)
        return fresh

    def _judge_line(self, tab: str, line: Line, after: Line) -> list[int]:
        """Judge one line that was there before; gives its id if it was written."""
        changes = [
            (column, text, after.cells[column])
            for column, text in line.cells.items()
            if after.cells[column] != text
        ]
        if after.row_id == self._id_when_read(
            tab, line
        ):  # a copy since then clouds which row it is
            line = replace(line, row_id=after.row_id)
        if line.index == 0 or line.row_id != after.row_id or line.extra != after.extra:
            self.blame(f"line {line.index} of {tab} is not the bot's: {line} → {after}")
        elif not self._may_bear(tab, line, after):
            self.blame(f"line {line.index} of {tab} bore {line.cell_id}, bears {after.cell_id}")
        elif (row_id := line.row_id or self._id_when_read(tab, line)) is None:
            for change in changes:
                self._judge_stray(tab, line, *change)
        else:
            for column, _, new in changes:
                self._judge_cell(tab, replace(line, row_id=row_id), column, new)
            return [row_id]
        return []

    def _id_when_read(self, tab: str, line: Line) -> int | None:
        """Which row a line was at the last read, if people typed little there since."""
        for sight in self.actor.reads[-1:]:
            for one in sight.lines[tab]:
                typed = one.cells.items() - line.cells.items()
                if one.index == line.index and len(typed) <= AT_ONCE and one.extra == line.extra:
                    return one.row_id
        return None

    def _may_bear(self, tab: str, line: Line, after: Line) -> bool:
        """An id is put beside its row, or taken away where it is beside none.

        It may fall beside nobody's line, or another row, where its own stood without it when the
        sheet was read. Once all is quiet each stands beside its row.
        """
        if after.cell_id in (line.cell_id, after.row_id):
            return True
        read = [one for sight in self.actor.reads[-1:] for one in sight.lines[tab]]
        stood = [(one.row_id, one.cell_id) for one in read if one.index == line.index]
        return stood == [(after.cell_id, None)]

    def _judge_stray(self, tab: str, line: Line, column: str, old: str, new: str) -> None:
        """A line without id: the bot's words may fall onto it when its row left in the moment.

        Then they cover nothing, stand where it writes without looking (ADR 3), and are cleared
        before all is quiet.
        """
        owner = COLUMNS[tab].get(column, ("", PEOPLE))[1]
        read = [one for sight in self.actor.reads[-1:] for one in sight.lines[tab]]
        was_empty = (tab, column) not in CHOICES or any(not one.cells[column] for one in read)
        ours = owner == BOT or (owner == SHARED and was_empty)
        if ours and not old:
            self.astray.add((tab, column, new))
        elif not (ours and not new and self._is_the_bots(tab, column, old)):
            self.blame(f"line {line.index} of {tab} is nobody's: {column}: {old!r} → {new!r}")

    def _is_the_bots(self, tab: str, column: str, text: str) -> bool:
        """Whether a text is the bot's own: fallen there, or of a row that lost its id."""
        said = (texts for (t, _, c), texts in self.model.said.items() if (t, c) == (tab, column))
        printed = (row.get(column) for (t, _), row in self.model.printed.items() if t == tab)
        known = (tab, column, text) in self.astray or text in printed
        return known or any(text in texts for texts in said)

    def _judge_cell(self, tab: str, line: Line, column: str, new: str) -> None:
        """A cell of a row: the bot's own, or a shared one that still held the word last seen."""
        old, row_id = line.cells[column], line.row_id or 0
        owner = COLUMNS[tab][column][1] if column in COLUMNS[tab] else PEOPLE
        what = f"{column} of row {row_id} of {tab}: {old!r} → {new!r}"
        if owner == BOT:
            self.model.printed.setdefault((tab, row_id), {})[column] = new
            return
        if self.model.ordered(tab, row_id, column, old):
            self.model.wrote(tab, row_id, {column: new})
        elif owner == PEOPLE or (tab, row_id) not in self.model.states:
            self.blame(f"a people's cell was written: {what}")
        elif self._unseen(tab, line, column):
            if not self._is_excused(tab, line, column):
                self.blame(f"a word that the bot had not read was overwritten: {what}")
            self.excused.append(what)
            self.model.wrote(tab, row_id, {column: new})
        elif not self.model.replaced(tab, row_id, column, old, new):
            self.blame(f"a person's word was overwritten: {what}")

    def _unseen(self, tab: str, line: Line, column: str) -> bool:
        """Whether a person wrote the word after the bot had read the sheet."""
        read = self._as_read(tab, line)
        return not any(one.cells.get(column) == line.cells[column] for one in read)

    def _as_read(self, tab: str, line: Line) -> list[Line]:
        reads = self.actor.reads[-1:]
        return [one for sight in reads for one in sight.by_id[tab].get(line.row_id or 0, [])]

    def _is_excused(self, tab: str, line: Line, column: str) -> bool:
        """ADR 3: what is no choice has the moment; where tags stay behind, choices have it too.

        So has a choice of which the cell was empty: nothing is there to be replaced.
        """
        was_empty = any(not one.cells[column] for one in self._as_read(tab, line))
        if (tab, column) not in CHOICES or was_empty:
            return True
        moved = all(one.index != line.index for one in self._as_read(tab, line))
        return moved and tab in self.broken


def _pairs(tab: str, old: Sheet, new: Sheet, fresh: set[int]) -> set[tuple[int, int]]:
    """Where each line stood and stands: the bot adds lines in one block, or at a log's end."""
    first, count = min(fresh, default=0), len(fresh) if tab != "progress" else 0
    pairs = {(i, i + count if count and i >= first else i) for i in old.cells}
    pairs = {(index, place) for index, place in pairs if place not in fresh}
    left = new.cells.keys() - fresh - {place for _, place in pairs}
    return pairs | {(place - count if place >= first else place, place) for place in left}


def _nothing(index: int, columns: tuple[str, ...]) -> Line:
    """A line that holds nothing."""
    return Line(index, None, {column: "" for column in columns if column != ID})


def _name(tab: str, line: Line) -> tuple[str, ...]:
    return tuple(line.cells[key] for key in NAMES.get(tab, ()))


def _looks(cells: dict[int, dict[str, Any]]) -> list[Any]:
    return [
        (place, [cell[look] for look in LOOKS if look in cell])
        for place, cell in sorted(cells.items())
        if any(look in cell for look in LOOKS)
    ]


def words_of(book: Workbook) -> set[str]:
    """Every text and note in the spreadsheet."""
    found = set()
    for sheet in book.sheets:
        for cells in sheet.cells.values():
            for cell in cells.values():
                found.add(cell.get("userEnteredValue", {}).get("stringValue", ""))
                found.add(cell.get("note", ""))
    return found


def id_place(order: Order, tab: str) -> int:
    """Where a tab's id column stands."""
    return order[tab].index(ID)
