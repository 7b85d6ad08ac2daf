"""What a tab of ours lacks, told from what was never there; and the same in plain words. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sheets import fences, furnish
from sheets.identity import recognise
from sheets.layout import ID, ID_HEADER, Tab
from sheets.snapshot import View, columns_of
from sheets.survey import has_lost_id, heading_line, texts

Json = Mapping[str, Any]


class Kind(StrEnum):
    """What can be lacking, in the order in which it is mended."""

    TAB = "tab"
    TABLE = "table"
    HEADER_LINE = "header_line"
    HEADER = "header"
    COLUMN_TAG = "column_tag"
    ROW_TAG = "row_tag"
    HIDDEN = "hidden"
    FROZEN = "frozen"
    DROPDOWN = "dropdown"
    PROTECTION = "protection"
    COLUMN = "column"
    ROW_ID = "row_id"


IN_ROWS = (Kind.COLUMN, Kind.ROW_ID)
"""What is mended by writing into rows: only once everything else is in its place."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something lacking in tab `tab`, in `column` where it is about one.

    `title` is what people call the tab; `count` how many rows it is about. `was_there`: it stood
    there before, so somebody took it out and is asked first; else it is new.
    """

    kind: Kind
    tab: str
    column: str = ""
    title: str = field(default="", compare=False)
    count: int = field(default=0, compare=False)
    was_there: bool = field(default=True, compare=False)


def lacks(
    tab: Tab,
    sheet: Json,
    outline: Json,
    view: View,
    memory: Collection[str],
    wanted: Mapping[int, Mapping[str, str]],
) -> list[Lack]:
    """What a tab that is there lacks.

    `memory` are the columns that stood there, `wanted` the rows that the register has for it.
    """
    title: str = outline["properties"]["title"]
    if not tab.columns:
        return []
    if _lost_header_line(tab, sheet, view):
        return [Lack(Kind.HEADER_LINE, tab.key, title=title)]
    found = [
        *_in_columns(tab, sheet, memory),
        *_in_rows(tab, sheet, view, wanted, memory),
        *_of_the_tab(tab, sheet, outline, memory),
    ]
    return [
        Lack(kind, tab.key, column, title, count, was_there)
        for kind, column, count, was_there in found
    ]


Found = tuple[Kind, str, int, bool]


def _in_columns(tab: Tab, sheet: Json, memory: Collection[str]) -> Iterator[Found]:
    places, tags = columns_of(tab, sheet), furnish.tagged_columns(tab, sheet)
    rows = texts(sheet)
    headers = rows[heading_line(tab, sheet)] if rows else []
    ruled = furnish.ruled_places(sheet)
    for column in tab.columns:
        place, was_there = places.get(column.key), column.key in memory
        if place is None:
            # No tab of ours was ever without its ids.
            yield Kind.COLUMN, column.key, 0, was_there or column.key == ID
            continue
        if tags.get(column.key) != place:
            yield Kind.COLUMN_TAG, column.key, 0, was_there
        if place >= len(headers) or not headers[place]:
            yield Kind.HEADER, column.key, 0, was_there
        if column.choices and place not in ruled:
            yield Kind.DROPDOWN, column.key, 0, was_there
        if column.key == ID and not furnish.is_hidden(sheet, place):
            yield Kind.HIDDEN, column.key, 0, was_there


def _in_rows(
    tab: Tab,
    sheet: Json,
    view: View,
    wanted: Mapping[int, Mapping[str, str]],
    memory: Collection[str],
) -> Iterator[Found]:
    """Rows of the register that lost their tag or their id, in a tab whose rows have tags."""
    if not tab.tagged:
        return
    lost = recognise(view, wanted)
    standing = {row_id: line.index for row_id, line in view.rows.items() if row_id in wanted}
    rows = standing | {row_id: index for index, row_id in lost.items()}
    untagged = [row_id for row_id, index in rows.items() if view.tags.get(row_id) != index]
    if untagged:
        yield Kind.ROW_TAG, "", len(untagged), ID in memory
    if lost and not has_lost_id(tab, sheet):
        yield Kind.ROW_ID, "", len(lost), True


def _of_the_tab(tab: Tab, sheet: Json, outline: Json, memory: Collection[str]) -> Iterator[Found]:
    grid = outline["properties"]["gridProperties"]
    if heading_line(tab, sheet) == 0 and not grid.get("frozenRowCount"):
        yield Kind.FROZEN, "", 0, ID in memory
    open_ = fences.unprotected(tab, columns_of(tab, sheet), outline, heading_line(tab, sheet))
    if open_:
        yield Kind.PROTECTION, "", len(open_.keys), any(key in memory for key in open_.keys)


def _lost_header_line(tab: Tab, sheet: Json, view: View) -> bool:
    """Whether somebody deleted the line of headers, so that a row of data stands in its place."""
    tags = furnish.tagged_columns(tab, sheet)
    rows = texts(sheet)
    if not tags or not rows or heading_line(tab, sheet) != 0:
        return False
    first = rows[0]
    known = {column.header for column in tab.columns} | {ID_HEADER}
    return any(first) and not known & set(first) and _is_data(view, first, tags)


def _is_data(view: View, first: list[str], tags: Mapping[str, int]) -> bool:
    """A line with an id or a row's tag; where rows have no ids, one whose id cell is empty."""
    if any(line.index == 0 and line.row_id for line in view.lines) or 0 in view.tags.values():
        return True
    return ID in tags and tags[ID] < len(first) and not first[tags[ID]]


def sentence(lack: Lack, tab: Tab) -> str:
    """What was found and what would be done, in a sentence for the operator."""
    column = tab.column(lack.column).header if lack.column else ""
    said = _SENTENCES[lack.kind]
    if lack.kind is Kind.COLUMN and lack.column == ID:
        said = _IDS
    return f"“{lack.title or tab.title}”: {said.format(column=column, count=lack.count)}"


_SENTENCES = {
    Kind.TAB: "the tab is gone. It is made anew, and what the register knows is written again.",
    Kind.TABLE: "people keep a table of measures here ({count} rows). It becomes the tab of"
    " measures: columns of ours are added at its right end, nothing of theirs is moved or changed.",
    Kind.HEADER_LINE: "the line of headers is gone. It is put in again above the rows.",
    Kind.HEADER: "the header “{column}” is empty. It is written again.",
    Kind.COLUMN_TAG: "the column “{column}” lost the mark by which it is found when somebody moves"
    " or renames it. It is marked again.",
    Kind.ROW_TAG: "{count} rows lost the mark by which they are found when somebody moves them."
    " They are marked again.",
    Kind.HIDDEN: "the column of ids is shown. It is hidden again.",
    Kind.FROZEN: "the header scrolls away. It is frozen again.",
    Kind.DROPDOWN: "the column “{column}” lost its list of choices. It gets it again.",
    Kind.PROTECTION: "{count} columns of the system are not protected. They are protected again.",
    Kind.COLUMN: "the column “{column}” is gone. It is put back with what the register knows.",
    Kind.ROW_ID: "{count} rows lost their id. It is written again.",
}
_IDS = "the column of ids is gone. It is put back, with the id of every row that is recognised."
