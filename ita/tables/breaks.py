"""Where a table breaks off and rows follow without headings: the next page, or another table?"""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from ita.dates import read_period
from ita.tables.cells import one_line
from ita.tables.document import Line
from ita.tables.headings import Column, Heading

_UNIT = re.compile(r"สำนัก|กอง|งาน|ฝ่าย|ทุกส่วน|ทุกกอง|ส่วน|หน่วย|คณะ|ปลัด|เจ้าหน้าที่|ผู้")
_PAGE = re.compile(r"[-–—( ]*(?:หน้า(?:ที่)?|page)?[ .]*[\d๐-๙]{1,4}[-–—) ]*", re.IGNORECASE)
_NAMING = (Column.NUMBER, Column.INDICATOR, Column.ISSUE, Column.MEASURE)
_ANY_YEAR = 2500
_LONGEST = 1000
_LONGEST_HEADING = 40
_MOST_ROWS = 50


def is_page_text(text: str) -> bool:
    """Whether a line of text is only a page's number: "- ๓ -", "หน้า ๓"."""
    return bool(_PAGE.fullmatch(text[:100]))


def goes_on(lines: Sequence[Line], index: int, table: Sequence[Heading], text: list[str]) -> bool:
    """Whether the rows from a line on, up to the next break, belong to the table before.

    `text` is what stands between. After nothing but page numbers they do if they keep its width,
    look like its rows, or begin in a later column; after other text only if they are like its
    rows in both, or a rest of its last one.
    """
    rows = [trimmed(line.cells, len(table)) for line in _until_break(lines, index)]
    first = rows[0]
    fits, alike = len(first) == len(table), is_like(first, table)
    if all(map(is_page_text, text)):
        return fits or alike or (len(first) < len(table) and not first[0].strip())
    if not fits or (_could_be_headings(first) and not _has_period(first, table)):
        return False
    others = sum(len(row) == len(table) and is_like(row, table) for row in rows)
    return alike or not _is_named(first, table) or 2 * others >= len(rows)


def trimmed(cells: Sequence[str], width: int) -> list[str]:
    """Cells without the empty ones that stand after a table's width."""
    kept = list(cells)
    while len(kept) > width and not kept[-1].strip():
        kept.pop()
    return kept


def _until_break(lines: Sequence[Line], index: int) -> list[Line]:
    following = islice(lines, index, index + _MOST_ROWS)
    return list(
        takewhile(lambda line: len(line.cells) > 1 and any(map(str.strip, line.cells)), following)
    )


def is_like(cells: Sequence[str], table: Sequence[Heading]) -> bool:
    """Whether what stands under the unit, the period or the points could be such."""
    for heading, cell in zip(table, cells, strict=False):
        text = one_line(cell[:_LONGEST])
        if heading.column is Column.UNIT and _UNIT.match(text):
            return True
        if heading.column is Column.POINTS and text[:1].isdigit():
            return True
    return _has_period(cells, table)


def _has_period(cells: Sequence[str], table: Sequence[Heading]) -> bool:
    return any(
        heading.column is Column.PERIOD
        and read_period(one_line(cell[:_LONGEST]), _ANY_YEAR).kind != "unknown"
        for heading, cell in zip(table, cells, strict=False)
    )


def _is_named(cells: Sequence[str], table: Sequence[Heading]) -> bool:
    pairs = zip(table, cells, strict=False)
    return any(cell.strip() for heading, cell in pairs if heading.column in _NAMING)


def _could_be_headings(cells: Sequence[str]) -> bool:
    return all(
        cell.strip() and len(cell) <= _LONGEST_HEADING and not any(map(str.isdigit, cell))
        for cell in cells
    )
