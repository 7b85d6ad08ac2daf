"""The words of a text that are kept as the person's own."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.understanding.days import MONTHS, days
from handlers.understanding.folding import LINK_MARK, TAKEN, Folded, fold
from handlers.understanding.naming import Mention
from handlers.understanding.parts import Part, Reading
from handlers.understanding.standing import Mark
from handlers.understanding.topics import LAUGH
from handlers.understanding.values import Facts
from handlers.understanding.words import ONLY_POLITE, PARTICLES

EDGES: Final = " \n.,:;-–"
_EMPTY: Final = (
    "ประจำ|เมื่อ|ลง|วันที่|วัน|เดือน|ณ|ใน|ช่วง|ตอน|ตอนนี้|ขณะนี้|ปัจจุบัน|ล่าสุด|ที่แล้ว|ก่อน|ตาม|กำหนด|เวลา|ทัน"
    "|ไม่ใช่|มิใช่|บ่แม่น|สิ|ซิ|หมายถึง|ต่างหาก|เอ้ย|เอ๊ย|เอย|อุ้ย|อุ๊ย|โอ๊ย|โอ้ย|เฮ้ย|เห้ย|อ้าว|เอ่อ|เอ้อ|ขอโทษ|โทษ|พิมพ์ผิด|ผิด"
    "|ขอ|แก้|แก้ไข|เปลี่ยน|ปรับ|ใหม่|ที่ถูก|ที่จริง|ต้อง|คือ|ว่า|เนี่ย|นี่|นี้|นั้น|แต่|ส่วน|สำหรับ|และ|กับ|แล้ว|ก็|เป็น|จาก|ของ|ถึง"
    "|ประมาณ|ราว|คร่าว|เกือบ|คิด|ได้|ไป|อยู่|อยู่ที่|ทั้ง|คู่|หมด|เหมือนกัน|เช่นกัน|เท่ากัน|ด้วยกัน|ความ|คืบ|หน้า|ผล|สรุป|อัพเดท|อัพเดต"
    "|อัปเดต|อัปเดท|มาตรการ|ตัวชี้วัด|ข้อ|ที่|งาน|เรียน|สวัสดี|หวัดดี|แอดมิน|ผู้ประสานงาน|ท่าน|โอเค|ขอบคุณ|ขอบใจ|ขออนุญาต|เย้|พร้อม|พร้อมกัน|กัน|ตั้งแต่|ต้น|กลาง|ปลาย|สิ้น|หรือ|เมื่อกี้|เมื่อกี๊|พิมพ์|เพิ่ม|เพิ่มขึ้น|ลดลง|เอ๊ะ|อัน"
    "|อย่างน้อย|อย่างมาก|ไม่เกิน|ไม่ถึง|มากกว่า|น้อยกว่า|ต่ำกว่า|กว่า|เกิน|ใส่|ให้|ช่วย|ฝาก|บันทึก|กรอก|จันทร์|อังคาร|พุธ|พฤหัส"
    "|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์"
)
_SAYS_NOTHING: Final = re.compile(
    rf"(?:[\s!?/\\+@#&=.,:;–\d\x01{LINK_MARK}-]|{LAUGH.pattern}|(?<!\d)%"
    rf"|ปี(?:งบ(?:ประมาณ)?)? ?(?:พ\.?ศ\.? ?)?\d{{0,4}}"
    rf"|จาก ?\d{{1,3}} ?%?|(?:ส่ง|แจ้ง|รายงาน|จัดทำ|ทำ|ดำเนินการ)(?!.*แล้ว)"
    rf"|ทั้ง ?\d ?(?:มาตรการ|ข้อ|อัน|เรื่อง|งาน)?|(?:{'|'.join(MONTHS)})\.?"
    rf"|{'|'.join(sorted(_EMPTY.split('|'), key=len, reverse=True))}|{PARTICLES})*+\Z"
)
"""What is left of a report beside how far it is: politeness, days, what joins and corrects. It is
no word of what was done, and must not take the place of one."""
_ONLY_POLITE: Final = re.compile(
    rf"(?:[\s,.!?:;-]|ไม่ใช่|หมายถึง|และ|กับ|เป็น|ว่า|ต่างหาก|{PARTICLES})*+\Z"
)
_LONG: Final = 200
_HELD_DOWN: Final = re.compile(r"(\D)\1+")
_ABBREVIATED: Final = re.compile(r"(?:(?<![ก-๎])|\.)[ก-ฮ][ก-๎]{0,3}\.\Z")

_ONLY_NUMBER: Final = re.compile(r" ?\d{1,3}(?: ?/ ?\d{1,3})?" + ONLY_POLITE.pattern)


def output_of(reading: Reading, part: Part, used: Sequence[Mark], *, decided: bool) -> str:
    """The words of a part as typed, without what named the measure and its standing, and without
    the links at the end; until it is `decided` how far it is, the least of them may be needed."""
    folded = reading.folded
    own = [(mark.start, _held(folded, mark.end)) for mark in used]
    own += [
        _title_cut(folded.text, each, used, part, reading) for each in part.mentions if each.title
    ]
    cuts = sorted([(0, reading.begins), *reading.cuts, *own])
    pieces, at = [], part.start
    for start, end in cuts:
        if part.start <= start < part.end or start <= part.start < end:
            pieces.append(folded.words(at, max(at, start)))
            at = max(at, min(end, part.end))
    pieces.append(folded.original[folded.place(at) : folded.place(part.end)])
    words = " ".join(filter(None, map(_trimmed, pieces)))
    words = _without_tail(words, [link for _, link in folded.links])
    kept = _says_something(words, reading.facts) if decided else not _ONLY_POLITE.match(words)
    return words if kept else ""


def _says_something(words: str, facts: Facts) -> bool:
    """Whether words are left that tell what was done; the name of who did it is none."""
    if len(words) > _LONG:
        return True
    _, said = days(fold(words).text, facts.today, short=True)
    for unit in {each.unit for each in facts.measures}:
        said = said.replace(fold(unit).text or TAKEN, TAKEN)
    return not _SAYS_NOTHING.match(_HELD_DOWN.sub(r"\1", said))


def _trimmed(piece: str) -> str:
    """Without what parts it from its neighbours; the full stop of ต.ค. is its own."""
    start, end = piece.lstrip(EDGES), piece.rstrip(EDGES)
    dotted = piece[: len(end) + 1].endswith(".") and _ABBREVIATED.search(piece[: len(end) + 1])
    return start[: len(start) - len(piece) + len(end) + bool(dotted)]


def _held(folded: Folded, end: int) -> int:
    """Where a word ends whose last letter is held down: แล้วววว."""
    text = folded.text
    held = end < len(text) and text[end] == text[end - 1] and end not in folded.gaps
    stretched = held and len(folded.words(end, end + 1)) > 1
    alone = held and not re.match("[ก-๎]", text[end + 1 : end + 2])
    return end + 1 if stretched or alone else end


def _title_cut(
    text: str, title: Mention, used: Sequence[Mark], part: Part, reading: Reading
) -> tuple[int, int]:
    """A title at the beginning with its standing behind it only names; elsewhere it tells."""
    leads = not text[max(part.start, reading.begins) : title.start].strip(EDGES)
    behind = any(
        not text[title.end : mark.start].strip(EDGES) for mark in used if mark.start >= title.end
    )
    apart = reading.command and (
        title.end in reading.folded.gaps
        or not text[title.end :].strip()[:1].isalnum()
        or text[title.end : title.end + 1].isspace()
    )
    number = _ONLY_NUMBER.match(text, title.end, part.end)
    return (
        (title.start, title.end)
        if leads and (behind or apart or number)
        else (part.start, part.start)
    )


def _without_tail(words: str, links: Sequence[str]) -> str:
    """Without the links at the end, which are kept by themselves."""
    words = _trimmed(words)
    while tail := next((link for link in links if link and words.endswith(link)), ""):
        words = _trimmed(words[: -len(tail)])
    return words
