"""Going through a guided report: begun, gone on with by buttons and words, confirmed, given up."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import KEEP, Outcome
from handlers.flex import cut, text_message
from handlers.pressing import press, pressed, with_presses
from handlers.replies import answer_with
from handlers.spoken import gives_thanks, gives_up, greets
from handlers.texts import say
from handlers.topics.reporting.answering import (
    ANSWERS,
    ask_about_copy,
    noted,
    of_part,
    on,
    told,
    with_typed,
)
from handlers.topics.reporting.asking import ask, go, order_of
from handlers.topics.reporting.draft import (
    OTHER,
    TOLD,
    Draft,
    Step,
    doubting,
    draft_in,
    messages_of,
    step_of,
    with_links,
)
from handlers.topics.reporting.parking import ENDED, waiting_links
from handlers.topics.reporting.parts import waiting_parts
from handlers.topics.reporting.reading import (
    links_in,
    may_be_a_complaint,
    means,
    opens_on_another,
    says_something,
    without_links,
)
from handlers.topics.reporting.recording import recorded
from handlers.topics.reporting.reporter import may_report
from handlers.topics.reporting.reviewing import edit_menu, heading, progress_of, to_edit
from handlers.topics.reporting.taking_back import corrects, is_overtaken
from ita.measures import Measure

# --- Into a report and out of it


def begin(asked: Asked, measure: Measure, draft: Draft | None = None) -> Outcome:
    """The first question about a measure, or of a draft that holds something already."""
    if not may_report(asked, measure):
        unit = cut(measure.unit, 100)
        return answer_with(asked, say("th", "staff.guided.other_unit", unit=unit))
    new = draft or empty(asked, measure)
    if new.part is None:
        parts = waiting_parts(asked, measure)
        new = of_part(new, parts[0]) if len(parts) == 1 else new
    return ask(asked, replace(new, at=order_of(asked, new, measure)[0]), measure)


def empty(asked: Asked, measure: Measure) -> Draft:
    """A report of which nothing is said yet."""
    return Draft(asked.event.at.isoformat(), measure.id, Step.STATUS)


def discard(asked: Asked, _draft: Draft, _measure: Measure) -> Outcome:
    """Nothing was recorded, and nothing is kept."""
    said = answer_with(asked, say("th", "staff.guided.discarded"))
    return replace(said, step=ENDED)


def confirm(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The report is whole as it stands: into the register."""
    if pressed(asked).get("edits", draft.edits) != draft.edits:
        return ask(asked, replace(draft, at=Step.REVIEW), measure, noted("newer"))
    if draft.is_empty:
        return ask(asked, replace(draft, at=Step.REVIEW), measure)
    corrected = corrects(asked, draft)
    before = corrected.before if corrected else None
    known = before if before and before.id == measure.id else measure
    outcome = recorded(
        asked, known, progress_of(asked, draft, known),
        messages=messages_of(draft),
        instead_of=corrected,
    )  # fmt: skip
    return replace(outcome, step=ENDED)


def _overtaken(asked: Asked) -> Outcome:
    """The correction goes: words that were unsent meanwhile must not come back with it."""
    return replace(answer_with(asked, say("th", "staff.undo.overtaken")), step=ENDED)


# --- Buttons


def press_in_draft(asked: Asked) -> Outcome:
    """A button of a draft: of this one, at the question at hand; else what is now is shown."""
    draft, action = draft_in(asked.step), pressed(asked)
    if draft is None or draft.began != action["draft"]:
        return replace(answer_with(asked, say("th", "staff.guided.over")), step=KEEP)
    measure = asked.desk.hold(draft.measure)
    if measure is None or not may_report(asked, measure):
        return replace(answer_with(asked, say("th", "staff.accepting.gone")), step=ENDED)
    if is_overtaken(asked, draft):
        return _overtaken(asked)
    verb = str(action["go"])
    if verb in _AT_HAND and action["at"] != draft.at:
        return ask(asked, draft, measure, noted("now_here"))
    return _VERBS[verb](asked, draft, measure)


def resume(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The question that was left open; photos that were sent meanwhile come along."""
    links = waiting_links(asked)
    note = noted("photo_kept") if links else ""
    return ask_again(asked, with_links(draft, links), measure, note)


def ask_again(asked: Asked, draft: Draft, measure: Measure, note: str = "") -> Outcome:
    """The question at hand, or that about the words that wait for a decision."""
    doubt = _doubt(asked, draft, measure) if draft.doubted else None
    if doubt is None:
        return ask(asked, replace(draft, doubted=""), measure, note)
    (question,) = doubt.replies
    text = "\n\n".join(filter(None, (note, question["text"])))
    return replace(doubt, replies=({**question, "text": text},))


def _doubt(asked: Asked, draft: Draft, measure: Measure) -> Outcome | None:
    question = _question(asked, measure, draft.doubted)
    return _whose(draft, *question) if question else ask_about_copy(asked, draft, measure)


def choose(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """An answer that stands on a button."""
    value = pressed(asked).get("value")
    return ANSWERS[draft.at](asked, draft, measure, str(value or asked.event.picked))


def skip(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """On without an answer."""
    return on(asked, replace(draft, doubted=""), measure)


def back(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The question before, or the review where the question was reached from there."""
    order = order_of(asked, draft, measure)
    place = order.index(draft.at) if draft.at in order else 0
    at = Step.REVIEW if draft.mending else order[max(0, place - 1)]
    return ask(asked, replace(draft, at=at, mending=False, doubted=""), measure)


def edit(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """To one answer, and back to the review after it."""
    at = Step(str(pressed(asked)["at"]))
    mending = at is not Step.REVIEW
    return ask(asked, replace(draft, at=at, mending=mending, doubted=""), measure)


def menu(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """Which answer is to be changed?"""
    return edit_menu(asked, replace(draft, at=Step.REVIEW), measure)


def use(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The words are used although others are the same."""
    if not draft.doubted:
        return ask(asked, draft, measure, noted("now_here"))
    return told(asked, draft, measure, draft.doubted, sure=True)


def again(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The words are not used: the question once more."""
    return ask(asked, replace(draft, doubted=""), measure)


# --- Words


def take_words(asked: Asked) -> Outcome:
    """A text in the middle of a report answers the question at hand."""
    draft = draft_in(asked.step)
    measure = asked.desk.hold(draft.measure) if draft else None
    if draft is None or measure is None or not may_report(asked, measure):
        return replace(answer_with(asked, say("th", "staff.accepting.gone")), step=ENDED)
    if is_overtaken(asked, draft):
        return _overtaken(asked)
    if verb := _spoken(asked.words, draft):
        return _VERBS[verb](asked, draft, measure)
    if any(links_in(asked.words)) and not says_something(without_links(asked.words)):
        known, note = with_typed(draft, asked.words)
        return ask_again(asked, known, measure, note)
    if draft.at is Step.REVIEW:
        return _at_review(asked, draft, measure)
    return _take_answer(asked, draft, measure)


def _spoken(words: str, draft: Draft) -> str | None:
    """The button that the words name."""
    if gives_up(words):
        return "discard"
    verb = next((verb for verb, spoken in _SPOKEN.items() if means(words, *spoken)), None)
    return None if verb == "confirm" and draft.at is not Step.REVIEW else verb


def _at_review(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The name of an answer leads to it, as its button does."""
    named = (step for step in to_edit(asked, measure) if means(asked.words, heading(step)))
    at = next(named, None)
    if at is None:
        return ask(asked, draft, measure, noted("choose"))
    return ask(asked, replace(draft, at=at, mending=True), measure)


def _take_answer(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """The words as an answer, unless they begin as a report on another measure."""
    is_none = gives_thanks(asked.words) or greets(asked.words)
    if is_none or not says_something(asked.words):
        return ask_again(asked, draft, measure)
    if draft.at in TOLD and (doubt := _question(asked, measure, asked.words)):
        return _whose(doubting(draft, asked.words, asked.event.message_id), *doubt)
    return ANSWERS[draft.at](asked, draft, measure, asked.words)


def _question(asked: Asked, measure: Measure, words: str) -> tuple[str, str] | None:
    """What else the words may be, as a question, and its button; None where they are the answer."""
    if other := opens_on_another(replace(asked, words=words), measure):
        name = measure_name(other, 80)
        return say("th", "staff.guided.whose", name=name), say(
            "th", "staff.tap.of_measure", number=other.number
        )
    if may_be_a_complaint(asked, measure, words):
        return say("th", "staff.guided.complaint"), say("th", "citizen.button.corruption")
    return None


def _whose(draft: Draft, question: str, label: str) -> Outcome:
    """Something of its own, or the answer to the question at hand? Both are kept."""
    actions = [
        press(label, OTHER, draft=draft.began),
        go(say("th", "staff.tap.answer"), "use", draft, at=draft.at.value),
    ]
    return Outcome((with_presses(text_message(question), actions),), step=step_of(draft))


_VERBS: Final[Mapping[str, Callable[[Asked, Draft, Measure], Outcome]]] = {
    "resume": resume,
    "choose": choose,
    "skip": skip,
    "back": back,
    "edit": edit,
    "menu": menu,
    "use": use,
    "again": again,
    "confirm": confirm,
    "discard": discard,
}
_AT_HAND: Final = ("choose", "skip", "back", "use", "again")
"""What belongs to one question: an old button of another one does nothing."""
_SPOKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "skip": ("ข้าม", "ข้ามไป", "ข้ามไปก่อน"),
    "back": ("ย้อนกลับ", "กลับ", "ย้อน"),
    "menu": ("แก้ไข", "แก้ไขรายงาน"),
    "confirm": ("ยืนยัน", "บันทึก", "ตกลง", "ถูกต้อง"),
}
IN_DRAFT: Final = frozenset(_VERBS)
