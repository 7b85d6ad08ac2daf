"""Where evidence lies: a folder or bucket (fsspec), one file each, whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import fsspec


class EvidenceAway(OSError):
    """The folder or bucket cannot be used now; nothing is lost."""

    says_only_codes = True


class EvidenceFiles:
    """Files under `url` (a folder's path or an fsspec URL such as gs://bucket/evidence)."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    def put(self, agency: str, name: str, content: bytes) -> None:
        """Write a file whole, in place of what may be there."""
        with _reachable():
            if "file" in self._fs.protocol:
                _put_whole(Path(self._path(agency, name)), content)
            else:
                self._fs.pipe_file(self._path(agency, name), content)  # an object appears whole

    def get(self, agency: str, name: str) -> bytes | None:
        """The content, None where there is no such file."""
        with _reachable():
            try:
                content: bytes = self._fs.cat_file(self._path(agency, name))
            except FileNotFoundError:
                return None
        return content

    def remove(self, agency: str, name: str) -> None:
        """Delete a file and its drafts. Doing so again is harmless."""
        with _reachable():
            path = self._path(agency, name)
            if self._fs.exists(path):
                self._fs.rm_file(path)
            if "file" in self._fs.protocol:
                _remove_drafts(Path(path))

    def _path(self, agency: str, name: str) -> str:
        return f"{self._root}/{agency}/{name}"


def _put_whole(path: Path, content: bytes) -> None:
    """A draft beside it, then moved: whoever is killed on the way leaves nothing half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, name = tempfile.mkstemp(prefix=_draft_of(path), dir=path.parent)
    with os.fdopen(draft, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    _remove_drafts(path)


def _remove_drafts(path: Path) -> None:
    """What somebody who was killed has left."""
    for left in path.parent.glob(f"{_draft_of(path)}*"):
        left.unlink(missing_ok=True)


def _draft_of(path: Path) -> str:
    return f".{path.name}-"


@contextlib.contextmanager
def _reachable() -> Iterator[None]:
    """A folder and each bucket's library fail in their own ways; for us they are one."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - every bucket's library has errors of its own
        raise EvidenceAway(type(error).__name__) from None
