"""The database in plain SQL, as the judge reads it: what the register says, cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tests.sheets.storm.rules import (
    ACCEPTED,
    AWAITING,
    CASE_WAY,
    DONE,
    FORWARDED,
    IN_PROGRESS,
    NOT_STARTED,
    RETURNED,
    Fields,
    day,
    deadline,
    moment,
)

Sql = Callable[..., list[sa.Row[Any]]]
Rows = dict[tuple[str, int], Fields]

STATUS = {
    "not_started": NOT_STARTED,
    "in_progress": IN_PROGRESS,
    "awaiting_acceptance": AWAITING,
    "done": DONE,
}
CASE_STATUS = dict(
    zip(("received", "assigned", "in_progress", "resolved", "closed"), CASE_WAY, strict=True)
) | {"forwarded": FORWARDED}
ACCEPTANCE = {None: "", "accepted": ACCEPTED, "returned": RETURNED}
PRESENT = {None: "", True: "มี", False: "ไม่มี"}
KIND = {"grievance": "แจ้งเหตุ/ร้องทุกข์"}


@dataclass(frozen=True)
class Doubt:
    """A question as the store keeps it."""

    id: int
    tab: str
    row_id: int
    field: str
    theirs: str
    ours: str
    why: str
    settled: str | None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.settled in (None, "unclear")


def register(sql: Sql, now: datetime | None = None) -> Rows:
    """Every row that the sheet should show, as its cells should say it; by day only with `now`."""
    measures = sql("SELECT * FROM measure WHERE NOT withdrawn ORDER BY fiscal_year, number")
    rows: Rows = {("measures", row.id): _measure(row) for row in measures}
    rows |= {("scores", row.id): _score(row) for row in sql("SELECT * FROM score")}
    for row in sql("SELECT * FROM oit_item"):
        serving = [m for m in measures if m.fiscal_year == row.fiscal_year and row.code in m.items]
        rows["items", row.id] = {
            "fiscal_year": str(row.fiscal_year),
            "code": row.code,
            "present": PRESENT[row.present],
            "url": row.url,
            "measures": ", ".join(str(measure.number) for measure in serving),
        }
    cases = sql("SELECT * FROM case_file")
    rows |= {("cases", row.id): _case(row, now) for row in cases}
    for month in {row.received_on.replace(day=1) for row in cases}:
        row_id = 800_000_000 + 12 * month.year + month.month
        rows["case_statistics", row_id] = _month(month, cases)
    return rows


def last_reports(sql: Sql) -> dict[int, datetime | None]:
    """When each measure was last reported on."""
    return {row.id: row.last_report_at for row in sql("SELECT id, last_report_at FROM measure")}


def mirror(sql: Sql) -> Rows:
    """What was last seen of each row that is not gone."""
    found = sql("SELECT tab, row_id, seen FROM mirror WHERE gone_at IS NULL")
    return {(row.tab, row.row_id): row.seen for row in found}


def doubts(sql: Sql) -> list[Doubt]:
    """All questions that were ever asked."""
    found = sql("SELECT id, tab, row_id, field, theirs, ours, why, settled FROM doubt ORDER BY id")
    return [Doubt(**row._mapping) for row in found]


def _measure(row: Any) -> Fields:
    return {
        "fiscal_year": str(row.fiscal_year),
        "number": str(row.number),
        "title": row.title,
        "keywords": row.keywords,
        "method": row.method,
        "indicator": _number(row.indicator),
        "items": ", ".join(row.items),
        "period": row.period_raw,
        "budget": row.budget,
        "unit": row.unit,
        "status": STATUS[row.status],
        "percent": _number(row.percent),
        "output": row.output,
        "outcome": row.outcome,
        "obstacle": row.obstacle,
        "evidence": "\n".join(row.evidence),
        "last_report": moment(row.last_report_at) if row.last_report_at else "",
        "acceptance": ACCEPTANCE[row.acceptance],
        "reason": row.reason,
    }


def _score(row: Any) -> Fields:
    return {
        "fiscal_year": str(row.fiscal_year),
        "indicator": str(row.indicator),
        "points": "" if row.points is None else f"{row.points:.2f}",
    }


def _case(row: Any, now: datetime | None) -> Fields:
    received = datetime.fromisoformat(f"{row.received_on}T00:00:00+07:00")
    due = "" if row.concluded_on or now is None else deadline(received, now)
    return {
        "number": row.number,
        "kind": KIND[row.kind],
        "received": day(received),
        "title": row.title,
        "status": CASE_STATUS[row.status],
        "unit": row.unit,
        **({} if now is None else {"next_deadline": due}),
        "result": row.result,
    }


def _month(month: date, cases: list[Any]) -> Fields:
    """A month's line in the statistics."""
    received = [row for row in cases if row.received_on.replace(day=1) == month]
    completed = [row for row in received if CASE_STATUS[row.status] == CASE_WAY[-1]]
    first = datetime.fromisoformat(f"{month}T00:00:00+07:00")
    return {
        "month": day(first).split(" ", 1)[1],
        "kind": KIND["grievance"],
        "received": str(len(received)),
        "completed": str(len(completed)),
        "in_progress": str(len(received) - len(completed)),
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
