"""The official results that a document gives, and the totals that its text claims."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ita.checks.subject import Passage, Subject
from ita.criteria import Criteria, NoCriteria
from ita.scores import Assessment, IncompleteScores, assess
from ita.text import arabic_digits

_TOTAL = re.compile(
    r"(?:คะแนน(?:เฉลี่ย)?\s{0,2}(?:โดย)?รวม|ภาพรวม|ได้รับผลการประเมิน|ผลการประเมิน[^\d\n]{0,20}ระดับ|ผลคะแนน|ได้คะแนน)"
    r"[^\d\n]{0,40}?(\d{1,3}\.\d{1,2})(?!\d)"
)
_NOT_OF_ALL = re.compile(r"ตัวชี้วัด|\b[IEO]IT\b|แบบวัด|ข้อคำถาม")
_YEAR = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
_SENTENCE = 80
_BACK = 400
_AFTER = 100


@dataclass(frozen=True, slots=True)
class Result:
    """A year's criteria, and what its indicators come to; None where not known."""

    fiscal_year: int | None
    criteria: Criteria | None
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A total in the text: its place, its value, some words after it, and its year's result."""

    where: str
    value: Decimal
    after: str
    result: Result


def results_of(subject: Subject) -> dict[int | None, Result]:
    """What the document's tables of scores come to, by fiscal year."""
    points: dict[int | None, dict[int, Decimal]] = {}
    for score in subject.published.scores:
        of_year = points.setdefault(score.fiscal_year or subject.fiscal_year, {})
        if score.points is not None:
            of_year[score.indicator] = score.points
    return {year: _result(subject, year, of_year) for year, of_year in points.items()}


def total_claims(subject: Subject) -> Iterator[Claim]:
    """The totals that the text claims, each with the result of the year that it is about."""
    results = results_of(subject)
    for passage in subject.prose:
        plain = arabic_digits(passage.text)
        for found in _TOTAL.finditer(plain):
            if _NOT_OF_ALL.search(plain[max(0, found.start() - _SENTENCE) : found.end()]):
                continue
            year = year_at(subject, passage, found.start(1)) or subject.fiscal_year
            result = results.get(year) or _result(subject, year, {})
            after = passage.text[found.end() : found.end() + _AFTER]
            yield Claim(passage.where, Decimal(found[1]), after, result)


def year_at(subject: Subject, passage: Passage, at: int) -> int | None:
    """The year that a place in a passage is about: the last one named before it."""
    named = _YEAR.findall(arabic_digits(passage.text[max(0, at - _BACK) : at]))
    return int(named[-1]) if named else subject.year_before(passage.index)


def _result(subject: Subject, year: int | None, points: Mapping[int, Decimal]) -> Result:
    criteria = subject.criteria.get(year) if year else None
    if criteria is None:
        return Result(year, None)
    try:
        return Result(year, criteria, assess(criteria, points))
    except (NoCriteria, IncompleteScores):
        return Result(year, criteria)
