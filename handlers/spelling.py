"""Words to look for as people really type them: ํ + า for ำ, เ + เ for แ, any spacing."""

import re


def pattern(word: str) -> str:
    """A regular expression for `word` in its usual misspellings.

    >>> bool(re.fullmatch(pattern("แจ้งเหตุ"), "เเจ้งเหตุ"))
    True
    """
    typed = re.escape(word).replace("แ", "(?:แ|เเ)").replace("ำ", "(?:ำ|ํา)")
    return typed.replace(r"\ ", r"\s+")


def any_of(words: tuple[str, ...]) -> str:
    """A regular expression for one of the words, the longest that fits."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(pattern, longest_first)) + ")"
