"""Words of danger: whom to call comes before anything else, and whatever goes on then goes on."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.asked import Asked
from handlers.desk import Message, Outcome
from handlers.flex import text_message
from handlers.texts import say
from handlers.understanding import Facts, Topic, understand
from ita.complaints.doors import Danger, dangers_in

MOST_REPLIES = 5


def called_first(asked: Asked, outcome: Outcome) -> Outcome:
    """The outcome with the numbers to call above it, where somebody writes of danger.

    Staff write of fires and floods in their reports, too: to them only where they tell of a case.
    """
    is_text = asked.event.kind == "message" and bool(outcome.replies)
    telling = is_text and (not asked.by_staff or _tells_of_a_case(asked, outcome))
    found = _dangers(asked, asked.event.text) if telling else ()
    if not found or len(outcome.replies) >= MOST_REPLIES:
        return outcome
    return replace(outcome, replies=(_calls(asked, found), *outcome.replies))


def _tells_of_a_case(asked: Asked, outcome: Outcome) -> bool:
    """Whether a member of staff does; in a group nothing is begun, so by the words alone."""
    if asked.one_to_one:
        return "begun" in (outcome.step or {})
    facts = Facts(asked.desk.measures(), asked.today)
    return understand(asked.event.text, asked.person.role, facts).topic is Topic.GRIEVANCE


def calls(asked: Asked) -> tuple[Message, ...]:
    """The numbers to call in one message, for words of danger; none for others."""
    found = _dangers(asked, asked.words)
    return (_calls(asked, found),) if found else ()


def speaks_of_danger(asked: Asked, words: str) -> bool:
    """Whether any of the agency's words of danger is in these."""
    return bool(_dangers(asked, words))


def _calls(asked: Asked, found: Sequence[Danger]) -> Message:
    lines = [
        say(asked.language, "citizen.danger.call", phone=one.phone, whom=one.call) for one in found
    ]
    after = [say(asked.language, "citizen.danger.after")] if asked.one_to_one else []
    return text_message("\n".join([*lines, *after]))


def _dangers(asked: Asked, words: str) -> Sequence[Danger]:
    return dangers_in(asked.desk.cases.doors, words)
