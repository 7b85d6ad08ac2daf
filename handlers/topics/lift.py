"""ทำอะไรแล้วคะแนนขึ้นมากที่สุด: the OIT items that lift the total most, and who works on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.asked import Asked
from handlers.cards import lift_card
from handlers.cards.lift import Step
from handlers.desk import Outcome
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from handlers.topics.scores import Standing, projection_of, standing_of
from handlers.worths import worths_of
from ita.criteria import Criteria
from ita.measures import Measure, Status
from ita.projections import ItemWorth, outstanding_items, ranked_worths, smallest_set
from ita.scores import Assessment, IncompleteScores


@dataclass(frozen=True, slots=True)
class _Plan:
    """The items to begin with, and a sentence about them, "" where none is called for."""

    items: Sequence[ItemWorth]
    note: str = ""


def show_lift(asked: Asked) -> Outcome:
    """The fewest items to the next level; without answers to the items, those worth most."""
    if not asked.by_staff:
        words = say(asked.language, "citizen.staff_only.lift", agency=asked.agency_name)
        return answer_with(asked, words)
    standing = standing_of(asked)
    if isinstance(standing, str):
        return answer_with(asked, standing)
    year, assessment = standing.official.fiscal_year, standing.assessment
    if assessment is None or not ranked_worths(standing.criteria):
        return answer_with(asked, say("th", "staff.lift.no_worths", year=year))
    serving = _serving(asked, year)
    plan = _plan(asked, standing, assessment, serving)
    if not plan.items:
        return answer_with(asked, say("th", "staff.lift.nothing_lacking", year=year))
    return _shown(asked, standing, assessment, plan, serving)


def _plan(
    asked: Asked,
    standing: Standing,
    assessment: Assessment,
    serving: Mapping[str, Sequence[Measure]],
) -> _Plan:
    criteria, year = standing.criteria, standing.official.fiscal_year
    items = asked.desk.item_points(year)
    lacking = outstanding_items(criteria, items)
    if lacking:
        chosen = _to_next_level(standing, assessment, items)
        gains = {one.code: one for one in lacking}
        return _Plan([gains[code] for code in chosen] if chosen else lacking)
    open_items = [one for one in ranked_worths(criteria) if one.code not in items]
    served = [one for one in open_items if one.code in serving]
    note = "staff.lift.unanswered_served" if served else "staff.lift.unanswered"
    return _Plan(served or open_items, say("th", note, year=year))


def _to_next_level(
    standing: Standing, assessment: Assessment, items: Mapping[str, Decimal]
) -> tuple[str, ...]:
    """The fewest items to the next level; none where all that is lacking cannot bring it."""
    levels = {level.name: level for level in standing.criteria.levels}
    if assessment.distance is None:
        return ()
    target = levels[assessment.distance.level]
    try:
        chosen = smallest_set(standing.criteria, standing.official.indicators, items, target)
    except IncompleteScores:
        return ()
    return chosen or ()


def _serving(asked: Asked, year: int) -> dict[str, list[Measure]]:
    """The measures that are not done by the items they serve, where the codes are that year's."""
    measures = asked.desk.measures()
    if worths_of(asked.desk, measures).fiscal_year != year:
        return {}
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        for code in measure.items if measure.status is not Status.DONE else ():
            found.setdefault(code, []).append(measure)
    return found


def _shown(
    asked: Asked,
    standing: Standing,
    assessment: Assessment,
    plan: _Plan,
    serving: Mapping[str, Sequence[Measure]],
) -> Outcome:
    official = say(
        "th", "staff.lift.official",
        year=assessment.fiscal_year, total=assessment.total, level=assessment.level,
    )  # fmt: skip
    steps = [_step(standing.criteria, one, serving) for one in plan.items]
    projection = projection_of(asked, standing, [one.code for one in plan.items])
    notes = [note for note in (plan.note, age_words(asked)) if note]
    return show(asked, lift_card(official, steps, projection, notes))


def _step(criteria: Criteria, worth: ItemWorth, serving: Mapping[str, Sequence[Measure]]) -> Step:
    title = criteria.item_title(worth.code) or ""
    return Step(worth.code, title, worth.points, serving.get(worth.code, ()))
