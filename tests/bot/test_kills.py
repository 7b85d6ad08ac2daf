"""SIGKILL while a platform holds the call, and the database killed: once, and nothing lost.

The bot is a process started by app.yaml's entrypoint. Each kill hits while a stand-in holds a
request of the bot, so the moment is exact without any failpoint in the program.
"""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from store import embedded
from store.database import libpq_url
from store.migrate import upgrade
from tests.bot.test_way import REPORT, body, changed, raw_event, settle
from tests.bot.town import Process, Town, built, eventually, free_port

LONG = pytest.mark.long
HELD = (
    pytest.param("line", "reply", "hold_before", "LINE has not taken the reply yet", marks=LONG),
    pytest.param(
        "line", "reply", "hold_after", "LINE has taken it, the answer is on its way", marks=LONG
    ),
    pytest.param("line", "token", "hold_before", "after the commit, before the reply", marks=LONG),
    pytest.param(
        "google", "batchUpdate", "hold_before", "Google has not applied the batch yet", marks=LONG
    ),
    ("google", "batchUpdate", "hold_after", "Google has applied it, the answer is on its way"),
)


@pytest.mark.parametrize(("service", "call", "kind", "moment"), HELD)
@pytest.mark.parametrize(
    "released", ["before the restart", pytest.param("after the restart", marks=LONG)]
)
def test_killed_while_a_platform_holds_the_call(
    made: Town, process: Process, service: str, call: str, kind: str, moment: str, released: str
) -> None:
    process.start()
    settle(made)
    before = made.sheet()
    faults = made.sandbox.faults(service)
    faults.add(call, kind)
    assert made.say("clerk", REPORT)["status"] == 200
    eventually(lambda: faults.held, moment)
    process.kill()
    if released == "before the restart":
        faults.release()
    process.start()
    if released == "after the restart":
        eventually(lambda: not waits(made, service), "the new process has done it")
        faults.release()
    settle(made)
    time.sleep(0.5)  # a late first call may still be on its way into the sheet

    assert len(made.sent("clerk")) == 1
    rows = changed(before, made.sheet())
    assert {tab: len(found) for tab, found in rows.items()} == {"ความก้าวหน้า": 1, "มาตรการ": 1}


def waits(made: Town, service: str) -> bool:
    if service == "line":
        return not made.sent("clerk")
    return "ประกาศนโยบายงดรับของขวัญแล้ว" not in str(made.sheet()["ความก้าวหน้า"])


@pytest.mark.long
@pytest.mark.parametrize(("call", "kind"), [("token", "hold_before"), ("reply", "hold_before")])
def test_a_worker_that_freezes_and_revives(
    made: Town, process: Process, tmp_path: Path, call: str, kind: str
) -> None:
    """Another one does its work meanwhile. One reply, none of it paid, one row."""
    process.start()
    settle(made)
    before = made.sheet()
    faults = made.sandbox.faults("line")
    faults.add(call, kind)
    made.say("clerk", REPORT)
    eventually(lambda: faults.held, "LINE holds the call")
    process.freeze()
    other = Process(made, tmp_path / "other.log", free_port())
    other.start()
    try:
        eventually(lambda: made.sent("clerk"), "the other worker has replied")
        faults.release()
        process.thaw()
        settle(made)
        time.sleep(2)  # time for the revived one to do what it must not
    finally:
        other.kill()
    assert [sent["via"] for sent in made.sent("clerk")] == ["reply"]
    rows = changed(before, made.sheet())
    assert {tab: len(found) for tab, found in rows.items()} == {"ความก้าวหน้า": 1, "มาตรการ": 1}


@pytest.mark.long
def test_an_orderly_end_leaves_nothing_running(made: Town, process: Process) -> None:
    process.start()
    made.say("clerk", REPORT)
    settle(made)
    assert process.stop() == 0
    log = process.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    for secret in ("ประกาศนโยบาย", "รายงานผล", made.user_id("clerk")):
        assert secret not in log


@pytest.mark.long
def test_the_database_killed_and_restarted(tmp_path: Path) -> None:
    """web: 503, then 200; the worker comes back by itself. On a server of this test's own."""
    folder = tmp_path / "pg"
    with embedded.running(folder, durable=False) as url:
        upgrade(url)
        with built(tmp_path, url, "public") as made:
            process = Process(made, tmp_path / "bot.log")
            process.start()
            try:
                _kill_database_under(made, process, folder, url)
            finally:
                process.kill()


@pytest.mark.long
def test_a_job_that_a_living_worker_lost(made: Town, process: Process) -> None:
    """What a connection leaves that breaks while a job is fetched, or its end written down."""
    process.start()
    settle(made)
    eventually(lambda: not _jobs(made), "nothing is at work")
    with made.program.database.house() as sql:
        sql.execute(
            sa.text(
                "INSERT INTO procrastinate_jobs"
                " (queue_name, task_name, lock, args, status, worker_id)"
                " SELECT 'sync', 'sujarit:sync', 'sync:dongmuang',"
                " '{\"agency\": \"dongmuang\"}', 'doing', max(id) FROM procrastinate_workers"
            )
        )
    before = made.sheet()
    made.say("clerk", REPORT)
    settle(made)
    assert set(changed(before, made.sheet())) == {"ความก้าวหน้า", "มาตรการ"}
    eventually(lambda: not _jobs(made), "the lost one is buried")


def _jobs(made: Town) -> int:
    """Those of the sheet that are due or being done."""
    with made.program.database.house() as sql:
        return int(
            sql.scalar(
                sa.text(
                    "SELECT count(*) FROM procrastinate_jobs WHERE lock = 'sync:dongmuang'"
                    " AND (status = 'doing' OR coalesce(scheduled_at, now()) <= now())"
                )
            )
            or 0
        )


def _kill_database_under(made: Town, process: Process, folder: Path, url: str) -> None:
    raw = body(made, raw_event(made, "clerk", REPORT, "AWAY"))
    _kill_postgres(url)
    assert made.deliver(raw)["status"] == 503
    assert process.status("/healthz") == 200
    assert process.status("/readyz") == 503
    embedded.start(folder, durable=False)
    eventually(lambda: made.deliver(raw)["status"] == 200, "web takes it again")
    eventually(lambda: made.sent("clerk"), "the worker has come back")
    settle(made)
    assert len(made.sent("clerk")) == 1


def _kill_postgres(url: str) -> None:
    """SIGKILL to the postmaster: the parent of whoever serves our connection."""
    with psycopg.connect(libpq_url(url)) as connection:
        backend = connection.info.backend_pid
        stat = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8")
    pid = int(stat.rpartition(")")[2].split()[1])
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not Path(f"/proc/{pid}").exists(), "the postmaster is dead")
