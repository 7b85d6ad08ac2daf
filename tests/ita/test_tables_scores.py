"""Scores in tables and in text, held against each other, and the codes of items."""

from decimal import Decimal

import pytest

from ita.tables import Published, read_published, text_document

# Seed 003's own scores, whose total is 78.41 (the domain notes show the arithmetic).
POINTS = ("98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75.00", "48.75")
NAMES = (
    "การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของทางราชการ",
    "การแก้ไขปัญหาการทุจริต", "คุณภาพการดำเนินงาน", "ประสิทธิภาพการสื่อสาร", "การปรับปรุงการทำงาน",
    "การเปิดเผยข้อมูล", "การป้องกันการทุจริต",
)  # fmt: skip
YEAR = "ผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๖"
HEADS = "ตัวชี้วัด\tเครื่องมือการประเมิน\tตัวชี้วัด\tคะแนน\tผลการประเมิน"
PLAN = "ลำดับ\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา\n๑\tก\tกองคลัง\t๑ ต.ค. ๖๗"
ISSUES = "ประเด็นข้อคำถาม\tคะแนน\tแนวทางการพัฒนา"


def _table(**wrong: str) -> list[str]:
    points = [wrong.get(f"i{n}", right) for n, right in enumerate(POINTS, 1)]
    rows = zip(range(1, 11), NAMES, points, strict=True)
    return [HEADS, *(f"{n}\tX\t{name}\t{p}\t" for n, name, p in rows)]


def _read(*lines: str) -> Published:
    return read_published(text_document("\n".join(lines)))


def _asked(published: Published) -> list[tuple[str, str]]:
    return [(doubt.raw, doubt.proposal) for doubt in published.doubts if doubt.kind == "score"]


@pytest.mark.parametrize(
    "line",
    [
        "ได้รับผลการประเมินในระดับ ๗๘.๔๑ คะแนน",
        "คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน ระดับผลการประเมิน (ต้องปรับปรุง)",
        "โดยภาพรวมได้ คะแนน ๗๘.๔๓",  # an official total may differ by rounding
        "๙. การเปิดเผยข้อมูล ๗๕.๐๐ คะแนน",
        "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต คะแนนเฉลี่ย ๔๘.๗๕ คะแนน ผลการประเมิน ไม่ผ่านเกณฑ์",
        "แบบวัด IIT ได้คะแนน ๙๒.๕๕ คะแนน และแบบวัด EIT ได้คะแนน ๘๖.๓๐ คะแนน",
        # None of these is a score of the agency's indicators.
        "ข้อคำถามที่ได้คะแนนน้อยกว่า ๘๕.๐๐ คะแนน และผ่านเกณฑ์ ๘๕.๐๐ คะแนนขึ้นไป",
        "ตัวชี้วัดที่ ๗ ควรได้ ๘๖.๐๐ คะแนนขึ้นไป",
        "ตัวชี้วัดที่ ๗ เพิ่มขึ้น ๒.๑๐ คะแนน",
        "ตัวชี้วัดที่ ๗ ข้อ e7 ได้ ๘๐.๒๐ คะแนน",
        "ตัวชี้วัดย่อยที่ ๙.๑ ได้ ๑๐๐.๐๐ คะแนน",
        "แบบวัด EIT ส่วนที่ ๑ ได้คะแนน ๙๙.๐๐ คะแนน",
        "แบบวัด OIT มีน้ำหนักร้อยละ ๔๐.๐๐",
        "ปีงบประมาณ ๒๕๖๕ ได้คะแนนรวม ๖๐.๐๐ คะแนน",
        "ระดับ ๗๐.๐๐ - ๘๔.๙๙ คะแนน",
        "โทร. ๐๔.๔๘ คะแนนเต็ม",
        "๑. จัดอบรม ๒. เผยแพร่ ได้ ๙๐.๐๐ คะแนน",
    ],
)
def test_what_agrees_or_is_no_score_is_not_asked_about(line: str) -> None:
    assert _asked(_read(YEAR, *_table(), "", line)) == []


@pytest.mark.parametrize(
    ("lines", "raw", "proposal"),
    [
        (["ได้รับผลการประเมินในระดับ ๓๙.๔๑ คะแนน"], "๓๙.๔๑", "78.41"),
        (["คะแนนรวม ๓/๘.๔๑ คะแนน"], "๓/๘.๔๑", "78.41"),
        (["๙. การเปิดเผยข้อมูล", "", "๓/๕.๐๐ คະແນນ"], "๓/๕.๐๐", "75.00"),  # Lao letters, as in 003
        (["๑๐. การป้องกันการทุจริต", "", "๔๘.๓/๕ คະແນນ"], "๔๘.๓/๕", "48.75"),
        (["๗. ประสิทธิภาพการสื่อสาร ๘๔.๕๘ คะแนน"], "๘๔.๕๘", "84.85"),
        (["๗) ประสิทธิภาพการสื่อสาร ๘๔.๕๘"], "๘๔.๕๘", "84.85"),
        (["ตัวชี้วัดที่ ๑๐ การป้องกันกาทุจริต คะแนนเฉลี่ย ๔๘.๓๕ คะแนน"], "๔๘.๓๕", "48.75"),
        (["ตัวชี้วัดการใช้อำนาจ ได้ ๙๒.๔๑ คะแนน"], "๙๒.๔๑", "92.14"),
        (["ตัวชี้วัดที่ ๙ ได้ ๗๕,๐๐ คะแนน"], "๗๕,๐๐", "75.00"),
        (["ตัวชี้วัดที่ ๙ ได้ ๑๗๕.๐๐ คะแนน"], "๑๗๕.๐๐", "75.00"),
        (["แบบวัด OIT ได้คะแนน ๖๑.๘๐ คะแนน"], "๖๑.๘๐", "61.88"),
        (["ปีงบประมาณ ๒๕๖๖ ได้คะแนนรวม ๗๘.๑๔ คะแนน"], "๗๘.๑๔", "78.41"),
    ],
)
def test_a_misprint_in_the_text(lines: list[str], raw: str, proposal: str) -> None:
    published = _read(YEAR, *_table(), "", *lines)
    assert _asked(published) == [(raw, proposal)]
    assert [str(score.points) for score in published.scores] == list(POINTS)


def test_a_misprint_in_the_table_is_kept_and_told_by_text_and_arithmetic() -> None:
    total = "คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน"
    right = "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต คะแนนเฉลี่ย ๔๘.๗๕ คะแนน"
    published = _read(YEAR, *_table(i10="48.35"), "", total, right)
    assert _asked(published) == [("48.35", "48.75")]
    assert published.scores[9].points == Decimal("48.35")


def test_a_misprint_in_the_table_is_told_by_the_items_that_are_printed_at_zero() -> None:
    codes = ("o32", "o35", "o36", "o37", "o38", "o40", "o43")
    issues = [ISSUES, *(f"{code} ข้อทดสอบ\t๐๐.๐๐\tเผยแพร่" for code in codes)]
    total = "คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน"
    published = _read(YEAR, *_table(i10="๔๘.๓๕"), "", *issues, "", total)
    assert _asked(published) == [("๔๘.๓๕", "48.75")]
    assert [issue.code for issue in published.issues] == list(codes)
    assert {issue.points for issue in published.issues} == {Decimal(0)}


def test_without_more_to_go_by_the_table_stands() -> None:
    published = _read(YEAR, *_table()[:-1], "", "ตัวชี้วัดที่ ๙ ได้ ๗๖.๐๐ คะแนน")
    assert _asked(published) == [("๗๖.๐๐", "75.00")]


def test_a_figure_without_a_year_is_the_only_tables_even_where_a_plan_stands_between() -> None:
    plan = "มาตรการ ปีงบประมาณ พ.ศ. ๒๕๖๗"
    published = _read(YEAR, *_table(), "", plan, "ตัวชี้วัดที่ ๙ ได้ ๗๖.๐๐ คะแนน")
    assert _asked(published) == [("๗๖.๐๐", "75.00")]


def test_no_total_is_worked_out_for_a_year_without_confirmed_weights() -> None:
    table = [line.replace("๒๕๖๖", "๒๕๖๘") for line in (YEAR, *_table())]
    assert _asked(_read(*table, "", "คะแนนรวม ๓๙.๔๑ คะแนน")) == []


def test_what_is_only_called_a_result_is_no_total_to_hold_others_against() -> None:
    results = ["กองคลังได้คะแนน ๘๕.๕๐ คะแนน", "กองช่างได้คะแนน ๙๐.๐๐ คะแนน"]
    year = YEAR.replace("๒๕๖๖", "๒๕๖๘")
    assert _asked(_read(year, PLAN, "", *results)) == []
    published = _read(year, PLAN, "", "คะแนนรวม ๙๕.๐๐ คะแนน", "ผลการประเมิน ๓๕.๐๐ คะแนน")
    assert _asked(published) == [("๓๕.๐๐", "95.00")]


def test_sums_in_a_table_are_held_against_its_indicators() -> None:
    sums = ["\tIIT\tเฉลี่ย\t92.55\t", "\t\tคะแนนรวม\t78.14\t"]
    assert _asked(_read(YEAR, *_table(), *sums)) == [("78.14", "78.41")]


def test_a_number_beside_another_indicators_name_is_asked_about() -> None:
    published = _read(YEAR, HEADS, "๔\tOIT\tการเปิดเผยข้อมูล\t๗๕.๐๐\t")
    assert [proposal for _, proposal in _asked(published)] == ["9"]
    assert published.scores[0].indicator == 4


def test_two_years_side_by_side() -> None:
    heads = "ตัวชี้วัด\tคะแนนปี ๒๕๖๖\tคะแนนปี ๒๕๖๗"
    rows = ["๑. การปฏิบัติหน้าที่\t๙๘.๐๑\t๙๙.๐๐", "การใช้อำนาจ\t๙๒.๑๔\t๙๓.๐๐"]
    read = [(one.fiscal_year, one.indicator, str(one.points)) for one in _read(heads, *rows).scores]
    assert read == [
        (2566, 1, "98.01"),
        (2566, 3, "92.14"),
        (2567, 1, "99.00"),
        (2567, 3, "93.00"),
    ]


def test_scores_of_a_text_stand_where_no_table_gives_any() -> None:
    named = zip(range(1, 11), NAMES, POINTS, strict=True)
    lines = [f"{number}. {name} {points} คะแนน" for number, name, points in named]
    published = _read(YEAR, PLAN, *lines, "ได้รับผลการประเมินในระดับ ๓๙.๔๑ คะแนน")
    assert [str(score.points) for score in published.scores] == list(POINTS)
    assert {score.fiscal_year for score in published.scores} == {2566}
    assert _asked(published) == [("๓๙.๔๑", "78.41")]


def test_figures_of_a_text_that_contradict_each_other_are_no_scores() -> None:
    lines = [f"ตัวชี้วัดที่ ๙ ได้ {points} คะแนน" for points in ("๗๕.๐๐", "๗๕.๐๐", "๓๕.๐๐")]
    published = _read(YEAR, PLAN, *lines)
    assert [str(score.points) for score in published.scores] == ["75.00"]
    assert _asked(published) == [("๓๕.๐๐", "75.00")]


def test_points_of_a_question_that_cannot_be() -> None:
    published = _read(PLAN, "", ISSUES, "e๖ ข่าวสาร\t๘๓.๕๐\tปรับปรุง", "e7 ช่องทาง\t๘๐.๒o\tเพิ่ม")
    assert [(one.code, one.title, one.points) for one in published.issues] == [
        ("e6", "ข่าวสาร", Decimal("83.50")),
        ("e7", "ช่องทาง", None),
    ]
    assert _asked(published) == [("๘๐.๒o", "80.20")]


# Codes

CODED = "ประเด็นที่ต้องพัฒนา\tผู้รับผิดชอบ\tวิธีการ\tกำหนดเวลา"


def _coded(*titles: str) -> list[str]:
    return [CODED, *(f"{title}\tกองคลัง\tวิธี\t๑ ต.ค. ๖๗" for title in titles)]


def _codes(published: Published) -> list[tuple[str, str]]:
    kinds = ("item_code", "item_reference")
    return [(doubt.raw, doubt.proposal) for doubt in published.doubts if doubt.kind in kinds]


def test_a_lost_code_is_found_by_the_same_words_elsewhere() -> None:
    issues = [ISSUES, "e๖ หน่วยงานเผยแพร่ข่าวสารให้เข้าถึงได้ง่าย เพียงใด\t๘๓.๕๐\tก"]
    lost = "หน่วยงานเผยแพร่ข่าวสารให้เข้าถึงได้ง่ายขึ้น เพียงใด"
    published = _read(YEAR, *issues, "", *_coded(lost, "e7 ข่าวสาร", "e10 ช่องทาง"))
    (doubt,) = [doubt for doubt in published.doubts if doubt.kind == "item_code"]
    assert doubt.proposal == "e6"
    assert "บรรทัดที่ 3" in doubt.reason


def test_a_code_that_may_be_two_is_asked_with_both_and_with_what_speaks_for_one() -> None:
    issues = [ISSUES, "๐๑๓ รายงานผลการดำเนินงานประจำปี\t๐๐.๐๐\tก"]
    published = _read(YEAR, *issues, "", *_coded("ข้อ ๐๓.รายงานผลการดำเนินงานประจำปี"))
    first = next(doubt for doubt in published.doubts if doubt.raw == "ข้อ ๐๓")
    assert first.proposal == "o3 หรือ o13"
    assert "o13 ที่บรรทัดที่ 3" in first.reason
    assert published.measures[0].items == ()


def test_codes_that_digits_and_words_read_differently_are_both_proposed() -> None:
    issues = [ISSUES, "o35 การจัดการความเสี่ยงการทุจริต\t๐๐.๐๐\tก"]
    published = _read(YEAR, *issues, "", *_coded("ข้อ ๐๕๓ การจัดการความเสี่ยงการทุจริต"))
    assert _codes(published) == [("ข้อ ๐๕๓", "o43 หรือ o35")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ไปสู่การปฏิบัติตามข้อ ๐๔๒ อย่างเป็นรูปธรรม", [("ข้อ ๐๔๒", "o42")]),
        ("ตามข้อ ๐๕๒ และข้อ ๐๓๖", [("ข้อ ๐๕๒", "o42"), ("ข้อ ๐๓๖", "o36")]),
        ("๐๒๗ แนวปฏิบัติ", [("๐๒๗", "o27")]),
        ("ตามข้อ o42", []),
        ("ระเบียบข้อ ๑๓๒ วรรคสอง", []),  # the clause of a regulation
        ("เวลา ๐๘.๓๐ น. โทร. ๐๔๔ ๘๕๑", []),
    ],
)
def test_damaged_codes_in_a_text(text: str, codes: list[tuple[str, str]]) -> None:
    """Outside the tables, and within a cell, where one that no ข้อ stands before is a number."""
    assert _codes(_read(PLAN, "", text)) == codes
    within = [code for code in codes if code[0].startswith("ข้อ")]
    assert _codes(_read(PLAN.replace("\tก\t", f"\tก {text}\t"))) == within


@pytest.mark.parametrize(
    ("title", "items"),
    [
        ("o13, o14 รายงาน", ("o13", "o14")),
        ("รายงานผล (O๒๖)", ("o26",)),
        ("ข้อ o 7 และ o7", ("o7",)),
        ("No 12 ของ foo3", ()),
        ("o99 ไม่มีข้อนี้", ()),
    ],
)
def test_codes_beyond_doubt_are_read_wherever_they_stand_in_a_title(
    title: str, items: tuple[str, ...]
) -> None:
    assert _read(PLAN.replace("\tก\t", f"\t{title}\t")).measures[0].items == items
