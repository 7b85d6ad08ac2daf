"""Measures that the text announces against those that the table lists (004: six, five others)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.result import year_at
from ita.checks.subject import Passage, Subject, skeleton
from ita.text import arabic_digits

_LEAD = re.compile(r"มาตรการ[^\n]{0,150}?(?:ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย|คือ)")
# Not "ข้อ 42 มาตรการส่งเสริม…", where the number belongs to what stands before it.
_COUNT = re.compile(
    r"(?:จำนวน|รวม|ทั้งสิ้น|ทั้งหมด)\s{0,2}(\d{1,2})\s{0,2}มาตรการ(?!หลัก|ย่อย)"
    r"|(?<!\d)(\d{1,2})\s{0,2}มาตรการ\s{0,2}(?=$|ดังนี้|ดังต่อไปนี้|ได้แก่|คือ|ประกอบด้วย|โดย)"
)
_OTHER_COUNT = re.compile(r"(?<!\d)(\d{1,2})\s{0,2}(?:กิจกรรม|โครงการ)")
_MARK = re.compile(r"(?:^|[\s(])(?:มาตรการที่\s{0,2})?(\d{1,2})[.)](?!\d)\s{0,3}")
_MEASURE = skeleton("มาตรการ")
_FURTHEST = 4000
_LINES = 80
_MOST = 60
_TITLE = 160
_SHOWN = 60
_ALIKE = 0.6
_FEWEST = 2
_FEW = 20


@dataclass(frozen=True, slots=True)
class _Announced:
    """What the text says is to come: where, how many (None where it says no number), which."""

    where: str
    count: int | None
    titles: tuple[str, ...]


def announced_measures(subject: Subject) -> Iterator[Finding]:
    """The first announcement before the table of measures that the table does not keep."""
    titles = [row.measure.title for row in subject.rows]
    if len(titles) < _FEWEST:
        return
    for announced in islice(_announcements(subject), _FEW):
        finding = _judge(announced, titles)
        if finding:
            yield finding
            return


def _judge(announced: _Announced, titles: Sequence[str]) -> Finding | None:
    count = announced.count or len(announced.titles)
    compared = announced.titles and len(titles) <= _MOST
    missing = _without_like(announced.titles, titles) if compared else []
    extra = _without_like(titles, announced.titles) if compared else []
    if count == len(titles) and not missing:
        return None
    parts = [f"ข้อความก่อนตารางกล่าวถึง {count} มาตรการ แต่ในตารางมี {len(titles)} มาตรการ"]
    if missing:
        parts.append(f"ที่ไม่มีในตาราง: {_named(missing)}")
    if extra:
        parts.append(f"ที่มีแต่ในตาราง: {_named(extra)}")
    parts.append("ผู้ตรวจเทียบมาตรการที่ประกาศกับที่รายงานผลทีละข้อ")
    proposal = "ขอให้แก้รายการในข้อความหรือในตารางให้ตรงกับประกาศมาตรการของหน่วยงาน"
    return Finding(
        Kind.ANNOUNCED_MEASURES, Severity.ERROR, announced.where, " ".join(parts), proposal
    )


def _announcements(subject: Subject) -> Iterator[_Announced]:
    first = next((table.line for table in subject.tables_of_measures), 0)
    before = [passage for passage in subject.prose if passage.index < first]
    for place, passage in enumerate(before):
        plain = arabic_digits(passage.text)
        lead, count = _LEAD.search(plain), _COUNT.search(plain)
        begins = count or lead
        if not begins or not _of_this_year(subject, passage, begins.start()):
            continue
        if len(subject.rows) in map(int, _OTHER_COUNT.findall(plain)):
            continue
        titles = _titles(plain[lead.end() :], before[place + 1 : place + _LINES]) if lead else ()
        number = int(count[1] or count[2]) if count else None
        if number is not None and (number >= _FEWEST or titles):
            yield _Announced(passage.where, number, titles if _of_measures(titles, number) else ())
        elif len(titles) >= _FEWEST and _of_measures(titles, None):
            yield _Announced(passage.where, None, titles)


def _of_this_year(subject: Subject, passage: Passage, at: int) -> bool:
    return year_at(subject, passage, at) in (None, subject.fiscal_year)


def _titles(rest: str, following: Sequence[Passage]) -> tuple[str, ...]:
    """The numbered points 1, 2, … of the text that follows an announcement."""
    text = "\n".join([rest, *(arabic_digits(one.text) for one in following)])[:_FURTHEST]
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        if int(mark[1]) == len(marks) + 1 <= _MOST:
            marks.append(mark)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = (text[mark.end() : end] for mark, end in zip(marks, ends, strict=False))
    return tuple(part.strip().split("\n")[0][:_TITLE] for part in parts)


def _of_measures(titles: Sequence[str], count: int | None) -> bool:
    """Whether a list is one of measures, and not of the chapters or aims of the report."""
    named = sum("มาตรการ" in title or "กิจกรรม" in title for title in titles)
    return len(titles) == count or 2 * named > len(titles)


def _without_like(titles: Sequence[str], others: Sequence[str]) -> list[str]:
    """The titles that are like none of the others."""
    bones = [_bones(other) for other in others]
    return [title for title in titles if not any(_alike(_bones(title), one) for one in bones)]


def _bones(title: str) -> str:
    return skeleton(title).removeprefix(_MEASURE)


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _named(titles: Sequence[str]) -> str:
    return ", ".join(f"“{title[:_SHOWN]}”" for title in titles)
