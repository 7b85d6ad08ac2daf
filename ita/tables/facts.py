"""What a document says of itself in its text: which agency's it is, and of which fiscal year."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import islice

from ita.tables.cells import one_line
from ita.tables.grid import Grid
from ita.tables.headings import Column
from ita.tables.published import Doubt
from ita.text import arabic_digits

_SHORT_FORMS = {"อบต.": "องค์การบริหารส่วนตำบล", "อบจ.": "องค์การบริหารส่วนจังหวัด"}
_NAME = re.compile(
    r"(เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\.|อบจ\.)[ \n]?"
    r"(?!และ|หรือ|ที่|ของ|ได้|ประจำ|เรื่อง)([ก-ฮเ-ไ][ก-ฺเ-์]{1,39})(?![ก-์])"
)
_FISCAL_YEAR = re.compile(r"ปี\s{0,3}งบ\s{0,3}ประมาณ\s{0,3}(?:พ\.?\s?ศ\.?\s{0,3})?(2[45]\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_TITLE = 200
_ALIKE = 0.6
_MOST_NAMES = 20
_MOST_MENTIONS = 1000


def agency_of(text: str) -> tuple[str | None, list[Doubt]]:
    """The agency's full name as the text has it most often, and doubts on other spellings of it."""
    names = _names(text)
    if not names:
        return None, []
    counts = _joined(Counter(names))
    best = counts.most_common(1)[0][0]
    cover = names[0] if names[0] in counts else best
    others = [name for name, _ in counts.most_common(_MOST_NAMES) if name != best]
    return best, [
        Doubt(
            kind="agency",
            where="ชื่อหน่วยงาน",
            raw=name,
            proposal=best,
            reason=f"ชื่อนี้ไม่ตรงกับชื่อที่ใช้มากที่สุดในเอกสาร คือ {best}",
        )
        for name in others
        if name == cover or _alike(name, best)
    ]


def fiscal_year_of_plan(grid: Grid, text: str) -> tuple[int | None, list[Doubt]]:
    """The fiscal year of the measures: the last one that a column of theirs names, else the one
    that the title above their table names, else the one that the text names most often. Several
    that could be meant are a doubt.
    """
    own = _years_of_column(grid)
    if own:
        return max(own), []
    titled = _years_of_titles(grid)
    every = _FISCAL_YEAR.findall(arabic_digits(text))
    candidates = titled or every
    if not candidates:
        reason = "ไม่พบปีงบประมาณในเอกสาร กรุณาระบุว่าเป็นของปีงบประมาณใด"
        return None, [Doubt("fiscal_year", "ปีงบประมาณ", "", "", reason)]
    year = int(candidates[-1] if titled else Counter(every).most_common(1)[0][0])
    different = sorted(set(candidates))
    if len(different) == 1:
        return year, []
    reason = "เอกสารกล่าวถึงหลายปีงบประมาณ กรุณายืนยันว่ามาตรการเป็นของปีงบประมาณใด"
    return year, [Doubt("fiscal_year", "ปีงบประมาณ", ", ".join(different), str(year), reason)]


def fiscal_year_before(grid: Grid, line: int) -> int | None:
    """The last fiscal year that the text names before a line."""
    before = (text for at, text in reversed(grid.prose) if at < line)
    years = (year for text in before for year in _FISCAL_YEAR.findall(arabic_digits(text))[-1:])
    return next(map(int, years), None)


def year_in(text: str) -> int | None:
    """The Buddhist year that a cell of a column of years holds.

    >>> year_in("๒๕๖๘"), year_in("68")
    (2568, None)
    """
    found = _YEAR.search(arabic_digits(text[:_TITLE]))
    return int(found[0]) if found else None


def _years_of_column(grid: Grid) -> list[int]:
    """The years of a column of years in the tables of measures."""
    return [
        year
        for table in grid.tables
        if table.lists_measures
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column is Column.YEAR and (year := year_in(one_line(cell)))
    ]


def _years_of_titles(grid: Grid) -> list[str]:
    """The years in short lines about measures, before the first table of measures."""
    first = next((table.line for table in grid.tables if table.lists_measures), 0)
    return [
        year
        for line, text in grid.prose
        if line < first and len(text) <= _TITLE and "มาตรการ" in text
        for year in _FISCAL_YEAR.findall(arabic_digits(text))
    ]


def _names(text: str) -> list[str]:
    mentions = islice(_NAME.finditer(text), _MOST_MENTIONS)
    return [_SHORT_FORMS.get(found[1], found[1]) + found[2] for found in mentions]


def _joined(counts: Counter[str]) -> Counter[str]:
    """The names, without those that are another with the next words written on to it."""
    joined: Counter[str] = Counter()
    for name, count in counts.most_common():
        shorter = next((known for known in joined if name.startswith(known)), name)
        joined[shorter] += count
    return joined


def _alike(name: str, best: str) -> bool:
    return SequenceMatcher(None, name, best, autojunk=False).ratio() >= _ALIKE
