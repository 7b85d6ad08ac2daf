"""Whether words are for the other door: LINE and the web pages ask the same."""

from datetime import date

from handlers.understanding import Facts, Topic, understand
from ita.agency import Role
from ita.complaints import accusing
from ita.complaints.masking import short_title


def accuses(words: str, today: date) -> bool:
    """Whether the words speak of an official's conduct or of corruption: never filed in LINE as a
    grievance."""
    return accusing.accuses(words) or _topic(words, today) is Topic.PROTECTED


def may_accuse(words: str, today: date) -> bool:
    """Whether it has to be asked which of the two doors the words are for."""
    if accusing.may_accuse(words):
        return True
    return _topic(words, today) in (Topic.PROTECTED, Topic.COMPLAINT_UNCLEAR)


def may_now_accuse(before: str, words: str, today: date) -> bool:
    """Whether new words may accuse, or make of what was told before a story that may: an office,
    then the money."""
    if may_accuse(words, today):
        return True
    return may_accuse(f"{before}\n{words}", today) and not may_accuse(before, today)


def title_of(story: str, today: date) -> str:
    """The title of a grievance until a coordinator writes one, as it stands in the shared sheet;
    "" where the story may accuse somebody, or somebody stands in it by an office."""
    if accusing.names_an_office(story) or may_accuse(story, today):
        return ""
    return short_title(story)


def _topic(words: str, today: date) -> Topic:
    return understand(words, Role.CITIZEN, Facts((), today)).topic
