"""A burst: 10,000 reports on 200 measures in one minute. `python -m bench.sheet_burst`.

They are entered as chat turns do it (report, mark and wake-up call in one transaction) while the
program's own worker brings them to the stand-in, which counts Google's quota. Printed: how long it
took, the most reads and writes in any minute, and whether the log is in the order of the commits.
"""

import logging
import tempfile
import time
from pathlib import Path

import structlog

from bot.program import Program
from ita.changes import ReportProgress
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from store import outbox, register
from store.embedded import running
from store.migrate import upgrade
from tests.bot.town import Town, bot_inside, built

REPORTS, MEASURES, SECONDS = 10_000, 200, 60
AGENCY, YEAR, FIRST = "dongmuang", 2560, 1
PERIOD = "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๐"
PATIENCE = 900


def main() -> None:
    """Enter, wait, count, compare."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder / "postgres", durable=False) as url:
            upgrade(url, "bench")
            with built(folder, url, "bench", quota=True) as town, bot_inside(town):
                town.sandbox.google.mark_changed = lambda: None  # type: ignore[method-assign]
                town.sandbox.google.on_answer = None  # the stand-in's file and judge cost seconds
                _burst(town)


def _burst(town: Town) -> None:
    measures = _measures(town.program)
    _until_quiet(town.program)
    time.sleep(SECONDS)  # what installing took is out of the minute
    town.sandbox.google.calls.clear()
    began = time.monotonic()
    for number in range(REPORTS):
        time.sleep(max(0.0, began + number * SECONDS / REPORTS - time.monotonic()))
        _report(town.program, measures[number * 7 % MEASURES], number)
    entered = time.monotonic() - began
    _until_quiet(town.program)
    done = time.monotonic() - began
    print(f"{REPORTS:,} reports on {MEASURES} measures entered in {entered:.0f} s")
    print(f"all in the sheet after {done:.0f} s")
    for kind, call in (("reads", "getByDataFilter"), ("writes", "batchUpdate")):
        ticks = [one["tick"] for one in town.sandbox.google.calls if one["call"] == call]
        most = max(sum(tick <= one < tick + 60 for one in ticks) for tick in ticks)
        print(f"{kind}: {len(ticks)} in all, at most {most} in any minute (50 are allowed)")
    refused = sum(one["status"] == 429 for one in town.sandbox.google.calls)
    print(f"refused for the quota: {refused}")
    log = [line[8] for line in town.sheet(AGENCY)["ความก้าวหน้า"] if line[8].startswith("รายงาน ")]
    print(f"log: {len(log):,} lines, in order: {log == [_words(n) for n in range(REPORTS)]}")


def _measures(program: Program) -> list[Measure]:
    period = read_period(PERIOD, YEAR)
    found = []
    with program.database.agency(AGENCY) as tx:
        for number in range(FIRST, FIRST + MEASURES):
            new = Measure(0, YEAR, number, f"มาตรการ {number}", "สำนักปลัด", period)
            made = register.add_measure(tx, new)
            assert made is not None
            found.append(made)
        program.queue.defer_sync(tx.sql, AGENCY)
    return found


def _report(program: Program, measure: Measure, number: int) -> None:
    now = program.clock()
    words = _words(number)
    progress = Progress(measure.id, now, "สำนักปลัด", Status.IN_PROGRESS, number % 100, words)
    with program.database.agency(AGENCY) as tx:
        register.apply(tx, ReportProgress(progress), now.date())
        program.queue.defer_sync(tx.sql, AGENCY)


def _words(number: int) -> str:
    return f"รายงาน {number}"


def _until_quiet(program: Program) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with program.database.agency(AGENCY) as tx:
            if not outbox.waiting(tx):
                return
        time.sleep(0.2)
    raise SystemExit(f"rows still wait after {PATIENCE} s")


if __name__ == "__main__":
    main()
