"""The report that somebody is writing, one question at a time: what a step of it holds.

It is kept as the conversation's step (handlers.desk.Outcome), sealed and for a week. Its words are
the person's own; nothing is put into it that he did not write, send or tap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from ita.measures import Status
from ita.rounds import Part

REPORTING: Final = "reporting"
"""What the step of a report being written, and every button in it, names as its topic."""
OTHER: Final = "other_report"
"""What a button names that makes a report of its own out of the words that wait in a draft."""
PARKED: Final = "parked"
"""The step of somebody who did something else in the middle of a report."""
DOUBTED: Final = "doubted"
"""In a draft's messages the one in which the doubted words were written."""
MAX_LINKS: Final = 10


class Step(StrEnum):
    """The questions, in the order in which they are asked."""

    PART = "part"
    STATUS = "status"
    OUTPUT = "output"
    OUTCOME = "outcome"
    OBSTACLE = "obstacle"
    BUDGET = "budget"
    DAY = "day"
    YEAR = "year"
    EVIDENCE = "evidence"
    REVIEW = "review"


TOLD: Final = (Step.OUTPUT, Step.OUTCOME, Step.OBSTACLE, Step.BUDGET)
"""Questions that are answered in the person's own words."""
_BEGUN: Final = (
    Step.STATUS, *TOLD, Step.DAY, Step.EVIDENCE,
)  # fmt: skip
_NOT_BEGUN: Final = (Step.STATUS, Step.OBSTACLE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is not confirmed yet. `began` is its name: the moment it was begun.

    `words` are the answers to the questions of TOLD, by step; `messages` are LINE's ids of the
    messages that they were written in, and of the photos and files by their link. `day` and
    `round` are ISO dates or "". `status` is "" where that was not said, and DONE where the person
    calls it done. `asked` are the only questions wanted, where not all are. `edits` counts
    changes, so that an old review is not confirmed for a new one. `mending` says that the
    question at hand was reached from the review. `doubted` are words that equal other ones, or
    begin as a report on another measure, and wait for a decision. `replaces` is the id of the
    report that this one corrects.
    """

    began: str
    measure: int
    at: Step
    status: str = ""
    percent: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    year_said: bool = False
    links: tuple[str, ...] = ()
    unit: str = ""
    round: str = ""
    part_said: bool = False
    asked: tuple[str, ...] = ()
    edits: int = 0
    mending: bool = False
    doubted: str = ""
    replaces: int | None = None

    @property
    def part(self) -> Part | None:
        """The part of the measure that it is about, None before that is known."""
        return Part(self.unit, self.round_day) if self.part_said else None

    @property
    def round_day(self) -> date | None:
        """The last day of the round."""
        return date.fromisoformat(self.round) if self.round else None

    @property
    def act_on(self) -> date | None:
        """The day of the act."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet that would be a pity to lose."""
        return not (self.status or self.words or self.links or self.day)

    def told(self, step: Step) -> str:
        """The words that answer a question, "" where none do."""
        return self.words.get(step, "")

    def order(self, *, several: bool, doubtful_year: bool) -> tuple[Step, ...]:
        """The questions of this report. `several` says that its measure has more than one part."""
        wanted: Iterable[Step] = _NOT_BEGUN if self.status == Status.NOT_STARTED else _BEGUN
        if self.asked:
            wanted = [step for step in Step if step in self.asked]
        steps = [Step.PART] if several and Step.PART not in self.asked else []
        for step in wanted:
            steps.append(step)
            if step is Step.DAY and doubtful_year:
                steps.append(Step.YEAR)
        return tuple(dict.fromkeys((*steps, Step.REVIEW)))


def changed(draft: Draft, **values: Any) -> Draft:
    """The draft with other values; a review shown before is old then."""
    return replace(draft, edits=draft.edits + 1, doubted="", **values)


def doubting(draft: Draft, words: str, message_id: str) -> Draft:
    """The draft with words that wait for a decision."""
    return replace(draft, doubted=words, messages={**draft.messages, DOUBTED: message_id})


def messages_of(draft: Draft) -> tuple[str, ...]:
    """LINE's ids of the messages that its answers were written in, each once."""
    said = (each for name, each in draft.messages.items() if name != DOUBTED)
    return tuple(dict.fromkeys(said))


def with_links(draft: Draft, links: Iterable[str]) -> Draft:
    """The draft with more evidence, each once, at most MAX_LINKS."""
    kept = tuple(dict.fromkeys((*draft.links, *links)))[:MAX_LINKS]
    return draft if kept == draft.links else replace(draft, links=kept, edits=draft.edits + 1)


def step_of(draft: Draft) -> dict[str, Any]:
    """The draft as a conversation's step."""
    return {"do": REPORTING, "draft": asdict(draft)}


def draft_in(step: Mapping[str, Any] | None) -> Draft | None:
    """The draft that a step holds, begun or left in the middle; None where it holds none.

    One that an earlier version of the program wrote in another form is none.
    """
    kept = (step or {}).get("draft")
    if not isinstance(kept, dict) or kept.keys() != {each.name for each in fields(Draft)}:
        return None
    if kept["at"] not in tuple(Step):
        return None
    tuples = {name: tuple(kept[name]) for name in ("links", "asked")}
    return Draft(**{**kept, **tuples, "at": Step(kept["at"])})


def is_being_written(step: Mapping[str, Any] | None) -> bool:
    """Whether the next message answers a question of a report."""
    return (step or {}).get("do") == REPORTING


def measure_at_choice(step: Mapping[str, Any] | None) -> int | None:
    """The measure of a report at a question that has no words of one's own for an answer."""
    draft = draft_in(step)
    return draft.measure if draft is not None and draft.at not in TOLD else None
