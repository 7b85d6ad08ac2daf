"""How LINE counts characters: UTF-16 code units in texts, grapheme clusters in labels."""

import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"
_SPACING_AM = "\u0e33\u0eb3"  # Thai and Lao AM are letters, yet belong to the cluster before them
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def utf16_length(text: str) -> int:
    """Count UTF-16 code units.

    >>> utf16_length("ก😀")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_count(text: str) -> int:
    """Count grapheme clusters, nearly as Unicode's annex 29 does (Hangul is not joined).

    >>> grapheme_count("น้ำ"), grapheme_count("👩‍👧"), grapheme_count("🇹🇭")
    (1, 1, 1)
    """
    count = 0
    before = ""
    open_flag = False
    for character in text:
        flag_letter = ord(character) in _FLAG_LETTERS
        joins = _extends(character) or before == _ZERO_WIDTH_JOINER or (flag_letter and open_flag)
        count += not (joins and before)
        open_flag = flag_letter and not open_flag
        before = character
    return count


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == _ZERO_WIDTH_JOINER
        or character in _SPACING_AM
        or ord(character) in _SKIN_TONES
    )
