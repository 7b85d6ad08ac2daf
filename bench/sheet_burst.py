"""A burst: 10,000 reports on 200 measures in one minute. `python -m bench.sheet_burst`.

They are entered as chat turns do it (report, mark and wake-up call in one transaction), by two
processes of their own, while the program's worker brings them to the stand-in, which counts
Google's quota. Printed: how long it took, the most reads and writes in any minute, and whether the
log is in the order of the commits: of all by their ids, of each process by its words.
"""

import logging
import multiprocessing
import os
import tempfile
import time
from pathlib import Path

import structlog

from bot.program import Program, build
from bot.settings import load
from ita.changes import ReportProgress
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from store import outbox, register
from store.embedded import running
from store.migrate import upgrade
from tests.bot.town import Town, bot_inside, built

REPORTS, MEASURES, SECONDS, PROCESSES = 10_000, 200, 60, 2
AGENCY, YEAR, FIRST = "dongmuang", 2560, 1
PERIOD = "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๐"
PATIENCE = 900


def main() -> None:
    """Enter, wait, count, compare."""
    _be_quiet()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder / "postgres", durable=False) as url:
            upgrade(url, "bench")
            with built(folder, url, "bench", quota=True) as town, bot_inside(town):
                town.sandbox.google.mark_changed = lambda: None  # type: ignore[method-assign]
                town.sandbox.google.on_answer = None  # the stand-in's file and judge cost seconds
                _burst(town)


def _be_quiet() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def _burst(town: Town) -> None:
    measures = _measures(town.program)
    _until_quiet(town.program)
    time.sleep(SECONDS)  # what installing took is out of the minute
    town.sandbox.google.calls.clear()
    began = time.monotonic()
    ids = [measure.id for measure in measures]
    spawn = multiprocessing.get_context("spawn")
    apart = [
        spawn.Process(target=_enter, args=(dict(town.environment), ids, first))
        for first in range(PROCESSES)
    ]
    for one in apart:
        one.start()
    for one in apart:
        one.join()
    entered = time.monotonic() - began
    _until_quiet(town.program)
    done = time.monotonic() - began
    print(
        f"{REPORTS:,} reports on {MEASURES} measures; all in the sheet {done - entered:.0f} s later"
    )
    for kind, call in (("reads", "getByDataFilter"), ("writes", "batchUpdate")):
        ticks = [one["tick"] for one in town.sandbox.google.calls if one["call"] == call]
        most = max(sum(tick <= one < tick + 60 for one in ticks) for tick in ticks)
        print(f"{kind}: {len(ticks)} in all, at most {most} in any minute (50 are allowed)")
    refused = sum(one["status"] == 429 for one in town.sandbox.google.calls)
    print(f"refused for the quota: {refused}")
    lines = [line for line in town.sheet(AGENCY)["ความก้าวหน้า"] if line[8].startswith("รายงาน ")]
    print(f"log: {len(lines):,} lines, in order: {_in_order(lines)}")


def _in_order(lines: list[list[str]]) -> bool:
    ids = [int(line[0]) for line in lines]
    numbers = [int(line[8].split()[1]) for line in lines]
    each = [[n for n in numbers if n % PROCESSES == first] for first in range(PROCESSES)]
    whole = [list(range(first, REPORTS, PROCESSES)) for first in range(PROCESSES)]
    return ids == sorted(ids) and each == whole


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


def _enter(environment: dict[str, str], measures: list[int], first: int) -> None:
    """This process's share at an even pace, or as fast as this machine does it."""
    _be_quiet()
    os.environ.update(environment)
    program = build(load())
    began = time.monotonic()
    for number in range(first, REPORTS, PROCESSES):
        time.sleep(max(0.0, began + number * SECONDS / REPORTS - time.monotonic()))
        _report(program, measures[number * 7 % MEASURES], number)
    print(f"entered in {time.monotonic() - began:.0f} s")


def _report(program: Program, measure: int, number: int) -> None:
    now = program.clock()
    words = _words(number)
    progress = Progress(measure, now, "สำนักปลัด", Status.IN_PROGRESS, number % 100, words)
    with program.database.agency(AGENCY) as tx:
        register.apply(tx, ReportProgress(progress))
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
