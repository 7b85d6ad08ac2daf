"""Requests about what hangs on a tab: merges, filters, rules, bands, charts."""

from collections.abc import Callable

from sandbox.google import masks
from sandbox.google.edit import Edit
from sandbox.google.errors import invalid
from sandbox.google.ranges import Area
from sandbox.google.requests.fences import new_id, owner, placed
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet

Request = Callable[[Edit, Json], Json]


# Merges


def merge_cells(edit: Edit, request: Json) -> Json:
    """Merge cells; only the value of the upper left one stays."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    pieces = _pieces(request.get("mergeType", "MERGE_ALL"), area)
    old = [(merge, sheet.within(merge)) for merge in sheet.objects["merges"]]
    for merge, other in old:
        if other.meets(area) and not area.holds(other):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        if area.holds(other):
            sheet.objects["merges"].remove(merge)
    for piece in pieces:
        _swallow(sheet, piece)
        sheet.objects["merges"].append(as_range(sheet, piece))
    return {}


def _pieces(merge_type: str, area: Area) -> list[Area]:
    if merge_type == "MERGE_ROWS":
        return [Area(r, r + 1, area.left, area.right) for r in range(area.top, area.bottom)]
    if merge_type == "MERGE_COLUMNS":
        return [Area(area.top, area.bottom, c, c + 1) for c in range(area.left, area.right)]
    return [area]


def _swallow(sheet: Sheet, area: Area) -> None:
    for row, column, cell in list(sheet.used(area)):
        if (row, column) != (area.top, area.left):
            sheet.put(row, column, {k: v for k, v in cell.items() if k != "userEnteredValue"})


def as_range(sheet: Sheet, area: Area) -> Json:
    """Return the area as a GridRange."""
    return {
        "sheetId": sheet.id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def unmerge_cells(edit: Edit, request: Json) -> Json:
    """Undo the merges in a range; 400 if it cuts through one."""
    sheet, area = edit.area(request)
    edit.guard(sheet, area)
    kept = []
    for merge in sheet.objects["merges"]:
        other = sheet.within(merge)
        if other.meets(area) and not area.holds(other):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        if not other.meets(area):
            kept.append(merge)
    sheet.objects["merges"] = kept
    return {}


# Filters


def set_basic_filter(edit: Edit, request: Json) -> Json:
    """Put the tab's one filter on a range."""
    sheet, basic_filter = placed(edit, request.get("filter", {}))
    sheet.basic_filter = basic_filter
    return {}


def clear_basic_filter(edit: Edit, request: Json) -> Json:
    """Take the tab's filter away, if it has one."""
    edit.book.sheet(request.get("sheetId", 0)).basic_filter = None
    return {}


def duplicate_filter_view(edit: Edit, request: Json) -> Json:
    """Copy a filter view under a new id."""
    sheet, place = owner(edit, "filterViews", "filterViewId", request.get("filterId"))
    old = sheet.objects["filterViews"][place]
    new = old | {
        "filterViewId": edit.book.free_id(set()),
        "title": f"Copy of {old.get('title', '')}",
    }
    sheet.objects["filterViews"].append(new)
    return {"filter": new}


# Conditional formats have no ids: their place in the tab's list is their name.


def add_conditional_format_rule(edit: Edit, request: Json) -> Json:
    """Put a rule at a place in its tab's list."""
    rule = request.get("rule", {})
    sheet = _rule_sheet(edit, rule)
    index = request.get("index", 0)
    if not 0 <= index <= len(sheet.objects["conditionalFormats"]):
        raise invalid(f"No conditional format at index: {index}")
    sheet.objects["conditionalFormats"].insert(index, rule)
    return {}


def _rule_sheet(edit: Edit, rule: Json) -> Sheet:
    places = [edit.book.find(grid_range) for grid_range in rule.get("ranges", [])]
    if not places or any(sheet is not places[0][0] for sheet, _ in places):
        raise invalid("A conditional format must have ranges, all on the same sheet.")
    if not ("booleanRule" in rule) ^ ("gradientRule" in rule):
        raise invalid("A conditional format must have exactly one of booleanRule, gradientRule.")
    return places[0][0]


def _rule_at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.objects["conditionalFormats"]):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.objects["conditionalFormats"][index]


def update_conditional_format_rule(edit: Edit, request: Json) -> Json:
    """Replace a rule, or move it to another place in the list."""
    rule = request.get("rule")
    sheet = _rule_sheet(edit, rule) if rule else edit.book.sheet(request.get("sheetId", 0))
    index = request.get("index", 0)
    old = _rule_at(sheet, index)
    rules = sheet.objects["conditionalFormats"]
    if rule:
        rules[index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old, "oldIndex": index}
    new_index = request.get("newIndex", 0)
    rules.insert(new_index, rules.pop(index))
    return {"newRule": old, "newIndex": new_index, "oldIndex": index}


def delete_conditional_format_rule(edit: Edit, request: Json) -> Json:
    """Delete the rule at a place of the list."""
    sheet = edit.book.sheet(request.get("sheetId", 0))
    old = _rule_at(sheet, request.get("index", 0))
    sheet.objects["conditionalFormats"].remove(old)
    return {"rule": old}


# What is kept and returned as it came: one recipe for things that have an id and a range.


def adder(kind: str, field: str, key: str) -> Request:
    """Make the request that adds an object with a range, its id chosen by caller or by Google."""

    def add(edit: Edit, request: Json) -> Json:
        sheet, item = placed(edit, request.get(field, {}))
        item = item | {key: new_id(edit, kind, key, item.get(key))}
        sheet.objects[kind].append(item)
        return {field: item}

    return add


def updater(kind: str, field: str, key: str, message: str) -> Request:
    """Make the request that changes an object by its id and a mask."""

    def update(edit: Edit, request: Json) -> Json:
        wanted = request.get(field, {})
        mask = masks.for_update(request.get("fields"), message)
        sheet, place = owner(edit, kind, key, wanted.get(key))
        old = sheet.objects[kind][place]
        _, new = placed(edit, masks.merge(old, wanted, mask) | {key: old[key]})
        sheet.objects[kind][place] = new
        return {}

    return update


def deleter(kind: str, key: str, field: str) -> Request:
    """Make the request that deletes an object by its id."""

    def delete(edit: Edit, request: Json) -> Json:
        sheet, place = owner(edit, kind, key, request.get(field))
        del sheet.objects[kind][place]
        return {}

    return delete


def add_chart(edit: Edit, request: Json) -> Json:
    """Keep a chart on the tab where it is anchored."""
    chart = request.get("chart", {})
    if "spec" not in chart:
        raise invalid("A chart must have a spec.")
    position = chart.get("position", {})
    if position.get("newSheet") or "sheetId" in position:
        raise invalid("The sandbox keeps charts over cells only.")
    anchor = position.get("overlayPosition", {}).get("anchorCell", {})
    sheet = edit.book.sheet(anchor.get("sheetId", 0))
    chart = chart | {"chartId": new_id(edit, "charts", "chartId", chart.get("chartId"))}
    sheet.objects["charts"].append(chart)
    return {"chart": chart}


def update_chart_spec(edit: Edit, request: Json) -> Json:
    """Replace what a chart shows."""
    sheet, place = owner(edit, "charts", "chartId", request.get("chartId"))
    if "spec" not in request:
        raise invalid("A chart must have a spec.")
    sheet.objects["charts"][place] = sheet.objects["charts"][place] | {"spec": request["spec"]}
    return {}
