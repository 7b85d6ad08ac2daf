"""A few words of a grievance for the shared sheet, without what leads to a person.

Numbers of eight digits and more (telephones, ids, accounts), e-mails, links and accounts of LINE
and others are masked, whichever digits they are typed in and whatever stands between them. A name
cannot be told from other words: that is why a coordinator's own title replaces this one.
"""

import re
import unicodedata
from typing import Final

from ita.text import clean

MASK: Final = "•••"
LONGEST: Final = 80
FEWEST: Final = 8
"""A number with so many digits may lead to a person."""
_LOOKED_AT: Final = 400
_BETWEEN: Final = r"(?:[^\w\n]|_){0,3}"
_HANDLE: Final = r"[A-Za-z0-9._-]"
_LINE: Final = "(?:line|ไลน์|ไลน)"
_NETWORK: Final = (
    "(?:ig|insta(?:gram)?|fb|face ?book|messenger|tiktok|twitter|telegram|whatsapp|youtube"
    "|ไอ ?จี|อินสตา(?:แกรม)?|อินสตราแกรม|เฟ[สซ](?:บุ๊?[คก])?|แมสเซนเจอร์|ติ๊?กต็?อ[กค]|ทวิต(?:เตอร์)?|เทเลแกรม"
    "|วอทแอ[ปพ]|ยูทูป|ยูทูบ)"
)
_SAYS: Final = r"(?:[ :=.]|id|ไอดี|ชื่อ)*"
_NUMBER: Final = re.compile(rf"\+?\(?\d(?:{_BETWEEN}\d){{{FEWEST - 1},}}")
_NO_SECRET: Final = re.compile(
    r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:(?:19|20|25)\d\d|\d\d)(?![\d/])"
    r"|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"
    r"|(?<![\d/])[1-9]\d{0,3}/\d{1,2}(?![\d/])"
)
"""Days, times, and the numbers of houses and poles."""
_PATTERNS: Final = (
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(
        r"[A-Za-z0-9._%+-]+\s?(?:@|＠|[(\[]\s?at\s?[)\]])\s?[A-Za-z0-9-]+"
        r"(?:(?:\.|\s?[(\[]\s?dot\s?[)\]]\s?)[A-Za-z0-9-]+)*",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z0-9.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
        r"\.(?:com|net|org|me|th|io|ly|ee|in|co|app|page|link|info|gg)(?![A-Za-z0-9])(?:/[!-~]*)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![A-Za-z]){_LINE}[ :=.]*(?:(?:id|ไอดี)[ :=]*)?(@?(?!id\b){_HANDLE}{{3,}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?<![A-Za-z])id|ไอดี)[ :=]*(?:{_LINE}[ :=]*)?(@?{_HANDLE}{{3,}})", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![A-Za-z]){_NETWORK}(?![A-Za-z]){_SAYS}"
        rf"(@?(?=[0-9._-]*[A-Za-z]){_HANDLE}+(?: ?/ ?{_HANDLE}+)?)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![A-Za-z])(?:{_LINE}|{_NETWORK}) ?(?:ชื่อ|:|=)[ :=]*+(?!•)(\S+(?: \S+)?)", re.IGNORECASE
    ),
    re.compile(rf"(?<![A-Za-z0-9])(@{_HANDLE}{{3,}})"),
    re.compile(r"(?<![A-Za-z0-9])(U[0-9a-f]{32})"),
    _NUMBER,
)
"""Of each the first group is masked, or all of it."""


def masked(text: str) -> str:
    """The text with what leads to a person masked.

    >>> masked("โทร ๐๘๑-๒๓๔ ๕๖๗๘ หรือ a.b@example.com"), masked("ไลน์ไอดี test99 หมู่ 3")
    ('โทร ••• หรือ •••', 'ไลน์ไอดี ••• หมู่ 3')
    """
    for pattern in _PATTERNS:
        kept, end = [], 0
        for found in pattern.finditer(_plain_digits(text)):
            if pattern is _NUMBER and _digits_left(found[0]) < FEWEST:
                continue
            start, stop = found.span(1 if pattern.groups else 0)
            kept += [text[end:start], MASK]
            end = stop
        text = "".join((*kept, text[end:]))
    return text


def short_title(words: str) -> str:
    """The first words, masked, on one line, at most 80 characters; "" where there are none."""
    line = " ".join(clean(words, _LOOKED_AT).split())
    if not any(char.isalnum() for char in line):
        return ""
    return _cut(masked(line))


def _digits_left(number: str) -> int:
    """How many digits there are beside days, times and the numbers of houses."""
    return sum(char.isdecimal() for char in _NO_SECRET.sub(" ", number))


def _plain_digits(text: str) -> str:
    """The text with every digit, of whichever script, as an Arabic one, each in its place."""
    return "".join(_digit(char) for char in text)


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


def _cut(line: str) -> str:
    """At most 80 characters, between letters and never in the middle of a mark."""
    if len(line) <= LONGEST:
        return line
    end = LONGEST - 1
    while end and (unicodedata.category(line[end]) in ("Mn", "Me") or line[end] == "ำ"):
        end -= 1
    return line[:end].rstrip() + "…"
