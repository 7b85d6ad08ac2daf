"""คะแนน: the official scores of the newest year, for everyone. No total is ever guessed."""

from handlers.asked import Asked
from handlers.cards import score_card
from handlers.desk import Outcome
from handlers.freshness import age_words
from handlers.replies import answer_with, show
from handlers.texts import say
from ita.criteria import NoCriteria, NotPublished
from ita.scores import IncompleteScores, assess


def show_scores(asked: Asked) -> Outcome:
    """The score card; where scores or criteria are missing, a sentence that says so."""
    language, agency = asked.language, asked.agency_name
    official = asked.desk.scores()
    if official is None or not official.indicators:
        return answer_with(asked, say(language, "citizen.scores.none", agency=agency))
    year = official.fiscal_year
    try:
        criteria = asked.desk.criteria(year)
    except NoCriteria:
        return answer_with(asked, say(language, "citizen.scores.no_criteria", year=year))
    try:
        assessment = assess(criteria, official.indicators)
    except NotPublished:
        return answer_with(asked, say(language, "citizen.scores.not_published", year=year))
    except NoCriteria:
        assessment = None
    except IncompleteScores:
        return answer_with(asked, say(language, "citizen.scores.incomplete", year=year))
    card = score_card(language, agency, official, criteria, assessment, age_words(asked))
    return show(asked, card)
