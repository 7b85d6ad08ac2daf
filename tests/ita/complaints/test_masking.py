"""A short title for the shared sheet: nothing in it leads to a person."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.complaints.masking import LONGEST, MASK, masked, short_title

HIDDEN = [
    ("0810000000", "a mobile number"),
    ("081-000-0000", "with dashes"),
    ("081 000 0000", "with spaces"),
    ("08.1000.0000", "with dots"),
    ("(02) 000 0000", "with an area in brackets"),
    ("+66 81 000 0000", "from abroad"),
    ("๐๘๑๐๐๐๐๐๐๐", "in Thai digits"),
    ("๐๘๑-๐๐๐-๐๐๐๐", "in Thai digits with dashes"),
    ("๐81 ๐๐๐ 0000", "in mixed digits"),
    ("\uff10\uff18\uff11\uff10\uff10\uff10\uff10\uff10\uff10\uff10", "in wide digits"),
    ("0 8 1 0 0 0 0 0 0 0", "digit by digit"),
    ("0810000000 0820000000", "two of them"),
    ("1000000000000", "an id of 13 digits"),
    ("1-0000-00000-00-0", "an id as it is printed"),
    ("๑-๐๐๐๐-๐๐๐๐๐-๐๐-๐", "an id in Thai digits"),
    ("000-0-00000-0", "an account"),
    ("test.person@example.com", "an e-mail"),
    ("test @ example.co.th", "an e-mail with spaces"),
    ("https://example.com/somebody", "a link to a profile"),
    ("www.example.com/somebody", "a link without its scheme"),
    ("@testperson", "a LINE id with its sign"),
    ("U" + "0123456789abcdef" * 2, "LINE's own id"),
    ("081/2345678", "with a stroke"),
    ("081/234/5678", "with strokes"),
    ("081+234+5678", "with plus signs"),
    ("081:234:5678", "with colons"),
    ("081*234*5678", "with stars"),
    ("081=234=5678", "with whatever comes"),
    ("15/01/2568 081/2345678", "behind a day"),
    ("test (at) example.com", "an e-mail in words"),
    ("test[at]example[dot]com", "an e-mail in brackets"),
    ("t.me/testperson", "a link without www"),
    ("fb.com/x", "a short link"),
    ("facebook.com/test.person", "a link to Facebook"),
]
NAMED = [
    ("ไลน์ไอดี test_99", "test_99"),
    ("ไอดีไลน์: test_99", "test_99"),
    ("line id test.99", "test.99"),
    ("LINE : @test99", "test99"),
    ("ID line = test-99", "test-99"),
    ("ไลน์ test99", "test99"),
    ("ไอจี testname", "testname"),
    ("ไอจี: test_name", "test_name"),
    ("IG testname", "testname"),
    ("IG:testname", "testname"),
    ("ig = test.99", "test.99"),
    ("เฟส testname", "testname"),
    ("เฟสบุ๊ก testname", "testname"),
    ("เฟซบุ๊ก ชื่อ ตัวอย่างนามแฝง", "ตัวอย่างนามแฝง"),
    ("เฟส: ตัวอย่าง นามแฝง", "นามแฝง"),
    ("facebook testname", "testname"),
    ("Facebook: testname", "testname"),
    ("FB testname", "testname"),
    ("tiktok testname", "testname"),
    ("telegram testname", "testname"),
]
KEPT = [
    "ไฟถนนดับหน้าวัด หมู่ 3",
    "เสาไฟ 45/6 เอียง ดับ 3 คืน",
    "น้ำไม่ไหลตั้งแต่ 15/01/2568 เวลา 12:30 น.",
    "ถนนเป็นหลุมกว้าง 1.50 เมตร ลึก 20 ซม.",
    "บ้านเลขที่ 99/9 ม.12",
    "เสาไฟ 45/6, 45/7, 45/8 ดับ",
    "เสียงดัง 22:00 - 05:00 ทุกคืน",
    "น้ำไม่ไหล 15/01/2568 08:30",
    "ไม่มีน้ำ 1/2/68-3/2/68",
    "โครงการเฟส 2 ยังไม่เสร็จ",
    "ดูประกาศในเฟสเทศบาลแล้ว",
    "big potholes ignored since May",
    "ไลน์กลุ่มหมู่บ้านแจ้งว่าน้ำจะหยุดไหล",
    "street light out near the temple, online since Monday",
]


@pytest.mark.parametrize(("secret", "why"), HIDDEN)
def test_what_leads_to_a_person_is_masked(secret: str, why: str) -> None:
    title = short_title(f"ไฟดับ {secret} หน้าวัด")
    assert title == f"ไฟดับ {MASK} หน้าวัด", why


@pytest.mark.parametrize(("text", "secret"), NAMED)
def test_what_is_called_a_line_id_is_masked(text: str, secret: str) -> None:
    assert secret not in short_title(f"ติดต่อ {text} ได้")
    assert MASK in short_title(text)


@pytest.mark.parametrize("text", [text for text, _ in (*HIDDEN, *NAMED)])
def test_what_is_masked_stays_as_it_is_with_the_words_after_it(text: str) -> None:
    title = short_title(f"ติดต่อ {text} เรื่อง ไฟดับ")
    assert masked(title) == title
    assert title.endswith("ไฟดับ")


@pytest.mark.parametrize("text", KEPT)
def test_other_words_and_numbers_stay(text: str) -> None:
    assert short_title(text) == text


@pytest.mark.parametrize("nothing", ["", "  ", "...", "🙏", "\n"])
def test_of_nothing_there_is_no_title(nothing: str) -> None:
    assert short_title(nothing) == ""


def test_it_is_cut_between_letters_after_it_was_masked() -> None:
    assert short_title("ก" * 75 + " 0810000000 หน้าวัด") == "ก" * 75 + f" {MASK}…"
    assert short_title("ที่" * 40) == "ที่" * 26 + "…"
    assert len(short_title("น้ำ" * 100)) <= LONGEST


def test_several_lines_become_one() -> None:
    assert short_title("ไฟดับ\nหน้าวัด\t หมู่ 3") == "ไฟดับ หน้าวัด หมู่ 3"


DIGITS = st.sampled_from(["0123456789", "๐๑๒๓๔๕๖๗๘๙", "٠١٢٣٤٥٦٧٨٩"])
GAPS = st.sampled_from(["", " ", "-", ".", " - ", "\u2013", "\u200b"])


@given(
    DIGITS, st.lists(st.integers(0, 9), min_size=8, max_size=20), st.data(),
    st.text(max_size=20), st.text(max_size=20),
)  # fmt: skip
def test_no_long_number_comes_through(
    digits: str, number: list[int], data: st.DataObject, before: str, after: str
) -> None:
    spelled = "".join(digits[each] + data.draw(GAPS) for each in number)
    shown = short_title(f"{before} {spelled} {after}")
    plain = "".join(str(unicodedata.digit(char, char)) for char in shown)
    assert not re.search(r"(?:\d[ .\-\u2013]{0,3}){7}\d", plain)


@given(st.text(max_size=300))
def test_any_text_gives_a_short_line_that_is_masked_already(text: str) -> None:
    title = short_title(text)
    assert len(title) <= LONGEST
    assert "\n" not in title
    assert masked(title.removesuffix("…")) == title.removesuffix("…")
