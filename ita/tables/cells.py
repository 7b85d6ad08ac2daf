"""One cell of a published table: what HTML, scanners and list marks left in it, taken out."""

import html
import re

from ita.text import clean

_LONGEST = 20_000
_BREAK = re.compile(r"<(?:br|/p|/li|/div|p|li|div)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_SPACES = re.compile(r"[ \u00a0]+")
_BULLET = re.compile(r"^[-–—•*·]+\s*")


def plain(raw: str) -> str:
    """The words of a cell: tags out (their breaks become newlines), entities and spaces mended.

    >>> plain("<p>ข้อแรก</p> <p>ข้อ &amp; สอง</p>")
    'ข้อแรก\\nข้อ & สอง'
    """
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", raw[:_LONGEST])))
    lines = (_SPACES.sub(" ", line).strip() for line in clean(text, _LONGEST).split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(raw: str) -> str:
    """The words of a cell on one line."""
    return plain(raw).replace("\n", " ")


def without_bullet(text: str) -> str:
    """A text without the dash or dot that made it the point of a list.

    >>> without_bullet("- ประกาศ")
    'ประกาศ'
    """
    return _BULLET.sub("", text)
