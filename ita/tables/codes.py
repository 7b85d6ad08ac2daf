"""OIT item codes as printed and scanned: o13 is read, ๐๑๓ is asked about.

Scanners print the letter o as the digit ๐ or ๑, the letter e as ๕, and ๔ as ๕. A code that is
damaged is never used: "ข้อ ๐๓" may be o3 or o13.
"""

import re
from collections.abc import Iterator

from ita.tables.cells import one_line
from ita.text import arabic_digits, normalise

MOST_ITEMS = 43
"""No year's OIT has had more items (fiscal year 2566)."""

EITHER = " หรือ "
"""Stands between two proposals."""

_CODE = re.compile(r"(?:ข้อ ?)?o ?([1-9]\d?)(?!\d)")
_ANY_CODE = re.compile(r"(?<![a-z0-9])o ?([1-9]\d?)(?![\da-z])")
_QUESTION = re.compile(r"(?:ข้อ ?)?([ei]) ?([1-9]\d?)(?!\d)")
_DIGITS = re.compile(r"(ข้อ ?)?(0\d{1,2}|[15]\d{1,2}(?=[ .]|$))(?!\d|[./]\d)")
_MENTIONED = re.compile(r"(?:ข้อ ?(0\d{1,2})|^(0\d\d)(?= ?[ก-ฮเ-ไ]))(?![\d./])")
_START = 30
_LONGEST = 20_000


def item_codes(text: str) -> tuple[str, ...]:
    """The item codes that stand in a title or cell beyond doubt, in their order.

    >>> item_codes("รายงานผล (o13, O๑๔)")
    ('o13', 'o14')
    """
    numbers = [int(number) for number in _ANY_CODE.findall(normalise(text[:_LONGEST]))]
    return tuple(dict.fromkeys(f"o{number}" for number in numbers if number <= MOST_ITEMS))


def own_code(title: str) -> str | None:
    """The code of an item or question that a title begins with, beyond doubt: "o13", "e7"."""
    start = _start(title)
    if code := _CODE.match(start):
        return f"o{code[1]}" if int(code[1]) <= MOST_ITEMS else None
    question = _QUESTION.match(start)
    return f"{question[1]}{question[2]}" if question else None


def has_code(title: str) -> bool:
    """Whether a title begins with a code of an item or a question, damaged or not."""
    start = _start(title)
    return bool(_CODE.match(start) or _QUESTION.match(start) or _damaged(start))


def damaged_code(title: str) -> tuple[str, str] | None:
    """What stands where the code should, and what it may be ("" where one cannot say)."""
    start = _start(title)
    code = _CODE.match(start)
    if code:
        return None if int(code[1]) <= MOST_ITEMS else (title[: code.end()].strip(), "")
    damaged = _damaged(start)
    if damaged is None or _QUESTION.match(start):
        return None
    return title[: damaged.end()].strip(), _proposal(damaged[2])


def mentioned_codes(text: str) -> Iterator[tuple[str, str]]:
    """Damaged codes in a running text, with what each may be: "ตามข้อ ๐๕๒" gives ("ข้อ ๐๕๒", "o42").

    Only those that begin with ๐: "ข้อ ๑๓๒" in a text is the clause of a regulation.
    """
    if "ข้อ" not in text and not text.lstrip().startswith(("0", "๐")):
        return
    line = one_line(text[:_LONGEST])
    for found in _MENTIONED.finditer(arabic_digits(line)):
        yield line[found.start() : found.end()], _proposal(found[1] or found[2])


def without_code(title: str) -> str:
    """A title's words without the code, damaged or not, that they begin with.

    >>> without_code("ข้อ ๐๓.รายงานผล")
    'รายงานผล'
    """
    start = _start(title)
    found = _CODE.match(start) or _QUESTION.match(start) or _damaged(start)
    return title[found.end() :].lstrip(" .:-") if found else title


def _start(title: str) -> str:
    return normalise(title[:_START])


def _damaged(start: str) -> re.Match[str] | None:
    """Digits for a code: after ข้อ any, alone only those that no number begins with."""
    found = _DIGITS.match(start)
    if not found:
        return None
    return found if found[1] or found[2][0] in "05" else None


def _proposal(digits: str) -> str:
    number = int(digits[1:])
    if digits[0] == "5":
        return f"e{number}"
    if len(digits) == 2:  # noqa: PLR2004 - one digit may have been lost
        return f"o{number}{EITHER}o1{number}" if digits[0] == "0" and number else ""
    if number > MOST_ITEMS and digits[1] == "5":
        number -= 10
    return f"o{number}" if 0 < number <= MOST_ITEMS else ""
