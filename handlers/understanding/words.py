"""Words to look for in a folded text, forgiving about tone marks, and numbers in words."""

import re
from typing import Final

_TONES: Final = frozenset("็่้๊๋์")
_ANY_TONE: Final = "[็่-๋์]?"
_TAKES_TONE: Final = re.compile("[\u0e01-\u0e2e\u0e31\u0e34-\u0e39]")

PARTICLES: Final = (
    "นะคะ|นะครับ|นะค่ะ|นะค้ะ|คร้าบ|ค้าบ|คับ|ครับ|คัฟ|ครัช|ฮับ|ฮะ|ค่ะ|คะ(?!แนน)|ค้ะ|คร่ะ|ค่า|คร่า"
    "|จ้า|จ้ะ|จ๊ะ|จ๋า|เจ้า(?!หน้า|พน|ภา|ข)|เด้อ|เน้อ|เน่อ|เด้|แหละ|หละ|ล่ะ|นะ|น้า|น่ะ|เนาะ|เลย|ฮ่ะ|อ่ะ|ป้าด|หว่า"
    "|หวา|ตะ|เตื่อ|แระ"
    "|หน่อย|ที|ด้วย|พี่|ผม|หนู|please|pls|krub|krab|kub|ka|na|ja|naka"
)
"""What is said out of politeness, and changes no meaning."""
POLITE_END: Final = re.compile(rf"(?:[\s,.!]|{PARTICLES})++\Z")
ONLY_POLITE: Final = re.compile(rf"(?:[\s,.!:;-]|{PARTICLES})*+\Z")

_ONES: Final = {
    "ศูนย์": 0, "หนึ่ง": 1, "นึง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6,
    "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
_DIGIT_WORD: Final = "หนึ่ง|นึง|สอง|สาม(?!าร|ัญ|ี|ัค)|สี่(?!แยก)|ห้า(?!ม|ง)|หก(?!ล้ม)|เจ็ด|แปด|เก้า(?!อี้)"
NUMBER_WORD: Final = (
    "(?:(?:หนึ่ง|นึง)?ร้อย(?!ละ|เรียง|ก)"
    f"|(?:ยี่|{_DIGIT_WORD})?สิบ(?:เอ็ด|{_DIGIT_WORD})?|{_DIGIT_WORD}|ศูนย์(?!ก))(?![ะาำิีึืุู็-๎])"
)
"""A number up to 100 in words. Not: ข้อห้าม, สามารถ, ร้อยละ."""
TENS: Final = f"(?:หนึ่ง|นึง)?ร้อย(?!ละ|เรียง|ก)|(?:ยี่|{_DIGIT_WORD})?สิบ(?:ห้า)?(?!เอ็ด|{_DIGIT_WORD})"
"""One of 10, 15, 20 and so on up to 100 in words."""
NUMBER: Final = rf"(?:\d{{1,3}}(?!\d)|{NUMBER_WORD})"


def number(written: str) -> int:
    """The value of what NUMBER matches.

    >>> [number(each) for each in ("๘๐".translate({0x0e58: "8", 0x0e50: "0"}), "แปดสิบห้า", "ยี่สิบเอ็ด")]
    [80, 85, 21]
    """
    if written.isdecimal():
        return int(written)
    if written.endswith("ร้อย"):
        return 100
    if "สิบ" not in written:
        return _ONES[written]
    tens, ones = written.split("สิบ")
    of_tens = {"": 1, "ยี่": 2}.get(tens) or _ONES[tens]
    return 10 * of_tens + ({"": 0, "เอ็ด": 1}[ones] if ones in ("", "เอ็ด") else _ONES[ones])


def typed(word: str) -> str:
    """A pattern for a word with its tone marks right, wrong or missing.

    >>> [bool(re.fullmatch(typed("แล้ว"), each)) for each in ("แล้ว", "แลว", "แล่ว", "ลาว")]
    [True, True, True, False]
    """
    made = []
    for char in word:
        if char not in _TONES:
            made.append(re.escape(char) + (_ANY_TONE if _TAKES_TONE.match(char) else ""))
    return "".join(made)


def one_of(*words: str) -> str:
    """A pattern for one of the words, the longest that fits first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(typed, longest_first)) + ")"


def pattern(text: str) -> re.Pattern[str]:
    """A pattern with words in it: what stands between « and » is forgiven its tone marks.

    \\b is the edge of a Latin word: finishedค่ะ ends one.

    >>> bool(pattern("«เสร็จ»(?:«แล้ว»)?").fullmatch("เสรจแล่ว"))
    True
    """
    text = re.sub("«([^»]*)»", lambda found: one_of(*found[1].split("|")), text)
    return re.compile(text.replace(r"\b", r"(?:(?<![a-z])(?=[a-z])|(?<=[a-z])(?![a-z]))"))
