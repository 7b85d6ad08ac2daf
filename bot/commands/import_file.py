"""`sujarit import`."""

from pathlib import Path

import click

from bot import importing
from bot.commands.opening import agency_of, opened
from bot.commands.output import json_option, show


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", help="Enter what was read into this agency's register.")
@click.option("--dry-run", is_flag=True, help="Read and show only.")
@json_option
def command(file: Path, agency: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Read a published report's measures and scores: Word, Excel, HTML, CSV or text."""
    published = importing.read(file)
    entered = None
    if agency and not dry_run:
        built = opened()
        facts = agency_of(built, agency).facts()
        entered = importing.enter(built, facts, published)
    show(importing.as_dict(published), as_json, lambda: importing.as_text(published, entered))
