"""What an agency has before the storm begins: a few measures, scores, items and cases."""

from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa

from ita.changes import ReportProgress
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from store import cases, outbox, register, results
from store.database import Database, Transaction
from store.schema import oit_item
from tests.sheets.conftest import AGENCY, NOW, TODAY, grievance
from tests.sheets.storm.rules import PERIODS

MASTER = b"test-master-key-of-32-bytes-only"
YEAR = 2560
"""A year without criteria: with them come forty rows, and each seed takes twice as long."""
MEASURES = 4
INDICATORS = (1, 6)
ITEMS = ("o13", "o14")
CASES = ("2222-2222", "3333-3333")


def enter(database: Database, year: int = YEAR) -> None:
    """Enter it all, as a registration by chat and an import would."""
    with database.agency(AGENCY) as tx:
        for number in range(1, MEASURES + 1):
            add_measure(tx, number, year)
        for indicator in INDICATORS:
            results.set_score(tx, year, indicator, Decimal("70.50") + indicator)
        for code in ITEMS:
            _add_item(tx, code, year)
        for case in CASES:
            cases.file(tx, grievance(case), "", "", TODAY, TODAY)
        first, *_ = register.measures(tx)
        report = Progress(
            first.id, NOW - timedelta(days=3), "สำนักปลัด", Status.IN_PROGRESS, 20, "เริ่มแล้ว", ()
        )
        register.apply(tx, ReportProgress(report))


def add_measure(tx: Transaction, number: int, year: int = YEAR) -> Measure:
    """One more measure."""
    period = read_period(PERIODS[0], year)
    new = Measure(
        0, year, number, f"มาตรการ {number}", "สำนักปลัด", period, indicator=number % 10 + 1
    )
    entered = register.add_measure(tx, new)
    assert entered is not None
    return entered


def _add_item(tx: Transaction, code: str, year: int) -> None:
    row_id = outbox.next_row_id(tx)
    row = {"agency": tx.agency, "id": row_id, "fiscal_year": year, "code": code}
    tx.sql.execute(sa.insert(oit_item).values(row))
    outbox.mark(tx, "items", row_id)
