"""The command line: `sujarit …`. Errors are one sentence; exit 2 for bad input, 1 for a failure."""

import json
import signal
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, BinaryIO

import click
import sqlalchemy as sa

from bot import (
    agencies,
    checking,
    doctor,
    importing,
    invitations,
    logs,
    program,
    richmenu,
    scoring,
    settings,
    sheet_commands,
    understanding,
)
from bot.program import Program
from bot.queue import QueueAway
from bot.worker import Worker
from ita.agency import Role
from ita.criteria import NoCriteria
from ita.tables import UnreadableTable
from sheets.google import SheetError
from store import migrate, people, sheet_state
from store.database import sqlstate
from store.keyring import KeyringAway

BAD_INPUT = (
    settings.BadSettings, agencies.BadAgency, UnreadableTable, NoCriteria, scoring.BadScores,
    importing.BadImport, checking.BadCheck, sheet_state.OtherSpreadsheet,
)  # fmt: skip

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
agency_option = click.option("--agency", required=True, help="The agency's slug.")


class House(click.Group):
    """Turns what our rooms raise into one sentence and the right exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; never a traceback for what a person can mend."""
        try:
            return super().main(*args, **kwargs)
        except BAD_INPUT as error:
            _exit(str(error), 2)
        except SheetError as error:
            _exit(f"Google Sheets: {error}. See docs/deploy.md, 'When the sheet refuses'.", 1)
        except migrate.NeedsSuperuser as error:
            _exit(str(error), 1)
        except (sa.exc.SQLAlchemyError, QueueAway) as error:
            _exit(_about_the_database(error), 1)
        except KeyringAway as error:
            _exit(f"The keyring does not work ({logs.code(error)}): check SUJARIT_KEYRING.", 1)
        except OSError as error:
            _exit(_about_the_machine(error), 1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours, and the sandbox's where it is installed."""
        return sorted([*super().list_commands(ctx), *_sandbox_commands()])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Ours first."""
        return super().get_command(ctx, name) or _sandbox_commands().get(name)


def _sandbox_commands() -> dict[str, click.Command]:
    """`demo` and `sandbox`: in a development checkout only; no wheel carries their code."""
    commands = {}
    for point in entry_points(group="sujarit.commands"):
        try:
            commands[point.name] = point.load()
        except ModuleNotFoundError:
            continue
    return commands


def _about_the_database(error: Exception) -> str:
    said = logs.code(error)
    if migrate.is_before(error) or sqlstate(error) in ("42P01", "42703"):  # no such table, column
        return f"The database is not ready ({said}): run `sujarit init`."
    if sqlstate(error) == "42501":
        return (
            f"The database's user may not do that ({said}): docs/deploy.md, 1, says what it needs."
        )
    if isinstance(error, sa.exc.OperationalError | sa.exc.TimeoutError | QueueAway):
        return f"The database does not answer ({said}): check DATABASE_URL."
    return f"The database refuses ({said})."


def _about_the_machine(error: OSError) -> str:
    if error.strerror and error.filename:
        return f"{error.strerror}: {error.filename}."
    return f"Something on this machine does not work ({error.strerror or logs.code(error)})."


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sujarit")
def main() -> None:
    """Sujarit: a LINE account for a Thai local government's integrity work."""
    logs.configure("WARNING")  # standard output has the result; servers say more than this


main.add_command(doctor.command)


@main.command()
def init() -> None:
    """Make or upgrade the database's tables."""
    chosen = settings.load()
    migrate.upgrade(chosen.database_url.get_secret_value(), chosen.database_schema)
    click.echo("The database is ready.")


def _server_command(name: str, help_text: str, *, with_worker: bool) -> None:
    @main.command(name, help=help_text)
    @click.option("--host", default="0.0.0.0", show_default=True)  # noqa: S104 - a server listens
    @click.option("--port", default=8080, envvar="PORT", show_default=True)
    def run(host: str, port: int) -> None:
        from bot.server import Server  # noqa: PLC0415 - gunicorn wants to be asked late

        built = _program()
        built.check(with_worker=with_worker)
        logs.configure()
        Server(built.settings, host, port, with_worker=with_worker).run()


_server_command("serve", "Run the web server and the worker in one process.", with_worker=True)
_server_command("web", "Run the web server alone.", with_worker=False)


@main.command()
def worker() -> None:
    """Run a worker alone; as many as wanted, on as many machines."""
    built = _program()
    built.check(with_worker=True)
    logs.configure()
    running = Worker(built)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: running.stop())
    running.start()
    running.wait()


main.add_command(sheet_commands.command)
main.add_command(understanding.command)
main.add_command(richmenu.command)


@main.group()
def person() -> None:
    """The people of an agency."""


@person.command("add")
@agency_option
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", "units", multiple=True, help="A unit of the person; may be repeated.")
@click.argument("line_user_id")
def person_add(agency: str, role: str, units: tuple[str, ...], line_user_id: str) -> None:
    """Let the person with this LINE user id (U…) act for the agency."""
    built = _program()
    known = {unit.name for unit in _agency(built, agency).units}
    if unknown := [unit for unit in units if unit not in known]:
        _exit(f"{agency} has no unit {unknown[0]}; it has: {', '.join(sorted(known))}.", 2)
    with built.database.agency(agency) as tx:
        people.register(tx, line_user_id, Role(role), units)
    click.echo(f"Done: {role} of {agency}.")


for _command in invitations.COMMANDS:
    person.add_command(_command)


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", help="Enter what was read into this agency's register.")
@click.option("--dry-run", is_flag=True, help="Read and show only.")
@json_option
def import_file(file: Path, agency: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Read a published report's measures and scores: Word, Excel, HTML, CSV or text."""
    published = importing.read(file)
    entered = None
    if agency and not dry_run:
        built = _program()
        facts = _agency(built, agency).facts()
        entered = importing.enter(built, facts, published)
    _print(importing.as_dict(published), as_json, lambda: importing.as_text(published, entered))


@main.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--agency", help="Check this agency's sheet, or FILE in its name.")
@json_option
def check_report(file: Path | None, agency: str | None, *, as_json: bool) -> None:
    """Look for defects in a published report, or in what stands in an agency's sheet."""
    if agency:
        checked = _checked_for(agency, file)
    elif file:
        checked = checking.check_file(file)
    else:
        raise checking.BadCheck("Name a FILE to check, or an agency with --agency.")
    _print(checking.as_dict(checked), as_json, lambda: checking.as_text(checked))


@main.command()
@click.argument("file", type=click.File("rb"))
@json_option
def score(file: BinaryIO, *, as_json: bool) -> None:
    """Work out instruments, total, level and what items are worth from FILE (JSON; - for stdin)."""
    result = scoring.score(scoring.bytes_of(file))
    _print(result, as_json, lambda: scoring.as_text(result))


def _program() -> Program:
    return program.build(settings.load())


def _checked_for(slug: str, file: Path | None) -> checking.Checked:
    built = _program()
    _agency(built, slug)
    if file is None:
        return checking.check_sheet(built, slug)
    return checking.check_file_for(built, slug, file)


def _agency(built: Program, slug: str) -> agencies.AgencyConfig:
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        _exit(f"There is no agency {slug} here; there are: {known}.", 2)
    return built.agencies[slug]


def _print(result: object, as_json: bool, text: Callable[[], str]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else text())


def _exit(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)
