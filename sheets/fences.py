"""What is protected in a tab of ours: which columns are, and what to send for the rest. Pure.

Where only the bot writes, nobody else may. Where people work it warns: Google lets nobody sort,
move or delete a line of which a single cell is protected from him, nor name a column of his own in
a protected header. What he overwrites there the next sync puts right.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sheets import wire
from sheets.layout import Owner, Tab

Json = dict[str, Any]

PROTECTED = "ระบบสุจริตดูแลส่วนนี้"


@dataclass(frozen=True, slots=True)
class Open:
    """The columns whose header, and those whose cells below it, are not protected."""

    headers: frozenset[str]
    below: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.headers or self.below)

    @property
    def keys(self) -> frozenset[str]:
        """All of them."""
        return self.headers | self.below


def everything(tab: Tab) -> Open:
    """A new tab: nothing is protected yet."""
    return Open(frozenset(c.key for c in tab.columns), frozenset(_ours(tab)))


def unprotected(
    tab: Tab, places: Mapping[str, int], outline: Mapping[str, Any], heading: int
) -> Open:
    """What of a tab, whose columns are at these places, no protection of ours covers."""
    ranges = [
        fence.get("range", {})
        for fence in outline.get("protectedRanges", [])
        if fence.get("description", "").startswith(PROTECTED)
    ]

    def covered(key: str, row: int) -> bool:
        return any(_covers(one, row, places[key]) for one in ranges)

    there = [column.key for column in tab.columns if column.key in places]
    headers = [key for key in there if not covered(key, heading)]
    below = [key for key in there if key in _ours(tab) and not covered(key, heading + 1)]
    return Open(frozenset(headers), frozenset(below))


def protections(
    tab: Tab,
    sheet_id: int,
    places: Mapping[str, int],
    open_: Open,
    email: str | None,
    heading: int = 0,
) -> Iterator[Json]:
    """Protection of what is open."""
    if not open_:
        return
    if not _shared_work(tab):
        area = wire.area(sheet_id, 0, None, *_ends(places.values()))
        yield _fence(area, tab.key, warning=False, email=email)
        return
    for start, end in _stretches(places[key] for key in open_.headers):
        area = wire.area(sheet_id, heading, heading + 1, start, end)
        yield _fence(area, f"{tab.key}.header", warning=True, email=email)
    names = {places[key]: key for key in open_.below}
    for start, end in _stretches(names):
        # Whole: of a stretch of rows the line that is put in above the first would lie outside.
        area = wire.area(sheet_id, None, None, start, end)
        yield _fence(area, f"{tab.key}.{names[start]}", warning=True, email=email)


def _fence(area: Json, name: str, *, warning: bool, email: str | None) -> Json:
    fence: Json = {
        "range": area,
        "description": f"{PROTECTED} ({name})",
        "warningOnly": warning,
    }
    if email and not warning:
        fence["editors"] = {"users": [email]}
    return {"addProtectedRange": {"protectedRange": fence}}


def _covers(area: Mapping[str, Any], row: int, place: int) -> bool:
    """Google leaves out a bound that is the grid's own."""

    def within(name: str, index: int) -> bool:
        start, end = area.get(f"start{name}Index", 0), area.get(f"end{name}Index", index + 1)
        return bool(start <= index < end)

    return within("Row", row) and within("Column", place)


def _ours(tab: Tab) -> set[str]:
    return {column.key for column in tab.columns if column.owner is Owner.BOT}


def _shared_work(tab: Tab) -> bool:
    return any(column.owner is not Owner.BOT for column in tab.columns)


def _stretches(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places together: first, and the one after the last."""
    for _, run in groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0]):
        yield _ends([place for _, place in run])


def _ends(places: Collection[int]) -> tuple[int, int]:
    return min(places), max(places) + 1
