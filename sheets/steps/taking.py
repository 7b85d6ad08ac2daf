"""What people kept before the bot came, and rows that they write by hand: taken over."""

from dataclasses import replace

from sheets import adopt, adopting, fences, foreign, furnish
from sheets.lacks import Kind, Lack
from sheets.layout import BY_KEY, ID
from sheets.snapshot import View
from sheets.survey import heading_line
from sheets.work import MEASURES, Work
from store import sheet_state


def tables(work: Work) -> dict[int, foreign.Table]:
    """Tables of measures in people's tabs, while there is no tab of measures."""
    there = work.there()
    if BY_KEY[MEASURES] in there:
        return {}
    own = {work.seen.tabs[tab.key] for tab in there}
    found = {
        at: foreign.table_in(sheet, work.known.fiscal_year)
        for at, sheet in work.seen.cells.items()
        if at not in own
    }
    return {at: table for at, table in found.items() if table is not None}


def table_lacks(work: Work) -> list[Lack]:
    """The table that may become the tab of measures: asked about like something to mend."""
    if not work.known.confirmed or not tables(work):
        return []
    at, table = _best_table(work)
    title = work.seen.outline[at]["properties"]["title"]
    return [Lack(Kind.TABLE, MEASURES, title=title, count=table.rows)]


def adopt_table(work: Work) -> bool:
    """A table's columns become ours where they stand, so that nothing of theirs moves."""
    found = work.agreed(table_lacks(work))
    if not found:
        return False
    at, table = _best_table(work)
    with work.hold() as tx:
        sheet_state.save_tabs(tx, {**work.seen.tabs, MEASURES: at})
    tab, properties = BY_KEY[MEASURES], work.seen.outline[at]["properties"]
    sheet = {**work.seen.cells[at], "properties": properties}
    changes, places = furnish.adopted_columns(tab, sheet, table.places, table.heading)
    open_ = fences.everything(tab)
    changes += fences.protections(tab, at, places, open_, work.email, table.heading)
    return work.sent(found, changes)


def adopt_rows(work: Work) -> bool:
    """One step further with rows that the register does not know."""
    view = work.seen.view(MEASURES)
    if not work.known.confirmed or view is None or not {ID, "title"} <= view.columns.keys():
        return False
    found = _newcomers(work, view)
    if found.enter:
        with work.hold() as tx:
            work.done.adopted += adopting.enter(tx, found.enter)
        return True
    if found.tag or found.number or found.stray:
        with work.hold() as tx:
            fresh = adopting.fresh_ids(tx, found)
        return work.sent([], adopt.requests(view, found, fresh))
    work.done.unclear = len(found.unclear)
    with work.hold() as tx:
        adopting.ask_about(tx, found.unclear, work.known.at)
    return False


def _best_table(work: Work) -> tuple[int, foreign.Table]:
    """The tab that is called like ours, else the one with most rows."""
    ours, outline = BY_KEY[MEASURES].title, work.seen.outline
    return max(
        tables(work).items(),
        key=lambda one: (outline[one[0]]["properties"]["title"] == ours, one[1].rows),
    )


def _newcomers(work: Work, view: View) -> adopt.Adoption:
    """Without the register's own rows, whose ids are put back where the operator agrees."""
    sheet, known = work.seen.cells[view.sheet_id], work.known
    named = foreign.year_above(sheet, heading_line(view.tab, sheet))
    year = named or known.fiscal_year
    found = adopt.adoption(view, known.rows_of(MEASURES), known.measures, year)
    blank = {line.index for line in view.lines if line.row_id is None}

    def is_new(index: int, row_id: int | None) -> bool:
        return index not in blank or row_id not in known.measures

    return replace(
        found,
        tag={at: row_id for at, row_id in found.tag.items() if is_new(at, row_id)},
        number={at: row_id for at, row_id in found.number.items() if is_new(at, row_id)},
    )
