"""What lifts the total most: OIT items by worth, and the measures that serve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from handlers import flex
from handlers.cards.common import soft, tappable, worth_words
from handlers.cards.scores import projected
from handlers.desk import Message
from handlers.flex import Box, column, cut, row, words
from handlers.texts import say
from ita.measures import Measure
from ita.projections import Projection

MAX_STEPS: Final = 10
MAX_SERVING: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """An OIT item, the points of the total that it would bring, and the measures that serve it."""

    code: str
    title: str
    points: Decimal
    measures: Sequence[Measure] = ()


def lift_card(
    official: str, steps: Sequence[Step], projection: Projection | None, notes: Sequence[str]
) -> Message:
    """The steps that bring most, the most first; `official` says where the agency stands now.

    `projection` is what all the steps together would bring, None where that is not known.
    """
    lead = say("th", "staff.lift.with_these", count=len(steps))
    rest = len(steps) - MAX_STEPS
    card = flex.bubble(
        say("th", "staff.lift.title"),
        soft(official),
        *([projected(projection, lead)] if projection else []),
        *map(_step, steps[:MAX_STEPS]),
        *([soft(say("th", "staff.lift.more", count=rest))] if rest > 0 else []),
        *map(soft, notes),
        size="giga",
    )
    first = steps[0]
    best = f"{_name(first)} {worth_words(first.points)}"
    return flex.flex_message(say("th", "staff.lift.alt", count=len(steps), best=best), card)


def _step(step: Step) -> Box:
    head = row(
        words(_name(step), weight="bold", flex=1, maxLines=3),
        words(worth_words(step.points) or "–", weight="bold", color=flex.GOOD, align="end", flex=0),
        spacing="sm",
    )
    if not step.measures:
        return column(head, backgroundColor=flex.QUIET, cornerRadius="8px", paddingAll="10px")
    first = step.measures[0]
    command = say("th", "citizen.measure.command", number=first.number)
    return tappable(command, head, soft(_serving(step)), spacing="xs")


def _name(step: Step) -> str:
    return f"{step.code} {cut(step.title, 80)}".strip()


def _serving(step: Step) -> str:
    """The measures by number; of a single one also whose it is."""
    first, *others = step.measures
    if not others:
        number, unit = first.number, cut(" ".join(first.unit.split()), 40)
        return say("th", "staff.lift.by_one", number=number, unit=unit)
    shown = ", ".join(str(measure.number) for measure in step.measures[:MAX_SERVING])
    return say("th", "staff.lift.by_several", numbers=shown, count=len(step.measures))
