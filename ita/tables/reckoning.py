"""Scores held against each other: what disagrees is asked about, with the right figure proposed.

A score is printed many times in a report, and the total follows from the indicators: so a
misprint can be told from the right figure. Nothing is put right here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita.scores import rounded
from ita.tables.claims import TOTAL, Claim, criteria_of
from ita.tables.published import Doubt, ReadScore
from ita.tables.weighing import ROUNDING, right_values

_BY_ARITHMETIC = "ที่คำนวณจากคะแนนตัวชี้วัด"
_UNVERIFIED = "ตามเกณฑ์ของปีนั้นซึ่งยังไม่ได้ยืนยันทั้งหมด"
_ELSEWHERE = "ที่อื่นในเอกสาร"
_PLACES = 3
_LEAST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Right:
    """The right figure of a subject, how that is known, and the first places that print it."""

    points: Decimal
    basis: str
    places: tuple[str, ...]

    @property
    def tolerance(self) -> Decimal:
        """How far a figure may be from it: from a total that is only worked out, a little."""
        return ROUNDING if self.basis != _ELSEWHERE and not self.places else _LEAST


def scores_and_doubts(
    claims: Sequence[Claim], items: Mapping[str, Decimal]
) -> tuple[list[ReadScore], list[Doubt]]:
    """The indicators' scores as their tables print them, and doubts on every odd figure.

    `items` are the points of single OIT items that the document prints, by code. In a document
    without a table of scores, those of its text stand for them, if nothing contradicts them.
    """
    scores: list[ReadScore] = []
    doubts: list[Doubt] = []
    tabled = any(claim.in_table for claim in claims)
    for year, of_year in _by_year(claims).items():
        rights = _rights(of_year, year, items)
        odd = {id(claim): _doubt(claim, rights.get(claim.about)) for claim in of_year}
        doubts += filter(None, odd.values())
        taken = [one for one in of_year if (one.in_table if tabled else odd[id(one)] is None)]
        scores += _scores(taken, year)
    return scores, doubts


def _by_year(claims: Sequence[Claim]) -> dict[int | None, list[Claim]]:
    """The claims by year; those that name none go with the only table there is."""
    tabled = {claim.year for claim in claims if claim.in_table}
    years: dict[int | None, list[Claim]] = {}
    for claim in claims:
        year = claim.year
        if year is None and not claim.in_table:
            year = next(iter(tabled)) if len(tabled) == 1 else claim.near_year
        years.setdefault(year, []).append(claim)
    return years


def _scores(claims: Sequence[Claim], year: int | None) -> list[ReadScore]:
    """The first of the claims on each indicator."""
    first: dict[int, ReadScore] = {}
    for one in claims:
        if isinstance(one.subject, int):
            score = ReadScore(one.subject, one.points, one.raw, year, one.where)
            first.setdefault(one.subject, score)
    return list(first.values())


def _rights(
    claims: Sequence[Claim], year: int | None, items: Mapping[str, Decimal]
) -> dict[int | str, _Right]:
    criteria = criteria_of(year)
    values, reckoned = right_values(claims, criteria, items)
    arithmetic = _BY_ARITHMETIC + (_UNVERIFIED if criteria and criteria.unverified else "")
    places: dict[int | str, dict[str, None]] = {}
    for claim in claims:
        if claim.points == values.get(claim.about):
            places.setdefault(claim.about, {})[claim.where] = None
    return {
        subject: _Right(
            points,
            arithmetic if subject in reckoned else _ELSEWHERE,
            tuple(places.get(subject, ()))[:_PLACES],
        )
        for subject, points in values.items()
    }


def _doubt(claim: Claim, right: _Right | None) -> Doubt | None:
    """A doubt on a figure that is no score, or is not the right one."""
    if claim.points is None:
        why = f"{_name(claim)}ไม่ใช่ตัวเลขระหว่าง 0 ถึง 100"
    elif right is None or abs(claim.points - right.points) < right.tolerance:
        return None
    else:
        why = f"{_name(claim)}ตรงนี้ไม่ตรงกับ{right.basis}"
    proposal = "" if right is None else str(rounded(right.points))
    if right and right.places:
        why += f" ({', '.join(right.places)} เป็น {proposal})"
    return Doubt("score", claim.where, claim.raw, proposal, why)


def _name(claim: Claim) -> str:
    if claim.about == TOTAL:
        return "คะแนนรวม"
    if isinstance(claim.subject, int):
        return f"คะแนนของตัวชี้วัดที่ {claim.subject} "
    return f"คะแนนของแบบวัด {claim.subject} "
