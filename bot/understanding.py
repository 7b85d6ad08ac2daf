"""`sujarit understand`: what the bot makes of a text. It stores, changes and logs nothing of it."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import click

from bot import agencies, program, settings
from handlers.events import BANGKOK
from handlers.understanding import Ask, Facts, Understood, understand
from ita.agency import Role
from store import register

FROM_STDIN = "-"
LONGEST_LINE = 100_000
_ROLES = [role.value for role in Role]


class BadLine(ValueError):
    """A line that asks nothing that could be answered: one sentence that says what is wrong."""


@click.command("understand")
@click.option("--agency", "slug", required=True, help="The agency's slug.")
@click.option("--role", type=click.Choice(_ROLES), default=Role.CITIZEN.value, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--unit", "units", multiple=True, help="A unit of the writer's; may be repeated.")
@click.argument("text")
def command(slug: str, role: str, text: str, units: tuple[str, ...], *, as_json: bool) -> None:
    """Show what the bot makes of TEXT, and do nothing.

    With - as TEXT it reads JSON lines like {"text": "…", "role": "staff"} from standard input and
    answers each with a line of JSON.
    """
    facts = _facts(slug, units)
    if text == FROM_STDIN:
        sys.exit(_answer_lines(sys.stdin.buffer, Role(role), facts))
    answer = as_dict(understand(text, Role(role), facts))
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else as_text(answer))


def as_dict(understood: Understood) -> dict[str, Any]:
    """As `--json` prints it; dates are ISO, CE."""
    return {
        "topic": understood.topic.value,
        "measures": [
            {
                "number": told.measure.number,
                "status": told.status.value if told.status else None,
                "percent": told.percent,
                "date": told.day.isoformat() if told.day else None,
                "links": list(told.links),
            }
            for told in understood.measures
            if told.measure
        ],
        "ask": _asked(understood.ask),
    }


def as_text(answer: dict[str, Any]) -> str:
    """The same for people."""
    lines = [answer["topic"]]
    for told in answer["measures"]:
        said = (told["status"], _percent(told["percent"]), told["date"], *told["links"])
        lines.append(" ".join(["measure", str(told["number"]), *filter(None, said)]))
    if answer["ask"]:
        choices = ", ".join(map(str, answer["ask"]["choices"]))
        lines.append(f"ask {answer['ask']['what']}" + (f": {choices}" if choices else ""))
    return "\n".join(lines)


def _percent(percent: int | None) -> str:
    return "" if percent is None else f"{percent}%"


def _asked(ask: Ask | None) -> dict[str, Any] | None:
    return {"what": ask.what, "choices": list(ask.choices)} if ask else None


def _facts(slug: str, units: Sequence[str]) -> Facts:
    built = program.build(settings.load())
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        raise agencies.BadAgency(f"There is no agency {slug} here; there are: {known}.")
    _check_units(built.agencies[slug], units)
    with built.database.agency(slug) as tx:
        measures = register.measures(tx, built.agencies[slug].fiscal_year)
    today = built.clock().astimezone(BANGKOK).date()
    built.database.close()
    return Facts(tuple(measures), today, tuple(units))


def _check_units(agency: agencies.AgencyConfig, units: Sequence[str]) -> None:
    known = [unit.name for unit in agency.units]
    for unit in units:
        if unit not in known:
            raise agencies.BadAgency(
                f"There is no unit {unit} here; there are: {', '.join(known)}."
            )


def _answer_lines(lines: BinaryIO, role: Role, facts: Facts) -> int:
    """Answer each line as it comes; the exit code is 2 where one could not be."""
    code = 0
    for number, line in enumerate(_lines(lines), start=1):
        try:
            answer = as_dict(understand(*_question(line, role), facts))
        except BadLine as error:
            answer = {"error": str(error)}
            click.echo(f"Line {number}: {error}", err=True)
            code = 2
        click.echo(json.dumps(answer, ensure_ascii=False))
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines that are not empty; of one that is too long, as much as shows that."""
    while line := stream.readline(LONGEST_LINE + 1):
        longest = line
        while len(longest) > LONGEST_LINE and not longest.endswith(b"\n"):
            longest = stream.readline(LONGEST_LINE + 1)
            if not longest:
                break
        if line.strip():
            yield line


def _question(line: bytes, role: Role) -> tuple[str, Role]:
    if len(line) > LONGEST_LINE:
        raise BadLine(f"a line may have {LONGEST_LINE:,} bytes.")
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise BadLine('a line looks like {"text": "ม3 80%", "role": "staff"}.')
    named = asked.get("role", role.value)
    if named not in _ROLES:
        raise BadLine(f'"role" is one of {", ".join(_ROLES)}.')
    return asked["text"], Role(named)
