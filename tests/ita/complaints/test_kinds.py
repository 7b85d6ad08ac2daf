"""Every way of every kind, as tables written out by hand: what follows what, and what does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ita.complaints import (
    ALL_STATUS_WORDS,
    Case,
    CaseStatus,
    Kind,
    NotAStep,
    case_number,
    may_become,
    may_move,
    may_object,
    moved,
    receipt_shown,
    status_words,
    statuses,
)

GRIEVANCE = {
    "received": "assigned in_progress resolved forwarded closed withdrawn",
    "assigned": "in_progress resolved forwarded closed withdrawn",
    "in_progress": "assigned resolved forwarded closed withdrawn",
    "resolved": "in_progress forwarded closed withdrawn",
    "forwarded": "assigned in_progress resolved closed withdrawn",
    "closed": "reopened",
    "withdrawn": "reopened",
    "reopened": "assigned in_progress resolved forwarded closed withdrawn",
}
"""A lamp goes on by any number of steps, back by one, aside to its owner; never to received."""
PROTECTED = {
    "received": "screening submitted forwarded not_taken withdrawn",
    "screening": "submitted forwarded not_taken withdrawn",
    "submitted": "screening fact_finding disciplinary forwarded not_taken withdrawn",
    "fact_finding": "submitted disciplinary forwarded informed withdrawn",
    "disciplinary": "fact_finding forwarded informed",
    "forwarded": "screening submitted informed",
    "not_taken": "screening informed",
    "informed": "closed",
    "closed": "reopened",
    "withdrawn": "reopened",
    "reopened": "screening submitted fact_finding forwarded not_taken withdrawn",
}
"""Nobody is told of an end before there is one, and nothing closes before he was told."""
WAYS = {
    Kind.GRIEVANCE: GRIEVANCE,
    Kind.CONDUCT: PROTECTED,
    Kind.PROCUREMENT: PROTECTED,
    Kind.CORRUPTION: PROTECTED,
}
WORDS = {
    "grievance": {
        "received": "รับเรื่องแล้ว", "assigned": "ส่งหน่วยแล้ว", "in_progress": "กำลังดำเนินการ",
        "resolved": "แก้ไขแล้ว รอท่านยืนยัน", "closed": "เสร็จสิ้น",
        "forwarded": "ส่งต่อเจ้าของทรัพย์สิน", "withdrawn": "ผู้แจ้งถอนเรื่อง",
        "reopened": "เปิดเรื่องอีกครั้ง",
    },
    "corruption": {
        "received": "รับเรื่องแล้ว", "screening": "ตรวจสอบเบื้องต้น",
        "submitted": "เสนอผู้บังคับบัญชา", "fact_finding": "สอบข้อเท็จจริง",
        "disciplinary": "สอบสวนทางวินัย", "forwarded": "ส่งต่อหน่วยงานที่เกี่ยวข้อง",
        "not_taken": "ไม่รับเรื่องไว้พิจารณา", "informed": "แจ้งผลแล้ว", "closed": "ยุติเรื่อง",
        "withdrawn": "ผู้แจ้งถอนเรื่อง", "reopened": "เปิดเรื่องอีกครั้ง",
    },
}  # fmt: skip
STEPS = [(kind, now, then) for kind in Kind for now in CaseStatus for then in CaseStatus]
DAY = date(2025, 1, 15)
LATER = date(2025, 1, 20)


def case(kind: Kind, status: CaseStatus) -> Case:
    return Case(2**30, "TEST-0001", kind, status, DAY)


@pytest.mark.parametrize(("kind", "now", "then"), STEPS)
def test_a_status_follows_another_by_the_table_and_not_otherwise(
    kind: Kind, now: CaseStatus, then: CaseStatus
) -> None:
    allowed = then in WAYS[kind].get(now, "").split()
    assert may_become(kind, now, then) is (allowed or now is then)
    asked = replace(case(kind, now), withdrawal_on=DAY)
    assert may_move(asked, then) is (allowed or now is then)
    if allowed:
        assert moved(asked, then, LATER).status is then
    elif now is not then:
        with pytest.raises(NotAStep):
            moved(asked, then, LATER)


@pytest.mark.parametrize(("kind", "now", "then"), STEPS)
def test_only_what_somebody_asked_to_take_back_is_taken_back(
    kind: Kind, now: CaseStatus, then: CaseStatus
) -> None:
    """Of every kind: nobody else can say of a case that whoever filed it wants it no more."""
    refused = then is CaseStatus.WITHDRAWN and now is not then
    assert may_move(case(kind, now), then) is (may_become(kind, now, then) and not refused)
    if refused:
        with pytest.raises(NotAStep):
            moved(case(kind, now), then, LATER)


@pytest.mark.parametrize(
    ("kind", "status", "days", "may"),
    [
        ("grievance", "resolved", 400, True),
        ("grievance", "closed", 0, True),
        ("grievance", "closed", 30, True),
        ("grievance", "closed", 31, False),
        ("grievance", "withdrawn", 0, False),
        ("grievance", "in_progress", 0, False),
        ("corruption", "closed", 0, False),
    ],
)
def test_for_thirty_days_whoever_filed_it_can_say_that_it_is_not_mended(
    kind: str, status: str, days: int, may: bool
) -> None:
    ended = replace(case(Kind(kind), CaseStatus(status)), closed_on=DAY)
    assert may_object(ended, DAY + timedelta(days=days)) is may


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_knows_the_statuses_of_its_way_alone(kind: Kind) -> None:
    assert set(statuses(kind)) == set(WAYS[kind])
    assert kind.is_protected is (kind != "grievance")


@pytest.mark.parametrize(
    ("kind", "status", "words"), [(k, s, w) for k, known in WORDS.items() for s, w in known.items()]
)
def test_each_status_has_the_words_of_its_kind(kind: str, status: str, words: str) -> None:
    assert status_words(Kind(kind), CaseStatus(status)) == words
    assert words in ALL_STATUS_WORDS


@pytest.mark.parametrize(
    ("kind", "way", "days"),
    [
        (
            Kind.GRIEVANCE,
            "assigned in_progress resolved closed",
            {"resolved": "concluded_on", "closed": "informed_on closed_on"},
        ),
        (
            Kind.CORRUPTION,
            "screening submitted fact_finding disciplinary informed closed",
            {
                "submitted": "submitted_on", "fact_finding": "acknowledged_on",
                "informed": "concluded_on informed_on", "closed": "closed_on",
            },
        ),
        (
            Kind.CONDUCT,
            "not_taken informed closed",
            {
                "not_taken": "submitted_on concluded_on", "informed": "informed_on",
                "closed": "closed_on",
            },
        ),
        (
            Kind.PROCUREMENT,
            "submitted disciplinary forwarded informed",
            {
                "submitted": "submitted_on", "disciplinary": "acknowledged_on",
                "forwarded": "concluded_on", "informed": "informed_on",
            },
        ),
        (
            Kind.CORRUPTION,
            "forwarded informed",
            {"forwarded": "concluded_on", "informed": "submitted_on informed_on"},
        ),
        (Kind.GRIEVANCE, "withdrawn", {"withdrawn": "concluded_on informed_on closed_on"}),
    ],
)  # fmt: skip
def test_each_step_of_a_way_sets_its_days_once(kind: Kind, way: str, days: dict[str, str]) -> None:
    now = case(kind, CaseStatus.RECEIVED)
    if "withdrawn" in way:
        now = replace(now, withdrawal_on=DAY)
    for passed, status in enumerate(way.split(), start=1):
        today = date(2025, 1, 15 + passed)
        then = moved(now, CaseStatus(status), today)
        news = dict.fromkeys(days.get(status, "").split(), today)
        if "closed_on" in news:
            news["ended_on"] = today
        assert then == replace(now, status=CaseStatus(status), **news)  # type: ignore[arg-type]
        now = then


@pytest.mark.parametrize(
    ("kind", "was", "then"),
    [
        (Kind.GRIEVANCE, "resolved", "in_progress"),
        (Kind.GRIEVANCE, "forwarded", "assigned"),
        (Kind.CORRUPTION, "forwarded", "screening"),
        (Kind.CONDUCT, "not_taken", "screening"),
    ],
)
def test_what_comes_back_is_concluded_no_more(kind: Kind, was: str, then: str) -> None:
    """Whoever filed it said that the lamp is still dark: the clock runs on."""
    mended = replace(case(kind, CaseStatus(was)), concluded_on=DAY)
    assert moved(mended, CaseStatus(then), LATER).concluded_on is None


def test_whoever_opens_it_again_begins_anew_from_that_day() -> None:
    ended = replace(
        case(Kind.CORRUPTION, CaseStatus.CLOSED),
        submitted_on=DAY, acknowledged_on=DAY, concluded_on=DAY, informed_on=DAY, closed_on=DAY,
        withdrawal_on=DAY, ended_on=DAY,
    )  # fmt: skip
    assert not ended.is_open
    again = moved(ended, CaseStatus.REOPENED, LATER)
    assert again == replace(
        case(Kind.CORRUPTION, CaseStatus.REOPENED), reopened_on=LATER, ended_on=DAY
    )
    assert again.is_open
    assert (ended.runs_from, again.runs_from) == (DAY, LATER)
    over = moved(moved(again, CaseStatus.NOT_TAKEN, LATER), CaseStatus.INFORMED, LATER)
    assert moved(over, CaseStatus.CLOSED, LATER).ended_on == DAY, "when it first ended"


def test_the_same_status_again_changes_nothing() -> None:
    now = case(Kind.GRIEVANCE, CaseStatus.RESOLVED)
    assert moved(now, CaseStatus.RESOLVED, LATER) == now


def test_numbers_and_codes_are_such_as_people_copy() -> None:
    number = case_number(bytes(range(8)))
    assert number == "2345-6789"
    assert not set(case_number(bytes(range(100, 108)))) & set("01IOLUu")
    with pytest.raises(ValueError, match="8 random bytes"):
        case_number(bytes(7))
    assert receipt_shown("1234567812345678") == "1234 5678 1234 5678"
