"""Measures for tests: plainly test data."""

from datetime import UTC, date, datetime

from ita.dates import Period
from ita.measures import Measure, Status

REPORTED = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)


def measure(
    number: int = 1,
    title: str = "มาตรการทดสอบ",
    *,
    end: date | None = None,
    status: Status = Status.NOT_STARTED,
    reported: bool = False,
    **facts: object,
) -> Measure:
    """A measure of fiscal year 2568, due on `end`."""
    period = Period("ทดสอบ", "date" if end else "unknown", end, end)
    known: dict[str, object] = {"unit": "กองทดสอบ", "fiscal_year": 2568, **facts}
    return Measure(
        id=number,
        number=number,
        title=title,
        period=period,
        status=status,
        last_report_at=REPORTED if reported else None,
        **known,  # type: ignore[arg-type]
    )
