"""Rows that people wrote by hand in มาตรการ, before or beside the bot, become measures. Pure.

A line has neither lock nor number of its own, so a row is adopted in three steps, each of which is
read off the sheet: it gets a tag with a fresh id; a row with such a tag gets the id into its id
cell, in a batch that is refused if it moved meanwhile; a row whose id and tag agree, and which the
register does not know, is entered there with what it holds. Whoever is killed between two steps
leaves a row with which the next read goes on, so nothing is adopted twice.

A row whose id cell was emptied gets it back in the same way, and a copied row whose title was
changed gets an id of its own.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ita.dates import read_period
from ita.measures import Measure, Status
from ita.tables.headings import read_headings
from ita.text import arabic_digits, normalise
from sheets import edits, wire
from sheets.identity import Wanted, recognise, resembling
from sheets.mend import take_ids_out, write_ids
from sheets.readers import READERS
from sheets.rows import Cells, measure_cells
from sheets.snapshot import ROW_TAG, Line, View

Json = dict[str, Any]

TAB = "measures"
UNCLEAR = "row_unclear"
"""Why a line is asked about."""
LONGEST = 300
"""Letters of a line that are shown in a question."""
YEARS = range(2550, 2700)
NUMBERS = range(1, 10_000)
PERCENT = range(101)
RESULTS = ("percent", "output", "outcome", "obstacle", "evidence", "last_report")
SAID = ("status", "acceptance", "reason")
_ASIDE = ("รวม", "หมายเหตุ", "ที่มา", "ตัวชี้วัด")
"""What a title begins with that says something of the lines around it, if it stands alone."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A measure as its row holds it, under the row's id; `seen` are the cells as known then."""

    measure: Measure
    seen: Cells


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line that cannot be read as a measure, and what stands there."""

    index: int
    words: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is to be done next with lines that the register does not know.

    `tag`: lines that get a tag, with the id of the row that each was (None: a fresh one). `number`:
    lines that get the id of the tag they bear into their id cell. `enter`: rows that the register
    has to know. `unclear` lines are left alone and asked about. `stray` ids stand on blank lines:
    a person sorted between our look and our writing, and the tags stayed behind.
    """

    tag: Mapping[int, int | None]
    number: Mapping[int, int]
    enter: tuple[Newcomer, ...]
    unclear: tuple[Unclear, ...]
    stray: tuple[int, ...] = ()


def adoption(view: View, wanted: Wanted, known: Collection[int], fiscal_year: int) -> Adoption:
    """What to do with the lines of มาตรการ that are no row of the register.

    `wanted` are the rows of the register's measures; `known` the ids of all of them, withdrawn ones
    too; `fiscal_year` is that of a line which names none.
    """
    tag: dict[int, int | None] = {}
    number: dict[int, int] = {}
    enter: list[Newcomer] = []
    unclear: list[Unclear] = []
    lost, doubtful = recognise(view, wanted), resembling(view, wanted)
    for line in _strange(view, known):
        own = lost.get(line.index) or _own_tag(view, line, known)
        if line.index not in lost and (line.index in doubtful or not _is_measure(line)):
            unclear.append(Unclear(line.index, _words(line)))
        elif own is None or view.tags.get(own) != line.index:
            tag[line.index] = own
        elif own == line.row_id:
            enter.append(_newcomer(view, line, own, fiscal_year))
        else:
            number[line.index] = own
    return Adoption(tag, number, tuple(enter), tuple(unclear), _stray(view, known))


def newcomers(view: View, fiscal_year: int) -> dict[int, Newcomer]:
    """The measures of a tab in which nothing is ours yet, by their lines."""
    return {
        line.index: _newcomer(view, line, 0, fiscal_year)
        for line in _strange(view, ())
        if _is_measure(line)
    }


def requests(view: View, found: Adoption, fresh: Mapping[int, int]) -> list[Json]:
    """The batch of one step; `fresh` are the ids of lines that get a new one."""
    made: list[Json] = []
    for index, was in found.tag.items():
        row_id = fresh[index] if was is None else was
        gone = [wire.delete_tag(row_id)] if row_id in view.tags else []
        made += [*gone, wire.create_tag(row_id, ROW_TAG, wire.row(view.sheet_id, index))]
    return made + write_ids(view, found.number) + take_ids_out(view, found.stray)


def stays(newcomer: Newcomer, cells: Mapping[str, str], key: str) -> bool:
    """Whether a cell would still hold what a person wrote, once its row is adopted."""
    ours = measure_cells(newcomer.measure, {}).get(key)
    return not cells.get(key) or ours is None or ours == cells[key]


def _strange(view: View, known: Collection[int]) -> Iterator[Line]:
    """Filled lines below the headings that are no row of the register, nor words beside rows."""
    headings = _headings(view)
    for line in view.lines:
        blank = not any(line.cells.values())
        if line.index <= min(headings) or line.index in headings or blank or _is_aside(line):
            continue
        if line.row_id in view.twins and line is not view.rows[line.row_id]:
            if _has_own_title(line, view.rows[line.row_id]):
                yield line
        elif line.row_id is None or line.row_id not in known:
            yield line


def _stray(view: View, known: Collection[int]) -> tuple[int, ...]:
    """Ids on blank lines that are nobody's."""
    return tuple(
        line.row_id
        for line in view.lines
        if line.row_id is not None and line.row_id not in known and not any(line.cells.values())
    )


def _headings(view: View) -> set[int]:
    """The lines of headings: ours by their words, others by their meaning."""
    headers = {column.key: column.header for column in view.tab.columns}
    found = {
        line.index
        for line in view.lines
        if sum(headers[key] == text for key, text in line.cells.items()) > 1
        or read_headings(list(line.cells.values()))
    }
    return found or {0}


def _has_own_title(line: Line, original: Line) -> bool:
    """Whether somebody copied a row and gave the copy another title."""
    title = line.cells.get("title", "")
    return bool(title) and title != original.cells.get("title")


def _own_tag(view: View, line: Line, known: Collection[int]) -> int | None:
    """The id of a tag that the line bears, of which the register knows nothing yet."""
    fresh = [
        row_id for row_id, index in view.tags.items() if index == line.index and row_id not in known
    ]
    return line.row_id if line.row_id in fresh else min(fresh, default=None)


def _is_measure(line: Line) -> bool:
    return bool(line.cells.get("title"))


def _is_aside(line: Line) -> bool:
    told = any(line.cells.get(key) for key in ("unit", "period", "method", "status"))
    return not told and normalise(line.cells.get("title", "")).startswith(_ASIDE)


def _words(line: Line) -> str:
    return " · ".join(text for text in line.cells.values() if text)[:LONGEST]


def _newcomer(view: View, line: Line, row_id: int, fiscal_year: int) -> Newcomer:
    """The measure that a row holds; what cannot be understood of it is left for a question.

    A copy keeps what people wrote of the measure, and nothing of what was reported of another.
    """
    copied = _is_copied(view, line)
    cells = {key: text for key, text in line.cells.items() if text}
    cells = {key: text for key, text in cells.items() if not (copied and key in (*RESULTS, *SAID))}
    year = _number(cells.get("fiscal_year"), YEARS) or fiscal_year
    measure = Measure(
        id=row_id,
        fiscal_year=year,
        number=_number(cells.get("number"), NUMBERS) or 0,
        title="",
        unit="",
        period=read_period("", year),
        status=Status.IN_PROGRESS if cells.get("output") else Status.NOT_STARTED,
    )
    read = {key: cells[key] for key in READERS[TAB] if key in cells}
    taken = edits.take(TAB, _with_results(measure, cells), read)
    ours = measure_cells(taken.value, {})
    agreed = {key: text for key, text in line.cells.items() if key not in taken.refused}
    return Newcomer(taken.value, {**ours, **agreed})


def _with_results(measure: Measure, cells: Mapping[str, str]) -> Measure:
    """What stands in the bot's own columns, as far as the register can keep it."""
    links = tuple(cells.get("evidence", "").splitlines())
    return replace(
        measure,
        percent=_number(cells.get("percent"), PERCENT),
        output=cells.get("output", ""),
        outcome=cells.get("outcome", ""),
        obstacle=cells.get("obstacle", ""),
        evidence=links if all(link.startswith("https://") for link in links) else (),
    )


def _is_copied(view: View, line: Line) -> bool:
    """Whether the row's results are those of another: only the bot writes when it was reported."""
    if not line.cells.get("last_report"):
        return False
    results = Counter(tuple(one.cells.get(key) for key in RESULTS) for one in view.lines)
    return results[tuple(line.cells.get(key) for key in RESULTS)] > 1


def _number(text: str | None, within: range) -> int | None:
    """A whole number in either kind of digits."""
    digits = arabic_digits(text or "").rstrip(".")
    if not digits.isdecimal() or not digits.isascii():
        return None
    return int(digits[:6]) if int(digits[:6]) in within else None
