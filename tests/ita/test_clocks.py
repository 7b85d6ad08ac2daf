"""Clocks: when they end, what is left, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ita.clocks import (
    DEFAULT_CLOCKS,
    MOVED_ON,
    Clock,
    Counting,
    Event,
    Left,
    Moves,
    left,
    run,
)
from ita.dates import fiscal_year_span
from ita.public_holidays import NoHolidays, holidays_of, known_years
from ita.workdays import calendar_for

CALENDAR = calendar_for(known_years())
FIRST, LAST = fiscal_year_span(known_years()[0])[0], fiscal_year_span(known_years()[-1])[1]
SUPERIOR, INQUIRY, RESULT_TOLD, INFORMED, GRIEVANCE = DEFAULT_CLOCKS

starts = st.dates(FIRST + timedelta(days=20), LAST - timedelta(days=200))
clocks = st.builds(
    Clock,
    key=st.just("clock"),
    duty=st.just("ทำให้แล้วเสร็จ"),
    since=st.sampled_from(Event),
    days=st.integers(1, 90),
    counting=st.sampled_from(Counting),
    moves=st.sampled_from(Moves),
)


def _clock(days: int, counting: Counting, moves: Moves = Moves.ON) -> Clock:
    return Clock("clock", "ทำให้แล้วเสร็จ", Event.RECEIVED, days, counting, moves)


WORKING, CALENDAR_DAYS = Counting.WORKING, Counting.CALENDAR


@pytest.mark.parametrize(
    ("clock", "start", "weekday", "ends", "end_weekday", "reason"),
    [
        (SUPERIOR, "2025-01-20", "Mon", "2025-01-21", "Tue", "the next day"),
        (SUPERIOR, "2025-01-24", "Fri", "2025-01-27", "Mon", "over a weekend"),
        (SUPERIOR, "2025-01-25", "Sat", "2025-01-27", "Mon", "received on a Saturday"),
        (SUPERIOR, "2025-01-26", "Sun", "2025-01-27", "Mon", "received on a Sunday"),
        (SUPERIOR, "2025-02-11", "Tue", "2025-02-13", "Thu", "over Makha Bucha"),
        (SUPERIOR, "2025-04-04", "Fri", "2025-04-08", "Tue", "over a substitution day"),
        (SUPERIOR, "2025-04-11", "Fri", "2025-04-17", "Thu", "over Songkran"),
        (SUPERIOR, "2025-04-14", "Mon", "2025-04-17", "Thu", "received on Songkran"),
        (SUPERIOR, "2024-12-27", "Fri", "2025-01-02", "Thu", "over the year's end"),
        (SUPERIOR, "2025-12-30", "Tue", "2026-01-05", "Mon", "over a year's end of five days"),
        (SUPERIOR, "2025-09-30", "Tue", "2025-10-01", "Wed", "into the next fiscal year"),
        (INQUIRY, "2025-01-20", "Mon", "2025-01-27", "Mon", "a week"),
        (INQUIRY, "2025-01-18", "Sat", "2025-01-27", "Mon", "a week that ends on a Saturday"),
        (INQUIRY, "2025-01-19", "Sun", "2025-01-27", "Mon", "a week that ends on a Sunday"),
        (INQUIRY, "2025-04-07", "Mon", "2025-04-17", "Thu", "a week that ends in Songkran"),
        (INQUIRY, "2025-04-10", "Thu", "2025-04-17", "Thu", "a week over Songkran"),
        (INQUIRY, "2025-04-28", "Mon", "2025-05-06", "Tue", "ends on a substitution day"),
        (INQUIRY, "2024-12-25", "Wed", "2025-01-02", "Thu", "ends on New Year's Day"),
        (RESULT_TOLD, "2027-04-26", "Mon", "2027-05-03", "Mon", "Labour Day's substitution"),
        (INFORMED, "2025-01-20", "Mon", "2025-02-04", "Tue", "fifteen days"),
        (INFORMED, "2024-02-15", "Thu", "2024-03-01", "Fri", "over 29 February"),
        (INFORMED, "2025-04-11", "Fri", "2025-04-28", "Mon", "ends on a Saturday"),
        (_clock(5, WORKING), "2025-04-10", "Thu", "2025-04-22", "Tue", "a week of work, Songkran"),
        (_clock(7, CALENDAR_DAYS, Moves.BACK), "2025-04-07", "Mon", "2025-04-11", "Fri", "back"),
        (_clock(1, CALENDAR_DAYS, Moves.BACK), "2025-04-11", "Fri", "2025-04-17", "Thu",
         "back would be the day of the event"),
    ],
)  # fmt: skip
def test_boundaries(
    clock: Clock, start: str, weekday: str, ends: str, end_weekday: str, reason: str
) -> None:
    started, ended = date.fromisoformat(start), date.fromisoformat(ends)
    assert (f"{started:%a}", f"{ended:%a}") == (weekday, end_weekday)
    assert run(clock, started, CALENDAR).ends == ended, reason


@given(clocks, starts)
def test_a_clock_never_ends_on_a_day_off_nor_before_the_day_after(
    clock: Clock, started: date
) -> None:
    deadline = run(clock, started, CALENDAR)
    assert CALENDAR.is_working(deadline.ends)
    assert deadline.ends > started
    assert deadline.clock is clock


@given(st.data(), clocks, starts)
def test_nor_does_one_with_an_agencys_own_days(data: st.DataObject, clock: Clock, at: date) -> None:
    near = st.dates(at, at + timedelta(days=40))
    added = data.draw(st.sets(near, max_size=12))
    struck = data.draw(st.sets(near, max_size=12))
    own = calendar_for(known_years(), dict.fromkeys(added, "งานประจำปี"), struck)
    ends = run(clock, at, own).ends
    assert own.is_working(ends)
    assert ends not in added - struck


@given(clocks, starts)
def test_more_days_never_end_earlier_nor_does_a_later_start(clock: Clock, started: date) -> None:
    ends = run(clock, started, CALENDAR).ends
    assert run(replace(clock, days=clock.days + 1), started, CALENDAR).ends >= ends
    assert run(clock, started + timedelta(days=1), CALENDAR).ends >= ends


@given(clocks, starts)
def test_the_deadline_is_the_days_that_were_given(clock: Clock, started: date) -> None:
    deadline = run(clock, started, CALENDAR)
    full = started + timedelta(days=clock.days)
    if clock.counting is Counting.WORKING:
        assert CALENDAR.between(started, deadline.ends) == clock.days
    elif CALENDAR.is_working(full):
        assert deadline.ends == full
    elif clock.moves is Moves.ON:
        assert CALENDAR.between(full, deadline.ends) == 1
    else:
        assert deadline.ends < full or CALENDAR.between(started, full) == 0


# --- Why


@pytest.mark.parametrize(
    ("clock", "start", "why"),
    [
        (
            INQUIRY,
            date(2025, 1, 20),
            "นับ 7 วัน ตั้งแต่วันถัดจากวันที่คณะกรรมการรับทราบคำสั่ง (20 ม.ค. 2568)"
            " ครบกำหนดวันจันทร์ที่ 27 ม.ค. 2568",
        ),
        (
            INFORMED,
            date(2025, 4, 11),
            "นับ 15 วัน ตั้งแต่วันถัดจากวันที่รับเรื่อง (11 เม.ย. 2568)"
            " ครบวันเสาร์ที่ 26 เม.ย. 2568 ซึ่งเป็นวันหยุด"
            " จึงเลื่อนไปวันทำการถัดไป คือวันจันทร์ที่ 28 เม.ย. 2568",
        ),
        (
            RESULT_TOLD,
            date(2025, 4, 7),
            "นับ 7 วัน ตั้งแต่วันถัดจากวันที่ทราบผล (7 เม.ย. 2568)"
            " ครบวันจันทร์ที่ 14 เม.ย. 2568 ซึ่งเป็นวันสงกรานต์"
            " จึงเลื่อนไปวันทำการถัดไป คือวันพฤหัสบดีที่ 17 เม.ย. 2568"
            " (ระหว่างนั้นเป็นวันสงกรานต์ 15 เม.ย. 2568 วันหยุดชดเชยวันสงกรานต์ 16 เม.ย. 2568)",
        ),
        (
            replace(INQUIRY, moves=Moves.BACK),
            date(2025, 1, 18),
            "นับ 7 วัน ตั้งแต่วันถัดจากวันที่คณะกรรมการรับทราบคำสั่ง (18 ม.ค. 2568)"
            " ครบวันเสาร์ที่ 25 ม.ค. 2568 ซึ่งเป็นวันหยุด"
            " จึงเลื่อนขึ้นมาวันทำการก่อนหน้า คือวันศุกร์ที่ 24 ม.ค. 2568",
        ),
        (
            SUPERIOR,
            date(2025, 1, 20),
            "นับ 1 วันทำการ ตั้งแต่วันถัดจากวันที่รับเรื่อง (20 ม.ค. 2568) ครบกำหนดวันอังคารที่ 21 ม.ค. 2568",
        ),
        (
            SUPERIOR,
            date(2025, 4, 11),
            "นับ 1 วันทำการ ตั้งแต่วันถัดจากวันที่รับเรื่อง (11 เม.ย. 2568)"
            " ครบกำหนดวันพฤหัสบดีที่ 17 เม.ย. 2568"
            " โดยไม่นับวันเสาร์อาทิตย์ วันสงกรานต์ 14 - 15 เม.ย. 2568"
            " วันหยุดชดเชยวันสงกรานต์ 16 เม.ย. 2568",
        ),
    ],
)
def test_a_deadline_says_why(clock: Clock, start: date, why: str) -> None:
    assert run(clock, start, CALENDAR).why == why


def test_a_deadline_says_what_of_it_is_not_confirmed() -> None:
    assert run(SUPERIOR, date(2025, 1, 20), CALENDAR).unverified == ()
    assert run(INQUIRY, date(2025, 1, 18), CALENDAR).unverified == (MOVED_ON,)
    back = replace(INQUIRY, moves=Moves.BACK)
    assert run(back, date(2025, 1, 18), CALENDAR).unverified == ()
    assert run(INFORMED, date(2025, 1, 20), CALENDAR).unverified == (INFORMED.unverified,)
    coming = run(SUPERIOR, date(2026, 12, 1), CALENDAR)
    assert coming.unverified == holidays_of(2570).unverified


def test_a_clock_that_runs_into_an_unknown_year_has_no_deadline() -> None:
    with pytest.raises(NoHolidays, match="fiscal year 2569"):
        run(SUPERIOR, date(2025, 9, 30), calendar_for([2568]))


# --- What is left


@pytest.mark.parametrize(
    ("clock", "start", "today", "expected"),
    [
        (SUPERIOR, "2025-04-11", "2025-04-11", Left(1, 0, "เหลืออีก 1 วันทำการ")),
        (SUPERIOR, "2025-04-11", "2025-04-15", Left(1, 0, "เหลืออีก 1 วันทำการ")),  # Songkran
        (SUPERIOR, "2025-04-11", "2025-04-17", Left(0, 0, "ครบกำหนดวันนี้")),
        (SUPERIOR, "2025-04-11", "2025-04-18", Left(0, 1, "เกินกำหนดมา 1 วัน")),
        (SUPERIOR, "2025-01-23", "2025-01-25", Left(0, 1, "เกินกำหนดมา 1 วัน")),  # a Saturday
        (INQUIRY, "2025-01-20", "2025-01-20", Left(7, 0, "เหลืออีก 7 วัน")),
        (INQUIRY, "2025-01-20", "2025-01-26", Left(1, 0, "เหลืออีก 1 วัน")),
        (INQUIRY, "2025-01-20", "2025-01-27", Left(0, 0, "ครบกำหนดวันนี้")),
        (INQUIRY, "2025-01-20", "2025-02-10", Left(0, 14, "เกินกำหนดมา 14 วัน")),
    ],
)
def test_what_is_left(clock: Clock, start: str, today: str, expected: Left) -> None:
    deadline = run(clock, date.fromisoformat(start), CALENDAR)
    assert left(deadline, date.fromisoformat(today), CALENDAR) == expected


@given(clocks, starts, st.integers(0, 150))
def test_what_is_left_never_grows(clock: Clock, started: date, passed: int) -> None:
    deadline = run(clock, started, CALENDAR)
    today = started + timedelta(days=passed)
    now, then = (left(deadline, day, CALENDAR) for day in (today, today + timedelta(days=1)))
    assert (now.days, -now.overdue) >= (then.days, -then.overdue)
    assert not (now.days and now.overdue)
    assert bool(now.overdue) == (today > deadline.ends)
    assert (now.days == now.overdue == 0) == (today == deadline.ends)


# --- Clocks as data


def test_the_default_clocks() -> None:
    assert [(clock.key, clock.since, clock.days, clock.counting) for clock in DEFAULT_CLOCKS] == [
        ("superior", Event.RECEIVED, 1, Counting.WORKING),
        ("inquiry", Event.ACKNOWLEDGED, 7, Counting.CALENDAR),
        ("result_told", Event.CONCLUDED, 7, Counting.CALENDAR),
        ("informed", Event.RECEIVED, 15, Counting.CALENDAR),
        ("grievance", Event.RECEIVED, 15, Counting.CALENDAR),
    ]


def test_a_clock_is_read_from_data() -> None:
    data = {"key": "k", "duty": "ส่งต่อ", "since": "received", "days": 3, "counting": "working"}
    expected = Clock("k", "ส่งต่อ", Event.RECEIVED, 3, Counting.WORKING)
    assert TypeAdapter(Clock).validate_python(data) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [("days", 0), ("days", 400), ("days", "สาม"), ("counting", "hours"), ("moves", "up"), ("x", 1)],
)
def test_a_clock_that_cannot_be_right_is_refused(field: str, value: object) -> None:
    data = {"key": "k", "duty": "ส่งต่อ", "since": "received", "days": 3, "counting": "working"}
    with pytest.raises(ValidationError, match=field):
        TypeAdapter(Clock).validate_python(data | {field: value})
