"""How long a long report takes to read and check: `python -m bench.check [ROWS]`.

Three kinds of 300 rows: each different, all alike but for a word (which is the dearest for the
search for copies), and all the same.
"""

import sys
from collections.abc import Callable
from datetime import date
from random import Random
from time import perf_counter

from ita.checks import check, years_of
from ita.criteria import criteria_for
from ita.layouts import PATHUMRAT
from ita.tables import read_published, text_document

ROWS = 300
BUDGET_SECONDS = 1.0
_WORDS = (
    *("เผยแพร่", "ประกาศ", "อบรม", "ติดตาม", "ตรวจสอบ", "รายงาน", "ประชุม", "แต่งตั้ง", "ทบทวน"),
    *("ปรับปรุง", "งบประมาณ", "พัสดุ", "รถยนต์", "ส่วนกลาง", "เว็บไซต์", "ประชาชน", "บุคลากร"),
    *("ร้องเรียน", "จริยธรรม", "แผนงาน", "โครงการ", "ถนน", "ไฟฟ้า", "น้ำประปา"),
)
_TITLE = "รายงานผลตามมาตรการ ปีงบประมาณ พ.ศ. ๒๕๖๖\nเทศบาลตำบลทดสอบ อำเภอตัวอย่าง จังหวัดสมมุติ"


def _different(row: int, column: int) -> str:
    """Some 200 letters that no other cell has in this order."""
    return " ".join(Random(f"{row}.{column}").choices(_WORDS, k=30))


def _alike(row: int, column: int) -> str:
    return f"{_different(0, column)} เรื่อง{_WORDS[row % len(_WORDS)]}{_WORDS[row // 24 % 24]}"


def _same(_: int, column: int) -> str:
    return _different(0, column)


def report(count: int, cell: Callable[[int, int], str]) -> str:
    """A report of so many rows in pathumrat's layout."""
    lines = [_TITLE, "\t".join(PATHUMRAT.headings)]
    for row in range(1, count + 1):
        method, output, outcome = (cell(row, column) for column in (1, 2, 3))
        cells = (str(row), f"มาตรการ {cell(row, 0)[:60]}", method, "ตลอดปีงบประมาณ", "กองคลัง")
        lines.append("\t".join((*cells, output, outcome, "ไม่ใช้งบประมาณ")))
    return "\n".join(lines)


def main() -> None:
    """Time each kind of report, and say which is over the budget."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for cell in (_different, _alike, _same):
        text = report(count, cell)
        started = perf_counter()
        document = text_document(text)
        published = read_published(document)
        read = perf_counter()
        criteria = {year: criteria_for(year) for year in years_of(published)}
        found = check(document, published, criteria=criteria, today=date(2023, 10, 1))
        ended = perf_counter()
        over = "" if ended - started < BUDGET_SECONDS else f", over {BUDGET_SECONDS} s"
        kind = f"{count} rows {cell.__name__[1:]:>9} ({len(text):,} letters)"
        times = f"read {read - started:.3f} s, check {ended - read:.3f} s"
        print(f"{kind}: {times}, {len(found)} findings{over}")


if __name__ == "__main__":
    main()
