"""From the commit of a report to its cell, in the ordinary case: `python -m bench.sheet_latency`.

One report every few seconds, entered as a chat turn does it, with the program's own worker and the
stand-in. The clock runs from the commit to the moment at which Google has applied the batch.
"""

import logging
import random
import statistics
import tempfile
import time
from pathlib import Path

import structlog

from ita.changes import ReportProgress
from ita.measures import Progress, Status
from store import register
from store.embedded import running
from store.migrate import upgrade
from tests.bot.town import Town, bot_inside, built

REPORTS, PAUSES = 40, (2.0, 6.0)
AGENCY = "dongmuang"
TARGET, PATIENCE = 3.0, 60


def main() -> None:
    """Report, wait for the cell, print."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder / "postgres", durable=False) as url:
            upgrade(url, "bench")
            with built(folder, url, "bench", quota=True) as town, bot_inside(town):
                time.sleep(10)
                dice = random.Random(1)
                waits = sorted(_one(town, number, dice) for number in range(REPORTS))
    late = waits[-(-95 * REPORTS // 100) - 1]
    print(f"{REPORTS} reports, one every {PAUSES[0]:.0f}–{PAUSES[1]:.0f} s; commit to cell:")
    print(
        f"min {waits[0]:.2f} s, median {statistics.median(waits):.2f} s,"
        f" 95 % within {late:.2f} s, max {waits[-1]:.2f} s (target: 95 % within {TARGET:.0f} s)"
    )


def _one(town: Town, number: int, dice: random.Random) -> float:
    words, now = f"ผลที่รายงาน {number}", town.program.clock()
    with town.program.database.agency(AGENCY) as tx:
        measure = dice.choice(register.measures(tx))
        progress = Progress(measure.id, now, "สำนักปลัด", Status.IN_PROGRESS, 50, words)
        register.apply(tx, ReportProgress(progress))
        town.program.queue.defer_sync(tx.sql, AGENCY)
    committed = time.monotonic()
    while not _stands(town, words):
        if time.monotonic() - committed > PATIENCE:
            raise SystemExit(f"no cell after {PATIENCE} s")
        time.sleep(0.01)
    waited = time.monotonic() - committed
    time.sleep(dice.uniform(*PAUSES))
    return waited


def _stands(town: Town, words: str) -> bool:
    book = town.sandbox.google.files[f"sandbox-{AGENCY}"].book
    log = next(sheet for sheet in book.sheets if sheet.title == "ความก้าวหน้า")
    last = max(row for row, cells in log.cells.items() if any(map(_value, cells.values())))
    return any(_value(cell) == words for cell in log.cells[last].values())


def _value(cell: dict[str, dict[str, str]]) -> str:
    return cell.get("userEnteredValue", {}).get("stringValue", "")


if __name__ == "__main__":
    main()
