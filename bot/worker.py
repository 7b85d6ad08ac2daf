"""The worker: runs tasks, buries jobs of dead workers, sweeps; and is itself supervised.

It lives in a thread with an event loop of its own, so that `sujarit serve` can run it beside
the web server. Whatever kills the loop (a database restart, say) is logged, and it starts anew.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

import procrastinate
import structlog
from procrastinate.worker import Worker as Consumer

from bot import case_notices
from bot.burial import STALLED_SECONDS, Burial
from bot.case_clock import sheet_slot
from bot.chat_mode import chat_modes
from bot.program import Program
from bot.queue import MEDIA, NAMESPACE, SYNC, TURN
from bot.reminders import reminding
from bot.tasks import Sweeper, tasks, tidy
from store.database import libpq_url, options

TURNS_AT_ONCE, SYNCS_AT_ONCE, MEDIA_AT_ONCE = 5, 3, 2
BURY_SECONDS, SWEEP_SECONDS, TIDY_SECONDS = 2, 5, 3600
REMIND_SECONDS = CASES_SECONDS = MODE_SECONDS = 60
BACK_OFF_SECONDS = (0.5, 1, 2, 5)
LONG_LIFE_SECONDS = 30

log = structlog.get_logger()


class Worker:
    """A supervised worker in a thread: start, stop, and that is all."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="worker", daemon=True)

    def start(self) -> None:
        """Start it; returns at once."""
        self._thread.start()

    def stop(self, seconds: float = 8) -> None:
        """Let running jobs finish for some seconds, then leave the rest to the next worker."""
        self._stop.set()
        self._thread.join(seconds)

    def wait(self) -> None:
        """Until it is stopped."""
        while self._thread.is_alive():
            self._thread.join(1)

    def _supervise(self) -> None:
        failures = 0
        while not self._stop.is_set():
            began = time.monotonic()
            asyncio.run(_run(self._program, self._stop))
            if self._stop.is_set():
                return
            failures = failures + 1 if time.monotonic() - began < LONG_LIFE_SECONDS else 0
            pause = BACK_OFF_SECONDS[min(failures, len(BACK_OFF_SECONDS) - 1)]
            log.warning("worker starts anew", seconds=pause)
            self._stop.wait(pause)


async def _run(program: Program, stop: threading.Event) -> None:
    """One life of the worker, until `stop` or a failure."""
    pool = ThreadPoolExecutor(
        TURNS_AT_ONCE + SYNCS_AT_ONCE + MEDIA_AT_ONCE + 3, thread_name_prefix="job"
    )
    asyncio.get_running_loop().set_default_executor(pool)
    try:
        app, sweeper = _app(program), Sweeper(program)
        burial, reminders = Burial(program, app), reminding(program)
        slot, modes = sheet_slot(program), chat_modes(program)
        async with app.open_async():
            await _until_first_ends(
                _consume(app, burial, TURN, TURNS_AT_ONCE),
                _consume(app, burial, SYNC, SYNCS_AT_ONCE),
                _consume(app, burial, MEDIA, MEDIA_AT_ONCE),
                _every(BURY_SECONDS, burial.step),
                _every(SWEEP_SECONDS, lambda: asyncio.to_thread(sweeper.sweep)),
                _every(TIDY_SECONDS, lambda: asyncio.to_thread(tidy, program)),
                _every(REMIND_SECONDS, lambda: asyncio.to_thread(reminders.step)),
                _every(CASES_SECONDS, lambda: asyncio.to_thread(slot.step)),
                _every(CASES_SECONDS, lambda: asyncio.to_thread(case_notices.tell, program)),
                _every(MODE_SECONDS, lambda: asyncio.to_thread(modes.step), MODE_SECONDS),
                _told(stop),
            )
    except Exception:
        log.exception("worker failed")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _app(program: Program) -> procrastinate.App:
    settings = program.settings
    connector = procrastinate.PsycopgConnector(
        conninfo=libpq_url(settings.database_url.get_secret_value()),
        kwargs={"options": options(settings.database_schema), "connect_timeout": 2},
        min_size=1,
        max_size=4,
        timeout=5,
    )
    app = procrastinate.App(connector=connector)
    app.add_tasks_from(tasks(program), namespace=NAMESPACE)
    return app


async def _consume(app: procrastinate.App, burial: Burial, queue: str, concurrency: int) -> None:
    """Each queue has its own: a Google that hangs holds no reply back."""
    consumer = Consumer(
        app,
        queues=[queue],
        name=queue,
        concurrency=concurrency,
        fetch_job_polling_interval=0.2,
        delete_jobs="always",
        update_heartbeat_interval=2,
        stalled_worker_timeout=STALLED_SECONDS,
        shutdown_graceful_timeout=5,
        install_signal_handlers=False,
        worker_middleware=[burial.holding],
    )
    burial.watch(consumer)
    await consumer.run()  # type: ignore[no-untyped-call]  # procrastinate's own lack


async def _every(
    seconds: float, step: Callable[[], Awaitable[object]], first_after: float = 0
) -> None:
    """Housekeeping. What fails once is tried again; it never takes the worker down with it."""
    await asyncio.sleep(first_after)
    while True:
        try:
            await step()
        except Exception:
            log.exception("housekeeping failed")
        await asyncio.sleep(seconds)


async def _told(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(0.1)


async def _until_first_ends(*parts: Coroutine[object, object, None]) -> None:
    """Run all until one ends or fails; then stop the others, and raise what it raised."""
    running = [asyncio.ensure_future(part) for part in parts]
    done, rest = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    for part in rest:
        part.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    for part in done:
        part.result()
