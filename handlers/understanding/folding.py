"""A text folded for matching: one spelling, links out, bounded; every letter knows its place.

Thai is written with and without spaces between words, so those between Thai letters are taken
out and remembered as `gaps`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from ita.text import clean

LONGEST: Final = 5000
MATCHED: Final = 300
"""So many characters of the words are matched; what comes after them is output only."""
LINK_MARK: Final = "\ufffc"
TAKEN: Final = "\x01"
"""Stands for letters that have been understood already."""

LINK: Final = re.compile(r"(?<![^\s\u0e00-\u0e7f])(?:https?://|www\.)\S*", re.IGNORECASE)
_ENUMERATOR: Final = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}(\)|\ufe0f?\u20e3)", re.MULTILINE)
"""1) and (1) before what is listed, and the keycap of a phone."""
_AFTER_LINK: Final = re.compile(
    r"[.,;:!?)\]'\"”]+\Z|(?<=[!-~])(?:นะ)?(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ)\Z"  # a slug may be Thai
)
_DIGITS: Final = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ"
_NUMBER_BEHIND: Final = re.compile(rf"(?:{_DIGITS}|เอ็ด)\Z")
_NUMBER_AHEAD: Final = re.compile(rf"{_DIGITS}|ยี่|ร้อย|ศูนย์")
_MEASURE_AHEAD: Final = re.compile(rf"ม(?:\.| |อ)? ?(?:\d|{_DIGITS}|ยี่)")
_THAI: Final = re.compile("[\u0e01-\u0e2e\u0e30-\u0e4e]")
_MARK: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_TONE: Final = re.compile("[\u0e48-\u0e4b]")
_QUOTES: Final = frozenset("\"'“”‘’«»()[]{}<>*_~`|฿…•·^=")
_MOST_MARKS: Final = 2
_MOST_ALIKE: Final = 2


@dataclass(frozen=True, slots=True)
class Folded:
    """`at[i]` is where the letter text[i] begins in `original`, at[len(text)] where it all ends.

    `links` are the links as typed with their place in `original`; `gaps` are the places in `text`
    before which a space stood that was taken out.
    """

    original: str = field(repr=False)
    text: str = field(repr=False)
    at: tuple[int, ...] = field(repr=False)
    links: tuple[tuple[int, str], ...] = field(repr=False)
    gaps: frozenset[int] = frozenset()

    def place(self, index: int) -> int:
        """Where a place of `text` lies in `original`; the end of `text` is the end of it all."""
        return self.at[index]

    def words(self, start: int, end: int) -> str:
        """What stands between two places of `text`, as typed."""
        return self.original[self.at[start] : self.at[end]]

    def index_of(self, place: int) -> int:
        """The first letter of `text` at or after a place in `original`."""
        return min(bisect_left(self.at, place), len(self.text))


def fold(typed: str) -> Folded:
    """Fold a text; never fails.

    >>> fold("เเจ้ง  เหตุ ม.๓ 😀").text
    'แจ้งเหตุ ม.3'
    """
    original = clean(typed, LONGEST)
    links = tuple(
        (found.start(), _AFTER_LINK.sub("", found[0])) for found in LINK.finditer(original)
    )
    closing = frozenset(found.start(1) for found in _ENUMERATOR.finditer(original))
    letters = _bounded(_merged(_letters(original, dict(links), closing)))
    text, at, gaps = _joined(letters)
    return Folded(original, text, (*at, len(original)), links, gaps)


_Letter = tuple[str, int]


def _letters(original: str, links: dict[int, str], closing: frozenset[int]) -> Iterator[_Letter]:
    """Each character in its plain form, with its place; a link is one mark, and what closes the
    number of a list's line is a full stop."""
    place = 0
    while place < len(original):
        if place in links:
            yield LINK_MARK, place
            place += len(links[place])
            continue
        for char in "." if place in closing else _plain(original[place]):
            yield char, place
        place += 1


def _plain(char: str) -> str:
    if char == "ๆ":
        return ""
    if _THAI.match(char) or char == "\n":
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Mc"):
        return ""
    if char in _QUOTES or category[0] in "ZC" or category in ("So", "Sk", "Lm"):
        return " "
    folded = unicodedata.normalize("NFKC", char).casefold()
    return folded if len(folded) == 1 else char


def _merged(letters: Iterator[_Letter]) -> Iterator[_Letter]:
    """One spelling of what is typed in several: เเ, ํา, น้ำ, and letters held down."""
    before: list[_Letter] = []
    for char, place in letters:
        if before and _swallowed(before, char):
            continue
        before.append((char, place))
        if len(before) > _KEPT_BEFORE:
            yield before.pop(0)
    yield from before


_KEPT_BEFORE: Final = 4


def _swallowed(before: list[_Letter], char: str) -> bool:
    """Whether a letter goes up in those before it, which then may change."""
    last, place = before[-1]
    if char == "เ" and last == "เ":
        before[-1] = ("แ", place)
        return True
    if char == "า" and "\u0e4d" in (last, before[-2][0] if len(before) > 1 else ""):
        _sara_am(before)
        return True
    if _TONE.match(char) and last == "ำ":
        before[-1:] = [(char, place), ("ำ", place)]
        return True
    if _MARK.match(char):
        marks = _marks_at_the_end(before)
        return char in marks or len(marks) >= _MOST_MARKS
    alike = [each for each, _ in before[-_MOST_ALIKE:]] == [char] * _MOST_ALIKE
    return alike and not char.isdigit() and char != LINK_MARK


def _marks_at_the_end(before: list[_Letter]) -> list[str]:
    return list(takewhile(_MARK.match, (char for char, _ in reversed(before))))


def _sara_am(before: list[_Letter]) -> None:
    at = -1 if before[-1][0] == "\u0e4d" else -2
    _, place = before.pop(at)
    before.append(("ำ", place))


def _bounded(letters: Iterator[_Letter]) -> list[_Letter]:
    kept: list[_Letter] = []
    for char, place in letters:
        if char in " \n" and (not kept or kept[-1][0] in " \n"):
            if kept and char == "\n":
                kept[-1] = ("\n", kept[-1][1])
            continue
        if len(kept) == MATCHED:
            break
        kept.append((char, place))
    while kept and kept[-1][0] in " \n":
        kept.pop()
    return kept


def _joined(letters: list[_Letter]) -> tuple[str, list[int], frozenset[int]]:
    """Without the spaces between Thai letters, which become gaps."""
    text: list[str] = []
    at: list[int] = []
    gaps = set()
    for index, (char, place) in enumerate(letters):
        inside = 0 < index < len(letters) - 1
        if char == " " and inside and _between_thai(letters, index):
            gaps.add(len(text))
            continue
        text.append(char)
        at.append(place)
    return "".join(text), at, frozenset(gaps)


def _between_thai(letters: list[_Letter], index: int) -> bool:
    """Whether a space stands inside Thai words; those before ม3 and between numbers part them."""
    if not (_THAI.match(letters[index - 1][0]) and _THAI.match(letters[index + 1][0])):
        return False
    ahead = "".join(char for char, _ in letters[index + 1 : index + 9])
    behind = "".join(char for char, _ in letters[max(0, index - 8) : index])
    two_numbers = _NUMBER_BEHIND.search(behind) and _NUMBER_AHEAD.match(ahead)
    if ahead.startswith("สิบ"):  # dictated: แปด สิบ
        return True
    return not (two_numbers or _MEASURE_AHEAD.match(ahead))
