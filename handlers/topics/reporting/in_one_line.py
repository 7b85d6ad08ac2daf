"""A report that came whole, in one line: recorded at once, unless its round, its share or the day
of the act is unclear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.texts import say
from handlers.topics.reporting.answering import of_part
from handlers.topics.reporting.asking import ask
from handlers.topics.reporting.copies import Copy, copied
from handlers.topics.reporting.draft import Draft, Step, with_links
from handlers.topics.reporting.parking import waiting_links
from handlers.topics.reporting.parts import waiting_parts
from handlers.topics.reporting.recording import recorded
from handlers.topics.reporting.reporter import own_parts
from ita.measures import Measure, Progress, Status, merged
from ita.rounds import Part


def take_report(
    asked: Asked,
    measure: Measure,
    progress: Progress,
    *,
    shortened: bool = False,
    unclear: Step | None = None,
) -> Outcome:
    """Record it, with the photos that were sent just before; `unclear` is what to ask of its day:
    Step.DAY, Step.YEAR, or None."""
    held = asked.desk.hold(measure.id) or measure
    report = replace(progress, links=merged(progress.links, waiting_links(asked)))
    parts = _parts(asked, held, report.round)
    if len(parts) == 1 and unclear is None:
        (part,) = parts
        report = replace(report, unit=part.unit or report.unit, round=part.round)
        copy = copied(report.output, held, asked.desk.measures())
        return recorded(asked, held, report, shortened=shortened, remark=_remark(copy))
    if not asked.one_to_one:
        return Outcome((text_message(say("th", "staff.guided.privately")),))
    return ask(asked, _draft(asked, report, parts, unclear), held)


def _parts(asked: Asked, measure: Measure, named: date | None) -> tuple[Part, ...]:
    """The parts that the report may be about: of the round that was named, else what waits."""
    own = own_parts(asked, measure) if named else ()
    return tuple(part for part in own if part.round == named) or waiting_parts(asked, measure)


def _remark(copy: Copy | None) -> str:
    """That the words stand somewhere already; nothing where they do not."""
    if copy is None:
        return ""
    if copy.own:
        return say("th", "staff.copied.before_too")
    return say("th", "staff.copied.other_too", number=copy.number)


def _draft(asked: Asked, report: Progress, parts: Sequence[Part], unclear: Step | None) -> Draft:
    """What was written, with the part or the day still to be said and then all to be looked at."""
    wanted = [*([Step.PART] if len(parts) > 1 else []), *([unclear] if unclear else [])]
    draft = Draft(
        began=asked.event.at.isoformat(), measure=report.measure_id, at=wanted[0],
        status=(Status.DONE if report.says_done else report.status).value,
        percent=None if report.says_done else report.percent,
        words={Step.OUTPUT.value: report.output} if report.output else {},
        messages={Step.OUTPUT.value: asked.event.message_id} if asked.event.message_id else {},
        day=report.act_on.isoformat() if report.act_on else "",
        asked=tuple(each.value for each in wanted),
    )  # fmt: skip
    known = of_part(draft, parts[0]) if len(parts) == 1 else draft
    return with_links(known, report.links)
