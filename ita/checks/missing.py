"""What a report leaves out: results, outcomes, evidence, and reports of measures that are due.

A table that has no column for a thing is a plan and owes nothing; a row that says that its work
goes on owes a result only when its day has passed.
"""

import re
from collections.abc import Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Row, Subject
from ita.dates import thai_date
from ita.tables.headings import Column
from ita.text import normalise

_DONE = re.compile(r"แล้วเสร็จ|เสร็จสิ้น|เสร็จแล้ว|เสร็จเรียบร้อย|รอตรวจรับ|ครบถ้วน")
_NOT_DONE = re.compile(r"ยังไม่|ไม่แล้วเสร็จ|อยู่ระหว่าง|กำลัง")
_FEW = 2

_RESULTS = (
    (
        Column.OUTPUT,
        Kind.MISSING_OUTPUT,
        "สรุปผลการดำเนินการ",
        "ผู้ตรวจจะนับว่ายังไม่ได้ดำเนินการ",
        "ขอให้เติมสิ่งที่ได้ดำเนินการแล้ว หรือเขียนว่ายังไม่ได้ดำเนินการพร้อมเหตุผล",
    ),
    (
        Column.OUTCOME,
        Kind.MISSING_OUTCOME,
        "ผลลัพธ์",
        "รายงานขอทั้งสิ่งที่ทำและผลที่เกิดขึ้น",
        "ขอให้เติมว่าเมื่อดำเนินการแล้วอะไรดีขึ้น",
    ),
)


def missing_results(subject: Subject) -> Iterator[Finding]:
    """Rows without an output or outcome; one finding where every row of several lacks it."""
    for column, kind, name, why, proposal in _RESULTS:
        asked = [row for row in subject.rows if column in row.cells and _claims_done(row)]
        empty = [row for row in asked if not row.text(column)]
        if len(empty) > _FEW and len(empty) == len(subject.rows):
            where = f"{empty[0].where} ถึง {empty[-1].where}"
            message = f"ช่อง{name}ว่างทุกแถว ({len(empty)} แถว) {why}"
            yield Finding(kind, Severity.ERROR, where, message, proposal)
            continue
        for row in empty:
            message = f"มาตรการที่ {row.measure.number} ไม่มี{name} {why} จึงยังไม่เห็นผลของ{row.serves}"
            yield Finding(kind, Severity.ERROR, row.where, message, proposal)


def missing_evidence(subject: Subject) -> Iterator[Finding]:
    """Rows that say that something was done, beside an empty cell for its evidence."""
    for row in subject.rows:
        if Column.EVIDENCE not in row.cells or row.text(Column.EVIDENCE):
            continue
        if row.text(Column.OUTPUT) and _claims_done(row):
            message = (
                f"มาตรการที่ {row.measure.number} มีผลการดำเนินการแล้วแต่ยังไม่มีหลักฐาน"
                f" ผู้ตรวจจะเปิดดูหลักฐานของ{row.serves}ไม่ได้"
            )
            proposal = "ขอให้ใส่ลิงก์ประกาศ ภาพกิจกรรม หรือเอกสารที่เผยแพร่แล้ว"
            yield Finding(Kind.MISSING_EVIDENCE, Severity.WARNING, row.where, message, proposal)


def overdue(subject: Subject) -> Iterator[Finding]:
    """Rows with a status whose day has passed, and nothing was reported. Needs today."""
    for row in subject.rows:
        end = row.measure.period.end
        if subject.today is None or end is None or end >= subject.today:
            continue
        if Column.STATUS in row.cells and not row.text(Column.OUTPUT) and not _claims_done(row):
            message = (
                f"มาตรการที่ {row.measure.number} ครบกำหนดเมื่อ {thai_date(end)} แล้ว ยังไม่มีรายงานผล"
                f" เมื่อไม่มีผลก็แสดงความก้าวหน้าของ{row.serves}ไม่ได้"
            )
            proposal = f"ขอให้{row.owner}รายงานผล หรือแจ้งเหตุที่ยังไม่ได้ดำเนินการ"
            yield Finding(Kind.OVERDUE, Severity.ERROR, row.where, message, proposal)


def _claims_done(row: Row) -> bool:
    """Whether a row says that its work is done; a report without a column for it always does."""
    if Column.STATUS not in row.cells:
        return True
    status = normalise(row.text(Column.STATUS))
    return bool(_DONE.search(status)) and not _NOT_DONE.search(status)
