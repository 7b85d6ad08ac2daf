"""How far a measure is by all that a part of a text says of it, or what must be asked."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.topics.report_line import Standing, status_at
from handlers.understanding.parts import Part, Reading
from handlers.understanding.standing import ALL_DONE, COUNTED, Mark, Unclear, is_bare_percent
from handlers.understanding.values import Ask
from ita.measures import THAI_STATUS, Status

STEPS: Final = (THAI_STATUS[Status.NOT_STARTED], "50%", THAI_STATUS[Status.DONE])
_REMAINS: Final = re.compile(
    r"เหลือ(?!เชื่อ)|ยังขาด|ขาดแค่|ขาดแต่|ยังต้อง|แต่ยัง|ยังรอ|รอ(?:ลงนาม|เซ็น|อนุมัติ|ผู้บริหาร|นายก|ปลัด|เอกสาร"
    r"|รูป|หลักฐาน|เบิก)"
)
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
    if amounts:
        return _at_percent(said[:1], amounts[0])
    return _by_word(reading, part, said[:1])


def _odd_percent(reading: Reading, odd: Mark) -> tuple[Decided, Ask]:
    typed = reading.folded.words(odd.start, odd.end).strip()
    doubt = Standing(typed, odd=_AMOUNT_ONLY.sub("", typed))
    return (None, None, (odd,)), Ask("how_far", STEPS, doubt=doubt)


def _at_percent(said: Sequence[Mark], amount: Mark) -> tuple[Decided, Ask | None]:
    """A percent, unless a word beside it says otherwise."""
    percent = amount.percent or 0
    used = tuple(dict.fromkeys([*said, amount]))
    status = said[0].status if said else None
    if status and status is not status_at(percent):
        doubt = Standing("", status, percent)
        return (None, None, used), Ask("how_far", (_word(status), f"{percent}%"), doubt=doubt)
    return (status_at(percent), percent, used), None


def _by_word(reading: Reading, part: Part, said: Sequence[Mark]) -> tuple[Decided, Ask | None]:
    """What a word says; nothing is done of which something is left to do."""
    status = said[0].status if said else None
    if status is None:
        return _NOTHING, Ask("how_far", STEPS)
    if status is not Status.AWAITING_ACCEPTANCE:
        return (status, None, tuple(said)), None
    unclear = any(each.unclear for each in part.marks)
    if unclear or _REMAINS.search(reading.folded.text[part.start : part.end]):
        return _NOTHING, Ask("how_far", (_word(Status.IN_PROGRESS), _word(status)))
    return (status, ALL_DONE, tuple(said)), None


def _word(status: Status) -> str:
    return THAI_STATUS[Status.DONE if status is Status.AWAITING_ACCEPTANCE else status]


def _bare_percent(reading: Reading, part: Part) -> tuple[Decided, Ask | None]:
    """No sign and no word: a round number right behind a named measure is a percent."""
    last = part.mentions[-1] if part.mentions else None
    if last is None or last.title:
        return _NOTHING, Ask("how_far", STEPS)
    text = reading.text
    found = None if last.bare else is_bare_percent(text, last.end)
    if found:
        mark = Mark(found.start(1), found.end(1), percent=int(found[1]))
        return (status_at(int(found[1])), int(found[1]), (mark,)), None
    number = _NEXT_NUMBER.match(text, last.end)
    if number and COUNTED.match(text, number.end()):
        number = None
    offered = (f"{int(number[1])}%",) if number and int(number[1]) <= ALL_DONE else ()
    return _NOTHING, Ask("how_far", offered + STEPS)
