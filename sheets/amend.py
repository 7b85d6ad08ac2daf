"""Lines of the log whose writer took the words back: what the register dropped goes there, too.

The log is otherwise never read. A line is first tagged where it was found and then, in a round of
its own, written where its tag stands: whoever moves lines meanwhile has the batch refused. Both
may be done again without harm, so nothing needs to be remembered of what was sent. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sheets.batch import batch
from sheets.plan import Rows
from sheets.snapshot import Line, Snapshot, View
from store.outbox import Mark
from store.sheet_state import Written

Json = dict[str, Any]

LOG = "progress"


@dataclass(frozen=True, slots=True)
class Amendment:
    """`requests` is one batch, empty where nothing is to be sent; `done` marks need no more."""

    requests: list[Json]
    done: tuple[Mark, ...]


def amendment(snapshot: Snapshot, marks: Iterable[Mark], wanted: Rows) -> Amendment | None:
    """The next batch for lines that differ from the register; None where the log is not readable.

    A line that is nowhere was deleted by a person, or was never written: there is nothing to do.
    """
    view = snapshot.views.get(LOG)
    if view is None or any(column.key not in view.columns for column in view.tab.columns):
        return None
    rows, done, lines = [], [], dict(view.rows)
    for mark in marks:
        cells = wanted[LOG].get(mark.row_id, {})
        line = _first_unlike(view, mark.row_id, cells)
        if line is None:
            done.append(mark)
            continue
        lines[mark.row_id] = line
        is_held = view.tags.get(mark.row_id) == line.index
        after = {key: text for key, text in cells.items() if line.cells[key] != text}
        rows.append(Written(LOG, mark.row_id, after if is_held else {}, {}, new=False))
    held = replace(snapshot, views={LOG: replace(view, rows=lines)})
    return Amendment(_steady(held, rows), tuple(done))


def _first_unlike(view: View, row_id: int, cells: dict[str, str]) -> Line | None:
    """Of a line that somebody copied each copy in turn, the one that bears the tag first."""
    unlike = [line for line in view.lines if line.row_id == row_id and _differs(line, cells)]
    tagged = view.tags.get(row_id)
    return min(unlike, key=lambda line: line.index != tagged, default=None)


def _differs(line: Line, cells: dict[str, str]) -> bool:
    return any(line.cells.get(key) != text for key, text in cells.items())


def _steady(snapshot: Snapshot, rows: list[Written]) -> list[Json]:
    """The batch puts back the stamp that it finds: what another one waits for is still told."""
    return batch(snapshot, rows, snapshot.stamp) if rows and snapshot.stamp else []
