"""Photos and files that come with a form: never on a disk before they are sealed, and not too many.

A telephone far out needs longer for a photo than the server waits for a request. Two at a time are
given that time; more would let a few slow senders keep the webhook from LINE.
"""

import io
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from flask import Request, request

from bot import case_media
from bot.media import MEGABYTE
from bot.program import Program
from ita.complaints import Upload
from store.database import Transaction
from store.keyring import KEY_BYTES

MOST: Final = 3
"""With one form; more can be added to the case afterwards."""
SLOW_SECONDS: Final = 60
ID_BYTES: Final = 16

_slots = threading.BoundedSemaphore(2)


class Refused(Exception):
    """One of them cannot be kept; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class InMemory(Request):
    """A request whose files stay in memory, where Flask would write large ones down."""

    def _get_file_stream(self, *_args: object, **_kwargs: object) -> IO[bytes]:
        return io.BytesIO()


@contextmanager
def awaited(program: Program) -> Iterator[None]:
    """Let a body with photos be large and slow, if not too many are."""
    small = request.max_content_length or 0
    is_slow = (request.content_length or 0) > small and _slots.acquire(blocking=False)
    try:
        if is_slow:
            request.max_content_length = (
                small + MOST * program.settings.evidence_photo_mb * MEGABYTE
            )
            connection: Any = request.environ.get("gunicorn.socket")
            if hasattr(connection, "deadline"):  # see bot.server
                connection.deadline = time.monotonic() + SLOW_SECONDS
        yield
    finally:
        if is_slow:
            _slots.release()


def sent() -> list[bytes]:
    """What came with the form; names are not even looked at."""
    return [raw for file in request.files.getlist("photo") if (raw := file.read())]


def put(
    program: Program, tx: Transaction, raws: list[bytes], *, pausing: bool = False
) -> tuple[Upload, ...]:
    """Keep them, in the transaction that files the case. Raises Refused, EvidenceAway.

    None is taken while `pausing`: whoever sends too much may send words.
    """
    if raws and pausing:
        raise Refused("paused")
    if len(raws) > MOST:
        raise Refused("many")
    uploads = []
    for raw in raws:
        upload = Upload(secrets.token_hex(ID_BYTES), os.urandom(KEY_BYTES))
        verdict = case_media.put(program, tx.agency, tx, upload, raw)
        if verdict is not None:
            raise Refused(verdict.why)
        uploads.append(upload)
    return tuple(uploads)
