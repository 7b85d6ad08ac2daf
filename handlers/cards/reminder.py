"""What is to be reminded of, as one card: the most important first, each a row to tap."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers import flex
from handlers.cards.common import measure_name, soft, weight, wide_button
from handlers.cards.outstanding import MAX_ROWS_BYTES, Reader, outstanding_row, why_words
from handlers.desk import Message
from handlers.flex import Box, QuickReply
from handlers.texts import say
from ita.outstanding import Outstanding, Why
from ita.reminders import Reminder

MAX_SHOWN: Final = 8
MAX_ANNOUNCED: Final = 3
SNOOZE_DAYS: Final = 3


def reminder_card(found: Sequence[Reminder], *, alone: bool = True) -> Message:
    """The reminders of a day. `alone`: nothing follows it, so it has buttons below the chat."""
    items = [_as_outstanding(one) for one in found]
    rows: list[Box] = []
    room = MAX_ROWS_BYTES
    for item in items[:MAX_SHOWN]:
        row = outstanding_row(item, Reader())
        room -= weight(row)
        if rows and room < 0:
            break
        rows.append(row)
    rest = len(items) - len(rows)
    more = say("th", "staff.reminders.more", count=rest)
    card = flex.bubble(
        say("th", "staff.reminders.title", count=len(items)),
        soft(say("th", "staff.outstanding.hint")),
        *rows,
        *([wide_button(more, say("th", "staff.button.outstanding"))] if rest else []),
        soft(say("th", "staff.reminders.quiet", days=SNOOZE_DAYS)),
        size="giga",
    )
    first = [f"{measure_name(i.measure, 40)} {why_words(i)}" for i in items[:MAX_ANNOUNCED]]
    alt = say("th", "staff.reminders.alt", count=len(items), items=", ".join(first))
    message = flex.flex_message(alt, card)
    return flex.with_quick_replies(message, _choices()) if alone else message


def _as_outstanding(reminder: Reminder) -> Outstanding:
    """With the day of its round or month in the place of its last."""
    measure = reminder.measure
    shown = replace(measure, period=replace(measure.period, end=reminder.due))
    why = Why.OVERDUE if reminder.days_left < 0 else Why.NEAR_DUE
    return Outstanding(shown, why, reminder.days_left, reminder.worth)


def _choices() -> list[QuickReply]:
    return [
        QuickReply(say("th", "staff.button.outstanding")),
        QuickReply(say("th", "staff.button.snooze", days=SNOOZE_DAYS)),
        QuickReply(say("th", "staff.button.stop_reminders")),
    ]
