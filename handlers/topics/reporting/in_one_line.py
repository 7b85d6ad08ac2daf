"""A report that came whole, in one line: recorded at once, unless its round or share is unclear."""

from dataclasses import replace

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.texts import say
from handlers.topics.reporting.asking import ask
from handlers.topics.reporting.copies import Copy, copied
from handlers.topics.reporting.draft import Draft, Step, with_links
from handlers.topics.reporting.parking import waiting_links
from handlers.topics.reporting.parts import waiting_parts
from handlers.topics.reporting.recording import recorded
from ita.measures import Measure, Progress, Status, merged


def take_report(
    asked: Asked, measure: Measure, progress: Progress, *, shortened: bool = False
) -> Outcome:
    """Record it, with the photos that were sent just before."""
    held = asked.desk.hold(measure.id) or measure
    report = replace(progress, links=merged(progress.links, waiting_links(asked)))
    parts = waiting_parts(asked, held)
    if len(parts) == 1:
        (part,) = parts
        report = replace(report, unit=part.unit or report.unit, round=part.round)
        copy = copied(report.output, held, asked.desk.measures())
        return recorded(asked, held, report, shortened=shortened, remark=_remark(copy))
    if not asked.one_to_one:
        return Outcome((text_message(say("th", "staff.guided.privately")),))
    return ask(asked, _draft(asked, report), held)


def _remark(copy: Copy | None) -> str:
    """That the words stand somewhere already; nothing where they do not."""
    if copy is None:
        return ""
    if copy.own:
        return say("th", "staff.copied.before_too")
    return say("th", "staff.copied.other_too", number=copy.number)


def _draft(asked: Asked, report: Progress) -> Draft:
    """What was written, with the part still to be said and then all to be looked at."""
    draft = Draft(
        began=asked.event.at.isoformat(), measure=report.measure_id, at=Step.PART,
        status=(Status.DONE if report.says_done else report.status).value,
        percent=None if report.says_done else report.percent,
        words={Step.OUTPUT.value: report.output} if report.output else {},
        messages={Step.OUTPUT.value: asked.event.message_id} if asked.event.message_id else {},
        day=report.act_on.isoformat() if report.act_on else "",
        asked=(Step.PART.value,),
    )  # fmt: skip
    return with_links(draft, report.links)
