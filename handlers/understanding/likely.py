"""The two or three measures that may be meant where a text does not say of which it tells."""

from collections.abc import Sequence
from typing import Final

from handlers.understanding.naming import MOST_CHOICES, Mention
from handlers.understanding.values import Ask, Facts
from ita.measures import Measure
from ita.outstanding import belongs_to, outstanding

FEWEST_CHOICES: Final = 2
"""One likely measure alone is no choice: the most urgent one stands beside it."""


def which(facts: Facts, hints: Sequence[Measure], *named: Mention) -> Ask:
    """The question that offers them."""
    likely = likely_of(facts, hints, named)
    return Ask("which_measure", tuple(each.number for each in likely))


def likely_of(
    facts: Facts, hints: Sequence[Measure], named: Sequence[Mention]
) -> tuple[Measure, ...]:
    """The measures that a number may mean or that the words are like, own ones first; where there
    are none, what the writer's units have to report, the most urgent first."""
    doubtful = [one for each in named if not each.sure for one in each.measures]
    if any(not each.title for each in named if each.measures) and doubtful:
        return tuple(dict.fromkeys(_own_first(facts, doubtful)))[:MOST_CHOICES]
    alike = tuple(dict.fromkeys([*doubtful, *hints]))[:MOST_CHOICES]
    fewest = FEWEST_CHOICES if alike else MOST_CHOICES
    offered = dict.fromkeys([*_own_first(facts, alike), *_urgent(facts)])
    return tuple(offered)[: max(fewest, len(alike))]


def _urgent(facts: Facts) -> Sequence[Measure]:
    waiting = [item.measure for item in outstanding(facts.measures, facts.today)]
    own = [each for each in waiting if belongs_to(each.unit, facts.units)]
    return own or waiting or facts.measures


def _own_first(facts: Facts, measures: Sequence[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda each: not belongs_to(each.unit, facts.units))
