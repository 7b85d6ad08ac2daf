"""What to write, from what the sheet holds, what it should hold and what was last seen. Pure.

Each cell is a merge of three: `wanted` (the register), the cell, and `known` (the last state on
which both agreed). Only a cell of which `known` still holds is ever changed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sheets.layout import ID, Owner
from sheets.rows import Cells
from sheets.snapshot import Line, Snapshot, View
from store.doubts import CONFLICT
from store.outbox import Mark
from store.sheet_state import Attempt, Seen, Stray, Written

DOUBTS = "doubts"
FORMULA = "formula"
MAX_ROWS = 100
"""Rows that are looked up in the sheet, each with guards of its own; lines of a log need none."""
MAX_CHARACTERS = 400_000
"""Thai takes three bytes a character, and Google advises 2 MB a request."""
CELL = 25
"""What JSON adds to a cell's text, in characters of that limit."""

Rows = Mapping[str, Mapping[int, Cells]]
"""Cells by tab and row id."""
Known = Mapping[str, Mapping[int, Seen]]
"""What was last seen, by tab and row id."""
Ordered = Set[tuple[str, int, str]]
"""Cells (tab, row id, column) of which a coordinator decided that ours shall stand there."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that people have to decide; `why` is a code, `column` empty for a whole row."""

    tab: str
    row_id: int
    column: str
    theirs: str
    ours: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one batch writes (`rows`, for `marks`), and what needs no writing.

    `settled` marks already stand in the sheet, or their row is gone; `more` says that another
    batch must follow.
    """

    rows: tuple[Written, ...] = ()
    marks: tuple[Mark, ...] = ()
    settled: tuple[Mark, ...] = ()
    more: bool = False


@dataclass
class _Draft:
    rows: dict[tuple[str, int], Written] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    settled: list[Mark] = field(default_factory=list)
    characters: int = 0
    found: int = 0
    log_waits: bool = False
    more: bool = False

    def add(self, row: Written, *, log: bool) -> bool:
        """Add a row; False when the batch is full. A first row always fits; a log keeps order."""
        size = sum(len(text) + CELL for text in row.after.values())
        full = self.characters + size > MAX_CHARACTERS
        if self.rows and (full or (self.log_waits if log else self.found >= MAX_ROWS)):
            self.more = True
            self.log_waits |= log
            return False
        self.rows[row.tab, row.row_id] = row
        self.more |= prepares(row)
        self.characters += size
        self.found += not log
        return True


@dataclass(frozen=True)
class _Given:
    """What a batch is planned from, besides the sheet. `steps`: what the last batch prepared."""

    wanted: Rows
    known: Known
    ordered: Ordered
    steps: Mapping[tuple[str, int], Cells]


def plan(
    snapshot: Snapshot,
    wanted: Rows,
    known: Known,
    marks: Sequence[Mark],
    ordered: Ordered = frozenset(),
    last: Sequence[Written] = (),
) -> Plan:
    """Plan one batch: rows that wait, oldest change first, then rows that differ unasked.

    `wanted` holds every row of the tagged tabs, and of the append-only tabs those that wait.
    Marks of tabs that were not read wait on. `ordered` cells get our value whosever they are.
    `last` is what the last batch wrote.
    """
    steps = {(row.tab, row.row_id): row.after for row in last if prepares(row)}
    given = _Given(wanted, known, ordered, steps)
    draft = _Draft()
    for mark in marks:
        if mark.tab in snapshot.views:
            _follow(draft, mark, snapshot.views[mark.tab], given)
    for view in snapshot.views.values():
        if not view.tab.append_only:
            _mend(draft, view, given)
    return Plan(
        rows=tuple(draft.rows.values()),
        marks=tuple(draft.marks),
        settled=tuple(draft.settled),
        more=draft.more,
    )


def prepares(row: Written) -> bool:
    """Whether this only puts a row's tag, or its id, beside it, and no word yet."""
    return not row.new and row.before.keys() <= {ID}


def _follow(draft: _Draft, mark: Mark, view: View, given: _Given) -> None:
    cells = given.wanted.get(mark.tab, {}).get(mark.row_id)
    written = _written(view, mark.row_id, cells, given) if cells else None
    if written is None:
        draft.settled.append(mark)
    elif draft.add(written, log=view.tab.append_only) and not prepares(written):
        draft.marks.append(mark)


def _written(view: View, row_id: int, cells: Cells, given: _Given) -> Written | None:
    """What to write of a row; None: nothing."""
    tab = view.tab.key
    line = None if view.tab.append_only else view.rows.get(row_id)
    seen = given.known.get(tab, {}).get(row_id)
    if line is None:
        if seen is not None:  # a person deleted it, and that is never undone silently
            return None
        there = {key: text for key, text in cells.items() if key in view.columns}
        return Written(tab, row_id, there, {}, new=True)
    forced = {column for where, row, column in given.ordered if (where, row) == (tab, row_id)}
    changes = _changes(view, line, cells, seen, forced)
    after = _first(view, line, changes, given.steps.get((tab, row_id)))
    if after is None:
        return None
    before = {key: line.cells.get(key, "") for key in after}
    return Written(tab, row_id, after, before, new=False)


def _changes(
    view: View, line: Line, cells: Cells, seen: Seen | None, forced: Collection[str]
) -> Cells:
    """The cells of a row that differ and may be written."""
    base = base_of(seen, cells)
    changes: Cells = {} if line.cell_id == line.row_id else {ID: str(line.row_id)}
    for column in view.tab.columns:
        theirs, ours = line.cells.get(column.key), cells.get(column.key)
        if theirs is None or ours is None or theirs == ours:
            continue
        untouched = column.owner is Owner.SHARED and theirs == base.get(column.key)
        untouched = untouched and column.key not in line.formulas
        if column.owner is Owner.BOT or untouched or column.key in forced:
            changes[column.key] = ours
    return changes


def _first(view: View, line: Line, changes: Cells, step: Cells | None) -> Cells | None:
    """What of these changes the next batch may write; None: nothing.

    The tag that guards a row comes first and alone, where it stands elsewhere; then the id, where
    it is lost; and words only where both are beside them. Where a `step` of the last batch was in
    vain, as somebody keeps emptying the cell, the words do not wait for it.
    """
    if not changes:
        return None
    if view.tags.get(line.row_id or 0) != line.index and step != {}:
        return {}
    if ID in changes and ID not in (step or {}):
        return {ID: changes[ID]}
    return {key: text for key, text in changes.items() if key != ID} or None


def base_of(seen: Seen | None, cells: Cells) -> Cells:
    """The last agreed state; of a cell never seen, the register's: what differs is people's."""
    return {**cells, **(seen.cells if seen else {})}


def _mend(draft: _Draft, view: View, given: _Given) -> None:
    """Rows that nobody marked, but whose cells of ours are not ours any more."""
    for row_id in view.rows:
        cells = given.wanted.get(view.tab.key, {}).get(row_id)
        if cells is None or (view.tab.key, row_id) in draft.rows:
            continue
        written = _written(view, row_id, cells, given)
        if written is not None and not draft.add(written, log=False):
            return


def gone(snapshot: Snapshot, known: Known) -> list[tuple[str, int]]:
    """Rows (tab, row id) that were there and that a person deleted since."""
    return [
        (tab, row_id)
        for tab, rows in known.items()
        if tab in snapshot.views
        for row_id in sorted(rows.keys() - snapshot.views[tab].rows.keys())
        if not rows[row_id].gone
    ]


def questions(snapshot: Snapshot, wanted: Rows, known: Known) -> list[Question]:
    """What people have to decide, as far as the sheet itself shows it."""
    found = [
        Question(tab, row_id, "", "", "", "row_gone")
        for tab, row_id in gone(snapshot, known)
        if tab != DOUBTS
    ]
    for view in snapshot.views.values():
        if view.tab.append_only or view.tab.key == DOUBTS:  # nothing is asked about a question
            continue
        ours = wanted.get(view.tab.key, {})
        found += [
            Question(view.tab.key, row_id, "", "", "", "row_twice")
            for row_id in sorted(view.twins & ours.keys())
        ]
        for row_id, line in view.rows.items():
            if row_id in ours:
                seen = known.get(view.tab.key, {}).get(row_id)
                found += _conflicts(view, line, ours[row_id], seen)
    return found


def _conflicts(view: View, line: Line, cells: Cells, seen: Seen | None) -> list[Question]:
    """Shared cells that both sides changed: the person's word stands, ours goes to the question.

    So it does where a formula stands that says something else than we do.
    """
    base = base_of(seen, cells)
    found = []
    for column in view.tab.owned(Owner.SHARED):
        theirs, ours = line.cells.get(column.key), cells.get(column.key)
        if theirs is None or ours is None or theirs == ours:
            continue
        if column.key in line.formulas:
            found.append(_about(view, line, column.key, ours, FORMULA))
        elif base[column.key] not in (theirs, ours):
            found.append(_about(view, line, column.key, ours, CONFLICT))
    return found


def _about(view: View, line: Line, column: str, ours: str, why: str) -> Question:
    return Question(view.tab.key, line.row_id or 0, column, line.cells[column], ours, why)


def agreed(snapshot: Snapshot, wanted: Rows, known: Known) -> dict[str, dict[int, Seen]]:
    """What must be known anew: rows that are there, with every cell on which both sides agree."""
    news: dict[str, dict[int, Seen]] = {}
    for view in snapshot.views.values():
        tab, ours = view.tab.key, wanted.get(view.tab.key, {})
        for row_id in view.rows.keys() & ours.keys():
            seen = known.get(tab, {}).get(row_id)
            same = dict(view.rows[row_id].cells.items() & ours[row_id].items())
            now = Seen({**base_of(seen, ours[row_id]), **same})
            if now != seen:
                news.setdefault(tab, {})[row_id] = now
    return news


@dataclass(frozen=True, slots=True)
class Verified:
    """What must be known of rows that came out otherwise than planned, and cells to clear."""

    known: dict[str, dict[int, Seen]]
    strays: tuple[Stray, ...]


def verified(snapshot: Snapshot, attempt: Attempt, known: Known) -> Verified:
    """How the rows of the last batch came out, told by the tags that it put where it wrote.

    A person may move or delete rows between our read and our write. Where the tags tell in time,
    the batch was refused; where they do not (a sort that leaves tags behind, a row that took its
    tag along, a row that was cut and pasted elsewhere), our cells and our tag now stand on a
    stranger's row or on nobody's line. On a row they are not that person's edits: known is set so
    that the next plan puts it right. On nobody's line they are strays.
    """
    astray = list(_astray(snapshot, attempt))
    mended: dict[str, dict[int, Seen]] = {}

    def know(tab: str, row_id: int, cells: Cells) -> None:
        rows = mended.setdefault(tab, {})
        rows[row_id] = _with(rows.get(row_id, known.get(tab, {}).get(row_id)), cells)

    for row, _ in astray:
        if row.row_id in snapshot.views[row.tab].rows:
            know(row.tab, row.row_id, row.before)
    for row, line in astray:  # after all of the former: on a row's line may stand another's cells
        if line.row_id is not None:
            know(row.tab, line.row_id, row.after)
    lost = [
        Stray(row.tab, _fallen(snapshot.views[row.tab], row, line))
        for row, line in astray
        if line.row_id is None
    ]
    return Verified(mended, tuple(stray for stray in lost if stray.cells))


def _astray(snapshot: Snapshot, attempt: Attempt) -> Iterator[tuple[Written, Line]]:
    """The rows whose cells came to stand on another line, and which."""
    for row in attempt.rows:
        view = snapshot.views.get(row.tab)
        line = None if view is None or row.new else _tagged_line(view, row.row_id)
        if view is None or line is None or line.row_id == row.row_id:
            continue
        ours = _ours(view, row) or row.after
        if ours and all(line.cells.get(key) == text for key, text in ours.items()):
            yield row, line


def _tagged_line(view: View, row_id: int) -> Line | None:
    index = view.tags.get(row_id)
    return next((line for line in view.lines if line.index == index), None)


def _ours(view: View, row: Written) -> Cells:
    """What was written into columns of ours; a choice is replaced only where its old word stood."""
    columns = {column.key for column in view.tab.owned(Owner.BOT)}
    return {key: text for key, text in row.after.items() if text and key in columns}


def _fallen(view: View, row: Written, line: Line) -> Cells:
    """What of a row's words fell onto this line: all but a choice that replaced another word."""
    replaced = {
        column.key
        for column in view.tab.owned(Owner.SHARED)
        if column.choices and row.before.get(column.key)
    }
    fallen = {key: text for key, text in row.after.items() if text and key not in replaced}
    return dict(fallen.items() & line.cells.items())


def lines_of(view: View, stray: Stray) -> list[Line]:
    """The lines that are no row and hold all cells of a stray.

    And nothing else, where none of these is a column of ours: a person may use the same words.
    """
    ours = any(column.key in stray.cells for column in view.tab.owned(Owner.BOT))
    return [
        line
        for line in view.lines
        if line.index > 0
        and line.row_id is None
        and stray.cells.items() <= line.cells.items()
        and (ours or sum(map(bool, line.cells.values())) == len(stray.cells))
    ]


def left_ids(view: View) -> list[Line]:
    """The lines that bear the id of a row which stands elsewhere, and has its own there.

    Those that cannot be replaced, as they look otherwise, are left: nobody goes by them.
    """
    return [
        line
        for line in view.lines
        if line.row_id is None
        and line.cell_id in view.rows
        and view.rows[line.cell_id].cell_id == line.cell_id
        and ID not in line.untidy | line.formulas
    ]


def _with(seen: Seen | None, cells: Cells) -> Seen:
    return Seen({**(seen.cells if seen else {}), **words_of(cells)})


def words_of(cells: Cells) -> Cells:
    """The cells of a row without its id, which is no word of anybody's."""
    return {key: text for key, text in cells.items() if key != ID}
