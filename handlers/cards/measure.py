"""A measure: right after a report on it, whole with its history, and as it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from handlers import flex
from handlers.cards.common import (
    MAX_TITLE,
    STATUS_COLOUR,
    due_words,
    measure_name,
    soft,
    state_words,
    wide_button,
    worth_words,
)
from handlers.cards.outstanding import WHY_COLOUR, why_words
from handlers.desk import Message
from handlers.events import BANGKOK
from handlers.flex import Box, column, cut, pill, words
from handlers.texts import Language, say
from ita.dates import thai_date
from ita.measures import THAI_ACCEPTANCE, THAI_STATUS, Measure, Progress
from ita.outstanding import Outstanding, Why, outstanding

MAX_LINKS: Final = 3
MAX_HISTORY: Final = 5
"""So many reports are shown of a measure, the newest first."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a whole measure's card shows besides the measure.

    `reports` are the newest first, one more than `MAX_HISTORY` where there are more; `items` the
    titles of its OIT items by code; `alone` is False where others read along, and then obstacles
    and the coordinator's words stay out; `button` is what the reader can do about it, in words and
    as the command that they write, None where that is nothing.
    """

    reports: Sequence[Progress] = ()
    items: Sequence[tuple[str, str]] = ()
    worth: Decimal = Decimal()
    alone: bool = True
    button: tuple[str, str] | None = None
    notes: Sequence[str] = ()


def measure_state(measure: Measure, notes: Sequence[str], today: date) -> Message:
    """The state of a measure right after a report on it, with short notes below."""
    urgency = _urgency(measure, today)
    said = " ".join((state_words(measure), *map(why_words, urgency)))
    alt = say("th", "staff.report.alt", name=measure_name(measure), state=said)
    card = flex.bubble(
        say("th", "staff.report.title"),
        words(measure_name(measure, MAX_TITLE), weight="bold", size="md", maxLines=4),
        *_standing(measure),
        *map(_urgent, urgency),
        _due_and_unit(measure),
        *_said("staff.measure.output", measure.output, 400),
        *_evidence(measure),
        *_notes(notes),
    )
    return flex.flex_message(" ".join((alt, *notes)), card)


def measure_whole(measure: Measure, known: Known, today: date) -> Message:
    """A measure with all that is known of it, and its newest reports."""
    urgency = _urgency(measure, today)
    said = " ".join((state_words(measure), *map(why_words, urgency)))
    card = flex.bubble(
        say("th", "staff.measure.title", number=measure.number),
        words(" ".join(measure.title.split()), limit=MAX_TITLE, weight="bold", size="md"),
        *_standing(measure),
        *map(_urgent, urgency),
        _due_and_unit(measure),
        *_worth(known),
        *_said("staff.measure.method", measure.method, 200),
        *_said("staff.measure.output", measure.output, 300),
        *_said("staff.measure.outcome", measure.outcome, 200),
        *_between_us(measure, known),
        *_evidence(measure),
        *_history(known.reports),
        *([wide_button(*known.button)] if known.button else []),
        *map(soft, known.notes),
    )
    alt = say("th", "staff.measure.alt", name=measure_name(measure), state=said)
    return flex.flex_message(alt, card)


def measure_published(language: Language, measure: Measure) -> Message:
    """What everybody may know of a measure: title, unit and status."""
    status = say(language, f"citizen.measure.{measure.status}")
    title = cut(" ".join(measure.title.split()), MAX_TITLE)
    unit = cut(" ".join(measure.unit.split()), 100)
    card = flex.bubble(
        say(language, "citizen.measure.title", number=measure.number),
        words(title, weight="bold", size="md"),
        column(pill(status, STATUS_COLOUR[measure.status]), alignItems="flex-start"),
        soft(say(language, "citizen.measure.unit", unit=unit)),
    )
    alt = say(
        language, "citizen.measure.alt",
        number=measure.number, title=cut(title, 100), status=status,
    )  # fmt: skip
    return flex.flex_message(alt, card)


def _urgency(measure: Measure, today: date) -> list[Outstanding]:
    """The measure as overdue or near due; else none."""
    found = outstanding([measure], today)
    return [item for item in found if item.why in (Why.OVERDUE, Why.NEAR_DUE)]


def _urgent(item: Outstanding) -> Box:
    return words(why_words(item), weight="bold", color=WHY_COLOUR[item.why])


def _standing(measure: Measure) -> list[Box]:
    colour = STATUS_COLOUR[measure.status]
    shown = column(pill(THAI_STATUS[measure.status], colour), alignItems="flex-start")
    if measure.percent is None:
        return [shown]
    percent = words(f"{measure.percent}%", size="xl", weight="bold", color=colour)
    return [shown, column(percent, flex.bar(measure.percent, colour), spacing="xs")]


def _due_and_unit(measure: Measure) -> Box:
    return column(
        soft(say("th", "staff.measure.due", due=due_words(measure))),
        soft(say("th", "staff.measure.unit", unit=cut(measure.unit, 100))),
    )


def _worth(known: Known) -> list[Box]:
    """The OIT items that the measure serves, and the points that they would still bring."""
    boxes = [soft(f"{code} {cut(title, 60)}".strip()) for code, title in known.items[:MAX_LINKS]]
    if rest := len(known.items) - len(boxes):
        boxes.append(soft(say("th", "staff.measure.more_items", count=rest)))
    if worth := worth_words(known.worth):
        shown = say("th", "staff.measure.still_worth", worth=worth)
        boxes.append(words(shown, size="xs", weight="bold", color=flex.GOOD))
    return [column(*boxes)] if boxes else []


def _said(heading: str, text: str, limit: int) -> list[Box]:
    """Somebody's own words under their heading."""
    if not text.strip():
        return []
    return [
        flex.separator(),
        column(soft(say("th", heading)), words(text, limit=limit, maxLines=6)),
    ]


def _between_us(measure: Measure, known: Known) -> list[Box]:
    """What is between the unit and the coordinator."""
    if not known.alone:
        return []
    boxes = _said("staff.measure.obstacle", measure.obstacle, 200)
    if measure.acceptance is None:
        return boxes
    said = THAI_ACCEPTANCE[measure.acceptance]
    reason = cut(" ".join(measure.reason.split()), 200)
    return [*boxes, *_said("staff.measure.acceptance", f"{said} {reason}", 260)]


def _evidence(measure: Measure) -> list[Box]:
    """Buttons for the newest links."""
    uris = [uri for link in measure.evidence if (uri := flex.link_uri(link))]
    first = max(0, len(uris) - MAX_LINKS)
    boxes = [
        flex.link_button(say("th", "staff.measure.evidence", number=number + 1), uri)
        for number, uri in enumerate(uris)
        if number >= first
    ]
    if len(measure.evidence) > len(boxes):
        rest = len(measure.evidence) - len(boxes)
        boxes.append(soft(say("th", "staff.measure.more_evidence", count=rest)))
    return boxes


def _history(reports: Sequence[Progress]) -> list[Box]:
    """The newest reports, and whether there are older ones."""
    heading = words(say("th", "staff.measure.history"), weight="bold")
    if not reports:
        return [flex.separator(), heading, soft(say("th", "staff.measure.no_history"))]
    older = [soft(say("th", "staff.measure.older_history"))] if reports[MAX_HISTORY:] else []
    return [flex.separator(), heading, *map(_report, reports[:MAX_HISTORY]), *older]


def _report(report: Progress) -> Box:
    day = thai_date(report.at.astimezone(BANGKOK).date())
    percent = "" if report.percent is None else f" {report.percent}%"
    output = " ".join(report.output.split())
    said = [words(output, limit=120, size="xs", maxLines=3)] if output else []
    return column(
        soft(f"{day} · {cut(report.unit, 40)}"),
        words(
            THAI_STATUS[report.status] + percent,
            size="xs", weight="bold", color=STATUS_COLOUR[report.status],
        ),
        *said,
    )  # fmt: skip


def _notes(notes: Sequence[str]) -> list[Box]:
    return [flex.separator(), *map(words, notes)] if notes else []
