"""The register: measures and progress, and the changes that are made to them.

Whatever changes here is marked in the outbox in the same transaction, so that the shared sheet
learns of it exactly as often as it happened.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ita.changes import (
    AcceptMeasure,
    AttachEvidence,
    CancelReport,
    Change,
    RegisterChange,
    ReportProgress,
    SendBack,
)
from ita.dates import Period
from ita.measures import Acceptance, Measure, Progress, Status, accept, after, send_back
from store import evidence, outbox, undoing
from store.database import Transaction
from store.outbox import next_row_id
from store.schema import measure, progress, published_cells

_CALLED_DONE = (Status.AWAITING_ACCEPTANCE, Status.DONE)


def apply(tx: Transaction, change: RegisterChange, by: str = "", message_id: str = "") -> None:
    """Make one change and mark the rows that the sheet must show.

    `by` is the reference of whoever causes it, "" where nobody is known, `message_id` LINE's id of
    the message that does, "" where none does. Raises NotReportedDone
    for the acceptance of a measure that nobody called done: read it with `hold` before.
    """
    match change:
        case ReportProgress(report, messages, instead_of):
            known = undoing.message_references(tx, (*messages, message_id))
            corrected = undoing.references_of(tx, instead_of) if instead_of else []
            _report(tx, report, by, [*known, *corrected])
        case AttachEvidence(report_id, links):
            undoing.attach(tx, report_id, evidence.still_there(tx, links))
        case CancelReport():
            _cancel(tx, change, by)
        case AcceptMeasure(measure_id):
            change_measure(tx, accept(_held(tx, measure_id)))
        case SendBack():
            _send_back(tx, change, message_id)


def hold_all(tx: Transaction, changes: Iterable[Change]) -> None:
    """Hold what these changes are about until the transaction ends, in one order for everybody.

    Evidence comes before measures, as where it is dropped.
    """
    ids: list[int] = []
    reports: list[int] = []
    links: list[str] = []
    for change in changes:
        match change:
            case ReportProgress(report):
                ids.append(report.measure_id)
                links += report.links
            case AttachEvidence(report_id, more):
                reports.append(report_id)
                links += more
            case CancelReport(report_id):
                reports.append(report_id)
            case AcceptMeasure(measure_id) | SendBack(measure_id):
                ids.append(measure_id)
    if ids or reports:
        evidence.still_there(tx, links)
        of_reports = sa.select(progress.c.measure).where(progress.c.id.in_(reports))
        undoing.hold(tx, measure.c.id.in_(ids) | measure.c.id.in_(of_reports))


def measures(tx: Transaction, fiscal_year: int | None = None) -> list[Measure]:
    """The agency's measures of a fiscal year (of all years when None), by year and number.

    One that a coordinator withdrew is not among them.
    """
    query = sa.select(measure).order_by(measure.c.fiscal_year, measure.c.number)
    query = query.where(~measure.c.withdrawn)
    if fiscal_year is not None:
        query = query.where(measure.c.fiscal_year == fiscal_year)
    return [_measure(row) for row in tx.sql.execute(query)]


def measures_by_id(tx: Transaction, ids: Collection[int]) -> dict[int, Measure]:
    """Measures by their row id, withdrawn ones too."""
    rows = tx.sql.execute(sa.select(measure).where(measure.c.id.in_(ids)))
    return {row.id: _measure(row) for row in rows}


def published_measures(tx: Transaction, fiscal_year: int) -> list[Measure]:
    """The measures of a year with the cells that they were published with, for reports.

    Those cells are long and change never, so no other reader gets them.
    """
    rows = tx.sql.execute(sa.select(published_cells.c.measure, published_cells.c.cells))
    cells = {row.measure: row.cells for row in rows}
    return [
        replace(measure, raw=cells.get(measure.id, {})) for measure in measures(tx, fiscal_year)
    ]


def add_measure(tx: Transaction, new: Measure, row_id: int | None = None) -> Measure | None:
    """Enter a measure and give it its row id; None when year and number are taken already.

    A row that a person typed has its id (`row_id`) already. The cells that it was published with
    (`raw`) are kept beside it, and never change.
    """
    taken = sa.select(measure.c.id).where(
        measure.c.fiscal_year == new.fiscal_year, measure.c.number == new.number
    )
    if tx.sql.execute(taken).first():
        return None
    entered = replace(new, id=row_id or next_row_id(tx))
    tx.sql.execute(sa.insert(measure).values(agency=tx.agency, **_columns(entered)))
    if new.raw:
        kept = {"agency": tx.agency, "measure": entered.id, "cells": dict(new.raw)}
        tx.sql.execute(sa.insert(published_cells).values(kept))
    outbox.mark(tx, "measures", entered.id)
    return entered


def change_measure(tx: Transaction, changed: Measure) -> None:
    """Write a measure's new state and mark its row. A new reason is of no message of ours."""
    same_reason = (measure.c.reason == changed.reason, measure.c.reason_message)
    values = {**_columns(changed), "reason_message": sa.case(same_reason)}
    tx.sql.execute(sa.update(measure).where(measure.c.id == changed.id).values(values))
    outbox.mark(tx, "measures", changed.id)


def withdraw_measure(tx: Transaction, row_id: int, *, withdrawn: bool = True) -> bool:
    """Take a measure out of the plan, or back into it; whether that changed anything.

    Its reports stay: what was done was done.
    """
    differs = sa.and_(measure.c.id == row_id, measure.c.withdrawn != withdrawn)
    done = tx.sql.execute(sa.update(measure).where(differs).values(withdrawn=withdrawn))
    return done.rowcount > 0


def progress_reports(tx: Transaction, ids: Sequence[int]) -> dict[int, Progress]:
    """Reports by their row id."""
    query = sa.select(progress).where(progress.c.id.in_(ids))
    return {row.id: _progress(row) for row in tx.sql.execute(query)}


def history(tx: Transaction, measure_id: int, limit: int) -> list[Progress]:
    """The newest reports on a measure, the newest first."""
    query = sa.select(progress).where(progress.c.measure == measure_id, ~progress.c.undone)
    query = query.order_by(progress.c.at.desc(), progress.c.id.desc()).limit(limit)
    return [_progress(row) for row in tx.sql.execute(query)]


def report_counts(tx: Transaction, since: datetime, until: datetime) -> dict[int, int]:
    """How many reports each measure got from `since` to before `until`, by measure id."""
    query = sa.select(progress.c.measure, sa.func.count().label("reports"))
    query = query.where(progress.c.at >= since, progress.c.at < until, ~progress.c.undone)
    return {row.measure: row.reports for row in tx.sql.execute(query.group_by(progress.c.measure))}


def hold(tx: Transaction, measure_id: int) -> Measure | None:
    """A measure as it is now, held until the transaction ends; None for one that is withdrawn."""
    query = sa.select(measure).where(measure.c.id == measure_id, ~measure.c.withdrawn)
    row = tx.sql.execute(query.with_for_update()).first()
    return _measure(row) if row else None


def called_done_by(tx: Transaction, measure_id: int, ref: str) -> bool:
    """Whether this person called the measure, or a part of it, done since the last decision."""
    mine = _reporter(tx, ref)
    what = progress.c.reporter, progress.c.says_done, progress.c.status, progress.c.changed
    query = sa.select(*what).where(progress.c.measure == measure_id, ~progress.c.undone)
    for row in tx.sql.execute(query.order_by(progress.c.at.desc(), progress.c.id.desc())):
        if row.reporter == mine and (row.says_done or Status(row.status) in _CALLED_DONE):
            return True
        if _answers_a_decision(row.changed):
            return False
    return False


def _answers_a_decision(changed: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a report was the first since a coordinator accepted the measure or sent it back."""
    decision, _ = changed.get("acceptance", (None, None))
    return decision is not None


def last_report(tx: Transaction, ref: str) -> tuple[int, Progress, Measure | None] | None:
    """A person's newest report that counts: its id, itself, and its measure without it.

    None in the measure's place where the report cannot be taken back.
    """
    mine = sa.select(progress).where(progress.c.reporter == _reporter(tx, ref), ~progress.c.undone)
    row = tx.sql.execute(mine.order_by(progress.c.at.desc(), progress.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    known = _held(tx, row.measure)
    old = undoing.before(tx, row, _columns(known))
    return row.id, _progress(row), None if old is None else _with_columns(known, old)


def _with_columns(known: Measure, old: Mapping[str, Any]) -> Measure:
    """The measure with some columns of another time."""
    values = dict(old)
    values["evidence"] = tuple(values["evidence"])
    if "status" in values:
        values["status"] = Status(values["status"])
    if values.get("acceptance"):
        values["acceptance"] = Acceptance(values["acceptance"])
    return replace(known, **values)


def _held(tx: Transaction, measure_id: int) -> Measure:
    query = sa.select(measure).where(measure.c.id == measure_id)
    return _measure(tx.sql.execute(query.with_for_update()).one())


def _reporter(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "reporter", ref)


def _report(tx: Transaction, said: Progress, by: str, references: Sequence[str]) -> None:
    """The report joins the log; the measure changes by the rule, on its state of this moment.

    Evidence that was unsent meanwhile, or could not be kept, is left out.
    """
    links = tuple(evidence.still_there(tx, said.links))
    known = _held(tx, said.measure_id)
    report = _shown(replace(said, links=links), known) if links != said.links else said
    new = after(known, report)
    entry = next_row_id(tx)
    tx.sql.execute(
        sa.insert(progress).values(
            agency=tx.agency, id=entry, measure=report.measure_id, at=report.at, unit=report.unit,
            status=report.status.value, percent=report.percent, output=report.output,
            links=list(report.links), reporter=_reporter(tx, by) if by else None,
            messages=references,
            changed=undoing.difference(_columns(known), _columns(new)),
            outcome=report.outcome, obstacle=report.obstacle, budget_used=report.budget_used,
            act_on=report.act_on, round=report.round, says_done=report.says_done,
        )
    )  # fmt: skip
    outbox.mark(tx, "progress", entry)
    change_measure(tx, new)


def _shown(report: Progress, known: Measure) -> Progress:
    """Done means shown: what lost all its evidence is in progress, whatever it is called."""
    if report.status is Status.AWAITING_ACCEPTANCE and not (known.evidence or report.links):
        return replace(report, status=Status.IN_PROGRESS)
    return report


def _send_back(tx: Transaction, change: SendBack, message_id: str) -> None:
    """The measure is sent back; its reason goes with the message that it was written in."""
    returned = send_back(_held(tx, change.measure_id))
    change_measure(tx, replace(returned, reason=change.reason))
    written_in = next(iter(undoing.message_references(tx, [message_id])), None)
    mine = sa.update(measure).where(measure.c.id == change.measure_id)
    tx.sql.execute(mine.values(reason_message=written_in))


def _cancel(tx: Transaction, change: CancelReport, by: str) -> None:
    """The report counts no more, and the log says so in a row of its own, which never counts."""
    if not undoing.undo(tx, change.report):
        return
    query = sa.select(progress).where(progress.c.id == change.report)
    row = tx.sql.execute(query).one()
    known, entry = _held(tx, row.measure), next_row_id(tx)
    tx.sql.execute(
        sa.insert(progress).values(
            agency=tx.agency, id=entry, measure=row.measure, at=change.at, unit=row.unit,
            status=known.status.value, percent=known.percent, output=change.note, links=[],
            reporter=_reporter(tx, by) if by else None, undone=True,
        )
    )  # fmt: skip
    outbox.mark(tx, "progress", entry)


def _progress(row: sa.Row[tuple[object, ...]]) -> Progress:
    return Progress(
        row.measure, row.at, row.unit, Status(row.status), row.percent, row.output,
        tuple(row.links), row.outcome, row.obstacle, row.budget_used, row.act_on, row.round,
        row.says_done, row.unsent,
    )  # fmt: skip


def _measure(row: sa.Row[tuple[object, ...]]) -> Measure:
    fields = dict(row._mapping)
    del fields["agency"], fields["withdrawn"], fields["reason_message"]
    period = Period(
        fields.pop("period_raw"), fields.pop("period_kind"),
        fields.pop("period_start"), fields.pop("period_end"),
    )  # fmt: skip
    fields |= {
        "period": period,
        "status": Status(fields["status"]),
        "acceptance": fields["acceptance"] and Acceptance(fields["acceptance"]),
        "items": tuple(fields["items"]),
        "evidence": tuple(fields["evidence"]),
    }
    return Measure(**fields)


def _columns(value: Measure) -> dict[str, object]:
    plain = (
        "id", "fiscal_year", "number", "title", "keywords", "method", "indicator", "unit",
        "budget", "percent", "output", "outcome", "obstacle", "budget_used", "last_report_at",
        "acceptance", "reason",
    )  # fmt: skip
    return {name: getattr(value, name) for name in plain} | {
        "items": list(value.items),
        "evidence": list(value.evidence),
        "status": value.status.value,
        "period_raw": value.period.raw,
        "period_kind": value.period.kind,
        "period_start": value.period.start,
        "period_end": value.period.end,
    }
