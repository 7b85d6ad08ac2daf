"""The worker's tasks on procrastinate, and what picks up whatever fell down.

Jobs are wake-up calls (see bot.queue): a finished job is deleted however it ended, because the
journal and the outbox know what remains to be done, and the sweeper wakes whoever should do it.
"""

import contextlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import procrastinate
import sqlalchemy as sa
import structlog

from bot import case_clock, case_media, errands, logs, media, notices, syncs
from bot import turn as turns
from bot.program import Program
from bot.queue import LEAVE, MEDIA, MENU, SYNC, TURN, UPLOADS
from store import (
    buttons,
    coordinators,
    evidence,
    invitations,
    journal,
    messages,
    sheet_line,
    steps,
    watch,
)
from store.cases import work
from store.database import Transaction, sqlstate
from store.sheet_state import LONGEST_PAUSE
from store.watch import AtWork

FELL_DOWN = timedelta(seconds=5)
"""What has waited this long has lost its wake-up call."""
KEPT = timedelta(days=35)
"""How long it is remembered that an event came (LINE delivers again within minutes), and what was
pushed: until its month, whose pushes are counted, is over.
"""
TOO_LONG = ("57014", "55P03")
"""A statement, or its wait for a lock, took longer than it may: nothing that others suffer from."""

log = structlog.get_logger()


def tasks(program: Program) -> procrastinate.Blueprint:
    """What a job may ask for."""
    known = procrastinate.Blueprint()

    @known.task(name=TURN, queue=TURN)
    def turn(agency: str, chat: str) -> None:
        if agency in program.agencies:
            turns.turn(program, agency, chat)

    @known.task(name=SYNC, queue=SYNC)
    def sync_sheet(agency: str) -> None:
        if agency in program.agencies:
            syncs.sync_when_due(program, agency)

    @known.task(name=MEDIA, queue=MEDIA)
    def fetch_media(agency: str, evidence: str) -> None:
        if agency in program.agencies:
            media.fetch(program, agency, evidence)

    @known.task(name=UPLOADS, queue=MEDIA)
    def fetch_uploads(agency: str) -> None:
        if agency in program.agencies:
            case_media.fetch_all(program, agency)

    _know_errands(known, program)
    return known


def _know_errands(known: procrastinate.Blueprint, program: Program) -> None:
    @known.task(name=MENU, queue=TURN)
    def menu(agency: str, chat: str, tries: str) -> None:
        if agency in program.agencies:
            errands.link_menu(program, agency, chat, int(tries))

    @known.task(name=LEAVE, queue=TURN)
    def leave(agency: str, chat: str, tries: str) -> None:
        if agency in program.agencies:
            errands.leave(program, agency, chat, int(tries))


def wake_again(program: Program, task: str, arguments: Mapping[str, str]) -> None:
    """Wake again what a job was at that is not done."""
    agency = arguments["agency"]
    if agency not in program.agencies:
        return
    with program.database.agency(agency) as tx:
        if task == TURN:
            program.queue.defer_swept_turn(tx.sql, agency, arguments["chat"])
        elif task == MEDIA:
            program.queue.defer_media(tx.sql, agency, arguments["evidence"])
        elif task == UPLOADS:
            program.queue.defer_uploads(tx.sql, agency)
        elif task in (MENU, LEAVE):
            tries = int(arguments["tries"])
            program.queue.defer_errand(tx.sql, task, agency, arguments["chat"], tries=tries)
        else:
            program.queue.defer_sync(tx.sql, agency)


class Sweeper:
    """Wakes chats and sheets with work that nobody was woken for (a crash between two steps).

    Each sweep looks at some agencies and the next one goes on from there; up to `AT_ONCE` are all
    seen each time: a look costs some hundredths of a millisecond (store.watch).
    """

    AT_ONCE = 10_000

    def __init__(self, program: Program) -> None:
        self._program = program
        self._slugs = list(program.agencies)
        self._circle = itertools.cycle(self._slugs)
        self._entered = False

    def sweep(self) -> None:
        """Look at the next agencies, and at the sheets that have not been read for long."""
        count = min(self.AT_ONCE, len(self._slugs))
        slugs = list(itertools.islice(self._circle, count))
        found = watch.at_work(
            self._program.database,
            slugs,
            self._program.clock(),
            fell_down=FELL_DOWN,
            active=syncs.ACTIVE,
            fresh=syncs.FRESH,
            longest_pause=timedelta(seconds=LONGEST_PAUSE),
        )
        for agency in found:
            self._wake(agency)
        self._wake_media(slugs)
        self._wake_uploads(slugs)
        self._wake_quiet()

    def _wake(self, found: AtWork) -> None:
        queue = self._program.queue
        with self._program.database.agency(found.slug) as tx:
            for chat in _chats_with_work(tx, self._program.clock()) if found.chats else ():
                queue.defer_swept_turn(tx.sql, found.slug, chat)
            if found.sheet:
                queue.defer_sync(tx.sql, found.slug)

    def _wake_media(self, slugs: Sequence[str]) -> None:
        """Evidence that nobody fetched or deleted."""
        program, now = self._program, self._program.clock()
        found = evidence.waiting(program.database, slugs, now, made_before=now - FELL_DOWN)
        for agency, known in found:
            with program.database.agency(agency) as tx:
                program.queue.defer_media(tx.sql, agency, known)

    def _wake_uploads(self, slugs: Sequence[str]) -> None:
        """What was sent for cases and is to be fetched or deleted, for the first time or again."""
        program = self._program
        for found in work.at_work(program.database, slugs, program.clock()):
            if found.uploads:
                with program.database.agency(found.slug) as tx:
                    program.queue.defer_uploads(tx.sql, found.slug)

    def _wake_quiet(self) -> None:
        """As many sheets that nobody asks about as the budget leaves room for, and no more."""
        room = self._program.budget.quiet_left(self._program.google.account)
        with self._program.database.house() as sql:
            if not self._entered:
                sheet_line.enter(sql, self._slugs)
                self._entered = True
            for agency in sheet_line.wake_quiet(sql, self._slugs, room):
                self._program.queue.defer_sync(sql, agency)


def _chats_with_work(tx: Transaction, now: datetime) -> set[str]:
    events = journal.chats_with_work(tx, now, older_than=now - FELL_DOWN)
    return {*events, *messages.chats_with_work(tx, now)}


def tidy(program: Program) -> None:
    """Erase what was said more than a week ago, wherever copies are; forget old deliveries."""
    now = program.clock()
    gone = program.keyring.destroy_days_before(now.date())
    if gone:
        log.info("day keys destroyed", count=gone)
    for agency in watch.to_tidy(program.database, list(program.agencies), now, KEPT):
        with _holding_up_nobody(agency), program.database.agency(agency) as tx:
            messages.forget(tx, before=now - KEPT)
            journal.forget(tx, before=now - KEPT)
            evidence.forget_unsent(tx, before=now - KEPT)
            evidence.drop_unnamed(tx, before=now - KEPT)
            buttons.forget(tx, now.date())
            steps.forget_old(tx, now.date())
            invitations.forget(tx, now)
            notices.forget_others(tx, now.date())
            coordinators.forget_old(tx, now.date())
    for agency in program.agencies:
        with _holding_up_nobody(agency):
            case_clock.retire(program, agency)


@contextlib.contextmanager
def _holding_up_nobody(agency: str) -> Iterator[None]:
    try:
        yield
    except sa.exc.OperationalError as error:
        if sqlstate(error) not in TOO_LONG:
            raise  # the database is away: for the others too
        log.error("not tidied", agency=agency, error=logs.code(error))
