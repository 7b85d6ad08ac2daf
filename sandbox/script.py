"""The demo's script: who says what, what the bot must answer, what must stand in the sheet."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from typing import Any

import click
import requests

from bot.clock import BANGKOK
from sandbox import transcript
from sandbox.server import OWNER
from sandbox.transcript import ID_HEADER, Rows, Sheet

REPLY_SECONDS = 20
SECOND_REPLY_SECONDS = 0.4
"""How long after a reply another one, which must not be, is waited for."""

SHEET_SECONDS = 30
WRITTEN = "dongmuang"
"""The only agency in whose sheet anything may change."""

SHOWN = (WRITTEN, "chatturat")
"""The agencies that speak, whose sheets are shown."""


@dataclass(frozen=True)
class Step:
    """Somebody says something; exactly one reply must come, with all of these words."""

    agency: str
    person: str
    who: str
    text: str
    must_say: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What came of the conversation: its faults, the case number told, when it began and ended."""

    faults: tuple[str, ...]
    case_numbers: frozenset[str]
    began: datetime
    ended: datetime


DAY = "15 ม.ค. 2568"
MEASURE = "3"
MEASURE_TITLE = "นโยบาย No Gift Policy งดรับของขวัญ"
UNIT = "สำนักปลัด"
STATUS = "อยู่ระหว่างดำเนินการ"
PHONE = "๐๘-๑๐๐๐-๐๐๐๐"
PLACE = "หน้าศาลาตัวอย่าง"
GRIEVANCE = f"ไฟถนนดับสามดวง โทร {PHONE}"
TITLE = "ไฟถนนดับสามดวง โทร •••"
DUE = "30 ม.ค. 2568 · แก้ไข หรือส่งต่อให้เจ้าของเรื่อง"
MONTH = "ม.ค. 2568"
REPORT = "ประกาศนโยบายงดรับของขวัญแล้ว"
CASE_NUMBER = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
LINK = "https://example.go.th/nogift"

STEPS = (
    Step("dongmuang", "citizen", "ประชาชน", "ช่วยเหลือ", ("แจ้งเหตุ",)),
    Step("dongmuang", "citizen", "ประชาชน", f"แจ้งเหตุ {GRIEVANCE}", ("อยู่ตรงไหน",)),
    Step("dongmuang", "citizen", "ประชาชน", PLACE, ("มีรูป",)),
    Step("dongmuang", "citizen", "ประชาชน", "ข้าม", (GRIEVANCE, PLACE)),
    Step("dongmuang", "citizen", "ประชาชน", "ส่ง", ("รับเรื่องแล้ว",)),
    Step("dongmuang", "clerk", "เจ้าหน้าที่สำนักปลัด", "งานค้าง", ("No Gift Policy",)),
    Step(
        "dongmuang", "clerk", "เจ้าหน้าที่สำนักปลัด", f"รายงานผล ตัวชี้วัด {MEASURE} 80% {REPORT} {LINK}",
        (MEASURE_TITLE, "80", STATUS, REPORT),
    ),
    Step("dongmuang", "coordinator", "ผู้ประสานงาน", "งานค้าง", ("กองคลัง", "สำนักปลัด")),
    Step("chatturat", "coordinator", "ผู้ประสานงาน", "คะแนน", ("78.41", "ต้องปรับปรุง")),
)  # fmt: skip


class SheetView:
    """An agency's spreadsheet, as the coordinator sees it in a browser."""

    def __init__(self, sandbox_url: str, agency: str) -> None:
        self.agency = agency
        self._base = f"{sandbox_url}/v4/spreadsheets/sandbox-{agency}"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer person:{OWNER}"

    def read(self) -> Sheet:
        """All tabs."""
        titles = [
            sheet["properties"]["title"]
            for sheet in self._get("", fields="sheets.properties.title")["sheets"]
        ]
        answer = self._get("/values:batchGet", ranges=[f"'{title}'" for title in titles])
        return {
            title: found.get("values", [])
            for title, found in zip(titles, answer["valueRanges"], strict=True)
        }

    def _get(self, path: str, **parameters: Any) -> Any:
        answer = self._session.get(self._base + path, params=parameters, timeout=30)
        answer.raise_for_status()
        return answer.json()


def converse(sandbox_url: str) -> Told:
    """Play every step and print it as a transcript."""
    faults: list[str] = []
    numbers: set[str] = set()
    began = _clock(sandbox_url)
    click.echo("\n--- บทสนทนา ---")
    for step in STEPS:
        before = len(_reached(sandbox_url, step))
        transcript.show_said(step.who, step.agency, step.text)
        said = {"agency": step.agency, "person": step.person, "message": step.text}
        answer = requests.post(f"{sandbox_url}/_sandbox/line/say", json=said, timeout=10).json()
        if answer.get("status") != 200:  # noqa: PLR2004 - what LINE must get
            faults.append(f"the webhook answered {answer} to: {step.text}")
            continue
        replies = [list(texts_in(reply)) for reply in _new(sandbox_url, step, before)]
        for reply in replies:
            transcript.show_reply(reply)
        faults += wrong_replies(step, replies)
        numbers.update(filter(CASE_NUMBER.fullmatch, chain.from_iterable(replies)))
    return Told(tuple(faults), frozenset(numbers), began, _clock(sandbox_url))


def wrong_replies(step: Step, replies: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is otherwise than exactly one reply with the words that it must have."""
    if len(replies) != 1:
        yield f"{len(replies)} replies, not 1, to: {step.text}"
    words = "\n".join(text for reply in replies for text in reply)
    for needed in step.must_say:
        if replies and needed not in words:
            yield f"the reply to “{step.text}” does not say “{needed}”"


def _clock(sandbox_url: str) -> datetime:
    answer = requests.get(f"{sandbox_url}/_sandbox/clock", timeout=10).json()
    return datetime.fromisoformat(answer["now"]).astimezone(BANGKOK)


def _new(sandbox_url: str, step: Step, before: int) -> list[dict[str, Any]]:
    """What reached the person since: a reply, and whatever comes shortly after it."""
    deadline = time.monotonic() + REPLY_SECONDS
    while len(_reached(sandbox_url, step)) <= before and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(SECOND_REPLY_SECONDS)
    return _reached(sandbox_url, step)[before:]


def _reached(sandbox_url: str, step: Step) -> list[dict[str, Any]]:
    answer = requests.get(
        f"{sandbox_url}/_sandbox/line/sent",
        params={"agency": step.agency, "person": step.person},
        timeout=10,
    )
    return [sent["message"] for sent in answer.json()["messages"]]


def texts_in(message: Any) -> Iterator[str]:
    """Every text that a person reads in a message, in order; what stands side by side as one."""
    if isinstance(message, dict) and message.get("layout") in ("horizontal", "baseline"):
        yield from filter(None, ["  ".join(texts_in(message.get("contents")))])
        return
    if isinstance(message, list):
        for part in message:
            yield from texts_in(part)
    if not isinstance(message, dict):
        return
    if message.get("type") in ("text", "span") and message.get("text"):
        yield message["text"]
    for key in ("contents", "header", "hero", "body", "footer"):
        yield from texts_in(message.get(key))
    if message.get("type") == "button":
        yield f"[{message['action'].get('label', '')}]"
    for item in message.get("quickReply", {}).get("items", []):
        yield f"[{item['action']['label']}]"


def settled(views: Sequence[SheetView]) -> dict[str, Sheet]:
    """All sheets, once the report, its log entry and the case stand there (or time is up)."""
    written = next(view for view in views if view.agency == WRITTEN)
    deadline = time.monotonic() + SHEET_SECONDS
    while time.monotonic() < deadline:
        there = str(written.read())
        if there.count(REPORT) >= 2 and "รับเรื่องแล้ว" in there:  # noqa: PLR2004 - row and log
            break
        time.sleep(0.3)
    return {view.agency: view.read() for view in views}


def wrong_cells(
    before: Mapping[str, Sheet], after: Mapping[str, Sheet], told: Told
) -> Iterator[str]:
    """Every cell of every agency's sheet that is not what the script says it must be."""
    if len(told.case_numbers) != 1:
        yield f"the citizen was told {len(told.case_numbers)} case numbers, not 1"
    for agency, sheet in after.items():
        right = _right(before[agency])
        if agency == WRITTEN:
            try:
                _report_and_file(right, told, _ids(sheet) - _ids(before[agency]))
            except (LookupError, ValueError):
                yield f"{agency}: the sheet lacked a tab, a column or the measure from the start"
        for tab in {**right, **sheet}:
            for fault in _wrong_rows(right.get(tab, []), sheet.get(tab, [])):
                yield f"{agency}, {tab}{fault}"
        if PHONE in str(sheet) or PLACE in str(sheet):
            yield f"{agency}: a telephone or the place of a complaint stands in the shared sheet"


Right = frozenset[str]
"""The texts that a cell may hold."""


def _one(text: str) -> Right:
    return frozenset({text})


NOTHING = _one("")


def _right(sheet: Sheet) -> dict[str, list[list[Right]]]:
    """The sheet as it is: every cell must stay."""
    return {tab: [[_one(cell) for cell in row] for row in rows] for tab, rows in sheet.items()}


def _report_and_file(right: dict[str, list[list[Right]]], told: Told, new_ids: Right) -> None:
    """Change `right` as the script's report and grievance must have changed the sheet."""
    moments = frozenset(_moments(told))
    report = {"สถานะ": _one(STATUS), "ร้อยละ": _one("80"), "หลักฐาน": _one(LINK)}
    measures = right["มาตรการ"]
    number = measures[0].index(_one("ลำดับที่"))
    line = [row[number] for row in measures].index(_one(MEASURE))
    _write(
        measures, line, {**report, "สรุปผลการดำเนินการ": _one(REPORT), "รายงานล่าสุด": moments}
    )  # fmt: skip
    _write(
        right["ความก้าวหน้า"], len(right["ความก้าวหน้า"]),
        {
            **report, ID_HEADER: new_ids, "รายงานเมื่อ": moments, "ปีงบประมาณ": _one("2568"),
            "มาตรการที่": _one(MEASURE), "มาตรการ/กิจกรรม": _one(MEASURE_TITLE),
            "หน่วยที่รายงาน": _one(UNIT), "ผลที่รายงาน": _one(REPORT),
        },
    )  # fmt: skip
    _write(
        right["เรื่องร้องเรียน"], len(right["เรื่องร้องเรียน"]),
        {
            ID_HEADER: new_ids, "เลขที่เรื่อง": told.case_numbers,
            "ประเภท": _one("แจ้งเหตุ/ร้องทุกข์"), "รับเรื่องเมื่อ": _one(DAY),
            "เรื่องโดยย่อ": _one(TITLE), "หน่วยที่รับผิดชอบ": NOTHING, "สถานะ": _one("รับเรื่องแล้ว"),
            "กำหนดถัดไป": _one(DUE), "ผลที่เปิดเผยได้": NOTHING,
        },
    )  # fmt: skip
    _write(
        right["สถิติเรื่องร้องเรียน"], len(right["สถิติเรื่องร้องเรียน"]),
        {
            ID_HEADER: new_ids, "เดือน": _one(MONTH), "ประเภท": _one("แจ้งเหตุ/ร้องทุกข์"),
            "รับเรื่อง": _one("1"), "เสร็จสิ้น": _one("0"), "กำลังดำเนินการ": _one("1"),
        },
    )  # fmt: skip


def _write(rows: list[list[Right]], line: int, cells: Mapping[str, Right]) -> None:
    """Put cells under their headers into a row, or into a new one at the end."""
    row = rows.pop(line) if line < len(rows) else []
    row += [NOTHING] * (len(rows[0]) - len(row))
    for header, cell in cells.items():
        row[rows[0].index(_one(header))] = cell
    rows.insert(line, row)


def _moments(told: Told) -> Iterator[str]:
    """Every minute of the conversation, as the sheet shows it."""
    minute = told.began.replace(second=0, microsecond=0)
    while minute <= told.ended:
        yield f"{DAY} {minute:%H:%M} น."
        minute += timedelta(minutes=1)


def _ids(sheet: Sheet) -> Right:
    """The row ids of all tabs."""
    rows = [row for tab in sheet.values() if tab and tab[0][:1] == [ID_HEADER] for row in tab[1:]]
    return frozenset(row[0] for row in rows if row and row[0].isdigit())


def _wrong_rows(right: list[list[Right]], rows: Rows) -> Iterator[str]:
    if len(rows) != len(right):
        yield f": {len(rows)} rows, not {len(right)}"
        return
    for line, (expected, row) in enumerate(zip(right, rows, strict=True), 1):
        cells = zip_longest(expected, row, fillvalue=None)
        for column, (may_be, cell) in enumerate(cells, 1):
            if (cell or "") not in (may_be or NOTHING):
                header = rows[0][column - 1] if column <= len(rows[0]) else f"column {column}"
                allowed = " or ".join(sorted(may_be or NOTHING))
                yield f" line {line}, {header}: “{cell or ''}”, not “{allowed}”"
