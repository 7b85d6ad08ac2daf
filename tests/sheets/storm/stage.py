"""Where the storm rages: one served Google, one installed sheet and one database for many seeds.

Installing takes a second, so it is done once; every seed begins with the same saved state.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import gspread
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url
from werkzeug.serving import make_server

from sandbox.google import GoogleWorld, google_blueprint
from sandbox.google.edit import Caller, Edit, Switches
from sandbox.google.workbook import Workbook
from sheets.google import Google
from sheets.sync import sync
from store.database import Database
from store.keyring import Keyring
from tests.rows import Rows
from tests.sandbox.google.stage import shorten
from tests.sheets.conftest import AGENCY, BOOK, NOW, OWNER, Served, own, person
from tests.sheets.storm import furnishing
from tests.sheets.storm.rules import COLUMNS, ID
from tests.sheets.storm.sight import first_order, of_book
from tests.sheets.storm.zygote import Place

GRID_ROWS = 15
"""Lines of each tab; a storm may need a few more."""

OnRead = Callable[[Workbook], None]
OnChange = Callable[[Caller, Workbook, Workbook], None]


class StormWorld(GoogleWorld):
    """The stand-in, which also tells who read and who changed the spreadsheet."""

    on_read: OnRead | None = None
    on_change: OnChange | None = None

    def seen(self, file_id: str, caller: Caller) -> Edit:
        """Hand out the workbook, and tell of it where the bot reads."""
        edit = super().seen(file_id, caller)
        if self.on_read and not caller.person:
            self.on_read(edit.book)
        return edit

    @contextlib.contextmanager
    def editing(self, file_id: str, caller: Caller) -> Iterator[Edit]:
        """Hand out a draft, and tell what became of it."""
        before = self.files[file_id].book
        with super().editing(file_id, caller) as edit:
            yield edit
        if self.on_change:
            self.on_change(caller, before, self.files[file_id].book)


@dataclass
class Clock:
    """Everybody's clock but the database's; it stands still until it is moved."""

    now: datetime = NOW


class Stage:
    """The furnished place."""

    def __init__(
        self, url: str, schema: str, folder: Path, served: Served, google: Google, clock: Clock
    ) -> None:
        assert isinstance(served.world, StormWorld)
        self.world: StormWorld = served.world
        self.served = served
        self.google = google
        self.clock = clock
        self.schema = schema
        self.key = folder / "account.json"
        self.keyring = folder / "keyring"
        self.application, self.child_application = f"storm_{schema}", f"storm_child_{schema}"
        self._url = make_url(url)
        keyring = Keyring(str(self.keyring), furnishing.MASTER)
        self.database = Database(self._as(self.application), keyring, schema=schema)
        self._rows = Rows(url, schema)
        self.malee: gspread.Spreadsheet = person(served)
        self._book: Workbook

    def _as(self, application: str) -> str:
        """The database's address under a name by which its connections are found again."""
        named = self._url.update_query_dict({"application_name": application})
        return named.render_as_string(hide_password=False)

    @property
    def place(self) -> Place:
        """What a sync in another process has to know."""
        return Place(
            postgres=self._as(self.child_application),
            schema=self.schema,
            keyring=str(self.keyring),
            key=str(self.key),
            host=self.served.url,
            now=self.clock.now.isoformat(),
        )

    def sql(self, query: str, **values: Any) -> list[sa.Row[Any]]:
        """Ask the database as its owner, in words of one's own."""
        with self._rows.engine.connect() as connection:
            done = connection.execute(sa.text(query), values)
            return list(done) if done.returns_rows else []

    @property
    def book(self) -> Workbook:
        """The spreadsheet as it stands in the stand-in."""
        return self.world.files[BOOK].book

    def empty(self) -> None:
        """Take every row out."""
        self._rows.empty()

    def furnish(self) -> None:
        """Install, enter what every seed begins with, and save that."""
        furnishing.enter(self.database)
        for _ in range(6):
            if sync(self.database, self.google, AGENCY, self.clock.now).outcome == "idle":
                break
        shorten(person(self.served, OWNER), self.book, GRID_ROWS)
        self._book = self.book
        for tab, columns in COLUMNS.items():
            words = {column: header for column, (header, _) in columns.items() if column != ID}
            found = of_book(self.book, first_order()).header(tab)
            assert found == words, f"{tab} has other columns than the storm knows: {found}"
        self._rows.save("storm")
        self.reset()

    def reset(self, switches: Switches | None = None) -> None:
        """Everything as it was furnished; nothing waits and nothing is held any more."""
        self.world.faults.clear()
        assert self.world.faults.wait_free()
        self.world.on_read = self.world.on_change = None
        self.world.switches = switches or Switches()
        self.world.calls.clear()
        self.clock.now = NOW
        self._rows.put_back("storm")
        self.world.files[BOOK].book = self._book

    def close(self) -> None:
        """Leave nothing behind in the database but emptied tables."""
        self._rows.empty()
        self._rows.close()
        self.database.close()


@contextlib.contextmanager
def staged(postgres: str, schema: str, folder: Path) -> Iterator[Stage]:
    """A stage for as many seeds as one likes."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    clock = Clock()
    world = StormWorld(lambda: clock.now, quota=False)
    app = Flask("sandbox")
    app.register_blueprint(google_blueprint(world))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    served = Served(world, f"http://127.0.0.1:{server.server_port}")
    world.create_spreadsheet(BOOK, "งาน ITA", OWNER)
    world.service_account_key(folder / "account.json", f"{served.url}/token")
    google = Google(folder / "account.json", host=served.url)
    world.share(BOOK, google.email or "")
    stage = Stage(postgres, schema, folder, served, google, clock)
    stage.empty()
    own(stage.database, google)
    stage.furnish()
    yield stage
    world.close()
    server.shutdown()
    stage.close()
