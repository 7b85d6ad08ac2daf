"""Syncs in fair weather and foul: refused, in doubt, killed, frozen, late, and two at a time."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from sheets.sync import sync
from tests.sheets.conftest import AGENCY
from tests.sheets.storm.model import Model
from tests.sheets.storm.stage import Stage
from tests.sheets.storm.watch import Actor, Watch
from tests.sheets.storm.zygote import FROZEN, GONE, Child, Zygote

READ, WRITE = "getByDataFilter", "batchUpdate"
NOTHING_APPLIED = ("429", "500", "503", "expired_token", "drop_before")
APPLIED = ("applied_then_503", "drop_after", "latency")
CUT_SHORT = ("busy", "raised", "died")
POLL_SECONDS = 0.001
PATIENCE = 20


@dataclass
class Held:
    """What is still under way: a call that Google holds, a process that is frozen, or both."""

    what: str
    actor: Actor
    call: bool
    child: Child | None = None
    future: Future[dict[str, Any]] | None = None
    again: bool = False
    """It is the second coming of a batch."""
    severed: bool = False
    """Its connections to the database were cut, as the server does after a while."""


class Syncs:
    """Runs the sync; tells the model what it took in. At most one thing is held at a time."""

    def __init__(
        self, stage: Stage, watch: Watch, model: Model, dice: Random, zygote: Zygote
    ) -> None:
        self.stage = stage
        self.watch = watch
        self.model = model
        self.dice = dice
        self.zygote = zygote
        self.held: Held | None = None
        self._pool = ThreadPoolExecutor(1)
        self._count = 0

    # --- Steps

    def plain(self) -> str:
        """A sync in fair weather, but for what waits."""
        return f"sync: {self._here()}"

    def faulty(self) -> str:
        """One or two calls meet a fault."""
        for _ in range(self.dice.randint(1, 2)):
            kind = self.dice.choice((*NOTHING_APPLIED, *APPLIED))
            call = READ if self.dice.random() < 0.25 else WRITE
            self.stage.world.faults.add(call, kind, seconds=0.002 if kind == "latency" else 0)
            if kind == "expired_token" and self.dice.random() < 0.3:
                self.stage.world.faults.add("token", self.dice.choice(("500", "drop_before")))
        waiting = [f"{one['kind']} on {one['call']}" for one in self.stage.world.faults.waiting()]
        return f"sync with {', '.join(waiting)}: {self._here()}"

    def late_duplicate(self) -> str:
        """The same batch arrives once more, later."""
        if self.held:
            return self.plain()
        self._add(WRITE, "late_duplicate")
        outcome = self._here()
        if self._consumed():
            self.stage.world.faults.wait_held()
            self.held = Held("late duplicate", self.watch.actor, call=True, again=True)
        return f"sync, its batch to come again: {outcome}"

    def held_back(self) -> str:
        """Google holds a call of a sync in a thread; its lock may get lost meanwhile."""
        if self.held:
            return self.plain()
        call, kind = self._hold_where()
        actor = self._actor("held sync")
        future = self._pool.submit(self._sync)
        self._until(lambda: bool(self.stage.world.faults.held) or future.done())
        if not self.stage.world.faults.held:
            self.stage.world.faults.clear()
            self._took(future.result()["outcome"])
            return f"sync to be held at {call}, but was {future.result()['outcome']}"
        self.held = Held(f"thread, {kind}", actor, call=True, future=future)
        self._held_at(call)
        if self.dice.random() < 0.4:
            self._sever(self.held, self.stage.application, only_lock=True)
        return f"sync held at {call} ({kind}), lock lost: {self.held.severed}"

    def killed(self) -> str:
        """SIGKILL: while Google holds a call, or before a statement."""
        if self.held:
            return self.plain()
        if self.dice.random() < 0.4:
            return self._stopped_at_statement("KILL")
        call, kind = self._hold_where()
        actor, child = self._child()
        if child.wait(lambda: bool(self.stage.world.faults.held)) == GONE:
            self.stage.world.faults.clear()
            return self._ended(actor, child, f"to be killed at {call}")
        child.kill()
        self._until(lambda: not self._backends(self.stage.child_application))
        self.held = Held(f"call of a killed sync, {kind}", actor, call=True)
        self._held_at(call)
        return f"sync killed at {call} ({kind})"

    def frozen(self) -> str:
        """SIGSTOP: while Google holds a call, or before a statement."""
        if self.held:
            return self.plain()
        if self.dice.random() < 0.4:
            return self._stopped_at_statement("STOP")
        call, kind = self._hold_where()
        actor, child = self._child()
        if child.wait(lambda: bool(self.stage.world.faults.held)) == GONE:
            self.stage.world.faults.clear()
            return self._ended(actor, child, f"to be frozen at {call}")
        child.freeze()
        self.held = Held(f"frozen sync, {kind}", actor, call=True, child=child)
        self._held_at(call)
        if self.dice.random() < 0.7:
            self._sever(self.held, self.stage.child_application, only_lock=True)
        return f"sync frozen at {call} ({kind}), lock lost: {self.held.severed}"

    def release(self) -> str:
        """What is held goes on: first the call, then, now or another time, the process."""
        held = self.held
        if held is None:
            return "nothing is held"
        self.watch.actor = held.actor
        if held.call:
            self._let_go(held)
            if held.child is not None and self.dice.random() < 0.5:
                return f"the call goes on: {held.what}"
        self.held = None
        outcome = self._finished(held)
        return f"goes on: {held.what}: {outcome}"

    def _let_go(self, held: Held) -> None:
        """The call goes on, and is done when this returns."""
        world = self.stage.world
        before = len(world.calls)
        world.faults.release()
        assert world.faults.wait_free()
        if not held.again:  # what comes again is in no log, and not free before it is done
            self._until(lambda: len(world.calls) > before)
        held.call = False

    def everything_goes_on(self) -> None:
        """Nothing is held any more, no fault waits."""
        while self.held:
            self.release()
        self.stage.world.faults.clear()

    def settle(self) -> str:
        """Fair weather until there is nothing to do."""
        self.everything_goes_on()
        outcomes = []
        for _ in range(12):
            outcomes.append(self._here())
            if outcomes[-1] == "idle":
                return "rest after " + ", ".join(outcomes)
        self.watch.blame(f"the sync does not come to rest: {outcomes}")
        return "no rest"

    # --- How a sync runs and what it took in

    def _here(self) -> str:
        self._actor("sync")
        outcome: str = self._sync()["outcome"]
        self._took(outcome)
        return outcome

    def _sync(self) -> dict[str, Any]:
        try:
            return asdict(
                sync(self.stage.database, self.stage.google, AGENCY, self.stage.clock.now)
            )
        except Exception as error:  # noqa: BLE001 - a sync raises nothing of its own
            return {"outcome": "raised", "error": repr(error)}

    def _actor(self, name: str) -> Actor:
        self._count += 1
        self.stage.world.calls.clear()
        self.watch.actor = Actor(f"{name} {self._count}")
        return self.watch.actor

    def _child(self, stop: str = "", at: int = 0) -> tuple[Actor, Child]:
        actor = self._actor("child")
        return actor, self.zygote.sync(self.stage.clock.now, stop, at)

    def _took(self, outcome: str) -> None:
        """By what was answered: whether it read, and so took in what people had done."""
        if outcome == "raised":
            self.watch.blame("a sync raised")
        answered = [
            call
            for call in self.stage.world.calls
            if (call["call"], call["status"]) == (READ, 200)
            and not call["outcome"].startswith("drop_after")
        ]
        if answered:
            self.watch.took(surely=outcome not in CUT_SHORT)

    def _ended(self, actor: Actor, child: Child, said: str) -> str:
        outcome = child.result["outcome"] if child.result else "died"
        if outcome == "raised":
            said += f" {child.result}"
        self._took(outcome)
        return f"sync in a process, {said}, but was {outcome}"

    def _finished(self, held: Held) -> str:
        """Let a thread or a process come to its end."""
        outcome = "nobody to go on"
        if held.future:
            outcome = held.future.result(PATIENCE)["outcome"]
        elif held.child:
            held.child.thaw()
            held.child.wait()
            outcome = held.child.result["outcome"] if held.child.result else "died"
        if held.future or held.child:
            self.watch.took(surely=outcome not in CUT_SHORT)
        if outcome == "raised" and not held.severed:
            self.watch.blame(f"a sync raised: {held.child and held.child.result}")
        return outcome

    # --- Stopping it

    def _hold_where(self) -> tuple[str, str]:
        call = READ if self.dice.random() < 0.25 else WRITE
        kind = self.dice.choice(("hold_before", "hold_after"))
        self._add(call, kind)
        return call, kind

    def _add(self, call: str, kind: str) -> None:
        self.stage.world.faults.clear()
        self.stage.world.faults.add(call, kind)

    def _consumed(self) -> bool:
        consumed = not self.stage.world.faults.waiting()
        if not consumed:
            self.stage.world.faults.clear()
        return consumed

    def _held_at(self, call: str) -> None:
        """Before its batch a sync takes people's edits in."""
        if call == WRITE:
            self.watch.took(surely=True)

    def _stopped_at_statement(self, stop: str) -> str:
        at = self.dice.randint(3, 75)
        actor, child = self._child(stop, at)
        if child.wait() == FROZEN:
            self.held = Held("frozen sync, in a statement", actor, call=False, child=child)
            self._sever(self.held, self.stage.child_application)
            self._took("died")
            return f"sync frozen at statement {at}"
        if child.result is None:
            self._until(lambda: not self._backends(self.stage.child_application))
        return self._ended(actor, child, f"to {stop} itself at statement {at}")

    def _sever(self, held: Held, application: str, *, only_lock: bool = False) -> None:
        """What PostgreSQL does after a while to the connections of a process that froze."""
        locks = "AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
        query = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE"
        query += f" application_name = :name {locks if only_lock else ''}"
        self.stage.sql(query, name=application)
        held.severed = True

    def _backends(self, application: str) -> list[Any]:
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = :name"
        return self.stage.sql(query, name=application)

    def _until(self, happens: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(POLL_SECONDS)
