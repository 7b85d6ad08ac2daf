"""What is published of cases: months of grievances, half-years of protected ones, and no less."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.complaints import Case, CaseStatus, Kind, moved
from ita.complaints.statistics import (
    FEWEST,
    MonthlyCases,
    Snapshot,
    last_half_year,
    monthly,
    published,
    snapshot,
)

TODAY = date(2025, 4, 20)
START, END = date(2024, 10, 1), date(2025, 3, 31)
PROTECTED = (Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION)


def case(kind: Kind, received: date, closed: date | None = None) -> Case:
    status = CaseStatus.CLOSED if closed else CaseStatus.RECEIVED
    return Case(2**30, "TEST-0001", kind, status, received, closed_on=closed, ended_on=closed)


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        ("2025-03-31", "2024-04-01", "2024-09-30"),
        ("2025-04-01", "2024-10-01", "2025-03-31"),
        ("2025-09-30", "2024-10-01", "2025-03-31"),
        ("2025-10-01", "2025-04-01", "2025-09-30"),
        ("2025-12-31", "2025-04-01", "2025-09-30"),
        ("2026-01-01", "2025-04-01", "2025-09-30"),
    ],
)
def test_the_last_half_year_is_the_one_that_is_over(today: str, start: str, end: str) -> None:
    found = last_half_year(date.fromisoformat(today))
    assert found == (date.fromisoformat(start), date.fromisoformat(end))


def test_none_is_said_to_be_none() -> None:
    assert snapshot([], TODAY) == Snapshot(START, END, 0, None, {})


def test_a_case_counts_in_the_half_year_it_was_received_in_and_as_it_stood_at_its_end() -> None:
    cases = [
        case(Kind.CONDUCT, START, closed=END),
        case(Kind.CORRUPTION, END, closed=date(2025, 4, 1)),
        *(case(Kind.CONDUCT, END) for _ in range(3)),
        case(Kind.CORRUPTION, date(2024, 9, 30)),
        case(Kind.CORRUPTION, date(2025, 4, 1)),
        case(Kind.GRIEVANCE, START),
    ]
    found = snapshot(cases, TODAY)
    assert (found.received, found.completed, found.in_progress) == (5, 1, 4)
    assert found.by_kind == {}


@pytest.mark.parametrize("many", range(1, FEWEST))
def test_of_fewer_than_five_only_their_number_is_told(many: int) -> None:
    found = snapshot([case(Kind.CONDUCT, START, closed=END) for _ in range(many)], TODAY)
    assert found == Snapshot(START, END, many, None, {})
    assert found.in_progress is None


def test_what_was_published_stays_whatever_becomes_of_a_case() -> None:
    cases = [case(Kind.CONDUCT, START, closed=END) for _ in range(FEWEST)]
    told = snapshot(cases, TODAY)
    assert (told.completed, told.in_progress) == (5, 0)
    opened = moved(cases[0], CaseStatus.REOPENED, TODAY)
    assert snapshot([opened, *cases[1:]], TODAY) == told
    released = replace(case(Kind.CONDUCT, START), released_on=TODAY)
    assert snapshot([released, *cases], TODAY) == told
    assert snapshot([released, *cases], date(2025, 10, 1)).received == 1, "counted when released"


def test_of_the_time_before_there_were_doors_nothing_is_told() -> None:
    none = Snapshot(START, END, 0, None, {})
    assert published([], END, TODAY) == none
    assert published([], date(2025, 4, 1), TODAY) is None
    assert published([], None, TODAY) is None


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((4, 0, 0), False),
        ((5, 0, 0), True),
        ((4, 0, 5), False),
        ((5, 0, 5), True),
        ((5, 5, 1), False),
        ((2, 2, 1), False),
    ],
)
def test_kinds_are_told_only_where_none_of_them_has_fewer_than_five(
    counts: tuple[int, ...], told: bool
) -> None:
    of = dict(zip(PROTECTED, counts, strict=True))
    found = snapshot([case(kind, START) for kind, many in of.items() for _ in range(many)], TODAY)
    assert found.received == sum(counts)
    assert found.by_kind == ({kind: many for kind, many in of.items() if many} if told else {})


@given(st.lists(st.tuples(st.sampled_from(PROTECTED), st.dates(START, END)), max_size=25))
def test_nothing_that_is_told_is_about_fewer_than_five_and_nothing_says_how_long(
    filed: list[tuple[Kind, date]],
) -> None:
    found = snapshot([case(kind, received) for kind, received in filed], TODAY)
    assert all(many >= FEWEST for many in found.by_kind.values())
    assert not found.by_kind or sum(found.by_kind.values()) == found.received
    assert {one.name for one in fields(Snapshot)} == {
        "start", "end", "received", "completed", "by_kind",
    }  # fmt: skip


def test_grievances_are_told_by_month_of_the_fiscal_year_the_newest_first() -> None:
    cases = [
        case(Kind.GRIEVANCE, date(2024, 10, 1), closed=date(2024, 12, 1)),
        case(Kind.GRIEVANCE, date(2024, 10, 31)),
        case(Kind.GRIEVANCE, date(2025, 9, 30)),
        case(Kind.GRIEVANCE, date(2024, 9, 30)),
        case(Kind.GRIEVANCE, date(2025, 10, 1)),
        case(Kind.CORRUPTION, date(2024, 11, 1)),
        replace(case(Kind.GRIEVANCE, date(2024, 10, 5)), status=CaseStatus.WITHDRAWN),
    ]
    assert monthly(cases, 2568) == [
        MonthlyCases(date(2025, 9, 1), 1, 0),
        MonthlyCases(date(2024, 10, 1), 3, 2),
    ]
    assert [one.in_progress for one in monthly(cases, 2568)] == [1, 1]
    assert monthly([], 2568) == []
