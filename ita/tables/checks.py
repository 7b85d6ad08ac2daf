"""What is odd in a table of measures, as doubts for a person; nothing here changes a value."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from ita.dates import Period, fiscal_year_span, read_period, thai_date
from ita.tables.cells import one_line
from ita.tables.drafts import Draft
from ita.tables.grid import Table
from ita.tables.headings import Column
from ita.tables.published import Doubt, ReadMeasure

_DITTO = re.compile(r"[\"'“”„〃]{1,4}|[-\s]*(?:เช่นเดียวกัน|เช่นเดียวกับ.{0,20}|.{0,20}ข้างต้น)")
_FAR = 20
_MOST_ROWS = 100
_SEVERAL = 2
_AS_ABOVE = " อาจใช้ร่วมกับแถวก่อนหน้า"


def heading_doubts(table: Table) -> list[Doubt]:
    """Headings that are only like a usual one."""
    reason = "หัวตารางนี้ไม่ตรงกับคำที่ใช้กัน จึงอ่านตามคำที่ใกล้ที่สุด"
    return [
        Doubt("heading", table.where, one_line(heading.raw), heading.usual, reason)
        for heading in table.headings
        if heading.usual
    ]


def doubts_of(measure: ReadMeasure, draft: Draft, fiscal_year: int | None) -> list[Doubt]:
    """Doubts on one measure's title, unit and period."""
    columns, where = draft.table.columns, draft.where
    doubts = []
    if not measure.title:
        doubts.append(Doubt("title", where, "", "", "แถวนี้ไม่มีชื่อมาตรการ"))
    if Column.UNIT in columns and _is_blank(measure.unit):
        above = _above(draft, Column.UNIT, lambda row: one_line(row.cell(Column.UNIT)))
        reason = "ไม่ได้ระบุผู้รับผิดชอบ" + (_AS_ABOVE if above else "")
        doubts.append(Doubt("unit", where, measure.unit, above, reason))
    if Column.PERIOD in columns:
        doubts += _period_doubts(measure, draft, fiscal_year)
    return doubts


def is_outside(period: Period, fiscal_year: int | None) -> bool:
    """Whether a period's days lie outside a fiscal year."""
    if fiscal_year is None or period.start is None or period.end is None:
        return False
    first, last = fiscal_year_span(fiscal_year)
    return period.start < first or period.end > last


def _above(draft: Draft, column: Column, cell: Callable[[Draft], str]) -> str:
    """What the rows before say, where one ditto mark or several empty cells show that it counts."""
    place = draft.table.columns.index(column)
    blank = sum(_is_blank(one_line(row.cells[place])) for row in draft.table.rows[:_MOST_ROWS])
    if blank < _SEVERAL and not cell(draft):
        return ""
    before = draft.before
    for _ in range(_FAR):
        if before is None:
            break
        if not _is_blank(cell(before)):
            return cell(before)
        before = before.before
    return ""


def _is_blank(text: str) -> bool:
    return not text or bool(_DITTO.fullmatch(text))


def _period_doubts(measure: ReadMeasure, draft: Draft, fiscal_year: int | None) -> list[Doubt]:
    period, where = measure.period, draft.where
    if _is_blank(period.raw):
        above = _above(draft, Column.PERIOD, Draft.period)
        reason = "ไม่ได้ระบุระยะเวลาดำเนินการ" + (_AS_ABOVE if above else "")
        return [Doubt("period", where, period.raw, above, reason)]
    if period.kind == "unknown":
        if read_period(measure.unit, fiscal_year).kind != "unknown":
            reason = "ช่องผู้รับผิดชอบกับช่องระยะเวลาน่าจะสลับกัน"
            proposal = f"ผู้รับผิดชอบ: {period.raw} ระยะเวลา: {measure.unit}"
            return [Doubt("swapped_columns", where, measure.unit, proposal, reason)]
        return [Doubt("period", where, period.raw, "", "อ่านระยะเวลานี้ไม่ได้")]
    if fiscal_year is None or not is_outside(period, fiscal_year):
        return []
    first, last = fiscal_year_span(fiscal_year)
    proposal = _proposal(period, fiscal_year)
    reason = f"วันที่อยู่นอกปีงบประมาณ {fiscal_year} ({thai_date(first)} ถึง {thai_date(last)})"
    return [Doubt("outside_fiscal_year", where, period.raw, proposal, reason)]


def _proposal(period: Period, fiscal_year: int) -> str:
    """The same day within the fiscal year; nothing for a span, or for 29 February."""
    first, last = fiscal_year_span(fiscal_year)
    if period.end is None or period.start != period.end:
        return ""
    return next(
        (thai_date(day) for day in _same_days(period.end, first, last) if first <= day <= last), ""
    )


def _same_days(day: date, *others: date) -> Iterator[date]:
    """The day in the years of others, where those have it."""
    for other in others:
        try:
            yield day.replace(year=other.year)
        except ValueError:
            continue
