"""What a check says: a finding, of a kind and a severity, at a place."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs.

    ERROR: what stands there cannot be right, or what the year's item asks for is not there.
    WARNING: it is probably a slip; somebody has to look, and may well find it right.
    NOTE: the meaning is clear, but the page should not be published like this.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """What is wrong. The first group is found here, the second are the reader's doubts."""

    COPIED_RESULT = "copied_result"
    SHARED_METHOD = "shared_method"
    SAME_OUTPUT_AND_OUTCOME = "same_output_and_outcome"
    MISSING_OUTPUT = "missing_output"
    MISSING_OUTCOME = "missing_outcome"
    MISSING_EVIDENCE = "missing_evidence"
    OVERDUE = "overdue"
    EVIDENCE_OUTSIDE_YEAR = "evidence_outside_year"
    CUT_CELL = "cut_cell"
    LIST_NUMBERING = "list_numbering"
    ANNOUNCED_MEASURES = "announced_measures"
    LEVEL = "level"
    PASSED = "passed"
    LEAST_POINTS = "least_points"
    INSTRUMENT = "instrument"
    FIGURE = "figure"
    FOREIGN_LETTERS = "foreign_letters"
    UNKNOWN_ITEM = "unknown_item"
    PLACE_NAME = "place_name"
    PERSON_NAME = "person_name"
    HTML_REMAINS = "html_remains"

    HEADING = "heading"
    AGENCY = "agency"
    FISCAL_YEAR = "fiscal_year"
    NUMBER = "number"
    NUMBERING = "numbering"
    ITEM_CODE = "item_code"
    ITEM_REFERENCE = "item_reference"
    TITLE = "title"
    SECTION = "section"
    UNIT = "unit"
    PERIOD = "period"
    OUTSIDE_FISCAL_YEAR = "outside_fiscal_year"
    SWAPPED_COLUMNS = "swapped_columns"
    SPLIT_ROW = "split_row"
    EXTRA_CELLS = "extra_cells"
    TABLE = "table"
    SCORE = "score"
    FORMULA = "formula"
    LETTERS = "letters"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. Nothing is mended: what stands there is quoted, and a proposal is made.

    `where` (place), `message` (what is wrong, and why it matters for what it serves) and
    `proposal` ("" where nobody can say) are Thai, for people.
    """

    kind: Kind
    severity: Severity
    where: str
    message: str
    proposal: str = ""
