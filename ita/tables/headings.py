"""The meaning of a table's headings, in the words of the five published reports and near them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from ita.tables.cells import one_line
from ita.tables.meanings import USUAL, Column, bones, meaning
from ita.text import normalise

__all__ = ["LONGEST", "Column", "Heading", "read_headings", "skeleton_of"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed; `usual` is set where it is only like a usual one, and names that.

    `likeness` is how like, 0..1. `below` is the second line of a heading that has two, by which
    columns under one heading are told apart: "ไตรมาส 1".
    """

    raw: str
    column: Column | None
    usual: str | None = None
    likeness: float = 1.0
    below: str = ""


LONGEST = 120
"""The longest heading is phrathaen's, with 85 letters; longer cells are text."""

_TELLING = {Column.UNIT, Column.PERIOD, Column.POINTS}
_SAYING = {Column.METHOD, Column.OUTPUT, Column.OUTCOME}
_NEAR = 0.78


def read_headings(cells: Sequence[str]) -> tuple[Heading, ...] | None:
    """The headings of a line of cells, or None when the line is no line of headings.

    It is one when at least two columns are known by their meaning, they are at least half of
    what stands there, and one of them is of a unit, a period or points: a row may well begin
    its cells with มาตรการ or ผลการดำเนินการ, but not with those. Some may merely be like a usual
    heading. Without those three it is one only if every cell is a usual heading in full.
    """
    columns = [_column(cell) for cell in cells]
    if not any(columns):
        return None
    headings = [
        Heading(cell, column) if column else _near(cell)
        for cell, column in zip(cells, columns, strict=True)
    ]
    return _settled(headings) if _are_headings(headings) else None


def _are_headings(headings: Sequence[Heading]) -> bool:
    known = [heading.column for heading in headings if heading.column]
    filled = [heading for heading in headings if heading.raw.strip()]
    if len(set(known)) < 2 or 2 * len(known) < len(filled):  # noqa: PLR2004 - see above
        return False
    if _TELLING & set(known):
        return True
    in_full = all(_in_full(heading.raw) for heading in filled)
    return in_full and Column.MEASURE in known and len(_SAYING & set(known)) > 1


def _in_full(cell: str) -> bool:
    near = _near(cell)
    return near.column is not None and near.likeness == 1


def _settled(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with what stands for the measure and its method where no other does."""
    settled = list(headings)
    columns = [heading.column for heading in settled]
    if Column.MEASURE not in columns:
        columns = [Column.MEASURE if one is Column.ISSUE else one for one in columns]
    if Column.MEASURE not in columns and {Column.UNIT, Column.PERIOD} & set(columns):
        for place, heading in enumerate(settled):
            if Column.MEASURE not in columns and skeleton_of(heading.raw).startswith("แนวทาง"):
                columns[place] = Column.MEASURE
    if Column.METHOD not in columns and columns.count(Column.MEASURE) > 1:
        columns[columns.index(Column.MEASURE, columns.index(Column.MEASURE) + 1)] = Column.METHOD
    return tuple(
        replace(heading, column=column) for heading, column in zip(settled, columns, strict=True)
    )


@lru_cache(maxsize=4096)  # a table's cells repeat: units, blanks, the headings of every page
def _column(cell: str) -> Column | None:
    skeleton = skeleton_of(cell)
    return None if skeleton[:1].isdigit() else meaning(skeleton)


@lru_cache(maxsize=4096)
def _near(cell: str) -> Heading:
    """The heading that a damaged one is most like, if it is very like it."""
    skeleton = skeleton_of(cell)
    best = max((_likeness(skeleton, usual), name, column) for usual, name, column in USUAL)
    return Heading(cell, best[2], best[1], best[0]) if best[0] >= _NEAR else Heading(cell, None)


def _likeness(skeleton: str, usual: str) -> float:
    """0..1; a heading that lost its beginning is nearly wholly like it."""
    if skeleton == usual:
        return 1.0
    if 2 * len(skeleton) > len(usual) and usual.endswith(skeleton):
        return 0.95
    matcher = SequenceMatcher(None, skeleton, usual, autojunk=False)
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0.0
    return matcher.ratio()


@lru_cache(maxsize=4096)
def skeleton_of(cell: str) -> str:
    """The bones of a heading; empty for a cell that no heading looks like."""
    if len(cell) > 3 * LONGEST:
        return ""
    bare = bones(normalise(one_line(cell))).strip("*_#")  # Markdown's bold
    return "" if len(bare) > LONGEST or bare.startswith("-") else bare
