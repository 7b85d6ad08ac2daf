"""The complaint pages as a browser without JavaScript sees them: pages, forms, and buttons."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from pydantic import SecretStr

from bot.complaint_facts import ComplaintFacts
from bot.program import Program, build
from bot.settings import Settings
from store.database import Database
from tests.conftest import ROOT

AGENCY, OTHER = "dongmuang", "pathumrat"
DOORS = ComplaintFacts.model_validate(
    {
        "receivers": [
            {"key": "clerk", "title": "ปลัด", "unit": "สำนักปลัด"},
            {"key": "chief", "title": "นายก"},
        ],
        "substitute": {"key": "district", "title": "ท้องถิ่นอำเภอ", "unit": "กองคลัง"},
        "places": ["หมู่ 1 บ้านตัวอย่าง", "หมู่ 2 บ้านทดสอบ"],
    }
)
PATH = f"/complaints/{AGENCY}"
FILE_NAME = "ชื่อไฟล์ลับทดสอบ.jpg"
ADDRESS = "203.0.113.77"


def program_with_doors(postgres: str, schema: str, folder: Path, public_url: str = "") -> Program:
    """A program with the sample agencies, and receivers in each; nobody works in it."""
    settings = Settings(
        environment="sandbox",
        database_url=SecretStr(postgres),
        database_schema=schema,
        master_key=SecretStr("sample-master-key-of-the-pages-test"),
        keyring=str(folder / "keyring"),
        evidence=str(folder / "evidence"),
        case_files=str(folder / "case-files"),
        agencies=ROOT / "sandbox" / "sample" / "agencies",
        clock_file=folder / "clock.json",
        public_url=public_url or "http://127.0.0.1:8080",
    )
    program = build(settings)
    for slug, config in program.agencies.items():
        program.agencies[slug] = config.model_copy(update={"complaints": DOORS})
    database = Database(postgres, program.keyring, schema=schema, lock_seconds=0.3)
    program.__dict__["database"] = database  # nobody waits long in a test
    return program


@dataclass
class Browser:
    """Keeps cookies and the page that it shows; `said` is that page's status."""

    client: FlaskClient
    address: str = ADDRESS
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})
    page: str = ""
    said: int = 0
    path: str = ""

    def open(self, path: str = PATH) -> "Browser":
        """Go there."""
        return self._show(path, self.client.get(path, **self._from()))

    def press(self, button: str, files: Sequence[bytes] = (), **typed: Any) -> "Browser":
        """Press the button with these words, after typing into the fields of its form."""
        fields, path = self.form(button)
        fields.update({name: [v] if isinstance(v, str) else list(v) for name, v in typed.items()})
        if files:
            fields["photo"] = [(io.BytesIO(raw), FILE_NAME) for raw in files]
        return self.post(path, fields)

    def post(self, path: str, fields: Mapping[str, list[Any]]) -> "Browser":
        """Send these fields."""
        return self._show(path, self.client.post(path, data=fields, **self._from()))

    def form(self, button: str) -> tuple[dict[str, list[Any]], str]:
        """The form that a button stands in: what it would send, and where to."""
        tree: Any = html.document_fromstring(self.page)
        (pressed,) = (b for b in tree.iter("button") if _words(b) == button)
        (form,) = pressed.iterancestors("form")
        fields: dict[str, list[Any]] = {}
        for name, value in form.form_values():
            fields.setdefault(name, []).append(value.removeprefix("\n"))  # as browsers do it
        fields[pressed.get("name")] = [pressed.get("value")]
        return fields, form.get("action")

    @property
    def text(self) -> str:
        """The words on the page."""
        body: Any = html.document_fromstring(self.page).find("body")
        return " ".join(" ".join(body.itertext()).split())

    @property
    def receipt(self) -> str:
        """The receipt code that the page shows."""
        found = re.search(r'class="code">(.*?)</p>', self.page, re.DOTALL)
        assert found, self.text
        return "".join(re.findall(r"\d", unescape(re.sub("<[^>]+>", "", found[1]))))

    @property
    def number(self) -> str:
        """The case number that the page shows."""
        found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", self.text)
        assert found, self.text
        return found[0]

    def _from(self) -> dict[str, Any]:
        return {"headers": self.headers, "environ_overrides": {"REMOTE_ADDR": self.address}}

    def _show(self, path: str, answer: Any) -> "Browser":
        self.path, self.said, self.page = path, answer.status_code, answer.get_data(as_text=True)
        assert "location" not in answer.headers
        return self


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def file_grievance(browser: Browser, story: str = "ไฟถนนดับ", place: str = "หน้าวัด") -> Browser:
    """Through the first door to the receipt."""
    browser.open(f"{PATH}/grievance")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story=story, place=place)
    return browser.press("ส่ง")


def file_protected(
    browser: Browser, story: str = "เรื่องทดสอบ", files: Sequence[bytes] = (), **more: Any
) -> Browser:
    """Through the second door to the receipt; it is about กองคลัง."""
    browser.open(f"{PATH}/protected")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="corruption", about="กองคลัง")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story=story, **more)
    return browser.press("ส่ง", files=files)
