"""What every report comes to, written in one line or asked step by step: done means shown."""

from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_state
from handlers.desk import Message, Outcome, Reported
from handlers.flex import Box
from handlers.pressing import press, with_presses
from handlers.replies import next_steps
from handlers.texts import say
from handlers.topics.reporting.draft import REPORTING
from handlers.topics.reporting.parts import reports_on, ticks
from handlers.topics.reporting.taking_back import taken_back
from ita.changes import ReportProgress
from ita.measures import Measure, Progress, Status, after
from ita.rounds import Lacking, judged

MAX_OUTPUT: Final = 1000


def recorded(
    asked: Asked,
    measure: Measure,
    progress: Progress,
    *,
    shortened: bool = False,
    remark: str = "",
    messages: tuple[str, ...] = (),
    instead_of: Reported | None = None,
) -> Outcome:
    """The report in the register, and the measure's new state on a card.

    `remark` is something to say about it. `instead_of` is a report that it corrects, which is
    taken back; `measure` is as it was before that. `messages` as in ReportProgress.
    """
    gone = instead_of.progress if instead_of else None
    earlier = [one for one in reports_on(asked, measure) if one != gone]
    told = judged(measure, asked.desk.agency.units, earlier, progress)
    known = after(measure, told.progress)
    late = measure.last_report_at is not None and progress.at < measure.last_report_at
    waits = known.status is Status.AWAITING_ACCEPTANCE
    lacks = _lack_words(told.lacking, measure.fiscal_year)
    notes = (
        (late, say("th", "staff.report.older")),
        (shortened, say("th", "staff.report.shortened", limit=MAX_OUTPUT)),
        (bool(remark), remark),
        (bool(lacks), lacks),
        (waits, say("th", "staff.report.waiting")),
        (not known.evidence and not lacks, say("th", "staff.report.no_link")),
        (True, ticks(asked, known, [*earlier, told.progress])),
    )
    said = [note for applies, note in notes if applies and note]
    card = measure_state(known, said, asked.today)
    shown = with_next(asked, card, _lead_on(measure, told.progress, told.lacking))
    if instead_of is None:
        return Outcome((shown,), (ReportProgress(told.progress, messages),))
    report = ReportProgress(told.progress, messages, instead_of.id)
    return Outcome((shown,), (taken_back(asked, instead_of), report))


def with_next(asked: Asked, message: Message, first: Sequence[Box] = ()) -> Message:
    """The message with these buttons and the usual ones below it."""
    usual = [
        {"type": "message", "label": each.text, "text": each.text} for each in next_steps(asked)
    ]
    own = first if asked.one_to_one else ()  # in a group a button is nobody's
    return with_presses(message, [*own, *usual])


def lacking_presses(lacking: Sequence[Lacking], go: str, **facts: object) -> list[Box]:
    """A button for each thing that is missing, leading to its question."""
    return [
        press(say("th", f"staff.lacking.{each}"), REPORTING, go=go, at=each.value, **facts)
        for each in lacking
    ]


def _lack_words(lacking: Sequence[Lacking], year: int) -> str:
    """What is missing before it is done, in a sentence; "" where nothing is. `year` is the
    measure's fiscal year."""
    if not lacking:
        return ""
    names = "\n".join(f"• {_lack_word(each, year)}" for each in lacking)
    return say("th", "staff.guided.lacking", names=names)


def _lack_word(lacking: Lacking, year: int) -> str:
    if lacking is Lacking.DAY:
        return say("th", "staff.lacks.day", year=year)
    return say("th", f"staff.lacks.{lacking}")


def _lead_on(measure: Measure, progress: Progress, lacking: Sequence[Lacking]) -> list[Box]:
    """Buttons to what is missing in a report that stands already."""
    round_day = progress.round.isoformat() if progress.round else ""
    wanted = [each.value for each in lacking]
    return lacking_presses(
        lacking, "complete",
        measure=measure.id, unit=progress.unit, round=round_day, asked=wanted,
    )  # fmt: skip
