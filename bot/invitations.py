"""`sujarit person …`: invite people, confirm who asked, take a role away, show who has one."""

import json
import re
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import click
import segno

from bot import newcomers, program, settings
from bot.agencies import AgencyConfig
from bot.invitation_picture import COMMAND
from bot.people_desk import chat_link
from bot.program import Program
from ita.agency import Role
from ita.changes import ConfirmPerson, Invite, RefusePerson, Revoke, WithdrawInvitation
from ita.invitations import (
    INVITED,
    MAX_DAYS,
    MAX_USES,
    OPERATOR,
    Invitation,
    Member,
    needs_confirmation,
    spoken,
)
from store import invitations, people
from store.invitations import LastCoordinator

PICTURES = (".png", ".svg")
REFERENCES = ("ref", "invited_by")

agency_option = click.option("--agency", "slug", required=True, help="The agency's slug.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.command("invite")
@agency_option
@click.option("--role", type=click.Choice([role.value for role in INVITED]), default="staff")
@click.option("--unit", "units", multiple=True, help="A unit of the invited; may be repeated.")
@click.option("--uses", type=click.IntRange(1, MAX_USES), default=1, show_default=True)
@click.option("--days", type=click.IntRange(1, MAX_DAYS), default=7, show_default=True)
@click.option(
    "--qr", "picture", type=click.Path(path_type=Path), help="Draw the link here: .png or .svg."
)
@json_option
def invite(
    slug: str,
    role: str,
    units: tuple[str, ...],
    uses: int,
    days: int,
    picture: Path | None,
    *,
    as_json: bool,
) -> None:
    """Make an invitation: a code, the link that types it, and the link's QR picture."""
    built, agency = _opened(slug)
    _refuse_unknown(agency, units)
    if needs_confirmation(Role(role)) and uses > 1:
        _exit(f"Whoever becomes {role} is invited one by one: leave --uses out.")
    if picture is not None and (picture.suffix not in PICTURES or agency.line.basic_id is None):
        _exit("A picture is .png or .svg, and needs line.basic_id in the agency's file.")
    now = built.clock()
    change = Invite(invitations.new_code(), Role(role), units, uses, now + timedelta(days=days))
    with built.database.agency(slug) as tx:
        invitations.apply(tx, change, OPERATOR, now)
    code = spoken(change.code)
    basic_id = agency.line.basic_id
    link = chat_link(basic_id, f"{COMMAND} {code}") if basic_id else None
    if picture is not None and link is not None:
        segno.make(link, error="m").save(str(picture), scale=8)
    answer = {
        "code": code, "link": link, "role": role, "units": units, "uses": uses,
        "expires_at": change.expires_at.isoformat(), "qr": picture and str(picture),
    }  # fmt: skip
    _print(answer, as_json, _invited(answer))


@click.command("list")
@agency_option
@json_option
def list_people(slug: str, *, as_json: bool) -> None:
    """Who has a role, who waits to be confirmed, and which invitations can still be used."""
    built, _ = _opened(slug)
    with built.database.agency(slug) as tx:
        answer = {
            "members": [_shown(one) for one in people.members(tx)],
            "waiting": [_shown(one) for one in invitations.applicants(tx)],
            "invitations": [_offer(one) for one in invitations.open_ones(tx, built.clock())],
        }
    lines = [f"{group}:\n" + "\n".join(map(_line, rows)) for group, rows in answer.items() if rows]
    _print(answer, as_json, "\n".join(lines) or "Nobody yet.")


@click.command("confirm")
@agency_option
@click.option("--refuse", is_flag=True, help="The person is not who he should be.")
@click.argument("number", type=int)
def confirm(slug: str, number: int, *, refuse: bool) -> None:
    """Let the person who told you this NUMBER have the role that he asked for."""
    built, _ = _opened(slug)
    with built.database.agency(slug) as tx:
        if all(one.number != number for one in invitations.applicants(tx)):
            _exit(f"Nobody waits under {number}: see `sujarit person list --agency {slug}`.")
        change = RefusePerson(number) if refuse else ConfirmPerson(number)
        newcomers.tell(built, tx, [change], built.clock())
        try:
            invitations.apply(tx, change, OPERATOR, built.clock())
        except LastCoordinator:
            _exit(f"{number} is the last coordinator of {slug}: confirm another one first.")
    click.echo(f"Done: {number} is {'refused' if refuse else 'confirmed'}.")


@click.command("revoke")
@agency_option
@click.option("--invitation", is_flag=True, help="NUMBER is that of an invitation.")
@click.argument("number", type=int)
def revoke(slug: str, number: int, *, invitation: bool) -> None:
    """Take the role of the member with this NUMBER away, or withdraw an invitation."""
    built, _ = _opened(slug)
    now = built.clock()
    with built.database.agency(slug) as tx:
        offers = {one.id for one in invitations.open_ones(tx, now)}
        known = number in offers if invitation else people.member(tx, number) is not None
        if not known:
            what = "invitation" if invitation else "member"
            _exit(f"There is no {what} {number}: see `sujarit person list --agency {slug}`.")
        change = WithdrawInvitation(number) if invitation else Revoke(number)
        invitations.apply(tx, change, OPERATOR, now)
    click.echo(f"Done: {number} has {'no use' if invitation else 'no role'} any more.")


COMMANDS = (invite, list_people, confirm, revoke)


def _opened(slug: str) -> tuple[Program, AgencyConfig]:
    built = program.build(settings.load())
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        _exit(f"There is no agency {slug} here; there are: {known}.")
    return built, built.agencies[slug]


def _refuse_unknown(agency: AgencyConfig, units: tuple[str, ...]) -> None:
    known = {unit.name for unit in agency.units}
    if unknown := [unit for unit in units if unit not in known]:
        names = ", ".join(sorted(known))
        _exit(f"{agency.slug} has no unit {unknown[0]}; it has: {names}.")


def _shown(one: Member) -> dict[str, Any]:
    """A member without references, which say nothing to anybody."""
    facts = {key: value for key, value in asdict(one).items() if key not in REFERENCES}
    return {**facts, "since": one.since.isoformat()}


def _offer(one: Invitation) -> dict[str, Any]:
    facts = {key: value for key, value in asdict(one).items() if key not in REFERENCES}
    return {**facts, "expires_at": one.expires_at.isoformat()}


def _line(row: dict[str, Any]) -> str:
    units = ", ".join(row["units"]) or "-"
    if "uses_left" in row:
        return f"  {row['id']}  {row['role']}  {units}  {row['uses_left']} left"
    blocked = "  blocked the account" if row["blocked"] else ""
    return f"  {row['number']}  {row['role']}  {units}{blocked}"


def _invited(answer: dict[str, Any]) -> str:
    day = re.sub("T.*", "", answer["expires_at"])
    lines = [f"{COMMAND} {answer['code']}", f"{answer['uses']} use(s) until {day}"]
    lines.append(answer["link"] or "No link: the agency's file has no line.basic_id.")
    if needs_confirmation(Role(answer["role"])):
        lines.append("Once the person has told you a number: sujarit person confirm NUMBER")
    return "\n".join(lines)


def _print(answer: object, as_json: bool, text: str) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else text)


def _exit(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
