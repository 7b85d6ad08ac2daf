"""Thai dates and the period expressions that agencies write, read and printed back."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.dates import (
    Period,
    PeriodKind,
    Style,
    days_of,
    fiscal_year_of,
    fiscal_year_span,
    half_of,
    half_span,
    print_date,
    print_period,
    quarter_of,
    quarter_span,
    read_period,
    style_of,
    thai_date,
)
from ita.dates.fiscal import month_span

FY2567 = (date(2023, 10, 1), date(2024, 9, 30))
FY2568 = (date(2024, 10, 1), date(2025, 9, 30))
HALF, END = date(2025, 3, 31), date(2025, 9, 30)

# Every expression that the five reports use, read in fiscal year 2568.
FROM_REPORTS = [
    ("ปีงบประมาณ ๒๕๖๗", "fiscal_year", *FY2567),
    ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘", "fiscal_year", *FY2568),
    ("ตลอดปีงบประมาณ", "fiscal_year", *FY2568),
    ("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", "dates", date(2024, 10, 1), date(2025, 4, 1)),
    ("๓๐ ต.ค.๖๘", "date", date(2025, 10, 30), date(2025, 10, 30)),
    ("๑ ต.ค. ๖๗", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("ต.ค.๖๗-ก.ย.๖๘", "range", *FY2568),
    ("ต.ค. ๖๗ – ก.ย. ๖๘", "range", *FY2568),
    ("ตุลาคม ๖๕ - มีนาคม ๖๖", "range", date(2022, 10, 1), date(2023, 3, 31)),
    ("(๑ ตุลาคม ๒๕๖๕ - ๓๐ กันยายน ๒๕๖๖)", "range", date(2022, 10, 1), date(2023, 9, 30)),
    ("ภายในเดือนธันวาคม ๒๕๖๖", "within_month", date(2023, 12, 1), date(2023, 12, 31)),
    ("ให้แล้วเสร็จภายในเดือน มีนาคม ๒๕๖๗", "within_month", date(2024, 3, 1), date(2024, 3, 31)),
    ("ประจำทุกเดือน", "recurring", *FY2568),
    ("รายเดือน หรือ รายไตรมาส", "recurring", *FY2568),
    ("ในรอบ ๖ เดือนแรกของปีงบประมาณ และสรุปผลสิ้นปีงบประมาณ", "dates", HALF, END),
    ("ครบรอบไตรมาส…", "recurring", *FY2568),
    ("สิ้นปีงบประมาณ", "date", END, END),
]

# Near them, as other agencies and people in a chat write.
NEAR_THEM = [
    ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", "fiscal_year", *FY2567),  # another than the plan's
    ("ตลอดทั้งปี", "fiscal_year", *FY2568),
    ("ตลอดปี 2567", "fiscal_year", *FY2567),
    ("ปี ๒๕๖๘", "fiscal_year", *FY2568),
    ("รอบ 12 เดือน", "fiscal_year", *FY2568),
    ("27 ธ.ค. 2567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("27\u00a0ธ.ค.\u00a02567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("27 ธันวาคม พ.ศ. 2567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("27 ธันวาคม พุทธศักราช 2567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("27 ธันวาคม ปี 2567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("27 ธันวาคม 2024", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("วันที่ 27 ของเดือนธันวาคม 2567", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("29 ก.พ. 2567", "date", date(2024, 2, 29), date(2024, 2, 29)),  # a leap year
    ("ภายในวันที่ 31 มี.ค. 68", "date", HALF, HALF),
    ("สิ้นเดือนมีนาคม ๒๕๖๘", "date", HALF, HALF),
    ("ภายในสิ้นเดือนมีนาคม ๒๕๖๘", "within_month", date(2025, 3, 1), HALF),
    ("กุมภาพันธ์ 2567", "within_month", date(2024, 2, 1), date(2024, 2, 29)),
    ("มีนาคม 10 คน", "within_month", date(2025, 3, 1), HALF),  # a count, no year
    ("ตุลาคม - มีนาคม ๖๘", "range", FY2568[0], HALF),
    ("ตุลาคม ถึง มีนาคม", "range", FY2568[0], HALF),
    ("ภายในเดือนตุลาคม ๖๗ - มีนาคม ๖๘", "range", FY2568[0], HALF),
    ("1-15 มีนาคม 2568", "range", date(2025, 3, 1), date(2025, 3, 15)),
    ("1 - 15 มีนาคม 2568", "range", date(2025, 3, 1), date(2025, 3, 15)),
    ("รอบที่ ๑ ตุลาคม ๖๗ - มีนาคม ๖๘", "range", FY2568[0], HALF),  # ๑ is the round
    ("5, 15 และ 25 มกราคม 2568", "dates", date(2025, 1, 5), date(2025, 1, 25)),
    ("ภายในวันที่ 31 มี.ค. และ 30 ก.ย. 68", "dates", HALF, END),
    ("ภายใน 31 มี.ค. 68 และภายใน 30 ก.ย. 68", "dates", HALF, END),
    ("1 ต.ค. 67,1 เม.ย. 68", "dates", date(2024, 10, 1), date(2025, 4, 1)),
    ("รอบ ๖ เดือน และ ๑๒ เดือน", "dates", HALF, END),
    ("ทุกเดือน ต.ค. 67 - มี.ค. 68", "recurring", FY2568[0], HALF),
    ("ทุกสิ้นเดือน", "recurring", *FY2568),
    ("ทุกรอบ 6 เดือน", "recurring", *FY2568),
    ("เดือนละ 1 ครั้ง", "recurring", *FY2568),
    ("ไตรมาสที่ ๑", "range", date(2024, 10, 1), date(2024, 12, 31)),
    ("ไตรมาส 4", "range", date(2025, 7, 1), END),
    ("ไตรมาสที่ ๑ - ๒", "range", FY2568[0], HALF),
    ("ไตรมาส 2/2567", "range", date(2024, 1, 1), date(2024, 3, 31)),
    ("ไตรมาสที่ 2 และ 4", "dates", date(2025, 1, 1), END),
    ("6 เดือนแรก", "range", FY2568[0], HALF),
    ("รอบ ๖ เดือน", "range", FY2568[0], HALF),
    ("6 เดือนหลัง", "range", date(2025, 4, 1), END),
    ("ปีงบประมาณ 2568 - 2570", "range", date(2024, 10, 1), date(2027, 9, 30)),
    (
        "รายงานผลประจำปีงบประมาณ พ.ศ. ๒๕๖๗ เผยแพร่ภายในเดือนเมษายน ๒๕๖๘",
        "within_month",
        date(2025, 4, 1),
        date(2025, 4, 30),
    ),
    ("ลงวันที่ ๔ ต.ค. ๖๖ เรื่อง แต่งตั้งคณะกรรมการ", "date", date(2023, 10, 4), date(2023, 10, 4)),
]

# In digits and in English: day, month, year, or ISO 8601.
TYPED = [
    ("1/10/67", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("๑/๑๐/๒๕๖๗", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("1-10-2567", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("1.10.2567", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("2024-10-01", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("1 Oct 2024", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("October 1st, 2024", "date", date(2024, 10, 1), date(2024, 10, 1)),
    ("October 2024", "within_month", date(2024, 10, 1), date(2024, 10, 31)),
    ("ภายใน 31/3/68", "date", HALF, HALF),
    ("1/10/67 - 31/3/68", "range", FY2568[0], HALF),
    ("1/10/67-31/3/68", "range", FY2568[0], HALF),
    ("31/3/68 และ 30/9/68", "dates", HALF, END),
]


@pytest.mark.parametrize(("raw", "kind", "start", "end"), FROM_REPORTS + NEAR_THEM + TYPED)
def test_period_expressions(raw: str, kind: str, start: date, end: date) -> None:
    period = read_period(raw, 2568)
    assert (period.kind, period.start, period.end) == (kind, start, end)
    assert period.raw == raw


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "nothing"),
        ("เร็ว ๆ นี้", "no day"),
        ("31 ก.พ. 2567", "a day that no calendar has"),
        ("29 ก.พ. 2568", "no leap year"),
        ("0 ต.ค. 67", "no such day"),
        ("ก.ย. 68 - ต.ค. 67", "ends before it begins"),
        ("ไตรมาสที่ 4 - 1", "ends before it begins"),
        ("ไตรมาสที่ 9", "no such quarter"),
        ("1/13/67", "no such month, and month before day nobody writes"),
        ("1/10/24", "24 may be 2024 or 2524"),
        ("5 มี.ค. 24", "24 may be 2024 or 2524"),
        ("5 มี.ค. 3000", "no year"),
        ("ปี 2567", "a calendar year or another fiscal year"),
        ("พ.ศ. 2568", "no period"),
        ("ภายใน 30 วัน", "from an unknown day on"),
        ("สิ้นเดือน", "of which month"),
        ("สำนักปลัด", "a unit"),
        ("ตุลาการ", "no month"),
        ("ม.คำพี้", "no month"),
        ("สามคน", "no month"),
        ("15 คน", "no year"),
        ("gift 2568", "no month"),
        ("081-10-2567", "a telephone number"),
    ],
)
def test_what_is_no_period_is_unknown(raw: str, reason: str) -> None:
    period = read_period(raw, 2568)
    assert (period.kind, period.start, period.end) == ("unknown", None, None), reason


def test_without_a_fiscal_year_the_kind_is_known_but_no_day() -> None:
    for raw, kind in (
        ("ตลอดปีงบประมาณ", "fiscal_year"),
        ("ไตรมาสที่ 1", "range"),
        ("ไตรมาสที่ 1 และ 3", "dates"),
        ("6 เดือนแรก", "range"),
        ("สิ้นปีงบประมาณ", "date"),
        ("ประจำทุกเดือน", "recurring"),
    ):
        period = read_period(raw)
        assert (period.kind, period.start, period.end) == (kind, None, None)
        assert days_of(period) == ()
    assert read_period("1 ตุลาคม").kind == "unknown"
    assert read_period("ปี 2568").kind == "unknown"


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        ("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", [date(2024, 10, 1), date(2025, 4, 1)]),
        ("5, 15 และ 25 ม.ค. 68", [date(2025, 1, day) for day in (5, 15, 25)]),
        ("25 ม.ค. 68, 5 ม.ค. 68, 25 ม.ค. 68", [date(2025, 1, 5), date(2025, 1, 25)]),
        ("ธ.ค. 67 และ เม.ย. 68", [date(2024, 12, 31), date(2025, 4, 30)]),
        ("ต.ค. 67 - ธ.ค. 67 และ เม.ย. 68 - มิ.ย. 68", [date(2024, 12, 31), date(2025, 6, 30)]),
        ("ในรอบ ๖ เดือนแรก และสรุปผลสิ้นปีงบประมาณ", [HALF, END]),
        ("ไตรมาสที่ 2 และ 4", [HALF, END]),
        ("ต.ค.๖๗-ก.ย.๖๘", [END]),
        ("ภายในเดือนมีนาคม ๒๕๖๘", [HALF]),
        ("เมื่อใดก็ได้", []),
    ],
)
def test_each_of_several_dates_is_a_day_that_something_is_due(raw: str, days: list[date]) -> None:
    assert list(days_of(read_period(raw, 2568))) == days


@given(
    st.text() | st.text("0123456789๐๑๒๓๖๗๘ /.-–ตคธมีกยพเดือนปีงบประมาณไตรมาสภายในและoctmay"),
    st.none() | st.integers(),
)
def test_any_text_gives_a_period_and_a_style(raw: str, fiscal_year: int | None) -> None:
    period = read_period(raw, fiscal_year and fiscal_year % 100 + 2500)
    assert period.raw == raw
    assert period.start is None or period.end is None or period.start <= period.end
    assert (period.start is None) == (days_of(period) == ())
    print_period(period, style_of(raw))


# --- Printing


@pytest.mark.parametrize("raw", [raw for raw, *_ in FROM_REPORTS])
def test_what_the_reports_write_is_printed_back_as_they_write_it(raw: str) -> None:
    as_printed = raw.replace("เม.ย. ๖๘", "เม.ย.๖๘")  # where one cell has both spacings
    assert print_period(read_period(raw, 2568), style_of(raw)) == as_printed


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("  ภายใน  สิ้นเดือนมีนาคม ๒๕๖๘ ", "ภายใน สิ้นเดือนมีนาคม ๒๕๖๘"),
        ("สิ้นเดือนมีนาคม ๒๕๖๘", "สิ้นเดือนมีนาคม ๒๕๖๘"),
        ("5, 15 และ 25 มกราคม 2568", "5, 15 และ 25 มกราคม 2568"),
        ("1-15 มีนาคม 2568", "1-15 มีนาคม 2568"),
        ("ธ.ค. ๖๗ และ เม.ย. ๖๘", "ธ.ค. ๖๗ และ เม.ย. ๖๘"),
        ("ตุลาคม ถึง มีนาคม ๖๘", "ตุลาคม ๖๗ ถึง มีนาคม ๖๘"),  # the year that was meant is said
        ("27 ธันวาคม พ.ศ. 2567", "27 ธันวาคม พ.ศ. 2567"),
        ("ทุกเดือน ต.ค. 67 - มี.ค. 68", "ทุกเดือน ต.ค. 67 - มี.ค. 68"),
        ("ไตรมาสที่ ๒", "ไตรมาสที่ ๒"),
        ("รอบ ๖ เดือนแรก", "รอบ ๖ เดือนแรก"),
        ("เร็ว ๆ นี้", "เร็ว ๆ นี้"),
    ],
)
def test_other_expressions_are_printed_back_too(raw: str, printed: str) -> None:
    assert print_period(read_period(raw, 2568), style_of(raw)) == printed


@pytest.mark.parametrize(
    ("raw", "like", "printed"),
    [
        ("1 เม.ย. 2568", "๑ ต.ค.๖๗", "๑ เม.ย.๖๘"),
        ("1 เม.ย. 2568", "ภายในเดือนธันวาคม ๒๕๖๖", "๑ เมษายน ๒๕๖๘"),  # not its words: no month
        ("1 เม.ย. 2568", "สิ้นปีงบประมาณ", "1 เม.ย. 2568"),
        ("ภายในเดือน มี.ค. 68", "ภายในเดือนธันวาคม ๒๕๖๖", "ภายในเดือนมีนาคม ๒๕๖๘"),
        ("ม.ค. 68 - มี.ค. 68", "ต.ค. ๖๗ – ก.ย. ๖๘", "ม.ค. ๖๘ – มี.ค. ๖๘"),
        ("5 ม.ค. 68 - 7 มี.ค. 68", "ต.ค. ๖๗ – ก.ย. ๖๘", "๕ ม.ค. ๖๘ – ๗ มี.ค. ๖๘"),
        ("ปีงบประมาณ 2570", "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘", "ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐"),
        ("ทุกไตรมาส", "ประจำทุกเดือน", "ทุกไตรมาส"),  # what recurs keeps its own words
        ("ธ.ค. 67 และ เม.ย. 68", "27 ธันวาคม 2567", "ธันวาคม 2567 และ เมษายน 2568"),
    ],
)
def test_a_period_is_printed_like_another(raw: str, like: str, printed: str) -> None:
    assert print_period(read_period(raw, 2568), style_of(like)) == printed


FIRST, LAST = fiscal_year_span(2560)[0], fiscal_year_span(2580)[1]
days = st.dates(FIRST, LAST)
styles = st.builds(
    Style,
    thai_digits=st.booleans(),
    long_months=st.booleans(),
    short_years=st.booleans(),
    gap=st.sampled_from([" ", ""]),
    era=st.sampled_from(["", "พ.ศ. ", "พ.ศ.", "ปี "]),
    dash=st.sampled_from([" - ", "-", " – ", "–", " ถึง ", " จนถึง "]),
    joiner=st.sampled_from([" และ ", "และ", ", "]),
    whole_months=st.booleans(),
) | st.sampled_from([style_of(raw) for raw, *_ in FROM_REPORTS + NEAR_THEM])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """A period of any kind that has days, of the fiscal years 2560 to 2580."""
    kind: PeriodKind = draw(
        st.sampled_from(["date", "dates", "range", "recurring", "within_month", "fiscal_year"])
    )
    start = draw(days)
    if kind == "date":
        return Period("", kind, start, start)
    if kind == "within_month":
        return Period("", kind, *month_span(start.year, start.month))
    if kind == "fiscal_year" or (kind == "recurring" and draw(st.booleans())):
        raw = draw(st.sampled_from(["ประจำทุกเดือน", "ทุกไตรมาส", "ทุกเดือน"]))
        return Period(raw, kind, *fiscal_year_span(fiscal_year_of(start)))
    if kind == "range" and draw(st.booleans()):
        half = half_span(fiscal_year_of(start), half_of(start))
        return Period("", kind, *draw(st.sampled_from([half, month_span(start.year, start.month)])))
    return Period("", kind, start, draw(st.dates(start + timedelta(days=1), LAST + timedelta(40))))


@given(days, styles)
def test_a_printed_date_is_read_back(day: date, style: Style) -> None:
    period = read_period(print_date(day, style))
    assert (period.kind, period.start, period.end) == ("date", day, day)
    assert read_period(thai_date(day)).start == day


@given(periods(), styles)
def test_a_printed_period_is_read_back(period: Period, style: Style) -> None:
    assert period.end is not None
    printed = print_period(period, style)
    read = read_period(printed, fiscal_year_of(period.end))
    assert replace(read, raw=period.raw) == period
    assert days_of(read) == days_of(period)


@given(st.lists(days, min_size=2, max_size=6, unique=True), styles)
def test_several_printed_dates_are_read_back_each(several: list[date], style: Style) -> None:
    written = " และ ".join(thai_date(day) for day in several)
    printed = print_period(read_period(written), style)
    assert days_of(read_period(printed)) == tuple(sorted(several))


# --- The fiscal year and its parts


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_the_span_of_its_year_half_and_quarter(day: date) -> None:
    year = fiscal_year_of(day)
    for first, last in (
        fiscal_year_span(year),
        half_span(year, half_of(day)),
        quarter_span(year, quarter_of(day)),
    ):
        assert first <= day <= last


@given(st.integers(2560, 2580))
def test_halves_and_quarters_are_the_year_without_gap_or_overlap(year: int) -> None:
    for parts in (
        [half_span(year, half) for half in (1, 2)],
        [quarter_span(year, quarter) for quarter in (1, 2, 3, 4)],
    ):
        assert (parts[0][0], parts[-1][1]) == fiscal_year_span(year)
        for (_, last), (first, _) in pairwise(parts):
            assert first == last + timedelta(days=1)


@given(st.integers(2560, 2580), st.integers(1, 4))
def test_halves_and_quarters_are_read_from_their_names(year: int, number: int) -> None:
    quarter = read_period(f"ไตรมาสที่ {number}", year)
    assert (quarter.start, quarter.end) == quarter_span(year, number)
    assert (print_period(quarter, style_of("ไตรมาสที่ ๒")) == "ไตรมาสที่ ๒") == (number == 2)
    half = 1 + number % 2
    read = read_period("รอบ 6 เดือน" + ("แรก", "หลัง")[half - 1], year)
    assert (read.start, read.end) == half_span(year, half)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 9, 30), 2567), (date(2024, 10, 1), 2568), (date(2025, 1, 1), 2568)],
)
def test_the_fiscal_year_begins_in_october(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year
