"""มาตรการ <x>: whole for staff, as published for everybody else, careful in groups."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.cards.measure import MAX_HISTORY
from handlers.desk import NOTHING
from ita.agency import Person
from ita.changes import ReportProgress
from ita.measures import THAI_STATUS, Acceptance, Measure, Progress, Status
from tests.handlers.desk_double import (
    AGENCY,
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    FINANCE,
    MEASURES,
    NOW,
    OFFICER,
    DeskDouble,
    buttons,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable, parts

WHOLE = measure(
    3,
    "ประกาศนโยบายงดรับของขวัญ",
    method="ประกาศและประชาสัมพันธ์",
    items=("o21",),
    status=Status.IN_PROGRESS,
    percent=80,
    output="ประกาศแล้วหนึ่งฉบับ",
    outcome="ทุกคนทราบ",
    obstacle="ลงนามช้า",
    acceptance=Acceptance.RETURNED,
    reason="ขอภาพประกาศ",
    evidence=("https://example.go.th/a",),
    last_report_at=NOW,
)
PUBLISHED = ("ประกาศนโยบายงดรับของขวัญ", "สำนักปลัด", "อยู่ระหว่างดำเนินการ")
INSIDE = ("80%", "ประกาศแล้วหนึ่งฉบับ", "ทุกคนทราบ", "ประชุมครั้งที่ 1", "31 มี.ค. 2568")
BETWEEN_US = ("ลงนามช้า", "ขอภาพประกาศ")


def reports(count: int) -> list[Progress]:
    """A report a day, the newest first; the newest has number `count`."""
    return [
        Progress(
            3, NOW - timedelta(days=back), "สำนักปลัด", Status.IN_PROGRESS, 10,
            f"ประชุมครั้งที่ {count - back}",
        )
        for back in range(count)
    ]  # fmt: skip


def desk(*others: Measure, history: int = 1) -> DeskDouble:
    # as kept: in no order
    return DeskDouble(all_measures=[WHOLE, *others], reports=reports(history)[::-1])


@pytest.mark.parametrize("person", [CLERK, FINANCE, OFFICER, COORDINATOR, EXECUTIVE])
def test_staff_see_it_whole(person: Person) -> None:
    outcome = said("มาตรการ 3", person, desk())
    answered = readable(outcome)
    assert [words for words in (*PUBLISHED, *INSIDE, *BETWEEN_US) if words not in answered] == []
    assert_sendable(outcome.replies)


@pytest.mark.parametrize("chat", ["user", "group"])
def test_citizens_see_what_is_published(chat: str) -> None:
    outcome = said("มาตรการ 3", CITIZEN, desk(), chat=chat)
    answered = readable(outcome)
    assert [words for words in PUBLISHED if words not in answered] == []
    assert [words for words in (*INSIDE, *BETWEEN_US) if words in answered] == []
    assert [part for part in parts(outcome.replies[0]["contents"]) if "action" in part] == []


def test_readers_of_english_see_it_too() -> None:
    answered = readable(said("measure 3", CITIZEN, desk()))
    assert "Measure 3" in answered
    assert "in progress" in answered
    assert "80%" not in answered


@pytest.mark.parametrize("status", list(Status))
def test_the_public_card_has_the_official_words(status: Status) -> None:
    one = DeskDouble(all_measures=[replace(WHOLE, status=status)])
    assert f"\n{THAI_STATUS[status]}\n" in readable(said("มาตรการ 3", CITIZEN, one))


def test_in_a_group_the_unit_sees_its_own_without_words_between_two() -> None:
    answered = readable(said("มาตรการ 3", CLERK, desk(), chat="group"))
    assert [words for words in (*PUBLISHED, *INSIDE) if words not in answered] == []
    assert [words for words in BETWEEN_US if words in answered] == []


@pytest.mark.parametrize("person", [FINANCE, COORDINATOR, EXECUTIVE])
def test_in_a_group_another_units_measure_is_as_published(person: Person) -> None:
    answered = readable(said("มาตรการ 3", person, desk(), chat="group"))
    assert [words for words in PUBLISHED if words not in answered] == []
    assert [words for words in (*INSIDE, *BETWEEN_US) if words in answered] == []


# ── history ─────────────────────────────────────────────────────────────────


def test_the_history_is_newest_first_and_bounded() -> None:
    answered = readable(said("มาตรการ 3", CLERK, desk(history=20)))
    shown = [number for number in range(20, 0, -1) if f"\nประชุมครั้งที่ {number}\n" in answered]
    assert shown == list(range(20, 20 - MAX_HISTORY, -1))
    places = [answered.index(f"\nประชุมครั้งที่ {number}\n") for number in shown]
    assert places == sorted(places)
    assert "ยังมีรายงานก่อนหน้านี้" in answered


@pytest.mark.parametrize("count", [1, MAX_HISTORY])
def test_a_short_history_promises_no_more(count: int) -> None:
    assert "ยังมีรายงานก่อนหน้านี้" not in readable(said("มาตรการ 3", CLERK, desk(history=count)))


def test_no_report_by_chat_is_said() -> None:
    assert "ยังไม่มีรายงานผ่านแชต" in readable(said("มาตรการ 3", CLERK, desk(history=0)))


def test_reports_on_other_measures_are_not_in_it() -> None:
    other = replace(reports(1)[0], measure_id=4, output="ของเรื่องอื่น")
    answered = readable(said("มาตรการ 3", CLERK, replace(desk(), reports=[other])))
    assert "ของเรื่องอื่น" not in answered


def test_the_day_of_a_report_is_bangkoks() -> None:
    late = replace(reports(1)[0], at=NOW.replace(day=1, hour=0, minute=30))
    assert "1 ม.ค. 2568 · สำนักปลัด" in readable(
        said("มาตรการ 3", CLERK, replace(desk(), reports=[late]))
    )


# ── worth, and the way to report ────────────────────────────────────────────


def test_what_it_still_brings() -> None:
    of_2566 = replace(WHOLE, fiscal_year=2566)
    known = DeskDouble(agency=replace(AGENCY, fiscal_year=2566), all_measures=[of_2566])
    answered = readable(said("มาตรการ 3", CLERK, known))
    assert "o21 สรุปรายเดือน" in answered
    assert "คะแนนรวมที่ยังเพิ่มได้ +1.00 คะแนน" in answered
    assert "+1.00" not in readable(said("มาตรการ 3", CLERK, desk()))  # 2568 does not say


@pytest.mark.parametrize(
    ("person", "status", "offered"),
    [
        (CLERK, Status.IN_PROGRESS, True),
        (COORDINATOR, Status.IN_PROGRESS, True),
        (FINANCE, Status.IN_PROGRESS, False),
        (EXECUTIVE, Status.IN_PROGRESS, False),
        (CLERK, Status.DONE, False),
    ],
)
def test_whoever_may_report_on_it_is_offered_to(
    person: Person, status: Status, offered: bool
) -> None:
    one = DeskDouble(all_measures=[replace(WHOLE, status=status)])
    contents = said("มาตรการ 3", person, one).replies[0]["contents"]
    writes = [part["action"].get("text") for part in parts(contents) if "action" in part]
    assert ("รายงานผล 3" in writes) is offered


@pytest.mark.parametrize(
    ("person", "chat", "writes"),
    [
        (COORDINATOR, "user", "ตรวจรับ"),
        (replace(COORDINATOR, units=("สำนักปลัด",)), "group", "รายงานผล 3"),
        (CLERK, "user", "รายงานผล 3"),
    ],
)
def test_what_waits_is_accepted_by_a_coordinator_alone(
    person: Person, chat: str, writes: str
) -> None:
    waiting = replace(WHOLE, status=Status.AWAITING_ACCEPTANCE, acceptance=None, evidence=())
    outcome = said("มาตรการ 3", person, DeskDouble(all_measures=[waiting]), chat=chat)
    taps = [
        part["action"]["text"] for part in parts(outcome.replies[0]["contents"]) if "action" in part
    ]
    assert taps == [writes]


@pytest.mark.parametrize("text", ["มาตรการ 3 80% ประชุมแล้ว", "มาตรการที่ 3 เสร็จแล้ว"])
def test_a_report_under_this_word_is_a_report(text: str) -> None:
    (change,) = said(text, CLERK).changes
    assert isinstance(change, ReportProgress)
    assert change.progress.measure_id == 3
    assert said(text, CITIZEN).changes == ()


# ── which one ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "มาตรการ 3",
        "มาตรการที่ 3",
        "มาตรการ3",
        "มาตรการ ๓",
        "มาตรการ No Gift",
        "มาตรการ o21",
        "measure 3",
        "มาตรการที่ 3 ถึงไหนแล้ว",
        "มาตรการ 3 เสร็จหรือยัง",
        "มาตรการ ข้อ o21 ใครทำ",
    ],
)
def test_ways_to_name_it(text: str) -> None:
    assert "ประกาศนโยบายงดรับของขวัญ No Gift Policy" in readable(said(text, CLERK))


@pytest.mark.parametrize(
    ("person", "first"), [(CLERK, "มาตรการ 1"), (FINANCE, "มาตรการ 2"), (CITIZEN, "มาตรการ 1")]
)
def test_without_a_name_it_is_asked_own_measures_first(person: Person, first: str) -> None:
    outcome = said("มาตรการ", person)
    assert "อยากดูมาตรการใด" in readable(outcome)
    assert buttons(outcome)[0] == first


def test_several_are_offered_and_none_is_guessed() -> None:
    outcome = said("มาตรการ ช่องทาง", CLERK)
    assert set(buttons(outcome)) == {"มาตรการ 5", "มาตรการ 6"}


def test_with_sixty_alike_the_question_can_be_sent() -> None:
    many = [measure(n, ("การส่งเสริมคุณธรรม" * 12)[:200]) for n in range(1, 61)]
    for text in ("มาตรการ", "มาตรการ คุณธรรม"):
        outcome = said(text, CITIZEN, DeskDouble(all_measures=many))
        assert_sendable(outcome.replies)
        assert len(buttons(outcome)) == 5


def test_what_is_not_found_is_said_one_to_one_and_left_alone_in_a_group() -> None:
    assert "ยังไม่พบมาตรการ" in readable(said("มาตรการ 99", CLERK))
    assert said("มาตรการ 99", CLERK, chat="group") == NOTHING
    assert "ยังไม่พบมาตรการ" in readable(said("มาตรการ 99", CLERK, chat="group", mentioned=True))
    assert said("มาตรการนี้ดีนะ", CLERK, chat="group") == NOTHING
    assert said("มาตรการ ช่องทางสวนเลน", CLERK, chat="group") == NOTHING


def test_without_measures_that_is_said() -> None:
    assert "ยังไม่มีมาตรการ" in readable(said("มาตรการ 3", CITIZEN, DeskDouble(all_measures=())))


def test_looking_changes_nothing() -> None:
    for each in MEASURES:
        assert said(f"มาตรการ {each.number}", CLERK).changes == ()
