"""The protected door as a conversation: every way through it, and every way out."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.desk import Event, Outcome, Person
from handlers.router import answer
from handlers.topics.complaints.protected import contact_in
from ita.agency import Unit
from ita.changes import AddToCase, DropUploads, FileCase, KeepUpload, ReportProgress
from ita.complaints import Kind, Notices, Place, receipt_shown
from ita.complaints.doors import Doors, Receiver, route, whole_units
from tests.handlers.case_double import CHIEF, CLERK, DOORS, LEGAL, SUBSTITUTE, CaseDouble
from tests.handlers.desk_double import (
    AGENCY,
    CITIZEN,
    COORDINATOR,
    NOW,
    DeskDouble,
    readable,
    text_event,
)
from tests.handlers.desk_double import CLERK as STAFF
from tests.handlers.sendable import assert_sendable, parts
from tests.handlers.talk import Talk
from tests.handlers.test_own_cases import own

CANARY = "นกขมิ้นเหลืองอ่อนค่ำนี้จะนอนไหน"
KIND = "ทุจริตและประพฤติมิช…"


@dataclass
class Told(Talk):
    """A conversation that counts its presses, and whose clock goes."""

    now: datetime = NOW
    presses: int = 0
    heard: list[Outcome] = field(default_factory=list)

    def press(self, label: str) -> str:
        self.presses += 1
        return super().press(label)

    def tap(self, verb: str, **facts: object) -> str:
        """The button of the newest answer that does this."""
        fits = [one for one in self.actions if {**one, "go": verb, **facts} == one]
        (action,) = fits
        self.presses += 1
        return self.do(action)

    def photo(self, message_id: str, kind: str = "image") -> str:
        event = Event("message", self.now, message_kind=kind, message_id=message_id)
        return self._happens(event)

    def _happens(self, event: Event) -> str:
        self.said = answer(event, self.person, self.desk, self.now, self.step)
        assert_sendable(self.said.replies)
        self.heard.append(self.said)
        text_or_press = event.kind == "postback" or event.message_kind == "text"
        if self.said.step is not None or text_or_press:
            self.step = json.loads(json.dumps(self.said.step))
        return readable(self.said)

    def to_receivers(self, unit: str = "กองช่าง") -> str:
        self.say("ร้องเรียนทุจริต")
        self.tap("kind", kind="corruption")
        return self.tap("unit", unit=unit)

    def to_review(self, story: str = CANARY) -> str:
        self.to_receivers()
        self.tap("ask", ask="story")
        self.say(story)
        self.tap("on")
        return self.tap("on")

    @property
    def filed(self) -> FileCase:
        (found,) = [one for one in self.said.changes if isinstance(one, FileCase)]
        return found


def told(person: Person = CITIZEN, **desk: Any) -> Told:
    return Told(person, DeskDouble(**desk))


def dropped(outcome: Outcome) -> list[str]:
    return [name for one in outcome.changes if isinstance(one, DropUploads) for name in one.ids]


# ── the whole way ───────────────────────────────────────────────────────────


def test_the_door_says_first_what_one_should_know() -> None:
    talk = told()
    said = talk.say("ร้องเรียนทุจริต")
    facts = ("ยังไม่มีอะไรส่งถึงใคร", "ไม่เห็นชื่อและรูป", "ยังอยู่ใน LINE", "1205", "เป็นเรื่องแบบใด")
    places = [said.index(fact) for fact in facts]
    assert places == sorted(places)
    links = [part["uri"] for part in parts(list(talk.said.replies)) if "uri" in part]
    assert links == [talk.desk.cases.web_address]
    assert talk.said.changes == ()


def test_the_shortest_way_takes_seven_taps_with_the_one_that_opens_it() -> None:
    talk = told()
    talk.say("ร้องเรียนทุจริต")  # the button of the menu writes this
    talk.presses = 1
    talk.tap("kind", kind="corruption")
    talk.tap("unit", unit="กองช่าง")
    talk.tap("ask", ask="story")
    talk.say(CANARY)
    talk.tap("on")
    talk.tap("on")
    talk.tap("send")
    assert isinstance(talk.filed, FileCase)
    assert talk.presses == 7


def test_what_is_filed_is_what_was_told() -> None:
    talk = told()
    talk.to_review()
    said = talk.tap("send")
    filed = talk.filed
    assert (filed.kind, filed.about, filed.struck) == (Kind.CORRUPTION, ("กองช่าง",), ())
    assert [part.text for part in filed.parts] == [CANARY]
    assert (filed.contact, filed.notices, filed.title) == (("", ""), Notices.NONE, "")
    assert said.count(filed.number) == 1
    assert said.count(receipt_shown(filed.receipt)) == 1
    assert talk.step is None


def test_the_receipt_code_stands_in_the_body_alone() -> None:
    talk = told()
    talk.to_review()
    talk.tap("send")
    code = talk.filed.receipt
    (card,) = talk.said.replies
    outside = [card["altText"], json.dumps(talk.actions)]
    outside += [part.get("uri", "") for part in parts(card)]
    assert not any(form in text for text in outside for form in (code, receipt_shown(code)))
    assert CANARY not in json.dumps(card, ensure_ascii=False)


def test_its_words_are_shown_back_on_the_last_look_and_nowhere_else() -> None:
    talk = told()
    said = talk.to_review()
    assert CANARY in said
    talk.tap("ask", ask="contact")
    talk.say("ผู้ทดสอบ นกแก้ว 081-000-0000")
    talk.tap("send")
    for outcome in talk.heard:
        for part in parts(list(outcome.replies)):
            shown = [str(part.get(key, "")) for key in ("altText", "label", "displayText", "data")]
            assert not any(word in text for text in shown for word in (CANARY, "นกแก้ว", "000-0000"))


def test_every_button_of_the_door_is_one_that_the_store_seals() -> None:
    talk = told()
    talk.to_review()
    talk.tap("send")
    actions = [
        part["data"]
        for outcome in talk.heard
        for part in parts(list(outcome.replies))
        if part.get("type") == "postback"
    ]
    assert len(actions) > 20
    assert all("case" in action or "party" in action for action in actions)


def test_many_messages_and_photos_make_one_story() -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("ask", ask="story")
    talk.say("หนึ่ง")
    assert "2 ข้อความ" in talk.say("สอง")
    talk.tap("on")
    talk.photo("m1")
    (kept,) = [one for one in talk.said.changes if isinstance(one, KeepUpload)]
    assert kept.message_id == "m1"
    talk.photo("m2", "audio")
    talk.tap("on")
    talk.tap("send")
    assert [part.text for part in talk.filed.parts] == ["หนึ่ง", "สอง"]
    assert [one.kind for one in talk.filed.uploads] == ["image", "audio"]


def test_words_that_opened_the_door_are_in_the_draft_and_nobody_was_told() -> None:
    talk = told()
    said = talk.say(f"ร้องเรียนทุจริต {CANARY}")
    assert "อยู่ในร่างแล้ว" in said
    assert (CANARY in said, talk.said.changes) == (False, ())
    talk.tap("kind", kind="corruption")
    talk.tap("unsure")
    talk.tap("ask", ask="story")
    talk.tap("on")
    assert CANARY in talk.tap("on")


def test_what_is_told_before_it_is_asked_is_kept_and_the_question_stands() -> None:
    talk = told()
    talk.say("ร้องเรียนทุจริต")
    assert "กันผู้เกี่ยวข้องออก" in talk.say(CANARY)
    talk.tap("kind", kind="conduct")
    assert "กันผู้เกี่ยวข้องออก" in talk.say("อีกเรื่อง")
    talk.photo("m1")
    talk.tap("unsure")
    talk.tap("ask", ask="story")
    talk.tap("on")
    talk.tap("on")
    talk.tap("send")
    assert [part.text for part in talk.filed.parts] == [CANARY, "อีกเรื่อง"]
    assert len(talk.filed.uploads) == 1


@pytest.mark.parametrize("person", [STAFF, COORDINATOR], ids=["staff", "coordinator"])
def test_staff_have_the_same_door_and_nothing_of_theirs_is_in_the_case(person: Person) -> None:
    talk, citizens = told(person), told()
    said = [each.to_review() for each in (talk, citizens)]
    assert said[0] == said[1]
    talk.tap("send")
    citizens.tap("send")
    assert talk.filed == citizens.filed
    assert person.ref not in repr(talk.filed)


def test_english_stays_english() -> None:
    talk = told()
    assert "Nothing has been sent" in talk.say("report corruption")
    assert "Whom is it about?" in talk.tap("kind", kind="corruption")
    talk.tap("unsure")
    talk.tap("ask", ask="story")
    assert "In the draft" in talk.say("he wanted money")
    talk.tap("on")
    assert "A last look" in talk.tap("on")
    assert "Receipt code" in talk.tap("send")


def test_a_name_is_given_only_by_whoever_wants_to() -> None:
    talk = told()
    assert "ไม่เปิดเผย" in talk.to_review()
    talk.tap("ask", ask="contact")
    assert "ผู้ทดสอบ 0810000000" in talk.say("ผู้ทดสอบ ๐๘๑ ๐๐๐ ๐๐๐๐")
    talk.tap("ask", ask="contact")
    assert "ไม่เปิดเผย" in talk.tap("conceal")
    talk.tap("send")
    assert talk.filed.contact == ("", "")


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("ผู้ทดสอบ", ("ผู้ทดสอบ", "")),
        ("0810000000", ("", "0810000000")),
        ("โทร 02-000-0000", ("", "020000000")),
        ("ผู้ทดสอบ เบอร์โทร 081-0000000", ("ผู้ทดสอบ", "0810000000")),
        ("ผู้ทดสอบ 12345", ("ผู้ทดสอบ 12345", "")),
    ],
)
def test_a_contact_in_one_line(typed: str, contact: tuple[str, str]) -> None:
    assert contact_in(typed) == contact


def test_over_the_limit_it_is_filed_all_the_same() -> None:
    talk = told(cases=CaseDouble(filing=frozenset({CITIZEN.ref})))
    talk.to_review()
    assert "จะดูก่อนส่งต่อ" in talk.tap("send")
    assert talk.filed.number


def test_a_long_story_is_cut_on_the_last_look_and_filed_whole() -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("ask", ask="story")
    for number in range(32):
        talk.say(f"{number} " + "ก้" * 2_400)
    assert "เต็มแล้ว" in readable(talk.said)
    talk.tap("on")
    talk.tap("on")
    talk.tap("send")
    assert len(talk.filed.parts) == 30


# ── who receives it ─────────────────────────────────────────────────────────


def test_whoever_works_in_the_unit_is_not_among_the_receivers() -> None:
    said = told().to_receivers("สำนักปลัด")
    assert "นายก" in said
    assert "ปลัด\n" not in said.replace("สำนักปลัด", "")
    assert "งานนิติการ" not in said


def test_a_struck_receiver_is_gone_from_the_list_and_in_the_case() -> None:
    talk = told()
    talk.to_receivers()
    said = talk.tap("strike", office=LEGAL.key)
    assert "งานนิติการ" not in said
    assert "นายก" in said
    talk.tap("ask", ask="story")
    talk.say(CANARY)
    talk.tap("on")
    assert "งานนิติการ" not in talk.tap("on")
    talk.tap("send")
    assert talk.filed.struck == (LEGAL.key,)


def test_an_office_that_it_is_about_takes_its_unit_with_it() -> None:
    talk = told()
    talk.say("ร้องเรียนทุจริต")
    talk.tap("kind", kind="corruption")
    said = talk.tap("office", office=CLERK.key)
    assert "งานนิติการ" not in said
    assert "นายก" in said
    talk.tap("ask", ask="story")
    talk.say(CANARY)
    talk.tap("on")
    talk.tap("on")
    talk.tap("send")
    assert (talk.filed.about, talk.filed.struck) == (("สำนักปลัด",), (CLERK.key,))


def test_where_nobody_is_left_the_substitute_receives_it() -> None:
    talk = told()
    talk.to_receivers("สำนักปลัด")
    said = talk.tap("strike", office=CHIEF.key)
    assert "ผู้รับสำรอง" in said
    assert SUBSTITUTE.title in said


def test_where_not_even_the_substitute_is_left_nothing_is_filed_or_kept() -> None:
    talk = told()
    talk.to_receivers("สำนักปลัด")
    talk.photo("m1")
    talk.tap("strike", office=CHIEF.key)
    said = talk.tap("strike", office=SUBSTITUTE.key)
    assert "1205" in said
    assert "ไม่มีอะไรถูกส่งหรือเก็บไว้" in said
    assert dropped(talk.said) == ["upload-m1"]
    assert talk.step is None


def test_an_agency_without_receivers_says_so_before_a_word_is_kept() -> None:
    talk = told(cases=CaseDouble(doors=replace(DOORS, receivers=(), substitute=None)))
    said = talk.say(f"ร้องเรียนทุจริต {CANARY}")
    assert "1205" in said
    assert talk.step is None


def test_several_units_can_be_chosen_and_chosen_anew() -> None:
    talk = told()
    talk.to_receivers("กองช่าง")
    said = talk.tap("units")
    assert "✓ กองช่าง" in said
    assert "กองคลัง, กองช่าง" in talk.tap("unit", unit="กองคลัง")
    talk.tap("anew")
    assert "เกี่ยวกับ: ไม่ระบุ" in talk.tap("unsure")


def test_a_unit_stands_for_all_below_it() -> None:
    tree = (Unit("กองช่าง"), Unit("งานโยธา", "กองช่าง"), Unit("กองคลัง"))
    inside = Receiver("works", "หัวหน้างานโยธา", "งานโยธา")
    doors = replace(DOORS, receivers=(inside, CHIEF))
    talk = told(agency=replace(AGENCY, units=tree), cases=CaseDouble(doors=doors))
    said = talk.to_receivers("กองช่าง")
    assert "หัวหน้างานโยธา" not in said
    assert "เกี่ยวกับ: กองช่าง\n" in said


def test_many_units_come_by_the_page() -> None:
    units = tuple(Unit(f"หน่วยที่ {number} ซึ่งมีชื่อยาวพอสมควรจริงๆ") for number in range(30))
    talk = told(agency=replace(AGENCY, units=units))
    talk.say("ร้องเรียนทุจริต")
    seen = talk.tap("kind", kind="conduct")
    seen += talk.tap("units", first=12)
    seen += talk.tap("units", first=24)
    assert all(unit.name in seen for unit in units)
    assert "หน่วยที่ 0 " in talk.tap("units", first=0)


NAMES = ["ก", "ข", "ค", "ง"]
RECEIVERS = st.lists(
    st.builds(Receiver, st.sampled_from("abcde"), st.just("X"), st.sampled_from(["", *NAMES])),
    max_size=5,
    unique_by=lambda one: one.key,
)  # fmt: skip
TREE = st.lists(
    st.builds(Unit, st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES)),
    max_size=4,
    unique_by=lambda one: one.name,
)


@given(RECEIVERS, TREE, st.data())
def test_nobody_named_or_struck_is_ever_shown(
    receivers: list[Receiver], tree: list[Unit], data: st.DataObject
) -> None:
    """Whatever is pressed, in whatever order: whoever is concerned is never a receiver again."""
    substitute = Receiver("z", "Z") if data.draw(st.booleans()) else None
    doors = Doors(receivers=tuple(receivers), substitute=substitute)
    agency = replace(AGENCY, units=tuple(tree))
    talk = told(agency=agency, cases=CaseDouble(doors=doors))
    talk.say("ร้องเรียนทุจริต")
    struck: set[str] = set()
    units: set[str] = set()
    for _ in range(data.draw(st.integers(1, 6))):
        if not talk.actions:
            break
        action = data.draw(st.sampled_from(talk.actions))
        if action["go"] in ("cancel", "anew", "on"):
            continue
        struck |= {action["office"]} if "office" in action else set()
        units |= {action["unit"]} if "unit" in action else set()
        units |= {
            one.unit
            for one in receivers
            if action["go"] == "office" and one.key == action["office"]
        } - {""}
        talk.do(action)
        concerned = set(whole_units(tree, units))
        offered = {one["office"] for one in talk.actions if one["go"] == "strike"}
        assert not offered & struck
        assert not offered & {one.key for one in receivers if one.unit in concerned}
        if talk.step is None:
            assert route(doors, concerned, struck).is_outside_only


# ── out of it, and back ─────────────────────────────────────────────────────


def test_cancelled_nothing_stays() -> None:
    talk = told()
    talk.to_receivers()
    talk.photo("m1")
    said = talk.tap("cancel")
    assert "ไม่มีอะไรถูกส่ง" in said
    assert dropped(talk.said) == ["upload-m1"]
    assert talk.step is None


@pytest.mark.parametrize("word", ["ยกเลิก", "cancel"])
def test_it_can_be_cancelled_by_typing(word: str) -> None:
    talk = told()
    talk.to_receivers()
    assert "ไม่มีอะไรถูกส่ง" in talk.say(word)
    assert talk.step is None


def test_buttons_can_be_typed() -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("ask", ask="story")
    assert "ยังไม่มีเรื่องในร่าง" in talk.say("ต่อไป")
    talk.say(CANARY)
    talk.say("ต่อไป")
    assert CANARY in talk.say("ข้าม")


def test_the_story_can_be_told_anew() -> None:
    talk = told()
    talk.to_receivers()
    talk.photo("m1")
    talk.tap("ask", ask="story")
    talk.say(CANARY)
    talk.tap("on")
    talk.tap("on")
    talk.tap("retell")
    assert dropped(talk.said) == ["upload-m1"]
    talk.say("ใหม่")
    talk.tap("on")
    assert CANARY not in talk.tap("on")


def test_a_button_of_a_sent_draft_does_nothing() -> None:
    talk = told()
    talk.to_review()
    (send,) = [one for one in talk.actions if one["go"] == "send"]
    talk.do(send)
    assert talk.filed
    assert "ร่างนี้ไม่มีแล้ว" in talk.do(send)
    assert talk.said.changes == ()
    assert "ยังไม่มีอะไรส่งถึงใคร" in talk.tap("open")


def test_an_old_last_look_does_not_send_what_was_changed_since() -> None:
    talk = told()
    talk.to_review()
    (send,) = [one for one in talk.actions if one["go"] == "send"]
    talk.tap("ask", ask="receivers")
    talk.tap("strike", office=CHIEF.key)
    talk.do(send)
    assert talk.said.changes == ()
    talk.tap("ask", ask="story")
    talk.say("อีก")
    talk.tap("on")
    talk.tap("on")
    talk.do(send)
    assert talk.said.changes == ()
    talk.tap("send")
    assert talk.filed.struck == (CHIEF.key,)


def test_an_old_list_of_receivers_does_not_lead_on() -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("strike", office=CHIEF.key)
    (on,) = [one for one in talk.actions if one["go"] == "ask"]
    talk.tap("anew")
    assert "ใครจะได้รับเรื่อง" in talk.do(on)


def test_after_a_day_the_draft_is_gone() -> None:
    talk = told()
    talk.to_review()
    (send,) = [one for one in talk.actions if one["go"] == "send"]
    talk.now = NOW + timedelta(hours=24)
    assert "เกิน 24 ชั่วโมง" in talk.do(send)
    assert talk.said.changes == ()
    talk.to_receivers()
    talk.photo("m1")
    talk.now = NOW + timedelta(hours=49)
    talk.say("ร้องเรียนทุจริต")
    talk.tap("kind", kind="conduct")
    talk.tap("unsure")
    talk.tap("ask", ask="story")
    assert "on" not in [one["go"] for one in talk.actions]


def test_an_unfinished_report_is_gone_on_with() -> None:
    talk = told()
    talk.to_review()
    talk.say("คะแนน")
    assert CANARY in talk.say("ร้องเรียนทุจริต")
    talk.say("คะแนน")
    said = talk.say("ร้องเรียนทุจริต และยังมีอีก")
    assert "ร่างที่เขียนค้างไว้ยังอยู่" in said
    talk.tap("send")
    assert [part.text for part in talk.filed.parts] == [CANARY, "และยังมีอีก"]


def test_a_button_of_a_draft_that_waits_goes_on_with_it() -> None:
    talk = told()
    talk.to_review()
    (send,) = [one for one in talk.actions if one["go"] == "send"]
    talk.say("คะแนน")
    talk.do(send)
    assert talk.filed
    assert talk.step is None


def test_what_was_unsent_leaves_the_draft() -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("ask", ask="story")
    talk._happens(replace(text_event(CANARY), message_id="t1"))
    talk.say("คงไว้")
    talk.photo("m1")
    for message in ("t1", "m1"):
        talk._happens(Event("unsend", NOW, message_id=message))
    talk.say("ต่อไป")
    talk.tap("on")
    talk.tap("send")
    assert [part.text for part in talk.filed.parts] == ["คงไว้"]
    assert talk.filed.uploads == ()


def test_a_contact_that_was_unsent_is_not_disclosed() -> None:
    talk = told()
    talk.to_review()
    talk.tap("ask", ask="contact")
    talk._happens(replace(text_event("ผู้ทดสอบ 0810000000"), message_id="t1"))
    (send,) = [one for one in talk.actions if one["go"] == "send"]
    talk._happens(Event("unsend", NOW, message_id="t1"))
    assert "ไม่เปิดเผย" in talk.do(send)
    talk.tap("send")
    assert talk.filed.contact == ("", "")


@pytest.mark.parametrize("kind", ["sticker", "video", "location"])
def test_what_cannot_be_taken_is_said_so(kind: str) -> None:
    talk = told()
    talk.to_receivers()
    assert "ยังรับไม่ได้" in talk.photo("m1", kind)
    assert talk.said.changes == ()


@pytest.mark.parametrize("chat", ["group", "room"])
@pytest.mark.parametrize("person", [CITIZEN, STAFF], ids=["citizen", "staff"])
def test_in_a_group_there_is_only_the_invitation(chat: str, person: Person) -> None:
    event = text_event(f"ร้องเรียนทุจริต {CANARY}", chat=chat)
    outcome = answer(event, person, DeskDouble(), NOW)
    assert "ตัวต่อตัว" in readable(outcome)
    assert CANARY not in json.dumps(outcome.replies, ensure_ascii=False)
    assert (outcome.changes, outcome.step) == ((), None)


@pytest.mark.parametrize("action", [{"go": "send", "case": "x"}, {"go": "kind"}, {}])
def test_buttons_of_no_draft_do_nothing(action: dict[str, object]) -> None:
    talk = told()
    assert "ร่างนี้ไม่มีแล้ว" in talk.do({"do": "protected", **action})
    assert talk.said.changes == ()


def test_nothing_on_screen_calls_it_anonymous() -> None:
    talk = told()
    talk.to_review()
    talk.tap("send")
    for outcome in talk.heard:
        assert not any(word in readable(outcome) for word in ("นิรนาม", "ไม่ระบุตัวตน", "nonymous"))


# ── typed instead of tapped ─────────────────────────────────────────────────


def test_it_can_be_left_at_the_first_card() -> None:
    talk = told()
    talk.say("ร้องเรียนทุจริต")
    assert "ไม่มีอะไรถูกส่ง" in talk.tap("cancel")
    assert talk.step is None


@pytest.mark.parametrize("words", ["ยกเลิกจ้ะ", "ไม่เอาแล้ว", "อยากถอนเรื่อง", "ไม่ร้องเรียนแล้วค่ะ"])
def test_giving_up_in_other_words(words: str) -> None:
    talk = told()
    talk.to_review()
    assert "ไม่มีอะไรถูกส่ง" in talk.say(words)
    assert talk.step is None


@pytest.mark.parametrize("words", ["ส่งเลยจ้ะ", "ขอบคุณจ้ะ", "โอเค", "ตกลง"])
def test_at_the_last_look_nods_and_thanks_are_no_part_of_the_story(words: str) -> None:
    talk = told()
    talk.to_review()
    assert "กด ส่ง" in talk.say(words)
    talk.tap("send")
    assert [part.text for part in talk.filed.parts] == [CANARY]


@pytest.mark.parametrize("words", ["ไม่มีจ้ะ", "ข้ามค่ะ", "พอแล้ว"])
def test_no_evidence_in_other_words(words: str) -> None:
    talk = told()
    talk.to_receivers()
    talk.tap("ask", ask="story")
    talk.say(CANARY)
    talk.tap("on")
    assert "ตรวจดูก่อนส่ง" in talk.say(words)


@pytest.mark.parametrize("words", ["ขอร้องเรียนทุจริต", "อยากร้องเรียนเจ้าหน้าที่ค่ะ", "จะแจ้งเบาะแส"])
def test_the_wish_alone_is_no_story(words: str) -> None:
    talk = told()
    assert "อยู่ในร่างแล้ว" not in talk.say(words)
    assert (talk.step or {})["parts"] == []


# --- Who else reads the chat


def test_what_the_office_cannot_see_is_told_only_where_it_is_known() -> None:
    assert "ไม่เห็นชื่อและรูป" in told().say("ร้องเรียนทุจริต")
    unknown = told(cases=CaseDouble(read_along=None)).say("ร้องเรียนทุจริต")
    assert "ไม่เห็นชื่อและรูป" not in unknown
    assert "ระบบนี้ไม่แสดงชื่อและรูป LINE ของท่าน" in unknown, "which is so whoever reads along"
    assert "ยังไม่มีอะไรส่งถึงใคร" in unknown


def test_where_administrators_read_along_nothing_is_taken_in_the_chat() -> None:
    one = told(cases=CaseDouble(read_along=True))
    answered = one.say("ร้องเรียนทุจริต ปลัดเรียกเงิน")
    assert "เปิดอ่านแชตนี้พร้อมชื่อและรูป" in answered
    assert "1205" in answered
    assert one.step is None
    assert "https://bot.example/complaints/sample" in str(one.said.replies)


# --- What a clerk tells of a report

FALSE = "รายงานผล ม3 80% เป็นเท็จ หัวหน้าสั่งให้ใส่"


def steps_of_a_clerk() -> list[list[Any]]:
    """Ways to every question of both doors, and to adding; a mapping is what a button does."""
    protected = [
        "ร้องเรียนทุจริต", {"go": "kind", "kind": "corruption"}, {"go": "unit", "unit": "กองช่าง"},
        {"go": "ask", "ask": "story"}, CANARY, {"go": "on"}, {"go": "on"},
        {"go": "ask", "ask": "contact"},
    ]  # fmt: skip
    lamp = ["แจ้งเหตุ", "ไฟถนนดับหน้าศาลาทดสอบ", {"go": "place", "place": "หมู่ 1 บ้านตัวอย่าง"},
            {"go": "skip"}, {"go": "menu"}]  # fmt: skip
    ways = [way[: count + 1] for way in (protected, lamp) for count in range(len(way))]
    return [*ways, ["ร้องเรียน"], ["ร้องเรียน ถนนพัง"], ["ติดตาม", {"go": "add"}]]


@pytest.mark.parametrize("way", steps_of_a_clerk(), ids=str)
@pytest.mark.parametrize("words", [FALSE, "รายงานความก้าวหน้า ม.3 เสร็จแล้ว แต่ไม่จริง"])
def test_a_story_of_a_report_never_becomes_one(way: list[Any], words: str) -> None:
    cases = CaseDouble(of={STAFF.ref: [own(kind=Kind.CORRUPTION)]})
    talk = told(STAFF, cases=cases)
    for turn in way:
        if isinstance(turn, str):
            talk.say(turn)
        else:
            talk.do(next(one for one in talk.actions if {**one, **turn} == one))
    talk.say(words)
    assert not any(isinstance(change, ReportProgress) for change in talk.said.changes)
    added = [part.text for each in talk.said.changes if isinstance(each, AddToCase)
             for part in each.parts]  # fmt: skip
    kept = json.dumps([talk.step, added], ensure_ascii=False)
    assert words in kept or way[-1] == {"go": "menu"}, "it is a part of the case"


# --- The place that came along


def with_place() -> Told:
    """A lamp's place was told, before it turned out to be about money."""
    talk = told()
    talk.say("แจ้งเหตุ ไฟถนนดับหน้าศาลาทดสอบ")
    talk.say("หลังตลาดทดสอบ ซอยสาม")
    talk.say("โดนเรียกใต้โต๊ะค่าเสาไฟ")
    talk.press("ร้องเรียนเจ้าหน้าที่/ทุจริต")
    talk.tap("kind", kind="corruption")
    talk.tap("unsure")
    talk.tap("ask", ask="story")
    talk.tap("on")
    return talk


def test_the_place_that_came_along_is_shown_and_goes_with_it() -> None:
    talk = with_place()
    assert "สถานที่\nหลังตลาดทดสอบ ซอยสาม" in talk.tap("on")
    talk.tap("send")
    assert talk.filed.place.words == "หลังตลาดทดสอบ ซอยสาม"


def test_telling_it_anew_drops_the_place_too() -> None:
    talk = with_place()
    talk.tap("on")
    talk.tap("retell")
    talk.say(CANARY)
    talk.tap("on")
    assert "ซอยสาม" not in talk.tap("on")
    talk.tap("send")
    assert (talk.filed.place, talk.filed.place_from) == (Place(), "")


def test_where_no_place_came_along_there_is_none_on_the_card() -> None:
    assert "สถานที่" not in told().to_review()


# --- Where nothing is pushed


def test_where_nothing_is_pushed_no_notices_are_offered() -> None:
    talk = told(agency=replace(AGENCY, pushes=False))
    talk.to_review()
    said = talk.tap("send")
    assert "ไม่มีข้อความแจ้งเตือน ดูได้เองโดยพิมพ์ ติดตาม" in said
    assert "เลือกรับแจ้งเตือน" not in said
    assert talk.actions == []


# --- Staff find it


@pytest.mark.parametrize("person", [STAFF, COORDINATOR], ids=["staff", "coordinator"])
def test_the_help_of_staff_names_the_door(person: Person) -> None:
    said = told(person).say("ช่วยเหลือ")
    assert "ร้องเรียนทุจริต" in said
    assert "ติดตาม" in said


@pytest.mark.parametrize("way", ["words", "photo", "button"])
def test_nor_of_a_draft_that_was_begun_before(way: str) -> None:
    one = told(cases=CaseDouble())
    one.say("ร้องเรียนทุจริต")
    button = one.actions[0]
    one.desk.cases.read_along = True
    if way == "words":
        answered = one.say("เรื่องลับ")
    elif way == "photo":
        answered = one.photo("m9")
    else:
        answered = one.do(button)
    assert "เปิดอ่านแชตนี้พร้อมชื่อและรูป" in answered
    assert "begun" not in (one.step or {})


@pytest.mark.parametrize("words", ["ส่ง", "ส่งเลย", "ส่งเลยค่ะ", "ยืนยัน"])
def test_to_send_is_no_part_of_the_story_at_any_question(words: str) -> None:
    talk = told()
    talk.say("ร้องเรียนทุจริต")
    assert "ยังไม่ได้ส่งถึงใคร" in talk.say(words)
    talk.tap("kind", kind="corruption")
    assert "ยังไม่ได้ส่งถึงใคร" in talk.say(words)
    talk.tap("unit", unit="กองช่าง")
    assert "ยังไม่ได้ส่งถึงใคร" in talk.say(words)
    talk.tap("ask", ask="story")
    talk.say(words)
    assert (talk.step or {})["ask"] == "story", "nothing is told yet"
    talk.say(CANARY)
    talk.say(words)
    assert (talk.step or {})["ask"] == "evidence"
    assert CANARY in talk.say(words), "the last look"
    talk.tap("ask", ask="contact")
    talk.say(words)
    step = talk.step or {}
    assert (step["ask"], step["contact"]) == ("review", ["", ""])
    assert [text for text, _ in step["parts"]] == [CANARY]
