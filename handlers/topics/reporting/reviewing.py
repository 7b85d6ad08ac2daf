"""The review: all that was said on one card, with what is missing, ยืนยัน, แก้ไข and ยกเลิก."""

from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import Outcome
from handlers.flex import IDLE, SOFT, Box, bubble, column, cut, flex_message, separator, words
from handlers.pressing import button, press, with_presses
from handlers.texts import say
from handlers.topics.reporting.draft import REPORTING, TOLD, Draft, Step, step_of
from handlers.topics.reporting.parts import is_whole, part_words, reports_on, waiting_parts
from handlers.topics.reporting.recording import lacking_presses
from handlers.topics.reporting.reporter import unit_for
from handlers.topics.reporting.taking_back import corrects
from ita.agency import Unit
from ita.dates import fiscal_year_of, thai_date
from ita.measures import THAI_STATUS, Measure, Progress, Status
from ita.rounds import Part, judged

MAX_SHOWN: Final = 300


def review(asked: Asked, draft: Draft, measure: Measure, note: str = "") -> Outcome:
    """What will be recorded, to look at and to confirm."""
    name = measure_name(measure)
    facts = {"draft": draft.began, "edits": draft.edits}
    told = judged(measure, *earlier(asked, draft, measure), progress_of(asked, draft, measure))
    missing = lacking_presses(told.lacking, "edit", draft=draft.began)
    card = bubble(
        say("th", "staff.guided.title"),
        words(measure_name(measure, 200), weight="bold", size="md", maxLines=4),
        *([words(note)] if note else []),
        *_rows(asked, draft, measure),
        *_missing(missing),
        separator(),
        column(
            button(press(_tap("confirm"), REPORTING, go="confirm", **facts)),
            button(press(_tap("edit"), REPORTING, go="menu", draft=draft.began), "secondary"),
            button(press(_tap("cancel"), REPORTING, go="discard", draft=draft.began), "secondary"),
            spacing="sm",
        ),
    )
    alt = say("th", "staff.guided.review", name=name)
    return Outcome((flex_message(alt, card),), step=step_of(draft))


def edit_menu(asked: Asked, draft: Draft, measure: Measure) -> Outcome:
    """Which answer is to be changed?"""
    choices = [
        press(heading(step), REPORTING, go="edit", draft=draft.began, at=step.value)
        for step in to_edit(asked, measure)
    ]
    back = press(_tap("back"), REPORTING, go="edit", draft=draft.began, at=Step.REVIEW.value)
    message = {"type": "text", "text": say("th", "staff.guided.menu")}
    return Outcome((with_presses(message, [*choices, back]),), step=step_of(draft))


def to_edit(asked: Asked, measure: Measure) -> list[Step]:
    """The answers that can be changed."""
    steps = [Step.STATUS, *TOLD, Step.DAY, Step.EVIDENCE]
    several = not is_whole(asked, measure) and len(waiting_parts(asked, measure)) > 1
    return [Step.PART, *steps] if several else steps


def progress_of(asked: Asked, draft: Draft, measure: Measure) -> Progress:
    """The report that the draft makes, as the person said it.

    Where he did not say how far it is, it stands as it stood, but what was begun is in progress.
    """
    part = part_said(asked, draft, measure)
    unit = part.unit or draft.unit or unit_for(asked, measure)
    status, says_done = _standing(asked, draft, measure, Part(unit, part.round))
    return Progress(
        measure.id, asked.event.at, unit, status, draft.percent, draft.told(Step.OUTPUT),
        draft.links,
        outcome=draft.told(Step.OUTCOME),
        obstacle=draft.told(Step.OBSTACLE),
        budget_used=draft.told(Step.BUDGET),
        act_on=draft.act_on,
        round=part.round,
        says_done=says_done,
    )  # fmt: skip


def part_said(asked: Asked, draft: Draft, measure: Measure) -> Part:
    """The part that the draft is about: as chosen, or the only one that waits."""
    return draft.part or waiting_parts(asked, measure)[0]


def _standing(asked: Asked, draft: Draft, measure: Measure, part: Part) -> tuple[Status, bool]:
    if draft.status:
        said = Status(draft.status)
        done = said is Status.DONE
        return (Status.AWAITING_ACCEPTANCE if done else said), done
    _, reports = earlier(asked, draft, measure)
    same = (one for one in reports if Part(one.unit, one.round) == part)
    before = max(same, key=lambda one: one.at, default=None)
    began = measure.status is Status.NOT_STARTED and not draft.is_empty
    return (Status.IN_PROGRESS if began else measure.status), bool(before and before.says_done)


def earlier(
    asked: Asked, draft: Draft, measure: Measure
) -> tuple[Sequence[Unit], Sequence[Progress]]:
    """The agency's units and the reports before this one, without that which it corrects."""
    corrected = corrects(asked, draft)
    gone = corrected.progress if corrected else None
    reports = [one for one in reports_on(asked, measure) if one != gone]
    return asked.desk.agency.units, reports


def _rows(asked: Asked, draft: Draft, measure: Measure) -> list[Box]:
    """What was said, each under its heading; what was not is left out."""
    said = {
        Step.PART: "" if is_whole(asked, measure) else part_words(part_said(asked, draft, measure)),
        Step.STATUS: _status_words(draft),
        **{step: draft.told(step) for step in TOLD},
        Step.DAY: _day_words(draft),
        Step.EVIDENCE: _evidence_words(draft),
    }
    rows = [_row(heading(step), text) for step, text in said.items() if text.strip()]
    return rows or [words(say("th", "staff.guided.nothing"))]


def _row(heading: str, text: str) -> Box:
    return column(words(heading, size="xs", color=SOFT), words(cut(text, MAX_SHOWN), maxLines=6))


def _status_words(draft: Draft) -> str:
    if not draft.status:
        return ""
    percent = "" if draft.percent is None else f" {draft.percent}%"
    return THAI_STATUS[Status(draft.status)] + percent


def _day_words(draft: Draft) -> str:
    day = draft.act_on
    if day is None:
        return ""
    return say("th", "staff.guided.day_of_year", day=thai_date(day), year=fiscal_year_of(day))


def _evidence_words(draft: Draft) -> str:
    return say("th", "staff.guided.items", count=len(draft.links)) if draft.links else ""


def _missing(presses: list[Box]) -> list[Box]:
    if not presses:
        return []
    lead = words(say("th", "staff.guided.before_done"), size="xs", weight="bold", color=IDLE)
    return [separator(), lead, *(button(each, "secondary") for each in presses)]


def heading(step: Step) -> str:
    """What an answer is called on the card and on its button."""
    return say("th", f"staff.answer.{step}")


def _tap(name: str) -> str:
    return say("th", f"staff.tap.{name}")
