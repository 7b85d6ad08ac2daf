"""What several cards share: names, states and days in words, rows to tap."""

import json
from decimal import Decimal
from typing import Any, Final

from handlers import flex
from handlers.flex import Box, column, cut, row, words
from handlers.texts import say
from ita.dates import thai_date
from ita.measures import THAI_STATUS, Measure, Status
from ita.scores import rounded

MAX_TITLE: Final = 200

STATUS_COLOUR: Final = {
    Status.NOT_STARTED: flex.IDLE,
    Status.IN_PROGRESS: flex.BUSY,
    Status.AWAITING_ACCEPTANCE: flex.WAITING,
    Status.DONE: flex.GOOD,
}


def measure_name(measure: Measure, limit: int = 100) -> str:
    """ "มาตรการ 3 …", the title cut to `limit`."""
    title = cut(" ".join(measure.title.split()), limit)
    return say("th", "staff.report.name", number=measure.number, title=title)


def state_words(measure: Measure) -> str:
    """The status in its official words, and the percent where somebody said one."""
    percent = "" if measure.percent is None else f" {measure.percent}%"
    return THAI_STATUS[measure.status] + percent


def due_words(measure: Measure) -> str:
    """The day in Thai; else the period as the agency wrote it."""
    if measure.period.end:
        return thai_date(measure.period.end)
    raw = " ".join(measure.period.raw.split())
    return cut(raw, 60) or say("th", "staff.measure.no_due")


def worth_words(points: Decimal) -> str:
    """What something brings, such as "+1.25 คะแนน"; "" for what brings nothing, or less than 0.01.

    >>> worth_words(Decimal("1.25"))
    '+1.25 คะแนน'
    """
    shown = rounded(points)
    return say("th", "staff.measure.worth", points=shown) if shown > 0 else ""


def soft(text: str) -> Box:
    """A small line that stands back."""
    return words(text, color=flex.SOFT, size="xs")


def aged(age: str) -> list[Box]:
    """How old the figures are, where that matters."""
    return [soft(age)] if age else []


def weight(box: Box) -> int:
    """The bytes of a component as it is sent: escaped, so that a Thai letter weighs six."""
    return len(json.dumps(box))


def figure(name: str, value: str, colour: str = flex.INK) -> Box:
    """A name and its figure on one line."""
    shown = words(value, weight="bold", color=colour, align="end", flex=0)
    return row(words(name), shown, spacing="md")


def tappable(writes: str, *contents: Box, **style: Any) -> Box:
    """A row that writes `writes` for whoever taps it."""
    action = {"type": "message", "label": flex.label(writes), "text": writes}
    usual = {"backgroundColor": flex.QUIET, "cornerRadius": "8px", "paddingAll": "10px"}
    return column(*contents, action=action, **{**usual, **style})


def wide_button(text: str, writes: str) -> Box:
    """A button that wraps and grows with its words, which LINE's own button does not."""
    shown = words(text, weight="bold", color=flex.PAPER, align="center")
    return tappable(writes, shown, backgroundColor=flex.BRAND)
