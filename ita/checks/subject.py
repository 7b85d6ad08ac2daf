"""What is checked, prepared once for all rules: rows by their cells' meaning, lines, years."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ita.agency import Agency
from ita.criteria import Criteria
from ita.scores import rounded, worths
from ita.tables.cells import plain
from ita.tables.document import Document
from ita.tables.grid import Grid, Table, read_grid
from ita.tables.headings import Column, read_headings
from ita.tables.published import Published, ReadMeasure
from ita.text import arabic_digits, normalise

_PLACE_AFTER_HEADING = re.compile(r" \(\d+\)$")
_FISCAL_YEAR = re.compile(r"ปี\s{0,3}งบ\s{0,3}ประมาณ\D{0,12}?(25\d\d)(?!\d)")
_NEAR = 20
"""A year named longer ago than so many others is not what a line means."""
_BLANK = re.compile(r"[\s.\-–—_•*…\"'“”„〃]*")
_NOT_LETTERS = re.compile("[^a-zก-ฮะ-ฺเ-ไ]")
THE_REPORT = "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
"""What a measure serves that names no item and no indicator."""
_LONGEST_OWNER = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its cells by the meaning of their columns, and what it serves.

    `cells` are raw, `texts` their words, "" for a cell that has only dashes, dots or a ditto mark.
    """

    measure: ReadMeasure
    cells: Mapping[Column, str]
    texts: Mapping[Column, str]
    serves: str

    @property
    def where(self) -> str:
        """The place, in Thai."""
        return self.measure.where

    @property
    def owner(self) -> str:
        """The unit, as one can speak to it."""
        unit = self.measure.unit
        return unit if 0 < len(unit) <= _LONGEST_OWNER else "ผู้รับผิดชอบ"

    def text(self, column: Column) -> str:
        """The words of a cell, its breaks as newlines; "" where there is none."""
        return self.texts.get(column, "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of text outside the tables: `index` is its line's in the document."""

    index: int
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with all that the rules may know of it; `criteria` by Buddhist fiscal year."""

    document: Document
    published: Published
    criteria: Mapping[int, Criteria]
    agency: Agency | None
    today: date | None
    grid: Grid
    rows: tuple[Row, ...]
    prose: tuple[Passage, ...]
    named_years: tuple[tuple[int, int], ...]
    """The fiscal years that the text names, in its order, each with its line's index."""

    @property
    def fiscal_year(self) -> int | None:
        """The year of the measures: the document's own, else the one the agency works in."""
        return self.published.fiscal_year or (self.agency.fiscal_year if self.agency else None)

    def criteria_at(self, index: int) -> Criteria | None:
        """The criteria of the last year named up to a line that are known, else the document's."""
        named = self.year_before(index + 1, set(self.criteria)) or self.fiscal_year
        return self.criteria.get(named) if named else None

    def year_before(self, index: int, among: Container[int] | None = None) -> int | None:
        """The last fiscal year (of those in `among`) that the text names before a line."""
        last = bisect_left(self.named_years, (index, 0))
        years = (year for _, year in reversed(self.named_years[max(0, last - _NEAR) : last]))
        return next((year for year in years if among is None or year in among), None)

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Every cell and line of text that is not empty: its line's index, its place, itself."""
        for index, line in enumerate(self.document.lines):
            for cell in line.cells:
                if cell.strip():
                    yield index, line.where, cell

    @property
    def tables_of_measures(self) -> list[Table]:
        """The tables that list measures."""
        return [table for table in self.grid.tables if table.lists_measures]


def subject(
    document: Document,
    published: Published,
    criteria: Mapping[int, Criteria],
    agency: Agency | None,
    today: date | None,
) -> Subject:
    """The document prepared for the rules."""
    grid = read_grid(document)
    prose = tuple(Passage(index, document.lines[index].where, text) for index, text in grid.prose)
    year = published.fiscal_year or (agency.fiscal_year if agency else None)
    known = criteria.get(year) if year else None
    return Subject(
        document=document,
        published=published,
        criteria=criteria,
        agency=agency,
        today=today,
        grid=grid,
        rows=tuple(_row(measure, known) for measure in published.measures),
        prose=prose,
        named_years=tuple(
            (one.index, int(named))
            for one in prose
            for named in _FISCAL_YEAR.findall(arabic_digits(one.text))
        ),
    )


def years_of(published: Published) -> set[int]:
    """The Buddhist fiscal years whose criteria a check of this document would use."""
    years = {published.fiscal_year, *(score.fiscal_year for score in published.scores)}
    return {year for year in years if year is not None}


def _row(measure: ReadMeasure, criteria: Criteria | None) -> Row:
    columns = _columns(tuple(measure.raw))
    cells: dict[Column, str] = {}
    for column, cell in zip(columns, measure.raw.values(), strict=True):
        if column is not None:
            cells.setdefault(column, cell)
    texts = {column: plain(cell) for column, cell in cells.items()}
    words = {column: "" if _BLANK.fullmatch(text) else text for column, text in texts.items()}
    return Row(measure, cells, words, _serves(measure, criteria))


@lru_cache(maxsize=64)  # a table's rows share their headings
def _columns(headings: tuple[str, ...]) -> tuple[Column | None, ...]:
    read = read_headings([_PLACE_AFTER_HEADING.sub("", heading) for heading in headings])
    return tuple(heading.column for heading in read) if read else (None,) * len(headings)


def _serves(measure: ReadMeasure, criteria: Criteria | None) -> str:
    """The item or indicator that a measure serves, with what an item is worth where it is known."""
    if measure.items:
        worth = worths(criteria) if criteria else {}
        return " ".join(_item(code, criteria, worth) for code in measure.items)
    if measure.indicator is None:
        return THE_REPORT
    name = criteria.indicator_name(measure.indicator) if criteria else ""
    number = f"ตัวชี้วัดที่ {measure.indicator}"
    return number if name in ("", number) else f"{number} {name}"


def _item(code: str, criteria: Criteria | None, worth: Mapping[str, Decimal]) -> str:
    title = criteria.item_title(code) if criteria else None
    named = f"ข้อ {code} {title}" if title else f"ข้อ {code}"
    return f"{named} ({rounded(worth[code])} คะแนนของคะแนนรวม)" if code in worth else named


def skeleton(text: str) -> str:
    """The letters of a text: no digits, spaces, signs or tone marks, which scans and pens change.

    >>> skeleton("๑. ไม่ควรทำ (DON'T)") == skeleton("2) ไมควรทํา DONT")
    True
    """
    return _NOT_LETTERS.sub("", normalise(text))
