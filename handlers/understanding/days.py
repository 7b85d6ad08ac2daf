"""The day of the act (ลงวันที่) as people write it in a message."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.understanding.folding import TAKEN
from ita.dates import fiscal_year_of, read_period
from ita.dates.fiscal import YEAR_MONTHS
from ita.dates.points import LONG_MONTHS

_MONTHS: Final = (
    "มกรา(?:คม)?|ม\\.?ค", "กุมภา(?:พันธ์|พัน)?|ก\\.?พ", "มีนา(?:คม)?|มี\\.?ค", "เมษา(?:ยน)?|เม\\.?ย",
    "พฤษภา(?:คม)?|พ\\.?ค", "มิถุนา(?:ยน)?|มิ\\.?ย", "กรก[ฎฏ]า(?:คม)?|ก\\.?ค", "สิงหา(?:คม)?|ส\\.?ค",
    "กันยา(?:ยน)?|ก\\.?ย", "ตุลา(?:คม)?|ต\\.?ค", "พฤศจิกา(?:ยน)?|พ\\.?ย", "ธันวา(?:คม)?|ธ\\.?ค",
)  # fmt: skip
_LEAD: Final = r"(?:เมื่อ|ลง|ณ)?(?:วันที่|วัน)? ?"
_NO_MEASURE: Final = "".join(
    f"(?<!{each}{space})"
    for each in ("ม", r"ม\.", "ข้อ", "การ", "การที่", "ข้อที่", "อัน", "m", r"m\.", "o", "โอ")
    for space in ("", " ")
)
"""Not so the number of a measure: ม4 เดือนพฤศจิกายน."""
_WORDED: Final = re.compile(
    rf"{_LEAD}(?<!\d){_NO_MEASURE}(?P<day>\d{{1,2}}) ?(?:เดือน ?)?"
    rf"(?:{'|'.join(f'({each})' for each in _MONTHS)})(?:(?<=คม)|(?<=ยน)|(?<=พันธ์)|(?![ก-๎]))\.?"
    r" ?(?:(?:ปี|พ\.?ศ\.?|ค\.?ศ\.?) ?)*(?P<year>\d{4}|\d{2}(?! ?(?:%|เปอ|คน|ครั้ง|บาท|น\.)))?(?!\d)"
)
_NUMERIC: Final = re.compile(
    rf"{_LEAD}(?<![\d/.-])(?P<d>\d{{1,2}})([/.-])(?P<m>\d{{1,2}})\2(?P<y>\d{{4}}"
    rf"|\d{{2}})(?![\d/%-]|\.\d)"
)
_ISO: Final = re.compile(rf"{_LEAD}(?<![\d/.-])(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!-?\d)")
_NEAR: Final = re.compile(r"(?P<near>เมื่อวานซืน|วานซืน|เมื่อวาน(?:นี้)?|วันนี้|มื้อนี้|มื้อวาน|วะวา)")
_DAYS_AGO: Final = {"เมื่อวานซืน": 2, "วานซืน": 2, "วันนี้": 0, "มื้อนี้": 0}
_TO_COME: Final = re.compile(
    r"(?:ภายใน|ก่อน|ถึง|กำหนด|ครบ|จะ[ก-๎]{0,20}|คาดว่า[ก-๎]{0,20}|ไม่เกิน|-|–) ?\Z"
)
_MOST_BEFORE: Final = 24


@dataclass(frozen=True, slots=True)
class Day:
    """A day at start..end of the folded text; None where no calendar has it.

    `years` are the fiscal years that may be meant where the text does not say.
    """

    start: int
    end: int
    date: date | None
    years: tuple[int, ...] = ()


def days(text: str, today: date) -> tuple[list[Day], str]:
    """The days of acts in a folded text, and the text with all days taken out.

    A day by which something shall be done is no day of an act.
    """
    found = []
    for kind in (_ISO, _NUMERIC, _WORDED, _NEAR):
        for match in kind.finditer(text):
            before = text[max(0, match.start() - _MOST_BEFORE) : match.start()]
            if not _TO_COME.search(before):
                found.append(_day(match, today))
        text = kind.sub(lambda match: TAKEN * len(match[0]), text)
    return sorted(found, key=lambda day: day.start), text


def _day(match: re.Match[str], today: date) -> Day:
    named = match.groupdict()
    if near := named.get("near"):
        return Day(*match.span(), today - timedelta(days=_DAYS_AGO.get(near, 1)))
    if iso := named.get("iso"):
        return Day(*match.span(), _read(iso))
    if named.get("d"):
        return Day(*match.span(), _read(f"{named['d']}/{named['m']}/{named['y']}"))
    month = next(n for n, name in enumerate(match.groups()[1 : YEAR_MONTHS + 1], 1) if name)
    written = f"{named['day']} {LONG_MONTHS[month - 1]}"
    if named["year"]:
        return Day(*match.span(), _read(f"{written} {named['year']}"))
    return _without_year(match, written, today)


def _without_year(match: re.Match[str], written: str, today: date) -> Day:
    """The newest such day that has come; in a year's first months the year before may be meant."""
    year = fiscal_year_of(today)
    within = [_read(written, each) for each in (year, year - 1)]
    past = [each for each in within if each is not None and each <= today]
    both = len(past) > 1 and today.month >= 10  # noqa: PLR2004 - the fiscal year's first months
    years = (year, year - 1) if both else ()
    return Day(*match.span(), past[0] if past else None, years)


def _read(written: str, fiscal_year: int | None = None) -> date | None:
    period = read_period(written, fiscal_year)
    return period.end if period.kind == "date" else None
