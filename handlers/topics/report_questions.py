"""What is asked back when a report is not whole: each question one thing, answered by a tap.

A button carries the whole corrected command in the person's own words, or is not there.
"""

from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import Outcome
from handlers.flex import QuickReply, cut, fits, link_uri
from handlers.replies import answer_with, ask
from handlers.texts import say
from handlers.topics.report_line import SETTLED, ReportLine, Standing
from ita.measures import THAI_STATUS, Measure, Status

MAX_CHOICES: Final = 3
STEPS: Final = (
    THAI_STATUS[Status.NOT_STARTED], THAI_STATUS[Status.IN_PROGRESS],
    "25%", "50%", "75%", THAI_STATUS[Status.DONE],
)  # fmt: skip


def which(line: ReportLine, likely: Sequence[Measure], measures: Sequence[Measure]) -> Outcome:
    """Which of these measures? `measures` are all, so that a button names one unmistakably."""
    shown = likely[:MAX_CHOICES]
    said = line.standing.said if line.standing else ""
    choices = [
        QuickReply(
            command(reference(measure, measures), said, line),
            say("th", "staff.button.measure", number=measure.number, title=measure.title),
        )
        for measure in shown
    ]
    names = "\n".join(measure_name(measure) for measure in shown)
    return _choose(say("th", "staff.report.which", names=names), choices)


def how_far(
    measure: Measure, reference: str, line: ReportLine, offered: Sequence[str] = ()
) -> Outcome:
    """How far is it? Asked when nothing says it, or what says it cannot be; `offered` is what was
    probably meant."""
    name, standing = measure_name(measure), line.standing
    if standing is None:
        meant = _meant(reference, line)
        known = [each.label for each in meant]
        steps = [each for each in dict.fromkeys((*offered, *STEPS)) if each not in known]
        choices = [*meant, *_steps(reference, line, steps)]
        return _choose(say("th", "staff.report.how_far", name=name), choices)
    if standing.odd:
        odd = cut(standing.odd, 20)
        words = say("th", "staff.report.percent", name=name, percent=odd)
        return _choose(words, _steps(reference, line, STEPS))
    return _differs(name, reference, line, standing)


def better_link(reference: str, line: ReportLine) -> Outcome:
    """A link that cannot be kept: offer https where that alone is missing."""
    link = line.unusable_links[0]
    said = line.standing.said if line.standing else ""
    words = say("th", "staff.report.link", link=cut(link, 100))
    secure = "https://" + link.removeprefix("http://")
    if not link_uri(secure):
        return ask(words, [])
    corrected = command(reference, said, line).replace(link, secure)
    return ask(words, [QuickReply(corrected, say("th", "staff.button.take_https"))])


def other_unit(asked: Asked, measure: Measure) -> Outcome:
    """The measure is in another unit's hands: say in whose."""
    name, unit = measure_name(measure), cut(measure.unit, 100)
    return answer_with(asked, say("th", "staff.report.other_unit", name=name, unit=unit))


def reference(measure: Measure, measures: Sequence[Measure]) -> str:
    """What names the measure in a command: its number, or its title where numbers repeat."""
    alone = sum(each.number == measure.number for each in measures) == 1
    return str(measure.number) if alone else measure.title


def command(reference: str, said: str, line: ReportLine) -> str:
    """The whole command, as the person would have to write it."""
    word = say("th", "staff.button.report")
    return " ".join(part for part in (word, reference, said, line.output, line.tail) if part)


def _steps(reference: str, line: ReportLine, steps: Sequence[str]) -> list[QuickReply]:
    answers = steps
    if line.mixed and line.output:
        answers = [f"{step} {SETTLED}" for step in steps]
    return [
        QuickReply(command(reference, answer, line), step)
        for answer, step in zip(answers, steps, strict=True)
    ]


def _meant(reference: str, line: ReportLine) -> list[QuickReply]:
    """A number without % where the percent belongs: probably meant so, and asked."""
    bare = line.bare_amount()
    if bare is None:
        return []
    percent, line = bare
    return _steps(reference, line, [f"{percent}%"])


def _differs(name: str, reference: str, line: ReportLine, standing: Standing) -> Outcome:
    status = standing.status or Status.IN_PROGRESS
    word = THAI_STATUS[Status.DONE if status is Status.AWAITING_ACCEPTANCE else status]
    words = say("th", "staff.report.differ", name=name, status=word, percent=standing.percent)
    return _choose(words, _steps(reference, line, [word, f"{standing.percent}%"]))


def _choose(question: str, choices: list[QuickReply]) -> Outcome:
    """A question with its buttons; a long report fits in none, so it is typed again."""
    possible = any(fits(choice.text) for choice in choices)
    hint = say("th", "staff.report.choose" if possible else "staff.report.type_again")
    return ask(f"{question}\n\n{hint}", choices)
