"""Numbered points that skip a number: 1, 2, 3, 6. What stood between may be lost."""

import re
from collections.abc import Iterator, Sequence

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Subject
from ita.tables.headings import Column
from ita.text import arabic_digits

_CELLS = (
    (Column.METHOD, "วิธีดำเนินการ"),
    (Column.OUTPUT, "สรุปผลการดำเนินการ"),
    (Column.OUTCOME, "ผลลัพธ์"),
)
_POINT = re.compile(r"(?:^|\s)(\d{1,2})\.(?!\d)")
_LINE = re.compile(r"\s{0,5}(\d{1,2})[.)](?!\d)\s{0,3}\D")
_LEAST = 2
_WIDEST = 5


def skipped_points(subject: Subject) -> Iterator[Finding]:
    """Lists inside cells, and in the text around the tables, that skip a number."""
    for row in subject.rows:
        for column, name in _CELLS:
            numbers = [int(n) for n in _POINT.findall(arabic_digits(row.text(column)))]
            for place in gaps(numbers):
                what = f"ช่อง{name}ของมาตรการที่ {row.measure.number}"
                yield _finding(row.where, what, numbers[place - 1 : place + 1])
    found = [(_LINE.match(arabic_digits(one.text)), one.where) for one in subject.prose]
    lines = [(int(line[1]), where) for line, where in found if line]
    numbers = [number for number, _ in lines]
    for place in gaps(numbers):
        yield _finding(lines[place][1], "รายการในข้อความ", numbers[place - 1 : place + 1])


def gaps(numbers: Sequence[int]) -> list[int]:
    """The places of the numbers before which a list that began 1, 2 skips some.

    1 begins the next list; a number that fits nowhere is a figure of the text and ends the list.

    >>> gaps([1, 2, 3, 6, 1, 2, 3]), gaps([1, 5, 1, 30, 2])
    ([3], [])
    """
    found = []
    length = 0
    for place, number in enumerate(numbers):
        before = numbers[place - 1] if place else 0
        if length >= _LEAST and before + 1 < number <= before + _WIDEST:
            found.append(place)
            length += 1
        elif number == 1:
            length = 1
        else:
            length = length + 1 if length and number == before + 1 else 0
    return found


def _finding(where: str, what: str, sides: Sequence[int]) -> Finding:
    before, after = sides
    message = (
        f"{what}นับข้ามจากข้อ {before} ไปข้อ {after} ผู้อ่านไม่ทราบว่าเนื้อหาตกหล่นหรือนับเลขผิด"
        " และผลที่ตกหล่นจะไม่ถูกนับ"
    )
    proposal = f"ขอให้เติมข้อที่ขาด หรือแก้เลขเป็นข้อ {before + 1}"
    return Finding(Kind.LIST_NUMBERING, Severity.WARNING, where, message, proposal)
