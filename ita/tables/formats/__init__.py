"""Files as people send them, read into lines of cells: Word, Excel, HTML, CSV and plain text."""

from ita.tables.formats.choosing import LARGEST, read_document

__all__ = ["LARGEST", "read_document"]
