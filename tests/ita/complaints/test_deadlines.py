"""Which clocks of a case run, until which day: over weekends, substitution days, the year's end."""

from dataclasses import replace
from datetime import date

import pytest

from ita.clocks import DEFAULT_CLOCKS
from ita.complaints import Case, CaseStatus, Kind, moved
from ita.complaints.deadlines import deadlines
from ita.public_holidays import NoHolidays, known_years
from ita.workdays import calendar_for

CALENDAR = calendar_for(known_years())


def day(text: str) -> date:
    return date.fromisoformat(text)


def case(kind: Kind, status: str, received: str, **days: str) -> Case:
    made = Case(2**30, "TEST-0001", kind, CaseStatus(status), day(received))
    return replace(made, **{name: day(text) for name, text in days.items()})  # type: ignore[arg-type]


def running(of: Case) -> list[tuple[str, str]]:
    return [(one.clock.key, str(one.ends)) for one in deadlines(of, DEFAULT_CLOCKS, CALENDAR)]


@pytest.mark.parametrize(
    ("received", "superior", "informed", "why"),
    [
        ("2025-01-20", "2025-01-21", "2025-02-04", "Monday: Tuesday, and Tuesday in two weeks"),
        ("2025-01-24", "2025-01-27", "2025-02-10", "Friday: over the weekend; Saturday moves on"),
        ("2025-01-25", "2025-01-27", "2025-02-10", "Saturday: Monday; Sunday moves on"),
        ("2025-02-11", "2025-02-13", "2025-02-26", "over Makha Bucha on a Wednesday"),
        ("2025-04-04", "2025-04-08", "2025-04-21", "7 April stands in for Sunday's Chakri Day"),
        ("2025-04-11", "2025-04-17", "2025-04-28", "over Songkran; Saturday moves on"),
        ("2024-12-27", "2025-01-02", "2025-01-13", "over the year's end"),
        ("2024-12-30", "2025-01-02", "2025-01-14", "31 December and New Year's Day are none"),
        ("2025-09-30", "2025-10-01", "2025-10-15", "over the fiscal year's end"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION])
def test_a_protected_case_that_came_is_for_the_superior_and_for_an_answer(
    kind: Kind, received: str, superior: str, informed: str, why: str
) -> None:
    came = case(kind, "received", received)
    assert running(came) == [("superior", superior), ("informed", informed)], why


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2025-01-20", "2025-02-04"),
        ("2025-01-24", "2025-02-10"),
        ("2025-03-30", "2025-04-17"),
        ("2024-12-17", "2025-01-02"),
    ],
    ids=["a working day", "a Saturday", "Songkran and its substitution day", "New Year's Day"],
)
def test_a_grievance_has_its_own_clock_alone(received: str, ends: str) -> None:
    assert running(case(Kind.GRIEVANCE, "received", received)) == [("grievance", ends)]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (
            case(Kind.CONDUCT, "screening", "2025-01-20"),
            [("superior", "2025-01-21"), ("informed", "2025-02-04")],
        ),
        (
            case(Kind.CONDUCT, "submitted", "2025-01-20", submitted_on="2025-01-21"),
            [("informed", "2025-02-04")],
        ),
        (
            case(
                Kind.CONDUCT, "fact_finding", "2025-01-20",
                submitted_on="2025-01-21", acknowledged_on="2025-01-24",
            ),
            [("inquiry", "2025-01-31"), ("informed", "2025-02-04")],
        ),
        (
            case(
                Kind.CONDUCT, "forwarded", "2025-01-20",
                submitted_on="2025-01-21", acknowledged_on="2025-01-24", concluded_on="2025-01-31",
            ),
            [("informed", "2025-02-04"), ("result_told", "2025-02-07")],
        ),
        (
            case(
                Kind.CONDUCT, "informed", "2025-01-20", submitted_on="2025-01-21",
                acknowledged_on="2025-01-24", concluded_on="2025-01-31", informed_on="2025-02-03",
            ),
            [],
        ),
        (case(Kind.GRIEVANCE, "in_progress", "2025-01-20"), [("grievance", "2025-02-04")]),
        (case(Kind.GRIEVANCE, "resolved", "2025-01-20", concluded_on="2025-01-22"), []),
        (case(Kind.GRIEVANCE, "closed", "2025-01-20"), []),
        (case(Kind.CORRUPTION, "withdrawn", "2025-01-20"), []),
        (
            case(Kind.CORRUPTION, "received", "2025-01-20", withdrawal_on="2025-01-21"),
            [("superior", "2025-01-21"), ("informed", "2025-02-04")],
        ),
    ],
    ids=[
        "screened", "submitted", "found out", "forwarded", "informed", "mended on", "mended",
        "over", "taken back", "to be taken back",
    ],
)  # fmt: skip
def test_a_clock_runs_from_its_event_until_the_one_that_meets_it(
    of: Case, expected: list[tuple[str, str]]
) -> None:
    assert running(of) == expected


def test_what_was_not_submitted_but_turned_away_is_not_due_to_the_superior_for_ever() -> None:
    came = case(Kind.CONDUCT, "received", "2025-01-20")
    turned = moved(came, CaseStatus.NOT_TAKEN, day("2025-01-21"))
    assert [clock for clock, _ in running(turned)] == ["result_told", "informed"]
    told = moved(turned, CaseStatus.INFORMED, day("2025-01-22"))
    assert running(told) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.CORRUPTION, [("superior", "2025-01-21"), ("informed", "2025-02-04")]),
        (Kind.GRIEVANCE, [("grievance", "2025-02-04")]),
    ],
)
def test_what_is_opened_again_is_not_late_at_once(
    kind: Kind, expected: list[tuple[str, str]]
) -> None:
    ended = case(kind, "closed", "2024-06-03", submitted_on="2024-06-04", concluded_on="2024-06-04")
    assert running(moved(ended, CaseStatus.REOPENED, day("2025-01-20"))) == expected


def test_a_year_without_holidays_is_not_a_year_without_deadlines() -> None:
    with pytest.raises(NoHolidays):
        running(case(Kind.GRIEVANCE, "received", "2040-01-20"))
