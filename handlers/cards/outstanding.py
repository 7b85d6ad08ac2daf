"""What is outstanding, as a list to tap, page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers import flex
from handlers.cards.common import (
    aged,
    due_words,
    measure_name,
    soft,
    tappable,
    weight,
    wide_button,
    worth_words,
)
from handlers.desk import Message
from handlers.flex import Box, cut, row, words
from handlers.texts import say
from ita.measures import Acceptance
from ita.outstanding import Outstanding, Why

MAX_ROWS: Final = 10
MAX_ROWS_BYTES: Final = 22_000
"""Of a page's rows as they are sent: LINE takes 30 KB a bubble, and there is more on it."""
MAX_ANNOUNCED: Final = 3
"""A notification shows two or three lines: more measures would hide the count before them."""

WHY_COLOUR: Final = {
    Why.OVERDUE: flex.BAD,
    Why.NEAR_DUE: flex.IDLE,
    Why.RETURNED: flex.WAITING,
    Why.NEVER_REPORTED: flex.BUSY,
    Why.AWAITING_ACCEPTANCE: flex.WAITING,
}
_TINT: Final = {Why.OVERDUE: flex.ALARM, Why.NEAR_DUE: flex.CAUTION}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a list is made.

    `scope` says whose work it shows. `reports` is False for who only looks on, `accepts` True for
    who accepts what is done; `alone` is False where others read along, and then a coordinator's
    words to the unit stay out.
    """

    scope: str = ""
    reports: bool = True
    accepts: bool = False
    alone: bool = True


def outstanding_list(
    items: Sequence[Outstanding],
    notes: Sequence[str] = (),
    *,
    reader: Reader = Reader(),
    page: int = 1,
) -> Message:
    """What is outstanding: how much of what kind, then a page of it, worst first, and the way on.

    `notes` stand small below it; `page` counts from 1, and one after the last is the last.
    """
    pages = _pages([outstanding_row(item, reader) for item in items])
    page = min(page, len(pages))
    before = sum(map(len, pages[: page - 1]))
    shown = pages[page - 1]
    hint = "staff.outstanding.hint" if reader.reports else "staff.outstanding.hint_to_look"
    card = flex.bubble(
        say("th", "staff.outstanding.title", count=len(items)),
        *([soft(cut(reader.scope, 120))] if reader.scope else []),
        words(_kinds(items), weight="bold"),
        soft(say("th", hint)),
        *shown,
        *_onward(page, len(pages), len(items) - before - len(shown)),
        *(part for note in notes for part in aged(note)),
        size="giga",
    )
    return flex.flex_message(_alt(items, before), card)


def _pages(rows: Sequence[Box]) -> list[list[Box]]:
    """The rows page by page: ten, of the longest titles fewer."""
    pages: list[list[Box]] = [[]]
    room = MAX_ROWS_BYTES
    for one in rows:
        size = weight(one)
        if pages[-1] and (len(pages[-1]) == MAX_ROWS or size > room):
            pages.append([])
            room = MAX_ROWS_BYTES
        pages[-1].append(one)
        room -= size
    return pages


def why_words(item: Outstanding) -> str:
    """Why it is outstanding and how many days are left or gone."""
    left = item.days_left
    if left is None or item.why is Why.AWAITING_ACCEPTANCE:  # then its day is nobody's lateness
        return _why(item.why)
    if left < 0:
        return say("th", "staff.outstanding.late", days=-left)
    if left == 0:
        return say("th", "staff.outstanding.today")
    return f"{_why(item.why)} · {say('th', 'staff.outstanding.left', days=left)}"


def _alt(items: Sequence[Outstanding], before: int) -> str:
    """All in one line, and the first of the page, which `before` others precede."""
    first = items[before : before + MAX_ANNOUNCED]
    lines = [f"{measure_name(item.measure, 40)} {why_words(item)}" for item in first]
    return say(
        "th", "staff.outstanding.alt",
        count=len(items), kinds=_kinds(items), items=", ".join(lines),
    )  # fmt: skip


def _kinds(items: Sequence[Outstanding]) -> str:
    """How many are overdue, how many near due, …, the worst first."""
    counts = Counter(item.why for item in items)
    return " · ".join(
        say("th", "staff.outstanding.kind", why=_why(why), count=counts[why])
        for why in Why
        if why in counts
    )


def _onward(page: int, pages: int, rest: int) -> list[Box]:
    """Where on the list this is, and a button for the next page."""
    if pages == 1:
        return []
    place = soft(say("th", "staff.outstanding.page", page=page, pages=pages))
    if rest == 0:
        return [place]
    command = say("th", "staff.outstanding.go_to", page=page + 1)
    return [wide_button(say("th", "staff.outstanding.more", count=rest), command), place]


def outstanding_row(item: Outstanding, reader: Reader) -> Box:
    """A row to tap; what is late or due soon stands out by weight and tint."""
    measure, weight = item.measure, "bold" if item.why in _TINT else "regular"
    command, action = _action(item, reader)
    return tappable(
        command,
        words(measure_name(measure, 90), maxLines=3, weight=weight),
        _why_and_worth(item),
        *_asked_for(item, reader),
        row(
            words(
                f"{due_words(measure)} · {cut(measure.unit, 60)}",
                color=flex.SOFT, size="xs", flex=1,
            ),
            words(f"{action} ›", color=flex.BRAND, size="xs", weight="bold", align="end", flex=0),
            spacing="sm",
        ),
        backgroundColor=_TINT.get(item.why, flex.QUIET), spacing="xs",
    )  # fmt: skip


def _action(item: Outstanding, reader: Reader) -> tuple[str, str]:
    """What a tap on the row writes, and how that is called on it."""
    number, waits = item.measure.number, item.why is Why.AWAITING_ACCEPTANCE
    if waits and reader.accepts:
        accept = say("th", "staff.button.accept")
        return accept, accept
    if reader.reports and not waits:
        report = say("th", "staff.button.report")
        return f"{report} {number}", report
    look = say("th", "staff.button.look")
    return say("th", "citizen.measure.command", number=number), look


def _why_and_worth(item: Outstanding) -> Box:
    colour = WHY_COLOUR[item.why]
    why = words(why_words(item), size="xs", weight="bold", color=colour, flex=1)
    worth = worth_words(item.worth)
    if not worth:
        return row(why)
    points = words(worth, size="xs", weight="bold", color=flex.GOOD, align="end", flex=0)
    return row(why, points, spacing="sm")


def _asked_for(item: Outstanding, reader: Reader) -> list[Box]:
    """What the coordinator asks to be mended, for the unit's eyes."""
    if item.measure.acceptance is not Acceptance.RETURNED:
        return []
    said = [] if item.why is Why.RETURNED else [_why(Why.RETURNED)]  # else the row says so already
    reason = cut(" ".join(item.measure.reason.split()), 90)
    said += [f"“{reason}”"] if reason and reader.alone else []
    if not said:
        return []
    return [words(" ".join(said), size="xs", color=flex.WAITING, maxLines=3)]


def _why(why: Why) -> str:
    return say("th", f"staff.outstanding.{why}")
