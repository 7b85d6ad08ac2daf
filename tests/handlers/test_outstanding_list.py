"""งานค้าง as a list: worth, what was sent back, pages, and what a group may read."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from handlers.cards.outstanding import MAX_ROWS
from handlers.desk import Outcome
from handlers.router import answer
from ita.agency import Agency, Person, Unit
from ita.dates import Period, read_period
from ita.measures import Acceptance, Measure, Progress, Status
from tests.handlers.desk_double import (
    AGENCY,
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    MEASURES,
    NOW,
    DeskDouble,
    measure,
    readable,
    said,
    text_event,
)
from tests.handlers.sendable import assert_sendable, parts

IN_2566 = replace(AGENCY, fiscal_year=2566)
IN_2567 = replace(AGENCY, fiscal_year=2567)
LONG = ("การส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน" * 5)[:200]
LAST_PAGE = 60 // MAX_ROWS
REASON = "ขอภาพประกาศที่ลงนามแล้ว"


def of_year(year: int, *measures: Measure) -> list[Measure]:
    return [replace(each, fiscal_year=year) for each in measures]


def taps(outcome: Outcome) -> list[str]:
    return [
        part["action"]["text"] for part in parts(outcome.replies[0]["contents"]) if "action" in part
    ]


def returned(number: int = 3, **more: object) -> Measure:
    facts: dict[str, object] = {
        "title": "ประกาศนโยบาย", "unit": "สำนักปลัด", "status": Status.IN_PROGRESS,
        "acceptance": Acceptance.RETURNED, "reason": REASON, "last_report_at": NOW,
    }  # fmt: skip
    return replace(measure(number, ""), **{**facts, **more})  # type: ignore[arg-type] # a table


# ── worth ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("items", "worth"),
    [
        (("o21",), "+1.00 คะแนน"),
        (("o43",), "+2.00 คะแนน"),
        (("o32", "o35"), "+2.50 คะแนน"),
        ((), ""),
        (("o99",), ""),
    ],
)
def test_a_row_says_what_its_items_would_bring(items: tuple[str, ...], worth: str) -> None:
    measures = of_year(2566, measure(1, "ก", items=items))
    answered = readable(said("งานค้าง", CLERK, DeskDouble(agency=IN_2566, all_measures=measures)))
    assert (worth in answered) if worth else ("+" not in answered)


def test_what_is_answered_already_is_worth_nothing_more() -> None:
    measures = of_year(2566, measure(1, "ก", items=("o21", "o22")))
    items = {2566: {"o21": Decimal(100), "o22": Decimal()}}
    desk = DeskDouble(agency=IN_2566, all_measures=measures, items=items)
    assert "+1.00 คะแนน" in readable(said("งานค้าง", CLERK, desk))


@pytest.mark.parametrize(
    ("agency", "note", "worth"),
    [
        (IN_2566, None, True),
        (IN_2567, "คิดตามเกณฑ์ปีงบประมาณ 2566", True),  # its own items are not known
        (AGENCY, "เกณฑ์ปีงบประมาณ 2568 ในระบบยังไม่บอกค่าคะแนน", False),  # its o21 is another item
    ],
)
def test_the_year_whose_criteria_tell_the_worth(
    agency: Agency, note: str | None, worth: bool
) -> None:
    measures = of_year(agency.fiscal_year, measure(1, "ก", items=("o21",)))
    answered = readable(said("งานค้าง", CLERK, DeskDouble(agency=agency, all_measures=measures)))
    assert ("+1.00 คะแนน" in answered) is worth
    assert note in answered if note else "เกณฑ์ปีงบประมาณ" not in answered


def test_no_scores_and_no_criteria_leave_the_worth_unknown() -> None:
    desk = DeskDouble(agency=replace(AGENCY, fiscal_year=2599), official=None)
    assert "ยังไม่บอกค่าคะแนน" in readable(said("งานค้าง", CLERK, desk))


def test_of_what_is_due_together_the_most_worth_comes_first() -> None:
    measures = of_year(2566, measure(1, "ก", items=("o21",)), measure(2, "ข", items=("o43",)))
    desk = DeskDouble(agency=IN_2566, all_measures=measures)
    assert taps(said("งานค้าง", CLERK, desk)) == ["รายงานผล 2", "รายงานผล 1"]


# ── what was sent back, what waits ──────────────────────────────────────────


def test_what_was_sent_back_says_what_is_asked_for() -> None:
    outcome = said("งานค้าง", CLERK, DeskDouble(all_measures=[returned()]))
    assert "ขอให้แก้ไข · เหลือ 75 วัน" in readable(outcome)
    assert f"“{REASON}”" in readable(outcome)
    assert taps(outcome) == ["รายงานผล 3"]


def test_what_was_sent_back_and_is_late_says_both() -> None:
    late = returned(period=Period("ก", "date", date(2025, 1, 1), date(2025, 1, 1)))
    answered = readable(said("งานค้าง", CLERK, DeskDouble(all_measures=[late])))
    assert f"ขอให้แก้ไข “{REASON}”" in answered
    assert "เกินกำหนด 14 วัน" in answered


def test_what_waits_for_acceptance_is_opened_not_reported_again() -> None:
    waiting = replace(MEASURES[0], status=Status.AWAITING_ACCEPTANCE)
    outcome = said("งานค้าง", CLERK, DeskDouble(all_measures=[waiting]))
    assert taps(outcome) == ["มาตรการ 1"]


def test_a_coordinator_is_led_to_what_waits() -> None:
    waiting = DeskDouble(all_measures=[replace(MEASURES[0], status=Status.AWAITING_ACCEPTANCE)])
    assert taps(said("งานค้าง", COORDINATOR, waiting)) == ["ตรวจรับ"]


def test_whoever_looks_on_is_offered_to_look() -> None:
    outcome = said("งานค้าง", EXECUTIVE)
    assert taps(outcome) == [f"มาตรการ {number}" for number in range(1, 7)]
    assert "แตะที่เรื่องเพื่อดูรายละเอียด" in readable(outcome)
    assert "แตะที่เรื่องเพื่อรายงานผล" not in readable(outcome)


# ── pages ───────────────────────────────────────────────────────────────────


def sixty() -> DeskDouble:
    return DeskDouble(all_measures=[measure(n, LONG, LONG[:100]) for n in range(1, 61)])


def sixty_returned() -> DeskDouble:
    no_day = Period(LONG, "recurring")
    rows = [returned(n, title=LONG, unit=LONG, reason=LONG, period=no_day) for n in range(1, 61)]
    return DeskDouble(all_measures=rows)


@pytest.mark.parametrize("desk", [sixty(), sixty_returned()], ids=["long", "longer"])
def test_every_measure_is_on_exactly_one_page(desk: DeskDouble) -> None:
    seen: list[str] = []
    text = "งานค้าง"
    for _ in range(60):
        outcome = said(text, COORDINATOR, desk)
        assert_sendable(outcome.replies)
        shown = taps(outcome)
        seen += [tap for tap in shown if tap.startswith("รายงานผล")]
        onward = [tap for tap in shown if tap.startswith("งานค้าง")]
        if not onward:
            break
        (text,) = onward
    assert seen == [f"รายงานผล {number}" for number in range(1, 61)]
    assert text.startswith("งานค้าง หน้า ")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("งานค้าง", 1),
        ("งานค้าง หน้า 2", 2),
        ("งานค้าง หน้าที่ ๓", 3),
        ("งานค้าง หน้า 0", 1),
        ("งานค้าง หน้า 999", LAST_PAGE),
        ("งานค้าง หน้า 9999", 1),
        ("งานค้างหน้า2", 2),
    ],
)
def test_a_page_that_is_not_there_is_the_nearest(text: str, page: int) -> None:
    assert f"\nหน้า {page} จาก {LAST_PAGE}" in readable(said(text, COORDINATOR, sixty()))


def test_the_way_on_says_how_many_are_left() -> None:
    assert f"ดูต่ออีก {60 - MAX_ROWS} เรื่อง" in readable(said("งานค้าง", COORDINATOR, sixty()))
    assert "ดูต่อ" not in readable(said("งานค้าง", COORDINATOR))


# ── whose list it is ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("person", "scope"),
    [(CLERK, "\nสำนักปลัด\n"), (COORDINATOR, "\nทุกส่วนราชการ · อบต.ตัวอย่าง\n")],
)
def test_the_list_says_whose_work_it_shows(person: Person, scope: str) -> None:
    assert scope in readable(said("งานค้าง", person))


@pytest.mark.parametrize("person", [COORDINATOR, EXECUTIVE])
def test_all_units_work_is_not_shown_in_a_group(person: Person) -> None:
    answered = readable(said("งานค้าง", person, chat="group"))
    assert "แชตส่วนตัว" in answered
    assert not any(each.title in answered for each in MEASURES)


def test_in_a_group_a_coordinator_sees_the_own_unit_only() -> None:
    outcome = said("งานค้าง", replace(COORDINATOR, units=("กองคลัง",)), chat="group")
    assert taps(outcome) == [f"รายงานผล {number}" for number in (2, 4, 6)]


def test_the_coordinators_words_stay_out_of_a_group() -> None:
    outcome = said("งานค้าง", CLERK, DeskDouble(all_measures=[returned()]), chat="group")
    assert "ขอให้แก้ไข" in readable(outcome)
    assert REASON not in readable(outcome)


def test_citizens_get_one_polite_sentence_and_no_list() -> None:
    for chat in ("user", "group"):
        answered = readable(said("งานค้าง", CITIZEN, chat=chat))
        assert "เป็นส่วนของเจ้าหน้าที่" in answered
        assert not any(each.title in answered for each in MEASURES)


def test_the_age_of_the_figures_stands_below() -> None:
    desk = DeskDouble(read_at=NOW - timedelta(minutes=7))
    assert "7 นาทีที่แล้ว" in readable(said("งานค้าง", FINANCE, desk))


# ── rounds and shares ───────────────────────────────────────────────────────


def shown_on(measure: Measure, day: date | None, unit: str = "สำนักปลัด") -> Progress:
    """A report that says done and shows it."""
    return Progress(
        measure.id, NOW, unit, Status.IN_PROGRESS, None, "จัดแล้ว", ("https://example.go.th/a",),
        outcome="เป็นไปตามแผน", act_on=date(2024, 10, 1), round=day, says_done=True,
    )  # fmt: skip


def twice(unit: str = "สำนักปลัด") -> Measure:
    """Due on 1 October 2024 and 1 April 2025; it is January."""
    period = read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568)
    return replace(measure(1, "ประชุม"), unit=unit, period=period, status=Status.IN_PROGRESS)


def test_a_round_that_was_missed_is_overdue_though_another_comes() -> None:
    answered = readable(said("งานค้าง", CLERK, DeskDouble(all_measures=[twice()])))
    assert "1 ต.ค. 2567" in answered
    assert "เกินกำหนด" in answered


def test_once_a_round_is_done_the_next_one_counts() -> None:
    done = shown_on(twice(), date(2024, 10, 1))
    desk = DeskDouble(all_measures=[twice()], reports=[done])
    assert "เกินกำหนด" not in readable(said("งานค้าง", CLERK, desk))
    march = datetime(2025, 3, 20, 9, tzinfo=NOW.tzinfo)
    late = readable(answer(text_event("งานค้าง"), CLERK, desk, march))
    assert "1 เม.ย. 2568" in late
    assert "1 ต.ค. 2567" not in late


def test_who_has_done_his_part_is_not_asked_again() -> None:
    units = tuple(Unit(name) for name in ("สำนักปลัด", "กองคลัง"))
    shared = replace(measure(1, "ประชุม"), unit="ทุกส่วนราชการ", status=Status.IN_PROGRESS)
    desk = DeskDouble(
        agency=replace(AGENCY, units=units),
        all_measures=[shared],
        reports=[shown_on(shared, None)],
    )
    assert "ประชุม" not in readable(said("งานค้าง", CLERK, desk))
    assert "ประชุม" in readable(said("งานค้าง", FINANCE, desk))
