"""มาตรการ <x>: one measure whole with its history; for everybody else what is published of it."""

from collections.abc import Sequence
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_published, measure_whole
from handlers.cards.measure import MAX_HISTORY, Known
from handlers.desk import NOTHING, Outcome
from handlers.flex import QuickReply, cut
from handlers.freshness import age_words
from handlers.replies import answer_with, ask, show
from handlers.texts import say
from handlers.topics.report import report
from handlers.topics.report_line import read_line
from handlers.topics.whose import is_shown, reader_of
from handlers.worths import worths_of
from ita.criteria import NoCriteria
from ita.matching import CERTAIN, find
from ita.measures import Measure, Status

MAX_CHOICES: Final = 5


def show_measure(asked: Asked) -> Outcome:
    """The measure that the words name; where they name several, which; a report is taken as one."""
    if asked.by_staff and _reports(asked.words):
        return report(asked)
    measures = asked.desk.measures()
    if not measures:
        return answer_with(asked, say(asked.language, "citizen.measure.none_yet"))
    if not asked.words:
        return _which(asked, "citizen.measure.which_one", _own_first(asked, measures))
    certain, likely = _found(measures, asked.words)
    found = certain or (likely if _spoken_to(asked) else [])
    if not found:
        return _unknown(asked)
    if len(found) > 1:
        return _which(asked, "citizen.measure.several", found)
    return _one(asked, found[0])


def _reports(words: str) -> bool:
    """Whether the words say how far something is, which is a report and no question."""
    return read_line(words).standing is not None


def _found(measures: Sequence[Measure], words: str) -> tuple[list[Measure], list[Measure]]:
    """The measures that are certainly meant, and all that may be, the likeliest first.

    Of "ที่ 3 ถึงไหนแล้ว" the number names it, and the rest is talk.
    """
    line = read_line(words.removeprefix("ที่").strip())
    matches = find(measures, line.measure if line.numbered else words)
    certain = [match.measure for match in matches if match.confidence == CERTAIN]
    return certain, [match.measure for match in matches]


def _own_first(asked: Asked, measures: Sequence[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda measure: not is_shown(asked, measure))


def _unknown(asked: Asked) -> Outcome:
    """People talk of measures among themselves too: there only what is certain is answered."""
    if not _spoken_to(asked):
        return NOTHING
    words = cut(asked.words, 60)
    return answer_with(asked, say(asked.language, "citizen.measure.not_found", words=words))


def _spoken_to(asked: Asked) -> bool:
    return asked.one_to_one or asked.event.mentions_bot


def _which(asked: Asked, key: str, measures: Sequence[Measure]) -> Outcome:
    shown = measures[:MAX_CHOICES]
    commands = [
        say(asked.language, "citizen.measure.command", number=measure.number) for measure in shown
    ]
    names = "\n".join(
        say(
            asked.language, "citizen.measure.name",
            number=measure.number, title=cut(" ".join(measure.title.split()), 100),
        )
        for measure in shown
    )  # fmt: skip
    question = say(asked.language, key, names=names)
    return ask(question, [QuickReply(command) for command in commands])


def _one(asked: Asked, measure: Measure) -> Outcome:
    """All of it for staff one-to-one; in a group all of the own unit's that the unit may read."""
    whole = asked.by_staff and (asked.one_to_one or is_shown(asked, measure))
    if not whole:
        return show(asked, measure_published(asked.language, measure))
    return show(asked, measure_whole(measure, _known(asked, measure), asked.today))


def _known(asked: Asked, measure: Measure) -> Known:
    worths = worths_of(asked.desk, [measure])
    return Known(
        reports=asked.desk.history(measure.id, MAX_HISTORY + 1),
        items=_items(asked, measure),
        worth=worths.total,
        alone=asked.one_to_one,
        button=_button(asked, measure),
        notes=[note for note in (age_words(asked),) if note],
    )


def _button(asked: Asked, measure: Measure) -> tuple[str, str] | None:
    """What the person can do about the measure: accept it, or report on it."""
    reader = reader_of(asked)
    if reader.accepts and measure.status is Status.AWAITING_ACCEPTANCE:
        accept = say("th", "staff.button.accept")
        return accept, accept
    if measure.status is Status.DONE or not (reader.reports and is_shown(asked, measure)):
        return None
    return say("th", "staff.measure.report"), f"{say('th', 'staff.button.report')} {measure.number}"


def _items(asked: Asked, measure: Measure) -> list[tuple[str, str]]:
    """The codes of the measure's items with their titles, as far as the year knows them."""
    try:
        criteria = asked.desk.criteria(measure.fiscal_year)
    except NoCriteria:
        return [(code, "") for code in measure.items]
    return [(code, criteria.item_title(code) or "") for code in measure.items]
