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
from handlers.topics.complaints.typed import withdraws
from handlers.topics.complaints.which_door import accuses, may_accuse
from handlers.understanding import Facts, Topic, understand
from ita.agency import Role


def answer(asked: Asked) -> Outcome | None:
    """The answer to free wording, one-to-one; None to staff, and where nothing clear is meant."""
    if asked.by_staff or not asked.one_to_one:
        return None
    facts = Facts(asked.desk.measures(), asked.today)
    meant = understand(asked.words, Role.CITIZEN, facts).topic
    topic = _ANSWERS.get(meant) or _by_its_words(asked, meant)
    if topic is None:
        return None
    return topic(replace(asked, language="en") if _is_english(asked.words) else asked)


def _by_its_words(asked: Asked, meant: Topic) -> Callable[[Asked], Outcome] | None:
    """Where no topic is clear: single words of danger, of an accusation, or of what may be one;
    whoever wants to withdraw finds the button at his case."""
    if withdraws(asked.words):
        return following.follow
    if speaks_of_danger(asked, asked.words):
        return grievance.begin
    if meant is not Topic.UNCLEAR:
        return None
    if accuses(asked.words, asked.today):
        return grievance.protect
    return grievance.complain if may_accuse(asked.words, asked.today) else None


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
