"""Which row a line is, whatever people did to ids that they do not see."""

from typing import Any

import pytest

from ita.measures import Measure
from sheets.layout import BY_KEY, ID_HEADER
from store import results
from tests.sheets.conftest import AGENCY, Office, Offices
from tests.sheets.test_doubt import before_writing

Json = dict[str, Any]
MEASURES = BY_KEY["measures"]
TITLE, METHOD, OUTPUT = "มาตรการ/กิจกรรม", "วิธีดำเนินการ", "สรุปผลการดำเนินการ"


@pytest.fixture
def three(office: Office, offices: Offices) -> list[Measure]:
    """Three measures, each with a report and with people's own words."""

    def enter() -> None:
        made = [office.add_measure(n, title=f"มาตรการ {'คกข'[n - 1]}") for n in (1, 2, 3)]
        for measure in made:
            office.report(measure, f"ผลของมาตรการ {measure.number}", minute=measure.number)
        office.settle()
        for line, row in enumerate(office.rows("measures"), 2):
            office.write("measures", line, "method", f"วิธีของมาตรการ {row['ลำดับที่']}")
        office.settle()

    offices.furnish("three", office.served, enter)
    return [office.measure(number) for number in (1, 2, 3)]


def place(key: str) -> int:
    return [column.key for column in MEASURES.columns].index(key)


def area(top: int, bottom: int, left: int, right: int) -> Json:
    return {
        "sheetId": MEASURES.sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def act(office: Office, request: str, **content: Any) -> None:
    office.book.batch_update({"requests": [{request: content}]})


def sort_by_title(office: Office, left: int) -> None:
    by = [{"dimensionIndex": place("title"), "sortOrder": "ASCENDING"}]
    act(office, "sortRange", range=area(1, 4, left, len(MEASURES.columns)), sortSpecs=by)


def cut(office: Office, top: int, bottom: int, to: int) -> None:
    """Cut lines without their ids, which are hidden, and paste them elsewhere."""
    source = area(top, bottom, 1, len(MEASURES.columns))
    there = {"sheetId": MEASURES.sheet_id, "rowIndex": to, "columnIndex": 1}
    act(office, "cutPaste", source=source, destination=there, pasteType="PASTE_NORMAL")


def all_is_well(office: Office, measures: list[Measure]) -> None:
    """Each row has its own words, whatever line it stands on, and nobody is asked."""
    rows = {row["ลำดับที่"]: row for row in office.rows("measures")}
    ids = {measure.number: str(measure.id) for measure in measures}
    assert len(rows) == len(measures)
    for measure in measures:
        row, n = rows[str(measure.number)], measure.number
        assert row[ID_HEADER] == ids[n]
        assert row[TITLE] == measure.title == office.measure(n).title
        assert row[METHOD] == f"วิธีของมาตรการ {n}" == office.measure(n).method
        assert row[OUTPUT] == f"ผลของมาตรการ {n}"
    assert office.rows("doubts") == []


def test_a_sort_of_the_columns_that_people_see(office: Office, three: list[Measure]) -> None:
    """The hidden ids stay where they are; what counts is the row that people read."""
    sort_by_title(office, left=1)
    office.report(three[0], "ผลของมาตรการ 1", minute=30)
    assert office.settle().outcome == "idle"
    assert [row["ลำดับที่"] for row in office.rows("measures")] == ["2", "3", "1"]
    all_is_well(office, three)


@pytest.mark.parametrize("follows", [True, False])
def test_a_sort_of_whole_lines(follows: bool, office: Office, three: list[Measure]) -> None:
    office.served.world.switches.metadata_follows_ui_sort = follows
    sort_by_title(office, left=0)
    assert office.settle().outcome == "idle"
    all_is_well(office, three)


@pytest.mark.parametrize("emptied", [[2], [2, 3, 4]])
def test_an_id_cell_that_was_emptied(
    emptied: list[int], office: Office, three: list[Measure]
) -> None:
    for line in emptied:
        office.tab("measures").update_cell(line, 1, "")
    office.report(three[0], "ผลของมาตรการ 1", minute=30)
    assert office.settle().outcome == "idle"
    all_is_well(office, three)


def test_ids_that_were_pasted_over_each_other(office: Office, three: list[Measure]) -> None:
    ids = [[str(three[1].id)], [str(three[2].id)], [str(three[0].id)]]
    office.tab("measures").update(ids, "A2:A4", raw=True)
    office.settle()
    all_is_well(office, three)


def test_a_row_that_was_cut_without_its_id(office: Office, three: list[Measure]) -> None:
    cut(office, 1, 2, to=7)
    office.settle()
    rows = [row for row in office.rows("measures") if row[METHOD] == "วิธีของมาตรการ 1"]
    assert [row[ID_HEADER] for row in rows] == [str(three[0].id)]
    assert office.measure(1).method == "วิธีของมาตรการ 1"
    assert office.measure(1).title == three[0].title


def test_a_row_that_was_cut_without_its_id_and_called_otherwise(
    office: Office, three: list[Measure]
) -> None:
    office.write("measures", 2, "title", "มาตรการที่เปลี่ยนชื่อ")
    cut(office, 1, 2, to=7)
    office.settle()
    assert office.measure(1).title == "มาตรการที่เปลี่ยนชื่อ"
    ids = [row[ID_HEADER] for row in office.rows("measures")]
    assert sorted(ids) == sorted(str(measure.id) for measure in three)
    assert office.rows("doubts") == []


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_block_that_was_cut_one_line_down(
    count: int, office: Office, three: list[Measure]
) -> None:
    """Each id then stands beside the row before."""
    cut(office, 4 - count, 4, to=5 - count)
    assert office.settle().outcome == "idle"
    all_is_well(office, three)


def test_official_scores_that_were_cut_one_line_down(office: Office, three: list[Measure]) -> None:
    tab = BY_KEY["scores"]
    for line in (2, 3, 4):
        office.write("scores", line, "points", f"{80 + line}.00")
    office.settle()
    source = area(1, len(office.rows("scores")) + 1, 1, len(tab.columns))
    to = {"sheetId": tab.sheet_id, "rowIndex": 2, "columnIndex": 1}
    source["sheetId"] = tab.sheet_id
    act(office, "cutPaste", source=source, destination=to, pasteType="PASTE_NORMAL")
    office.settle()
    with office.database.agency(AGENCY) as tx:
        points = {score.indicator: str(score.points) for score in results.indicator_scores(tx)}
    assert [points[indicator] for indicator in (1, 2, 3)] == ["82.00", "83.00", "84.00"]
    assert office.rows("doubts") == []


@pytest.mark.parametrize("emptied", [[2, 3], [3, 4], [2, 4]])
def test_ids_that_come_back_while_rows_are_sorted(
    emptied: list[int], office: Office, three: list[Measure]
) -> None:
    """Tags stay behind, so nothing refuses the batch, and ids fall beside other rows."""
    office.served.world.switches.metadata_follows_ui_sort = False
    for line in emptied:
        office.tab("measures").update_cell(line, 1, "")
    before_writing(office, lambda: sort_by_title(office, left=0))
    office.sync()
    office.settle()
    all_is_well(office, three)


def test_an_emptied_id_and_a_sort_of_what_people_see(office: Office, three: list[Measure]) -> None:
    office.tab("measures").update_cell(2, 1, "")
    sort_by_title(office, left=1)
    office.settle()
    all_is_well(office, three)


def test_a_title_that_comes_again_tells_nothing(office: Office, three: list[Measure]) -> None:
    """The same measure every year, as agencies write it, sorted by the columns that people see."""
    for line in (2, 3, 4):
        office.write("measures", line, "title", "ประกาศ No Gift Policy")
    office.settle()
    by = [{"dimensionIndex": place("number"), "sortOrder": "DESCENDING"}]
    act(office, "sortRange", range=area(1, 4, 1, len(MEASURES.columns)), sortSpecs=by)
    office.settle()
    assert [row["ลำดับที่"] for row in office.rows("measures")] == ["3", "2", "1"]
    all_is_well(office, [office.measure(number) for number in (1, 2, 3)])


def test_a_row_cut_over_another_takes_its_line(office: Office, three: list[Measure]) -> None:
    """Unlike a copy: the row that was there is gone, and people are asked about that one."""
    cut(office, 1, 2, to=2)
    office.settle()
    assert [office.measure(n).method for n in (1, 2, 3)] == [f"วิธีของมาตรการ {n}" for n in (1, 2, 3)]
    (asked,) = office.rows("doubts")
    assert "ไม่พบแถวนี้" in asked["เรื่องที่ขอให้ดู"]
    assert asked["แถว"].startswith("2 ")


def test_an_id_beside_a_persons_own_line(office: Office, three: list[Measure]) -> None:
    """The line that a row left is used for something else, with a number of its own even."""
    cut(office, 1, 2, to=7)
    office.write("measures", 2, "title", "มาตรการของคน")
    office.write("measures", 2, "number", "9")
    office.settle()
    assert office.measure(1).title == three[0].title
    lines = {row["มาตรการ/กิจกรรม"]: row[ID_HEADER] for row in office.rows("measures")}
    assert lines["มาตรการของคน"] == ""
    assert lines[three[0].title] == str(three[0].id)
    assert office.rows("doubts") == []


def test_a_title_that_changes_while_its_row_gets_tag_and_id(
    office: Office, three: list[Measure]
) -> None:
    """The id that was left is taken only when the row has its own."""
    cut(office, 1, 2, to=7)
    assert office.sync().retry_after == 0
    office.write("measures", 8, "title", "ชื่อใหม่")
    office.settle()
    assert office.measure(1).title == "ชื่อใหม่"
    assert office.rows("doubts") == []


def test_a_refused_word_stays_asked_about_when_its_row_is_cut(
    office: Office, three: list[Measure]
) -> None:
    office.write("measures", 2, "title", "")
    office.settle()
    cut(office, 1, 2, to=7)
    office.settle()
    (asked,) = office.rows("doubts")
    assert "ว่างไม่ได้" in asked["เรื่องที่ขอให้ดู"]


def test_an_id_that_is_emptied_again_and_again_holds_up_no_word(
    office: Office, three: list[Measure]
) -> None:
    office.report(three[0], "ผลใหม่", minute=30)
    outcomes = []
    for _ in range(6):
        office.tab("measures").update_cell(2, 1, "")
        outcomes.append(office.sync().outcome)
    assert office.rows("measures")[0][OUTPUT] == "ผลใหม่"
    assert "idle" in outcomes, "and it is not written without end"


def test_an_id_that_looks_otherwise_is_left(office: Office, three: list[Measure]) -> None:
    """Google replaces by what a cell shows, so it would be tried without end."""
    tab = office.tab("measures")
    tab.update_acell("A8", three[2].id)
    tab.format("A8", {"numberFormat": {"type": "NUMBER", "pattern": "0.00"}})
    office.write("measures", 8, "method", "ของคน")
    office.settle()
    assert office.sync().outcome == "idle"
    assert office.rows("doubts") == []


def test_what_is_nowhere_any_more_is_not_cleared_for_ever(
    office: Office, three: list[Measure]
) -> None:
    """A choice alone is written; in the moment its row loses what it is known by."""
    office.write("measures", 8, "method", "ของคน")
    office.write("measures", 2, "status", "ไม่รู้")
    office.settle()
    office.write("doubts", 2, "decision", "ใช้ค่าเดิมของระบบ")

    def rename() -> None:
        office.tab("measures").update_cell(2, 1, "")
        office.write("measures", 2, "title", "ชื่อใหม่")

    before_writing(office, rename)
    office.settle()
    assert office.sync().outcome == "idle"
    assert office.state().strays == ()


def test_words_pasted_over_another_row_are_that_rows_words(
    office: Office, three: list[Measure]
) -> None:
    """Row 1 stands there twice then, as people read it: it is row 2 that was written over."""
    end = len(MEASURES.columns)
    act(
        office, "copyPaste", source=area(1, 2, 1, end), destination=area(2, 3, 1, end),
        pasteType="PASTE_VALUES",
    )  # fmt: skip
    office.settle()
    assert office.measure(1).title == three[0].title
    assert [row["ลำดับที่"] for row in office.rows("measures")] == ["1", "2", "3"]
    assert office.measure(2).title == three[0].title


def test_the_copy_of_a_row_is_not_the_row(office: Office, three: list[Measure]) -> None:
    """Whichever stands above, and though the tags stayed behind."""
    office.served.world.switches.metadata_follows_ui_sort = False
    end = len(MEASURES.columns)
    act(
        office, "copyPaste", source=area(1, 2, 0, end), destination=area(4, 5, 0, end),
        pasteType="PASTE_NORMAL",
    )  # fmt: skip
    office.write("measures", 5, "title", "มาตรการ A ที่คัดลอกมา")
    by = [{"dimensionIndex": place("title"), "sortOrder": "ASCENDING"}]
    act(office, "sortRange", range=area(1, 5, 0, end), sortSpecs=by)
    office.settle()
    assert office.measure(1).title == three[0].title
    (asked,) = office.rows("doubts")
    assert "มีซ้ำ" in asked["เรื่องที่ขอให้ดู"]


def test_a_column_that_was_cut_and_pasted_elsewhere(office: Office, three: list[Measure]) -> None:
    at, end = place("method"), len(MEASURES.columns)
    office.tab("measures").add_cols(3)
    to = {"sheetId": MEASURES.sheet_id, "rowIndex": 0, "columnIndex": end + 1}
    source = area(0, 10, at, at + 1)
    act(office, "cutPaste", source=source, destination=to, pasteType="PASTE_NORMAL")
    office.settle()
    assert [office.measure(n).method for n in (1, 2, 3)] == [f"วิธีของมาตรการ {n}" for n in (1, 2, 3)]
    assert len(office.rows("measures")) == len(three)


def test_a_number_that_is_no_id_stops_nothing(office: Office, three: list[Measure]) -> None:
    office.tab("measures").update_cell(9, 1, "9999999999")
    office.report(three[0], "ผลใหม่", minute=30)
    assert office.settle().outcome == "idle"
    assert office.rows("measures")[0][OUTPUT] == "ผลใหม่"


def test_points_count_as_they_are_and_not_as_they_look(office: Office) -> None:
    office.add_measure(1)
    office.settle()
    tab = BY_KEY["scores"]
    at = [column.key for column in tab.columns].index("points")
    cell = {"userEnteredValue": {"numberValue": 84.6}}
    look = {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "0"}}}
    start = {"sheetId": tab.sheet_id, "rowIndex": 1, "columnIndex": at}
    act(
        office, "updateCells", start=start, rows=[{"values": [cell | look]}],
        fields="userEnteredValue,userEnteredFormat.numberFormat",
    )  # fmt: skip
    office.settle()
    with office.database.agency(AGENCY) as tx:
        (points,) = [s.points for s in results.indicator_scores(tx) if s.points is not None]
    assert str(points) == "84.60"
    assert office.sync().outcome == "idle"
