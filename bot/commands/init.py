"""`sujarit init`."""

import click

from bot import settings
from store import migrate


@click.command("init")
def command() -> None:
    """Make or upgrade the database's tables."""
    chosen = settings.load()
    migrate.upgrade(chosen.database_url.get_secret_value(), chosen.database_schema)
    click.echo("The database is ready.")
