"""Rounds and shares in words, and which of them a report is about."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.flex import cut
from handlers.texts import say
from handlers.topics.reporting.reporter import own_parts
from ita.dates import thai_date
from ita.measures import Measure, Progress, Status
from ita.rounds import WHOLE, Part, parts_done, parts_of

MOST_REPORTS: Final = 500
"""So many reports of a measure are looked at: monthly ones of twenty units fit twice."""
MOST_NAMED: Final = 24


def reports_on(asked: Asked, measure: Measure) -> Sequence[Progress]:
    """The reports on a measure that count, the newest first."""
    return asked.desk.history(measure.id, MOST_REPORTS)


def is_whole(asked: Asked, measure: Measure) -> bool:
    """Whether the measure has no rounds and is not shared."""
    return parts_of(measure, asked.desk.agency.units) == (WHOLE,)


def waiting_parts(asked: Asked, measure: Measure) -> tuple[Part, ...]:
    """The person's parts that are not done, or all of them where none is left."""
    own = own_parts(asked, measure)
    done = parts_done(measure, asked.desk.agency.units, reports_on(asked, measure))
    return tuple(part for part in own if part not in done) or own


def still_due(asked: Asked, measures: Sequence[Measure]) -> list[Measure]:
    """Those of which a part of the person's is open, each with the day of that round as its own;
    and those that a coordinator has, or gave back.
    """
    parts = [(measure, _open_part(asked, measure)) for measure in measures]
    return [_due_by(measure, part) for measure, part in parts if part or _is_judged(measure)]


def part_words(part: Part) -> str:
    """ "รอบ 31 ต.ค. 2567 · กองคลัง"; "" for a whole measure."""
    day = say("th", "staff.guided.round", day=thai_date(part.round)) if part.round else ""
    return " · ".join(filter(None, (day, cut(part.unit, 60))))


def ticks(asked: Asked, measure: Measure, reports: Sequence[Progress]) -> str:
    """Each part of the measure on a line of its own, the done ones ticked; "" without parts."""
    units = asked.desk.agency.units
    parts = parts_of(measure, units)
    if parts == (WHOLE,):
        return ""
    done = parts_done(measure, units, reports)
    lines = [f"{'✓' if part in done else '○'} {part_words(part)}" for part in parts]
    head = say("th", "staff.guided.parts", done=len(done), count=len(parts))
    return "\n".join((head, *lines[:MOST_NAMED], *(["…"] if lines[MOST_NAMED:] else [])))


def _open_part(asked: Asked, measure: Measure) -> Part | None:
    """The first of the person's parts of a measure that is not done; None where all theirs are.

    A measure without rounds or shares is open until it is done as a whole.
    """
    if is_whole(asked, measure):
        return WHOLE
    done = parts_done(measure, asked.desk.agency.units, reports_on(asked, measure))
    return next((part for part in own_parts(asked, measure) if part not in done), None)


def _due_by(measure: Measure, part: Part | None) -> Measure:
    """The measure with the day of its open round as its own."""
    day = part.round if part else None
    return replace(measure, period=replace(measure.period, end=day)) if day else measure


def _is_judged(measure: Measure) -> bool:
    """Whether a coordinator has it, or gave it back."""
    return measure.status is Status.AWAITING_ACCEPTANCE or bool(measure.acceptance)
