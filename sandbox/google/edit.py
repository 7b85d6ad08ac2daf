"""One call that changes a workbook: who makes it, what they may do, and the writing itself."""

from dataclasses import dataclass

from sandbox.google import cells, masks, ranges
from sandbox.google.errors import invalid, protected
from sandbox.google.masks import Mask
from sandbox.google.ranges import Area
from sandbox.google.schema import Json
from sandbox.google.workbook import Sheet, Workbook

PEOPLE = "sandbox.example"  # the office's own domain, in which its people have their accounts
# What a client may write of a CellData; the rest Google computes.
WRITABLE = (
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "hyperlink",
    "chipRuns",
)


@dataclass(frozen=True)
class Caller:
    """Who calls: a service account, or a person who works in a browser.

    `scopes` are those of the service account's token.
    """

    email: str
    person: bool = False
    scopes: frozenset[str] = frozenset()

    def may_use(self, *scopes: str) -> bool:
        """Tell whether one of these scopes, or the whole of Drive, stands in the token."""
        known = {f"https://www.googleapis.com/auth/{scope}" for scope in (*scopes, "drive")}
        return self.person or bool(known & self.scopes)


@dataclass
class Switches:
    """What nobody has tried against Google yet. The defaults are the worse case for the bot."""

    # A look-up that matches nothing: "ignore" answers an empty list, "refuse" fails the batch. The
    # discovery document says "deletes all matching", which reads as a no-op; a fence that needs the
    # refusal must not pass by luck.
    delete_metadata_without_match: str = "ignore"
    # A data-filter write that matches nothing: "ignore" writes nothing and says so by its absence.
    write_without_match: str = "ignore"
    # Row metadata moves with its row when a person sorts in the browser. An API sort is known to do
    # so (one published measurement); the browser sorts with the same engine, hence True.
    metadata_follows_ui_sort: bool = True
    # ... and when only part of the row's width is sorted.
    metadata_follows_partial_sort: bool = False
    # A write by the API that breaks a strict validation rule is refused, as one by a person is.
    # Published experience disagrees; refusing is the worse case.
    validation_refuses_api: bool = True
    # A person who may not edit one protected column may not move, sort or delete its rows either.
    protection_holds_rows: bool = True
    # A copy of the whole spreadsheet brings its developer metadata along.
    copy_keeps_metadata: bool = True
    # appendCells goes below a line that has only a format, as if that were data.
    append_counts_formats: bool = False
    # The project's owner has switched the Drive API on, which the Sheets API does not need.
    drive_enabled: bool = True


@dataclass
class Edit:
    """The draft of a workbook under change. Nobody sees it until the whole call succeeded."""

    book: Workbook
    caller: Caller
    owners: frozenset[str]
    switches: Switches

    def area(self, request: Json, key: str = "range") -> tuple[Sheet, Area]:
        """Return tab and area of a request's GridRange; 400 if there is none or it is no place."""
        if key not in request:
            raise invalid(f"A {key} must be specified.")
        return self.book.find(request[key])

    def guard(self, sheet: Sheet, area: Area, *, moving: bool = False) -> None:
        """Raise 400 if the area holds a cell that is protected from the caller."""
        if moving and not self.switches.protection_holds_rows:
            return
        for fence in sheet.objects["protectedRanges"]:
            if self.may_pass(fence):
                continue
            if _blocks(fence, sheet, self.protected_area(sheet, fence), area):
                raise protected()

    def guard_grid(self, sheet: Sheet) -> None:
        """Raise 400 if the whole tab is protected from the caller.

        Rows and columns can be put in beside a protected range, not into a protected tab.
        """
        for fence in sheet.objects["protectedRanges"]:
            if set(fence.get("range", {"none": 0})) <= {"sheetId"} and not self.may_pass(fence):
                raise protected()

    def may_pass(self, fence: Json) -> bool:
        """Tell whether this protected range lets the caller through."""
        if fence.get("warningOnly") or self.caller.email in self.owners:
            return True
        editors = fence.get("editors", {})
        if editors.get("domainUsersCanEdit") and self.caller.email.endswith("@" + PEOPLE):
            return True
        return self.caller.email in editors.get("users", [])

    def protected_area(self, sheet: Sheet, fence: Json) -> Area | None:
        """Return what a protected range covers; None if its named range is gone or elsewhere."""
        grid_range = fence.get("range")
        for named in self.book.names:
            if named["namedRangeId"] == fence.get("namedRangeId"):
                grid_range = named["range"]
        if grid_range is None or grid_range.get("sheetId", 0) != sheet.id:
            return None
        return _cut(sheet, grid_range)

    def update_cell(self, sheet: Sheet, row: int, column: int, new: Json, mask: Mask) -> None:
        """Write the masked fields of a CellData; 400 beyond the grid or against a strict rule."""
        if row >= sheet.rows or column >= sheet.columns:
            raise _beyond(sheet, row, column)
        merged = masks.merge(sheet.cell(row, column), new, mask)
        cell = {key: merged[key] for key in WRITABLE if merged.get(key)}
        value = cell.get("userEnteredValue", {})
        if "errorValue" in value:
            raise invalid("Error values can not be written.")
        if value.get("stringValue") == "":
            del cell["userEnteredValue"]
        cells.entered(value.get("stringValue"), "value")
        if masks.wants(mask, "userEnteredValue"):
            self._obey_rule(sheet, row, column, cell)
        sheet.put(row, column, cell)

    def _obey_rule(self, sheet: Sheet, row: int, column: int, cell: Json) -> None:
        rule = cell.get("dataValidation", {})
        if not rule.get("strict") or "userEnteredValue" not in cell:
            return
        if not self.caller.person and not self.switches.validation_refuses_api:
            return
        condition = rule.get("condition", {})
        allowed = [v.get("userEnteredValue", "") for v in condition.get("values", [])]
        if condition.get("type") == "BOOLEAN":
            allowed = allowed or ["TRUE", "FALSE"]
        elif condition.get("type") != "ONE_OF_LIST":
            return  # the other kinds are kept and returned, not enforced
        if cells.shown(cell) not in allowed:
            place = f"{ranges.letters(column)}{row + 1}"
            raise invalid(
                f"The data you entered in cell {place} violates the data validation rules set on"
                " this cell."
            )


def _blocks(fence: Json, sheet: Sheet, covered: Area | None, area: Area) -> bool:
    if covered is None or not covered.meets(area):
        return False
    overlap = Area(
        max(covered.top, area.top),
        min(covered.bottom, area.bottom),
        max(covered.left, area.left),
        min(covered.right, area.right),
    )
    free = (_cut(sheet, hole) for hole in fence.get("unprotectedRanges", []))
    return not any(hole.holds(overlap) for hole in free)


def _cut(sheet: Sheet, grid_range: Json) -> Area:
    return Area(
        grid_range.get("startRowIndex", 0),
        min(grid_range.get("endRowIndex", sheet.rows), sheet.rows),
        grid_range.get("startColumnIndex", 0),
        min(grid_range.get("endColumnIndex", sheet.columns), sheet.columns),
    )


def _beyond(sheet: Sheet, row: int, column: int) -> Exception:
    if row >= sheet.rows:
        return invalid(
            f"Attempting to write row: {row}, beyond the last requested row of: {sheet.rows - 1}"
        )
    return invalid(
        f"Attempting to write column: {column},"
        f" beyond the last requested column of: {sheet.columns - 1}"
    )
