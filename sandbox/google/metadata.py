"""Developer metadata and data filters: where a tag sits and what a look-up finds."""

from sandbox.google.errors import invalid
from sandbox.google.ranges import Area
from sandbox.google.schema import Json
from sandbox.google.view import Places
from sandbox.google.workbook import Sheet, Workbook

MAX_CHARACTERS = 30_000  # keys and values, a tab; the same again for the spreadsheet's own
_TYPES = {"ROWS": "ROW", "COLUMNS": "COLUMN"}


def location(book: Workbook, wanted: Json) -> Json:
    """Return a location in its stored form; 400 unless it is exactly one existing place."""
    given = [key for key in ("spreadsheet", "sheetId", "dimensionRange") if key in wanted]
    if len(given) != 1:
        raise invalid("Exactly one location must be specified for developer metadata.")
    if given[0] == "spreadsheet":
        return {"spreadsheet": True}
    if given[0] == "sheetId":
        return {"sheetId": book.sheet(wanted["sheetId"]).id}
    return {"dimensionRange": _one_line(book, wanted["dimensionRange"])}


def _one_line(book: Workbook, place: Json) -> Json:
    sheet = book.sheet(place.get("sheetId", 0))
    dimension = place.get("dimension", "")
    if dimension not in _TYPES:
        raise invalid("No dimension specified.")
    start, end = place.get("startIndex", 0), place.get("endIndex", 0)
    if end != start + 1:
        raise invalid("Developer metadata can only be associated with a single row or column.")
    if not 0 <= start < sheet.count(dimension):
        raise invalid(f"startIndex[{start}] is after the last {dimension} in the grid.")
    return {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}


def check_size(book: Workbook) -> None:
    """Raise 400 where keys and values outgrow Google's limit of a tab or of the spreadsheet."""
    sizes: dict[int | None, int] = {}
    for entry in book.metadata.values():
        place = entry["location"].get("dimensionRange", entry["location"])
        size = len(entry["metadataKey"]) + len(entry.get("metadataValue", ""))
        sizes[place.get("sheetId")] = sizes.get(place.get("sheetId"), 0) + size
    if any(size > MAX_CHARACTERS for size in sizes.values()):
        raise invalid(
            f"The developer metadata would exceed the limit of {MAX_CHARACTERS} characters."
        )


def matching(book: Workbook, data_filter: Json) -> list[Json]:
    """Return the stored metadata that a DataFilter selects, oldest first."""
    if "developerMetadataLookup" in data_filter:
        lookup = data_filter["developerMetadataLookup"]
        return [m for m in book.metadata.values() if _fits(book, m, lookup)]
    sheet, area = _ranged(book, data_filter)
    return [m for m in book.metadata.values() if _inside(book, m, sheet, area)]


def _fits(book: Workbook, entry: Json, lookup: Json) -> bool:
    if not lookup:
        raise invalid("A developer metadata lookup must specify at least one field.")
    same = all(
        entry.get(key, "") == lookup[key]
        for key in ("metadataId", "metadataKey", "metadataValue", "visibility")
        if key in lookup
    )
    if not same or lookup.get("locationType", kind(entry)) != kind(entry):
        return False
    if "metadataLocation" not in lookup:
        return True
    wanted = location(book, lookup["metadataLocation"])
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return bool(wanted == entry["location"])
    if "spreadsheet" in wanted or "spreadsheet" in entry["location"]:
        return True
    sheet, area = _area(book, wanted)
    return _inside(book, entry, sheet, area)


def kind(entry: Json) -> str:
    """Return the location type: SPREADSHEET, SHEET, ROW or COLUMN."""
    place = entry["location"]
    if "dimensionRange" in place:
        return _TYPES[place["dimensionRange"]["dimension"]]
    return "SPREADSHEET" if "spreadsheet" in place else "SHEET"


def _inside(book: Workbook, entry: Json, sheet: Sheet, area: Area) -> bool:
    if "spreadsheet" in entry["location"]:
        return False
    own_sheet, own_area = _area(book, entry["location"])
    return own_sheet is sheet and own_area.meets(area)


def _area(book: Workbook, place: Json) -> tuple[Sheet, Area]:
    """Return the cells that a tagged tab, row or column covers."""
    line = place.get("dimensionRange", place)
    sheet = book.sheet(line["sheetId"])
    if "dimension" not in line:
        return sheet, sheet.area
    if line["dimension"] == "ROWS":
        return sheet, Area(line["startIndex"], line["endIndex"], 0, sheet.columns)
    return sheet, Area(0, sheet.rows, line["startIndex"], line["endIndex"])


def _ranged(book: Workbook, data_filter: Json) -> tuple[Sheet, Area]:
    if "gridRange" in data_filter:
        return book.find(data_filter["gridRange"])
    if "a1Range" in data_filter:
        return book.resolve(data_filter["a1Range"])[:2]
    raise invalid("A data filter must specify exactly one of its fields.")


def places(book: Workbook, data_filter: Json) -> Places:
    """Return the cells that a DataFilter selects; metadata of the spreadsheet selects every tab."""
    if "developerMetadataLookup" not in data_filter:
        return [_ranged(book, data_filter)]
    found: Places = []
    for entry in matching(book, data_filter):
        if "spreadsheet" in entry["location"]:
            found += [(sheet, sheet.area) for sheet in book.sheets]
        else:
            found.append(_area(book, entry["location"]))
    return found
