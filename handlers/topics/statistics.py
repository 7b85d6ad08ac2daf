"""สถิติ: grievances as they are today; protected cases only as what was published of a half-year."""

from handlers.asked import Asked
from handlers.cards.statistics import statistics_card
from handlers.desk import Outcome
from handlers.replies import show as show_card


def show(asked: Asked) -> Outcome:
    """The card, for everyone. Nobody's case can be told from it."""
    cases, agency = asked.desk.cases, asked.desk.agency
    card = statistics_card(
        asked.language,
        agency,
        asked.today,
        cases.monthly(),
        sum(one.overdue for one in cases.open_grievances()),
        cases.snapshot(asked.today),
    )
    return show_card(asked, card)
