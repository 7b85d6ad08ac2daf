"""Official results: points of the indicators and answers to the OIT items, year by year.

Like the register, each change marks the rows that the shared sheet must show.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.criteria import Criteria, NoCriteria, Override, agency_criteria, criteria_for
from ita.results import IndicatorScore, OitItem
from ita.text import arabic_digits
from store import outbox, sheet_state
from store.database import Transaction
from store.outbox import next_row_id
from store.schema import oit_item, score

_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_known = score.c.points.is_not(None)


def criteria(tx: Transaction, fiscal_year: int) -> Criteria:
    """The criteria that the agency goes by in a year: its own tab's over the year's file.

    NoCriteria where neither knows anything of the year.
    """
    return _own_criteria(fiscal_year, sheet_state.load_list(tx, "criteria"))[0]


def criteria_problems(tx: Transaction) -> list[str]:
    """A Thai sentence for each row of the agency's own criteria that cannot be used."""
    rows = sheet_state.load_list(tx, "criteria")
    undated = [row for row in rows if _year(row) is None]
    problems = [f"ยังไม่มีปีงบประมาณในแถว “{row.get('name', '')[:60]}”" for row in undated]
    for year in sorted({year for row in rows if (year := _year(row))}):
        with suppress(NoCriteria):
            problems += [f"ปี {year}: {said}" for said in _own_criteria(year, rows)[1]]
    return problems


def _own_criteria(
    fiscal_year: int, rows: Sequence[Mapping[str, str]]
) -> tuple[Criteria, tuple[str, ...]]:
    own = [
        Override(row.get("name", ""), row.get("value", ""))
        for row in rows
        if _year(row) == fiscal_year
    ]
    return agency_criteria(fiscal_year, own) if own else (criteria_for(fiscal_year), ())


def _year(row: Mapping[str, str]) -> int | None:
    found = _YEAR.search(arabic_digits(row.get("fiscal_year", "")))
    return int(found[0]) if found else None


def set_score(tx: Transaction, fiscal_year: int, indicator: int, points: Decimal) -> None:
    """Enter an indicator's official score of a year; a known one is replaced."""
    row = {"fiscal_year": fiscal_year, "indicator": indicator, "points": points}
    entered = insert(score).values(agency=tx.agency, id=next_row_id(tx), **row)
    statement = entered.on_conflict_do_update(
        index_elements=["agency", "fiscal_year", "indicator"], set_={"points": points}
    )
    outbox.mark(tx, "scores", tx.sql.scalars(statement.returning(score.c.id)).one())


def indicator_scores(tx: Transaction) -> list[IndicatorScore]:
    """A row for every indicator of every year, with points or without, by year and number."""
    query = sa.select(score).order_by(score.c.fiscal_year, score.c.indicator)
    return [
        IndicatorScore(row.id, row.fiscal_year, row.indicator, row.points)
        for row in tx.sql.execute(query)
    ]


def change_score(tx: Transaction, changed: IndicatorScore) -> None:
    """Write an indicator's official points and mark its row."""
    values = {"points": changed.points}
    tx.sql.execute(sa.update(score).where(score.c.id == changed.id).values(values))
    outbox.mark(tx, "scores", changed.id)


def oit_items(tx: Transaction) -> list[OitItem]:
    """The answers to all OIT items of all years, in the order in which they were entered."""
    query = sa.select(oit_item).order_by(oit_item.c.fiscal_year, oit_item.c.id)
    return [
        OitItem(row.id, row.fiscal_year, row.code, row.present, row.url)
        for row in tx.sql.execute(query)
    ]


def change_item(tx: Transaction, changed: OitItem) -> None:
    """Write the answer to an OIT item and mark its row."""
    values = {"present": changed.present, "url": changed.url}
    tx.sql.execute(sa.update(oit_item).where(oit_item.c.id == changed.id).values(values))
    outbox.mark(tx, "items", changed.id)


def open_year(tx: Transaction, criteria: Criteria) -> None:
    """Enter a row for each indicator and OIT item of a year that has none yet, for people to fill.

    Does nothing where they are there, so it may be called as often as one likes.
    """
    year = criteria.fiscal_year
    answered = {one.code for one in oit_items(tx) if one.fiscal_year == year}
    scored = {one.indicator for one in indicator_scores(tx) if one.fiscal_year == year}
    for code in [code for code in criteria.items if code not in answered]:
        _enter(tx, "items", oit_item, fiscal_year=year, code=code)
    for number in [number for number in criteria.indicators if number not in scored]:
        _enter(tx, "scores", score, fiscal_year=year, indicator=number)


def _enter(tx: Transaction, tab: str, table: sa.Table, **values: object) -> None:
    row_id = next_row_id(tx)
    tx.sql.execute(sa.insert(table).values(agency=tx.agency, id=row_id, **values))
    outbox.mark(tx, tab, row_id)


def scores(
    tx: Transaction, fiscal_year: int | None = None
) -> tuple[int, dict[int, Decimal]] | None:
    """The year and indicator points of the newest (or the given) year with scores."""
    newest = sa.select(sa.func.max(score.c.fiscal_year)).where(_known).scalar_subquery()
    query = sa.select(score).where(score.c.fiscal_year == (fiscal_year or newest), _known)
    rows = tx.sql.execute(query.order_by(score.c.indicator)).all()
    if not rows:
        return None
    return rows[0].fiscal_year, {row.indicator: row.points for row in rows}
