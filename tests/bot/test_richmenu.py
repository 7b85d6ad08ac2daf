"""The rich menus: words that lead somewhere, pictures that can be read, each role its own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from linebot.v3.messaging import RichMenuRequest
from PIL import Image

from bot import errands
from bot import menus as menu_file
from bot.cli import main
from bot.line import LineError
from bot.menus import HEIGHT, WIDTH, Area, RichMenu, inset, menu_for, menus
from bot.queue import LEAVE, MENU
from bot.richmenu import install
from bot.richmenu_pictures import FONTS, GAP, INK, PAPER, CannotDraw, draw
from bot.tasks import wake_again
from bot.turn import turn
from handlers.desk import Event
from handlers.flex import MAX_LABEL
from handlers.router import answer
from ita.agency import Person, Role
from ita.changes import Leave, NoteBlocked, NoteWrongCode, Revoke
from store import people
from tests.bot.test_turn import _accept, _chat
from tests.bot.test_way import settle
from tests.bot.town import Town, eventually
from tests.handlers.desk_double import NOW, DeskDouble, readable, text_event

AGENCY = "dongmuang"
BUTTONS = [
    pytest.param(role, button, id=f"{role}-{button.says}")
    for role in Role
    for button in menu_for(role).buttons
]
needs_a_font = pytest.mark.skipif(
    not any(font.is_file() for font in FONTS), reason="needs a Thai font: fonts-thai-tlwg"
)


def contrast(one: str, other: str) -> float:
    """By WCAG 2: 1 to 21."""
    lights = sorted(map(_light, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def picture_of(menu: RichMenu) -> Image.Image:
    return Image.open(menu_file.FOLDER / f"{menu.key}.png")


# The file


@pytest.mark.parametrize(("role", "button"), BUTTONS)
def test_every_button_leads_its_role_somewhere(role: Role, button: menu_file.Button) -> None:
    person = Person("p-somebody", role, ("สำนักปลัด",))
    said = readable(answer(text_event(button.says), person, DeskDouble(), NOW))
    assert "ส่วนนี้เป็นของ" not in said
    assert "เป็นส่วนของเจ้าหน้าที่" not in said
    assert "ขอบคุณที่ทักมา" not in said, "the answer to what nobody understands"


@pytest.mark.parametrize("menu", menus(), ids=lambda menu: menu.key)
def test_a_menu_is_within_lines_limits(menu: RichMenu) -> None:
    assert len(menu.buttons) == 6
    assert len(menu.bar) <= 14
    assert len(menu.name()) <= 300
    for button in menu.buttons:
        assert len(button.aloud) <= MAX_LABEL
        assert len(button.says) <= 300


@pytest.mark.parametrize("menu", menus(), ids=lambda menu: menu.key)
def test_the_areas_cover_the_picture_once(menu: RichMenu) -> None:
    areas = [area for area, _ in menu.areas()]
    assert sum(area.width * area.height for area in areas) == WIDTH * HEIGHT
    assert {(area.x, area.y) for area in areas} == {
        (x, y) for x in (0, 833, 1666) for y in (0, 843)
    }


def test_every_role_has_one_menu() -> None:
    assert sorted(role for menu in menus() for role in menu.roles) == sorted(Role)
    assert menus()[0].roles == (Role.CITIZEN,)


# The pictures


@pytest.mark.parametrize("menu", menus(), ids=lambda menu: menu.key)
def test_a_picture_is_of_this_menu_and_within_lines_limits(menu: RichMenu) -> None:
    picture = picture_of(menu)
    assert picture.info["drawn"] == menu.drawn(), "run `sujarit richmenu draw` and look at it"
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(menu.picture()) <= 1_000_000


@pytest.mark.parametrize("menu", menus(), ids=lambda menu: menu.key)
def test_words_can_be_read_on_their_ground(menu: RichMenu) -> None:
    assert contrast(INK, PAPER) >= 4.5
    assert contrast(menu.colour, PAPER) >= 4.5


@pytest.mark.parametrize("menu", menus(), ids=lambda menu: menu.key)
def test_no_letter_reaches_the_edge_of_its_tile(menu: RichMenu) -> None:
    """Vowels and tone marks stand above and below their letters: none is cut off."""
    picture = picture_of(menu).convert("RGB")
    for area, _ in menu.areas():
        tile = inset(area, GAP + 1)
        for strip in edges(tile, 24):
            colours = picture.crop(strip).getcolors()
            assert colours is not None
            assert len(colours) == 1


def edges(tile: Area, width: int) -> list[tuple[int, int, int, int]]:
    """Strips along the inside of a tile, without its round corners."""
    corner = 70
    left, top, right, bottom = tile.x, tile.y, tile.x + tile.width, tile.y + tile.height
    return [
        (left + corner, top, right - corner, top + width),
        (left + corner, bottom - width, right - corner, bottom),
        (left, top + corner, left + width, bottom - corner),
        (right - width, top + corner, right, bottom - corner),
    ]


@needs_a_font
def test_a_label_that_is_too_long_is_not_drawn_smaller_and_smaller() -> None:
    menu = menus()[0]
    long = replace(menu.buttons[0], label="ร้องเรียนเจ้าหน้าที่ผู้ปฏิบัติงาน")
    with pytest.raises(CannotDraw, match="too long"):
        draw(replace(menu, buttons=(long, *menu.buttons[1:])))


# At LINE


def run(*arguments: str, env: dict[str, str]) -> Result:
    return CliRunner().invoke(main, arguments, env=env, catch_exceptions=False)


def held(town: Town) -> Any:
    return town.sandbox.line.state(AGENCY).menus


def seen_by(town: Town, person: str) -> str:
    """The key of the menu that a person is shown."""
    menus_there = held(town)
    shown = menus_there.links.get(town.user_id(person)) or menus_there.default
    return str(menus_there.menus[shown].body["name"]).split(":")[1]


def register(town: Town, person: str, role: Role) -> None:
    with town.program.database.agency(AGENCY) as tx:
        people.register(tx, town.user_id(person), role, ["สำนักปลัด"])


def test_install_and_install_again(made: Town) -> None:
    env = dict(made.environment)
    first = json.loads(run("richmenu", "install", "--agency", AGENCY, "--json", env=env).stdout)
    assert first["made"] == ["citizen", "staff", "coordinator"]
    assert held(made).default == first["menus"]["citizen"]
    assert all(
        one.image == menu.picture()
        for one, menu in zip(held(made).menus.values(), menus(), strict=True)
    )

    again = run("richmenu", "install", "--agency", AGENCY, env=env)
    assert "staff: as it was" in again.stdout
    assert {*held(made).menus} == {*first["menus"].values()}


def test_an_installation_that_was_cut_off_is_finished(made: Town) -> None:
    """LINE makes the menu and does not take the picture: without one nobody can be shown it."""
    made.fault("line", "richmenu_image", "503", times=2)
    with pytest.raises(LineError):
        install(made.program, AGENCY)
    with pytest.raises(LineError):
        install(made.program, AGENCY)
    done = install(made.program, AGENCY)
    assert len(held(made).menus) == 3
    assert held(made).default == done.menus["citizen"]


def test_other_words_replace_a_menu_and_nobody_elses_is_touched(
    made: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = made.program.line(AGENCY)
    foreign = {**menus()[0].body(), "name": "ของกองคลัง"}
    line.ask(lambda api: api.create_rich_menu(RichMenuRequest.from_dict(foreign)))
    before = install(made.program, AGENCY).menus
    changed = [replace(menu, bar="เมนูใหม่") if menu.key == "staff" else menu for menu in menus()]
    monkeypatch.setattr("bot.richmenu.menus", lambda: tuple(changed))
    after = install(made.program, AGENCY)
    assert (after.made, after.removed) == (("staff",), 1)
    assert after.menus["citizen"] == before["citizen"]
    assert before["staff"] not in held(made).menus
    assert "ของกองคลัง" in {one.body["name"] for one in held(made).menus.values()}


def test_members_see_the_menu_of_their_role_from_their_next_message(town: Town) -> None:
    install(town.program, AGENCY)
    for person in ("clerk", "citizen"):
        town.say(person, "ช่วยเหลือ")
    eventually(lambda: seen_by(town, "clerk") == "staff", "the clerk has the staff's menu")
    settle(town)
    assert seen_by(town, "citizen") == "citizen"
    assert town.user_id("citizen") not in held(town).links


def test_a_role_that_changes_changes_the_menu_and_whoever_leaves_sees_everybodys(
    town: Town,
) -> None:
    install(town.program, AGENCY)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: seen_by(town, "clerk") == "staff", "the staff's menu")
    register(town, "clerk", Role.COORDINATOR)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: seen_by(town, "clerk") == "coordinator", "the coordinators' menu")
    with town.program.database.agency(AGENCY) as tx:
        people.remove(tx, people.find(tx, town.user_id("clerk")).ref)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: town.user_id("clerk") not in held(town).links, "everybody's menu")
    eventually(lambda: links(town) == 0, "nothing is kept of him")


def test_a_role_that_somebody_else_takes_away_changes_the_menu_at_once(town: Town) -> None:
    install(town.program, AGENCY)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: seen_by(town, "clerk") == "staff", "the staff's menu")
    with town.program.database.agency(AGENCY) as tx:
        clerk = people.find(tx, town.user_id("clerk"))
        (number,) = [one.number for one in people.members(tx) if one.ref == clerk.ref]
        people.remove(tx, clerk.ref)
        coordinator = people.find(tx, town.user_id("coordinator"))
        chat = town.program.keyring.reference(AGENCY, "chat", town.user_id("coordinator"))
        pressed = Event("postback", NOW)
        who = town.user_id("coordinator")
        errands.plan(town.program, tx, pressed, coordinator, chat, who, (Revoke(number),))
    eventually(lambda: town.user_id("clerk") not in held(town).links, "everybody's menu")


def test_nobody_elses_menu_is_asked_for_where_no_role_changes(made: Town) -> None:
    """A wrong code, of which a stranger may type many, costs no job for each member."""
    install(made.program, AGENCY)
    _accept(made, "MENU", "ช่วยเหลือ")
    turn(made.program, AGENCY, _chat(made, "clerk"))  # no worker links it: it stays stale
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("DELETE FROM procrastinate_jobs"))
        stranger, clerk = Person("p-stranger"), people.find(tx, made.user_id("clerk"))
        for change in (NoteWrongCode("p-stranger"), NoteBlocked("p-stranger", blocked=True)):
            errands.plan(made.program, tx, Event("message", NOW), stranger, "c", "U", (change,))
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs")) == 0
        errands.plan(
            made.program, tx, Event("message", NOW), stranger, "c", "U", (Leave(clerk.ref),)
        )
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs")) == 1


def test_of_whoever_leaves_nothing_is_kept_where_no_menus_are(town: Town) -> None:
    town.say("clerk", "ช่วยเหลือ")
    settle(town)
    assert links(town) == 1
    town.say("clerk", "ออกจากระบบ")
    settle(town)
    with town.program.database.agency(AGENCY) as tx:
        clerk = people.find(tx, town.user_id("clerk"))
        people.remove(tx, clerk.ref)
        errands.plan(town.program, tx, Event("message", NOW), clerk, "c", "U", (Leave(clerk.ref),))
    assert links(town) == 0


@pytest.mark.parametrize("task", [MENU, LEAVE])
def test_what_a_dead_worker_was_at_is_done_by_another(made: Town, task: str) -> None:
    wake_again(made.program, task, {"agency": AGENCY, "chat": "c", "tries": "3"})
    with made.program.database.house() as sql:
        jobs = sa.text("SELECT args FROM procrastinate_jobs WHERE task_name = :name")
        (arguments,) = sql.execute(jobs, {"name": f"sujarit:{task}"}).scalars()
    assert arguments == {"agency": AGENCY, "chat": "c", "tries": "3"}


def links(town: Town) -> int:
    with town.program.database.agency(AGENCY) as tx:
        return int(tx.sql.scalar(sa.text("SELECT count(*) FROM menu_link")) or 0)


def test_whoever_wrote_before_the_menus_came_is_shown_his_at_once(town: Town) -> None:
    town.say("clerk", "ช่วยเหลือ")
    settle(town)
    assert install(town.program, AGENCY).members == 1
    eventually(lambda: seen_by(town, "clerk") == "staff", "the clerk has the staff's menu")


@pytest.mark.long
@pytest.mark.parametrize("fault", ["503", "429", "applied_then_503", "drop_after"])
def test_a_link_that_fails_is_made_later(town: Town, fault: str) -> None:
    install(town.program, AGENCY)
    town.fault("line", "richmenu_link", fault)
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: links_settled(town), "LINE was asked again and it is remembered")
    assert seen_by(town, "clerk") == "staff"


def links_settled(town: Town) -> bool:
    with town.program.database.agency(AGENCY) as tx:
        return bool(tx.sql.scalar(sa.text("SELECT bool_and(line_id <> '') FROM menu_link")))


def test_no_job_names_anybody(made: Town) -> None:
    """What stands in the queue's table is a reference, not a LINE user id."""
    install(made.program, AGENCY)
    _accept(made, "MENU", "ช่วยเหลือ")
    turn(made.program, AGENCY, _chat(made, "clerk"))
    with made.program.database.house() as sql:
        jobs = sql.execute(sa.text("SELECT args::text FROM procrastinate_jobs")).scalars().all()
    assert any('"tries"' in job for job in jobs)
    assert not any(made.user_id("clerk") in job for job in jobs)


def test_bad_input_gets_one_sentence(made: Town) -> None:
    env = dict(made.environment)
    unknown = run("richmenu", "install", "--agency", "nowhere", env=env)
    assert (unknown.exit_code, len(unknown.stderr.strip().splitlines())) == (2, 1)
    made.fault("line", "richmenu", "503")
    away = run("richmenu", "install", "--agency", AGENCY, env=env)
    assert (away.exit_code, len(away.stderr.strip().splitlines())) == (1, 1)
