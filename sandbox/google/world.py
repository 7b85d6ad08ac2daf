"""Everything that this Google knows: files and who may open them, keys, quotas, faults, calls."""

import contextlib
import functools
import hashlib
import json
import os
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sandbox.faults import Faults
from sandbox.google import oauth, workbook
from sandbox.google import state as state_of
from sandbox.google.edit import PEOPLE, Caller, Edit, Switches
from sandbox.google.errors import GoogleError
from sandbox.google.quota import Quota
from sandbox.google.schema import Json
from sandbox.google.workbook import Workbook

KEPT_CALLS = 2000
SAVE_EVERY = 0.2  # seconds
EDITORS = ("owner", "writer")


@dataclass
class File:
    """A spreadsheet as Drive knows it. `permissions` are Drive's Permission messages."""

    book: Workbook
    permissions: list[Json]
    created: str
    modified: str
    comments: list[Json] = field(default_factory=list)

    def copy(self) -> "File":
        """Return a copy that can be changed without changing this one."""
        shared = [dict(one) for one in self.permissions]
        return File(self.book.copy(), shared, self.created, self.modified, list(self.comments))

    def role(self, caller: Caller) -> str | None:
        """Return owner, writer or reader; None if the file is not shared with the caller."""
        roles = {p["role"] for p in self.permissions if _covers(p, caller)}
        return next((r for r in ("owner", "writer", "commenter", "reader") if r in roles), None)

    @property
    def owners(self) -> frozenset[str]:
        """The addresses of who owns the file."""
        return frozenset(p["emailAddress"] for p in self.permissions if p["role"] == "owner")


def _covers(permission: Json, caller: Caller) -> bool:
    if permission["type"] == "anyone":
        return True
    if permission["type"] == "domain":
        return bool(caller.email.endswith("@" + permission["domain"]))
    return bool(permission["emailAddress"] == caller.email)


@functools.cache
def _process_key() -> str:
    return oauth.new_key()


class GoogleWorld:
    """The state behind the stand-in, under one lock, kept in one file if `state_file` is given.

    `now` is the sandbox's clock (aware). With `quota` false nothing is counted. The file is written
    at most every 0.2 s and on `close()`.
    """

    def __init__(
        self, now: Callable[[], datetime], state_file: Path | None = None, quota: bool = True
    ) -> None:
        self.now = now
        self.lock = threading.RLock()
        self.files: dict[str, File] = {}
        self.faults = Faults()
        self.switches = Switches()
        self.quota = Quota(now, on=quota)
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self._key = ""
        self.tokens = oauth.Tokens(now, self.private_key)
        self._state_file = state_file
        self._changed = threading.Event()
        self._closed = threading.Event()
        self.saved = threading.Event()  # set when the file has been written once
        self.on_answer: Callable[[str, Json], None] | None = None
        """Is told each answer of the Sheets API with its call's name: a test judges them all."""
        self._saver: threading.Thread | None = None
        if state_file is not None:
            self._load(state_file)
            self._saver = threading.Thread(target=self._save_often, daemon=True)
            self._saver.start()

    # What the sandbox's control API does

    def create_spreadsheet(self, id: str, title: str, owner: str) -> None:  # noqa: A002 - Google's own word
        """Make an empty spreadsheet that `owner` (a person) has and the whole office may edit.

        The owner's address is none that a token `person:<name>` can have, unless it is written
        out with its @: whoever works in the sandbox owns no protected range. ValueError if the id
        exists.
        """
        email = owner if "@" in owner else f"{owner}@owner.{PEOPLE}"
        office = {"id": "office", "type": "domain", "domain": PEOPLE, "role": "writer"}
        with self.lock:
            if id in self.files:
                raise ValueError(f"the spreadsheet {id} exists")
            self.add_file(workbook.new_workbook(id, title), email).permissions.append(office)

    def add_file(self, book: Workbook, owner: str) -> File:
        """Keep a new spreadsheet with its owner."""
        time = self.timestamp()
        file = File(book, [permission(owner, "user", "owner")], time, time)
        self.files[book.id] = file
        self.mark_changed()
        return file

    def share(self, id: str, email: str) -> None:  # noqa: A002 - Google's own word
        """Let this address edit the spreadsheet. KeyError if there is none."""
        with self.lock:
            wanted = permission(oauth.person_email(email), "user", "writer")
            others = [p for p in self.files[id].permissions if p["id"] != wanted["id"]]
            self.files[id].permissions = [*others, wanted]
            self.mark_changed()

    def service_account_key(self, path: Path, token_uri: str, name: str = "sujarit") -> None:
        """Write the JSON key file (mode 0600) of a service account that lives in this world."""
        oauth.write_key_file(path, token_uri, self.private_key(), name)

    def private_key(self) -> str:
        """Return the RSA key of the service accounts, made once and kept with the state."""
        with self.lock:
            if not self._key:
                self._key = _process_key()
                self.mark_changed()
            return self._key

    def reset(self) -> None:
        """Forget files, faults, quotas, switches and calls; the service accounts' key stays."""
        with self.lock:
            self.files.clear()
            self.calls.clear()
            self.quota.clear()
            self.switches = Switches()
            self.mark_changed()
        self.faults.clear()

    # What the API does

    def timestamp(self) -> str:
        """Return now as Drive writes times."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def file(self, file_id: str, caller: Caller, *, to_edit: bool = False) -> File:
        """Return the file; 404 if there is none, 403 if the caller may not see or edit it."""
        if file_id not in self.files:
            raise GoogleError(404)
        role = self.files[file_id].role(caller)
        if role is None or (to_edit and role not in EDITORS):
            raise GoogleError(403)
        return self.files[file_id]

    def seen(self, file_id: str, caller: Caller) -> Edit:
        """Return the workbook with the eyes of a caller who may see it; nobody changes this one."""
        file = self.file(file_id, caller)
        return Edit(file.book, caller, file.owners, self.switches)

    @contextlib.contextmanager
    def editing(self, file_id: str, caller: Caller) -> Iterator[Edit]:
        """Hand out a draft of the workbook, which replaces it only if nothing was raised."""
        file = self.file(file_id, caller, to_edit=True)
        edit = Edit(file.book.copy(), caller, file.owners, self.switches)
        yield edit
        file.book = edit.book
        file.modified = self.timestamp()
        self.mark_changed()

    def log(self, call: Json) -> None:
        """Remember a call: time, tick, who, method, path, call, status, outcome."""
        with self.lock:  # whoever lists the calls holds it
            self.calls.append({"time": self.timestamp(), "tick": monotonic()} | call)

    # What survives a restart

    def mark_changed(self) -> None:
        """Have the state written soon."""
        self._changed.set()

    def close(self) -> None:
        """Let held calls go, write the state and stop writing it."""
        self.faults.clear()
        if self._saver is None or self._closed.is_set():
            return
        self._closed.set()
        self._changed.set()
        self._saver.join()

    def _save_often(self) -> None:
        while not self._closed.is_set():
            self._changed.wait()
            self._closed.wait(SAVE_EVERY)
            self._changed.clear()
            self._save()

    def _save(self) -> None:
        if self._state_file is None:
            return
        with self.lock:  # copies are cheap; turning them into text is not and needs no lock
            files = [(file, file.book.copy()) for file in self.files.values()]
            state: Json = {
                "key": self._key,
                "switches": asdict(self.switches),
                "files": [_file_to_json(file) for file, _ in files],
            }
        for entry, (_, book) in zip(state["files"], files, strict=True):
            entry["book"] = state_of.to_json(book)
        _write_private(self._state_file, json.dumps(state, ensure_ascii=False))
        self.saved.set()

    def _load(self, state_file: Path) -> None:
        if not state_file.exists():
            return
        state = json.loads(state_file.read_text("utf-8"))
        self._key = state["key"]
        self.switches = Switches(**state["switches"])
        for entry in state["files"]:
            book = state_of.from_json(entry.pop("book"))
            self.files[book.id] = File(book, **entry)


def _file_to_json(file: File) -> Json:
    return {
        "permissions": list(file.permissions),
        "created": file.created,
        "modified": file.modified,
        "comments": list(file.comments),
    }


def _write_private(path: Path, text: str) -> None:
    """Replace a file in one step; it holds a private key, so only its owner may read it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    draft.replace(path)


def permission(email: str, kind: str, role: str) -> Json:
    """Make Drive's Permission for an address."""
    place: dict[str, Any] = {"anyone": {}, "domain": {"domain": email}}.get(
        kind, {"emailAddress": email}
    )
    number = hashlib.sha256(email.encode()).hexdigest()[:20] if email else "anyoneWithLink"
    return {"kind": "drive#permission", "id": number, "type": kind, "role": role} | place


def new_file_id() -> str:
    """Make an id as long as Drive's."""
    return secrets.token_urlsafe(33)
