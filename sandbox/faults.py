"""Faults on switches, the same for every stand-in: what goes wrong between client and platform.

A stand-in asks `faults.take("reply")` for the fault that waits for this call and passes it, with
the function that does the work, to `faults.around(...)`.
"""

import random
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from flask import Response, copy_current_request_context, request

Kind = Literal[
    "latency",  # answers `seconds` late
    "429",  # refused, nothing applied
    "500",  # failed, nothing applied
    "503",  # failed, nothing applied
    "expired_token",  # 401, nothing applied
    "applied_then_503",  # applied, but the answer says 503
    "drop_before",  # connection cut, nothing applied
    "drop_after",  # applied, connection cut without an answer
    "hold_before",  # hangs; applies when released, whether or not the client still waits
    "hold_after",  # applies, then hangs until released
    "late_duplicate",  # answers as ever; when released, the same request is applied once more
    "person_first",  # a person's `edits` come first: between the caller's read and this write
]
KINDS: tuple[str, ...] = get_args(Kind)
_STATUS = {"429": 429, "500": 500, "503": 503, "expired_token": 401}


@dataclass(frozen=True)
class Fault:
    """One fault that was taken for one call.

    `seconds` matters for latency only, `edits` (requests of a batchUpdate) for person_first.
    """

    call: str
    kind: str
    seconds: float = 0
    chance: float = 1
    edits: tuple[dict[str, Any], ...] = ()


@dataclass
class _Waiting:
    fault: Fault
    times: int


class Faults:
    """The faults that wait for their calls, and the calls that are being held. Thread-safe.

    `seed` decides which calls meet a fault that comes by chance.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._held = 0
        self._releases = 0

    def reseed(self, seed: int) -> None:
        """Begin the chances anew, so that a run can be repeated."""
        with self._changed:
            self._random.seed(seed)

    def add(
        self,
        call: str,
        kind: str,
        times: int = 1,
        seconds: float = 0,
        chance: float = 1,
        edits: Sequence[dict[str, Any]] = (),
    ) -> None:
        """Let the next `times` calls named `call` meet a fault; ValueError if the kind is unknown.

        `*` stands for any call and `values` also for `values.get`, `values.append` and so on. With
        a chance below 1 each such call meets it with that probability, until `times` have.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault {kind!r}; known: {', '.join(KINDS)}")
        if times < 1 or seconds < 0 or not 0 < chance <= 1:
            raise ValueError(
                "a fault happens at least once, its seconds are not negative, its chance at most 1"
            )
        if (kind == "person_first") != bool(edits):
            raise ValueError("person_first takes the person's edits, and no other kind does")
        with self._changed:
            fault = Fault(call, kind, seconds, chance, tuple(edits))
            self._waiting.append(_Waiting(fault, times))

    def take(self, call: str) -> Fault | None:
        """Return the oldest fault that waits for this call and count it as used."""
        with self._changed:
            for waiting in self._waiting:
                if _fits(waiting.fault.call, call) and self._strikes(waiting.fault):
                    waiting.times -= 1
                    if waiting.times == 0:
                        self._waiting.remove(waiting)
                    return waiting.fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        return fault.chance == 1 or self._random.random() < fault.chance

    def release(self) -> None:
        """Let every call that is being held go on."""
        with self._changed:
            self._releases += 1
            self._changed.notify_all()

    def clear(self) -> None:
        """Forget the faults that wait and let the held calls go on."""
        with self._changed:
            self._waiting.clear()
        self.release()

    @property
    def held(self) -> int:
        """How many calls are being held right now."""
        with self._changed:
            return self._held

    def waiting(self) -> list[dict[str, Any]]:
        """List the faults to come, oldest first: call, kind, times, seconds, a chance below 1."""
        with self._changed:
            return [_listed(w) for w in self._waiting]

    def wait_held(self, count: int = 1, timeout: float = 10) -> bool:
        """Wait until at least `count` calls are held; False when `timeout` seconds passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._held >= count, timeout)

    def wait_free(self, timeout: float = 10) -> bool:
        """Wait until no call is held any more; False when `timeout` seconds passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._held == 0, timeout)

    def around(
        self,
        fault: Fault | None,
        apply: Callable[[], Response],
        error: Callable[[int], Response],
    ) -> Response:
        """Answer a call as the fault says.

        `apply` does the work and builds the answer; `error` builds the platform's error body for a
        status (401, 429, 500, 503).
        """
        if fault is None:
            return apply()
        if fault.kind in _STATUS:
            return error(_STATUS[fault.kind])
        if fault.kind == "drop_before":
            return _cut(error(503))
        if fault.kind == "latency":
            time.sleep(fault.seconds)
        if fault.kind == "hold_before":
            self._hold()
        response = apply()
        if fault.kind == "applied_then_503":
            return error(503)
        if fault.kind == "drop_after":
            return _cut(response)
        if fault.kind == "hold_after":
            self._hold()
        if fault.kind == "late_duplicate":
            self._again_later(apply)
        return response

    def _again_later(self, apply: Callable[[], Response]) -> None:
        again = copy_current_request_context(apply)
        threading.Thread(target=self._hold, args=(again,), daemon=True).start()

    def _hold(self, then: Callable[[], object] = bool) -> None:
        """Wait for a release, then do what is left to do; until that is done the call is held."""
        with self._changed:
            seen = self._releases
            self._held += 1
            self._changed.notify_all()
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._releases != seen)
            then()
        finally:
            with self._changed:
                self._held -= 1
                self._changed.notify_all()


def _listed(waiting: _Waiting) -> dict[str, Any]:
    shown = asdict(waiting.fault) | {"times": waiting.times}
    usual = {"chance": 1, "edits": ()}
    return {key: value for key, value in shown.items() if usual.get(key, ...) != value}


def _fits(wanted: str, call: str) -> bool:
    return wanted in (call, "*") or call.startswith(wanted + ".")


def _cut(response: Response) -> Response:
    """Cut the connection under the answer: werkzeug then fails to write it, and says nothing."""
    connection: socket.socket | None = request.environ.get("werkzeug.socket")
    if connection is None:
        raise RuntimeError("dropping a connection needs werkzeug's own server")
    connection.shutdown(socket.SHUT_RDWR)
    return response
