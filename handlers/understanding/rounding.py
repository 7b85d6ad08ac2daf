"""Words that speak of a part of a measure: a phase, a quarter, a half, one of several rounds."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.understanding.words import NUMBER, PARTICLES, number
from ita.dates import half_of, quarter_of
from ita.measures import Measure
from ita.rounds import QUARTERS, rounds_of

_UNIT: Final = (
    "ไตรมาส|ครึ่งปี|ครึ่ง|ครั้ง|รอบ|งวด|ขั้นตอน|ขั้น|เฟส|ระยะ|รุ่น|ส่วน|ตอน|ช่วง|ภาค|ข้อ|กิจกรรม|เรื่อง|หัวข้อ|รายการ"
    "|โครงการ|หมู่(?:บ้าน)?|กลุ่ม|ชุด|phase"
)
_WHICH: Final = rf"(?:ที่|ที)? ?(?P<number>{NUMBER})|(?P<word>แรก|สุดท้าย|หลัง)(?:ๆ)?"
_MORE: Final = rf"(?: ?(?:,|และ|กับ|-|–|ถึง|จาก|ใน|/) ?(?:{NUMBER}))*"
_HALF_YEAR: Final = r"(?P<half>(?:6|หก) ?เดือน)(?P<second>หลัง)?(?:แรก)?"
_OTHER: Final = (
    r"(?P<other>(?:บาง|หลาย)(?:ข้อ|อัน|เรื่อง|กอง|ส่วน|กิจกรรม|อย่าง|งาน|โครงการ|ขั้นตอน|หมู่(?:บ้าน)?|หน่วย(?:งาน)?|แห่ง)"
    r"|(?:เดือน|วัน|ปี|อย่าง|อัน|ตัว|สัปดาห์|งาน|แห่ง|จุด)(?:แรก|สุดท้าย)"
    rf"|(?:(?:เดือน|สัปดาห์|แผนงาน|แผน|ฉบับ|จุด|แห่ง|อัน|ตัว|งาน)ที่|(?:ระดับ|บท|หน้า|เล่ม)(?:ที่)?) ?{NUMBER})"
)
_PART: Final = rf"(?:{_HALF_YEAR}|{_OTHER}|(?P<unit>{_UNIT})(?:ย่อย)?(?:ของ)? ?(?:{_WHICH}){_MORE})"
_BEFORE: Final = re.compile(rf"{_PART}(?:[\s,.:\x01]|ก็|นี้|นั้น|{PARTICLES})*+\Z")
_BEHIND: Final = re.compile(
    rf"(?:[\s,.:\x01]|ใน|ของ|เฉพาะ|แค่|แต่|{PARTICLES})*+{_PART}(?:[\s,.:\x01\ufffc]|{PARTICLES})*+\Z"
)
PART: Final = re.compile(_PART)
_MOST_BEFORE: Final = 40
_ROUNDS: Final = ("ครั้ง", "รอบ", "งวด")
_LATER: Final = ("สุดท้าย", "หลัง")
_HALVES: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class PartNamed:
    """A part that words name: its kind as written, and which one, counted from 1 or from the
    last one with -1."""

    unit: str
    which: int


def part_named(text: str, start: int, end: int, *, until: int) -> PartNamed | None:
    """The part that stands right before start..end of a text, or right behind it up to `until`."""
    before = _BEFORE.search(text[max(0, start - _MOST_BEFORE) : start])
    found = before or _BEHIND.match(text[:until], end)
    if found is None:
        return None
    if found["half"]:
        return PartNamed("ครึ่งปี", -1 if found["second"] else 1)
    if found["other"]:
        return PartNamed("", 1)
    which = number(found["number"]) if found["number"] else -1 if found["word"] in _LATER else 1
    return PartNamed(found["unit"], which)


def round_of(part: PartNamed, measure: Measure) -> date | None:
    """The last day of the measure's round that is meant; None where it has none like that."""
    rounds = rounds_of(measure.period)
    if part.unit in _ROUNDS:
        return _nth(rounds, part.which)
    if part.unit == "ไตรมาส":
        wanted = part.which if part.which > 0 else QUARTERS[-1]
        return _only([day for day in rounds if quarter_of(day) == wanted])
    if part.unit.startswith("ครึ่ง"):
        wanted = part.which if part.which > 0 else _HALVES[-1]
        return _only([day for day in rounds if half_of(day) == wanted])
    return None


def _nth(rounds: tuple[date, ...], which: int) -> date | None:
    if which == -1:
        return rounds[-1] if rounds else None
    return rounds[which - 1] if 0 < which <= len(rounds) else None


def _only(rounds: list[date]) -> date | None:
    return rounds[0] if len(rounds) == 1 else None
