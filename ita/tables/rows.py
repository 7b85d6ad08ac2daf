"""What a row of a table of measures is where it is no measure: a section, a rest, an end."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ita.tables.cells import one_line
from ita.tables.grid import Row, Table
from ita.tables.headings import Column
from ita.text import normalise

NAMING = (Column.NUMBER, Column.INDICATOR, Column.ISSUE, Column.MEASURE)
"""Columns by which a row is a measure of its own; without them it goes on from the row before."""

_TITLES = (Column.INDICATOR, Column.ISSUE, Column.MEASURE)
_TOLD = (Column.UNIT, Column.PERIOD)
_INDICATOR = re.compile(r"ตัวชี้วัด ?(?:ที่)? ?([1-9]\d?)(?!\d)")
_COUNT = re.compile(r"[(\[]? ?(\d{1,2}) ?[)\]]?")
_LEAST_COUNTED = 3
_NUMBERED = re.compile(r"(?:มาตรการ|ตัวชี้วัด|ข้อ|โครงการ)? ?(?:ที่)? ?\d")
_CONTINUED = re.compile(r"\( ?ต่อ ?\)")
_CLOSING = re.compile(
    r"(?:รวม(?:ทั้งสิ้น|ทั้งหมด|งบประมาณ|เป็นเงิน|จำนวน|เงิน)*|ยอดรวม)"
    r"[ :\d.,\-]*(?:มาตรการ|โครงการ|กิจกรรม|บาท|รายการ)?[ \d.,\-]*"
    r"|หมายเหตุ.*|\(?ลงชื่อ.*|ผู้(?:รายงาน|จัดทำ|ตรวจสอบ|รับรอง|รวบรวม) ?[:.…(].*|ตำแหน่ง ?[:.…(].*"
    r"|(?:ข้อมูล )?ณ ?วันที่.*|\(?(?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่)[^ ]*(?: [^ ]+)?\)?"
)
_AMOUNT = re.compile(r"[^ก-ฮ]*(?:มาตรการ|โครงการ|กิจกรรม|บาท|รายการ|เรื่อง)?")
_LONGEST_SECTION = 400


def named_indicator(text: str) -> int | None:
    """The one indicator that a heading names; None when it names several or is a paragraph."""
    if len(text) > _LONGEST_SECTION:
        return None
    named = set(_INDICATOR.findall(normalise(text)))
    return int(named.pop()) if len(named) == 1 else None


def counts_columns(row: Row) -> bool:
    """Whether a row only counts the columns, as forms do: (๑) (๒) (๓)."""
    cells = [_COUNT.fullmatch(normalise(cell)) for cell in row.cells if cell.strip()]
    numbers = [int(cell[1]) for cell in cells if cell]
    return len(numbers) == len(cells) >= _LEAST_COUNTED and all(
        b == a + 1 for a, b in pairwise(numbers)
    )


def is_closing(row: Row) -> bool:
    """Whether a row is a sum, a remark or a signature under a table."""
    filled = [normalise(one_line(cell[:_LONGEST_SECTION])) for cell in row.cells if cell.strip()]
    if not filled or not _CLOSING.fullmatch(filled[0]):
        return False
    return all(_CLOSING.fullmatch(cell) or _AMOUNT.fullmatch(cell) for cell in filled[1:])


def section_of(row: Row, table: Table) -> str | None:
    """The words of a row that is a heading for the rows below it; None for a measure's own row.

    A number without anything else is an empty line of a form: "".
    """
    filled = [place for place, cell in enumerate(row.cells) if cell.strip()]
    if len(filled) != 1:
        return None
    cell = row.cells[filled[0]]
    if _COUNT.fullmatch(normalise(cell[:_LONGEST_SECTION]).rstrip(".)")):
        return ""
    return cell if filled[0] == 0 or table.columns[filled[0]] in NAMING else None


def _is_told(table: Table, cells: Sequence[str]) -> bool:
    """Whether a unit or a period stands in a row."""
    pairs = zip(table.columns, cells, strict=True)
    return any(cell.strip() for column, cell in pairs if column in _TOLD)


def _tells_nothing_else(table: Table, cells: Sequence[str], before: Sequence[str]) -> bool:
    """Whether unit and period are empty or the same as before."""
    return all(
        one_line(cell) in ("", one_line(old))
        for column, cell, old in zip(table.columns, cells, before, strict=True)
        if column in _TOLD
    )


def _named(table: Table, cells: Sequence[str]) -> tuple[str, str]:
    """The number and the title that stand in a row."""
    pairs = list(zip(table.columns, cells, strict=True))
    number = "".join(one_line(cell) for column, cell in pairs if column is Column.NUMBER)
    title = " ".join(cell for column, cell in pairs if column in _TITLES)
    return number, normalise(one_line(title[:_LONGEST_SECTION]))


def _titles_are_merged(row: Row, table: Table) -> bool:
    """Whether what names the measure belongs to the cells above."""
    places = {place for place, column in enumerate(table.columns) if column in _TITLES}
    return bool(places) and places <= set(row.merged)


def goes_on(row: Row, table: Table, before: Sequence[str]) -> bool:
    """Whether a row goes on from the one before it, whose cells are given.

    It does when nothing names a measure in it; after a break also when it has the same number and
    title once more, or no other number, and unit and period stand in only one of the two rows.
    """
    cells = list(zip(table.columns, row.cells, strict=True))
    if not any(cell.strip() for column, cell in cells if column in NAMING):
        return True
    own, title = _named(table, row.cells)
    number, title_before = _named(table, before)
    if own == number and _titles_are_merged(row, table):
        return True
    if row.after_break and title and (own, title) == (number, title_before):
        return _tells_nothing_else(table, row.cells, before)
    if not row.after_break or _is_told(table, before) is _is_told(table, row.cells):
        return False
    if own:
        return own == number and (not title or bool(_CONTINUED.search(title)))
    return not _NUMBERED.match(title) and named_indicator(title) is None
