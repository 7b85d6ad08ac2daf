"""What a text takes back: ไม่ใช่ ม3 หมายถึง ม5, and 80% เอ้ย 60%."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.understanding.folding import TAKEN
from handlers.understanding.naming import Mention
from handlers.understanding.standing import Mark, is_bare_percent
from handlers.understanding.words import PARTICLES

_BUT_NOT: Final = re.compile(
    r"(?:ไม่ใช่|ไม่ไช่|ไม่ใช้|ไม่ช่าย|ม่ายช่าย|บ่แม่น|บ่ใช่|บ่ใจ้|บ่ไจ้|มิใช่|ไม่ได้หมายถึง|ไม่เอา|\bnot) ?(?:มาตรการ"
    r"|ของ|ที่|ข้อ)*\s?\Z"
)
_RATHER: Final = re.compile(
    r"(?:ไม่ใช่(?:สิ|ซิ|แล้ว|ละ|ดิ)?|ไม่(?:สิ|ซิ|ดิ)|เอ๊ย|เอ้ย|เอย|อุ๊ย|อุ้ย|โอ๊ย|โอ้ย|เฮ้ย|เห้ย|อ้าว|ขอโทษ(?:ที)?|โทษ(?:ที)?|พิมพ์ผิด|ผิด|แก้เป็น"
    r"|ขอแก้(?:ไข)?|แก้ไขเป็น|เปลี่ยนเป็น|หมายถึง|ที่ถูก|ที่จริง|ต้องเป็น|แต่เป็น|\bsorry|\bi mean)"
    rf"(?:[\s,.]|{PARTICLES}|เป็น|คือ|ขอ(?!ง)|ของ|ต้อง|หมายถึง|ขอแก้|แก้|ที่ถูก|ว่า)*\Z"
)
_OTHER: Final = r"(?=แต่|หมายถึง|ต้องเป็น|คือ)"
_NOT_THAT: Final = re.compile(
    rf"(?:ไม่ใช่|ไม่ไช่|บ่แม่น|บ่ใช่|มิใช่|ไม่ได้หมายถึง)(?:[^\n]{{1,80}}?{_OTHER}|[^\n\d%]{{1,80}}\Z)"
)
CORRECTS: Final = re.compile(rf"(?:ไม่ใช่|ไม่ไช่|บ่แม่น|บ่ใช่|มิใช่)[^\n]{{1,80}}?{_OTHER}")
"""ไม่ใช่อบรม หมายถึง…, which takes back what was said before."""
MEANT: Final = re.compile(rf"{CORRECTS.pattern}(?:แต่|หมายถึง|ต้อง|เป็น|คือ|[\s:])++")
_HESITATES: Final = re.compile(
    r"(?:เอ่อ|เอ้อ|อ้าว|เอ๊ะ|อุ๊ย|อุ้ย|เอ้ย|เอ๊ย|เอย|โอ๊ย|โอ้ย|เฮ้ย|เห้ย|เฮ๊ย|ว้าย|ตาย)[\s,.]*"
    rf"(?:{PARTICLES}|[\s,.])*ไม่ใช่(?:สิ|ซิ|ดิ)? ?\Z"
)
_INSTEAD: Final = re.compile(rf"(?:\s|{PARTICLES})*+ต่างหาก")
"""Behind a measure that is meant rather than the one before it: ม5 ต่างหาก."""
_OR: Final = re.compile(r"\s?(?:หรือ(?:ว่า)?|\bor\b)\s?\Z")
_BECOMES: Final = re.compile(r"\s?(?:เป็น|->|→)\s?")


def live_mentions(
    text: str, named: Sequence[Mention], marks: Sequence[Mark]
) -> tuple[list[Mention], list[Mention]]:
    """The mentions that stand, each measure once, and those that were taken back."""
    live: list[Mention] = []
    struck: list[Mention] = []
    for mention in named:
        before = text[: mention.start]
        rather = bool(live) and _is_meant(text, mention)
        if _BUT_NOT.search(before[-40:]) and not rather:
            if live and _is_told(text, live[-1], mention, marks):
                live.append(_either(live.pop(), mention, whole=False))
            struck.append(mention)
            continue
        between = before[live[-1].end :] if live else ""
        if live and (either := _OR.search(between)):
            whole = either.start() == 0
            live.append(_either(live.pop(), mention, whole=whole))
            struck += [] if whole else [mention]
            continue
        if rather or (live and (_RATHER.search(between[-60:]) or _BECOMES.fullmatch(between))):
            struck.append(live.pop())
        if mention.sure and any(mention.measures == each.measures for each in live):
            struck.append(mention)
        else:
            live.append(mention)
    return live, struck


def _is_meant(text: str, mention: Mention) -> bool:
    """Whether ไม่ใช่ before a measure takes back what was said before: เอ้ยไม่ใช่ ม5."""
    before = text[max(0, mention.start - 40) : mention.start]
    return bool(_HESITATES.search(before) or _INSTEAD.match(text, mention.end))


def _is_told(text: str, one: Mention, other: Mention, marks: Sequence[Mark]) -> bool:
    """Whether a standing is between two measures: of ม3 80% ไม่ใช่ ม5 nobody knows which is meant."""
    between = any(one.end <= mark.start < other.start for mark in marks)
    return between or is_bare_percent(text, one.end) is not None


def _either(one: Mention, other: Mention, *, whole: bool = True) -> Mention:
    """ม3 หรือ ม5: nobody knows which. `whole` takes the words between them for their name."""
    measures = tuple(dict.fromkeys((*one.measures, *other.measures)))
    return replace(one, end=other.end if whole else one.end, measures=measures, unknown=True)


def without_denied(text: str) -> str:
    """Without the words that are said not to be meant, which name no measure."""
    return _NOT_THAT.sub(lambda found: TAKEN * len(found[0]), text)


def without_corrected(text: str, found: Sequence[Mark]) -> list[Mark]:
    """Without what was taken back: ไม่ใช่ 80%, and 80% เอ้ย 60%."""
    kept: list[Mark] = []
    for mark in found:
        before = text[: mark.start]
        if mark.percent is not None and _BUT_NOT.search(before[-40:]):
            continue
        if mark.percent is None and kept and _BUT_NOT.search(before[-40:]):
            kept.append(mark)  # เสร็จแล้วไม่ใช่ยังไม่เสร็จ: either of them
            continue
        if kept and _RATHER.search(before[kept[-1].end :][-60:]):
            kept.pop()
        kept.append(mark)
    return kept
