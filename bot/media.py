"""The media job: fetch what a message carries from LINE, examine it, and put it where its link is.

Fetched at once, as LINE promises to keep nothing. Whatever waits stands in the evidence table, so
a job that is lost or runs twice changes nothing: a file is written whole before its row says so,
and taken away again where meanwhile the message was.
"""

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import structlog

from bot import examine
from bot.evidence_page import ENDINGS
from bot.line import LineError, TooLarge
from bot.program import Program
from handlers.desk import Event, Message
from handlers.evidence import WHY, could_not_keep
from ita.agency import Person
from store import evidence, undoing
from store.database import Transaction
from store.evidence import Evidence
from store.evidence_files import EvidenceAway
from store.keyring import KeyGone, Tampered

MEGABYTE = 1024 * 1024
EXAMINE_SECONDS = 20
GIVE_UP_AFTER = timedelta(days=1)
"""What LINE has not got ready by then never will be."""
GONE = (404, 410)
"""LINE does not have it any more; whatever else it says may be about us and not the file."""
LONGEST_PAUSE = 300
AWAY_PAUSE = 30

_one_at_a_time = threading.Lock()
"""A small machine has the memory for one photo."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """What an examination leaves of a file."""

    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """It will not be kept: refused by us, or gone at LINE's; `why` is a code."""

    state: Literal["refused", "gone"]
    why: str


class NotYet(Exception):
    """LINE has not got it ready, or is away."""


def fetch(program: Program, agency: str, known: str) -> None:
    """Do what there is to do for one piece of evidence: fetch it, or delete what is none."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        item = evidence.find(tx, known)
    if item is None or item.state not in ("waiting", "ready"):
        _delete(program, agency, known)  # perhaps written by a worker that came too late
    elif item.state == "waiting" and (item.retry_at is None or item.retry_at <= now):
        _fetch(program, agency, item)


def _fetch(program: Program, agency: str, item: Evidence) -> None:
    try:
        outcome = _got(program, agency, item)
        if isinstance(outcome, Kept):
            program.evidence.put(agency, item.id, outcome.content)
    except (NotYet, EvidenceAway) as reason:
        _later(program, agency, item, away=isinstance(reason, EvidenceAway))
        return
    _end(program, agency, item, outcome)


def _end(program: Program, agency: str, item: Evidence, outcome: Kept | Verdict) -> None:
    """Settle it. What is given up, now or meanwhile, leaves no file, whoever wrote one."""
    kept = isinstance(outcome, Kept)
    with program.database.agency(agency) as tx:
        settled = _settle(program, tx, item.id, outcome)
    if settled != kept:
        fetch(program, agency, item.id)
    what = outcome.why if isinstance(outcome, Verdict) else "ready"
    log.info("evidence settled", agency=agency, outcome=what)


def _got(program: Program, agency: str, item: Evidence) -> Kept | Verdict:
    """What LINE has, examined. Raises NotYet."""
    settings = program.settings
    most = settings.evidence_photo_mb if item.kind == "image" else settings.evidence_file_mb
    try:
        with program.database.agency(agency) as tx:
            origin = evidence.origin(tx, item, program.clock().date())
        raw = program.line(agency).content(origin.message_id, most * MEGABYTE)
    except (KeyGone, Tampered):
        return Verdict("gone", "gone")
    except TooLarge:
        return Verdict("refused", "size")
    except LineError as error:
        if error.status in GONE:
            return Verdict("gone", "gone")
        raise NotYet from None
    if raw is None:
        raise NotYet
    return examined(raw, most * MEGABYTE)


def examined(raw: bytes, most: int) -> Kept | Verdict:
    """The file's type and what may be kept of it, found out in a process of its own.

    That one has no secrets, little memory, and 20 seconds; at most `most` bytes come back.
    """
    command = [sys.executable, "-I", examine.__file__]
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own file, and nothing of the stranger's
                command, input=raw, capture_output=True, env={}, timeout=EXAMINE_SECONDS, check=True
            )
    except subprocess.SubprocessError:
        return Verdict("refused", "broken")
    line, _, content = done.stdout.partition(b"\n")
    said = line.decode("ascii", "replace")
    if said not in ENDINGS:  # whatever took that process over gets no type of its own in
        why = said.removeprefix("refused ")
        return Verdict("refused", why if why in WHY else "broken")
    return Kept(said, content) if len(content) <= most else Verdict("refused", "size")


def _settle(program: Program, tx: Transaction, known: str, outcome: Kept | Verdict) -> bool:
    """What cannot be kept is no evidence: reports do not name it any more."""
    if isinstance(outcome, Kept):
        return evidence.ready(tx, known, outcome.type, len(outcome.content))
    if not evidence.give_up(tx, known, outcome.state, outcome.why):
        return False
    if undoing.drop_evidence(tx, known):
        program.queue.defer_sync(tx.sql, tx.agency)
    return True


def _later(program: Program, agency: str, item: Evidence, *, away: bool) -> None:
    """Again after a pause that grows; after a day it is given up, unless the fault is ours."""
    now = program.clock()
    if not away and now - item.made_at > GIVE_UP_AFTER:
        _end(program, agency, item, Verdict("gone", "gone"))
        return
    pause = AWAY_PAUSE if away else min(1 << min(item.attempts, 10), LONGEST_PAUSE)
    with program.database.agency(agency) as tx:
        evidence.later(tx, item, now, pause)
        program.queue.defer_media_later(tx.sql, agency, item.id, pause)


def _delete(program: Program, agency: str, known: str) -> None:
    """First the file, then the row that asks for that."""
    program.evidence.remove(agency, known)
    with program.database.agency(agency) as tx:
        evidence.forget(tx, known)
    log.info("evidence deleted", agency=agency)


def news(program: Program, tx: Transaction, event: Event, person: Person) -> tuple[Message, ...]:
    """What this person sent that could not be kept, said before the next answer one-to-one."""
    if event.chat_kind != "user" or not person.ref:
        return ()
    lost = evidence.lost(tx, person.ref, program.clock().date())
    return (could_not_keep(lost),) if lost else ()
