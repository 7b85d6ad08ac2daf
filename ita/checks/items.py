"""Item codes that the year does not have."""

import re
from collections.abc import Iterable, Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Row, Subject, years_of
from ita.tables.headings import Column
from ita.text import normalise

_CODE = re.compile(r"(?<![a-z0-9])o ?([1-9]\d?)(?![a-z0-9])")
_CELLS = (Column.MEASURE, Column.ITEM, Column.METHOD, Column.OUTPUT, Column.OUTCOME)


def unknown_items(subject: Subject) -> Iterator[Finding]:
    """Codes of items that no year the document speaks of has (o29 in FY2568, which has 28)."""
    known = _known_items(subject)
    if known is None:
        return
    doubted = {one.where for one in subject.published.doubts if one.kind == Kind.ITEM_CODE}
    for row in subject.rows:
        cells = _CELLS[1:] if row.where in doubted else _CELLS  # that doubt tells of the title
        for code in dict.fromkeys((*row.measure.items, *_mentioned(row, cells))):
            if code not in known:
                message = (
                    f"ข้อ {code} ไม่มีในแบบวัด OIT ของปี {subject.fiscal_year} ซึ่งมี {len(known)} ข้อ"
                    " มาตรการนี้จึงยังไม่ตรงกับข้อใดที่ผู้ตรวจให้คะแนน"
                )
                proposal = "ขอให้เทียบรหัสข้อกับแบบวัดของปีนี้"
                yield Finding(Kind.UNKNOWN_ITEM, Severity.ERROR, row.where, message, proposal)


def _known_items(subject: Subject) -> set[str] | None:
    """The items of the years that the document speaks of; None where one's are not known."""
    years = years_of(subject.published)
    if subject.fiscal_year is not None:
        years.add(subject.fiscal_year)
    known = [subject.criteria[year].items for year in years if year in subject.criteria]
    if not known or len(known) < len(years) or not all(known):
        return None
    return {code for items in known for code in items}


def _mentioned(row: Row, cells: Iterable[Column]) -> list[str]:
    text = normalise("\n".join(row.text(column) for column in cells))
    return [f"o{number}" for number in _CODE.findall(text)]
