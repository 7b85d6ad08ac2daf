"""What can be read from a published document: measures, scores, and what has to be asked."""

from dataclasses import dataclass
from decimal import Decimal

from ita.dates import Period


class UnreadableTable(ValueError):
    """The document has no table that can be used; str() is one Thai sentence for people."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd in a document: kept as it stands, with a proposal for a person to decide.

    `kind` is one of "heading", "agency", "fiscal_year", "number", "numbering", "item_code" (of a
    row), "item_reference" (in a text), "title", "section", "unit", "period",
    "outside_fiscal_year", "swapped_columns", "split_row", "extra_cells", "table", "score", and
    from the format "formula", "letters"; `where` (place), `proposal` (may be empty) and `reason`
    are Thai, for people.
    """

    kind: str
    where: str
    raw: str
    proposal: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """A measure as read; `raw` holds its cells by heading, in the document's order,
    as they stand there but for what cannot be kept (NUL, broken halves of characters).

    `number` is the document's, the indicator's where the table goes by indicators, else the
    row's order. `items` holds the OIT codes ("o13") that stand there beyond doubt. `confidence`
    is 0..1, the least of how surely its headings, the joining of its rows, its period and its
    unit were read (`ita.tables.confidence`); `where` is its row's place. `status` and `evidence`
    are as written, "" without such columns; `fiscal_year` is set where a column gives each row's.
    """

    number: int
    indicator: int | None
    items: tuple[str, ...]
    title: str
    method: str
    unit: str
    period: Period
    output: str
    outcome: str
    budget: str
    raw: dict[str, str]
    confidence: float = 1.0
    where: str = ""
    status: str = ""
    evidence: str = ""
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class ReadScore:
    """An indicator's points as read: None where `raw` is no number between 0 and 100.

    `fiscal_year` is the year that the heading of the points or the text before the table names,
    which may be another than that of the measures; `where` is the place.
    """

    indicator: int
    points: Decimal | None
    raw: str
    fiscal_year: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """A question or item with its own points (ประเด็นข้อคำถาม), from a table of weak points.

    `code` is its item or question ("o13", "e7") where that stands there beyond doubt; `points`
    is None where `raw` is no number between 0 and 100; `guidance` is what the table advises.
    """

    code: str | None
    title: str
    points: Decimal | None
    raw: str
    guidance: str
    where: str


@dataclass(frozen=True, slots=True)
class Published:
    """A document as read."""

    agency: str | None
    fiscal_year: int | None
    measures: tuple[ReadMeasure, ...]
    scores: tuple[ReadScore, ...]
    doubts: tuple[Doubt, ...]
    issues: tuple[ReadIssue, ...] = ()
