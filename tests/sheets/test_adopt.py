"""Rows that people wrote by hand: which are measures, what each holds, and what is done next."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.dates import read_period
from ita.measures import Acceptance, Measure, Status
from sheets.adopt import Adoption, adoption, requests, stays
from sheets.foreign import table_in
from sheets.layout import BY_KEY, ID
from sheets.rows import measure_cells
from sheets.snapshot import View, view_of

TAB = BY_KEY["measures"]
HEADERS = {column.key: column.header for column in TAB.columns}
YEAR = 2568
Cells = Mapping[str, str]


def sheet(rows: list[list[str]], tags: Mapping[int, int] | None = None) -> dict[str, Any]:
    """A tab as Google answers it; `tags` maps row ids to line indexes."""
    lines = [{"values": [{"formattedValue": text} if text else {} for text in row]} for row in rows]
    marks: list[dict[str, Any]] = [{} for _ in rows]
    for number, index in (tags or {}).items():
        mark = {"metadataId": number, "metadataKey": "r"}
        marks[index].setdefault("developerMetadata", []).append(mark)
    grid = {"rowCount": len(rows) + 5, "columnCount": max(map(len, rows))}
    data = {"rowData": lines, "rowMetadata": marks, "columnMetadata": []}
    return {"properties": {"sheetId": TAB.sheet_id, "gridProperties": grid}, "data": [data]}


def view(*rows: Cells, tags: Mapping[int, int] | None = None) -> View:
    """Our tab with a header and these rows; the first is at index 1."""
    order = [column.key for column in TAB.columns]
    filled = [[row.get(key, "") for key in order] for row in (HEADERS, *rows)]
    return view_of(TAB, sheet(filled, tags))


def row(title: str = "", row_id: int = 0, **cells: str) -> dict[str, str]:
    return {ID: str(row_id) if row_id else "", "title": title, **cells}


def known(*measures: Measure) -> dict[int, Cells]:
    return {one.id: measure_cells(one, {}) for one in measures}


def measure(row_id: int, title: str, **more: Any) -> Measure:
    return Measure(row_id, YEAR, row_id, title, "สำนักปลัด", read_period("", YEAR), **more)


def adopted(seen: View, *measures: Measure, withdrawn: tuple[int, ...] = ()) -> Adoption:
    ids = {one.id for one in measures} | set(withdrawn)
    return adoption(seen, known(*measures), ids, YEAR)


ONE = measure(1, "มาตรการหนึ่ง")
OURS = row("มาตรการหนึ่ง", 1, fiscal_year="2568", number="1", unit="สำนักปลัด")
NEW = row("จัดทำคู่มือ", unit="กองคลัง")

CASES: tuple[tuple[str, View, dict[int, int | None], dict[int, int], set[int], set[int]], ...] = (
    # name, sheet, to tag, to number, to enter, unclear
    ("nothing but ours", view(OURS, tags={1: 1}), {}, {}, set(), set()),
    ("a new row", view(OURS, NEW, tags={1: 1}), {2: None}, {}, set(), set()),
    ("... tagged", view(OURS, NEW, tags={1: 1, 7: 2}), {}, {2: 7}, set(), set()),
    ("... numbered", view(OURS, row("จัดทำคู่มือ", 7), tags={1: 1, 7: 2}), {}, {}, {7}, set()),
    ("a title alone", view(OURS, row("ชื่อใหม่"), tags={1: 1}), {2: None}, {}, set(), set()),
    ("no title", view(OURS, row(unit="กองคลัง"), tags={1: 1}), {}, {}, set(), {2}),
    ("a blank row between", view(OURS, row(), NEW, tags={1: 1}), {3: None}, {}, set(), set()),
    ("a number in the id cell", view(OURS, row("ใหม่", 4)), {2: None}, {}, set(), set()),
    ("... tagged afresh", view(OURS, row("ใหม่", 4), tags={1: 1, 9: 2}), {}, {2: 9}, set(), set()),
    ("a tag that landed on ours", view(OURS, NEW, tags={1: 1, 7: 1}), {2: None}, {}, set(), set()),
    ("a tag on a blank line", view(OURS, row(), tags={1: 1, 7: 2}), {}, {}, set(), set()),
    ("two tags", view(OURS, NEW, tags={1: 1, 7: 2, 8: 2}), {}, {2: 7}, set(), set()),
    ("the id emptied", view(row("มาตรการหนึ่ง"), tags={1: 1}), {}, {1: 1}, set(), set()),
    ("... and the tag lost", view(row("มาตรการหนึ่ง", unit="x")), {1: 1}, {}, set(), set()),
    (
        "called like two lost ones",
        view(row("มาตรการหนึ่ง"), row("มาตรการหนึ่ง")),
        {},
        {},
        set(),
        {1, 2},
    ),
    ("a section", view(OURS, row("ตัวชี้วัดที่ 2 การใช้งบประมาณ"), tags={1: 1}), {}, {}, set(), set()),
    ("a sum", view(OURS, row("รวมทั้งสิ้น", budget="5"), tags={1: 1}), {}, {}, set(), set()),
    ("no sum", view(OURS, row("รวมพลัง", unit="ก"), tags={1: 1}), {2: None}, {}, set(), set()),
    ("headings again", view(OURS, HEADERS | {ID: ""}, tags={1: 1}), {}, {}, set(), set()),
    ("copied as it is", view(OURS, OURS, tags={1: 1}), {}, {}, set(), set()),
    (
        "copied, title changed",
        view(OURS, OURS | {"title": "อื่น"}, tags={1: 1}),
        {2: None},
        {},
        set(),
        set(),
    ),
    ("... above it", view(OURS | {"title": "อื่น"}, OURS, tags={1: 2}), {1: None}, {}, set(), set()),
    ("... tagged", view(OURS, OURS | {"title": "อื่น"}, tags={1: 1, 5: 2}), {}, {2: 5}, set(), set()),
    ("copied, title emptied", view(OURS, OURS | {"title": ""}, tags={1: 1}), {}, {}, set(), set()),
    (
        "copied before it was entered",
        view(OURS, row("ก", 7), row("ก", 7), tags={1: 1, 7: 2}),
        {},
        {},
        {7},
        set(),
    ),
)


@pytest.mark.parametrize(
    ("seen", "tag", "number", "enter", "unclear"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_is_done_next(
    seen: View,
    tag: dict[int, int | None],
    number: dict[int, int],
    enter: set[int],
    unclear: set[int],
) -> None:
    found = adopted(seen, ONE)
    assert (found.tag, found.number) == (tag, number)
    assert {one.measure.id for one in found.enter} == enter
    assert {one.index for one in found.unclear} == unclear


def test_a_withdrawn_measure_is_not_adopted_again() -> None:
    assert adopted(view(row("เคยถอน", 3), tags={3: 1}), ONE, withdrawn=(3,)).enter == ()


def entered(**cells: str) -> Any:
    (one,) = adopted(view(OURS, row("จัดทำคู่มือ", 7, **cells), tags={1: 1, 7: 2}), ONE).enter
    return one


def test_a_row_becomes_a_measure_with_all_that_stands_in_it() -> None:
    found = entered(
        number="๑๒.", fiscal_year="2569", keywords="คู่มือ", method="ประชุม", indicator="๓",
        items="O13", period="ตลอดปีงบประมาณ", budget="ไม่ใช้", unit="กองคลัง", percent="40",
        status="อยู่ระหว่างดำเนินการ", output="ทำแล้วบางส่วน", evidence="https://a.go.th",
    ).measure  # fmt: skip
    assert (found.id, found.fiscal_year, found.number, found.title) == (7, 2569, 12, "จัดทำคู่มือ")
    assert (found.keywords, found.method, found.unit) == ("คู่มือ", "ประชุม", "กองคลัง")
    assert (found.indicator, found.items, found.budget) == (3, ("o13",), "ไม่ใช้")
    assert (found.status, found.percent) == (Status.IN_PROGRESS, 40)
    assert (found.output, found.evidence) == ("ทำแล้วบางส่วน", ("https://a.go.th",))
    assert found.period.raw == "ตลอดปีงบประมาณ"


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, Status.NOT_STARTED),
        ({"output": "ทำแล้ว"}, Status.IN_PROGRESS),
        ({"status": "ดำเนินการแล้วเสร็จ"}, Status.DONE),
        ({"status": "คิดว่าเสร็จ"}, Status.NOT_STARTED),
        ({"status": "คิดว่าเสร็จ", "output": "ทำแล้ว"}, Status.IN_PROGRESS),
    ],
)
def test_how_far_it_is(cells: dict[str, str], status: Status) -> None:
    assert entered(**cells).measure.status is status


def test_a_word_that_is_not_understood_is_a_question_for_the_sync_and_no_edit_is_invented() -> None:
    """`seen` is what the sync takes for known: only where it differs from the sheet it asks."""
    found = entered(status="คิดว่าเสร็จ", indicator="สิบเอ็ด", unit="กองคลัง", keywords="ก")
    assert found.seen["status"] == "ยังไม่ได้ดำเนินการ"
    assert found.seen["indicator"] == ""
    assert (found.seen["unit"], found.seen["keywords"]) == ("กองคลัง", "ก")
    blank = entered()
    assert blank.seen["status"] == "", "the blank cell is nobody's word: the bot fills it"


@pytest.mark.parametrize(
    ("number", "year"),
    [("", ""), ("ก", "ข"), ("0", "1"), ("99999", "9999"), ("1.5", "2568.5"), ("²", "๑")],
)
def test_odd_numbers_are_no_numbers(number: str, year: str) -> None:
    found = entered(number=number, fiscal_year=year).measure
    assert (found.number, found.fiscal_year) == (0, YEAR)


def test_a_copy_keeps_the_measure_and_nothing_that_was_reported_of_another() -> None:
    """NACC's reviewers look for copied results: they are never made here."""
    reported = {
        "unit": "สำนักปลัด", "period": "ตลอดปีงบประมาณ", "status": "ดำเนินการแล้วเสร็จ",
        "percent": "100", "output": "ทำแล้ว", "outcome": "ดีขึ้น", "evidence": "https://a.go.th",
        "last_report": "27 ธ.ค. 2567 14:05 น.", "acceptance": "ตรวจรับแล้ว", "reason": "ดี",
    }  # fmt: skip
    seen = view(
        row("มาตรการหนึ่ง", 1, **reported), row("มาตรการใหม่", 7, **reported), tags={1: 1, 7: 2}
    )
    (found,) = adopted(seen, ONE).enter
    new = found.measure
    assert (new.unit, new.period.raw) == ("สำนักปลัด", "ตลอดปีงบประมาณ")
    assert (new.status, new.percent, new.output) == (Status.NOT_STARTED, None, "")
    assert (new.outcome, new.evidence, new.acceptance, new.reason) == ("", (), None, "")
    alone = view(row("มาตรการใหม่", 7, **reported), tags={7: 1})
    (kept,) = adopted(alone).enter
    assert kept.measure.acceptance is Acceptance.ACCEPTED, "a register that was lost reads it back"
    assert kept.measure.output == "ทำแล้ว"


def test_the_requests_of_a_step() -> None:
    """A tag that lies elsewhere is taken along; an id is written only where the tag still is."""
    seen = view(OURS, NEW, row("ก"), row("มาตรการสอง"), tags={1: 1, 7: 3, 2: 1})
    found = adopted(seen, ONE, measure(2, "มาตรการสอง"))
    assert (found.tag, found.number) == ({2: None, 4: 2}, {3: 7})
    made = requests(seen, found, {2: 8})
    kinds = [next(iter(one)) for one in made]
    assert kinds == [
        "createDeveloperMetadata",  # 8 at the new row
        "deleteDeveloperMetadata", "createDeveloperMetadata",  # 2 from line 1 to its own
        "createDeveloperMetadata", "deleteDeveloperMetadata",  # no row was deleted meanwhile
        "deleteDeveloperMetadata", "createDeveloperMetadata",  # 7 is where it was
        "updateCells",
    ]  # fmt: skip


# --- A table of people's own

PRINTED = [
    ["แผนส่งเสริมคุณธรรม ปีงบประมาณ พ.ศ. ๒๕๖๗"],
    ["", ""],
    ["ที่", "มาตรการ", "ขั้นตอน", "กำหนดเวลา", "ผู้รับผิดชอบ", "ผลการดำเนินการ (Output)", "พี่เลี้ยง"],
    ["1", "จัดทำคู่มือ", "ประชุม", "ตลอดปีงบประมาณ", "กองคลัง", "ทำแล้ว", "พี่แดง"],
    ["2", "ประกาศนโยบาย", "", "๓๐ ต.ค.๖๖", "สำนักปลัด", "", ""],
    ["", "", "", "", "รวม 2 มาตรการ", "", ""],
]  # fmt: skip


def test_a_printed_table_is_found_by_the_meaning_of_its_headings() -> None:
    found = table_in(sheet(PRINTED), YEAR)
    assert found is not None
    assert (found.heading, found.rows, found.fiscal_year) == (2, 2, 2567)
    assert found.places == {
        "number": 0, "title": 1, "method": 2, "period": 3, "unit": 4, "output": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "dropped"),
    [
        ({(3, 0): "๑."}, "number"),  # we write 1
        ({(4, 0): "1"}, "number"),  # two measures cannot have one number
        ({(2, 2): "ตัวชี้วัด", (3, 2): "การใช้งบประมาณ"}, "indicator"),  # words, not a number
    ],
)
def test_a_column_that_the_bot_would_change_stays_peoples_own(
    change: dict[tuple[int, int], str], dropped: str
) -> None:
    rows = [list(line) for line in PRINTED]
    for (line, place), text in change.items():
        rows[line][place] = text
    found = table_in(sheet(rows), YEAR)
    assert found is not None
    assert dropped not in found.places
    assert found.rows == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["ของคน"]],
        [["ลำดับ", "ชื่อ", "โทรศัพท์"], ["1", "พี่แดง", "081"]],
        [["ตัวชี้วัด", "คะแนน"], ["1", "98.01"]],
        [["มาตรการ"], ["จัดทำคู่มือ"]],
        [[""]],
    ],
)
def test_other_tables_are_left_alone(rows: list[list[str]]) -> None:
    assert table_in(sheet(rows), YEAR) is None


TEXT = st.sampled_from(["", "1", "๒", "กองคลัง", "จัดทำ", "ตลอดปีงบประมาณ", "ดำเนินการแล้วเสร็จ", "=1+1"])
ROW = st.fixed_dictionaries({column.key: TEXT for column in TAB.columns})


@given(st.lists(ROW, max_size=6), st.dictionaries(st.integers(1, 9), st.integers(0, 6), max_size=5))
def test_whatever_stands_there_each_line_gets_one_fate_and_ours_are_left_alone(
    rows: list[dict[str, str]], tags: dict[int, int]
) -> None:
    tags = {number: index for number, index in tags.items() if index <= len(rows)}
    seen = view(*rows, tags=tags)
    found = adopted(seen, ONE)
    entered_at = {
        line.index for line in seen.lines for one in found.enter if line.row_id == one.measure.id
    }
    fates = [*found.tag, *found.number, *(one.index for one in found.unclear)]
    assert len(fates) == len(set(fates))
    assert 0 not in fates
    ours = seen.rows.get(1)
    if ours is not None:
        assert ours.index not in {*fates, *entered_at}
    for one in found.enter:
        assert one.measure.title
        assert stays(one, {"title": one.measure.title}, "title")
    requests(seen, found, dict.fromkeys(found.tag, 99))
