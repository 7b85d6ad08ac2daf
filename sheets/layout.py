"""The one place that says which tabs and columns the shared sheet has, and to whom each belongs.

A bot's column is written by the program alone, a people's column only when the program makes the
row; a shared cell is written only while it still holds the value last seen. Every tab begins with
the hidden id column, which says which row of ours a line is, wherever a person moved it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from zlib import crc32

from ita.complaints import ALL_STATUS_WORDS
from ita.measures import THAI_ACCEPTANCE, THAI_STATUS
from ita.results import THAI_PRESENT
from sheets.doubts import THAI_CHOICE

ID = "id"
ID_HEADER = "รหัสแถว"

# Ids of developer metadata share one int32 space a spreadsheet: ids of rows count up from 1, ids
# of cases begin at 2**30; the stamp, the columns' tags and rows of statistics live between.
STAMP_ID = 500_000_000
_COLUMN_TAGS = 600_000_000
_TAG_SPREAD = 100_000_000
STATISTICS_IDS = range(800_000_000, 801_000_000)
"""Ids of rows in สถิติเรื่องร้องเรียน: each says of which time and kind its row is."""


class Owner(StrEnum):
    """Whose words stand in a column."""

    BOT = "bot"
    PEOPLE = "people"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the code, its Thai header, its width in pixels.

    `choices` become a dropdown that suggests and never refuses; `number` cells hold whole numbers.
    Of a number that a person types where there are `decimals`, those count that are not shown, too.
    """

    key: str
    header: str
    owner: Owner
    width: int = 120
    choices: tuple[str, ...] = ()
    wrap: bool = False
    number: bool = False
    decimals: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `sheet_id` is the id it gets where that is free.

    Rows of a `tagged` tab, which people move, also carry developer metadata. Rows of an
    `append_only` tab are added and never read again, so that its length costs nothing; only words
    that their writer took back are looked for there (sheets.amend).
    """

    key: str
    title: str
    sheet_id: int
    columns: tuple[Column, ...]
    tagged: bool = False
    append_only: bool = False

    def column(self, key: str) -> Column:
        """The column with this key."""
        return next(column for column in self.columns if column.key == key)

    def owned(self, *owners: Owner) -> tuple[Column, ...]:
        """The columns of these owners, the id column left out."""
        return tuple(c for c in self.columns if c.owner in owners and c.key != ID)


def column_tag(tab: str, column: str) -> int:
    """The metadata id by which a column is found again after it was moved or renamed."""
    return _COLUMN_TAGS + crc32(f"{tab}.{column}".encode()) % _TAG_SPREAD


def _bot(
    key: str, header: str, width: int = 120, *, wrap: bool = False, number: bool = False
) -> Column:
    return Column(key, header, Owner.BOT, width, wrap=wrap, number=number)


def _people(
    key: str,
    header: str,
    width: int = 120,
    choices: tuple[str, ...] = (),
    *,
    wrap: bool = False,
    number: bool = False,
) -> Column:
    return Column(key, header, Owner.PEOPLE, width, choices, wrap, number)


def _shared(
    key: str, header: str, width: int = 120, choices: tuple[str, ...] = (), *, wrap: bool = False
) -> Column:
    return Column(key, header, Owner.SHARED, width, choices, wrap)


_ID = _bot(ID, ID_HEADER, 60)
_YEAR = _bot("fiscal_year", "ปีงบประมาณ", 90, number=True)

_MEASURES = (
    _ID,
    _YEAR,
    _bot("number", "ลำดับที่", 70, number=True),
    _people("title", "มาตรการ/กิจกรรม", 320, wrap=True),
    _people("keywords", "ชื่อย่อ/คำค้น", 140, wrap=True),
    _people("method", "วิธีดำเนินการ", 280, wrap=True),
    _people("indicator", "ตัวชี้วัด ITA", 80, number=True),
    _people("items", "ข้อ OIT", 80),
    _people("period", "ระยะเวลาดำเนินการ", 160, wrap=True),
    _people("budget", "งบประมาณที่ตั้งไว้", 120),
    _shared("unit", "ผู้รับผิดชอบ", 160, wrap=True),
    _shared("status", "สถานะ", 160, tuple(THAI_STATUS.values())),
    _bot("percent", "ร้อยละ", 70, number=True),
    _bot("output", "สรุปผลการดำเนินการ", 300, wrap=True),
    _bot("outcome", "ผลลัพธ์", 240, wrap=True),
    _bot("obstacle", "ปัญหาอุปสรรค", 200, wrap=True),
    _bot("budget_used", "งบประมาณที่ใช้ไป", 120),
    _bot("evidence", "หลักฐาน", 240, wrap=True),
    _bot("last_report", "รายงานล่าสุด", 160),
    _bot("worth", "คะแนนรวมที่จะได้เพิ่ม", 110),
    _shared("acceptance", "ผลการตรวจรับ", 120, tuple(THAI_ACCEPTANCE.values())),
    _shared("reason", "เหตุผล/ข้อเสนอแนะ", 240, wrap=True),
)
_PROGRESS = (
    _ID,
    _bot("at", "รายงานเมื่อ", 160),
    _YEAR,
    _bot("number", "มาตรการที่", 80, number=True),
    _bot("title", "มาตรการ/กิจกรรม", 300, wrap=True),
    _bot("unit", "หน่วยที่รายงาน", 160),
    _bot("status", "สถานะ", 160),
    _bot("percent", "ร้อยละ", 70, number=True),
    _bot("output", "ผลที่รายงาน", 360, wrap=True),
    _bot("outcome", "ผลลัพธ์", 240, wrap=True),
    _bot("obstacle", "ปัญหาอุปสรรค", 200, wrap=True),
    _bot("budget_used", "งบประมาณที่ใช้ไป", 120),
    _bot("act_on", "วันที่ดำเนินการ", 120),
    _bot("round", "รอบที่รายงาน", 120),
    _bot("links", "หลักฐาน", 280, wrap=True),
)
_SCORES = (
    _ID,
    _YEAR,
    _bot("instrument", "แบบวัด", 80),
    _bot("indicator", "ตัวชี้วัดที่", 80, number=True),
    _bot("name", "ชื่อตัวชี้วัด", 220),
    replace(_shared("points", "คะแนนทางการ", 100), decimals=True),
    _bot("passed", "ผ่านเกณฑ์", 90),
    _bot("mean", "คะแนนแบบวัด", 100),
    _bot("total", "คะแนนรวม", 90),
    _bot("level", "ระดับผลการประเมิน", 140),
    _bot("projection", "คะแนนรวมที่คาดหมาย", 120),
)
_ITEMS = (
    _ID,
    _YEAR,
    _bot("code", "ข้อ", 60),
    _bot("title", "ข้อมูลที่ต้องเปิดเผย", 260, wrap=True),
    _shared("present", "มี/ไม่มี", 80, tuple(THAI_PRESENT.values())),
    _shared("url", "ลิงก์ที่เผยแพร่", 280, wrap=True),
    _bot("worth", "คะแนนรวมที่จะได้เพิ่ม", 110),
    _bot("measures", "มาตรการที่เกี่ยวข้อง", 160),
    _people("note", "หมายเหตุ", 240, wrap=True),
)
_CASES = (
    _ID,
    _bot("number", "เลขที่เรื่อง", 120),
    _bot("kind", "ประเภท", 160),
    _bot("received", "รับเรื่องเมื่อ", 120),
    _shared("title", "เรื่องโดยย่อ", 240, wrap=True),
    _shared("unit", "หน่วยที่รับผิดชอบ", 160),
    _shared("status", "สถานะ", 180, ALL_STATUS_WORDS),
    _bot("next_deadline", "กำหนดถัดไป", 240, wrap=True),
    _shared("result", "ผลที่เปิดเผยได้", 280, wrap=True),
)
_CASE_STATISTICS = (
    _ID,
    _bot("month", "เดือน", 180),
    _bot("kind", "ประเภท", 240),
    _bot("received", "รับเรื่อง", 140, number=True),
    _bot("completed", "เสร็จสิ้น", 90, number=True),
    _bot("in_progress", "กำลังดำเนินการ", 110, number=True),
)
_SUBMISSIONS = (
    _ID,
    _YEAR,
    _bot("round", "รอบ", 90),
    _bot("checklist", "รายการตรวจก่อนส่ง", 280, wrap=True),
    _bot("report", "ลิงก์รายงาน", 240, wrap=True),
    _bot("approvals", "การอนุมัติ", 200, wrap=True),
    _shared("url", "ลิงก์ที่ส่ง ป.ป.ช.", 280, wrap=True),
    _people("remarks", "หมายเหตุ", 240, wrap=True),
)
_HOLIDAYS = (
    _ID,
    _people("day", "วันที่", 120),
    _people("kind", "วันหยุด/วันทำงาน", 120, ("วันหยุด", "วันทำงาน")),
    _people("name", "เนื่องใน", 260),
)
_CRITERIA = (
    _ID,
    _people("fiscal_year", "ปีงบประมาณ", 90),
    _people("name", "รายการ", 240),
    _people("value", "ค่า", 160),
    _people("source", "แหล่งที่มา", 320, wrap=True),
)
_DOUBTS = (
    _ID,
    _bot("at", "พบเมื่อ", 160),
    _bot("tab", "แท็บ", 140),
    _bot("row", "แถว", 240, wrap=True),
    _bot("column", "ช่อง", 140),
    _bot("theirs", "ข้อความในชีต", 240, wrap=True),
    _bot("ours", "ข้อมูลที่ระบบได้รับ", 240, wrap=True),
    _bot("why", "เรื่องที่ขอให้ดู", 320, wrap=True),
    _bot("done", "ผล", 180, wrap=True),
    _people("decision", "ผู้ประสานงานตัดสินใจ", 200, tuple(THAI_CHOICE.values())),
)

TABS = (
    Tab("readme", "อ่านก่อน", 1001, ()),
    Tab("measures", "มาตรการ", 1002, _MEASURES, tagged=True),
    Tab("progress", "ความก้าวหน้า", 1003, _PROGRESS, append_only=True),
    Tab("scores", "คะแนน ITA", 1004, _SCORES, tagged=True),
    Tab("items", "ข้อ OIT", 1005, _ITEMS, tagged=True),
    Tab("cases", "เรื่องร้องเรียน", 1006, _CASES, tagged=True),
    Tab("case_statistics", "สถิติเรื่องร้องเรียน", 1007, _CASE_STATISTICS, tagged=True),
    Tab("submissions", "ส่ง ป.ป.ช.", 1008, _SUBMISSIONS),
    Tab("holidays", "วันหยุด", 1009, _HOLIDAYS),
    Tab("criteria", "เกณฑ์ ITA", 1011, _CRITERIA),
    Tab("doubts", "รอผู้ประสานงานตัดสินใจ", 1010, _DOUBTS, tagged=True),
)
BY_KEY = {tab.key: tab for tab in TABS}
