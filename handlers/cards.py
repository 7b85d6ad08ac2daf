"""The cards: a measure's state, what is outstanding, scores, a case. No card holds a narrative."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from handlers import flex
from handlers.desk import Message, OfficialScores
from handlers.flex import Box, column, cut, pill, row, words
from handlers.texts import Language, say
from ita.criteria import Criteria
from ita.dates import thai_date
from ita.measures import THAI_STATUS, Measure, Status
from ita.outstanding import Outstanding, Why, outstanding
from ita.scores import Assessment, rounded

MAX_LISTED: Final = 10
MAX_ANNOUNCED: Final = 3
"""A notification shows two or three lines: more measures would hide the count before them."""
MAX_LINKS: Final = 3
MAX_TITLE: Final = 200

STATUS_COLOUR: Final = {
    Status.NOT_STARTED: flex.IDLE,
    Status.IN_PROGRESS: flex.BUSY,
    Status.AWAITING_ACCEPTANCE: flex.WAITING,
    Status.DONE: flex.GOOD,
}
WHY_COLOUR: Final = {
    Why.OVERDUE: flex.BAD,
    Why.NEAR_DUE: flex.IDLE,
    Why.NEVER_REPORTED: flex.BUSY,
    Why.AWAITING_ACCEPTANCE: flex.WAITING,
}
WHY_TINT: Final = {Why.OVERDUE: flex.ALARM, Why.NEAR_DUE: flex.CAUTION}


def measure_name(measure: Measure, limit: int = 100) -> str:
    """ "มาตรการ 3 …", the title cut to `limit`."""
    title = cut(" ".join(measure.title.split()), limit)
    return say("th", "staff.report.name", number=measure.number, title=title)


def state_words(measure: Measure) -> str:
    """The status in its official words, and the percent where somebody said one."""
    percent = "" if measure.percent is None else f" {measure.percent}%"
    return THAI_STATUS[measure.status] + percent


def due_words(measure: Measure) -> str:
    """The day in Thai; else the period as the agency wrote it."""
    if measure.period.end:
        return thai_date(measure.period.end)
    return cut(measure.period.raw.strip(), 60) or say("th", "staff.measure.no_due")


def measure_state(measure: Measure, notes: Sequence[str], today: date) -> Message:
    """The state of a measure right after a report on it, with short notes below."""
    urgency = _urgency(measure, today)
    said = " ".join((state_words(measure), *map(why_words, urgency)))
    alt = say("th", "staff.report.alt", name=measure_name(measure), state=said)
    card = flex.bubble(
        say("th", "staff.report.title"),
        words(measure_name(measure, MAX_TITLE), weight="bold", size="md", maxLines=4),
        *_standing(measure),
        *(words(why_words(each), weight="bold", color=WHY_COLOUR[each.why]) for each in urgency),
        column(
            _soft(say("th", "staff.measure.due", due=due_words(measure))),
            _soft(say("th", "staff.measure.unit", unit=cut(measure.unit, 100))),
        ),
        *_output(measure),
        *_evidence(measure),
        *_notes(notes),
    )
    return flex.flex_message(" ".join((alt, *notes)), card)


def _urgency(measure: Measure, today: date) -> list[Outstanding]:
    """The measure as overdue or near due; else none."""
    found = outstanding([measure], today)
    return [item for item in found if item.why in (Why.OVERDUE, Why.NEAR_DUE)]


def _standing(measure: Measure) -> list[Box]:
    colour = STATUS_COLOUR[measure.status]
    shown = column(pill(THAI_STATUS[measure.status], colour), alignItems="flex-start")
    if measure.percent is None:
        return [shown]
    percent = words(f"{measure.percent}%", size="xl", weight="bold", color=colour)
    return [shown, column(percent, flex.bar(measure.percent, colour), spacing="xs")]


def _output(measure: Measure) -> list[Box]:
    if not measure.output.strip():
        return []
    heading = _soft(say("th", "staff.measure.output"))
    output = words(measure.output, limit=400, maxLines=6)
    return [flex.separator(), column(heading, output)]


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
        boxes.append(_soft(say("th", "staff.measure.more_evidence", count=rest)))
    return boxes


def _notes(notes: Sequence[str]) -> list[Box]:
    return [flex.separator(), *map(words, notes)] if notes else []


def _soft(text: str) -> Box:
    return words(text, color=flex.SOFT, size="xs")


def outstanding_list(items: Sequence[Outstanding], age: str = "") -> Message:
    """What is outstanding: how much of what kind, then ten, worst first; the rest counted.

    `age` says how old it is, where that matters.
    """
    shown, rest = items[:MAX_LISTED], len(items) - MAX_LISTED
    more = [_soft(say("th", "staff.outstanding.more", count=rest))] if rest > 0 else []
    card = flex.bubble(
        say("th", "staff.outstanding.title", count=len(items)),
        words(_kinds(items), weight="bold"),
        _soft(say("th", "staff.outstanding.hint")),
        *map(_listed, shown),
        *more,
        *_aged(age),
        size="giga",
    )
    lines = [
        f"{measure_name(item.measure, 40)} {why_words(item)}" for item in items[:MAX_ANNOUNCED]
    ]
    alt = say(
        "th", "staff.outstanding.alt",
        count=len(items), kinds=_kinds(items), items=", ".join(lines),
    )  # fmt: skip
    return flex.flex_message(alt, card)


def _aged(age: str) -> list[Box]:
    return [_soft(age)] if age else []


def _kinds(items: Sequence[Outstanding]) -> str:
    """How many are overdue, how many near due, …, the worst first."""
    counts = Counter(item.why for item in items)
    return " · ".join(
        say("th", "staff.outstanding.kind", why=_why(why), count=counts[why])
        for why in Why
        if why in counts
    )


def _listed(item: Outstanding) -> Box:
    """A row to tap; what is late or due soon stands out by weight and tint."""
    measure = item.measure
    report = f"{say('th', 'staff.button.report')} {measure.number}"
    weight = "bold" if item.why in WHY_TINT else "regular"
    return column(
        words(measure_name(measure, 90), maxLines=3, weight=weight),
        words(why_words(item), size="xs", weight="bold", color=WHY_COLOUR[item.why]),
        _soft(f"{due_words(measure)} · {cut(measure.unit, 60)}"),
        action={"type": "message", "label": flex.label(report), "text": report},
        backgroundColor=WHY_TINT.get(item.why, flex.QUIET), cornerRadius="8px", paddingAll="8px",
    )  # fmt: skip


def why_words(item: Outstanding) -> str:
    """Why it is outstanding and how many days are left or gone."""
    left = item.days_left
    if left is None or item.why is Why.AWAITING_ACCEPTANCE:  # then its day is nobody's lateness
        return _why(item.why)
    if left < 0:
        return say("th", "staff.outstanding.late", days=-left)
    if left == 0:
        return say("th", "staff.outstanding.today")
    return f"{_why(item.why)} · {say('th', 'staff.outstanding.left', days=left)}"


def _why(why: Why) -> str:
    return say("th", f"staff.outstanding.{why}")


def score_card(
    language: Language,
    agency_name: str,
    official: OfficialScores,
    criteria: Criteria,
    assessment: Assessment | None,
    age: str = "",
) -> Message:
    """The official scores of a year: the total with its level, and every indicator as a bar.

    `age` says how old they are, where that matters. Without an assessment (the year's weights are
    not confirmed) the card says why no total stands there.
    """
    year, mark = official.fiscal_year, criteria.pass_mark
    legend = [] if mark is None else [_soft(say(language, "citizen.scores.pass_mark", mark=mark))]
    unsure = assessment is not None and criteria.unverified  # no_total says so already
    doubt = [_soft(say(language, "citizen.scores.unverified"))] if unsure else []
    card = flex.bubble(
        say(language, "citizen.scores.title", year=year),
        _soft(say(language, "citizen.scores.official", agency=agency_name)),
        *_total(language, criteria, assessment),
        flex.separator(),
        *legend,
        *(_indicator(language, criteria, *each) for each in _shown(official)),
        *doubt,
        *_aged(age),
    )
    return flex.flex_message(_score_alt(language, agency_name, year, assessment), card)


def _score_alt(
    language: Language, agency_name: str, year: int, assessment: Assessment | None
) -> str:
    if assessment is None:
        return say(language, "citizen.scores.alt_without_total", year=year, agency=agency_name)
    total, level = assessment.total, assessment.level
    return say(
        language, "citizen.scores.alt", year=year, agency=agency_name, total=total, level=level
    )


def _total(language: Language, criteria: Criteria, assessment: Assessment | None) -> list[Box]:
    if assessment is None:
        return [words(say(language, "citizen.scores.no_total"))]
    colour = _score_colour(criteria, assessment.total)
    level = say(language, "citizen.scores.level", level=assessment.level)
    return [
        row(
            words(say(language, "citizen.scores.total"), flex=0),
            words(str(assessment.total), size="xxl", weight="bold", color=colour, align="end"),
        ),
        column(pill(level, colour), alignItems="flex-start"),
        *([_soft(assessment.reason)] if language == "th" else []),  # the rules explain in Thai only
    ]


def _score_colour(criteria: Criteria, points: Decimal) -> str:
    """Good or bad where the year's pass mark is known; without one a score is neither."""
    if criteria.pass_mark is None:
        return flex.BRAND
    return flex.BAD if points < criteria.pass_mark else flex.GOOD


def _shown(official: OfficialScores) -> list[tuple[int, Decimal]]:
    """The indicators in order; what is no score (a slip in somebody's sheet) has no bar."""
    scores = sorted(official.indicators.items())[:MAX_LISTED]
    return [
        (number, points)
        for number, points in scores
        if points.is_finite() and 0 <= points <= flex.FULL
    ]


def _indicator(language: Language, criteria: Criteria, number: int, points: Decimal) -> Box:
    mark, colour = criteria.pass_mark, _score_colour(criteria, points)
    name = words(_indicator_name(language, criteria, number), size="xs", flex=5)
    value = words(f"{rounded(points)}", size="xs", weight="bold", color=colour, align="end", flex=2)
    boxes = [
        row(name, value),
        flex.bar(float(points), colour, None if mark is None else float(mark)),
    ]
    if mark is not None and points < mark:
        boxes.append(words(say(language, "citizen.scores.below"), size="xs", color=colour))
    return column(*boxes)


def _indicator_name(language: Language, criteria: Criteria, number: int) -> str:
    if number in criteria.indicators:
        return f"{number} {cut(criteria.indicator_name(number), 80)}"
    return say(language, "citizen.scores.indicator", number=number)


def case_card(language: Language, agency_name: str, number: str, received_on: date) -> Message:
    """A case just received: its number and what happens next, nothing of what it is about."""
    received = say(language, "citizen.grievance.received", date=_day(language, received_on))
    card = flex.bubble(
        say(language, "citizen.grievance.title"),
        column(
            _soft(say(language, "citizen.grievance.number")),
            words(number, size="xxl", weight="bold", color=flex.BRAND),
            words(say(language, "citizen.grievance.keep", agency=agency_name)),
        ),
        _soft(f"{say(language, 'citizen.grievance.kind')} · {received}"),
        flex.separator(),
        words(say(language, "citizen.grievance.next")),
        words(say(language, "citizen.grievance.urgent")),
    )
    return flex.flex_message(say(language, "citizen.grievance.alt", number=number), card)


def _day(language: Language, day: date) -> str:
    return thai_date(day) if language == "th" else f"{day.day} {day:%B %Y}"
