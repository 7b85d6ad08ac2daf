"""Tables of measures read into measures: which number, which title, which period."""

from collections.abc import Sequence

from ita.dates import read_period
from ita.tables.cells import one_line, plain, without_bullet
from ita.tables.checks import doubts_of, heading_doubts, is_outside
from ita.tables.code_doubts import Coded
from ita.tables.codes import item_codes
from ita.tables.confidence import confidence
from ita.tables.drafts import Draft, drafts_of
from ita.tables.facts import year_in
from ita.tables.grid import Table
from ita.tables.headings import Column
from ita.tables.numbers import LEADING, is_numbered_by_title, number_doubts, numbers_of
from ita.tables.published import Doubt, ReadMeasure
from ita.text import arabic_digits


def read_measures(
    tables: Sequence[Table], fiscal_year: int | None
) -> tuple[list[ReadMeasure], list[Coded], list[Doubt]]:
    """The measures of all tables that list measures, in their order, their titles, their doubts."""
    listing = [table for table in tables if table.lists_measures]
    drafts = drafts_of(listing)
    rows = drafts.rows
    numbers = numbers_of(rows)
    measures = [
        _measure(draft, number, order, fiscal_year)
        for order, (draft, number) in enumerate(zip(rows, numbers, strict=True), 1)
    ]
    doubts = [doubt for table in listing for doubt in heading_doubts(table)] + drafts.doubts
    for draft, measure in zip(rows, measures, strict=True):
        doubts += draft.doubts + doubts_of(measure, draft, measure.fiscal_year or fiscal_year)
    titles = [
        Coded(draft.table.line, draft.where, measure.title, is_coded=bool(measure.items))
        for draft, measure in zip(rows, measures, strict=True)
    ]
    return measures, titles, doubts + list(number_doubts(rows, numbers))


def _measure(draft: Draft, number: int | None, order: int, fiscal_year: int | None) -> ReadMeasure:
    title = _title(draft, numbered=number is not None)
    unit = one_line(draft.cell(Column.UNIT))
    own_year = year_in(draft.cell(Column.YEAR))
    period = read_period(draft.period(), own_year or fiscal_year)
    outside = is_outside(period, own_year or fiscal_year)
    return ReadMeasure(
        number=number or order,
        indicator=draft.indicator,
        items=item_codes("\n".join((title, *draft.cells(Column.ITEM), draft.cell(Column.NUMBER)))),
        title=title,
        method=plain(draft.cell(Column.METHOD)),
        unit=unit,
        period=period,
        output=plain("\n".join(draft.cells(Column.OUTPUT))),
        outcome=plain("\n".join(draft.cells(Column.OUTCOME))),
        budget=one_line(draft.cell(Column.BUDGET)),
        raw=draft.raw_by_heading(),
        confidence=confidence(draft, title, unit, period, outside=outside),
        where=draft.where,
        status=one_line(draft.cell(Column.STATUS)),
        evidence=plain("\n".join(draft.cells(Column.EVIDENCE))),
        fiscal_year=own_year,
    )


def _title(draft: Draft, *, numbered: bool) -> str:
    """The measure's words, without the number that they begin with where it is read as such."""
    title = without_bullet(one_line(draft.cell(Column.MEASURE)))
    leading = LEADING.match(arabic_digits(title))
    if numbered and leading and leading.end() < len(title) and is_numbered_by_title(draft):
        title = title[leading.end() :]
    titles = (title, one_line(draft.cell(Column.ISSUE)), one_line(draft.cell(Column.INDICATOR)))
    return next(filter(None, titles), "")
