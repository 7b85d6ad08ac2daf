"""ช่วยเหลือ: what can be done here, for whoever asks, greets, or writes what is not understood."""

import re
from typing import Final

from handlers.asked import Asked
from handlers.desk import NOTHING, Agency, Message, Outcome
from handlers.flex import QuickReply, text_message
from handlers.replies import answer_with, ask, next_steps
from handlers.texts import say
from ita.agency import Role

PROGRESS: Final = re.compile(r"\d\s*[%％]|https?://", re.IGNORECASE)


def show_help(asked: Asked) -> Outcome:
    """What this person can do, with an example each."""
    if asked.by_staff:
        shown = [say("th", "staff.help.head")]
        if asked.reports:
            shown.append(say("th", "staff.help.report"))
        shown.append(say("th", "staff.help.show", agency=asked.agency_name))
        if asked.person.role is Role.COORDINATOR and asked.one_to_one:
            shown.append(say("th", "staff.help.coordinator"))
        return answer_with(asked, "\n\n".join(shown))
    return answer_with(asked, say(asked.language, "citizen.help.show", agency=asked.agency_name))


def greet(asked: Asked) -> Outcome:
    """To whoever adds the account or says hello; people greeting each other are left alone."""
    if not (asked.one_to_one or asked.event.mentions_bot):
        return NOTHING
    words = say(asked.language, "citizen.follow.greeting", agency=asked.agency_name)
    return answer_with(asked, words)


def not_understood(asked: Asked) -> Outcome:
    """A friendly answer to any other text; for thanks and laughter it fits as well."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.help.unknown", agency=asked.agency_name)
        door = QuickReply(say(asked.language, "citizen.button.corruption"))
        choices = next_steps(asked)
        return ask(words, [*choices[:1], door, *choices[1:]])
    words, choices = say("th", "staff.help.unknown"), next_steps(asked)
    if asked.reports and PROGRESS.search(asked.words):
        report = f"{say('th', 'staff.button.report')} {asked.words}"
        choices.insert(0, QuickReply(report, say("th", "staff.button.as_report")))
    return ask(words, choices)


def not_text(asked: Asked) -> Outcome:
    """To a sticker, a picture or a place: say what can be done, and that nothing was kept."""
    return answer_with(asked, say(asked.language, "citizen.help.not_text"))


def sorry(agency: Agency) -> Message:
    """To whoever wrote something that the program failed at, again and again."""
    return text_message(say("th", "citizen.trouble.sorry", agency=agency.short_name))
