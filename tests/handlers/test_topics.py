"""งานค้าง, คะแนน, แจ้งเหตุ and ร้องเรียน as conversations."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers import flex
from handlers.desk import OfficialScores
from ita.agency import Person
from ita.dates import Period, thai_date
from ita.measures import Status
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    FINANCE,
    MEASURES,
    SCORES_2566,
    UNPLACED,
    DeskDouble,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable, parts


def due(day: date | None, raw: str = "ประจำทุกเดือน") -> Period:
    return Period(raw, "date" if day else "recurring", day, day)


# ── งานค้าง ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("person", "numbers"),
    [
        (CLERK, [1, 3, 5, 6]),
        (FINANCE, [2, 4, 6]),
        (COORDINATOR, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_everybody_sees_what_their_units_have_outstanding(
    person: Person, numbers: list[int]
) -> None:
    outcome = said("งานค้าง", person)
    taps = [
        part["action"]["text"] for part in parts(outcome.replies[0]["contents"]) if "action" in part
    ]
    assert taps == [f"รายงานผล {number}" for number in numbers]
    assert f"งานที่ต้องรายงาน {len(numbers)} เรื่อง" in outcome.replies[0]["altText"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (date(2025, 1, 3), "เกินกำหนด 12 วัน"),
        (date(2025, 1, 15), "\nครบกำหนดวันนี้\n"),
        (date(2025, 1, 20), "ใกล้ครบกำหนด · เหลือ 5 วัน"),
        (date(2025, 3, 31), "ยังไม่มีรายงาน · เหลือ 75 วัน"),
        (None, "ยังไม่มีรายงาน"),
    ],
)
def test_due_dates_in_words(days: date | None, words: str) -> None:
    desk = DeskDouble(all_measures=[measure(1, "ก", period=due(days))])
    answered = readable(said("งานค้าง", CLERK, desk))
    assert words in answered
    assert (thai_date(days) if days else "ประจำทุกเดือน") in answered


def test_the_worst_stands_first_and_the_rest_is_counted() -> None:
    many = [measure(n, f"เรื่องที่ {n}") for n in range(1, 60)]
    late = measure(60, "ช้าแล้ว", period=due(date(2025, 1, 1)))
    answered = readable(said("งานค้าง", COORDINATOR, DeskDouble(all_measures=[*many, late])))
    start = (
        "งานที่ต้องรายงาน 60 เรื่อง (เกินกำหนด 1 · ยังไม่มีรายงาน 59) เริ่มจาก มาตรการ 60 ช้าแล้ว เกินกำหนด 14 วัน"
    )
    assert answered.startswith(start)
    assert "\nเกินกำหนด 1 · ยังไม่มีรายงาน 59\n" in answered
    assert "ดูต่ออีก 50 เรื่อง" in answered


@pytest.mark.parametrize(
    ("person", "measures", "words"),
    [
        (CITIZEN, MEASURES, "เป็นส่วนของเจ้าหน้าที่"),
        (UNPLACED, MEASURES[:5], "ยังไม่ทราบว่าอยู่ส่วนราชการใด"),
        (CLERK, (), "ไม่มีงานที่ต้องรายงาน"),
        (CLERK, [replace(MEASURES[0], status=Status.DONE)], "ไม่มีงานที่ต้องรายงาน"),
        (COORDINATOR, (), "ไม่มีงานที่ต้องรายงาน"),
    ],
)
def test_why_there_is_no_list(person: Person, measures: list[object], words: str) -> None:
    desk = DeskDouble(all_measures=measures)  # type: ignore[arg-type] # the table's rows are measures
    assert words in readable(said("งานค้าง", person, desk))


def test_what_waits_for_acceptance_says_so() -> None:
    waiting = replace(MEASURES[0], status=Status.AWAITING_ACCEPTANCE, percent=100)
    assert "รอตรวจรับ" in readable(said("งานค้าง", CLERK, DeskDouble(all_measures=[waiting])))


def test_what_waits_for_acceptance_is_nobodys_lateness() -> None:
    long_ago = due(date(2024, 10, 1))
    waiting = replace(MEASURES[0], status=Status.AWAITING_ACCEPTANCE, period=long_ago)
    answered = readable(said("งานค้าง", CLERK, DeskDouble(all_measures=[waiting])))
    assert "\nรอตรวจรับ\n" in answered
    assert "เกินกำหนด" not in answered


def test_what_is_late_or_due_soon_stands_out() -> None:
    days = [date(2025, 1, 3), date(2025, 1, 20), date(2025, 9, 30)]
    measures = [measure(n, f"เรื่องที่ {n}", period=due(day)) for n, day in enumerate(days, start=1)]
    card = said("งานค้าง", CLERK, DeskDouble(all_measures=measures)).replies[0]["contents"]
    rows = [part for part in parts(card) if part.get("type") == "box" and "action" in part]
    shown = [(row["backgroundColor"], row["contents"][0]["weight"]) for row in rows]
    assert shown == [(flex.ALARM, "bold"), (flex.CAUTION, "bold"), (flex.QUIET, "regular")]


# ── คะแนน ───────────────────────────────────────────────────────────────────


def test_the_official_scores_of_2566() -> None:
    outcome = said("คะแนน")
    answered = readable(outcome)
    for words in ("78.41", "ระดับต้องปรับปรุง", "ปีงบประมาณ 2566", "ทางการ", "ยังไม่ถึง 85"):
        assert words in answered
    assert outcome.replies[0]["altText"].startswith("คะแนน ITA ปีงบประมาณ 2566")
    assert answered.count("ต่ำกว่าเกณฑ์") == 3  # indicators 7, 9 and 10
    assert "\nอบต.ตัวอย่าง · " in answered
    assert_sendable(outcome.replies)


def test_each_indicator_has_its_bar_against_85() -> None:
    ticks = [
        part["offsetStart"]
        for part in parts(said("คะแนน").replies[0]["contents"])
        if part.get("position") == "absolute"
    ]
    assert ticks == ["85%"] * 10


def test_the_reason_is_not_put_before_readers_of_english() -> None:
    assert "ยังไม่ถึง" not in readable(said("scores"))
    assert "Total out of 100\n78.41" in readable(said("scores"))


@pytest.mark.parametrize(
    ("official", "words"),
    [
        (None, "ยังไม่มีคะแนน"),
        (OfficialScores(2566, {}), "ยังไม่มีคะแนน"),
        (OfficialScores(2599, {1: Decimal(90)}), "ยังไม่มีเกณฑ์"),
        (OfficialScores(2570, {1: Decimal(90)}), "ยังไม่ประกาศเกณฑ์"),
        (OfficialScores(2566, {1: Decimal(90)}), "ยังไม่ครบ"),
        (OfficialScores(2566, {**SCORES_2566.indicators, 1: Decimal(101)}), "ยังไม่ครบ"),
        (OfficialScores(2566, {**SCORES_2566.indicators, 1: Decimal("NaN")}), "ยังไม่ครบ"),
    ],
)
def test_no_total_is_guessed(official: OfficialScores | None, words: str) -> None:
    outcome = said("คะแนน", desk=DeskDouble(official=official))
    assert words in readable(outcome)
    assert outcome.replies[0]["type"] == "text"


def test_a_year_without_confirmed_weights_shows_indicators_without_a_total() -> None:
    slips = {1: Decimal("NaN"), 2: Decimal("1E+50"), 3: Decimal(-1), 4: Decimal("88.10")}
    outcome = said("คะแนน", desk=DeskDouble(official=OfficialScores(2569, slips)))
    answered = readable(outcome)
    assert answered.count("ยังรอยืนยัน") == 1
    assert "\nตัวชี้วัดที่ 4\n88.10" in answered
    assert_sendable(outcome.replies)


@pytest.mark.parametrize(
    ("year", "colours"),
    [(2566, {flex.GOOD, flex.BAD}), (2568, {flex.BRAND}), (2569, {flex.BRAND})],
)
def test_a_score_is_good_or_bad_only_against_a_known_pass_mark(
    year: int, colours: set[str]
) -> None:
    official = OfficialScores(year, SCORES_2566.indicators)
    outcome = said("คะแนน", desk=DeskDouble(official=official))
    points = {str(value) for value in SCORES_2566.indicators.values()}
    shown = [part for part in parts(outcome.replies[0]["contents"]) if part.get("text") in points]
    assert len(shown) == 10
    assert {part["color"] for part in shown} == colours
