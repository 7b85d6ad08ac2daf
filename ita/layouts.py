"""The five agencies' own table layouts, and measures as the typed rows of such a table.

A renderer of any format prints `raw` where the published words are wanted as they stood, and
`text` where they should be clean. Source of the headings: the five published reports described
in the project's domain notes, exactly and in order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ita.criteria import Criteria
from ita.measures import Measure
from ita.scores import rounded
from ita.tables.cells import one_line, plain, without_bullet
from ita.tables.headings import Column, read_headings
from ita.tables.published import ReadMeasure
from ita.text import arabic_digits, thai_digits

_PLACE = re.compile(r" \(\d{1,3}\)$")
_TEXTS = {Column.METHOD: "method", Column.OUTPUT: "output", Column.OUTCOME: "outcome"}
_LINES = {Column.UNIT: "unit", Column.BUDGET: "budget"}
_FIELDS = _TEXTS | _LINES
_NUMBERED = re.compile(r"(?:มาตรการ\s?(?:ที่)?\s?)?(?:\d{1,2}\s?[.)]\s?)?")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a layout: its heading as printed, and what stands in it."""

    heading: str
    column: Column


@dataclass(frozen=True, slots=True)
class Layout:
    """An agency's table of measures: its columns in their order.

    `numbered_titles`: the measure's number stands before its title, not in a column of its own.
    """

    agency: str
    heads: tuple[Head, ...]
    numbered_titles: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as printed."""
        return tuple(head.heading for head in self.heads)


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell: `raw` as it stands in the document, `text` without tags and with mended spaces.

    Where the register knows better than the document (a report came in, somebody edited the
    sheet), or there was no document, both hold the register's words.
    """

    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A measure's cells, as many as the layout has columns and in their order."""

    measure: Measure | ReadMeasure
    cells: tuple[LayoutCell, ...]


PATHUMRAT = Layout(
    "pathumrat",
    (
        Head("ลำดับ", Column.NUMBER),
        Head("มาตรการ/ กิจกรรม", Column.MEASURE),
        Head("วิธีดำเนินการ", Column.METHOD),
        Head("ระยะเวลาในการดำเนินการ", Column.PERIOD),
        Head("ผู้รับผิดชอบ", Column.UNIT),
        Head("สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", Column.OUTPUT),
        Head("ผลลัพธ์หรือความสำเร็จในการดำเนินการ", Column.OUTCOME),
        Head("งบประมาณ", Column.BUDGET),
    ),
)
PHRATHAEN = Layout(
    "phrathaen",
    (
        Head(
            "มาตรการ โครงการ หรือ กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            Column.MEASURE,
        ),
        Head("ขั้นตอนหรือวิธีการปฏิบัติ", Column.METHOD),
        Head("ช่วงระยะเวลาในการดำเนินการ", Column.PERIOD),
        Head("ผู้รับผิดชอบ", Column.UNIT),
        Head("ผลการดำเนินการ (Output)", Column.OUTPUT),
        Head("ผลลัพธ์หรือผลสัมฤทธิ์ในการดำเนินการ (outcome/result)", Column.OUTCOME),
    ),
    numbered_titles=True,
)
DONGMUANG = Layout(
    "dongmuang",
    (
        Head("ตัวชี้วัด", Column.INDICATOR),
        Head("มาตรการ/แนวทางที่จะดำเนินการ", Column.MEASURE),
        Head("วิธีการดำเนินการ", Column.METHOD),
        Head("ผู้รับผิดชอบ", Column.UNIT),
        Head("ระยะเวลาดำเนินการ", Column.PERIOD),
        Head("สรุปผลการดำเนินการ", Column.OUTPUT),
        Head("ผลลัพธ์/ความสำเร็จ", Column.OUTCOME),
    ),
)
CHATTURAT = Layout(
    "chatturat",
    (
        Head("ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", Column.MEASURE),
        Head("ผู้รับผิดชอบ", Column.UNIT),
        Head("ขั้นตอนหรือวิธีการ/มาตรการ", Column.METHOD),
        Head("การรายงานผลและกำกับติดตาม กำหนดเวลาแล้วเสร็จ", Column.PERIOD),
    ),
)
KHAMPHI = Layout(
    "khamphi",
    (
        Head("มาตรการ/กิจกรรม", Column.MEASURE),
        Head("ขั้นตอน/วิธีการปฏิบัติ", Column.METHOD),
        Head("หน่วยงานผู้รับผิดชอบ", Column.UNIT),
        Head("ระยะเวลาดำเนินการ", Column.PERIOD),
        Head("สรุปผลการดำเนินการ", Column.OUTPUT),
        Head("ผลลัพธ์หรือความสำเร็จ", Column.OUTCOME),
    ),
    numbered_titles=True,
)
LAYOUTS = {one.agency: one for one in (PATHUMRAT, PHRATHAEN, DONGMUANG, CHATTURAT, KHAMPHI)}
"""The layouts by the agency's slug."""

SCORE_HEADINGS = ("ตัวชี้วัด", "เครื่องมือการประเมิน", "ตัวชี้วัด", "คะแนน", "ผลการประเมิน")
"""Chatturat's table of scores (FY2566)."""


def rows(
    layout: Layout,
    measures: Sequence[Measure | ReadMeasure],
    criteria: Criteria | None = None,
) -> tuple[LayoutRow, ...]:
    """The measures as rows of a layout. `criteria` names the indicators of those without raw cells.

    A published cell stands as long as what is read from it is what the measure holds.
    """
    return tuple(LayoutRow(one, _cells(layout, one, criteria)) for one in measures)


def score_rows(
    points: Mapping[int, Decimal], criteria: Criteria
) -> tuple[tuple[LayoutCell, ...], ...]:
    """Official points by indicator (0..100) as rows under SCORE_HEADINGS, in Thai digits.

    The last cell is empty in a year whose pass mark is not confirmed.
    """
    instruments = {n: one.name for one in criteria.instruments for n in one.indicators}
    return tuple(
        tuple(
            LayoutCell(text, text)
            for text in (
                thai_digits(str(number)),
                instruments.get(number, ""),
                criteria.indicator_name(number),
                thai_digits(str(rounded(value))),
                _passed(value, criteria),
            )
        )
        for number, value in sorted(points.items())
    )


def _passed(value: Decimal, criteria: Criteria) -> str:
    if criteria.pass_mark is None:
        return ""
    return "ผ่านเกณฑ์" if rounded(value) >= criteria.pass_mark else "ไม่ผ่านเกณฑ์"


def _cells(
    layout: Layout, measure: Measure | ReadMeasure, criteria: Criteria | None
) -> tuple[LayoutCell, ...]:
    published = _published(measure.raw)
    raws = (
        published[head.column]
        if _still_said(head.column, published, measure)
        else _written(head.column, layout, measure, criteria)
        for head in layout.heads
    )
    return tuple(LayoutCell(raw, _in_thai_digits(plain(raw))) for raw in raws)


def _published(raw: Mapping[str, str]) -> dict[Column, str]:
    """The published cells by the meaning of their headings, of two with one meaning the first."""
    cells: dict[Column, str] = {}
    for column, cell in zip(_columns(tuple(raw)), raw.values(), strict=True):
        if column is not None:
            cells.setdefault(column, cell)
    return cells


@lru_cache(maxsize=64)  # a table's rows share their headings
def _columns(headings: tuple[str, ...]) -> tuple[Column | None, ...]:
    read = read_headings([_PLACE.sub("", heading) for heading in headings])
    return tuple(one.column for one in read) if read else (None,) * len(headings)


def _still_said(
    column: Column, published: Mapping[Column, str], measure: Measure | ReadMeasure
) -> bool:
    """Whether there is a published cell that still says what the measure holds."""
    raw = published.get(column)
    if raw is None:
        return False
    if column in _TEXTS:
        return bool(plain(raw) == getattr(measure, _TEXTS[column]))
    if column in _LINES:
        return bool(one_line(raw) == getattr(measure, _LINES[column]))
    if column is Column.PERIOD:
        return one_line(raw) == measure.period.raw
    if column is Column.MEASURE:
        # A row without a title of its own is read under its indicator's words.
        words = without_bullet(one_line(raw)) or one_line(published.get(Column.INDICATOR, ""))
        number = words.removesuffix(measure.title)
        return words.endswith(measure.title) and bool(_NUMBERED.fullmatch(arabic_digits(number)))
    known = measure.indicator if column is Column.INDICATOR else measure.number
    return known is None or str(known) in re.findall(r"\d+", arabic_digits(raw))


def _written(
    column: Column, layout: Layout, measure: Measure | ReadMeasure, criteria: Criteria | None
) -> str:
    """What the register would write in a cell."""
    if column in _FIELDS:
        return str(getattr(measure, _FIELDS[column]))
    number = thai_digits(str(measure.number))
    if column is Column.PERIOD:
        return measure.period.raw
    if column is Column.NUMBER:
        return number
    if column is Column.MEASURE:
        return f"{number}. {measure.title}" if layout.numbered_titles else measure.title
    return _indicator(measure.indicator, criteria)


def _indicator(number: int | None, criteria: Criteria | None) -> str:
    if number is None:
        return ""
    words = f"ตัวชี้วัดที่ {thai_digits(str(number))}"
    known = criteria.indicators.get(number) if criteria else None
    return f"{words} {known.name}" if known else words


def _in_thai_digits(text: str) -> str:
    """Thai digits, as all five print them; words with Latin letters (links, o13) keep theirs."""
    return _WORD.sub(lambda word: word[0] if _LATIN.search(word[0]) else thai_digits(word[0]), text)
