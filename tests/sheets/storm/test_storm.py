"""The storm: any interleaving of chat, people, faults, kills and clocks ends in the right sheet.

A failure prints its seed and what happened; `SUJARIT_SEED=<seed> pytest tests/sheets/storm` plays
that storm again, and it alone. Two thousand of them: `python -m bench.storms`.
"""

import os
from collections.abc import Iterator

import pytest

from sandbox.google.edit import Switches
from tests.sheets.storm.driver import FLIPPED, USUAL, storm
from tests.sheets.storm.stage import Stage, staged
from tests.sheets.storm.zygote import Zygote, zygote

pytestmark = pytest.mark.timeout(300)

SEED = os.environ.get("SUJARIT_SEED")
EVERY_DAY, EITHER_WAY, CHUNK = 150, 10, 50


@pytest.fixture(scope="session")
def stage(postgres: str, schema: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(postgres, schema, tmp_path_factory.mktemp("storm")) as made:
        yield made


@pytest.fixture(scope="session")
def nursery(stage: Stage) -> Iterator[Zygote]:
    with zygote(stage.place) as made:
        yield made


def rages(stage: Stage, nursery: Zygote, seeds: range, switches: Switches | None = None) -> None:
    for seed in [int(SEED)] if SEED else seeds:
        verdict = storm(stage, nursery, seed, switches)
        again = f"SUJARIT_SEED={seed} pytest tests/sheets/storm"
        assert not verdict.faults, f"{again}\n{verdict}"


@pytest.mark.parametrize("first", range(0, EVERY_DAY, CHUNK))
def test_after_any_storm_the_sheet_is_right(first: int, stage: Stage, nursery: Zygote) -> None:
    rages(stage, nursery, range(first, first + CHUNK))


@pytest.mark.long
@pytest.mark.parametrize("switches", [USUAL, FLIPPED], ids=["usual", "flipped"])
def test_whatever_google_turns_out_to_do(switches: Switches, stage: Stage, nursery: Zygote) -> None:
    """All that nobody has tried against Google, first one way and then the other."""
    rages(stage, nursery, range(10_000, 10_000 + EITHER_WAY), switches)
