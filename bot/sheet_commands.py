"""`sujarit sheet …`: furnish, mend and move the coordinators' spreadsheet; try Google out."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import NoReturn

import click

from bot import agencies, program, settings
from bot.agencies import AgencyConfig
from bot.program import Program
from sheets import moving, proof
from sheets.contract import Verdict, ask_google
from sheets.contract_asks import ASSUMPTIONS, GROUPS, by_hand
from sheets.install import InstallReport, everything, install, questions
from sheets.lacks import Lack, sentence
from sheets.layout import BY_KEY
from sheets.moving import Move
from sheets.sharing import Sharing, check_sharing
from store import sheet_state
from store.sheet_state import OtherSpreadsheet

MOST_SHOWN = 20
"""Cells that are named before a move; the rest is counted."""

agency_option = click.option("--agency", "slug", required=True, help="The agency's slug.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
yes_option = click.option("--yes", is_flag=True, help="Agree to everything that would be asked.")


@click.group("sheet")
def command() -> None:
    """The Google spreadsheet that the coordinators share."""


@command.command("install")
@agency_option
@yes_option
@click.option("--move", "to_move", is_flag=True, help="Its file names another spreadsheet now.")
@click.option("--confirm", "to_confirm", is_flag=True, help="Somebody typed the code: look.")
@json_option
def sheet_install(slug: str, *, yes: bool, to_move: bool, to_confirm: bool, as_json: bool) -> None:
    """Make what the spreadsheet lacks, put back what was taken out, adopt what people kept there.

    Asks before anything is put back or adopted. Again without harm.
    """
    built = program.build(settings.load())
    agency = _agency(built, slug)
    if to_move:
        _move(built, agency, yes=yes)
    if to_confirm:
        _confirm(built, agency)
    book, year = agency.sheet.spreadsheet_id, agency.fiscal_year
    may = _agreed(built, agency, yes=yes)
    report = install(built.database, built.google, slug, book, may=may, fiscal_year=year)
    sharing = check_sharing(built.google, book, agency.sheet.people)
    if as_json:
        both = {**asdict(report), "sharing": asdict(sharing)}
        click.echo(json.dumps(both, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*_said(report), *_shared(sharing)]))


@command.command("contract")
@click.option("--spreadsheet", "spreadsheet_id", help="The id of one that may be tried on.")
@click.option("--interactive", is_flag=True, help="Also ask you to sort in the browser.")
@json_option
def sheet_contract(spreadsheet_id: str | None, *, interactive: bool, as_json: bool) -> None:
    """Ask Google itself what we assume of it, in a scratch tab that is removed afterwards.

    Exit 1 if something that the program rests on does not hold.
    """
    built = program.build(settings.load())
    if spreadsheet_id is None:
        account = built.google.email or "the machine's account"
        _exit(
            f"Make an empty spreadsheet, share it, as editor, with {account}, and say its id:"
            " --spreadsheet ID.",
            2,
        )
    groups = [*GROUPS, *([by_hand(_by_hand)] if interactive else [])]
    found, left = ask_google(built.google, spreadsheet_id, ASSUMPTIONS, groups)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            seen = f" [{one.seen}]" if one.seen else ""
            click.echo(f"{one.verdict:<18} {one.says}{seen}  ({one.rests})")
    if left:
        click.echo(left, err=True)
    click.get_current_context().exit(any(one.verdict is Verdict.FAILS for one in found))


def _by_hand(what: str) -> str:
    """Have the operator do something in the browser."""
    answer: str = click.prompt(what, default="", show_default=False, err=True)
    return answer


def _agreed(built: Program, agency: AgencyConfig, *, yes: bool) -> Callable[[Lack], bool]:
    """What may be put back: everything, or what was shown and agreed to."""
    book, year = agency.sheet.spreadsheet_id, agency.fiscal_year
    try:
        asked = questions(built.database, built.google, agency.slug, book, year)
    except OtherSpreadsheet as error:
        raise OtherSpreadsheet(f"{error} Or move the agency to the other one: --move.") from None
    if yes:
        return everything
    shown = [sentence(lack, BY_KEY[lack.tab]) for lack in asked]
    agreed = bool(asked) and _ask(shown, "Do all this?")
    return frozenset(asked if agreed else ()).__contains__


def _move(built: Program, agency: AgencyConfig, *, yes: bool) -> None:
    """Show what a move would do; do it once that is agreed to."""
    parts = (built.database, built.google, agency.slug, agency.sheet.spreadsheet_id)
    if not yes and not _ask(_of_move(moving.look(*parts)), "Move the agency there?"):
        _exit("Nothing was moved: put the old spreadsheet_id back into the agency's file.", 1)
    moving.move(*parts)


def _confirm(built: Program, agency: AgencyConfig) -> None:
    """Exit 1 while the code does not stand in the sheet; no new one is issued."""
    with built.database.agency(agency.slug) as tx:
        sheet = sheet_state.load(tx)
    if sheet is None or not proof.is_confirmed(built.database, built.google, agency.slug, sheet):
        _exit("The code is not there, or too old: without --confirm you get a new one.", 1)


def _ask(shown: Sequence[str], question: str) -> bool:
    """Show, and ask the operator; exit 2 where there is nobody to ask."""
    for line in shown:
        click.echo(line, err=True)
    if not _in_terminal():
        _exit("Nothing was done: say --yes to agree, or run this in a terminal.", 2)
    return click.confirm(question, err=True)


def _in_terminal() -> bool:
    return sys.stdin.isatty()


def _of_move(move: Move) -> list[str]:
    lines = [
        f"{move.recognised} rows stand there already; {move.written} do not and will be written.",
        "The old spreadsheet will never be written again.",
    ]
    for cells, what in (
        (move.taken, "people's words there will be taken into the register"),
        (move.overwritten, "words there will be replaced by the register's"),
    ):
        lines += [f"{len(cells)} {what}:"] if cells else []
        lines += [f"  {said}" for said in cells[:MOST_SHOWN]]
    return lines


def _said(report: InstallReport) -> list[str]:
    """What an installation did, for people."""
    lines = [f"Made: {', '.join(report.made)}."] if report.made else []
    lines += [f"Added: {said}" for said in report.added]
    lines += [f"Put back: {said}" for said in report.mended]
    lines += [f"Left as it is: {said}" for said in report.left]
    if report.adopted or report.unclear:
        lines.append(
            f"Adopted: {report.adopted} rows that people wrote; {report.unclear} are not clear"
            f" and stand in “{BY_KEY['doubts'].title}”."
        )
    if report.code:
        lines += [
            f"Code: {report.code}",
            f"Have a coordinator type it into an empty cell of the tab “{report.code_tab}”, within"
            " 24 hours, to prove that this spreadsheet is the agency's. Until then no measure and"
            " no case is written there. Afterwards run this again.",
        ]
    return lines or ["Nothing was lacking."]


def _shared(sharing: Sharing) -> list[str]:
    lines = [f"Warning: {said}." for said in sharing.warnings]
    if sharing.unchecked:
        lines.append(f"Not checked with whom it is shared: {sharing.unchecked}.")
    return lines


def _agency(built: Program, slug: str) -> AgencyConfig:
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        raise agencies.BadAgency(f"There is no agency {slug} here; there are: {known}.")
    return built.agencies[slug]


def _exit(sentence_: str, code: int) -> NoReturn:
    click.echo(sentence_, err=True)
    sys.exit(code)
