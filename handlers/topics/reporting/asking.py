"""The questions of a guided report: each one thing, with its buttons, ข้าม and ย้อนกลับ."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import Outcome
from handlers.flex import Box, text_message
from handlers.pressing import press, with_presses
from handlers.texts import say
from handlers.topics.reporting.draft import REPORTING, Draft, Step, step_of
from handlers.topics.reporting.parts import is_whole, part_words, waiting_parts
from handlers.topics.reporting.reviewing import review
from ita.dates import BUDDHIST_OFFSET, fiscal_year_of, thai_date
from ita.measures import THAI_STATUS, Measure, Status
from ita.rounds import Part

OFFERED: Final = 9
"""Parts offered as buttons; there are four more below a question."""
FIRST_MONTH: Final = 10
"""From October on a fiscal year is new, and which one is meant is asked."""


def ask(asked: Asked, draft: Draft, measure: Measure, note: str = "") -> Outcome:
    """The question at hand, or the review, after a `note`."""
    if draft.at is Step.REVIEW:
        return review(asked, draft, measure, note)
    question = _question(asked, draft, measure)
    first = draft.at is order_of(asked, draft, measure)[0]
    name = measure_name(measure, 60) if first or draft.mending else ""
    text = "\n\n".join(filter(None, (note, "\n".join(filter(None, (name, question))))))
    actions = [*_CHOICES[draft.at](asked, draft, measure), *_ways(draft, first=first)]
    return Outcome((with_presses(text_message(text), actions),), step=step_of(draft))


def _question(asked: Asked, draft: Draft, measure: Measure) -> str:
    if draft.at is Step.YEAR:
        return _year_question(draft, measure)
    question = say("th", f"staff.guided.{draft.at}")
    if draft.at is not Step.PART:
        return question
    named = [f"{n}. {part_words(part)}" for n, part in enumerate(offered(asked, measure), 1)]
    return "\n".join((question, *named))


def order_of(asked: Asked, draft: Draft, measure: Measure) -> tuple[Step, ...]:
    """The questions of this report, in order, the review last."""
    several = not is_whole(asked, measure) and len(waiting_parts(asked, measure)) > 1
    doubtful = year_is_doubtful(draft, measure, asked.today)
    return draft.order(several=several, doubtful_year=doubtful)


def offered(asked: Asked, measure: Measure) -> Sequence[Part]:
    """The parts that may be chosen, by their number in this list: the rounds nearest to today."""
    parts = waiting_parts(asked, measure)
    near = sorted(parts, key=lambda part: abs((part.round or asked.today) - asked.today))
    return [part for part in parts if part in near[:OFFERED]]


def year_is_doubtful(draft: Draft, measure: Measure, today: date) -> bool:
    """Whether the fiscal year of the act is shown and asked.

    In October to December people mix the years up; a day outside the measure's year shows nothing
    of it.
    """
    day = draft.act_on
    if day is None:
        return False
    early = max(day.month, today.month) >= FIRST_MONTH
    return early or fiscal_year_of(day) != measure.fiscal_year


def go(label: str, verb: str, draft: Draft, **facts: object) -> Box:
    """A button of this draft."""
    return press(label, REPORTING, go=verb, draft=draft.began, **facts)


def _choose(label: str, draft: Draft, value: str | int) -> Box:
    return go(label, "choose", draft, at=draft.at.value, value=value)


def _ways(draft: Draft, *, first: bool) -> list[Box]:
    """On, back, and out of it."""
    through = draft.at is Step.PART or (draft.at is Step.EVIDENCE and draft.links)
    ways = [] if through else [go(_label("skip"), "skip", draft, at=draft.at.value)]
    if not first or draft.mending:
        ways.append(go(_label("back"), "back", draft, at=draft.at.value))
    return [*ways, go(_label("cancel"), "discard", draft)]


def _label(name: str) -> str:
    return say("th", f"staff.tap.{name}")


def _parts(asked: Asked, draft: Draft, measure: Measure) -> list[Box]:
    parts = offered(asked, measure)
    return [_choose(f"{n}. {part_words(p)}", draft, n) for n, p in enumerate(parts, 1)]


def _statuses(_asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    offered = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE)
    choices = [_choose(THAI_STATUS[status], draft, status.value) for status in offered]
    if draft.links:
        choices.append(go(_label("evidence_only"), "edit", draft, at=Step.REVIEW.value))
    return choices


def _none(_asked: Asked, _draft: Draft, _measure: Measure) -> list[Box]:
    return []


def _no_obstacle(_asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    return [_choose(_label("no_obstacle"), draft, _label("no_obstacle"))]


def _no_budget(_asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    return [_choose(_label("no_budget"), draft, _label("no_budget"))]


def _days(asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    """Today, yesterday, or any day that has come."""
    today = asked.today
    yesterday = today - timedelta(days=1)
    data = {"do": REPORTING, "go": "choose", "draft": draft.began, "at": Step.DAY.value}
    picker = {
        "type": "datetimepicker", "label": _label("other_day"), "data": data, "mode": "date",
        "initial": today.isoformat(), "max": today.isoformat(),
    }  # fmt: skip
    return [
        _choose(_label("today"), draft, today.isoformat()),
        _choose(_label("yesterday"), draft, yesterday.isoformat()),
        picker,
    ]


def _years(asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    """The day as it was said, and the same day of the years beside it that have come."""
    days = [day for shift in (0, -1, 1) if (day := _shifted(draft.act_on, shift))]
    choices = [
        _choose(say("th", "staff.tap.of_year", day=_short(day), year=fiscal_year_of(day)), draft,
                day.isoformat())
        for day in days if day <= asked.today
    ]  # fmt: skip
    return [*choices, go(_label("change_day"), "edit", draft, at=Step.DAY.value)]


def _short(day: date) -> str:
    """ "1/10/67", as a button has little room."""
    return f"{day.day}/{day.month}/{(day.year + BUDDHIST_OFFSET) % 100:02}"


def _shifted(day: date | None, years: int) -> date | None:
    try:
        return day and day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return None


def _year_question(draft: Draft, measure: Measure) -> str:
    day = draft.act_on or date.min
    year, own = fiscal_year_of(day), measure.fiscal_year
    if year == own:
        return say("th", "staff.guided.year", day=thai_date(day), year=year)
    return say("th", "staff.guided.other_year", day=thai_date(day), year=year, own=own)


def _evidence(_asked: Asked, draft: Draft, _measure: Measure) -> list[Box]:
    if not draft.links:
        return []
    label = say("th", "staff.tap.enough", count=len(draft.links))
    return [_choose(label, draft, "enough")]


_CHOICES: Final[Mapping[Step, Callable[[Asked, Draft, Measure], list[Box]]]] = {
    Step.PART: _parts,
    Step.STATUS: _statuses,
    Step.OUTPUT: _none,
    Step.OUTCOME: _none,
    Step.OBSTACLE: _no_obstacle,
    Step.BUDGET: _no_budget,
    Step.DAY: _days,
    Step.YEAR: _years,
    Step.EVIDENCE: _evidence,
}
