"""Rounds and shares: a measure of several dates or months, or of all units, is done when all are.

Every report names its part by its round (the last day of it) and, where all units share the
measure, by its unit. Nothing else is kept: which parts are done follows from the reports.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from ita.agency import Unit
from ita.dates import Period, days_of, fiscal_year_of, fiscal_year_span, quarter_span
from ita.dates.fiscal import YEAR_MONTHS, month_span
from ita.measures import Measure, Progress, Status
from ita.outstanding import belongs_to, shared_by_all
from ita.text import normalise

QUARTERS: Final = (1, 2, 3, 4)
_QUARTERLY: Final = re.compile(r"ไตรมาส|ทุก ?(?:ๆ ?)?3 ?เดือน")
_MONTHLY: Final = re.compile(r"ทุก ?(?:ๆ ?)?(?:สิ้น ?)?เดือน|ราย ?เดือน|เดือนละ|ประจำ(?:ทุก ?)?เดือน")


class Lacking(StrEnum):
    """What is still missing of something that is called done; in the order in which it is asked."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    DAY = "day"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a measure: `unit` is "" where it is not shared, `round` None where it has one."""

    unit: str = ""
    round: date | None = None


WHOLE: Final = Part()


def rounds_of(period: Period) -> tuple[date, ...]:
    """The last days of a period's rounds, in order; none where it has only one.

    Of what recurs every month or quarter of a fiscal year each is a round. Where both are named
    (รายเดือน หรือ รายไตรมาส) the quarters will do.

    >>> from ita.dates import read_period
    >>> [str(day) for day in rounds_of(read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘"))]
    ['2024-10-01', '2025-04-01']
    >>> len(rounds_of(read_period("ประจำทุกเดือน", 2568)))
    12
    """
    if period.kind == "dates":
        days = days_of(period)
        return days if len(days) > 1 else ()
    if period.kind != "recurring" or period.end is None:
        return ()
    said, year = normalise(period.raw), fiscal_year_of(period.end)
    if _QUARTERLY.search(said):
        ends = [quarter_span(year, quarter)[1] for quarter in QUARTERS]
    elif _MONTHLY.search(said):
        ends = _month_ends(year)
    else:
        return ()
    begins = period.start or ends[0]
    return tuple(end for end in ends if begins <= end <= period.end)


def parts_of(measure: Measure, units: Sequence[Unit]) -> tuple[Part, ...]:
    """All parts of a measure, in order; WHOLE alone where it has none.

    `units` is the agency's tree: its offices share what ทุกส่วนราชการ must do.
    """
    rounds: tuple[date | None, ...] = rounds_of(measure.period) or (None,)
    offices = _offices(units) if shared_by_all(measure.unit) else ()
    shares = offices if len(offices) > 1 else ("",)
    return tuple(Part(share, day) for day in rounds for share in shares)


def parts_open_to(
    measure: Measure, units: Sequence[Unit], own: Sequence[str] | None
) -> tuple[Part, ...]:
    """The parts that people of these units report on; None are those who report for all."""
    parts = parts_of(measure, units)
    if own is None:
        return parts
    offices = {office_of(unit, units) for unit in own}
    return tuple(part for part in parts if part.unit in ("", *offices))


def office_of(unit: str, units: Sequence[Unit]) -> str:
    """The agency's office that a unit belongs to; the unit itself where it is in no tree."""
    parents = {each.name: each.parent for each in units}
    seen: set[str] = set()
    while unit not in seen and (above := parents.get(unit)):
        seen.add(unit)
        unit = above
    named = (office for office in _offices(units) if belongs_to(office, [unit]))
    return next(named, unit)


def part_of(progress: Progress, measure: Measure, units: Sequence[Unit]) -> Part | None:
    """The part that a report is about; None where it names none that the measure has."""
    share = office_of(progress.unit, units)
    fitting = (
        part
        for part in parts_of(measure, units)
        if part.unit in ("", share) and part.round == progress.round
    )
    return next(fitting, None)


def parts_done(
    measure: Measure, units: Sequence[Unit], reports: Iterable[Progress]
) -> frozenset[Part]:
    """The parts that are done and shown. `reports` are all that count, in any order."""
    told = _by_part(measure, units, reports)
    alone = parts_of(measure, units) == (WHOLE,)
    return frozenset(
        part
        for part, own in told.items()
        if max(own, key=lambda one: one.at).says_done and not lacking(measure, own, alone=alone)
    )


def lacking(
    measure: Measure, reports: Sequence[Progress], *, alone: bool = True
) -> tuple[Lacking, ...]:
    """What the reports on one part do not show yet: what was done, what came of it, when, proof.

    The day of the act must lie in the measure's fiscal year. `alone` says that the measure has no
    other part, so that what it holds already counts as well.
    """
    output, outcome = (measure.output, measure.outcome) if alone else ("", "")
    evidence = measure.evidence if alone else ()
    days = (one.act_on for one in reports if one.act_on)
    shown = {
        Lacking.OUTPUT: output or any(one.output for one in reports),
        Lacking.OUTCOME: outcome or any(one.outcome for one in reports),
        Lacking.DAY: any(fiscal_year_of(day) == measure.fiscal_year for day in days),
        Lacking.EVIDENCE: evidence or any(one.links for one in reports),
    }
    return tuple(each for each, known in shown.items() if not known)


def is_unproved(unit: str, reports: Iterable[Progress], told: Progress) -> bool:
    """Whether the part that `told` is about is called done, and no report on it has evidence left.

    `unit` is the measure's, `reports` are all that count, in any order. False for what is no part:
    a whole measure is shown by what it holds itself.
    """
    shared = shared_by_all(unit)
    if told.round is None and not shared:
        return False
    own = [
        one for one in reports if one.round == told.round and (one.unit == told.unit or not shared)
    ]
    called_done = bool(own) and max(own, key=lambda one: one.at).says_done
    return called_done and not any(one.links for one in own)


@dataclass(frozen=True, slots=True)
class Judged:
    """A report with the status that it brings, and what it lacks of what it calls done.

    `left` are the parts that are not done after it.
    """

    progress: Progress
    lacking: tuple[Lacking, ...] = ()
    left: tuple[Part, ...] = ()


def judged(
    measure: Measure, units: Sequence[Unit], reports: Sequence[Progress], new: Progress
) -> Judged:
    """What a new report comes to, after the `reports` before it: done means shown, in all parts.

    Until then a measure that is called done is in progress, and has no percentage of its own.
    """
    parts, part = parts_of(measure, units), part_of(new, measure, units)
    every = [*reports, new]
    done = parts_done(measure, units, every)
    left = tuple(each for each in parts if each not in done)
    if not new.says_done:
        began = new.status is Status.NOT_STARTED and done
        return Judged(replace(new, status=Status.IN_PROGRESS) if began else new, (), left)
    own = [one for one in every if part_of(one, measure, units) == part]
    missing = lacking(measure, own, alone=parts == (WHOLE,))
    status = Status.IN_PROGRESS if left else Status.AWAITING_ACCEPTANCE
    percent = None if left else new.percent
    return Judged(replace(new, status=status, percent=percent), missing, left)


def _by_part(
    measure: Measure, units: Sequence[Unit], reports: Iterable[Progress]
) -> dict[Part, list[Progress]]:
    told: dict[Part, list[Progress]] = {}
    for report in reports:
        part = part_of(report, measure, units)
        if part is not None:
            told.setdefault(part, []).append(report)
    return told


def _offices(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(unit.name for unit in units if unit.parent is None)


def _month_ends(fiscal_year: int) -> list[date]:
    first, _ = fiscal_year_span(fiscal_year)
    months = [(first.month - 1 + passed) for passed in range(YEAR_MONTHS)]
    return [
        month_span(first.year + month // YEAR_MONTHS, month % YEAR_MONTHS + 1)[1]
        for month in months
    ]
