"""Which row of ours a line is: by its id, its tag and what it is called. Pure.

A sync goes by id and names (`with_true_ids`); an installation, which asks the operator, also by a
tag alone (`recognise`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheets.snapshot import Line, View, twins_in

Wanted = Mapping[int, Mapping[str, str]]
ByName = Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]]
"""By the cells that make a name: which row has it."""

NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "measures": (("fiscal_year", "number"), ("title",)),
    "scores": (("fiscal_year", "indicator"),),
    "items": (("fiscal_year", "code"),),
    "cases": (("number",),),
    "case_statistics": (("month", "kind"),),
    "doubts": (("at", "row", "column", "theirs", "why"),),
}
"""By tab: the cells by which people tell its rows apart."""
NOBODY = 0
"""No row has this name, or several have."""


def with_true_ids(view: View, wanted: Wanted, known: Wanted) -> View:
    """The view with each line as the row that it is; `known` is what was last seen of each row.

    Ids are hidden, so people sort or cut the columns that they see: then the ids stay where they
    were, and the words beside them are another row's, or none. And they empty, or paste over, an id
    cell; and an id that we put back may fall beside another row. So a line is the row that its id
    says only if it is called so too; one that is called otherwise is what it is called; and no row
    at all where its id's row is elsewhere.
    """
    names = {keys: _by_name(wanted, keys) for keys in NAMES.get(view.tab.key, ())}
    sure = {line.index: line.row_id for line in view.lines if _is_called_so(line, names)}
    found = _told_by_names(view, wanted, known, sure)
    elsewhere = {*sure.values(), *found.values()}

    def true(line: Line) -> Line:
        if line.index in found:
            return replace(line, row_id=found[line.index])
        is_left = line.row_id in elsewhere and line.index not in sure
        return replace(line, row_id=None) if is_left else line

    lines = tuple(map(true, view.lines))
    owners = _owners(lines, view.tags, known)
    return replace(view, lines=lines, rows=owners, twins=twins_in(lines))


def _is_called_so(line: Line, names: ByName) -> bool:
    """Whether a line bears a name that only the row has whose id it bears: titles may repeat."""
    return line.row_id is not None and any(
        rows.get(_name(line.cells, keys)) == line.row_id for keys, rows in names.items()
    )


def _told_by_names(
    view: View, wanted: Wanted, known: Wanted, sure: Mapping[int, int | None]
) -> dict[int, int]:
    """Line index → row id of lines that are called like a row which stands on no sure line.

    Where the row's id stands on another line, its first name will do, if most of what was last seen
    of the row came along: its title may be new. Where its id is nowhere, the line has to be called
    so by all its names. And no line becomes another row while its own row would be nowhere, unless
    that other row left its line: then people pasted it over this one.
    """
    lost = {row_id: cells for row_id, cells in wanted.items() if row_id not in sure.values()}
    free = {line.index: line for line in view.lines if line.index not in sure}
    borne = {line.row_id for line in free.values()}
    first, *others = NAMES.get(view.tab.key, ((),))
    by_first = _by_name(lost, first) if first else {}
    claimed: dict[int, int] = {}
    for line in free.values() if lost else ():
        row_id = by_first.get(_name(line.cells, first), NOBODY)
        cells = lost.get(row_id, {})
        is_called_so = all(_name(line.cells, keys) == _name(cells, keys) for keys in others)
        came = row_id in borne and _came_along(view, line, known.get(row_id, {}))
        if row_id != NOBODY and (is_called_so or came):
            claimed[line.index] = row_id
    claims = Counter(claimed.values())
    found = {at: row_id for at, row_id in claimed.items() if claims[row_id] == 1}
    nowhere = wanted.keys() - {*sure.values(), *found.values()}
    return {
        at: row_id
        for at, row_id in found.items()
        if free[at].row_id not in nowhere or row_id in borne
    }


def _came_along(view: View, line: Line, seen: Mapping[str, str]) -> bool:
    """Whether most of what was last seen of a row, besides its names, stands on this line."""
    names = {key for keys in NAMES.get(view.tab.key, ()) for key in keys}
    words = {key: text for key, text in seen.items() if text and key not in names}
    return 2 * len(words.items() & line.cells.items()) > len(words)


def _owners(lines: Sequence[Line], tags: Mapping[int, int], known: Wanted) -> dict[int, Line]:
    """Row id → its line; of several the one that is most as it was seen, then the tagged one.

    A tag alone would not do: a sort may leave it behind, under a copy with another title. What is
    written into the original meanwhile waits there until the copy is gone.
    """
    found: dict[int, list[Line]] = {}
    for line in lines:
        if line.row_id is not None:
            found.setdefault(line.row_id, []).append(line)

    def rank(line: Line) -> tuple[int, bool, int]:
        row_id = line.row_id or NOBODY
        same = line.cells.items() & known.get(row_id, {}).items()
        return len(same), tags.get(row_id) == line.index, -line.index

    return {row_id: max(several, key=rank) for row_id, several in found.items()}


def recognise(view: View, wanted: Wanted) -> dict[int, int]:
    """The rows of ours that stand on lines without an id of theirs: line index → row id.

    `wanted` are the rows that the register has. A tag counts unless the line by all its names is
    another row; without a tag every name on the line has to be the same row's, and no other line's.
    A line with an id that the register does not know has to be the row by all its names.
    """
    lost = {row_id: cells for row_id, cells in wanted.items() if row_id not in view.rows}
    if not lost:
        return {}
    tagged = {index: row_id for row_id, index in view.tags.items() if row_id in lost}
    names = {keys: _by_name(lost, keys) for keys in NAMES.get(view.tab.key, ())}
    found: dict[int, int] = {}
    for line in view.lines:
        said = {keys: _name(line.cells, keys) for keys in names}
        votes = [names[keys].get(name, NOBODY) for keys, name in said.items() if all(name)]
        sure = bool(names) and len(votes) == len(names)
        if line.row_id is None:
            row_id = _decide(tagged.get(line.index, NOBODY), votes, sure=sure)
        elif line.row_id not in wanted and sure and len(set(votes)) == 1:
            row_id = votes[0]
        else:
            continue
        if row_id != NOBODY:
            found[line.index] = row_id
    return _once(found, tagged)


def resembling(view: View, wanted: Wanted) -> set[int]:
    """The lines without an id that are called like a row which stands on no line.

    What `recognise` leaves of them is in doubt, and no new row either.
    """
    keys = NAMES.get(view.tab.key, ((),))[-1]
    names = {_name(cells, keys) for row_id, cells in wanted.items() if row_id not in view.rows}
    return {
        line.index
        for line in view.lines
        if line.row_id is None and _name(line.cells, keys) in names
    }


def _by_name(rows: Wanted, keys: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for row_id, cells in rows.items():
        name = _name(cells, keys)
        found[name] = NOBODY if name in found else row_id
    return found


def _name(cells: Mapping[str, str], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cells.get(key, "") for key in keys)


def _decide(tag: int, votes: list[int], *, sure: bool) -> int:
    agreed = votes[0] if len(set(votes)) == 1 else NOBODY
    # A sort may have left the tag behind; one name may have been edited since, all hardly.
    return agreed if tag == NOBODY or (sure and agreed != NOBODY) else tag


def _once(found: dict[int, int], tagged: Mapping[int, int]) -> dict[int, int]:
    """Without rows that two lines claim; of several the tagged line keeps its own."""
    claims = Counter(found.values())
    return {
        index: row_id
        for index, row_id in found.items()
        if claims[row_id] == 1 or tagged.get(index) == row_id
    }
