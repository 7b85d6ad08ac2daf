"""A stand-in for Google, served; an agency whose sheet is installed there; a person at work."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gspread
import pytest
from flask import Flask
from gspread.http_client import HTTPClient
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from werkzeug.serving import make_server

from ita.changes import FileCase, ReportProgress
from ita.complaints import Kind, Part
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from sandbox.google import GoogleWorld, google_blueprint
from sandbox.google.world import File
from sheets.google import Google
from sheets.install import install
from sheets.layout import BY_KEY
from sheets.sync import SyncResult, sync
from store import cases, outbox, register, sheet_owner, sheet_state
from store.database import Database
from tests.rows import Rows
from tests.sandbox.google.stage import judged, shorten

BOOK = "book-1"
AGENCY = "dongmuang"
OWNER = "owner@owner.sandbox.example"
"""Whoever made the spreadsheet: no protection holds this person."""
NOW = datetime(2025, 1, 15, 2, 0, tzinfo=UTC)
TODAY = date(2025, 1, 15)
GRID_ROWS = 30
"""Lines of each tab of an office that is not installed in the test itself."""


@dataclass(frozen=True)
class Served:
    """The stand-in's state and where it answers."""

    world: GoogleWorld
    url: str


@pytest.fixture
def served() -> Iterator[Served]:
    world = GoogleWorld(lambda: NOW, quota=False)
    app = Flask("sandbox")
    app.register_blueprint(google_blueprint(world))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    world.create_spreadsheet(BOOK, "งาน ITA", "owner")
    with judged(world):
        yield Served(world, f"http://127.0.0.1:{server.server_port}")
    world.close()
    server.shutdown()


@pytest.fixture
def google(served: Served, tmp_path: Path) -> Google:
    """The program's account at the stand-in, which the sheet is shared with."""
    key = tmp_path / "account.json"
    served.world.service_account_key(key, f"{served.url}/token")
    account = Google(key, host=served.url)
    assert account.email is not None
    served.world.share(BOOK, account.email)
    return account


class _ToStandIn(HTTPAdapter):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        request.url = (request.url or "").replace("https://sheets.googleapis.com", self.url)
        return super().send(request, *args, **kwargs)


def person(served: Served, name: str = "malee") -> gspread.Spreadsheet:
    """A coordinator at work in the browser, as the stand-in sees it."""
    session = Session()
    session.headers["Authorization"] = f"Bearer person:{name}"
    session.mount("https://sheets.googleapis.com", _ToStandIn(served.url))
    http = HTTPClient(None, session=session)  # type: ignore[arg-type]
    client = gspread.Client(auth=None, http_client=lambda *_, **__: http)  # type: ignore[arg-type]
    return client.open_by_key(BOOK)


class Office:
    """An agency whose sheet is installed: what chat does, what people do, and what they see."""

    def __init__(self, database: Database, google: Google, served: Served) -> None:
        self.database = database
        self.google = google
        self.served = served
        self.book = person(served)

    def sync(self, now: datetime = NOW) -> SyncResult:
        return sync(self.database, self.google, AGENCY, now)

    def settle(self) -> SyncResult:
        """Sync until there is nothing to do."""
        for _ in range(10):
            result = self.sync()
            if result.outcome in ("idle", "problem", "waiting"):
                return result
        raise AssertionError("the sync does not come to rest")

    def add_measure(self, number: int, **fields: Any) -> Measure:
        facts: dict[str, Any] = {
            "title": f"มาตรการทดสอบ {number}",
            "unit": "สำนักปลัด",
            "indicator": number,
        }
        period = read_period("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘", 2568)
        new = Measure(0, 2568, number, period=period, **(facts | fields))
        with self.database.agency(AGENCY) as tx:
            entered = register.add_measure(tx, new)
        assert entered is not None
        return entered

    def report(self, measure: Measure, output: str, percent: int = 80, minute: int = 0) -> None:
        progress = Progress(
            measure.id, NOW.replace(minute=minute), "สำนักปลัด", Status.IN_PROGRESS, percent,
            output, ("https://example.go.th/nogift",),
        )  # fmt: skip
        with self.database.agency(AGENCY) as tx:
            register.apply(tx, ReportProgress(progress))

    def file_case(self, number: str) -> None:
        with self.database.agency(AGENCY) as tx:
            cases.file(tx, grievance(number), "", "", TODAY, TODAY)

    def measure(self, number: int) -> Measure:
        with self.database.agency(AGENCY) as tx:
            return next(m for m in register.measures(tx) if m.number == number)

    def waiting(self) -> int:
        with self.database.agency(AGENCY) as tx:
            return len(outbox.waiting(tx))

    def state(self) -> sheet_state.Sheet:
        with self.database.agency(AGENCY) as tx:
            sheet = sheet_state.load(tx)
        assert sheet is not None
        return sheet

    def tab(self, key: str) -> gspread.Worksheet:
        return self.book.get_worksheet_by_id(BY_KEY[key].sheet_id)

    def rows(self, key: str) -> list[dict[str, str]]:
        """A tab's filled lines below the header, by the headers that stand there."""
        header, *lines = self.tab(key).get_all_values()
        return [dict(zip(header, line, strict=True)) for line in lines if any(line)]

    def everything(self) -> dict[str, list[list[str]]]:
        """Every value of every tab."""
        return {tab.title: tab.get_all_values() for tab in self.book.worksheets()}

    def write(self, key: str, line: int, column: str, text: str) -> None:
        """A person types into the cell of a 1-based line, under a header."""
        tab = self.tab(key)
        header = BY_KEY[key].column(column).header
        tab.update_cell(line, tab.row_values(1).index(header) + 1, text)

    def fault(self, kind: str, call: str = "batchUpdate", times: int = 1) -> None:
        self.served.world.faults.add(call, kind, times)


def grievance(number: str) -> FileCase:
    """A lamp that is out."""
    receipt = number.replace("-", "").rjust(16, "0")
    return FileCase(number, Kind.GRIEVANCE, receipt, (Part("ไฟทางดับ หน้าบ้าน"),))


def own(database: Database, google: Google) -> None:
    """Install; that the code was typed into the sheet is taken on trust."""
    report = install(database, google, AGENCY, BOOK)
    with database.agency(AGENCY) as tx:
        assert report.confirmed or sheet_owner.confirm(tx, [(report.code or "").replace("-", "")])


class Offices:
    """The first test that wants an office of some kind furnishes it; the others get it put back."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._files: dict[str, dict[str, File]] = {}

    def furnish(self, kind: str, served: Served, make: Callable[[], object]) -> None:
        """`kind` names a schema of the database too; nothing of it may be sealed: keys go."""
        files = served.world.files
        if kind in self._files:
            self._rows.put_back(kind)
            files.update({name: file.copy() for name, file in self._files[kind].items()})
        else:
            make()
            self._rows.save(kind)
            self._files[kind] = {name: file.copy() for name, file in files.items()}


@pytest.fixture(scope="session")
def offices(rows: Rows) -> Offices:
    return Offices(rows)


@pytest.fixture
def office(database: Database, google: Google, served: Served, offices: Offices) -> Office:
    def settle_in() -> None:
        own(database, google)
        shorten(person(served, OWNER), served.world.files[BOOK].book, GRID_ROWS)

    offices.furnish("office", served, settle_in)
    return Office(database, google, served)


@pytest.fixture
def one_measure(office: Office, offices: Offices) -> Measure:
    """A measure that stands in the sheet."""

    def enter() -> None:
        office.add_measure(1)
        office.settle()

    offices.furnish("one_measure", office.served, enter)
    return office.measure(1)
