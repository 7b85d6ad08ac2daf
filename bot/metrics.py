"""GET /metrics: how the house stands, for Prometheus. Counts, times and codes; nobody's words.

All is read from the database when it is asked for, so one address tells of all processes. There is
no such address unless SUJARIT_METRICS_TOKEN is set, and whoever asks has to show it.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeHistogramMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot import reminders
from bot.program import Program
from store import sheet_line, tally, watch
from store.budget import Left
from store.cases import work
from store.tampering import ALERT
from store.watch import Figures

AGES = (10.0, 60.0, 300.0, 3600.0, 6 * 3600.0, 24 * 3600.0)
"""Bounds, in seconds, for how long ago a sheet was read."""

JOBS = sa.text(
    "SELECT queue_name, status::text AS status, count(*) AS jobs FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') GROUP BY 1, 2"
)
HEARTBEAT = sa.text(
    "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
)


def metrics(program: Program) -> Blueprint:
    """The one address."""
    room = Blueprint("metrics", __name__)

    @room.get("/metrics")
    def show() -> Response:
        _admit(program)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Gathered(gather(program)))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return room


def gather(program: Program) -> list[Metric]:
    """Everything that is shown."""
    found = watch.figures(program.database, list(program.agencies))
    with program.database.house() as sql:
        house = [*_line(sql), *_jobs(sql), *_tallies(sql)]
    sheets = _sheets(found, program.clock())
    return [
        *_budget(program.budget.left()), *sheets, *house, *_pushes(program), *_cases(program),
    ]  # fmt: skip


def _admit(program: Program) -> None:
    token = program.settings.metrics_token
    if token is None:
        abort(404)
    shown = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(shown, f"Bearer {token.get_secret_value()}".encode()):
        abort(401)


class _Gathered(Collector):
    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _budget(left: Sequence[Left]) -> list[Metric]:
    calls = GaugeMetricFamily(
        "sujarit_google_calls_left",
        "Calls to Google that are left in this minute",
        labels=("scope", "name", "kind"),
    )
    for one in left:
        calls.add_metric((one.scope, one.name, one.kind), one.calls)
    return [calls]


def _sheets(found: Sequence[Figures], now: datetime) -> list[Metric]:
    waits = [one.waiting_seconds for one in found if one.waiting_seconds is not None]
    events = [(now - one.oldest_event).total_seconds() for one in found if one.oldest_event]
    problems = Counter(one.problem for one in found if one.problem is not None)
    return [
        _gauge("sheets", "Sheets that are installed", sum(one.installed for one in found)),
        _gauge("sheets_waiting", "Sheets with rows that are not written yet", len(waits)),
        _gauge("sheet_rows_waiting", "Rows not written yet", sum(f.waiting_rows for f in found)),
        _gauge("sheet_oldest_wait_seconds", "How long the oldest row waits", max(waits, default=0)),
        _ages([now - one.read_at for one in found if one.installed and one.read_at]),
        _labelled("sheets_with_problem", "Sheets that cannot be used", "problem", problems),
        _gauge("sheet_batches_in_doubt", "Batches in doubt", sum(f.attempts for f in found)),
        _gauge("sheet_questions", "Questions to coordinators", sum(f.doubts for f in found)),
        _gauge("events_waiting", "Events not handled yet", sum(one.events for one in found)),
        _gauge("oldest_event_seconds", "How long the oldest event waits", max(events, default=0)),
        _gauge("events_set_aside", "Events that failed too often", sum(f.set_aside for f in found)),
        _gauge("messages_waiting", "Messages not sent yet", sum(one.messages for one in found)),
    ]


def _pushes(program: Program) -> list[Metric]:
    pushing = [slug for slug, one in program.agencies.items() if one.line.push]
    left = reminders.left(program, pushing)
    spent = sum(not one.pushes for one in left)
    return [
        _gauge("pushes_left", "Pushes left in this month", sum(one.pushes for one in left)),
        _gauge("agencies_without_pushes", "Agencies that have spent theirs", spent),
    ]


def _ages(ages: Sequence[timedelta]) -> Metric:
    seconds = [max(0.0, age.total_seconds()) for age in ages]
    buckets = [(str(bound), sum(age <= bound for age in seconds)) for bound in AGES]
    return GaugeHistogramMetricFamily(
        "sujarit_sheet_read_age_seconds",
        "How long ago the sheets were read",
        buckets=[*buckets, ("+Inf", len(seconds))],
        gsum_value=sum(seconds),
    )


def _line(sql: sa.Connection) -> list[Metric]:
    waiting = sheet_line.waiting(sql)
    return [_labelled("sheet_line", "Sheets that wait for their turn", "purpose", waiting)]


def _jobs(sql: sa.Connection) -> list[Metric]:
    jobs = GaugeMetricFamily("sujarit_jobs", "Wake-up calls", labels=("queue", "status"))
    for row in sql.execute(JOBS):
        jobs.add_metric((row.queue_name, row.status), row.jobs)
    beat = sql.scalar(HEARTBEAT)
    if beat is None:
        return [jobs]
    return [jobs, _gauge("worker_heartbeat_age_seconds", "Since the last sign of life", beat)]


def _tallies(sql: sa.Connection) -> list[Metric]:
    syncs = CounterMetricFamily("sujarit_syncs", "Syncs by how they ended", labels=("outcome",))
    counts = tally.counts(sql)
    for name, count in counts.items():
        what, _, outcome = name.partition(" ")
        if what == "sync":
            syncs.add_metric((outcome,), count)
    alarms = CounterMetricFamily(
        "sujarit_sealed_bytes_refused",
        "Sealed bytes that do not belong where they stood",
        value=counts.get(ALERT, 0),
    )
    return [syncs, alarms]


def _cases(program: Program) -> list[Metric]:
    """Grievances alone: so few protected cases come that counting them would tell of one."""
    found = work.figures(program.database, list(program.agencies))
    return [
        _gauge("grievances", "Grievances that were filed", sum(one.grievances for one in found)),
        _gauge("grievances_open", "Not ended yet", sum(one.open_grievances for one in found)),
    ]


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"sujarit_{name}", help_text, value=float(value))


def _labelled(name: str, help_text: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(f"sujarit_{name}", help_text, labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family
