"""What a citizen says without a command word, and the topic that it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.topics import help as helping
from handlers.topics import scores, statistics
from handlers.topics.complaints import following, grievance
from handlers.topics.complaints.danger import speaks_of_danger
from handlers.understanding import Facts, Topic, understand
from ita.agency import Role


def answer(asked: Asked) -> Outcome | None:
    """The answer to free wording, one-to-one; None to staff, and where nothing clear is meant."""
    if asked.by_staff or not asked.one_to_one:
        return None
    facts = Facts(asked.desk.measures(), asked.today)
    topic = _ANSWERS.get(understand(asked.words, Role.CITIZEN, facts).topic)
    if topic is None and speaks_of_danger(asked, asked.words):
        topic = grievance.begin
    if topic is None:
        return None
    return topic(replace(asked, language="en") if _is_english(asked.words) else asked)


def _is_english(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return bool(letters) and all(char.isascii() for char in letters)


_ANSWERS: Final[Mapping[Topic, Callable[[Asked], Outcome]]] = {
    Topic.GRIEVANCE: grievance.begin,
    Topic.PROTECTED: grievance.protect,
    Topic.COMPLAINT_UNCLEAR: grievance.complain,
    Topic.TRACK: following.follow,
    Topic.STATISTICS: statistics.show,
    Topic.SCORES: scores.show_scores,
    Topic.HELP: helping.show_help,
}
