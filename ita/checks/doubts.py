"""The reader's doubts as findings: how much each kind weighs, and why it matters."""

from collections.abc import Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.names import spelled_at
from ita.checks.subject import THE_REPORT, Subject

_WEIGHT = {
    Kind.HEADING: (Severity.NOTE, "ผู้อ่านอาจไม่ทราบว่าช่องนี้คืออะไร"),
    Kind.AGENCY: (Severity.WARNING, "ผู้ตรวจใช้ชื่อหน่วยงานจับคู่รายงานกับผู้รับการประเมิน"),
    Kind.FISCAL_YEAR: (Severity.WARNING, "ผู้ตรวจนับเฉพาะผลของปีที่ประเมิน"),
    Kind.NUMBER: (Severity.WARNING, "การอ้างถึงมาตรการตามลำดับจะคลาดเคลื่อน"),
    Kind.NUMBERING: (Severity.WARNING, "มาตรการที่ตกหล่นจะไม่ถูกนับในรายงานผล"),
    Kind.ITEM_CODE: (Severity.WARNING, "รหัสข้อบอกว่ามาตรการนี้แก้ข้อใดของแบบวัด"),
    Kind.ITEM_REFERENCE: (Severity.WARNING, "ผู้ตรวจจะหาไม่พบว่าหมายถึงข้อใดของแบบวัด"),
    Kind.TITLE: (Severity.ERROR, "ผู้ตรวจเทียบกับประกาศมาตรการของหน่วยงานไม่ได้"),
    Kind.SECTION: (Severity.NOTE, "หากเป็นมาตรการ จะไม่ถูกนับ"),
    Kind.UNIT: (Severity.ERROR, "เมื่อไม่มีเจ้าของเรื่องก็ไม่มีผู้รายงานผล"),
    Kind.PERIOD: (Severity.ERROR, "ผู้ตรวจดูว่าดำเนินการเมื่อใด และระบบเตือนก่อนครบกำหนดไม่ได้"),
    Kind.OUTSIDE_FISCAL_YEAR: (Severity.ERROR, "ผู้ตรวจนับเฉพาะการดำเนินการในปีที่ประเมิน"),
    Kind.SWAPPED_COLUMNS: (Severity.ERROR, "ผู้อ่านจะไม่ทราบว่าใครรับผิดชอบและเสร็จเมื่อใด"),
    Kind.SPLIT_ROW: (Severity.WARNING, "ส่วนที่ขาดไปอยู่หน้าถัดไปอาจถูกอ่านเป็นอีกมาตรการหนึ่ง"),
    Kind.EXTRA_CELLS: (Severity.WARNING, "ข้อความในช่องที่เกินจะไม่ถูกนับเป็นผลของมาตรการ"),
    Kind.TABLE: (Severity.WARNING, "มาตรการในส่วนที่ไม่ได้อ่านจะไม่ถูกตรวจและไม่ถูกนับ"),
    Kind.SCORE: (Severity.ERROR, "ผู้ตรวจจะไม่ทราบว่าใช้คะแนนใด และมาตรการอาจแก้ผิดจุด"),
    Kind.FORMULA: (Severity.WARNING, "ผู้ที่เปิดไฟล์นี้อาจเห็นช่องว่าง"),
    Kind.DOUBT: (Severity.WARNING, ""),
}
_SHOWN = 80


def reader_doubts(subject: Subject) -> Iterator[Finding]:
    """What the reader was in doubt about, each at its place."""
    serves = {row.where: f" ({row.serves})" for row in subject.rows if row.serves != THE_REPORT}
    spelled = spelled_at(subject)
    for doubt in subject.published.doubts:
        if doubt.kind == Kind.LETTERS:
            continue  # foreign_letters says at which lines
        kind = Kind(doubt.kind) if doubt.kind in _WEIGHT else Kind.DOUBT
        severity, why = _WEIGHT[kind]
        raw = f"“{doubt.raw[:_SHOWN]}” " if doubt.raw else ""
        message = f"{raw}{doubt.reason} {why}".strip() + serves.get(doubt.where, "")
        yield Finding(kind, severity, spelled.get(doubt, doubt.where), message, doubt.proposal)
