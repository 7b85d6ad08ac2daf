"""Ask Google itself what we assume of it, in a scratch tab that is removed afterwards.

What stands behind each assumption: reference notes and docs/adr/0003. No other tab is touched; the
tags and the name that belong to the whole spreadsheet are our own, and go too.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from gspread.urls import SPREADSHEET_URL

from sheets import wire
from sheets.google import Google, SheetError

Json = dict[str, Any]

KEY = "x"
"""The key of our tags here: no tag of a sheet at work has it."""
FIRST_ID, IDS = 800_000_000, 100_000_000
"""Ids of tabs and tags, away from those of a sheet at work."""
ROWS, COLUMNS = 40, 6
TITLE = "สุจริต ทดลอง"
OUTLINE = (
    "properties.title,developerMetadata(metadataId,metadataKey,metadataValue),"
    "namedRanges(namedRangeId,name),sheets.properties(sheetId,title)"
)
TAGS = "sheets(properties.sheetId,data.rowMetadata.developerMetadata(metadataId,metadataKey))"
CELLS = "sheets(properties.sheetId,data.rowData.values(formattedValue,effectiveValue))"


class Verdict(StrEnum):
    """What became of an assumption."""

    HOLDS = "holds"
    FAILS = "does not hold"
    EITHER = "either way is fine"
    NOT_ASKED = "could not ask"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that we take for granted of Google, and where we rest on it.

    `needed` is False where we only want to know, because the program is right either way.
    """

    says: str
    rests: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What Google did."""

    key: str
    says: str
    rests: str
    verdict: Verdict
    seen: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question showed: whether the assumption is so, and in a few words what was seen."""

    so: bool
    seen: str = ""


Answers = Iterator[tuple[str, Answer]]
Ask = Callable[[str], str]
"""Has a person do something in the browser and say when it is done."""


class Scratch:
    """A tab of our own in somebody's spreadsheet, made anew for each group of questions."""

    def __init__(self, google: Google, spreadsheet_id: str) -> None:
        self.google = google
        self.book = spreadsheet_id
        self.base = FIRST_ID + secrets.randbelow(IDS)
        self.sheet = self.base
        self._made = False

    def fresh(self) -> Json:
        """Begin with an empty tab; Google's reply."""
        old = [{"deleteSheet": {"sheetId": self.sheet}}] if self._made else []
        self.sheet += 1
        grid = {"rowCount": ROWS, "columnCount": COLUMNS}
        new = {"sheetId": self.sheet, "title": self.title, "gridProperties": grid}
        reply, *_ = self.batch({"addSheet": {"properties": new}}, *old)
        self._made = True
        return reply

    @property
    def title(self) -> str:
        """What the tab is called."""
        return f"{TITLE} {self.sheet}"

    def batch(self, *requests: Json) -> list[Json]:
        """One atomic batch."""
        return self.google.batch(self.book, requests)

    def refused(self, *requests: Json) -> str | None:
        """Our word for why Google refuses a batch, None where it took it.

        Raises SheetError for what says nothing of the question: no access, no quota, no answer.
        """
        try:
            self.batch(*requests)
        except SheetError as error:
            if error.kind != "permanent" or error.reason in ("no_access", "not_found"):
                raise
            return error.reason
        return None

    def texts(self) -> list[list[str]]:
        """What stands in the tab."""
        return [[cell.get("formattedValue", "") for cell in row] for row in self.cells()]

    def cells(self) -> list[list[Json]]:
        """The tab's cells as Google keeps them."""
        rows = self._read(CELLS).get("rowData", [])
        return [row.get("values", []) for row in rows]

    def tags(self) -> dict[int, int]:
        """The index of each tagged row, by the tag's id beyond `base`."""
        found = {}
        for index, row in enumerate(self._read(TAGS).get("rowMetadata", [])):
            for tag in row.get("developerMetadata", []):
                if tag["metadataKey"] == KEY:
                    found[tag["metadataId"] - self.base] = index
        return found

    def call(self, verb: str, path: str, body: Json, **params: str) -> Json:
        """Another method of the API on this spreadsheet."""
        writes = verb == "put" or "Update" in path
        kind: Literal["read", "write"] = "write" if writes else "read"
        url = f"{SPREADSHEET_URL % self.book}{path}"
        return self.google._call(kind, verb, url, params=params, json=body)

    def outline(self) -> Json:
        """What belongs to the whole spreadsheet."""
        return self.google.outline(self.book, OUTLINE)

    def number(self, which: int) -> int:
        """The id of our tag of this number."""
        return self.base + which

    def tag(self, which: int, row: int, value: str = "") -> Json:
        """Put a tag on a row."""
        return wire.create_tag(self.number(which), KEY, wire.row(self.sheet, row), value)

    def untag(self, which: int, **more: Any) -> Json:
        """Take a tag away."""
        return wire.delete_tag(self.number(which), **more)

    def write(self, row: int, column: int, *rows: Sequence[str]) -> Json:
        """Write texts, as we write what people said."""
        values = [[{"userEnteredValue": {"stringValue": text}} for text in one] for one in rows]
        return wire.write(self.sheet, row, column, values, "userEnteredValue")

    def lines(self, start: int, end: int) -> Json:
        """Rows of the tab."""
        return wire.lines(self.sheet, "ROWS", start, end)

    def area(self, top: int, bottom: int, left: int, right: int) -> Json:
        """Cells of the tab."""
        return wire.area(self.sheet, top, bottom, left, right)

    def clear(self) -> str | None:
        """Take away all that is ours; says what a person has to remove, None where all is gone."""
        left = self._ours()
        if left:
            with suppress(SheetError):
                self.batch(*left)
            left = self._ours()
        return f"Please remove the tab “{self.title}” by hand." if left else None

    def _ours(self) -> list[Json]:
        seen = self.outline()
        ours = range(self.base, self.base + IDS)
        tabs = [one["properties"]["sheetId"] for one in seen.get("sheets", [])]
        titles = {
            one["properties"]["sheetId"]: one["properties"]["title"] for one in seen["sheets"]
        }
        return [
            *(
                {"deleteSheet": {"sheetId": tab}}
                for tab in tabs
                if tab in ours and titles[tab].startswith(TITLE)
            ),
            *(
                wire.delete_tag(tag["metadataId"])
                for tag in seen.get("developerMetadata", [])
                if tag["metadataKey"] == KEY and tag["metadataId"] in ours
            ),
            *(
                {"deleteNamedRange": {"namedRangeId": name["namedRangeId"]}}
                for name in seen.get("namedRanges", [])
                if name["namedRangeId"] == self.name_id
            ),
        ]

    @property
    def name_id(self) -> str:
        """The id of our named range."""
        return f"sujarit{self.base}"

    def _read(self, fields: str) -> Json:
        filters = {"dataFilters": [{"gridRange": {"sheetId": self.sheet}}]}
        answer = self.call("post", ":getByDataFilter", filters, fields=fields)
        (sheet,) = answer["sheets"]
        data: Json = sheet.get("data", [{}])[0]
        return data


Group = Callable[[Scratch], Answers]
ByHand = Callable[[Scratch, Ask], Answers]


def ask_google(
    google: Google,
    spreadsheet_id: str,
    assumptions: Mapping[str, Assumption],
    groups: Sequence[Group],
) -> tuple[list[Finding], str | None]:
    """Put all questions; the findings in the order of `assumptions`, and what is left to remove.

    Raises SheetError where the spreadsheet cannot be reached at all. A question that fails is
    "could not ask", and the others are put nevertheless.
    """
    scratch = Scratch(google, spreadsheet_id)
    scratch.outline()
    answers: dict[str, Answer] = {}
    failed: dict[str, str] = {}
    left: str | None = None
    try:
        for group in groups:
            try:
                answers.update(group(scratch))
            except SheetError as error:
                failed[group.__name__] = str(error)
    finally:
        with suppress(SheetError):
            left = scratch.clear()
    why = "; ".join(failed.values()) or "nobody was there to do it by hand"
    return [_finding(key, one, answers.get(key), why) for key, one in assumptions.items()], left


def _finding(key: str, one: Assumption, answer: Answer | None, why: str) -> Finding:
    if answer is None:
        return Finding(key, one.says, one.rests, Verdict.NOT_ASKED, why)
    verdict = Verdict.HOLDS if answer.so else Verdict.FAILS
    verdict = verdict if one.needed else Verdict.EITHER
    return Finding(key, one.says, one.rests, verdict, answer.seen)
