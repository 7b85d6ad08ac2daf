"""Which rich menus LINE holds for an agency, and which of them each member is shown.

LINE keeps a person's menu by the LINE user id, which is not kept here: a member is linked from the
chat in which he wrote (store.journal.line_id), and what was linked is remembered by reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ita.agency import Role
from store.database import Transaction
from store.schema import applicant, menu_link, person, rich_menu

DEFAULT = ""
"""In the place of a menu's id: the one that everybody sees who has no other."""


@dataclass(frozen=True, slots=True)
class Link:
    """A member (by reference), the chat of his own, his role now, and the menu that he is shown."""

    ref: str
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
    seen = insert(menu_link).values(agency=tx.agency, person=ref, chat=chat, line_id=DEFAULT)
    tx.sql.execute(seen.on_conflict_do_nothing())


def stale(tx: Transaction, ref: str | None = None) -> list[Link]:
    """Who is shown another menu than his role's: this person, or any."""
    query = _links()
    rows = tx.sql.execute(query if ref is None else query.where(menu_link.c.person == ref)).all()
    menus = installed(tx) if rows else {}
    return [link for link in map(_link, rows) if link.shown != menus.get(link.role, DEFAULT)]


def link_of(tx: Transaction, chat: str) -> Link | None:
    """What is known of whose chat this is."""
    row = tx.sql.execute(_links().where(menu_link.c.chat == chat)).first()
    return _link(row) if row else None


def settle(tx: Transaction, link: Link, shown: str) -> None:
    """LINE shows him this one now; of whoever left and sees what all see, nothing is kept."""
    mine = menu_link.c.person == link.ref
    if shown == DEFAULT and link.role is Role.CITIZEN:
        tx.sql.execute(sa.delete(menu_link).where(mine))
    else:
        tx.sql.execute(sa.update(menu_link).where(mine).values(line_id=shown))


def forget_strangers(tx: Transaction) -> None:
    """Of whoever has no role, and awaits none, nothing is kept once he sees what all see."""
    known = sa.union(sa.select(person.c.ref), sa.select(applicant.c.ref))
    over = sa.and_(menu_link.c.line_id == DEFAULT, menu_link.c.person.not_in(known))
    tx.sql.execute(sa.delete(menu_link).where(over))


def _links() -> sa.Select[tuple[str, str, str, str]]:
    same = sa.and_(person.c.agency == menu_link.c.agency, person.c.ref == menu_link.c.person)
    return sa.select(
        menu_link.c.person, menu_link.c.chat, menu_link.c.line_id, person.c.role
    ).select_from(menu_link.outerjoin(person, same))


def _link(row: sa.Row[tuple[str, str, str, str]]) -> Link:
    return Link(row.person, row.chat, Role(row.role or Role.CITIZEN), row.line_id)
