"""Measures that a text names only beside the one that it tells of: ม3 ใช้รูปเดียวกับ ม5 เสร็จแล้ว."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from handlers.understanding.folding import LINK_MARK
from handlers.understanding.naming import Mention
from handlers.understanding.parts import NOTHING_BETWEEN
from handlers.understanding.standing import Mark
from handlers.understanding.words import NUMBER, PARTICLES

_MOST_BEFORE: Final = 24
_BESIDE: Final = (
    "เดียวกับ|เดียวกันกับ|เหมือน(?:กับ)?|คล้าย(?:กับ)?|ต่อ(?:เนื่อง)?จาก|หลัง(?:จาก)?|รอ(?:ผล)?|อ้าง(?:อิง|ถึง)(?:ถึง)?"
    "|มติ(?:ที่)?|แทน|แบบ|เท่า(?:กับ)?"
)
_REFERS: Final = re.compile(rf"(?:{_BESIDE}) ?\Z")
_REFERS_BACK: Final = re.compile(
    rf"(?:{_BESIDE}|ตาม|ของ|จาก|ใน|ก่อน|ดู(?:ที่)?|ใช้|รูป|ภาพ|ลิงก์|หลักฐาน"
    r"|เอกสาร|ไฟล์|ร่วมกับ|เกี่ยวกับ|คู่กับ) ?\Z"
)
"""Before a second measure: ม3 80% ตาม ม5."""
_ADDS: Final = re.compile(r"(?:และ|กับ|[,&+]) ?\Z")
_TELLS: Final = re.compile(
    rf"แล้ว|แล่ว|แร้ว|แลว|ยัง|ติด|เลื่อน|ไม่|บ่|[\n,;\d{LINK_MARK}]|{NUMBER}|(?:{PARTICLES}) ?\Z"
)
"""What makes the words between two measures a report on the first one."""


def told_of(
    text: str, live: Sequence[Mention], marks: Sequence[Mark], *, command: bool
) -> list[Mention]:
    """The mentions that something is told of. Where nobody can tell which of them are meant, they
    are one to choose from; a number alone in its place says that it is meant itself, and behind
    the `command` a later one needs a standing of its own."""
    kept: list[Mention] = list(live[:1])
    doubtful = bool(live[1:]) and _is_beside(_REFERS, text, live[0])
    for mention in live[1:]:
        behind = any(mark.start >= mention.end for mark in marks)
        beside = _is_beside(_REFERS_BACK, text, mention)
        said = command and live[0].bare and not (behind or _ADDS.search(text, 0, mention.start))
        if (said or (beside and (live[0].bare or not behind))) and _has_standing(
            kept[-1], mention, marks
        ):
            continue
        doubtful = doubtful or beside or _says_nothing(text, kept[-1], mention, marks)
        kept.append(mention)
    doubtful = doubtful or any(_is_one_place(text, one, other) for one, other in pairwise(kept))
    if not doubtful or not marks:
        return kept
    return kept[:1] if live[0].bare and live[0].sure else [_any_of(kept)]


def _is_beside(words: re.Pattern[str], text: str, mention: Mention) -> bool:
    return bool(words.search(text[max(0, mention.start - _MOST_BEFORE) : mention.start]))


def _has_standing(one: Mention, other: Mention, marks: Sequence[Mark]) -> bool:
    return any(one.end <= mark.start < other.start for mark in marks) or any(
        mark.end <= one.start for mark in marks
    )


def _says_nothing(text: str, one: Mention, other: Mention, marks: Sequence[Mark]) -> bool:
    """Whether the words between two measures say nothing of the first, which has no standing
    before it either."""
    between = text[one.end : other.start]
    alone = not _has_standing(one, other, marks)
    return alone and not (NOTHING_BETWEEN.fullmatch(between) or _TELLS.search(between))


def _is_one_place(text: str, one: Mention, other: Mention) -> bool:
    """Whether two names side by side that are spelled differently may be of one thing: ม3 ม.7, a
    measure and a village, or ตัวชี้วัดที่ 3 มาตรการที่ 5."""
    first, second = (text[each.start : each.end] for each in (one, other))
    between = text[one.end : other.start].strip()
    spelled = [name.rstrip("0123456789").strip() for name in (first, second)]
    if one.weak and other.weak and between.endswith("ที่"):
        return ("." in first) != ("." in second)
    return not between and one.end <= other.start and bool(spelled[1]) and spelled[0] != spelled[1]


def _any_of(mentions: Sequence[Mention]) -> Mention:
    """One mention that may mean each of them; the others stay words of what is told."""
    measures = tuple(dict.fromkeys(one for each in mentions for one in each.measures))
    return replace(mentions[0], measures=measures, unknown=True)
