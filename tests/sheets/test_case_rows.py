"""What of a case, and of how many there are, stands in the sheet; and how its cells are read."""

from dataclasses import replace
from datetime import date

import pytest

from ita.clocks import DEFAULT_CLOCKS, Clock, Counting, Event
from ita.complaints import THAI_KIND, Case, CaseStatus, Kind, may_become, status_words, statuses
from ita.complaints.deadlines import deadlines
from ita.workdays import calendar_for
from sheets.case_rows import case_cells, due_words, statistics_rows
from sheets.doubts import WHY, Choice, choices
from sheets.edits import take
from sheets.layout import STATISTICS_IDS

PROTECTED = tuple(kind for kind in Kind if kind.is_protected)
CALENDAR = calendar_for([2567, 2568, 2569])
JANUARY = date(2025, 1, 15)
MEND, SUPERIOR = "แก้ไข หรือส่งต่อให้เจ้าของเรื่อง", "เสนอข้อเท็จจริงต่อผู้บังคับบัญชา"
TELL, INQUIRE = "แจ้งความคืบหน้าให้ผู้ร้องเรียนทราบ", "สอบข้อเท็จจริงให้แล้วเสร็จ"


def a_case(kind: Kind = Kind.GRIEVANCE, received: date = JANUARY, **more: object) -> Case:
    facts: dict[str, object] = {"status": CaseStatus.RECEIVED, "received_on": received, **more}
    return Case(2**30, "2345-6789", kind, **facts)  # type: ignore[arg-type] # a table


def due(case: Case, today: date, clocks: tuple[Clock, ...] = DEFAULT_CLOCKS) -> str:
    return due_words(deadlines(case, clocks, CALENDAR), today)


# --- A case's row


def test_a_grievance_shows_what_the_office_needs() -> None:
    case = a_case(title="ไฟทางดับ", unit="กองช่าง", result="เปลี่ยนหลอดแล้ว")
    assert case_cells(case, "30 ม.ค. 2568 · แก้ไข") == {
        "number": "2345-6789",
        "kind": "แจ้งเหตุ/ร้องทุกข์",
        "received": "15 ม.ค. 2568",
        "title": "ไฟทางดับ",
        "unit": "กองช่าง",
        "status": "รับเรื่องแล้ว",
        "next_deadline": "30 ม.ค. 2568 · แก้ไข",
        "result": "เปลี่ยนหลอดแล้ว",
    }


@pytest.mark.parametrize("kind", PROTECTED)
def test_a_protected_case_shows_number_kind_month_status_and_deadline_only(kind: Kind) -> None:
    """Even where the register knows more."""
    case = a_case(kind, title="เรื่องลับ", unit="กองคลัง", result="ผลลับ")
    cells = case_cells(case, "16 ม.ค. 2568 · เสนอ")
    assert {key: text for key, text in cells.items() if text} == {
        "number": "2345-6789",
        "kind": THAI_KIND[kind],
        "received": "ม.ค. 2568",
        "status": "รับเรื่องแล้ว",
        "next_deadline": "16 ม.ค. 2568 · เสนอ",
    }
    assert (cells["title"], cells["unit"], cells["result"]) == ("", "", ""), "and not left alone"


# --- The next deadline


@pytest.mark.parametrize(
    ("received", "today", "words"),
    [
        (JANUARY, JANUARY, f"30 ม.ค. 2568 · {MEND}"),
        (JANUARY, date(2025, 1, 30), f"30 ม.ค. 2568 · {MEND}"),
        (JANUARY, date(2025, 1, 31), f"เกินกำหนด 1 วัน · {MEND}"),
        (JANUARY, date(2025, 3, 1), f"เกินกำหนด 30 วัน · {MEND}"),
        (date(2025, 1, 17), JANUARY, f"3 ก.พ. 2568 · {MEND}"),  # a Saturday: on Monday
        (date(2025, 1, 18), JANUARY, f"3 ก.พ. 2568 · {MEND}"),  # a Sunday
        (date(2025, 3, 23), JANUARY, f"8 เม.ย. 2568 · {MEND}"),  # the 7th stands in for Chakri Day
        (date(2025, 3, 28), JANUARY, f"17 เม.ย. 2568 · {MEND}"),  # the 16th stands in for Songkran
        (date(2024, 12, 17), JANUARY, f"เกินกำหนด 13 วัน · {MEND}"),  # New Year: on 2 January
        (date(2024, 12, 16), date(2024, 12, 16), f"2 ม.ค. 2568 · {MEND}"),  # and so New Year's Eve
        (date(2025, 9, 19), JANUARY, f"6 ต.ค. 2568 · {MEND}"),  # over the fiscal year's end
    ],
)
def test_until_when_a_grievance_is_to_be_mended(received: date, today: date, words: str) -> None:
    assert due(a_case(received=received), today) == words


@pytest.mark.parametrize(
    ("received", "words"),
    [
        (date(2025, 1, 15), f"16 ม.ค. 2568 · {SUPERIOR}"),
        (date(2025, 1, 17), f"20 ม.ค. 2568 · {SUPERIOR}"),  # a Friday: on Monday
        (date(2025, 4, 4), f"8 เม.ย. 2568 · {SUPERIOR}"),  # a Friday before a long weekend
        (date(2025, 4, 11), f"17 เม.ย. 2568 · {SUPERIOR}"),  # the Friday before Songkran
        (date(2024, 12, 31), f"2 ม.ค. 2568 · {SUPERIOR}"),
    ],
)
def test_a_protected_case_goes_to_the_superior_within_a_working_day(
    received: date, words: str
) -> None:
    assert due(a_case(Kind.CORRUPTION, received), received) == words


S = CaseStatus


@pytest.mark.parametrize(
    ("days", "status", "words"),
    [
        ({"submitted_on": date(2025, 1, 16)}, S.SUBMITTED, f"30 ม.ค. 2568 · {TELL}"),
        (
            {"submitted_on": date(2025, 1, 16), "acknowledged_on": date(2025, 1, 20)},
            S.FACT_FINDING,
            f"27 ม.ค. 2568 · {INQUIRE}",
        ),
        (
            {"submitted_on": date(2025, 1, 16), "concluded_on": date(2025, 1, 17)},
            S.NOT_TAKEN,
            "24 ม.ค. 2568 · แจ้งผลให้ผู้ร้องเรียนทราบ",
        ),
        (
            {"submitted_on": JANUARY, "concluded_on": JANUARY, "informed_on": JANUARY},
            S.INFORMED,
            "",
        ),
        ({}, S.CLOSED, ""),
        ({}, S.WITHDRAWN, ""),
    ],
)
def test_the_first_clock_that_runs_is_the_one_that_is_shown(
    days: dict[str, date], status: CaseStatus, words: str
) -> None:
    assert due(a_case(Kind.CONDUCT, status=status, **days), JANUARY) == words


def test_an_agencys_own_clocks_count() -> None:
    mend = Clock("mend", "ซ่อม", Event.RECEIVED, 3, Counting.WORKING, kinds=(Kind.GRIEVANCE,))
    assert due(a_case(), JANUARY, (mend,)) == "20 ม.ค. 2568 · ซ่อม"
    assert due(a_case(Kind.CORRUPTION), JANUARY, (mend,)) == ""


# --- What people write


@pytest.mark.parametrize(("kind", "now"), [(kind, now) for kind in Kind for now in statuses(kind)])
def test_a_status_that_a_person_wrote_counts_where_the_rules_let_it(
    kind: Kind, now: CaseStatus
) -> None:
    case = a_case(kind, status=now)
    for then in statuses(kind):
        taken = take("cases", case, {"status": status_words(kind, then)})
        if then is now:
            why = ""
        elif kind.is_protected and then in (S.CLOSED, S.WITHDRAWN, S.NOT_TAKEN, S.INFORMED):
            why = "end_of_protected"
        elif then is S.WITHDRAWN:
            why = "not_withdrawn"
        elif not may_become(kind, now, then):
            why = "not_a_step"
        else:
            why = "not_resolved" if then is S.CLOSED and now is not S.RESOLVED else ""
        if why:
            assert (taken.value, taken.refused) == (case, {"status": why})
        else:
            assert (taken.value, taken.refused) == (replace(case, status=then), {})


@pytest.mark.parametrize("kind", PROTECTED)
@pytest.mark.parametrize("end", [S.CLOSED, S.WITHDRAWN, S.NOT_TAKEN, S.INFORMED])
def test_nobody_ends_a_protected_case_in_the_sheet(kind: Kind, end: CaseStatus) -> None:
    """Nor calls whoever filed it informed, to whom no word was written there."""
    for now in {S.RECEIVED, S.NOT_TAKEN, S.FACT_FINDING, S.INFORMED} - {end}:
        case = a_case(kind, status=now, withdrawal_on=JANUARY)
        taken = take("cases", case, {"status": status_words(kind, end)})
        assert (taken.value, taken.refused) == (case, {"status": "end_of_protected"})
        again = a_case(kind, status=end)
        assert take("cases", again, {"status": status_words(kind, end)}).refused == {}


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("กองช่าง", "กองช่าง", None),
        (" กองช่าง ", "กองช่าง", None),
        ("", "", None),
        ("กองที่ไม่มีจริง", "กองคลัง", "unknown_unit"),
    ],
)
def test_a_unit_is_one_of_the_agencys(text: str, unit: str, why: str | None) -> None:
    case = a_case(unit="กองคลัง")
    taken = take("cases", case, {"unit": text}, ("กองคลัง", "กองช่าง"))
    assert (taken.value.unit, taken.refused.get("unit")) == (unit, why)
    assert take("cases", case, {"unit": text}).refused == {}, "where the agency has named none"


@pytest.mark.parametrize(
    "why", ["end_of_protected", "not_resolved", "not_withdrawn", "unknown_unit"]
)
def test_what_is_not_for_the_sheet_to_say_can_only_be_put_back(why: str) -> None:
    assert choices(why) == (Choice.RESTORE,)
    assert "ใช้ค่าเดิมของระบบ" in WHY[why]


@pytest.mark.parametrize("kind", Kind)
def test_a_status_of_another_kinds_way_is_none_of_this_ones(kind: Kind) -> None:
    other = "กำลังดำเนินการ" if kind.is_protected else "ตรวจสอบเบื้องต้น"
    taken = take("cases", a_case(kind), {"status": other})
    assert taken.refused == {"status": "unknown_status"}


@pytest.mark.parametrize("kind", PROTECTED)
@pytest.mark.parametrize("column", ["title", "unit", "result"])
def test_no_word_about_a_protected_case_is_taken_in(kind: Kind, column: str) -> None:
    case = a_case(kind)
    assert take("cases", case, {column: "นายช่างคนนั้น"}).refused == {column: "protected_case"}
    assert take("cases", case, {column: ""}).refused == {}


def test_a_coordinators_title_is_his_own_and_leads_to_nobody() -> None:
    taken = take("cases", a_case(title="ไฟ"), {"title": "ไฟทางดับ โทร 081-234-5678"}).value
    assert (taken.title, taken.titled) == ("ไฟทางดับ โทร •••", True)
    emptied = take("cases", taken, {"title": ""}).value
    assert (emptied.title, emptied.titled) == ("", False)


# --- Statistics

SINCE = date(2024, 10, 1)


def shown(cases: list[Case], since: date = SINCE, today: date = JANUARY) -> list[tuple[str, ...]]:
    rows = statistics_rows(cases, since, today)
    assert all(row_id in STATISTICS_IDS for row_id in rows)
    assert list(rows) == sorted(rows), "the newest below"
    columns = ("month", "kind", "received", "completed", "in_progress")
    return [tuple(cells.get(key, "") for key in columns) for cells in rows.values()]


ALL = "เรื่องร้องเรียนเจ้าหน้าที่/ทุจริต"
HALF = "ต.ค. 2567 - มี.ค. 2568"


def test_grievances_are_counted_by_month_as_they_are_today() -> None:
    filed = [a_case(received=date(2025, 1, day)) for day in (2, 15, 31)]
    ended = replace(filed[0], status=CaseStatus.CLOSED, closed_on=date(2025, 2, 1))
    cases = [a_case(received=date(2024, 9, 30)), ended, *filed[1:], a_case(Kind.CONDUCT)]
    assert shown(cases) == [
        ("ก.ย. 2567", "แจ้งเหตุ/ร้องทุกข์", "1", "0", "1"),
        ("ม.ค. 2568", "แจ้งเหตุ/ร้องทุกข์", "3", "1", "2"),
    ]


@pytest.mark.parametrize(
    ("today", "halves"),
    [
        (date(2025, 3, 31), []),
        (date(2025, 4, 1), [HALF]),
        (date(2025, 9, 30), [HALF]),
        (date(2025, 10, 1), [HALF, "เม.ย. 2568 - ก.ย. 2568"]),
    ],
)
def test_that_there_was_none_is_said_of_each_half_year_that_is_over(
    today: date, halves: list[str]
) -> None:
    none = [(half, ALL, "ไม่มีเรื่องร้องเรียน", "", "") for half in halves]
    assert shown([], today=today) == none


def test_few_protected_cases_are_not_told_apart() -> None:
    filed = [a_case(kind, JANUARY) for kind in (Kind.CONDUCT, Kind.CONDUCT, Kind.CORRUPTION)]
    ended = replace(filed[0], status=CaseStatus.CLOSED, ended_on=date(2025, 3, 31))
    later = replace(filed[1], status=CaseStatus.CLOSED, ended_on=date(2025, 4, 1))
    assert shown([ended, later, filed[2]]) == []
    there = shown([ended, later, filed[2]], today=date(2025, 5, 1))
    assert there == [(HALF, ALL, "3", "ไม่แยกรายละเอียดเมื่อมีน้อยกว่า 5 เรื่อง", "")]
    five = shown([ended, later, *filed, filed[2]], today=date(2025, 5, 1))
    assert five == [(HALF, ALL, "6", "1", "5")]


def test_kinds_are_told_apart_only_where_each_has_enough() -> None:
    enough = [a_case(kind, JANUARY) for kind in (Kind.CONDUCT, Kind.CORRUPTION) for _ in range(5)]
    may = date(2025, 5, 1)
    assert shown(enough, today=may) == [
        (HALF, ALL, "10", "0", "10"),
        (HALF, "การปฏิบัติหน้าที่ของเจ้าหน้าที่", "5", "", ""),
        (HALF, "ทุจริตและประพฤติมิชอบ", "5", "", ""),
    ]
    assert len(shown([*enough, a_case(Kind.PROCUREMENT)], today=may)) == 1
    assert len(shown(enough[:9], today=may)) == 1


def test_a_row_keeps_its_id_whatever_else_there_is() -> None:
    one = statistics_rows([a_case()], SINCE, date(2025, 5, 1))
    more = [a_case(), a_case(received=date(2024, 1, 1)), a_case(received=date(2025, 4, 1))]
    assert one.items() <= statistics_rows(more, SINCE, date(2026, 5, 1)).items()
