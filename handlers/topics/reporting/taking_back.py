"""Taking a report back: which one, and whether nothing happened since."""

from handlers.asked import Asked
from handlers.desk import Reported
from handlers.events import BANGKOK
from handlers.texts import say
from handlers.topics.reporting.draft import Draft
from ita.changes import CancelReport
from ita.dates import thai_date


def last_report(asked: Asked, number: int | None = None) -> Reported | None:
    """The person's newest report; None too where it is not the one with this id."""
    newest = asked.desk.last_report(asked.person)
    return newest if newest and number in (None, newest.id) else None


def corrects(asked: Asked, draft: Draft) -> Reported | None:
    """The report that the draft stands for, as long as it can be taken back."""
    if draft.replaces is None:
        return None
    reported = last_report(asked, draft.replaces)
    return reported if reported and reported.before else None


def is_overtaken(asked: Asked, draft: Draft) -> bool:
    """Whether it corrects a report that was taken back, or that something followed meanwhile."""
    return draft.replaces is not None and corrects(asked, draft) is None


def taken_back(asked: Asked, reported: Reported) -> CancelReport:
    """The change that takes a report back."""
    local = reported.progress.at.astimezone(BANGKOK)
    note = say("th", "staff.guided.cancel_note", day=thai_date(local.date()), time=f"{local:%H:%M}")
    return CancelReport(reported.id, asked.event.at, note)
