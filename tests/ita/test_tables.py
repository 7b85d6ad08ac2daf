"""Published tables: layouts, damage, and what is asked rather than corrected."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.tables import Published, UnreadableTable, read_published, text_document
from ita.tables.reading import LONGEST

TITLE = "รายงานผลตามมาตรการทดสอบ ปีงบประมาณ พ.ศ. ๒๕๖๘\nเทศบาลตำบลทดสอบ อำเภอทดสอบ\n"
HEADS = "ลำดับ\tมาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ\tสรุปผลการดำเนินการ\tผลลัพธ์"
ROW = "๑.\tมาตรการหนึ่ง\tประชุม\tกองคลัง\t๑ ต.ค. ๖๗\tประชุมแล้ว\tเข้าใจตรงกัน"
BY_INDICATOR = "ตัวชี้วัด\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา"
UNNUMBERED = "มาตรการ\tผู้รับผิดชอบ\tระยะเวลา"
SCORES = "ตัวชี้วัด\tเครื่องมือการประเมิน\tตัวชี้วัด\tคะแนน\tผลการประเมิน"


def _read(*lines: str) -> Published:
    return read_published(text_document(TITLE + "\n".join(lines)))


def _row(number: str = "๑.", **cells: str) -> str:
    usual = {"title": "มาตรการหนึ่ง", "unit": "กองคลัง", "period": "๑ ต.ค. ๖๗"} | cells
    return f"{number}\t{usual['title']}\tวิธี\t{usual['unit']}\t{usual['period']}\tผล\tดี"


def _kinds(published: Published) -> list[str]:
    return [doubt.kind for doubt in published.doubts]


def test_a_plain_table() -> None:
    published = _read(HEADS, ROW)
    (measure,) = published.measures
    assert (published.agency, published.fiscal_year) == ("เทศบาลตำบลทดสอบ", 2568)
    assert (measure.number, measure.indicator, measure.items) == (1, None, ())
    assert (measure.title, measure.unit) == ("มาตรการหนึ่ง", "กองคลัง")
    assert (measure.method, measure.output, measure.outcome) == ("ประชุม", "ประชุมแล้ว", "เข้าใจตรงกัน")
    assert measure.period.end == date(2024, 10, 1)
    assert measure.raw["ลำดับ"] == "๑."
    assert list(measure.raw) == HEADS.split("\t")
    assert published.doubts == ()


LAYOUTS = [
    "ลำดับ\tมาตรการ/ กิจกรรม\tวิธีดำเนินการ\tระยะเวลา ในการ ดำเนินการ\tผู้รับผิดชอบ\t"
    "สรุปผลการดำเนินการ ตามมาตรการหรือ กิจกรรม\tผลลัพธ์หรือ ความสำเร็จในการ ดำเนินการ\tงบประมาณ",
    "มาตรการ โครงการ หรือ กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\t"
    "ขั้นตอนหรือวิธีการปฏิบัติ\tช่วงระยะเวลาในการดำเนินการ\tผู้รับผิดชอบ\tผลการดำเนินการ (Output)\t"
    "ผลลัพธ์หรือผลสัมฤทธิ์ในการดำเนินการ (outcome/result)",
    "ตัวชี้วัด\tมาตรการ/แนวทางที่จะดำเนินการ\tวิธีการดำเนินการ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ\t"
    "สรุปผลการดำเนินการ\tผลลัพธ์/ความสำเร็จ",
    "ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา\tผู้รับผิดชอบ\tขั้นตอนหรือวิธีการ/มาตรการ\t"
    "การรายงานผลและกำกับติดตาม กำหนดเวลาแล้วเสร็จ",
    "มาตรการ/กิจกรรม\tขั้นตอน/วิธีการปฏิบัติ\tหน่วยงานผู้รับผิดชอบ\tระยะเวลาดำเนินการ\t"
    "สรุปผลการดำเนินการ\tผลลัพธ์หรือความสำเร็จ",
    "ที่\tโครงการ/กิจกรรม\tแนวทางการปฏิบัติ\tส่วนราชการที่รับผิดชอบ\tห้วงเวลา\tความก้าวหน้า\tความสำเร็จ",
    "ลําดับที่\tมาตรการ\tขันตอน\tผูรับผิดชอบ\tระยะเวลาดําเนินการ\tผลการดำเนินงาน\tผลลัพธ",
]


@pytest.mark.parametrize("heads", LAYOUTS)
def test_headings_are_known_by_their_meaning(heads: str) -> None:
    cells = [f"ช่อง {letter}" for letter in "กขคงจฉชซ"[: heads.count("\t") + 1]]
    (measure,) = _read(heads, "\t".join(cells)).measures
    places = {cell: place for place, cell in enumerate(cells)}
    headings = heads.split("\t")
    assert "รับผิดชอบ" in headings[places[measure.unit]]
    assert "เวลา" in headings[places[measure.period.raw]]
    assert measure.method in cells
    assert len({measure.title, measure.unit, measure.period.raw, measure.method}) == 4
    if len(cells) > 4:
        assert places[measure.output] < places[measure.outcome]


def test_the_round_may_stand_in_a_heading() -> None:
    heads = f"{UNNUMBERED}\tผลการดำเนินการ รอบ ๖ เดือน\tผลลัพธ์"
    (measure,) = _read(heads, "ก\tข\t๑ ต.ค. ๖๗\tทำแล้ว\tดี").measures
    assert (measure.output, measure.outcome) == ("ทำแล้ว", "ดี")


@pytest.mark.parametrize(
    "row",
    [
        "มาตรการเผยแพร่\tแนวทางเผยแพร่\tสำนักปลัด\tตลอดปีงบประมาณ\tผลการดำเนินการดี\tผลลัพธ์ดี",
        "โครงการอบรม\tวิธีประชุม\tกองคลัง\tตามระยะเวลาที่กำหนด\tผลผลิตครบ\t",
        "มาตรการ\tขั้นตอน\tทุกส่วนราชการ\tสิ้นปีงบประมาณ\tความก้าวหน้าดี\tระดับดีขึ้น",
    ],
)
def test_a_row_that_begins_like_headings_is_still_a_row(row: str) -> None:
    heads = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\tผลการดำเนินการ\tผลลัพธ์"
    assert len(_read(heads, row, row).measures) == 2


def test_a_damaged_heading_is_read_and_asked_about() -> None:
    published = _read("ชี้วัด\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา", "ตัวชี้วัดที่ ๔ ก\tข\tค\t๑ ต.ค. ๖๗")
    assert published.measures[0].indicator == 4
    (doubt,) = [doubt for doubt in published.doubts if doubt.kind == "heading"]
    assert (doubt.raw, doubt.proposal) == ("ชี้วัด", "ตัวชี้วัด")


def test_html_goes_from_the_value_and_stays_in_the_raw() -> None:
    title = '<p>- เผยแพร่ &amp; แจ้ง <a href="https://example.go.th">ที่นี่</a></p>'
    (measure,) = _read(HEADS, _row(title=title)).measures
    assert measure.title == "เผยแพร่ & แจ้ง ที่นี่"
    assert measure.raw["มาตรการ"] == title


def test_less_than_is_no_html() -> None:
    assert (
        _read(HEADS, _row(title="คะแนน < 85 และ > 70")).measures[0].title == "คะแนน < 85 และ > 70"
    )


def test_headings_repeated_on_each_page_continue_the_list() -> None:
    published = _read(HEADS, _row("๑."), "", HEADS, _row("๒."), "", "หน้า ๓", _row("๓."))
    assert [measure.number for measure in published.measures] == [1, 2, 3]
    assert published.doubts == ()


def test_a_row_over_a_page_break_is_joined_and_said() -> None:
    published = _read(HEADS, ROW, "", "\t\tประชุมต่อ\t\t\tประชุมครบ\t")
    (measure,) = published.measures
    assert measure.method == "ประชุม\nประชุมต่อ"
    assert measure.output == "ประชุมแล้ว\nประชุมครบ"
    assert _kinds(published) == ["split_row"]


def test_a_table_of_something_else_ends_the_measures() -> None:
    other = "ประเด็นข้อคำถาม\tคะแนน\tแนวทางการพัฒนา"
    assert len(_read(HEADS, ROW, "ข้อความ", other, "ถาม\t๙๐.๐๐\tรักษาไว้").measures) == 1


def test_a_row_of_other_width_after_text_is_no_row() -> None:
    assert len(_read(HEADS, ROW, "ข้อความคั่น", "หัวข้ออื่น\tอย่างอื่น").measures) == 1


def test_a_row_with_too_many_cells_is_read_and_said() -> None:
    published = _read(HEADS, ROW + "\tเกิน")
    assert len(published.measures) == 1
    assert _kinds(published) == ["extra_cells"]


@pytest.mark.parametrize(
    ("heads", "rows", "numbers", "indicators"),
    [
        (HEADS, [_row("๑."), _row("2)"), _row("๓")], [1, 2, 3], [None] * 3),
        (HEADS, [_row(""), _row("x"), _row("๓")], [1, 2, 3], [None] * 3),  # unreadable: by order
        (HEADS, [_row("๑"), _row("๑")], [1, 2], [None] * 2),  # twice the same: by order
        (
            BY_INDICATOR,
            ["ตัวชี้วัดที่ ๒ ก\tข\tค\t๑ ต.ค. ๖๗", "๔. ก\tข\tค\t๑ ต.ค. ๖๗"],
            [2, 4],
            [2, 4],
        ),
        (
            BY_INDICATOR,  # two measures of one indicator cannot both bear its number
            ["ตัวชี้วัดที่ ๒ ก\tข\tค\t๑ ต.ค. ๖๗", "\tง\tค\t๑ ต.ค. ๖๗"],
            [1, 2],
            [2, 2],
        ),
        (UNNUMBERED, ["๑. ก\tข\t๑ ต.ค. ๖๗", "มาตรการที่ ๒. ก\tข\t๑ ต.ค. ๖๗"], [1, 2], [None] * 2),
        (UNNUMBERED, ["๑. ก ๒. ข\tค\t๑ ต.ค. ๖๗", "๑. ง ๒. จ\tค\t๑ ต.ค. ๖๗"], [1, 2], [None] * 2),
        (UNNUMBERED, ["ตัวชี้วัดที่ ๖ ก\t\t", "ข\tค\t๑ ต.ค. ๖๗"], [1], [6]),  # a heading's row
    ],
)
def test_numbers_and_indicators(
    heads: str, rows: list[str], numbers: list[int], indicators: list[int | None]
) -> None:
    measures = _read(heads, *rows).measures
    assert [measure.number for measure in measures] == numbers
    assert [measure.indicator for measure in measures] == indicators


def test_a_number_in_the_title_is_taken_off_only_where_it_counts_the_rows() -> None:
    counted = _read(UNNUMBERED, "๑. ก\tข\t๑ ต.ค. ๖๗", "๒. ค\tง\t๑ ต.ค. ๖๗")
    assert [measure.title for measure in counted.measures] == ["ก", "ค"]
    listed = _read(UNNUMBERED, "๑. ก ๒. ข\tค\t๑ ต.ค. ๖๗", "๑. ง ๒. จ\tค\t๑ ต.ค. ๖๗")
    assert [measure.title for measure in listed.measures] == ["๑. ก ๒. ข", "๑. ง ๒. จ"]


def test_a_gap_in_the_numbers_is_asked_about() -> None:
    published = _read(HEADS, *map(_row, ("๑", "๒", "๓", "๖")))
    (doubt,) = published.doubts
    assert (doubt.kind, doubt.raw, doubt.proposal) == ("numbering", "6", "4")


@pytest.mark.parametrize(
    ("cells", "kind", "raw", "proposal"),
    [
        ({"period": "๓๐ ต.ค.๖๘"}, "outside_fiscal_year", "๓๐ ต.ค.๖๘", "30 ต.ค. 2567"),
        ({"period": "๑๐ มิ.ย. ๖๗"}, "outside_fiscal_year", "๑๐ มิ.ย. ๖๗", "10 มิ.ย. 2568"),
        ({"period": "ตลอดปีงบประมาณ ๒๕๖๗"}, "outside_fiscal_year", "ตลอดปีงบประมาณ ๒๕๖๗", ""),
        ({"period": "29 ก.พ. 2567"}, "outside_fiscal_year", "29 ก.พ. 2567", ""),
        ({"period": "เร็ว ๆ นี้"}, "period", "เร็ว ๆ นี้", ""),
        ({"period": ""}, "period", "", ""),
        ({"unit": ""}, "unit", "", ""),
        (
            {"unit": "๑ ต.ค. ๖๗", "period": "กองคลัง"},
            "swapped_columns",
            "๑ ต.ค. ๖๗",
            "ผู้รับผิดชอบ: กองคลัง ระยะเวลา: ๑ ต.ค. ๖๗",
        ),
    ],
)
def test_odd_cells_are_kept_and_asked_about(
    cells: dict[str, str], kind: str, raw: str, proposal: str
) -> None:
    published = _read(HEADS, _row(**cells))
    (doubt,) = published.doubts
    assert (doubt.kind, doubt.raw, doubt.proposal) == (kind, raw, proposal)
    assert doubt.reason
    assert doubt.where == "บรรทัดที่ 4"
    assert (published.measures[0].unit, published.measures[0].period.raw) == (
        cells.get("unit", "กองคลัง"),
        cells.get("period", "๑ ต.ค. ๖๗"),
    )


@pytest.mark.parametrize(
    ("title", "items", "raw", "proposal"),
    [
        ("o13 รายงานผล", ("o13",), None, None),
        ("ข้อ O๑๓ รายงานผล", ("o13",), None, None),
        ("e7 ข่าวสาร", (), None, None),
        ("แผน ๑๐๐ ปี", (), None, None),
        ("๐๑๓ รายงานผล", (), "๐๑๓", "o13"),
        ("ข้อ ๐๓.รายงานผล", (), "ข้อ ๐๓", "o3 หรือ o13"),
        ("ข้อ ๑๓๒ วัฒนธรรม", (), "ข้อ ๑๓๒", "o32"),
        ("ข้อ ๐๕๐ จริยธรรม", (), "ข้อ ๐๕๐", "o40"),
        ("ข้อ ๐๕๓ มาตรการ", (), "ข้อ ๐๕๓", "o43"),
        ("๕๗ ข่าวสาร", (), "๕๗", "e7"),
        ("๕๑๐ ช่องทาง", (), "๕๑๐", "e10"),
        ("o77 ไม่มีข้อนี้", (), "o77", ""),
    ],
)
def test_item_codes(
    title: str, items: tuple[str, ...], raw: str | None, proposal: str | None
) -> None:
    published = _read(HEADS, _row(title=title))
    assert published.measures[0].items == items
    doubts = [(doubt.raw, doubt.proposal) for doubt in published.doubts]
    assert doubts == ([] if raw is None else [(raw, proposal)])


def test_a_row_without_a_code_among_coded_ones_is_asked_about() -> None:
    rows = [_row("๑", title="o13 ก"), _row("๒", title="o14 ข"), _row("๓", title="ไม่มีรหัส")]
    (doubt,) = _read(HEADS, *rows).doubts
    assert (doubt.kind, doubt.raw) == ("item_code", "ไม่มีรหัส")


def test_scores() -> None:
    rows = ["๑\tIIT\tการปฏิบัติหน้าที่\t๙๘.๐๑\tผ่าน", "ตัวชี้วัดที่ ๑๐\tOIT\tป้องกัน\t48.75\tไม่ผ่าน"]
    published = _read(SCORES, *rows, "\t\tรวม\t๗๘.๔๑\t")
    assert [(score.indicator, score.points) for score in published.scores] == [
        (1, Decimal("98.01")),
        (10, Decimal("48.75")),
    ]
    assert published.scores[0].raw == "๙๘.๐๑"
    assert published.scores[0].fiscal_year == 2568
    assert published.measures == ()
    assert published.doubts == ()


@pytest.mark.parametrize(
    ("raw", "proposal"),
    [("๓/๕.๐๐", "75.00"), ("๔๘.๓/๕", "48.75"), ("๑๐๑", ""), ("-", ""), ("", "")],
)
def test_impossible_scores_are_kept_and_asked_about(raw: str, proposal: str) -> None:
    published = _read(SCORES, f"๙\tOIT\tการเปิดเผยข้อมูล\t{raw}\tไม่ผ่าน")
    assert (published.scores[0].points, published.scores[0].raw) == (None, raw)
    (doubt,) = published.doubts
    assert (doubt.kind, doubt.raw, doubt.proposal) == ("score", raw, proposal)


def test_two_scores_of_one_indicator_are_asked_about() -> None:
    published = _read(SCORES, "๙\tOIT\tก\t๗๕.๐๐\t", "๙\tOIT\tก\t๗๖.๐๐\t", "?\tOIT\tก\t๗๖.๐๐\t")
    assert [score.points for score in published.scores] == [Decimal("75.00")]
    assert _kinds(published) == ["score", "score"]


def test_an_agency_spelt_two_ways_is_asked_about() -> None:
    text = "องค์การบริหารส่วนตำบลเมือง\nปีงบประมาณ ๒๕๖๘\nอบต.ดงเมือง\nอบต. ดงเมือง\nอบต.ดงเมืองได้ทำ\n"
    published = read_published(text_document(f"{text}{HEADS}\n{ROW}"))
    assert published.agency == "องค์การบริหารส่วนตำบลดงเมือง"
    (doubt,) = published.doubts
    assert (doubt.kind, doubt.raw, doubt.proposal) == (
        "agency",
        "องค์การบริหารส่วนตำบลเมือง",
        "องค์การบริหารส่วนตำบลดงเมือง",
    )


@pytest.mark.parametrize(
    ("text", "year", "doubted"),
    [
        ("ปีงบประมาณ ๒๕๖๘", 2568, False),
        ("ประจำปี\nงบประมาณ พ.ศ.๒๕๖๘", 2568, False),
        ("วิเคราะห์ผลปีงบประมาณ ๒๕๖๖\nมาตรการประจำปีงบประมาณ ๒๕๖๗\nจากผลปีงบประมาณ ๒๕๖๖", 2567, False),
        ("ปีงบประมาณ ๒๕๖๖\nปีงบประมาณ ๒๕๖๗\nปีงบประมาณ ๒๕๖๗", 2567, True),
        ("มาตรการปีงบประมาณ ๒๕๖๖\nมาตรการปีงบประมาณ ๒๕๖๗", 2567, True),
        ("วันที่ ๒๗ ตุลาคม ๒๕๖๖", None, True),
    ],
)
def test_the_fiscal_year_of_the_plan(text: str, year: int | None, doubted: bool) -> None:
    row = _row(period="สิ้นปีงบประมาณ")
    published = read_published(text_document(f"{text}\n{HEADS}\n{row}"))
    assert published.fiscal_year == year
    assert ("fiscal_year" in _kinds(published)) is doubted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\ud800",
        "มาตรการส่งเสริมคุณธรรม ไม่มีตาราง",
        HEADS,
        "ก\tข\tค\n1\t2\t3",
        "คะแนน\tระดับ\n๙๕\tผ่าน",
        "x" * (LONGEST + 1),
    ],
    ids=["empty", "junk", "prose", "headings only", "no headings", "another table", "endless"],
)
def test_a_text_without_a_table_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read_published(text_document(text))
    assert "\n" not in str(caught.value)
    assert "กรุณา" in str(caught.value)


WHOLE = "\n".join(
    (
        *(TITLE, HEADS, ROW, "\t\tต่อ\t\t\t\t"),
        *(SCORES, "๙\tOIT\tก\t๗๕.๐๐\t"),
        *(BY_INDICATOR, "ตัวชี้วัดที่ ๑\tก\tข\t๑ ต.ค. ๖๗"),
    )
)
PIECES = st.text() | st.sampled_from(
    [
        "\t",
        "\n",
        "<p>",
        "<",
        "๓๑ ก.พ. ๖๗",
        "๙" * 30,
        "o99",
        "ข้อ ๐",
        "ปีงบประมาณ ๒๕๖๘",
        "\ud800",
        "\x0c",
        "ํา",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 20), PIECES), max_size=8))
def test_no_damage_raises_anything_else(damage: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for place, length, piece in damage:
        text = text[:place] + piece + text[place + length :]
    try:
        published = read_published(text_document(text))
    except UnreadableTable:
        return
    assert published.measures or published.scores
    json.dumps(asdict(published), ensure_ascii=False, default=str).encode()
    for measure in published.measures:
        assert measure.number > 0
        assert measure.raw


@given(st.lists(st.sampled_from("กข๑3. \t\n<>/o๐"), max_size=60))
def test_no_cells_under_good_headings_raise_anything(letters: list[str]) -> None:
    try:
        read_published(text_document(f"{HEADS}\n{''.join(letters)}\n{SCORES}\n{''.join(letters)}"))
    except UnreadableTable:
        return
