"""What of a conversation's step may be kept for a week, and what is gone after a day.

An unfinished report waits for a week; a case that was not sent is gone after a day, with all that
tells of it. Whatever is not named here is gone as soon.
"""

from collections.abc import Mapping
from typing import Any, Final

from handlers.topics.complaints.carrying import WAITING
from handlers.topics.reporting.draft import PARKED, REPORTING

FOR_A_WEEK: Final = (REPORTING, PARKED, "invite", "send_back")
"""Topics (router.STEPS) whose steps hold nothing of a case but the drafts that wait."""
_REPORTS: Final = ("draft", "kept")
"""Under these names a step holds a report that was begun, and one that waits behind it."""


def parted(step: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A step as two: what may last, and what goes above it for a day, the topic with it."""
    if step.get("do") in FOR_A_WEEK:
        lasting = {name: part for name, part in step.items() if name != WAITING}
    else:
        reports = {name: step[name] for name in _REPORTS if name in step}
        lasting = {"do": PARKED, **reports} if reports else {}
    brief = {name: part for name, part in step.items() if name == "do" or name not in lasting}
    return lasting, brief
