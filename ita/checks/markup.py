"""HTML that a conversion left in the text (seeds 000, 003: <p>; 002: <a href>)."""

import re
from collections.abc import Iterator

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Subject

_TAG = re.compile(
    r"</?(a|p|br|div|span|li|ul|ol|td|tr|th|table|tbody|b|i|u|strong|em|font|img|sup|sub|h[1-6])"
    r"(?:\s[^<>]{0,500})?/?>|&(nbsp|amp|lt|gt|quot|#\d{1,6});",
    re.IGNORECASE,
)
_PLACES = 5


def html_remains(subject: Subject) -> Iterator[Finding]:
    """One finding for all remains of a document, with the first places where they stand."""
    names: dict[str, None] = {}
    places: dict[str, None] = {}
    for _, where, text in subject.texts():
        for tag, entity in _TAG.findall(text):
            names[f"<{tag.casefold()}>" if tag else f"&{entity};"] = None
            places[where] = None
    if not places:
        return
    more = len(places) - _PLACES
    where = ", ".join(list(places)[:_PLACES]) + (f" และอีก {more} แห่ง" if more > 0 else "")
    yield Finding(
        Kind.HTML_REMAINS,
        Severity.NOTE,
        where,
        f"มีรหัส HTML ค้างอยู่ในข้อความ ({', '.join(names)}) ผู้อ่านรายงานที่เผยแพร่จะเห็นเป็นอักขระแปลกปลอม",
        "ขอให้ลบรหัสออกก่อนเผยแพร่ โดยคงข้อความและลิงก์ไว้",
    )
