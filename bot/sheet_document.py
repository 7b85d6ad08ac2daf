"""An agency's sheet as a document of a fiscal year, so that a reader and checker can go over it."""

import re
from collections.abc import Iterable, Iterator

from ita.checks.answers import Answer
from ita.tables import Document, Line
from sheets.layout import BY_KEY
from sheets.rows import Cells
from sheets.snapshot import Snapshot

MEASURES = (
    "number", "title", "method", "indicator", "items", "period", "budget", "unit", "status",
    "percent", "output", "outcome", "obstacle", "evidence",
)  # fmt: skip
"""The columns of มาตรการ that a published report has too."""
SCORES = ("indicator", "instrument", "name", "points", "level")
_BUDDHIST = re.compile("25[0-9]{2}")

Placed = tuple[str, Cells]
"""A row's place, in Thai, and its cells."""


def sheet_document(snapshot: Snapshot, year: int, usual: int) -> Document:
    """The measures and scores of a fiscal year as a document whose places are rows of the sheet.

    A row without a year belongs to the `usual` one. Measures stand in the order of their numbers,
    wherever people moved them.
    """
    measures = sorted(_rows(snapshot, "measures", year, usual), key=_number)
    scores = [row for row in _rows(snapshot, "scores", year, usual) if row[1].get("points")]
    return Document(
        (
            *_table("measures", MEASURES, measures, f"มาตรการ ปีงบประมาณ พ.ศ. {year}"),
            *_table("scores", SCORES, scores, f"คะแนน ITA ปีงบประมาณ พ.ศ. {year}"),
        )
    )


def answers(snapshot: Snapshot, year: int, usual: int) -> list[Answer]:
    """The answers to the OIT items of a fiscal year."""
    return [
        Answer(where, cells.get("code", ""), cells.get("present", ""), cells.get("url", ""))
        for where, cells in _rows(snapshot, "items", year, usual)
    ]


def years_in(snapshot: Snapshot, usual: int) -> set[int]:
    """The fiscal years of which the sheet has rows, the usual one always."""
    lines = (line for view in snapshot.views.values() for line in view.lines if line.index)
    return {usual, *(_year(line.cells, usual) for line in lines)}


def _table(tab: str, keys: Iterable[str], rows: list[Placed], title: str) -> Iterator[Line]:
    if rows:
        where = f"แท็บ {BY_KEY[tab].title}"
        yield Line(where, (title,))
        yield Line(where, tuple(BY_KEY[tab].column(key).header for key in keys))
    for place, cells in rows:
        yield Line(place, tuple(cells.get(key, "") for key in keys))


def _rows(snapshot: Snapshot, tab: str, year: int, usual: int) -> Iterator[Placed]:
    """The filled rows of a tab that belong to a year."""
    view = snapshot.views.get(tab)
    for line in view.lines if view else ():
        if line.index and any(line.cells.values()) and _year(line.cells, usual) == year:
            yield f"แท็บ {BY_KEY[tab].title} แถวที่ {line.index + 1}", line.cells


def _year(cells: Cells, usual: int) -> int:
    text = cells.get("fiscal_year", "")
    return int(text) if _BUDDHIST.fullmatch(text) else usual


def _number(row: Placed) -> int:
    text = row[1].get("number", "")
    return int(text[:9]) if text.isdecimal() else 0
