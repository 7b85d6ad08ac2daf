"""รายงานผล without words: the person's measures as cards to choose from, the most urgent first."""

from dataclasses import replace
from datetime import date
from typing import Final

from handlers.asked import Asked
from handlers.cards import due_words, measure_name, state_words, why_words
from handlers.cards.outstanding import WHY_COLOUR
from handlers.desk import Outcome
from handlers.flex import SOFT, Box, column, cut, flex_message, text_message, that_fit, words
from handlers.pressing import button, press, pressed, with_presses
from handlers.replies import answer_with
from handlers.texts import say
from handlers.topics.reporting.answering import of_part
from handlers.topics.reporting.asking import ask, go
from handlers.topics.reporting.draft import REPORTING, Draft, Step, draft_in, with_links
from handlers.topics.reporting.going import begin, empty, resume
from handlers.topics.reporting.parking import ENDED, instead, waiting_links
from handlers.topics.reporting.parts import is_whole, still_due
from handlers.topics.reporting.recording import with_next
from handlers.topics.reporting.reporter import may_report
from ita.measures import Measure, Status
from ita.outstanding import Why, outstanding
from ita.rounds import Part

CARDS: Final = 11
"""And one more for the rest: LINE takes 12."""
BYTES: Final = 27_000
"""Cards of one message as they are sent; with long titles fewer."""


def start(asked: Asked) -> Outcome:
    """The way into a guided report: one that is unfinished first, else the measures."""
    if not asked.one_to_one:
        return Outcome((text_message(say("th", "staff.guided.privately")),))
    draft = draft_in(asked.step)
    if draft is not None and not draft.is_empty:
        return _offer(asked, draft, 0)
    return pick(asked)


def pick(asked: Asked) -> Outcome:
    """A page of the measures that are the person's to report on."""
    urgent = most_urgent(asked)
    if not urgent:
        return answer_with(asked, say("th", "staff.guided.none"))
    before = int((asked.event.pressed or {}).get("after", 0))
    shown = that_fit([_card(asked, measure) for measure in urgent[before : before + CARDS]], BYTES)
    rest = len(urgent) - before - len(shown)
    cards = [*shown, *([_more(before + len(shown), rest)] if rest > 0 else [])]
    carousel = flex_message(
        say("th", "staff.guided.pick", count=len(urgent)),
        {"type": "carousel", "contents": cards},
    )
    how = [] if before else [text_message(say("th", "staff.guided.how"))]
    return Outcome((*how, with_next(asked, carousel)))


def anew(asked: Asked) -> Outcome:
    """The unfinished report is given up for another, as it was when that was offered."""
    draft, action = draft_in(asked.step), pressed(asked)
    is_old = draft is not None and (draft.began, draft.edits) != (
        action.get("draft"),
        action.get("edits"),
    )
    if draft is not None and is_old and not draft.is_empty:
        return _offer(asked, draft, action["measure"])
    measure = asked.desk.hold(pressed(asked)["measure"]) if pressed(asked)["measure"] else None
    if measure is None:
        return replace(pick(asked), step=ENDED)
    return instead(begin(asked, measure, with_links(empty(asked, measure), waiting_links(asked))))


def choose_measure(asked: Asked) -> Outcome:
    """A measure was pressed: its first question, with the photos that were sent before."""
    measure = asked.desk.hold(pressed(asked)["measure"])
    if measure is None:
        return answer_with(asked, say("th", "staff.accepting.gone"))
    return start_on(asked, measure)


def start_on(asked: Asked, measure: Measure) -> Outcome:
    """A guided report on this measure, unless another one is unfinished."""
    draft, links = draft_in(asked.step), waiting_links(asked)
    if draft is not None and draft.measure == measure.id and links:
        return resume(asked, draft, measure)
    if draft is not None and not draft.is_empty:
        return _offer(asked, draft, measure.id)
    return begin(asked, measure, with_links(empty(asked, measure), links))


def complete(asked: Asked) -> Outcome:
    """A button below a report leads to what it lacks; only that is asked."""
    action = pressed(asked)
    measure, at = asked.desk.hold(action["measure"]), Step(action["at"])
    if measure is None:
        return answer_with(asked, say("th", "staff.accepting.gone"))
    if not may_report(asked, measure):
        return begin(asked, measure)
    unfinished = draft_in(asked.step)
    if unfinished is not None and unfinished.measure == measure.id:
        at_hand = replace(unfinished, at=at, mending=not unfinished.asked)
        return ask(asked, at_hand, measure)
    if (asked.step or {}).get("kept") and unfinished is not None and not unfinished.is_empty:
        return _offer(asked, unfinished, measure.id)  # one waits behind it already
    done = replace(empty(asked, measure), status=Status.DONE.value, asked=tuple(action["asked"]))
    if not is_whole(asked, measure):
        round_day = date.fromisoformat(action["round"]) if action["round"] else None
        done = of_part(done, Part(action["unit"], round_day))
    return ask(asked, replace(done, at=at), measure)


def most_urgent(asked: Asked) -> list[Measure]:
    """The measures that are the person's to report on: what is outstanding, worst first, then
    what is under way, and what is done last."""
    own = [measure for measure in asked.desk.measures() if may_report(asked, measure)]
    waiting = [item.measure for item in outstanding(still_due(asked, own), asked.today)]
    waiting.sort(key=lambda measure: measure.status is Status.AWAITING_ACCEPTANCE)
    named = {measure.id for measure in waiting}
    others = [measure for measure in own if measure.id not in named]
    return waiting + sorted(others, key=lambda measure: measure.status is Status.DONE)


def measure_press(measure: Measure) -> Box:
    """A button that begins a report on a measure."""
    label = say("th", "staff.button.measure", number=measure.number, title=measure.title)
    return press(label, REPORTING, go="on", measure=measure.id)


def _offer(asked: Asked, draft: Draft, wanted: int) -> Outcome:
    """One is unfinished: on with it, or another?"""
    measure = asked.desk.hold(draft.measure)
    if measure is None:
        return replace(pick(asked), step=ENDED)
    other, name = asked.desk.hold(wanted) if wanted else None, measure_name(measure, 80)
    question = (
        say("th", "staff.guided.begin_other", name=name, other=measure_name(other, 80))
        if other and other.id != measure.id
        else say("th", "staff.guided.unfinished", name=name)
    )
    resume = go(say("th", "staff.tap.resume"), "resume", draft)
    afresh = go(say("th", "staff.tap.anew"), "anew", draft, measure=wanted, edits=draft.edits)
    give_up = go(say("th", "staff.tap.cancel"), "discard", draft)
    return Outcome((with_presses(text_message(question), [resume, afresh, give_up]),))


def _card(asked: Asked, measure: Measure) -> Box:
    """A measure, small: whose and until when, how far it is, and the button."""
    label = say("th", "staff.measure.report")
    found = outstanding([measure], asked.today)
    urgent = [why_words(item) for item in found if item.why is not Why.AWAITING_ACCEPTANCE]
    colour = WHY_COLOUR[found[0].why] if found else SOFT
    state = " · ".join((state_words(measure), *urgent))
    due = f"{due_words(measure)} · {cut(measure.unit, 40)}"
    return {
        "type": "bubble",
        "size": "kilo",
        "body": column(
            words(measure_name(measure, 120), weight="bold", maxLines=4),
            words(state, size="xs", color=colour, maxLines=2),
            words(due, size="xs", color=SOFT, maxLines=2),
            spacing="sm", paddingAll="14px",
        ),
        "footer": column(button(press(label, REPORTING, go="on", measure=measure.id))),
    }  # fmt: skip


def _more(after: int, rest: int) -> Box:
    """The card after the last one: the next page."""
    label = say("th", "staff.tap.more", count=rest)
    return {
        "type": "bubble",
        "size": "kilo",
        "body": column(words(say("th", "staff.guided.more", count=rest), color=SOFT)),
        "footer": column(button(press(label, REPORTING, go="pick", after=after), "secondary")),
    }
