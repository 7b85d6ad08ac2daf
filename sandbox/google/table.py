"""What `values.append` takes for "the table": the trap that Google's guide describes by example.

A table is a block of cells with values that touch each other, diagonally too. The range that the
caller names only says where to look: the lowest table that it touches wins.
"""

from collections.abc import Iterator

from sandbox.google import cells
from sandbox.google.ranges import Area
from sandbox.google.workbook import Sheet


def table_for(sheet: Sheet, area: Area) -> Area | None:
    """Return the lowest table that the area touches, None if it touches none."""
    touched = [block for block in blocks(sheet) if block.meets(area)]
    return max(touched, key=lambda block: (block.bottom, block.right), default=None)


def blocks(sheet: Sheet) -> list[Area]:
    """Return every block of touching cells with values, as the rectangle around it."""
    runs: list[Area] = []
    parent: list[int] = []
    above: list[int] = []
    for row in sorted(sheet.cells):
        own = []
        for run in _runs(sheet, row):
            number = len(runs)
            runs.append(run)
            parent.append(number)
            own.append(number)
            for other in above:
                if _touch(runs[other], run):
                    parent[_root(parent, other)] = number
        above = own
    return _around(runs, parent)


def _runs(sheet: Sheet, row: int) -> Iterator[Area]:
    """Yield the stretches of neighbouring cells with values in a row."""
    start = end = -1
    for column in sorted(sheet.cells[row]):
        if cells.effective(sheet.cell(row, column)) is None:
            continue
        if column != end:
            if end > start:
                yield Area(row, row + 1, start, end)
            start = column
        end = column + 1
    if end > start:
        yield Area(row, row + 1, start, end)


def _touch(above: Area, below: Area) -> bool:
    near = above.left <= below.right and below.left <= above.right
    return above.bottom == below.top and near


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _around(runs: list[Area], parent: list[int]) -> list[Area]:
    found: dict[int, Area] = {}
    for number, run in enumerate(runs):
        root = _root(parent, number)
        old = found.get(root, run)
        found[root] = Area(
            min(old.top, run.top),
            max(old.bottom, run.bottom),
            min(old.left, run.left),
            max(old.right, run.right),
        )
    return list(found.values())
