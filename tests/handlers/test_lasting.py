"""What of a step lasts for a week: reports, and nothing of a case."""

from typing import Any

import pytest

from handlers.lasting import FOR_A_WEEK, parted
from handlers.router import STEPS
from handlers.topics.complaints.carrying import LEFT, WAITING
from handlers.topics.reporting.draft import PARKED, REPORTING
from handlers.topics.reporting.parking import PHOTOS

OF_CASES = ("grievance", "protected", "adding", LEFT)
CASE = {"begun": "2025-01-15T09:30:00", "parts": [["เรื่องที่ทดสอบ", "m1"]], "party": "p"}
REPORT = {"draft": {"words": {"output": "ผลที่ทดสอบ"}}, "kept": {"words": {}}}


def test_every_conversation_is_of_a_case_or_of_the_work() -> None:
    """A new one is gone after a day, until somebody says here that it holds nothing of a case."""
    assert {*STEPS, PARKED, LEFT, PHOTOS} == {*OF_CASES, *FOR_A_WEEK, PHOTOS}
    assert not {*OF_CASES} & {*FOR_A_WEEK}


@pytest.mark.parametrize("do", [*OF_CASES, PHOTOS, "a new one"])
@pytest.mark.parametrize("report", [{}, REPORT, {"draft": {}}])
def test_of_a_case_nothing_lasts_but_the_report_behind_it(do: str, report: dict[str, Any]) -> None:
    step = {"do": do, **CASE, WAITING: [CASE], **report}
    lasting, brief = parted(step)
    assert lasting == ({"do": PARKED, **report} if report else {})
    assert {**lasting, **brief} == step
    assert not brief.keys() & report.keys(), "nothing is kept twice"


@pytest.mark.parametrize("do", FOR_A_WEEK)
def test_what_is_of_the_work_lasts_without_the_cases_that_wait(do: str) -> None:
    step = {"do": do, "measure": 3, **REPORT}
    assert parted(step)[0] == step
    lasting, brief = parted({**step, WAITING: [CASE]})
    assert lasting == step
    assert {**lasting, **brief} == {**step, WAITING: [CASE]}


def test_a_report_that_is_written_is_gone_on_with_after_a_day() -> None:
    assert parted({"do": REPORTING, **REPORT})[0]["do"] == REPORTING
