"""What the storm's judge itself knows of the house's rules, at the level of what cells say.

It shares no code with the sync: tabs and columns by their Thai words, whose each column is, how a
person's word is read, and what a report by chat does to a measure. Sources: docs of the sheet in
the design, ADR 3, the domain notes.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

Fields = dict[str, str]
"""A row as its cells say it: column → text."""

BOT, PEOPLE, SHARED = "bot", "people", "shared"
ID = "id"


def _columns(text: str) -> dict[str, tuple[str, str]]:
    """Column → (header, owner) of lines such as `title p มาตรการ/กิจกรรม`."""
    owners = {"b": BOT, "p": PEOPLE, "s": SHARED}
    split = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return {key: (header, owners[owner]) for key, owner, header in split}


TITLES = {
    "measures": (1002, "มาตรการ"),
    "progress": (1003, "ความก้าวหน้า"),
    "scores": (1004, "คะแนน ITA"),
    "items": (1005, "ข้อ OIT"),
    "cases": (1006, "เรื่องร้องเรียน"),
    "case_statistics": (1007, "สถิติเรื่องร้องเรียน"),
    "holidays": (1009, "วันหยุด"),
    "criteria": (1011, "เกณฑ์ ITA"),
    "doubts": (1010, "รอผู้ประสานงานตัดสินใจ"),
}
"""The tabs that the storm works with: Google's id of each and its title."""

COLUMNS = {
    "measures": _columns("""
        id b รหัสแถว
        fiscal_year b ปีงบประมาณ
        number b ลำดับที่
        title p มาตรการ/กิจกรรม
        keywords p ชื่อย่อ/คำค้น
        method p วิธีดำเนินการ
        indicator p ตัวชี้วัด ITA
        items p ข้อ OIT
        period p ระยะเวลาดำเนินการ
        budget p งบประมาณที่ตั้งไว้
        unit s ผู้รับผิดชอบ
        status s สถานะ
        percent b ร้อยละ
        output b สรุปผลการดำเนินการ
        outcome b ผลลัพธ์
        obstacle b ปัญหาอุปสรรค
        budget_used b งบประมาณที่ใช้ไป
        evidence b หลักฐาน
        last_report b รายงานล่าสุด
        worth b คะแนนรวมที่จะได้เพิ่ม
        acceptance s ผลการตรวจรับ
        reason s เหตุผล/ข้อเสนอแนะ"""),
    "progress": _columns("""
        id b รหัสแถว
        at b รายงานเมื่อ
        fiscal_year b ปีงบประมาณ
        number b มาตรการที่
        title b มาตรการ/กิจกรรม
        unit b หน่วยที่รายงาน
        status b สถานะ
        percent b ร้อยละ
        output b ผลที่รายงาน
        outcome b ผลลัพธ์
        obstacle b ปัญหาอุปสรรค
        budget_used b งบประมาณที่ใช้ไป
        act_on b วันที่ดำเนินการ
        round b รอบที่รายงาน
        links b หลักฐาน"""),
    "scores": _columns("""
        id b รหัสแถว
        fiscal_year b ปีงบประมาณ
        instrument b แบบวัด
        indicator b ตัวชี้วัดที่
        name b ชื่อตัวชี้วัด
        points s คะแนนทางการ
        passed b ผ่านเกณฑ์
        mean b คะแนนแบบวัด
        total b คะแนนรวม
        level b ระดับผลการประเมิน
        projection b คะแนนรวมที่คาดหมาย"""),
    "items": _columns("""
        id b รหัสแถว
        fiscal_year b ปีงบประมาณ
        code b ข้อ
        title b ข้อมูลที่ต้องเปิดเผย
        present s มี/ไม่มี
        url s ลิงก์ที่เผยแพร่
        worth b คะแนนรวมที่จะได้เพิ่ม
        measures b มาตรการที่เกี่ยวข้อง
        note p หมายเหตุ"""),
    "cases": _columns("""
        id b รหัสแถว
        number b เลขที่เรื่อง
        kind b ประเภท
        received b รับเรื่องเมื่อ
        title s เรื่องโดยย่อ
        unit s หน่วยที่รับผิดชอบ
        status s สถานะ
        next_deadline b กำหนดถัดไป
        result s ผลที่เปิดเผยได้"""),
    "case_statistics": _columns("""
        id b รหัสแถว
        month b เดือน
        kind b ประเภท
        received b รับเรื่อง
        completed b เสร็จสิ้น
        in_progress b กำลังดำเนินการ"""),
    "holidays": _columns("""
        id b รหัสแถว
        day p วันที่
        kind p วันหยุด/วันทำงาน
        name p เนื่องใน"""),
    "criteria": _columns("""
        id b รหัสแถว
        fiscal_year p ปีงบประมาณ
        name p รายการ
        value p ค่า
        source p แหล่งที่มา"""),
    "doubts": _columns("""
        id b รหัสแถว
        at b พบเมื่อ
        tab b แท็บ
        row b แถว
        column b ช่อง
        theirs b ข้อความในชีต
        ours b ข้อมูลที่ระบบได้รับ
        why b เรื่องที่ขอให้ดู
        done b ผล
        decision p ผู้ประสานงานตัดสินใจ"""),
}

TAKEN = {
    "measures": (
        *("title", "keywords", "method", "indicator", "items", "period", "budget"),
        *("unit", "status", "acceptance", "reason"),
    ),
    "scores": ("points",),
    "items": ("present", "url"),
    "cases": ("title", "unit", "status", "result"),
    "case_statistics": (),
}
"""The columns of which a person's word becomes the register's, from left to right."""

REPORTED = ("percent", "output", "evidence", "last_report")
"""The bot's columns of a measure that reports change."""

LISTS = {
    "holidays": ("day", "kind", "name"),
    "criteria": ("fiscal_year", "name", "value", "source"),
}
"""Tabs that people alone fill."""

CHOICES = {("measures", "status"), ("cases", "status"), ("measures", "acceptance")}
"""Shared cells that the bot replaces only where the word last seen still stands (ADR 3)."""

KEEP, OURS = "ใช้ข้อความในชีต", "ใช้ข้อมูลที่ระบบได้รับ"
RESTORE = "ใช้ค่าเดิมของระบบ"
DELETED, BACK = "ตั้งใจลบ", "ใส่แถวกลับให้"
CHOICES_OF = {
    "conflict": (KEEP, OURS),
    "row_gone": (DELETED, BACK),
    "row_twice": (),
    "not_reported_done": (RESTORE, KEEP),
    "not_a_step": (RESTORE, KEEP),
}
"""What a coordinator can decide about a question; of all others only the former word again."""

NOT_STARTED, IN_PROGRESS = "ยังไม่ได้ดำเนินการ", "อยู่ระหว่างดำเนินการ"
AWAITING, DONE = "รอตรวจรับ", "ดำเนินการแล้วเสร็จ"
STATUSES = (NOT_STARTED, IN_PROGRESS, AWAITING, DONE)
ACCEPTED, RETURNED = "ตรวจรับแล้ว", "ขอให้แก้ไข"
CASE_WAY = ("รับเรื่องแล้ว", "ส่งหน่วยแล้ว", "กำลังดำเนินการ", "แก้ไขแล้ว รอท่านยืนยัน", "เสร็จสิ้น")
FORWARDED = "ส่งต่อเจ้าของทรัพย์สิน"
PERIODS = (
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘",
    "ให้แล้วเสร็จภายในเดือน มีนาคม ๒๕๖๘",
    "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘",
    "ต.ค. ๖๗ – ก.ย. ๖๘",
    "ประจำทุกเดือน",
)
"""Ways to write a period that real reports use."""

_UNSEEN = re.compile("[\u200b\ufeff\u00ad]")
_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


class Refused(ValueError):
    """No rule understands what the person wrote."""


def visible(text: str) -> str:
    """What of a cell counts: no unseen characters, no spaces at its ends."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def moment(at: datetime) -> str:
    """A moment as the sheet shows it: Bangkok's clock, the Buddhist year."""
    local = at.astimezone(UTC) + timedelta(hours=7)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year + 543} {local:%H:%M} น."


def day(at: datetime) -> str:
    """A day as the sheet shows it."""
    return moment(at).rsplit(" ", 2)[0]


def deadline(received: datetime, now: datetime) -> str:
    """Until when a case is to be mended: 15 days, and never on a weekend; no holiday is near."""
    ends = received + timedelta(days=15)
    while ends.weekday() > 4:
        ends += timedelta(days=1)
    late = ((now.astimezone(UTC) + timedelta(hours=7)).date() - ends.date()).days
    when = f"เกินกำหนด {late} วัน" if late > 0 else day(ends)
    return f"{when} · แก้ไข หรือส่งต่อให้เจ้าของเรื่อง"


def understood(tab: str, column: str, text: str, row: Mapping[str, str]) -> Fields:
    """The row as the register has it once a person's word counts; Refused if it cannot."""
    word = text.translate(_THAI_DIGITS)
    changes: Fields = {column: text}
    if (tab, column) in (("measures", "title"), ("measures", "unit")):
        _need(text != "")
    elif (tab, column) == ("measures", "status"):
        changes = _status(text, row)
    elif (tab, column) == ("measures", "acceptance"):
        changes = _acceptance(text, row)
    elif (tab, column) in _READ:
        changes = {column: _READ[tab, column](word if column != "period" else text)}
    elif (tab, column) == ("cases", "status"):
        _need(_may_become(row["status"], text))
    return {**row, **changes}


def _need(fact: bool) -> None:
    if not fact:
        raise Refused


def _status(text: str, row: Mapping[str, str]) -> Fields:
    """A coordinator who calls a measure done has accepted it."""
    _need(text in STATUSES)
    if text == DONE:
        return {"status": text, "acceptance": ACCEPTED}
    return {"status": text, "acceptance": row["acceptance"] if text == row["status"] else ""}


def _acceptance(text: str, row: Mapping[str, str]) -> Fields:
    """Only what somebody called done can be accepted or returned."""
    if text == "":
        return {"acceptance": "", "status": AWAITING if row["status"] == DONE else row["status"]}
    _need(text in (ACCEPTED, RETURNED) and row["status"] in (AWAITING, DONE))
    return {"acceptance": text, "status": DONE if text == ACCEPTED else IN_PROGRESS}


def _indicator(text: str) -> str:
    _need(text == "" or (text.isdecimal() and 1 <= int(text) <= 10))
    return text and str(int(text))


def _items(text: str) -> str:
    codes = [code for code in re.split(r"[\s,;/]+", text.lower()) if code]
    _need(all(re.fullmatch(r"o[1-9]\d?", code) for code in codes))
    return ", ".join(dict.fromkeys(codes))


def _period(text: str) -> str:
    _need(text in ("", *PERIODS))
    return text


def _points(text: str) -> str:
    if text == "":
        return ""
    _need(bool(re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text)) and float(text) <= 100)
    return f"{float(text):.2f}"


def _present(text: str) -> str:
    _need(text in ("", "มี", "ไม่มี"))
    return text


def _link(text: str) -> str:
    _need(text == "" or text.startswith("https://"))
    return text


_READ = {
    ("measures", "indicator"): _indicator,
    ("measures", "items"): _items,
    ("measures", "period"): _period,
    ("scores", "points"): _points,
    ("items", "present"): _present,
    ("items", "url"): _link,
}


def _may_become(now: str, then: str) -> bool:
    """On, one step back, or away; the end is the end, and nothing is received twice.

    Nothing ends in the sheet that was not called mended before.
    """
    if now == then:
        return True
    if then == CASE_WAY[-1]:
        return now == CASE_WAY[-2]
    if then not in (*CASE_WAY, FORWARDED) or now == CASE_WAY[-1] or then == CASE_WAY[0]:
        return False
    if FORWARDED in (now, then):
        return True
    return CASE_WAY.index(then) >= CASE_WAY.index(now) - 1


def reported(
    row: Mapping[str, str], status: str, percent: int | None, output: str, link: str, at: datetime
) -> Fields:
    """A measure after a report by chat that is not older than the last one.

    What was accepted stays accepted; a percentage belongs to its status; links gather.
    """
    accepted = row["status"] == DONE
    now = DONE if accepted else status
    kept = row["percent"] if now == row["status"] else ""
    links = [one for one in row["evidence"].split("\n") if one]
    return {
        **row,
        "status": now,
        "acceptance": row["acceptance"] if accepted else "",
        "percent": kept if accepted or percent is None else str(percent),
        "output": output or row["output"],
        "evidence": "\n".join(dict.fromkeys([*links, link])),
        "last_report": moment(at),
    }
