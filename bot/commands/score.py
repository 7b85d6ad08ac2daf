"""`sujarit score`."""

from typing import BinaryIO

import click

from bot import scoring
from bot.commands.output import json_option, show


@click.command("score")
@click.argument("file", type=click.File("rb"))
@json_option
def command(file: BinaryIO, *, as_json: bool) -> None:
    """Work out instruments, total, level and what items are worth from FILE (JSON; - for stdin)."""
    result = scoring.score(scoring.bytes_of(file))
    show(result, as_json, lambda: scoring.as_text(result))
