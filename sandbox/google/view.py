"""How a workbook looks in an answer: Google's Spreadsheet message and its parts."""

from collections.abc import Callable
from typing import Any

from sandbox.google import cells, masks
from sandbox.google.masks import Mask
from sandbox.google.ranges import Area
from sandbox.google.schema import Json
from sandbox.google.workbook import DEFAULT_FORMAT, Sheet, Workbook

PIXELS = {"ROWS": 21, "COLUMNS": 100}
Places = list[tuple[Sheet, Area]]


def spreadsheet(
    book: Workbook,
    places: Places | None,
    mask: Mask,
    *,
    grid_data: bool,
    passes: Callable[[Json], bool],
) -> Json:
    """Return the spreadsheet as the mask shows it; `places` None: every tab, whole.

    `grid_data` counts only without a mask, as Google documents it. `passes` tells whether the
    caller may edit a protected range; who may not does not see its editors.
    """
    with_data = masks.wants(mask, "sheets", "data") if mask else grid_data
    chosen = places if places is not None else [(sheet, sheet.area) for sheet in book.sheets]
    shown = [sheet for sheet in book.sheets if any(sheet is other for other, _ in chosen)]
    whole: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": [
            _sheet(book, sheet, [a for other, a in chosen if other is sheet], mask, with_data)
            for sheet in shown
        ],
        "namedRanges": book.names,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
        "developerMetadata": [
            metadata(entry)
            for entry in book.metadata.values()
            if "spreadsheet" in entry["location"]
        ],
    }
    for one in [s for s in whole["sheets"] if "protectedRanges" in s]:
        one["protectedRanges"] = [_fence(f, passes(f)) for f in one["protectedRanges"]]
    shown_whole: Json = masks.select(_filled(whole), mask)
    return shown_whole


def _filled(message: Json) -> Json:
    """Leave empty lists out, as Google does."""
    return {key: value for key, value in message.items() if value not in ([], None)}


def sheet_properties(book: Workbook, sheet: Sheet) -> Json:
    """Return a tab's SheetProperties with id and index."""
    index = next(i for i, other in enumerate(book.sheets) if other is sheet)
    return {"sheetId": sheet.id, "title": sheet.title, "index": index} | sheet.properties


def _sheet(book: Workbook, sheet: Sheet, areas: list[Area], mask: Mask, with_data: bool) -> Json:
    of_sheet = [
        metadata(m) for m in book.metadata.values() if m["location"].get("sheetId") == sheet.id
    ]
    whole: Json = {"properties": sheet_properties(book, sheet), "developerMetadata": of_sheet}
    whole |= sheet.objects
    whole["basicFilter"] = sheet.basic_filter
    if with_data:
        whole["data"] = [
            _grid(book, sheet, area, _within(mask, "sheets", "data")) for area in areas
        ]
    return _filled(whole)


def _fence(fence: Json, passed: bool) -> Json:
    shown = {k: v for k, v in fence.items() if k != "editors" or passed}
    return shown | ({"requestingUserCanEdit": True} if passed else {})


def _within(mask: Mask, *path: str) -> Mask:
    for key in path:
        if not mask or "*" in mask:
            return masks.EVERYTHING
        mask = mask[key]
    return mask


def _grid(book: Workbook, sheet: Sheet, area: Area, mask: Mask) -> Json:
    data: Json = {}
    if area.top:
        data["startRow"] = area.top
    if area.left:
        data["startColumn"] = area.left
    if masks.wants(mask, "rowData"):
        data["rowData"] = _row_data(sheet, area, _cell_mask(mask))
    if masks.wants(mask, "rowMetadata"):
        data["rowMetadata"] = _lines(book, sheet, "ROWS", area.top, area.bottom)
    if masks.wants(mask, "columnMetadata"):
        data["columnMetadata"] = _lines(book, sheet, "COLUMNS", area.left, area.right)
    return _filled(data)


def _cell_mask(mask: Mask) -> Mask:
    return _within(mask, "rowData", "values")


def _row_data(sheet: Sheet, area: Area, mask: Mask) -> list[Json]:
    """Return rows up to the last one that is not blank, each up to its last cell that is not."""
    rows: list[Json] = []
    with_format = masks.wants(mask, "effectiveFormat")
    for row in sorted(r for r in sheet.cells if area.top <= r < area.bottom):
        known = sheet.cells[row]
        inside = [c for c in known if area.left <= c < area.right]
        if not inside:
            continue
        rows.extend({} for _ in range(row - area.top - len(rows)))
        line = [known.get(column) for column in range(area.left, max(inside) + 1)]
        rows.append({"values": [_cell(cell, with_format) if cell else {} for cell in line]})
    return rows


def _cell(cell: Json, with_format: bool) -> Json:
    whole = dict(cell)
    value = cells.effective(cell)
    if value is not None:
        whole["effectiveValue"] = value
        whole["formattedValue"] = cells.shown(cell)
    if with_format and ("userEnteredFormat" in cell or value is not None):
        whole["effectiveFormat"] = _over(DEFAULT_FORMAT, cell.get("userEnteredFormat", {}))
    return whole


def _over(base: Json, above: Json) -> Json:
    """Lay one format over another."""
    result: dict[str, Any] = dict(base)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _over(result[key], value) if both and "olor" not in key else value
    return result


def _lines(book: Workbook, sheet: Sheet, dimension: str, start: int, end: int) -> list[Json]:
    tagged: dict[int, list[Json]] = {}
    for entry in book.metadata.values():
        place = entry["location"].get("dimensionRange", {})
        if (place.get("sheetId"), place.get("dimension")) == (sheet.id, dimension):
            tagged.setdefault(place["startIndex"], []).append(metadata(entry))
    lines = []
    for index in range(start, end):
        line: Json = {"pixelSize": PIXELS[dimension]} | sheet.lines[dimension].get(index, {})
        if index in tagged:
            line["developerMetadata"] = tagged[index]
        lines.append(line)
    return lines


def metadata(entry: Json) -> Json:
    """Return a developer metadata with the location type that Google adds."""
    location = entry["location"]
    kind = "SPREADSHEET" if "spreadsheet" in location else "SHEET"
    if "dimensionRange" in location:
        kind = location["dimensionRange"]["dimension"].rstrip("S")
    return entry | {"location": {"locationType": kind} | location}
