"""Measures (มาตรการ): what an agency promised to do, by which unit, until when, and how far it is.

Source of the words: the five published reports described in the project's domain notes; the
status names are those of the reports' own tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from ita.dates import Period


class Status(StrEnum):
    """How far a measure is. Overdue and near due are not states but follow from the date."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    DONE = "done"


THAI_STATUS = {
    Status.NOT_STARTED: "ยังไม่ได้ดำเนินการ",
    Status.IN_PROGRESS: "อยู่ระหว่างดำเนินการ",
    Status.AWAITING_ACCEPTANCE: "รอตรวจรับ",
    Status.DONE: "ดำเนินการแล้วเสร็จ",
}
"""The words that people read and choose in the sheet."""


class Acceptance(StrEnum):
    """What a coordinator said of a measure that was reported as done."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


THAI_ACCEPTANCE = {Acceptance.ACCEPTED: "ตรวจรับแล้ว", Acceptance.RETURNED: "ขอให้แก้ไข"}
"""The words that people read and choose in the sheet."""


class NotReportedDone(ValueError):
    """Nobody said yet that the measure is done, so there is nothing to accept or to return."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `id` is its row's identity in the agency's sheet (int32, 0 before it has one).

    `fiscal_year` is Buddhist; `unit` is as the agency writes it; `items` are OIT item codes in
    the form "o13"; `percent` is 0..100 or None where nobody said; `evidence` holds https links.
    `reason` is what the coordinator wrote about the acceptance. `raw` are the cells that it was
    published with, by heading in the document's order: only where a report is made of them, else
    empty.
    """

    id: int
    fiscal_year: int
    number: int
    title: str
    unit: str
    period: Period
    indicator: int | None = None
    items: tuple[str, ...] = ()
    method: str = ""
    keywords: str = ""
    budget: str = ""
    status: Status = Status.NOT_STARTED
    percent: int | None = None
    output: str = ""
    outcome: str = ""
    obstacle: str = ""
    budget_used: str = ""
    evidence: tuple[str, ...] = ()
    last_report_at: datetime | None = None
    acceptance: Acceptance | None = None
    reason: str = ""
    raw: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """One report on one measure (ความก้าวหน้า), as a person made it by chat.

    `at` is the moment the person wrote it (LINE's timestamp), aware; `unit` is the reporter's.
    `act_on` is the day of the act as the person said it (ลงวันที่). `round` is the last day of the
    round that it is about, where the measure has several (ita.rounds). `says_done` is the
    person's own word: `status` follows from it only once all is shown. `unsent` when its writer
    took the message back: then no words are left.
    """

    measure_id: int
    at: datetime
    unit: str
    status: Status
    percent: int | None
    output: str
    links: tuple[str, ...] = ()
    outcome: str = ""
    obstacle: str = ""
    budget_used: str = ""
    act_on: date | None = None
    round: date | None = None
    says_done: bool = False
    unsent: bool = False


def after(measure: Measure, progress: Progress) -> Measure:
    """The measure after a report; a report older than the last one known changes nothing.

    Events may arrive out of order: a late one keeps its place in the log, but never undoes
    a newer step. What a coordinator has accepted stays accepted: a report then adds words and
    evidence only. A percentage is kept while the status is: 80 % of a measure that somebody
    calls not started would be nobody's word.
    """
    if measure.last_report_at is not None and progress.at < measure.last_report_at:
        return measure
    accepted = measure.status is Status.DONE
    status = Status.DONE if accepted else progress.status
    kept = measure.percent if status is measure.status else None
    return replace(
        measure,
        status=status,
        acceptance=measure.acceptance if accepted else None,  # a new report answers a return
        percent=kept if accepted or progress.percent is None else progress.percent,
        output=progress.output or measure.output,
        outcome=progress.outcome or measure.outcome,
        obstacle=progress.obstacle or measure.obstacle,
        budget_used=progress.budget_used or measure.budget_used,
        evidence=merged(measure.evidence, progress.links),
        last_report_at=progress.at,
    )


def with_evidence(measure: Measure, links: tuple[str, ...]) -> Measure:
    """The measure with more evidence of what was reported before."""
    return replace(measure, evidence=merged(measure.evidence, links))


def accept(measure: Measure) -> Measure:
    """The measure once a coordinator took it as done. NotReportedDone before that was said."""
    _reported_done(measure)
    return replace(measure, status=Status.DONE, acceptance=Acceptance.ACCEPTED)


def send_back(measure: Measure) -> Measure:
    """The measure once a coordinator asked for more. NotReportedDone before it was called done."""
    _reported_done(measure)
    return replace(measure, status=Status.IN_PROGRESS, acceptance=Acceptance.RETURNED)


def take_acceptance_back(measure: Measure) -> Measure:
    """The measure once a coordinator took back what he had said of it: it waits for him again."""
    waits = measure.status is Status.DONE
    status = Status.AWAITING_ACCEPTANCE if waits else measure.status
    return replace(measure, status=status, acceptance=None)


def _reported_done(measure: Measure) -> None:
    if measure.status not in (Status.AWAITING_ACCEPTANCE, Status.DONE):
        raise NotReportedDone


def merged(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Links in the order they came, each once.

    >>> merged(("https://a.go.th",), ("https://b.go.th", "https://a.go.th"))
    ('https://a.go.th', 'https://b.go.th')
    """
    return tuple(dict.fromkeys((*known, *new)))
