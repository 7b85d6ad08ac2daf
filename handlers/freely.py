"""What a member of staff says without a command word, and the topic that it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers import groups
from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import QuickReply
from handlers.replies import ask, next_steps
from handlers.texts import say
from handlers.topics import grievance, measure, outstanding, report, scores
from handlers.topics import help as helping
from handlers.understanding import Topic, Understood, understand


def freely(asked: Asked) -> Outcome | None:
    """The answer to free wording; None where it is not clear what is meant."""
    if asked.one_to_one and not asked.by_staff:
        return None
    understood = _understood(asked)
    if not asked.one_to_one and understood.topic in _CASES:
        return grievance.talk_privately(asked)
    if not asked.by_staff:
        return None
    if understood.topic is Topic.REPORT:
        return groups.reported(asked, report.on_understood(asked, understood))
    if understood.topic is Topic.MEASURE:
        return _measure(asked, understood)
    answer = _ANSWERS.get(understood.topic)
    return answer(asked) if answer else None


def reports(asked: Asked) -> bool:
    """Whether a message that begins with มาตรการ reports on one: มาตรการ 3 เสร็จแล้ว."""
    spoken_to = asked.one_to_one or asked.event.mentions_bot
    return asked.by_staff and spoken_to and _understood(asked).topic is Topic.REPORT


def _understood(asked: Asked) -> Understood:
    return understand(asked.words, asked.person.role, report.facts_for(asked))


def _measure(asked: Asked, understood: Understood) -> Outcome | None:
    named = [told.measure for told in understood.measures if told.measure]
    if len(named) != 1:
        return None
    return measure.show_measure(replace(asked, words=str(named[0].number)))


def _offer_to_file(asked: Asked) -> Outcome:
    """Nothing is filed for words that did not ask for it: the button with them does."""
    everyday = say("th", "citizen.button.grievance")
    choices = [QuickReply(f"{everyday} {asked.words}", everyday)]
    others = [each for each in next_steps(asked) if each.text != everyday]
    return ask(say("th", "staff.help.unknown"), [*choices, *others])


_CASES: Final = (Topic.GRIEVANCE, Topic.PROTECTED, Topic.COMPLAINT_UNCLEAR)
"""What nobody is asked about where others read along."""
_ANSWERS: Final[Mapping[Topic, Callable[[Asked], Outcome]]] = {
    Topic.OUTSTANDING: outstanding.show_outstanding,
    Topic.SCORES: scores.show_scores,
    Topic.PROTECTED: grievance.protected,
    Topic.COMPLAINT_UNCLEAR: grievance.complain,
    Topic.GRIEVANCE: _offer_to_file,
    Topic.HELP: helping.show_help,
}
