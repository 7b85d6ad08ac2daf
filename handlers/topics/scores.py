"""คะแนน: the official scores of the newest year, for everyone. No total is ever guessed."""

from dataclasses import dataclass

from handlers.asked import Asked
from handlers.cards import score_card
from handlers.cards.scores import Outlook
from handlers.desk import OfficialScores, Outcome
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from ita.criteria import Criteria, NoCriteria, NotPublished
from ita.projections import Projection, outstanding_items, project
from ita.scores import Assessment, IncompleteScores, assess


@dataclass(frozen=True, slots=True)
class Standing:
    """The official scores with what they come to; `assessment` is None without weights."""

    official: OfficialScores
    criteria: Criteria
    assessment: Assessment | None


def show_scores(asked: Asked) -> Outcome:
    """The score card; where scores or criteria are missing, a sentence that says so."""
    standing = standing_of(asked)
    if isinstance(standing, str):
        return answer_with(asked, standing)
    card = score_card(
        asked.language,
        asked.agency_name,
        standing.official,
        standing.criteria,
        standing.assessment,
        (_year_note(asked, standing.official), age_words(asked)),
        _outlook(asked, standing),
    )
    return show(asked, card)


def standing_of(asked: Asked) -> Standing | str:
    """Where the agency stands officially; a sentence where that cannot be said."""
    language, agency = asked.language, asked.agency_name
    official = asked.desk.scores()
    if official is None or not official.indicators:
        return say(language, "citizen.scores.none", agency=agency)
    year = official.fiscal_year
    try:
        criteria = asked.desk.criteria(year)
    except NoCriteria:
        return say(language, "citizen.scores.no_criteria", year=year)
    try:
        return Standing(official, criteria, assess(criteria, official.indicators))
    except NotPublished:
        return say(language, "citizen.scores.not_published", year=year)
    except NoCriteria:
        return Standing(official, criteria, None)
    except IncompleteScores:
        return say(language, "citizen.scores.incomplete", year=year)


def projection_of(asked: Asked, standing: Standing, codes: list[str]) -> Projection | None:
    """What the total would become with these items; None where that cannot be worked out."""
    official = standing.official
    items = asked.desk.item_points(official.fiscal_year)
    try:
        return project(standing.criteria, official.indicators, items, codes)
    except (IncompleteScores, NoCriteria):
        return None


def _outlook(asked: Asked, standing: Standing) -> Outlook | None:
    """For staff, where there is a total: what all that is lacking would make of it."""
    if not asked.by_staff or standing.assessment is None:
        return None
    items = asked.desk.item_points(standing.official.fiscal_year)
    lacking = [one.code for one in outstanding_items(standing.criteria, items)]
    return Outlook(projection_of(asked, standing, lacking) if lacking else None)


def _year_note(asked: Asked, official: OfficialScores) -> str:
    """That the newest scores are not this year's."""
    now = asked.desk.agency.fiscal_year
    if official.fiscal_year >= now:
        return ""
    return say(asked.language, "citizen.scores.newest", year=official.fiscal_year, now=now)
