"""Tables over several pages and badly scanned: rows cut in two, headings lost, other tables."""

from datetime import date

import pytest

from ita.tables import Published, read_published, text_document

TITLE = "รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘\nเทศบาลตำบลทดสอบ อำเภอทดสอบ\n"
HEADS = "ลำดับ\tมาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ"


UNNUMBERED = "มาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ"


def _read(*lines: str) -> Published:
    return read_published(text_document(TITLE + "\n".join(lines)))


def _row(number: str, title: str = "ก", unit: str = "กองคลัง", period: str = "๑ ต.ค. ๖๗") -> str:
    return f"{number}\t{title}\tวิธี\t{unit}\t{period}"


def _doubts(published: Published) -> list[tuple[str, str, str]]:
    return [(doubt.kind, doubt.raw, doubt.proposal) for doubt in published.doubts]


def test_headings_that_a_scan_damaged_are_read_as_far_as_they_are_alike() -> None:
    heads = "ล าดบ\tมาตรกาs\tวิธีดาเนินการ\tผู้รับผดชอบ\tระยะเวสาดำเนินการ"
    published = _read(heads, _row("๑"))
    (measure,) = published.measures
    assert (measure.unit, measure.period.end) == ("กองคลัง", date(2024, 10, 1))
    assert 0.78 <= measure.confidence < 1
    assert ("heading", "ผู้รับผดชอบ", "ผู้รับผิดชอบ") in _doubts(published)


DAMAGED = "ลาค้บ\tนาตรการ\tวธีคำเนนการ\tผู้รับพคชอน\tรยะเวลำคำเนนการ"


def test_the_first_pages_headings_may_be_damaged_if_anothers_are_not() -> None:
    published = _read(DAMAGED, _row("๑"), "", HEADS, _row("๒"))
    assert [one.number for one in published.measures] == [1, 2]
    assert [kind for kind, _, _ in _doubts(published)] == ["heading"]


def test_headings_that_lack_one_are_read_by_those_of_another_page() -> None:
    lacking = HEADS.replace("มาตรการ", "๔าชร")
    published = _read(lacking, _row("๑"), "", HEADS, _row("๒"))
    assert [one.title for one in published.measures] == ["ก", "ก"]


def test_headings_once_more_that_no_one_can_read_are_no_measure() -> None:
    published = _read(HEADS, _row("๑"), "", DAMAGED, _row("๒"))
    assert [one.number for one in published.measures] == [1, 2]
    assert [kind for kind, _, _ in _doubts(published)] == ["heading"]


UNTOLD = "๑\tก\tวิธี\t\t"
TOLD_LATER = "\tท้ายชื่อ\tต่อ\tกองคลัง\t๑ ต.ค. ๖๗"


@pytest.mark.parametrize(
    ("first", "between", "second", "title", "method"),
    [
        (_row("๑"), [""], "\t\tต่อ\t\t", "ก", "วิธี\nต่อ"),
        (_row("๑"), ["", HEADS], "\t\tต่อ\t\t", "ก", "วิธี\nต่อ"),
        (_row("๑"), ["", HEADS], "\t\tกิจกรรม\t\t", "ก", "วิธี\nกิจกรรม"),  # like a heading
        (_row("๑"), ["", "- ๒ -", "", HEADS], "๑\t\tต่อ\t\t", "ก", "วิธี\nต่อ"),
        (_row("๑"), ["", HEADS], "๑\tก (ต่อ)\tต่อ\t\t", "ก ก (ต่อ)", "วิธี\nต่อ"),
        (_row("๑"), ["", HEADS], "\tท้ายชื่อ\tต่อ\t\t", "ก ท้ายชื่อ", "วิธี\nต่อ"),
        (_row("๑"), ["", HEADS], "๑\tก\tต่อ\tกองคลัง\t๑ ต.ค. ๖๗", "ก", "วิธี\nต่อ"),
        (UNTOLD, ["", HEADS], TOLD_LATER, "ก ท้ายชื่อ", "วิธี\nต่อ"),
    ],
)
def test_a_row_cut_by_a_page_is_one_measure(
    first: str, between: list[str], second: str, title: str, method: str
) -> None:
    """As seed 001 has it; unit and period may stand on either page."""
    published = _read(HEADS, first, *between, second, _row("๒"))
    assert [one.number for one in published.measures] == [1, 2]
    one = published.measures[0]
    assert (one.title, one.method, one.unit) == (title, method, "กองคลัง")
    assert one.period.end == date(2024, 10, 1)
    assert one.confidence == 0.8
    assert [kind for kind, _, _ in _doubts(published)] == ["split_row"]


RUNNING = ["", "เทศบาลตำบลทดสอบ รายงานประจำปี", ""]


@pytest.mark.parametrize(
    ("between", "rows"),
    [
        (RUNNING, [_row("๒")]),
        (RUNNING, ["\t\tต่อ\t\t", _row("๒")]),
        (RUNNING, ["๒\tเผยแพร่\tลงเว็บ\tกองช่าง\tตลอดปีงบประมาณ"]),
        (RUNNING, ["๑\tก\tต่อ\t\t", _row("๒"), _row("๓")]),
        (["", "เทศบาลตำบลทดสอบ\tหน้า ๒", ""], [_row("๒")]),
        (["", "\tต่อ", ""], [_row("๒")]),
        (["", "๒\tข\tวิธี\tกองช่าง\tตลอดปีงบประมาณ\tเกิน"], [_row("๓")]),
    ],
)
def test_pages_without_headings_go_on_under_a_running_title(
    between: list[str], rows: list[str]
) -> None:
    measures = _read(HEADS, _row("๑"), *between, *rows).measures
    assert [one.number for one in measures] in ([1, 2], [1, 2, 3])
    assert all(one.period.end for one in measures)


def test_the_rest_of_a_row_alone_under_a_running_title_is_not_lost() -> None:
    (measure,) = _read(HEADS, _row("๑"), *RUNNING, "\t\tต่อ\t\t").measures
    assert measure.method == "วิธี\nต่อ"


@pytest.mark.parametrize(
    "second",
    [
        _row("๒"),  # a number of its own
        _row("", "ข"),  # a unit and a period of its own
        _row("๑", "ก", "กองช่าง"),  # the same once more, for another unit
        "๒\tข\tวิธี\t\t",  # a number, though unit and period are lacking
    ],
)
def test_a_row_after_a_page_break_may_be_a_measure_of_its_own(second: str) -> None:
    assert len(_read(HEADS, _row("๑"), "", HEADS, second).measures) == 2


def test_a_new_title_with_a_number_never_goes_on_from_the_row_before() -> None:
    rows = ["๑. ก\tวิธี\tกองคลัง\t๑ ต.ค. ๖๗", "", UNNUMBERED, "๒. ข\tวิธี\t\t"]
    assert len(_read(UNNUMBERED, *rows).measures) == 2


def test_rows_before_their_headings_are_asked_about() -> None:
    published = _read(_row("๑"), "", HEADS, _row("๒"))
    assert [one.number for one in published.measures] == [2]
    assert [kind for kind, _, _ in _doubts(published)] == ["table", "numbering"]


def test_headings_in_bold_of_markdown() -> None:
    bold = "\t".join(f"**{head}**" for head in HEADS.split("\t"))
    assert _read(bold, _row("๑")).measures[0].unit == "กองคลัง"


def test_another_table_without_known_headings_adds_no_measures() -> None:
    other = "ลำดับ\tชื่อ\tตำแหน่ง\tสังกัด\tลายมือชื่อ"
    people = ["๑\tก\tข\tกองคลัง\tง", "๒\tก\tข\tกองช่าง\tง"]
    published = _read(HEADS, _row("๑"), "รายชื่อผู้เข้าร่วมประชุม", other, *people)
    assert len(published.measures) == 1
    assert [kind for kind, _, _ in _doubts(published)] == ["table"]
