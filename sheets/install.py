"""Furnish a spreadsheet with the layout's tabs, mend it, and take in what people kept there before.

Step by step: each looks at the sheet, and what it sees decides what is done next, in one atomic
batch. A run that was cut off anywhere is simply repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sheets.google import Google, SheetError
from sheets.lacks import Lack, sentence
from sheets.layout import BY_KEY
from sheets.proof import is_confirmed
from sheets.steps import lacking, run
from sheets.survey import has_lost_id
from sheets.work import Work, undisturbed
from store import sheet_owner, sheet_state
from store.database import Database
from store.sheet_state import Superseded

ROUNDS = 12
"""More steps than any sheet needs; beyond them it does not become what we ask for."""


def nothing(_: Lack) -> bool:
    """Without a question nothing is put back that somebody took out."""
    return False


def everything(_: Lack) -> bool:
    """The operator said yes to all."""
    return True


@dataclass(frozen=True, slots=True)
class InstallReport:
    """What an installation did, in titles of tabs and sentences for the operator.

    `made` and `found` are tabs, `added` columns that are new, `mended` what was put back, `left`
    what nobody agreed to, `broken` tabs that are without their ids. `adopted` rows became measures,
    `unclear` ones are asked about. Until `confirmed` somebody has to type `code` into the tab
    `code_tab`, and no row is written. `changes` counts the requests that were sent.
    """

    made: tuple[str, ...]
    found: tuple[str, ...]
    added: tuple[str, ...]
    mended: tuple[str, ...]
    left: tuple[str, ...]
    broken: tuple[str, ...]
    adopted: int
    unclear: int
    confirmed: bool
    code: str | None
    code_tab: str
    changes: int


def install(
    database: Database,
    google: Google,
    agency: str,
    spreadsheet_id: str,
    *,
    may: Callable[[Lack], bool] = nothing,
    fiscal_year: int | None = None,
) -> InstallReport:
    """Make what the agency's spreadsheet lacks; put back what `may` agrees to; adopt rows.

    `fiscal_year` is that of rows that name none. Raises SheetError when Google refuses or others
    are at work on this sheet, OtherSpreadsheet when the agency has another one.
    """
    with database.agency(agency) as tx:
        sheet_state.enter(tx, spreadsheet_id)
    with undisturbed(database, agency):
        work = Work(database, google, agency, may, fiscal_year)
        try:
            if run(work, ROUNDS):
                return _report(work, _code(work))
        except Superseded:
            raise SheetError("temporary", "busy") from None
    raise SheetError("temporary", "restless")


def questions(
    database: Database,
    google: Google,
    agency: str,
    spreadsheet_id: str,
    fiscal_year: int | None = None,
) -> list[Lack]:
    """What an installation would ask about, once the spreadsheet is the agency's.

    Changes nothing there; a code that was typed is taken in. Raises as `install` does.
    """
    with database.agency(agency) as tx:
        if sheet_state.load(tx) is None:
            return []
        sheet = sheet_state.enter(tx, spreadsheet_id)
    if not is_confirmed(database, google, agency, sheet):
        return []
    work = Work(database, google, agency, nothing, fiscal_year)
    work.look(begin=False)
    return [lack for lack in lacking(work) if lack.was_there]


def _code(work: Work) -> str | None:
    """What somebody has to type, where that is open."""
    if work.known.confirmed:
        return None
    with work.database.agency(work.agency) as tx:
        return sheet_owner.issue_code(tx)


def _report(work: Work, code: str | None) -> InstallReport:
    """What was done, and what stands there after the last look."""
    seen, done = work.seen, work.done
    there = work.there()
    made = set(done.made)
    broken = [tab for tab in there if has_lost_id(tab, seen.cells[seen.tabs[tab.key]])]
    left = [] if code else [lack for lack in lacking(work) if lack.was_there]
    return InstallReport(
        made=tuple(done.made),
        found=tuple(title for tab in there if (title := seen.title(tab.key)) not in made),
        added=tuple(done.added),
        mended=tuple(done.mended),
        left=tuple(sentence(lack, BY_KEY[lack.tab]) for lack in left),
        broken=tuple(seen.title(tab.key) for tab in broken),
        adopted=done.adopted,
        unclear=done.unclear,
        confirmed=code is None,
        code=code,
        code_tab=seen.title("readme"),
        changes=done.changes,
    )
