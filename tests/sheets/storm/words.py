"""What people write into cells: sense, nonsense, and the odd ways of both.

Where a cell takes any words, each text holds a number that no other text has, so that it can be
found again.
"""

from collections.abc import Callable
from random import Random

from tests.sheets.storm.rules import ACCEPTED, CASE_WAY, FORWARDED, PERIODS, RETURNED, STATUSES

_Say = Callable[[Random, int], str]


def _one_of(*words: str) -> _Say:
    return lambda dice, number: dice.choice(words).format(number)


_WORDS: dict[tuple[str, str], _Say] = {
    ("measures", "title"): _one_of("มาตรการของคน {}", "งด/รับ ของขวัญ ({})", ""),
    ("measures", "keywords"): _one_of("คำค้น {}", "nogift {}", ""),
    ("measures", "method"): _one_of("วิธี {}\nขั้นที่สอง", "ทำแบบ {}"),
    ("measures", "indicator"): _one_of("1", "7", "๑๐", "", "11", "ข้อสาม {}"),
    ("measures", "items"): _one_of("o13", "o13, o14", "O๑๔", "", "ข้อ {}"),
    ("measures", "period"): _one_of(*PERIODS, "", "เมื่อพร้อม {}"),
    ("measures", "budget"): _one_of("{}000", "ไม่ใช้งบประมาณ {}", ""),
    ("measures", "unit"): _one_of("กองที่ {}", "งานที่ {}", "สำนักปลัด", ""),
    ("measures", "status"): _one_of(*STATUSES, *STATUSES, " รอตรวจรับ\u200b", "เกือบเสร็จ {}", ""),
    ("measures", "acceptance"): _one_of(ACCEPTED, RETURNED, "", "น่าจะผ่าน {}"),
    ("measures", "reason"): _one_of("เพราะ {}", "ขอภาพเพิ่ม {}", ""),
    ("scores", "points"): _one_of("88.5", "75", "๙๐.๒๕", "100", "", "101", "เกือบเต็ม {}"),
    ("items", "present"): _one_of("มี", "ไม่มี", "", "น่าจะมี {}"),
    ("items", "url"): _one_of("https://example.go.th/{}", "", "ดูที่เว็บ {}"),
    ("items", "note"): _one_of("หมายเหตุ {}", ""),
    ("cases", "title"): _one_of("ไฟดับ {}", "ถนนพัง ({})", ""),
    ("cases", "unit"): _one_of("กองช่าง {}", ""),
    ("cases", "status"): _one_of(*CASE_WAY, FORWARDED, "ปิดแล้วมั้ง {}", ""),
    ("cases", "result"): _one_of("เปลี่ยนหลอดแล้ว {}", ""),
}

WRITABLE: dict[str, tuple[str, ...]] = {}
"""By tab: the columns that people write into and that are not the bot's alone."""
for _tab, _column in _WORDS:
    WRITABLE[_tab] = (*WRITABLE.get(_tab, ()), _column)


def say(dice: Random, tab: str, column: str, number: int) -> str:
    """What a person writes into this column."""
    return _WORDS[tab, column](dice, number)
