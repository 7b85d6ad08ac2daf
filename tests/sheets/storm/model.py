"""What should become of every row, worked out beside the sync from what happened to it.

A row is in one of several possible states where the storm cannot know (a sync was killed while it
took edits in). Each event changes all of them; what the bot is seen to do rules some out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.sheets.storm.registry import Doubt
from tests.sheets.storm.rules import (
    BACK,
    CHOICES_OF,
    COLUMNS,
    DELETED,
    KEEP,
    OURS,
    REPORTED,
    RESTORE,
    SHARED,
    TAKEN,
    Fields,
    Refused,
    reported,
    understood,
)
from tests.sheets.storm.sight import Line, Sight

RowKey = tuple[str, int]
Asked = tuple[str, ...]
"""("refused", column, theirs) or ("conflict", column, theirs, ours)."""


@dataclass(frozen=True)
class State:
    """One possible state of a row: what the register says, what was last agreed, what was asked.

    `base` is the text that cell and register last agreed on, or that the bot wrote there; columns
    that are missing agree with the register.
    """

    ours: tuple[tuple[str, str], ...]
    base: tuple[tuple[str, str], ...] = ()
    asked: frozenset[Asked] = frozenset()
    stuck: frozenset[tuple[str, str]] = frozenset()
    """Words (column, text) that were refused: they wait for a coordinator as long as they stand."""
    last: datetime | None = None

    @property
    def row(self) -> Fields:
        """What the register says."""
        return dict(self.ours)

    @property
    def known(self) -> Fields:
        """What was last agreed, of every column."""
        return {**self.row, **dict(self.base)}


def state(row: Fields, base: Fields, **rest: object) -> State:
    """A state from plain mappings."""
    return replace(State(_frozen(row), _frozen(base)), **rest)  # type: ignore[arg-type]


def _frozen(fields: Fields) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(fields.items()))


@dataclass(frozen=True)
class Logged:
    """A report as the log must show it; `titles` are those that its measure ever had."""

    row_id: int
    cells: Fields
    measure: int


@dataclass
class Decision:
    """What a coordinator chose about a question, for as long as it has not been carried out."""

    question: Doubt
    words: str
    read: bool = False
    over: bool = False


@dataclass
class Model:
    """All rows, and what was reported, in the order in which it happened."""

    states: dict[RowKey, frozenset[State]] = field(default_factory=dict)
    logged: list[Logged] = field(default_factory=list)
    said: dict[tuple[str, int, str], set[str]] = field(default_factory=dict)
    """Every text that the register ever had for a cell."""
    decisions: dict[int, Decision] = field(default_factory=dict)
    """By the question's id."""
    meant: set[RowKey] = field(default_factory=set)
    """Deleted rows of which a coordinator said that he meant it."""
    printed: dict[RowKey, Fields] = field(default_factory=dict)
    """What the bot last wrote into columns of its own."""

    def enter(self, tab: str, row_id: int, row: Fields, last: datetime | None = None) -> None:
        """A row begins, in the register."""
        changing = (*TAKEN[tab], *(REPORTED if tab == "measures" else ()))
        self._put((tab, row_id), [state({c: row[c] for c in changing}, {}, last=last)])

    def report(
        self,
        row_id: int,
        status: str,
        percent: int | None,
        output: str,
        link: str,
        at: datetime,
    ) -> None:
        """A report by chat; one that is older than the last one known changes nothing."""
        key = ("measures", row_id)
        found = []
        for one in self.states[key]:
            if one.last is not None and at < one.last:
                found.append(one)
            else:
                now = reported(one.row, status, percent, output, link, at)
                found.append(replace(_kept(one, now), last=at))
        self._put(key, found)

    def enter_points(self, row_id: int, points: str) -> None:
        """An imported score replaces the one known."""
        key = ("scores", row_id)
        self._put(key, [_kept(one, {**one.row, "points": points}) for one in self.states[key]])

    def taken(self, sight: Sight, *, surely: bool) -> None:
        """A sync read this and took people's edits in: surely, or perhaps, or some of them."""
        for tab, rows in sight.by_id.items():
            for row_id in rows:
                if (tab, row_id) in self.states and tab in TAKEN:
                    printed = self.printed.get((tab, row_id), {})
                    lines = _owners(sight, tab, row_id, self.states[tab, row_id], printed)
                    self._take(tab, row_id, lines, surely=surely)
        for decision in self.decisions.values():
            if not decision.over and _is_visible(decision, sight):
                self._follow(decision, sight, surely=surely)

    def decide(self, question: Doubt, words: str) -> None:
        """A coordinator writes his decision beside a question."""
        self.decisions[question.id] = Decision(question, words)

    def ordered(self, tab: str, row_id: int, column: str, text: str) -> bool:
        """Whether a coordinator who was read wants this text replaced by the bot's."""
        return any(
            (one.question.tab, one.question.row_id, one.question.field) == (tab, row_id, column)
            and one.question.theirs == text
            and one.words in (OURS, RESTORE)
            for one in self.decisions.values()
            if one.read and not one.over
        )

    def wanted_back(self, tab: str, row_id: int) -> bool:
        """Whether a coordinator who was read wants a deleted row again."""
        return any(
            (one.question.tab, one.question.row_id, one.words) == (tab, row_id, BACK)
            for one in self.decisions.values()
            if one.read
        )

    def _follow(self, decision: Decision, sight: Sight, *, surely: bool) -> None:
        """Carry a decision out, if there is still something to decide."""
        question, words = decision.question, decision.words
        decision.read = True
        key = (question.tab, question.row_id)
        lines = sight.by_id[question.tab].get(question.row_id, [])
        if question.why == "row_gone":
            moot = bool(lines)
            if words == DELETED and not moot:
                self.meant.add(key)
        else:
            moot = not any(line.cells[question.field] == question.theirs for line in lines)
            decide = {OURS: _preferred, KEEP: _after_all}.get(words)
            if decide and not moot:
                decided = [decide(one, question) for one in self.states[key]]
                self._put(key, decided if surely else [*self.states[key], *decided])
        over = moot or words == DELETED or (words == KEEP and question.why == "conflict")
        decision.over = surely and over

    def _take(self, tab: str, row_id: int, lines: list[Fields], *, surely: bool) -> None:
        before = self.states[tab, row_id]
        after = [_taken(tab, one, cells) for one in before for cells in lines]
        self._put((tab, row_id), after if surely else [*before, *after])

    def wrote(self, tab: str, row_id: int, cells: Fields) -> None:
        """The bot was seen to write these cells of a row: they are its own words from now on."""
        key = (tab, row_id)
        self._put(
            key,
            [
                replace(one, base=_frozen({**dict(one.base), **_shown(one, cells)}))
                for one in self.states[key]
            ],
        )

    def replaced(self, tab: str, row_id: int, column: str, old: str, new: str) -> bool:
        """The bot replaced a word in a shared cell; False if that word was never agreed on."""
        key = (tab, row_id)
        fitting = [one for one in self.states[key] if one.known[column] == old]
        if not fitting:
            return False
        self._put(key, fitting)
        self.wrote(tab, row_id, {column: new})
        return True

    def settle(self, tab: str, row_id: int, row: Fields) -> bool:
        """The register says this in the end; False if no possible state does."""
        fitting = [
            one
            for one in self.states[tab, row_id]
            if all(row[column] == text for column, text in one.ours)
        ]
        self.states[tab, row_id] = frozenset(fitting) or self.states[tab, row_id]
        return bool(fitting)

    def _put(self, key: RowKey, states: Iterable[State]) -> None:
        self.states[key] = frozenset(states)
        for one in self.states[key]:
            for column, text in one.ours:
                self.said.setdefault((*key, column), set()).add(text)


def _shown(one: State, cells: Fields) -> Fields:
    return {column: text for column, text in cells.items() if column in one.row}


def _kept(one: State, row: Fields) -> State:
    """A change of the register leaves the last agreed words as they were."""
    return replace(one, ours=_frozen(row), base=_frozen(one.known))


def _taken(tab: str, one: State, cells: Fields) -> State:
    """The row after people's words were read, from left to right."""
    before, known = one.row, one.known
    row, base, asked = dict(before), dict(known), set(one.asked)
    stuck = {(c, text) for c, text in one.stuck if text == cells[c] != before[c]}
    for column in TAKEN[tab]:
        text = cells[column]
        if text == known[column] or (column, text) in stuck:
            continue
        try:
            row = understood(tab, column, text, row)
        except Refused:
            asked.add(("refused", column, text))
            stuck.add((column, text))
            continue
        base[column] = text
        crossed = before[column] not in (known[column], text)
        if COLUMNS[tab][column][1] == SHARED and crossed:
            asked.add(("conflict", column, text, before[column]))
    return replace(
        one,
        ours=_frozen(row),
        base=_frozen(base),
        asked=frozenset(asked),
        stuck=frozenset(stuck),
    )


def _is_visible(decision: Decision, sight: Sight) -> bool:
    lines = sight.by_id["doubts"].get(decision.question.id, [])
    choices = CHOICES_OF.get(decision.question.why, (RESTORE,))
    return decision.words in choices and any(
        line.cells["decision"] == decision.words for line in lines
    )


def _preferred(one: State, question: Doubt) -> State:
    """The register takes what the bot had received, while the person's word stands there."""
    if one.row[question.field] != question.theirs:
        return one
    try:
        return _kept(one, understood(question.tab, question.field, question.ours, one.row))
    except Refused:
        return one


def _after_all(one: State, question: Doubt) -> State:
    """A word that was refused is tried again, as the coordinator wants it."""
    if question.why == "conflict":
        return one
    try:
        row = understood(question.tab, question.field, question.theirs, one.row)
    except Refused:
        return one
    taken = {**one.known, question.field: question.theirs}
    stuck = one.stuck - {(question.field, question.theirs)}
    return replace(one, ours=_frozen(row), base=_frozen(taken), stuck=stuck)


def _owners(
    sight: Sight, tab: str, row_id: int, states: Iterable[State], printed: Fields
) -> list[Fields]:
    """The line that is the row; of copies the one that is most as it was known in some state."""

    def rank(line: Line, one: State) -> tuple[int, bool, int]:
        known = one.known.items() | one.row.items() | printed.items()
        same = len(line.cells.items() & known)
        return same, line.index == sight.tagged(tab, row_id), -line.index

    lines = sight.by_id[tab][row_id]
    owned = {
        line.index
        for one in states
        for line in lines
        if rank(line, one) == max(rank(other, one) for other in lines)
    }
    return [line.cells for line in lines if line.index in owned]
