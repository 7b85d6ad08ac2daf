"""Clocks: until when something about a complaint is to be done, what is left, and why.

The day of the event is not counted (Civil and Commercial Code, s. 193/3), and a time in calendar
days that would end on a day off ends on the next working day (s. 193/8). But the Administrative
Procedure Act B.E. 2539, s. 64, counts the last day against an official even when it is a holiday.
The domain notes cite neither, so which holds for these clocks is open: a clock says how it moves,
and a deadline that was moved on says so among its doubts. A time in working days cannot end on
one that is none. Days are those of Asia/Bangkok; whoever calls gives them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Annotated, ClassVar, Final

from pydantic import ConfigDict, Field

from ita.complaints.kinds import Kind
from ita.dates import Period, PeriodKind, print_period, thai_date
from ita.workdays import Calendar


class Counting(StrEnum):
    """Which days a clock counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class Event(StrEnum):
    """What a clock runs from, or until."""

    RECEIVED = "received"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    CONCLUDED = "concluded"
    INFORMED = "informed"
    CLOSED = "closed"


class Moves(StrEnum):
    """Where a deadline goes that would fall on a day off."""

    ON = "on"
    BACK = "back"


THAI_COUNTING: Final = {Counting.WORKING: "วันทำการ", Counting.CALENDAR: "วัน"}
THAI_EVENT: Final = {
    Event.RECEIVED: "รับเรื่อง",
    Event.SUBMITTED: "เสนอผู้บังคับบัญชา",
    Event.ACKNOWLEDGED: "คณะกรรมการรับทราบคำสั่ง",
    Event.CONCLUDED: "ทราบผล",
    Event.INFORMED: "แจ้งผล",
    Event.CLOSED: "ยุติเรื่อง",
}
MOVED_ON: Final = (
    "เลื่อนไปวันทำการถัดไปตามประมวลกฎหมายแพ่งและพาณิชย์ มาตรา 193/8 "
    "แต่ พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง มาตรา 64 นับวันสุดท้ายของเจ้าหน้าที่แม้เป็นวันหยุด "
    "จึงควรทำให้เสร็จก่อนวันหยุด"
)
"""The doubt of a deadline that was moved on."""

PROTECTED: Final = (Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION)

_DAY = timedelta(days=1)
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit: `days` (1 to 366) after the day of an event, for a duty named in Thai.

    It is met by the event `until`, and holds for cases of these `kinds`. `unverified` is a Thai
    sentence where the clock itself is not confirmed.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    key: str
    duty: str
    since: Event
    days: Annotated[int, Field(ge=1, le=366)]
    counting: Counting
    moves: Moves = Moves.ON
    unverified: str = ""
    until: Event = Event.CLOSED
    kinds: tuple[Kind, ...] = PROTECTED


DEFAULT_CLOCKS: Final = (
    Clock(
        "superior", "เสนอข้อเท็จจริงต่อผู้บังคับบัญชา", Event.RECEIVED, 1, Counting.WORKING,
        until=Event.SUBMITTED,
    ),
    Clock(
        "inquiry", "สอบข้อเท็จจริงให้แล้วเสร็จ", Event.ACKNOWLEDGED, 7, Counting.CALENDAR,
        until=Event.CONCLUDED,
    ),
    Clock(
        "result_told", "แจ้งผลให้ผู้ร้องเรียนทราบ", Event.CONCLUDED, 7, Counting.CALENDAR,
        unverified="ยังไม่ได้ยืนยันว่า 7 วันในการแจ้งผู้ร้องเรียนนับจากวันใด ที่ตั้งไว้คือวันที่ทราบผล",
        until=Event.INFORMED,
    ),
    Clock(
        "informed", "แจ้งความคืบหน้าให้ผู้ร้องเรียนทราบ", Event.RECEIVED, 15, Counting.CALENDAR,
        unverified="กำหนด 15 วันเป็นแนวที่หน่วยงานอื่นใช้ หน่วยงานปรับได้", until=Event.INFORMED,
    ),
    Clock(
        "grievance", "แก้ไข หรือส่งต่อให้เจ้าของเรื่อง", Event.RECEIVED, 15, Counting.CALENDAR,
        unverified="กำหนด 15 วันเป็นแนวที่หน่วยงานอื่นใช้ หน่วยงานปรับได้", until=Event.CONCLUDED,
        kinds=(Kind.GRIEVANCE,),
    ),
)  # fmt: skip
"""The clocks of อบต.คำพี้ (report for FY2566), and 15 days to inform, which other agencies use.

Days that the report does not call working days are taken for calendar days. No single statutory
clock of local governments could be confirmed: an agency sets its own.
"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a clock ends, always a working day; `why` and `unverified` say it in Thai."""

    clock: Clock
    started: date
    ends: date
    why: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left after a day: `days` of the clock's counting, or `overdue` calendar days."""

    days: int
    overdue: int
    words: str


def run(clock: Clock, started: date, calendar: Calendar) -> Deadline:
    """The deadline of a clock that started with an event on a day.

    NoHolidays where it touches a year whose holidays are not known.

    >>> from ita.workdays import calendar_for
    >>> deadline = run(DEFAULT_CLOCKS[0], date(2025, 4, 11), calendar_for([2568]))
    >>> str(deadline.ends)
    '2025-04-17'
    """
    if clock.counting is Counting.WORKING:
        ends = calendar.after(started, clock.days)
        why = _working_words(clock, started, ends, calendar)
        moved_on = False
    else:
        full = started + clock.days * _DAY
        ends = _moved(clock, started, full, calendar)
        why = _calendar_words(clock, started, full, ends, calendar)
        moved_on = ends > full
    doubts = (clock.unverified, MOVED_ON if moved_on else "", *calendar.doubts(started, ends))
    return Deadline(clock, started, ends, why, tuple(filter(None, doubts)))


def left(deadline: Deadline, today: date, calendar: Calendar) -> Left:
    """What is left of a deadline after today.

    >>> from ita.workdays import calendar_for
    >>> calendar = calendar_for([2568])
    >>> deadline = run(DEFAULT_CLOCKS[1], date(2025, 4, 21), calendar)
    >>> left(deadline, date(2025, 4, 25), calendar).words
    'เหลืออีก 3 วัน'
    """
    ends, counting = deadline.ends, deadline.clock.counting
    if today > ends:
        overdue = (today - ends).days
        return Left(0, overdue, f"เกินกำหนดมา {overdue} วัน")
    if today == ends:
        return Left(0, 0, "ครบกำหนดวันนี้")
    working = counting is Counting.WORKING
    days = calendar.between(today, ends) if working else (ends - today).days
    return Left(days, 0, f"เหลืออีก {days} {THAI_COUNTING[counting]}")


def _moved(clock: Clock, started: date, full: date, calendar: Calendar) -> date:
    """The working day that a time in calendar days ends on; never before the day after."""
    if clock.moves is Moves.BACK:
        back = calendar.on_or_before(full)
        if back > started:
            return back
    return calendar.on_or_after(full)


# --- Why, in Thai


def _calendar_words(clock: Clock, started: date, full: date, ends: date, calendar: Calendar) -> str:
    counted = _counted(clock, started)
    if full == ends:
        return f"{counted} ครบกำหนด{_weekday(ends)}"
    because = "วันหยุด" if calendar.is_weekend(full) else calendar.why_off(full)
    moved = "เลื่อนไปวันทำการถัดไป" if ends > full else "เลื่อนขึ้นมาวันทำการก่อนหน้า"
    between = " ".join(_holidays(full, ends, calendar))
    passed = f" (ระหว่างนั้นเป็น{between})" if between else ""
    return f"{counted} ครบ{_weekday(full)} ซึ่งเป็น{because} จึง{moved} คือ{_weekday(ends)}{passed}"


def _working_words(clock: Clock, started: date, ends: date, calendar: Calendar) -> str:
    words = f"{_counted(clock, started)} ครบกำหนด{_weekday(ends)}"
    weekends = any(map(calendar.is_weekend, _between(started, ends)))
    skipped = ["วันเสาร์อาทิตย์"] * weekends + list(_holidays(started, ends, calendar))
    return f"{words} โดยไม่นับ{' '.join(skipped)}" if skipped else words


def _counted(clock: Clock, started: date) -> str:
    days = f"{clock.days} {THAI_COUNTING[clock.counting]}"
    return f"นับ {days} ตั้งแต่วันถัดจากวันที่{THAI_EVENT[clock.since]} ({thai_date(started)})"


def _weekday(day: date) -> str:
    return f"วัน{_WEEKDAYS[day.weekday()]}ที่ {thai_date(day)}"


def _holidays(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """The holidays between two days that are no weekend: วันสงกรานต์ 14 - 15 เม.ย. 2568."""
    days = [day for day in _between(first, last) if not calendar.is_weekend(day)]
    for name, group in groupby(days, key=calendar.why_off):
        if name:
            yield f"{name} {_run(list(group))}"


def _between(first: date, last: date) -> Iterator[date]:
    return (first + passed * _DAY for passed in range(1, (last - first).days))


def _run(days: Sequence[date]) -> str:
    kind: PeriodKind = "range" if len(days) > 1 else "date"
    return print_period(Period("", kind, days[0], days[-1]))
