"""What to send so that a spreadsheet has the layout's tabs and columns. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheets import fences, readme, wire
from sheets.layout import ID, Column, Tab, column_tag
from sheets.snapshot import COLUMN_TAG, headers_of

Json = dict[str, Any]
Sheet = Mapping[str, Any]

NEW_ROWS = 200
SPARE_COLUMNS = 6
"""Room for coordinators' own columns."""
LOOKS_AND_VALUE = "userEnteredValue,userEnteredFormat"


def new_tab(
    tab: Tab,
    sheet_id: int,
    title: str,
    index: int,
    email: str | None,
    rows: Sequence[Mapping[str, str]] = (),
) -> list[Json]:
    """A tab that is not there yet, whole; with rows where only the store still has them."""
    grid: Json = {
        "rowCount": NEW_ROWS + len(rows),
        "columnCount": len(tab.columns) + SPARE_COLUMNS,
    }
    if tab.columns:
        grid["frozenRowCount"] = 1
    properties = {"sheetId": sheet_id, "title": title, "index": index, "gridProperties": grid}
    made: list[Json] = [{"addSheet": {"properties": properties}}]
    if not tab.columns:
        return [*made, *_readme(sheet_id)]
    places = {column.key: place for place, column in enumerate(tab.columns)}
    for column in tab.columns:
        made += a_column(tab, sheet_id, column, places[column.key])
    made += fences.protections(tab, sheet_id, places, fences.everything(tab), email)
    if rows:
        lines = [[wire.cell(tab, c.key, row.get(c.key, "")) for c in tab.columns] for row in rows]
        made.append(wire.write(sheet_id, 1, 0, lines, "userEnteredValue"))
    return made


def place_for(tab: Tab, key: str, places: Mapping[str, int]) -> int:
    """Where a lacking column belongs: behind the layout's column before it that is there."""
    order = [column.key for column in tab.columns]
    before = [other for other in order[: order.index(key)] if other in places]
    return places[before[-1]] + 1 if before else min(places.values(), default=0)


def insert_column(
    tab: Tab, sheet_id: int, key: str, places: Mapping[str, int], heading: int = 0
) -> tuple[list[Json], dict[str, int]]:
    """A lacking column at its place; and where each column is then."""
    at = place_for(tab, key, places)
    moved = {other: place + (place >= at) for other, place in places.items()} | {key: at}
    return [
        wire.insert(sheet_id, "COLUMNS", at),
        # A column that was put in takes over its neighbour's list of choices.
        {"setDataValidation": {"range": wire.area(sheet_id, 0, None, at, at + 1)}},
        *a_column(tab, sheet_id, tab.column(key), at, heading),
    ], moved


def adopted_columns(
    tab: Tab, sheet: Sheet, mapped: Mapping[str, int], heading: int
) -> tuple[list[Json], dict[str, int]]:
    """Ours in a table that people made: theirs are marked as they are, others stand right of it."""
    sheet_id, grid = sheet["properties"]["sheetId"], sheet["properties"]["gridProperties"]
    first = max([width_of(sheet), *(place + 1 for place in mapped.values())])
    lacking = [column.key for column in tab.columns if column.key not in mapped]
    places = dict(mapped) | {key: place for place, key in enumerate(lacking, first)}
    made: list[Json] = []
    wider = first + len(lacking) - grid["columnCount"]
    if wider > 0:
        grow = {"sheetId": sheet_id, "dimension": "COLUMNS", "length": wider}
        made.append({"appendDimension": grow})
    made += [mark_column(tab, sheet_id, key, place) for key, place in mapped.items()]
    for key in lacking:
        made += a_column(tab, sheet_id, tab.column(key), places[key], heading)
    return made, places


def width_of(sheet: Sheet) -> int:
    """How many columns of a tab hold anything."""
    rows = sheet.get("data", [{}])[0].get("rowData", [])
    filled = [
        place + 1
        for row in rows
        for place, cell in enumerate(row.get("values", []))
        if cell.get("formattedValue")
    ]
    return max(filled, default=len(headers_of(sheet)))


def a_column(
    tab: Tab, sheet_id: int, column: Column, place: int, heading: int = 0
) -> Iterator[Json]:
    """Header, mark, width and, where there are choices, the list of one new column."""
    yield header(sheet_id, column, place, heading)
    line = wire.lines(sheet_id, "COLUMNS", place, place + 1)
    looks: Json = {"pixelSize": column.width, "hiddenByUser": column.key == ID}
    yield {
        "updateDimensionProperties": {
            "range": line,
            "properties": looks,
            "fields": "pixelSize,hiddenByUser",
        }
    }
    yield mark_column(tab, sheet_id, column.key, place)
    if column.wrap:
        looks = {"userEnteredFormat": {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}}
        fields = "userEnteredFormat(wrapStrategy,verticalAlignment)"
        below = wire.area(sheet_id, heading + 1, None, place, place + 1)
        yield {"repeatCell": {"range": below, "cell": looks, "fields": fields}}
    if column.choices:
        yield choices(sheet_id, column, place, heading)


def header(sheet_id: int, column: Column, place: int, heading: int = 0) -> Json:
    """The header of a column, in its owner's colour."""
    cell = {
        "userEnteredValue": {"stringValue": column.header},
        "userEnteredFormat": {
            "backgroundColor": readme.COLOURS[column.owner],
            "textFormat": {"bold": True},
            "wrapStrategy": "WRAP",
            "verticalAlignment": "MIDDLE",
        },
    }
    return wire.write(sheet_id, heading, place, [[cell]], LOOKS_AND_VALUE)


def choices(sheet_id: int, column: Column, place: int, heading: int = 0) -> Json:
    """A dropdown that only suggests: what a person writes is never refused."""
    values = [{"userEnteredValue": choice} for choice in column.choices]
    condition = {"type": "ONE_OF_LIST", "values": values}
    rule = {"condition": condition, "strict": False, "showCustomUi": True}
    below = wire.area(sheet_id, heading + 1, None, place, place + 1)
    return {"setDataValidation": {"range": below, "rule": rule}}


def mark_column(tab: Tab, sheet_id: int, key: str, place: int) -> Json:
    """The tag by which a column is found again."""
    return wire.create_tag(column_tag(tab.key, key), COLUMN_TAG, wire.column(sheet_id, place), key)


def tagged_columns(tab: Tab, sheet: Sheet) -> dict[str, int]:
    """Where the tags of a tab's own columns are: column key → place."""
    keys = {column_tag(tab.key, column.key): column.key for column in tab.columns}
    return {
        keys[tag["metadataId"]]: index
        for index, place in enumerate(sheet.get("data", [{}])[0].get("columnMetadata", []))
        for tag in place.get("developerMetadata", [])
        if tag["metadataId"] in keys
    }


def ruled_places(sheet: Sheet) -> set[int]:
    """The columns in which a cell below the first line has a rule."""
    rows = sheet.get("data", [{}])[0].get("rowData", [])[1:]
    return {
        place
        for row in rows
        for place, cell in enumerate(row.get("values", []))
        if "dataValidation" in cell
    }


def is_hidden(sheet: Sheet, place: int) -> bool:
    """Whether nobody sees a column."""
    columns = sheet.get("data", [{}])[0].get("columnMetadata", [])
    return place < len(columns) and bool(columns[place].get("hiddenByUser"))


def _readme(sheet_id: int) -> Iterator[Json]:
    yellow = {"backgroundColor": readme.COLOURS[readme.HERE]}
    lines: list[Json] = [_text(readme.TITLE, {"textFormat": {"bold": True, "fontSize": 14}})]
    lines += [_text(readme.PROOF), _text("", yellow), _text("")]
    lines += [_text(line) for line in readme.LINES]
    lines += [_text(line, {"backgroundColor": readme.COLOURS[o]}) for o, line in readme.LEGEND]
    lines += [_text(line) for line in readme.AFTER]
    yield wire.write(sheet_id, 0, 0, [[line] for line in lines], LOOKS_AND_VALUE)
    column = wire.lines(sheet_id, "COLUMNS", 0, 1)
    width = {"range": column, "properties": {"pixelSize": 900}, "fields": "pixelSize"}
    yield {"updateDimensionProperties": width}


def _text(line: str, looks: Mapping[str, Any] | None = None) -> Json:
    looks = {"wrapStrategy": "WRAP", **(looks or {})}
    value = {"userEnteredValue": {"stringValue": line}} if line else {}
    return {**value, "userEnteredFormat": looks}
