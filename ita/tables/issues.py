"""Tables of weak points: questions and items with their own points, and what is advised."""

from collections.abc import Sequence
from decimal import Decimal

from ita.tables.cells import one_line, plain
from ita.tables.claims import Claim, points
from ita.tables.code_doubts import Coded
from ita.tables.codes import EITHER, damaged_code, own_code, without_code
from ita.tables.grid import Row, Table
from ita.tables.headings import Column
from ita.tables.published import Doubt, ReadIssue


def read_issues(tables: Sequence[Table]) -> tuple[list[ReadIssue], list[Coded], list[Doubt]]:
    """The issues of all tables that give points to questions, their titles, and their doubts."""
    issues: list[ReadIssue] = []
    titles: list[Coded] = []
    doubts: list[Doubt] = []
    for table in tables:
        for row in table.rows if table.lists_issues else ():
            title = one_line(_cell(row, table, Column.MEASURE))
            raw = one_line(_cell(row, table, Column.POINTS))
            if not title or not raw:
                continue
            titles.append(Coded(table.line, row.where, title))
            issues.append(_issue(row, table, title, raw))
            doubts += _doubts(issues[-1])
    return issues, titles, doubts


def points_of_items(issues: Sequence[ReadIssue]) -> dict[str, Decimal]:
    """The points of single items by code, a damaged code taken for the one that it can only be.

    They only speak for a score that is printed elsewhere, and are no score themselves.
    """
    items: dict[str, Decimal] = {}
    for issue in issues:
        code = issue.code or (damaged_code(issue.title) or ("", ""))[1]
        if issue.points is not None and code and EITHER not in code:
            items[code] = issue.points
    return items


def _issue(row: Row, table: Table, title: str, raw: str) -> ReadIssue:
    return ReadIssue(
        code=own_code(title),
        title=without_code(title) if own_code(title) else title,
        points=points(raw),
        raw=raw,
        guidance=plain(_cell(row, table, Column.METHOD)),
        where=row.where,
    )


def _cell(row: Row, table: Table, column: Column) -> str:
    return row.cells[table.columns.index(column)] if column in table.columns else ""


def _doubts(issue: ReadIssue) -> list[Doubt]:
    if issue.points is not None:
        return []
    guess = Claim(0, None, issue.raw, None, issue.where, in_table=True).guess
    reason = "คะแนนของข้อนี้ไม่ใช่ตัวเลขระหว่าง 0 ถึง 100"
    return [Doubt("score", issue.where, issue.raw, "" if guess is None else str(guess), reason)]
