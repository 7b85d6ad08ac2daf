"""The official scores of a year, and beside them, told apart, what they could become."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from handlers import flex
from handlers.cards.common import aged, soft, wide_button
from handlers.desk import Message, OfficialScores
from handlers.flex import Box, column, cut, pill, row, words
from handlers.texts import Language, say
from ita.criteria import Criteria
from ita.projections import Projection
from ita.scores import Assessment, Distance, rounded

MAX_INDICATORS: Final = 12


@dataclass(frozen=True, slots=True)
class Outlook:
    """What staff see below the official scores: what they could become, and how to get there.

    `projection` is None where nobody said which items are lacking.
    """

    projection: Projection | None = None


def score_card(
    language: Language,
    agency_name: str,
    official: OfficialScores,
    criteria: Criteria,
    assessment: Assessment | None,
    notes: Sequence[str] = (),
    outlook: Outlook | None = None,
) -> Message:
    """The official scores of a year: the total with its level, and every indicator as a bar.

    `notes` say how old they are, where that matters. Without an assessment (the year's weights are
    not confirmed) the card says why no total stands there. An `outlook` is for staff.
    """
    year, mark = official.fiscal_year, criteria.pass_mark
    legend = [] if mark is None else [soft(say(language, "citizen.scores.pass_mark", mark=mark))]
    unsure = assessment is not None and criteria.unverified  # no_total says so already
    doubt = [soft(say(language, "citizen.scores.unverified"))] if unsure else []
    card = flex.bubble(
        say(language, "citizen.scores.title", year=year),
        soft(say(language, "citizen.scores.official", agency=agency_name)),
        *_total(language, criteria, assessment),
        flex.separator(),
        *legend,
        *(_indicator(language, criteria, *each) for each in _shown(official)),
        *doubt,
        *(_outlook(outlook) if outlook else []),
        *(part for note in notes for part in aged(note)),
    )
    return flex.flex_message(_alt(language, agency_name, year, assessment), card)


def projected(projection: Projection, lead: str) -> Box:
    """What the total could become, so that nobody takes it for a score.

    `lead` says which items would have to be there for that.
    """
    total, level = projection.projected_total, projection.projected_level
    said = f"{lead} {say('th', 'staff.scores.projected', total=total, level=level)}"
    heading = words(say("th", "staff.scores.projection"), size="xs", weight="bold", color=flex.IDLE)
    return column(
        heading, words(said), backgroundColor=flex.CAUTION, cornerRadius="8px",
        paddingAll="10px", spacing="xs",
    )  # fmt: skip


def _outlook(outlook: Outlook) -> list[Box]:
    ask, projection = say("th", "staff.lift.title"), outlook.projection
    if projection is None:
        return [wide_button(ask, ask)]
    lead = say("th", "staff.scores.with_all", count=len(projection.fulfilled))
    return [projected(projection, lead), wide_button(ask, ask)]


def _alt(language: Language, agency_name: str, year: int, assessment: Assessment | None) -> str:
    if assessment is None:
        return say(language, "citizen.scores.alt_without_total", year=year, agency=agency_name)
    total, level = assessment.total, assessment.level
    return say(
        language, "citizen.scores.alt", year=year, agency=agency_name, total=total, level=level
    )


def _total(language: Language, criteria: Criteria, assessment: Assessment | None) -> list[Box]:
    if assessment is None:
        return [words(say(language, "citizen.scores.no_total"))]
    colour = score_colour(criteria, assessment.total)
    level = say(language, "citizen.scores.level", level=assessment.level)
    return [
        row(
            words(say(language, "citizen.scores.total"), flex=0),
            words(str(assessment.total), size="xxl", weight="bold", color=colour, align="end"),
        ),
        column(pill(level, colour), alignItems="flex-start"),
        *([soft(assessment.reason)] if language == "th" else []),  # the rules explain in Thai only
        *(_distance(language, assessment.distance) if assessment.distance else []),
    ]


def _distance(language: Language, distance: Distance) -> list[Box]:
    """How far the next level is; where an instrument lacks points of its own, how many."""
    points, level = distance.points, distance.level
    far = say(language, "citizen.scores.distance", points=points, level=level)
    lacking = [
        say(language, "citizen.scores.lacking", instrument=name, points=short)
        for name, short in distance.instruments.items()
    ]
    return [words(far, weight="bold"), *([soft(" · ".join(lacking))] if lacking else [])]


def score_colour(criteria: Criteria, points: Decimal) -> str:
    """Good or bad where the year's pass mark is known; without one a score is neither."""
    if criteria.pass_mark is None:
        return flex.BRAND
    return flex.BAD if points < criteria.pass_mark else flex.GOOD


def _shown(official: OfficialScores) -> list[tuple[int, Decimal]]:
    """The indicators in order; what is no score (a slip in somebody's sheet) has no bar."""
    scores = sorted(official.indicators.items())[:MAX_INDICATORS]
    return [
        (number, points)
        for number, points in scores
        if points.is_finite() and 0 <= points <= flex.FULL
    ]


def _indicator(language: Language, criteria: Criteria, number: int, points: Decimal) -> Box:
    mark, colour = criteria.pass_mark, score_colour(criteria, points)
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
