"""Cells that were copied: results of one measure under another, methods shared, output = outcome.

Identical results are what the NACC's reviewers look for. Copies differ by what scans and hasty
pens change, so letters are compared, without tones, digits and spaces.
"""

from collections.abc import Iterator, Sequence

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Row, Subject, skeleton
from ita.tables.headings import Column

LONG = 40
"""Fewer letters are a habit of speech ("แจ้งเวียนให้ทราบ"), more are somebody's sentence."""
_SHORT = 12
_SHINGLE = 3
_ALIKE = 0.85
"""Common shingles of two copies: one letter in 40 may differ and they are still alike."""
_MOST = 1000
"""So many different texts of a column are held against each other, more only letter by letter."""

_NAMES = {
    Column.METHOD: "วิธีดำเนินการ",
    Column.OUTPUT: "สรุปผลการดำเนินการ",
    Column.OUTCOME: "ผลลัพธ์",
}

Copy = tuple[Row, Row, bool]
"""A row, the earlier row that its cell repeats, and whether every letter is the same."""


def copied_cells(subject: Subject) -> Iterator[Finding]:
    """A method, output or outcome that stands in an earlier row already.

    Seed 000: measure 2's results are measure 1's; 002: two rows share a method; 004: row 5's
    outcome is row 3's.
    """
    for column in _NAMES:
        for copy in _copies(subject.rows, column):
            yield _of_method(copy) if column is Column.METHOD else _of_result(copy, column)


def same_output_and_outcome(subject: Subject) -> Iterator[Finding]:
    """An outcome that only says the output once more."""
    for row in subject.rows:
        output, outcome = (skeleton(row.text(one)) for one in (Column.OUTPUT, Column.OUTCOME))
        if len(output) >= _SHORT and output == outcome:
            yield Finding(
                Kind.SAME_OUTPUT_AND_OUTCOME,
                Severity.WARNING,
                row.where,
                f"ผลลัพธ์ของมาตรการที่ {row.measure.number} เหมือนกับสรุปผลการดำเนินการทุกคำ"
                f" ช่องผลลัพธ์ใช้บอกว่าหลังจากดำเนินการแล้วอะไรดีขึ้น จึงยังไม่เห็นผลของ{row.serves}",
                "ขอให้เขียนว่าเมื่อดำเนินการแล้วเกิดอะไรขึ้นกับประชาชนหรือบุคลากร",
            )


def _of_result(copy: Copy, column: Column) -> Finding:
    row, earlier, exact = copy
    message = (
        f"{_NAMES[column]}ของมาตรการที่ {row.measure.number} {_same(exact=exact)}"
        f"ของมาตรการที่ {earlier.measure.number} ({earlier.where})"
        f" ข้อความที่ซ้ำกันดูเหมือนคัดลอกมา ผู้ตรวจจึงอาจไม่นับเป็นผลของ{row.serves}"
    )
    proposal = f"ขอให้{row.owner}เขียนผลที่เกิดขึ้นจริงของมาตรการนี้"
    return Finding(Kind.COPIED_RESULT, Severity.ERROR, row.where, message, proposal)


def _of_method(copy: Copy) -> Finding:
    row, earlier, exact = copy
    message = (
        f"วิธีดำเนินการของมาตรการที่ {row.measure.number} {_same(exact=exact)}"
        f"ของมาตรการที่ {earlier.measure.number} ({earlier.where})"
        f" ผู้อ่านจึงไม่เห็นวิธีเฉพาะของ{row.serves}"
    )
    proposal = "ขอให้ตรวจว่าใช้วิธีเดียวกันจริง หรือวางข้อความผิดแถว"
    return Finding(Kind.SHARED_METHOD, Severity.WARNING, row.where, message, proposal)


def _same(*, exact: bool) -> str:
    return "เหมือนกับ" if exact else "แทบไม่ต่างจาก"


def _copies(rows: Sequence[Row], column: Column) -> Iterator[Copy]:
    letters = [skeleton(row.text(column)) for row in rows]
    first: dict[str, int] = {}
    for place, text in enumerate(letters):
        if len(text) >= LONG:
            first.setdefault(text, place)
    alike = _alike(list(first))
    for place, text in enumerate(letters):
        if len(text) < LONG:
            continue
        if first[text] != place:
            yield rows[place], rows[first[text]], True
        elif text in alike:
            yield rows[place], rows[first[alike[text]]], False


def _alike(texts: Sequence[str]) -> dict[str, str]:
    """Each text that is nearly an earlier one, with that one.

    A text is the set of its shingles, one bit for each, so that a comparison is one operation.
    """
    bits: dict[str, int] = {}
    earlier: list[tuple[int, int, str]] = []
    found: dict[str, str] = {}
    for text in texts[:_MOST]:
        mask = _mask(text, bits)
        size = mask.bit_count()
        for other_mask, other_size, other in earlier:
            common = (mask & other_mask).bit_count()
            if common >= _ALIKE * (size + other_size - common):
                found[text] = other
                break
        else:
            earlier.append((mask, size, text))
    return found


def _mask(text: str, bits: dict[str, int]) -> int:
    """The text's shingles as bits; a new shingle gets the next bit."""
    places = [
        bits.setdefault(text[start : start + _SHINGLE], len(bits))
        for start in range(len(text) - _SHINGLE + 1)
    ]
    marks = bytearray(len(bits) // 8 + 1)
    for place in places:
        marks[place // 8] |= 1 << place % 8
    return int.from_bytes(marks, "little")
