"""Answers to the OIT items, as an agency's sheet keeps them: what is there has to be findable."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita.checks.finding import Finding, Kind, Severity
from ita.criteria import Criteria

_LINK = re.compile(r"https?://\S{3,2000}")
_THERE = "มี"


@dataclass(frozen=True, slots=True)
class Answer:
    """An item's row: its code ("o13"), the words มี or ไม่มี, the link; "" where nothing stands."""

    where: str
    code: str
    present: str
    url: str


def check_answers(answers: Sequence[Answer], criteria: Criteria | None) -> tuple[Finding, ...]:
    """Findings on a year's answers; codes are held against `criteria` where it has the items."""
    known = criteria.items if criteria else {}
    return tuple(
        finding
        for answer in answers
        for finding in (*_unknown(answer, len(known), known=answer.code in known), *_link(answer))
    )


def _unknown(answer: Answer, count: int, *, known: bool) -> Iterator[Finding]:
    if count and answer.code and not known:
        message = f"ข้อ {answer.code} ไม่มีในแบบวัด OIT ของปีนี้ ซึ่งมี {count} ข้อ คำตอบจึงไม่ถูกนับ"
        proposal = "ขอให้เทียบรหัสข้อกับแบบวัดของปีนี้"
        yield Finding(Kind.UNKNOWN_ITEM, Severity.ERROR, answer.where, message, proposal)


def _link(answer: Answer) -> Iterator[Finding]:
    if answer.present != _THERE or _LINK.fullmatch(answer.url):
        return
    stands = f"ลิงก์ “{answer.url[:60]}” เปิดไม่ได้" if answer.url else "ยังไม่มีลิงก์ที่เผยแพร่"
    message = f"ข้อ {answer.code} ตอบว่ามี แต่{stands} ผู้ตรวจจะให้คะแนนข้อนี้ไม่ได้"
    proposal = "ขอให้ใส่ลิงก์เต็มของหน้าที่เผยแพร่ข้อมูลข้อนี้"
    yield Finding(Kind.MISSING_EVIDENCE, Severity.ERROR, answer.where, message, proposal)
