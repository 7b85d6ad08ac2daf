"""The numbers that Word counts by itself before a paragraph, which stand nowhere in its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from ita.text import thai_digits

_LEVELS = 9
_LONGEST = 20
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts: its first number, its kind of numbers, its pattern "%1."."""

    start: int
    kind: str
    pattern: str


class Numbering:
    """The lists of a document, counted on with every paragraph that is asked for, in order."""

    def __init__(self, opened: Opened) -> None:
        root = _numbering_of(opened)
        abstract = {
            _value(one, "w:abstractNumId", own=True): dict(_levels(one))
            for one in _all(root, "w:abstractNum")
        }
        self._lists = {
            _value(one, "w:numId", own=True): abstract.get(_value(one, "w:abstractNumId"), {})
            for one in _all(root, "w:num")
        }
        styles = opened.styles.element
        self._styles = {str(one.get(qn("w:styleId"))): one for one in _all(styles, "w:style")}
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: "etree._Element") -> str:
        """What Word shows before a paragraph: "๑. ", "- ", or nothing."""
        numbered = self._numbered(paragraph)
        if numbered is None:
            return ""
        number, depth = numbered
        level = self._lists.get(number, {}).get(depth)
        if level is None or level.kind == "none":
            return ""
        return "- " if level.kind == "bullet" else self._counted(number, depth, level)

    def _counted(self, number: str, depth: int, level: _Level) -> str:
        levels = self._lists[number]
        counts = self._counts.setdefault(number, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        label = level.pattern
        for place, count in enumerate(counts, 1):
            kind = levels[place - 1].kind if place - 1 in levels else "decimal"
            label = label.replace(f"%{place}", _written(max(count, 1), kind))
        return f"{label[:_LONGEST]} " if label else ""

    def _numbered(self, paragraph: "etree._Element") -> tuple[str, int] | None:
        """The list and level that a paragraph or its style belongs to."""
        holder: etree._Element | None = paragraph
        for _ in range(_LEVELS):  # a style may rest on another
            if holder is None:
                return None
            properties = holder.find(qn("w:pPr"))
            numbered = None if properties is None else properties.find(qn("w:numPr"))
            if numbered is not None and _value(numbered, "w:numId"):
                depth = _number(_value(numbered, "w:ilvl"))
                return _value(numbered, "w:numId"), min(depth, _LEVELS - 1)
            name = _value(holder, "w:basedOn") or _value(properties, "w:pStyle")
            holder = self._styles.get(name)
        return None


def _numbering_of(opened: Opened) -> "etree._Element | None":
    try:
        part = opened.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    return getattr(part, "element", None)


def _levels(abstract: "etree._Element") -> Iterator[tuple[int, _Level]]:
    for level in _all(abstract, "w:lvl"):
        depth = _number(str(level.get(qn("w:ilvl"), "")))
        start = _number(_value(level, "w:start") or "1")
        yield depth, _Level(start, _value(level, "w:numFmt"), _value(level, "w:lvlText"))


def _all(root: "etree._Element | None", tag: str) -> "list[etree._Element]":
    return [] if root is None else root.findall(qn(tag))


def _value(parent: "etree._Element | None", tag: str, *, own: bool = False) -> str:
    """The value of a child element, or the element's own attribute of this name."""
    if parent is None:
        return ""
    if own:
        return str(parent.get(qn(tag), ""))
    child = parent.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LEVELS else 0


def _written(count: int, kind: str) -> str:
    if kind.startswith("thaiLetters"):
        return _THAI_LETTERS[(count - 1) % len(_THAI_LETTERS)]
    if kind.endswith("Letter"):
        letter = _LATIN[(count - 1) % len(_LATIN)]
        return letter.upper() if kind.startswith("upper") else letter
    return thai_digits(str(count)) if kind.startswith("thai") else str(count)
