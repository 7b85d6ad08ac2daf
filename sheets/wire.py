"""Google's words for what we ask of it when a sheet is furnished, mended or adopted. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from sheets.layout import STAMP_ID, Tab

Json = dict[str, Any]

STAMP_KEY = "s"
PASSING_ID, PASSING_KEY = STAMP_ID + 1, "p"


def lines(sheet_id: int, dimension: str, start: int, end: int) -> Json:
    """Rows or columns from `start` to before `end`."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}


def row(sheet_id: int, index: int) -> Json:
    """The place of a row, for its tag."""
    return {"dimensionRange": lines(sheet_id, "ROWS", index, index + 1)}


def column(sheet_id: int, index: int) -> Json:
    """The place of a column, for its tag."""
    return {"dimensionRange": lines(sheet_id, "COLUMNS", index, index + 1)}


def delete_tag(number: int, **more: Any) -> Json:
    """Take a tag away, if what `more` says of it is so."""
    lookup = {"metadataId": number, **more}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def create_tag(number: int, key: str, location: Json, value: str = "") -> Json:
    """Put a tag there; refused with all of its batch where the number is in use."""
    tag: Json = {"metadataId": number, "metadataKey": key, "location": location}
    # Any account with access sees it, so the sheet outlives a change of the Google project.
    tag["visibility"] = "DOCUMENT"
    if value:
        tag["metadataValue"] = value
    return {"createDeveloperMetadata": {"developerMetadata": tag}}


def move_tag(
    number: int, key: str, seen: Json | None, location: Json, value: str = ""
) -> list[Json]:
    """Put a tag there from where it was seen (None: nowhere); refused if it is elsewhere by now."""
    exactly = {"metadataLocation": seen, "locationMatchingStrategy": "EXACT_LOCATION"}
    gone = [] if seen is None else [delete_tag(number, **exactly)]
    return [*gone, create_tag(number, key, location, value)]


def at_least(sheet_id: int, height: int) -> list[Json]:
    """Refuse the batch if a tab has fewer rows by now, so that one was deleted.

    Its tag went with it, and nothing else would tell: a passing tag is put on what was the last.
    """
    there = create_tag(PASSING_ID, PASSING_KEY, row(sheet_id, height - 1))
    return [there, delete_tag(PASSING_ID)]


def steady(stamp: str | None) -> list[Json]:
    """Refuse the batch if another one was applied since this stamp was read; it stays as it is.

    So what another batch in doubt waits for is still told by the stamp.
    """
    if stamp is None:
        return []
    there = create_tag(STAMP_ID, STAMP_KEY, {"spreadsheet": True}, stamp)
    return [delete_tag(STAMP_ID, metadataValue=stamp), there]


def write(
    sheet_id: int, row_index: int, column_index: int, rows: Sequence[Sequence[Json]], fields: str
) -> Json:
    """Write cells with their upper left corner here; a cell without a value becomes blank."""
    start = {"sheetId": sheet_id, "rowIndex": row_index, "columnIndex": column_index}
    values = [{"values": list(cells)} for cells in rows]
    return {"updateCells": {"start": start, "rows": values, "fields": fields}}


def cell(tab: Tab, key: str, text: str) -> Json:
    """A cell's value: what people wrote is only ever a string, so that `=…` is no formula."""
    if not text:
        return {}
    if tab.column(key).number and text.isdecimal():
        return {"userEnteredValue": {"numberValue": int(text)}}
    return {"userEnteredValue": {"stringValue": text}}


def area(sheet_id: int, top: int | None, bottom: int | None, left: int, right: int) -> Json:
    """A rectangle; without `top` or `bottom` up or down to the grid's end."""
    cells = {"sheetId": sheet_id, "startColumnIndex": left, "endColumnIndex": right}
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return cells | {name: index for name, index in rows.items() if index is not None}


def insert(sheet_id: int, dimension: str, index: int) -> Json:
    """Put one line in before `index`. It looks like the line before it, the first like the next."""
    place = lines(sheet_id, dimension, index, index + 1)
    return {"insertDimension": {"range": place, "inheritFromBefore": index > 0}}


def tab_properties(sheet_id: int, properties: Mapping[str, Any], fields: str) -> Json:
    """Change what `fields` name of a tab."""
    changed = {"sheetId": sheet_id, **properties}
    return {"updateSheetProperties": {"properties": changed, "fields": fields}}
