"""One atomic batch in Google's words: fence, guards, rows. Pure. Why it is so: docs/adr/0003."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sheets import wire
from sheets.layout import ID, STAMP_ID, Owner, column_tag
from sheets.plan import lines_of
from sheets.rows import Cells
from sheets.snapshot import COLUMN_TAG, ROW_TAG, Line, Snapshot, View
from store.sheet_state import Stray, Written

Json = dict[str, Any]

VALUE_ONLY = "userEnteredValue"


def batch(
    snapshot: Snapshot,
    rows: Sequence[Written],
    stamp: str,
    strays: Sequence[Stray] = (),
    left: Mapping[str, Sequence[Line]] = MappingProxyType({}),
) -> list[Json]:
    """The requests that write `rows` exactly once, and only into the sheet that was read.

    Strays are cleared first, and ids that were `left` on lines (by tab); then come rows that exist,
    as a new one moves what is below it.
    """
    old = [row for row in rows if not row.new]
    new = sorted((row for row in rows if row.new), key=lambda row: row.tab)
    requests = _fence(snapshot.stamp, stamp)
    cleared = {stray.tab for stray in strays} | left.keys()
    for tab in sorted({row.tab for row in rows} | cleared):
        requests += _guard_columns(snapshot.views[tab])
    for tab in sorted({row.tab for row in old} | cleared):
        view = snapshot.views[tab]
        requests += wire.at_least(view.sheet_id, view.height)
    for stray in strays:
        requests += _clear(snapshot.views[stray.tab], stray)
    for tab, lines in left.items():
        guarded = {row.row_id for row in old if row.tab == tab}
        requests += _take_ids(snapshot.views[tab], lines, guarded)
    for row in old:
        view = snapshot.views[row.tab]
        requests += _guard(view, row.row_id) + _update(view, row)
    for tab, added in groupby(new, key=lambda row: row.tab):
        view, together = snapshot.views[tab], list(added)
        requests += _append(view, together) if view.tab.append_only else _insert(view, together)
    return requests


def landed(
    snapshot: Snapshot, rows: Sequence[Written], requests: Sequence[Json], replies: Sequence[Json]
) -> tuple[Written, ...]:
    """What of `rows` was written: without the choices that a person had changed since the read."""
    missed = {
        (place["sheetId"], place["startRowIndex"], place["startColumnIndex"])
        for request, reply in zip(requests, replies, strict=True)
        if "findReplace" in request and not reply.get("findReplace", {}).get("occurrencesChanged")
        for place in [request["findReplace"]["range"]]
    }
    return tuple(row if row.new else _landed(snapshot, row, missed) for row in rows)


def _landed(snapshot: Snapshot, row: Written, missed: Set[tuple[int, int, int]]) -> Written:
    view = snapshot.views[row.tab]
    index = view.rows[row.row_id].index
    after = {
        key: text
        for key, text in row.after.items()
        if (view.sheet_id, index, view.columns[key]) not in missed
    }
    return replace(row, after=after)


def _fence(seen: str | None, stamp: str) -> list[Json]:
    """Put our stamp in place of the one that was read; refused if any other stands there.

    The stamp has one id for ever: deleting by id and value misses a newer one, and creating it
    again is then refused as a duplicate, whatever Google thinks of deleting what is not there.
    """
    gone = [] if seen is None else [wire.delete_tag(STAMP_ID, metadataValue=seen)]
    return [*gone, wire.create_tag(STAMP_ID, wire.STAMP_KEY, {"spreadsheet": True}, stamp)]


def _guard(view: View, row_id: int) -> list[Json]:
    """Refuse the batch if the row's tag moved since the read; put it beside the row.

    A row that was deleted took its tag along, which refuses nothing: then the tag that is created
    tells the next read where the cells went.
    """
    seen = view.tags.get(row_id)
    place = None if seen is None else wire.row(view.sheet_id, seen)
    here = wire.row(view.sheet_id, view.rows[row_id].index)
    return wire.move_tag(row_id, ROW_TAG, place, here)


def _guard_columns(view: View) -> list[Json]:
    """Refuse the batch if one of our columns moved since the read; tag those that have no tag.

    All of them, not only those that are written: a column that was deleted takes its tag along, and
    only its neighbours tell.
    """
    requests = []
    for key in sorted(view.columns):
        seen = view.column_tags.get(key)
        place = None if seen is None else wire.column(view.sheet_id, seen)
        here = wire.column(view.sheet_id, view.columns[key])
        requests += wire.move_tag(column_tag(view.tab.key, key), COLUMN_TAG, place, here, key)
    return requests


def _clear(view: View, stray: Stray) -> list[Json]:
    """Empty the cells of a stray where they still hold what we wrote, wherever it stands now."""
    return [
        _replace(view, line.index, view.columns[key], text, "")
        for line in lines_of(view, stray)
        for key, text in stray.cells.items()
        if text
    ]


def _take_ids(view: View, lines: Sequence[Line], guarded: Set[int]) -> list[Json]:
    """Take ids from lines that are not their rows; refused if such a row moved, maybe to there.

    Where its tag stands elsewhere yet, and so guards nothing, it is put beside it first.
    """
    at = {line.index: line.cell_id or 0 for line in lines}
    requests = [one for row_id in sorted({*at.values()} - guarded) for one in _guard(view, row_id)]
    return requests + [
        _replace(view, index, view.columns[ID], str(row_id), "")
        for index, row_id in at.items()
        if view.tags.get(row_id) == view.rows[row_id].index
    ]


def _update(view: View, row: Written) -> list[Json]:
    """Neighbouring cells go together; what lies between others is not touched.

    A shared choice is replaced where the word last seen still stands: one that a person chose
    since our read stays. Only words of ours go that way, as Google reads the new text as if typed.
    """
    index = view.rows[row.row_id].index
    chosen = _chosen(view, row)
    places = sorted((view.columns[key], key) for key in row.after if key not in chosen)
    requests = [
        _replace(view, index, view.columns[key], row.before[key], row.after[key]) for key in chosen
    ]
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1][0] - pair[0]):
        together = [place for _, place in run]
        values = [wire.cell(view.tab, key, row.after[key]) for _, key in together]
        requests.append(_write(view, index, together[0][0], [values]))
    return requests


def _chosen(view: View, row: Written) -> list[str]:
    """The columns of a row that are replaced where they still hold the word last seen."""
    line = view.rows[row.row_id]
    unlike = line.untidy | line.formulas
    return [
        key
        for key, text in row.after.items()
        if view.tab.column(key).owner is Owner.SHARED
        and text in view.tab.column(key).choices
        and row.before[key]
        and key not in unlike
    ]


def _replace(view: View, index: int, place: int, old: str, new: str) -> Json:
    cell = wire.area(view.sheet_id, index, index + 1, place, place + 1)
    whole = {"matchEntireCell": True, "matchCase": True}
    return {"findReplace": {"find": old, "replacement": new, "range": cell, **whole}}


def _insert(view: View, rows: Sequence[Written]) -> list[Json]:
    """New rows get fresh lines of their own below everything, so they never land on a person's."""
    at, count = max(view.end, 1), len(rows)
    requests = [] if at < view.height else [_grow(view, at - view.height + 1)]
    requests.append(
        {
            "insertDimension": {
                "range": wire.lines(view.sheet_id, "ROWS", at, at + count),
                "inheritFromBefore": at > 1,  # the header's looks are its own
            }
        }
    )
    requests.append(_write(view, at, 0, [_whole(view, row) for row in rows]))
    if view.tab.tagged:
        for number, row in enumerate(rows):  # one that is put back may have left its tag somewhere
            gone = [wire.delete_tag(row.row_id)] if row.row_id in view.tags else []
            here = wire.row(view.sheet_id, at + number)
            requests += [*gone, wire.create_tag(row.row_id, ROW_TAG, here)]
    return requests


def _append(view: View, rows: Sequence[Written]) -> list[Json]:
    """Google finds the end of a log by itself: it is never read."""
    values = [{"values": _whole(view, row)} for row in rows]
    return [{"appendCells": {"sheetId": view.sheet_id, "rows": values, "fields": VALUE_ONLY}}]


def _whole(view: View, row: Written) -> list[Json]:
    """A line's cells from the first column to our last; others' columns between stay empty."""
    cells: Cells = {ID: str(row.row_id), **row.after}
    values: list[Json] = [{} for _ in range(max(view.columns.values()) + 1)]
    for key, text in cells.items():
        values[view.columns[key]] = wire.cell(view.tab, key, text)
    return values


def _write(view: View, index: int, column: int, rows: Iterable[list[Json]]) -> Json:
    return wire.write(view.sheet_id, index, column, list(rows), VALUE_ONLY)


def _grow(view: View, length: int) -> Json:
    return {"appendDimension": {"sheetId": view.sheet_id, "dimension": "ROWS", "length": length}}
