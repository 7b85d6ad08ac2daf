"""The keyring: seals for what must be readable only while its key lives.

Keys are small files in a folder or bucket of their own (fsspec), outside the database and its
backups, each wrapped under the deployment's master key. What a person wrote in transit is sealed
under a key of the day; destroying the day's key erases it wherever it was copied to. Drafts have
day keys of their own, which are destroyed earlier. A case has keys of its own. People and chats
are found by HMAC, keyed per agency and purpose, so that no value of one table appears in another;
what need not be found on a later day, by one keyed with the day's key.
"""

import contextlib
import hmac
import os
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import fsspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
DAYS_KEPT = 7
"""A day's key is destroyed this many days later, and with it whatever still waits under it."""
DRAFTS_KEPT = 2
"""Likewise a day's key for drafts: what is left in the evening can be gone on with for 24 hours."""
_DAYS, _DRAFTS = "days", "drafts"
_KEPT = {_DAYS: DAYS_KEPT, _DRAFTS: DRAFTS_KEPT}


class KeyGone(LookupError):
    """The key was destroyed: what was sealed under it is erased."""


class KeyringAway(OSError):
    """The keyring cannot be used now, or is not the one that sealed this; nothing is erased."""

    says_only_codes = True


class Tampered(ValueError):
    """The sealed bytes are not what was sealed for this place."""


class Keyring:
    """Keys under `url` (a folder's path or an fsspec URL such as gs://bucket/keyring)."""

    def __init__(self, url: str, master_key: bytes) -> None:
        if len(master_key) < KEY_BYTES:
            raise ValueError("the master key has fewer than 32 bytes")
        self._fs, self._root = fsspec.core.url_to_fs(url)
        self._master = master_key
        self._wrap = AESGCM(self._derived("wrap"))
        self._days: OrderedDict[str, bytes] = OrderedDict()

    def reference(self, agency: str, purpose: str, value: str) -> str:
        """The opaque id (32 hex digits) by which `value` is found, for this purpose alone."""
        key = self._derived(f"reference|{agency}|{purpose}")
        return _hmac(key, value)

    def reference_of_day(self, day: date, agency: str, purpose: str, value: str) -> str:
        """As `reference`, for one day: once its key is destroyed nobody can try values out."""
        key = _derived(self.take(day_key(day), create=True), f"reference|{agency}|{purpose}")
        return _hmac(key, value)

    def key_of(self, secret: str) -> bytes:
        """The key for what is to be readable with this secret alone, beside the master key."""
        return self._derived(f"secret|{secret}")

    def seal(self, key_name: str, place: tuple[str, ...], plain: bytes) -> bytes:
        """`plain` sealed for `place` (agency, record, field); makes the key if it is new."""
        return seal_with(self._key(key_name, create=True), place, plain)

    def unseal(self, key_name: str, place: tuple[str, ...], sealed: bytes) -> bytes:
        """What was sealed for exactly this place.

        Raises KeyGone when the key was destroyed, Tampered when the bytes or place differ.
        """
        return unseal_with(self._key(key_name, create=False), place, sealed)

    def take(self, key_name: str, *, create: bool = False) -> bytes:
        """A key itself, for whoever seals or opens several things under it now; never to be kept.

        Raises KeyGone when it was destroyed, unless it is to be made anew.
        """
        return self._key(key_name, create=create)

    def unseal_of_day(self, day: date, today: date, place: tuple[str, ...], sealed: bytes) -> bytes:
        """What was sealed for this place under a day's key.

        Raises KeyGone only where the key's time is over. A key that should live and is not there
        means another keyring, or one that is away: KeyringAway, and nothing is given up.
        """
        return self._unseal_of_day(_DAYS, day, today, place, sealed)

    def unseal_draft(self, day: date, today: date, place: tuple[str, ...], sealed: bytes) -> bytes:
        """As `unseal_of_day`, for a day's key for drafts."""
        return self._unseal_of_day(_DRAFTS, day, today, place, sealed)

    def _unseal_of_day(
        self, keys: str, day: date, today: date, place: tuple[str, ...], sealed: bytes
    ) -> bytes:
        try:
            return self.unseal(_of_day(keys, day), place, sealed)
        except KeyGone:
            if _is_over(keys, day, today):
                raise
            raise KeyringAway("a key that should live is not in this keyring") from None

    def enter(self, folder: str, value: str) -> None:
        """Note a value in a folder of the keyring, outside every backup of the database.

        Each stands in a file of its own, so that nobody waits for another; again is harmless.
        """
        with contextlib.suppress(FileExistsError):
            self._write(self._entry(folder, value), value.encode())

    def entered(self, folder: str) -> Iterator[str | None]:
        """The values noted there, None for a file that is damaged."""
        for name in self._names(folder):
            try:
                value = self._load(f"{folder}/{name}")
            except Tampered:
                yield None
            else:
                if value is not None:  # struck out meanwhile
                    yield value.decode()

    def strike(self, folder: str, value: str) -> None:
        """Take a noted value out. Doing so again is harmless."""
        self.destroy(self._entry(folder, value))

    def probe(self, today: date) -> None:
        """Seal something and open it again. Raises KeyringAway where that does not work."""
        place = ("", "probe", "probe")
        for name in (day_key(today), draft_key(today)):
            self._days.pop(name, None)  # what is in memory says nothing of the folder
            self.unseal(name, place, self.seal(name, place, b"probe"))

    def destroy(self, key_name: str) -> None:
        """Destroy a key. Doing so again is harmless."""
        self._days.pop(key_name, None)
        with _reachable():
            if self._fs.exists(self._path(key_name)):
                self._fs.rm_file(self._path(key_name))

    def destroy_days_before(self, today: date) -> int:
        """Destroy the day keys of both kinds whose time is over; says how many there were."""
        old = [
            f"{keys}/{name}"
            for keys in _KEPT
            for name in self._names(keys)
            if (day := _day(name)) and _is_over(keys, day, today)
        ]
        for name in old:
            self.destroy(name)
        return len(old)

    def _key(self, name: str, *, create: bool) -> bytes:
        if name in self._days:
            return self._days[name]
        key = self._load(name) or (self._make(name) if create else None)
        if key is None:
            raise KeyGone(name)
        if _is_of_a_day(name):  # a case's key is never kept in memory
            self._days[name] = key
            while len(self._days) > sum(_KEPT.values()):
                self._days.popitem(last=False)
        return key

    def _load(self, name: str) -> bytes | None:
        """Raises Tampered for a damaged file of a keyring that is in order otherwise."""
        try:
            return self._opened(name)
        except Tampered:
            if _is_of_a_day(name) or not self._is_ours():
                raise KeyringAway("the master key does not open this keyring") from None
            raise

    def _is_ours(self) -> bool:
        """Whether the master key opens any day's key that lies there."""
        for name in self._names(_DAYS):
            with contextlib.suppress(Tampered):
                if self._opened(f"{_DAYS}/{name}") is not None:
                    return True
        return False

    def _opened(self, name: str) -> bytes | None:
        with _reachable():
            try:
                wrapped: bytes = self._fs.cat_file(self._path(name))
            except FileNotFoundError:
                return None
        return _decrypt(self._wrap, wrapped, name.encode())

    def _make(self, name: str) -> bytes:
        """A new key, unless another process was quicker: then that one's."""
        key = os.urandom(KEY_BYTES)
        try:
            self._write(name, key)
        except FileExistsError:
            return self._load(name) or self._make(name)
        return key

    def _write(self, name: str, content: bytes) -> None:
        """A new file, wrapped under the master key. Raises FileExistsError."""
        nonce, path = os.urandom(NONCE_BYTES), self._path(name)
        wrapped = nonce + self._wrap.encrypt(nonce, content, name.encode())
        with _reachable():
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            _create(self._fs, path, wrapped)

    def _names(self, folder: str) -> list[str]:
        """The files of a folder as they are now; a bucket's library remembers older ones."""
        with _reachable():
            try:
                found = self._fs.ls(self._path(folder), detail=False, refresh=True)
            except FileNotFoundError:
                return []
        names = [str(path).rsplit("/", 1)[-1] for path in found]
        return [name for name in names if not name.startswith(".")]  # drafts of `_create`

    def _entry(self, folder: str, value: str) -> str:
        return f"{folder}/{self.reference(folder, 'entry', value)}"

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _derived(self, purpose: str) -> bytes:
        return _derived(self._master, purpose)


def seal_with(key: bytes, place: tuple[str, ...], plain: bytes) -> bytes:
    """`plain` sealed for `place` under a key that somebody else keeps."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _associated(place))


def unseal_with(key: bytes, place: tuple[str, ...], sealed: bytes) -> bytes:
    """What `seal_with` sealed for exactly this place. Raises Tampered."""
    return _decrypt(AESGCM(key), sealed, _associated(place))


def day_key(day: date) -> str:
    """The name of a day's key."""
    return _of_day(_DAYS, day)


def draft_key(day: date) -> str:
    """The name of a day's key for drafts."""
    return _of_day(_DRAFTS, day)


def _of_day(keys: str, day: date) -> str:
    return f"{keys}/{day.isoformat()}"


def _is_of_a_day(name: str) -> bool:
    return name.startswith(tuple(f"{keys}/" for keys in _KEPT))


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def _hmac(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:32]


def _create(fs: fsspec.AbstractFileSystem, path: str, content: bytes) -> None:
    """Write a new file whole or not at all. Raises FileExistsError when it is there already."""
    if "file" not in fs.protocol:
        fs.pipe_file(path, content, mode="create")
        return
    # A local folder has no atomic "create with this content", but a hard link is one.
    with tempfile.NamedTemporaryFile(dir=Path(path).parent, prefix=".new-") as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        Path(path).hardlink_to(draft.name)


def _associated(place: tuple[str, ...]) -> bytes:
    # Lengths stand before the parts, so that ("a", "bc") and ("ab", "c") differ.
    return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in place)


def _decrypt(cipher: AESGCM, sealed: bytes, associated: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except (InvalidTag, ValueError):
        # ValueError: a nonce cut short. The cause names nothing but would chain the bytes.
        raise Tampered("sealed bytes do not belong here") from None


@contextlib.contextmanager
def _reachable() -> Iterator[None]:
    """A folder and each bucket's library fail in their own ways; for us they are one."""
    try:
        yield
    except (FileExistsError, FileNotFoundError):
        raise
    except Exception as error:  # noqa: BLE001 - every bucket's library has errors of its own
        raise KeyringAway(type(error).__name__) from None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None  # a stranger's file


def _is_over(keys: str, day: date, today: date) -> bool:
    return (today - day).days >= _KEPT[keys]
