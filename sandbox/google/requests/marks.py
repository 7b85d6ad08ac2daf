"""Requests about developer metadata: tags that follow their row, column, tab or spreadsheet."""

from sandbox.google import masks, metadata, view
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid
from sandbox.google.schema import Json

_FIELDS = ("metadataId", "metadataKey", "metadataValue", "location", "visibility")


def create_developer_metadata(edit: Edit, request: Json) -> Json:
    """Create a tag; 400 if the id that the caller chose exists anywhere in the spreadsheet."""
    wanted = request.get("developerMetadata", {})
    if not wanted.get("metadataKey"):
        raise invalid("The developer metadata must specify a key.")
    if wanted.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise invalid("The developer metadata must specify a visibility.")
    number = wanted.get("metadataId") or edit.book.free_id(set(edit.book.metadata))
    if number < 0:
        raise invalid(f"Invalid developer metadata ID: {number}. It must be positive.")
    if number in edit.book.metadata:
        raise invalid(f"Developer metadata with ID {number} already exists.")
    place = metadata.location(edit.book, wanted.get("location", {}))
    entry = {"metadataId": number, "location": place}
    entry |= {key: wanted[key] for key in _FIELDS if key in wanted and key not in entry}
    edit.book.metadata[number] = entry
    return {"developerMetadata": view.metadata(entry)}


def update_developer_metadata(edit: Edit, request: Json) -> Json:
    """Change key, value, place or visibility of every tag that a filter selects."""
    mask = masks.for_update(request.get("fields"), "DeveloperMetadata")
    wanted = request.get("developerMetadata", {})
    if masks.wants(mask, "location"):
        wanted = wanted | {"location": metadata.location(edit.book, wanted.get("location", {}))}
        mask = {key: {} for key in mask if key != "*"} or {key: {} for key in wanted}
    changed = {}
    for entry in _selected(edit, request.get("dataFilters", [])):
        number = entry["metadataId"]
        new = masks.merge(entry, wanted, mask) | {"metadataId": number}
        if not new.get("metadataKey"):
            raise invalid("The developer metadata must specify a key.")
        edit.book.metadata[number] = changed[number] = new
    return {"developerMetadata": [view.metadata(entry) for entry in changed.values()]}


def delete_developer_metadata(edit: Edit, request: Json) -> Json:
    """Delete every tag that a filter selects; what happens to none is a switch."""
    chosen = _selected(edit, [request.get("dataFilter", {})])
    if not chosen and edit.switches.delete_metadata_without_match == "refuse":
        raise invalid("No developer metadata matches the given data filter.")
    for entry in chosen:
        del edit.book.metadata[entry["metadataId"]]
    return {"deletedDeveloperMetadata": [view.metadata(entry) for entry in chosen]}


def _selected(edit: Edit, filters: list[Json]) -> list[Json]:
    if not filters:
        raise invalid("At least one data filter must be specified.")
    found = {m["metadataId"]: m for f in filters for m in metadata.matching(edit.book, f)}
    return list(found.values())
