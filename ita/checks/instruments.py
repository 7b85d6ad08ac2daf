"""Instruments named wrongly: an indicator under another one's, a part that there is not."""

import re
from collections.abc import Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Subject
from ita.criteria import Criteria
from ita.tables.cells import one_line
from ita.tables.headings import Column
from ita.text import arabic_digits

_LABELLED = re.compile(r"\b([IEO]IT)\b\)?\s{0,3}ตัวชี้วัด\s{0,2}(?:ที่)?\s{0,2}(\d{1,2})(?!\d)")
_PART = re.compile(r"\b([IEO]IT)\s{0,2}(?:\(|ส่วนที่)\s{0,2}(\d{1,2})(?!\d)")
_NUMBER = re.compile(r"(?:ตัวชี้วัด)?\s?(?:ที่)?\s?(\d{1,2})(?!\d)")


def wrong_instruments(subject: Subject) -> Iterator[Finding]:
    """An indicator labelled with another instrument (seed 003: indicator 7 under IIT)."""
    for index, where, text in subject.texts():
        for found in _LABELLED.finditer(arabic_digits(text)) if "IT" in text else ():
            yield from _label(where, found[1], int(found[2]), subject.criteria_at(index))
    for where, instrument, number, criteria in _rows(subject):
        yield from _label(where, instrument, number, criteria)


def unknown_parts(subject: Subject) -> Iterator[Finding]:
    """A part of an instrument that the year does not have (seed 003: "EIT ส่วนที่ ๖" for ๒)."""
    for index, where, text in subject.texts():
        for found in _PART.finditer(arabic_digits(text)) if "IT" in text else ():
            criteria = subject.criteria_at(index)
            count = len(_parts(criteria, found[1]))
            if count and int(found[2]) > count:
                raw = text[found.start() : found.end()]
                message = (
                    f"“{raw}” ไม่มีในเกณฑ์ ซึ่งแบ่ง {found[1]} เป็น {count} ส่วน น่าจะเพี้ยนจากการสแกน"
                    " ผู้อ่านจะเข้าใจเงื่อนไขของระดับผลการประเมินผิด"
                )
                yield Finding(Kind.INSTRUMENT, Severity.WARNING, where, message, f"ส่วนที่ {count}")


def _label(
    where: str, instrument: str, number: int, criteria: Criteria | None
) -> Iterator[Finding]:
    right = _instrument_of(number, criteria)
    if right is not None and criteria is not None and instrument != right:
        message = (
            f"ตัวชี้วัดที่ {number} {criteria.indicator_name(number)} เขียนไว้ใต้แบบวัด {instrument}"
            f" แต่เกณฑ์ให้อยู่ใน {right} ผู้ตอบแบบวัดเป็นคนละกลุ่ม มาตรการจึงอาจแก้ผิดกลุ่ม"
        )
        yield Finding(Kind.INSTRUMENT, Severity.WARNING, where, message, right)


def _rows(subject: Subject) -> Iterator[tuple[str, str, int, Criteria | None]]:
    """Each row of a table of scores: its place, instrument, indicator and year's criteria."""
    for table in subject.grid.tables:
        if not table.lists_scores or Column.INSTRUMENT not in table.columns:
            continue
        criteria = subject.criteria_at(table.line)
        for row in table.rows:
            name = one_line(row.cells[table.columns.index(Column.INSTRUMENT)])
            cell = arabic_digits(one_line(row.cells[table.columns.index(Column.INDICATOR)]))
            number = _NUMBER.match(cell)
            if number and name in ("IIT", "EIT", "OIT"):
                yield row.where, name, int(number[1]), criteria


def _instrument_of(number: int, criteria: Criteria | None) -> str | None:
    instruments = criteria.instruments if criteria else ()
    return next((one.name for one in instruments if number in one.indicators), None)


def _parts(criteria: Criteria | None, name: str) -> dict[str, object]:
    instruments = criteria.instruments if criteria else ()
    return next((dict(one.parts) for one in instruments if one.name == name), {})
