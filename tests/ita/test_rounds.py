"""Rounds and shares: which there are, whose they are, and when all of it is done and shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ita.agency import Unit
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from ita.rounds import (
    WHOLE,
    Lacking,
    Part,
    is_unproved,
    judged,
    lacking,
    office_of,
    part_of,
    parts_done,
    parts_of,
    parts_open_to,
    rounds_of,
)

UNITS = (
    Unit("สำนักปลัด"), Unit("กองคลัง"), Unit("กองช่าง"), Unit("งานนิติการ", "สำนักปลัด"),
)  # fmt: skip
NOON = datetime(2025, 1, 15, 12, tzinfo=UTC)
OCTOBER, APRIL = date(2024, 10, 1), date(2025, 4, 1)
TWICE, YEAR = "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘"


def measure(raw: str = YEAR, unit: str = "สำนักปลัด") -> Measure:
    return Measure(1, 2568, 1, "เรื่องทดสอบ", unit, read_period(raw, 2568))


def shown(minutes: int = 0, unit: str = "สำนักปลัด", day: date | None = None) -> Progress:
    """A report that says done and shows all."""
    return Progress(
        1, NOON + timedelta(minutes=minutes), unit, Status.AWAITING_ACCEPTANCE, 100, "ทำแล้ว",
        ("https://a.go.th",), outcome="ดีขึ้น", act_on=date(2025, 1, 10), round=day,
        says_done=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        (TWICE, ["2024-10-01", "2025-04-01"]),
        ("๓๐ ต.ค.๖๗", []),
        (YEAR, []),
        ("ต.ค.๖๗-ก.ย.๖๘", []),
        ("ในรอบ ๖ เดือนแรกของปีงบประมาณ และสรุปผลสิ้นปีงบประมาณ", ["2025-03-31", "2025-09-30"]),
        ("ไตรมาสที่ 2 และ 4", ["2025-03-31", "2025-09-30"]),
        ("รายเดือน หรือ รายไตรมาส", ["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30"]),
        ("ทุก 3 เดือน", ["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30"]),
        ("ทุกสัปดาห์", []),
        ("ไม่ระบุ", []),
        ("", []),
    ],
)
def test_the_rounds_of_a_period(raw: str, days: list[str]) -> None:
    assert [str(day) for day in rounds_of(read_period(raw, 2568))] == days


@pytest.mark.parametrize("raw", ["ประจำทุกเดือน", "รายเดือน", "ทุกๆ เดือน", "ทุกสิ้นเดือน", "เดือนละครั้ง"])
def test_every_month_of_the_fiscal_year_is_a_round(raw: str) -> None:
    days = rounds_of(read_period(raw, 2568))
    assert [str(day) for day in (days[0], days[4], days[-1])] == [
        "2024-10-31", "2025-02-28", "2025-09-30",
    ]  # fmt: skip
    assert len(days) == 12


def test_what_recurs_within_some_months_has_rounds_there_alone() -> None:
    days = rounds_of(read_period("ทุกเดือน ม.ค. 68 - มี.ค. 68", 2568))
    assert [str(day) for day in days] == ["2025-01-31", "2025-02-28", "2025-03-31"]


@pytest.mark.parametrize(
    "unit", ["ทุกส่วนราชการ", "เจ้าหน้าที่ประชาสัมพันธ์/ทุกส่วนราชการ", "งานนิติการ, ทุกส่วนราชการ", "ทุกกอง"]
)
def test_all_offices_share_what_is_for_all(unit: str) -> None:
    parts = parts_of(measure(unit=unit), UNITS)
    assert [part.unit for part in parts] == ["สำนักปลัด", "กองคลัง", "กองช่าง"]
    assert len(parts_of(measure(TWICE, unit), UNITS)) == 6
    assert parts_of(measure(unit=unit), UNITS[:1]) == (WHOLE,)


def test_a_section_reports_for_its_office() -> None:
    assert office_of("งานนิติการ", UNITS) == "สำนักปลัด"
    assert office_of("สำนักปลัดเทศบาล", UNITS) == "สำนักปลัด"
    assert office_of("กองที่ไม่มี", UNITS) == "กองที่ไม่มี"
    assert office_of("ก", (Unit("ก", "ข"), Unit("ข", "ก"))) in ("ก", "ข"), "a circle ends"
    shared = measure(unit="ทุกส่วนราชการ")
    assert parts_open_to(shared, UNITS, ["งานนิติการ"]) == (Part("สำนักปลัด"),)
    assert len(parts_open_to(shared, UNITS, None)) == 3
    assert parts_open_to(measure(), UNITS, ["กองคลัง"]) == (WHOLE,)


def test_a_report_is_about_its_round_and_none_that_is_not_there() -> None:
    twice = measure(TWICE)
    assert part_of(shown(day=APRIL), twice, UNITS) == Part("", APRIL)
    assert part_of(shown(day=date(2025, 5, 1)), twice, UNITS) is None
    assert part_of(shown(), twice, UNITS) is None
    assert part_of(shown(unit="กองคลัง"), measure(), UNITS) == WHOLE


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ({}, ()),
        ({"output": ""}, (Lacking.OUTPUT,)),
        ({"outcome": ""}, (Lacking.OUTCOME,)),
        ({"links": ()}, (Lacking.EVIDENCE,)),
        ({"act_on": None}, (Lacking.DAY,)),
        ({"act_on": date(2024, 9, 30)}, (Lacking.DAY,)),
        ({"act_on": date(2025, 10, 1)}, (Lacking.DAY,)),
        ({"act_on": date(2024, 10, 1)}, ()),
        ({"act_on": date(2025, 9, 30)}, ()),
    ],
)
def test_done_means_shown(without: dict[str, object], missing: tuple[Lacking, ...]) -> None:
    report = replace(shown(), **without)  # type: ignore[arg-type] # a table of fields
    assert lacking(measure(), [report]) == missing
    told = judged(measure(), UNITS, [], report)
    assert told.lacking == missing
    expected = Status.IN_PROGRESS if missing else Status.AWAITING_ACCEPTANCE
    assert (told.progress.status, told.progress.percent) == (expected, None if missing else 100)


def test_nothing_is_missing_of_what_nobody_calls_done() -> None:
    going_on = replace(shown(), status=Status.IN_PROGRESS, percent=80, says_done=False, links=())
    told = judged(measure(), UNITS, [], going_on)
    assert (told.progress, told.lacking, told.left) == (going_on, (), (WHOLE,))


def test_several_reports_show_it_together() -> None:
    first = replace(shown(), says_done=False, status=Status.IN_PROGRESS, outcome="", act_on=None)
    last = replace(shown(1), output="", links=())
    assert judged(measure(), UNITS, [first], last).progress.status is Status.AWAITING_ACCEPTANCE


def test_all_rounds_of_all_units_have_to_be_done() -> None:
    both = measure(TWICE, "ทุกส่วนราชการ")
    reports: list[Progress] = []
    wanted = parts_of(both, UNITS)
    for minutes, part in enumerate(wanted, start=1):
        told = judged(both, UNITS, reports, shown(minutes, part.unit, part.round))
        reports.append(told.progress)
        last = minutes == len(wanted)
        status = Status.AWAITING_ACCEPTANCE if last else Status.IN_PROGRESS
        assert (told.progress.status, len(told.left)) == (status, len(wanted) - minutes)
    assert parts_done(both, UNITS, reports) == frozenset(wanted)


def test_a_part_is_as_its_newest_report_says() -> None:
    twice = measure(TWICE)
    done = shown(1, day=OCTOBER)
    not_yet = replace(shown(2, day=OCTOBER), says_done=False, status=Status.IN_PROGRESS)
    assert parts_done(twice, UNITS, [done]) == {Part("", OCTOBER)}
    assert parts_done(twice, UNITS, [not_yet, done]) == frozenset()
    assert parts_done(twice, UNITS, [done, replace(not_yet, round=APRIL)]) == {Part("", OCTOBER)}


def test_a_round_that_is_not_begun_leaves_the_measure_in_progress_once_another_is_done() -> None:
    idle = replace(shown(2, day=APRIL), says_done=False, status=Status.NOT_STARTED, percent=0)
    told = judged(measure(TWICE), UNITS, [shown(1, day=OCTOBER)], idle)
    assert told.progress.status is Status.IN_PROGRESS
    assert judged(measure(TWICE), UNITS, [], idle).progress.status is Status.NOT_STARTED


def test_what_a_round_shows_counts_for_it_alone() -> None:
    twice = replace(measure(TWICE), output="ก", outcome="ข", evidence=("https://a.go.th",))
    bare = replace(shown(2, day=APRIL), output="", outcome="", links=())
    told = judged(twice, UNITS, [shown(1, day=OCTOBER)], bare)
    assert told.lacking == (Lacking.OUTPUT, Lacking.OUTCOME, Lacking.EVIDENCE)


def bare(report: Progress) -> Progress:
    return replace(report, links=())


@pytest.mark.parametrize(
    ("unit", "reports", "unproved"),
    [
        ("สำนักปลัด", [bare(shown(day=APRIL))], True),
        ("สำนักปลัด", [bare(shown(day=APRIL)), shown(1, day=OCTOBER)], True),
        ("สำนักปลัด", [bare(shown(day=APRIL)), shown(1, "กองคลัง", day=APRIL)], False),
        ("ทุกส่วนราชการ", [bare(shown(day=APRIL)), shown(1, "กองคลัง", day=APRIL)], True),
        ("ทุกส่วนราชการ", [shown(1, "กองคลัง", day=APRIL), bare(shown(day=APRIL))], True),
        ("สำนักปลัด", [shown(day=APRIL), bare(shown(1, day=APRIL))], False),
        ("สำนักปลัด", [bare(shown(day=APRIL)), replace(bare(shown(1, day=APRIL)), says_done=False)],
         False),
        ("สำนักปลัด", [], False),
    ],
)  # fmt: skip
def test_a_part_whose_evidence_is_gone_is_not_shown_any_more(
    unit: str, reports: list[Progress], unproved: bool
) -> None:
    assert is_unproved(unit, reports, bare(shown(day=APRIL))) is unproved


def test_a_whole_measure_is_shown_by_what_it_holds() -> None:
    assert not is_unproved("สำนักปลัด", [bare(shown())], bare(shown()))
    assert is_unproved("ทุกส่วนราชการ", [bare(shown())], bare(shown())), "a share is a part"
