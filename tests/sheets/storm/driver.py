"""The dice: from a seed to a storm, step by step, and the verdict at its end."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import gspread

from ita.changes import ReportProgress
from ita.measures import Progress, Status
from sandbox.google.edit import Switches
from store import cases, register, results, sheet_repair
from store.cases import filing
from tests.sheets.conftest import AGENCY, NOW, TODAY, grievance
from tests.sheets.storm import furnishing, oracle, registry
from tests.sheets.storm.model import Logged, Model
from tests.sheets.storm.rows import Rows
from tests.sheets.storm.rules import STATUSES, Fields, moment
from tests.sheets.storm.stage import Stage
from tests.sheets.storm.syncs import Syncs
from tests.sheets.storm.watch import Watch
from tests.sheets.storm.zygote import Zygote

FEWEST, MOST = 6, 14


@dataclass
class Verdict:
    """What happened in a storm, and what was wrong at its end."""

    seed: int
    steps: list[str]
    faults: list[str]

    def __str__(self) -> str:
        story = "\n".join(f"{number:3} {step}" for number, step in enumerate(self.steps, 1))
        return "\n".join([f"seed {self.seed}", story, "WRONG:", *self.faults])


def storm(stage: Stage, zygote: Zygote, seed: int, switches: Switches | None = None) -> Verdict:
    """Let one storm rage, wait until all is quiet, and judge. The same seed, the same storm."""
    dice = Random(seed)
    stage.reset(switches or _switches(dice))
    return _Storm(stage, zygote, seed, dice).run()


def _switches(dice: Random) -> Switches:
    """What nobody has tried against Google yet, each thing either way."""
    return Switches(
        delete_metadata_without_match=dice.choice(("ignore", "refuse")),
        metadata_follows_ui_sort=dice.random() < 0.5,
        metadata_follows_partial_sort=dice.random() < 0.5,
        validation_refuses_api=dice.random() < 0.5,
        protection_holds_rows=dice.random() < 0.5,
    )


USUAL = Switches()
FLIPPED = Switches(
    delete_metadata_without_match="refuse",
    write_without_match="refuse",
    metadata_follows_ui_sort=not USUAL.metadata_follows_ui_sort,
    metadata_follows_partial_sort=not USUAL.metadata_follows_partial_sort,
    validation_refuses_api=not USUAL.validation_refuses_api,
    protection_holds_rows=not USUAL.protection_holds_rows,
)
"""Every switch the other way."""


class _Storm:
    def __init__(self, stage: Stage, zygote: Zygote, seed: int, dice: Random) -> None:
        self.stage, self.seed, self.dice = stage, seed, dice
        self.model = Model()
        self.watch = Watch(self.model)
        self.people = Rows(stage, self.watch, dice)
        self.syncs = Syncs(stage, self.watch, self.model, dice, zygote)
        self.steps: list[str] = []
        self._number = 0
        self._enter_what_is_there()

    def run(self) -> Verdict:
        world = self.stage.world
        world.on_read, world.on_change = self.watch.on_read, self.watch.on_change
        random = SimpleNamespace(choice=self.dice.choice, token_hex=secrets.token_hex)
        with patch.object(filing, "secrets", random):  # ids of cases, the same each time
            for step in self._plan():
                self._do(step)
        self.steps.append(self.syncs.settle())
        world.on_read = world.on_change = None
        return Verdict(self.seed, self.steps, oracle.judge(self.stage, self.watch, self.model))

    def _do(self, step: Callable[[], str]) -> None:
        self.stage.clock.now += timedelta(seconds=self.dice.randint(1, 600))
        try:
            said = step()
        except gspread.exceptions.APIError as error:
            said = f"{step.__name__} refused by Google: {error.error.get('message')}"
        self.steps.append(said)

    def _plan(self) -> list[Callable[[], str]]:
        """Which steps, in which order: each storm has a theme, of which it does much."""
        steps = self._steps()
        theme = self.dice.choice(list(steps))
        weights = [
            weight * (4 if name == theme else 1)
            for name, weighted in steps.items()
            for weight in weighted.values()
        ]
        known = [step for weighted in steps.values() for step in weighted]
        return self.dice.choices(known, weights, k=self.dice.randint(FEWEST, MOST))

    def _steps(self) -> dict[str, dict[Callable[[], str], int]]:
        people, syncs = self.people, self.syncs
        return {
            "chat": {
                self.report: 20, self.file_case: 2, self.enter_score: 4, self.enter_measure: 3,
                self.jump: 1,
            },
            "words": {
                people.edit: 20, people.undo: 6, people.overwrite: 4, people.note: 1,
                people.list_holiday: 1,
            },
            "questions": {self.ask: 3, people.decide: 9, people.dismiss: 1},
            "columns": {
                people.own_column: 2, people.move_column: 3, people.rename: 2, people.own_tab: 1,
                people.filter: 1,
            },
            "rows": {
                people.sort: 4, people.insert: 2, people.move: 3, people.delete: 3,
                people.copy: 3, people.cut: 2, people.put_back: 3, people.lose_id: 1,
            },
            "weather": {syncs.plain: 14, syncs.faulty: 12, syncs.late_duplicate: 4},
            "moments": {self.moment: 16, syncs.held_back: 4},
            "kills": {syncs.killed: 4, syncs.frozen: 4, syncs.release: 8},
        }  # fmt: skip

    # --- What chat and imports do

    def report(self) -> str:
        """Somebody reports on a measure by chat; now and then the event comes late."""
        (row_id, row), number = self._measure(), self._next()
        at = self.stage.clock.now - timedelta(hours=self.dice.choice((0, 0, 0, 0, 1, 48)))
        status = self.dice.choice(list(Status))
        percent = self.dice.choice((None, 10, 55, 100))
        output = f"ผลที่รายงาน {number}"
        link = f"https://example.go.th/evidence/{number}"
        progress = Progress(row_id, at, f"หน่วย {number}", status, percent, output, (link,))
        with self.stage.database.agency(AGENCY) as tx:
            register.apply(tx, ReportProgress(progress))
        words = registry.STATUS[status.value]
        self.model.report(row_id, words, percent, output, link, at)
        cells: Fields = {
            "at": moment(at),
            "fiscal_year": row["fiscal_year"],
            "number": row["number"],
            "unit": f"หน่วย {number}",
            "status": words,
            "percent": "" if percent is None else str(percent),
            "output": output,
            "links": link,
        }
        (entered,) = self.stage.sql("SELECT max(id) AS id FROM progress")
        self.model.logged.append(Logged(entered.id, cells, row_id))
        return f"reports {words} {percent} {output!r} on row {row_id} at {at:%d %H:%M}"

    def file_case(self) -> str:
        """A citizen files a case."""
        number = f"{self.dice.randint(2000, 9999)}-{self._next()}"
        with self.stage.database.agency(AGENCY) as tx:
            cases.file(tx, grievance(number), "", "", TODAY, TODAY)
        self._enter_what_is_there()
        return f"files the case {number}"

    def enter_score(self) -> str:
        """Official points come by an import: new ones or others."""
        indicator = self.dice.choice((*furnishing.INDICATORS, 9))
        points = Decimal(self.dice.randint(0, 10000)) / 100
        with self.stage.database.agency(AGENCY) as tx:
            results.set_score(tx, furnishing.YEAR, indicator, points)
        query = "SELECT id FROM score WHERE indicator = :indicator"
        (row,) = self.stage.sql(query, indicator=indicator)
        if ("scores", row.id) in self.model.states:
            self.model.enter_points(row.id, f"{points:.2f}")
        self._enter_what_is_there()
        return f"enters {points} for indicator {indicator}"

    def enter_measure(self) -> str:
        """A measure is added to the plan."""
        with self.stage.database.agency(AGENCY) as tx:
            made = furnishing.add_measure(tx, len(sheet_repair.measure_ids(tx)) + 1)
        self._enter_what_is_there()
        return f"adds the measure {made.number}"

    def jump(self) -> str:
        """Somebody sets the clock."""
        self.stage.clock.now = NOW + timedelta(hours=self.dice.choice((-2, 1, 30, 24 * 40)))
        return f"the clock says {self.stage.clock.now:%d %b %H:%M}"

    def ask(self) -> str:
        """What ends in a question: nonsense, or a word that crosses a report."""
        if self.dice.random() < 0.5:
            return f"{self.people.nonsense()}; {self.syncs.plain()}; {self.syncs.plain()}"
        crossed = self.people.write("measures", "status", self.dice.choice(STATUSES))
        return f"{crossed}; {self.report()}; {self.syncs.plain()}; {self.syncs.plain()}"

    # --- The moment between read and write

    def moment(self) -> str:
        """A person works between the bot's read and its write, or while the batch is on its way."""
        told = self._first() if self.dice.random() < 0.5 else self._while_held()
        return f"in the moment: {told}"

    def _first(self) -> str:
        said, requests = self._deed()
        if requests:
            self.stage.world.faults.add("batchUpdate", "person_first", edits=requests)
        outcome = self.syncs.plain()
        if self.syncs.held is None:
            self.stage.world.faults.clear()
        self.watch.reordering_first = None
        return f"{said}; {outcome}"

    def _deed(self) -> tuple[str, list[dict[str, Any]]]:
        kind = self.dice.random()
        if kind < 0.4:
            return self.people.typing()
        if kind < 0.5 and self._comes_at_once():
            tab = self.people.tab()
            requests, order = self.people.column_request(tab)
            self.watch.reordering_first = (tab, order[tab])
            return f"own column in {tab}", requests
        return self.people.deed()

    def _comes_at_once(self) -> bool:
        """Whether a deed comes with the next write, and not at any time, or after another one."""
        return self.syncs.held is None and not self.stage.world.faults.waiting()

    def _while_held(self) -> str:
        if self.syncs.held:
            return self.syncs.release()
        said = [self.syncs.held_back()]
        for _ in range(self.dice.randint(1, 2)):
            deed = self.dice.choice(
                (
                    self.people.edit,
                    self.people.sort,
                    self.people.delete,
                    self.people.move,
                    self.people.move_column,
                    self.people.own_column,
                    self.report,
                )
            )
            said.append(deed())
        said.append(self.syncs.release())
        return "; ".join(said)

    # --- What there is

    def _enter_what_is_there(self) -> None:
        """The model learns of rows that it does not know yet."""
        last = registry.last_reports(self.stage.sql)
        for (tab, row_id), row in registry.register(self.stage.sql).items():
            if (tab, row_id) not in self.model.states:
                self.model.enter(tab, row_id, row, last.get(row_id) if tab == "measures" else None)
        if not self.model.logged:
            self._enter_logged()
        self.watch.note_ids(self.stage.book)

    def _enter_logged(self) -> None:
        for line in self.people.look().lines["progress"]:
            cells = {key: text for key, text in line.cells.items() if key != "title"}
            self.model.logged.append(Logged(line.row_id or 0, cells, 1))

    def _measure(self) -> tuple[int, Fields]:
        rows = {
            row_id: row
            for (tab, row_id), row in registry.register(self.stage.sql).items()
            if tab == "measures"
        }
        focused = [row_id for row_id, row in rows.items() if row["number"] == self.people.focus]
        chosen = self.dice.choice(list(rows))
        if focused and self.dice.random() < 0.6:
            chosen = focused[0]
        return chosen, rows[chosen]

    def _next(self) -> int:
        self._number += 1
        return self._number
