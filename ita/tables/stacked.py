"""Headings of one line or of several: words carried on below, and groups over their parts."""

from collections.abc import Sequence
from dataclasses import replace

from ita.tables.cells import one_line
from ita.tables.document import Line
from ita.tables.headings import Column, Heading, read_headings
from ita.tables.meanings import LONG_HEADINGS, bones, goes_below, meaning
from ita.text import normalise

WIDEST = 100
"""No table has more columns."""

_MOST_LINES = 3
_SHORT = 25


def headings_at(lines: Sequence[Line], index: int) -> tuple[tuple[Heading, ...], int] | None:
    """The headings that begin at a line, and how many lines they take; None where none begin.

    Where a heading stands over parts of it, each part comes first: "outcome (ผลการดำเนินการ)".
    """
    headings = read_headings(lines[index].cells[:WIDEST])
    if headings is None:
        return _under_groups(lines, index)
    taken = 1
    while taken < _MOST_LINES and (below := _below(lines, index + taken, len(headings))):
        more = _stacked(headings, below)
        if more is None:
            break
        headings, taken = more, taken + 1
    return headings, taken


def is_whole(headings: Sequence[Heading]) -> bool:
    """Whether headings can stand alone: a measure or indicator, and what is told of it."""
    columns = {heading.column for heading in headings}
    told = {Column.UNIT, Column.PERIOD, Column.OUTPUT, Column.POINTS}
    return bool(columns & {Column.MEASURE, Column.INDICATOR} and columns & told)


def _under_groups(lines: Sequence[Line], index: int) -> tuple[tuple[Heading, ...], int] | None:
    """Headings whose first line tells too little alone, because it names groups of columns."""
    cells = lines[index].cells[:WIDEST]
    below = _below(lines, index + 1, len(cells))
    if below is None or max(map(len, cells)) > 3 * _SHORT:
        return None
    upper = [Heading(cell, meaning(_bones(cell))) for cell in cells]
    if not any(heading.column for heading in upper):
        return None
    headings = _stacked(upper, below)
    return (headings, 2) if headings and is_whole(headings) else None


def _below(lines: Sequence[Line], index: int, width: int) -> list[str] | None:
    """The cells of a line that may be the second one of headings, else None."""
    if index >= len(lines) or not 1 < len(lines[index].cells) <= width:
        return None
    cells = list(lines[index].cells)
    filled = [cell for cell in cells if cell.strip()]
    if not filled or not all(_may_go_below(_bones(cell)) for cell in filled):
        return None
    alone = read_headings(cells)
    return None if alone and is_whole(alone) else cells + [""] * (width - len(cells))


def _may_go_below(word: str) -> bool:
    if goes_below(word):
        return True
    column = meaning(word) if len(word) <= _SHORT else None
    return column is not None and column not in LONG_HEADINGS


def _stacked(upper: Sequence[Heading], below: Sequence[str]) -> tuple[Heading, ...] | None:
    """The two lines as one; None where they are no headings together."""
    texts: list[str] = []
    group = ""
    for heading, part in zip(upper, below, strict=True):
        group = heading.raw if heading.raw.strip() else group
        texts.append(_joined(heading.raw, group, part) if part.strip() else heading.raw)
    headings = read_headings(texts)
    if headings is None:
        return None
    return tuple(
        replace(heading, below=one_line(part))
        for heading, part in zip(headings, below, strict=True)
    )


def _joined(own: str, group: str, part: str) -> str:
    """A heading and its second line: words carried on follow it, a part stands before it."""
    words = f"{one_line(group)} {one_line(part)}".strip()
    column = meaning(_bones(part))
    if column is None or not group or (own.strip() and column is meaning(_bones(words))):
        return words
    return f"{one_line(part)} ({one_line(group)})"


def _bones(cell: str) -> str:
    return bones(normalise(one_line(cell[: 3 * _SHORT])))
