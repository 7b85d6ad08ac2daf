"""Rounds and shares in words, and which of them a report is about."""

from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.flex import cut
from handlers.texts import say
from handlers.topics.reporting.reporter import own_parts
from ita.dates import thai_date
from ita.measures import Measure, Progress
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
