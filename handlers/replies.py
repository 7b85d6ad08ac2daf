"""The usual answer: a text or a card, with buttons for the likely next step below it."""

from handlers.asked import Asked
from handlers.desk import Message, Outcome
from handlers.flex import QuickReply, text_message, with_quick_replies
from handlers.texts import say


def next_steps(asked: Asked) -> list[QuickReply]:
    """The buttons that fit most moments: what this person can ask for."""
    if asked.by_staff:
        words = [
            say("th", "staff.button.outstanding"),
            *([say("th", "staff.button.report")] if asked.reports else []),
            say("th", "citizen.button.scores"),
            say("th", "citizen.button.help"),
        ]
    else:
        words = [
            say(asked.language, "citizen.button.grievance"),
            say(asked.language, "citizen.button.follow"),
            say(asked.language, "citizen.button.scores"),
            say(asked.language, "citizen.button.help"),
        ]
    just_asked = asked.event.text.strip().casefold()
    return [QuickReply(each) for each in words if each.casefold() != just_asked]


def answer_with(asked: Asked, text: str) -> Outcome:
    """A text with the usual buttons."""
    return ask(text, next_steps(asked))


def ask(text: str, choices: list[QuickReply]) -> Outcome:
    """A text with buttons of its own."""
    return Outcome((with_quick_replies(text_message(text), choices),))


def show(asked: Asked, card: Message) -> Outcome:
    """A card with the usual buttons."""
    return Outcome((with_quick_replies(card, next_steps(asked)),))
