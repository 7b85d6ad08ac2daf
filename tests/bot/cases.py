"""Cases in the town, as a conversation decides on them, for tests of what runs beside it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from bot import conversation
from bot.case_desk import case_desk
from bot.clock import freeze
from handlers.desk import Event, Outcome
from ita.changes import Change, FileCase, KeepUpload
from ita.complaints import Kind, Notices, Part, Upload
from sandbox.line.state import Content
from store import people
from store.cases import uploads
from tests.bot.town import Town

AGENCY = "dongmuang"
STORY, NAME = "CANARY-เรื่องที่ร้องเรียน", "CANARY-ชื่อไฟล์.pdf"


@dataclass
class Desk:
    """Somebody who files cases in the town."""

    town: Town
    person: str = "citizen"
    keys: dict[str, bytes] = field(default_factory=dict)
    """The uploads' keys, as the draft has them."""

    def at(self, moment: datetime) -> "Desk":
        freeze(self.town.sandbox.clock_file, moment)
        return self

    @property
    def user(self) -> str:
        return self.town.sandbox.line.person(AGENCY, self.person).line_user_id

    @property
    def today(self) -> date:
        return self.town.program.clock().date()

    def apply(self, *changes: Change) -> None:
        """What a conversation decided on, in this person's chat."""
        now, user = self.town.program.clock(), self.user
        with self.town.program.database.agency(AGENCY) as tx:
            person = people.find(tx, user)
            outcome = Outcome((), changes)
            conversation.apply(
                self.town.program, tx, Event("message", now), outcome, person, user, now
            )

    def file(
        self,
        kind: Kind = Kind.CORRUPTION,
        notices: Notices = Notices.NONE,
        *attached: Upload,
        look_first: bool = False,
    ) -> str:
        """File a case; its number."""
        with self.town.program.database.agency(AGENCY) as tx:
            desk = case_desk(self.town.program, tx, "", self.town.program.clock())
            number, receipt = desk.new_number(), desk.new_receipt()
        parts = (Part(STORY, "m1"),)
        self.apply(
            FileCase(
                number, kind, receipt, parts, uploads=attached, notices=notices,
                look_first=look_first,
            )
        )  # fmt: skip
        return number

    def send(self, content: bytes, kind: str = "image", not_ready: int = 0) -> str:
        """LINE has something for the bot; LINE's id of the message."""
        line = self.town.sandbox.line
        message = line.message_id()
        line.keep_content(line.state(AGENCY), message, Content(content, kind, not_ready))
        return message

    def keep(self, message: str, kind: str = "image") -> Upload:
        """It is to be kept for a draft."""
        with self.town.program.database.agency(AGENCY) as tx:
            desk = case_desk(self.town.program, tx, "", self.town.program.clock())
            upload = desk.new_upload(message, kind)
        self.keys[upload.id] = upload.key
        self.apply(KeepUpload(upload, message, NAME))
        return upload

    def state(self, upload: Upload) -> str | None:
        with self.town.program.database.agency(AGENCY) as tx:
            found = uploads.find(tx, upload.id)
        return found.state if found else None

    def sql(self, text: str, **values: object) -> list[tuple[object, ...]]:
        with self.town.program.database.agency(AGENCY) as tx:
            result = tx.sql.execute(sa.text(text), values)
            return [tuple(row) for row in result.all()] if result.returns_rows else []

    def files(self) -> list[Path]:
        """All that lies in the folder of cases."""
        folder = Path(self.town.program.settings.case_files)
        return sorted(path for path in folder.rglob("*") if path.is_file())

    def everything(self) -> str:
        """Every row of every table, jobs too, as text."""
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        tables = [str(name) for (name,) in self.sql(query) if name != "alembic_version"]
        rows = [row for table in tables for row in self.sql(f"SELECT t::text FROM {table} AS t")]
        return "\n".join(map(str, rows))
