"""Tables of scores: the points of each indicator, as official results print them."""

import re
from collections.abc import Iterator

from ita.tables.cells import one_line
from ita.tables.claims import TOTAL, Claim, points
from ita.tables.facts import fiscal_year_before, year_in
from ita.tables.grid import Grid, Row, Table
from ita.tables.headings import Column
from ita.tables.names import indicator_named
from ita.tables.published import Doubt
from ita.text import arabic_digits, normalise

__all__ = ["claims_of_tables", "points"]

_NUMBER = re.compile(r"(?:ตัวชี้วัด ?)?(?:ที่)? ?(10|[1-9])(?![\d.]\d)\.?(?!\d)")
_PART = re.compile(r"(?:ตัวชี้วัด(?:ย่อย)? ?)?(?:ที่)? ?\d{1,2}\.\d")
_SUMMARY = re.compile(r"รวม|เฉลี่ย|ผลการประเมิน")
_INSTRUMENT = re.compile(r"(?<![a-z])(iit|eit|oit)(?![a-z])")
_EIT_PART = re.compile(r"eit.{0,3}(?:ส่วนที่)? ?[12]")
_YEAR = re.compile(r"2[45]\d\d")
_LONGEST = 100


def claims_of_tables(grid: Grid) -> tuple[list[Claim], list[Doubt]]:
    """What all tables that give points to indicators say, and doubts on rows that say nothing."""
    claims: list[Claim] = []
    doubts: dict[Doubt, None] = {}
    for table in grid.tables:
        if table.lists_scores:
            year = fiscal_year_before(grid, table.line)
            for place, of_year in _columns_of_points(table, year):
                for row in table.rows:
                    found = _of_row(row, table, place, _own_year(row, table) or of_year)
                    claims += [one for one in found if isinstance(one, Claim)]
                    doubts |= {one: None for one in found if isinstance(one, Doubt)}
    return claims, list(doubts)


def _own_year(row: Row, table: Table) -> int | None:
    return (
        year_in(row.cells[table.columns.index(Column.YEAR)])
        if Column.YEAR in table.columns
        else None
    )


def _columns_of_points(table: Table, year: int | None) -> list[tuple[int, int | None]]:
    """The places of the points to read and their years: each year's column, else the first."""
    places = [place for place, one in enumerate(table.columns) if one is Column.POINTS]
    named: list[tuple[int, int | None]] = [
        (place, int(found[0]))
        for place in places
        if (found := _YEAR.search(arabic_digits(one_line(table.headings[place].raw))))
    ]
    return named or [(places[0], year)]


def _of_row(row: Row, table: Table, place: int, year: int | None) -> list[Claim | Doubt]:
    raw = one_line(row.cells[place])
    subject = _indicator(row, table)
    if subject is not None:
        claim = Claim(subject, year, raw, points(raw), row.where, in_table=True)
        return [claim, *_misnumbered(row, table, subject)]
    words = normalise(" ".join(row.cells)[: 4 * _LONGEST])
    if not words or _SUMMARY.search(words) or _INSTRUMENT.fullmatch(_named(row, table)):
        return list(_of_summary(row, words, raw, year))
    if not raw or _PART.match(_named(row, table)):
        return []
    reason = "อ่านไม่ได้ว่าแถวนี้เป็นคะแนนของตัวชี้วัดใด จึงยังไม่ได้อ่าน"
    return [Doubt("score", row.where, raw, "", reason)]


def _of_summary(row: Row, words: str, raw: str, year: int | None) -> Iterator[Claim]:
    """The total or an instrument's mean, from a row that sums up."""
    value = points(raw)
    instruments = set(_INSTRUMENT.findall(words))
    if value is None or _EIT_PART.search(words) or len(instruments) > 1:
        return
    if instruments:
        yield Claim(instruments.pop().upper(), year, raw, value, row.where, in_table=True)
    elif "รวม" in words:
        yield Claim(TOTAL, year, raw, value, row.where, in_table=True)


def _indicator(row: Row, table: Table) -> int | None:
    """The number of the indicator, by its number or else by its name."""
    cells = [
        normalise(cell[:_LONGEST])
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column is Column.INDICATOR
    ]
    for cell in cells:
        if number := _NUMBER.match(cell):
            return int(number[1])
    return next((named for cell in cells if (named := indicator_named(cell))), None)


def _misnumbered(row: Row, table: Table, number: int) -> Iterator[Doubt]:
    """A number beside the name of another indicator."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        name = one_line(cell[:_LONGEST])
        named = indicator_named(name) if column is Column.INDICATOR else None
        if named not in (None, number):
            reason = f"ลำดับ {number} ไม่ตรงกับชื่อตัวชี้วัด ซึ่งเป็นตัวชี้วัดที่ {named}"
            yield Doubt("score", row.where, " ".join(map(one_line, row.cells)), str(named), reason)


def _named(row: Row, table: Table) -> str:
    return normalise(row.cells[table.columns.index(Column.INDICATOR)][:_LONGEST])
