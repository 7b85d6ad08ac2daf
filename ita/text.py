"""Text as people type, paste and scan it: made safe to keep, and made comparable.

What NFC leaves undone in Thai is done here: ํ + า is the same sound as ำ, เ + เ the same as แ.
"""

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen
    "\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates, tags
)
_SPACES = re.compile(r"\s+")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_AM_TONE = re.compile("([\u0e01-\u0e2e])\u0e33([\u0e48-\u0e4b])")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def clean(text: str, limit: int) -> str:
    r"""The text in NFC without unseen characters and broken halves, at most `limit` characters.

    Newlines stay, tabs become spaces.

    >>> clean("a\x00b\u200bc\r\nd\te", 100)
    'abc\nd e'
    """
    if text.isascii() and text.isprintable():
        return text[:limit]
    lines = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines))[:limit]


def normalise(text: str) -> str:
    """The text for comparing only, never for keeping: one spelling, one line, no case.

    >>> normalise("  เเผน ๖๘  ทํา No Gift ")
    'แผน 68 ทำ no gift'
    """
    one = _NIKHAHIT_AA.sub("\\1\u0e33", clean(text, len(text)).replace("เเ", "แ"))
    one = _AM_TONE.sub("\\1\\2\u0e33", one)  # นำ้, as fingers often type น้ำ
    return _SPACES.sub(" ", arabic_digits(one)).strip().casefold()


def arabic_digits(text: str) -> str:
    """Thai digits as Arabic ones.

    >>> arabic_digits("๒๕๖๘")
    '2568'
    """
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Arabic digits as Thai ones.

    >>> thai_digits("2568")
    '๒๕๖๘'
    """
    return text.translate(_TO_THAI)
