"""Working days: weekends, public holidays, substitution days, and an agency's own."""

from datetime import date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.dates import fiscal_year_of, fiscal_year_span
from ita.public_holidays import (
    HolidayFileError,
    NoHolidays,
    holidays_of,
    known_years,
    read_holidays,
)
from ita.workdays import Calendar, OwnDays, calendar_for, own_days

CALENDAR = calendar_for(known_years())
FIRST, LAST = fiscal_year_span(known_years()[0])[0], fiscal_year_span(known_years()[-1])[1]
days = st.dates(FIRST + timedelta(days=10), LAST - timedelta(days=400))

HOW_TO_MEND = """
There is no holiday data for fiscal year {year} ({which}). To mend this:
1. Copy ita/holiday_data/{before}.toml to ita/holiday_data/{year}.toml and set fiscal_year = {year}.
2. Raise `holidays` in uv.lock to its newest release, and compare `holidays_of({year}).days` with
   the cabinet's announcements (soc.go.th) and the Bank of Thailand's list of holidays (bot.or.th).
3. Enter what the package lacks as [[added]] (day, name, source), above all วันพืชมงคล and the
   cabinet's special holidays, and what it has too much as [[struck]] (day, source).
4. Say in `unverified`, in Thai, what is not announced yet. Do the same for the year before.
"""


def _to_mend(today: date) -> list[str]:
    years = {"the current one": fiscal_year_of(today), "the coming one": fiscal_year_of(today) + 1}
    return [
        HOW_TO_MEND.format(year=year, which=which, before=year - 1)
        for which, year in years.items()
        if year not in known_years()
    ]


def test_the_current_and_the_coming_year_have_holiday_data() -> None:
    missing = _to_mend(datetime.now(ZoneInfo("Asia/Bangkok")).date())
    assert not missing, "".join(missing)


def test_a_year_without_data_is_noticed_the_year_before() -> None:
    last = known_years()[-1]
    assert _to_mend(fiscal_year_span(last - 1)[1]) == []
    (missing,) = _to_mend(fiscal_year_span(last)[0])
    assert f"Copy ita/holiday_data/{last}.toml to ita/holiday_data/{last + 1}.toml" in missing
    assert len(_to_mend(fiscal_year_span(last + 1)[0])) == 2


@pytest.mark.parametrize("year", known_years())
def test_every_file_is_sound(year: int) -> None:
    known = holidays_of(year)
    first, last = fiscal_year_span(year)
    assert known.fiscal_year == year
    assert known.sources
    assert all(first <= day <= last for day in known.days)
    assert list(known.days) == sorted(known.days)
    assert not any("แรงงาน" in name for name in known.days.values())
    on_weekdays = [day for day in known.days if day.weekday() < 5]
    assert 16 <= len(on_weekdays) <= 22, "a year has 19 holidays or so, each with its substitution"


def test_known_years_follow_each_other() -> None:
    years = known_years()
    assert list(years) == list(range(years[0], years[-1] + 1))


@pytest.mark.parametrize("year", [2569, 2570, 2571])
def test_a_year_that_is_not_confirmed_says_so(year: int) -> None:
    assert holidays_of(year).unverified


@pytest.mark.parametrize(
    ("day", "weekday", "why"),
    [
        ("2023-12-29", "Fri", "วันหยุดพิเศษ (เพิ่มเติม)"),  # for 31 Dec 2023, a Sunday
        ("2024-04-16", "Tue", "วันหยุดชดเชยวันสงกรานต์"),  # 13 and 14 April: Sat, Sun
        ("2024-05-10", "Fri", "วันพืชมงคล"),  # government only
        ("2024-07-22", "Mon", "วันหยุดชดเชยวันอาสาฬหบูชา"),  # Sat, and วันเข้าพรรษา Sun: one day
        ("2024-10-14", "Mon", "วันหยุดชดเชยวันนวมินทรมหาราช"),
        ("2025-04-14", "Mon", "วันสงกรานต์"),
        ("2025-04-16", "Wed", "วันหยุดชดเชยวันสงกรานต์"),
        ("2025-05-09", "Fri", "วันพืชมงคล"),
        ("2025-05-12", "Mon", "วันหยุดชดเชยวันวิสาขบูชา"),
        ("2025-08-11", "Mon", "วันหยุดพิเศษ (เพิ่มเติม)"),
        ("2025-12-05", "Fri", "วันชาติ"),  # the shortest of the day's three names
        ("2026-01-02", "Fri", "วันหยุดพิเศษ (เพิ่มเติม)"),
        ("2026-07-30", "Thu", "วันเข้าพรรษา"),  # government only
        ("2027-07-20", "Tue", "วันหยุดชดเชยวันอาสาฬหบูชา"),  # Sun, and วันเข้าพรรษา on Mon
        ("2028-01-03", "Mon", "วันหยุดชดเชยวันขึ้นปีใหม่"),
        ("2025-04-12", "Sat", "วันเสาร์"),
        ("2025-04-13", "Sun", "วันอาทิตย์"),  # and Songkran
    ],
)
def test_days_off(day: str, weekday: str, why: str) -> None:
    off = date.fromisoformat(day)
    assert f"{off:%a}" == weekday
    assert CALENDAR.why_off(off) == why
    assert not CALENDAR.is_working(off)


@pytest.mark.parametrize(
    ("day", "weekday", "reason"),
    [
        ("2024-01-02", "Tue", "withdrawn as the substitution of 31 Dec 2023"),
        ("2024-05-01", "Wed", "Labour Day is the private sector's"),
        ("2025-05-01", "Thu", "Labour Day is the private sector's"),
        ("2027-05-03", "Mon", "and so is its substitution"),
        ("2026-06-02", "Tue", "proposed, and declined by the cabinet of 2 Dec 2025"),
        ("2026-07-31", "Fri", "proposed, and declined by the cabinet of 2 Dec 2025"),
        ("2026-01-16", "Fri", "Teachers' Day is the schools'"),
        ("2024-10-15", "Tue", "the day after a substitution"),
    ],
)
def test_working_days(day: str, weekday: str, reason: str) -> None:
    working = date.fromisoformat(day)
    assert f"{working:%a}" == weekday
    assert CALENDAR.is_working(working), reason


@pytest.mark.parametrize(
    ("day", "weekday", "count", "then"),
    [
        ("2025-04-10", "Thu", 1, "2025-04-11"),
        ("2025-04-11", "Fri", 1, "2025-04-17"),  # weekend, Songkran, its substitution
        ("2025-04-12", "Sat", 1, "2025-04-17"),
        ("2024-12-27", "Fri", 1, "2025-01-02"),  # weekend, special, year's end, New Year
        ("2025-12-30", "Tue", 1, "2026-01-05"),  # five days
        ("2025-05-08", "Thu", 2, "2025-05-14"),  # วันพืชมงคล, weekend, substitution
        ("2027-04-30", "Fri", 1, "2027-05-03"),  # no Labour Day
    ],
)
def test_the_next_working_days(day: str, weekday: str, count: int, then: str) -> None:
    start = date.fromisoformat(day)
    assert f"{start:%a}" == weekday
    assert CALENDAR.after(start, count) == date.fromisoformat(then)


@given(days, st.integers(1, 60))
def test_counting_there_and_back(day: date, count: int) -> None:
    then = CALENDAR.after(day, count)
    assert CALENDAR.is_working(then)
    assert CALENDAR.between(day, then) == count


@given(days)
def test_the_nearest_working_days_have_none_between(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert CALENDAR.between(before, after) == (before != after)


def test_a_day_of_an_unknown_year_is_no_working_day_and_no_holiday() -> None:
    one_year: Calendar = calendar_for([2568])
    with pytest.raises(NoHolidays, match="fiscal year 2569 are not known") as caught:
        one_year.is_working(date(2025, 10, 1))
    assert caught.value.fiscal_year == 2569
    with pytest.raises(NoHolidays):
        one_year.after(date(2025, 9, 30), 1)
    with pytest.raises(NoHolidays):
        one_year.on_or_before(date(2024, 9, 29))
    with pytest.raises(NoHolidays):
        calendar_for([2568, 2599])


def test_what_is_unverified_of_the_years_between_two_days() -> None:
    assert CALENDAR.doubts(date(2025, 1, 1), date(2025, 9, 30)) == ()
    both = CALENDAR.doubts(date(2026, 9, 1), date(2026, 11, 1))
    assert both == holidays_of(2569).unverified + holidays_of(2570).unverified


# --- An agency's own days


def test_an_agency_adds_and_strikes_days() -> None:
    fair, saturday = date(2025, 2, 3), date(2025, 2, 8)
    special = date(2025, 8, 11)
    own = calendar_for([2568], {fair: "งานประจำปี"}, [saturday, special])
    assert own.why_off(fair) == "งานประจำปี"
    assert own.is_working(saturday)
    assert own.is_working(special)
    assert CALENDAR.is_working(fair)
    assert not CALENDAR.is_working(saturday)


def test_a_day_that_is_added_and_struck_is_worked() -> None:
    assert calendar_for([2568], {date(2025, 2, 3): "ก"}, [date(2025, 2, 3)]).is_working(
        date(2025, 2, 3)
    )


def _row(day: str, kind: str = "วันหยุด", name: str = "") -> dict[str, str]:
    return {"day": day, "kind": kind, "name": name}


@pytest.mark.parametrize(
    ("row", "added", "struck"),
    [
        (_row("๒ ม.ค. ๒๕๖๘", name="ประกาศจังหวัด"), {date(2025, 1, 2): "ประกาศจังหวัด"}, set()),
        (_row("2/1/2568"), {date(2025, 1, 2): "วันหยุดของหน่วยงาน"}, set()),
        (_row("2 ม.ค. 68", kind=""), {date(2025, 1, 2): "วันหยุดของหน่วยงาน"}, set()),
        (
            _row("3 - 4 ก.พ. 2568", name="งานประจำปี"),
            {date(2025, 2, 3): "งานประจำปี", date(2025, 2, 4): "งานประจำปี"},
            set(),
        ),
        (_row("8 และ 15 ก.พ. 2568", "วันทำงาน"), {}, {date(2025, 2, 8), date(2025, 2, 15)}),
    ],
)
def test_rows_of_the_holiday_tab(
    row: dict[str, str], added: dict[date, str], struck: set[date]
) -> None:
    own = own_days([row])
    assert own == OwnDays(added, frozenset(struck), ())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_row("เร็ว ๆ นี้"), "no day"),
        (_row("2 ม.ค."), "no year"),
        (_row("มกราคม 2568"), "a whole month"),
        (_row("ปีงบประมาณ 2568"), "a whole year"),
        (_row("1 ม.ค. 2568 - 1 มี.ค. 2568"), "too long for a slip not to be likely"),
        (_row("2 ม.ค. 2568", "ครึ่งวัน"), "neither off nor worked"),
        ({"name": "งานประจำปี"}, "no day"),
    ],
)
def test_rows_that_cannot_be_read_are_given_back(row: dict[str, str], reason: str) -> None:
    own = own_days([row])
    assert own == OwnDays({}, frozenset(), (row,)), reason


# --- Files


def _text(year: int) -> str:
    return (files("ita") / "holiday_data" / f"{year}.toml").read_text(encoding="utf-8")


def _added(day: str, name: str = "วันพืชมงคล", source: str = "ประกาศ") -> str:
    return f'\n[[added]]\nday = {day}\nname = "{name}"\nsource = "{source}"\n'


def test_a_file_adds_and_strikes_days() -> None:
    more = _added("2027-05-11") + '\n[[struck]]\nday = 2027-07-20\nsource = "ประกาศ"\n'
    year = read_holidays(_text(2570) + more, "2570.toml")
    assert year.days[date(2027, 5, 11)] == "วันพืชมงคล"
    assert date(2027, 7, 20) not in year.days
    assert set(holidays_of(2570).days) ^ set(year.days) == {date(2027, 5, 11), date(2027, 7, 20)}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (_text(2570).replace("fiscal_year = 2570", "fiscal_year = 2571"), "fiscal_year"),
        (_text(2570).replace("fiscal_year = 2570", 'fiscal_year = "this"'), "fiscal_year"),
        (_text(2570).replace("fiscal_year = 2570", "fiscal_year = "), "line 5"),
        (_text(2570).replace("unverified", "unsure"), "unverified"),
        (_text(2568).replace("2568", "2570") + "\nholidays = []", "holidays"),
        ("fiscal_year = 2570\nsources = []\nunverified = []", "sources"),
        (_text(2570) + _added("2028-05-11"), "added: 2028-05-11"),
        (_text(2570) + _added("2027-05-11") + _added("2027-05-11"), "added: 2027-05-11"),
        (_text(2570) + _added('"soon"'), "added.0.day"),
        (_text(2570) + _added("2027-05-11", name=" "), "added.0.name"),
        (_text(2570) + _added("2027-05-11", source=""), "added.0.source"),
        (_text(2570) + "\n[[struck]]\nday = 2027-05-11\n", "struck.0.source"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_field(text: str, field: str) -> None:
    with pytest.raises(HolidayFileError) as caught:
        read_holidays(text, "2570.toml")
    assert str(caught.value).startswith("2570.toml: ")
    assert field in str(caught.value)
