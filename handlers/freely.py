"""What a member of staff says without a command word, and the topic that it leads to."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from handlers import groups
from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import Outcome
from handlers.flex import QuickReply
from handlers.permissions import guarded
from handlers.replies import ask, next_steps
from handlers.texts import say
from handlers.topics import help as helping
from handlers.topics import measure, outstanding, report, reporting, scores
from handlers.topics import report_questions as questions
from handlers.topics.complaints import following, grievance
from handlers.topics.complaints.danger import calls
from handlers.topics.report_line import read_line
from handlers.understanding import Topic, Understood, understand
from ita.measures import Measure


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
    if understood.topic in _READERS:
        return _READERS[understood.topic](asked, understood)
    answer = _ANSWERS.get(understood.topic)
    return answer(asked) if answer else None


def reports(asked: Asked) -> bool:
    """Whether a message that begins with มาตรการ reports on one: มาตรการ 3 เสร็จแล้ว."""
    spoken_to = asked.one_to_one or asked.event.mentions_bot
    return asked.by_staff and spoken_to and _understood(asked).topic is Topic.REPORT


def reports_on_another(asked: Asked, measure_id: int) -> bool:
    """Whether a message plainly reports on measures of which one, at least, is not this one."""
    understood = _understood(asked)
    named = [told.measure.id for told in understood.measures if told.measure]
    return understood.topic is Topic.REPORT and any(each != measure_id for each in named)


def reports_only_on_others(asked: Asked, measure_id: int) -> bool:
    """The same of a message that opens with another measure's number and speaks of no other: where
    one's own words are asked for, ม5 เสร็จแล้ว แต่ ม3 ขาดรูป are such words."""
    if not read_line(asked.words).numbered or not reports_on_another(asked, measure_id):
        return False
    told = _understood(asked).measures
    return all(one.measure and one.status and one.measure.id != measure_id for one in told)


def _understood(asked: Asked) -> Understood:
    return understand(asked.words, asked.person.role, report.facts_for(asked))


def _measure(asked: Asked, understood: Understood) -> Outcome | None:
    named = [told.measure for told in understood.measures if told.measure]
    if len(named) != 1:
        return _which_measure(asked, named or understood.likely)
    return measure.show_measure(replace(asked, words=str(named[0].number)))


def _which_measure(asked: Asked, likely: Sequence[Measure]) -> Outcome | None:
    """Which of the likeliest is to be shown; in a group nobody is asked."""
    if not likely or not asked.one_to_one:
        return None
    shown = likely[: questions.MAX_CHOICES]
    names = "\n".join(measure_name(each) for each in shown)
    return ask(say("th", "citizen.measure.which_one", names=names), _looks(shown))


def _looks(shown: Sequence[Measure]) -> list[QuickReply]:
    return [
        QuickReply(
            say("th", "citizen.measure.command", number=each.number),
            say("th", "staff.button.measure", number=each.number, title=each.title),
        )
        for each in shown
    ]


def _which_topic(asked: Asked, understood: Understood) -> Outcome | None:
    """What is clearly about something, but not what is wanted: it is asked, with the words kept."""
    if understood.ask is None or not asked.one_to_one:
        return None
    offered: Mapping[str | int, list[QuickReply]] = {
        Topic.REPORT: [_with_words(asked, say("th", "staff.button.report"))],
        Topic.MEASURE: _looks(understood.likely[: questions.MAX_CHOICES]),
        Topic.GRIEVANCE: [_with_words(asked, say("th", "citizen.button.grievance"))],
        Topic.PROTECTED: [QuickReply(say("th", "citizen.button.corruption"))],
    }
    choices = [each for topic in understood.ask.choices for each in offered.get(topic, [])]
    return ask(say("th", "staff.help.which_topic"), choices)


def _cancel(asked: Asked) -> Outcome:
    """What is to be taken back: a case of one's own where the words say so, else a report."""
    return _FOLLOW(asked) if _OF_CASES.search(asked.words) else _GIVE_UP(asked)


def _with_words(asked: Asked, command: str) -> QuickReply:
    return QuickReply(f"{command} {asked.words}", command)


def _offer_to_file(asked: Asked) -> Outcome:
    """Nothing is filed for words that did not ask for it: the button with them does."""
    everyday = say("th", "citizen.button.grievance")
    choices = [QuickReply(f"{everyday} {asked.words}", everyday)]
    others = [each for each in next_steps(asked) if each.text != everyday]
    offer = ask(say("th", "staff.help.unknown"), [*choices, *others])
    return replace(offer, replies=(*calls(asked), *offer.replies))


_OF_CASES: Final = re.compile("ร้องเรียน|ร้องทุกข์|คำร้อง|แจ้งเหตุ|ที่แจ้ง")
_FOLLOW: Final = guarded("follow", following.follow)
_GIVE_UP: Final = guarded("reporting", reporting.give_up)
_CASES: Final = (Topic.GRIEVANCE, Topic.PROTECTED, Topic.COMPLAINT_UNCLEAR)
"""What nobody is asked about where others read along."""
_READERS: Final[Mapping[Topic, Callable[[Asked, Understood], Outcome | None]]] = {
    Topic.MEASURE: _measure,
    Topic.UNCLEAR: _which_topic,
}
_ANSWERS: Final[Mapping[Topic, Callable[[Asked], Outcome]]] = {
    Topic.OUTSTANDING: outstanding.show_outstanding,
    Topic.SCORES: scores.show_scores,
    Topic.PROTECTED: grievance.protect,
    Topic.COMPLAINT_UNCLEAR: grievance.complain,
    Topic.GRIEVANCE: _offer_to_file,
    Topic.HELP: helping.show_help,
    Topic.CANCEL: _cancel,
}
