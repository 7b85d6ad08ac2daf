"""Where in a document headings stand: those that can be read, and those too damaged for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ita.tables.breaks import trimmed
from ita.tables.document import Line
from ita.tables.headings import Heading, skeleton_of
from ita.tables.stacked import WIDEST, headings_at, is_whole

_LIKE = 0.7
_LEAST = 3
_MOST_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Head:
    """Headings and how many lines they take. `damaged`: those of another page that it is like."""

    headings: tuple[Heading, ...]
    lines: int
    damaged: bool = False


def heads_of(lines: Sequence[Line]) -> dict[int, Head]:
    """The headings of all tables by the index of their line.

    The headings of another page need not be readable, if those of some page are whole.
    """
    heads = _readable(lines)
    whole = {at: head for at, head in heads.items() if is_whole(head.headings)}
    taken = {at + more for at, head in whole.items() for more in range(head.lines)}
    known = list(dict.fromkeys(head.headings for head in whole.values()))[:_MOST_KNOWN]
    for at, line in enumerate(lines if known else ()):
        like = _like(line, known) if len(line.cells) >= _LEAST and at not in taken else None
        if like:
            heads[at] = Head(like, 1, damaged=True)
    return heads


def _readable(lines: Sequence[Line]) -> dict[int, Head]:
    heads: dict[int, Head] = {}
    seen: dict[tuple[tuple[str, ...], ...], Head] = {}
    longest: dict[tuple[str, ...], int] = {}
    at = 0
    while at < len(lines):
        head = None
        if sum(bool(cell.strip()) for cell in lines[at].cells) > 1:
            # On the next page the same headings take no more lines than they did before.
            size = longest.get(lines[at].cells, 0)
            head = seen.get(_cells(lines, at, size)) or _at(lines, at)
        if head:
            heads[at] = seen[_cells(lines, at, head.lines)] = head
            longest.setdefault(lines[at].cells, head.lines)
        at += head.lines if head else 1
    return heads


def _at(lines: Sequence[Line], index: int) -> Head | None:
    found = headings_at(lines, index)
    return Head(*found) if found else None


def _cells(lines: Sequence[Line], index: int, size: int) -> tuple[tuple[str, ...], ...]:
    return tuple(line.cells for line in lines[index : index + size])


def _like(line: Line, known: Iterable[tuple[Heading, ...]]) -> tuple[Heading, ...] | None:
    """Those of the known headings that a line is most like, all in all."""
    best: tuple[float, tuple[Heading, ...] | None] = (_LIKE, None)
    for headings in known:
        likeness = _likeness(trimmed(line.cells[:WIDEST], len(headings)), headings)
        if likeness > best[0]:
            best = likeness, headings
    return best[1]


def _likeness(cells: Sequence[str], headings: Sequence[Heading]) -> float:
    """0..1; at least three cells count, so that a row that names its own column stays a row."""
    if len(cells) != len(headings):
        return 0.0
    pairs = [
        (skeleton_of(cell), skeleton_of(heading.raw))
        for cell, heading in zip(cells, headings, strict=True)
        if cell.strip() and heading.raw.strip()
    ]
    if len(pairs) < _LEAST or not all(cell and _as_long(cell, name) for cell, name in pairs):
        return 0.0
    alike = [SequenceMatcher(None, cell, name, autojunk=False).ratio() for cell, name in pairs]
    return sum(alike) / len(alike)


def _as_long(cell: str, name: str) -> bool:
    return len(cell) <= len(name) + _LEAST and len(name) <= 2 * len(cell) + _LEAST
