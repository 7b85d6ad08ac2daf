"""Tabs that are not there: made, or made anew."""

from collections.abc import Sequence
from typing import Any

from sheets import furnish
from sheets.lacks import Kind, Lack
from sheets.layout import BY_KEY, TABS, Tab
from sheets.steps.taking import tables
from sheets.survey import bears_our_tags
from sheets.work import README, Work
from store import sheet_repair, sheet_state
from store.database import Transaction

Json = dict[str, Any]

LOG = "progress"
APART = 100
"""How far the ids lie apart that a tab gets one after the other."""


def make_tabs(work: Work) -> bool:
    """Which tab gets which id is committed first; one that is made anew gets another.

    So a tab that comes back by itself (a person undoes its deletion) is not taken for ours.
    """
    missing = work.agreed(tab_lacks(work))
    if not missing:
        return False
    tabs = dict(work.seen.tabs)
    for lack in missing:
        tabs[lack.tab] = _free_id(work, BY_KEY[lack.tab], tabs)
    with work.hold() as tx:
        sheet_state.save_tabs(tx, tabs)
        for lack in missing:
            if lack.was_there:
                sheet_repair.write_anew(tx, lack.tab, _row_ids(work, tx, lack.tab))
    return work.sent(missing, _new_tabs(work, [BY_KEY[lack.tab] for lack in missing], tabs))


def tab_lacks(work: Work) -> list[Lack]:
    """The tabs that are not there.

    Before the sheet is known to be the agency's, nothing is made beside others' things.
    """
    there = work.there()
    missing = [tab for tab in TABS if tab not in there]
    if not work.known.confirmed and (bears_our_tags(work.others()) or tables(work)):
        missing = [tab for tab in missing if tab.key == README]
    return [
        Lack(Kind.TAB, tab.key, title=tab.title, was_there=work.known.was_there(tab.key))
        for tab in missing
    ]


def _free_id(work: Work, tab: Tab, tabs: dict[str, int]) -> int:
    """The layout's id, or the next one that no tab has or had."""
    wanted = tab.sheet_id
    had = {at for key, at in tabs.items() if key != tab.key or work.known.was_there(key)}
    while wanted in work.seen.outline or wanted in had:
        wanted += APART
    return wanted


def _row_ids(work: Work, tx: Transaction, key: str) -> list[int]:
    return sheet_repair.report_ids(tx) if key == LOG else sorted(work.known.rows_of(key))


def _new_tabs(work: Work, tabs: Sequence[Tab], ids: dict[str, int]) -> list[Json]:
    order = [at for at, _ in sorted(work.seen.outline.items(), key=_place)]
    taken = {sheet["properties"]["title"].casefold() for sheet in work.seen.outline.values()}
    made: list[Json] = []
    for tab in tabs:
        title, index = _free_title(tab.title, taken), _index(tab, ids, order)
        order.insert(index, ids[tab.key])
        taken.add(title.casefold())
        rows = work.known.lists.get(tab.key, []) if work.known.confirmed else []
        made += furnish.new_tab(tab, ids[tab.key], title, index, work.email, rows)
        work.done.made.append(title)
    return made


def _place(one: tuple[int, Json]) -> int:
    index: int = one[1]["properties"]["index"]
    return index


def _index(tab: Tab, ids: dict[str, int], order: list[int]) -> int:
    """Behind the layout's tab before it that is there, else first."""
    before = [ids[one.key] for one in TABS[: TABS.index(tab)] if ids.get(one.key) in order]
    return order.index(before[-1]) + 1 if before else 0


def _free_title(title: str, taken: set[str]) -> str:
    """The layout's title, set apart where people have a tab of that name."""
    while title.casefold() in taken:
        title += " (สุจริต)"
    return title
