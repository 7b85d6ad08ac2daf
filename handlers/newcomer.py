"""Asking for a role and waiting: that somebody does, to his inviter, and to him what was
decided, each in the chat of his own."""

from handlers.desk import Agency, Message
from handlers.flex import cut, text_message
from handlers.texts import say
from handlers.topics.registering import THAI_ROLE, unit_words
from ita.invitations import Member


def waits(one: Member) -> Message:
    """To a coordinator; not under which number, as that is what the person has to say."""
    return text_message(say("th", "staff.register.somebody_waits", role=THAI_ROLE[one.role]))


def confirmed(agency: Agency, one: Member) -> Message:
    """He has the role that he asked for."""
    units = cut(unit_words(one.units), 200)
    role = THAI_ROLE[one.role]
    return text_message(
        say("th", "staff.register.confirmed", agency=agency.name, role=role, units=units)
    )


def refused(agency: Agency, one: Member) -> Message:
    """He has not, and what he can do where that is a mistake."""
    role = THAI_ROLE[one.role]
    return text_message(say("th", "staff.register.refused", agency=agency.name, role=role))
