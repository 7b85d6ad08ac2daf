"""Which of a score's values is right: what tables, text, items and arithmetic speak for."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ita.criteria import Criteria, NoCriteria
from ita.scores import Assessment, IncompleteScores, assess, indicator_from_items, rounded
from ita.tables.claims import RESULT, TOTAL, Claim

ROUNDING = Decimal("0.05")
"""A total from rounded indicators may differ from the official one by less than this."""

_HUNDRED = Decimal(100)
_MOST_TRIED = 10
_IN_TABLE, _IN_TEXT, _GUESSED, _FROM_ITEMS, _FITS_TOTAL = 6, 2, 1, 4, 6

Weights = dict[int | str, dict[Decimal, int]]
"""How much speaks for each value of each subject."""


def right_values(
    claims: Sequence[Claim], criteria: Criteria | None, items: Mapping[str, Decimal]
) -> tuple[dict[int | str, Decimal], set[str]]:
    """The value that most speaks for, by subject, and the subjects that arithmetic settles.

    A table weighs more than a mention; for an OIT indicator also speak the items that the
    document prints as weak, and for each indicator the totals that it fits with the others.
    """
    weights = _weights(claims)
    for subject, values in weights.items():
        from_items = _from_items(criteria, subject, items)
        if from_items is not None:  # one that is printed nowhere is no more than a guess
            more = _FROM_ITEMS if from_items in values else _GUESSED
            values[from_items] = values.get(from_items, 0) + more
    best = {subject: _heaviest(values) for subject, values in weights.items()}
    totals = [claim.points for claim in claims if claim.about == TOTAL and claim.points]
    for subject, values in weights.items():
        fitting = _fitting(criteria, best, subject, values, totals[:_MOST_TRIED])
        if len(fitting) == 1:
            values[fitting[0]] += _FITS_TOTAL
            best[subject] = _heaviest(values)
    reckoned = _reckoned(_assessed(criteria, best))
    return best | reckoned, {subject for subject in reckoned if isinstance(subject, str)}


def _weights(claims: Iterable[Claim]) -> Weights:
    weights: Weights = {}
    for claim in claims:
        value = claim.guess if claim.points is None else claim.points
        if value is not None and claim.subject != RESULT:
            weight = _GUESSED if claim.points is None else _IN_TABLE if claim.in_table else _IN_TEXT
            values = weights.setdefault(claim.subject, {})
            values[value] = values.get(value, 0) + weight
    return weights


def _heaviest(values: Mapping[Decimal, int]) -> Decimal:
    return max(values, key=lambda value: values[value])


def _fitting(
    criteria: Criteria | None,
    best: Mapping[int | str, Decimal],
    subject: int | str,
    weights: Mapping[Decimal, int],
    totals: Sequence[Decimal],
) -> list[Decimal]:
    """The values of an indicator that come to a printed total, with the others' best."""
    fitting: list[Decimal] = []
    if isinstance(subject, str) or len(weights) == 1:
        return fitting
    for value in sorted(weights, key=lambda value: weights[value], reverse=True)[:_MOST_TRIED]:
        assessment = _assessed(criteria, {**best, subject: value})
        if assessment and any(abs(assessment.total - total) < ROUNDING for total in totals):
            fitting.append(value)
    return fitting


def _from_items(
    criteria: Criteria | None, subject: int | str, items: Mapping[str, Decimal]
) -> Decimal | None:
    """An OIT indicator with the items that a document names as weak, all others being 100."""
    if criteria is None or not isinstance(subject, int):
        return None
    indicator = criteria.indicators.get(subject)
    parts = indicator.sub_indicators if indicator else ()
    if not any(code in items for part in parts for code in part.items):
        return None
    known = {code: items.get(code, _HUNDRED) for part in parts for code in part.items}
    try:
        return rounded(indicator_from_items(criteria, subject, known))
    except (NoCriteria, IncompleteScores):
        return None


def _assessed(criteria: Criteria | None, best: Mapping[int | str, Decimal]) -> Assessment | None:
    """What the indicators come to, None where some or the year's weights are not known."""
    indicators = {subject: value for subject, value in best.items() if isinstance(subject, int)}
    if criteria is None:
        return None
    try:
        return assess(criteria, indicators)
    except (NoCriteria, IncompleteScores):
        return None


def _reckoned(assessment: Assessment | None) -> dict[int | str, Decimal]:
    if assessment is None:
        return {}
    reckoned: dict[int | str, Decimal] = {TOTAL: assessment.total}
    for name, mean in assessment.instruments.items():
        reckoned[name] = rounded(mean)
    return reckoned
