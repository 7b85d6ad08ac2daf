"""รายงานผล: a member of staff reports on a measure in one line, and sees its new state.

What is missing or unclear is asked, one thing at a time, with buttons that carry the person's
own words; a result is never made up, and nothing is recorded before the line is whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_state
from handlers.desk import Outcome
from handlers.flex import cut
from handlers.replies import answer_with, show
from handlers.texts import say
from handlers.topics import report_questions as questions
from handlers.topics.outstanding import own_outstanding
from handlers.topics.report_line import ReportLine, read_line
from ita.agency import Role
from ita.changes import ReportProgress
from ita.matching import CERTAIN, Match, find
from ita.measures import Measure, Progress, Status, after
from ita.outstanding import belongs_to
from ita.text import normalise

MAX_OUTPUT: Final = 1000
MAX_LINKS: Final = 10
COORDINATORS_UNIT: Final = "ผู้ประสานงาน"

SPELLED_OUT: Final = 0.7
"""From this confidence on ita.matching found every word in the measure's own words."""
CONTAINED: Final = 0.75
"""From this confidence on it found them together, as they stand."""
TELLING: Final = 6
"""Fewer letters (such as การ) may stand in one measure by chance: then it is asked."""
LEADING_WORDS: Final = 6
"""So many words at the start of a line are tried as words of a title."""


def report(asked: Asked) -> Outcome:
    """Record a report, or ask for what is missing in it."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.report", agency=asked.agency_name)
        return answer_with(asked, words)
    measures = asked.desk.measures()
    if not measures:
        return answer_with(asked, say("th", "staff.report.no_measures"))
    if not asked.words:
        return answer_with(asked, say("th", "staff.report.how"))
    return _on_line(asked, measures)


def _on_line(asked: Asked, measures: Sequence[Measure]) -> Outcome:
    line, matches = _located(measures, read_line(asked.words))
    if not line.measure:
        waiting = [item.measure for item in own_outstanding(asked)]
        return questions.which(line, waiting or measures, measures)
    if not matches:
        return answer_with(asked, say("th", "staff.report.not_found", words=cut(line.measure, 60)))
    measure = _unmistakable(line, matches)
    if measure is None:
        return questions.which(line, _own_first(asked, matches), measures)
    return _on_measure(asked, measure, questions.reference(measure, measures), line)


def _located(measures: Sequence[Measure], line: ReportLine) -> tuple[ReportLine, Sequence[Match]]:
    """The measures that the line may mean. Without a number or a standing, nothing tells where
    a title's words end and the text begins: as many words as stand in a measure are its name.
    """
    if line.numbered or line.standing:
        return line, find(measures, line.measure)
    for count in range(min(LEADING_WORDS, len(line.measure.split())), 0, -1):
        parts = line.measure.split(None, count)
        title, text = " ".join(parts[:count]), "".join(parts[count:])
        matches = [each for each in find(measures, title) if each.confidence >= SPELLED_OUT]
        if matches:
            return replace(line, measure=title, output=text), matches
    return line, find(measures, line.measure)


def _unmistakable(line: ReportLine, matches: Sequence[Match]) -> Measure | None:
    certain = [match.measure for match in matches if match.confidence == CERTAIN]
    if not certain and len(normalise(line.measure)) < TELLING:
        return None
    likely = certain or [match.measure for match in matches if match.confidence >= CONTAINED]
    return likely[0] if len(likely) == 1 else None


def _own_first(asked: Asked, matches: Sequence[Match]) -> list[Measure]:
    found = [match.measure for match in matches]
    return sorted(found, key=lambda each: not belongs_to(each.unit, asked.person.units))


def _on_measure(asked: Asked, measure: Measure, reference: str, line: ReportLine) -> Outcome:
    if not _may_report(asked, measure):
        return questions.other_unit(asked, measure)
    standing = line.standing
    if standing is None or standing.odd or standing.differs:
        return questions.how_far(measure, reference, line)
    if line.unusable_links:
        return questions.better_link(reference, line)
    if len(line.links) > MAX_LINKS:
        return answer_with(asked, say("th", "staff.report.many_links", limit=MAX_LINKS))
    status, percent = standing.progress()
    output = cut(line.output, MAX_OUTPUT, mark="")
    unit = _unit_for(asked, measure)
    progress = Progress(measure.id, asked.event.at, unit, status, percent, output, line.links)
    return _recorded(asked, measure, progress, shortened=output != line.output)


def _may_report(asked: Asked, measure: Measure) -> bool:
    coordinates = asked.person.role is Role.COORDINATOR
    return coordinates or belongs_to(measure.unit, asked.person.units)


def _unit_for(asked: Asked, measure: Measure) -> str:
    """The person's unit that the measure is for; else their first."""
    units = asked.person.units
    fitting = [unit for unit in units if belongs_to(measure.unit, [unit])]
    return next(iter((*fitting, *units)), COORDINATORS_UNIT)


def _recorded(asked: Asked, measure: Measure, progress: Progress, *, shortened: bool) -> Outcome:
    known = after(measure, progress)
    late = measure.last_report_at is not None and progress.at < measure.last_report_at
    notes = (
        (late, say("th", "staff.report.older")),
        (shortened, say("th", "staff.report.shortened", limit=MAX_OUTPUT)),
        (known.status is Status.AWAITING_ACCEPTANCE, say("th", "staff.report.waiting")),
        (not known.evidence, say("th", "staff.report.no_link")),
    )
    card = measure_state(known, [note for applies, note in notes if applies], asked.today)
    return replace(show(asked, card), changes=(ReportProgress(progress),))
