"""Evidence of another year: dates in evidence and results, and folders of uploads in links."""

import re
from collections.abc import Iterator
from datetime import date

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Row, Subject
from ita.dates import BUDDHIST_OFFSET, fiscal_year_span, read_period, thai_date
from ita.tables.headings import Column
from ita.text import arabic_digits

_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[ก-ฮ][ก-๎.]{2,11}\s?(?:พ\.\s?ศ\.\s?)?(?:25\d\d|\d\d)(?!\d)")
_UPLOADED = re.compile(r"/(20\d\d|25\d\d)/(0[1-9]|1[0-2])/")
_BUDDHIST = 2400


def evidence_outside_year(subject: Subject) -> Iterator[Finding]:
    """Rows whose evidence bears days of other years only.

    An order or announcement of another year may well be named beside this year's work, so one
    day within the year is enough.
    """
    year = subject.fiscal_year
    if year is None:
        return
    first, last = fiscal_year_span(year)
    for row in subject.rows:
        days = _days(row)
        if days and not any(first <= day <= last for _, day in days):
            shown = ", ".join(dict.fromkeys(raw for raw, _ in days))
            message = (
                f"หลักฐานหรือผลของมาตรการที่ {row.measure.number} มีแต่วันที่นอกปีงบประมาณ {year}"
                f" ({thai_date(first)} ถึง {thai_date(last)}): {shown} ผู้ตรวจนับเฉพาะผลของปีที่ประเมิน"
            )
            proposal = "ขอให้ตรวจว่าวันที่ถูก หรือใช้หลักฐานของปีนี้แทน"
            yield Finding(
                Kind.EVIDENCE_OUTSIDE_YEAR, Severity.WARNING, row.where, message, proposal
            )


def _days(row: Row) -> list[tuple[str, date]]:
    """The days in a row's evidence and output, as written beside what they mean."""
    columns = (Column.EVIDENCE, Column.OUTPUT)
    raw_cells = "\n".join(row.cells.get(column, "") for column in columns)
    found = [
        (raw, day)
        for column in columns
        for raw in _written(row.text(column))
        if (day := read_period(raw).end) is not None
    ]
    return found + [(link[0], _month(link)) for link in _UPLOADED.finditer(raw_cells)]


def _written(text: str) -> Iterator[str]:
    plain = arabic_digits(text)
    return (text[found.start() : found.end()] for found in _DAY.finditer(plain))


def _month(link: re.Match[str]) -> date:
    year = int(link[1])
    return date(year - BUDDHIST_OFFSET if year > _BUDDHIST else year, int(link[2]), 1)
