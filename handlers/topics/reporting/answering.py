"""What an answer makes of a draft: taken as it is, or asked about again; then the next question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import cut
from handlers.pressing import with_presses
from handlers.texts import say
from handlers.topics.reporting.asking import ask, go, offered, order_of
from handlers.topics.reporting.copies import Copy, copied, same
from handlers.topics.reporting.draft import (
    DOUBTED,
    MAX_LINKS,
    TOLD,
    Draft,
    Step,
    changed,
    doubting,
    step_of,
    with_links,
)
from handlers.topics.reporting.reading import (
    day_in,
    is_deed,
    links_in,
    means,
    standing_in,
)
from handlers.topics.reporting.recording import MAX_OUTPUT
from ita.measures import Measure, Status
from ita.rounds import Part

COMPARED: Final = (Step.OUTPUT, Step.OUTCOME)
"""The answers that reviewers hold against each other."""
TELLING: Final = 12
"""More letters beside a standing than that are what was done; fewer are politeness."""
DEED: Final = 6
"""So many letters without any standing may be what was done: ประชุม."""


def _part(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    digits = "".join(char for char in words if char.isdecimal())
    parts = offered(asked, measure)
    if not digits or not 1 <= int(digits[:3]) <= len(parts):
        return ask(asked, draft, measure, noted("choose"))
    return on(asked, of_part(draft, parts[int(digits[:3]) - 1]), measure)


def _status(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    if words in tuple(Status):
        return on(asked, changed(draft, status=words, percent=None), measure)
    found = standing_in(asked, measure, words)
    if found is None:
        return _deed(asked, draft, measure, words)
    known = changed(draft, status=found.status.value, percent=found.percent)
    if len(found.rest) <= TELLING or draft.told(Step.OUTPUT):
        return on(asked, known, measure)
    if found.status is Status.NOT_STARTED:  # nobody asks what was done then
        return on(asked, _with_words(asked, known, Step.OUTPUT, found.rest), measure)
    shown = with_links(known, links_in(words)[0])
    return told(asked, replace(shown, at=Step.OUTPUT), measure, found.rest, sure=False)


def _deed(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    """Words that say not how far it is but what was done are kept as that."""
    if draft.told(Step.OUTPUT) or not is_deed(asked, measure, words, DEED):
        return ask(asked, draft, measure, noted("status_unclear"))
    status = "" if draft.status == Status.NOT_STARTED else draft.status
    output = replace(draft, at=Step.OUTPUT, status=status)
    return told(asked, output, measure, words, sure=False, remark=noted("kept_as_output"))


def _own_words(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    return told(asked, draft, measure, words, sure=draft.at not in COMPARED)


def told(
    asked: Asked, draft: Draft, measure: Measure, words: str, *, sure: bool, remark: str = ""
) -> Outcome:
    """The person's words as they are; that others are the same is said before."""
    links, _ = links_in(words)
    kept = cut(words.strip(), MAX_OUTPUT, mark="")
    if not sure and (copy := _copy_of(asked, draft, measure, kept)):
        return _ask_about(doubting(draft, kept, asked.event.message_id), copy)
    known = with_links(_with_words(asked, draft, draft.at, kept), links)
    is_whole = kept == words.strip()
    note = remark if is_whole else say("th", "staff.report.shortened", limit=MAX_OUTPUT)
    return on(asked, known, measure, note)


def ask_about_copy(asked: Asked, draft: Draft, measure: Measure) -> Outcome | None:
    """The question about doubted words once more; None where they equal no others any more."""
    copy = _copy_of(asked, draft, measure, draft.doubted)
    return _ask_about(draft, copy) if copy else None


def _copy_of(asked: Asked, draft: Draft, measure: Measure, words: str) -> str:
    """What the words equal, in a sentence; "" where nothing."""
    other = Step.OUTCOME if draft.at is Step.OUTPUT else Step.OUTPUT
    if same(words, draft.told(other)):
        return say("th", "staff.copied.here")
    found: Copy | None = copied(words, measure, asked.desk.measures())
    if found is None:
        return ""
    if found.own:
        return say("th", "staff.copied.before")
    return say("th", "staff.copied.other", number=found.number)


def _ask_about(draft: Draft, sentence: str) -> Outcome:
    at = draft.at.value
    actions = [
        go(say("th", "staff.tap.write_again"), "again", draft, at=at),
        go(say("th", "staff.tap.use"), "use", draft, at=at),
    ]
    message = {"type": "text", "text": sentence}
    return Outcome((with_presses(message, actions),), step=step_of(draft))


def _day(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    day = day_in(words, asked.today)
    if day is None:
        return ask(asked, draft, measure, noted("day_unclear"))
    if day > asked.today:
        return ask(asked, draft, measure, noted("day_to_come"))
    known = changed(draft, day=day.isoformat(), year_said=False)
    if draft.mending and Step.YEAR in order_of(asked, known, measure):
        return ask(asked, replace(known, at=Step.YEAR), measure)
    return on(asked, known, measure)


def _year(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    if means(words, "ใช่", "ถูกต้อง", "ถูก", "ใช่แล้ว"):
        return on(asked, replace(draft, year_said=True), measure)
    day = day_in(words, asked.today)
    if day is None or day > asked.today:
        return ask(asked, draft, measure, noted("day_unclear"))
    return on(asked, changed(draft, day=day.isoformat(), year_said=True), measure)


def _evidence(asked: Asked, draft: Draft, measure: Measure, words: str) -> Outcome:
    if any(links_in(words)):
        known, note = with_typed(draft, words)
        return ask(asked, known, measure, note)
    if words == "enough" or means(words, "ไม่มี", "หมดแล้ว", "ต่อไป", "พอแล้ว", "ครบแล้ว", "เท่านี้"):
        return on(asked, draft, measure)
    return ask(asked, draft, measure, noted("no_link_there"))


def with_typed(draft: Draft, words: str) -> tuple[Draft, str]:
    """The draft with the links in the words as evidence, and what is to be said of them."""
    links, unusable = links_in(words)
    if unusable:
        return draft, say("th", "staff.guided.https", link=cut(unusable[0], 100))
    full = len({*draft.links, *links}) > MAX_LINKS
    note = say("th", "staff.guided.full", limit=MAX_LINKS) if full else noted("link_kept")
    return with_links(draft, links), note


# --- On


def on(asked: Asked, draft: Draft, measure: Measure, note: str = "") -> Outcome:
    """To the next question: the review after a correction, else the next in order.

    Of a report that only lacks something, the next question that has no answer.
    """
    order = order_of(asked, draft, measure)
    place = order.index(draft.at) + 1 if draft.at in order else len(order)
    following = [*order[place:], Step.REVIEW]
    if draft.mending:
        following = [Step.REVIEW]
    elif draft.asked:
        following = [step for step in following if not _answered(draft, step)]
    return ask(asked, replace(draft, at=following[0], mending=False), measure, note)


def _answered(draft: Draft, step: Step) -> bool:
    answers = {
        Step.DAY: draft.day, Step.YEAR: draft.year_said, Step.EVIDENCE: draft.links,
        Step.PART: draft.part_said, Step.STATUS: draft.status,
    }  # fmt: skip
    return bool(draft.told(step) if step in TOLD else answers.get(step))


def of_part(draft: Draft, part: Part) -> Draft:
    """The draft of a part that is known."""
    round_day = part.round.isoformat() if part.round else ""
    return changed(draft, unit=part.unit, round=round_day, part_said=True)


def _with_words(asked: Asked, draft: Draft, step: Step, words: str) -> Draft:
    told = {**draft.words, step.value: words}
    came_in = {**draft.messages}
    doubted = came_in.pop(DOUBTED, "")  # a press that settles a doubt is no message
    if message_id := asked.event.message_id or doubted:
        came_in[step.value] = message_id
    return changed(draft, words=told, messages=came_in)


def noted(name: str) -> str:
    """A remark before a question."""
    return say("th", f"staff.noted.{name}")


_Answer = Callable[[Asked, Draft, Measure, str], Outcome]
ANSWERS: Final[Mapping[Step, _Answer]] = {
    Step.PART: _part,
    Step.STATUS: _status,
    Step.OUTPUT: _own_words,
    Step.OUTCOME: _own_words,
    Step.OBSTACLE: _own_words,
    Step.BUDGET: _own_words,
    Step.DAY: _day,
    Step.YEAR: _year,
    Step.EVIDENCE: _evidence,
}
