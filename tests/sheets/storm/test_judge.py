"""The judge is judged: a sync that is broken on purpose does not get past it."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from sheets import batch, plan, wire
from sheets.layout import STAMP_ID, Owner
from tests.sheets.storm.driver import storm
from tests.sheets.storm.stage import Stage
from tests.sheets.storm.test_storm import nursery, stage
from tests.sheets.storm.zygote import Zygote

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

__all__ = ["nursery", "stage"]

MOST = 150
"""So many storms may it take from the first on, with which it takes a few seconds today."""
Break = Callable[[pytest.MonkeyPatch], None]


def without_fence(patch: pytest.MonkeyPatch) -> None:
    """A batch is applied whatever stamp stands there, so one that comes late is, too."""

    def fence(seen: str | None, stamp: str) -> list[Any]:
        new = wire.create_tag(STAMP_ID, wire.STAMP_KEY, {"spreadsheet": True}, stamp)
        return [wire.delete_tag(STAMP_ID), new] if seen else [new]

    patch.setattr(batch, "_fence", fence)


def without_guards(patch: pytest.MonkeyPatch) -> None:
    """Cells are written where they were read, whatever moved since."""
    patch.setattr(batch, "_guard", lambda view, row_id: [])
    patch.setattr(batch, "_guard_columns", lambda view: [])


def over_peoples_words(patch: pytest.MonkeyPatch) -> None:
    """A shared cell is written though it no longer holds the word last seen."""
    changes = plan._changes

    def all_shared(
        view: Any, line: Any, cells: Any, seen: Any, forced: Collection[str]
    ) -> dict[str, str]:
        shared = {column.key for column in view.tab.owned(Owner.SHARED)}
        return changes(view, line, cells, seen, {*forced, *shared})

    patch.setattr(plan, "_changes", all_shared)


@pytest.mark.parametrize(
    ("broken", "first"), [(without_fence, 50), (without_guards, 0), (over_peoples_words, 0)]
)
def test_a_broken_sync_is_found_out(
    broken: Break, first: int, stage: Stage, nursery: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    seeds = range(first, first + MOST)
    assert any(storm(stage, nursery, seed).faults for seed in seeds)
