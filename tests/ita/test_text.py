"""Text made safe to keep and made comparable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.text import arabic_digits, clean, normalise, thai_digits


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x00b\x07c", "abc"),
        ("บรรทัด\nสอง", "บรรทัด\nสอง"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("ก\u200bข\ufeffค\u00ad", "กขค"),
        ("x\ud83dy\udc00", "xy"),
        ("e\u0301", "é"),
        ("\u202eกลับ", "กลับ"),
        ("=IMPORTXML(1)", "=IMPORTXML(1)"),
    ],
)
def test_clean_takes_out_what_nobody_sees(raw: str, cleaned: str) -> None:
    assert clean(raw, 100) == cleaned


def test_clean_is_bounded() -> None:
    assert clean("กขคง", 2) == "กข"


@given(st.text(st.characters()), st.integers(0, 50))
def test_clean_text_can_be_stored_and_is_clean(raw: str, limit: int) -> None:
    once = clean(raw, limit)
    once.encode()
    assert len(once) <= limit
    assert not {"Cs", "Cc"} & {unicodedata.category(letter) for letter in once} or "\n" in once
    assert clean(once, limit) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ทํางาน", "ทำงาน"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเผน", "แผน"),
        ("ข้อ  ๓", "ข้อ 3"),
        (" No\u200b Gift\n", "no gift"),
    ],
)
def test_spellings_of_one_word_compare_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@given(st.text() | st.text("กเแา\u0e33\u0e4d\u0e48\u0e49 \u200b"))
def test_normalising_twice_changes_nothing(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@given(st.text("0123456789กข"))
def test_digits_there_and_back(raw: str) -> None:
    assert arabic_digits(thai_digits(raw)) == raw
