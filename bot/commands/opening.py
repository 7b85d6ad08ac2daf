"""The program that a command works with, and the agency that it names."""

from bot import program, settings
from bot.agencies import AgencyConfig
from bot.commands.output import stop
from bot.program import Program


def opened() -> Program:
    """The program that the environment asks for. Raises BadSettings and BadAgency."""
    return program.build(settings.load())


def agency_of(built: Program, slug: str) -> AgencyConfig:
    """The agency of this name; exit 2 where there is none."""
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        stop(f"There is no agency {slug} here; there are: {known}.", 2)
    return built.agencies[slug]
