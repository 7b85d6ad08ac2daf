"""Burying jobs that nobody works at: those of dead workers, and those a living one lost sight of.

A buried job holds its chat's or sheet's lock no longer, and whatever it was at is woken again. It
is not given back as it is: that would collide with a younger wake-up call.
"""

import asyncio
from collections.abc import Awaitable, Callable

import procrastinate
import structlog
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from bot.program import Program
from bot.queue import NAMESPACE
from bot.tasks import wake_again

STALLED_SECONDS = 10
"""A worker without a heartbeat for so long is dead, and what it was at is done by others."""
LOOKS = 5
"""A living worker's job is lost when it was seen in nobody's hands so many times in a row."""

log = structlog.get_logger()


class Burial:
    """What one life of the worker, with its consumers of several queues, has in hand.

    A connection that breaks while a job is fetched, or while its end is written down, leaves a job
    that counts as being done by a worker that lives and does not know of it. Nobody else would
    ever take it, nor any later job of the same chat or sheet.
    """

    def __init__(self, program: Program, app: procrastinate.App) -> None:
        self._program, self._app = program, app
        self._workers: list[Worker] = []
        self._in_hand: set[int | None] = set()
        self._missed: dict[int | None, int] = {}

    def watch(self, worker: Worker) -> None:
        """Look after this consumer too. It must have `holding` as a middleware."""
        self._workers.append(worker)

    async def holding(
        self, work: Callable[[], Awaitable[object]], context: JobContext, _worker: Worker
    ) -> object:
        """Middleware of our consumers: which jobs are really being done."""
        self._in_hand.add(context.job.id)
        try:
            return await work()
        finally:
            self._in_hand.discard(context.job.id)

    async def step(self) -> None:
        """Bury what is dead or lost by now."""
        manager = self._app.job_manager
        stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
        for job in [*stalled, *await self._lost()]:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
            task = job.task_name.removeprefix(f"{NAMESPACE}:")
            log.warning("job buried", task=task)
            arguments = {name: str(value) for name, value in job.task_kwargs.items()}
            await asyncio.to_thread(wake_again, self._program, task, arguments)

    async def _lost(self) -> list[Job]:
        """Not those in nobody's hands for a moment: just fetched, or their end being written."""
        missed = [job for job in await self._being_done() if job.id not in self._in_hand]
        self._missed = {job.id: self._missed.get(job.id, 0) + 1 for job in missed}
        return [job for job in missed if self._missed[job.id] >= LOOKS]

    async def _being_done(self) -> list[Job]:
        """As the database has it, by our own consumers."""
        return [
            job
            for worker in self._workers
            if worker.worker_id is not None
            for job in await self._app.job_manager.list_jobs_async(
                status=Status.DOING.value, worker_id=worker.worker_id
            )
        ]
