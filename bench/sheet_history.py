"""A report against 100 and against 20,000 rows of history: `python -m bench.sheet_history`.

Both must cost the same calls and, within a fifth, the same time of ours. The stand-in runs in a
process of its own; ours is the time of a sync without the time that it waits for the stand-in.
"""

import contextlib
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import requests
import sqlalchemy as sa
from flask import Flask, jsonify
from werkzeug.serving import make_server

from ita.changes import ReportProgress
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from sandbox.google import GoogleWorld, google_blueprint
from sheets.google import Google, Json
from sheets.install import install
from sheets.sync import sync
from store import register, sheet_owner
from store.database import Database
from store.embedded import running
from store.keyring import Keyring
from store.migrate import upgrade

HISTORIES, REPORTS, WARM = (100, 20_000), 60, 5
AGENCY, BOOK, OWNER, LOG = "dongmuang", "book-1", "owner@sandbox.example", 1003
NOW = datetime(2025, 1, 15, 2, tzinfo=UTC)
AT_ONCE = 5_000


class Timed(Google):
    """Google, with the seconds that were spent waiting for it."""

    waited = 0.0

    def read(self, spreadsheet_id: str, whole: Sequence[int], headers: Sequence[int] = ()) -> Json:
        with self._timed():
            return super().read(spreadsheet_id, whole, headers)

    def batch(self, spreadsheet_id: str, changes: Sequence[Json]) -> list[Json]:
        with self._timed():
            return super().batch(spreadsheet_id, changes)

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.waited += time.perf_counter() - began


def main() -> None:
    """Measure both and compare."""
    found = [_measured(rows) for rows in HISTORIES]
    for rows, (calls, ours, cpu) in zip(HISTORIES, found, strict=True):
        print(
            f"{rows:>6,} rows of history: {calls:.1f} calls a report; ours, in ms:"
            f" min {min(ours):.1f}, median {statistics.median(ours):.1f}, max {max(ours):.1f};"
            f" CPU of ours a report {cpu:.1f}"
        )
    (calls, few, _), (other_calls, many, _) = found
    ratio = statistics.median(many) / statistics.median(few)
    same = "the same" if calls == other_calls else "NOT the same"
    print(f"calls are {same}; time of ours × {ratio:.2f} (at most 1.20)")


def _measured(rows: int) -> tuple[float, list[float], float]:
    """Calls a report; milliseconds of ours of each; CPU milliseconds of ours a report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder / "postgres", durable=False) as url, _stand_in(folder) as host:
            upgrade(url, "bench")
            keyring = Keyring(str(folder / "keyring"), b"bench-master-key-of-32-bytes-xxx")
            database = Database(url, keyring, schema="bench")
            google = Timed(folder / "account.json", host=host)
            _own(database, google)
            measure = _measure(database)
            _history(database, url, google, measure, rows)
            for number in range(WARM):
                _report(database, google, measure, number)
            before, cpu = _calls(host), time.process_time()
            ours = [_report(database, google, measure, WARM + n) for n in range(REPORTS)]
            cpu = (time.process_time() - cpu) / REPORTS * 1000
            calls = (_calls(host) - before) / REPORTS
            database.close()
            return calls, ours, cpu


def _own(database: Database, google: Google) -> None:
    """Install; that the code was typed is taken on trust."""
    code = install(database, google, AGENCY, BOOK).code or ""
    with database.agency(AGENCY) as tx:
        sheet_owner.confirm(tx, [code.replace("-", "")])


def _measure(database: Database) -> Measure:
    period = read_period("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘", 2568)
    with database.agency(AGENCY) as tx:
        made = register.add_measure(tx, Measure(0, 2568, 1, "มาตรการ 1", "สำนักปลัด", period))
    assert made is not None
    return made


def _history(database: Database, url: str, google: Google, measure: Measure, rows: int) -> None:
    """So many reports in the register and in the log, as if they had come long ago."""
    owner = sa.create_engine(url, connect_args={"options": "-c search_path=bench"})
    with owner.begin() as sql:
        sql.execute(
            sa.text(
                "INSERT INTO progress (agency, id, measure, at, unit, status, percent, output,"
                " links) SELECT :agency, 100000 + n, :measure, :at, 'สำนักปลัด', 'in_progress', 10,"
                " 'รายงานเก่า ' || n, '{}' FROM generate_series(1, :rows) AS n"
            ),
            {"agency": AGENCY, "measure": measure.id, "at": NOW, "rows": rows},
        )
        sql.execute(sa.text("UPDATE spreadsheet SET next_row_id = 1000000"))
    owner.dispose()
    for first in range(0, rows, AT_ONCE):
        lines = [
            {"values": [_text(str(100_001 + n)), *(_text(f"รายงานเก่า {n}") for _ in range(9))]}
            for n in range(first, min(rows, first + AT_ONCE))
        ]
        fields = {"sheetId": LOG, "rows": lines, "fields": "userEnteredValue"}
        google.batch(BOOK, [{"appendCells": fields}])


def _text(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}}


def _report(database: Database, google: Timed, measure: Measure, number: int) -> float:
    """One report and its sync; milliseconds of ours."""
    at = NOW.replace(hour=3 + number // 60, minute=number % 60)
    words = f"รายงานใหม่ {number}"
    progress = Progress(measure.id, at, "สำนักปลัด", Status.IN_PROGRESS, number, words)
    google.waited, began = 0.0, time.perf_counter()
    with database.agency(AGENCY) as tx:
        register.apply(tx, ReportProgress(progress))
    result = sync(database, google, AGENCY, NOW)
    assert result.outcome == "written", result
    return (time.perf_counter() - began - google.waited) * 1000


# --- The stand-in, in a process of its own


@contextlib.contextmanager
def _stand_in(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", __spec__.name, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


def _serve(folder: Path) -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    world = GoogleWorld(lambda: NOW, quota=False)
    world.create_spreadsheet(BOOK, "งาน ITA", OWNER)
    app = Flask("sandbox")
    app.register_blueprint(google_blueprint(world))
    app.add_url_rule("/calls", "calls", lambda: jsonify(len(world.calls)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    host = f"http://127.0.0.1:{server.server_port}"
    world.service_account_key(folder / "account.json", f"{host}/token")
    world.share(BOOK, Google(folder / "account.json", host=host).email or "")
    print(host, flush=True)
    server.serve_forever(0.05)


def _calls(host: str) -> int:
    return int(requests.get(f"{host}/calls", timeout=30).json())


if __name__ == "__main__":
    _serve(Path(sys.argv[1])) if sys.argv[1:] else main()
