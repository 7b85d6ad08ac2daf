"""The numbers of measures: those that the document prints, else their order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ita.tables.cells import one_line
from ita.tables.drafts import Draft
from ita.tables.facts import year_in
from ita.tables.headings import Column
from ita.tables.published import Doubt
from ita.text import arabic_digits

LEADING = re.compile(r"\s*(?:มาตรการ\s?(?:ที่)?\s?)?([1-9]\d?)(?:\s?[.)](?!\d)|\s*$)\s*")
"""The number that a title begins with."""

_OWN = re.compile(r"\(?\s*(?:มาตรการ\s?(?:ที่)?\s?)?([1-9]\d{0,2})\s?[.)]*\s*")


def numbers_of(drafts: Sequence[Draft]) -> list[int | None]:
    """The numbers that are printed, None throughout where they cannot be taken as a numbering.

    A number that alone cannot be read, between others that count on, follows from them. Where a
    column gives each row's fiscal year, every year has its own numbering.
    """
    numbers: list[int | None] = [None] * len(drafts)
    for places in _years(drafts):
        for place, number in zip(places, _of_year([drafts[p] for p in places]), strict=True):
            numbers[place] = number
    return numbers


def number_doubts(drafts: Sequence[Draft], numbers: Sequence[int | None]) -> Iterator[Doubt]:
    """Gaps in a numbering, and numbers of a column that could not be taken as one."""
    for places in _years(drafts):
        of_year = [drafts[place] for place in places]
        yield from _doubts_of_year(of_year, [numbers[place] for place in places], places)


def _years(drafts: Sequence[Draft]) -> list[list[int]]:
    """The places of the rows of each fiscal year that a column names; of all, without one."""
    years: dict[int | None, list[int]] = {}
    for place, draft in enumerate(drafts):
        years.setdefault(year_in(draft.cell(Column.YEAR)), []).append(place)
    return list(years.values())


def _of_year(drafts: Sequence[Draft]) -> list[int | None]:
    printed = [_printed(draft) for draft in drafts]
    if all(Column.NUMBER in draft.table.columns for draft in drafts):
        printed = _filled(printed)
    return printed if _is_numbering(printed) else [None] * len(printed)


def _doubts_of_year(
    drafts: Sequence[Draft], numbers: Sequence[int | None], places: Sequence[int]
) -> Iterator[Doubt]:
    columned = [draft for draft in drafts if Column.NUMBER in draft.table.columns]
    if columned and not any(one_line(draft.cell(Column.NUMBER)) for draft in columned):
        reason = "ช่องลำดับว่างทุกแถว จึงใช้ลำดับของแถวแทน"
        yield Doubt("number", columned[0].table.where, "", f"1 ถึง {len(drafts)}", reason)
        return
    expected = 1
    for draft, number, place in zip(drafts, numbers, places, strict=True):
        doubt = _doubt(draft, number, place + 1, expected)
        if doubt:
            yield doubt
        expected = (number or _printed(draft) or place + 1) + 1


def _doubt(draft: Draft, number: int | None, order: int, expected: int) -> Doubt | None:
    """A doubt on the number of one row, which counts on from the row before it or does not."""
    own = _printed(draft)
    if Column.NUMBER not in draft.table.columns and number is None:
        return None
    if own is None:
        raw = one_line(draft.cell(Column.NUMBER))
        reason = "อ่านลำดับของแถวนี้ไม่ได้ จึงนับต่อจากแถวก่อนหน้า"
        return Doubt("number", draft.where, raw, str(number or order), reason)
    if own == expected:
        return None
    if number is None:
        reason = "ลำดับซ้ำหรือเริ่มนับใหม่ จึงใช้ลำดับของแถวในเอกสารแทน"
        return Doubt("number", draft.where, str(own), str(order), reason)
    reason = "ลำดับข้ามเลข กรุณาตรวจว่ามีมาตรการตกหล่นหรือไม่"
    return Doubt("numbering", draft.where, str(number), str(expected), reason)


def is_numbered_by_title(draft: Draft) -> bool:
    """Whether the numbers of a table's measures can only stand in their titles."""
    columns = draft.table.columns
    return Column.NUMBER not in columns and Column.INDICATOR not in columns


def _printed(draft: Draft) -> int | None:
    """The number that the document gives a row: its own column's, its indicator's, its title's."""
    if Column.NUMBER in draft.table.columns:
        own = _OWN.fullmatch(arabic_digits(one_line(draft.cell(Column.NUMBER)))[:20])
        return int(own[1]) if own else None
    if Column.INDICATOR in draft.table.columns:
        return draft.indicator
    leading = LEADING.match(arabic_digits(one_line(draft.cell(Column.MEASURE))))
    return int(leading[1]) if leading else None


def _filled(printed: Sequence[int | None]) -> list[int | None]:
    """Unread numbers as the one after the number before them."""
    filled: list[int | None] = []
    for number in printed:
        filled.append(number or ((filled[-1] or 0) if filled else 0) + 1)
    return filled


def _is_numbering(printed: Sequence[int | None]) -> bool:
    numbers = [number for number in printed if number is not None]
    return len(numbers) == len(printed) and all(a < b for a, b in pairwise(numbers))
