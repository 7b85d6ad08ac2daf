"""Accepting and sending back: by whoever did not report it, on the state of the moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.topics.accepting import MAX_REASON, version
from ita.changes import AcceptMeasure, SendBack
from ita.measures import Acceptance, Measure, Status
from tests.handlers.desk_double import COORDINATOR, MEASURES, NOW, DeskDouble, buttons, measure
from tests.handlers.talk import Talk

WAITS = replace(
    MEASURES[2], status=Status.AWAITING_ACCEPTANCE, last_report_at=NOW - timedelta(days=1),
    output="ประกาศนโยบายแล้ว", evidence=("https://example.go.th/nogift",),
)  # fmt: skip
ALSO = replace(MEASURES[3], status=Status.AWAITING_ACCEPTANCE, last_report_at=NOW)


def talk(*measures: Measure, called_done: tuple[tuple[int, str], ...] = ()) -> Talk:
    desk = DeskDouble(all_measures=measures or (WAITS, ALSO), called_done=called_done)
    return Talk(COORDINATOR, desk)


def test_the_list_shows_what_was_done_with_its_evidence_the_oldest_first() -> None:
    one = talk(ALSO, WAITS, MEASURES[0])
    shown = one.say("ตรวจรับ")
    assert shown.index("No Gift") < shown.index("ทะเบียนคุม")
    assert "คู่มือ" not in shown
    for words in ("รอตรวจรับ 2 มาตรการ", "ประกาศนโยบายแล้ว", "ยังไม่มีหลักฐาน"):
        assert words in shown
    assert one.labels == ["ตรวจรับ", "ส่งคืน"] * 2
    assert one.changes() == ()


def test_nothing_waits() -> None:
    assert "ไม่มีมาตรการที่รอตรวจรับ" in talk(MEASURES[0]).say("ตรวจรับ")


def test_accepting_is_one_press_and_leads_to_the_next() -> None:
    one = talk()
    one.say("ตรวจรับ")
    assert "ตรวจรับแล้ว" in one.do(one.actions[0])
    assert one.changes() == (AcceptMeasure(3),)
    one.desk.all_measures = (ALSO,)
    assert "ทะเบียนคุม" in one.press("ถัดไป (1)")
    one.do(one.actions[0])
    assert one.changes() == (AcceptMeasure(4),)
    assert "งานค้าง" in buttons(one.said), "nothing is left"


def test_sending_back_asks_for_the_reason_and_takes_the_next_message_as_it_is() -> None:
    one = talk()
    one.say("ตรวจรับ")
    assert "เหตุผล" in one.do(one.actions[1])
    assert one.changes() == ()
    assert "รายงานผลยังขาดรูปถ่าย" in one.say("รายงานผลยังขาดรูปถ่าย\nขอเพิ่ม 2 รูป")
    assert one.changes() == (SendBack(3, "รายงานผลยังขาดรูปถ่าย ขอเพิ่ม 2 รูป"),)
    assert one.stands() is None


@pytest.mark.parametrize("way_out", ["ยกเลิก", "งานค้าง", "ตรวจรับ", "คะแนน"])
def test_the_ways_out_send_nothing_back(way_out: str) -> None:
    one = talk()
    one.say("ตรวจรับ")
    one.do(one.actions[1])
    one.say(way_out)
    assert (one.changes(), one.stands()) == ((), None)


def test_the_button_for_it_cancels_too() -> None:
    one = talk()
    one.say("ตรวจรับ")
    one.do(one.actions[1])
    assert "ยกเลิกแล้ว" in one.press("ยกเลิก")
    assert (one.changes(), one.stands()) == ((), None)


def test_no_reason_and_an_endless_one_are_asked_again() -> None:
    one = talk()
    one.say("ตรวจรับ")
    one.do(one.actions[1])
    for words in ("...", "🙏", "ก" * (MAX_REASON + 1)):
        one.say(words)
        assert one.changes() == ()
        assert one.stands()
    one.say("ขาดรูปถ่าย")
    assert one.changes() == (SendBack(3, "ขาดรูปถ่าย"),)


def changed(what: Measure, **values: object) -> Measure:
    return replace(what, **values)  # type: ignore[arg-type] # keyword table


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (changed(WAITS, status=Status.DONE, acceptance=Acceptance.ACCEPTED), "แล้วเสร็จ"),
        (changed(WAITS, status=Status.IN_PROGRESS, acceptance=Acceptance.RETURNED), "อยู่ระหว่าง"),
        (changed(WAITS, last_report_at=NOW), "รอตรวจรับ"),
        (changed(WAITS, evidence=()), "รอตรวจรับ"),
        (None, "ไม่อยู่ในแผนแล้ว"),
    ],
    ids=[
        "accepted by another",
        "sent back by another",
        "reported again",
        "evidence gone",
        "withdrawn",
    ],
)
def test_a_stale_button_or_reason_shows_the_state_of_now(now: Measure | None, said: str) -> None:
    one = talk()
    one.say("ตรวจรับ")
    accept, send_back = one.actions[:2]
    asked = talk()
    asked.do(send_back)
    for each in (one, asked):
        each.desk.all_measures = (now,) if now else ()
    assert said in one.do(accept)
    assert one.changes() == ()
    assert said in one.do(send_back)
    assert (one.changes(), one.stands()) == ((), None)
    assert said in asked.say("ขาดรูปถ่าย")
    assert (asked.changes(), asked.stands()) == ((), None)


def test_whoever_reported_it_as_done_does_neither() -> None:
    one = talk(called_done=((3, COORDINATOR.ref), (4, "p-clerk")))
    one.say("ตรวจรับ")
    for action in one.actions[:2]:
        assert "ท่านอื่น" in one.do(action)
        assert (one.changes(), one.stands()) == ((), None)


def test_a_version_changes_with_all_that_matters() -> None:
    later = NOW + timedelta(seconds=1)
    those = [
        WAITS, replace(WAITS, last_report_at=later), replace(WAITS, last_report_at=None),
        replace(WAITS, status=Status.DONE), replace(WAITS, acceptance=Acceptance.RETURNED),
        replace(WAITS, evidence=()), replace(WAITS, evidence=(*WAITS.evidence, "https://b.go.th")),
        replace(WAITS, output="แก้คำ"), replace(WAITS, outcome="แก้คำ"),
    ]  # fmt: skip
    assert len({version(one) for one in those}) == len(those)
    assert version(WAITS) == version(replace(WAITS, reason="แก้คำ", title="แก้คำ"))


def test_sixty_measures_with_the_longest_words_fit() -> None:
    link = "https://example.go.th/" + "ก" * 100
    those = [
        measure(
            number, "ม" * 200, "ส่วนราชการ" * 20, status=Status.AWAITING_ACCEPTANCE,
            output="ผ" * 1000, outcome="ล" * 1000, evidence=(link,) * 9,
            last_report_at=datetime(2025, 1, 1, tzinfo=NOW.tzinfo) + timedelta(hours=number),
        )
        for number in range(1, 61)
    ]  # fmt: skip
    one = talk(*those)
    shown = one.say("ตรวจรับ")
    assert len(one.labels) >= 4
    assert f"และอีก {60 - len(one.labels) // 2} มาตรการ" in shown
