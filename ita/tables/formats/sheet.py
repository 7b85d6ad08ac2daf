"""Excel workbooks (.xlsx): every sheet that is shown, its cells as they are read on paper."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ita.dates import BUDDHIST_OFFSET, thai_date
from ita.tables.document import Document, Line
from ita.tables.formats.archive import BROKEN, has_formulas
from ita.tables.published import Doubt, UnreadableTable

_MOST_ROWS = 5000
_MOST_COLUMNS = 60
_MOST_DOUBTS = 50
_BUDDHIST = 2400
"""A year from here on was typed in the Buddhist era, into a calendar that knows none."""

_PRECISION = 10
_TOO_LONG = f"แผ่นงานนี้มีมากกว่า {_MOST_ROWS} แถว จึงอ่านเฉพาะส่วนแรก"
_NO_VALUE = "ช่องนี้เป็นสูตรที่ไม่มีผลลัพธ์บันทึกไว้ จึงอ่านเป็นช่องว่าง กรุณาเปิดใน Excel แล้วบันทึกใหม่"


def read(data: bytes) -> Document:
    """The lines of an .xlsx; UnreadableTable for one that cannot be opened.

    A formula without its last result is an empty cell, and asked about.
    """
    lines: list[Line] = []
    doubts: list[Doubt] = []
    book = _opened(data, values=True)
    formulas = _opened(data, values=False) if has_formulas(data) else None
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            lines.append(Line(f"แผ่นงาน {sheet.title}", (str(sheet.title),), begins=True))
            lines += _lines(sheet)
            if (sheet.max_row or 0) > _MOST_ROWS:
                doubts.append(Doubt("table", f"แผ่นงาน {sheet.title}", "", "", _TOO_LONG))
            if formulas is not None:
                doubts += _without_value(sheet, formulas[sheet.title])
    return Document(tuple(lines), tuple(doubts[:_MOST_DOUBTS]))


def _opened(data: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on charts, validations and styles, which no row needs
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False)
    except Exception as error:  # the library has as many errors as files have faults
        raise UnreadableTable(BROKEN) from error


def _lines(sheet: Worksheet) -> Iterator[Line]:
    """The rows of a sheet, all as wide as its widest; one cell over them all is a line of text."""
    rows = list(_rows(sheet))
    widest = max(
        (place for cells in rows for place, cell in enumerate(cells, 1) if cell), default=1
    )
    below, across = _merged(sheet, widest)
    for number, cells in enumerate(rows, 1):
        where = f"แผ่นงาน {sheet.title} แถวที่ {number}"
        if number in across:
            yield from (Line(where, (line,)) for line in "".join(cells).split("\n"))
        else:
            yield Line(where, tuple(cells[:widest]), tuple(sorted(below.get(number, ()))))


def _rows(sheet: Worksheet) -> Iterator[list[str]]:
    last_row = min(sheet.max_row or 0, _MOST_ROWS)
    last_column = min(sheet.max_column or 0, _MOST_COLUMNS)
    if last_row and last_column:
        for row in sheet.iter_rows(max_row=last_row, max_col=last_column):
            yield [_shown(cell) for cell in row]


def _merged(sheet: Worksheet, widest: int) -> tuple[dict[int, set[int]], set[int]]:
    """The places in each row that belong to the cell above, and the rows that are one cell."""
    below: dict[int, set[int]] = {}
    across: set[int] = set()
    for merged in sheet.merged_cells.ranges:
        left, right = merged.min_col - 1, min(merged.max_col, _MOST_COLUMNS)
        if left == 0 and right >= widest > 1 and merged.min_row == merged.max_row:
            across.add(merged.min_row)
        for row in range(merged.min_row + 1, min(merged.max_row, _MOST_ROWS) + 1):
            below.setdefault(row, set()).update(range(left, right))
    return below, across


def _shown(cell: Cell | MergedCell) -> str:
    """A cell as people read it: dates in the Buddhist era, numbers without a computer's noise."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "ใช่" if value else "ไม่ใช่"
        case int() | float() | Decimal():
            return _number(Decimal(str(value)), str(cell.number_format or ""))
        case datetime() | date():
            return _date(value)
        case time():
            return f"{value:%H:%M}"
    return str(value)


def _number(value: Decimal, pattern: str) -> str:
    """A number with the decimals that its format shows, else as many as it has."""
    if not value.is_finite():
        return str(value)
    shown = pattern.split(";", maxsplit=1)[0]
    if "%" in shown:
        return f"{_plain(value * 100)}%"
    _, point, decimals = shown.partition(".")
    places = len(decimals) - len(decimals.lstrip("0")) if point and "0" in shown else 0
    try:
        return f"{value:.{places}f}" if places else _plain(value)
    except (InvalidOperation, ValueError):
        return str(value)


def _plain(value: Decimal) -> str:
    """
    >>> _plain(Decimal("98.00999999999999")), _plain(Decimal("85.0"))
    ('98.01', '85')
    """
    short = f"{value:.{_PRECISION}f}"
    return short.rstrip("0").rstrip(".")


def _date(day: date) -> str:
    """A day as Thai offices print it.

    >>> _date(date(2024, 12, 27)), _date(date(2567, 12, 27))
    ('27 ธ.ค. 2567', '27 ธ.ค. 2567')
    """
    if day.year < _BUDDHIST:
        return thai_date(day)
    try:
        return thai_date(day.replace(year=day.year - BUDDHIST_OFFSET))
    except ValueError:  # 29 February of a year that is no leap year in our era
        return f"29 ก.พ. {day.year}"


def _without_value(sheet: Worksheet, formulas: Worksheet) -> Iterator[Doubt]:
    for row in formulas.iter_rows(
        max_row=min(formulas.max_row or 1, _MOST_ROWS),
        max_col=min(formulas.max_column or 1, _MOST_COLUMNS),
    ):
        for cell in row:
            if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                where = f"แผ่นงาน {sheet.title} ช่อง {cell.coordinate}"
                yield Doubt("formula", where, str(cell.value)[:_MOST_COLUMNS], "", _NO_VALUE)
