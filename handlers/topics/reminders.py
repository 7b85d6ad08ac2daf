"""เตือน: when the bot reminds of work; a person puts it off, stops it, has it again."""

from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import QuickReply
from handlers.replies import ask
from handlers.texts import say
from ita.changes import WishReminders
from ita.dates import thai_date
from ita.reminders import LONGEST_SNOOZE, Wish, snoozed_until

DAYS: Final = (1, 3, 7, 14)
"""What is offered."""


def show(asked: Asked) -> Outcome:
    """How reminding works and how it stands for this person."""
    wish = _wish(asked)
    return ask(say("th", "staff.reminders.how", state=_state(wish)), _choices(wish))


def snooze(asked: Asked) -> Outcome:
    """Nothing before a day; how many days is asked where that is not clear."""
    until = snoozed_until(asked.words, asked.today)
    if until is None:
        words = say("th", "staff.reminders.ask_days", most=LONGEST_SNOOZE.days)
        return ask(words, [_days(days) for days in DAYS])
    words = say("th", "staff.reminders.now_snoozed", day=thai_date(until))
    return _wished(asked, Wish(until=until), words)


def stop(asked: Asked) -> Outcome:
    """No reminders until the person wants them again."""
    return _wished(asked, Wish(stopped=True), say("th", "staff.reminders.now_stopped"))


def resume(asked: Asked) -> Outcome:
    """Reminders as ever."""
    return _wished(asked, Wish(), say("th", "staff.reminders.now_on"))


def _wished(asked: Asked, wish: Wish, words: str) -> Outcome:
    change = WishReminders(asked.person.ref, wish)
    return replace(ask(words, _choices(wish)), changes=(change,))


def _wish(asked: Asked) -> Wish:
    """The person's wish, without a pause that is over."""
    wish = asked.desk.reminder_wish(asked.person)
    return wish if wish.wants_none(asked.today) else Wish()


def _state(wish: Wish) -> str:
    if wish.stopped:
        return say("th", "staff.reminders.stopped")
    if wish.until:
        return say("th", "staff.reminders.snoozed", day=thai_date(wish.until))
    return say("th", "staff.reminders.on")


def _choices(wish: Wish) -> list[QuickReply]:
    outstanding = QuickReply(say("th", "staff.button.outstanding"))
    resume = QuickReply(say("th", "staff.button.resume_reminders"))
    stop = QuickReply(say("th", "staff.button.stop_reminders"))
    if wish.stopped:
        return [resume, outstanding]
    if wish.until:
        return [resume, stop, outstanding]
    return [*(_days(days) for days in (3, 7)), stop, outstanding]


def _days(days: int) -> QuickReply:
    return QuickReply(say("th", "staff.button.snooze", days=days))
