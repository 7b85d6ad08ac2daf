"""Requests about protected and named ranges, and what all objects with an id and a range share."""

from typing import Any

from sandbox.google import masks, ranges
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid, protected
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet


def owner(edit: Edit, kind: str, key: str, number: Any) -> tuple[Sheet, int]:
    """Return the tab and place of the object with this id, or 400."""
    for sheet in edit.book.sheets:
        for place, item in enumerate(sheet.objects[kind]):
            if item[key] == number:
                return sheet, place
    raise invalid(f"No {kind} with {key}: {number}")


def new_id(edit: Edit, kind: str, key: str, wanted: int | None) -> int:
    """Return the id that the caller wants, or a free one; 400 if the wanted one exists."""
    taken = {item[key] for sheet in edit.book.sheets for item in sheet.objects[kind]}
    if wanted is None:
        return edit.book.free_id(taken)
    if wanted in taken:
        raise invalid(f"An object with {key} {wanted} already exists. Please use a different ID.")
    return wanted


def placed(edit: Edit, item: Json) -> tuple[Sheet, Json]:
    """Return the tab of an object with a range, and the object with its tab's id written out."""
    sheet, _ = edit.area(item)
    return sheet, item | {"range": {"sheetId": sheet.id} | item["range"]}


# Protected ranges


def add_protected_range(edit: Edit, request: Json) -> Json:
    """Protect cells. Who adds it may always edit: Google lets nobody lock themselves out."""
    wanted = dict(request.get("protectedRange", {}))
    wanted.pop("requestingUserCanEdit", None)
    number = new_id(edit, "protectedRanges", "protectedRangeId", wanted.get("protectedRangeId"))
    sheet, fence = _fenced(edit, wanted)
    if not fence.get("warningOnly"):
        fence["editors"] = _with_caller(edit, fence.get("editors", {}))
    fence = fence | {"protectedRangeId": number}
    sheet.objects["protectedRanges"].append(fence)
    return {"protectedRange": fence | {"requestingUserCanEdit": True}}


def _fenced(edit: Edit, wanted: Json) -> tuple[Sheet, Json]:
    if "namedRangeId" not in wanted:
        return placed(edit, wanted)
    for named in edit.book.names:
        if named["namedRangeId"] == wanted["namedRangeId"]:
            return placed(edit, wanted | {"range": named["range"]})
    raise invalid(f"No named range with id: {wanted['namedRangeId']}")


def _with_caller(edit: Edit, editors: Json) -> Json:
    users = list(editors.get("users", []))
    users += [email for email in sorted(edit.owners | {edit.caller.email}) if email not in users]
    return editors | {"users": users}


def update_protected_range(edit: Edit, request: Json) -> Json:
    """Change a protected range; 400 if it is protected from the caller."""
    wanted = request.get("protectedRange", {})
    mask = masks.for_update(request.get("fields"), "ProtectedRange")
    number = wanted.get("protectedRangeId")
    sheet, place = owner(edit, "protectedRanges", "protectedRangeId", number)
    old = sheet.objects["protectedRanges"][place]
    if not edit.may_pass(old):
        raise protected()
    _, new = _fenced(edit, masks.merge(old, wanted, mask) | {"protectedRangeId": number})
    new.pop("requestingUserCanEdit", None)
    if new.get("warningOnly"):
        new.pop("editors", None)
    else:
        new["editors"] = _with_caller(edit, new.get("editors", {}))
    sheet.objects["protectedRanges"][place] = new
    return {}


def delete_protected_range(edit: Edit, request: Json) -> Json:
    """Lift a protection; 400 if it is protected from the caller."""
    number = request.get("protectedRangeId")
    sheet, place = owner(edit, "protectedRanges", "protectedRangeId", number)
    if not edit.may_pass(sheet.objects["protectedRanges"][place]):
        raise protected()
    del sheet.objects["protectedRanges"][place]
    return {}


# Named ranges


def add_named_range(edit: Edit, request: Json) -> Json:
    """Name a range; 400 if the id or the name exists."""
    wanted = request.get("namedRange", {})
    name = _free_name(edit, wanted.get("name", ""), "")
    number = wanted.get("namedRangeId") or str(edit.book.free_id(set()))
    if any(named["namedRangeId"] == number for named in edit.book.names):
        raise invalid(f"A named range with the id {number} already exists.")
    _, named = placed(edit, wanted | {"namedRangeId": number, "name": name})
    edit.book.names = [*edit.book.names, named]
    return {"namedRange": named}


def _free_name(edit: Edit, name: str, own_id: str) -> str:
    legal = name.isidentifier() and not ranges.parse_a1(name) and len(name) <= 250  # noqa: PLR2004 - Google's own limit
    if not legal or name.lower() in ("true", "false"):
        raise invalid(f"Invalid name for the named range: {name}")
    for named in edit.book.names:
        if named["name"].lower() == name.lower() and named["namedRangeId"] != own_id:
            raise invalid(f"A named range with the name {name} already exists.")
    return name


def _named(edit: Edit, number: str | None) -> Json:
    for named in edit.book.names:
        if named["namedRangeId"] == number:
            return named
    raise invalid(f"No named range with id: {number}")


def update_named_range(edit: Edit, request: Json) -> Json:
    """Rename a named range or give it other cells."""
    wanted = request.get("namedRange", {})
    old = _named(edit, wanted.get("namedRangeId"))
    mask = masks.for_update(request.get("fields"), "NamedRange")
    _, new = placed(edit, masks.merge(old, wanted, mask) | {"namedRangeId": old["namedRangeId"]})
    _free_name(edit, new.get("name", ""), old["namedRangeId"])
    edit.book.names = [new if named is old else named for named in edit.book.names]
    return {}


def delete_named_range(edit: Edit, request: Json) -> Json:
    """Forget a name; its cells stay."""
    old = _named(edit, request.get("namedRangeId"))
    edit.book.names = [named for named in edit.book.names if named is not old]
    return {}
