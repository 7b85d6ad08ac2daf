"""Days and months as they stand in a text: in Thai words, in digits, in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ita.dates.fiscal import BUDDHIST_OFFSET, fiscal_year_span, month_span

SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
LONG_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
TO = r"(?:-|–|—|~|จนถึง|ถึง)"

_END = r"(?![ก-๎])"  # else ตุลา would be found in ตุลาการ, and ม.ค in ม.คำพี้
_MONTHS = tuple(
    rf"({name}(?:{ending}|{_END})|{short}(?:\.|{_END})|{bare}\.)"
    for name, ending, short, bare in (
        ("มกรา", "คม", r"ม\. ?ค", "มค"),
        ("กุมภา", "พันธ์", r"ก\. ?พ", "กพ"),
        ("มีนา", "คม", r"มี\. ?ค", "มีค"),
        ("เมษา", "ยน", r"เม\. ?ย", "เมย"),
        ("พฤษภา", "คม", r"พ\. ?ค", "พค"),
        ("มิถุนา", "ยน", r"มิ\. ?ย", "มิย"),
        ("กรกฎา", "คม", r"ก\. ?ค", "กค"),
        ("สิงหา", "คม", r"ส\. ?ค", "สค"),
        ("กันยา", "ยน", r"ก\. ?ย", "กย"),
        ("ตุลา", "คม", r"ต\. ?ค", "ตค"),
        ("พฤศจิกา", "ยน", r"พ\. ?ย", "พย"),
        ("ธันวา", "คม", r"ธ\. ?ค", "ธค"),
    )
)
_COUNTED = r"(?![.:]\d|,\d{3}| ?(?:คน|บาท|%|น\.|ครั้ง(?!ที่)))"  # มีนาคม 10 คน, 09.30 น.
YEAR = rf"(?:ปี ?)?(?:(?:พ|ค)\.? ?ศ\.? ?|พุทธศักราช ?)?(\d{{4}}|\d{{2}}{_COUNTED})(?!\d)"
_NO_DAY = r"(?<!\d)" + "".join(  # รอบที่ 1 ต.ค. 67 - มี.ค. 68
    rf"(?<!{counted}ที่{space})" for counted in ("ครั้ง", "รอบ", "งวด") for space in ("", " ")
)
_DAYS = rf"\d{{1,2}}(?: ?(?:,|และ|{TO}) ?(?:วันที่ ?)?\d{{1,2}}){{0,30}}"
POINT = re.compile(
    rf"(?:{_NO_DAY}(?P<days>{_DAYS}) ?(?:ของ ?)?)?(?P<end>สิ้น ?)?(?:เดือน ?)?"
    rf"(?P<month>{'|'.join(_MONTHS)})(?: ?{YEAR})?"
)
POINT_YEAR = POINT.groups
_JANUARY = POINT.groupindex["month"] + 1
_LISTED_DAY = re.compile(rf" ?({TO})?\D*(\d+)")

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_DASHED = re.compile(r"(?<![\d.-])(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?![.-]?\d)")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?!-?\d)")
_DAY_FIRST = re.compile(
    r"(?<![a-z\d])(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?,? (\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?<![a-z])([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_ENGLISH = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november"),
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or a whole month where `day` is None, as found in a text at `at`.

    `at_end` says that the month's last day is meant; `follows` that all days from the point
    before it are (1-15 มีนาคม). `year` is a CE year.
    """

    day: int | None
    month: int
    year: int | None
    at: tuple[int, int]
    at_end: bool = False
    follows: bool = False

    def first(self) -> date:
        """The first day that it names; ValueError where no calendar has it (31 ก.พ.)."""
        if self.at_end:
            return self.last()
        return date(self.year or 0, self.month, 1 if self.day is None else self.day)

    def last(self) -> date:
        """The last day that it names; ValueError where no calendar has it."""
        if self.day is None:
            return month_span(self.year or 0, self.month)[1]
        return date(self.year or 0, self.month, self.day)


def spelled(text: str) -> str:
    """The normalised text with its dates in digits and in English put in Thai words.

    A date in digits is day, month, year, or ISO 8601. What is neither stays as it is.

    >>> spelled("ส่ง 1/10/67, 2024-12-27 และ 5 mar 2025")
    'ส่ง 1 ตุลาคม 67, 27 ธันวาคม 2024 และ 5 มีนาคม 2025'
    """
    text = _SLASHED.sub(lambda found: _words(found, found[1], int(found[2]), found[3]), text)
    text = _ISO.sub(lambda found: _words(found, found[3], int(found[2]), found[1]), text)
    text = _DASHED.sub(lambda found: _words(found, found[1], int(found[3]), found[4]), text)
    text = _MONTH_FIRST.sub(
        lambda found: _words(found, found[2], _ENGLISH.get(found[1], 0), found[3]), text
    )
    return _DAY_FIRST.sub(
        lambda found: _words(found, found[1] or "", _ENGLISH.get(found[2], 0), found[3]), text
    )


def _words(found: re.Match[str], day: str, month: int, year: str) -> str:
    if not 1 <= month <= len(LONG_MONTHS):
        return found[0]
    return f"{day} {LONG_MONTHS[month - 1]} {year}".lstrip()


def points(text: str, fiscal_year: int | None) -> list[Point]:
    """The days and months of a spelled text, with their years.

    A point without a year has that of the one after it, else the one in the fiscal year.
    ValueError where there is neither, or where what is written cannot be a year.
    """
    found = [point for match in POINT.finditer(text) for point in _of_match(match)]
    dated: list[Point] = []
    for point in reversed(found):
        year = point.year or _year_beside(point, dated[-1:]) or _year_within(point, fiscal_year)
        dated.append(replace(point, year=year))
    return dated[::-1]


def _of_match(match: re.Match[str]) -> list[Point]:
    """One match names one month and none, one or several days of it."""
    names = match.groups()[_JANUARY - 1 : POINT_YEAR - 1]
    month = next(number for number, name in enumerate(names, 1) if name)
    written = match[POINT_YEAR]
    year = gregorian(written) if written else None
    if written and year is None:
        raise ValueError(f"{written} is no year")
    whole = Point(None, month, year, match.span(), at_end=bool(match["end"]))
    listed = _LISTED_DAY.findall(match["days"] or "")
    return [replace(whole, day=int(day), follows=bool(to)) for to, day in listed] or [whole]


def gregorian(written: str) -> int | None:
    """The CE year of a year as written: 2567, 67 or 2024; None for what is no year."""
    number = int(written)
    if 50 <= number <= 99:  # noqa: PLR2004 - two digits of a Buddhist year 2550 to 2599
        return number + 2500 - BUDDHIST_OFFSET
    if 2400 <= number < 2700:  # noqa: PLR2004 - four digits of a Buddhist year
        return number - BUDDHIST_OFFSET
    return number if 1900 <= number < 2200 else None  # noqa: PLR2004 - a CE year


def _year_beside(point: Point, following: Sequence[Point]) -> int | None:
    """ตุลาคม - มีนาคม 2566: the second names the year, and the first lies before it."""
    if not following:
        return None
    after = following[0]
    later = (point.month, point.day or 0) > (after.month, after.day or 31)
    return (after.year or 0) - later


def _year_within(point: Point, fiscal_year: int | None) -> int:
    if fiscal_year is None:
        raise ValueError("a month without a year")
    first, last = fiscal_year_span(fiscal_year)
    return first.year if point.month >= first.month else last.year
