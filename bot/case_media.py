"""What people send for a complaint: fetched, examined, and sealed before it lies anywhere.

A photo is kept twice: the bare picture for whoever reads the case, and the original, which may
prove more and may betray more. Everything else is kept as it came. Both lie under the upload's own
key, which only the draft or the case has. As with bot.media a job that is lost or runs twice
changes nothing: files are written whole before the row says so, and go where the row has gone.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
import structlog

from bot.line import LineError, TooLarge
from bot.media import AWAY_PAUSE, GONE, LONGEST_PAUSE, MEGABYTE, Kept, NotYet, Verdict, examined
from bot.program import Program
from ita.complaints import Upload
from store import tampering
from store.cases import uploads
from store.cases.uploads import Origin, Waiting
from store.database import Transaction
from store.evidence_files import EvidenceAway
from store.keyring import KeyGone, Tampered, seal_with, unseal_with

GIVE_UP_AFTER: Final = timedelta(days=1)
"""Whole days after the one on which it was sent: what LINE has not got ready then never will be."""
READING, ORIGINAL = "", ".original"
"""How the names of an upload's two files end."""
AUDIO: Final = (b"ID3", b"\xff\xfb", b"\xff\xf1", b"#!AMR", b"OggS")
"""How MP3 (with a title or without), AAC, AMR and Ogg begin."""
M4A: Final = (b"M4A ", b"M4B ")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Examined:
    """What there is to seal: `original` is None where the one for reading is as it came."""

    reading: bytes = field(repr=False)
    original: bytes | None = field(default=None, repr=False)


def fetch_all(program: Program, agency: str) -> None:
    """Do what there is to do for the uploads of an agency; none stops the others."""
    with program.database.agency(agency) as tx:
        due = uploads.open_ones(tx, program.clock())
    for known in due:
        try:
            fetch(program, agency, known)
        except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
            raise  # database or keyring are away: for the others too
        except Exception:
            log.exception("evidence cannot be settled", agency=agency)


def fetch(program: Program, agency: str, known: str) -> None:
    """Do what there is to do for one upload: fetch it, or delete what is to go."""
    now = program.clock()
    with program.database.agency(agency) as tx:
        item = uploads.find(tx, known)
    if item is None or item.state not in ("waiting", "ready"):
        _delete(program, agency, known)  # perhaps written by a worker that came too late
    elif item.state == "waiting" and item.is_due(now):
        _fetch(program, agency, item)


def put(
    program: Program, agency: str, tx: Transaction, upload: Upload, raw: bytes
) -> Verdict | None:
    """Keep what came with a web form, in the transaction that files the case; why not, or None.

    Where that transaction fails nobody has the key: what was written then is nobody's any more.
    Raises EvidenceAway.
    """
    found = _examined(raw, upload.kind, _most(program, upload.kind))
    if isinstance(found, Verdict):
        return found
    uploads.enter(tx, upload, program.clock().date())
    _seal(program, agency, upload.id, upload.key, found)
    return None


def read(
    program: Program, tx: Transaction, upload: str, key: bytes, *, original: bool = False
) -> bytes | None:
    """What was sealed; None where there is none, or it is not what was sealed there (an alarm)."""
    ending = ORIGINAL if original else READING
    sealed = program.case_files.get(tx.agency, _name(program, tx.agency, upload, ending))
    if sealed is None:
        return None
    try:
        return unseal_with(key, _place(tx.agency, upload, ending), sealed)
    except Tampered:
        tampering.alarm(tx, "upload")
        return None


def _fetch(program: Program, agency: str, item: Waiting) -> None:
    try:
        outcome = _got(program, agency, item)
    except (NotYet, EvidenceAway) as reason:
        _later(program, agency, item, away=isinstance(reason, EvidenceAway))
        return
    _end(program, agency, item.id, outcome)


def _got(program: Program, agency: str, item: Waiting) -> Examined | Verdict:
    """What LINE has, examined and sealed. Raises NotYet, EvidenceAway."""
    most = _most(program, item.kind)
    if item.kind not in uploads.FETCHED:
        return Verdict("refused", "kind")
    origin = _origin(program, agency, item)
    if origin is None:
        return Verdict("gone", "gone")
    try:
        raw = program.line(agency).content(origin.message_id, most)
    except TooLarge:
        return Verdict("refused", "size")
    except LineError as error:
        if error.status in GONE:
            return Verdict("gone", "gone")
        raise NotYet from None
    if raw is None:
        raise NotYet
    found = _examined(raw, item.kind, most)
    if isinstance(found, Examined):
        _seal(program, agency, item.id, origin.key, found)
    return found


def _origin(program: Program, agency: str, item: Waiting) -> Origin | None:
    with program.database.agency(agency) as tx:
        try:
            return uploads.origin(tx, item, program.clock().date())
        except KeyGone:
            return None
        except Tampered:
            tampering.alarm(tx, "upload's origin")
            return None


def _most(program: Program, kind: str) -> int:
    settings = program.settings
    most = settings.evidence_photo_mb if kind == "image" else settings.evidence_file_mb
    return most * MEGABYTE


def _examined(raw: bytes, kind: str, most: int) -> Examined | Verdict:
    """By the content alone; what has to be opened for that is opened in a process of its own."""
    if len(raw) > most:
        return Verdict("refused", "size")
    if _is_sound(raw, kind):
        return Examined(raw)
    found = examined(raw, most)
    if not isinstance(found, Kept):
        return found
    return Examined(found.content, raw if found.type.startswith("image/") else None)


def _is_sound(raw: bytes, kind: str) -> bool:
    """A telephone's voice message may call itself by any name of MPEG-4."""
    if raw[4:8] == b"ftyp":
        return raw[8:12] in M4A or kind == "audio"
    return raw.startswith(AUDIO) or (raw[:4] == b"RIFF" and raw[8:12] == b"WAVE")


def _seal(program: Program, agency: str, upload: str, key: bytes, found: Examined) -> None:
    for ending, content in ((ORIGINAL, found.original), (READING, found.reading)):
        if content is not None:
            sealed = seal_with(key, _place(agency, upload, ending), content)
            program.case_files.put(agency, _name(program, agency, upload, ending), sealed)


def _name(program: Program, agency: str, upload: str, ending: str) -> str:
    """A file's name: its day and hour stand beside it, and must not lead to the upload's row."""
    return program.keyring.reference(agency, "case file", upload) + ending


def _place(agency: str, upload: str, ending: str) -> tuple[str, ...]:
    return (agency, upload, f"case file{ending}")


def _end(program: Program, agency: str, upload: str, outcome: Examined | Verdict) -> None:
    """Settle it. What is given up, now or meanwhile, leaves no file, whoever wrote one."""
    with program.database.agency(agency) as tx:
        if isinstance(outcome, Examined):
            is_kept = uploads.settle(tx, upload, "ready")
        else:
            uploads.settle(tx, upload, outcome.state, outcome.why)
            is_kept = False
    if not is_kept:
        fetch(program, agency, upload)
    what = outcome.why if isinstance(outcome, Verdict) else "ready"
    log.info("evidence settled", agency=agency, outcome=what)  # in the words of bot.media


def _later(program: Program, agency: str, item: Waiting, *, away: bool) -> None:
    """Again after a pause that grows; after a day it is given up, unless the fault is ours.

    The sweeper sees when the pause is over.
    """
    now = program.clock()
    if not away and now.date() - item.made_on > GIVE_UP_AFTER:
        _end(program, agency, item.id, Verdict("gone", "gone"))
        return
    pause = AWAY_PAUSE if away else min(1 << min(item.attempts, 10), LONGEST_PAUSE)
    with program.database.agency(agency) as tx:
        uploads.later(tx, item, now, pause)


def _delete(program: Program, agency: str, known: str) -> None:
    """First the files, then the row that asks for that."""
    for ending in (ORIGINAL, READING):
        program.case_files.remove(agency, _name(program, agency, known, ending))
    with program.database.agency(agency) as tx:
        uploads.forget(tx, known)
    log.info("evidence deleted", agency=agency)
