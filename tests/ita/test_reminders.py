"""Reminders as tables: which is due on which day, for whom, in what order, at what time."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.agency import Role, Unit
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from ita.reminders import (
    BANGKOK,
    Hours,
    Reminder,
    Wish,
    Work,
    for_person,
    is_time,
    next_time,
    reminders,
    snoozed_until,
    working_days,
)
from ita.workdays import OwnDays, own_days

NO_OWN_DAYS = own_days(())
UNITS = (Unit("กองคลัง"), Unit("กองช่าง"), Unit("งานพัสดุ", "กองคลัง"))
CALENDAR = working_days(NO_OWN_DAYS, date(2025, 3, 1))


def measure(raw: str, number: int = 1, unit: str = "กองคลัง", **more: object) -> Measure:
    period = read_period(raw, 2568)
    known: dict[str, object] = {"id": number, "fiscal_year": 2568, "number": number, **more}
    return Measure(title=f"มาตรการตัวอย่าง {number}", unit=unit, period=period, **known)  # type: ignore[arg-type] # keyword tables in tests are not typed per field


def report(day: date, unit: str = "กองคลัง", **more: object) -> Progress:
    """Somebody reported on measure 1, in progress unless told otherwise."""
    at = datetime.combine(day, time(10), BANGKOK)
    known: dict[str, object] = {"status": Status.IN_PROGRESS, "percent": None, "output": "ก"}
    return Progress(1, at, unit, **(known | more))  # type: ignore[arg-type] # as above


def done(day: date, unit: str = "กองคลัง", **more: object) -> Progress:
    """Somebody reported a part of measure 1 as done, and showed it."""
    shown = {"outcome": "ข", "act_on": day, "links": ("https://a.go.th/x",), "says_done": True}
    return report(day, unit, **(shown | more))


def stage(one: Measure, today: date, *reports: Progress) -> tuple[date, int] | None:
    """The day that counts and the stage that is due; None where nothing is."""
    work = Work([one], UNITS, {one.id: reports})
    found = reminders(work, today, working_days(NO_OWN_DAYS, today))
    return (found[0].due, found[0].stage) if found else None


BEFORE_AND_AFTER = (
    # 31 March 2568 is a Monday
    (date(2025, 2, 27), 0, "Thursday, 32 days before"),
    (date(2025, 2, 28), 1, "Friday: 30 days before is a Saturday, so it comes a day early"),
    (date(2025, 3, 3), 1, "Monday: the same stage still"),
    (date(2025, 3, 21), 1, "Friday, 10 days before"),
    (date(2025, 3, 24), 2, "Monday, 7 days before"),
    (date(2025, 3, 27), 2, "Thursday"),
    (date(2025, 3, 28), 3, "Friday: the day before is a Sunday"),
    (date(2025, 3, 31), 3, "the day itself"),
    (date(2025, 4, 1), 4, "a day late: the first week"),
    (date(2025, 4, 7), 4, "a week late"),
    (date(2025, 4, 8), 5, "the second week"),
    (date(2025, 4, 22), 7, "after Songkran"),
    (date(2025, 12, 31), 43, "the last day on which the year's report is made"),
    (date(2026, 1, 1), 0, "the year is over and told of"),
)


@pytest.mark.parametrize(("today", "expected", "why"), BEFORE_AND_AFTER)
def test_the_way_to_a_day_and_past_it(today: date, expected: int, why: str) -> None:
    found = stage(measure("31 มี.ค. 68"), today)
    assert (found[1] if found else 0) == expected, why


HOLIDAYS = (
    ("16 เม.ย. 68", date(2025, 4, 9), 2, "7 days before"),
    (
        "17 เม.ย. 68",
        date(2025, 4, 11),
        3,
        "12 to 16 April are off: the last working day until then",
    ),
    ("2 ม.ค. 68", date(2024, 12, 26), 2, "Thursday: not yet"),
    ("2 ม.ค. 68", date(2024, 12, 27), 3, "Friday: the cabinet gave the Monday after it too"),
    ("1 ต.ค. 67", date(2024, 9, 30), 3, "in the fiscal year before"),
    ("30 ก.ย. 68", date(2025, 10, 1), 4, "in the fiscal year after"),
)


@pytest.mark.parametrize(("raw", "today", "expected", "why"), HOLIDAYS)
def test_holidays_and_the_years_ends(raw: str, today: date, expected: int, why: str) -> None:
    assert (stage(measure(raw), today) or (None, 0))[1] == expected, why


def test_an_agencys_own_holiday_brings_it_forward() -> None:
    own = own_days([{"day": "28 มี.ค. 68", "name": "งานประจำปี"}])
    today = date(2025, 3, 27)
    (found,) = reminders(Work([measure("31 มี.ค. 68")]), today, working_days(own, today))
    assert found.stage == 3


RECURRING = (
    ("ประจำทุกเดือน", None, date(2025, 3, 20), None, "11 days before the month's end"),
    ("ประจำทุกเดือน", None, date(2025, 3, 24), date(2025, 3, 31), "7 days before"),
    ("ประจำทุกเดือน", None, date(2025, 3, 31), date(2025, 3, 31), "the last day"),
    ("ประจำทุกเดือน", None, date(2025, 4, 1), None, "a new month"),
    ("ประจำทุกเดือน", date(2025, 3, 1), date(2025, 3, 28), None, "reported this month"),
    ("ประจำทุกเดือน", date(2025, 2, 28), date(2025, 3, 28), date(2025, 3, 31), "last month"),
    ("ประจำทุกเดือน", None, date(2024, 12, 24), date(2024, 12, 31), "the calendar year's end"),
    ("ประจำทุกไตรมาส", None, date(2025, 2, 26), None, "no quarter ends"),
    ("ประจำทุกไตรมาส", None, date(2025, 3, 24), date(2025, 3, 31), "a quarter ends"),
    ("ประจำทุกไตรมาส", date(2025, 1, 5), date(2025, 3, 28), None, "reported in it"),
)


@pytest.mark.parametrize(("raw", "last", "today", "due", "why"), RECURRING)
def test_what_recurs(raw: str, last: date | None, today: date, due: date | None, why: str) -> None:
    reports = [report(last)] if last else []
    assert stage(measure(raw), today, *reports) == ((due, 1) if due else None), why


def test_what_recurs_is_overdue_after_its_year() -> None:
    assert stage(measure("ประจำทุกเดือน"), date(2025, 10, 1)) == (date(2025, 9, 30), 4)


FIRST, SECOND = date(2024, 10, 1), date(2025, 4, 1)
ROUNDS = (
    ((), date(2024, 9, 30), (FIRST, 3), "the first round"),
    ((), date(2024, 10, 9), (FIRST, 5), "still the first one: nobody reported"),
    ((report(FIRST, round=FIRST),), date(2024, 10, 9), (FIRST, 5), "begun is not done"),
    ((done(FIRST, round=FIRST),), date(2025, 1, 6), None, "done; the second is far"),
    ((done(FIRST, round=FIRST),), date(2025, 3, 25), (SECOND, 2), "the second round"),
    ((done(SECOND, round=SECOND),), date(2025, 4, 8), (FIRST, 30), "the first is still open"),
    (
        (done(FIRST, round=FIRST), done(SECOND, round=SECOND)),
        date(2025, 4, 8), None, "both: a coordinator's turn",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("reports", "today", "expected", "why"), ROUNDS)
def test_rounds(
    reports: tuple[Progress, ...], today: date, expected: tuple[date, int] | None, why: str
) -> None:
    assert stage(measure("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘"), today, *reports) == expected, why


def test_a_month_that_is_done_is_over_and_the_next_one_comes() -> None:
    one, march = measure("ประจำทุกเดือน"), date(2025, 3, 31)
    ahead = done(date(2025, 2, 20), round=march)
    assert stage(one, date(2025, 3, 28), ahead) is None, "reported in February for March"
    assert stage(one, date(2025, 4, 24), ahead) == (date(2025, 4, 30), 1)


SHARED = (
    ((), {"กองคลัง", "กองช่าง", "งานพัสดุ"}),
    ((done(date(2025, 3, 3), "กองคลัง"),), {"กองช่าง"}),
    ((done(date(2025, 3, 3), "งานพัสดุ"),), {"กองช่าง"}),
    ((report(date(2025, 3, 3), "กองคลัง"),), {"กองคลัง", "กองช่าง", "งานพัสดุ"}),
)


@pytest.mark.parametrize(("reports", "expected"), SHARED)
def test_of_what_all_share_each_unit_has_its_own_part(
    reports: tuple[Progress, ...], expected: set[str]
) -> None:
    today = date(2025, 3, 24)
    work = Work([measure("31 มี.ค. 68", unit="ทุกส่วนราชการ")], UNITS, {1: reports})
    named = {unit.name for unit in UNITS if reminders(work, today, CALENDAR, [unit.name])}
    assert named == expected


def test_of_what_all_share_every_month_too() -> None:
    today = date(2025, 3, 28)
    reports = (report(date(2025, 3, 3), "งานพัสดุ"),)
    work = Work([measure("ประจำทุกเดือน", unit="ทุกส่วนราชการ")], UNITS, {1: reports})
    named = {unit.name for unit in UNITS if reminders(work, today, CALENDAR, [unit.name])}
    assert named == {"กองช่าง"}


@pytest.mark.parametrize("status", [Status.DONE, Status.AWAITING_ACCEPTANCE])
def test_what_the_unit_has_done_is_left_alone(status: Status) -> None:
    assert stage(measure("31 มี.ค. 68", status=status), date(2025, 5, 6)) is None


@pytest.mark.parametrize("raw", ["", "ตามความเหมาะสม", "31 ก.พ. 68", "31 มี.ค. 2599"])
def test_what_has_no_day_or_a_far_one(raw: str) -> None:
    assert stage(measure(raw), date(2025, 3, 31)) is None


MINE, THEIRS = "กองคลัง", "กองช่าง"
WHO: tuple[tuple[Role, tuple[str, ...], set[int]], ...] = (
    (Role.STAFF, (MINE,), {1, 2, 5}),
    (Role.OFFICER, (MINE,), {1, 2, 5}),
    (Role.STAFF, (), set()),
    (Role.EXECUTIVE, (), set()),
    (Role.COORDINATOR, (), {1, 3, 5}),
    (Role.COORDINATOR, (MINE,), {1, 2, 3, 5}),
)


@pytest.mark.parametrize(("role", "units", "expected"), WHO)
def test_whom_it_concerns(role: Role, units: tuple[str, ...], expected: set[int]) -> None:
    """Own units' measures; a coordinator also what is overdue anywhere."""
    work = Work(
        [
            measure("3 มี.ค. 68", 1, MINE),
            measure("31 มี.ค. 68", 2, MINE),
            measure("3 มี.ค. 68", 3, THEIRS),
            measure("31 มี.ค. 68", 4, THEIRS),
            measure("3 มี.ค. 68", 5, "ทุกส่วนราชการ"),
        ],
        UNITS,
    )
    found = for_person(work, date(2025, 3, 24), CALENDAR, role, units, {})
    assert {one.measure.number for one in found} == expected


def test_what_brings_most_comes_first_then_what_is_most_late() -> None:
    work = Work(
        [measure(f"{day} มี.ค. 68", number) for number, day in enumerate((31, 3, 10, 28), 1)],
        worths={1: Decimal("1.25"), 4: Decimal("2")},
    )
    found = reminders(work, date(2025, 3, 24), CALENDAR)
    assert [one.measure.number for one in found] == [4, 1, 2, 3]


STAGES = (
    (2, date(2025, 3, 25), False),
    (2, date(2025, 3, 3), False),
    (2, date(2025, 3, 28), True),
    (5, date(2025, 4, 2), False),
)


@pytest.mark.parametrize(("told", "today", "expected"), STAGES)
def test_nobody_is_told_of_a_stage_twice_nor_of_an_earlier_one_later(
    told: int, today: date, expected: bool
) -> None:
    """The clock may be set back: what lies before is over."""
    work = Work([measure("31 มี.ค. 68")])
    known = {(1, date(2025, 3, 31)): told}
    assert bool(for_person(work, today, CALENDAR, Role.STAFF, (MINE,), known)) is expected


def test_a_new_day_is_reminded_of_anew() -> None:
    moved, known = Work([measure("30 เม.ย. 68")]), {(1, date(2025, 3, 31)): 5}
    assert for_person(moved, date(2025, 4, 23), CALENDAR, Role.STAFF, (MINE,), known)


TIMES = (
    ("2025-03-03T08:29:59+07:00", False, "before it opens"),
    ("2025-03-03T08:30:00+07:00", True, "Monday, it opens"),
    ("2025-03-03T16:29:59+07:00", True, "the last second"),
    ("2025-03-03T16:30:00+07:00", False, "it closes"),
    ("2025-03-03T01:30:00+00:00", True, "half past eight in Bangkok"),
    ("2025-03-02T23:30:00+00:00", False, "half past six on Monday"),
    ("2025-03-02T20:30:00-06:00", True, "half past nine on Monday in Bangkok, Sunday there"),
    ("2025-03-01T10:00:00+07:00", False, "Saturday"),
    ("2025-04-14T10:00:00+07:00", False, "Songkran"),
    ("2025-04-16T10:00:00+07:00", False, "its substitution day"),
    ("2025-05-01T10:00:00+07:00", True, "Labour Day is the private sector's"),
    ("2024-12-31T10:00:00+07:00", False, "New Year's Eve"),
    ("2025-09-30T10:00:00+07:00", True, "the fiscal year's last day"),
    ("2025-10-01T10:00:00+07:00", True, "and the next one's first"),
)


@pytest.mark.parametrize(("at", "expected", "why"), TIMES)
def test_the_time(at: str, expected: bool, why: str) -> None:
    now = datetime.fromisoformat(at)
    calendar = working_days(NO_OWN_DAYS, now.astimezone(BANGKOK).date())
    assert is_time(now, Hours(), calendar) is expected, why


NEXT = (
    ("2025-03-03T07:00:00+07:00", "2025-03-03T08:30:00+07:00"),
    ("2025-03-03T12:00:00+07:00", "2025-03-04T08:30:00+07:00"),
    ("2025-03-07T17:00:00+07:00", "2025-03-10T08:30:00+07:00"),
    ("2025-04-11T17:00:00+07:00", "2025-04-17T08:30:00+07:00"),
    ("2025-04-11T10:00:00+00:00", "2025-04-17T08:30:00+07:00"),
)


@pytest.mark.parametrize(("at", "expected"), NEXT)
def test_the_next_time(at: str, expected: str) -> None:
    found = next_time(datetime.fromisoformat(at), Hours(), CALENDAR)
    assert found == datetime.fromisoformat(expected)


def test_a_year_without_known_holidays_has_weekends_and_own_days() -> None:
    own = OwnDays({date(2090, 1, 3): "ของหน่วยงาน"}, frozenset({date(2090, 1, 7)}), ())
    calendar = working_days(own, date(2090, 1, 2))
    days = [date(2090, 1, day) for day in range(2, 9)]
    assert [calendar.is_working(day) for day in days] == [
        True, False, True, True, True, True, False,
    ]  # fmt: skip


SNOOZES = (
    ("3 วัน", 3),
    ("๓ วัน", 3),
    ("3วัน", 3),
    ("3", 3),
    ("สามวัน", 3),
    ("ไปอีก 3 วันครับ", 3),
    ("ออกไป 3 วัน", 3),
    ("1 สัปดาห์", 7),
    ("สองอาทิตย์", 14),
    ("1 เดือน", 30),
    ("พรุ่งนี้", 1),
    ("ไปพรุ่งนี้นะ", 1),
    ("90 วัน", 90),
    ("ถึง 10 มี.ค. 68", 7),
    ("ถึงวันที่ 10/3/68", 7),
    ("91 วัน", None),
    ("0 วัน", None),
    ("999 เดือน", None),
    ("", None),
    ("หน่อย", None),
    ("3 มี.ค. 68", None),
    ("1 ก.พ. 68", None),
    ("ตลอดปีงบประมาณ", None),
    ("3 เรื่อง", None),
)


@pytest.mark.parametrize(("words", "days"), SNOOZES)
def test_how_long_it_is_put_off(words: str, days: int | None) -> None:
    today = date(2025, 3, 3)
    expected = today + timedelta(days=days) if days is not None else None
    assert snoozed_until(words, today) == expected


def test_a_pause_ends_on_its_day() -> None:
    wish = Wish(until=date(2025, 3, 6))
    assert [wish.wants_none(date(2025, 3, day)) for day in (5, 6, 7)] == [True, False, False]
    assert Wish(stopped=True).wants_none(date.max)


@given(
    st.dates(date(2024, 9, 1), date(2025, 12, 31)), st.dates(date(2024, 10, 1), date(2025, 9, 30))
)
def test_a_stage_never_falls_as_days_pass(today: date, due: date) -> None:
    """Else somebody would be reminded of something again."""
    one = measure(f"{due.day}/{due.month}/{due.year + 543}")

    def at(day: date) -> int:
        return (stage(one, day) or (due, 0))[1]

    assert at(today) <= at(today + timedelta(days=1)) or today == date(2025, 12, 31)


@given(st.dates(date(2024, 10, 2), date(2025, 9, 29)), st.times(), st.integers(-12, 14))
def test_the_time_is_the_same_in_every_zone(day: date, at: time, offset: int) -> None:
    now = datetime.combine(day, at, UTC)
    elsewhere = now.astimezone(timezone(timedelta(hours=offset)))
    assert is_time(now, Hours(), CALENDAR) is is_time(elsewhere, Hours(), CALENDAR)
    assert next_time(now, Hours(), CALENDAR) == next_time(elsewhere, Hours(), CALENDAR)
    assert is_time(next_time(now, Hours(), CALENDAR), Hours(), CALENDAR)


def test_a_reminder_of_one_that_nobody_valued_is_worth_nothing() -> None:
    one = measure("31 มี.ค. 68")
    assert reminders(Work([one]), date(2025, 3, 28), CALENDAR) == (
        Reminder(one, date(2025, 3, 31), 3, 3, Decimal()),
    )
