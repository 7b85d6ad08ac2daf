"""Every place in every conversation, and each way to leave it: nobody is stuck, nothing is written
that was not confirmed, and no words are lost or taken for something else."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from handlers.desk import NOTHING, Event
from handlers.router import PRESSES, ROUTES, STEPS, WHOLE, answer
from handlers.topics.complaints.about import PROTECTED
from handlers.topics.complaints.asking import GRIEVANCE, Ask
from handlers.topics.complaints.carrying import LEFT
from handlers.topics.complaints.control import ADDING
from handlers.topics.complaints.protected_questions import QUESTIONS
from handlers.topics.inviting import ASKED
from handlers.topics.reporting.draft import PARKED, REPORTING, Step
from handlers.topics.reporting.going import IN_DRAFT
from handlers.topics.reporting.parking import PHOTOS
from ita.agency import Person
from ita.changes import Leave, NoteBlocked, ReportProgress, Unsend
from ita.complaints import Place as OnMap
from ita.measures import Status
from tests.handlers.chat import Chat
from tests.handlers.conversations import (
    HEAD,
    IN_A_REPORT,
    LET_GO,
    MEMBER,
    NOTED,
    OTHERS,
    OUTPUT,
    PLACES,
    SENT,
    Place,
    Question,
    go,
    stands,
)
from tests.handlers.conversations import QUESTIONS as ASKED_BY_BUTTON
from tests.handlers.desk_double import CITIZEN, FINANCE, readable

PASSIVE = (PARKED, PHOTOS, LEFT)
"""Where nothing is asked, but something waits."""
DOORS = (GRIEVANCE, PROTECTED)

every_place = pytest.mark.parametrize("place", PLACES, ids=str)


def some(*topics: str) -> pytest.MarkDecorator:
    """The places of these topics."""
    return pytest.mark.parametrize("place", [each for each in PLACES if each.do in topics], ids=str)


def in_code() -> set[str]:
    """The names of all places, as the code has them."""
    places = {
        REPORTING: {str(step) for step in Step},
        GRIEVANCE: {str(ask) for ask in Ask},
        PROTECTED: set(QUESTIONS),
        "invite": set(ASKED),
    }
    single = STEPS.keys() - places.keys()
    return {f"{do}.{name}" for do, names in places.items() for name in names} | single


def step_of(one: Chat) -> str:
    """All that is kept of the conversation, to look for words in it."""
    return json.dumps(one.step, ensure_ascii=False)


def writes(one: Chat, before: int = 0) -> list[Any]:
    """What was written since: all but what was sent, and what is only noted."""
    return [each for each in one.done[before:] if not isinstance(each, (*SENT, *NOTED))]


def assert_kept(one: Chat, place: Place, way: str) -> None:
    """What was told is still there, wherever the person stands now."""
    assert stands(one.step) in {"", *in_code(), *PASSIVE}, way
    assert place.told in step_of(one), way


def come_back(one: Chat, place: Place) -> None:
    """By the conversation's own command to the place that was left."""
    shown = one.say(place.back)
    assert shown
    if place.button:
        one.press(place.button)


# --- The table


def test_the_table_has_every_place_that_the_code_has() -> None:
    assert {place.name for place in PLACES} == in_code() | set(PASSIVE)


@every_place
def test_its_turns_lead_there_and_its_answer_goes_on(place: Place) -> None:
    one = place.reached()
    assert stands(one.step) == place.name
    assert place.told in step_of(one)
    assert go(one, place.answer)
    assert stands(one.step) == place.then


# --- Giving it up


@every_place
def test_never_mind(place: Place) -> None:
    for words in ("ยกเลิก", "ยกเลิกค่ะ", "ขอยกเลิกก่อนนะคะ", "ไม่เอาแล้วครับ"):
        one = place.reached()
        before = len(one.done)
        assert one.say(words)
        if place.told and place.do in (PARKED, LEFT):  # what waits is shown before it goes
            assert place.told in step_of(one)
            one.press("ยกเลิก")
        assert_given_up(one, place, before)


@every_place
def test_its_button(place: Place) -> None:
    one = place.reached()
    if "ยกเลิก" not in one.labels:
        return
    before = len(one.done)
    assert one.press("ยกเลิก")
    assert_given_up(one, place, before)


def assert_given_up(one: Chat, place: Place, before: int) -> None:
    assert one.step is None
    assert all(isinstance(each, LET_GO) for each in writes(one, before))
    if place.back and place.told:
        one.say(place.back)
        assert place.told not in step_of(one), "it begins anew"


# --- Something else in the middle

COMMANDS = [
    *(words[0] for _, words in ROUTES if words[0] not in ("สวัสดี", "รายงานผล")),
    *(words[0] for *_, words, _ in WHOLE if words[0] != "แก้ไขรายงานล่าสุด"),
    "มาตรการ 5",
]
POLITELY = ["งานค้างครับ", "คะแนนค่ะ", "ช่วยเหลือหน่อยค่ะ", "มาตรการ 5 ค่ะ", "เตือนหน่อยนะครับ"]


@every_place
def test_another_command(place: Place) -> None:
    """It is answered; what was told waits, is offered again, and goes on where it stood."""
    for command in (*COMMANDS, *POLITELY):
        one = place.reached()
        before = len(one.done)
        assert one.say(command)
        assert not writes(one, before)
        is_word = _is_answer_in_own_words(place, command)
        assert is_word or command not in step_of(one), "no command is taken for an answer"
        assert is_word or place.told in step_of(one)
        now_at = stands(one.step).partition(".")[0]
        assert is_word or now_at in ("", "invite", *PASSIVE, *DOORS)
        if place.back and place.told and stands(one.step) in PASSIVE:
            come_back(one, place)
            assert place.told in step_of(one)
            assert place.do in PASSIVE or stands(one.step) == place.name
            asks_again = place.do == REPORTING and place.variant != "menu"
            assert not asks_again or one.labels == place.reached().labels


def _is_answer_in_own_words(place: Place, command: str) -> bool:
    """A clerk's ตรวจรับ or สมาชิก, which are a coordinator's commands, may be what was done; and a
    measure may be what a protected report is about."""
    of_coordinators = ("เชิญสมาชิก", "สมาชิก", "ตรวจรับ")
    if command.startswith("มาตรการ 5"):
        return place.do == PROTECTED
    return place.do == REPORTING and command in of_coordinators


@some("invite", "send_back", ADDING)
def test_a_late_answer_to_what_was_left_does_nothing(place: Place) -> None:
    one = place.reached()
    one.say("คะแนน")
    before = len(one.done)
    one.say("5 คน" if place.do == "invite" else "ขาดรูปถ่าย")
    assert not writes(one, before)


@every_place
def test_skipping_and_going_back_are_no_words(place: Place) -> None:
    for words in ("ข้าม", "ข้ามค่ะ", "ย้อนกลับ", "ย้อนกลับครับ"):
        one = place.reached()
        before, button = len(one.done), words.removesuffix("ค่ะ").removesuffix("ครับ")
        has_button = button in one.labels and place.variant != "menu"
        assert one.say(words)
        assert not writes(one, before)
        assert words not in step_of(one)
        assert_kept(one, place, words)
        if has_button:
            other = place.reached()
            other.press(button)
            assert stands(one.step) == stands(other.step)


@every_place
def test_politeness_answers_nothing(place: Place) -> None:
    for words in ("สวัสดีค่ะ", "ขอบคุณครับ", "🙏", "...", "สวัสดี"):
        one = place.reached()
        before = len(one.done)
        assert one.say(words)
        assert not writes(one, before)
        assert words not in step_of(one)
        assert_kept(one, place, words)
        is_over = place.do == ADDING and words == "ขอบคุณครับ"
        stays = stands(one.step) == place.name or place.name == "grievance.mend_what"
        assert stays or is_over


@some(*DOORS)
def test_a_report_waits_while_a_case_is_told(place: Place) -> None:
    """Sent or given up, the case leaves the report where it was."""
    if place.person == CITIZEN:
        return
    for end in ("ยกเลิก", "คะแนน"):
        one = replace(place, turns=(*IN_A_REPORT, *place.turns), variant="in a report").reached()
        assert stands(one.step) == place.name
        one.say(end)
        assert stands(one.step) in (PARKED, LEFT)
        one.say("รายงานผล")
        one.press("ทำต่อ")
        assert stands(one.step) == "reporting.outcome"
        assert OUTPUT in step_of(one)


@some(REPORTING, PARKED, PHOTOS, "send_back")
def test_whoever_leaves_the_agency_leaves_nothing_behind(place: Place) -> None:
    one = place.reached()
    one.desk.people.known = [MEMBER, HEAD, replace(HEAD, number=1003, ref="p-another")]
    one.say("ออกจากระบบ")
    one.tap(do="leave_now")
    (change,) = [each for each in one.done if isinstance(each, Leave)]
    assert change.ref == place.person.ref
    assert one.step is None


# --- A report on another measure


def test_on_another_measure_where_words_are_asked_for_it_is_asked() -> None:
    for place in (each for each in PLACES if each.do == REPORTING and not each.variant):
        one = place.reached()
        before = len(one.done)
        one.say(OTHERS)
        in_own_words = place.name.partition(".")[2] in ("output", "outcome", "obstacle", "budget")
        assert [each.progress.measure_id for each in writes(one, before)] == (
            [] if in_own_words else [5]
        )
        assert not in_own_words or "รายงานของ ม5" in one.labels
        assert_kept(one, place, OTHERS)


WHOLE_REPORTS = ("รายงานผล 5 60% ประชุมแล้ว", "รายงานผล ม5 60%", OTHERS)


@some(REPORTING, PARKED, PHOTOS, "invite", "send_back", LEFT)
def test_a_whole_report_is_one_and_what_was_told_waits(place: Place) -> None:
    if place.person == CITIZEN or place.variant == "correcting":
        return
    for words in WHOLE_REPORTS:
        if words == OTHERS and place.do == REPORTING:
            continue  # without the command it may be an answer
        one = place.reached()
        before = len(one.done)
        assert one.say(words)
        (change,) = writes(one, before)
        assert isinstance(change, ReportProgress)
        assert change.progress.measure_id == 5
        assert_kept(one, place, words)
        assert words not in step_of(one)


@some(*DOORS, ADDING)
def test_where_a_case_is_told_no_word_is_taken_for_a_report(place: Place) -> None:
    """Others read reports; a clerk may complain of just such a one."""
    for words in WHOLE_REPORTS:
        one = place.reached()
        before = len(one.done)
        assert one.say(words)
        assert not [each for each in writes(one, before) if isinstance(each, ReportProgress)]
        assert place.name == "grievance.mend_what" or place.told in step_of(one)


@some("send_back")
def test_a_reason_may_speak_of_other_measures(place: Place) -> None:
    for reason in ("ม5 เสร็จแล้ว แต่ ม3 ยังขาดรูป", "ขอรูปอย่าง ม5", "เหมือน ม5 ที่ส่งคืนไป 60%"):
        one = place.reached()
        one.say(reason)
        (change,) = writes(one)
        assert (type(change).__name__, change.reason) == ("SendBack", reason)


# --- What is no text


@every_place
def test_what_is_no_text(place: Place) -> None:
    for kind in ("sticker", "image", "video", "audio", "file", "location", "place", "hologram"):
        one = place.reached()
        before = len(one.done)
        on_map = OnMap("", 15.0, 100.0) if kind == "place" else None
        assert one.send("location" if kind == "place" else kind, place=on_map)
        assert place.do == ADDING or not writes(one, before)
        assert_kept(one, place, kind)
        answers = {"place": ("grievance.where", "grievance.mend_where"),
                   "audio": ("grievance.which", "grievance.what")}  # fmt: skip
        begins = place.do in PASSIVE or place.name in answers.get(kind, ())
        assert begins or stands(one.step) == place.name
        is_kept = any(isinstance(each, SENT) for each in one.done[before:])
        assert is_kept or "เก็บ" in readable(one.said) or kind in ("place",), "it is said"


@every_place
def test_the_question_stands_again_below_what_was_not_taken(place: Place) -> None:
    if place.do not in (REPORTING, *DOORS, ADDING) or place.variant == "menu":
        return
    one = place.reached()
    labels = one.labels
    one.send("sticker")
    assert one.labels == labels


@every_place
def test_the_account_is_blocked_and_added_again(place: Place) -> None:
    one = place.reached()
    before, step = len(one.done), one.step
    assert one.happens("unfollow") == ""
    assert one.happens("follow")
    assert one.step == step
    noted = [isinstance(each, NoteBlocked) for each in one.done[before:]]
    assert noted == ([] if place.person == CITIZEN else [True, True])
    go(one, place.answer) if place.variant else one.say("คะแนน")
    assert one.said.replies


@every_place
def test_any_message_is_taken_back(place: Place) -> None:
    """Its words are gone from what waits, and the conversation goes on."""
    for number in range(len(place.reached().messages)):
        one = place.reached()
        before = len(one.done)
        assert one.unsend(one.messages[number]) == ""
        assert all(isinstance(each, Unsend) for each in one.done[before:])
        assert one.step is not None
        assert stands(one.step) == place.name
        is_told = bool(place.told) and place.told in str(place.turns[: number + 1][-1:])
        assert one.messages[number] not in step_of(one) or not is_told
        assert one.say("คะแนน")
        assert not writes(one, before)
    one = place.reached()
    outcome = answer(Event("unsend", one.now), one.person, one.desk, one.now, one.step)
    assert outcome == NOTHING, "of no message: it stands for nothing"
    step = one.step
    one.unsend("of-another-chat")
    assert one.step == step


def test_the_words_of_a_message_taken_back_are_gone() -> None:
    for place in PLACES:
        if not place.told or place.variant == "correcting":
            continue
        one = place.reached()
        for message in one.messages:
            one.unsend(message)
        assert place.told not in step_of(one), place


# --- Another time


@every_place
def test_buttons_of_before_do_no_harm(place: Place) -> None:
    """All that were shown on the way: no one but giving it up loses what was told."""
    for action in place.reached().shown:
        one = place.reached()
        before, is_now = len(one.done), action in one.actions
        assert one.do(action)
        gives_up = action.get("go") in ("discard", "cancel", "retell")
        holds = action.get("go") == "confirm" or action["do"] == "accept"  # it is as it was shown
        decides = is_now and (action.get("go") in ("send", "anew") or place.do == "invite")
        assert gives_up or holds or is_now or not writes(one, before)
        assert gives_up or holds or decides or place.told in step_of(one), action
        assert stands(one.step) in {"", *in_code(), *PASSIVE}


@every_place
def test_after_a_week_nothing_is_left_and_its_buttons_say_so(place: Place) -> None:
    for action in place.reached().actions:
        one = place.reached()
        one.step = None
        before = len(one.done)
        assert one.do(action)
        carries_all = place.do in ("invite", "send_back", ADDING, PHOTOS)
        assert carries_all or not writes(one, before)
        assert not place.told or place.told not in step_of(one)
    one = place.reached()
    one.step = None
    before = len(one.done)
    assert one.say("ขาดรูปถ่าย 5 คน")
    assert not writes(one, before)


@some(*DOORS, LEFT, ADDING)
def test_a_case_of_yesterday_is_not_gone_on_with(place: Place) -> None:
    for words in ("น้ำประปาไม่ไหลหน้าตลาดทดสอบ", "ข้าม", "ยกเลิก"):
        one = place.reached()
        one.wait(hours=25)
        before = len(one.done)
        assert one.say(words)
        assert not writes(one, before)
        assert not place.told or place.told not in step_of(one)


@some(PHOTOS)
def test_photos_of_before_are_of_no_later_report(place: Place) -> None:
    one = place.reached()
    one.wait(hours=2)
    one.say("ม3 80% ประชุมแล้ว")
    assert one.reports[0].links == ()


# --- Meanwhile something else changed


@every_place
def test_a_role_is_taken_away_meanwhile(place: Place) -> None:
    """Nothing is written any more, and nothing of a report stays."""
    if place.person == CITIZEN:
        return
    whatever: Sequence[Any] = [place.answer, *place.reached().actions]
    for turn in whatever:
        one = place.reached()
        one.person = Person(place.person.ref)
        before = len(one.done)
        assert one.say(turn) if isinstance(turn, str) else one.do(_action(one, turn))
        of_everybody = place.do in (*DOORS, LEFT, ADDING)
        assert of_everybody or not writes(one, before)
        assert of_everybody or one.step is None
        assert OUTPUT not in step_of(one)
    one = place.reached()
    one.person = Person(place.person.ref)
    assert one.send("image")
    assert OUTPUT not in step_of(one)


def _action(one: Chat, facts: dict[str, Any]) -> dict[str, Any]:
    (action,) = [each for each in one.actions if {**each, **facts} == each][:1]
    return action


@some(REPORTING, PARKED, "send_back")
def test_the_measure_leaves_the_plan_meanwhile(place: Place) -> None:
    for turn in (place.answer, "ประชุมชี้แจงแล้ว"):
        one = place.reached()
        action = _action(one, dict(turn)) if not isinstance(turn, str) else None
        one.desk.all_measures = [each for each in place.measures if each.id not in (3, 7)]
        before = len(one.done)
        assert one.do(action) if action else go(one, turn)
        assert not writes(one, before)
        assert one.step is None or place.do == PARKED
        one.say("รายงานผล")
        assert one.step is None, "nothing is offered that cannot be gone on with"


@some("send_back")
def test_the_measure_is_judged_meanwhile(place: Place) -> None:
    for changed in ({"status": Status.DONE}, {"evidence": ()}, {"output": "แก้คำ"}):
        one = place.reached()
        one.desk.all_measures = [replace(each, **changed) for each in place.measures]
        assert "เปลี่ยน" in one.say("ขาดรูปถ่าย")
        assert (writes(one), one.step) == ([], None)


@some(REPORTING)
def test_the_person_belongs_to_another_unit_meanwhile(place: Place) -> None:
    for turn in (place.answer, "ยืนยัน", "ยกเลิก"):
        one = place.reached()
        action = _action(one, dict(turn)) if not isinstance(turn, str) else None
        one.person = replace(FINANCE, ref=place.person.ref)
        before = len(one.done)
        assert one.do(action) if action else one.say(str(turn))
        assert not writes(one, before)
        assert one.step is None


# --- Others read along


@every_place
def test_in_a_group_it_does_not_go_on(place: Place) -> None:
    """LINE's reply would be everybody's: no answer is taken, no button works, nothing is shown."""
    one = place.reached()
    for chat in ("group", "room"):
        words = place.answer if isinstance(place.answer, str) else "ประชุมแล้ว"
        events = [
            Event("message", one.now, chat, "text", words, message_id="m"),
            Event("message", one.now, chat, "text", "ยกเลิก", message_id="m"),
            Event("message", one.now, chat, "image", message_id="m"),
            *(Event("postback", one.now, chat, pressed=each) for each in one.actions),
        ]
        for event in events:
            outcome = answer(event, one.person, one.desk, one.now, one.step)
            assert outcome.changes == ()
            assert not place.told or place.told not in readable(outcome)


# --- Questions that are buttons alone

every_question = pytest.mark.parametrize("question", ASKED_BY_BUTTON, ids=str)


def test_the_table_shows_every_kind_of_button() -> None:
    """One that no row leads to has no way out that is tried."""
    shown = [each for place in PLACES for each in _all_shown(place)]
    shown += [each for question in ASKED_BY_BUTTON for each in question.reached().shown]
    assert {each["do"] for each in shown} == set(PRESSES)
    assert {each["go"] for each in shown if each["do"] == REPORTING} >= IN_DRAFT


def _all_shown(place: Place) -> Sequence[Any]:
    one = place.reached()
    go(one, place.answer)
    return one.shown


@every_question
def test_whoever_goes_on_with_something_else_has_answered_nothing(question: Question) -> None:
    for words in (*COMMANDS, *POLITELY, "ยกเลิก", "ไม่", "ข้าม", "ขอบคุณค่ะ", "..."):
        one = question.reached()
        before, waits = len(one.done), one.step
        assert one.say(words), words
        given_up = waits and words == "ยกเลิก"
        assert given_up or not writes(one, before), words
        begun = stands(one.step).partition(".")[0]
        assert waits or begun in ("", "invite", *DOORS), words
    for kind in ("sticker", "video", "location"):
        one = question.reached()
        before = len(one.done)
        assert one.send(kind)
        assert not writes(one, before)


@every_question
def test_no_leaves_all_as_it_is(question: Question) -> None:
    """Its yes is there to be pressed, and its no writes nothing."""
    one = question.reached()
    assert [each for each in one.actions if {**each, **question.yes} == each]
    if question.no is not None:
        before = len(one.done)
        assert one.tap(**question.no)
        assert not writes(one, before)


@every_question
def test_a_button_of_a_role_that_is_gone_does_nothing(question: Question) -> None:
    if question.person == CITIZEN:
        return
    for action in question.reached().actions:
        one = question.reached()
        one.person = Person(question.person.ref)
        before = len(one.done)
        assert one.do(action)
        assert len(one.done) == before
        assert one.step is None


@every_question
def test_its_buttons_do_nothing_in_a_group(question: Question) -> None:
    one = question.reached()
    for action in one.actions:
        event = Event("postback", one.now, "group", pressed=action)
        outcome = answer(event, one.person, one.desk, one.now, one.step)
        assert outcome.changes == ()
        assert "ปุ่มนี้ใช้ไม่ได้" in readable(outcome)
