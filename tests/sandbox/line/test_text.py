"""How LINE counts characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.line.text import grapheme_count, utf16_length


@pytest.mark.parametrize(
    ("text", "clusters", "units", "why"),
    [
        ("", 0, 0, "nothing"),
        ("กขค", 3, 3, "plain letters"),
        ("ที่", 1, 3, "a vowel and a tone above"),
        ("ปู่", 1, 3, "a vowel below and a tone above"),
        ("น้ำ", 1, 3, "SARA AM belongs to the letter before it"),
        ("เก", 2, 2, "a leading vowel stands for itself"),
        ("é", 1, 1, "composed"),
        ("e\u0301", 1, 2, "a combining accent"),
        ("😀", 1, 2, "outside the basic plane"),
        ("👍🏽", 1, 4, "a skin tone"),
        ("👩\u200d👧", 1, 5, "joined with a zero-width joiner"),
        ("☎\ufe0f", 1, 2, "a variation selector"),
        ("🇹🇭🇱🇦", 2, 8, "two flags of two letters each"),
        ("\u0e48ก", 2, 2, "a tone without a letter is a cluster of its own"),
        ("\ud800", 1, 1, "a lone surrogate"),
    ],
)
def test_counting(text: str, clusters: int, units: int, why: str) -> None:
    assert (grapheme_count(text), utf16_length(text)) == (clusters, units), why


@given(st.text(), st.text())
def test_a_letter_between_two_texts_adds_itself(before: str, after: str) -> None:
    joined = grapheme_count(before + "\n" + after)
    assert joined <= grapheme_count(before) + 1 + grapheme_count(after)
    assert joined >= grapheme_count(before)
    assert grapheme_count(before) <= len(before) <= utf16_length(before)
