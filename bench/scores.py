"""How long the scores of 8,000 agencies take on one core: `python bench/scores.py`.

Each agency has random official scores and random answers to its items, and gets all that
`sujarit score` works out: the assessment or the span, the worths, the projection, the smallest set.
"""

import random
import time
from decimal import Decimal

from ita.criteria import Criteria, criteria_for
from ita.partial import assess_partly, completed, disagreements
from ita.projections import outstanding_items, project, ranked_worths, smallest_set
from ita.scores import assess

AGENCIES = 8_000
YEAR = 2566
SEED = 2566


def main() -> None:
    """Work all agencies out and print figures."""
    criteria, dice = criteria_for(YEAR), random.Random(SEED)
    agencies = [_agency(criteria, dice) for _ in range(AGENCIES)]
    started = time.process_time()
    passed = sum(_score(criteria, *agency) for agency in agencies)
    seconds = time.process_time() - started
    each = seconds / AGENCIES * 1e6
    print(f"{AGENCIES:,} agencies in {seconds:.2f} s of one core, {each:.0f} µs each")
    print(f"{passed:,} of them reach the pass mark")


def _agency(
    criteria: Criteria, dice: random.Random
) -> tuple[dict[int, Decimal], dict[str, Decimal]]:
    """Scores of the survey's indicators, and an answer to each item: the OIT comes from these."""
    items = {code: Decimal(dice.choice((0, 100, 100, 100))) for code in criteria.items}
    surveyed = {number: Decimal(dice.randint(6000, 10000)) / 100 for number in range(1, 9)}
    return completed(criteria, surveyed, items), items


def _score(criteria: Criteria, indicators: dict[int, Decimal], items: dict[str, Decimal]) -> bool:
    assessment = assess(criteria, indicators)
    assess_partly(criteria, indicators, items)
    disagreements(criteria, indicators, items)
    ranked_worths(criteria)
    outstanding = [one.code for one in outstanding_items(criteria, items)]
    project(criteria, indicators, items, outstanding)
    smallest_set(criteria, indicators, items, criteria.pass_mark or Decimal())
    return assessment.total >= (criteria.pass_mark or 0)


if __name__ == "__main__":
    main()
