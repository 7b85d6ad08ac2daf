"""What a person sees and does on the console, and the stand-ins without a bot."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import requests
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox.server import Sandbox

AGENCY = "dongmuang"
NOBODY = "http://127.0.0.1:9/line"
WAIT = 20_000  # milliseconds until a test gives up; nothing waits so long that works
DESK = (1280, 800)


@dataclass
class Screen:
    """One page of the console. Whatever a script of it says wrong fails the test."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def opened(
        cls, browser: Browser, url: str, size: tuple[int, int] = DESK, **more: Any
    ) -> Iterator["Screen"]:
        """Open the console; at the end nothing must have gone wrong in the page."""
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        expect.set_options(timeout=WAIT)
        screen = cls(page, url)
        page.on("pageerror", lambda error: screen.wrong.append(str(error)))
        page.on("dialog", lambda dialog: screen.wrong.append(f"dialog {dialog.message}"))
        page.on("console", lambda said: screen._hear(said.type, said.text))
        page.goto(url)
        expect(page.locator("#agency")).to_have_value(AGENCY)
        yield screen
        assert screen.wrong == []
        context.close()

    def _hear(self, kind: str, text: str) -> None:
        # A browser also reports each refusal of Google's or the control API's.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.wrong.append(text)

    # The chat

    def become(self, person: str) -> None:
        """Write as this person from now on."""
        self.page.select_option("#person", person)

    def write(self, text: str) -> None:
        """Type a message and send it."""
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")

    def said(self, text: str) -> Locator:
        """What the bot said with these words."""
        return self.page.locator("#timeline .bot", has_text=text)

    # The sheet

    def tab(self, title: str) -> None:
        """Open a tab of the sheet."""
        self.page.get_by_role("tab", name=title, exact=True).click()
        expect(self.page.get_by_role("tab", name=title, exact=True)).to_have_attribute(
            "aria-selected", "true"
        )

    def cell(self, row: int, column: int) -> Locator:
        """The cell at a place counted from 0."""
        return self.page.locator(f"#paper [data-row='{row}'][data-column='{column}']")

    def type_in(self, row: int, column: int, text: str) -> None:
        """Edit a cell as a coordinator does."""
        self.cell(row, column).dblclick()
        self.page.locator(".editor").fill(text)
        self.page.keyboard.press("Enter")

    def row_of(self, text: str) -> Locator:
        """The row of the sheet in which this stands."""
        return self.page.locator("#paper tbody tr", has_text=text)

    # The desk

    def fault(self, service: str, call: str, kind: str) -> None:
        """Let the next such call fail."""
        pickers = self.page.locator("#fault select")
        pickers.nth(0).select_option(service)
        pickers.nth(1).select_option(call)
        pickers.nth(2).select_option(kind)
        self.page.locator("#fault button").click()
        expect(self.page.locator("#faults")).to_contain_text(call)

    def calls(self, *words: str) -> Locator:
        """The lines of the log that hold all these words."""
        found = self.page.locator("#calls tbody tr")
        for word in words:
            found = found.filter(has_text=word)
        return found


@dataclass
class StandIns:
    """LINE and Google without a bot."""

    sandbox: Sandbox
    url: str

    def push(self, *messages: dict[str, Any], person: str = "clerk") -> None:
        """The account writes to a person."""
        user = self.sandbox.line.person(AGENCY, person).line_user_id
        self._line("POST", "/v2/bot/message/push", {"to": user, "messages": list(messages)})

    def rich_menu(self, menu: dict[str, Any], image: bytes) -> None:
        """The account shows a rich menu to everyone."""
        made = self._line("POST", "/v2/bot/richmenu", menu)["richMenuId"]
        self._line("POST", f"/v2/bot/richmenu/{made}/content", image)
        self._line("POST", f"/v2/bot/user/all/richmenu/{made}", {})

    def _line(self, method: str, path: str, body: Any) -> Any:
        token = self.sandbox.line.issue_token("1000", "s" * 32)
        headers = {"Authorization": f"Bearer {token}"}
        given: dict[str, Any] = {"json": body}
        if isinstance(body, bytes):
            given = {"data": body}
            headers["Content-Type"] = "image/png"
        answer = requests.request(method, self.url + path, headers=headers, timeout=10, **given)
        assert answer.ok, answer.text
        return answer.json()

    def fill(self, *rows: list[str]) -> None:
        """Write rows into the first tab."""
        answer = requests.put(
            f"{self.url}/v4/spreadsheets/sandbox-{AGENCY}/values/A1",
            params={"valueInputOption": "RAW"},
            json={"values": list(rows)},
            headers={"Authorization": "Bearer person:coordinator"},
            timeout=10,
        )
        assert answer.ok, answer.text

    def values(self) -> list[list[str]]:
        """The first tab as it is shown."""
        answer = requests.get(
            f"{self.url}/v4/spreadsheets/sandbox-{AGENCY}/values/Sheet1",
            headers={"Authorization": "Bearer person:coordinator"},
            timeout=10,
        )
        found: list[list[str]] = answer.json().get("values", [])
        return found

    def events(self) -> list[dict[str, Any]]:
        """What people did, as LINE told the bot."""
        return list(self.sandbox.line.state(AGENCY).delivered.values())
