"""The judge: once all is quiet, is the sheet what it must be?

It reads the sheet over the wire as a person and the database in SQL of its own, and compares both
with the model. What must hold is in the names of its questions.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.sheets.storm import registry
from tests.sheets.storm.model import Model
from tests.sheets.storm.registry import Doubt, Rows
from tests.sheets.storm.rules import (
    BOT,
    COLUMNS,
    LISTS,
    SHARED,
    TAKEN,
    TITLES,
    Fields,
    Refused,
    understood,
)
from tests.sheets.storm.sight import Line, Sight, of_answer
from tests.sheets.storm.stage import Stage
from tests.sheets.storm.watch import Watch

FIELDS = "sheets(properties(sheetId,title),data(rowData.values(formattedValue,note)))"
ROW_TABS = tuple(TAKEN)
ANSWERED = ("deleted", "dismissed", "lapsed")


def judge(stage: Stage, watch: Watch, model: Model) -> list[str]:
    """Everything that is wrong, in words; nothing when all is well."""
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{stage.malee.id}"
    answer = stage.malee.client.request("get", url, params={"fields": FIELDS}).json()
    return [*watch.faulty, *_Judge(stage, watch, model, answer).verdict()]


class _Judge:
    def __init__(self, stage: Stage, watch: Watch, model: Model, answer: Any) -> None:
        self.sql = stage.sql
        self.watch = watch
        self.model = model
        self.answer = answer
        self.sheet: Sight = of_answer(answer, watch.order, watch.identify)
        self.register: Rows = registry.register(stage.sql, stage.clock.now)
        self.doubts: list[Doubt] = registry.doubts(stage.sql)

    def verdict(self) -> Iterator[str]:
        yield from self.nothing_is_left_to_do()
        for key, row in self.register.items():
            if key not in self.watch.clouded:
                yield from self.the_register_is_as_the_model_says(*key, row)
            yield from self.the_row_stands_once_and_right(*key, row)
        yield from self.what_was_withdrawn_was_meant()
        yield from self.every_id_stands_beside_its_row()
        yield from self.every_row_is_known()
        yield from self.no_word_stayed_astray()
        yield from self.each_report_stands_once_in_the_log()
        yield from self.each_question_stands_once()
        yield from self.each_question_has_a_reason()
        yield from self.the_mirror_is_the_sheet()
        yield from self.lists_are_kept_as_they_stand()
        yield from self.what_people_wrote_is_there()

    # --- The database at rest

    def nothing_is_left_to_do(self) -> Iterator[str]:
        for row in self.sql("SELECT tab, row_id FROM outbox"):
            yield f"row {row.row_id} of {row.tab} still waits"
        (sheet,) = self.sql("SELECT attempts, problem FROM spreadsheet")
        # One that was never applied may rest on the last stamp still: it is kept, rightly, for
        # nobody knows whether it will arrive one day.
        if any(one["applied"] for one in sheet.attempts) or sheet.problem:
            yield f"attempts {sheet.attempts}, problem {sheet.problem}"

    def the_register_is_as_the_model_says(
        self, tab: str, row_id: int, row: Fields
    ) -> Iterator[str]:
        if (tab, row_id) not in self.model.states:
            yield f"row {row_id} of {tab}: nobody entered it"
            return
        possible = self.model.states[tab, row_id]
        if not self.model.settle(tab, row_id, row):
            texts = [_difference(one.row, row) for one in possible]
            yield f"register: row {row_id} of {tab}: expected → found {texts}"

    def what_was_withdrawn_was_meant(self) -> Iterator[str]:
        """A measure leaves the plan only by a coordinator's word, and while its row is gone."""
        for tab, row_id in self.model.states.keys() - self.register.keys():
            if (tab, row_id) not in self.model.meant or self.sheet.by_id[tab].get(row_id):
                yield f"row {row_id} of {tab} was taken out of the register"

    # --- The rows

    def the_row_stands_once_and_right(self, tab: str, row_id: int, row: Fields) -> Iterator[str]:
        lines = self.sheet.by_id[tab].get(row_id, [])
        asked = [one for one in self.doubts if one.open and (one.tab, one.row_id) == (tab, row_id)]
        gone = [one for one in asked if one.why == "row_gone"]
        twice = [one for one in asked if one.why == "row_twice"]
        if not lines and not gone and self._was_answered(tab, row_id, "row_gone"):
            return
        if len(lines) > 1 and not twice and self._was_answered(tab, row_id, "row_twice"):
            return
        if len(gone) != (not lines) or len(twice) != (len(lines) > 1):
            yield f"row {row_id} of {tab} is there {len(lines)} times, asked: {gone} {twice}"
        if not lines and row_id not in self.watch.seen_ids[tab]:
            yield f"row {row_id} of {tab} never came"
        wrong = [list(self._wrong_cells(tab, line, row, asked)) for line in lines]
        if wrong and all(wrong):
            yield from min(wrong, key=len)

    def _was_answered(self, tab: str, row_id: int, why: str) -> bool:
        """Whether a coordinator answered a question, or deleted it, so that it is not open."""
        return any(
            (one.tab, one.row_id, one.why) == (tab, row_id, why) and one.settled in ANSWERED
            for one in self.doubts
        )

    def _was_dismissed(self, tab: str, line: Line, column: str, text: str) -> bool:
        """Whether a coordinator deleted the question about this very word."""
        here = (tab, line.row_id, column, text)
        return any(
            (one.tab, one.row_id, one.field, one.theirs) == here and one.settled == "dismissed"
            for one in self.doubts
        )

    def _wrong_cells(self, tab: str, line: Line, row: Fields, asked: list[Doubt]) -> Iterator[str]:
        """Cells that neither say what the register says nor are asked about."""
        for column, (_, owner) in COLUMNS[tab].items():
            if column not in row:
                continue
            text, what = line.cells[column], f"{column} of row {line.row_id} of {tab}"
            open_here = [one for one in asked if one.field == column and one.theirs == text]
            if owner == BOT or column not in TAKEN[tab]:
                if text != row[column]:
                    yield f"{what}: sheet {text!r}, register {row[column]!r}"
            elif _says(tab, column, text, row, owner):
                if any(one.why != "conflict" for one in open_here):
                    yield f"{what}: {text!r} is agreed and still asked about"
            elif not open_here and self._was_dismissed(tab, line, column, text):
                continue
            elif len(open_here) != 1:
                asked_times = f"asked {len(open_here)} times"
                yield f"{what}: sheet {text!r}, register {row[column]!r}, {asked_times}"

    def every_id_stands_beside_its_row(self) -> Iterator[str]:
        for tab in ROW_TABS:
            for line in self.sheet.lines[tab]:
                if line.cell_id != line.row_id:
                    yield f"line {line.index} of {tab} is row {line.row_id}, its id {line.cell_id}"

    def every_row_is_known(self) -> Iterator[str]:
        for tab in ROW_TABS:
            for row_id in self.sheet.by_id[tab]:
                if (tab, row_id) not in self.model.states:
                    yield f"row {row_id} of {tab} is in no register"

    def each_report_stands_once_in_the_log(self) -> Iterator[str]:
        lines = self.sheet.lines["progress"]
        wanted = {one.row_id: one for one in self.model.logged}
        ids = [line.row_id or 0 for line in lines]
        if Counter(ids) != Counter(wanted.keys()):
            more, lacking = Counter(ids) - Counter(wanted.keys()), set(wanted) - set(ids)
            yield f"log: rows {more} too many, {lacking} lacking"
        if ids != sorted(ids):
            yield f"log: not in the order of the reports: {ids}"
        for line in lines:
            expected = wanted.get(line.row_id or 0)
            if expected is None:
                continue
            titles = self.model.said["measures", expected.measure, "title"]
            wrong = _difference(expected.cells, line.cells)
            if wrong or line.cells["title"] not in titles:
                yield f"log: report {line.row_id}: {wrong} or title {line.cells['title']!r}"

    def no_word_stayed_astray(self) -> Iterator[str]:
        """The bot's words that fell onto nobody's line in the moment are cleared again."""
        for tab, column, text in self.watch.astray:
            for line in self.sheet.lines[tab]:
                if line.row_id is None and line.cells[column] == text:
                    yield f"line {line.index} of {tab} still holds the bot's {text!r}"

    # --- The questions

    def each_question_stands_once(self) -> Iterator[str]:
        lines = self.sheet.by_id["doubts"]
        shown = {one.id: one for one in self.doubts if one.settled != "dismissed"}
        for row_id in lines.keys() ^ shown.keys():
            if row_id not in self.watch.seen_ids["doubts"] or row_id not in shown:
                yield f"question {row_id}: in the sheet {lines.get(row_id)}"
        for row_id in lines.keys() & shown.keys():
            one, (line, *more) = shown[row_id], lines[row_id]
            header = COLUMNS[one.tab].get(one.field, ("", ""))[0]
            expected = {
                "tab": TITLES[one.tab][1],
                "column": header,
                "theirs": one.theirs,
                "ours": one.ours,
            }
            if more or _difference(expected, line.cells) or not line.cells["why"]:
                yield f"question {row_id}: {_difference(expected, line.cells)}, {len(more)} more"

    def each_question_has_a_reason(self) -> Iterator[str]:
        """Crossed words were asked about, and nothing was that did not happen."""
        for (tab, row_id), states in self.model.states.items():
            if (tab, row_id) in self.watch.clouded:
                continue
            here = [
                one
                for one in self.doubts
                if (one.tab, one.row_id, bool(one.field)) == (tab, row_id, True)
            ]
            conflicts = Counter((one.field, one.theirs, one.ours) for one in here)
            undecided = Counter(
                (one.field, one.theirs, one.ours)
                for one in here
                if one.settled in (None, "unclear", "dismissed")
            )
            if any(times > 1 for times in undecided.values()):
                yield f"row {row_id} of {tab}: asked twice: {undecided}"
            needed = [
                {asked[1:] for asked in one.asked if asked[0] == "conflict"} for one in states
            ]
            if not any(one <= conflicts.keys() for one in needed):
                yield f"row {row_id} of {tab}: {needed} crossed, but asked {conflicts}"
            yield from self._spurious(tab, row_id, here)

    def _spurious(self, tab: str, row_id: int, here: list[Doubt]) -> Iterator[str]:
        asked = {two for one in self.model.states[tab, row_id] for two in one.asked}
        for one in here:
            if one.why == "conflict":
                known = ("conflict", one.field, one.theirs, one.ours) in asked
            else:
                known = ("refused", one.field, one.theirs) in asked
            said = self.model.said[tab, row_id, one.field]
            if not known or one.ours not in said:
                yield f"row {row_id} of {tab}: asked without reason: {one}"

    # --- The mirror, the lists, people's words

    def the_mirror_is_the_sheet(self) -> Iterator[str]:
        seen = registry.mirror(self.sql)
        for tab in ROW_TABS:
            for row_id, lines in self.sheet.by_id[tab].items():
                known = seen.get((tab, row_id))
                if known is None:
                    yield f"mirror: row {row_id} of {tab} is not known"
                elif len(lines) == 1:
                    yield from self._unlike(tab, lines[0], known)

    def _unlike(self, tab: str, line: Line, known: Fields) -> Iterator[str]:
        refused = {
            one.field
            for one in self.doubts
            if one.settled in (None, "unclear", "dismissed")
            and (one.tab, one.row_id, one.theirs) == (tab, line.row_id, line.cells.get(one.field))
        }
        for column, text in line.cells.items():
            if column in known and column not in refused and known[column] != text:
                yield (
                    f"mirror: {column} of row {line.row_id} of {tab}:"
                    f" sheet {text!r}, mirror {known[column]!r}"
                )

    def lists_are_kept_as_they_stand(self) -> Iterator[str]:
        kept = {row.tab: row.rows for row in self.sql("SELECT tab, rows FROM people_list")}
        for tab, columns in LISTS.items():
            there = [{c: line.cells[c] for c in columns} for line in self.sheet.lines[tab]]
            there = [line for line in there if any(line.values())]
            if kept.get(tab, []) != there:
                yield f"list {tab}: sheet {there}, kept {kept.get(tab)}"

    def what_people_wrote_is_there(self) -> Iterator[str]:
        cells = [
            cell
            for sheet in self.answer["sheets"]
            for data in sheet.get("data", [])
            for row in data.get("rowData", [])
            for cell in row.get("values", [])
        ]
        there = {cell.get(key, "") for cell in cells for key in ("formattedValue", "note")}
        for lost in self.watch.spoken - self.watch.wiped - there:
            yield f"a person wrote {lost!r}, and it is nowhere"


def _says(tab: str, column: str, text: str, row: Fields, owner: str) -> bool:
    """Whether a cell says the same as the register: a shared one in the register's own words."""
    if owner == SHARED:
        return text == row[column]
    try:
        return understood(tab, column, text, row)[column] == row[column]
    except Refused:
        return False


def _difference(expected: Fields, found: Fields) -> dict[str, tuple[str, str]]:
    return {
        column: (text, found.get(column, "–"))
        for column, text in expected.items()
        if found.get(column, "–") != text
    }
