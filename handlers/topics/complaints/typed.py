"""What people type instead of tapping: yes, no more, never mind, thanks. No part of any story."""

import re
from typing import Final

from handlers.spoken import gives_up, is_courtesy, joined
from handlers.topics.reporting.reading import means, says_something
from handlers.understanding.words import PARTICLES

SKIP: Final = (
    "ข้าม", "ไม่มี", "ไม่มีแล้ว", "ไม่ทราบ", "ไม่รู้", "ไม่เอา", "ไม่ส่ง", "ต่อไป", "ไปต่อ", "พอแล้ว", "แค่นี้",
    "เท่านี้", "เสร็จแล้ว", "หมดแล้ว", "ย้อนกลับ", "skip", "next", "no", "none", "done", "back",
)  # fmt: skip
AGREE: Final = (
    "ส่ง", "ส่งเลย", "ส่งได้", "ส่งได้เลย", "ส่งไปเลย", "ส่งเรื่อง", "ยืนยัน", "ใช่", "ใช่แล้ว", "ถูกต้อง", "ถูกแล้ว",
    "ตกลง", "โอเค", "โอเช", "ได้", "ได้เลย", "เอาเลย", "send", "yes", "ok", "okay",
)  # fmt: skip
REFUSE: Final = (
    "แก้ไข", "แก้", "ไม่", "ไม่ใช่", "ไม่ถูก", "ไม่เอา", "ไม่ส่ง", "ยังไม่ส่ง", "ยัง", "edit", "no",
)  # fmt: skip
"""Said of a last look: something in it is not right yet."""

_WISHES: Final = re.compile(
    r"(?:สวัสดี|รบกวน|มีเรื่อง|อยาก|ขอ|จะ|ต้องการ|มา)*(?:ร้องเรียน|ร้องทุกข์|แจ้ง|ฟ้อง)?"
    r"(?:เรื่อง|ปัญหา|เหตุ|เบาะแส|การ|ทุจริต|เจ้าหน้าที่|ร้องเรียน|/)*"
    rf"(?:ได้|ที่ไหน|ตรงไหน|ทางไหน|ยังไง|อย่างไร|ไหม|มั้ย)*(?:{PARTICLES})*+"
    r"|(?:iwantto|i'dliketo)?(?:complain|complaint|reportaproblem|reportcorruption)"
)
"""The wish to complain, or the question where to, as a whole message."""
_WITHDRAWS: Final = re.compile(r"ถอน|withdraw")


def tells(words: str) -> bool:
    """Whether they can be a part of a story; a nod, or the wish to complain alone, is none.

    >>> tells("ไฟดับ"), tells("อยากร้องเรียนค่ะ"), tells("ขอบคุณจ้ะ"), tells("...")
    (True, False, False, False)
    """
    is_wish = _WISHES.fullmatch(joined(words)) is not None
    return says_something(words) and not is_wish and not is_courtesy(words)


def withdraws(words: str) -> bool:
    """Whether somebody wants to take back what was sent.

    >>> withdraws("อยากถอนเรื่อง"), withdraws("ถอนเสาไฟออกแล้ว")
    (True, False)
    """
    return gives_up(words) and _WITHDRAWS.search(joined(words)) is not None


def skips(words: str) -> bool:
    """Whether there is nothing more to say to a question."""
    return means(words, *SKIP)


def agrees(words: str) -> bool:
    """Whether a last look is right and may be sent."""
    return means(words, *AGREE)
