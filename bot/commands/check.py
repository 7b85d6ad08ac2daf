"""`sujarit check`."""

from pathlib import Path

import click

from bot import checking
from bot.commands.opening import agency_of, opened
from bot.commands.output import json_option, show


@click.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--agency", help="Check this agency's sheet, or FILE in its name.")
@json_option
def command(file: Path | None, agency: str | None, *, as_json: bool) -> None:
    """Look for defects in a published report, or in what stands in an agency's sheet."""
    if agency:
        checked = _checked_for(agency, file)
    elif file:
        checked = checking.check_file(file)
    else:
        raise checking.BadCheck("Name a FILE to check, or an agency with --agency.")
    show(checking.as_dict(checked), as_json, lambda: checking.as_text(checked))


def _checked_for(slug: str, file: Path | None) -> checking.Checked:
    built = opened()
    agency_of(built, slug)
    if file is None:
        return checking.check_sheet(built, slug)
    return checking.check_file_for(built, slug, file)
