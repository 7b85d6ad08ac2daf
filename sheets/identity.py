"""Which row of ours a line is, where its id cell does not tell: by tag and by content. Pure.

A sync goes by content beyond doubt (`with_true_ids`); an installation, which asks the operator,
also by a tag alone (`recognise`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from sheets.snapshot import Line, View, twins_in

Wanted = Mapping[int, Mapping[str, str]]

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

    Ids are hidden, so people sort the columns that they see: then the ids stay where they were, and
    the words beside them are another row's. And they empty, or paste over, an id cell. The cells by
    which rows are told apart are the bot's own, so that nobody writes them; of a line without an id
    all names have to be the row's. An id on a line without any name is no row where that row stands
    elsewhere.
    """
    true = _shuffled(view, wanted) | _lost(view, wanted)
    told = [replace(line, row_id=true.get(line.index, line.row_id)) for line in view.lines]
    there = {line.row_id for line in told if _has_name(view, line)}
    lines = tuple(
        replace(line, row_id=None) if line.row_id in there and not _has_name(view, line) else line
        for line in told
    )
    owners = _owners(lines, view.tags, known)
    return replace(view, lines=lines, rows=owners, twins=twins_in(lines))


def _shuffled(view: View, wanted: Wanted) -> dict[int, int]:
    """Line index → row id of lines whose ids were left behind, all of them or none.

    Only where the same rows stand there, each once: then nothing was copied over another.
    """
    keys = NAMES.get(view.tab.key, ((),))[0]
    by_name = _by_name(wanted, keys)
    lines = [line for line in view.lines if line.row_id in wanted]
    meant = {line.index: by_name.get(_name(line.cells, keys), NOBODY) for line in lines}
    moved = {line.index: meant[line.index] for line in lines if meant[line.index] != line.row_id}
    left = Counter(line.row_id for line in lines if line.index in moved)
    whole = bool(keys) and left == Counter(moved.values()) and max(left.values(), default=0) == 1
    return moved if whole and not view.twins else {}


def _lost(view: View, wanted: Wanted) -> dict[int, int]:
    """Line index → row id of lines that by all their names are a row which no id tells.

    Such a row has no id, or only a line without a name bears it, or a line that is another such
    row: an id that we put back may land there, when rows move in that moment. Where a line without
    a name bears it, the row was cut without it, and its first name will do.
    """
    named = [line for line in view.lines if _has_name(view, line)]
    cut = {line.row_id for line in view.lines} - {line.row_id for line in named}
    misled = _meant(view, named, _without_line(wanted, named), cut)
    lost = _without_line(wanted, [line for line in named if line.index not in misled])
    free = {line.index: line for line in named if line.row_id is None or line.row_id in lost}
    found = _meant(view, free.values(), lost, cut)
    whole = {None, *found.values()}
    return {index: row_id for index, row_id in found.items() if free[index].row_id in whole}


def _has_name(view: View, line: Line) -> bool:
    """Whether a line holds a cell by which rows are told apart; always, where a tab has none."""
    keys = NAMES.get(view.tab.key, ())
    return not keys or any(line.cells.get(key) for names in keys for key in names)


def _without_line(wanted: Wanted, lines: Iterable[Line]) -> Wanted:
    """The rows of which none of these lines bears the id."""
    there = {line.row_id for line in lines}
    return {row_id: cells for row_id, cells in wanted.items() if row_id not in there}


def _meant(view: View, lines: Iterable[Line], rows: Wanted, cut: Set[int | None]) -> dict[int, int]:
    """Line index → which of these rows a line is by all its names, where only one line is.

    For rows that were `cut` the first name counts.
    """
    names = {keys: _by_name(rows, keys) for keys in NAMES.get(view.tab.key, ())}
    found: dict[int, int] = {}
    for line in lines if rows and names else ():
        first, *others = (by.get(_name(line.cells, keys), NOBODY) for keys, by in names.items())
        if first != NOBODY and (first in cut or {first} >= set(others)):
            found[line.index] = first
    claims = Counter(found.values())
    return {index: row_id for index, row_id in found.items() if claims[row_id] == 1}


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
