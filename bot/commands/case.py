"""`sujarit case …`: list and move cases until the officers' pages do; never whose, never a word."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

import click

from bot.agencies import AgencyConfig
from bot.commands.opening import agency_of, opened
from bot.commands.output import json_option, show, stop
from bot.program import Program
from handlers.events import BANGKOK
from ita.complaints import Case, CaseStatus, may_move, status_words, statuses
from ita.complaints.deadlines import deadlines
from ita.complaints.kinds import THAI_KIND
from ita.public_holidays import NoHolidays
from ita.workdays import Calendar
from store import cases, workdays
from store.database import Transaction

LONGEST_ANSWER = 5_000
"""Characters."""
DAYS = (
    "received_on", "submitted_on", "acknowledged_on", "concluded_on", "informed_on", "closed_on",
)  # fmt: skip

agency_option = click.option("--agency", "slug", required=True, help="The agency's slug.")


@click.group("case")
def command() -> None:
    """The complaints of an agency, outside their seals."""


@command.command("list")
@agency_option
@click.option("--all", "with_ended", is_flag=True, help="Those that have ended, too.")
@json_option
def case_list(slug: str, *, with_ended: bool, as_json: bool) -> None:
    """Number, kind, status and next deadline of the cases that are open."""
    built = opened()
    agency = agency_of(built, slug)
    with built.database.agency(slug) as tx:
        found = [case for case in cases.cases(tx) if with_ended or case.is_open]
        rows = _shown(tx, agency, found, _today(built))
    show(rows, as_json, lambda: "\n".join(map(_line, rows)) or "No cases.")


@command.command("show")
@agency_option
@click.argument("number")
@json_option
def case_show(slug: str, number: str, *, as_json: bool) -> None:
    """What may be known of the case NUMBER outside its seals."""
    built = opened()
    agency = agency_of(built, slug)
    with built.database.agency(slug) as tx:
        case = cases.by_number(tx, number) or _unknown(slug)
        (row,) = _shown(tx, agency, [case], _today(built))
    show(row, as_json, lambda: "\n".join(f"{name}: {value}" for name, value in row.items()))


@command.command("move")
@agency_option
@click.argument("number")
@click.argument("status")
@json_option
def case_move(slug: str, number: str, status: str, *, as_json: bool) -> None:
    """Give the case NUMBER another STATUS, by its code, as far as the rules let it.

    With "informed" goes what is written to whoever filed it, from standard input.
    """
    built = opened()
    agency = agency_of(built, slug)
    with built.database.agency(slug) as tx:
        case = cases.by_number(tx, number) or _unknown(slug)
    words = _message() if _step(case, status) is CaseStatus.INFORMED else ""
    with built.database.agency(slug) as tx:  # not held while somebody types
        case = cases.by_number(tx, number, hold=True) or _unknown(slug)
        moved = cases.move(tx, number, _step(case, status), _today(built)) or case
        if words:
            cases.answer(tx, number, words, _today(built))
        built.queue.defer_sync(tx.sql, slug)
        (row,) = _shown(tx, agency, [moved], _today(built))
    show(row, as_json, lambda: _line(row))


@command.command("answer")
@agency_option
@click.argument("number")
def case_answer(slug: str, number: str) -> None:
    """Write to whoever filed the case NUMBER, from standard input: it lies sealed in the case."""
    built = opened()
    agency_of(built, slug)
    text = _message()
    with built.database.agency(slug) as tx:
        if cases.answer(tx, number, text, _today(built)) is None:
            _unknown(slug)
    click.echo("Done: whoever filed it reads this in the case.")


@command.command("release")
@agency_option
@click.argument("number")
def case_release(slug: str, number: str) -> None:
    """Let the case NUMBER, held back as one of too many, count as any other."""
    built = opened()
    agency_of(built, slug)
    with built.database.agency(slug) as tx:
        if not cases.release(tx, number, _today(built)):
            stop(f"No case {number} is held back: see `sujarit case list --agency {slug}`.", 2)
    click.echo("Done: it is not held back any more.")


@command.command("erase")
@agency_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.argument("number")
def case_erase(slug: str, number: str, *, yes: bool) -> None:
    """Destroy the keys of the case NUMBER: nobody can read it again; number and days remain."""
    built = opened()
    agency_of(built, slug)
    if not yes:
        click.confirm(f"Erase all words and evidence of {number} for ever?", abort=True, err=True)
    with built.database.agency(slug) as tx:
        case = cases.by_number(tx, number, hold=True) or _unknown(slug)
        if cases.erase(tx, case.id, _today(built)):
            built.queue.defer_uploads(tx.sql, slug)
        built.queue.defer_sync(tx.sql, slug)
    click.echo("Done: nothing of it can be read any more.")


def _today(built: Program) -> date:
    return built.clock().astimezone(BANGKOK).date()


def _unknown(slug: str) -> NoReturn:
    stop(f"There is no such case: see `sujarit case list --agency {slug} --all`.", 2)


def _step(case: Case, status: str) -> CaseStatus:
    """The status of this code, where a case may go to it."""
    may = [one for one in statuses(case.kind) if may_move(case, one)]
    if status not in may:
        words = ", ".join(f"{one} ({status_words(case.kind, one)})" for one in may)
        stop(f"{status} does not follow {case.status}; these do: {words}.", 2)
    return CaseStatus(status)


def _message() -> str:
    """What is written to whoever filed a case, from standard input."""
    text = sys.stdin.read(LONGEST_ANSWER + 1).strip()
    if not text or len(text) > LONGEST_ANSWER:
        stop(f"Standard input must hold the message: 1 to {LONGEST_ANSWER} characters.", 2)
    return text


def _shown(
    tx: Transaction, agency: AgencyConfig, found: Sequence[Case], today: date
) -> list[dict[str, Any]]:
    since = min((case.received_on for case in found), default=today)
    held, calendar = cases.held_back(tx), workdays.calendar(tx, today, since)
    return [
        {
            "number": case.number,
            "kind": case.kind.value,
            "kind_thai": THAI_KIND[case.kind],
            "status": case.status.value,
            "status_thai": status_words(case.kind, case.status),
            **{day: _iso(getattr(case, day)) for day in DAYS},
            **_due(agency, case, calendar, today),
            "held_back": case.number in held,
            "withdrawal_asked_on": _iso(case.withdrawal_on),
        }
        for case in found
    ]


def _due(agency: AgencyConfig, case: Case, calendar: Calendar, today: date) -> dict[str, Any]:
    """The next deadline: null where no clock runs, or the holidays of its year are not known."""
    try:
        due = next(iter(deadlines(case, agency.complaints.clocks, calendar)), None)
    except NoHolidays:
        due = None
    return {
        "next_deadline": due and due.ends.isoformat(),
        "next_duty": due and due.clock.duty,
        "overdue": due is not None and today > due.ends,
    }


def _line(row: dict[str, Any]) -> str:
    marks = [
        f"until {row['next_deadline']}" if row["next_deadline"] else "",
        "OVERDUE" if row["overdue"] else "",
        "held back" if row["held_back"] else "",
        "withdrawal asked" if row["withdrawal_asked_on"] else "",
    ]
    facts = (row["number"], row["received_on"], row["kind_thai"], row["status_thai"])
    return "  ".join([*facts, f"({row['status']})", *filter(None, marks)])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
