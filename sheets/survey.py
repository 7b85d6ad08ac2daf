"""What stands in a spreadsheet, as far as an installation cares: two reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gspread.urls import SPREADSHEET_URL

from ita.tables.headings import read_headings
from sheets.google import Google
from sheets.layout import BY_KEY, ID, ID_HEADER, STAMP_ID, TABS, Tab, column_tag
from sheets.rows import shown
from sheets.snapshot import COLUMN_TAG, View, columns_of, view_of

Json = dict[str, Any]
Sheet = Mapping[str, Any]

OUTLINE_FIELDS = (
    "properties.title,developerMetadata(metadataId,metadataValue),"
    "sheets(properties(sheetId,title,index,gridProperties),"
    "protectedRanges(description,range),"
    "data.columnMetadata(hiddenByUser,developerMetadata(metadataId,metadataKey,metadataValue)))"
)
CELL_FIELDS = (
    "sheets(properties(sheetId,gridProperties),"
    "data(startRow,startColumn,"
    "rowData.values(formattedValue,effectiveValue,dataValidation.condition.type),"
    "rowMetadata.developerMetadata(metadataId,metadataKey),"
    "columnMetadata(hiddenByUser,developerMetadata(metadataId,metadataKey,metadataValue))))"
)
BEGINNING = 30
"""Among so many lines of a people's tab a table's headings are looked for."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A spreadsheet: `outline` of every tab and `cells` of some, both by sheet id.

    `tabs` says which of them are ours, by the layout's keys; `stamp` is the last batch's.
    """

    tabs: dict[str, int]
    outline: dict[int, Json]
    cells: dict[int, Json]
    stamp: str | None

    def of(self, key: str) -> Json | None:
        """A tab of ours as it was read, None where it is not there."""
        return self.cells.get(self.tabs.get(key, -1))

    def title(self, key: str) -> str:
        """What people call a tab of ours; the layout's title where it is not there."""
        sheet = self.outline.get(self.tabs.get(key, -1))
        title: str = sheet["properties"]["title"] if sheet else BY_KEY[key].title
        return title

    def view(self, key: str) -> View | None:
        """A tab of ours with its lines, None where it is not there."""
        sheet = self.of(key)
        return view_of(BY_KEY[key], sheet) if sheet is not None else None


def survey(
    google: Google,
    spreadsheet_id: str,
    tabs: Mapping[str, int],
    *,
    search: bool,
    logs: bool = False,
) -> Survey:
    """Look at a spreadsheet, in which our tabs are thought to have these ids.

    With `search` our tabs are looked for by their columns' tags where those ids are not theirs.
    Where there is no tab of measures, people's tabs are read as far as their tables' headings.
    With `logs` logs are read whole.
    """
    seen = google.outline(spreadsheet_id, OUTLINE_FIELDS)
    outline = _by_id(seen)
    ours = located(outline, tabs) if search else dict(tabs)
    ranges = [_range(key, outline[at], logs=logs) for key, at in ours.items() if at in outline]
    if ours.get("measures") not in outline:
        theirs = [sheet for at, sheet in outline.items() if at not in ours.values()]
        ranges += [_beginning(sheet) for sheet in theirs if _grid(sheet)]
    cells = read_cells(google, spreadsheet_id, ranges) if ranges else {}
    stamps = {m["metadataId"]: m.get("metadataValue") for m in seen.get("developerMetadata", [])}
    return Survey(ours, outline, cells, stamps.get(STAMP_ID))


def read_cells(google: Google, spreadsheet_id: str, ranges: Sequence[Json]) -> dict[int, Json]:
    """Cells, rules and tags of these GridRanges, by sheet id."""
    filters = [{"gridRange": one} for one in ranges]
    answer = google._call(
        "read",
        "post",
        f"{SPREADSHEET_URL % spreadsheet_id}:getByDataFilter",
        params={"fields": CELL_FIELDS},
        json={"dataFilters": filters},
    )
    return _by_id(answer)


def located(outline: Mapping[int, Json], tabs: Mapping[str, int]) -> dict[str, int]:
    """Which tab is which: the one that is thought so, else the one that bears our columns' tags."""
    tagged = {key: at for at, sheet in outline.items() for key in _tagged_as(sheet)}
    return {**tagged, **{key: at for key, at in tabs.items() if at in outline or key not in tagged}}


def bears_our_tags(outline: Mapping[int, Json]) -> bool:
    """Whether somebody's Sujarit, ours or another, has tagged columns here."""
    return any(_tagged_as(sheet) for sheet in outline.values())


def is_ours(tab: Tab, sheet: Sheet) -> bool:
    """Whether we made or adopted a tab: its columns are tagged, or it has the id's header."""
    headers = {text for cells in texts(sheet)[:BEGINNING] for text in cells}
    return not tab.columns or ID_HEADER in headers or any(_column_tags(sheet))


def heading_line(tab: Tab, sheet: Sheet) -> int:
    """The index of the line of headings: an adopted table may stand below some text."""
    if tab.key != "measures":
        return 0
    first = texts(sheet)[:BEGINNING]
    ours = [index for index, cells in enumerate(first) if ID_HEADER in cells]
    return ours[0] if ours else headings_in(sheet) or 0


def headings_in(sheet: Sheet) -> int | None:
    """The index of the first line of a table's headings, None where there is none."""
    for index, cells in enumerate(texts(sheet)[:BEGINNING]):
        if read_headings(cells) is not None:
            return index
    return None


def texts(sheet: Sheet) -> list[list[str]]:
    """The texts of a tab's lines, all of one width."""
    data = sheet.get("data", [{}])[0].get("rowData", [])
    rows = [
        [shown(cell.get("formattedValue", "")) for cell in row.get("values", [])] for row in data
    ]
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def has_lost_id(tab: Tab, sheet: Sheet) -> bool:
    """Whether nobody can say any more which of a tab's rows is which."""
    return bool(tab.columns) and ID not in columns_of(tab, sheet)


def _tagged_as(sheet: Sheet) -> set[str]:
    """The tabs of the layout whose columns' tags a tab bears."""
    numbers = set(_column_tags(sheet))
    return {
        tab.key
        for tab in TABS
        if any(column_tag(tab.key, column.key) in numbers for column in tab.columns)
    }


def _column_tags(sheet: Sheet) -> list[int]:
    places = sheet.get("data", [{}])[0].get("columnMetadata", [])
    tags = [tag for place in places for tag in place.get("developerMetadata", [])]
    return [tag["metadataId"] for tag in tags if tag["metadataKey"] == COLUMN_TAG]


def _range(key: str, sheet: Sheet, *, logs: bool) -> Json:
    """A tab of ours whole; of a log the header alone, so that its length costs nothing."""
    whole = {"sheetId": sheet["properties"]["sheetId"]}
    return _first(whole, 1) if BY_KEY[key].append_only and not logs else whole


def _beginning(sheet: Sheet) -> Json:
    rows = sheet["properties"]["gridProperties"]["rowCount"]
    return _first({"sheetId": sheet["properties"]["sheetId"]}, min(rows, BEGINNING))


def _first(whole: Json, lines: int) -> Json:
    return {**whole, "startRowIndex": 0, "endRowIndex": lines}


def _grid(sheet: Sheet) -> bool:
    """A chart on a tab of its own has no cells."""
    return "rowCount" in sheet["properties"].get("gridProperties", {})


def _by_id(answer: Json) -> dict[int, Json]:
    return {sheet["properties"]["sheetId"]: sheet for sheet in answer.get("sheets", [])}
