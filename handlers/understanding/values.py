"""What is understood of a text: its topic, what it says of which measure, what must be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from handlers.topics.report_line import Standing
from ita.measures import Measure, Status


class Topic(StrEnum):
    """What somebody writes about. UNCLEAR is answered kindly, and changes nothing."""

    REPORT = "report"
    OUTSTANDING = "outstanding"
    SCORES = "scores"
    MEASURE = "measure"
    GRIEVANCE = "grievance"
    PROTECTED = "protected"
    COMPLAINT_UNCLEAR = "complaint_unclear"
    TRACK = "track"
    HELP = "help"
    REGISTER = "register"
    CANCEL = "cancel"
    STATISTICS = "statistics"
    SMALLTALK = "smalltalk"
    UNCLEAR = "unclear"


What = Literal[
    "which_measure", "how_far", "fiscal_year", "date", "which_topic", "which_complaint", "code"
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed to understand a text, and no more.

    `measures` are those of the agency's year, `today` is the day in Bangkok, `units` are the
    writer's own.
    """

    measures: Sequence[Measure]
    today: date
    units: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """What must be asked before anything is done.

    `choices` are the likeliest answers: numbers of measures, fiscal years, topics, or what people
    write for how far they are ("80%", "ดำเนินการแล้วเสร็จ"). `about` is the measure in question,
    `doubt` what was said of it that cannot be (150%, or เสร็จ 50%).
    """

    what: What
    choices: tuple[str | int, ...] = ()
    about: Measure | None = None
    doubt: Standing | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of one measure; `measure` is None where it does not say of which.

    `said` is how far it is, as typed; `status` and `percent` what that means, both None where
    nothing clear was said. `day` is that of the act. `output` are the other words, whole and
    as typed; `mixed` says that there are words of progress among them, which say nothing clear.
    `round` is the last day of the measure's round that was named: ไตรมาส 1, ครั้งแรก.
    """

    measure: Measure | None
    status: Status | None = None
    percent: int | None = None
    said: str = ""
    day: date | None = None
    links: tuple[str, ...] = field(default=(), repr=False)
    output: str = field(default="", repr=False)
    mixed: bool = False
    round: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text means. `measures` are told of by name; `unnamed` is what no measure was
    named for, and `likely` are the measures that may be meant by it: `alike` says that words of
    theirs are in it, else they are only the most urgent ones."""

    topic: Topic
    measures: tuple[Told, ...] = ()
    ask: Ask | None = None
    unnamed: Told | None = None
    likely: tuple[Measure, ...] = ()
    alike: bool = False
