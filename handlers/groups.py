"""Group chats: what the bot says where others read along, what it takes to a chat of one's own,
and how it comes and goes.

In a group it speaks when it is mentioned or a message begins with one of its command words. A
report there counts for the member who wrote it; whatever would be asked is asked one-to-one.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers import flex
from handlers.asked import Asked
from handlers.desk import Message, Outcome
from handlers.texts import say
from ita.changes import LeaveChat

_NAME: Final = r"(?:(?:ไลน์|น้อง)?\s*(?:สุจริต|บอท|บอต|บ็อต)|sujarit|(?:the\s+)?bot)"
_PLEASE: Final = r"(?:(?:ขอให้|ช่วย|โปรด|กรุณา|รบกวน|เชิญ|please)\s*)*"
_PLACE: Final = r"(?:จาก)?(?:กลุ่ม|ห้อง|แชต|แชท)(?:นี้)?"
_GO: Final = rf"(?:ออก(?:ไป)?\s*{_PLACE}|ออกไป|leave(?:\s+(?:the|this)\s+(?:group|chat|room))?)"
_END: Final = r"(?:\s|[.!,]|ได้เลย|ได้แล้ว|ไปเลย|เลย|แล้ว|ก่อน|ด้วย|หน่อย|ที|นะ|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|please)*"
_UNWANTED: Final = (
    rf"(?:(?:เรา|กลุ่มนี้|ในกลุ่มนี้)\s*)?ไม่(?:ต้องการ|อยากได้|อยากให้มี|เอา)\s*(?:ให้มี)?\s*{_NAME}"
    rf"(?:\s*(?:ใน|อยู่ใน)?{_PLACE})?"
)
_TAKE_OUT: Final = rf"{_PLEASE}(?:เอา|นำ|เตะ|ลบ)\s*{_NAME}\s*(?:นี้)?\s*(?:{_GO}|ออก)"
_NAMED: Final = re.compile(
    rf"\s*(?:{_NAME}[\s,]*{_PLEASE}{_GO}|{_PLEASE}{_NAME}\s*{_GO}|{_UNWANTED}|{_TAKE_OUT}){_END}",
    re.IGNORECASE,
)
"""The whole message asks the account, by a name for it, to go: talk about it is left alone."""
_MENTIONED: Final = re.compile(
    rf"\s*(?:{_PLEASE}{_GO}|ไม่ต้องการ|ไม่เอา|ไม่อยากได้){_END}", re.IGNORECASE
)
"""The same where it was mentioned, so that it needs no name."""
LONGEST_WISH: Final = 80


def introduce(asked: Asked) -> Outcome:
    """To a group that took the account in: one message, what it does there and how it goes."""
    return Outcome((flex.text_message(say("th", "staff.group.join", agency=asked.agency_name)),))


def among_others(asked: Asked, answer: Callable[[Asked], Outcome]) -> Outcome:
    """What is said in a group: `answer`'s, without what only one person can decide on."""
    if _wants_us_gone(asked):
        return _goodbye(asked)
    outcome = answer(asked)
    return replace(outcome, replies=tuple(map(_without_choices, outcome.replies)), step=None)


def reporting(topic: Callable[[Asked], Outcome]) -> Callable[[Asked], Outcome]:
    """The topic of reports for groups too: there only members report."""

    def answer(asked: Asked) -> Outcome:
        if not (asked.one_to_one or asked.by_staff):
            words = say(asked.language, "citizen.group.register")
            return Outcome((privately(asked, words, say("th", "staff.group.register")),))
        return reported(asked, topic(asked))

    return answer


def reported(asked: Asked, outcome: Outcome) -> Outcome:
    """What a report came to. In a group one that has to be asked about goes on one-to-one."""
    if asked.one_to_one or outcome.changes:
        return outcome
    words = say("th", "staff.group.moved" if asked.words else "staff.guided.privately")
    return Outcome((privately(asked, words, asked.event.text),))


def privately(asked: Asked, words: str, typed: str = "") -> Message:
    """An invitation to a chat of one's own, with a button that opens it.

    `typed` stands ready to be sent there, as far as a link can carry it.
    """
    people = asked.desk.people
    links = (link for link in (people.link(typed), people.link("")) if link)
    uri = next((link for link in links if len(link) <= flex.MAX_URI), None)
    if uri is None:
        return flex.text_message(words)
    button = flex.link_button(say(asked.language, "citizen.group.go"), uri)
    card = {"type": "bubble", "body": flex.column(flex.words(words), button, spacing="sm")}
    return flex.flex_message(words, card)


def _wants_us_gone(asked: Asked) -> bool:
    """Whether a member says that the account is to go; whoever he is, it is his group."""
    text = asked.event.text
    if len(text) > LONGEST_WISH:
        return False
    if asked.event.mentions_bot and _MENTIONED.fullmatch(text):
        return True
    return _NAMED.fullmatch(text) is not None


def _goodbye(asked: Asked) -> Outcome:
    words = say("th", "staff.group.goodbye", agency=asked.agency_name)
    return Outcome((flex.text_message(words),), (LeaveChat(),))


def _without_choices(message: Message) -> Message:
    """Buttons below the chat would be everybody's, and speak for whoever taps them."""
    return {key: value for key, value in message.items() if key != "quickReply"}
