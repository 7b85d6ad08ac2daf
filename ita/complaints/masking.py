"""A few words of a grievance for the shared sheet, without what leads to a person.

Numbers of eight digits and more (telephones, ids, accounts), e-mails, links and LINE ids are
masked, whichever digits they are typed in and however they are spaced. A name cannot be told from
other words: that is why a coordinator's own title replaces this one.
"""

import re
import unicodedata
from typing import Final

from ita.text import clean

MASK: Final = "•••"
LONGEST: Final = 80
_LOOKED_AT: Final = 400
_BETWEEN: Final = r"[ .,·•_()\-‐-―]{0,3}"
_HANDLE: Final = r"[A-Za-z0-9._-]"
_PATTERNS: Final = (
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"),
    re.compile(
        rf"(?<![A-Za-z])(?:line|ไลน์|ไลน)[ :=.]*(?:(?:id|ไอดี)[ :=]*)?(@?(?!id\b){_HANDLE}{{3,}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?<![A-Za-z])id|ไอดี)[ :=]*(?:(?:line|ไลน์|ไลน)[ :=]*)?(@?{_HANDLE}{{3,}})", re.I
    ),
    re.compile(rf"(?<![A-Za-z0-9])(@{_HANDLE}{{3,}})"),
    re.compile(r"(?<![A-Za-z0-9])(U[0-9a-f]{32})"),
    re.compile(rf"\+?\(?\d(?:{_BETWEEN}\d){{7,}}"),
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
