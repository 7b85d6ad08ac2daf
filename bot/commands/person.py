"""`sujarit person …`: add somebody whose LINE user id is known; the rest is bot.invitations."""

import click

from bot import invitations
from bot.commands.opening import agency_of, opened
from bot.commands.output import stop
from ita.agency import Role
from store import people


@click.group("person")
def command() -> None:
    """The people of an agency."""


@command.command("add")
@click.option("--agency", required=True, help="The agency's slug.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", "units", multiple=True, help="A unit of the person; may be repeated.")
@click.argument("line_user_id")
def person_add(agency: str, role: str, units: tuple[str, ...], line_user_id: str) -> None:
    """Let the person with this LINE user id (U…) act for the agency."""
    built = opened()
    known = {unit.name for unit in agency_of(built, agency).units}
    if unknown := [unit for unit in units if unit not in known]:
        stop(f"{agency} has no unit {unknown[0]}; it has: {', '.join(sorted(known))}.", 2)
    with built.database.agency(agency) as tx:
        people.register(tx, line_user_id, Role(role), units)
    click.echo(f"Done: {role} of {agency}.")


for _command in invitations.COMMANDS:
    command.add_command(_command)
