"""ทำอะไรแล้วคะแนนขึ้นมากที่สุด, and what staff see of it on the score card."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.desk import OfficialScores, Outcome
from ita.measures import Measure, Status
from tests.handlers.desk_double import (
    AGENCY,
    CITIZEN,
    CLERK,
    COORDINATOR,
    NOW,
    SCORES_2566,
    DeskDouble,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable, parts

ASK = "ทำอะไรแล้วคะแนนขึ้นมากที่สุด"
LACKING = [f"o{number}" for number in (13, 14, 21, 22, 27, 30, 32, 35, 36, 37, 38, 40, 43)]
ALL = [f"o{number}" for number in range(1, 44)]
ANSWERS = {code: Decimal(0 if code in LACKING else 100) for code in ALL}
IN_2566 = replace(AGENCY, fiscal_year=2566)


def served(number: int, *items: str, unit: str = "กองคลัง", **more: object) -> Measure:
    return replace(measure(number, f"เรื่องที่ {number}", unit, items=items, **more), fiscal_year=2566)


def desk(*measures: Measure, answers: dict[str, Decimal] = ANSWERS) -> DeskDouble:
    return DeskDouble(agency=IN_2566, all_measures=measures, items={2566: answers})


def taps(outcome: Outcome) -> list[str]:
    return [
        part["action"]["text"] for part in parts(outcome.replies[0]["contents"]) if "action" in part
    ]


# ── the score card ──────────────────────────────────────────────────────────


def test_the_score_card_says_how_far_the_next_level_is() -> None:
    assert "อีก 6.59 คะแนนถึงระดับผ่าน" in readable(said("คะแนน"))
    assert "6.59 points to the level ผ่าน" in readable(said("scores"))


def test_an_instrument_that_lacks_points_is_named() -> None:
    high = {number: Decimal(97) for number in range(1, 9)} | {9: Decimal(84), 10: Decimal(84)}
    answered = readable(said("คะแนน", desk=DeskDouble(official=OfficialScores(2566, high))))
    assert "ถึงระดับผ่านดี" in answered
    assert "OIT ขาดอีก 1.00" in answered


def test_at_the_best_level_no_distance_is_left() -> None:
    best = OfficialScores(2566, dict.fromkeys(range(1, 11), Decimal(99)))
    assert "ถึงระดับ" not in readable(said("คะแนน", CLERK, DeskDouble(official=best)))


def test_staff_see_official_and_projected_told_apart() -> None:
    answered = readable(said("คะแนน", CLERK, desk()))
    official, projected = answered.split("ประมาณการ ไม่ใช่คะแนนทางการ")
    assert "78.41" in official
    assert "93.66" not in official
    assert "ถ้ามีครบ 13 ข้อ OIT ที่ยังขาด คะแนนรวมคาดว่าเป็น 93.66 ระดับผ่านดี" in projected
    assert taps(said("คะแนน", CLERK, desk())) == [ASK]


def test_nothing_is_projected_where_nobody_answered_the_items() -> None:
    outcome = said("คะแนน", CLERK, desk(answers={}))
    assert "ประมาณการ" not in readable(outcome)
    assert taps(outcome) == [ASK]


def test_citizens_see_what_is_official_only() -> None:
    outcome = said("คะแนน", CITIZEN, desk())
    assert "ประมาณการ" not in readable(outcome)
    assert "93.66" not in readable(outcome)
    assert taps(outcome) == []


def test_scores_of_an_earlier_year_say_so() -> None:
    assert "ปีปัจจุบันคือปีงบประมาณ 2568" in readable(said("คะแนน"))
    assert "ปีปัจจุบัน" not in readable(said("คะแนน", desk=desk()))


def test_the_figures_say_their_age() -> None:
    old = replace(desk(), read_at=NOW - timedelta(minutes=9))
    assert "9 นาทีที่แล้ว" in readable(said("คะแนน", desk=old))
    assert "9 นาทีที่แล้ว" in readable(said(ASK, CLERK, old))


# ── what lifts most ─────────────────────────────────────────────────────────


def test_the_fewest_items_to_the_next_level() -> None:
    outcome = said(ASK, CLERK, desk(served(7, "o43"), served(8, "o40", "o43")))
    answered = readable(outcome)
    assert "ถ้ามีครบ 5 ข้อ OIT ต่อไปนี้ คะแนนรวมคาดว่าเป็น 86.16 ระดับผ่าน" in answered
    assert "คะแนนทางการปีงบประมาณ 2566 รวม 78.41 ระดับต้องปรับปรุง" in answered
    assert answered.count("\n+2.00 คะแนน") == 2
    assert answered.count("\n+1.25 คะแนน") == 3
    assert "\nมาตรการ 8 · กองคลัง" in answered
    assert "\nมี 2 มาตรการที่เกี่ยวข้อง: 7, 8" in answered
    assert taps(outcome) == ["มาตรการ 8", "มาตรการ 7"]
    assert_sendable(outcome.replies)


def test_what_is_done_already_serves_no_more() -> None:
    done = served(7, "o43", status=Status.DONE)
    assert taps(said(ASK, CLERK, desk(done))) == []


def test_where_the_next_level_is_out_of_reach_all_that_lacks_is_shown() -> None:
    few = dict.fromkeys(ALL, Decimal(100)) | {"o21": Decimal()}
    answered = readable(said(ASK, CLERK, desk(answers=few)))
    assert "ถ้ามีครบ 1 ข้อ OIT ต่อไปนี้ คะแนนรวมคาดว่าเป็น 79.41 ระดับต้องปรับปรุง" in answered


def test_without_answers_the_plans_items_come_by_worth() -> None:
    plan = desk(served(1, "o21"), served(2, "o43", "o13"), answers={})
    answered = readable(said(ASK, COORDINATOR, plan))
    places = [answered.index(f"\n{code} ") for code in ("o43", "o21", "o13")]
    assert places == sorted(places)
    assert "จึงแสดงข้อของมาตรการที่ยังไม่แล้วเสร็จ" in answered
    assert "คาดว่า" not in answered


def test_without_answers_and_plan_the_items_come_by_worth() -> None:
    answered = readable(said(ASK, COORDINATOR, desk(answers={})))
    assert answered.index("\no39 ") < answered.index("\no43 ")
    assert "เรียงตามค่าคะแนนเต็มของแต่ละข้อ" in answered
    assert "และอีก 33 ข้อ" in answered


def test_measures_by_other_codes_are_not_linked() -> None:
    of_2568 = [measure(1, "ก", items=("o43",))]  # 2568 has items of its own, another o43 none
    outcome = said(ASK, CLERK, DeskDouble(all_measures=of_2568, items={2566: ANSWERS}))
    assert taps(outcome) == []


@pytest.mark.parametrize(
    ("official", "answers", "words"),
    [
        (None, ANSWERS, "ยังไม่มีคะแนน"),
        (OfficialScores(2566, {1: Decimal(90)}), ANSWERS, "ยังไม่ครบ"),
        (OfficialScores(2568, SCORES_2566.indicators), ANSWERS, "ยังไม่บอกค่าคะแนน"),
        (OfficialScores(2567, SCORES_2566.indicators), ANSWERS, "ยังไม่บอกค่าคะแนน"),
        (SCORES_2566, dict.fromkeys(ALL, Decimal(100)), "มีครบทุกข้อแล้ว"),
    ],
)
def test_why_there_is_no_answer(
    official: OfficialScores | None, answers: dict[str, Decimal], words: str
) -> None:
    outcome = said(ASK, CLERK, replace(desk(answers=answers), official=official))
    assert words in readable(outcome)
    assert outcome.replies[0]["type"] == "text"


def test_answers_to_items_that_the_year_does_not_know_give_no_projection() -> None:
    outcome = said(ASK, CLERK, desk(answers={**ANSWERS, "o99": Decimal(100)}))
    assert "คาดว่า" not in readable(outcome)
    assert "+2.00 คะแนน" in readable(outcome)


def test_citizens_are_told_politely() -> None:
    answered = readable(said(ASK, CITIZEN, desk()))
    assert "เป็นส่วนของเจ้าหน้าที่" in answered
    assert "o43" not in answered


@pytest.mark.parametrize("text", [ASK, "ทำอะไรแล้วคะแนนขึ้นเยอะสุด", "เพิ่มคะแนนยังไงดี"])
def test_ways_to_ask(text: str) -> None:
    assert "+2.00 คะแนน" in readable(said(text, CLERK, desk()))
