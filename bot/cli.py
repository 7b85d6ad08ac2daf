"""The command line: `sujarit …`. Errors are one sentence; exit 2 for bad input, 1 for a failure.

The code of a command is imported when somebody asks for that command: all of it takes seconds.
"""

import sys
from importlib.metadata import entry_points
from pkgutil import resolve_name
from typing import Any

import click

COMMANDS = {
    "case": (
        "bot.commands.case:command",
        "The complaints of an agency, outside their seals.",
    ),
    "check": (
        "bot.commands.check:command",
        "Look for defects in a published report, or in what stands in an agency's sheet.",
    ),
    "doctor": (
        "bot.doctor:command",
        "Say what is wrong and what to do; exit 1 if anything is.",
    ),
    "import": (
        "bot.commands.import_file:command",
        "Read a published report's measures and scores: Word, Excel, HTML, CSV or text.",
    ),
    "init": ("bot.commands.init:command", "Make or upgrade the database's tables."),
    "person": ("bot.commands.person:command", "The people of an agency."),
    "richmenu": (
        "bot.richmenu:command",
        "The menus below the chat, for citizens, staff and coordinators.",
    ),
    "score": (
        "bot.commands.score:command",
        "Work out instruments, total, level and what items are worth from FILE"
        " (JSON; - for stdin).",
    ),
    "serve": ("bot.commands.servers:serve", "Run the web server and the worker in one process."),
    "sheet": (
        "bot.sheet_commands:command",
        "The Google spreadsheet that the coordinators share.",
    ),
    "understand": (
        "bot.understanding:command",
        "Show what the bot makes of TEXT, and do nothing.",
    ),
    "web": ("bot.commands.servers:web", "Run the web server alone."),
    "worker": (
        "bot.commands.servers:worker",
        "Run a worker alone; as many as wanted, on as many machines.",
    ),
}
"""Where each stands, and what the list of them says of it."""


class House(click.Group):
    """Turns what our rooms raise into one sentence and the right exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; never a traceback for what a person can mend."""
        try:
            return super().main(*args, **kwargs)
        except Exception as error:
            from bot.commands.refusals import refusal  # noqa: PLC0415 - it imports all that raises

            refused = refusal(error)
            if refused is None:
                raise
            sentence, code = refused
            click.echo(sentence, err=True)
            sys.exit(code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours, and the sandbox's where it is installed."""
        return sorted([*COMMANDS, *_sandbox_commands()])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Ours first."""
        if name not in COMMANDS:
            return _sandbox_commands().get(name)
        place, _ = COMMANDS[name]
        command: click.Command = resolve_name(place)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing what is listed."""
        listed = _sandbox_commands()
        listed |= {name: click.Command(name, help=says) for name, (_, says) in COMMANDS.items()}
        room = formatter.width - 6 - max(map(len, listed))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, listed[name].get_short_help_str(room)) for name in sorted(listed)]
            )


def _sandbox_commands() -> dict[str, click.Command]:
    """`demo` and `sandbox`: in a development checkout only; no wheel carries their code."""
    commands = {}
    for point in entry_points(group="sujarit.commands"):
        try:
            commands[point.name] = point.load()
        except ModuleNotFoundError:
            continue
    return commands


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sujarit")
def main() -> None:
    """Sujarit: a LINE account for a Thai local government's integrity work."""
    from bot import logs  # noqa: PLC0415 - not for --help and --version

    logs.configure("WARNING")  # standard output has the result; servers say more than this
