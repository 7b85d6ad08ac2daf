"""A document as every format gives it: lines of cells, each with the place where people find it."""

from dataclasses import dataclass

from ita.tables.published import Doubt

LONGEST = 2_000_000
"""More characters than any report has; a longer text is not one."""

TOO_LONG = "ยาวเกินกว่าที่ระบบอ่านได้ กรุณาแยกเฉพาะส่วนที่เป็นตาราง"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: one cell is text, several are a row of a table.

    `where` is how a doubt names the place, in Thai: "บรรทัดที่ 12". A blank line has one empty cell.
    `merged` are the places (from 0) of empty cells that are the lower part of the cell above them.
    `begins`: a new sheet begins here, over which no table goes on.
    """

    where: str
    cells: tuple[str, ...]
    merged: tuple[int, ...] = ()
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a document in their order, whatever format it came in.

    `doubts` are those that arose before there were lines, as of a formula without its value.
    """

    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        """All of its words, a line each, cells parted by tabs."""
        return "\n".join("\t".join(line.cells) for line in self.lines)


def text_document(text: str) -> Document:
    r"""A document from text whose cells are parted by tabs.

    >>> text_document("แผน\nลำดับ\tมาตรการ").lines[1]
    Line(where='บรรทัดที่ 2', cells=('ลำดับ', 'มาตรการ'), merged=(), begins=False)
    """
    lines = enumerate(text.splitlines(), 1)
    return Document(tuple(Line(f"บรรทัดที่ {n}", tuple(line.split("\t"))) for n, line in lines))
