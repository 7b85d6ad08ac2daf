"""Scores in a document's running text: what is said of the total, of instruments and indicators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ita.tables.cells import one_line
from ita.tables.claims import Claim, points
from ita.tables.document import Document
from ita.tables.facts import fiscal_year_before
from ita.tables.grid import Grid
from ita.tables.names import indicator_named
from ita.text import arabic_digits

_LAO_TO_THAI = {code: code - 0x80 for code in range(0x0E80, 0x0F00)}
_WORD = r"คะ?\s?(?:แ|เเ|เ)\s?น\s?น?"
_FIGURE = r"(?<![\d./,])\d{1,3}[.,]\d{1,2}(?![\d/])|(?<![\d./,])[\d/]{1,5}\.[\d/]{1,4}(?![\d/])"
_TOKEN = re.compile(
    rf"(?P<figure>{_FIGURE})"
    r"|(?P<year>ปี\s?(?:งบ\s?ประมาณ)?\s?(?:พ\.?\s?ศ\.?\s?)?2[45]\d\d(?!\d))"
    r"|(?P<part>ตัวชี้วัดย่อย|EIT\s?\(?(?:ส่วนที่\s?)?[12]\)?|(?<![A-Za-z])[eioEIO]\s?\d{1,2}(?!\d))"
    r"|ตัวชี้วัด\s?(?:ที่)?\s?(?P<indicator>10|[1-9])(?![\d.]\d|\d)"
    r"|^\s*(?P<listed>10|[1-9])\s?[.)](?!\d)"
    r"|(?:ตัวชี้วัด|ด้าน)\s?(?P<named>[ก-๎]{8,40})"
    r"|(?P<instrument>(?<![A-Za-z])(?:IIT|EIT|OIT)(?![A-Za-z]))"
    r"|(?P<total>ภาพรวม|(?:คะแนน|เฉลี่ย|ผล)\s?(?:เฉลี่ย)?\s?รวม|คะแนน\s?ITA)"
    r"|(?P<result>ผลการประเมิน|ผลคะแนน|ได้รับคะแนน|ได้คะแนน)"
)
_AFTER = re.compile(rf"\s{{0,3}}{_WORD}")
_BEFORE = re.compile(rf"(?:{_WORD}|ร้อยละ)[\sก-ฮะ-๎=:]{{0,25}}$")
_LIMIT_BEFORE = re.compile(
    r"(?:น้ำหนัก.{0,20}|น้อยกว่า|มากกว่า|ต่ำกว่า|สูงกว่า|ไม่ถึง|ตั้งแต่|เกินกว่า|เกณฑ์|เป้าหมาย|เต็ม|เพิ่มขึ้น|ลดลง|เพิ่ม|ลด"
    r"|จาก|ระหว่าง|[-–—]|ถึง)\s*(?:ร้อยละ|คะแนน)?\s*$"
)
_LIMIT_AFTER = re.compile(rf"\s*(?:{_WORD})?\s*(?:ขึ้นไป|เต็ม|[-–—]\s*\d|ถึง\s*\d)")
_YEAR = re.compile(r"2[45]\d\d")
_OTHER = ""
"""A subject that is none of ours: a question, a sub-indicator, half of an instrument."""

_FAR = 300
_LONGEST = 5000
_NEXT = 4


@dataclass(slots=True)
class _Reading:
    """The reading of one line: what is spoken of, and the year that it names."""

    subject: int | str | None = None
    listed: bool = False
    year: int | None = None
    at: int = 0


def claims_of_text(grid: Grid, document: Document) -> list[Claim]:
    """What the text outside the tables says of scores, in its order.

    A line that only names an indicator gives its subject to the next one (seed 003: "๙. …" and
    below it "๓/๕.๐๐ คะแนน"). Limits and differences ("๘๕ คะแนนขึ้นไป") are none.
    """
    claims: list[Claim] = []
    waiting: tuple[int, _Reading] | None = None
    for index, text in grid.prose:
        line = one_line(text[:_LONGEST])
        before = waiting[1] if waiting and index - waiting[0] <= _NEXT else _Reading()
        reading = _Reading(before.subject if isinstance(before.subject, int) else None)
        reading.year = before.year
        found = list(_of_line(line, reading, document.lines[index].where))
        near = fiscal_year_before(grid, index + 1) if found else None
        claims += [replace(claim, near_year=near) for claim in found]
        waiting = (index, reading) if isinstance(reading.subject, int) else None
    return claims


def _of_line(line: str, reading: _Reading, where: str) -> Iterator[Claim]:
    """The claims of one line; leaves in `reading` what it speaks of last without a figure."""
    plain = arabic_digits(line.translate(_LAO_TO_THAI))
    fresh = True
    for token in _TOKEN.finditer(plain):
        if token["figure"] is None:
            fresh = _take(token, plain, reading, fresh=fresh)
        elif _is_score(plain, token, reading) and reading.subject:
            raw = line[token.start() : token.end()]
            yield Claim(reading.subject, reading.year, raw, points(raw), where, in_table=False)
            reading.subject, fresh = _OTHER, False
    if fresh:
        reading.subject = None


def _take(token: re.Match[str], line: str, reading: _Reading, *, fresh: bool) -> bool:
    """Take in what a token says of the subject; returns whether the line has not named one yet."""
    kind, words = token.lastgroup or "", token[token.lastgroup or 0]
    if kind == "year":
        reading.year = int(_YEAR.findall(words)[-1])
        return fresh
    if kind == "result" and reading.subject is not None:
        return fresh
    subject = _subject(kind, words, line[token.end() :], reading)
    if subject is None:
        return fresh
    reading.subject, reading.at, reading.listed = subject, token.end(), kind == "listed"
    return False


def _subject(kind: str, words: str, after: str, reading: _Reading) -> int | str | None:
    """The subject that a token names, None where it leaves it as it is."""
    match kind:
        case "indicator":
            return int(words)
        case "listed":
            name = re.split(rf"\d|{_WORD}|ร้อยละ|/", after, maxsplit=1)[0]
            return int(words) if indicator_named(name.strip()) == int(words) else None
        case "named":
            return indicator_named(words)
        case "instrument":
            return None if isinstance(reading.subject, int) else words
        case "total" | "result":
            return kind
    return _OTHER


def _is_score(line: str, figure: re.Match[str], reading: _Reading) -> bool:
    """Whether a figure is points, and neither a limit nor a difference."""
    start, end = figure.span()
    before, after = line[max(0, start - 40) : start], line[end : end + 30]
    if start - reading.at > _FAR or _LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after):
        return False
    ends_list = reading.listed and not after.strip()
    return bool(_AFTER.match(after) or _BEFORE.search(before) or ends_list)
