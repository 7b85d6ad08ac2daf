"""What we assume of Google Sheets, and the questions that tell. Run by sheets.contract."""

from collections.abc import Callable

from sheets import wire
from sheets.contract import COLUMNS, KEY, ROWS, Answer, Answers, Ask, Assumption, Group, Scratch
from sheets.google import SheetError

ADR = "docs/adr/0003"
NAMES = "ก", "ข", "ค", "ง"
STATUS, OTHER = "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ"
MANY_TAGS = 1_000
LONG = 16_000
"""Two values of this length are more than the 30,000 characters that Google's guide allows."""

ASSUMPTIONS = {
    "chosen_tab": Assumption("a tab gets the id that we choose", "sheets/steps/making.py"),
    "duplicate": Assumption(
        "a tag with an id in use is refused, and the whole batch with it", f"{ADR}: the fence"
    ),
    "duplicate_words": Assumption(
        "... and the refusal names the metadata", "sheets/google.py: stamp_exists"
    ),
    "free_again": Assumption(
        "an id is free again within the batch that deleted it", f"{ADR}: fence, rows and columns"
    ),
    "by_value": Assumption("a look-up by id and value needs both", f"{ADR}: the fence"),
    "by_place": Assumption(
        "a look-up by id and exact place needs both", f"{ADR}: rows and columns"
    ),
    "delete_missing": Assumption(
        "deleting a tag that is not there", f"{ADR}: nothing rests on it", needed=False
    ),
    "beyond": Assumption(
        "a tag beyond the last row is refused, and the refusal names the metadata",
        "sheets/wire.py: at_least, so that a deleted row is noticed",
    ),
    "stamp_read": Assumption(
        "a read of one tab also tells the spreadsheet's own tags", "sheets/google.py: the stamp"
    ),
    "inserted": Assumption("a tag follows its row when rows are put in above", f"{ADR}: rows"),
    "deleted": Assumption(
        "a tag goes with its deleted row, the others follow, its id is free", f"{ADR}: rows"
    ),
    "moved": Assumption("a tag follows its row when that is moved", f"{ADR}: rows"),
    "sorted": Assumption("a tag follows its row in a sort by the API", f"{ADR}: rows"),
    "sorted_in_part": Assumption(
        "... and when only some columns are sorted", f"{ADR}: repaired by the next read",
        needed=False,
    ),
    "cut": Assumption(
        "a tag follows its row's cells when they are cut and pasted",
        f"{ADR}: the id cell decides", needed=False,
    ),
    "tab_deleted": Assumption(
        "tags go with their deleted tab, and their ids are free", "sheets/steps/making.py"
    ),
    "replaced": Assumption(
        "findReplace on a whole Thai cell hits that cell alone and counts it",
        "sheets/batch.py: shared choices",
    ),
    "replace_missed": Assumption(
        "... and counts nothing where the word does not stand", "sheets/batch.py: landed"
    ),
    "as_written": Assumption(
        "a stringValue stays text: =1+1, 1-2, 007", "sheets/wire.py: what people said"
    ),
    "blanked": Assumption("a cell without a value becomes blank", "sheets/wire.py: cell"),
    "null": Assumption(
        "a null in values.update leaves the cell alone", "reference notes", needed=False
    ),
    "appended": Assumption(
        "appendCells goes below the last value, past lines that have only a format",
        "sheets/batch.py: logs",
    ),
    "missing_tab": Assumption(
        "reading a tab that is gone is refused, and the refusal says so",
        "sheets/google.py: tab_missing",
    ),
    "named_range": Assumption(
        "a named range with an id in use is refused", f"{ADR}: the fence's fallback"
    ),
    "filter_missed": Assumption(
        "values.batchUpdateByDataFilter that matches nothing", "nothing rests on it", needed=False
    ),
    "many_tags": Assumption(
        f"{MANY_TAGS:,} rows of a tab can have a tag of one character", "sheets/layout.py: tagged"
    ),
    "limit": Assumption(
        "tags of more than 30,000 characters in a tab are refused", "only tagged tabs have any",
        needed=False,
    ),
    "sorted_by_hand": Assumption(
        "a tag follows its row when a person sorts in the browser",
        f"{ADR}: repaired by the next read", needed=False,
    ),
}  # fmt: skip


def tags(scratch: Scratch) -> Answers:
    """What a tag's id is good for: the fence and the guards are made of it."""
    made = scratch.fresh().get("addSheet", {}).get("properties", {})
    yield "chosen_tab", Answer(made.get("sheetId") == scratch.sheet)
    scratch.batch(scratch.write(2, 0, ["ก"]), scratch.tag(1, 2, "one"))

    said = scratch.refused(scratch.write(2, 0, ["ข"]), scratch.tag(1, 4))
    kept = scratch.texts()[2][:1] == ["ก"]
    yield "duplicate", Answer(said is not None and kept, _how(said))
    yield "duplicate_words", Answer(said == "stamp_exists", _how(said))

    said = scratch.refused(scratch.untag(1), scratch.tag(1, 2, "one"))
    yield "free_again", Answer(said is None, _how(said))
    said = scratch.refused(scratch.untag(1, metadataValue="two"), scratch.tag(1, 2, "one"))
    yield "by_value", Answer(said is not None, _how(said))
    elsewhere = {
        "metadataLocation": wire.row(scratch.sheet, 3),
        "locationMatchingStrategy": "EXACT_LOCATION",
    }
    said = scratch.refused(scratch.untag(1, **elsewhere), scratch.tag(1, 2, "one"))
    yield "by_place", Answer(said is not None, _how(said))
    said = scratch.refused(scratch.untag(2))
    yield "delete_missing", Answer(said is None, "is ignored" if said is None else "is refused")
    said = scratch.refused(scratch.tag(3, ROWS))
    yield "beyond", Answer(said == "stamp_exists", _how(said))


def stamp(scratch: Scratch) -> Answers:
    """The spreadsheet's own tag, as a sync reads it."""
    scratch.fresh()
    scratch.batch(wire.create_tag(scratch.number(9), KEY, {"spreadsheet": True}, "one"))
    read = scratch.google.read(scratch.book, [scratch.sheet]).get("developerMetadata", [])
    values = {tag["metadataId"]: tag.get("metadataValue") for tag in read}
    scratch.batch(scratch.untag(9))
    yield "stamp_read", Answer(values.get(scratch.number(9)) == "one")


def moves(scratch: Scratch) -> Answers:
    """Whether a row's tag stays with the row, whatever people do to it."""
    steps: dict[str, Callable[[], list[dict[str, object]]]] = {
        "inserted": lambda: [wire.insert(scratch.sheet, "ROWS", 1)],
        "moved": lambda: [
            {"moveDimension": {"source": scratch.lines(3, 4), "destinationIndex": 1}}
        ],
        "sorted": lambda: [_sort(scratch, COLUMNS)],
        "sorted_in_part": lambda: [_sort(scratch, 1)],
        "cut": lambda: [_cut(scratch)],
    }
    for key, act in steps.items():
        _named_rows(scratch)
        scratch.batch(*act())
        yield key, _follows(scratch)
    _named_rows(scratch)
    scratch.batch({"deleteDimension": {"range": scratch.lines(2, 3)}})
    there = scratch.tags()
    free = scratch.refused(scratch.tag(2, 7)) is None
    yield "deleted", Answer(there == {1: 1, 3: 2, 4: 3} and free, _rows(there))
    old = scratch.sheet
    scratch.fresh()
    said = scratch.refused(scratch.tag(1, 1))
    yield "tab_deleted", Answer(said is None and scratch.sheet != old, _how(said))


def words(scratch: Scratch) -> Answers:
    """How cells are written, replaced and appended."""
    longer = f"{STATUS}ต่อ"
    scratch.fresh()
    scratch.batch(scratch.write(0, 0, [STATUS], [longer], [OTHER]))
    (hit,) = scratch.batch(_replace(scratch, 0, 2, STATUS, OTHER))
    column = [row[0] for row in scratch.texts()[:3]]
    count = hit.get("findReplace", {}).get("occurrencesChanged")
    right = column == [OTHER, longer, OTHER] and count == 1
    yield "replaced", Answer(right, f"{count or 0} counted")
    (miss,) = scratch.batch(_replace(scratch, 0, 1, STATUS, longer))
    count = miss.get("findReplace", {}).get("occurrencesChanged")
    yield "replace_missed", Answer(not count, f"{count or 0} counted")

    odd = ["=1+1", "1-2", "007"]
    scratch.batch(scratch.write(4, 0, odd))
    kept = [cell.get("effectiveValue", {}).get("stringValue") for cell in scratch.cells()[4][:3]]
    yield "as_written", Answer(kept == odd, ", ".join(str(one) for one in kept))
    scratch.batch(wire.write(scratch.sheet, 4, 1, [[{}]], "userEnteredValue"))
    shown = [*scratch.texts()[4], "", "", ""][:3]
    yield "blanked", Answer(shown[1:] == ["", "007"])
    place = f"/values/'{scratch.title}'!A5:C5"
    body = {"values": [["ก", None, "ค"]]}
    scratch.batch(scratch.write(4, 1, ["ของคน"]))
    scratch.call("put", place, body, valueInputOption="RAW")
    kept_it = [*scratch.texts()[4], "", ""][:3] == ["ก", "ของคน", "ค"]
    yield "null", Answer(kept_it, "is left alone" if kept_it else "is blanked")

    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    line = scratch.area(9, 10, 0, 3)
    cells = [{"values": [{"userEnteredValue": {"stringValue": "ท้าย"}}]}]
    append = {"sheetId": scratch.sheet, "rows": cells, "fields": "userEnteredValue"}
    fields = "userEnteredFormat.textFormat.bold"
    scratch.batch({"repeatCell": {"range": line, "cell": bold, "fields": fields}})
    scratch.batch({"appendCells": append})
    at = next((i for i, row in enumerate(scratch.texts()) if "ท้าย" in row), None)
    yield "appended", Answer(at == 5, f"line {'?' if at is None else at + 1}")  # noqa: PLR2004 - below line 5


def limits(scratch: Scratch) -> Answers:
    """What is gone, what exists already, and how much fits."""
    scratch.fresh()
    try:
        scratch.google.read(scratch.book, [scratch.sheet + 1])
        said = None
    except SheetError as error:
        said = error.reason
    yield "missing_tab", Answer(said == "tab_missing", _how(said))

    name = {"namedRangeId": scratch.name_id, "range": scratch.area(0, 1, 0, 1)}
    first = {**name, "name": f"sujarit_{scratch.base}"}
    second = {**name, "name": f"sujarit_{scratch.base}_b"}
    scratch.batch({"addNamedRange": {"namedRange": first}})
    said = scratch.refused({"addNamedRange": {"namedRange": second}})
    scratch.batch({"deleteNamedRange": {"namedRangeId": scratch.name_id}})
    yield "named_range", Answer(said is not None, _how(said))

    nowhere = {"developerMetadataLookup": {"metadataId": scratch.number(99)}}
    update = {"dataFilter": nowhere, "majorDimension": "ROWS", "values": [["x"]]}
    try:
        scratch.call(
            "post", "/values:batchUpdateByDataFilter",
            {"valueInputOption": "RAW", "data": [update]},
        )  # fmt: skip
        yield "filter_missed", Answer(True, "is ignored")
    except SheetError as error:
        yield "filter_missed", Answer(False, f"is refused ({error.reason})")

    grow = {"sheetId": scratch.sheet, "dimension": "ROWS", "length": MANY_TAGS}
    many = [scratch.tag(100 + row, row) for row in range(MANY_TAGS)]
    said = scratch.refused({"appendDimension": grow}, *many)
    yield "many_tags", Answer(said is None, _how(said))
    scratch.fresh()
    said = scratch.refused(*(scratch.tag(1 + row, row, "x" * LONG) for row in range(2)))
    yield "limit", Answer(said is not None, _how(said))


GROUPS: tuple[Group, ...] = (tags, stamp, moves, words, limits)


def by_hand(ask: Ask) -> Group:
    """What only a person can do: sort in the browser."""

    def sorted_by_hand(scratch: Scratch) -> Answers:
        _named_rows(scratch)
        ask(
            f"Open the tab “{scratch.title}”, choose Data → Sort sheet → Sort by column A"
            " (Z to A), then press Enter here."
        )
        yield "sorted_by_hand", _follows(scratch)

    return sorted_by_hand


def _named_rows(scratch: Scratch) -> None:
    """Four rows, each with a name in its first two columns and a tag of its number."""
    scratch.fresh()
    rows = [[name, name] for name in NAMES]
    marks = [scratch.tag(number, number) for number, _ in enumerate(NAMES, 1)]
    scratch.batch(scratch.write(1, 0, *rows), *marks)


def _follows(scratch: Scratch) -> Answer:
    """Whether each tag is where its name is now."""
    texts, found = scratch.texts(), scratch.tags()
    names = {
        number: next(i for i, row in enumerate(texts) if row[:1] == [name])
        for number, name in enumerate(NAMES, 1)
        if any(row[:1] == [name] for row in texts)
    }
    so = found == names and len(found) == len(NAMES)
    return Answer(so, "follows" if so else f"rows {names}, tags {found}")


def _sort(scratch: Scratch, width: int) -> dict[str, object]:
    order = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    return {"sortRange": {"range": scratch.area(1, 5, 0, width), "sortSpecs": order}}


def _cut(scratch: Scratch) -> dict[str, object]:
    to = {"sheetId": scratch.sheet, "rowIndex": 8, "columnIndex": 0}
    source = scratch.area(2, 3, 0, COLUMNS)
    return {"cutPaste": {"source": source, "destination": to, "pasteType": "PASTE_NORMAL"}}


def _replace(scratch: Scratch, top: int, bottom: int, old: str, new: str) -> dict[str, object]:
    return {
        "findReplace": {
            "find": old,
            "replacement": new,
            "range": scratch.area(top, bottom, 0, 1),
            "matchEntireCell": True,
            "matchCase": True,
        }
    }


def _how(reason: str | None) -> str:
    return "taken" if reason is None else f"refused ({reason})"


def _rows(found: dict[int, int]) -> str:
    return f"tags {found}"
