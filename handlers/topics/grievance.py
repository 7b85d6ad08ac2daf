"""แจ้งเหตุ: a citizen tells of a lamp, a road, water, and gets a case number.

What sounds like corruption is never filed here: that kind has its own door, separate from
general complaints (OIT item o28 of 2566), and nobody's accusation may slip in by the wrong one.
"""

import re
from typing import Final

from handlers.asked import Asked
from handlers.cards import case_card
from handlers.desk import Outcome
from handlers.events import BANGKOK
from handlers.flex import QuickReply
from handlers.groups import privately
from handlers.replies import answer_with, ask, show
from handlers.texts import say
from ita.changes import FileCase
from ita.complaints import Kind, Part
from ita.text import normalise

CORRUPTION: Final = re.compile(
    r"ทุจริต|คอร์?รัปชั่?น|(?<!ทรัพย์)(?<!ตัด)สินบน|โกง(?!กาง)|เรียกรับ(?:เงิน|สินบน|ผลประโยชน์|ทรัพย์)|เรียกเงิน|เงินใต้โต๊ะ|ฮั้ว"
    r"|\bbrib|\bcorrupt|\bkickback"
)
"""Not: ทรัพย์สินบนถนน (things on the road), ตัดสินบน (decided on), โกงกาง (a mangrove)."""


def file_grievance(asked: Asked) -> Outcome:
    """File what the person tells, or ask for it; never in a group, never an accusation."""
    if not asked.one_to_one:
        return talk_privately(asked)
    if sounds_like_corruption(asked.words):
        return protected(asked)
    if not any(char.isalnum() for char in asked.words):
        return answer_with(asked, say(asked.language, "citizen.grievance.ask"))
    number, receipt = asked.desk.cases.new_number(), asked.desk.cases.new_receipt()
    received_on = asked.event.at.astimezone(BANGKOK).date()
    card = case_card(asked.language, asked.agency_name, number, received_on)
    outcome = show(asked, card)
    parts = (Part(asked.words, asked.event.message_id),)
    filed = FileCase(number, Kind.GRIEVANCE, receipt, parts)
    return Outcome(outcome.replies, (filed,))


def complain(asked: Asked) -> Outcome:
    """ร้องเรียน may be a lamp or an official: ask which of the two."""
    if not asked.one_to_one:
        return talk_privately(asked)
    if sounds_like_corruption(asked.words):
        return protected(asked)
    everyday = say(asked.language, "citizen.button.grievance")
    choices = [
        QuickReply(f"{everyday} {asked.words}".strip(), everyday),
        QuickReply(say(asked.language, "citizen.button.corruption")),
    ]
    return ask(say(asked.language, "citizen.grievance.which"), choices)


def protected(asked: Asked) -> Outcome:
    """The door for corruption is not open yet: say so, name the outside door, keep nothing."""
    if not asked.one_to_one:
        return talk_privately(asked)
    return answer_with(asked, say(asked.language, "citizen.grievance.protected"))


def talk_privately(asked: Asked) -> Outcome:
    """Others read along: invite to a chat of one's own, and say nothing that needs an answer."""
    words = say(asked.language, "citizen.grievance.privately")
    return Outcome((privately(asked, words, say(asked.language, "citizen.button.grievance")),))


def sounds_like_corruption(words: str) -> bool:
    """Whether the words plainly speak of corruption.

    >>> sounds_like_corruption("ต้นโกงกางล้มทับทรัพย์สินบนถนน")
    False
    """
    return CORRUPTION.search(normalise(words)) is not None
