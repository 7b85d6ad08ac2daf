"""From cases to the cells of their rows, and of their statistics. Pure; every cell is a text.

The sheet is shared widely, so of a protected case it says number, kind, month, status and deadline,
and nothing that would tell whom it is about or who wrote it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from ita.clocks import Deadline
from ita.complaints import THAI_KIND, Case, Kind, status_words
from ita.complaints.statistics import (
    NONE_FILED,
    PROTECTED_CASES,
    TOO_FEW,
    MonthlyCases,
    Snapshot,
    monthly,
    snapshots,
)
from ita.dates import fiscal_year_of, thai_date, thai_month
from sheets.layout import STATISTICS_IDS
from sheets.rows import Cells, shown

NOT_RECKONED: Final = "ยังคำนวณไม่ได้ เพราะยังไม่ทราบวันหยุดของปีนั้น"
"""Instead of a deadline that falls into a year whose holidays nobody knows yet."""

_HALVES = 500_000
"""Ids of half-years begin so far behind those of months."""
_ROWS_OF_HALF = 10
"""The total of a half-year, then its kinds."""


def case_cells(case: Case, due: str | None = None) -> Cells:
    """A case's row: what may be known outside its seals. `due` says when what is to be done."""
    protected = case.kind.is_protected
    deadline = {} if due is None else {"next_deadline": due}
    return _shown(
        number=case.number,
        kind=THAI_KIND[case.kind],
        received=(thai_month if protected else thai_date)(case.received_on),
        title="" if protected else case.title,
        unit="" if protected else case.unit,
        status=status_words(case.kind, case.status),
        result="" if protected else case.result,
        **deadline,
    )


def due_words(running: Sequence[Deadline], today: date) -> str:
    """The first deadline and what is to be done by then; "" where none runs."""
    if not running:
        return ""
    ends, duty = running[0].ends, running[0].clock.duty
    late = (today - ends).days
    return f"เกินกำหนด {late} วัน · {duty}" if late > 0 else f"{thai_date(ends)} · {duty}"


def statistics_rows(cases: Sequence[Case], since: date, today: date) -> dict[int, Cells]:
    """The rows that are published, by their ids, which say of which time and kind each is.

    Protected cases by the half-years that are over and in which there were doors at all (`since`).
    """
    years = sorted({fiscal_year_of(case.received_on) for case in cases})
    rows: dict[int, Cells] = {}
    for month in (one for year in years for one in reversed(monthly(cases, year))):
        rows[_month_id(month.month)] = _of_month(month)
    for half in reversed(snapshots(cases, since, today)):
        rows |= _of_half_year(half)
    return rows


def _of_month(of: MonthlyCases) -> Cells:
    kind = THAI_KIND[Kind.GRIEVANCE]
    return _counted(thai_month(of.month), kind, of.received, of.completed, of.in_progress)


def _of_half_year(half: Snapshot) -> dict[int, Cells]:
    """All protected cases together, then by kind where there are enough of each."""
    first = _half_id(half.start)
    if half.completed is None or half.in_progress is None:
        words = str(half.received) if half.received else NONE_FILED
        why = TOO_FEW if half.received else ""
        few = {"received": words, "completed": why, "in_progress": ""}
        return {first: _shown(month=half.months, kind=PROTECTED_CASES, **few)}
    counts = (half.received, half.completed, half.in_progress)
    rows = {first: _counted(half.months, PROTECTED_CASES, *counts)}
    for number, kind in enumerate(Kind):
        if kind in half.by_kind:
            rows[first + number] = _shown(
                month=half.months, kind=THAI_KIND[kind], received=str(half.by_kind[kind])
            )
    return rows


def _counted(month: str, kind: str, received: int, completed: int, in_progress: int) -> Cells:
    return _shown(
        month=month,
        kind=kind,
        received=str(received),
        completed=str(completed),
        in_progress=str(in_progress),
    )


def _month_id(month: date) -> int:
    return STATISTICS_IDS.start + 12 * month.year + month.month


def _half_id(start: date) -> int:
    """Half-years begin in April and in October."""
    halves = 2 * start.year + (start.month > 6)  # noqa: PLR2004 - June
    return STATISTICS_IDS.start + _HALVES + _ROWS_OF_HALF * halves


def _shown(**cells: str) -> Cells:
    return {key: shown(text) for key, text in cells.items()}
