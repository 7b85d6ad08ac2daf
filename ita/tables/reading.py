"""A whole document: its tables, and the agency and year that its text names."""

from ita.tables.code_doubts import code_doubts
from ita.tables.document import LONGEST, TOO_LONG, Document
from ita.tables.facts import agency_of, fiscal_year_of_plan
from ita.tables.grid import read_grid
from ita.tables.issues import points_of_items, read_issues
from ita.tables.measures import read_measures
from ita.tables.mentions import claims_of_text
from ita.tables.points import claims_of_tables
from ita.tables.published import Published, UnreadableTable
from ita.tables.reckoning import scores_and_doubts

__all__ = ["LONGEST", "read_published"]


def read_published(document: Document) -> Published:
    """The measures, scores and weak points of a published document, and what has to be asked.

    Raises UnreadableTable, and nothing else, for a text without a table that can be used.
    """
    text = document.text
    if len(text) > LONGEST:
        raise UnreadableTable(f"เอกสารนี้{TOO_LONG}")
    grid = read_grid(document)
    fiscal_year, year_doubts = fiscal_year_of_plan(grid, text)
    measures, titles, measure_doubts = read_measures(grid.tables, fiscal_year)
    issues, issue_titles, issue_doubts = read_issues(grid.tables)
    claims, row_doubts = claims_of_tables(grid)
    if not measures and not claims:
        raise UnreadableTable(
            "ไม่พบตารางที่อ่านได้ในเอกสารนี้ กรุณาใช้ตารางที่มีหัวตาราง เช่น มาตรการ ผู้รับผิดชอบ และระยะเวลาดำเนินการ"
        )
    claims += claims_of_text(grid, document)
    scores, score_doubts = scores_and_doubts(claims, points_of_items(issues))
    agency, agency_doubts = agency_of(text)
    doubts = (
        *(*document.doubts, *agency_doubts, *year_doubts, *grid.doubts, *measure_doubts),
        *code_doubts([*titles, *issue_titles], document),
        *(*issue_doubts, *row_doubts, *score_doubts),
    )
    return Published(agency, fiscal_year, tuple(measures), tuple(scores), doubts, tuple(issues))
