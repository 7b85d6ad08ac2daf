"""The QR picture of an invitation: for whoever has its address, for a week, and never guessed."""

from dataclasses import replace
from datetime import timedelta

import pytest
import segno
from flask.testing import FlaskClient

from bot.app import create_app
from bot.clock import freeze
from bot.invitation_picture import address, png
from bot.people_desk import chat_link
from bot.program import Program
from store import journal
from tests.bot.test_turn import _accept, _chat
from tests.bot.town import Town

AGENCY = "dongmuang"
PUBLIC = "https://sujarit.example"
LINK = chat_link("@2000000003", "ลงทะเบียน ABCD-EFGH")


@pytest.fixture
def public(made: Town) -> Program:
    """The program, at an address of its own."""
    settings = made.program.settings.model_copy(update={"public_url": PUBLIC})
    return replace(made.program, settings=settings)


@pytest.fixture
def client(public: Program) -> FlaskClient:
    return create_app(public).test_client()


def path(program: Program, agency: str = AGENCY) -> str:
    found = address(program, agency, "ABCDEFGH", program.clock())
    assert found is not None
    return found.removeprefix(PUBLIC)


def test_the_picture_is_the_link_that_types_the_code(public: Program, client: FlaskClient) -> None:
    where = path(public)
    assert "ABCD" not in where
    answer = client.get(where)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data == png(LINK)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert segno.make(LINK, error="m").version <= 12, "readable from a screen"  # type: ignore[operator]


def test_whatever_else_is_asked_for_is_the_same_404(public: Program, client: FlaskClient) -> None:
    where = path(public)
    day, token = where.rsplit("/", 1)[1].removesuffix(".png").split(".")
    wrong = [
        where.replace(AGENCY, "pathumrat"),
        where.replace(AGENCY, "nowhere"),
        where.replace(day, "2001-01-01"),
        where.replace(day, "../../cases"),
        where.replace(token, token[:-6] + "AAAAAA"),
        where.replace(token, "A" * 5000),
        where.replace(token, "ก"),
        where.replace(token, ""),
    ]
    answers = {(client.get(each).status_code) for each in wrong}
    assert answers == {404}


def test_it_is_gone_with_its_key(made: Town, public: Program, client: FlaskClient) -> None:
    where = path(public)
    later = made.program.clock() + timedelta(days=8)
    freeze(made.sandbox.clock_file, later)
    made.program.keyring.destroy_days_before(later.date())
    assert client.get(where).status_code == 404


def test_without_an_address_of_its_own_or_plain_http_there_is_none(made: Town) -> None:
    now = made.program.clock()
    for url in (None, "http://127.0.0.1:8080"):
        settings = made.program.settings.model_copy(update={"public_url": url})
        program = replace(made.program, settings=settings)
        assert address(program, AGENCY, "ABCDEFGH", now) is None


def test_a_coordinator_gets_it_in_the_chat(made: Town, public: Program) -> None:
    from bot.turn import turn

    _accept(made, "INVITE", "เชิญ กองคลัง เจ้าหน้าที่ 5 คน 7 วัน", "coordinator")
    turn(public, AGENCY, _chat(made, "coordinator"))
    kinds = [sent["message"]["type"] for sent in made.sent("coordinator")]
    assert kinds == ["text", "text", "image"]
    with made.program.database.agency(AGENCY) as tx:
        assert journal.next_waiting(tx, _chat(made, "coordinator")) is None
