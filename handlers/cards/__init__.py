"""The cards: a measure, what is outstanding, scores, a month, a case. No card holds a narrative."""

from handlers.cards.case import case_card
from handlers.cards.common import due_words, measure_name, state_words
from handlers.cards.lift import lift_card
from handlers.cards.measure import measure_published, measure_state, measure_whole
from handlers.cards.outstanding import outstanding_list, why_words
from handlers.cards.reminder import reminder_card
from handlers.cards.scores import score_card
from handlers.cards.summary import summary_card

__all__ = [
    "case_card",
    "due_words",
    "lift_card",
    "measure_name",
    "measure_published",
    "measure_state",
    "measure_whole",
    "outstanding_list",
    "reminder_card",
    "score_card",
    "state_words",
    "summary_card",
    "why_words",
]
