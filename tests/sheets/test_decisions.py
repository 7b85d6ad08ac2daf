"""What coordinators decide in the sheet: doubts, acceptance, scores, OIT answers, cases."""

from dataclasses import replace
from decimal import Decimal

import pytest
from gspread.utils import ValueRenderOption

from ita.complaints import CaseStatus
from ita.measures import Acceptance, Measure, Status
from sheets.layout import BY_KEY
from store import cases, register, results
from tests.sheets.conftest import AGENCY, TODAY, Office, grievance

DECISION, DONE, WHY = "ผู้ประสานงานตัดสินใจ", "ผล", "เรื่องที่ขอให้ดู"
DOUBTS = BY_KEY["doubts"]


def decide(office: Office, line: int, words: str) -> None:
    """A coordinator chooses on the 1-based line of a question."""
    office.write("doubts", line, "decision", words)
    office.settle()


def doubt(office: Office) -> dict[str, str]:
    """The one question that stands there."""
    (only,) = office.rows("doubts")
    return only


@pytest.fixture
def measure(one_measure: Measure) -> Measure:
    return one_measure


def refused_status(office: Office) -> None:
    office.write("measures", 2, "status", "เกือบเสร็จ")
    office.settle()


@pytest.mark.usefixtures("measure")
def test_a_refused_word_is_explained_and_the_former_one_comes_back_on_demand(
    office: Office,
) -> None:
    refused_status(office)
    assert "ไม่อยู่ในรายการ" in doubt(office)[WHY]
    assert office.rows("measures")[0]["สถานะ"] == "เกือบเสร็จ"
    decide(office, 2, "ใช้ค่าเดิมของระบบ")
    assert office.rows("measures")[0]["สถานะ"] == "ยังไม่ได้ดำเนินการ"
    assert doubt(office)[DONE] == "คืนค่าเดิมแล้ว"


def test_a_former_title_comes_back_too_though_the_column_is_peoples(
    office: Office, measure: Measure
) -> None:
    office.write("measures", 2, "title", "")
    office.settle()
    decide(office, 2, "ใช้ค่าเดิมของระบบ")
    assert office.rows("measures")[0]["มาตรการ/กิจกรรม"] == measure.title


@pytest.mark.usefixtures("measure")
def test_mending_the_cell_answers_the_question(office: Office) -> None:
    refused_status(office)
    office.write("measures", 2, "status", "ยังไม่ได้ดำเนินการ")
    office.settle()
    assert doubt(office)[DONE] == "แก้ไขในชีตแล้ว"
    refused_status(office)  # the same again is asked again, in a row of its own
    assert [row[DONE] for row in office.rows("doubts")] == ["แก้ไขในชีตแล้ว", ""]


@pytest.mark.usefixtures("measure")
def test_a_question_that_comes_again_does_not_meet_its_old_decision(office: Office) -> None:
    refused_status(office)
    decide(office, 2, "ใช้ค่าเดิมของระบบ")
    refused_status(office)
    assert office.rows("measures")[0]["สถานะ"] == "เกือบเสร็จ"
    assert [row[DONE] for row in office.rows("doubts")] == ["คืนค่าเดิมแล้ว", ""]


def test_a_dismissed_word_is_taken_once_it_was_written_anew(
    office: Office, measure: Measure
) -> None:
    office.write("measures", 2, "acceptance", "ตรวจรับแล้ว")  # nobody has reported it as done
    office.settle()
    office.tab("doubts").delete_rows(2)
    office.settle()
    assert office.rows("doubts") == []
    with office.database.agency(AGENCY) as tx:
        register.change_measure(tx, replace(measure, status=Status.AWAITING_ACCEPTANCE))
    office.write("measures", 2, "acceptance", "")
    office.settle()
    office.write("measures", 2, "acceptance", "ตรวจรับแล้ว")
    office.settle()
    assert office.rows("doubts") == []
    assert office.measure(1).acceptance is Acceptance.ACCEPTED


@pytest.mark.usefixtures("measure")
def test_words_that_are_no_choice_are_said_to_be_unclear(office: Office) -> None:
    refused_status(office)
    decide(office, 2, "เดี๋ยวดูให้")
    assert doubt(office)[DONE] == "ยังทำตามนี้ไม่ได้ โปรดเลือก “ใช้ค่าเดิมของระบบ”"
    decide(office, 2, "ใช้ค่าเดิมของระบบ")
    assert doubt(office)[DONE] == "คืนค่าเดิมแล้ว"


@pytest.mark.usefixtures("measure")
def test_a_deleted_question_does_not_come_back(office: Office) -> None:
    refused_status(office)
    office.tab("doubts").delete_rows(2)
    office.settle()
    assert office.sync().outcome == "idle"
    assert office.rows("doubts") == []
    assert office.rows("measures")[0]["สถานะ"] == "เกือบเสร็จ"


def conflict(office: Office, measure: Measure) -> None:
    """A person and a report change the status between two reads."""
    office.report(measure, "ประชุมแล้ว")
    office.write("measures", 2, "status", "รอตรวจรับ")
    office.settle()


def test_a_conflict_may_end_with_the_words_of_the_sheet(office: Office, measure: Measure) -> None:
    conflict(office, measure)
    decide(office, 2, "ใช้ข้อความในชีต")
    assert office.measure(1).status is Status.AWAITING_ACCEPTANCE
    assert office.rows("measures")[0]["สถานะ"] == "รอตรวจรับ"
    assert doubt(office)[DONE] == "ใช้ข้อความในชีตแล้ว"


def test_a_conflict_may_end_with_what_chat_said(office: Office, measure: Measure) -> None:
    conflict(office, measure)
    decide(office, 2, "ใช้ข้อมูลที่ระบบได้รับ")
    assert office.measure(1).status is Status.IN_PROGRESS
    assert office.rows("measures")[0]["สถานะ"] == "อยู่ระหว่างดำเนินการ"
    assert doubt(office)[DONE] == "ใช้ข้อมูลที่ระบบได้รับแล้ว"


def test_a_decision_does_not_undo_what_came_after_it(office: Office, measure: Measure) -> None:
    conflict(office, measure)
    office.write("doubts", 2, "decision", "ใช้ข้อมูลที่ระบบได้รับ")
    with office.database.agency(AGENCY) as tx:
        (now,) = register.measures(tx)
        register.change_measure(tx, replace(now, status=Status.DONE))
    office.settle()
    assert office.measure(1).status is Status.DONE
    assert office.rows("measures")[0]["สถานะ"] == "ดำเนินการแล้วเสร็จ"


def test_a_deleted_row_may_be_put_back(office: Office, measure: Measure) -> None:
    office.tab("measures").delete_rows(2)
    office.settle()
    assert office.rows("measures") == []
    decide(office, 2, "ใส่แถวกลับให้")
    assert [row["มาตรการ/กิจกรรม"] for row in office.rows("measures")] == [measure.title]
    assert doubt(office)[DONE] in ("ใส่แถวกลับแล้ว", "แก้ไขในชีตแล้ว")


def test_a_question_names_its_row_even_when_that_is_gone(office: Office, measure: Measure) -> None:
    office.tab("measures").delete_rows(2)
    office.settle()
    decide(office, 2, "ตั้งใจลบ")
    assert measure.title in doubt(office)["แถว"]


@pytest.mark.usefixtures("measure")
def test_a_deleted_score_is_kept_and_that_is_said(office: Office) -> None:
    office.tab("scores").delete_rows(2)
    office.settle()
    decide(office, 2, "ตั้งใจลบ")
    assert "ข้อมูลในระบบยังอยู่" in doubt(office)[DONE]


@pytest.mark.usefixtures("measure")
def test_an_oit_item_is_named_by_its_code(office: Office) -> None:
    office.write("items", 2, "present", "น่าจะมี")
    office.settle()
    code = office.rows("items")[0]["ข้อ"]
    assert code in doubt(office)["แถว"]


@pytest.mark.usefixtures("measure")
def test_a_decision_that_cannot_be_done_yet_is_said(office: Office) -> None:
    office.write("measures", 2, "acceptance", "ตรวจรับแล้ว")
    office.settle()
    decide(office, 2, "ใช้ข้อความในชีต")
    assert "ยังทำตามนี้ไม่ได้" in doubt(office)[DONE]


@pytest.mark.usefixtures("measure")
def test_a_deletion_may_be_meant_and_undone_later(office: Office) -> None:
    former = office.tab("measures").row_values(2)
    office.tab("measures").delete_rows(2)
    office.settle()
    decide(office, 2, "ตั้งใจลบ")
    with office.database.agency(AGENCY) as tx:
        assert register.measures(tx) == []
    assert office.rows("measures") == []
    office.tab("measures").update([former], "A2", raw=True)  # a person's Ctrl-Z
    office.settle()
    assert office.measure(1).number == 1


def test_acceptance_in_the_sheet_and_its_reason(office: Office, measure: Measure) -> None:
    with office.database.agency(AGENCY) as tx:
        register.change_measure(tx, replace(measure, status=Status.AWAITING_ACCEPTANCE))
    office.settle()
    office.write("measures", 2, "acceptance", "ขอให้แก้ไข")
    office.write("measures", 2, "reason", "ขอรูปถ่าย")
    office.settle()
    row = office.rows("measures")[0]
    assert (row["สถานะ"], row["เหตุผล/ข้อเสนอแนะ"]) == ("อยู่ระหว่างดำเนินการ", "ขอรูปถ่าย")
    office.report(office.measure(1), "เพิ่มรูปถ่ายแล้ว", minute=5)
    office.settle()
    assert office.rows("measures")[0]["ผลการตรวจรับ"] == ""  # the report answers the return


@pytest.mark.usefixtures("measure")
def test_a_year_opens_with_its_indicators_and_items(office: Office) -> None:
    items = office.rows("items")
    assert [row["ข้อ"] for row in items][:3] == ["o1", "o2", "o3"]
    assert len(items) == 28
    assert [row["ตัวชี้วัดที่"] for row in office.rows("scores")] == [str(n) for n in range(1, 11)]


@pytest.mark.usefixtures("measure")
def test_a_coordinators_scores_and_answers_are_the_agencys(office: Office) -> None:
    office.write("scores", 3, "points", "๙๓.๒๒")
    office.write("scores", 4, "points", "เก้าสิบ")
    office.write("items", 14, "present", "มี")
    office.write("items", 14, "url", "https://example.go.th/o13")
    office.settle()
    with office.database.agency(AGENCY) as tx:
        assert results.scores(tx) == (2568, {2: Decimal("93.22")})
        (item,) = [one for one in results.oit_items(tx) if one.present is not None]
    assert (item.code, item.present, item.url) == ("o13", True, "https://example.go.th/o13")
    assert "0 ถึง 100" in doubt(office)[WHY]


def test_a_case_goes_its_way_in_the_sheet(office: Office) -> None:
    with office.database.agency(AGENCY) as tx:
        cases.file(tx, grievance("2345-6789"), "", "", TODAY, TODAY)
    office.settle()
    office.write("cases", 2, "unit", "กองช่าง")
    office.write("cases", 2, "status", "กำลังดำเนินการ")
    office.settle()
    with office.database.agency(AGENCY) as tx:
        (case,) = cases.cases(tx)
    assert (case.unit, case.status) == ("กองช่าง", CaseStatus.IN_PROGRESS)
    office.write("cases", 2, "status", "รับเรื่องแล้ว")
    office.settle()
    assert "ย้อนไปขั้นนี้ไม่ได้" in doubt(office)[WHY]


@pytest.mark.usefixtures("measure")
def test_an_agencys_own_criteria_count_at_once(office: Office) -> None:
    """The weights of fiscal year 2568 are not confirmed: an agency that knows them types them."""
    for line, points in enumerate(range(80, 90), 2):
        office.write("scores", line, "points", str(points))
    own = [("น้ำหนัก IIT", "30"), ("น้ำหนัก EIT", "30"), ("น้ำหนัก OIT", "40"), ("ระดับ ผ่าน", "85"),
           ("ระดับ ต้องปรับปรุง", "0"), ("เกณฑ์ผ่าน", "85")]  # fmt: skip
    rows = [["", "๒๕๖๘", name, value, "หนังสือแจ้งหน่วยงาน"] for name, value in own]
    office.tab("criteria").update(rows, "A2")
    office.settle()
    row = office.rows("scores")[0]
    assert (row["คะแนนรวม"], row["ระดับผลการประเมิน"], row["ผ่านเกณฑ์"]) == (
        "85.80",  # 0.30 × 82 + 0.30 × 86 + 0.40 × 88.5
        "ผ่าน",
        "ยังไม่ผ่าน",  # indicator 1 alone has 80
    )


def test_criteria_that_cannot_be_used_are_asked_about_until_they_are_mended(office: Office) -> None:
    office.settle()
    office.tab("criteria").update([["", "2566", "น้ำหนัก IIT", "สามสิบ"]], "A2")
    office.settle()
    assert "น้ำหนัก IIT" in doubt(office)["ข้อความในชีต"]
    office.tab("criteria").update([["", "2566", "น้ำหนัก IIT", "30"]], "A2")
    office.settle()
    assert doubt(office)[DONE] == "แก้ไขในชีตแล้ว"


def test_a_holiday_that_is_no_day_is_asked_about_until_it_is_mended(office: Office) -> None:
    office.write("holidays", 2, "day", "31 กุมภาพันธ์ 2568")
    office.settle()
    assert "31 กุมภาพันธ์ 2568" in doubt(office)["ข้อความในชีต"]
    office.write("holidays", 2, "day", "28 กุมภาพันธ์ 2568")
    office.settle()
    assert doubt(office)[DONE] == "แก้ไขในชีตแล้ว"


def test_a_refused_word_is_one_question_whatever_the_register_does(
    office: Office, measure: Measure
) -> None:
    refused_status(office)
    office.report(measure, "ประชุมแล้ว")
    office.settle()
    assert doubt(office)["ข้อมูลที่ระบบได้รับ"] == "อยู่ระหว่างดำเนินการ"


def test_an_acceptance_that_came_too_early_counts_only_when_it_is_wanted(
    office: Office, measure: Measure
) -> None:
    office.write("measures", 2, "acceptance", "ตรวจรับแล้ว")
    office.settle()
    assert "ยังไม่มีผู้รายงาน" in doubt(office)[WHY]
    with office.database.agency(AGENCY) as tx:
        register.change_measure(tx, replace(measure, status=Status.AWAITING_ACCEPTANCE))
    office.settle()
    assert office.measure(1).status is Status.AWAITING_ACCEPTANCE  # nobody accepted this report
    decide(office, 2, "ใช้ข้อความในชีต")
    assert office.measure(1).status is Status.DONE
    assert doubt(office)[DONE] == "ใช้ข้อความในชีตแล้ว"


def test_a_formula_in_a_shared_cell_is_a_persons_word(office: Office, measure: Measure) -> None:
    tab = office.tab("measures")
    place = [column.key for column in BY_KEY["measures"].columns].index("status") + 1
    tab.update_cell(2, place, '="ยังไม่ได้ดำเนินการ"')
    office.report(measure, "เริ่มแล้ว")
    office.settle()
    assert office.sync().outcome == "idle", "nothing is tried again and again"
    assert office.rows("measures")[0]["สถานะ"] == "ยังไม่ได้ดำเนินการ"
    assert "สูตร" in doubt(office)[WHY]
    decide(office, 2, "ใช้ข้อมูลที่ระบบได้รับ")
    assert office.rows("measures")[0]["สถานะ"] == "อยู่ระหว่างดำเนินการ"
    written = tab.cell(2, place, value_render_option=ValueRenderOption.formula)
    assert written.value == "อยู่ระหว่างดำเนินการ"
    assert doubt(office)[DONE] == "ใช้ข้อมูลที่ระบบได้รับแล้ว"
