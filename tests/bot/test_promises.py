"""No news is promised by an account that never writes first."""

import pytest

from bot import agencies
from tests.conftest import ROOT

SAMPLES = ROOT / "sandbox" / "sample" / "agencies"


@pytest.mark.parametrize(
    ("line", "pushes"),
    [({}, True), ({"push": False}, False), ({"monthly_pushes": 0}, False)],
    ids=str,
)
def test_whether_it_pushes_is_a_fact_of_the_agency(line: dict[str, object], pushes: bool) -> None:
    config = agencies.load(SAMPLES, samples=True)["dongmuang"]
    chosen = config.model_copy(update={"line": config.line.model_copy(update=line)})
    assert chosen.facts().pushes is pushes
