"""What the sheet should hold, read from the register."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from ita.clocks import DEFAULT_CLOCKS, Clock
from ita.complaints import Case
from ita.complaints.deadlines import deadlines
from ita.criteria import Criteria, NoCriteria
from ita.measures import Measure
from ita.public_holidays import NoHolidays
from ita.scores import worths
from ita.workdays import Calendar
from sheets.case_rows import NOT_RECKONED, case_cells, due_words, statistics_rows
from sheets.rows import (
    Cells,
    doubt_cells,
    item_cells,
    measure_cells,
    progress_cells,
    row_name,
    score_cells,
)
from store import cases, doubts, register, results, workdays
from store.database import Transaction
from store.outbox import AMENDED, Mark

Rows = dict[str, dict[int, Cells]]

STATISTICS = "case_statistics"


def register_rows(tx: Transaction, today: date, clocks: Sequence[Clock] = DEFAULT_CLOCKS) -> Rows:
    """Every row of the tabs of which all is read, by tab and row id.

    `clocks` are the agency's for complaints; `today` is the day in Bangkok.
    """
    measures = register.measures(tx)
    years = _Years(tx)
    return {
        "measures": {
            measure.id: measure_cells(measure, years.worths(measure.fiscal_year))
            for measure in measures
        },
        "scores": _scores(tx, years),
        "items": _items(tx, years, measures),
        "cases": _cases(tx, today, clocks),
        STATISTICS: _statistics(tx, today),
    }


def waiting_rows(tx: Transaction, marks: Sequence[Mark], known: Rows) -> Rows:
    """Rows of the log that wait, and the questions that wait or are open.

    Nobody corrects settled questions; `known` are the other tabs' rows, for their names.
    """
    log = [mark.row_id for mark in marks if mark.tab in ("progress", AMENDED)]
    asked = [mark.row_id for mark in marks if mark.tab == "doubts"]
    return {"progress": _progress(tx, log), "doubts": _doubts(tx, asked, known)}


class _Years:
    """The agency's criteria by year, read once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[int, Criteria | None] = {}
        self._worths: dict[int, Mapping[str, Decimal]] = {}

    def criteria(self, fiscal_year: int) -> Criteria | None:
        if fiscal_year not in self._known:
            try:
                self._known[fiscal_year] = results.criteria(self._tx, fiscal_year)
            except NoCriteria:
                self._known[fiscal_year] = None
        return self._known[fiscal_year]

    def worths(self, fiscal_year: int) -> Mapping[str, Decimal]:
        """What each OIT item of a year is worth; empty where its criteria are not known."""
        if fiscal_year not in self._worths:
            criteria = self.criteria(fiscal_year)
            self._worths[fiscal_year] = {} if criteria is None else worths(criteria)
        return self._worths[fiscal_year]


def _scores(tx: Transaction, years: _Years) -> dict[int, Cells]:
    scores = results.indicator_scores(tx)
    found: dict[int, Cells] = {}
    for year in sorted({one.fiscal_year for one in scores}):
        of_year = [one for one in scores if one.fiscal_year == year]
        points = {one.indicator: one.points for one in of_year}
        cells = score_cells(year, points, years.criteria(year))
        found |= {one.id: cells[one.indicator] for one in of_year}
    return found


def _items(tx: Transaction, years: _Years, measures: Sequence[Measure]) -> dict[int, Cells]:
    found: dict[int, Cells] = {}
    for item in results.oit_items(tx):
        year = item.fiscal_year
        serving = [m for m in measures if m.fiscal_year == year and item.code in m.items]
        worth = years.worths(year).get(item.code)
        found[item.id] = item_cells(item, years.criteria(year), worth, serving)
    return found


def _cases(tx: Transaction, today: date, clocks: Sequence[Clock]) -> dict[int, Cells]:
    there = cases.sheet_cases(tx)
    if not there:
        return {}
    oldest = min(case.received_on for case in there)
    calendar = workdays.calendar(tx, today, oldest)
    return {case.id: case_cells(case, _due(case, clocks, calendar, today)) for case in there}


def _due(case: Case, clocks: Sequence[Clock], calendar: Calendar, today: date) -> str:
    try:
        return due_words(deadlines(case, clocks, calendar), today)
    except NoHolidays:
        return NOT_RECKONED


def _statistics(tx: Transaction, today: date) -> dict[int, Cells]:
    """Since the first case, or since there is a sheet to show that there was none."""
    since = cases.since(tx)
    return statistics_rows(cases.counted(tx), since, today) if since else {}


def _progress(tx: Transaction, ids: Sequence[int]) -> dict[int, Cells]:
    if not ids:
        return {}
    reports = register.progress_reports(tx, ids)
    measures = register.measures_by_id(tx, {report.measure_id for report in reports.values()})
    return {
        row_id: progress_cells(report, measures[report.measure_id])
        for row_id, report in reports.items()
    }


def _doubts(tx: Transaction, ids: Sequence[int], known: Rows) -> dict[int, Cells]:
    return {
        doubt.id: doubt_cells(
            doubt.at,
            doubt.tab,
            row_name(known.get(doubt.tab, {}).get(doubt.row_id, {})),
            doubt.field,
            doubt.theirs,
            doubt.ours,
            doubt.why,
            doubt.settled,
        )
        for doubt in doubts.waiting(tx, also=ids)
    }
