"""`sujarit richmenu …`: draw the rich menus, and have LINE show them, each to its roles."""

import json
import sys
from dataclasses import asdict, dataclass
from typing import NoReturn

import click
from linebot.v3.messaging import RichMenuRequest

from bot import errands, program, settings
from bot.line import TIMEOUT, Line, LineError
from bot.menus import OURS, RichMenu, menus
from bot.program import Program
from store import richmenus

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: LINE's ids by menu, which of them are new, how many old ones of
    ours are gone, and how many members are shown another menu than before, as far as LINE can be
    told now; the others see theirs with their next message.
    """

    menus: dict[str, str]
    made: tuple[str, ...]
    removed: int
    members: int


def install(built: Program, slug: str) -> Installed:
    """Have LINE hold our menus as they are now, and no older ones of ours. Raises LineError.

    Again without harm, also after it was cut off: what LINE holds already stays.
    """
    line = built.line(slug)
    held = _held(line)
    ids, made = {}, []
    for menu in menus():
        known = held.pop(menu.name(), None)
        ids[menu.key] = known or _create(line, menu)
        if known is None or not _has_picture(line, known):
            _upload(line, ids[menu.key], menu)
            made.append(menu.key)
    everybody, *others = menus()
    _show_everybody(line, ids[everybody.key])
    with built.database.agency(slug) as tx:
        of_role = {role: ids[menu.key] for menu in others for role in menu.roles}
        richmenus.put_installed(tx, of_role)
        members = errands.plan_menus(built, tx)
    for old in held.values():
        _delete(line, old)
    return Installed(ids, tuple(made), len(held), members)


def _held(line: Line) -> dict[str, str]:
    """Our menus at LINE: their ids by name."""
    found = line.ask(lambda api: api.get_rich_menu_list(_request_timeout=TIMEOUT)).richmenus
    return {menu.name: menu.rich_menu_id for menu in found if menu.name.startswith(OURS)}


def _create(line: Line, menu: RichMenu) -> str:
    request = RichMenuRequest.from_dict(menu.body())
    created = line.ask(lambda api: api.create_rich_menu(request, _request_timeout=TIMEOUT))
    return str(created.rich_menu_id)


def _has_picture(line: Line, menu_id: str) -> bool:
    try:
        line.ask_files(lambda api: api.get_rich_menu_image(menu_id, _request_timeout=TIMEOUT))
    except LineError as error:
        if error.status == NOT_FOUND:
            return False
        raise
    return True


def _upload(line: Line, menu_id: str, menu: RichMenu) -> None:
    headers = {"Content-Type": "image/png"}
    line.ask_files(
        lambda api: api.set_rich_menu_image(
            menu_id, body=menu.picture(), _headers=headers, _request_timeout=TIMEOUT
        )
    )


def _show_everybody(line: Line, menu_id: str) -> None:
    line.ask(lambda api: api.set_default_rich_menu(menu_id, _request_timeout=TIMEOUT))


def _delete(line: Line, menu_id: str) -> None:
    try:
        line.ask(lambda api: api.delete_rich_menu(menu_id, _request_timeout=TIMEOUT))
    except LineError as error:
        if error.status != NOT_FOUND:
            raise


@click.group("richmenu")
def command() -> None:
    """The menus below the chat, for citizens, staff and coordinators."""


@command.command("install")
@click.option("--agency", "slug", required=True, help="The agency's slug.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def richmenu_install(slug: str, *, as_json: bool) -> None:
    """Have LINE show each role its menu. Again without harm, and after every new version."""
    built = program.build(settings.load())
    if slug not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        _exit(f"There is no agency {slug} here; there are: {known}.", 2)
    try:
        done = install(built, slug)
    except LineError as error:
        _exit(f"LINE did not take the menus ({error}): run it again, or see `sujarit doctor`.", 1)
    click.echo(json.dumps(asdict(done), indent=2) if as_json else _as_text(done))


@command.command("draw")
def richmenu_draw() -> None:
    """Draw the pictures anew, after a change of bot/richmenus/menus.toml; needs a Thai font."""
    from bot import richmenu_pictures as pictures  # noqa: PLC0415 - only drawing needs Pillow

    try:
        drawn = pictures.draw_all()
    except pictures.CannotDraw as error:
        _exit(str(error), 1)
    for path in drawn:
        click.echo(f"{path} ({path.stat().st_size // 1024} KB)")


def _as_text(done: Installed) -> str:
    states = [f"{key}: {'new' if key in done.made else 'as it was'}" for key in done.menus]
    return "\n".join(
        [*states, f"Old menus removed: {done.removed}.", f"Members to be shown: {done.members}."]
    )


def _exit(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)
