"""Who answers what: one visible list of command words and the topic each leads to."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from handlers import citizens, groups
from handlers.asked import Asked
from handlers.desk import NOTHING, Desk, Event, Outcome, Person
from handlers.freely import freely, reports, reports_on_another, reports_only_on_others
from handlers.permissions import guarded, may
from handlers.pressing import pressed, unknown_press
from handlers.spelling import any_of
from handlers.texts import Language
from handlers.topics import (
    accepting,
    inviting,
    lift,
    measure,
    members,
    outstanding,
    registering,
    reminders,
    report,
    reporting,
    scores,
    statistics,
    summary,
)
from handlers.topics import help as helping
from handlers.topics.complaints import control, following, grievance, protected
from handlers.topics.complaints.about import PROTECTED
from handlers.topics.complaints.asking import GRIEVANCE
from handlers.topics.complaints.carrying import carried
from handlers.topics.complaints.danger import called_first, speaks_of_danger
from handlers.topics.complaints.draft import draft_of
from handlers.topics.complaints.which_door import is_a_matter
from handlers.topics.report_line import read_line
from ita.changes import NoteBlocked, Unsend
from ita.invitations import read_code

Topic = Callable[[Asked], Outcome]

ROUTES: Final[tuple[tuple[Topic, tuple[str, ...]], ...]] = (
    (groups.reporting(report.report), ("รายงานผล", "รายงานความก้าวหน้า")),
    (outstanding.show_outstanding, ("งานค้าง", "งานที่ต้องรายงาน", "งานที่รอรายงาน")),
    (lift.show_lift, ("ทำอะไรแล้วคะแนนขึ้นมากที่สุด", "ทำอะไรแล้วคะแนนขึ้น", "เพิ่มคะแนน")),
    (scores.show_scores, ("คะแนน", "score", "scores")),
    (statistics.show, ("สถิติ", "statistics", "stats")),
    (measure.show_measure, ("มาตรการ", "มาตรการที่", "measure")),
    (summary.show_summary, ("สรุป",)),
    (
        grievance.protect,
        ("ร้องเรียนทุจริต", "แจ้งทุจริต", "ร้องเรียนเจ้าหน้าที่", "แจ้งเบาะแส", "report corruption"),
    ),
    (grievance.complain, ("ร้องเรียน", "complaint", "complain")),
    (grievance.file_grievance, ("แจ้งเหตุ", "แจ้งปัญหา", "ร้องทุกข์", "report a problem")),
    (helping.show_help, ("ช่วยเหลือ", "ช่วยด้วย", "เมนู", "วิธีใช้", "help", "menu")),
    (helping.greet, ("สวัสดี", "hello", "hi", "good morning", "good afternoon", "good evening")),
)
"""The first route that fits answers, so a longer command stands before its own beginning."""

CODE: Final = r"[:\s]*((?:[A-Za-z0-9๐-๙][ -]?){4,12})"
POLITE: Final = r"()\s*(?:(?:แล้ว|ได้เลย|หน่อย|ก่อน|นะ|ครับ|ค่ะ|คะ|จ้า)\s*)*"
"""What may follow a command that takes no words."""
WHOLE: Final[tuple[tuple[str, Topic, tuple[str, ...], str], ...]] = (
    ("register", registering.register, ("ลงทะเบียน", "ขอลงทะเบียน"), rf"(?:รหัส)?(?:{CODE})?"),
    ("leave", registering.leave, ("ออกจากระบบ", "ยกเลิกการลงทะเบียน"), "()"),
    ("invite", inviting.invite, ("เชิญสมาชิก", "เชิญเจ้าหน้าที่", "เชิญ"), r"(?:\s+(\S.{0,200}))?"),
    ("members", members.members, ("สมาชิก", "รายชื่อสมาชิก"), r"(?:\s*([0-9๐-๙]{4}))?"),
    ("reporting", reporting.undo, ("ยกเลิกรายงานล่าสุด",), "()"),
    ("reporting", reporting.correct, ("แก้ไขรายงานล่าสุด",), "()"),
    ("accepting", accepting.list_waiting, ("ตรวจรับ", "รอตรวจรับ", "ตรวจรับงาน"), "()"),
    ("reminders", reminders.show, ("เตือน", "การเตือน", "ตั้งค่าการเตือน"), POLITE),
    (
        "snooze",
        reminders.snooze,
        ("เลื่อนเตือน", "ขอเลื่อนเตือน", "เลื่อนการเตือน", "พักเตือน", "ขอพักเตือน", "พักการเตือน"),
        r"\s*(\S.{0,60})?",
    ),
    (
        "stop_reminders",
        reminders.stop,
        (
            *("หยุดเตือน", "ขอหยุดเตือน", "หยุดการเตือน", "เลิกเตือน", "ไม่ต้องเตือน", "อย่าเตือน"),
            *("ไม่ต้องเตือนอีก", "ปิดเตือน", "ปิดการเตือน", "ยกเลิกการเตือน", "ยกเลิกเตือน"),
        ),
        POLITE,
    ),
    (
        "resume_reminders",
        reminders.resume,
        ("เตือนต่อ", "เตือนอีก", "เตือนเหมือนเดิม", "เปิดเตือน", "เปิดการเตือน"),
        POLITE,
    ),
    (
        "follow",
        following.follow,
        (
            *("ติดตาม", "ติดตามเรื่อง", "ติดตามเรื่องของฉัน", "เรื่องของฉัน", "เรื่องที่แจ้ง", "เรื่องที่แจ้งไว้"),
            *("ถึงไหนแล้ว", "เรื่องถึงไหนแล้ว", "เรื่องของฉันถึงไหนแล้ว", "track", "my case", "my cases"),
            *("ถอนเรื่อง", "ขอถอนเรื่อง", "เพิ่มข้อมูล", "ขอเพิ่มข้อมูล"),
        ),
        r"[:\s]*(?:รหัส(?:ติดตาม)?|เลขที่(?:เรื่อง)?)?[:\s]*([0-9๐-๙A-Za-z][0-9๐-๙A-Za-z .-]{3,60})?",
    ),
    (
        "erase",
        control.erase_me,
        ("ลบข้อมูล", "ขอลบข้อมูล", "อยากลบข้อมูล", "erase my data", "delete my data"),
        r"()(?:ส่วนตัว|ส่วนบุคคล)?(?:ของ)?(?:ฉัน|ดิฉัน|ผม|หนู|เรา|ข้าพเจ้า|ตัวเอง|ตนเอง)?(?:ทั้งหมด)?(?:ออก)?",
    ),
)
"""Commands that must be the whole message, as their words begin ordinary sentences too: the name
in the table of permissions, the topic, the words, and what may follow (a group: its words)."""

_REMINDING: Final = ("reminders", "snooze", "stop_reminders", "resume_reminders")
EVERYDAY: Final = (
    *("เชิญ", "สมาชิก", "ติดตาม", "เรื่อง", "ถึงไหนแล้ว", "เพิ่มข้อมูล", "ขอเพิ่ม", "ลบข้อมูล"),
    *(word for action, _, words, _ in WHOLE if action in _REMINDING for word in words),
)
"""Commands of WHOLE that people in a group say to each other: เชิญครับ is "please, go ahead"."""

PRESSES: Final[Mapping[str, Topic]] = {
    "join": registering.join,
    "decline": registering.decline,
    "leave_now": registering.leave_now,
    "stay": registering.stay,
    "invite": inviting.invite,
    "withdraw": inviting.withdraw,
    "members": members.members,
    "confirm": members.confirm,
    "refuse": members.refuse,
    "revoke": members.revoke,
    "reporting": reporting.press,
    "other_report": report.report_other,
    "accepting": accepting.list_waiting,
    "accept": accepting.accept,
    "send_back": accepting.send_back,
    "cancel": accepting.cancel,
    "grievance": grievance.press_in_door,
    "protected": protected.press_in_door,
    "case": control.press_on_case,
}
"""What answers a press, by the action's "do"."""

STEPS: Final[Mapping[str, Topic]] = {
    "invite": inviting.go_on,
    "reporting": reporting.take_words,
    "send_back": accepting.take_reason,
    "grievance": grievance.take_words,
    "protected": protected.take_words,
    "adding": control.take_words,
}
"""What answers a text in the middle of a conversation, by the step's "do"; a message that is
nothing but a command leaves the conversation instead."""

OPENERS: Final = (
    "what",
    "where",
    "when",
    "how",
    "who",
    "why",
    "can",
    "is",
    "i",
    "please",
    "thanks",
)
"""Words that begin an English sentence which is no command."""

_SPACED = r"(?=\s|\d|มาตรการ|ตัวชี้วัด|ข้อ|$)"
"""What follows a command in a group, where คะแนนสอบออกแล้ว is not for us. One-to-one, Thai is
written without spaces: แจ้งเหตุไฟดับ."""


_ALONE: Final[dict[Topic, str]] = {
    summary.show_summary: (
        r"(?=\s*(?:งาน)?(?:ของ\S{0,30})?\s*(?:ประจำ)?(?:เดือน\S{0,20})?\s*"
        r"(?:หน่อย|ครับ|ค่ะ|คะ|จ้า)?\s*$)"
    ),
    statistics.show: (
        r"(?=\s*(?:(?:เรื่อง|การ|รับ)*(?:ร้องเรียน|ร้องทุกข์|แจ้งเหตุ|ทุจริต)\S{0,30})?"
        r"\s*(?:หน่อย|ครับ|ค่ะ|คะ|จ้า)?\s*$)"
    ),
}
"""What may follow a command that begins ordinary sentences too, such as สรุปผลการประชุมแล้ว."""
_END: Final = r"\s*+(?:(?:หน่อย|ด้วย|ที|นะ|ครับ|คับ|ค่ะ|คะ|จ้า|please)\s*+)*+[.!?]*+\s*+$"
_OF_YEAR: Final = r"(?:ปี(?:นี้|ก่อน|ล่าสุด|\s*+\d{2,4})|ล่าสุด)?"
_ALONE_IN_GROUPS: Final[dict[Topic, str]] = {
    scores.show_scores: rf"(?=\s*+(?:ita|ไอทีเอ)?\s*+{_OF_YEAR}{_END})",
    measure.show_measure: rf"(?=\s*+(?:ที่)?\s*+[0-9๐-๙]{{0,3}}{_END})",
    helping.show_help: rf"(?={_END})",
}
"""The same in a group, where คะแนน บอลเมื่อคืน, เมนู อาหารกลางวัน and ช่วยด้วย รถล้ม are talk."""


def _command(words: tuple[str, ...], after_thai: str, after_latin: str = "") -> re.Pattern[str]:
    thai = tuple(word for word in words if not word.isascii())
    latin = tuple(word for word in words if word.isascii())
    ways = [any_of(thai) + after_thai] if thai else []
    ways += [any_of(latin) + r"(?![a-z])" + after_latin] if latin else []
    return re.compile(rf"\s*(?:{'|'.join(ways)})[\s:]*", re.IGNORECASE)


_TO_THE_BOT: Final = tuple(
    (topic, _command(words, _ALONE.get(topic, ""))) for topic, words in ROUTES
)
_AMONG_OTHERS: Final = tuple(
    (topic, _command(words, alone or _ALONE.get(topic, _SPACED), alone))
    for topic, words in ROUTES
    for alone in [_ALONE_IN_GROUPS.get(topic, "")]
)
_ENGLISH: Final = _command(
    tuple(
        word
        for words in (*(route[1] for route in ROUTES), *(whole[2] for whole in WHOLE))
        for word in words
        if word.isascii()
    )
    + OPENERS,
    "",
)


_POLITE: Final = r"\s*(?:หน่อย)?(?:นะ)?(?:ครับ|คับ|ค่ะ|คะ|จ้า)?"
_REPORT: Final = _command(ROUTES[0][1], "")
_DOORS: Final = (grievance.protect, grievance.complain, grievance.file_grievance)
_DOOR_WORDS: Final = tuple(word for topic, words in ROUTES if topic in _DOORS for word in words)
_DOOR: Final = _command(_DOOR_WORDS, "")
_DOOR_AND_MATTER: Final = _command(_DOOR_WORDS, r"(?=[\s:]+\S)", r"(?=[\s:]+\S)")
"""แจ้งเหตุ ไฟดับ; not แจ้งเหตุได้สะดวกขึ้น, which may be what came of a measure."""
_SO: Final = re.compile(rf"{_POLITE}\s*")
_LOOK: Final = re.compile(rf"\s*(?:มาตรการ\s*(?:ที่)?|งานค้าง\s+หน้า)\s*[0-9๐-๙]{{1,3}}{_POLITE}\s*")
"""Commands with a number, as buttons write them."""


_WHOLE: Final = tuple(
    (
        action,
        guarded(action, topic),
        re.compile(rf"\s*(?:{any_of(words)}){rest}{_POLITE}\s*", re.IGNORECASE),
    )
    for action, topic, words, rest in WHOLE
)
_PRESSES: Final = {do: guarded(do, topic) for do, topic in PRESSES.items()}
_STEPS: Final = {do: guarded(do, topic) for do, topic in STEPS.items()}
_MEDIA: Final[Mapping[str, Topic]] = {
    "grievance": grievance.take_media,
    "protected": protected.take_media,
    "adding": control.take_media,
}
"""What takes a photo, a voice or a place into the case that is being told, by the step's "do"."""
_WORDS_ONLY: Final = ("invite", "send_back")
"""Steps that nothing but words answers: they stay as they are."""


def answer(
    event: Event,
    person: Person,
    desk: Desk,
    now: datetime,
    step: Mapping[str, Any] | None = None,
) -> Outcome:
    """What to reply and to change after an event; NOTHING where the bot is not spoken to.

    `step` is where the person stands in a conversation in this chat (handlers.desk.Outcome).
    """
    if event.standby or _is_of_no_message(event):
        return NOTHING
    asked = Asked(event, person, desk, now, language_of(event.text), event.text.strip(), step)
    outcome = carried(asked, reporting.carried(asked, _answer(asked)))
    return called_first(asked, outcome)


def _is_of_no_message(event: Event) -> bool:
    """Whether something was taken back and LINE does not say what: it stands for nothing."""
    return event.kind == "unsend" and not event.message_id


def _answer(asked: Asked) -> Outcome:
    event = asked.event
    if event.kind in ("follow", "unfollow", "join"):
        return _came_or_went(asked)
    if event.kind == "postback":
        return _answer_press(asked)
    if event.kind == "unsend":
        return Outcome((), (Unsend(event.message_id),))
    if event.kind != "message":
        return NOTHING
    if event.message_kind != "text":
        return _answer_media(asked) if asked.one_to_one else NOTHING
    return _answer_text(asked) if asked.one_to_one else groups.among_others(asked, _answer_text)


def _came_or_went(asked: Asked) -> Outcome:
    """A member who blocked the account is noted; LINE lets nobody answer that."""
    if asked.event.kind == "join":
        return groups.introduce(asked)
    blocked = asked.event.kind == "unfollow"
    noted = (NoteBlocked(asked.person.ref, blocked),) if asked.by_staff else ()
    return Outcome((), noted) if blocked else replace(helping.greet(asked), changes=noted)


def _answer_media(asked: Asked) -> Outcome:
    """Into the case that is being told; else those of the agency's own people are evidence."""
    step = asked.step or {}
    if step.get("do") in _WORDS_ONLY:
        return helping.not_text(asked)
    topic = _MEDIA.get(str(step.get("do")))
    if topic is not None and not _is_over(asked):
        return topic(asked)
    return reporting.take_media(asked) if asked.by_staff else grievance.take_media(asked)


def _answer_press(asked: Asked) -> Outcome:
    topic = _PRESSES.get(str(pressed(asked).get("do")))
    return topic(asked) if topic and asked.one_to_one else unknown_press(asked)


def _answer_text(asked: Asked) -> Outcome:
    spoken_to = asked.one_to_one or asked.event.mentions_bot
    in_hand = _whole_command(asked, spoken_to=spoken_to) or _gone_on(asked)
    if in_hand is not None:
        return in_hand
    if asked.one_to_one and following.is_receipt(asked.words):
        return following.follow(asked)
    for topic, command in _TO_THE_BOT if spoken_to else _AMONG_OTHERS:
        if found := command.match(asked.words):
            if topic is measure.show_measure and reports(asked):
                break
            if topic is helping.show_help and _calls_for_help(asked):
                break
            return topic(replace(asked, words=_behind(asked.words, found)))
    if not spoken_to:
        return NOTHING
    if not asked.words:
        return helping.show_help(asked)
    return (
        grievance.take_up(asked)
        or reporting.afterwards(asked)
        or following.asked_whether_mended(asked)
        or citizens.answer(asked)
        or freely(asked)
        or helping.not_understood(asked)
    )


def _behind(words: str, command: re.Match[str]) -> str:
    """The words behind a command, without mere politeness."""
    polite = _SO.fullmatch(words, command.end())
    return "" if polite else words[command.end() :].strip()


def _calls_for_help(asked: Asked) -> bool:
    """ช่วยด้วย ไฟไหม้ is no question about this account."""
    return asked.one_to_one and not asked.by_staff and speaks_of_danger(asked, asked.words)


def _whole_command(asked: Asked, *, spoken_to: bool) -> Outcome | None:
    among_others = not spoken_to and asked.words.startswith(EVERYDAY)
    for action, topic, command in () if among_others else _WHOLE:
        if found := command.fullmatch(asked.words):
            words = (found[1] or "").strip()
            if _answers_instead(asked, action, words):
                return None
            if spoken_to or not words or read_code(words):
                return topic(replace(asked, words=words))
    return None


def _answers_instead(asked: Asked, action: str, words: str) -> bool:
    """Whether a command of others is an answer in a report: เชิญ วิทยากรมาอบรม is what was done."""
    if not (asked.one_to_one and asked.by_staff and reporting.is_being_written(asked.step)):
        return False
    in_own_words = reporting.measure_at_choice(asked.step) is None
    return (in_own_words or bool(words)) and not may(asked.person.role, action)


def _gone_on(asked: Asked) -> Outcome | None:
    """The answer to what was asked last, where the message is none of the ways out."""
    if not asked.step or not asked.one_to_one or _is_command(asked):
        return None
    if _is_over(asked) or following.is_receipt(asked.words):
        return None
    if asked.by_staff and not _tells_of_a_case(asked) and _is_report(asked):
        return None  # a whole report in one line is no answer to a question
    if _is_of_a_door(asked):
        return None  # another case, beside whatever is being told
    topic = _STEPS.get(str(asked.step.get("do")))
    return topic(asked) if topic else None


def _tells_of_a_case(asked: Asked) -> bool:
    """Whether a case is being told, or added to. No word of it is ever taken for a report on a
    measure, which others read: a clerk may complain of just such a report."""
    step = asked.step or {}
    return "begun" in step or step.get("do") == control.ADDING


def _is_over(asked: Asked) -> bool:
    """Whether what the person was telling of a case is too long ago to go on with."""
    is_old = "begun" in (asked.step or {}) and draft_of(asked) is None
    return is_old or control.is_over(asked)


def _is_of_a_door(asked: Asked) -> bool:
    """Whether the message opens a door; what is told at the protected one stays there."""
    do = (asked.step or {}).get("do")
    door = _DOOR if do == GRIEVANCE else _DOOR_AND_MATTER
    found = door.match(asked.words)
    if do == PROTECTED or found is None:
        return False
    in_report = asked.by_staff and reporting.is_being_written(asked.step)
    return not in_report or is_a_matter(asked.words[found.end() :], asked.today)


def _is_report(asked: Asked) -> bool:
    """Whether the message is a report of its own in the middle of something else: the command with
    a measure's number, or plainly on other measures where no words of one's own are asked for.
    รายงานผลการประชุมแล้ว is what was done."""
    command = _REPORT.match(asked.words)
    if command and read_line(asked.words[command.end() :]).numbered:
        return True
    step = asked.step or {}
    if step.get("do") == "invite":
        return reports_on_another(asked, 0)
    if step.get("do") == "send_back":
        return reports_only_on_others(asked, step["measure"])
    choosing = reporting.measure_at_choice(step) if reporting.is_being_written(step) else None
    return choosing is not None and reports_on_another(asked, choosing)


def _is_command(asked: Asked) -> bool:
    """Whether the message is nothing but a command, politely or not; a greeting is none, and in a
    protected report a measure's name may be a part of the story."""
    if _LOOK.fullmatch(asked.words):
        return (asked.step or {}).get("do") != PROTECTED
    return any(
        (found := command.match(asked.words)) and _SO.fullmatch(asked.words, found.end())
        for topic, command in _TO_THE_BOT
        if topic is not helping.greet
    )


def language_of(text: str) -> Language:
    """English for a message in Latin letters that begins as English, else Thai.

    >>> language_of("report a problem: lamp out"), language_of("ok na")
    ('en', 'th')
    """
    latin = all(char.isascii() for char in text if char.isalpha())
    return "en" if latin and _ENGLISH.match(text) else "th"
