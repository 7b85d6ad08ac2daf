"""A month in one card: of a unit, or of the whole agency unit by unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from handlers import flex
from handlers.cards.common import STATUS_COLOUR, aged, figure, soft, worth_words
from handlers.cards.outstanding import WHY_COLOUR, Reader, outstanding_row
from handlers.desk import Message
from handlers.flex import Box, column, cut, row, words
from handlers.texts import say
from ita.dates import thai_date
from ita.measures import THAI_STATUS, Measure, Status
from ita.outstanding import Outstanding, Why

MAX_FIRST: Final = 3
MAX_UNITS: Final = 8


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month and how things stand today.

    `name` is the month in Thai with its year, `today` the day of the states; `reports` were made
    in the month, on `reported` measures; `worth` are the points of the total that the measures
    together would still bring; `by_unit` asks for every unit's share.
    """

    name: str
    today: date
    measures: Sequence[Measure]
    outstanding: Sequence[Outstanding]
    reports: int
    reported: int
    worth: Decimal = Decimal()
    by_unit: bool = False


def summary_card(month: Month, reader: Reader, notes: Sequence[str] = ()) -> Message:
    """The month's reports, how far the measures are, and where to begin."""
    statuses = Counter(measure.status for measure in month.measures)
    done, count = statuses[Status.DONE], len(month.measures)
    card = flex.bubble(
        say("th", "staff.summary.title", month=month.name),
        column(
            soft(cut(reader.scope, 120)),
            soft(say("th", "staff.summary.today", day=thai_date(month.today))),
        ),
        *_so_far(done, count),
        column(*_by_status(statuses), spacing="sm"),
        flex.separator(),
        *_reports(month),
        *_waiting(month),
        *_units(month),
        *_first(month, reader),
        *(part for note in notes for part in aged(note)),
        size="giga",
    )
    alt = say(
        "th", "staff.summary.alt",
        month=month.name, done=done, count=count, reports=month.reports,
        waiting=len(month.outstanding),
    )  # fmt: skip
    return flex.flex_message(alt, card)


def _so_far(done: int, count: int) -> list[Box]:
    said = words(say("th", "staff.summary.done", done=done, count=count), weight="bold", size="lg")
    return [column(said, flex.bar(100 * done / count, flex.GOOD), spacing="sm")]


def _by_status(statuses: Counter[Status]) -> list[Box]:
    return [
        figure(THAI_STATUS[status], str(statuses[status]), STATUS_COLOUR[status])
        for status in reversed(Status)
        if statuses[status]
    ]


def _reports(month: Month) -> list[Box]:
    """How often was reported in the month, and what the measures could still bring."""
    reports = (
        say("th", "staff.summary.reports", reports=month.reports, measures=month.reported)
        if month.reports
        else say("th", "staff.summary.no_reports")
    )
    worth = worth_words(month.worth)
    lines = [figure(say("th", "staff.summary.reported"), reports)]
    lines += [figure(say("th", "staff.summary.worth"), worth, flex.GOOD)] if worth else []
    return [column(*lines, spacing="sm")]


def _waiting(month: Month) -> list[Box]:
    """How many wait for the units, of each kind; the statuses say what waits for a coordinator."""
    counts = Counter(item.why for item in month.outstanding)
    lines = [
        figure(say("th", f"staff.outstanding.{why}"), str(counts[why]), WHY_COLOUR[why])
        for why in Why
        if counts[why] and why is not Why.AWAITING_ACCEPTANCE
    ]
    return [flex.separator(), column(*lines, spacing="sm")] if lines else []


def _units(month: Month) -> list[Box]:
    """How far each unit is, those with the most overdue first."""
    if not month.by_unit:
        return []
    late = Counter(i.measure.unit for i in month.outstanding if i.why is Why.OVERDUE)
    count = Counter(measure.unit for measure in month.measures)
    done = Counter(m.unit for m in month.measures if m.status is Status.DONE)
    units = sorted(count, key=lambda unit: (-late[unit], done[unit] - count[unit], unit))
    lines = [_unit(unit, done[unit], count[unit], late[unit]) for unit in units[:MAX_UNITS]]
    rest = len(units) - len(lines)
    more = [soft(say("th", "staff.summary.more_units", count=rest))] if rest > 0 else []
    heading = words(say("th", "staff.summary.by_unit"), weight="bold")
    return [flex.separator(), column(heading, *lines, *more, spacing="sm")]


def _unit(unit: str, done: int, count: int, late: int) -> Box:
    said = say("th", "staff.summary.unit", done=done, count=count)
    overdue = [soft(say("th", "staff.summary.unit_late", count=late))] if late else []
    name = words(cut(" ".join(unit.split()), 60), size="xs", flex=1)
    share = words(said, size="xs", weight="bold", align="end", flex=0)
    shown = [{**each, "color": flex.BAD, "weight": "bold"} for each in overdue]
    return column(row(name, share, spacing="sm"), *shown)


def _first(month: Month, reader: Reader) -> list[Box]:
    """Where to begin."""
    if not month.outstanding:
        return []
    heading = words(say("th", "staff.summary.first"), weight="bold")
    rows = [outstanding_row(item, reader) for item in month.outstanding[:MAX_FIRST]]
    return [flex.separator(), heading, *rows]
