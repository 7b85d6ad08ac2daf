"""How commands show a result, and how they stop."""

import json
import sys
from collections.abc import Callable
from typing import NoReturn

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def show(result: object, as_json: bool, text: Callable[[], str]) -> None:
    """The result on standard output, for programs or for people."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else text())


def stop(sentence: str, code: int) -> NoReturn:
    """Say why on standard error, and end."""
    click.echo(sentence, err=True)
    sys.exit(code)
