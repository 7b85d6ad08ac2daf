"""รายงานผล: a member of staff reports on a measure in one line, and sees its new state.

What is missing or unclear is asked, one thing at a time, with buttons that carry the person's
own words; a result is never made up, and nothing is recorded before the line is whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.desk import KEEP, Message, Outcome
from handlers.flex import cut, link_uri, text_message
from handlers.pressing import pressed
from handlers.replies import answer_with
from handlers.texts import say
from handlers.topics import report_questions as questions
from handlers.topics import reporting
from handlers.topics.complaints import protected
from handlers.topics.outstanding import own_outstanding
from handlers.topics.report_day import (
    UNSAID,
    Acted,
    acted,
    acted_of_several,
    doubtful_days,
    typed_day,
)
from handlers.topics.report_line import ReportLine, Standing, read_line
from handlers.topics.reporting.draft import DOUBTED, PARKED, draft_in, step_of
from handlers.topics.reporting.in_one_line import take_report
from handlers.topics.reporting.recording import MAX_OUTPUT
from handlers.topics.reporting.reporter import may_report, unit_for
from handlers.understanding import Ask, Facts, Told, Topic, Understood, understand
from ita.changes import Change, ReportProgress
from ita.matching import CERTAIN, Match, find
from ita.measures import THAI_STATUS, Measure, Progress, Status
from ita.outstanding import belongs_to
from ita.text import normalise

MAX_LINKS: Final = 10
MAX_REPLIES: Final = 5

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
        return reporting.start(asked)
    command = say("th", "staff.button.report")
    understood = understand(f"{command} {asked.words}", asked.person.role, facts_for(asked))
    if understood.topic is Topic.PROTECTED:  # nobody's accusation goes into the shared sheet
        return protected.open_door(asked)
    if understood.topic is Topic.REPORT and understood.measures:
        return on_understood(asked, understood)
    return _on_line(asked, measures, understood)


def report_other(asked: Asked) -> Outcome:
    """The words that waited in a report being written are a report of their own."""
    draft = draft_in(asked.step)
    if draft is None or draft.began != pressed(asked)["draft"] or not draft.doubted:
        return replace(answer_with(asked, say("th", "staff.guided.over")), step=KEEP)
    words = draft.doubted.removeprefix(say("th", "staff.button.report")).strip()
    message_id = draft.messages.get(DOUBTED, "")
    event = replace(asked.event, message_id=message_id)
    outcome = report(replace(asked, words=words, event=event))
    changes = tuple(_written_in(message_id, each) for each in outcome.changes)
    parked = {**step_of(replace(draft, doubted="")), "do": PARKED}
    return replace(outcome, changes=changes, step={**parked, **(outcome.step or {})})


def _written_in(message_id: str, change: Change) -> Change:
    """The report as one whose words came with this message, not with the press of a button."""
    if not (message_id and isinstance(change, ReportProgress)):
        return change
    return replace(change, messages=(*change.messages, message_id))


def facts_for(asked: Asked) -> Facts:
    """What is needed to understand what somebody types."""
    return Facts(asked.desk.measures(), asked.today, asked.person.units)


def on_understood(asked: Asked, understood: Understood) -> Outcome:
    """Record what was understood of a text, and ask for the first thing that is missing."""
    measures, ask = asked.desk.measures(), understood.ask
    if not measures:
        return answer_with(asked, say("th", "staff.report.no_measures"))
    several = len(understood.measures) > 1
    if several:
        asked = replace(asked, step=None)  # photos that wait are not guessed to be of one of them
    outcomes = [
        _on_measure(asked, told.measure, line.measure, line, _offered(told, ask), day)
        for told in understood.measures
        if told.measure and (line := _line(asked, told, ask))
        for day in [acted_of_several(asked, told) if several else acted(told, ask)]
    ]
    if ask is not None and ask.what == "which_measure":
        line = _line(asked, understood.unnamed or Told(None), None)
        which = questions.which(line, _likely(asked, understood, measures), measures)
        outcomes = [*(each for each in outcomes if each.changes), which]
    together = _together(outcomes)
    return _without_day(together) if several and doubtful_days(asked) else together


def _without_day(outcome: Outcome) -> Outcome:
    """Of several reports nobody is asked for the day, which may be of any: that is said."""
    note = text_message(say("th", "staff.report.no_day"))
    replies = (*outcome.replies[:-1], note, *outcome.replies[-1:])[-MAX_REPLIES:]
    return replace(outcome, replies=replies) if outcome.changes else outcome


def _likely(asked: Asked, understood: Understood, measures: Sequence[Measure]) -> Sequence[Measure]:
    """What may be meant, the measure reported on last before those that are only urgent."""
    likely = understood.likely or measures
    last = None if understood.alike else asked.desk.last_report(asked.person)
    first = [each for each in measures if last and each.id == last.progress.measure_id]
    return [*first, *(each for each in likely if each not in first)]


def _offered(told: Told, ask: Ask | None) -> tuple[str, ...]:
    """What was probably meant, apart from the steps that are always offered."""
    if ask is None or ask.what != "how_far" or ask.about != told.measure:
        return ()
    done = {"100%": THAI_STATUS[Status.DONE]}
    likely = (done.get(str(each), str(each)) for each in ask.choices)
    return tuple(each for each in likely if each not in questions.STEPS)


def _line(asked: Asked, told: Told, ask: Ask | None) -> ReportLine:
    """What was told of a measure as the line that a person would have to write."""
    named = questions.reference(told.measure, asked.desk.measures()) if told.measure else ""
    doubt = ask.doubt if ask and ask.about == told.measure else None
    standing = Standing(told.said, told.status, told.percent) if told.status else doubt
    usable = tuple(link for link in told.links if link_uri(link))
    others = (link for link in told.links if link not in told.output)
    return ReportLine(
        measure=named,
        numbered=True,
        standing=standing,
        output=told.output,
        tail=" ".join(filter(None, (typed_day(asked, told), *others))),
        links=usable,
        unusable_links=tuple(link for link in told.links if link not in usable),
        mixed=told.mixed,
    )


def _without_buttons(message: Message) -> Message:
    return {name: value for name, value in message.items() if name != "quickReply"}


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """Several reports of one message: those that are whole are recorded, and the first that is
    not is asked about, last, where its buttons are seen. LINE takes so many messages, no more."""
    recorded = [outcome for outcome in outcomes if outcome.changes]
    waiting = [outcome for outcome in outcomes if not outcome.changes][:1]
    replies = [reply for outcome in (*recorded, *waiting) for reply in outcome.replies]
    earlier = [_without_buttons(reply) for reply in replies[-MAX_REPLIES:-1]]
    changes = tuple(change for outcome in recorded for change in outcome.changes)
    return replace([*outcomes, *waiting][-1], replies=(*earlier, *replies[-1:]), changes=changes)


def _on_line(asked: Asked, measures: Sequence[Measure], understood: Understood) -> Outcome:
    line, matches = _located(measures, read_line(asked.words))
    if not line.measure:
        waiting = [item.measure for item in own_outstanding(asked)]
        return questions.which(line, waiting or measures, measures)
    if not matches and understood.alike and not line.numbered:
        return on_understood(asked, understood)
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


def _on_measure(
    asked: Asked, measure: Measure, reference: str, line: ReportLine, offered: Sequence[str] = (),
    day: Acted = UNSAID,
) -> Outcome:  # fmt: skip
    if not may_report(asked, measure):
        return questions.other_unit(asked, measure)
    standing = line.standing
    said = standing or offered or line.output or line.links or line.unusable_links
    if asked.one_to_one and not said:
        return reporting.start_on(asked, measure)
    if standing is None or standing.odd or standing.differs:
        return questions.how_far(measure, reference, line, offered)
    if line.unusable_links:
        return questions.better_link(reference, line)
    if len(line.links) > MAX_LINKS:
        return answer_with(asked, say("th", "staff.report.many_links", limit=MAX_LINKS))
    status, percent = standing.progress()
    output = cut(line.output, MAX_OUTPUT, mark="")
    progress = Progress(
        measure.id, asked.event.at, unit_for(asked, measure), status, percent, output, line.links,
        act_on=day.day, round=day.round, says_done=status is Status.AWAITING_ACCEPTANCE,
    )  # fmt: skip
    shortened = output != line.output
    return take_report(asked, measure, progress, shortened=shortened, unclear=day.unclear)
