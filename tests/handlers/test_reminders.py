"""เตือน: how it stands, put off, stopped, had again; and the card that reminds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers.cards import reminder_card
from handlers.desk import Outcome
from ita.agency import Person
from ita.changes import WishReminders
from ita.reminders import Reminder, Wish
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    EXECUTIVE,
    NOW,
    DeskDouble,
    buttons,
    measure,
    readable,
    said,
)
from tests.handlers.sendable import assert_sendable

TODAY = NOW.date()
LONG = "จัดทำและเผยแพร่ประกาศเจตนารมณ์ตามนโยบายไม่รับของขวัญและของกำนัลทุกชนิด " * 3


def wishing(wish: Wish, person: Person = CLERK) -> DeskDouble:
    return DeskDouble(wishes={person.ref: wish})


SAID = (
    ("เลื่อนเตือน 3 วัน", Wish(until=TODAY + timedelta(days=3)), "18 ม.ค. 2568"),
    ("เลื่อนเตือน ๓ วัน", Wish(until=TODAY + timedelta(days=3)), "18 ม.ค. 2568"),
    ("เลื่อนเตือน3วันครับ", Wish(until=TODAY + timedelta(days=3)), "18 ม.ค. 2568"),
    ("เลื่อนการเตือนไป 1 สัปดาห์", Wish(until=TODAY + timedelta(days=7)), "22 ม.ค. 2568"),
    ("พักเตือนถึง 1 ก.พ. 68", Wish(until=date(2025, 2, 1)), "1 ก.พ. 2568"),
    ("หยุดเตือน", Wish(stopped=True), "หยุดเตือนแล้ว"),
    ("หยุดเตือนก่อนนะครับ", Wish(stopped=True), "หยุดเตือนแล้ว"),
    ("ไม่ต้องเตือนแล้ว", Wish(stopped=True), "หยุดเตือนแล้ว"),
    ("อย่าเตือนนะ", Wish(stopped=True), "หยุดเตือนแล้ว"),
    ("เตือนต่อ", Wish(), "เปิดการเตือนแล้ว"),
    ("เตือนต่อได้เลย", Wish(), "เปิดการเตือนแล้ว"),
)


@pytest.mark.parametrize(("text", "wish", "answer"), SAID)
def test_what_a_person_wishes(text: str, wish: Wish, answer: str) -> None:
    outcome = said(text, CLERK)
    assert outcome.changes == (WishReminders(CLERK.ref, wish),)
    assert answer in readable(outcome)
    assert_sendable(outcome.replies)


@pytest.mark.parametrize("text", ["เลื่อนเตือน", "เลื่อนเตือน หน่อย", "เลื่อนเตือน 0 วัน", "เลื่อนเตือน 500 วัน"])
def test_how_long_is_asked_where_it_is_not_clear(text: str) -> None:
    outcome = said(text, CLERK)
    assert outcome.changes == ()
    assert "ไม่เกิน 90 วัน" in readable(outcome)
    for button in buttons(outcome):
        assert said(button, CLERK).changes, "every button is an answer"


STANDS = (
    (Wish(), "เตือนตามปกติ", "หยุดเตือน"),
    (Wish(until=TODAY + timedelta(days=2)), "17 ม.ค. 2568", "เตือนต่อ"),
    (Wish(until=TODAY), "เตือนตามปกติ", "หยุดเตือน"),
    (Wish(stopped=True), "หยุดเตือนไว้", "เตือนต่อ"),
)


@pytest.mark.parametrize(("wish", "state", "offered"), STANDS)
@pytest.mark.parametrize("person", [CLERK, COORDINATOR, EXECUTIVE])
def test_how_it_stands(wish: Wish, state: str, offered: str, person: Person) -> None:
    outcome = said("เตือน", person, wishing(wish, person))
    assert (state in readable(outcome), offered in buttons(outcome)) == (True, True)
    assert outcome.changes == ()
    assert_sendable(outcome.replies)


def test_from_stopped_to_wanted_again_by_buttons_alone() -> None:
    first = said("เตือน", CLERK)
    assert said("หยุดเตือน", CLERK).changes[0] == WishReminders(CLERK.ref, Wish(stopped=True))
    assert "หยุดเตือน" in buttons(first)
    second = said("เตือน", CLERK, wishing(Wish(stopped=True)))
    assert said(buttons(second)[0], CLERK).changes == (WishReminders(CLERK.ref, Wish()),)


LEFT_ALONE = (
    "เตือนชาวบ้านเรื่องน้ำท่วมแล้ว",
    "หยุดเตือนภัยแล้วหรือยัง",
    "เตือนต่อไปจนกว่าจะเสร็จ",
    "ประกาศเตือนภัยแล้ง",
)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_sentence_that_begins_so_is_none_of_these(text: str) -> None:
    outcome = said(text, CLERK)
    assert not any(isinstance(change, WishReminders) for change in outcome.changes)
    assert "วันละไม่เกิน 1 ครั้ง" not in readable(outcome)


@pytest.mark.parametrize("text", ["เตือน", "เลื่อนเตือน 3 วัน", "หยุดเตือน", "เตือนต่อ"])
def test_a_citizen_and_a_group_change_nothing(text: str) -> None:
    for outcome in (said(text, CITIZEN), said(text, CLERK, chat="group", mentioned=True)):
        assert outcome.changes == ()
        assert len(outcome.replies) == 1


def reminder(number: int, days: int, worth: str = "0") -> Reminder:
    due, known = TODAY + timedelta(days=days), measure(number, f"เรื่องที่ {number}")
    return Reminder(known, due, 1, days, Decimal(worth))


def test_the_card_says_what_until_when_and_what_it_is_worth() -> None:
    card = reminder_card([reminder(3, -4, "1.25"), reminder(5, 7)])
    text = readable(Outcome((card,)))
    for words in ("เตือนงาน 2 เรื่อง", "เกินกำหนด 4 วัน", "+1.25 คะแนน", "เหลือ 7 วัน", "22 ม.ค. 2568"):
        assert words in text
    assert "31 มี.ค." not in text, "the day of the round, not the last one"
    assert text.index("เรื่องที่ 3") < text.index("เรื่องที่ 5")
    assert buttons(Outcome((card,))) == ["งานค้าง", "เลื่อนเตือน 3 วัน", "หยุดเตือน"]
    assert_sendable([card])


def test_before_an_answer_it_has_no_buttons_of_its_own() -> None:
    card = reminder_card([reminder(3, 1)], alone=False)
    answer = said("งานค้าง", CLERK).replies
    assert_sendable([card, *answer])


def test_a_tap_on_it_begins_a_report() -> None:
    card = str(reminder_card([reminder(3, 1)]))
    assert "'text': 'รายงานผล 3'" in card


@pytest.mark.parametrize("count", [1, 8, 9, 60])
@pytest.mark.parametrize("alone", [True, False])
def test_sixty_of_the_longest_fit(count: int, alone: bool) -> None:
    long = measure(1, LONG[:200], LONG[:200])
    found = [Reminder(long, TODAY, 1, 0, Decimal("1.25"))] * count
    card = reminder_card(found, alone=alone)
    assert_sendable([card])
    assert f"เตือนงาน {count} เรื่อง" in readable(Outcome((card,)))
    shown = str(card["contents"]).count("'text': 'รายงานผล 1'")
    assert 1 <= shown <= 8
    rest = f"ยังมีอีก {count - shown} เรื่อง" if count > shown else "ยังมีอีก"
    assert (rest in readable(Outcome((card,)))) is (count > shown)
