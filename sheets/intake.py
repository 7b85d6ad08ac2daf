"""What people did in the sheet, taken into the register: edits, lists, and their decisions.

One transaction a row, so that no more than one is ever locked against the chats.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ita.workdays import own_days
from sheets import edits
from sheets.case_rows import case_cells
from sheets.doubts import MENDED, Choice, decided
from sheets.plan import DOUBTS, Question, base_of
from sheets.readers import Refused, Units, reader_of
from sheets.rows import BANGKOK, Cells, item_cells, measure_cells, points_cell
from sheets.snapshot import Snapshot, View, listed
from store import cases, doubts, register, results, sheet_state
from store.database import Transaction
from store.doubts import CONFLICT, DISMISSED, LAPSED, UNCLEAR, Doubt

NOT_CRITERIA, NOT_A_DAY = "not_criteria", "not_a_day"
LISTS = ("holidays", "criteria")
"""Tabs that people alone fill: kept as they stand, never written."""

Hold = Callable[[], AbstractContextManager[Transaction]]
"""Begins a transaction of this sync, which is refused once another sync began."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """How the rows of a tab are kept: all of them, the cells of one, and a change on a day."""

    values: Callable[[Transaction], list[Any]]
    cells: Callable[[Any], Cells]
    change: Callable[[Transaction, Any, date], object]


_ROWS = {
    "measures": _Rows(
        register.measures,
        lambda measure: measure_cells(measure, {}),
        lambda tx, measure, _: register.change_measure(tx, measure),
    ),
    "scores": _Rows(
        results.indicator_scores,
        points_cell,
        lambda tx, score, _: results.change_score(tx, score),
    ),
    "items": _Rows(
        results.oit_items,
        lambda item: item_cells(item, None, None, ()),
        lambda tx, item, _: results.change_item(tx, item),
    ),
    "cases": _Rows(cases.sheet_cases, case_cells, cases.change),
}


class Intake:
    """Takes in what one read of the sheet shows; counts edits and new questions on the way."""

    def __init__(self, hold: Hold, snapshot: Snapshot, now: datetime, units: Units = ()) -> None:
        self._hold = hold
        self._snapshot = snapshot
        self._now = now
        self._units = units
        self._today = now.astimezone(BANGKOK).date()
        self.edits = 0
        self.questions = 0

    def run(self) -> None:
        """Edits first, so that a decision finds what it was about."""
        self._take_edits()
        with self._hold() as tx:
            for tab in LISTS:
                if tab in self._snapshot.views:
                    rows = listed(self._snapshot.views[tab])
                    self.edits += sheet_state.save_list(tx, tab, rows)
            self._ask_about_lists(tx)
        self._decide()

    def ask(self, tx: Transaction, question: Question) -> None:
        """Put a question to the coordinators, once."""
        self.questions += doubts.ask(
            tx, self._now, question.tab, question.row_id, question.column, question.theirs,
            question.ours, question.why,
        )  # fmt: skip

    def ask_all(self, tx: Transaction, questions: Sequence[Question]) -> None:
        """Put questions, but none about two words of which the person's was refused already."""
        refused = doubts.refused(tx) if questions else ()
        for one in questions:
            if (one.tab, one.row_id, one.column, one.theirs) not in refused:
                self.ask(tx, one)

    # --- Edits

    def _take_edits(self) -> None:
        views = {tab: view for tab, view in self._snapshot.views.items() if tab in _ROWS}
        with self._hold() as tx:
            if "measures" in views:
                self._take_back(tx, views["measures"])
            values = {tab: {each.id: each for each in _ROWS[tab].values(tx)} for tab in views}
            known = sheet_state.load_mirror(tx)
            refused = doubts.refused(tx)
        for tab, view in views.items():
            for row_id in sorted(view.rows.keys() & values[tab].keys()):
                base = base_of(known[tab].get(row_id), _ROWS[tab].cells(values[tab][row_id]))
                changed = edits.edited(tab, view.rows[row_id].cells, base).items()
                news = {k: text for k, text in changed if (tab, row_id, k, text) not in refused}
                if news:
                    self._take_row(tab, row_id, news, base)

    def _take_back(self, tx: Transaction, view: View) -> None:
        """A withdrawn measure whose row a person put back counts again."""
        here = {measure.id for measure in register.measures(tx)}
        for row_id in sorted(view.rows.keys() - here):
            self.edits += register.withdraw_measure(tx, row_id, withdrawn=False)

    def _take_row(self, tab: str, row_id: int, changed: Cells, base: Mapping[str, str]) -> None:
        rows = _ROWS[tab]
        with self._hold() as tx:
            sheet_state.lock_row(tx, tab, row_id)
            value = next(one for one in rows.values(tx) if one.id == row_id)
            taken = edits.take(tab, value, changed, self._units)
            if taken.value != value:
                rows.change(tx, taken.value, self._today)
                self.edits += 1
            ours = rows.cells(value)
            for question in edits.asked(tab, row_id, changed, base, ours, taken.refused):
                self.ask(tx, question)
            accepted = {key: text for key, text in changed.items() if key not in taken.refused}
            sheet_state.save_seen(tx, tab, {row_id: {**base, **accepted}})

    def _ask_about_lists(self, tx: Transaction) -> None:
        unread = own_days(sheet_state.load_list(tx, "holidays")).unread
        problems = {
            ("criteria", NOT_CRITERIA): results.criteria_problems(tx),
            ("holidays", NOT_A_DAY): [" ".join(filter(None, row.values())) for row in unread],
        }
        for (tab, why), found in problems.items():
            for problem in found:
                self.ask(tx, Question(tab, 0, "", problem, "", why))
            for doubt in doubts.waiting(tx):
                if doubt.why == why and doubt.theirs not in found:
                    doubts.settle(tx, doubt.id, MENDED)

    # --- Decisions

    def _decide(self) -> None:
        view = self._snapshot.views.get(DOUBTS)
        if view is None:
            return
        with self._hold() as tx:
            for doubt in doubts.dismissed(tx):
                if is_moot(doubt, self._snapshot):  # should it ever come back, it is asked anew
                    doubts.settle(tx, doubt.id, LAPSED)
            waiting = doubts.waiting(tx)
            shown = sheet_state.load_mirror(tx)[DOUBTS]
        for doubt in waiting:
            with self._hold() as tx:
                if doubt.id in view.rows:
                    self._follow(tx, doubt, view.rows[doubt.id].cells.get("decision", ""))
                elif doubt.id in shown:
                    doubts.settle(tx, doubt.id, DISMISSED)

    def _follow(self, tx: Transaction, doubt: Doubt, words: str) -> None:
        """Carry out what was decided, or notice that there is nothing to decide any more."""
        choice = decided(doubt.why, words)
        ours = _ours(tx, doubt)
        if is_moot(doubt, self._snapshot) or ours == doubt.theirs:
            doubts.settle(tx, doubt.id, choice or MENDED)
            return
        if ours not in (None, doubt.ours):  # the register went on: say what it has now
            now = (doubt.tab, doubt.row_id, doubt.field, doubt.theirs, ours, doubt.why)
            self.ask(tx, Question(*now))
        self._carry_out(tx, doubt, choice, words)

    def _carry_out(self, tx: Transaction, doubt: Doubt, choice: Choice | None, words: str) -> None:
        if choice in (Choice.DELETED, Choice.BACK):
            _settle_row(tx, doubt, choice)
            doubts.settle(tx, doubt.id, choice)
        elif choice is Choice.KEEP:
            done = doubt.why == CONFLICT or _take_after_all(tx, doubt, self._units, self._today)
            doubts.settle(tx, doubt.id, choice if done else UNCLEAR)
        elif choice is Choice.OURS:
            _prefer_ours(tx, doubt, self._units, self._today)
        elif choice is None and words:
            doubts.settle(tx, doubt.id, UNCLEAR)


def ordered(tx: Transaction, snapshot: Snapshot) -> frozenset[tuple[str, int, str]]:
    """The cells in which a coordinator decided to have ours, as long as they hold the other."""
    view = snapshot.views.get(DOUBTS)
    if view is None:
        return frozenset()
    return frozenset(
        (doubt.tab, doubt.row_id, doubt.field)
        for doubt in doubts.waiting(tx)
        if doubt.id in view.rows
        and not is_moot(doubt, snapshot)
        and decided(doubt.why, view.rows[doubt.id].cells.get("decision", ""))
        in (Choice.OURS, Choice.RESTORE)
    )


def is_moot(doubt: Doubt, snapshot: Snapshot) -> bool:
    """Whether the sheet no longer shows what was asked about; False where it was not read."""
    view = snapshot.views.get(doubt.tab)
    if view is None:
        return False
    line = view.rows.get(doubt.row_id)
    if doubt.why in (NOT_CRITERIA, NOT_A_DAY):  # Intake settles it by what the list holds
        return False
    if doubt.why == "row_gone":
        return line is not None
    if doubt.why == "row_twice":
        return doubt.row_id not in view.twins
    if doubt.field not in view.columns:
        return False
    return line is None or line.cells.get(doubt.field) != doubt.theirs


def _settle_row(tx: Transaction, doubt: Doubt, choice: Choice) -> None:
    """A row that a person deleted: put back, or gone for good with what only stood there."""
    if choice is Choice.BACK:
        sheet_state.forget_row(tx, doubt.tab, doubt.row_id)
    elif doubt.tab == "measures":
        register.withdraw_measure(tx, doubt.row_id)


def _prefer_ours(tx: Transaction, doubt: Doubt, units: Units, today: date) -> None:
    """The register takes what the bot had received, if the person's word still stands in it."""
    value = _value(tx, doubt)
    if value is not None and _ROWS[doubt.tab].cells(value).get(doubt.field) == doubt.theirs:
        _put(tx, doubt, value, doubt.ours, units, today)


def _take_after_all(tx: Transaction, doubt: Doubt, units: Units, today: date) -> bool:
    """A word that was refused is tried again, as a coordinator wants it; whether it counts now."""
    value = _value(tx, doubt)
    return value is not None and _put(tx, doubt, value, doubt.theirs, units, today)


def _put(tx: Transaction, doubt: Doubt, value: Any, text: str, units: Units, today: date) -> bool:
    """Let a row's value read a text; whether it could."""
    try:
        changed = reader_of(doubt.tab, doubt.field, units)(value, text)
    except Refused:
        return False
    _ROWS[doubt.tab].change(tx, changed, today)
    return True


def _ours(tx: Transaction, doubt: Doubt) -> str | None:
    """What the register holds where a word was refused; None where that is not the matter."""
    if doubt.why == CONFLICT or doubt.tab not in _ROWS or not doubt.field:
        return None
    value = _value(tx, doubt)
    return None if value is None else _ROWS[doubt.tab].cells(value).get(doubt.field)


def _value(tx: Transaction, doubt: Doubt) -> Any:
    """The value of the row in question, locked; None where there is none any more."""
    sheet_state.lock_row(tx, doubt.tab, doubt.row_id)
    return next((one for one in _ROWS[doubt.tab].values(tx) if one.id == doubt.row_id), None)
