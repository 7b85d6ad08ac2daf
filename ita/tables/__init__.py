"""Published measure tables, as agencies print and scan them, read into typed values and doubts.

Files of any format become lines of cells (`formats`), lines become tables (`grid`) by the meaning
of their headings (`headings`), tables become measures, scores and weak points; whatever is odd
becomes a doubt, and nothing is corrected silently.
"""

from ita.tables.document import Document, Line, text_document
from ita.tables.published import (
    Doubt,
    Published,
    ReadIssue,
    ReadMeasure,
    ReadScore,
    UnreadableTable,
)
from ita.tables.reading import read_published

__all__ = [
    "Document",
    "Doubt",
    "Line",
    "Published",
    "ReadIssue",
    "ReadMeasure",
    "ReadScore",
    "UnreadableTable",
    "read_published",
    "text_document",
]
