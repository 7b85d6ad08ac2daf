"""What people type in the middle of a conversation that is no answer: never mind, thanks, hello."""

import re
from typing import Final

from handlers.understanding import topics
from handlers.understanding.folding import fold
from handlers.understanding.words import PARTICLES
from ita.text import normalise

_SO: Final = rf"(?:แล้ว|ก่อน|ดีกว่า|ไป|เถอะ|ซะ|{PARTICLES})*+"
_GIVES_UP: Final = re.compile(
    r"(?:งั้น|ขอโทษ|ไม่เป็นไร|ขอ|อยาก|จะ|ต้องการ)*"
    r"(?:(?:ยกเลิก|เลิก|ถอน)(?:การ)?(?:แจ้ง|ส่ง|ร้องเรียน|ร้องทุกข์|รายงาน|เชิญ)?"
    r"|ไม่(?:แจ้ง|ร้องเรียน|ร้องทุกข์|ร้อง)"
    r"|ไม่(?:เอา|ส่ง|ทำ|รายงาน)(?:เรื่อง)?(?=แล้ว|ดีกว่า))"
    rf"(?:เรื่อง|คำร้อง|ร่าง)?(?:นี้|ทั้งหมด)?{_SO}"
    r"|(?:please)?(?:cancel|nevermind|forgetit|withdraw)(?:it)?(?:please)?"
)


def gives_up(words: str) -> bool:
    """Whether somebody wants nothing of it any more: ยกเลิกจ้ะ, ไม่เอาแล้ว, อยากถอนเรื่อง.

    >>> gives_up("ยกเลิกจ้ะ"), gives_up("ขอถอนเรื่องนี้ดีกว่า"), gives_up("ยกเลิกที่จอดรถหน้าวัด")
    (True, True, False)
    """
    return _GIVES_UP.fullmatch(joined(words)) is not None


def is_courtesy(words: str) -> bool:
    """Whether it is thanks, a greeting, a laugh or a nod, and nothing else.

    >>> is_courtesy("ขอบคุณจ้ะ"), is_courtesy("ขอบคุณ หลุมอยู่หน้าวัด")
    (True, False)
    """
    return topics.SMALLTALK.fullmatch(fold(words).text) is not None


def gives_thanks(words: str) -> bool:
    """Whether it is thanks and nothing that could be an answer: ใช่ and ยัง are answers."""
    return is_courtesy(words) and topics.THANKS.search(fold(words).text) is not None


def greets(words: str) -> bool:
    """Whether it is a greeting and nothing that could be an answer.

    >>> greets("สวัสดีค่ะ"), greets("สวัสดี ไฟดับ"), greets("ตกลงค่ะ")
    (True, False, False)
    """
    return is_courtesy(words) and topics.GREETING.search(fold(words).text) is not None


def joined(words: str) -> str:
    """The words without spaces and without a full stop at the end, as a pattern reads them."""
    return normalise(words).replace(" ", "").rstrip(".!")
