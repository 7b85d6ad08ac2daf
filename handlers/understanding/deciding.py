"""How far a measure is by all that a part of a text says of it, or what must be asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final

from handlers.topics.report_line import Standing, status_at
from handlers.understanding.naming import Mention
from handlers.understanding.parts import Part, Reading
from handlers.understanding.rounding import PART, PartNamed, part_named, round_of
from handlers.understanding.standing import ALL_DONE, COUNTED, Mark, Unclear, is_bare_percent
from handlers.understanding.values import Ask
from handlers.understanding.words import ONLY_POLITE, PARTICLES, number
from ita.dates import fiscal_year_of
from ita.measures import THAI_STATUS, Measure, Status

STEPS: Final = (THAI_STATUS[Status.NOT_STARTED], "50%", THAI_STATUS[Status.DONE])
_REMAINS: Final = re.compile(
    r"เหลือ(?!เชื่อ)|ยังขาด|ขาด(?:แค่|แต่|หลักฐาน|รูป|เอกสาร|ลายเซ็น)|นอกนั้น|นอกจาก|ยังต้อง|แต่ยัง|ยังรอ|รอ(?:ลงนาม|เซ็น|อนุมัติ|ผู้บริหาร|นายก|ปลัด|เอกสาร"
    rf"|รูป|หลักฐาน|เบิก)|\d ?ยัง(?:{PARTICLES})*+(?=[\s,]|\Z)"
)
_DOUBT: Final = re.compile(
    r"มั้ง|(?:เขา|เค้า|เพื่อน|ใครๆ)(?:บอก|แจ้ง|ว่า)|(?:หัวหน้า|ปลัด|พี่|ผอ\.?)[ก-๎]{0,8}(?:บอก|แจ้ง|ว่า)|(?:คิด|เข้าใจ|รู้สึก|ได้ยิน|สงสัย|เดา|ได้ข่าว|มั่นใจ|เชื่อ)ว่า|น่าจะ"
    r"|อยาก(?:ได้|ให้)|สมมุ?ติ|ทำไง|ไม่มีทาง|โอกาส|เหมือน(?:จะ|ว่า)|ไม่(?:ค่อย)?แน่ใจ|บ่แน่ใจ|ไม่(?:รู้|ทราบ)|อย่า(?!ง)"
    r"|ห้าม[ก-๎]{0,10}ว่า|ไม่(?:ได้)?(?:บอก|แปล|หมายความ|จริง)|(?:ยังไง|อย่างไร|ไง)(?:มัน)?ก็|(?<![ก-๎])คง(?:จะ|ได้)?|อาจ(?:จะ)?(?!ารย)"
    r"|ไปก่อน|เดี๋ยว(?:ค่อย)?(?:ทำ|จัด)"
    r"|พรุ่งนี้|มื้ออื่น|(?:เดือน|สัปดาห์|อาทิตย์|ปี)หน้า|\b(?:maybe|probably|tomorrow|i think|next week)\b"
)
"""Words beside which nothing is done for certain."""
_UNSURE_BEHIND: Final = re.compile(
    rf"(?:[\s,]|แล้ว|{PARTICLES})*+(?:มั้ง|พรุ่งนี้|มื้ออื่น|(?:เดือน|สัปดาห์|อาทิตย์|ปี)หน้า|(?:ไม่|บ่)(?:ค่อย)?แน่ใจ"
    r"|ไม่(?:รู้|ทราบ|ชัวร์)|tomorrow|maybe|i think)"
)
"""A percent with these right behind it is of a day to come, or a guess."""
_EXCEPT: Final = re.compile(r"ยกเว้น|เว้นแต่|เว้น(?=[\s\x01]|ม)|\bexcept")
_LEADS_IN: Final = re.compile(
    rf"(?:\A|5{{3}}|[-–*/,.:;\x01\ufffc!?]|รายงาน|ผล|ความก้าวหน้า|ความคืบหน้า|อั[พป]เ?ด[ทต]|แจ้ง|ว่า|บอก|ของ|งาน|ทำ|ส่ง"
    rf"|แก้|สรุป|ตอนนี้|ส่วน|สำหรับ|และ|กับ|แล้ว|ก็|แต่|คือ|เอ่อ|ขอ|เรียน|แอดมิน|ผู้ประสานงาน|ผิด|ไม่ใช่|สิ|หมายถึง|เอ้ย"
    rf"|เอ๊ย|ทั้ง|เรื่อง|ใหม่|กองคลัง|สำนักปลัด|กองช่าง|เฮ็ด|เยียะ|ฝาก|บันทึก|กรอก|คีย์|ช่วย|ข้อมูล|สวัสดี|หวัดดี|โทษ|โอเค|เปลี่ยน|เป็น|{PARTICLES})\Z"
)
"""What may stand before ม3 without being what was finished there: ขุดลอก ม3 เสร็จแล้ว."""
_BACK: Final = re.compile(r"(?:ไม่|เอ้ย|เอ๊ย|เอย|อุ้ย|อุ๊ย|ผิด|แก้|โทษ|เป็น|→)[^\d\n]{0,12}(\d{1,3})(?!\d)")
_AMOUNT_ONLY: Final = re.compile(r"[^\d.,๐-๙+-]+")
_AMOUNT_IN: Final = re.compile(r"(?<!\d)(?:\d{1,2}|100)(?=\D|\Z)")
_LAST_NUMBER: Final = re.compile(
    r"(?<![\d./,:-])(?<!-) (\d[05]|100)(?![\d./,:-])" + ONLY_POLITE.pattern
)
_ENDS_WITH: Final = re.compile(rf"(?:[^\n]*?(?:เป็น|->|→))? ?(\d[05]){ONLY_POLITE.pattern}")
_NEXT_NUMBER: Final = re.compile(rf" ?(\d{{1,3}})(?=\s|\Z|{PARTICLES})")
_OUT_OF: Final = re.compile(
    rf" ?(?:ทำ|เสร็จ|ได้|ไป|แล้ว| )*+(\d{{1,3}}) ?/ ?(\d{{1,3}})(?=\s|\Z|{PARTICLES})"
)
"""8/10 behind a measure: so much of the whole, or a day of October."""

_OTHER_YEAR: Final = re.compile(
    r"ปี(?:งบ(?:ประมาณ)?)?(?:ที่แล้ว|ก่อน(?!หน้า)|กลาย|ที่ผ่านมา"
    r"| ?(?:พ\.?ศ\.? ?)?(?P<year>25\d\d|[5-9]\d)(?![\d.,%]))"
)
_LIKEWISE: Final = re.compile(r"เหมือนกัน|เช่นกัน|เท่ากัน|เหมือน ?ม|ด้วย|อีก")
_CENTURY: Final = 2500
_MOST_BEFORE: Final = 20
_DEEDS: Final = re.compile(r"(?:ประชุม|อบรม|ประกาศ|เผยแพร่|ลงนาม|ติดป้าย)\Z")
"""What is done for measures rather than in a village, if the number has no dot: ประชุม ม3 แล้ว."""

Decided = tuple[Status | None, int | None, tuple[Mark, ...]]
"""Status, percent, and the marks that say so."""
_NOTHING: Final[Decided] = (None, None, ())


def standing_of(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """Status, percent and the marks that say so; nothing and a question where it is not clear."""
    decided, ask = _said(reading, part)
    status, percent, used = decided
    if status is None or ask:
        return decided, ask
    if _is_of_another_year(reading, part):
        return _NOTHING, Ask("how_far", (_offer(status, percent),))
    if any(_is_of_a_part(reading, part, mark) for mark in (*used, *part.marks) if mark.says):
        return _NOTHING, Ask("how_far", _unique((_word(Status.IN_PROGRESS),), STEPS))
    return decided, None


def round_in(reading: Reading, part: Part, measure: Measure, used: Sequence[Mark]) -> date | None:
    """The measure's round that the words beside a standing name; None where they name none."""
    named = [_part_beside(reading, part, mark) for mark in used]
    days = [round_of(each, measure) for each in named if each]
    return next((day for day in days if day), None)


def like_before(reading: Reading, part: Part, before: Decided, ask: Ask | None) -> Ask | None:
    """The question with what was said of the measure before it first: ม3 80% ม5 เหมือนกัน."""
    status, percent, _ = before
    if ask is None or part.marks or status is None or not _LIKEWISE.search(reading.heard(part)):
        return ask
    return replace(ask, choices=_unique((_offer(status, percent),), map(str, ask.choices)))


def _is_of_a_part(reading: Reading, part: Part, mark: Mark) -> bool:
    """Whether only a part of the measure is said to be so far: เฟส 1 เสร็จแล้ว."""
    named = _part_beside(reading, part, mark)
    if named is None:
        return False
    measures = [each.measures[0] for each in part.mentions if each.sure]
    return not (measures and all(round_of(named, each) for each in measures))


def _part_beside(reading: Reading, part: Part, mark: Mark) -> PartNamed | None:
    until = min(part.end, reading.settled)
    return part_named(reading.text, mark.start, mark.end, until=until)


def _is_of_another_year(reading: Reading, part: Part) -> bool:
    """Whether it is told of a fiscal year that is over: ปี 67, or ปีที่แล้ว."""
    years = [each.measures[0].fiscal_year for each in part.mentions if each.measures]
    this = min(years, default=fiscal_year_of(reading.facts.today))
    said = _OTHER_YEAR.finditer(reading.text, part.start, min(part.end, reading.settled))
    return any(int(each["year"] or 0) % 100 + _CENTURY < this for each in said)


def _offer(status: Status, percent: int | None) -> str:
    """How far it is, as it is offered."""
    return _word(status) if percent in (None, 0, ALL_DONE) else f"{percent}%"


def _said(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """How far it is by the words of progress alone."""
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
    if _EXCEPT.search(reading.heard(part)):
        return _NOTHING, Ask("how_far", STEPS)
    if amounts:
        return _at_percents(reading, part, said[:1], amounts)
    return _by_word(reading, part, said[:1])


def is_mixed(reading: Reading, part: Part, used: Sequence[Mark]) -> bool:
    """Whether words about progress are left that would be read into any answer."""
    text = reading.heard(part)
    asked = (_EXCEPT, _REMAINS, _DOUBT, _OTHER_YEAR, PART)
    doubtful = any(each.search(text) for each in asked)
    return bool(set(part.marks) - set(used)) or doubtful


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
    if beside := _number_beside(reading, part, amounts[0], percents[0]):
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
    village = _of_a_village(reading, part) and not _is_deed_for_measure(reading, part)
    if (
        village
        or _is_doubted(reading, part, amount)
        or _UNSURE_BEHIND.match(reading.text, amount.end)
    ):
        return _NOTHING, Ask("how_far", (f"{percent}%",))
    return (status_at(percent), percent, used), None


def _is_doubted(reading: Reading, part: Part, amount: Mark) -> bool:
    """Whether a percent is only thought, wished or told by others: คิดว่า 80%."""
    said = [part.start, *(mark.end for mark in part.marks if mark.end <= amount.start)]
    begins = max(*said, amount.start - _MOST_BEFORE, 0)
    return bool(_DOUBT.search(reading.folded.text, begins, amount.start))


def _less_than_done(reading: Reading, part: Part) -> Ask | None:
    """The question where something is left to do, or where something else may be what is done."""
    text = reading.heard(part)
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


def _is_deed_for_measure(reading: Reading, part: Part) -> bool:
    """Whether ประชุม ม3 แล้ว 80% speaks of a measure."""
    first, text = part.mentions[0], reading.folded.text
    plain = "." not in text[first.start : first.end]
    deed = _DEEDS.search(text[max(0, first.start - _MOST_BEFORE) : first.start].rstrip())
    return (
        plain
        and bool(deed)
        and text.startswith("แล้ว", first.end + text[first.end :].startswith(" "))
    )


def _by_word(reading: Reading, part: Part, said: Sequence[Mark]) -> tuple[Decided, Ask | None]:
    """What a word says; nothing is done of which something is left to do."""
    status = said[0].status if said else None
    if status is None:
        return _NOTHING, Ask("how_far", _unique(_percents_in(reading, part), STEPS))
    if status is not Status.AWAITING_ACCEPTANCE:
        return (status, None, tuple(said)), None
    ask = _less_than_done(reading, part) or _number_beside(reading, part, said[0], _word(status))
    if ask:
        return _NOTHING, ask
    return (status, ALL_DONE, tuple(said)), None


def _at_the_end(reading: Reading, part: Part) -> tuple[str, ...]:
    """The round number that a part ends with: ม3 เฮ็ดแล้ว 80."""
    found = _LAST_NUMBER.search(reading.text, part.mentions[-1].end, part.end)
    return (f"{int(found[1])}%",) if found else ()


def _unique(*offered: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*offered)))


def _percents_in(reading: Reading, part: Part) -> tuple[str, ...]:
    """The percents that may be of something else: อบรมบุคลากร 80%."""
    silent = [each for each in part.marks if not (each.says or each.unclear)]
    return tuple(
        f"{int(found[0])}%"
        for each in silent
        if (found := _AMOUNT_IN.search(reading.folded.text, each.start, each.end))
    )


def _number_beside(reading: Reading, part: Part, mark: Mark, said: str) -> Ask | None:
    """ม3 80 เสร็จ: the number may be a percent or another measure; so with ม3 เสร็จ 80."""
    last = part.mentions[-1] if part.mentions else None
    if last is None:
        return None
    text, offered = reading.text, offered_by(reading, last)
    if last.title and not _OUT_OF.match(text, last.end):
        offered = ()
    if behind := _ENDS_WITH.match(text, mark.end, part.end):
        offered = (*offered, f"{int(behind[1])}%")
    beside = [each for each in offered if each not in (said, f"{ALL_DONE}%")]
    return Ask("how_far", (*beside, said)) if beside else None


def offered_by(reading: Reading, last: Mention) -> tuple[str, ...]:
    """The percent that a number right behind what names a measure may be: 8/10, or 7."""
    text = reading.text
    if part := _OUT_OF.match(text, last.end):
        some, whole = int(part[1]), int(part[2])
        return (f"{round(ALL_DONE * some / whole)}%",) if 0 < some < whole else ()
    found = is_bare_percent(text, last.end) or _NEXT_NUMBER.match(text, last.end)
    if not found or COUNTED.match(text, found.end()) or number(found[1]) > ALL_DONE:
        return ()
    return (f"{number(found[1])}%",)


def _word(status: Status) -> str:
    return THAI_STATUS[Status.DONE if status is Status.AWAITING_ACCEPTANCE else status]


def _second_number(text: str, start: int, end: int) -> re.Match[str] | None:
    """A number that takes the first one back, or stands right beside it."""
    found = _NEXT_NUMBER.match(text, start, end) or _BACK.search(text, start, end)
    return found if found and not COUNTED.match(text, found.end()) else None


def _bare_percent(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """No sign and no word: a round number right behind a measure's number is a percent."""
    last = part.mentions[-1] if part.mentions else None
    if last is None:
        return _NOTHING, Ask("how_far", STEPS)
    text = reading.text
    found = None if last.bare or last.title else is_bare_percent(text, last.end)
    if not found:
        return _NOTHING, Ask(
            "how_far", _unique(offered_by(reading, last), _at_the_end(reading, part), STEPS)
        )
    percent = number(found[1])
    if back := _second_number(text, found.end(), part.end):
        return _NOTHING, Ask("how_far", (f"{percent}%", f"{int(back[1])}%"))
    mark = Mark(found.start(1), found.end(1), percent=percent)
    if _UNSURE_BEHIND.match(text, mark.end):
        return _NOTHING, Ask("how_far", (f"{percent}%",))
    return (status_at(percent), percent, (mark,)), None
