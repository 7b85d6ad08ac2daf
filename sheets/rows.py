"""From the register's values to the cells of a row. Pure; every cell is a text.

A row is {column key: text}. A key that is missing means: the program has nothing to say about that
cell yet, and leaves it alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from ita.criteria import Criteria, NoCriteria
from ita.dates import thai_date
from ita.measures import THAI_ACCEPTANCE, THAI_STATUS, Measure, Progress
from ita.results import THAI_PRESENT, IndicatorScore, OitItem
from ita.scores import IncompleteScores, assess, rounded
from ita.text import clean
from sheets.doubts import WHY, settled_words
from sheets.layout import BY_KEY, Owner
from store.doubts import PROTECTED_CASE

Cells = dict[str, str]

CELL_LIMIT = 49_000
"""Google takes 50,000 characters a cell."""

UNSENT = "ผู้รายงานลบข้อความนี้แล้ว"
"""What stands in the log instead of words that their writer unsent."""
PASSED = {True: "ผ่าน", False: "ยังไม่ผ่าน"}
BANGKOK = ZoneInfo("Asia/Bangkok")


def shown(text: str) -> str:
    """The text as it stands in a cell: clean, bounded, no space at its ends."""
    return clean(text, CELL_LIMIT).strip()


def thai_moment(moment: datetime) -> str:
    """A moment for people, in Bangkok's time.

    >>> from datetime import UTC
    >>> thai_moment(datetime(2024, 12, 27, 7, 5, tzinfo=UTC))
    '27 ธ.ค. 2567 14:05 น.'
    """
    local = moment.astimezone(BANGKOK)
    return f"{thai_date(local.date())} {local:%H:%M} น."


def measure_cells(measure: Measure, worths: Mapping[str, Decimal]) -> Cells:
    """A measure's row; `worths` are the points of the total that the year's items are worth."""
    worth = sum((worths.get(code, Decimal()) for code in measure.items), Decimal())
    return _shown(
        fiscal_year=str(measure.fiscal_year),
        number=str(measure.number),
        title=measure.title,
        keywords=measure.keywords,
        method=measure.method,
        indicator=_optional(measure.indicator),
        items=", ".join(measure.items),
        period=measure.period.raw,
        budget=measure.budget,
        unit=measure.unit,
        status=THAI_STATUS[measure.status],
        percent=_optional(measure.percent),
        output=measure.output,
        outcome=measure.outcome,
        obstacle=measure.obstacle,
        budget_used=measure.budget_used,
        evidence="\n".join(measure.evidence),
        last_report=thai_moment(measure.last_report_at) if measure.last_report_at else "",
        worth=f"+{rounded(worth)}" if worth else "",
        acceptance=THAI_ACCEPTANCE[measure.acceptance] if measure.acceptance else "",
        reason=measure.reason,
    )


def progress_cells(report: Progress, measure: Measure) -> Cells:
    """The row of one report in the log; of one whose writer took it back, that it was there."""
    said = dict.fromkeys((column.key for column in BY_KEY["progress"].owned(Owner.BOT)), "")
    said |= {"output": UNSENT} if report.unsent else _report(report)
    said |= {
        "at": thai_moment(report.at),
        "fiscal_year": str(measure.fiscal_year),
        "number": str(measure.number),
        "title": measure.title,
        "unit": report.unit,
    }
    return _shown(**said)


def _report(report: Progress) -> Cells:
    return {
        "status": THAI_STATUS[report.status],
        "percent": _optional(report.percent),
        "output": report.output,
        "outcome": report.outcome,
        "obstacle": report.obstacle,
        "budget_used": report.budget_used,
        "act_on": _day(report.act_on),
        "round": _day(report.round),
        "links": "\n".join(report.links),
    }


def item_cells(
    item: OitItem, criteria: Criteria | None, worth: Decimal | None, measures: Sequence[Measure]
) -> Cells:
    """The row of an OIT item; `measures` are those that serve it."""
    return _shown(
        fiscal_year=str(item.fiscal_year),
        code=item.code,
        title=(criteria and criteria.item_title(item.code)) or "",
        present="" if item.present is None else THAI_PRESENT[item.present],
        url=item.url,
        worth="" if worth is None else f"+{rounded(worth)}",
        measures=", ".join(str(measure.number) for measure in measures),
    )


def score_cells(
    fiscal_year: int, scores: Mapping[int, Decimal | None], criteria: Criteria | None
) -> dict[int, Cells]:
    """The rows of a year's official scores, by indicator; without criteria only what was given."""
    known = {indicator: points for indicator, points in scores.items() if points is not None}
    rows = {indicator: _score(fiscal_year, indicator, known, criteria) for indicator in scores}
    if criteria is not None:
        _judge(rows, known, criteria)
    return {indicator: _shown(**cells) for indicator, cells in rows.items()}


def points_cell(score: IndicatorScore) -> Cells:
    """The one cell of a score's row that people write."""
    return {"points": "" if score.points is None else str(rounded(score.points))}


def _score(
    fiscal_year: int, indicator: int, known: Mapping[int, Decimal], criteria: Criteria | None
) -> Cells:
    points = known.get(indicator)
    mark = criteria.pass_mark if criteria else None
    passed = "" if points is None or mark is None else PASSED[rounded(points) >= mark]
    blank = dict.fromkeys(("instrument", "mean", "total", "level"), "")
    return blank | {
        "fiscal_year": str(fiscal_year),
        "indicator": str(indicator),
        "name": criteria.indicator_name(indicator) if criteria else "",
        "points": "" if points is None else str(rounded(points)),
        "passed": passed,
    }


def _judge(rows: dict[int, Cells], scores: Mapping[int, Decimal], criteria: Criteria) -> None:
    """Means, total and level, where the year's scores and criteria are complete."""
    try:
        result = assess(criteria, scores)
    except (NoCriteria, IncompleteScores):
        return
    for instrument in criteria.instruments:
        for indicator in instrument.indicators:
            rows[indicator] |= {
                "instrument": instrument.name,
                "mean": str(rounded(result.instruments[instrument.name])),
                "total": str(result.total),
                "level": result.level,
            }


def doubt_cells(
    at: datetime,
    tab: str,
    row: str,
    column: str,
    theirs: str,
    ours: str,
    why: str,
    settled: str | None,
) -> Cells:
    """The row of a question to the coordinators. `row` says in words which row it is about.

    Of a row that is gone from the register nothing is said: what stood there stays. What somebody
    wrote of a protected case is not said again.
    """
    headers = {one.key: one.header for one in BY_KEY[tab].columns}
    return ({"row": shown(row)} if row else {}) | _shown(
        at=thai_moment(at),
        tab=BY_KEY[tab].title,
        column=headers.get(column, ""),
        theirs="" if why == PROTECTED_CASE else theirs,
        ours=ours,
        why=WHY[why],
        done=settled_words(tab, why, settled),
    )


def row_name(cells: Mapping[str, str]) -> str:
    """A row in a few words, for people: its number and title, or what there is of them."""
    named = "number" in cells
    others = ("fiscal_year", "indicator", "name", "code", "title", "month", "kind")
    keys = ("number", "title") if named else others
    return " ".join(cells[key] for key in keys if cells.get(key))[:200]


def _day(day: date | None) -> str:
    return thai_date(day) if day else ""


def _optional(number: int | None) -> str:
    return "" if number is None else str(number)


def _shown(**cells: str) -> Cells:
    return {key: shown(text) for key, text in cells.items()}
