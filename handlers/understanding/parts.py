"""Which words of a text are about which measure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.understanding.days import Day
from handlers.understanding.folding import Folded
from handlers.understanding.naming import Mention
from handlers.understanding.standing import Mark
from handlers.understanding.values import Facts
from handlers.understanding.words import PARTICLES

NOTHING_BETWEEN: Final = re.compile(rf"(?:[\s,&+/\x01]|และ|กับ|แล้วก็|ก็|ทั้ง|รวมถึง|and\b|{PARTICLES})*+")


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch of the text that is about `mentions`, start..end of the folded text."""

    mentions: tuple[Mention, ...]
    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with all that was found in it; `text` is the folded one with that taken out."""

    folded: Folded
    text: str
    facts: Facts
    command: bool
    begins: int
    """Where the words after a command begin."""
    days: tuple[Day, ...]
    marks: tuple[Mark, ...]
    cuts: tuple[tuple[int, int], ...]
    settled: int
    """Where the words begin that say nothing of how far it is, whatever they are."""

    def heard(self, part: Part) -> str:
        """What a part says, as far as it may speak of progress."""
        return self.folded.text[part.start : min(part.end, self.settled)]


def parts_of(reading: Reading, live: Sequence[Mention]) -> list[Part]:
    """The parts of a text, each with its measures and what is said of them; none without any."""
    groups = _groups(reading, live)
    if len(groups) < 2:  # noqa: PLR2004 - one group is told of by the whole text
        return [Part(tuple(each), 0, len(reading.folded.text), reading.marks) for each in groups]
    before = any(mark.start < groups[0][0].start for mark in reading.marks)
    behind = any(mark.start > groups[-1][-1].start for mark in reading.marks)
    if before and behind:  # nobody can tell which belongs to which
        return [Part(tuple(g), g[0].start, g[-1].end, ()) for g in groups]
    return [_part(reading, groups, index, before=before) for index in range(len(groups))]


def _part(
    reading: Reading, groups: Sequence[Sequence[Mention]], index: int, *, before: bool
) -> Part:
    group, last = groups[index], index == len(groups) - 1
    length = len(reading.folded.text)
    if before:  # 80% ม3, 60% ม5
        start = groups[index - 1][-1].end if index else 0
        end = length if last else group[-1].end
    else:
        start = group[0].start if index else 0
        end = length if last else groups[index + 1][0].start
    within = tuple(mark for mark in reading.marks if start <= mark.start < end)
    return Part(tuple(group), start, end, within)


def _groups(reading: Reading, live: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions with nothing but และ and กับ between them share what is said."""
    groups: list[list[Mention]] = []
    for mention in live:
        between = reading.folded.text[groups[-1][-1].end : mention.start] if groups else ""
        if groups and NOTHING_BETWEEN.fullmatch(between):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups
