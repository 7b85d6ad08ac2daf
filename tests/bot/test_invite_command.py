"""`sujarit person …`: what the operator does when no coordinator can."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from ita.agency import Person, Role
from ita.changes import Join
from ita.invitations import read_code
from store import invitations, people
from tests.bot.town import Town

AGENCY = ("--agency", "dongmuang")


def run(made: Town, *arguments: str, agency: tuple[str, str] = AGENCY) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(main, ["person", command, *agency, *rest], env=dict(made.environment))


def answered(made: Town, *arguments: str) -> Any:
    result = run(made, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    (sentence,) = result.stderr.strip().splitlines()
    return sentence


def test_an_invitation_is_a_code_a_link_and_a_picture(made: Town, tmp_path: Path) -> None:
    picture = tmp_path / "invitation.png"
    answer = answered(made, "invite", "--unit", "กองคลัง", "--uses", "3", "--qr", str(picture))
    code = read_code(answer["code"])
    assert code is not None
    assert answer["link"].startswith("https://line.me/R/oaMessage/%402000000003/?")
    assert unquote(answer["link"]).endswith(f"/?ลงทะเบียน {answer['code']}")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 1_000_000
    with made.program.database.agency("dongmuang") as tx:
        offer = invitations.by_code(tx, code, made.program.clock())
    assert offer is not None
    assert (offer.role, offer.units, offer.uses_left) == (Role.STAFF, ("กองคลัง",), 3)


def test_the_operator_confirms_refuses_and_revokes_by_number(made: Town) -> None:
    code = read_code(answered(made, "invite", "--role", "officer")["code"]) or ""
    now = made.program.clock()
    with made.program.database.agency("dongmuang") as tx:
        offer = invitations.by_code(tx, code, now)
        assert offer is not None
        invitations.apply(tx, Join("p-new", offer.id, 4821), "p-new", now)
    (waiting,) = answered(made, "list")["waiting"]
    assert (waiting["number"], waiting["role"]) == (4821, "officer")
    assert "ref" not in waiting
    assert run(made, "confirm", "4821").exit_code == 0
    assert role(made) is Role.OFFICER
    assert "4821" in refused(run(made, "confirm", "4821"))
    assert "4821  officer" in run(made, "list").stdout
    assert run(made, "revoke", "4821").exit_code == 0
    assert role(made) is Role.CITIZEN
    assert "4821" in refused(run(made, "revoke", "4821"))


def test_a_refused_person_gets_nothing(made: Town) -> None:
    with made.program.database.agency("dongmuang") as tx:
        code = read_code(answered(made, "invite", "--role", "coordinator")["code"]) or ""
        now = made.program.clock()
        offer = invitations.by_code(tx, code, now)
        assert offer is not None
        invitations.apply(tx, Join("p-new", offer.id, 4821), "p-new", now)
    assert run(made, "confirm", "--refuse", "4821").exit_code == 0
    assert answered(made, "list")["waiting"] == []
    assert role(made) is Role.CITIZEN


def test_an_invitation_is_withdrawn(made: Town) -> None:
    answered(made, "invite")
    (offer,) = answered(made, "list")["invitations"]
    assert run(made, "revoke", "--invitation", str(offer["id"])).exit_code == 0
    assert answered(made, "list")["invitations"] == []
    assert "no invitation" in refused(run(made, "revoke", "--invitation", str(offer["id"])))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unit", "กองลับ"), "กองลับ"),
        (("--role", "executive", "--uses", "2"), "one by one"),
        (("--qr", "picture.exe"), ".png"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_made(
    made: Town, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(run(made, "invite", *arguments))
    assert answered(made, "list")["invitations"] == []
    assert run(made, "invite", "--days", "400").exit_code == 2
    assert "no agency nowhere" in refused(run(made, "invite", agency=("--agency", "nowhere")))


def role(made: Town) -> Role:
    with made.program.database.agency("dongmuang") as tx:
        known: Person = people.known_as(tx, "p-new")
    return known.role
