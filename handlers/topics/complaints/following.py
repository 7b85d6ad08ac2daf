"""ติดตาม: one's own cases without any code, or the one that a receipt code opens.

A code that is wrong, one that opens nothing, and one that is not looked at as too many were tried
get the same answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from handlers.asked import Asked
from handlers.cards.own_case import Shown, day_words, own_case_card, own_cases
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.groups import privately
from handlers.pressing import ask_by_press, press, with_presses
from handlers.spoken import joined
from handlers.texts import say
from handlers.understanding import topics
from handlers.understanding.words import PARTICLES
from ita.changes import NoteWrongReceipt, SawCase
from ita.complaints import ALPHABET, RECEIPT_DIGITS, CaseStatus, Notices, OwnCase, may_object
from ita.text import arabic_digits, normalise

CASE: Final = "case"
_RECEIPT: Final = re.compile(rf"(?<!\d)\d(?:[ .-]{{0,3}}\d){{{RECEIPT_DIGITS - 1}}}(?![ .-]?\d)")
_ATTEMPT: Final = re.compile(r"\d(?:[ .-]{0,3}\d){7,}")
"""So many digits are meant as a receipt code, though it may lack some or have too many."""
_NUMBER: Final = re.compile(
    rf"(?<![a-z\d])([{ALPHABET}]{{4}})[ -]?([{ALPHABET}]{{4}})(?![a-z\d])", re.I
)
_THANKS: Final = (
    rf"(?:(?:{topics.THANKS.pattern})"
    rf"(?:เจ้าหน้าที่|ทีมงาน|ช่าง|ทุกคน|มาก|จริง|ๆ|you|so|very|much|[,.!]|{PARTICLES})*+)?"
)
_ANSWER: Final = re.compile(
    rf"{_THANKS}(?:"
    r"(?:(?:ซ่อม|แก้ไข|แก้|ทำ|เสร็จ)*เรียบร้อย(?:ดี)?(?:แล้ว)?"
    r"|(?:(?:ซ่อม|แก้ไข|แก้)(?:ให้|เสร็จ)*|(?:ไฟ)?ติด|(?:น้ำ)?ไหล|หาย|ใช้ได้)แล้ว"
    r"|(?:ไฟ|น้ำ|ถนน|ก็)*ยัง"
    r"(?:(?:ไม่|บ่)(?:ได้|มี(?:ใคร|ช่าง|คน)|เห็น)*(?:มา)?(?:ดู|ซ่อม|แก้ไข|แก้|ทำ)*(?:ให้)?"
    r"(?:เรียบร้อย|เสร็จ|ดี(?:ขึ้น)?|ติด|ไหล|หาย)?"
    r"|ดับ|มืด|เสีย|พัง|รั่ว|ท่วม|เหม็น|เหมือนเดิม|เป็น(?:เหมือน)?เดิม)?"
    rf"(?:อยู่|เหมือนเดิม)*)(?:{PARTICLES})*+"
    r"|(?:it'?s|itis|still|not|now|all)*(?:fixed|mended|repaired|broken|dark)(?:now|yet)?"
    rf")[,.!]*{_THANKS}"
)
"""Answers to whether it is mended, as handlers.spoken.joined gives them, with no words beside but
thanks, before or after."""
_WITH_DIGIT: Final = re.compile(r"\d")


def follow(asked: Asked) -> Outcome:
    """The person's own cases, or the one whose code or number stands in the words."""
    if not asked.one_to_one:
        return Outcome((privately(asked, say(asked.language, "citizen.refused.privately")),))
    plain = arabic_digits(asked.words)
    if found := _RECEIPT.search(plain):
        return _by_receipt(asked, re.sub(r"\D", "", found[0]))
    if number := case_number_in(plain):
        own = next((one for one in _own(asked) if one.case.number == number), None)
        return show_case(asked, own) if own else wrong(asked)
    if _ATTEMPT.search(plain):
        return wrong(asked)
    return own_list(asked)


def asked_whether_mended(asked: Asked) -> Outcome | None:
    """เรียบร้อยแล้ว or ยังดับอยู่เลย, where exactly one own case waits for that word: that case with
    its two buttons. Nothing is confirmed by what is typed alone; None for any other message."""
    if not asked.one_to_one or not _ANSWER.fullmatch(joined(asked.words)):
        return None
    waiting = [one for one in _own(asked) if one.case.status is CaseStatus.RESOLVED]
    if len(waiting) != 1:
        return None
    return show_case(asked, waiting[0], say(asked.language, "citizen.own.your_word"))


def is_receipt(text: str) -> bool:
    """Whether a message is nothing but a receipt code: 16 digits in any grouping.

    >>> is_receipt("๑๒๓๔ 5678-1234 5678"), is_receipt("1234 5678")
    (True, False)
    """
    return _RECEIPT.fullmatch(normalise(text)) is not None


def case_number_in(text: str) -> str | None:
    """The case number in a text, None where there is none.

    >>> case_number_in("เรื่อง ab2c-45de ถึงไหนแล้ว"), case_number_in("เรื่องไฟดับ")
    ('AB2C-45DE', None)
    """
    for found in _NUMBER.finditer(text):
        if "-" in found[0] or _WITH_DIGIT.search(found[0]):
            return f"{found[1]}-{found[2]}".upper()
    return None


def own_list(asked: Asked, first: int = 0) -> Outcome:
    """The person's cases from the one numbered `first` on; whole where it is the only one."""
    cases = _own(asked)
    if not cases:
        return _none(asked)
    if len(cases) == 1:
        return show_case(asked, cases[0])
    shown = [Shown(one, next_words(asked, one), [_look(asked, one)]) for one in cases[first:]]
    card, count = own_cases(asked.language, asked.agency_name, shown)
    rest = len(cases) - first - count
    if rest <= 0:
        return Outcome((card,))
    label = say(asked.language, "citizen.own_tap.more", count=rest)
    return Outcome((with_presses(card, [act(asked, label, "list", case="", first=first + count)]),))


def show_case(asked: Asked, own: OwnCase, note: str = "") -> Outcome:
    """One case whole, with what its writer can do."""
    if not asked.desk.agency.pushes or own.withdrew_on:
        own = replace(own, notices=Notices.NONE)
    shown = Shown(own, next_words(asked, own), _ways(asked, own))
    card = own_case_card(asked.language, asked.agency_name, shown, note)
    wants_notices = own.notices is not Notices.NONE
    return Outcome((card,), (SawCase(own.party),) if wants_notices else ())


def next_words(asked: Asked, own: OwnCase) -> str:
    """What the office has to do next, and until when."""
    deadline = asked.desk.cases.deadline(own)
    if deadline is None:
        return ""
    day = day_words(asked.language, deadline.ends)
    key = "citizen.own.late" if deadline.ends < asked.today else "citizen.own.next"
    return say(asked.language, key, day=day, duty=deadline.clock.duty)


def act(asked: Asked, label: str, verb: str, **facts: object) -> dict[str, Any]:
    """A button about a case or a party, which store.buttons seals; in the language of now."""
    return press(label, CASE, go=verb, language=asked.language, **facts)


def tap(asked: Asked, name: str, verb: str, own: OwnCase, **facts: object) -> dict[str, Any]:
    """The same with a label of the texts, for one party."""
    return act(
        asked, say(asked.language, f"citizen.own_tap.{name}"), verb, party=own.party, **facts
    )


def wrong(asked: Asked) -> Outcome:
    """The one answer to every code that opens nothing."""
    said = text_message(say(asked.language, "citizen.own.wrong"))
    return Outcome((said,), (NoteWrongReceipt(asked.person.ref),))


def _by_receipt(asked: Asked, code: str) -> Outcome:
    if asked.desk.cases.guesses_too_much(asked.person):
        return wrong(asked)
    own = asked.desk.cases.by_receipt(code)
    if own is None:
        return wrong(asked)
    return show_case(asked, own, say(asked.language, "citizen.own.opened"))


def _own(asked: Asked) -> Sequence[OwnCase]:
    return asked.desk.cases.own(asked.person)


def _none(asked: Asked) -> Outcome:
    cases = asked.desk.cases
    words = say(asked.language, "citizen.own.none")
    if cases.web_address:
        words += "\n\n" + say(asked.language, "citizen.own.on_web", address=cases.web_address)
    return Outcome((text_message(words),))


def _look(asked: Asked, own: OwnCase) -> dict[str, Any]:
    return tap(asked, "look", "look", own)


def _ways(asked: Asked, own: OwnCase) -> list[dict[str, Any]]:
    """What can be done with a case as it stands."""
    case = own.case
    ways: list[dict[str, Any]] = []
    if may_object(case, asked.today):
        resolved = tap(asked, "resolved", "resolved", own)
        ways += [resolved] if case.is_open else []
        ways.append(tap(asked, "unresolved", "unresolved", own))
    if case.is_open:
        ways.append(tap(asked, "add", "add", own))
    has_withdrawn = bool(case.withdrawal_on or own.withdrew_on)
    if own.has_identity and asked.desk.agency.pushes and not own.withdrew_on:
        ways.append(tap(asked, "notices", "notices", own))
    if case.is_open and not has_withdrawn:
        ways.append(tap(asked, "withdraw", "withdraw", own))
    return ways


def asked_in(asked: Asked, language: object) -> Asked:
    """The request in the language in which its button was made."""
    return replace(asked, language="en" if language == "en" else "th")


def nothing_there(asked: Asked) -> Outcome:
    """To a button of a case that is not there any more, or not this person's."""
    return ask_by_press(say(asked.language, "citizen.own.gone"))
