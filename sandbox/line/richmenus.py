"""Rich menus of one channel: the menus, their images, who sees which."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Menu:
    """A rich menu as it was created; without an image nobody can be shown it."""

    body: dict[str, Any]
    image: bytes | None = None
    image_kind: str = ""


@dataclass
class RichMenus:
    """Menus by ID, aliases (tabs), the default menu, and the menu of each user."""

    menus: dict[str, Menu] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    default: str | None = None

    def forget(self, menu_id: str) -> None:
        """Delete a menu and its links; aliases stay and lead nowhere, as with LINE."""
        del self.menus[menu_id]
        self.links = {user: menu for user, menu in self.links.items() if menu != menu_id}
        if self.default == menu_id:
            self.default = None
