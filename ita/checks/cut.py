"""Cells that end in the middle of a sentence.

Thai has no full stop, so only ends that cannot be ends count: a word that calls for another
(เพื่อ, และ), a bracket or link that stays open, the bare number of a next point.
"""

import re
from collections.abc import Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Subject
from ita.tables.cells import plain
from ita.tables.headings import Column
from ita.text import normalise

_CELLS = (
    (Column.MEASURE, "มาตรการ"),
    (Column.METHOD, "วิธีดำเนินการ"),
    (Column.OUTPUT, "สรุปผลการดำเนินการ"),
    (Column.OUTCOME, "ผลลัพธ์"),
)
# Words that end others are left out (ที่: เจ้าหน้าที่) or told apart (ใน: ภายใน).
_CALLS_FOR_MORE = re.compile(
    r"(?:และ|หรือ|โดย|เพื่อ|เพื่อให้|ซึ่ง|ได้แก่|เช่น|รวมถึง|รวมทั้ง|ตลอดจน|พร้อมทั้ง|เนื่องจาก|ดังนี้|ดังต่อไปนี้"
    r"|(?<!สิ่ง)(?<!ข้าว)(?<!เจ้า)ของ|(?<!ภาย)(?<!ด้าน)(?<!ข้าง)ใน|(?<!กำ)กับ)$"
)
_PEOPLE = "บุคลากร|ประชาชน|ผู้รับบริการ|ผู้มาติดต่อ|เจ้าหน้าที่|พนักงาน|หน่วยงาน|ผู้บริหาร|ข้าราชการ"
_WITHIN = "ใน(?:หน่วยงาน|สังกัด|องค์กร)|ภายใน(?:หน่วยงาน|องค์กร)|ของหน่วยงาน|ทุกคน|ทุกระดับ"
# "so that the staff", and no word of what they are to do: seed 002, the measure of indicator 2.
_NO_VERB = re.compile(rf"เพื่อให้ ?(?:{_PEOPLE}) ?(?:{_WITHIN})?$")
_NEXT_POINT = re.compile(r"\s\d{1,2}[.)]$")
_OPEN_END = re.compile(r"[ก-๎)][,:;/]$|[ก-๎] ?(?:…|\.{3})$|\s[-–]$|[(“\[]$")
_OPEN_TAG = re.compile(r"</?(?:a|p|br|div|span|li)\b[^<>]*$")
_TAIL = 200
_SHOWN = 40


def cut_cells(subject: Subject) -> Iterator[Finding]:
    """Cells of measures whose words stop before the sentence does (seed 002, indicator 2)."""
    for row in subject.rows:
        for column, name in _CELLS:
            raw = row.cells.get(column, "")
            if is_cut(raw):
                end = plain(raw).replace("\n", " ")[-_SHOWN:]
                message = (
                    f"ช่อง{name}ของมาตรการที่ {row.measure.number} จบกลางประโยค ที่ “…{end}”"
                    f" ส่วนที่ขาดไปอาจเป็นเนื้อหาสำคัญของ{row.serves}"
                )
                proposal = "ขอให้ดูต้นฉบับแล้วเติมข้อความให้จบ"
                yield Finding(Kind.CUT_CELL, Severity.WARNING, row.where, message, proposal)


def is_cut(raw: str) -> bool:
    """Whether a raw cell ends where no sentence can.

    >>> is_cut("-มีช่องทางเพื่อให้บุคลากร"), is_cut("มีช่องทางเพื่อให้บุคลากรร้องเรียน")
    (True, False)
    """
    lowered = raw.casefold()
    if lowered.count("<a ") > lowered.count("</a>") or _OPEN_TAG.search(lowered[-_TAIL:]):
        return True
    end = normalise(plain(raw)[-_TAIL:])
    ends = (_CALLS_FOR_MORE, _NO_VERB, _NEXT_POINT, _OPEN_END)
    return any(pattern.search(end) for pattern in ends) or _stays_open(end)


def _stays_open(end: str) -> bool:
    """Whether the last bracket or quotation mark that opens has none after it that closes."""
    return any(end.rfind(opens) > end.rfind(closes) for opens, closes in ("()", "“”", "[]"))
