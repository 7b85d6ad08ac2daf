"""Which rich menus LINE holds for an agency, and which of them each member is shown.

LINE keeps a person's menu by the LINE user id, which is not kept here: a member is linked from the
chat in which he wrote (store.journal.line_id). Whose chat it is is kept as an HMAC for this purpose
alone, so a row tells LINE's menu of a chat, and not which member writes there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Role
from store.database import Transaction
from store.schema import applicant, menu_link, person, rich_menu

DEFAULT = ""
"""In the place of a menu's id: the one that everybody sees who has no other."""


@dataclass(frozen=True, slots=True)
class Link:
    """A member (as he is known here), the chat of his own, his role now, and the menu shown."""

    whose: str
    chat: str
    role: Role
    shown: str


def installed(tx: Transaction) -> dict[Role, str]:
    """LINE's ids of the menus, by the roles that see them; not the default one's."""
    rows = tx.sql.execute(sa.select(rich_menu.c.role, rich_menu.c.line_id))
    return {Role(row.role): row.line_id for row in rows}


def put_installed(tx: Transaction, menus: Mapping[Role, str]) -> None:
    """These are the menus now, and no others."""
    tx.sql.execute(sa.delete(rich_menu))
    for role, line_id in menus.items():
        values = {"agency": tx.agency, "role": role.value, "line_id": line_id}
        tx.sql.execute(insert(rich_menu).values(values))


def note(tx: Transaction, ref: str, chat: str) -> None:
    """A member, or who will be one, wrote in this chat of his own."""
    row = {"agency": tx.agency, "person": _whose(tx, ref), "chat": chat, "line_id": DEFAULT}
    tx.sql.execute(insert(menu_link).values(row).on_conflict_do_nothing())


def chat_of(tx: Transaction, ref: str) -> str | None:
    """The chat of his own in which a member, or who will be one, wrote; None if none is known."""
    query = sa.select(menu_link.c.chat).where(menu_link.c.person == _whose(tx, ref))
    found: str | None = tx.sql.scalar(query)
    return found


def stale(tx: Transaction, ref: str | None = None) -> list[Link]:
    """Who is shown another menu than his role's: this person, or any."""
    query = sa.select(menu_link)
    if ref is not None:
        query = query.where(menu_link.c.person == _whose(tx, ref))
    links = _links(tx, query)
    menus = installed(tx) if links else {}
    return [link for link in links if link.shown != menus.get(link.role, DEFAULT)]


def link_of(tx: Transaction, chat: str) -> Link | None:
    """What is known of whose chat this is."""
    return next(iter(_links(tx, sa.select(menu_link).where(menu_link.c.chat == chat))), None)


def settle(tx: Transaction, link: Link, shown: str) -> None:
    """LINE shows him this one now; of whoever left and sees what all see, nothing is kept."""
    mine = menu_link.c.person == link.whose
    if shown == DEFAULT and link.role is Role.CITIZEN:
        tx.sql.execute(sa.delete(menu_link).where(mine))
    else:
        tx.sql.execute(sa.update(menu_link).where(mine).values(line_id=shown))


def forget_strangers(tx: Transaction) -> None:
    """Of whoever has no role, and awaits none, nothing is kept once he sees what all see."""
    refs = tx.sql.scalars(sa.union(sa.select(person.c.ref), sa.select(applicant.c.ref)))
    known = [_whose(tx, ref) for ref in refs]
    over = sa.and_(menu_link.c.line_id == DEFAULT, menu_link.c.person.not_in(known))
    tx.sql.execute(sa.delete(menu_link).where(over))


def _links(tx: Transaction, query: sa.Select[Any]) -> list[Link]:
    """Rows of menu_link with the roles of now."""
    rows = tx.sql.execute(query).all()
    members = tx.sql.execute(sa.select(person.c.ref, person.c.role)) if rows else ()
    roles = {_whose(tx, member.ref): Role(member.role) for member in members}
    return [
        Link(row.person, row.chat, roles.get(row.person, Role.CITIZEN), row.line_id) for row in rows
    ]


def _whose(tx: Transaction, ref: str) -> str:
    return tx.keyring.reference(tx.agency, "menu", ref)
