"""ยกเลิกรายงานล่าสุด and แก้ไข: a person takes back or corrects what he reported last."""

from dataclasses import replace

from handlers.asked import Asked
from handlers.cards import measure_name, state_words
from handlers.desk import Outcome, Reported
from handlers.events import BANGKOK
from handlers.flex import cut
from handlers.pressing import ask_by_press, press, pressed
from handlers.replies import answer_with
from handlers.spoken import gives_up
from handlers.texts import say
from handlers.topics.reporting.asking import ask
from handlers.topics.reporting.draft import REPORTING, Draft, Step, draft_in, is_being_written
from handlers.topics.reporting.going import menu
from handlers.topics.reporting.parking import UNUSED, waiting_links
from handlers.topics.reporting.picking import start
from handlers.topics.reporting.taking_back import last_report, taken_back
from ita.dates import thai_date
from ita.measures import Measure, Status


def give_up(asked: Asked) -> Outcome:
    """ยกเลิก alone: of what is unfinished, else of the report made last."""
    if gives_up(asked.words) and waiting_links(asked):
        return replace(answer_with(asked, say("th", "staff.guided.photos_dropped")), step=UNUSED)
    draft = draft_in(asked.step)
    unfinished = draft is not None and not draft.is_empty
    return start(asked) if unfinished and gives_up(asked.words) else undo(asked)


def undo(asked: Asked) -> Outcome:
    """Which report it is, and whether that is wanted."""
    reported = last_report(asked)
    if reported is None:
        return answer_with(asked, say("th", "staff.undo.none"))
    measure = asked.desk.hold(reported.progress.measure_id)
    if measure is None or reported.before is None:
        return answer_with(asked, say("th", "staff.undo.too_late", what=_what(reported, measure)))
    return ask_by_press(
        say("th", "staff.undo.ask", what=_what(reported, measure)),
        press(say("th", "staff.tap.undo"), REPORTING, go="undo", report=reported.id),
        press(say("th", "staff.tap.keep"), REPORTING, go="keep"),
    )


def undo_now(asked: Asked) -> Outcome:
    """The report is taken back."""
    reported = last_report(asked, pressed(asked)["report"])
    before = reported.before if reported else None
    if reported is None or before is None:
        return answer_with(asked, say("th", "staff.undo.over"))
    said = say("th", "staff.undo.done", name=measure_name(before), state=state_words(before))
    return replace(answer_with(asked, said), changes=(taken_back(asked, reported),))


def keep(asked: Asked) -> Outcome:
    """All stays as it is."""
    return answer_with(asked, say("th", "staff.undo.kept"))


def correct(asked: Asked) -> Outcome:
    """An answer of the report that is being written, or the report made last, is to be changed."""
    draft = draft_in(asked.step) if is_being_written(asked.step) else None
    measure = asked.desk.hold(draft.measure) if draft else None
    if draft is not None and measure is not None:
        return menu(asked, draft, measure)
    reported = last_report(asked)
    if reported is None:
        return answer_with(asked, say("th", "staff.undo.nothing_to_correct"))
    measure = asked.desk.hold(reported.progress.measure_id)
    if measure is None or reported.before is None:
        return answer_with(asked, say("th", "staff.undo.too_late", what=_what(reported, measure)))
    return ask(asked, draft_of(asked, reported), measure, say("th", "staff.undo.correct"))


def draft_of(asked: Asked, reported: Reported) -> Draft:
    """The person's own report as he wrote it, to be changed."""
    told = reported.progress
    answers = {
        Step.OUTPUT: told.output, Step.OUTCOME: told.outcome,
        Step.OBSTACLE: told.obstacle, Step.BUDGET: told.budget_used,
    }  # fmt: skip
    return Draft(
        began=asked.event.at.isoformat(), measure=told.measure_id, at=Step.REVIEW,
        status=(Status.DONE if told.says_done else told.status).value, percent=told.percent,
        words={step.value: words for step, words in answers.items() if words},
        day=told.act_on.isoformat() if told.act_on else "", year_said=True,
        links=told.links, unit=told.unit,
        round=told.round.isoformat() if told.round else "", part_said=True,
        replaces=reported.id,
    )  # fmt: skip


def _what(reported: Reported, measure: Measure | None) -> str:
    """A report in a few words: of what, when, and how it begins."""
    local = reported.progress.at.astimezone(BANGKOK)
    name = measure_name(measure, 60) if measure else ""
    when = say("th", "staff.undo.when", day=thai_date(local.date()), time=f"{local:%H:%M}")
    return "\n".join(filter(None, (name, when, cut(reported.progress.output, 100))))
