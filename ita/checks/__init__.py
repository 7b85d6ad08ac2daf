"""The checker: what a careful reviewer would find in a report before it is published.

Each rule is a function from a subject to findings, in a file of its topic; `rules.RULES` lists
them all. Nothing is mended here, and of a clean report nothing is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ita.agency import Agency
from ita.checks.finding import Finding, Kind, Severity
from ita.checks.rules import RULES
from ita.checks.subject import subject, years_of
from ita.criteria import Criteria
from ita.tables import Document, Published

__all__ = ["Finding", "Kind", "Severity", "check", "in_order", "years_of"]


def check(
    document: Document,
    published: Published,
    *,
    criteria: Mapping[int, Criteria],
    agency: Agency | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """The findings on a document and what was read from it: the gravest first, then by place.

    `criteria` holds what is known, by Buddhist fiscal year (`years_of` says which are asked for);
    what rests on a year that is not there is left unsaid. `agency` adds its own name, district
    and working year; `today` what is overdue. Never raises for any text.
    """
    whole = subject(document, published, criteria, agency, today)
    found = dict.fromkeys(finding for rule in RULES for finding in rule(whole))
    return in_order(found, [line.where for line in document.lines])


def in_order(findings: Iterable[Finding], places: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Findings by severity, then by their first place among `places`; elsewhere comes first."""
    severities = list(Severity)
    order = {place: at for at, place in reversed(list(enumerate(places)))}
    return tuple(
        sorted(
            findings,
            key=lambda one: (severities.index(one.severity), order.get(_first(one.where), -1)),
        )
    )


def _first(where: str) -> str:
    """The first of the places that a finding names."""
    return where.split(", ", maxsplit=1)[0].split(" ถึง ", maxsplit=1)[0]
