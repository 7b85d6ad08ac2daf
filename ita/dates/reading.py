"""Reading the periods that people write: their kind, their first and their last day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ita.dates.fiscal import (
    BUDDHIST_OFFSET,
    fiscal_year_of,
    fiscal_year_span,
    half_span,
    quarter_span,
)
from ita.dates.points import TO, YEAR, Point, gregorian, points, spelled
from ita.text import normalise

PeriodKind = Literal[
    "date", "dates", "range", "recurring", "within_month", "fiscal_year", "unknown"
]
Span = tuple[date, date]

_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Period:
    """A period as written (`raw`) beside what it means; `start` and `end` are CE dates.

    `end` is the day by which the thing must be done. Both are None where nothing could be read.
    """

    raw: str
    kind: PeriodKind
    start: date | None = None
    end: date | None = None


def read_period(raw: str, fiscal_year: int | None = None) -> Period:
    """What a period expression means; `fiscal_year` gives a year to one that names none.

    Of several dates `end` is the last. Kind "unknown" for what cannot be read; never an error.
    A kind that is clear without its days (ตลอดปีงบประมาณ, and no fiscal year given) has none.

    >>> period = read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘")
    >>> period.kind, str(period.end)
    ('dates', '2025-04-01')
    """
    kind, spans = _read(raw, fiscal_year)
    if not spans:
        return Period(raw, kind)
    return Period(raw, kind, min(first for first, _ in spans), max(last for _, last in spans))


def spans_of(period: Period) -> tuple[Span, ...]:
    """The parts of a period in order: of several dates or months each, else the period as one."""
    if period.start is None or period.end is None:
        return ()
    if period.kind != "dates":
        return ((period.start, period.end),)
    spans = sorted(_read(period.raw, fiscal_year_of(period.end))[1])
    if spans and (spans[0][0], max(last for _, last in spans)) == (period.start, period.end):
        return tuple(spans)
    return (period.start, period.start), (period.end, period.end)


def days_of(period: Period) -> tuple[date, ...]:
    """The days by which something is due: of several dates each, since each is a round.

    >>> [str(day) for day in days_of(read_period("5, 15 และ 25 มี.ค. 68"))]
    ['2025-03-05', '2025-03-15', '2025-03-25']
    """
    return tuple(last for _, last in spans_of(period))


_Reading = tuple[PeriodKind, tuple[Span, ...]]
_UNKNOWN: _Reading = ("unknown", ())

_UP_TO = re.compile(rf" ?{TO} ?(?:ภายใน ?)?(?:วันที่ ?)?")
_JOINED = re.compile(rf" ?(?:{TO}|,|และ) ?(?:ภายใน ?)?(?:วันที่ ?)?")
_WITHIN = re.compile(r"(?:ภายใน|ไม่เกิน) ?(?:วันที่ ?)?$")
_BEFORE = 20
_SOME_YEAR = 2567
"""A fiscal year that tells the kind where none is known; its days are not given away."""
_QUARTERS = re.compile(
    rf"ไตรมาส ?(?:ที่ ?)?(?P<list>[1-4](?: ?(?:{TO}|,|และ) ?(?:ไตรมาส ?)?(?:ที่ ?)?[1-4]){{0,3}})"
    r"(?!\d)"
)
_QUARTER_YEAR = re.compile(r"ไตรมาส ?(?:ที่ ?)?[1-4]/(\d{4}|\d{2})(?!\d)")
_LISTED = re.compile(rf" ?({TO})?\D*(\d)")
_FIRST_HALF = re.compile(r"6 ?เดือน ?แรก|ครึ่งปีแรก|(?<!ทุก)(?<!ทุก )รอบ ?6 ?เดือน(?! ?หลัง)")
_SECOND_HALF = re.compile(r"6 ?เดือน ?หลัง|ครึ่งปีหลัง")
_ALL_MONTHS = re.compile(r"(?:รอบ|และ) ?(?:รอบ ?)?12 ?เดือน")
_YEAR_END = re.compile(r"สิ้น ?ปี(?: ?งบประมาณ)?")
_RECURRING = re.compile(
    r"ทุก ?(?:ๆ ?)?(?:\d{1,2} ?)?(?:สิ้น|รอบ)? ?(?:\d{1,2} ?)?(?:เดือน|วัน|สัปดาห์|ไตรมาส|ครั้ง|ปี)"
    r"|ราย ?(?:เดือน|ไตรมาส)|(?:เดือน|ไตรมาส|สัปดาห์|ปี)ละ|เป็นประจำ|ไตรมาส(?! ?(?:ที่ ?)?\d)"
)
FISCAL_YEAR = re.compile(
    rf"ปี ?งบ(?: ?ประมาณ)?(?: ?{YEAR}(?: ?(?:{TO}|,|และ) ?(\d{{4}}|\d{{2}})(?!\d))?)?"
)
_WHOLE_YEAR = re.compile(rf"ตลอด(?:ทั้ง)?ปี(?! ?งบ)(?: ?{YEAR})?|ประจำปี ?{YEAR}")
_PLAIN_YEAR = re.compile(rf"(?:ใน|ภายใน)?ปี ?{YEAR}")


@lru_cache(_REMEMBERED)
def _read(raw: str, fiscal_year: int | None) -> _Reading:
    text = spelled(normalise(raw))
    named = _years(FISCAL_YEAR, text)
    try:
        found = points(text, named[0] if named else fiscal_year)
        return _from_points(text, found) if found else _from_words(text, named, fiscal_year)
    except ValueError:  # a day that no calendar has, such as 31 ก.พ.; a month without a year
        return _UNKNOWN


def _years(pattern: re.Pattern[str], text: str) -> list[int]:
    """The Buddhist years that a pattern's groups find in a text."""
    written = (year for match in pattern.finditer(text) for year in match.groups() if year)
    known = (gregorian(year) for year in written)
    return [year + BUDDHIST_OFFSET for year in known if year]


# --- Days and months


def _from_points(text: str, found: Sequence[Point]) -> _Reading:
    """Periods that are named by days and months."""
    within = [point for group in _groups(text, found) if _is_within(text, group) for point in group]
    # the rest of a long cell tells what is done, this tells until when
    chosen = _distinct([replace(point, at_end=False) for point in within] or found)
    follows = (
        after.follows or bool(_UP_TO.fullmatch(text[before.at[1] : after.at[0]]))
        for before, after in pairwise(chosen)
    )
    spans = _spans([False, *follows], [(point.first(), point.last()) for point in chosen])
    if len(spans) > 1:
        return "dates", spans
    if len(chosen) > 1:
        return ("recurring" if _RECURRING.search(text) else "range"), spans
    only = chosen[0]
    return ("within_month" if only.day is None and not only.at_end else "date"), spans


def _groups(text: str, found: Sequence[Point]) -> list[list[Point]]:
    """The points in runs that a dash, a comma or an "and" joins."""
    groups = [[found[0]]]
    for before, point in pairwise(found):
        if before.at == point.at or _JOINED.fullmatch(text[before.at[1] : point.at[0]]):
            groups[-1].append(point)
        else:
            groups.append([point])
    return groups


def _is_within(text: str, group: Sequence[Point]) -> bool:
    at = group[0].at[0]
    return bool(_WITHIN.search(text[max(0, at - _BEFORE) : at]))


def _distinct(found: Sequence[Point]) -> list[Point]:
    """The points without those that name the same days again."""
    named: dict[Span, Point] = {}
    for point in found:
        named.setdefault((point.first(), point.last()), point)
    return list(named.values())


def _spans(follows: Sequence[bool], parts: Sequence[Span]) -> tuple[Span, ...]:
    """The parts as they stand, but one span where a dash joins two.

    ValueError where one ends before it begins.
    """
    spans: list[Span] = []
    for joined, (first, last) in zip(follows, parts, strict=True):
        spans.append((spans.pop()[0] if joined else first, last))
    if any(first > last for first, last in spans):
        raise ValueError("ends before it begins")
    return tuple(spans)


# --- The fiscal year and its parts


def _from_words(text: str, named: Sequence[int], fiscal_year: int | None) -> _Reading:
    """Periods that are named by the fiscal year and its parts.

    "ปี 2568" may be a calendar year, so it is taken only where that is the fiscal year in question.
    """
    if _PLAIN_YEAR.fullmatch(text):
        if fiscal_year in _years(_PLAIN_YEAR, text):
            return "fiscal_year", (fiscal_year_span(fiscal_year),)
        return _UNKNOWN
    named = named or _years(_QUARTER_YEAR, text) or _years(_WHOLE_YEAR, text)
    known = [*named, *filter(None, [fiscal_year])]
    kind, spans = _of_year(text, known[0] if known else _SOME_YEAR, named)
    return kind, spans if known else ()


def _of_year(text: str, year: int, named: Sequence[int]) -> _Reading:
    """What words mean in a fiscal year; `named` are the years that they name."""
    whole = fiscal_year_span(year)
    if quarters := _QUARTERS.search(text):
        return _quarters(quarters["list"], year)
    if _FIRST_HALF.search(text) or _SECOND_HALF.search(text):
        return _halves(text, year)
    if _RECURRING.search(text):
        return "recurring", (whole,)
    if _YEAR_END.search(text):
        return "date", ((whole[1], whole[1]),)
    if len(named) > 1 and named[0] < named[-1]:
        return "range", ((whole[0], fiscal_year_span(named[-1])[1]),)
    named_so = any(pattern.search(text) for pattern in (FISCAL_YEAR, _WHOLE_YEAR, _ALL_MONTHS))
    return ("fiscal_year", (whole,)) if named_so else _UNKNOWN


def _quarters(listed: str, year: int) -> _Reading:
    """ไตรมาสที่ 1, ไตรมาสที่ 1 - 2, ไตรมาสที่ 2 และ 4."""
    found = _LISTED.findall(listed)
    parts = [quarter_span(year, int(number)) for _, number in found]
    spans = _spans([bool(to) for to, _ in found], parts)
    return ("dates" if len(spans) > 1 else "range"), spans


def _halves(text: str, year: int) -> _Reading:
    """A half, or the ends of both where the second half or the year's end is named as well."""
    first, second = _FIRST_HALF.search(text), _SECOND_HALF.search(text)
    if first and (second or _YEAR_END.search(text) or _ALL_MONTHS.search(text)):
        ends = [half_span(year, half)[1] for half in (1, 2)]
        return "dates", tuple((end, end) for end in ends)
    return "range", (half_span(year, 1 if first else 2),)
