"""The sync on a served sheet: what chat does arrives once, what people do is taken in."""

from decimal import Decimal

import pytest

from ita.measures import Status
from sheets.layout import BY_KEY
from sheets.sync import sync
from store import results, sheet_state
from tests.sheets.conftest import AGENCY, NOW, Office

STATUS = "สถานะ"
TITLE = "มาตรการ/กิจกรรม"


def titles(office: Office) -> list[str]:
    return [row[TITLE] for row in office.rows("measures")]


def doubts(office: Office) -> list[dict[str, str]]:
    return office.rows("doubts")


def test_a_report_changes_its_measures_row_and_adds_one_line_and_touches_nothing_else(
    office: Office,
) -> None:
    first, *_ = [office.add_measure(number) for number in (1, 2, 3)]
    office.file_case("2345-6789")
    rows_of_the_year = 10 + 28  # indicators and OIT items of fiscal year 2568
    assert office.sync().written == 5 + rows_of_the_year, "measures, case, its month"
    before = office.everything()
    office.report(first, "ประกาศนโยบายงดรับของขวัญแล้ว")
    result = office.sync()
    assert (result.outcome, result.written, result.more) == ("written", 2, False)
    after = office.everything()
    changed = {
        (title, line, column)
        for title, lines in after.items()
        for line, cells in enumerate(lines)
        for column, text in enumerate(cells)
        if text != (before[title][line][column] if line < len(before[title]) else "")
    }
    measures = [column.key for column in BY_KEY["measures"].columns]
    touched = ("status", "percent", "output", "evidence", "last_report")
    unsaid = ("outcome", "obstacle", "budget_used", "act_on", "round")
    said = [n for n, one in enumerate(BY_KEY["progress"].columns) if one.key not in unsaid]
    log = {("ความก้าวหน้า", 1, column) for column in said}
    assert changed == {("มาตรการ", 1, measures.index(key)) for key in touched} | log
    assert office.waiting() == 0
    assert office.sync().outcome == "idle"


def test_a_burst_is_one_write_and_the_newest_value_wins(office: Office) -> None:
    measure = office.add_measure(1)
    office.sync()
    for minute in range(5):
        office.report(measure, f"ครั้งที่ {minute}", percent=minute * 10, minute=minute)
    writes = len(office.served.world.calls)
    assert office.sync().written == 6
    made = [call["call"] for call in list(office.served.world.calls)[writes:]]
    assert made == ["getByDataFilter", "batchUpdate"]
    assert office.rows("measures")[0]["ร้อยละ"] == "40"
    assert [row["ผลที่รายงาน"] for row in office.rows("progress")] == [
        f"ครั้งที่ {minute}" for minute in range(5)
    ]


def test_a_large_backlog_comes_in_several_batches_in_order(office: Office) -> None:
    measure = office.add_measure(1)
    outputs = [f"รายงาน {number} {'ก' * 10_000}" for number in range(45)]
    for number, output in enumerate(outputs):
        office.report(measure, output, minute=number)
    first = office.sync()
    assert (first.more, first.retry_after) == (True, 0.0)
    office.settle()
    reports = [row["ผลที่รายงาน"] for row in office.rows("progress")]
    assert reports == outputs


def test_what_chat_wrote_stands_there_as_text(office: Office) -> None:
    texts = ("=IMPORTXML(1)", "+66", "-1", "@x", "007", "1-2", "'ก", "TRUE")
    measures = [office.add_measure(number) for number, _ in enumerate(texts, 1)]
    office.sync()
    for measure, text in zip(measures, texts, strict=True):
        office.report(measure, text)
    assert office.settle().outcome == "idle"
    place = [column.key for column in BY_KEY["measures"].columns].index("output")
    tab = office.served.world.files["book-1"].book.sheet(1002)
    cells = [tab.cell(line, place)["userEnteredValue"] for line, _ in enumerate(texts, 1)]
    assert cells == [{"stringValue": text} for text in texts]


def test_a_case_shows_nothing_of_what_was_written(office: Office) -> None:
    office.file_case("2345-6789")
    office.sync()
    assert "ไฟทาง" not in str(office.everything())
    assert office.rows("cases")[0]["เลขที่เรื่อง"] == "2345-6789"


def test_official_scores_stand_beside_the_years_result(office: Office) -> None:
    points = ["98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75", "48.75"]
    with office.database.agency(AGENCY) as tx:
        for indicator, text in enumerate(points, start=1):
            results.set_score(tx, 2566, indicator, Decimal(text))
    office.settle()
    rows = office.rows("scores")
    assert len(rows) == 10
    assert {(row["คะแนนรวม"], row["ระดับผลการประเมิน"]) for row in rows} == {("78.41", "ต้องปรับปรุง")}


def test_people_may_sort_insert_rename_and_move_and_every_row_stays_itself(office: Office) -> None:
    measures = [office.add_measure(number) for number in (1, 2, 3)]
    office.sync()
    tab = office.tab("measures")
    tab.sort((3, "des"), range="A2:V4")
    tab.insert_row(["", "", "", "แถวของฉัน"], index=3)
    tab.insert_cols([["คอลัมน์ของฉัน", "ก", "ข"]], col=4)
    tab.update_title("งาน")
    tab.update_cell(1, 5, "เรื่อง")
    office.report(measures[0], "ผลของหนึ่ง")
    before = office.everything()["งาน"]
    office.settle()
    after = office.everything()["งาน"]
    assert [line[4] for line in after] == [line[4] for line in before]
    assert [line[3] for line in after] == [line[3] for line in before]
    assert {line[4]: line[14] for line in after[1:]} == {
        "มาตรการทดสอบ 3": "",
        "แถวของฉัน": "",
        "มาตรการทดสอบ 2": "",
        "มาตรการทดสอบ 1": "ผลของหนึ่ง",
    }


EDITS = [
    ("title", "ชื่อใหม่", "title", "ชื่อใหม่"),
    ("status", "รอตรวจรับ", "status", Status.AWAITING_ACCEPTANCE),
    ("reason", "ขอรูปถ่ายเพิ่ม", "reason", "ขอรูปถ่ายเพิ่ม"),
    ("unit", "กองคลัง", "unit", "กองคลัง"),
    ("indicator", "7", "indicator", 7),
    ("budget", "5000", "budget", "5000"),
]


@pytest.mark.parametrize(("column", "text", "name", "value"), EDITS)
def test_what_people_write_becomes_the_registers(
    column: str, text: str, name: str, value: object, office: Office
) -> None:
    office.add_measure(1)
    office.sync()
    office.write("measures", 2, column, text)
    before = office.everything()
    result = office.sync()
    assert (result.outcome, result.edits, result.questions) == ("idle", 1, 0)
    assert getattr(office.measure(1), name) == value
    assert office.everything() == before
    assert office.sync().edits == 0
    assert office.waiting() == 0


def test_a_period_is_read_and_keeps_its_words(office: Office) -> None:
    office.add_measure(1)
    office.sync()
    office.write("measures", 2, "period", "ให้แล้วเสร็จภายในเดือน มีนาคม ๒๕๖๘")
    office.sync()
    period = office.measure(1).period
    assert period.raw == "ให้แล้วเสร็จภายในเดือน มีนาคม ๒๕๖๘"
    assert str(period.end) == "2025-03-31"


def test_a_word_nobody_knows_stays_and_is_asked_about_once(office: Office) -> None:
    office.add_measure(1)
    office.sync()
    office.write("measures", 2, "status", "เกือบเสร็จ")
    result = office.sync()
    assert (result.outcome, result.questions) == ("written", 1)
    office.settle()
    assert office.rows("measures")[0][STATUS] == "เกือบเสร็จ"
    assert office.measure(1).status is Status.NOT_STARTED
    assert [(row["ช่อง"], row["ข้อความในชีต"]) for row in doubts(office)] == [(STATUS, "เกือบเสร็จ")]
    office.write("measures", 2, "status", "ดำเนินการแล้วเสร็จ")
    office.settle()
    assert office.measure(1).status is Status.DONE
    assert len(doubts(office)) == 1


def test_when_both_changed_a_cell_the_persons_word_stands_and_people_are_asked(
    office: Office,
) -> None:
    measure = office.add_measure(1)
    office.sync()
    office.write("measures", 2, "status", "ดำเนินการแล้วเสร็จ")
    office.report(measure, "เริ่มแล้ว")
    office.settle()
    assert office.rows("measures")[0][STATUS] == "ดำเนินการแล้วเสร็จ"
    assert office.rows("measures")[0]["สรุปผลการดำเนินการ"] == "เริ่มแล้ว"
    assert office.measure(1).status is Status.DONE
    (asked,) = doubts(office)
    assert asked["แถว"] == "1 มาตรการทดสอบ 1"
    assert (asked["ข้อความในชีต"], asked["ข้อมูลที่ระบบได้รับ"]) == (
        "ดำเนินการแล้วเสร็จ",
        "อยู่ระหว่างดำเนินการ",
    )


def test_after_a_persons_word_the_next_report_is_written_again(office: Office) -> None:
    measure = office.add_measure(1)
    office.sync()
    office.write("measures", 2, "status", "รอตรวจรับ")
    office.settle()
    office.report(measure, "ยังไม่เสร็จ")
    office.settle()
    assert office.rows("measures")[0][STATUS] == "อยู่ระหว่างดำเนินการ"
    assert doubts(office) == []


def test_what_a_person_wrote_into_a_bots_cell_is_put_right(office: Office) -> None:
    measure = office.add_measure(1)
    office.report(measure, "ผลจริง")
    office.sync()
    office.write("measures", 2, "output", "แก้เอง")
    office.settle()
    assert office.rows("measures")[0]["สรุปผลการดำเนินการ"] == "ผลจริง"


def test_a_case_status_that_a_person_chose_is_not_written_over(office: Office) -> None:
    office.file_case("2345-6789")
    office.sync()
    office.write("cases", 2, "status", "กำลังดำเนินการ")
    office.settle()
    assert office.rows("cases")[0][STATUS] == "กำลังดำเนินการ"


def test_a_deleted_row_is_asked_about_and_never_comes_back(office: Office) -> None:
    measures = [office.add_measure(number) for number in (1, 2)]
    office.sync()
    office.tab("measures").delete_rows(2)
    office.report(measures[0], "รายงานหลังลบ")
    office.settle()
    assert titles(office) == ["มาตรการทดสอบ 2"]
    assert [row["แถว"] for row in doubts(office)] == ["1 มาตรการทดสอบ 1"]
    assert len(office.rows("progress")) == 1
    assert office.waiting() == 0


def test_a_copied_row_has_one_owner_and_is_asked_about(office: Office) -> None:
    measure = office.add_measure(1)
    office.sync()
    tab = office.tab("measures")
    tab.copy_range("A2:V2", "A4:V4")
    office.report(measure, "ผล")
    office.settle()
    results = [row["สรุปผลการดำเนินการ"] for row in office.rows("measures")]
    assert results == ["ผล", ""]
    assert len(doubts(office)) == 1


def test_a_question_that_was_deleted_silences_no_other_about_its_row(
    office: Office,
) -> None:
    """The row was there twice, which a coordinator did not care for; then it is gone."""
    office.add_measure(1)
    office.settle()
    tab = office.tab("measures")
    tab.insert_row(tab.row_values(2), index=3)
    office.settle()
    office.tab("doubts").delete_rows(2)
    tab.delete_rows(2, 3)
    office.settle()
    (asked,) = office.rows("doubts")
    assert "ไม่พบแถวนี้" in asked["เรื่องที่ขอให้ดู"]


def test_nothing_to_do_writes_nothing(office: Office) -> None:
    office.add_measure(1)
    office.settle()
    calls = len(office.served.world.calls)
    office.sync()
    assert [c["call"] for c in list(office.served.world.calls)[calls:]] == ["getByDataFilter"]
    assert office.state().read_at == NOW


def test_an_agency_without_a_sheet(office: Office) -> None:
    assert sync(office.database, office.google, "another", NOW).outcome == "not_installed"


def test_what_people_alone_list_is_kept_as_it_stands_and_never_written(office: Office) -> None:
    office.settle()
    before = office.everything()
    office.tab("holidays").update([["", "๒ ม.ค. ๒๕๖๘", "วันหยุด", "ตามประกาศจังหวัด"]], "A3")
    office.tab("criteria").update([["", "2566", "น้ำหนัก IIT", "30", "หนังสือแจ้ง"]], "A2")
    assert office.sync().edits == 2
    assert office.settle().outcome == "idle"
    with office.database.agency(AGENCY) as tx:
        assert sheet_state.load_list(tx, "holidays") == [
            {"day": "๒ ม.ค. ๒๕๖๘", "kind": "วันหยุด", "name": "ตามประกาศจังหวัด"}
        ]
        assert [line["name"] for line in sheet_state.load_list(tx, "criteria")] == ["น้ำหนัก IIT"]
    after = office.everything()
    changed = {title for title in after if after[title] != before[title]}
    assert changed == {"วันหยุด", "เกณฑ์ ITA"}
    office.tab("criteria").delete_rows(2)
    office.sync()
    with office.database.agency(AGENCY) as tx:
        assert sheet_state.load_list(tx, "criteria") == []
