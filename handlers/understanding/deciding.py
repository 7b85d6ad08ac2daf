"""How far a measure is by all that a part of a text says of it, or what must be asked."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.topics.report_line import Standing, status_at
from handlers.understanding.parts import Part, Reading
from handlers.understanding.standing import ALL_DONE, COUNTED, Mark, Unclear, is_bare_percent
from handlers.understanding.values import Ask
from handlers.understanding.words import PARTICLES
from ita.measures import THAI_STATUS, Status

STEPS: Final = (THAI_STATUS[Status.NOT_STARTED], "50%", THAI_STATUS[Status.DONE])
_REMAINS: Final = re.compile(
    r"เหลือ(?!เชื่อ)|ยังขาด|ขาด(?:แค่|แต่|หลักฐาน|รูป|เอกสาร|ลายเซ็น)|นอกนั้น|นอกจาก|ยังต้อง|แต่ยัง|ยังรอ|รอ(?:ลงนาม|เซ็น|อนุมัติ|ผู้บริหาร|นายก|ปลัด|เอกสาร"
    r"|รูป|หลักฐาน|เบิก)"
)
_DOUBT: Final = re.compile(
    r"มั้ง|(?:คิด|เข้าใจ|รู้สึก|ได้ยิน|สงสัย)ว่า|น่าจะ|เหมือน(?:จะ|ว่า)|ไม่(?:ค่อย)?แน่ใจ|บ่แน่ใจ|ไม่(?:รู้|ทราบ)|อย่า(?!ง)"
    r"|ห้าม[ก-๎]{0,10}ว่า|ไม่(?:ได้)?(?:บอก|แปล|หมายความ|จริง)|(?<![ก-๎])คง(?:จะ|ได้)?|อาจ(?:จะ)?(?!ารย)"
    r"|ไปก่อน|เดี๋ยว(?:ค่อย)?(?:ทำ|จัด)"
    r"|พรุ่งนี้|มื้ออื่น|(?:เดือน|สัปดาห์|อาทิตย์|ปี)หน้า|\b(?:maybe|probably|tomorrow|i think|next week)\b"
)
"""Words beside which nothing is done for certain."""
_EXCEPT: Final = re.compile(r"ยกเว้น|เว้นแต่|เว้น(?=[\s\x01]|ม)|\bexcept")
_LEADS_IN: Final = re.compile(
    rf"(?:\A|5{{3}}|[-–*/,.:;\x01\ufffc!?]|รายงาน|ผล|ความก้าวหน้า|ความคืบหน้า|อั[พป]เ?ด[ทต]|แจ้ง|ว่า|บอก|ของ|งาน|ทำ|ส่ง"
    rf"|แก้|สรุป|ตอนนี้|ส่วน|สำหรับ|และ|กับ|แล้ว|ก็|แต่|คือ|เอ่อ|ขอ|เรียน|แอดมิน|ผู้ประสานงาน|ผิด|ไม่ใช่|สิ|หมายถึง|เอ้ย"
    rf"|เอ๊ย|ทั้ง|เรื่อง|ใหม่|กองคลัง|สำนักปลัด|กองช่าง|เฮ็ด|เยียะ|สวัสดี|หวัดดี|โทษ|โอเค|เปลี่ยน|เป็น|{PARTICLES})\Z"
)
"""What may stand before ม3 without being what was finished there: ขุดลอก ม3 เสร็จแล้ว."""
_BACK: Final = re.compile(r"(?:ไม่|เอ้ย|เอ๊ย|เอย|อุ้ย|อุ๊ย|ผิด|แก้|โทษ|เป็น|→)[^\d\n]{0,12}(\d{1,3})(?!\d)")
_AMOUNT_ONLY: Final = re.compile(r"[^\d.,๐-๙+-]+")
_NEXT_NUMBER: Final = re.compile(r" ?(\d{1,3})(?=\s|\Z)")

Decided = tuple[Status | None, int | None, tuple[Mark, ...]]
"""Status, percent, and the marks that say so."""
_NOTHING: Final[Decided] = (None, None, ())


def standing_of(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """Status, percent and the marks that say so; nothing and a question where it is not clear."""
    if not part.marks:
        return _bare_percent(reading, part)
    said = [each for each in part.marks if each.status]
    statuses = tuple(dict.fromkeys(each.status for each in said if each.status))
    amounts = [each for each in part.marks if each.percent is not None and each not in said[1:]]
    odd = [each for each in part.marks if each.unclear is Unclear.ODD]
    if odd and not amounts:
        return _odd_percent(reading, odd[0])
    if len(statuses) > 1:
        return _NOTHING, Ask("how_far", tuple(map(_word, statuses)))
    if _EXCEPT.search(reading.folded.text[part.start : part.end]):
        return _NOTHING, Ask("how_far", STEPS)
    if amounts:
        return _at_percents(reading, part, said[:1], amounts)
    return _by_word(reading, part, said[:1])


def _odd_percent(reading: Reading, odd: Mark) -> tuple[Decided, Ask]:
    typed = reading.folded.words(odd.start, odd.end).strip()
    doubt = Standing(typed, odd=_AMOUNT_ONLY.sub("", typed))
    return (None, None, (odd,)), Ask("how_far", STEPS, doubt=doubt)


def _at_percents(
    reading: Reading, part: Part, said: Sequence[Mark], amounts: Sequence[Mark]
) -> tuple[Decided, Ask | None]:
    """The percent, if there is only one: of several, nobody can tell which is of today."""
    percents = tuple(dict.fromkeys(f"{each.percent}%" for each in amounts))
    if len(percents) > 1:
        return _NOTHING, Ask("how_far", percents)
    if beside := _number_beside(reading, part, percents[0]):
        return _NOTHING, beside
    return _at_percent(reading, part, said, amounts[0])


def _at_percent(
    reading: Reading, part: Part, said: Sequence[Mark], amount: Mark
) -> tuple[Decided, Ask | None]:
    """A percent, unless a word beside it says otherwise."""
    percent = amount.percent or 0
    used = tuple(dict.fromkeys([*said, amount]))
    status = said[0].status if said else None
    if status and status is not status_at(percent):
        doubt = Standing("", status, percent)
        return (None, None, used), Ask("how_far", (_word(status), f"{percent}%"), doubt=doubt)
    if percent == ALL_DONE and (ask := _less_than_done(reading, part)):
        return _NOTHING, ask
    if _of_a_village(reading, part):
        return _NOTHING, Ask("how_far", (f"{percent}%",))
    return (status_at(percent), percent, used), None


def _less_than_done(reading: Reading, part: Part) -> Ask | None:
    """The question where something is left to do, or where something else may be what is done."""
    text = reading.folded.text[part.start : part.end]
    unclear = any(each.unclear for each in part.marks)
    doubtful = _REMAINS.search(text) or _DOUBT.search(text)
    if unclear or doubtful or _of_a_village(reading, part):
        return Ask("how_far", (_word(Status.IN_PROGRESS), _word(Status.DONE)))
    return None


def _of_a_village(reading: Reading, part: Part) -> bool:
    """Whether ม3 follows on what was done there: ขุดลอก ม3 เสร็จแล้ว."""
    first = part.mentions[0] if part.mentions else None
    if first is None or not first.weak:
        return False
    before = reading.text[max(part.start, reading.begins) : first.start]
    return not _LEADS_IN.search(before.rstrip())


def _by_word(reading: Reading, part: Part, said: Sequence[Mark]) -> tuple[Decided, Ask | None]:
    """What a word says; nothing is done of which something is left to do."""
    status = said[0].status if said else None
    if status is None:
        return _NOTHING, Ask("how_far", STEPS)
    if status is not Status.AWAITING_ACCEPTANCE:
        return (status, None, tuple(said)), None
    ask = _less_than_done(reading, part) or _number_beside(reading, part, _word(status))
    if ask:
        return _NOTHING, ask
    return (status, ALL_DONE, tuple(said)), None


def _number_beside(reading: Reading, part: Part, said: str) -> Ask | None:
    """ม3 80 เสร็จ: the number may be a percent or another measure."""
    last = part.mentions[-1] if part.mentions else None
    number = _NEXT_NUMBER.match(reading.text, last.end) if last and not last.title else None
    if not number or int(number[1]) >= ALL_DONE or COUNTED.match(reading.text, number.end()):
        return None
    percent = f"{int(number[1])}%"
    return Ask("how_far", (percent, said)) if percent != said else None


def _word(status: Status) -> str:
    return THAI_STATUS[Status.DONE if status is Status.AWAITING_ACCEPTANCE else status]


def _second_number(text: str, start: int, end: int) -> re.Match[str] | None:
    """A number that takes the first one back, or stands right beside it."""
    found = _NEXT_NUMBER.match(text, start, end) or _BACK.search(text, start, end)
    return found if found and not COUNTED.match(text, found.end()) else None


def _bare_percent(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """No sign and no word: a round number right behind a named measure is a percent."""
    last = part.mentions[-1] if part.mentions else None
    if last is None or last.title:
        return _NOTHING, Ask("how_far", STEPS)
    text = reading.text
    found = None if last.bare else is_bare_percent(text, last.end)
    back = _second_number(text, found.end(), part.end) if found else None
    if found and back:
        return _NOTHING, Ask("how_far", (f"{int(found[1])}%", f"{int(back[1])}%"))
    if found:
        mark = Mark(found.start(1), found.end(1), percent=int(found[1]))
        return (status_at(int(found[1])), int(found[1]), (mark,)), None
    number = _NEXT_NUMBER.match(text, last.end)
    if number and COUNTED.match(text, number.end()):
        number = None
    offered = (f"{int(number[1])}%",) if number and int(number[1]) <= ALL_DONE else ()
    return _NOTHING, Ask("how_far", offered + STEPS)
