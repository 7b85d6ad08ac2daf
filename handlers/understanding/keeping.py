"""The words of a text that are kept as the person's own."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.understanding.naming import Mention
from handlers.understanding.parts import Part, Reading
from handlers.understanding.standing import Mark
from handlers.understanding.words import ONLY_POLITE, PARTICLES

EDGES: Final = " \n.,:;-–"
_ONLY_POLITE: Final = re.compile(
    rf"(?:[\s,.!?:;-]|ไม่ใช่|หมายถึง|และ|กับ|เป็น|ว่า|ต่างหาก|{PARTICLES})*+\Z"
)

_ONLY_NUMBER: Final = re.compile(r" ?\d{1,3}(?: ?/ ?\d{1,3})?" + ONLY_POLITE.pattern)


def output_of(reading: Reading, part: Part, used: Sequence[Mark]) -> str:
    """The words of a part as typed, without what named the measure and its standing, and without
    the links at the end."""
    folded = reading.folded
    own = [(mark.start, mark.end) for mark in used]
    own += [
        _title_cut(folded.text, each, used, part, reading) for each in part.mentions if each.title
    ]
    cuts = sorted([(0, reading.begins), *reading.cuts, *own])
    pieces, at = [], part.start
    for start, end in cuts:
        if part.start <= start < part.end or start <= part.start < end:
            pieces.append(folded.words(at, max(at, start)))
            at = max(at, min(end, part.end))
    pieces.append(folded.original[folded.place(at) : folded.place(part.end)])
    words = " ".join(filter(None, (piece.strip(EDGES) for piece in pieces)))
    words = _without_tail(words, [link for _, link in folded.links])
    return "" if _ONLY_POLITE.match(words) else words


def _title_cut(
    text: str, title: Mention, used: Sequence[Mark], part: Part, reading: Reading
) -> tuple[int, int]:
    """A title at the beginning with its standing behind it only names; elsewhere it tells."""
    leads = not text[max(part.start, reading.begins) : title.start].strip(EDGES)
    behind = any(
        not text[title.end : mark.start].strip(EDGES) for mark in used if mark.start >= title.end
    )
    apart = reading.command and (
        title.end in reading.folded.gaps
        or not text[title.end :].strip()[:1].isalnum()
        or text[title.end : title.end + 1].isspace()
    )
    number = _ONLY_NUMBER.match(text, title.end, part.end)
    return (
        (title.start, title.end)
        if leads and (behind or apart or number)
        else (part.start, part.start)
    )


def _without_tail(words: str, links: Sequence[str]) -> str:
    """Without the links at the end, which are kept by themselves."""
    words = words.rstrip(EDGES)
    while tail := next((link for link in links if link and words.endswith(link)), ""):
        words = words[: -len(tail)].rstrip(EDGES)
    return words
