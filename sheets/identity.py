"""Which row of ours a line is that lost its id: by its tag, else by content beyond doubt. Pure."""

from collections import Counter
from collections.abc import Mapping

from sheets.snapshot import View

Wanted = Mapping[int, Mapping[str, str]]

NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "measures": (("fiscal_year", "number"), ("title",)),
    "scores": (("fiscal_year", "indicator"),),
    "items": (("fiscal_year", "code"),),
    "cases": (("number",),),
    "doubts": (("at", "row", "column", "theirs", "why"),),
}
"""By tab: the cells by which people tell its rows apart."""
NOBODY = 0
"""No row has this name, or several have."""


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
