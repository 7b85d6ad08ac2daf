"""What scanners make of Thai: letters of other scripts, and figures that no number has."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Subject
from ita.text import arabic_digits

_LAO = re.compile("[\u0e80-\u0eff]+")
_LAO_TO_THAI = {code: code - 0x80 for code in range(0x0E80, 0x0F00)}
# Scripts that no Thai agency's report is written in, and the sign for a letter that was lost.
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0900-\u0dff\u0e80-\u109f\u1780-\u17ff\ufffd]+")
_AROUND = 12
_POINTS_WORD = r"\s{0,3}(?:คะแนน|คะเเนน|%|เปอร์เซ็นต์)"
# ๓/๕.๐๐ and ๔๘.๓/๕ in seed 003: scanners part ๗ into ๓ and a stroke.
_BROKEN = re.compile(
    rf"(?<![\d./])(\d{{0,2}}3/\d?\.\d{{1,2}}|\d{{1,3}}\.\d?3/\d?)(?![\d/]){_POINTS_WORD}"
)
_POINTS = re.compile(rf"(?<![\d.,/])(\d{{1,4}}\.\d{{2}})(?!\d){_POINTS_WORD}")
_HUNDRED = 100


def foreign_letters(subject: Subject) -> Iterator[Finding]:
    """Letters that are neither Thai nor Latin, a finding a line (003: คะแนน in Lao letters)."""
    lines: dict[str, str] = {}
    for _, where, text in subject.texts():
        found = _FOREIGN.search(text)
        if found:
            around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            lines.setdefault(where, around.strip())
    for where, words in lines.items():
        meant = _thai(words)
        yield Finding(
            Kind.FOREIGN_LETTERS,
            Severity.WARNING,
            where,
            f"“{words}” มีตัวอักษรที่ไม่ใช่ภาษาไทยปนอยู่ น่าจะเพี้ยนจากการสแกน ผู้ตรวจค้นคำนี้ในรายงานจะไม่พบ",
            f"“{meant}”" if meant != words else "",
        )


def impossible_figures(subject: Subject) -> Iterator[Finding]:
    """Points with a stroke in them, or over 100, that the reader took for nobody's score."""
    told = {doubt.where for doubt in subject.published.doubts if doubt.kind == Kind.SCORE}
    for _, where, text in subject.texts():
        if where in told or "." not in text:
            continue
        plain = arabic_digits(_thai(text))
        for found in _BROKEN.finditer(plain):
            yield _figure(where, text[found.start(1) : found.end(1)], found[1].replace("3/", "7"))
        for found in _POINTS.finditer(plain):
            if Decimal(found[1]) > _HUNDRED:
                yield _figure(where, text[found.start(1) : found.end(1)], "")


def _figure(where: str, raw: str, meant: str) -> Finding:
    message = f"“{raw}” ไม่เป็นคะแนนระหว่าง 0 ถึง 100 ผู้อ่านจึงเทียบกับผลประเมินทางการไม่ได้"
    return Finding(Kind.FIGURE, Severity.ERROR, where, message, meant)


def _thai(text: str) -> str:
    """Lao letters as the Thai ones that they look like; every letter keeps its place."""
    return _LAO.sub(lambda lao: lao[0].translate(_LAO_TO_THAI), text)
