"""A table of measures that people kept before the bot came: which of its columns are ours. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ita.tables.document import text_document
from ita.tables.facts import fiscal_year_of_plan
from ita.tables.grid import read_grid
from ita.tables.headings import Column, read_headings
from sheets.adopt import TAB, Newcomer, newcomers, stays
from sheets.layout import BY_KEY, Owner
from sheets.rows import Cells
from sheets.snapshot import COLUMN_TAG, View, view_of
from sheets.survey import headings_in, texts

Json = dict[str, Any]

_MEANING = {
    Column.NUMBER: "number",
    Column.INDICATOR: "indicator",
    Column.MEASURE: "title",
    Column.METHOD: "method",
    Column.UNIT: "unit",
    Column.PERIOD: "period",
    Column.OUTPUT: "output",
    Column.OUTCOME: "outcome",
    Column.BUDGET: "budget",
}
_TELLING = {"unit", "period"}
_BOT = {column.key for column in BY_KEY[TAB].owned(Owner.BOT)}
_OFTEN_WORDS = ("indicator", "items")
"""Columns that are taken as ours only where the bot reads all that stands in them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of measures in a people's tab: its line of headings, and where our columns are."""

    heading: int
    places: dict[str, int]
    rows: int
    fiscal_year: int | None


def table_in(sheet: Json, fiscal_year: int) -> Table | None:
    """The table of measures in a tab, None where there is none.

    A column that the bot would write differently than it stands there is not taken as ours, so that
    nobody's word is changed. `fiscal_year` is that of rows where neither they nor the tab name one.
    """
    heading = headings_in(sheet)
    if heading is None:
        return None
    places = _by_meaning(texts(sheet)[heading])
    if "title" not in places or not _TELLING & places.keys():
        return None
    named = year_above(sheet, heading)
    places, rows = _harmless(sheet, places, named or fiscal_year)
    return Table(heading, places, rows, named)


def year_above(sheet: Json, heading: int) -> int | None:
    """The fiscal year that the words above a table name; None where there are none."""
    words = ["\t".join(filter(None, cells)) for cells in texts(sheet)[:heading]]
    document = text_document("\n".join(words))
    return fiscal_year_of_plan(read_grid(document), document.text)[0]


def _by_meaning(headings: list[str]) -> dict[str, int]:
    """Where our columns are: by the very words of our headers, else by what the headings mean."""
    exact = {column.header: column.key for column in BY_KEY[TAB].columns}
    places = {exact[text]: at for at, text in enumerate(headings) if text in exact}
    for at, heading in enumerate(read_headings(headings) or ()):
        key = _MEANING.get(heading.column) if heading.column else None
        if key and key not in places and at not in places.values():
            places[key] = at
    return places


def _harmless(
    sheet: Json, places: Mapping[str, int], fiscal_year: int
) -> tuple[dict[str, int], int]:
    """The columns of which nothing would be changed, and how many rows there are."""
    view = _seen_as(sheet, places)
    found = newcomers(view, fiscal_year)
    rows = [(one, line.cells) for line in view.lines if (one := found.get(line.index))]
    kept = {key: place for key, place in places.items() if _is_harmless(key, rows)}
    return kept, len(rows)


def _is_harmless(key: str, rows: Sequence[tuple[Newcomer, Cells]]) -> bool:
    if key == "number":
        numbers = [(one.measure.fiscal_year, one.measure.number) for one, _ in rows]
        known = [number for number in numbers if number[1]]
        if len(set(known)) < len(known):
            return False
    if key in _BOT:
        return all(stays(one, cells, key) for one, cells in rows)
    return key not in _OFTEN_WORDS or all(one.seen.get(key) == cells[key] for one, cells in rows)


def _seen_as(sheet: Json, places: Mapping[str, int]) -> View:
    """The tab as if these columns bore our tags."""
    tags: list[Json] = [{} for _ in range(max(places.values()) + 1)]
    for key, place in places.items():
        tag = {"metadataId": 0, "metadataKey": COLUMN_TAG, "metadataValue": key}
        tags[place] = {"developerMetadata": [tag]}
    data = {**sheet["data"][0], "columnMetadata": tags}
    return view_of(BY_KEY[TAB], {**sheet, "data": [data]})
