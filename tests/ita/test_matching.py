"""Which measure somebody means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.matching import find, named_in, unmistakable
from ita.measures import Measure
from tests.ita.made import measure

MEASURES = (
    measure(1, "เกณฑ์ประเมินผลการทำงานของบุคลากร", indicator=1),
    measure(2, "ให้บุคลากรร่วมตรวจการใช้งบประมาณ", indicator=2, items=("o12",)),
    measure(3, "นโยบาย No Gift Policy งดรับของขวัญ", indicator=3, items=("o21", "o22")),
    measure(4, "การขออนุญาตใช้รถยนต์", indicator=9, keywords="รถหลวง, กุญแจรถ"),
    measure(5, "การเผยแพร่ข้อมูลให้ประชาชน", indicator=9, items=("o22",)),
)


def _found(words: str) -> list[tuple[int, float]]:
    return [(match.measure.number, match.confidence) for match in find(MEASURES, words)]


@pytest.mark.parametrize(
    "words",
    ["3", "๓", "ข้อ 3", "ข้อ๓", "ม3", "ม.3", "มาตรการ 3", "มาตรการที่ ๓", " มาตรการที่3 "],
)
def test_a_number_is_unmistakable(words: str) -> None:
    assert _found(words) == [(3, 1.0)]


@pytest.mark.parametrize("words", ["ตัวชี้วัด 3", "ตัวชี้วัดที่ ๓", "ตัวชี้วัดที่3"])
def test_an_indicator_is_unmistakable(words: str) -> None:
    assert _found(words) == [(3, 1.0)]


def test_an_indicator_of_two_measures_gives_both() -> None:
    assert _found("ตัวชี้วัดที่ 9") == [(4, 1.0), (5, 1.0)]


@pytest.mark.parametrize("words", ["o21", "O21", "โอ21", "โอ ๒๑", "ข้อ o21", "ข้อ โอ21", "o๒๑"])
def test_an_item_is_unmistakable(words: str) -> None:
    assert _found(words) == [(3, 1.0)]


def test_an_item_of_two_measures_gives_both() -> None:
    assert _found("o22") == [(3, 1.0), (5, 1.0)]


@pytest.mark.parametrize("title", [one.title for one in MEASURES])
def test_a_whole_title_is_unmistakable(title: str) -> None:
    assert find(MEASURES, title.upper())[0].confidence == 1.0


@pytest.mark.parametrize(
    ("words", "number", "reason"),
    [
        ("ของขวัญ", 3, "a word of the title"),
        ("no gift", 3, "a part of the title"),
        ("nogift", 3, "without its space"),
        ("งดรับของขวัน", 3, "a misspelt part"),
        ("ขอใช้รถยนต์", 4, "words left out"),
        ("กุญแจรถ", 4, "a keyword"),
        ("ประชาชน ข้อมูล", 5, "two words in another order"),
        ("การใช้อำนาจ", 3, "the name of its indicator"),
    ],
)
def test_words_find_the_measure_but_are_not_certain(words: str, number: int, reason: str) -> None:
    best = _found(words)[0]
    assert best[0] == number, reason
    assert best[1] < 1.0


@pytest.mark.parametrize("words", ["", "  ", "99", "o43", "ตัวชี้วัด 8", "ไฟดับหน้าบ้าน", "555", "ก"])
def test_what_names_no_measure_finds_none(words: str) -> None:
    assert _found(words) == []


@given(st.text())
def test_any_words_give_matches_best_first(words: str) -> None:
    confidences = [match.confidence for match in find(MEASURES, words)]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence <= 1 for confidence in confidences)


def test_no_measures_no_match() -> None:
    nothing: tuple[Measure, ...] = ()
    assert find(nothing, "3") == ()


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("ติดป้ายงดรับของขวัญหน้าสำนักงานแล้ว", 3, "words of the title inside others"),
        ("no gift เสร็จ", 3, "a part of the title"),
        ("โนกิฟท์เสดแล้ว", 3, "written by ear"),
        ("ไม่รับของขวัญ เรียบร้อย", 3, "another name of the same"),
        ("งดรับของขวันเสร็จ", 3, "misspelt"),
        ("คืนกุญแจรถแล้ว", 4, "a keyword"),
        ("ขออนุญาตใช้รถยน 60%", 4, "the end left out"),
        ("เกณฑ์ประเมินผลบุคลากร", 1, "words left out"),
        ("ตรวจการใช้งบประมาณ", 2, "words of one measure only"),
    ],
)
def test_a_longer_text_names_a_measure_by_its_words(text: str, number: int, why: str) -> None:
    only = unmistakable(named_in(MEASURES, text))
    assert only is not None, why
    assert only.measure.number == number
    assert 0 <= only.start < only.end <= len(text)


@pytest.mark.parametrize(
    "text", ["", "ประชุมแล้ว", "เสร็จแล้วค่ะ", "ดำเนินการตามโครงการแล้ว", "นักเรียน", "555", "3"]
)
def test_words_of_every_report_name_none(text: str) -> None:
    assert unmistakable(named_in(MEASURES, text)) is None


def test_words_of_two_measures_are_not_unmistakable() -> None:
    twins = (measure(1, "ช่องทางแจ้งเบาะแส"), measure(2, "ช่องทางรับฟังความคิดเห็น"))
    named = named_in(twins, "ช่องทาง เสร็จ")
    assert [each.measure.number for each in named] == [1, 2]
    assert unmistakable(named) is None
    whole = unmistakable(named_in(twins, "ช่องทางแจ้งเบาะแส เสร็จ"))
    assert whole is not None
    assert (whole.measure.number, whole.whole) == (1, True)


@given(st.text(max_size=200))
def test_any_text_names_measures_likeliest_first(text: str) -> None:
    named = named_in(MEASURES, text)
    assert [each.weight for each in named] == sorted((each.weight for each in named), reverse=True)
    assert all(0 <= each.start < each.end <= len(text) for each in named)
