"""The rich menus as they are written in richmenus/menus.toml, and as LINE takes them."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from ita.agency import Role

FOLDER: Final = Path(__file__).parent / "richmenus"
WIDTH, HEIGHT = 2500, 1686
"""LINE's largest menu, in pixels of the picture."""
COLUMNS, ROWS = 3, 2
OURS: Final = "sujarit:"
"""What the name of each menu of ours begins with; nobody but the account's owner sees it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Button:
    """What is read on a button, what a tap writes, its drawing, what a screen reader says."""

    label: str
    says: str
    icon: str
    spoken: str = ""

    @property
    def aloud(self) -> str:
        """The label as LINE reads it to whoever does not see the picture."""
        return self.spoken or " ".join(self.label.split())


@dataclass(frozen=True, slots=True)
class RichMenu:
    """One menu: `key` is its table in the file, `bar` what stands on the bar below the chat."""

    key: str
    roles: tuple[Role, ...]
    bar: str
    colour: str
    buttons: tuple[Button, ...]

    def areas(self) -> list[tuple[Area, Button]]:
        """Each button with its place, row by row; together they cover the picture."""
        return [(_area(place), button) for place, button in enumerate(self.buttons)]

    def drawn(self) -> str:
        """By what is drawn on it: the picture carries it, so that a stale one is noticed."""
        seen = [[button.label, button.icon] for button in self.buttons]
        return _digest(json.dumps([self.colour, seen], ensure_ascii=False).encode())

    def picture(self) -> bytes:
        """The picture as it was drawn last."""
        return (FOLDER / f"{self.key}.png").read_bytes()

    def name(self) -> str:
        """By all that LINE holds of it, so that two menus with one name are the same."""
        body = json.dumps(self._body(), ensure_ascii=False, sort_keys=True).encode()
        return f"{OURS}{self.key}:{_digest(body + self.picture())}"

    def body(self) -> dict[str, Any]:
        """As LINE takes it."""
        return {**self._body(), "name": self.name()}

    def _body(self) -> dict[str, Any]:
        return {
            "size": {"width": WIDTH, "height": HEIGHT},
            "selected": True,
            "chatBarText": self.bar,
            "areas": [
                {
                    "bounds": asdict(area),
                    "action": {"type": "message", "label": button.aloud, "text": button.says},
                }
                for area, button in self.areas()
            ],
        }


@cache
def menus() -> tuple[RichMenu, ...]:
    """All of them; the first is the one for whoever has no other."""
    tables = tomllib.loads((FOLDER / "menus.toml").read_text(encoding="utf-8"))
    return tuple(_menu(key, table) for key, table in tables.items())


def menu_for(role: Role) -> RichMenu:
    """The menu of a role."""
    return next(menu for menu in menus() if role in menu.roles)


def inset(area: Area, by: int) -> Area:
    """The area without a margin of `by` pixels on each side."""
    return replace(
        area,
        x=area.x + by,
        y=area.y + by,
        width=area.width - 2 * by,
        height=area.height - 2 * by,
    )


def _menu(key: str, table: dict[str, Any]) -> RichMenu:
    roles = tuple(Role(role) for role in table["roles"])
    buttons = tuple(Button(**button) for button in table["buttons"])
    return RichMenu(key, roles, table["bar"], table["colour"], buttons)


def _area(place: int) -> Area:
    """Neighbours share their edges, so no tap falls between two."""
    row, column = divmod(place, COLUMNS)
    left, right = column * WIDTH // COLUMNS, (column + 1) * WIDTH // COLUMNS
    top, bottom = row * HEIGHT // ROWS, (row + 1) * HEIGHT // ROWS
    return Area(left, top, right - left, bottom - top)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
